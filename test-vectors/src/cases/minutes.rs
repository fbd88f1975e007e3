//! Minutes as they are published (SPEC section 16, MIN-1 and MIN-2).

use crate::cbor::{Bytes, Fields, array, bytes, indefinite_map, int, joined, pairs, text, uint, uints};
use crate::cose::{Envelope, MINUTES, header};
use crate::minutes::{MINUTES_AT, claims, minutes_key, side, signed};
use crate::object::{ObjectCase, hex};
use crate::sign::{Signer, with_order_added};
use crate::world::{BOARD, OTHER_BOARD, WINDOW_FIRST, WINDOW_LAST, other_key, session_key, small_root, stranger};

const GUESS: &str = "minutes that two auditors read differently would be published";
const FORGED: &str = "somebody else could write the minutes of a jury";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [accepted(), envelopes(), signers(), claim_values(), series(), windows()].concat()
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, cose: &[u8]) -> ObjectCase {
    ObjectCase::new("minutes", name, expect, spec, comment, effect).of(hex(cose)).with_packs(vec![side()])
}

fn of(claims: &Fields) -> Bytes {
    signed(&minutes_key(), &claims.encoded()).encoded()
}

/// Label 6 in the order of the encodings, each series with one admitted.
fn numbered(count: u64) -> Fields {
    let map = (1..=count)
        .fold(Fields::new(), |map, number| map.with_key(text(&format!("Série {number}")), uints(&[0, 1, 0])));
    claims().with(4, uint(count)).with(6, map.encoded())
}

fn accepted() -> Vec<ObjectCase> {
    let good = |name, comment, cose: &[u8]| {
        row(name, "accepted", "MIN-1, MIN-2", comment, "right minutes would be refused", cose)
    };
    let none = claims().with(6, Fields::new().with(0, uints(&[1, 1, 1])).encoded());
    let both =
        claims().with(6, Fields::new().with(0, uints(&[0, 2, 0])).with_key(text("L"), uints(&[1, 0, 0])).encoded());
    vec![
        good("minutes", "right minutes of three lines", &of(&claims())),
        good("minutes_no_series", "an examination without series", &of(&none)),
        good("minutes_some_series", "candidates with and without series", &of(&both)),
        good("minutes_64_series", "64 series", &of(&numbered(64))),
        good("minutes_number_0", "minutes number 0", &of(&claims().with(1, uint(0)))),
        good("minutes_number_2_64", "minutes number 2^64 - 1", &of(&claims().with(1, uint(u64::MAX)))),
        good(
            "minutes_most_lines",
            "2^24 lines",
            &of(&claims()
                .with(4, uint(1 << 24))
                .with(6, Fields::new().with(0, uints(&[1, (1 << 24) - 2, 1])).encoded())),
        ),
        good(
            "minutes_of_other_board",
            "minutes of another authority of the list",
            &signed(&other_key("their minutes"), &claims().encoded()).encoded(),
        ),
        good(
            "minutes_test",
            "minutes of the test world",
            &signed(&Signer::named("minutes test"), &claims().encoded()).encoded(),
        ),
    ]
}

fn envelopes() -> Vec<ObjectCase> {
    let bad = |name, comment, cose: &[u8]| row(name, "envelope-malformed", "MIN-1", comment, GUESS, cose);
    let parts = signed(&minutes_key(), &claims().encoded());
    let whole = parts.encoded();
    let with =
        |protected: Fields| Envelope::signed(&minutes_key(), &protected.encoded(), MINUTES, &parts.payload).encoded();
    let of_length = |length: usize| {
        let rest = signed(&stranger(), &[0; 60_000]).encoded().len() - 60_000;
        signed(&stranger(), &vec![0; length - rest]).encoded()
    };
    vec![
        bad("minutes_untagged", "no tag 18", &parts.untagged()),
        bad("minutes_cut", "the last byte is missing", &whole[..whole.len() - 1]),
        bad("minutes_byte_after", "a zero byte behind the minutes", &joined(whole.clone(), &[0])),
        bad(
            "minutes_algorithm",
            "algorithm -8, signed with this header",
            &with(header(minutes_key().kid()).with(1, int(-8))),
        ),
        bad(
            "minutes_header_longer",
            "one more entry in the protected header",
            &with(header(minutes_key().kid()).with(3, uint(0))),
        ),
        bad("minutes_65537", "65,537 bytes of a stranger: the length is looked at first", &of_length(65_537)),
        row("minutes_65536", "unknown-issuer", "MIN-1", "65,536 bytes of a stranger", GUESS, &of_length(65_536)),
    ]
}

