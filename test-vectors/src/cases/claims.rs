//! Claims and labels (SPEC section 6): what must be there, what is newer, what comes first.

use crate::case::{Case, case};
use crate::cbor::{Bytes, Fields, array, bytes, int, pairs, text, texts, uint, uints};
use crate::documents::{SERIAL, attestation, claims, diploma, results, sealed, sealed_text, transcript};
use crate::text::symbol;
use crate::world::{LAST_TIME, wide_key};

const GUESS: &str = "a verifier would guess at what is not there";
const LATER: &str = "a document of a later version would be called ill made";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), top(), missing(), newer(), kinds(), order()].concat()
}

/// A document under the widest key.
pub(crate) fn of(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, document: Fields) -> Case {
    case(name, expect, spec, comment, effect, sealed_text(&wide_key(), document))
}

fn payload_case(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, payload: &[u8]) -> Case {
    case(name, expect, spec, comment, effect, symbol(&sealed(&wide_key(), payload)))
}

fn accepted() -> Vec<Case> {
    let refused = "a genuine document would be refused";
    let full = diploma()
        .with(6, array(&[uint(2), uint(16), bytes(&[0x11; 16])]))
        .with(16, uints(&[3, 12]))
        .with(17, array(&[uint(2), uint(2), bytes(&SERIAL), text("Décision 12/2026")]))
        .with(18, uints(&[2026, 1]));
    vec![
        of("claims_diploma", "genuine", "CLM-1, CLM-4", "the diploma under another key", refused, diploma()),
        of(
            "claims_transcript",
            "genuine",
            "CLM-9, CLM-10, CLM-11",
            "a transcript with all columns",
            refused,
            transcript(),
        ),
        of("claims_attestation", "genuine", "CLM-1, CLM-4", "the least document", refused, attestation()),
        of("claims_every_label", "genuine", "CLM-4", "a diploma with every label", refused, full),
        of("claims_three_languages", "genuine", "CLM-4, CLM-12", "three languages, three texts", refused, {
            attestation()
                .with(2, texts(&["fr", "ar", "zgh"]))
                .with(3, texts(&["Salma EL MITALI", "سلمى المثالي", "ⵙⴰⵍⵎⴰ"]))
        }),
    ]
}

fn top() -> Vec<Case> {
    let whole = claims(attestation());
    let bad = |name, comment, payload: Bytes| payload_case(name, "breaks-rules", "CLM-4", comment, GUESS, &payload);
    vec![
        bad("claims_not_a_map", "an array instead of the claims' map", array(&[uint(1)])),
        bad("claims_integer", "an integer instead of the claims' map", uint(0)),
        bad("claims_bytes", "the claims within a byte string once more", bytes(&whole.encoded())),
        bad("claims_time_text", "the time of sealing as a text", whole.clone().with(6, text("2026-07-01")).encoded()),
        bad("claims_time_negative", "a time of sealing before 1970", whole.clone().with(6, int(-1)).encoded()),
        bad("claims_time_2_40", "a time of sealing of 2^40", whole.clone().with(6, uint(LAST_TIME + 1)).encoded()),
        payload_case(
            "claims_time_last",
            "genuine",
            "CLM-4, VER-2",
            "a time of sealing of 2^40 - 1, the key's last second",
            "the largest time would be refused",
            &whole.clone().with(6, uint(LAST_TIME)).encoded(),
        ),
        payload_case(
            "claims_time_zero",
            "genuine",
            "CLM-4, VER-2",
            "a time of sealing of 0, the key's first second",
            "the smallest time would be refused",
            &whole.clone().with(6, uint(0)).encoded(),
        ),
        bad("claims_serial_7", "a serial of 7 bytes", whole.clone().with(7, bytes(&[1; 7])).encoded()),
        payload_case(
            "claims_serial_16",
            "genuine",
            "CLM-4",
            "a serial of 16 bytes",
            "the longest serial would be refused",
            &whole.clone().with(7, bytes(&[1; 16])).encoded(),
        ),
        bad("claims_serial_17", "a serial of 17 bytes", whole.clone().with(7, bytes(&[1; 17])).encoded()),
        bad(
            "claims_serial_text",
            "a serial of eight characters of text",
            whole.clone().with(7, text("20260001")).encoded(),
        ),
        bad(
            "claims_document_array",
            "an array instead of the document's map",
            whole.clone().with(-65537, array(&[])).encoded(),
        ),
        bad(
            "claims_document_bytes",
            "the document within a byte string",
            whole.with(-65537, bytes(&attestation().encoded())).encoded(),
        ),
    ]
}

fn missing() -> Vec<Case> {
    let whole = claims(attestation());
    let bad = |name: &str, what: &str, payload: Bytes| {
        payload_case(name, "breaks-rules", "CLM-2", &format!("no {what}"), GUESS, &payload)
    };
    let without = |name, what, label| bad(name, what, claims(attestation().without(label)).encoded());
    vec![
        bad("claims_no_time", "time of sealing", whole.clone().without(6).encoded()),
        bad("claims_no_serial", "serial", whole.clone().without(7).encoded()),
        bad("claims_no_document", "document", whole.without(-65537).encoded()),
        bad("claims_empty", "claim at all", pairs(&[])),
        without("claims_no_kind", "kind", 1),
        without("claims_no_languages", "languages", 2),
        without("claims_no_holder", "holder", 3),
        without("claims_no_title", "title", 8),
        without("claims_no_session", "session", 10),
        without("claims_no_authority", "authority", 12),
        bad("claims_empty_document", "label in the document", claims(Fields::new()).encoded()),
        bad(
            "claims_no_scale",
            "scale in the results",
            claims(diploma().with(14, Fields::new().with(2, uint(1525)).encoded())).encoded(),
        ),
        bad("claims_empty_results", "label in the results", claims(diploma().with(14, pairs(&[]))).encoded()),
    ]
}

