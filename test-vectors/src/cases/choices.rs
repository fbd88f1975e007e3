//! Choices that are not known (SPEC section 6, CLM-3), and what is no choice at all (CLM-4).

use super::claims::{REFUSED, of};
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, bytes, int, text, uint, uints};
use crate::documents::{SERIAL, attestation, columns, results, transcript, yes};

const TAKEN: &str = "a choice that is not known would be taken for another";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [kinds(), outcomes(), grades(), identities(), editions(), roles(), row_kinds()].concat()
}

fn row(name: &str, expect: &str, comment: &str, document: Fields) -> Case {
    let spec = if expect == "newer-format" { "CLM-3" } else { "CLM-4" };
    of(name, expect, spec, comment, TAKEN, document)
}

fn kinds() -> Vec<Case> {
    let kind = |name, expect, comment, value: Bytes| row(name, expect, comment, attestation().with(1, value));
    vec![
        kind("claims_kind_4", "newer-format", "kind 4", uint(4)),
        kind("claims_kind_255", "newer-format", "kind 255", uint(255)),
        kind("claims_kind_2_64", "newer-format", "kind 2^64 - 1", uint(u64::MAX)),
        kind("claims_kind_0", "breaks-rules", "kind 0", uint(0)),
        kind("claims_kind_negative", "breaks-rules", "kind -1", int(-1)),
        kind("claims_kind_text", "breaks-rules", "the kind as a text", text("3")),
        kind("claims_kind_array", "breaks-rules", "the kind in an array", uints(&[3])),
    ]
}

fn outcomes() -> Vec<Case> {
    let decision = |name, expect, comment, value: Bytes| row(name, expect, comment, attestation().with(21, value));
    vec![
        decision("claims_outcome_1", "genuine", "outcome 1, no words", uints(&[1])),
        decision("claims_outcome_words", "genuine", "outcome 1 with words", array(&[uint(1), text("Admise")])),
        decision("claims_outcome_3", "newer-format", "outcome 3", uints(&[3])),
        decision("claims_outcome_2_64", "newer-format", "outcome 2^64 - 1", uints(&[u64::MAX])),
        decision("claims_outcome_negative", "breaks-rules", "outcome -1", array(&[int(-1)])),
        decision("claims_outcome_true", "breaks-rules", "outcome true", array(&[yes()])),
        decision("claims_outcome_text", "breaks-rules", "the outcome as a text", array(&[text("1")])),
        decision("claims_outcome_bare", "breaks-rules", "the outcome without its array", uint(1)),
        decision("claims_outcome_none", "breaks-rules", "a decision of no entry", array(&[])),
        decision(
            "claims_outcome_words_true",
            "breaks-rules",
            "true for the words of a decision",
            array(&[uint(1), yes()]),
        ),
        decision("claims_outcome_words_number", "breaks-rules", "a number for the words of a decision", uints(&[1, 1])),
        decision(
            "claims_outcome_longer",
            "breaks-rules",
            "a third entry behind the words of a decision",
            array(&[uint(1), text("Admise"), text("x")]),
        ),
    ]
}

fn grades() -> Vec<Case> {
    let archive = |name, expect, comment, value: Bytes| row(name, expect, comment, attestation().with(18, value));
    vec![
        archive("claims_archive_1900", "genuine", "sealed later from the archives of 1900, grade 3", uints(&[1900, 3])),
        archive("claims_archive_2200", "genuine", "sealed later from the archives of 2200, grade 1", uints(&[2200, 1])),
        archive("claims_archive_1899", "breaks-rules", "archives of 1899", uints(&[1899, 1])),
        archive("claims_archive_2201", "breaks-rules", "archives of 2201", uints(&[2201, 1])),
        archive("claims_archive_grade_0", "breaks-rules", "grade 0", uints(&[1997, 0])),
        archive("claims_archive_grade_4", "newer-format", "grade 4", uints(&[1997, 4])),
        archive("claims_archive_grade_2_64", "newer-format", "grade 2^64 - 1", uints(&[1997, u64::MAX])),
        archive("claims_archive_grade_text", "breaks-rules", "the grade as a text", array(&[uint(1997), text("1")])),
        archive("claims_archive_no_grade", "breaks-rules", "no grade", uints(&[1997])),
        archive("claims_archive_longer", "breaks-rules", "a third number", uints(&[1997, 1, 1])),
        archive("claims_archive_year", "breaks-rules", "the year without its array", uint(1997)),
    ]
}

