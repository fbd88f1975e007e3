//! Status lists of the test world (SPEC section 11, VER-4): they say nothing of documents in earnest.

use super::legalisation::row;
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, uint, uints};
use crate::documents::{attestation, sealed_text};
use crate::legalisation::{MINISTRY, claims, envelope, pack as ministry_pack, record, symbol, trust};
use crate::object::ObjectCase;
use crate::pack::Pack;
use crate::sign::Signer;
use crate::status::{STATES, StatusList};
use crate::trust::{document_key, key_entry};
use crate::world::{LAST_TIME, pack_of, session_key, small_trust, status_list};

const EARNEST: &str = "a list of the test world, whose key anybody may have, would speak for documents in earnest";
const LIVE: &str = "a right list would not be heard";

/// Number of the list that the test key signs.
const TEST_LIST: u64 = 7;

/// The cases of this area for documents.
pub fn cases() -> Vec<Case> {
    let of = |name, expect, status, comment, effect, key: &str, list: u64, index: u64| {
        let document = attestation().with(15, uints(&[list, index]));
        case(name, expect, "VER-4", comment, effect, sealed_text(&Signer::named(key), document))
            .in_status(status)
            .with_packs(vec![side()])
    };
    let live = |name, comment, index| of(name, "status-unknown", "unknown", comment, EARNEST, "wide", TEST_LIST, index);
    let test = |name, status, comment, index| of(name, "specimen", status, comment, LIVE, "list 7", TEST_LIST, index);
    vec![
        live("verdict_test_list_in_force", "a document in earnest, and a test key's list says in force", 4),
        live("verdict_test_list_withdrawn", "a document in earnest, and a test key's list says withdrawn", 1),
        live("verdict_test_list_beyond", "a document in earnest, and a test key's list has no such entry", 16),
        test("verdict_test_list_specimen", "in-force", "a test document, and a test key's list says in force", 4),
        test(
            "verdict_test_list_specimen_withdrawn",
            "withdrawn",
            "a test document that a test key's list withdraws",
            1,
        ),
        of(
            "verdict_test_list_beside",
            "genuine",
            "in-force",
            "a document in earnest and its list in earnest, beside a test key's list",
            LIVE,
            "session",
            1,
            4,
        ),
        of(
            "verdict_live_list_specimen",
            "specimen",
            "replaced",
            "a test document, and a list in earnest says replaced",
            LIVE,
            "specimen",
            1,
            3,
        ),
        case(
            "status_test_and_live",
            "status-malformed",
            "STA-3",
            "list 1 of the status key and list 1 of a test key: one name, whoever signed",
            EARNEST,
            sealed_text(&session_key(), attestation()),
        )
        .with_packs(vec![Side::new("status_test_and_live", pack(1).encoded())]),
    ]
}

fn true_label(entry: Fields) -> Fields {
    entry.with(11, vec![0xf5])
}

/// Keys in earnest and of the test world; list 1 is in earnest, another one of the test world.
fn pack(number: u64) -> Pack {
    let mut trust = small_trust();
    let any = |name: &str, list| document_key(&Signer::named(name).public, 0, LAST_TIME).with(8, uint(list));
    trust.authorities[0].keys.extend([
        true_label(key_entry(&Signer::named("test status").public, 2, 0, LAST_TIME)),
        any("wide", TEST_LIST),
        true_label(any("list 7", TEST_LIST)),
        true_label(any("specimen", 1)),
    ]);
    let test = StatusList::new(&format!("sceau:MA-EXEMPLE/{number}"), &STATES, Signer::named("test status"));
    Pack { status: vec![status_list().encoded(), test.encoded()], ..pack_of(&trust) }
}

fn side() -> Side {
    Side::new("test_lists", pack(TEST_LIST).encoded())
}

/// The cases of this area for legalisation records.
pub fn objects() -> Vec<ObjectCase> {
    let of = |name, expect, status, comment, effect, key: &str, index| {
        let payload = claims(record().with(8, uints(&[1, index]))).encoded();
        let cose: Bytes = envelope(&Signer::named(key), &payload).encoded();
        row(name, expect, "LEG-7, VER-4", comment, effect, symbol(&cose))
            .with("status", status)
            .with_packs(vec![ministry_side()])
    };
    vec![
        of(
            "legalisation_test_list",
            "status-unknown",
            "unknown",
            "a record in earnest, and a test key's list says in force",
            EARNEST,
            "legalisation",
            4,
        ),
        of(
            "legalisation_test_list_withdrawn",
            "status-unknown",
            "unknown",
            "a record in earnest, and a test key's list says withdrawn",
            EARNEST,
            "legalisation",
            1,
        ),
        of(
            "legalisation_test_list_specimen",
            "specimen",
            "withdrawn",
            "a record of the test world that a test key's list withdraws",
            LIVE,
            "legalisation test",
            1,
        ),
    ]
}

/// The ministry's status key is of the test world.
fn ministry_side() -> Side {
    let mut trust = trust();
    let status = trust.authorities[1].keys.len() - 1;
    trust.authorities[1].keys[status] = true_label(trust.authorities[1].keys[status].clone());
    let list = StatusList::new(&format!("sceau:{MINISTRY}/1"), &STATES, Signer::named("ministry status"));
    let pack = Pack { trust: trust.encoded(), status: vec![list.encoded()], ..ministry_pack() };
    Side::new("legalisation_test_list", pack.encoded())
}
