//! Legalisation records (SPEC section 13): what they state, LEG-4. Their words are in `legalisation_words`.

use super::legalisation::row;
use crate::cbor::{Bytes, Fields, array, bytes, indefinite_map, int, joined, pairs, text, texts, uint, uints};
use crate::documents::{diploma, sealed as document, yes};
use crate::legalisation::{claims, envelope, legalisation_key, record, sealed, symbol};
use crate::object::ObjectCase;
use crate::world::session_key;

pub(crate) const GUESS: &str = "a record that two verifiers read differently would be shown";

/// The cases of this area.
pub fn cases() -> Vec<ObjectCase> {
    [accepted(), encodings(), keys(), values()].concat()
}

pub(crate) fn of(name: &str, expect: &str, spec: &str, comment: &str, record: Fields) -> ObjectCase {
    row(name, expect, spec, comment, GUESS, symbol(&sealed(record)))
}

fn raw(payload: &[u8]) -> String {
    symbol(&envelope(&legalisation_key(), payload).encoded())
}

fn accepted() -> Vec<ObjectCase> {
    let good = |name, comment, record| of(name, "genuine", "LEG-4", comment, record);
    let ends = record().with(2, bytes(&[2; 16])).with(3, text(&"é".repeat(240))).with(6, uint(18_000_000));
    vec![
        good("legalisation_ends", "a serial of 16 bytes, a capacity of 240 letters, a year without month", ends),
        good("legalisation_purpose", "a purpose", record().with(7, text("France"))),
        row(
            "legalisation_serial_16",
            "genuine",
            "LEG-4, CLM-4",
            "a serial of the record of 16 bytes",
            GUESS,
            raw(&claims(record()).with(7, bytes(&[7; 16])).encoded()),
        ),
    ]
}

fn encodings() -> Vec<ObjectCase> {
    let bad = |name, comment, payload: Bytes| row(name, "breaks-rules", "LEG-4, CLM-1", comment, GUESS, raw(&payload));
    let whole = claims(record());
    let mut swapped = whole.pairs();
    swapped.swap(0, 1);
    vec![
        bad("legalisation_claims_after", "a byte behind the claims", joined(whole.encoded(), &[0])),
        bad("legalisation_claims_indefinite", "claims of indefinite length", indefinite_map(&whole.pairs())),
        bad("legalisation_claims_unsorted", "serial before time", pairs(&swapped)),
        bad("legalisation_claims_cut", "the last byte of the claims is missing", {
            let mut payload = whole.encoded();
            payload.pop();
            payload
        }),
        bad("legalisation_claims_array", "the claims as an array", array(&[uint(6)])),
        bad("legalisation_claims_float", "the time as a float", whole.with(6, vec![0xf9, 0, 0]).encoded()),
    ]
}

fn keys() -> Vec<ObjectCase> {
    let newer = |name, comment, record: Fields| of(name, "newer-format", "LEG-4, CLM-2", comment, record);
    let missing = |name, comment, label| of(name, "breaks-rules", "LEG-4, CLM-2", comment, record().without(label));
    let newer_claims = |name, comment, claims: Fields| {
        row(name, "newer-format", "LEG-4, CLM-2", comment, GUESS, raw(&claims.encoded()))
    };
    let without = |name, comment, label| {
        row(name, "breaks-rules", "LEG-4, CLM-2", comment, GUESS, raw(&claims(record()).without(label).encoded()))
    };
    vec![
        newer("legalisation_key_8", "a key 8: a place in a list, as drafts had it", record().with(8, uints(&[1, 4]))),
        newer("legalisation_key_9", "a key 9 that nobody knows", record().with(9, uint(0))),
        newer("legalisation_key_negative", "a key -1", record().with(-1, uint(0))),
        newer("legalisation_key_text", "a key of text", record().with_key(text("note"), text("x"))),
        of(
            "legalisation_key_64",
            "newer-format",
            "LEG-4, GRO-1",
            "a key 64: a record has no room to grow",
            record().with(64, bytes(&[])),
        ),
        newer(
            "legalisation_key_9_and_gap",
            "a key 9, and no number of the act: the unknown key decides",
            record().with(9, uint(0)).without(4),
        ),
        newer_claims("legalisation_claim_4", "a claim 4 (exp)", claims(record()).with(4, uint(0))),
        newer_claims("legalisation_claim_64", "a claim 64", claims(record()).with(64, bytes(&[]))),
        newer_claims(
            "legalisation_claim_document",
            "a document beside the record",
            claims(record()).with(-65537, diploma().encoded()),
        ),
        row(
            "legalisation_of_document_claims",
            "newer-format",
            "LEG-4, CLM-2",
            "the claims of a sealed document, signed as a record",
            GUESS,
            raw(&crate::documents::claims(diploma()).encoded()),
        ),
        without("legalisation_no_time", "no time of sealing", 6),
        without("legalisation_no_serial", "no serial", 7),
        without("legalisation_no_record", "no record", -65538),
        missing("legalisation_no_digest", "no digest of the document", 1),
        missing("legalisation_no_document_serial", "no serial of the document", 2),
        missing("legalisation_no_capacity", "no capacity", 3),
        missing("legalisation_no_act", "no number of the act", 4),
        missing("legalisation_no_place", "no place", 5),
        missing("legalisation_no_date", "no date", 6),
    ]
}

