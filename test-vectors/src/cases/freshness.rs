//! When a status is old: the list's end, the trust list's next update, and a clock that is wrong (SPEC section 11,
//! VER-10), for documents and legalisation records.

use super::legalisation::row;
use crate::case::{Case, Side, case};
use crate::cbor::{Fields, uint};
use crate::documents::{REPLACED, SERIAL, SUSPENDED, WITHDRAWN, attestation, example_text, numbered_text, yes};
use crate::legalisation::{
    RECORD_SERIAL, claims_of, envelope, legalisation_key, pack as ministry_pack, record, symbol, trust,
};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{AS_OF, EXPIRES};
use crate::trust::Trust;
use crate::world::{LAST_TIME, NOW, pack_of, session_key, small_trust};

const FRESH: &str = "a withdrawal of the last days would be missed, and nobody told";
const HELD_BACK: &str = "an old trust list would pass for the present one, and nobody told";
const CLOCK: &str = "a wrong clock would make an old list look fresh";
const DAY: u64 = 86_400;

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    [end_of_list(), next_update(), clock(), several()].concat()
}

fn by(signer: &Signer, serial: &[u8]) -> String {
    numbered_text(signer, serial, attestation())
}

fn end_of_list() -> Vec<Case> {
    let at = |name, expect, comment, now| case(name, expect, "VER-10", comment, FRESH, example_text()).at(now);
    let old = |name, expect, comment, serial: &[u8]| {
        case(name, expect, "VER-6, VER-10", comment, FRESH, by(&Signer::named("list 7"), serial))
    };
    vec![
        at("verdict_list_fresh", "genuine", "a second before the list's end", EXPIRES - 1),
        at("verdict_list_old_at_end", "status-old", "at the list's end", EXPIRES),
        at("verdict_list_old_after_end", "status-old", "a second after the list's end", EXPIRES + 1),
        old("verdict_list_old_in_force", "status-old", "list 7 ended a second ago, and no list has the tag", &SERIAL),
        old(
            "verdict_list_old_withdrawn",
            "withdrawn",
            "list 7 ended a second ago, and the tag is withdrawn",
            &WITHDRAWN,
        ),
        old(
            "verdict_list_old_suspended",
            "suspended",
            "list 7 ended a second ago, and the tag is suspended",
            &SUSPENDED,
        ),
        old("verdict_list_old_replaced", "replaced", "list 7 ended a second ago, and the tag is replaced", &REPLACED),
    ]
}

/// A pack whose trust list has another time of issue (label 2) or next update (label 3).
pub(crate) fn timed(name: &str, label: i64, time: u64) -> Side {
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
    let of = |name, expect, comment, serial: &[u8], now| {
        case(name, expect, "VER-10", comment, HELD_BACK, by(&session_key(), serial)).at(now).with_packs(vec![ending()])
    };
    let specimen = {
        let test = |entry: &mut Fields| *entry = entry.clone().with(11, yes());
        let mut trust = with_time(small_trust(), 3, NOW);
        test(&mut trust.authorities[0].keys[0]);
        case(
            "verdict_next_update_specimen",
            "specimen",
            "VER-5, VER-10",
            "at the next update of the trust list, a document of the test world",
            HELD_BACK,
            example_text(),
        )
        .with_packs(vec![Side::new("trust_ends_now_specimen", pack_of(&trust).encoded())])
    };
    let unlisted = {
        let pack = Pack { status: vec![], ..pack_of(&with_time(small_trust(), 3, NOW)) };
        case(
            "verdict_next_update_no_list",
            "status-unknown",
            "VER-10",
            "at the next update of the trust list, and there is no status list: unknown comes before old",
            HELD_BACK,
            example_text(),
        )
        .with_packs(vec![Side::new("trust_ends_now_no_list", pack.encoded())])
    };
    vec![
        of("verdict_next_update_before", "genuine", "a second before the trust list's next update", &SERIAL, NOW - 1),
        of(
            "verdict_next_update",
            "status-old",
            "at the trust list's next update; the status list has not ended",
            &SERIAL,
            NOW,
        )
        .in_status("in-force"),
        of("verdict_next_update_after", "status-old", "a second after the trust list's next update", &SERIAL, NOW + 1),
        of("verdict_next_update_withdrawn", "withdrawn", "at the trust list's next update, withdrawn", &WITHDRAWN, NOW),
        of("verdict_next_update_suspended", "suspended", "at the trust list's next update, suspended", &SUSPENDED, NOW),
        of("verdict_next_update_replaced", "replaced", "at the trust list's next update, replaced", &REPLACED, NOW),
        specimen,
        unlisted,
    ]
}

