//! The authorities, keys and packs that the vectors share.

use crate::case::Side;
use crate::cbor::{Bytes, Fields, array, bytes, pairs, text, texts, uint, uints};
use crate::documents::yes;
use crate::legalisation::{self, MINISTRY};
use crate::pack::Pack;
use crate::sign::{Signer, sha256};
use crate::status::{Statements, StatusList, decided, decided_in_tests};
use crate::trust::{Authority, Trust, document_key, key_entry};

/// The verifier's clock unless a case says otherwise: 2026-07-14 16:00:00 UTC.
pub const NOW: u64 = 1_784_044_800;
/// First second of the session's signing window: 2026-06-15 00:00:00 UTC.
pub const WINDOW_FIRST: u64 = 1_781_481_600;
/// Last second of the session's signing window: 2026-07-31 23:59:59 UTC.
pub const WINDOW_LAST: u64 = 1_785_542_399;
/// The largest time of the format.
pub const LAST_TIME: u64 = (1 << 40) - 1;
/// Id of the examination board.
pub const BOARD: &str = "MA-EXEMPLE";
/// Id of another examination board.
pub const OTHER_BOARD: &str = "MA-AUTRE";

/// Five keys of the row in `sign` that share one `kid`.
pub const SAME_KID: [u64; 5] = [23_110_627, 55_190_176, 62_185_989, 156_522_300, 158_120_532];

/// Key of the session: all kinds, session "Juin 2026", window of seven weeks, status list 1.
pub fn session_key() -> Signer {
    Signer::named("session")
}

/// Key with the widest scope: all kinds, any session, any time, status list 1.
pub fn wide_key() -> Signer {
    Signer::named("wide")
}

/// Key of the board's status lists.
pub fn status_key() -> Signer {
    Signer::named("status")
}

/// Key of the status lists of the board's test world.
pub fn test_status_key() -> Signer {
    Signer::named("test status")
}

/// A key of the ministry.
pub fn ministry_key(name: &str) -> Signer {
    Signer::named(name).of(MINISTRY)
}

/// A key of the other board.
pub fn other_key(name: &str) -> Signer {
    Signer::named(name).of(OTHER_BOARD)
}

/// Root number 1, 2 or 3 of the large list.
pub fn root(number: u8) -> Signer {
    Signer::named(&format!("root {number}"))
}

/// The only root of the small list.
pub fn small_root() -> Signer {
    Signer::named("small root")
}

/// A key that is on no list.
pub fn stranger() -> Signer {
    Signer::named("stranger")
}

/// The dictionary of the board.
pub fn dictionary() -> Bytes {
    "ثانوية Lycée des علوم فيزيائية Sciences physiques حسن Bien أكاديمية المثال Académie de l'Exemple \
     يونيو 2026 Juin 2026 شهادة البكالوريا Baccalauréat"
        .as_bytes()
        .to_vec()
}

