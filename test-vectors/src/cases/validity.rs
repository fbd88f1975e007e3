//! Validity that has passed (SPEC section 11, VER-7): the day ends at noon UTC of the next one.

use super::freshness::timed;
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, array, text, uint};
use crate::documents::{WITHDRAWN, attestation, claims_of, numbered_text, sealed_text, yes};
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{StatusList, only};
use crate::trust::document_key;
use crate::world::{LAST_TIME, NOW, pack_of, session_key, small_trust, status_list, wide_key};

const PASSED: &str = "a paper would be taken after its last day, or refused on it";
const NOON: u64 = 43_200;
const DAY: u64 = 86_400;
/// 2026-07-15 00:00:00 UTC.
const MIDNIGHT: u64 = 1_784_073_600;

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [days(), parts_of_dates(), clocks(), order()].concat()
}

fn valid_until(value: Bytes) -> String {
    sealed_text(&session_key(), attestation().with(19, value))
}

fn of(name: &str, expect: &str, comment: &str, value: Bytes, now: u64) -> Case {
    case(name, expect, "VER-7", comment, PASSED, valid_until(value)).at(now)
}

fn days() -> Vec<Case> {
    let day = || uint(20_260_714);
    vec![
        of("verdict_valid_on_the_day", "genuine", "at noon of the last day", day(), MIDNIGHT - NOON),
        of("verdict_valid_at_midnight", "genuine", "at the midnight that ends the last day", day(), MIDNIGHT),
        of(
            "verdict_valid_last_second",
            "genuine",
            "a second before noon UTC of the next day",
            day(),
            MIDNIGHT + NOON - 1,
        ),
        of("verdict_valid_passed", "past-validity", "at noon UTC of the next day", day(), MIDNIGHT + NOON),
        of(
            "verdict_valid_passed_after",
            "past-validity",
            "a second after noon UTC of the next day",
            day(),
            MIDNIGHT + NOON + 1,
        ),
        of("verdict_valid_long_passed", "past-validity", "a day of the year 1800", uint(18_000_101), NOW),
        of(
            "verdict_valid_words_last_second",
            "genuine",
            "a day with its words, a second before noon of the next",
            array(&[day(), text("14 juillet 2026")]),
            MIDNIGHT + NOON - 1,
        ),
        of(
            "verdict_valid_words_passed",
            "past-validity",
            "a day with its words, at noon of the next",
            array(&[day(), text("pour toujours")]),
            MIDNIGHT + NOON,
        ),
        of("verdict_valid_day_before", "past-validity", "13 July, on 14 July after noon", uint(20_260_713), NOW),
        of("verdict_valid_same_day", "genuine", "14 July, on 14 July after noon", uint(20_260_714), NOW),
    ]
}

/// The session's key under lists that never end, all of them long made.
fn lasting() -> Side {
    let mut trust = small_trust();
    trust.claims = trust.claims.with(2, uint(1_000_000_000)).with(3, uint(LAST_TIME));
    trust.authorities[0].keys.push(document_key(&wide_key().public, 0, LAST_TIME).with(8, uint(1)));
    let list = status_list().with(5, uint(LAST_TIME));
    Side::new("validity_lasting", Pack { status: vec![list.encoded()], ..pack_of(&trust) }.encoded())
}

/// A month or a year alone ends with its last day.
fn parts_of_dates() -> Vec<Case> {
    let mut out = Vec::new();
    for (name, comment, date, midnight) in [
        ("month", "July 2026", 20_260_700, 1_785_542_400u64),
        ("month_30", "September 2026", 20_260_900, 1_790_812_800),
        ("february_28", "February 2027", 20_270_200, 1_803_859_200),
        ("february_29", "February 2028", 20_280_200, 1_835_481_600),
        ("december", "December 2026", 20_261_200, 1_798_761_600),
        ("year", "the year 2026", 20_260_000, 1_798_761_600),
        ("year_leap", "the year 2028", 20_280_000, 1_861_920_000),
        ("year_2200", "the year 2200", 22_000_000, 7_289_654_400),
        ("leap_day", "29 February 2028", 20_280_229, 1_835_481_600),
    ] {
        let end = midnight + NOON;
        let of = |name: String, expect, comment: String, now| {
            of(&name, expect, &comment, uint(date), now).with_packs(vec![lasting()])
        };
        out.push(of(
            format!("verdict_valid_{name}"),
            "genuine",
            format!("{comment}, a second before it has ended everywhere"),
            end - 1,
        ));
        out.push(of(
            format!("verdict_valid_{name}_passed"),
            "past-validity",
            format!("{comment}, when it has ended everywhere"),
            end,
        ));
    }
    out
}

