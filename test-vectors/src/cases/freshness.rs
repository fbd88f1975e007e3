//! When a status is old: the list's end, the trust list's next update, and a clock that is wrong (SPEC section 11,
//! VER-6), for documents and legalisation records.

use super::legalisation::row;
use crate::case::{Case, Side, case};
use crate::cbor::{Fields, uint, uints};
use crate::documents::{attestation, example_text, sealed_text};
use crate::legalisation::{claims, envelope, legalisation_key, pack as ministry_pack, record, symbol, trust};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{AS_OF, EXPIRES};
use crate::trust::Trust;
use crate::world::{LAST_TIME, NOW, base, pack_of, session_key, small_trust};

const FRESH: &str = "a withdrawal of the last days would be missed, and nobody told";
const HELD_BACK: &str = "an old trust list would pass for the present one, and nobody told";
const CLOCK: &str = "a wrong clock would make an old list look fresh";
const DAY: u64 = 86_400;

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    [end_of_list(), next_update(), clock(), several()].concat()
}

fn by(signer: &Signer, list: u64, index: u64) -> String {
    sealed_text(signer, attestation().with(15, uints(&[list, index])))
}

fn end_of_list() -> Vec<Case> {
    let at = |name, expect, comment, now| case(name, expect, "VER-6", comment, FRESH, example_text()).at(now);
    let old = |name, expect, comment, index| {
        case(name, expect, "VER-6", comment, FRESH, by(&Signer::named("list 7"), 7, index))
    };
    vec![
        at("verdict_list_fresh", "genuine", "a second before the list's exp", EXPIRES - 1),
        at("verdict_list_old_at_exp", "status-old", "at the list's exp", EXPIRES),
        at("verdict_list_old_after_exp", "status-old", "a second after the list's exp", EXPIRES + 1),
        old("verdict_list_old_in_force", "status-old", "list 7 ended a second ago, and entry 4 is in force", 4),
        old("verdict_list_old_withdrawn", "withdrawn", "list 7 ended a second ago, and entry 1 is withdrawn", 1),
        old("verdict_list_old_suspended", "suspended", "list 7 ended a second ago, and entry 2 is suspended", 2),
        old("verdict_list_old_replaced", "replaced", "list 7 ended a second ago, and entry 3 is replaced", 3),
        old("verdict_list_old_beyond", "status-unknown", "list 7 ended a second ago, and has no entry 16", 16),
    ]
}

/// A pack whose trust list has another time of issue (label 2) or next update (label 3).
fn timed(name: &str, label: i64, time: u64) -> Side {
    Side::new(name, pack_of(&with_time(small_trust(), label, time)).encoded())
}

fn with_time(mut trust: Trust, label: i64, time: u64) -> Trust {
    trust.claims = trust.claims.with(label, uint(time));
    trust
}

fn ending() -> Side {
    timed("trust_ends_now", 3, NOW)
}

fn next_update() -> Vec<Case> {
    let of = |name, expect, comment, index, now| {
        case(name, expect, "VER-6", comment, HELD_BACK, by(&session_key(), 1, index)).at(now).with_packs(vec![ending()])
    };
    let specimen = {
        let test = |entry: &mut Fields| *entry = entry.clone().with(11, vec![0xf5]);
        let mut trust = with_time(small_trust(), 3, NOW);
        test(&mut trust.authorities[0].keys[0]);
        case(
            "verdict_next_update_specimen",
            "specimen",
            "VER-5, VER-6",
            "at the next update of the trust list, a document of the test world",
            HELD_BACK,
            example_text(),
        )
        .with_packs(vec![Side::new("trust_ends_now_specimen", pack_of(&trust).encoded())])
    };
    vec![
        of("verdict_next_update_before", "genuine", "a second before the trust list's next update", 4, NOW - 1),
        of(
            "verdict_next_update",
            "status-old",
            "at the trust list's next update; the status list has not ended",
            4,
            NOW,
        )
        .in_status("in-force"),
        of("verdict_next_update_after", "status-old", "a second after the trust list's next update", 4, NOW + 1),
        of("verdict_next_update_withdrawn", "withdrawn", "at the next update of the trust list, withdrawn", 1, NOW),
        of("verdict_next_update_suspended", "suspended", "at the next update of the trust list, suspended", 2, NOW),
        of("verdict_next_update_replaced", "replaced", "at the next update of the trust list, replaced", 3, NOW),
        of(
            "verdict_next_update_beyond",
            "status-unknown",
            "at the next update of the trust list, no entry 16",
            16,
            NOW,
        ),
        specimen,
    ]
}