fn values() -> Vec<ObjectCase> {
    let bad =
        |name, spec, comment, label, value: Bytes| of(name, "breaks-rules", spec, comment, record().with(label, value));
    let claim = |name, comment, label, value: Bytes| {
        row(name, "breaks-rules", "LEG-4, CLM-4", comment, GUESS, raw(&claims(record()).with(label, value).encoded()))
    };
    let cose = document(&session_key(), &crate::documents::claims(diploma()).encoded());
    vec![
        claim("legalisation_time_2_40", "a time of 2^40", 6, uint(1 << 40)),
        claim("legalisation_time_negative", "a time of -1", 6, int(-1)),
        claim("legalisation_serial_7", "a serial of 7 bytes", 7, bytes(&[7; 7])),
        claim("legalisation_serial_17", "a serial of 17 bytes", 7, bytes(&[7; 17])),
        claim("legalisation_record_array", "the record as an array", -65538, array(&[])),
        bad("legalisation_digest_31", "LEG-4, CLM-4", "a digest of 31 bytes", 1, bytes(&[1; 31])),
        bad("legalisation_digest_33", "LEG-4, CLM-4", "a digest of 33 bytes", 1, bytes(&[1; 33])),
        bad(
            "legalisation_digest_document",
            "LEG-4, CLM-4",
            "the document itself instead of its digest",
            1,
            bytes(&cose),
        ),
        bad("legalisation_document_serial_7", "LEG-4, CLM-4", "a document's serial of 7 bytes", 2, bytes(&[2; 7])),
        bad("legalisation_document_serial_17", "LEG-4, CLM-4", "a document's serial of 17 bytes", 2, bytes(&[2; 17])),
        bad("legalisation_act_number", "LEG-4, CLM-4", "the number of the act as a number", 4, uint(417)),
        bad("legalisation_act_array", "LEG-4, CLM-4", "the number of the act as an array", 4, texts(&["417", "417"])),
        bad("legalisation_act_true", "LEG-4, CLM-4", "true for the number of the act", 4, yes()),
        bad("legalisation_capacity_true", "LEG-4, CLM-4", "true for the capacity", 3, yes()),
        bad("legalisation_capacity_empty", "LEG-4, CLM-5", "an empty capacity", 3, text("")),
        bad("legalisation_capacity_241", "LEG-4, CLM-5", "a capacity of 241 letters", 3, text(&"é".repeat(241))),
        bad("legalisation_act_blank", "LEG-4, CLM-5", "a blank before the number of the act", 4, text(" 417")),
        bad("legalisation_place_hidden", "LEG-4, CLM-6", "U+202E in the place", 5, text("Ra\u{202e}bat")),
        bad(
            "legalisation_place_marks",
            "LEG-4, CLM-6",
            "four combining marks in a row",
            5,
            text("Ra\u{301}\u{301}\u{301}\u{301}bat"),
        ),
        bad("legalisation_date_31_june", "LEG-4, CLM-8", "31 June", 6, uint(20_260_631)),
        bad("legalisation_date_1799", "LEG-4, CLM-8", "a year of 1799", 6, uint(17_991_231)),
        bad("legalisation_date_0", "LEG-4, CLM-8", "the date 0", 6, uint(0)),
        bad("legalisation_date_text", "LEG-4, CLM-4", "the date as a text", 6, text("2026-07-14")),
        bad(
            "legalisation_date_words",
            "LEG-4, CLM-4",
            "a date and its words, which a document has and a record has not",
            6,
            array(&[uint(20_260_714), text("14 juillet 2026")]),
        ),
    ]
}