/// A clock may be a day behind the lists; one that is further behind shows that it is wrong.
fn clock() -> Vec<Case> {
    let at = |name, expect, comment, serial: &[u8], now| {
        case(name, expect, "VER-4, VER-10", comment, CLOCK, by(&session_key(), serial)).at(now)
    };
    let issued = |name: &str, expect, comment, time| {
        case(name, expect, "VER-10", comment, CLOCK, example_text()).with_packs(vec![timed(name, 2, time)])
    };
    vec![
        at("verdict_clock_day_slow", "genuine", "the clock is a day before the list's time", &SERIAL, AS_OF - DAY),
        at(
            "verdict_clock_over_day_slow",
            "status-unknown",
            "the clock is a day and a second before the list's time: the list is not current",
            &SERIAL,
            AS_OF - DAY - 1,
        )
        .in_status("unknown"),
        at(
            "verdict_clock_slow_withdrawn",
            "withdrawn",
            "the clock is a day before the time of the list, which says withdrawn",
            &WITHDRAWN,
            AS_OF - DAY,
        ),
        issued("verdict_issued_in_a_day", "genuine", "the clock is a day before the trust list's issue", NOW + DAY),
        issued(
            "verdict_issued_in_over_a_day",
            "status-old",
            "the clock is a day and a second before the trust list's issue",
            NOW + DAY + 1,
        )
        .in_status("in-force"),
        issued("verdict_issued_last", "status-old", "the trust list was issued at the largest time", LAST_TIME),
    ]
}

/// Two lists of a line: the times of the newest count.
fn several() -> Vec<Case> {
    let of = |name: &str, expect, comment, older: Trust, newer: Trust| {
        let newer = Trust { claims: newer.claims.with(1, uint(4)), ..newer }.after(&[&older]);
        let side = |part: &str, trust| Side::new(&format!("{name}_{part}"), pack_of(trust).encoded());
        let packs = vec![side("older", &older), side("newer", &newer)];
        case(name, expect, "VER-10, LIN-4", comment, HELD_BACK, example_text()).with_packs(packs)
    };
    let ending = || with_time(small_trust(), 3, NOW);
    vec![
        of("verdict_next_update_of_older", "genuine", "only the older trust list has ended", ending(), small_trust()),
        of(
            "verdict_next_update_of_newest",
            "status-old",
            "only the newest trust list has ended",
            small_trust(),
            ending(),
        ),
    ]
}

/// The cases of this area for legalisation records.
pub fn objects() -> Vec<ObjectCase> {
    let of = |name, expect, comment, serial: &[u8], packs, now| {
        let payload = claims_of(serial, record()).encoded();
        let artefact = symbol(&envelope(&legalisation_key(), &payload).encoded());
        row(name, expect, "LEG-7, VER-10", comment, FRESH, artefact).with_packs(packs).at(now)
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
            &RECORD_SERIAL,
            ending(),
            NOW - 1,
        ),
        of("legalisation_next_update", "status-old", "at the trust list's next update", &RECORD_SERIAL, ending(), NOW),
        of(
            "legalisation_next_update_withdrawn",
            "withdrawn",
            "at the trust list's next update, and the record is withdrawn",
            &WITHDRAWN,
            ending(),
            NOW,
        ),
        of(
            "legalisation_clock_day_slow",
            "genuine",
            "the clock is a day before the list's time",
            &RECORD_SERIAL,
            usual(),
            AS_OF - DAY,
        ),
        of(
            "legalisation_clock_over_day_slow",
            "status-unknown",
            "the clock is a day and a second before the list's time: the list is not current",
            &RECORD_SERIAL,
            usual(),
            AS_OF - DAY - 1,
        ),
    ]
}