fn identities() -> Vec<Case> {
    let identity = |name, expect, comment, value: Bytes| row(name, expect, comment, attestation().with(6, value));
    let digest = |work: u64, length: usize| array(&[uint(2), uint(work), bytes(&vec![0x11; length])]);
    let named = |name: Bytes| array(&[uint(2), uint(16), bytes(&[0x11; 16]), name]);
    let tail = |name: Bytes| array(&[uint(1), text("371"), name]);
    vec![
        identity("claims_identity_work_10", "genuine", "work factor 10", digest(10, 16)),
        identity("claims_identity_work_9", "breaks-rules", "work factor 9", digest(9, 16)),
        identity("claims_identity_work_17", "breaks-rules", "work factor 17: too much memory", digest(17, 16)),
        identity("claims_identity_digest_15", "breaks-rules", "a digest of 15 bytes", digest(16, 15)),
        identity("claims_identity_digest_17", "breaks-rules", "a digest of 17 bytes", digest(16, 17)),
        identity(
            "claims_identity_digest_text",
            "breaks-rules",
            "a digest of text",
            array(&[uint(2), uint(16), text("0123456789abcdef")]),
        ),
        identity("claims_identity_no_digest", "breaks-rules", "a digest without the digest", uints(&[2, 16])),
        identity("claims_identity_digest_named", "genuine", "a digest with the number's name", named(text("CIN"))),
        identity("claims_identity_name_integer", "breaks-rules", "a fourth entry that is a number", named(uint(0))),
        identity(
            "claims_identity_longer",
            "breaks-rules",
            "a fifth entry behind the name",
            array(&[uint(2), uint(16), bytes(&[1; 16]), text("CIN"), uint(0)]),
        ),
        identity("claims_identity_tail_named", "genuine", "a tail with the number's name", tail(text("CIN"))),
        identity("claims_identity_tail_name_true", "breaks-rules", "true for the name of the number", tail(yes())),
        identity("claims_identity_tail_name_bytes", "breaks-rules", "the name as a byte string", tail(bytes(b"CIN"))),
        identity(
            "claims_identity_tail_longer",
            "breaks-rules",
            "a fourth entry behind tail and name",
            array(&[uint(1), text("371"), text("CIN"), text("9")]),
        ),
        identity("claims_identity_tail_integer", "breaks-rules", "the last characters as an integer", uints(&[1, 371])),
        identity("claims_identity_tail_alone", "breaks-rules", "a tail without the tail", uints(&[1])),
        identity("claims_identity_form_0", "breaks-rules", "identity 0", array(&[uint(0), text("371")])),
        identity("claims_identity_form_3", "newer-format", "identity 3", array(&[uint(3), text("371")])),
        identity("claims_identity_form_2_64", "newer-format", "identity 2^64 - 1", uints(&[u64::MAX])),
        identity("claims_identity_form_negative", "breaks-rules", "identity -1", array(&[int(-1), text("371")])),
        identity("claims_identity_form_text", "breaks-rules", "two texts", array(&[text("1"), text("371")])),
        identity("claims_identity_clear", "breaks-rules", "the number in clear, as a text", text("AB123456")),
        identity("claims_identity_empty", "breaks-rules", "an empty array", array(&[])),
    ]
}

