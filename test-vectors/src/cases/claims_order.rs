//! Two things are wrong with a document; the order of CLM-2 says which one decides (SPEC section 6).

use super::claims::{of, payload_case};
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, int, text, texts, uint, uints};
use crate::documents::{attestation, claims, columns, diploma, marks, results, transcript, yes};

const DIFFER: &str = "verifiers would differ in their code";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [keys(), values(), results_map(), document_map(), unknown_choices()].concat()
}

fn newer(name: &str, comment: &str, document: Fields) -> Case {
    of(&format!("claims_order_{name}"), "newer-format", "CLM-2, CLM-3", comment, DIFFER, document)
}

fn broken(name: &str, comment: &str, document: Fields) -> Case {
    of(&format!("claims_order_{name}"), "breaks-rules", "CLM-2", comment, DIFFER, document)
}

/// Keys are looked at on entering a map, unknown ones first.
fn keys() -> Vec<Case> {
    let around = |name: &str, expect: &str, comment: &str, claims: Fields| {
        payload_case(&format!("claims_order_{name}"), expect, "CLM-2", comment, DIFFER, &claims.encoded())
    };
    vec![
        newer(
            "unknown_before_missing",
            "label 24 is there and the holder is not: unknown keys come first",
            attestation().without(3).with(24, uint(0)),
        ),
        newer(
            "unknown_before_values",
            "label 24 is there and kind is 0: keys are looked at before values",
            attestation().with(1, uint(0)).with(24, uint(0)),
        ),
        broken(
            "missing_before_kind",
            "no holder and kind 4: keys are looked at before values",
            attestation().without(3).with(1, uint(4)),
        ),
        around(
            "time_before_document",
            "breaks-rules",
            "the time is a text and the document has label 24: the claims are read in key order",
            claims(attestation().with(24, uint(0))).with(6, text("x")),
        ),
        around(
            "claims_before_document",
            "newer-format",
            "an exp claim and a document without holder: the outer map is entered first",
            claims(attestation().without(3)).with(4, uint(0)),
        ),
        around(
            "missing_claim_before_document",
            "breaks-rules",
            "no serial and a document with label 24: the outer map is entered first",
            claims(attestation().with(24, uint(0))).without(7),
        ),
    ]
}

/// Values are read in the order of their labels.
fn values() -> Vec<Case> {
    let in_results = |label: i64, value: Bytes| results().with(label, value).encoded();
    vec![
        newer(
            "kind_before_texts",
            "kind 4 and an empty holder: kind has the lower label",
            attestation().with(1, uint(4)).with(3, text("")),
        ),
        broken(
            "texts_before_results",
            "an empty holder and label 6 in the results: the holder has the lower label",
            transcript().with(3, text("")).with(14, in_results(6, uint(0))),
        ),
        newer(
            "results_before_minutes",
            "label 6 in the results and a reference to minutes of one number: results have the lower label",
            transcript().with(14, in_results(6, uint(0))).with(16, uints(&[1])),
        ),
        broken(
            "languages_before_outcome",
            "five languages and outcome 3: the languages have the lower label",
            attestation().with(2, texts(&["fr", "ar", "en", "es", "de"])).with(21, uints(&[3])),
        ),
        broken(
            "array_length_before_outcome",
            "three texts as title for one language and outcome 3: CLM-12 decides where the array is met",
            attestation().with(8, texts(&["a", "b", "c"])).with(21, uints(&[3])),
        ),
        broken(
            "holes_before_grade",
            "a title of holes alone and grade 4: CLM-12 decides where the array is met",
            attestation().with(2, texts(&["fr", "ar"])).with(8, array(&[yes(), yes()])).with(18, uints(&[2020, 4])),
        ),
        newer(
            "grade_before_sheet",
            "grade 4 and sheet 0: the grade has the lower label",
            attestation().with(18, uints(&[2020, 4])).with(23, uints(&[0, 2])),
        ),
        broken(
            "year_before_grade",
            "archives of 1899 with grade 4: the year stands first",
            attestation().with(18, uints(&[1899, 4])),
        ),
        newer(
            "outcome_before_its_words",
            "outcome 3 with empty words: the outcome stands first",
            attestation().with(21, array(&[uint(3), text("")])),
        ),
        newer(
            "role_before_heading",
            "role 6 with an empty heading: the role stands first",
            with_column(array(&[uint(6), text(""), uint(0), array(&[uint(1), uint(2), uint(3)])])),
        ),
        broken(
            "row_before_column",
            "an empty subject and a column of role 6: rows have the lower label",
            with_columns(
                results().with(2, texts(&["", "Physique", "Philosophie"])),
                array(&[uint(6), text("X"), uint(0), array(&[uint(1)])]),
            ),
        ),
    ]
}

