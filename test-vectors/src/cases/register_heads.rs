//! Register heads (SPEC section 12, REG-1 to REG-3). The document is the example, the head alone decides.

use super::register_files::with_parts;
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, bytes, indefinite_map, int, joined, pairs, text, uint, wide_head};
use crate::cose::{Envelope, REGISTER_HEAD, header};
use crate::documents::yes;
use crate::register::{HEAD_AT, Register, edited, head, register_key, second_key, stolen_trust};
use crate::sign::{Signer, with_order_added};
use crate::trust::{Authority, Trust, document_key, key_entry};
use crate::world::{
    BOARD, LAST_TIME, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, other_key, session_key, small_root, status_key, stranger,
};

const GUESS: &str = "two verifiers could take different documents for registered";
const FORGED: &str = "a thief could write his own register";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), envelope(), claims(), signers(), scope(), several()].concat()
}

fn usual() -> Fields {
    Register::with_example().claims()
}

fn file() -> Bytes {
    Register::with_example().file().encoded()
}

fn malformed(name: &str, comment: &str, head: Bytes) -> Case {
    with_parts(name, "register-malformed", "REG-1", comment, GUESS, (&stolen_trust(), vec![head], vec![]))
}

fn unsigned(name: &str, comment: &str, trust: &Trust, head: Bytes) -> Case {
    with_parts(name, "register-unsigned", "REG-2", comment, FORGED, (trust, vec![head], vec![]))
}

fn set(label: i64, value: Bytes) -> Bytes {
    head(&register_key(), &usual().with(label, value)).encoded()
}

fn raw(payload: &[u8]) -> Bytes {
    head_of(&register_key(), payload)
}

fn head_of(signer: &Signer, payload: &[u8]) -> Bytes {
    Envelope::signed(signer, &header(signer.kid()).encoded(), REGISTER_HEAD, payload).encoded()
}

fn accepted() -> Vec<Case> {
    let good = |name: &str, comment: &str, trust: &Trust, head: Bytes| {
        with_parts(
            name,
            "genuine",
            "REG-2",
            comment,
            "a right register would be refused",
            (trust, vec![head], vec![file()]),
        )
        .registered("listed")
    };
    let at = |time| set(2, uint(time));
    let count = |maximum: u64| edit(0, |entry| entry.with(7, uint(maximum)));
    let after_session = WINDOW_LAST + 1;
    vec![
        good(
            "register_head_window_first",
            "made in the first second of the register key's window",
            &stolen_trust(),
            at(WINDOW_FIRST),
        ),
        good(
            "register_head_window_last",
            "made in the last second of the register key's window",
            &stolen_trust(),
            at(WINDOW_LAST),
        ),
        good(
            "register_head_at_closing",
            "made in the second in which the register key was closed",
            &edit(2, |entry| entry.with(9, uint(HEAD_AT))),
            at(HEAD_AT),
        ),
        good(
            "register_head_after_session",
            "made after the window of the key of the documents, which does not matter",
            &edit(2, |entry| entry.with(4, uint(LAST_TIME))),
            at(after_session),
        ),
        good("register_head_at_maximum", "as many documents as the key may seal", &count(5), at(HEAD_AT)),
        highest_number(),
    ]
}

fn highest_number() -> Case {
    let mut register = Register::with_example();
    register.number = u64::from(u32::MAX);
    let trust = edit(0, |entry| entry.with(12, uint(register.number)));
    let (name, comment) = ("register_head_number_2_32", "register number 2^32 - 1");
    let files = vec![register.file().encoded()];
    with_parts(
        name,
        "genuine",
        "REG-1, REG-4",
        comment,
        "a right register would be refused",
        (&trust, vec![register.head()], files),
    )
    .registered("listed")
}

/// The stolen list with one key entry changed.
fn edit(at: usize, change: impl FnOnce(Fields) -> Fields) -> Trust {
    edited(|trust| {
        let keys = &mut trust.authorities[0].keys;
        keys[at] = change(keys[at].clone());
    })
}

