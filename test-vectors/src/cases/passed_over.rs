//! Key entries that this version passes over (SPEC section 7, GRO-2). The document is the example unless a case says otherwise.

use super::trust::{edited, with_list};
use crate::case::{Case, Side, case};
use crate::cbor::{Bytes, Fields, array, bytes, int, pairs, text, uint, wide_head};
use crate::documents::{attestation, example_digest, sealed_text, yes};
use crate::sign::{Signer, small_order_points};
use crate::status::{StatusList, only};
use crate::trust::{Authority, document_key, key_entry};
use crate::world::{LAST_TIME, pack_of, session_key, small_root, small_trust, status_list};

const LATER: &str = "a list with keys of a later version would be refused";
const READ: &str = "a key of a later version would be taken for one of this";
const LIMIT: &str = "what is passed over could hold what two verifiers read differently";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [uses(), key_types(), shapes(), sizes(), counted(), unheard()].concat()
}

fn with_entry(name: &str, expect: &str, comment: &str, entry: Bytes) -> Case {
    let effect = if expect == "genuine" { LATER } else { LIMIT };
    with_list(name, expect, "GRO-2", comment, effect, with_entries(vec![entry]))
}

/// The small list with more key entries, in any encoding.
fn with_entries(entries: Vec<Bytes>) -> Bytes {
    edited(|trust| {
        let keys: Vec<_> = trust.authorities[0].keys.iter().map(Fields::encoded).chain(entries).collect();
        trust.authorities[0].fields = trust.authorities[0].fields.clone().with(5, array(&keys));
    })
}

fn of_use(usage: u64) -> Fields {
    key_entry(&Signer::named("another").public, usage, 0, LAST_TIME)
}

fn uses() -> Vec<Case> {
    let good = |name, comment, entry: Fields| with_entry(name, "genuine", comment, entry.encoded());
    vec![
        good("trust_key_use_6", "a key of use 6", of_use(6)),
        good("trust_key_use_2_64", "a key of use 2^64 - 1", of_use(u64::MAX)),
        good("trust_key_use_6_alone", "an entry of use 6 and nothing else", Fields::new().with(2, uint(6))),
        good(
            "trust_key_use_6_weak",
            "a key of use 6 of small order: it is not looked at",
            of_use(6).with(1, bytes(&small_order_points()[1])),
        ),
        good(
            "trust_key_use_6_session",
            "the session's key once more, of use 6",
            of_use(6).with(1, bytes(&session_key().public)),
        ),
        good("trust_key_use_6_root", "the root as a key of use 6", of_use(6).with(1, bytes(&small_root().public))),
        good("trust_key_use_6_text", "a key of use 6 that is a text", of_use(6).with(1, text("key"))),
        good(
            "trust_key_use_6_window",
            "a key of use 6 whose window ends before it starts",
            of_use(6).with(3, uint(9)).with(4, uint(0)),
        ),
        good("trust_key_use_6_labels", "a key of use 6 with labels 0, 14, 16 and 2^64 - 1", {
            of_use(6).with(0, yes()).with(14, pairs(&[])).with(16, text("x")).with_key(uint(u64::MAX), uint(0))
        }),
        good("trust_key_use_6_room", "a key of use 6 with a text at label 64", of_use(6).with(64, text("x"))),
    ]
}

fn key_types() -> Vec<Case> {
    let good = |name, comment, entry: Fields| with_entry(name, "genuine", comment, entry.encoded());
    let bad = |name, comment, entry: Fields| with_entry(name, "trust-malformed", comment, entry.encoded());
    vec![
        good(
            "trust_key_type",
            "a key of use 1 with a key type, and without kinds and count",
            of_use(1).with(15, uint(1)),
        ),
        good("trust_key_type_text", "a key type that is a text", of_use(2).with(15, text("ML-DSA-44"))),
        good(
            "trust_key_type_long",
            "a public key of 1,312 bytes with a key type",
            of_use(1).with(1, bytes(&[7; 1_312])).with(15, uint(1)),
        ),
        good("trust_key_type_use_0", "a key type and use 0: an unsigned integer", of_use(0).with(15, uint(1))),
        bad("trust_key_type_no_use", "a key type and no use", of_use(1).with(15, uint(1)).without(2)),
        bad(
            "trust_key_type_use_text",
            "a key type and a use that is a text",
            of_use(1).with(15, uint(1)).with(2, text("1")),
        ),
        bad("trust_key_type_use_negative", "a key type and use -1", of_use(1).with(15, uint(1)).with(2, int(-1))),
        bad("trust_key_type_use_true", "a key type and a use that is true", of_use(1).with(15, uint(1)).with(2, yes())),
        bad("trust_key_long_no_type", "a public key of 1,312 bytes without key type", {
            document_key(&[0; 32], 0, LAST_TIME).with(1, bytes(&[7; 1_312]))
        }),
    ]
}