fn with_column(column: Bytes) -> Fields {
    with_columns(results(), column)
}

/// A transcript with one more column behind the usual ones.
fn with_columns(results: Fields, column: Bytes) -> Fields {
    transcript().with(14, results.with(4, array(&[columns(), vec![column]].concat())).encoded())
}

/// Rules about several fields of the results wait until that map has been read.
fn results_map() -> Vec<Case> {
    let short = || results().with(4, array(&[marks(&[uint(1)])]));
    let unknown_role = || array(&[uint(6), text("X"), uint(0), array(&[uint(1), uint(2), uint(3)])]);
    vec![
        newer(
            "role_before_lengths",
            "a column too short, then one of role 6: lengths are compared when the results have been read",
            transcript().with(14, results().with(4, array(&[marks(&[uint(1)]), unknown_role()])).encoded()),
        ),
        newer(
            "role_before_roles",
            "role 1 in two columns, then one of role 6",
            transcript().with(14, {
                let twice = [columns(), vec![columns()[0].clone(), unknown_role()]].concat();
                results().with(4, array(&twice)).encoded()
            }),
        ),
        newer(
            "row_kind_before_rows",
            "row 9 of three has the kind 5: the range of rows is compared when the results have been read",
            transcript().with(14, results().with(3, Fields::new().with(9, uint(5)).encoded()).encoded()),
        ),
        broken(
            "row_key_before_row_kind",
            "row -1 has the kind 5: the key stands first",
            transcript().with(14, results().with(3, Fields::new().with(-1, uint(5)).encoded()).encoded()),
        ),
        broken(
            "lengths_before_grade",
            "a column too short and grade 4: the results are whole before label 18",
            transcript().with(14, short().encoded()).with(18, uints(&[2020, 4])),
        ),
        broken(
            "roles_before_outcome",
            "role 2 in two columns and outcome 3: the results are whole before label 21",
            with_column(columns()[1].clone()).with(21, uints(&[3])),
        ),
        broken(
            "empty_results_before_grade",
            "results without labels and grade 4: the results are whole before label 18",
            attestation().with(14, Fields::new().encoded()).with(18, uints(&[2020, 4])),
        ),
    ]
}

/// Rules about several fields of the document wait until that map has been read.
fn document_map() -> Vec<Case> {
    vec![
        newer(
            "grade_before_twice",
            "a language twice and grade 4: the languages are compared when the document has been read",
            attestation().with(2, texts(&["fr", "fr"])).with(18, uints(&[2020, 4])),
        ),
        newer(
            "grade_before_transcript",
            "a transcript without results and grade 4: CLM-11 is applied when the document has been read",
            transcript().without(14).with(18, uints(&[2020, 4])),
        ),
        newer(
            "outcome_before_validity",
            "a diploma with label 19 and outcome 3: CLM-13 is applied when the document has been read",
            diploma().with(19, uint(20_300_101)).with(21, uints(&[3])),
        ),
        newer(
            "outcome_before_transcript",
            "a transcript without results and outcome 3",
            transcript().without(14).with(21, uints(&[3])),
        ),
    ]
}

/// Of an identity or an edition of a choice that is not known nothing else is looked at.
fn unknown_choices() -> Vec<Case> {
    let unread =
        |name: &str, comment: &str, label: i64, value: Bytes| newer(name, comment, attestation().with(label, value));
    vec![
        unread("identity_alone", "identity 3 and nothing else", 6, uints(&[3])),
        unread("identity_text", "identity 3 with an empty text", 6, array(&[uint(3), text("")])),
        unread("identity_true", "identity 3 with true and a map", 6, array(&[uint(3), yes(), Fields::new().encoded()])),
        unread(
            "identity_long",
            "identity 3 with nine more entries",
            6,
            array(&[vec![uint(3)], vec![int(-1); 9]].concat()),
        ),
        unread("edition_alone", "edition 3 and nothing else", 17, uints(&[3])),
        unread("edition_number_1", "edition 3 with number 1", 17, uints(&[3, 1])),
        unread("edition_text", "edition 3 with an empty text", 17, array(&[uint(3), text("")])),
        unread(
            "edition_long",
            "edition 3 with nine more entries",
            17,
            array(&[vec![uint(3)], vec![yes(); 9]].concat()),
        ),
        broken(
            "identity_before_edition",
            "a tail of five and edition 3: the identity has the lower label",
            attestation().with(6, array(&[uint(1), text("89371")])).with(17, uints(&[3])),
        ),
    ]
}
