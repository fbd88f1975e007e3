//! Key entries of trust lists (SPEC section 7).

use super::trust::{edited, with_list};
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, bytes, text, texts, uint, uints};
use crate::documents::yes;
use crate::sign::{Signer, mixed_order_key, non_canonical, small_order_points};
use crate::trust::{Authority, document_key, key_entry};
use crate::world::{LAST_TIME, OTHER_BOARD, WINDOW_FIRST, session_key, small_root, status_key};

const GUESS: &str = "a key's scope would be guessed at";
const WEAK: &str = "signatures could be made that fit many texts, and verifiers would differ";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), entries(), uses(), weak(), twice()].concat()
}

fn malformed(name: &str, spec: &str, comment: &str, list: Bytes) -> Case {
    with_list(name, "trust-malformed", spec, comment, GUESS, list)
}

/// The small list with one more key entry.
fn with_key(entry: Fields) -> Bytes {
    edited(|trust| trust.authorities[0].keys.push(entry))
}

fn another() -> Fields {
    document_key(&Signer::named("another").public, 0, LAST_TIME)
}

fn another_of_use(usage: u64) -> Fields {
    key_entry(&Signer::named("another").public, usage, 0, LAST_TIME)
}

fn accepted() -> Vec<Case> {
    let good = |name, comment, entry| {
        with_list(name, "genuine", "TRU-1, TRU-3", comment, "a right list would be refused", with_key(entry))
    };
    let full = another()
        .with(6, array(&vec![text("Juin 2026"); 64]))
        .with(7, uint(16_777_216))
        .with(8, uint(u64::MAX))
        .with(9, uint(0))
        .with(10, uint(LAST_TIME))
        .with(11, yes())
        .with(12, uint(u64::from(u32::MAX)))
        .with(13, bytes(&[13; 32]))
        .with(14, yes());
    let legalisation = another_of_use(5).with(12, uint(1)).with(13, bytes(&[13; 32])).with(14, yes());
    vec![
        good("trust_key_legalisation_with_register", "a key for legalisations with labels 12 to 14", legalisation),
        good("trust_key_every_label", "a key entry with all labels at their ends", full),
        good("trust_key_one_second", "a signing window of one second", another().with(3, uint(5)).with(4, uint(5))),
    ]
}

fn entries() -> Vec<Case> {
    let bad = |name, comment, entry| malformed(name, "TRU-1", comment, with_key(entry));
    let set = |name, comment, label, value: Bytes| bad(name, comment, another().with(label, value));
    let without = |name, comment, label| bad(name, comment, another().without(label));
    vec![
        set("trust_key_31", "a public key of 31 bytes", 1, bytes(&[1; 31])),
        set("trust_key_33", "a public key of 33 bytes", 1, bytes(&[1; 33])),
        set("trust_key_use_0", "use 0", 2, uint(0)),
        set("trust_key_window_2_40", "a signing window up to 2^40", 4, uint(LAST_TIME + 1)),
        malformed(
            "trust_key_window_reversed",
            "TRU-3",
            "a signing window that ends a second before it starts",
            with_key(another().with(3, uint(6)).with(4, uint(5))),
        ),
        set("trust_key_kinds_none", "no kind in label 5", 5, array(&[])),
        set("trust_key_kind_0", "kind 0 in label 5", 5, uints(&[0])),
        set("trust_key_kind_4", "kind 4 in label 5", 5, uints(&[1, 4])),
        set("trust_key_kinds_four", "four kinds in label 5", 5, uints(&[1, 2, 3, 3])),
        set("trust_key_sessions_none", "no session in label 6", 6, array(&[])),
        set("trust_key_sessions_65", "65 sessions in label 6", 6, array(&vec![text("Juin 2026"); 65])),
        set("trust_key_session_empty", "an empty session", 6, texts(&[""])),
        set("trust_key_session_hidden", "U+00AD in a session", 6, texts(&["Juin\u{ad}2026"])),
        set("trust_key_count_0", "a maximum count of 0", 7, uint(0)),
        set("trust_key_count_2_24", "a maximum count of 2^24 + 1", 7, uint(16_777_217)),
        set("trust_key_status_text", "a status list named by a text", 8, text("1")),
        set("trust_key_closed_2_40", "closed at 2^40", 9, uint(LAST_TIME + 1)),
        set("trust_key_compromised_text", "found compromised at a text", 10, text("2026")),
        set("trust_key_test_1", "the mark of the test world is 1, not true", 11, uint(1)),
        set("trust_key_test_false", "the mark of the test world is false", 11, vec![0xf4]),
        set("trust_key_label_14", "the reserved label 14", 14, uint(0)),
        set("trust_key_label_16", "the reserved label 16", 16, uint(0)),
        set("trust_key_list_negative", "status list -1", 8, crate::cbor::int(-1)),
        without("trust_key_no_key", "no public key", 1),
        without("trust_key_no_use", "no use", 2),
        without("trust_key_no_window_start", "no first second", 3),
        without("trust_key_no_window_end", "no last second", 4),
        without("trust_key_no_kinds", "a key for documents without kinds", 5),
        without("trust_key_no_count", "a key for documents without maximum count", 7),
    ]
}