fn envelope() -> Vec<Case> {
    let parts = head(&register_key(), &usual());
    let whole = parts.encoded();
    let protected = |fields: Fields| {
        Envelope::signed(&register_key(), &fields.encoded(), REGISTER_HEAD, &usual().encoded()).encoded()
    };
    let usual_header = || header(register_key().kid());
    let with = |index: usize, item: Bytes| {
        let mut items = parts.items();
        items[index] = item;
        crate::cbor::tag(18, &array(&items))
    };
    let of_length = |length: usize| head_of(&stranger(), &vec![0x40; length - 82]);
    vec![
        unsigned("register_head_1024", "1,024 bytes of a stranger", &stolen_trust(), of_length(1_024)),
        malformed("register_head_no_bytes", "an empty byte string", vec![]),
        malformed("register_head_untagged", "no tag 18", parts.untagged()),
        malformed("register_head_byte_after", "a zero byte behind the head", joined(whole.clone(), &[0])),
        malformed("register_head_cut", "the last byte is missing", whole[..whole.len() - 1].to_vec()),
        malformed(
            "register_head_wide_payload",
            "the payload's length in four bytes",
            with(2, joined(wide_head(2, parts.payload.len() as u64, 4), &parts.payload)),
        ),
        malformed(
            "register_head_unprotected",
            "an entry in the unprotected header",
            with(1, pairs(&[(uint(4), bytes(&[0; 4]))])),
        ),
        malformed(
            "register_head_algorithm",
            "algorithm -8, signed with this header",
            protected(usual_header().with(1, int(-8))),
        ),
        malformed(
            "register_head_typed",
            "a type in the protected header, signed with this header",
            protected(usual_header().with(16, text("application/statuslist+cwt"))),
        ),
        malformed("register_head_long", "1,025 bytes of a stranger: the length is looked at first", of_length(1_025)),
    ]
}

fn claims() -> Vec<Case> {
    let set = |name, comment, label, value| malformed(name, comment, set(label, value));
    let without =
        |name, comment, label| malformed(name, comment, head(&register_key(), &usual().without(label)).encoded());
    let mut swapped = usual().pairs();
    swapped.swap(0, 1);
    let mut twice = usual().pairs();
    twice.insert(1, twice[0].clone());
    vec![
        set("register_head_number_0", "register number 0", 1, uint(0)),
        set("register_head_number_over", "register number 2^32", 1, uint(1 << 32)),
        set("register_head_time_2_40", "time 2^40", 2, uint(1 << 40)),
        set("register_head_time_negative", "time -1", 2, int(-1)),
        set("register_head_count_over", "a count of 2^24 + 1", 3, uint((1 << 24) + 1)),
        set("register_head_count_text", "the count as a text", 3, text("5")),
        set("register_head_root_31", "a root of 31 bytes", 4, bytes(&[4; 31])),
        set("register_head_minutes_33", "a root of the minutes of 33 bytes", 5, bytes(&[5; 33])),
        set("register_head_key_16", "16 bytes of the SHA-256 of the key", 6, bytes(&[6; 16])),
        set("register_head_digest_text", "the SHA-256 of the entries as a text", 7, text(&"7".repeat(32))),
        set("register_head_key_8", "a key 8 that nobody knows", 8, uint(0)),
        without("register_head_no_number", "no register number", 1),
        without("register_head_no_time", "no time", 2),
        without("register_head_no_count", "no count", 3),
        without("register_head_no_root", "no root", 4),
        without("register_head_no_key", "no SHA-256 of the key", 6),
        without("register_head_no_digest", "no SHA-256 of the entries", 7),
        malformed("register_head_unsorted", "time before number", raw(&pairs(&swapped))),
        malformed("register_head_number_twice", "the register number twice", raw(&pairs(&twice))),
        malformed("register_head_indefinite", "claims of indefinite length", raw(&indefinite_map(&usual().pairs()))),
        malformed("register_head_claims_after", "a byte behind the claims", raw(&joined(usual().encoded(), &[0]))),
        malformed("register_head_claims_array", "the claims as an array", raw(&array(&[uint(1), uint(HEAD_AT)]))),
    ]
}