fn signers() -> Vec<ObjectCase> {
    let payload = claims().encoded();
    let by = |name, comment, signer: &Signer| {
        row(name, "unknown-issuer", "MIN-1", comment, FORGED, &signed(signer, &payload).encoded())
    };
    let bad = |name, comment, cose: &[u8]| row(name, "signature-invalid", "MIN-1", comment, FORGED, cose);
    let over = |aad: &[u8]| {
        Envelope::signed_over(&minutes_key(), &header(minutes_key().kid()).encoded(), aad, &payload).encoded()
    };
    let aad = |kind: &str| over(&crate::cose::aad(kind, BOARD));
    let parts = signed(&minutes_key(), &payload);
    let right: [u8; 64] = parts.signature.clone().try_into().unwrap_or([0; 64]);
    let under_kid = Envelope::signed(&stranger(), &header(minutes_key().kid()).encoded(), MINUTES, &payload).encoded();
    vec![
        by("minutes_stranger", "signed by a key that is on no list", &stranger()),
        by("minutes_by_session_key", "signed by the key of the documents", &session_key()),
        by("minutes_by_register_key", "signed by the register key", &Signer::named("register")),
        by("minutes_by_root", "signed by the root", &small_root()),
        bad("minutes_stranger_under_kid", "a stranger signs under the jury's kid", &under_kid),
        bad("minutes_s_plus_l", "L added to S", &parts.clone().with_signature(&with_order_added(right, 1)).encoded()),
        bad(
            "minutes_altered",
            "another count of lines, not signed again",
            &signed(&minutes_key(), &claims().with(4, uint(4)).encoded()).with_signature(&right).encoded(),
        ),
        bad("minutes_aad_document", "external_aad of a sealed document", &aad("sceau/1/document")),
        bad("minutes_aad_register", "external_aad of a register head", &aad("sceau/1/register-head")),
        bad("minutes_aad_no_authority", "external_aad without an authority", &over(b"sceau/1/minutes")),
        bad(
            "minutes_aad_other_board",
            "external_aad of another authority",
            &over(&crate::cose::aad(MINUTES, OTHER_BOARD)),
        ),
    ]
}

fn claim_values() -> Vec<ObjectCase> {
    let bad = |name, comment, payload: &[u8]| {
        row(name, "breaks-rules", "MIN-1", comment, GUESS, &signed(&minutes_key(), payload).encoded())
    };
    let set = |name, comment, label, value| bad(name, comment, &claims().with(label, value).encoded());
    let without = |name, comment, label| bad(name, comment, &claims().without(label).encoded());
    let mut swapped = claims().pairs();
    swapped.swap(3, 4);
    vec![
        bad("minutes_claims_after", "a byte behind the claims", &joined(claims().encoded(), &[0])),
        bad("minutes_claims_indefinite", "claims of indefinite length", &indefinite_map(&claims().pairs())),
        bad("minutes_claims_unsorted", "root before count", &pairs(&swapped)),
        set("minutes_key_7", "a key 7 that nobody knows", 7, uint(0)),
        set("minutes_key_64", "a key 64: minutes have no room to grow", 64, bytes(&[])),
        set(
            "minutes_session_array",
            "the session in two languages",
            3,
            crate::cbor::texts(&["Juin 2026", "يونيو 2026"]),
        ),
        set("minutes_number_text", "the number as a text", 1, text("3")),
        set("minutes_time_2_40", "a time of 2^40", 2, uint(1 << 40)),
        set("minutes_session_empty", "an empty session", 3, text("")),
        set("minutes_session_blank", "a blank behind the session", 3, text("Juin 2026 ")),
        set("minutes_session_hidden", "U+200B in the session", 3, text("Juin\u{200b}2026")),
        set("minutes_session_241", "a session of 241 letters", 3, text(&"J".repeat(241))),
        set("minutes_root_16", "a root of 16 bytes", 5, bytes(&[5; 16])),
        set("minutes_root_text", "the root as a text", 5, text(&"5".repeat(32))),
        without("minutes_no_number", "no number", 1),
        without("minutes_no_time", "no time", 2),
        without("minutes_no_session", "no session", 3),
        without("minutes_no_count", "no count of lines", 4),
        without("minutes_no_root", "no root", 5),
        without("minutes_no_series_map", "no label 6", 6),
    ]
}