fn newer() -> Vec<Case> {
    let whole = claims(attestation());
    let claim = |name: &str, comment: &str, payload: Bytes| {
        payload_case(name, "newer-format", "CLM-2", comment, LATER, &payload)
    };
    let label = |name: &str, label: i64| {
        of(
            name,
            "newer-format",
            "CLM-2",
            &format!("label {label} in the document"),
            LATER,
            attestation().with(label, uint(0)),
        )
    };
    vec![
        claim("claims_newer_issuer", "an iss claim", whole.clone().with(1, text("https://example.org")).encoded()),
        claim("claims_newer_expiry", "an exp claim", whole.clone().with(4, uint(1_900_000_000)).encoded()),
        claim("claims_newer_private", "the private claim -65538", whole.clone().with(-65538, uint(0)).encoded()),
        claim("claims_newer_text_key", "a claim with a text key", whole.clone().with_key(text("x"), uint(0)).encoded()),
        claim(
            "claims_newer_bytes_key",
            "a claim with a byte string as key",
            whole.clone().with_key(bytes(b"x"), uint(0)).encoded(),
        ),
        claim("claims_newer_array_key", "a claim with an array as key", whole.with_key(array(&[]), uint(0)).encoded()),
        label("claims_newer_label_0", 0),
        label("claims_newer_label_19", 19),
        label("claims_newer_label_23", 23),
        label("claims_newer_label_24", 24),
        label("claims_newer_label_1000", 1000),
        label("claims_newer_label_negative", -1),
        of(
            "claims_newer_label_text",
            "newer-format",
            "CLM-2",
            "a text key in the document",
            LATER,
            attestation().with_key(text("note"), text("x")),
        ),
        of(
            "claims_newer_label_true",
            "newer-format",
            "CLM-2",
            "the key true in the document",
            LATER,
            attestation().with_key(vec![0xf5], text("x")),
        ),
        of(
            "claims_newer_results_label",
            "newer-format",
            "CLM-2",
            "label 8 in the results",
            LATER,
            transcript().with(14, results().with(8, uint(0)).encoded()),
        ),
        of(
            "claims_newer_results_label_0",
            "newer-format",
            "CLM-2",
            "label 0 in the results",
            LATER,
            transcript().with(14, results().with(0, uint(0)).encoded()),
        ),
    ]
}

fn kinds() -> Vec<Case> {
    let kind = |name: &str, expect: &str, spec: &str, comment: &str, value: Bytes| {
        of(
            name,
            expect,
            spec,
            comment,
            "a kind that is not known would be taken for another",
            attestation().with(1, value),
        )
    };
    vec![
        kind("claims_kind_4", "newer-format", "CLM-3", "kind 4", uint(4)),
        kind("claims_kind_255", "newer-format", "CLM-3", "kind 255", uint(255)),
        kind("claims_kind_2_64", "newer-format", "CLM-3", "kind 2^64 - 1", uint(u64::MAX)),
        kind("claims_kind_0", "breaks-rules", "CLM-4", "kind 0", uint(0)),
        kind("claims_kind_negative", "breaks-rules", "CLM-4", "kind -1", int(-1)),
        kind("claims_kind_text", "breaks-rules", "CLM-4", "the kind as a text", text("3")),
        kind("claims_kind_array", "breaks-rules", "CLM-4", "the kind in an array", uints(&[3])),
    ]
}

/// Two things are wrong; the order of [CLM-2] says which one decides.
fn order() -> Vec<Case> {
    let differ = "verifiers would differ in their code";
    let first = |name: &str, expect: &str, comment: &str, document: Fields| {
        of(name, expect, "CLM-2", comment, differ, document)
    };
    vec![
        first(
            "claims_order_unknown_before_missing",
            "newer-format",
            "label 24 is there and the holder is not: unknown keys come first",
            attestation().without(3).with(24, uint(0)),
        ),
        first(
            "claims_order_unknown_before_values",
            "newer-format",
            "label 24 is there and kind is 0: keys are looked at before values",
            attestation().with(1, uint(0)).with(24, uint(0)),
        ),
        first(
            "claims_order_missing_before_kind",
            "breaks-rules",
            "no holder and kind 4: keys are looked at before values",
            attestation().without(3).with(1, uint(4)),
        ),
        first(
            "claims_order_kind_before_texts",
            "newer-format",
            "kind 4 and an empty holder: kind has the lower label",
            attestation().with(1, uint(4)).with(3, text("")),
        ),
        first(
            "claims_order_texts_before_results",
            "breaks-rules",
            "an empty holder and label 8 in the results: the holder has the lower label",
            transcript().with(3, text("")).with(14, results().with(8, uint(0)).encoded()),
        ),
        first(
            "claims_order_results_before_status",
            "newer-format",
            "label 8 in the results and a status reference of one number: results have the lower label",
            transcript().with(14, results().with(8, uint(0)).encoded()).with(15, uints(&[1])),
        ),
        payload_case(
            "claims_order_time_before_document",
            "breaks-rules",
            "CLM-2",
            "the time is a text and the document has label 24: the claims are read in key order",
            differ,
            &{ claims(attestation().with(24, uint(0))).with(6, text("x")).encoded() },
        ),
        payload_case(
            "claims_order_claims_before_document",
            "newer-format",
            "CLM-2",
            "an exp claim and a document without holder: the outer map is entered first",
            differ,
            &{ claims(attestation().without(3)).with(4, uint(0)).encoded() },
        ),
    ]
}