fn editions() -> Vec<Case> {
    let serial = || bytes(&SERIAL);
    let edition = |name, expect, comment, value: Bytes| row(name, expect, comment, attestation().with(17, value));
    let bad = |name, comment, value| edition(name, "breaks-rules", comment, value);
    vec![
        edition("claims_edition_duplicate", "genuine", "a duplicate without the serial it replaces", uints(&[1, 2])),
        edition(
            "claims_edition_99",
            "genuine",
            "duplicate 99 that replaces a serial of 16 bytes",
            array(&[uint(1), uint(99), bytes(&[7; 16])]),
        ),
        edition(
            "claims_edition_correction",
            "genuine",
            "a correction without decision",
            array(&[uint(2), uint(2), serial()]),
        ),
        bad("claims_edition_number_1", "edition 1, which is the original", uints(&[1, 1])),
        bad("claims_edition_number_100", "edition 100", uints(&[1, 100])),
        bad("claims_edition_kind_0", "an edition of kind 0", uints(&[0, 2])),
        edition("claims_edition_kind_3", "newer-format", "an edition of kind 3", uints(&[3, 2])),
        edition("claims_edition_kind_2_64", "newer-format", "an edition of kind 2^64 - 1", uints(&[u64::MAX, 2])),
        bad("claims_edition_kind_negative", "an edition of kind -1", array(&[int(-1), uint(2)])),
        bad("claims_edition_kind_text", "an edition whose kind is a text", array(&[text("1"), uint(2)])),
        bad("claims_edition_none", "an edition of no entry", array(&[])),
        bad(
            "claims_edition_duplicate_decision",
            "a duplicate with a decision",
            array(&[uint(1), uint(2), serial(), text("Décision 12")]),
        ),
        bad("claims_edition_correction_alone", "a correction that does not name what it replaces", uints(&[2, 2])),
        bad("claims_edition_replaces_7", "a replaced serial of 7 bytes", array(&[uint(1), uint(2), bytes(&[7; 7])])),
        bad("claims_edition_replaces_17", "a replaced serial of 17 bytes", array(&[uint(2), uint(2), bytes(&[7; 17])])),
        bad("claims_edition_replaces_text", "a replaced serial as text", array(&[uint(1), uint(2), text("12345678")])),
        bad(
            "claims_edition_longer",
            "a fifth entry behind the decision",
            array(&[uint(2), uint(2), serial(), text("Décision 12"), uint(0)]),
        ),
        bad("claims_edition_integer", "the edition as one integer", uint(2)),
    ]
}

fn roles() -> Vec<Case> {
    let with = |name, expect, comment, role: Bytes| {
        let column = array(&[role, text("Rang"), uint(0), uints(&[1, 2, 3])]);
        let columns = array(&[columns(), vec![column]].concat());
        row(name, expect, comment, transcript().with(14, results().with(4, columns).encoded()))
    };
    vec![
        with("claims_role_0", "genuine", "a column of role 0 with a heading", uint(0)),
        with("claims_role_5", "genuine", "a column of role 5, the maximum of each row", uint(5)),
        with("claims_role_6", "newer-format", "a column of role 6", uint(6)),
        with("claims_role_2_64", "newer-format", "a column of role 2^64 - 1", uint(u64::MAX)),
        with("claims_role_negative", "breaks-rules", "a column of role -1", int(-1)),
        with("claims_role_text", "breaks-rules", "a column whose role is a text", text("4")),
        with("claims_role_true", "breaks-rules", "a column whose role is true", yes()),
    ]
}

fn row_kinds() -> Vec<Case> {
    let with = |name: &str, expect, comment: &str, kind: Bytes| {
        let kinds = Fields::new().with(1, kind).encoded();
        row(name, expect, comment, transcript().with(14, results().with(3, kinds).encoded()))
    };
    let all = Fields::new().with(0, uint(1)).with(1, uint(4)).with(2, uint(9)).encoded();
    let listed = transcript().with(14, results().with(3, all).encoded());
    let mut out = vec![
        of("claims_row_kinds", "genuine", "CLM-3, CLM-9", "rows of the kinds 1, 4 and 9", REFUSED, listed),
        with("claims_row_kind_2_64", "newer-format", "a row of kind 2^64 - 1", uint(u64::MAX)),
        with("claims_row_kind_negative", "breaks-rules", "a row of kind -1", int(-1)),
        with("claims_row_kind_text", "breaks-rules", "a row whose kind is a text", text("1")),
        with("claims_row_kind_array", "breaks-rules", "a row whose kind is in an array", uints(&[1])),
    ];
    for kind in [0, 5, 6, 7, 8, 10] {
        out.push(with(
            &format!("claims_row_kind_{kind}"),
            "newer-format",
            &format!("a row of kind {kind}: no kind that is listed"),
            uint(kind),
        ));
    }
    out
}