/// Label 6 must add up to label 4.
fn series() -> Vec<ObjectCase> {
    let bad = |name, comment, claims: Fields| row(name, "breaks-rules", "MIN-1", comment, GUESS, &of(&claims));
    let set = |name, comment, map: Fields| bad(name, comment, claims().with(6, map.encoded()));
    let one = |key: Bytes, value: Bytes| Fields::new().with_key(key, value);
    let high = 1 << 63;
    vec![
        bad("minutes_count_4", "four lines, the series add up to three", claims().with(4, uint(4))),
        bad("minutes_count_2", "two lines, the series add up to three", claims().with(4, uint(2))),
        bad(
            "minutes_count_0",
            "no lines, and the series add up to none",
            claims().with(4, uint(0)).with(6, one(uint(0), uints(&[0, 0, 0])).encoded()),
        ),
        bad(
            "minutes_count_over",
            "2^24 + 1 lines, and the series add up to them",
            claims().with(4, uint((1 << 24) + 1)).with(6, one(uint(0), uints(&[1 << 24, 1, 0])).encoded()),
        ),
        set(
            "minutes_sum_2_64",
            "the series add up to 2^64 + 3",
            one(uint(0), uints(&[high, high, 0])).with_key(text("L"), uints(&[3, 0, 0])),
        ),
        set("minutes_series_none", "no series", Fields::new()),
        bad("minutes_65_series", "65 series", numbered(65)),
        set("minutes_series_1", "a series named 1", one(uint(1), uints(&[1, 1, 1]))),
        set("minutes_series_empty", "a series with an empty name", one(text(""), uints(&[1, 1, 1]))),
        set("minutes_series_hidden", "U+FEFF in the name of a series", one(text("L\u{feff}"), uints(&[1, 1, 1]))),
        set("minutes_series_bytes", "the name of a series as a byte string", one(bytes(b"L"), uints(&[1, 1, 1]))),
        set("minutes_series_one_number", "one number for a series", one(text("L"), uints(&[3]))),
        set("minutes_series_two_numbers", "two numbers for a series", one(text("L"), uints(&[2, 1]))),
        set("minutes_series_four_numbers", "four numbers for a series", one(text("L"), uints(&[1, 1, 1, 0]))),
        set(
            "minutes_series_negative",
            "a negative number in a series",
            one(text("L"), array(&[uint(4), int(-1), uint(0)])),
        ),
        set("minutes_series_241", "a series of 241 letters", one(text(&"L".repeat(241)), uints(&[1, 1, 1]))),
        set("minutes_series_true", "true for the name of a series", one(vec![0xf5], uints(&[1, 1, 1]))),
        set(
            "minutes_otherwise_left_out",
            "the third number is not counted in the sum",
            one(text("L"), uints(&[1, 2, 1])),
        ),
        bad(
            "minutes_series_twice",
            "a series twice",
            claims().with(6, pairs(&[(text("L"), uints(&[0, 2, 0])), (text("L"), uints(&[0, 1, 0]))])),
        ),
        bad(
            "minutes_series_unsorted",
            "a longer name before a shorter one",
            claims().with(6, pairs(&[(text("LL"), uints(&[0, 2, 0])), (text("L"), uints(&[0, 1, 0]))])),
        ),
    ]
}

fn windows() -> Vec<ObjectCase> {
    let window = "minutes could be written before the jury met or after it was dissolved";
    let at = |name, expect, comment, key: &str, time: u64| {
        let payload = claims().with(2, uint(time)).encoded();
        row(name, expect, "MIN-2", comment, window, &signed(&Signer::named(key), &payload).encoded())
    };
    let broken = claims().with(4, uint(4)).with(2, uint(0)).encoded();
    vec![
        at("minutes_window_first", "accepted", "in the first second of the window", "minutes", WINDOW_FIRST),
        at("minutes_window_last", "accepted", "in the last second of the window", "minutes", WINDOW_LAST),
        at("minutes_before", "outside-signing-window", "a second before the window", "minutes", WINDOW_FIRST - 1),
        at("minutes_after", "outside-signing-window", "a second after the window", "minutes", WINDOW_LAST + 1),
        at("minutes_at_closing", "accepted", "in the second in which the key was closed", "minutes closed", MINUTES_AT),
        at(
            "minutes_after_closing",
            "outside-signing-window",
            "a second after the key was closed",
            "minutes closed",
            MINUTES_AT + 1,
        ),
        at(
            "minutes_compromised",
            "key-compromised",
            "the key was found compromised, later",
            "minutes stolen",
            MINUTES_AT,
        ),
        row(
            "minutes_rules_before_window",
            "breaks-rules",
            "MIN-1, MIN-2",
            "a wrong count, and a second before the window",
            window,
            &signed(&minutes_key(), &broken).encoded(),
        ),
    ]
}