fn uses() -> Vec<Case> {
    let bad = |name, comment, entry| malformed(name, "TRU-1", comment, with_key(entry));
    vec![
        bad(
            "trust_key_status_with_sessions",
            "a key for status lists with sessions (use 1 only)",
            another_of_use(2).with(6, texts(&["Juin 2026"])),
        ),
        bad(
            "trust_key_status_with_list",
            "a key for status lists with a status list (uses 1 and 5 only)",
            another_of_use(2).with(8, uint(1)),
        ),
        bad(
            "trust_key_register_with_list",
            "a key for registers with a status list (uses 1 and 5 only)",
            another_of_use(3).with(8, uint(1)),
        ),
        bad(
            "trust_key_minutes_with_list",
            "a key for minutes with a status list (uses 1 and 5 only)",
            another_of_use(4).with(8, uint(1)),
        ),
        with_list(
            "trust_key_legalisation_with_list",
            "genuine",
            "TRU-1",
            "a key for legalisations with a status list",
            "a right list would be refused",
            with_key(another_of_use(5).with(8, uint(u64::MAX))),
        ),
        bad(
            "trust_key_legalisation_with_list_text",
            "a key for legalisations with a status list named by a text",
            another_of_use(5).with(8, text("1")),
        ),
        bad(
            "trust_key_status_with_kinds",
            "a key for status lists with kinds (use 1 only)",
            another_of_use(2).with(5, uints(&[1])),
        ),
        bad(
            "trust_key_status_with_count",
            "a key for status lists with a maximum count (use 1 only)",
            another_of_use(2).with(7, uint(1)),
        ),
        bad(
            "trust_key_minutes_with_kinds",
            "a key for minutes with kinds (use 1 only)",
            another_of_use(4).with(5, uints(&[1, 2, 3])),
        ),
        bad(
            "trust_key_legalisation_with_count",
            "a key for legalisations with a maximum count (use 1 only)",
            another_of_use(5).with(7, uint(16_777_216)),
        ),
        bad(
            "trust_key_register_with_number",
            "a key for registers with a register number (uses 1 and 5 only)",
            another_of_use(3).with(12, uint(1)),
        ),
        bad(
            "trust_key_status_with_head",
            "a key for status lists with the SHA-256 of a head (uses 1 and 5 only)",
            another_of_use(2).with(13, bytes(&[13; 32])),
        ),
        bad(
            "trust_key_head_without_number",
            "the SHA-256 of a head without register number",
            another().with(13, bytes(&[13; 32])),
        ),
        bad("trust_key_free_without_head", "label 14 without label 13", another().with(12, uint(1)).with(14, yes())),
        bad("trust_key_free_alone", "label 14 without labels 12 and 13", another().with(14, yes())),
        bad("trust_key_free_status", "label 14 of a key for status lists", another_of_use(2).with(14, yes())),
        bad(
            "trust_key_free_false",
            "false in label 14",
            another().with(12, uint(1)).with(13, bytes(&[13; 32])).with(14, vec![0xf4]),
        ),
        bad(
            "trust_key_free_1",
            "1 in label 14",
            another().with(12, uint(1)).with(13, bytes(&[13; 32])).with(14, uint(1)),
        ),
        bad(
            "trust_key_legalisation_head_alone",
            "a key for legalisations with label 13 without label 12",
            another_of_use(5).with(13, bytes(&[13; 32])),
        ),
        bad("trust_key_number_0", "register number 0", another().with(12, uint(0))),
        bad("trust_key_number_2_32", "register number 2^32", another().with(12, uint(1 << 32))),
        bad("trust_key_number_text", "the register number as a text", another().with(12, text("1"))),
        bad(
            "trust_key_head_31",
            "31 bytes for the SHA-256 of a head",
            another().with(12, uint(1)).with(13, bytes(&[13; 31])),
        ),
        bad(
            "trust_key_register_with_sessions",
            "a key for registers with sessions (use 1 only)",
            another_of_use(3).with(6, texts(&["Juin 2026"])),
        ),
    ]
}

