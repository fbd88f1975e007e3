//! Authorities that have ended: who decides for them, and lists that are their last (SPEC section 7, labels 7 and 9 of an
//! authority; STA-2, VER-4, VER-10).

use super::lists::{says, side, silent};
use crate::case::{Case, Side, case};
use crate::cbor::{array, bytes, text, uint};
use crate::documents::{example_digest, example_text};
use crate::pack::Pack;
use crate::sign::{Signer, sha256};
use crate::status::{EXPIRES, StatusList, only};
use crate::trust::{Authority, Trust, key_entry};
use crate::world::{BOARD, LAST_TIME, OTHER_BOARD, other_key, pack_of, small_trust};

const FORGED: &str = "an authority could withdraw what another has issued";
const ENDED: &str = "papers of an authority that has ended could never be checked again";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [successors(), chains(), last_lists()].concat()
}

/// The key of lists of the board that follows, which signs for the board that ended.
fn successor_key() -> Signer {
    other_key("their status")
}

/// The small list with a second board that has the key of lists `their status`.
fn with_second() -> Trust {
    let mut trust = small_trust();
    let keys = vec![key_entry(&successor_key().public, 2, 0, LAST_TIME)];
    trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", keys));
    trust
}

/// The same where the second board has followed the first.
fn followed() -> Trust {
    naming(with_second(), 0, OTHER_BOARD)
}

fn naming(mut trust: Trust, at: usize, successor: &str) -> Trust {
    trust.authorities[at].fields = trust.authorities[at].fields.clone().with(7, text(successor));
    trust
}

/// The list in the board's name, by a key of somebody else.
fn signed_for_the_board(list: StatusList) -> StatusList {
    list.with(1, text(BOARD))
}

/// A list of the board that its successor's key signed.
fn theirs(state: usize, seq: u64) -> StatusList {
    signed_for_the_board(StatusList::after(seq, 1, &only(state, &example_digest()), successor_key()))
}

fn row(name: &str, expect: &str, comment: &str, trust: &Trust, lists: Vec<StatusList>) -> Case {
    let effect = if expect == "genuine" { ENDED } else { FORGED };
    case(name, expect, "STA-2, VER-4", comment, effect, example_text()).with_packs(vec![side(name, trust, lists)])
}

fn successors() -> Vec<Case> {
    let in_own_name = StatusList::new(1, &only(0, &example_digest()), other_key("their status")).with(3, uint(99));
    let stolen = {
        let mut trust = followed();
        trust.authorities[1].keys[0] = trust.authorities[1].keys[0].clone().with(10, uint(0));
        trust
    };
    let without_entry = {
        let mut trust = followed();
        trust.authorities[1].keys.clear();
        trust
    };
    let own_key_gone = {
        let mut trust = followed();
        trust.authorities[0].keys.remove(1);
        trust
    };
    vec![
        row("status_successor_silent", "genuine", "the board has ended; its own list", &followed(), vec![silent()]),
        row(
            "status_successor_own_list",
            "genuine",
            "the only list is the successor's",
            &own_key_gone,
            vec![theirs(3, 1)],
        ),
        row(
            "status_successor_withdraws",
            "withdrawn",
            "the successor withdraws",
            &followed(),
            vec![silent(), theirs(0, 13)],
        ),
        row(
            "status_successor_reinstates",
            "genuine",
            "the board withdrew, its successor reinstates",
            &followed(),
            vec![says(1, 0, 12), theirs(3, 13)],
        ),
        row(
            "status_successor_before",
            "status-unsigned",
            "the board has not ended, and another's key signs",
            &with_second(),
            vec![silent(), theirs(0, 13)],
        ),
        row(
            "status_successor_turned",
            "status-unsigned",
            "the second board has ended, and the first follows it",
            &{ naming(with_second(), 1, BOARD) },
            vec![silent(), theirs(0, 13)],
        ),
        row(
            "status_successor_own_name",
            "genuine",
            "the successor's list of its own papers has the example's tag",
            &followed(),
            vec![silent(), in_own_name],
        ),
        row(
            "status_successor_stolen",
            "genuine",
            "the successor's key was found compromised: its list counts for nothing",
            &stolen,
            vec![silent(), theirs(0, 13)],
        ),
        row(
            "status_successor_no_key",
            "status-unsigned",
            "the successor has no key of lists",
            &without_entry,
            vec![silent(), theirs(0, 13)],
        ),
    ]
}

/// A successor speaks for whom it follows, and not for whom those followed.
fn chains() -> Vec<Case> {
    let third = Signer::named("third status").of("MA-TROIS");
    let mut chain = naming(followed(), 1, "MA-TROIS");
    let keys = vec![key_entry(&third.public, 2, 0, LAST_TIME)];
    chain.authorities.push(Authority::board("MA-TROIS", "Troisième académie", keys));
    let of_third =
        || signed_for_the_board(StatusList::new(1, &only(0, &example_digest()), third.clone())).with(3, uint(13));
    let named = naming(chain.clone(), 0, "MA-TROIS");
    let itself = naming(small_trust(), 0, BOARD);
    let round = naming(followed(), 1, BOARD);
    vec![
        row(
            "status_successor_second",
            "status-unsigned",
            "the successor's successor signs",
            &chain,
            vec![silent(), of_third()],
        ),
        row(
            "status_successor_named_anew",
            "withdrawn",
            "the list names the last successor for the first board too",
            &named,
            vec![silent(), of_third()],
        ),
        row("status_successor_itself", "genuine", "a board that is its own successor", &itself, vec![silent()]),
        row(
            "status_successor_round",
            "withdrawn",
            "two boards that follow each other",
            &round,
            vec![silent(), theirs(0, 13)],
        ),
    ]
}

/// Lists that label 9 of the authority names never grow old by themselves.
fn last_lists() -> Vec<Case> {
    let list = || silent().encoded();
    let naming = |list: &[u8], next_update: u64| {
        let mut trust = small_trust();
        trust.claims = trust.claims.with(3, uint(next_update));
        let board = &mut trust.authorities[0];
        board.fields = board.fields.clone().with(9, array(&[bytes(&sha256(list))]));
        trust
    };
    let row = |name: &str, expect, comment, trust: &Trust, list: Vec<u8>, now| {
        let pack = Pack { status: vec![list], ..pack_of(trust) };
        case(name, expect, "VER-10", comment, ENDED, example_text())
            .with_packs(vec![Side::new(name, pack.encoded())])
            .at(now)
    };
    let named = naming(&list(), LAST_TIME);
    let other = naming(&silent().with(2, uint(9)).encoded(), LAST_TIME);
    let withdrawn = says(1, 0, 12).encoded();
    vec![
        row(
            "status_last_list",
            "genuine",
            "at the list's end; the authority names it as its last",
            &named,
            list(),
            EXPIRES,
        ),
        row("status_last_list_later", "genuine", "decades after the list's end", &named, list(), LAST_TIME - 1),
        row(
            "status_last_list_trust_ends",
            "status-old",
            "at the next update of the trust list, whatever label 9 names",
            &naming(&list(), EXPIRES + 9),
            list(),
            EXPIRES + 9,
        ),
        row(
            "status_last_list_other",
            "status-old",
            "at the list's end; another list is the last",
            &other,
            list(),
            EXPIRES,
        ),
        row(
            "status_last_list_withdrawn",
            "withdrawn",
            "after the list's end; the last list says withdrawn",
            &naming(&withdrawn, LAST_TIME),
            withdrawn,
            EXPIRES + 9,
        ),
    ]
}