/// What is still looked at.
fn shapes() -> Vec<Case> {
    let bad = |name, comment, entry: Bytes| with_entry(name, "trust-malformed", comment, entry);
    let fields = |name, comment, entry: Fields| bad(name, comment, entry.encoded());
    let mut unsorted = of_use(6).pairs();
    unsorted.swap(0, 1);
    vec![
        fields("trust_key_use_6_text_label", "a text label in a key of use 6", of_use(6).with_key(text("x"), uint(0))),
        fields("trust_key_use_6_negative_label", "label -1 in a key of use 6", of_use(6).with(-1, uint(0))),
        fields(
            "trust_key_use_6_bytes_label",
            "a byte string as label in a key of use 6",
            of_use(6).with_key(bytes(b"x"), uint(0)),
        ),
        fields("trust_key_use_negative", "use -1", of_use(1).with(2, int(-1))),
        fields("trust_key_use_text", "a use that is a text, no key type", of_use(1).with(2, text("6"))),
        fields("trust_key_use_6_null", "null in a key of use 6", of_use(6).with(20, vec![0xf6])),
        fields("trust_key_use_6_float", "a float in a key of use 6", of_use(6).with(20, vec![0xf9, 0, 0])),
        fields("trust_key_use_6_wide", "a wide integer in a key of use 6", of_use(6).with(20, wide_head(0, 1, 1))),
        bad("trust_key_use_6_unsorted", "a key of use 6 whose labels are not in order", pairs(&unsorted)),
        bad("trust_key_use_6_array", "an entry that is an array of use 6", array(&[uint(6)])),
        bad("trust_key_empty", "an entry without labels", pairs(&[])),
    ]
}

/// At most 16,384 bytes, in its encoding.
fn sizes() -> Vec<Case> {
    let of_size = |size: usize, label: i64, entry: Fields| {
        let bare = entry.clone().with(label, bytes(&vec![0; 10_000])).encoded().len() - 10_000;
        entry.with(label, bytes(&vec![0; size - bare])).encoded()
    };
    let typed = || of_use(1).with(15, uint(1));
    vec![
        with_entry("trust_key_use_6_16384", "genuine", "a key of use 6 of 16,384 bytes", of_size(16_384, 1, of_use(6))),
        with_entry(
            "trust_key_use_6_16385",
            "trust-malformed",
            "a key of use 6 of 16,385 bytes",
            of_size(16_385, 1, of_use(6)),
        ),
        with_entry(
            "trust_key_type_16384",
            "genuine",
            "a key with a key type of 16,384 bytes",
            of_size(16_384, 20, typed()),
        ),
        with_entry(
            "trust_key_type_16385",
            "trust-malformed",
            "a key with a key type of 16,385 bytes",
            of_size(16_385, 20, typed()),
        ),
    ]
}

/// They count among the 1,000 entries of an authority.
fn counted() -> Vec<Case> {
    let many = |count: usize| vec![Fields::new().with(2, uint(6)).encoded(); count];
    let row = |name, expect, comment, count| {
        with_list(name, expect, "GRO-2, TRU-1", comment, LIMIT, with_entries(many(count)))
    };
    let five_kids = edited(|trust| {
        let more = crate::world::SAME_KID.map(|index| key_entry(&Signer::in_row(index).public, 6, 0, LAST_TIME));
        trust.authorities[0].keys.extend(more);
    });
    let numbers = edited(|trust| {
        let keys = &mut trust.authorities[0].keys;
        keys[0] = keys[0].clone().with(12, uint(1));
        keys.push(of_use(6).with(12, uint(1)));
    });
    vec![
        row("trust_keys_1000", "genuine", "two keys and 998 of use 6", 998),
        row("trust_keys_1001", "trust-malformed", "two keys and 999 of use 6", 999),
        with_list(
            "trust_same_kid_use_6",
            "genuine",
            "GRO-2, TRU-3",
            "five keys of use 6 have one kid",
            LATER,
            five_kids,
        ),
        with_list(
            "trust_register_use_6",
            "genuine",
            "GRO-2, TRU-3",
            "a key of use 6 with the register number of another",
            LATER,
            numbers,
        ),
    ]
}

/// Nothing is signed by them.
fn unheard() -> Vec<Case> {
    let trust = |entry: Fields| {
        let mut trust = small_trust();
        trust.authorities[0].keys.push(entry);
        trust
    };
    let by_another = |name: &str, comment, entry: Fields| {
        let pack = Side::new(name, pack_of(&trust(entry)).encoded());
        case(
            name,
            "unknown-issuer",
            "GRO-2, SIG-1",
            comment,
            READ,
            sealed_text(&Signer::named("another"), attestation()),
        )
        .with_packs(vec![pack])
    };
    let status = |name: &str, comment, entry: Fields| {
        let list = StatusList::new(2, &only(0, &example_digest()), Signer::named("another"));
        let lists = vec![status_list().encoded(), list.encoded()];
        super::status::under(name, "status-unsigned", "GRO-2, STA-2", comment, READ, (&trust(entry), lists))
    };
    let whole = document_key(&Signer::named("another").public, 0, LAST_TIME);
    vec![
        by_another("signature_key_of_use_6", "a document sealed with a key of use 6", whole.clone().with(2, uint(6))),
        by_another(
            "signature_key_with_type",
            "a document sealed with a key of use 1 that has a key type",
            whole.with(15, uint(1)),
        ),
        status("status_by_use_7", "a status list signed with a key of use 7", of_use(7)),
        status(
            "status_by_key_with_type",
            "a status list signed with a key of use 2 that has a key type",
            of_use(2).with(15, uint(0)),
        ),
        with_list(
            "signature_session_key_passed_over",
            "unknown-issuer",
            "GRO-2, SIG-1",
            "the session's key has a key type: it is passed over",
            READ,
            edited(|trust| trust.authorities[0].keys[0] = trust.authorities[0].keys[0].clone().with(15, uint(1))),
        ),
        with_list(
            "trust_authority_of_use_6",
            "genuine",
            "GRO-2",
            "an authority that has keys of use 6 only",
            LATER,
            edited(|trust| {
                let other = Authority::board(crate::world::OTHER_BOARD, "Autre académie", vec![of_use(6)]);
                trust.authorities.push(other);
            }),
        ),
    ]
}