/// A clock that is slow is set right by the time of issue of the trust list.
fn clocks() -> Vec<Case> {
    let end = MIDNIGHT + NOON;
    let row = |name: &str, expect, comment, issued, now| {
        of(name, expect, comment, uint(20_260_714), now).with_packs(vec![timed(name, 2, issued)])
    };
    vec![
        row(
            "verdict_valid_issued_before",
            "genuine",
            "the trust list was issued a second before the end, the clock stands before",
            end - 1,
            NOW,
        ),
        row(
            "verdict_valid_issued_at_end",
            "past-validity",
            "the trust list was issued at the end, the clock stands a day before",
            end,
            end - DAY,
        ),
        row(
            "verdict_valid_issued_later",
            "past-validity",
            "the trust list was issued after the end, the clock stands before",
            end + 1,
            NOW,
        ),
        row(
            "verdict_valid_issued_much_later",
            "past-validity",
            "the trust list was issued more than a day ahead of the clock: past validity comes before old",
            end + 9 * DAY,
            NOW,
        ),
        row(
            "verdict_valid_clock_counts",
            "past-validity",
            "the trust list was issued before the end, the clock stands at it",
            NOW,
            end,
        ),
    ]
}

/// The rows of VER-6, VER-8 and VER-10 beside a validity that has passed.
fn order() -> Vec<Case> {
    let differ = "verifiers would differ in their code";
    let document = || attestation().with(19, uint(20_200_101));
    let row = |name, expect, spec, comment, artefact| case(name, expect, spec, comment, differ, artefact);
    let withdrawn = {
        let list = StatusList::new(
            1,
            &only(0, &crate::documents::digest(&WITHDRAWN, &document())),
            crate::world::status_key(),
        );
        Side::new("validity_withdrawn", Pack { status: vec![list.encoded()], ..pack_of(&small_trust()) }.encoded())
    };
    let specimen = Signer::named("specimen");
    let early = crate::text::symbol(&crate::documents::sealed(
        &session_key(),
        &claims_of(&WITHDRAWN, document()).with(6, uint(0)).encoded(),
    ));
    vec![
        row(
            "verdict_order_withdrawn_before_validity",
            "withdrawn",
            "VER-6, VER-7",
            "withdrawn, and past its validity",
            numbered_text(&session_key(), &WITHDRAWN, document()),
        )
        .with_packs(vec![withdrawn]),
        row(
            "verdict_order_specimen_before_validity",
            "specimen",
            "VER-5, VER-7",
            "a test document past its validity",
            sealed_text(&specimen, document()),
        ),
        row(
            "verdict_order_window_before_validity",
            "outside-signing-window",
            "VER-2, VER-7",
            "sealed before the window, and past its validity",
            early,
        ),
        row(
            "verdict_order_validity_before_outcome",
            "past-validity",
            "VER-7, VER-8",
            "past its validity, of a candidate who was not admitted",
            sealed_text(&session_key(), document().with(21, array(&[uint(0)]))),
        ),
        row(
            "verdict_order_validity_before_unknown",
            "past-validity",
            "VER-7, VER-10",
            "past its validity, and no list says whether it was withdrawn",
            sealed_text(&Signer::named("no status"), document()),
        )
        .in_status("unknown"),
        row(
            "verdict_order_validity_before_old",
            "past-validity",
            "VER-7, VER-10",
            "past its validity, and its list is old",
            sealed_text(&Signer::named("list 7"), document()),
        ),
        row(
            "verdict_order_validity_before_sheet",
            "past-validity",
            "VER-7, VER-12",
            "past its validity, and one sheet of two",
            sealed_text(&session_key(), document().with(23, array(&[uint(1), uint(2)]))),
        ),
        row(
            "verdict_order_rules_before_validity",
            "breaks-rules",
            "CLM-12, VER-7",
            "past its validity, with a hole for its only title",
            sealed_text(&session_key(), document().with(8, array(&[yes()]))),
        ),
    ]
}
