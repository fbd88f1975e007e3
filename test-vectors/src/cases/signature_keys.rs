//! Whose key a signature holds under (SPEC section 5, SIG-1 and SIG-5).

use super::signature::{bad, payload, sealed};
use crate::case::{Case, Side, case};
use crate::cbor::uint;
use crate::cose::{DOCUMENT, Envelope, header};
use crate::legalisation::MINISTRY;
use crate::sign::Signer;
use crate::text::symbol;
use crate::trust::{Authority, document_key};
use crate::world::{
    BOARD, LAST_TIME, OTHER_BOARD, SAME_KID, ministry_key, pack_of, session_entry, session_key, small_trust,
    status_key, stranger, wide_key,
};

const FORGED: &str = "a document could be altered, or made by somebody else";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [keys(), same_kid(), other_lists()].concat()
}

fn keys() -> Vec<Case> {
    let by = |name: &str| Envelope::sealed(&Signer::named(name), &payload());
    let unknown = |name, comment, envelope: Envelope| {
        case(
            name,
            "unknown-issuer",
            "SIG-1",
            comment,
            "a key would seal what it is not there for",
            symbol(&envelope.encoded()),
        )
    };
    let mut foreign_kid = sealed();
    foreign_kid.protected = header(stranger().kid()).encoded();
    let claimed = Envelope::signed(&stranger(), &header(session_key().kid()).encoded(), DOCUMENT, &payload());
    vec![
        unknown("signature_unknown_key", "a key that is on no list", by("stranger")),
        unknown("signature_status_key", "the board's key of use 2", Envelope::sealed(&status_key(), &payload())),
        unknown("signature_register_key", "the board's key of use 3", by("register")),
        unknown("signature_minutes_key", "the board's key of use 4", by("minutes")),
        unknown(
            "signature_legalisation_key",
            "the ministry's key of use 5",
            Envelope::sealed(&ministry_key("legalisation"), &payload()),
        ),
        unknown("signature_root_key", "a root of the trust list", by("root 1")),
        unknown("signature_foreign_kid", "a good signature whose kid was altered to one that nobody has", foreign_kid),
        unknown("signature_empty_list", "the loaded trust list has no authority", sealed()).with_packs(vec![{
            let mut trust = small_trust();
            trust.authorities.clear();
            let mut pack = pack_of(&trust);
            pack.status.clear();
            Side::new("no_authority", pack.encoded())
        }]),
        bad(
            "signature_stranger_under_kid",
            "SIG-1",
            "a stranger signs under the kid of the session's key",
            FORGED,
            &claimed,
        ),
        bad(
            "signature_sibling_under_kid",
            "SIG-1",
            "another key of the list signs under the kid of the session's key",
            FORGED,
            &{ Envelope::signed(&wide_key(), &header(session_key().kid()).encoded(), DOCUMENT, &payload()) },
        ),
    ]
}

/// Keys of one `kid`: each of them is tried.
fn same_kid() -> Vec<Case> {
    let list = |indexes: &[u64]| {
        let mut trust = small_trust();
        let keys =
            indexes.iter().map(|index| document_key(&Signer::in_row(*index).public, 0, LAST_TIME).with(8, uint(1)));
        trust.authorities[0].keys.extend(keys);
        trust
    };
    let pack = |name: &str, indexes: &[u64]| Side::new(name, pack_of(&list(indexes)).encoded());
    let by = |index: u64| symbol(&Envelope::sealed(&Signer::in_row(index), &payload()).encoded());
    let four = || vec![pack("kid_four", &SAME_KID[..4])];
    let lost = "a genuine document would be refused because another key has its kid";
    vec![
        case(
            "signature_same_kid_first",
            "genuine",
            "SIG-1, TRU-3",
            "four keys have one kid; the first one signed",
            lost,
            by(SAME_KID[0]),
        )
        .with_packs(four()),
        case(
            "signature_same_kid_last",
            "genuine",
            "SIG-1, TRU-3",
            "four keys have one kid; the last one signed",
            lost,
            by(SAME_KID[3]),
        )
        .with_packs(four()),
        case(
            "signature_same_kid_none",
            "signature-invalid",
            "SIG-1",
            "four keys have one kid; a fifth key with that kid signed",
            FORGED,
            by(SAME_KID[4]),
        )
        .with_packs(four()),
        case(
            "signature_same_kid_two_packs",
            "genuine",
            "SIG-1, LIN-4",
            "two lists of a line have one key of the kid each; that of the older one signed",
            lost,
            by(SAME_KID[1]),
        )
        .with_packs({
            let older = list(&SAME_KID[1..2]);
            let mut newer = list(&SAME_KID[..1]).after(&[&older]);
            newer.claims = newer.claims.with(1, crate::cbor::uint(4));
            [("kid_one", newer), ("kid_two", older)]
                .map(|(name, list)| Side::new(name, pack_of(&list).encoded()))
                .into()
        }),
        case(
            "trust_same_kid_five",
            "trust-malformed",
            "TRU-3",
            "five keys have one kid",
            "a verifier could be made to try many keys",
            by(SAME_KID[0]),
        )
        .with_packs(vec![pack("trust_same_kid_five", &SAME_KID)]),
    ]
}

/// Somebody else's list names the session's key, for an authority of its own.
fn other_lists() -> Vec<Case> {
    let foreign = |name: &str, authority: &'static str| {
        let mut trust = small_trust();
        (trust.roots, trust.signers) = (vec![stranger().public], vec![stranger()]);
        trust.authorities = vec![Authority::board(authority, "Autre académie", vec![session_entry()])];
        let pack = crate::pack::Pack { status: vec![], ..pack_of(&trust) };
        Side::new(name, pack.encoded())
    };
    let other = || foreign("key_of_other_board", OTHER_BOARD);
    let small = || Side::new("small", pack_of(&small_trust()).encoded());
    let row = |name, expect, comment, packs| {
        let effect = "somebody else's list would take over another authority's documents";
        case(name, expect, "SIG-5, SIG-1", comment, effect, symbol(&sealed().encoded())).with_packs(packs)
    };
    vec![
        row(
            "signature_key_of_other_board",
            "signature-invalid",
            "the only list names the key for another authority",
            vec![other()],
        ),
        row(
            "signature_key_of_other_board_first",
            "genuine",
            "a list that names the key for another authority is loaded first: it verifies nothing",
            vec![other(), small()],
        ),
        row("signature_key_of_other_board_second", "genuine", "such a list is loaded second", vec![small(), other()]),
        row(
            "signature_key_of_same_id",
            "unknown-issuer",
            "a list of other roots names the key for an authority of the same id: none of both counts",
            vec![foreign("key_of_same_id", BOARD), small()],
        ),
        row(
            "signature_key_of_ministry",
            "signature-invalid",
            "the only list names the key for the ministry",
            vec![foreign("key_of_ministry", MINISTRY)],
        ),
    ]
}