fn signers() -> Vec<Case> {
    let parts = head(&register_key(), &usual());
    let right: [u8; 64] = parts.signature.clone().try_into().unwrap_or([0; 64]);
    let mut flipped = right;
    flipped[40] ^= 1;
    let by =
        |name, comment, signer: Signer| unsigned(name, comment, &stolen_trust(), head(&signer, &usual()).encoded());
    let over = |aad: &[u8]| {
        let header = header(register_key().kid()).encoded();
        Envelope::signed_over(&register_key(), &header, aad, &usual().encoded()).encoded()
    };
    let aad = |kind: &str| over(&crate::cose::aad(kind, BOARD));
    let bad = |name, comment, head| unsigned(name, comment, &stolen_trust(), head);
    vec![
        by("register_head_stranger", "signed by a key that is on no list", stranger()),
        by("register_head_by_session_key", "signed by the key of the documents", session_key()),
        by("register_head_by_status_key", "signed by the status key", status_key()),
        by("register_head_by_root", "signed by the root", small_root()),
        bad(
            "register_head_flipped",
            "one bit of the signature flipped",
            parts.clone().with_signature(&flipped).encoded(),
        ),
        bad(
            "register_head_s_plus_l",
            "L added to S",
            parts.clone().with_signature(&with_order_added(right, 1)).encoded(),
        ),
        bad("register_head_aad_document", "external_aad of a sealed document", aad("sceau/1/document")),
        bad("register_head_aad_minutes", "external_aad of minutes", aad("sceau/1/minutes")),
        bad("register_head_aad_no_authority", "external_aad without an authority", over(b"sceau/1/register-head")),
        bad(
            "register_head_aad_other_board",
            "external_aad of another authority",
            over(&crate::cose::aad(REGISTER_HEAD, OTHER_BOARD)),
        ),
        bad(
            "register_head_altered",
            "the count altered, not signed again",
            head(&register_key(), &usual().with(3, uint(6))).with_signature(&right).encoded(),
        ),
        bad(
            "register_head_order",
            "a signature that does not hold over claims that are none",
            Envelope::signed(&register_key(), &header(register_key().kid()).encoded(), REGISTER_HEAD, &[0xa0])
                .with_signature(&right)
                .encoded(),
        ),
        unsigned(
            "register_head_use_4",
            "the key that signed has use 4",
            &edit(2, |entry| entry.with(2, uint(4))),
            parts.encoded(),
        ),
    ]
}

