//! Claims and labels (SPEC section 6): what must be there, and what is newer.

use crate::case::{Case, case};
use crate::cbor::{Bytes, Fields, array, bytes, int, pairs, text, texts, uint, uints};
use crate::documents::{SERIAL, attestation, claims, diploma, results, sealed, sealed_text, transcript};
use crate::text::symbol;
use crate::world::{LAST_TIME, wide_key};

pub(crate) const REFUSED: &str = "a genuine document would be refused";
const GUESS: &str = "a verifier would guess at what is not there";
const LATER: &str = "a document of a later version would be called ill made";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [accepted(), top(), missing(), newer(), reserved()].concat()
}

/// A document under the widest key.
pub(crate) fn of(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, document: Fields) -> Case {
    let effect = if expect == "genuine" { REFUSED } else { effect };
    case(name, expect, spec, comment, effect, sealed_text(&wide_key(), document))
}

pub(crate) fn payload_case(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, payload: &[u8]) -> Case {
    case(name, expect, spec, comment, effect, symbol(&sealed(&wide_key(), payload)))
}

fn accepted() -> Vec<Case> {
    let good = |name, spec, comment, document| of(name, "genuine", spec, comment, REFUSED, document);
    let line = |name: &str, value: Bytes| array(&[text(name), value]);
    let full = diploma()
        .with(4, array(&[uint(20_080_000), text("vers 2008")]))
        .with(6, array(&[uint(2), uint(16), bytes(&[0x11; 16]), text("CIN")]))
        .with(14, results().encoded())
        .with(16, uints(&[3, 12]))
        .with(17, array(&[uint(2), uint(2), bytes(&SERIAL), text("Décision 12/2026")]))
        .with(18, uints(&[2026, 1]))
        .with(20, uint(20_260_705))
        .with(21, array(&[uint(1), text("Admise")]))
        .with(22, array(&[array(&[line("Nationalité", text("marocaine"))]), array(&[line("Rang", uints(&[3, 0]))])]));
    let four = attestation()
        .with(2, texts(&["fr", "ar", "zgh", "en"]))
        .with(3, texts(&["Salma EL MITALI", "سلمى المثالي", "ⵙⴰⵍⵎⴰ", "Salma El Mitali"]));
    vec![
        good("claims_diploma", "CLM-1, CLM-4", "the diploma under another key", diploma()),
        good("claims_transcript", "CLM-9, CLM-10, CLM-11", "a transcript with four columns", transcript()),
        good("claims_attestation", "CLM-1, CLM-4", "the least document", attestation()),
        good("claims_every_label", "CLM-4", "a diploma with every label but 19 and 23", full),
        good("claims_four_languages", "CLM-4, CLM-12", "four languages, four texts", four),
    ]
}

fn top() -> Vec<Case> {
    let whole = claims(attestation());
    let bad = |name, comment, payload: Bytes| payload_case(name, "breaks-rules", "CLM-4", comment, GUESS, &payload);
    let good = |name, spec, comment, payload: Bytes| payload_case(name, "genuine", spec, comment, REFUSED, &payload);
    let set = |label, value| whole.clone().with(label, value).encoded();
    vec![
        bad("claims_not_a_map", "an array instead of the claims' map", array(&[uint(1)])),
        bad("claims_integer", "an integer instead of the claims' map", uint(0)),
        bad("claims_bytes", "the claims within a byte string once more", bytes(&whole.encoded())),
        bad("claims_time_text", "the time of sealing as a text", set(6, text("2026-07-01"))),
        bad("claims_time_negative", "a time of sealing before 1970", set(6, int(-1))),
        bad("claims_time_2_40", "a time of sealing of 2^40", set(6, uint(LAST_TIME + 1))),
        good(
            "claims_time_last",
            "CLM-4, VER-2",
            "a time of sealing of 2^40 - 1, the key's last second",
            set(6, uint(LAST_TIME)),
        ),
        good("claims_time_zero", "CLM-4, VER-2", "a time of sealing of 0, the key's first second", set(6, uint(0))),
        bad("claims_serial_7", "a serial of 7 bytes", set(7, bytes(&[1; 7]))),
        good("claims_serial_9", "CLM-4", "a serial of 9 bytes", set(7, bytes(&[1; 9]))),
        good("claims_serial_16", "CLM-4", "a serial of 16 bytes", set(7, bytes(&[1; 16]))),
        bad("claims_serial_17", "a serial of 17 bytes", set(7, bytes(&[1; 17]))),
        bad("claims_serial_text", "a serial of eight characters of text", set(7, text("20260001"))),
        bad("claims_document_array", "an array instead of the document's map", set(-65537, array(&[]))),
        bad("claims_document_bytes", "the document within a byte string", set(-65537, bytes(&attestation().encoded()))),
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
    ]
}

fn newer() -> Vec<Case> {
    let whole = claims(attestation());
    let claim = |name: &str, comment: &str, payload: Bytes| {
        payload_case(name, "newer-format", "CLM-2", comment, LATER, &payload)
    };
    let of_results = |name: &str, comment: &str, results: Fields| {
        of(name, "newer-format", "CLM-2", comment, LATER, transcript().with(14, results.encoded()))
    };
    let of_document = |name: &str, comment: &str, document| of(name, "newer-format", "CLM-2", comment, LATER, document);
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
        claim(
            "claims_newer_array_key",
            "a claim with an array as key",
            whole.clone().with_key(array(&[]), uint(0)).encoded(),
        ),
        claim("claims_newer_room", "claim 64: a document has no room to grow", whole.with(64, bytes(&[])).encoded()),
        of_document(
            "claims_newer_label_text",
            "a text key in the document",
            attestation().with_key(text("note"), text("x")),
        ),
        of_document(
            "claims_newer_label_true",
            "the key true in the document",
            attestation().with_key(vec![0xf5], text("x")),
        ),
        of_results("claims_newer_results_label_6", "label 6 in the results", results().with(6, uint(0))),
        of_results("claims_newer_results_label_0", "label 0 in the results", results().with(0, uint(0))),
        of_results("claims_newer_results_room", "label 64 in the results", results().with(64, bytes(&[]))),
        of_results("claims_newer_results_text", "a text key in the results", results().with_key(text("rang"), uint(0))),
    ]
}

/// Labels of the document that are not listed, 15 and the room of other maps among them.
fn reserved() -> Vec<Case> {
    let label = |label: i64, value: Bytes, comment: &str| {
        let name = format!("claims_newer_label_{}", label.to_string().replace('-', "minus_"));
        let spec = if label == 64 { "CLM-2, GRO-1" } else { "CLM-2" };
        of(&name, "newer-format", spec, comment, LATER, attestation().with(label, value))
    };
    vec![
        label(0, uint(0), "label 0 in the document"),
        label(15, uints(&[1, 4]), "label 15 in the document: a place in a list, as drafts had it"),
        label(24, uint(0), "label 24 in the document, reserved for further authorities"),
        label(63, bytes(&[]), "label 63 in the document"),
        label(64, bytes(&[]), "label 64 in the document: a document has no room to grow"),
        label(127, bytes(&[]), "label 127 in the document"),
        label(1000, uint(0), "label 1000 in the document"),
        label(-1, uint(0), "label -1 in the document"),
    ]
}
