//! Strict CBOR (SPEC section 4) inside a payload. Every payload here is signed as it stands: the signature holds.

use crate::case::{Case, case};
use crate::cbor::{
    Bytes, Fields, array, bytes, head, indefinite_array, indefinite_bytes, indefinite_map, indefinite_text, int,
    joined, pairs, raw_text, tag, text, uint, wide_head,
};
use crate::documents::{SEALED_AT, SERIAL, attestation, claims, sealed};
use crate::text::symbol;
use crate::world::wide_key;

const TWO_FORMS: &str = "one statement would have several signed forms, and readers would differ";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [indefinite(), wide(), order(), utf8(), types()].concat()
}

pub(crate) fn payload_case(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, payload: &[u8]) -> Case {
    let comment = format!("{comment}; signed as it stands");
    case(name, expect, spec, &comment, effect, symbol(&sealed(&wide_key(), payload)))
}

pub(crate) fn bad(name: &str, spec: &str, comment: &str, payload: &[u8]) -> Case {
    payload_case(name, "breaks-rules", &format!("{spec}, CLM-1"), comment, TWO_FORMS, payload)
}

/// The attestation with one value written otherwise.
pub(crate) fn document(label: i64, value: Bytes) -> Bytes {
    claims(attestation().with(label, value)).encoded()
}

/// The claims with the encoding of the document map in the caller's hand.
fn around(document: Bytes) -> Bytes {
    claims(Fields::new()).with(-65537, document).encoded()
}

fn indefinite() -> Vec<Case> {
    let whole = claims(attestation());
    let nested_chunks = [&[0x7f, 0x7f][..], &text("Salma EL MITALI"), &[0xff, 0xff]].concat();
    vec![
        bad(
            "cbor_indefinite_text",
            "CBR-1",
            "the holder in two chunks",
            &document(3, indefinite_text(&["Salma ", "EL MITALI"])),
        ),
        bad(
            "cbor_indefinite_bytes",
            "CBR-1",
            "the serial in two chunks",
            &whole.clone().with(7, indefinite_bytes(&[&SERIAL[..4], &SERIAL[4..]])).encoded(),
        ),
        bad(
            "cbor_indefinite_array",
            "CBR-1",
            "the languages as an array of indefinite length",
            &document(2, indefinite_array(&[text("fr")])),
        ),
        bad(
            "cbor_indefinite_document",
            "CBR-1",
            "the document as a map of indefinite length",
            &around(indefinite_map(&attestation().pairs())),
        ),
        bad(
            "cbor_indefinite_claims",
            "CBR-1",
            "the claims as a map of indefinite length",
            &indefinite_map(&whole.pairs()),
        ),
        bad(
            "cbor_indefinite_nested",
            "CBR-1",
            "an indefinite text within an indefinite text",
            &document(3, nested_chunks),
        ),
        bad(
            "cbor_indefinite_one_chunk",
            "CBR-1",
            "the holder in one chunk of indefinite length",
            &document(3, indefinite_text(&["Salma EL MITALI"])),
        ),
        bad("cbor_lone_break", "CBR-1", "a break instead of the holder", &document(3, vec![0xff])),
    ]
}

