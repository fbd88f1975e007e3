//! Who signs a status list, and when (SPEC section 8, STA-2). The document is always the example.

use super::status::{set, under, with_lists};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, uint};
use crate::cose::{Envelope, STATUS_LIST, aad};
use crate::documents::{example_digest, example_text};
use crate::legalisation::MINISTRY;
use crate::sign::{Signer, with_order_added};
use crate::status::{AS_OF, SEQ, StatusList, decided, only};
use crate::trust::{Authority, Trust, key_entry};
use crate::world::{
    BOARD, LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, other_key, pack_of, session_key, small_root, small_trust,
    status_key, status_list, stranger,
};

const FORGED: &str = "somebody else could withdraw documents, or hide a withdrawal";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [signatures(), aads(), authorities(), windows()].concat()
}

fn bad(name: &str, comment: &str, list: Bytes) -> Case {
    with_lists(name, "status-unsigned", "STA-2", comment, FORGED, vec![list])
}

fn signatures() -> Vec<Case> {
    let by = |signer: Signer| StatusList::new(1, &decided(), signer).encoded();
    let parts = status_list().envelope();
    let right: [u8; 64] = parts.signature.clone().try_into().unwrap_or([0; 64]);
    let mut flipped = right;
    flipped[50] ^= 4;
    vec![
        bad("status_stranger", "signed by a key that is on no list", by(stranger())),
        bad("status_by_session_key", "signed by a key of use 1 of the authority", by(session_key())),
        bad("status_by_root", "signed by the root", by(small_root())),
        bad("status_flipped", "one bit of the signature flipped", parts.clone().with_signature(&flipped).encoded()),
        bad("status_s_plus_l", "L added to S", parts.clone().with_signature(&with_order_added(right, 1)).encoded()),
        bad("status_altered", "one tag more, not signed again", {
            let list = status_list().with(6, crate::status::stated(&only(0, &example_digest()), SEQ));
            list.envelope().with_signature(&right).encoded()
        }),
        bad("status_seq_altered", "another seq, not signed again", {
            status_list().with(3, uint(99)).envelope().with_signature(&right).encoded()
        }),
        bad("status_stranger_under_kid", "a stranger signs under the status key's kid", {
            Envelope::signed(&stranger(), &parts.protected, STATUS_LIST, &parts.payload).encoded()
        }),
    ]
}

fn aads() -> Vec<Case> {
    let parts = status_list().envelope();
    let over = |aad: &[u8]| Envelope::signed_over(&status_key(), &parts.protected, aad, &parts.payload).encoded();
    vec![
        bad("status_aad_document", "external_aad of a sealed document", over(&aad("sceau/1/document", BOARD))),
        bad("status_aad_register", "external_aad of a register head", over(&aad("sceau/1/register-head", BOARD))),
        bad("status_aad_trust", "external_aad of a trust list", over(b"sceau/1/trust-list")),
        bad("status_aad_no_authority", "external_aad without an authority", over(b"sceau/1/status-list")),
        bad("status_aad_ministry", "external_aad of another authority", over(&aad(STATUS_LIST, MINISTRY))),
        bad("status_aad_history", "external_aad of a status history", over(b"sceau/1/status-history")),
        bad("status_aad_empty", "empty external_aad", over(b"")),
    ]
}

/// The small list and another board with a status key of its own.
fn two_boards() -> Trust {
    let mut trust = small_trust();
    let theirs = key_entry(&other_key("their status").public, 2, 0, LAST_TIME);
    trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", vec![theirs]));
    trust
}

fn authorities() -> Vec<Case> {
    let row = |name, expect, comment, list: Bytes| {
        under(name, expect, "STA-2", comment, FORGED, (&two_boards(), vec![status_list().encoded(), list]))
    };
    let naming = |signer: Signer, authority: &str| {
        StatusList::new(1, &decided(), signer).with(1, crate::cbor::text(authority)).encoded()
    };
    let withdrawing = StatusList::new(1, &only(0, &example_digest()), other_key("their status"));
    vec![
        row(
            "status_by_other_board",
            "status-unsigned",
            "signed by the status key of another authority, with the board's id in label 1",
            naming(other_key("their status"), BOARD),
        ),
        row(
            "status_by_other_board_as_board",
            "status-unsigned",
            "signed by the status key of another authority with the external_aad of the board",
            naming(Signer::named("their status"), BOARD),
        ),
        row(
            "status_names_other_board",
            "status-unsigned",
            "signed by the board's status key, with another authority of the list in label 1",
            naming(status_key(), OTHER_BOARD),
        ),
        row(
            "status_names_nobody",
            "status-unsigned",
            "signed by the board's status key, with an authority that is not on the list in label 1",
            naming(status_key(), "MA-PERSONNE"),
        ),
        row(
            "status_of_other_board",
            "genuine",
            "another authority's list has the document's tag: it does not speak for the board",
            withdrawing.encoded(),
        ),
    ]
}

fn windows() -> Vec<Case> {
    let row = |name, expect, comment, trust: &Trust, list: Bytes| {
        under(name, expect, "STA-2", comment, FORGED, (trust, vec![list]))
    };
    let key = |label: i64, time: u64| {
        let mut trust = small_trust();
        trust.authorities[0].keys[1] = trust.authorities[0].keys[1].clone().with(label, uint(time));
        trust
    };
    let unlisted = Side::new("status_without_key", {
        let mut trust = small_trust();
        trust.authorities[0].keys.pop();
        pack_of(&trust).encoded()
    });
    vec![
        bad("status_before_window", "made a second before the key's signing window", set(4, uint(WINDOW_FIRST - 1))),
        bad("status_after_window", "made a second after the key's signing window", set(4, uint(WINDOW_LAST + 1))),
        row(
            "status_at_closing",
            "genuine",
            "made in the second in which the status key was closed",
            &key(9, AS_OF),
            status_list().encoded(),
        ),
        row(
            "status_after_closing",
            "status-unsigned",
            "made a second after the status key was closed",
            &key(9, AS_OF - 1),
            status_list().encoded(),
        ),
        case(
            "status_without_key",
            "status-unsigned",
            "STA-2",
            "the trust list does not have the key",
            FORGED,
            example_text(),
        )
        .with_packs(vec![unlisted]),
    ]
}