/// A clock may be a day behind the lists; one that is further behind shows that it is wrong.
fn clock() -> Vec<Case> {
    let at = |name, expect, comment, index, now| {
        case(name, expect, "VER-6", comment, CLOCK, by(&session_key(), 1, index)).at(now)
    };
    let issued = |name: &str, expect, comment, time| {
        case(name, expect, "VER-6", comment, CLOCK, example_text()).with_packs(vec![timed(name, 2, time)])
    };
    vec![
        at("verdict_clock_day_slow", "genuine", "the clock is a day before the list's iat", 4, AS_OF - DAY),
        at(
            "verdict_clock_over_day_slow",
            "status-old",
            "the clock is a day and a second before the list's iat",
            4,
            AS_OF - DAY - 1,
        )
        .in_status("in-force"),
        at("verdict_clock_slow_withdrawn", "withdrawn", "the clock stands at 0, and the document is withdrawn", 1, 0),
        at("verdict_clock_slow_beyond", "status-unknown", "the clock stands at 0, and the list has no entry 16", 16, 0),
        issued("verdict_issued_in_a_day", "genuine", "the clock is a day before the trust list's issue", NOW + DAY),
        issued(
            "verdict_issued_in_over_a_day",
            "status-old",
            "the clock is a day and a second before the trust list's issue",
            NOW + DAY + 1,
        ),
        issued("verdict_issued_last", "status-old", "the trust list was issued at the largest time", LAST_TIME),
    ]
}

/// Two packs of different roots: the times of the one that decides count.
fn several() -> Vec<Case> {
    let of = |name, expect, comment, packs| {
        case(name, expect, "VER-6, SIG-1", comment, HELD_BACK, example_text()).with_packs(packs)
    };
    vec![
        of(
            "verdict_next_update_of_other",
            "genuine",
            "the trust list of the pack loaded second is at its next update; the first decides",
            vec![base(), ending()],
        ),
        of(
            "verdict_next_update_of_deciding",
            "status-old",
            "the trust list of the pack loaded first is at its next update, that of the second is not",
            vec![ending(), base()],
        ),
    ]
}

/// The cases of this area for legalisation records.
pub fn objects() -> Vec<ObjectCase> {
    let of = |name, expect, comment, index, packs, now| {
        let payload = claims(record().with(8, uints(&[1, index]))).encoded();
        let artefact = symbol(&envelope(&legalisation_key(), &payload).encoded());
        row(name, expect, "LEG-7, VER-6", comment, FRESH, artefact).with_packs(packs).at(now)
    };
    let ending = || {
        let pack = Pack { trust: with_time(trust(), 3, NOW).encoded(), ..ministry_pack() };
        vec![Side::new("legalisation_trust_ends_now", pack.encoded())]
    };
    let usual = || vec![crate::legalisation::side()];
    vec![
        of(
            "legalisation_next_update_before",
            "genuine",
            "a second before the trust list's next update",
            4,
            ending(),
            NOW - 1,
        ),
        of("legalisation_next_update", "status-old", "at the trust list's next update", 4, ending(), NOW),
        of(
            "legalisation_next_update_withdrawn",
            "withdrawn",
            "at the trust list's next update, and the record is withdrawn",
            1,
            ending(),
            NOW,
        ),
        of(
            "legalisation_clock_day_slow",
            "genuine",
            "the clock is a day before the list's iat",
            4,
            usual(),
            AS_OF - DAY,
        ),
        of(
            "legalisation_clock_over_day_slow",
            "status-old",
            "the clock is a day and a second before the list's iat",
            4,
            usual(),
            AS_OF - DAY - 1,
        ),
    ]
}