fn wide() -> Vec<Case> {
    let whole = claims(attestation());
    let wide_text = |width| joined(wide_head(3, 15, width), b"Salma EL MITALI");
    let unsorted = |index: usize, key: Bytes| {
        let mut all = whole.pairs();
        all[index].0 = key;
        pairs(&all)
    };
    vec![
        bad("cbor_wide_integer_1", "CBR-2", "the kind 3 in one byte more", &document(1, wide_head(0, 3, 1))),
        bad(
            "cbor_wide_integer_8",
            "CBR-2",
            "the time of sealing in eight bytes",
            &whole.clone().with(6, wide_head(0, SEALED_AT, 8)).encoded(),
        ),
        bad(
            "cbor_wide_integer_23",
            "CBR-2",
            "23 in one byte more, at a line of the minutes",
            &document(16, array(&[uint(1), wide_head(0, 23, 1)])),
        ),
        bad(
            "cbor_wide_integer_255",
            "CBR-2",
            "255 in two bytes, at a line of the minutes",
            &document(16, array(&[uint(1), wide_head(0, 255, 2)])),
        ),
        bad(
            "cbor_wide_integer_65535",
            "CBR-2",
            "65535 in four bytes, at a line of the minutes",
            &document(16, array(&[uint(1), wide_head(0, 65535, 4)])),
        ),
        bad(
            "cbor_wide_integer_4294967295",
            "CBR-2",
            "4294967295 in eight bytes, at a line of the minutes",
            &document(16, array(&[uint(1), wide_head(0, 4_294_967_295, 8)])),
        ),
        bad("cbor_wide_text_1", "CBR-2", "the holder's length in one byte more", &document(3, wide_text(1))),
        bad("cbor_wide_text_8", "CBR-2", "the holder's length in eight bytes", &document(3, wide_text(8))),
        bad(
            "cbor_wide_bytes",
            "CBR-2",
            "the serial's length in two bytes",
            &whole.clone().with(7, joined(wide_head(2, 8, 2), &SERIAL)).encoded(),
        ),
        bad(
            "cbor_wide_array",
            "CBR-2",
            "the languages' count in one byte more",
            &document(2, joined(wide_head(4, 1, 1), &text("fr"))),
        ),
        bad(
            "cbor_wide_map",
            "CBR-2",
            "the document's count of entries in one byte more",
            &around(joined(wide_head(5, 6, 1), &attestation().encoded()[1..])),
        ),
        bad(
            "cbor_wide_claims",
            "CBR-2",
            "the claims' count of entries in four bytes",
            &joined(wide_head(5, 3, 4), &whole.encoded()[1..]),
        ),
        bad("cbor_wide_key", "CBR-2", "the key 6 in one byte more", &unsorted(0, wide_head(0, 6, 1))),
        bad("cbor_wide_negative_key", "CBR-2", "the key -65537 in eight bytes", &unsorted(2, wide_head(1, 65536, 8))),
        bad(
            "cbor_reserved_width",
            "CBR-2",
            "a head with the reserved additional information 28",
            &document(1, vec![0x1c]),
        ),
    ]
}

fn order() -> Vec<Case> {
    let swapped = |mut all: Vec<(Bytes, Bytes)>, first: usize| {
        all.swap(first, first + 1);
        pairs(&all)
    };
    let twice = |value: Bytes| {
        let mut all = attestation().pairs();
        all.insert(3, (uint(3), value));
        around(pairs(&all))
    };
    let newer = |extra: [(Bytes, Bytes); 2]| around(pairs(&[attestation().pairs(), extra.to_vec()].concat()));
    let by_bytes = newer([(uint(24), uint(0)), (int(-1), uint(0))]);
    let by_length = newer([(int(-1), uint(0)), (uint(24), uint(0))]);
    let later = "an older rule of order would refuse documents of a later version as ill made";
    vec![
        bad(
            "cbor_unsorted_claims",
            "CBR-3",
            "serial before time of sealing",
            &swapped(claims(attestation()).pairs(), 0),
        ),
        bad("cbor_unsorted_document", "CBR-3", "languages before kind", &around(swapped(attestation().pairs(), 0))),
        bad(
            "cbor_unsorted_last",
            "CBR-3",
            "the last two labels of the document exchanged",
            &around(swapped(attestation().pairs(), 4)),
        ),
        bad("cbor_duplicate_key", "CBR-3", "the holder twice, the same", &twice(text("Salma EL MITALI"))),
        bad(
            "cbor_duplicate_key_other_value",
            "CBR-3",
            "two holders: readers that take the first or the last show different names",
            &twice(text("Karim EL MITALI")),
        ),
        bad("cbor_duplicate_claim", "CBR-3", "two times of sealing", &{
            let mut all = claims(attestation()).pairs();
            all.insert(1, (uint(6), uint(SEALED_AT + 1)));
            pairs(&all)
        }),
        bad(
            "cbor_order_by_length",
            "CBR-3",
            "two unknown keys, the shorter encoding first (RFC 7049); bytewise order would be newer-format",
            &by_length,
        ),
        payload_case(
            "cbor_order_by_bytes",
            "newer-format",
            "CBR-3, CLM-2",
            "two unknown keys in bytewise order, the longer encoding first",
            later,
            &by_bytes,
        ),
    ]
}