fn scope() -> Vec<Case> {
    let here = |name, comment, head| unsigned(name, comment, &stolen_trust(), head);
    let under =
        |name, comment, trust: Trust| unsigned(name, comment, &trust, head(&register_key(), &usual()).encoded());
    let test = |entry: Fields| entry.with(11, yes());
    let theirs = other_key("their register");
    let other_board = edited(|trust| {
        let keys = vec![
            key_entry(&theirs.public, 3, 0, LAST_TIME),
            document_key(&Signer::named("second").public, 0, LAST_TIME).with(12, uint(1)),
        ];
        trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", keys));
    });
    let elsewhere = edited(|trust| {
        let register = trust.authorities[0].keys.remove(2);
        trust.authorities.push(Authority::board(OTHER_BOARD, "Autre académie", vec![register]));
    });
    vec![
        here(
            "register_head_before_window",
            "made a second before the register key's window",
            set(2, uint(WINDOW_FIRST - 1)),
        ),
        here(
            "register_head_after_window",
            "made a second after the register key's window",
            set(2, uint(WINDOW_LAST + 1)),
        ),
        here("register_head_other_number", "register 2, which no key has", set(1, uint(2))),
        here("register_head_other_key", "the SHA-256 of another key", set(6, bytes(&[6; 32]))),
        under(
            "register_head_closed",
            "made a second after the register key was closed",
            edit(2, |entry| entry.with(9, uint(HEAD_AT - 1))),
        ),
        under(
            "register_head_compromised",
            "the register key was found compromised, later",
            edit(2, |entry| entry.with(10, uint(LAST_TIME))),
        ),
        under("register_head_test_register", "a register key of the test world", edit(2, test)),
        under("register_head_test_documents", "a key for documents of the test world", edit(0, test)),
        under(
            "register_head_over_maximum",
            "five documents, the key may seal four",
            edit(0, |entry| entry.with(7, uint(4))),
        ),
        under(
            "register_head_other_digest",
            "label 13 is the SHA-256 of another head",
            edit(0, |entry| entry.with(13, bytes(&[13; 32]))),
        ),
        under(
            "register_head_no_number_12",
            "the key of the documents has no label 12",
            edit(0, |entry| entry.without(12)),
        ),
        under(
            "register_head_swapped_numbers",
            "the number of one key, the SHA-256 of another",
            edited(|trust| {
                let keys = &mut trust.authorities[0].keys;
                keys[0] = keys[0].clone().with(12, uint(2));
                keys.push(second_key(1));
            }),
        ),
        under("register_head_key_elsewhere", "the register key belongs to another authority", elsewhere),
        unsigned(
            "register_head_by_other_board",
            "signed by another authority's register key, whose own register 1 is of another key",
            &other_board,
            head(&theirs, &usual()).encoded(),
        ),
        unsigned(
            "register_head_resigned",
            "label 13 fixes a head; another signature of the same claims is another head",
            &edit(0, |entry| entry.with(13, bytes(&crate::sign::sha256(&Register::with_example().head())))),
            resigned(),
        ),
    ]
}

/// The usual head with a second signature that holds.
fn resigned() -> Bytes {
    let parts = head(&register_key(), &usual());
    let message = crate::cose::sig_structure(&parts.protected, &crate::cose::aad(REGISTER_HEAD, BOARD), &parts.payload);
    parts.with_signature(&register_key().sign_with_other_nonce(&message)).encoded()
}

fn several() -> Vec<Case> {
    let mut second = Register::with_example();
    (second.number, second.key) = (2, Signer::named("second").public);
    let trust = edited(|trust| trust.authorities[0].keys.push(second_key(2)));
    let one = || Register::with_example().head();
    let of = |name, expect, spec, comment, heads| {
        with_parts(name, expect, spec, comment, GUESS, (&trust, heads, vec![file()]))
    };
    let later = set(2, uint(HEAD_AT + 1));
    vec![
        of("register_heads_twice", "genuine", "REG-3", "the same head twice", vec![one(), one()]).registered("listed"),
        of(
            "register_heads_two",
            "genuine",
            "REG-3, REG-7",
            "two heads of one register with the same entries, the second a second younger",
            vec![one(), later],
        )
        .registered("listed"),
        of("register_heads_apart", "genuine", "REG-3", "heads 1, 2 and 1", vec![one(), second.head(), one()])
            .registered("listed"),
        of("register_heads_of_two", "genuine", "REG-3, REG-7", "heads of register 2 and 1", vec![second.head(), one()])
            .registered("listed"),
        of(
            "register_heads_second_refused",
            "register-unsigned",
            "REG-2, PCK-3",
            "head 1 is right, head 2 is a stranger's",
            vec![one(), head(&stranger(), &second.claims()).encoded()],
        ),
        of(
            "register_heads_order",
            "register-unsigned",
            "REG-2, REG-3",
            "the same head twice, then a stranger's: head by head comes first",
            vec![one(), one(), head(&stranger(), &second.claims()).encoded()],
        ),
    ]
}
