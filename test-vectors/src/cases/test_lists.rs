//! Status lists of the test world (SPEC section 11, VER-4): they say nothing of documents in earnest, and the reverse.

use super::legalisation::row;
use crate::case::{Case, Side, case};
use crate::cbor::Bytes;
use crate::digest::{RECORD, TEST_RECORD};
use crate::documents::{REPLACED, SERIAL, SUSPENDED, WITHDRAWN, attestation, numbered_text, yes};
use crate::legalisation::{
    RECORD_SERIAL, claims_of, decided as of_records, envelope, pack as ministry_pack, record, symbol, trust,
};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{Statements, StatusList, decided, decided_in_tests};
use crate::trust::{document_key, key_entry};
use crate::world::{LAST_TIME, ministry_key, pack_of, small_trust, status_key, test_status_key};

const EARNEST: &str = "a list of the test world, whose key anybody may have, would speak for documents in earnest";
const LIVE: &str = "a right list would not be heard";

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    let of = |name, expect, status, comment, effect, key: &str, serial: &[u8], side: Side| {
        case(name, expect, "VER-4", comment, effect, numbered_text(&Signer::named(key), serial, attestation()))
            .in_status(status)
            .with_packs(vec![side])
    };
    // the test world's list alone, and the board's alone, each stating the tags of both worlds
    let tests = || side("test_list_alone", vec![StatusList::new(1, &of_both(), test_status_key())]);
    let lives = || side("live_list_alone", vec![StatusList::new(1, &of_both(), status_key())]);
    let both = || {
        let live = StatusList::new(1, &decided(), status_key());
        side("test_lists", vec![live, StatusList::new(1, &decided_in_tests(), test_status_key())])
    };
    let live = |name, comment, serial| of(name, "status-unknown", "unknown", comment, EARNEST, "wide", serial, tests());
    let test = |name, status, comment, serial| of(name, "specimen", status, comment, LIVE, "specimen", serial, both());
    vec![
        live(
            "verdict_test_list_in_force",
            "a document in earnest, and a list of the test world without its tag",
            &SERIAL,
        ),
        live(
            "verdict_test_list_withdrawn",
            "a document in earnest, and a list of the test world withdraws it",
            &WITHDRAWN,
        ),
        test("verdict_test_list_specimen", "in-force", "a test document, and no list has its tag", &SERIAL),
        test(
            "verdict_test_list_specimen_withdrawn",
            "withdrawn",
            "a test document that its list withdraws",
            &WITHDRAWN,
        ),
        test(
            "verdict_test_list_specimen_replaced",
            "replaced",
            "a test document that its list calls replaced",
            &REPLACED,
        ),
        of(
            "verdict_test_list_beside",
            "genuine",
            "in-force",
            "a document in earnest and its list in earnest, beside a list of the test world",
            LIVE,
            "wide",
            &SERIAL,
            both(),
        ),
        of(
            "verdict_test_list_beside_suspended",
            "suspended",
            "suspended",
            "a document that its list in earnest suspends, beside a list of the test world",
            LIVE,
            "wide",
            &SUSPENDED,
            both(),
        ),
        of(
            "verdict_live_list_specimen",
            "specimen",
            "unknown",
            "a test document, and a list in earnest without its tag",
            EARNEST,
            "specimen",
            &SERIAL,
            lives(),
        ),
        of(
            "verdict_live_list_specimen_withdrawn",
            "specimen",
            "unknown",
            "a test document that a list in earnest withdraws",
            EARNEST,
            "specimen",
            &WITHDRAWN,
            lives(),
        ),
    ]
}

/// The tags of both worlds.
fn of_both() -> Statements {
    let mut statements = decided();
    for (all, more) in statements.iter_mut().zip(decided_in_tests()) {
        all.extend(more);
    }
    statements
}

/// Keys in earnest and of the test world, with some lists.
fn side(name: &str, lists: Vec<StatusList>) -> Side {
    let mut trust = small_trust();
    let any = |name: &str| document_key(&Signer::named(name).public, 0, LAST_TIME).with(8, crate::cbor::uint(1));
    trust.authorities[0].keys.extend([
        key_entry(&test_status_key().public, 2, 0, LAST_TIME).with(11, yes()),
        any("wide"),
        any("specimen").with(11, yes()),
    ]);
    let status = lists.iter().map(StatusList::encoded).collect();
    Side::new(name, Pack { status, ..pack_of(&trust) }.encoded())
}

/// The cases of this area for legalisation records.
pub fn objects() -> Vec<ObjectCase> {
    let of = |name, expect, status, comment, effect, key: &str, serial: &[u8], side: Side| {
        let payload = claims_of(serial, record()).encoded();
        let cose: Bytes = envelope(&ministry_key(key), &payload).encoded();
        row(name, expect, "LEG-7, VER-4", comment, effect, symbol(&cose)).with("status", status).with_packs(vec![side])
    };
    let tests = || ministry_side("legalisation_test_list", "ministry test status", RECORD);
    let lives = || ministry_side("legalisation_live_list", "ministry status", TEST_RECORD);
    vec![
        of(
            "legalisation_test_list",
            "status-unknown",
            "unknown",
            "a record in earnest, and a list of the test world without its tag",
            EARNEST,
            "legalisation",
            &RECORD_SERIAL,
            tests(),
        ),
        of(
            "legalisation_test_list_withdrawn",
            "status-unknown",
            "unknown",
            "a record in earnest that a list of the test world withdraws",
            EARNEST,
            "legalisation",
            &WITHDRAWN,
            tests(),
        ),
        of(
            "legalisation_test_list_specimen",
            "specimen",
            "withdrawn",
            "a record of the test world that its list withdraws",
            LIVE,
            "legalisation test",
            &WITHDRAWN,
            crate::legalisation::side(),
        ),
        of(
            "legalisation_live_list_specimen",
            "specimen",
            "unknown",
            "a record of the test world that a list in earnest withdraws",
            EARNEST,
            "legalisation test",
            &WITHDRAWN,
            lives(),
        ),
    ]
}

/// The ministry's only list, by one of its keys, about records of a world.
fn ministry_side(name: &str, key: &str, domain: &str) -> Side {
    let list = StatusList::new(1, &of_records(domain), ministry_key(key));
    let pack = Pack { trust: trust().encoded(), status: vec![list.encoded()], ..ministry_pack() };
    Side::new(name, pack.encoded())
}