fn utf8() -> Vec<Case> {
    let replaced = "a reader that repairs text would show another name";
    let holder = |name: &str, comment: &str, content: &[u8]| {
        payload_case(name, "breaks-rules", "CBR-4, CLM-1", comment, replaced, &document(3, raw_text(content)))
    };
    vec![
        holder("cbor_utf8_lone_continuation", "a continuation byte alone", b"Salma \x80"),
        holder("cbor_utf8_truncated", "the first byte of a letter of two at the end", b"Salma \xc3"),
        holder("cbor_utf8_latin_1", "the letter E with acute in Latin-1", b"Salma \xc9L"),
        holder("cbor_utf8_overlong_2", "U+0041 in two bytes", b"Salma \xc1\x81"),
        holder("cbor_utf8_overlong_3", "U+002F in three bytes", b"Salma \xe0\x80\xaf"),
        holder("cbor_utf8_overlong_4", "U+20AC in four bytes", b"Salma \xf0\x82\x82\xac"),
        holder("cbor_utf8_surrogate", "U+D800 alone", b"Salma \xed\xa0\x80"),
        holder("cbor_utf8_surrogate_pair", "U+10400 as two surrogates (CESU-8)", b"Salma \xed\xa0\x81\xed\xb0\x80"),
        holder("cbor_utf8_above_10ffff", "U+110000", b"Salma \xf4\x90\x80\x80"),
        holder("cbor_utf8_byte_ff", "the byte 0xFF", b"Salma \xff"),
        payload_case(
            "cbor_utf8_in_key",
            "breaks-rules",
            "CBR-4, CLM-1",
            "bad UTF-8 in a key that is not known",
            "what is ill formed would be called newer",
            &claims(attestation().with_key(raw_text(b"\x80"), uint(1))).encoded(),
        ),
    ]
}

/// Types that do not occur stand at the unknown label 24: a reader that lets them pass ends in newer-format.
fn types() -> Vec<Case> {
    let effect = "what is ill formed would be called newer, and a later version would inherit it";
    let at_24 = |name: &str, comment: &str, value: Bytes| {
        let comment = format!("{comment} at the unknown label 24");
        payload_case(name, "breaks-rules", "CBR-5, CLM-1", &comment, effect, &document(24, value))
    };
    let time = |name: &str, comment: &str, value: Bytes| {
        bad(name, "CBR-5", comment, &claims(attestation()).with(6, value).encoded())
    };
    vec![
        at_24("cbor_false", "false", vec![0xf4]),
        at_24("cbor_null", "null", vec![0xf6]),
        at_24("cbor_undefined", "undefined", vec![0xf7]),
        at_24("cbor_simple_0", "simple value 0", vec![0xe0]),
        at_24("cbor_simple_19", "simple value 19", vec![0xf3]),
        at_24("cbor_simple_32", "simple value 32", vec![0xf8, 32]),
        at_24("cbor_simple_255", "simple value 255", vec![0xf8, 255]),
        at_24("cbor_true_wide", "true in two bytes (not well-formed)", vec![0xf8, 21]),
        at_24("cbor_half_float", "the float 1.0 in two bytes", vec![0xf9, 0x3c, 0]),
        at_24("cbor_single_float", "a float of four bytes", vec![0xfa, 0x47, 0xc3, 0x50, 0]),
        at_24(
            "cbor_double_float",
            "the float 1.1 in eight bytes",
            vec![0xfb, 0x3f, 0xf1, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a],
        ),
        at_24("cbor_not_a_number", "not-a-number", vec![0xf9, 0x7e, 0]),
        at_24("cbor_tag", "tag 0 before a text", tag(0, &text("2026-07-01T08:00:00Z"))),
        at_24("cbor_tag_55799", "the tag of self-described CBOR", tag(55799, &uint(1))),
        at_24("cbor_tag_18", "a sealed document within a document", crate::documents::example()),
        time("cbor_time_tagged", "tag 1 before the time of sealing", tag(1, &uint(SEALED_AT))),
        time("cbor_time_bignum", "the time of sealing as a bignum", tag(2, &bytes(&SEALED_AT.to_be_bytes()[4..]))),
        time(
            "cbor_time_float",
            "the time of sealing as a float",
            joined(vec![0xfb], &(SEALED_AT as f64).to_be_bytes()),
        ),
        payload_case(
            "cbor_true",
            "newer-format",
            "CBR-5, CLM-2",
            "true at the unknown label 24 is well formed",
            effect,
            &document(24, vec![0xf5]),
        ),
        payload_case(
            "cbor_integers",
            "newer-format",
            "CBR-5, CLM-2",
            "2^64 - 1 and -2^64 at the unknown label 24 are well formed",
            effect,
            &document(24, array(&[uint(u64::MAX), head(1, u64::MAX)])),
        ),
    ]
}