fn weak() -> Vec<Case> {
    let entry = |name: &str, comment: &str, key: [u8; 32]| {
        with_list(name, "trust-weak-key", "TRU-2", comment, WEAK, with_key(document_key(&key, 0, LAST_TIME)))
    };
    let as_root = |name: &str, comment: &str, key: [u8; 32]| {
        with_list(name, "trust-weak-key", "TRU-2", comment, WEAK, edited(|trust| trust.roots.push(key)))
    };
    let mut no_point = [0; 32];
    no_point[0] = 2;
    let mut signed_neutral = small_order_points()[0];
    signed_neutral[31] |= 0x80;
    let mut out: Vec<_> = small_order_points()
        .iter()
        .enumerate()
        .map(|(index, key)| {
            entry(&format!("trust_weak_small_order_{index}"), &format!("point {index} of small order as a key"), *key)
        })
        .collect();
    for index in [1, 2, 4, 7] {
        let comment = format!("an honest key with torsion part {index}");
        out.push(entry(&format!("trust_weak_mixed_order_{index}"), &comment, mixed_order_key(index)));
    }
    out.extend([
        entry("trust_weak_no_point", "y = 2, which is no point", no_point),
        entry("trust_weak_neutral_sign", "the neutral point with its sign bit set", signed_neutral),
        entry("trust_weak_p", "y = p, a point of order 4, not canonical", non_canonical(0, 0)),
        entry("trust_weak_p_plus_1", "y = p + 1, the neutral point, not canonical", non_canonical(1, 0)),
        entry("trust_weak_p_plus_3", "y = p + 3, not canonical", non_canonical(3, 0)),
        entry("trust_weak_p_plus_18", "y = p + 18, the largest of all, not canonical", non_canonical(18, 0)),
        as_root("trust_weak_root_small_order", "a second root of small order", small_order_points()[5]),
        as_root("trust_weak_root_mixed_order", "a second root with a torsion part", mixed_order_key(3)),
        with_list(
            "trust_weak_status_key",
            "trust-weak-key",
            "TRU-2",
            "a key for status lists of small order",
            WEAK,
            with_key(key_entry(&small_order_points()[1], 2, 0, LAST_TIME)),
        ),
    ]);
    out
}

fn twice() -> Vec<Case> {
    let bad = |name, comment, list| malformed(name, "TRU-3", comment, list);
    let second_board = |public: [u8; 32]| {
        let board = Authority::board(OTHER_BOARD, "Autre académie", vec![document_key(&public, 0, LAST_TIME)]);
        edited(|trust| trust.authorities.push(board))
    };
    vec![
        bad(
            "trust_key_twice",
            "the session's key twice, the second time with a wider window",
            with_key(document_key(&session_key().public, 0, LAST_TIME)),
        ),
        bad(
            "trust_key_two_uses",
            "the session's key as a key for status lists too",
            with_key(key_entry(&session_key().public, 2, WINDOW_FIRST, LAST_TIME)),
        ),
        bad(
            "trust_key_one_register",
            "two keys of one authority with the same register number",
            edited(|trust| {
                let keys = &mut trust.authorities[0].keys;
                keys[0] = keys[0].clone().with(12, uint(1));
                keys.push(another().with(12, uint(1)));
            }),
        ),
        bad("trust_key_two_boards", "the session's key with two authorities", second_board(session_key().public)),
        bad(
            "trust_key_root_and_entry",
            "the root as a key for documents",
            with_key(document_key(&small_root().public, 0, LAST_TIME)),
        ),
        bad(
            "trust_key_root_twice",
            "the root twice among the roots",
            edited(|trust| trust.roots.push(small_root().public)),
        ),
        bad("trust_key_status_two_boards", "the status key with two authorities", second_board(status_key().public)),
    ]
}