/// The trust list that most vectors are judged by: three roots, two of them must sign, two authorities.
pub fn large_trust() -> Trust {
    let wide = |name: &str| document_key(&Signer::named(name).public, 0, LAST_TIME);
    let mut board = Authority::board(
        BOARD,
        "Académie de l'Exemple",
        vec![
            session_entry(),
            wide("wide").with(8, uint(1)),
            status_entry(),
            key_entry(&Signer::named("register").public, 3, 0, LAST_TIME),
            key_entry(&Signer::named("minutes").public, 4, 0, LAST_TIME),
            wide("diplomas only").with(5, uints(&[1])).with(8, uint(1)),
            wide("two sessions").with(6, texts(&["Juin 2025", "Juin 2026"])).with(8, uint(1)),
            wide("no status"),
            wide("closed").with(8, uint(1)).with(9, uint(crate::documents::SEALED_AT)),
            wide("stolen").with(8, uint(1)).with(10, uint(crate::documents::SEALED_AT + 86_400)),
            wide("specimen").with(8, uint(1)).with(11, yes()),
            key_entry(&test_status_key().public, 2, 0, LAST_TIME).with(11, yes()),
            wide("list 2").with(8, uint(2)),
            wide("list 7").with(8, uint(7)),
            wide("list 9").with(8, uint(9)),
        ],
    );
    board.fields = board
        .fields
        .with(2, pairs(&[(text("ar"), text("أكاديمية المثال")), (text("fr"), text("Académie de l'Exemple"))]));
    board.fields = board.fields.with(6, array(&[bytes(&sha256(&dictionary()))]));
    let mut ministry = Authority::board(
        MINISTRY,
        "Ministère de l'Exemple",
        vec![
            document_key(&ministry_key("ministry").public, 0, LAST_TIME).with(8, uint(1)),
            key_entry(&ministry_key("ministry status").public, 2, 0, LAST_TIME),
            key_entry(&ministry_key("legalisation").public, 5, 0, LAST_TIME),
        ],
    );
    ministry.fields = ministry.fields.with(4, uint(2));
    Trust {
        claims: trust_claims(7),
        threshold: 2,
        roots: vec![root(1).public, root(2).public, root(3).public],
        authorities: vec![board, ministry],
        signers: vec![root(1), root(3)],
    }
}

/// The pack that most vectors are judged by.
pub fn large_pack() -> Pack {
    let ministry = StatusList::new(1, &legalisation::decided_of_documents(), ministry_key("ministry status"));
    Pack {
        trust: large_trust().encoded(),
        status: vec![
            status_list().encoded(),
            StatusList::new(2, &Statements::default(), status_key()).encoded(),
            ministry.encoded(),
            StatusList::new(7, &decided(), status_key()).with(5, uint(NOW - 1)).encoded(),
            test_status_list().encoded(),
        ],
        dictionaries: vec![dictionary()],
        ..Pack::default()
    }
}

/// The large pack as a file.
pub fn base() -> Side {
    Side::new("base", large_pack().encoded())
}

/// A trust list of one root, one authority, the session's key and the status key.
pub fn small_trust() -> Trust {
    Trust {
        claims: trust_claims(3),
        threshold: 1,
        roots: vec![small_root().public],
        authorities: vec![Authority::board(BOARD, "Académie de l'Exemple", vec![session_entry(), status_entry()])],
        signers: vec![small_root()],
    }
}

/// A pack around a trust list, with the board's status list 1.
pub fn pack_of(trust: &Trust) -> Pack {
    Pack { trust: trust.encoded(), status: vec![status_list().encoded()], ..Pack::default() }
}

/// The board's status list 1.
pub fn status_list() -> StatusList {
    StatusList::new(1, &decided(), status_key())
}

/// List 1 of the board's test world.
pub fn test_status_list() -> StatusList {
    StatusList::new(1, &decided_in_tests(), test_status_key())
}

/// The claims of a trust list besides roots and authorities.
pub fn trust_claims(version: u64) -> Fields {
    Fields::new()
        .with(1, uint(version))
        .with(2, uint(1_781_000_000))
        .with(3, uint(1_800_000_000))
        .with(5, text("Liste de confiance de l'Exemple"))
}

/// The entry of the session's key.
pub fn session_entry() -> Fields {
    document_key(&session_key().public, WINDOW_FIRST, WINDOW_LAST).with(6, texts(&["Juin 2026"])).with(8, uint(1))
}

/// The entry of the status key.
pub fn status_entry() -> Fields {
    key_entry(&status_key().public, 2, WINDOW_FIRST, WINDOW_LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by counting the kids of 175 million keys of the row.
    #[test]
    fn five_keys_share_one_kid() {
        let kids = SAME_KID.map(|index| Signer::in_row(index).kid());
        assert_eq!(kids, [[0x9b, 0xb2, 0xc7, 0x9e]; 5]);
    }
}
