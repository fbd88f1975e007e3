//! Results (SPEC section 6, CLM-9 to CLM-11).

use super::claims::of;
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, int, text, texts, uint, uints};
use crate::documents::{attestation, diploma, results, transcript};

const SHIFTED: &str = "a mark would be shown beside another subject";
const SCALE: &str = "a mark would be shown that the scale does not have";
const REFUSED: &str = "a genuine document would be refused";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [lengths(), scales(), ranges(), kinds()].concat()
}

fn of_results(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, results: Fields) -> Case {
    of(
        name,
        expect,
        spec,
        comment,
        if expect == "genuine" { REFUSED } else { effect },
        transcript().with(14, results.encoded()),
    )
}

/// Results of as many subjects as told, in all columns.
fn subjects(count: usize) -> Fields {
    let words = vec![text("A"); count];
    Fields::new()
        .with(1, uints(&[0, 20]))
        .with(3, array(&words))
        .with(4, array(&words))
        .with(5, uints(&vec![1; count]))
        .with(6, uints(&vec![10; count]))
        .with(7, uints(&vec![12; count]))
}

fn lengths() -> Vec<Case> {
    let bad = |name, comment, results| of_results(name, "breaks-rules", "CLM-9", comment, SHIFTED, results);
    let bare = attestation().with(14, Fields::new().with(1, uints(&[2, 2000])).with(2, uint(1525)).encoded());
    let alone = |name, comment, label, value: Bytes| {
        let results = Fields::new().with(1, uints(&[2, 2000])).with(label, value);
        of(name, "breaks-rules", "CLM-9", comment, SHIFTED, attestation().with(14, results.encoded()))
    };
    vec![
        bad("claims_columns_codes_short", "two codes for three subjects", results().with(4, texts(&["MA", "PC"]))),
        bad(
            "claims_columns_codes_long",
            "four codes for three subjects",
            results().with(4, texts(&["MA", "PC", "PH", "X"])),
        ),
        bad(
            "claims_columns_coefficients_short",
            "two coefficients for three subjects",
            results().with(5, uints(&[7, 7])),
        ),
        bad(
            "claims_columns_credits_long",
            "four credits for three subjects",
            results().with(6, uints(&[60, 60, 20, 20])),
        ),
        bad("claims_columns_marks_short", "two marks for three subjects", results().with(7, uints(&[1525, 1400]))),
        bad(
            "claims_columns_marks_long",
            "four marks for three subjects",
            results().with(7, uints(&[1525, 1400, 1300, 1200])),
        ),
        alone("claims_columns_codes_alone", "codes without subjects", 4, texts(&["MA"])),
        alone("claims_columns_coefficients_alone", "coefficients without subjects", 5, uints(&[7])),
        alone("claims_columns_credits_alone", "credits without subjects", 6, uints(&[60])),
        alone("claims_columns_marks_alone", "marks without subjects", 7, uints(&[1500])),
        of(
            "claims_columns_none",
            "genuine",
            "CLM-9, CLM-11",
            "an attestation with a mean and no subjects",
            REFUSED,
            bare,
        ),
        of_results("claims_columns_64", "genuine", "CLM-4, CLM-9", "64 subjects in all columns", SHIFTED, subjects(64)),
        of_results("claims_columns_65", "breaks-rules", "CLM-4", "65 subjects in all columns", SHIFTED, subjects(65)),
        of_results("claims_columns_0", "breaks-rules", "CLM-4", "no subject in all columns", SHIFTED, subjects(0)),
    ]
}

fn scales() -> Vec<Case> {
    let marks = |first: Bytes| results().with(7, array(&[first, uint(0), text("absent")]));
    let row = |name, expect, comment, results| of_results(name, expect, "CLM-10", comment, SCALE, results);
    vec![
        row(
            "claims_mark_at_maximum",
            "genuine",
            "a mark and a mean of 20.00 of 20.00",
            marks(uint(2000)).with(2, uint(2000)),
        ),
        row("claims_mark_above_maximum", "breaks-rules", "a mark of 20.01 of 20.00", marks(uint(2001))),
        row(
            "claims_last_mark_above_maximum",
            "breaks-rules",
            "the last mark is 20.01 of 20.00",
            results().with(7, uints(&[1, 2, 2001])),
        ),
        row("claims_mean_above_maximum", "breaks-rules", "a mean of 20.01 of 20.00", results().with(2, uint(2001))),
        of(
            "claims_diploma_mean_above_maximum",
            "breaks-rules",
            "CLM-10",
            "a diploma with a mean of 20.01 of 20.00",
            SCALE,
            diploma().with(14, Fields::new().with(1, uints(&[2, 2000])).with(2, uint(2001)).encoded()),
        ),
        row("claims_mark_2_64", "breaks-rules", "a mark of 2^64 - 1", marks(uint(u64::MAX))),
        row(
            "claims_mark_words_number",
            "genuine",
            "a mark in words that looks like a number above the scale",
            marks(text("25,00")),
        ),
    ]
}

fn ranges() -> Vec<Case> {
    let bad = |name, comment, results| of_results(name, "breaks-rules", "CLM-4", comment, SCALE, results);
    let scale = |decimals, maximum| subjects(3).with(1, uints(&[decimals, maximum]));
    vec![
        of_results(
            "claims_scale_largest",
            "genuine",
            "CLM-4",
            "three decimals and a maximum of 100,000",
            SCALE,
            scale(3, 100_000),
        ),
        bad("claims_scale_4_decimals", "four decimals", scale(4, 2000)),
        bad("claims_scale_maximum_0", "a maximum of 0, and marks of 0", scale(0, 0).with(7, uints(&[0, 0, 0]))),
        bad("claims_scale_maximum_100001", "a maximum of 100,001", scale(0, 100_001)),
        bad("claims_scale_three_numbers", "a scale of three numbers", subjects(3).with(1, uints(&[0, 20, 10]))),
        bad("claims_scale_one_number", "a scale of one number", subjects(3).with(1, uints(&[20]))),
        bad("claims_mean_text", "the mean as a text", results().with(2, text("15,25"))),
        bad("claims_mean_negative", "a negative mean", results().with(2, int(-1))),
        bad("claims_mark_negative", "a negative mark", results().with(7, array(&[int(-1), uint(1), uint(2)]))),
        bad("claims_mark_array", "a mark in an array", results().with(7, array(&[uints(&[1]), uint(1), uint(2)]))),
        bad(
            "claims_mark_bytes",
            "a mark as a byte string",
            results().with(7, array(&[crate::cbor::bytes(b"1"), uint(1), uint(2)])),
        ),
        of_results(
            "claims_coefficient_1000",
            "genuine",
            "CLM-4",
            "coefficients of 1,000 and 0, credits of 10,000 and 0",
            SCALE,
            subjects(2).with(5, uints(&[1000, 0])).with(6, uints(&[10_000, 0])),
        ),
        bad("claims_coefficient_1001", "a coefficient of 1,001", results().with(5, uints(&[1001, 7, 2]))),
        bad(
            "claims_coefficient_text",
            "a coefficient as a text",
            results().with(5, array(&[text("7"), uint(7), uint(2)])),
        ),
        bad("claims_credits_10001", "credits of 10,001 tenths", results().with(6, uints(&[10_001, 60, 20]))),
        bad(
            "claims_code_integer",
            "a subject code as an integer",
            results().with(4, array(&[uint(1), text("PC"), text("PH")])),
        ),
        bad(
            "claims_subject_integer",
            "a subject as an integer",
            results().with(3, array(&[uint(1), text("PC"), text("PH")])),
        ),
        bad("claims_subjects_text", "the subjects as one text", results().with(3, text("Mathématiques"))),
    ]
}

fn kinds() -> Vec<Case> {
    let bad = |name: &str, comment: &str, document: Fields| {
        of(name, "breaks-rules", "CLM-11", comment, "a diploma could pass for a transcript, or the reverse", document)
    };
    let only = |label: i64, value: Bytes| {
        let results = Fields::new().with(1, uints(&[2, 2000])).with(3, texts(&["A"])).with(label, value);
        diploma().with(14, results.encoded())
    };
    vec![
        bad("claims_transcript_no_results", "a transcript without results", transcript().without(14)),
        bad(
            "claims_transcript_no_subjects",
            "a transcript with a mean alone",
            transcript().with(14, Fields::new().with(1, uints(&[2, 2000])).with(2, uint(1)).encoded()),
        ),
        bad(
            "claims_transcript_no_marks",
            "a transcript with subjects and no marks",
            transcript().with(14, results().without(7).encoded()),
        ),
        bad("claims_diploma_subjects", "a diploma with subjects", only(3, texts(&["A"]))),
        bad("claims_diploma_codes", "a diploma with subjects and codes", only(4, texts(&["A"]))),
        bad("claims_diploma_coefficients", "a diploma with subjects and coefficients", only(5, uints(&[1]))),
        bad("claims_diploma_credits", "a diploma with subjects and credits", only(6, uints(&[1]))),
        bad("claims_diploma_marks", "a diploma with subjects and marks", only(7, uints(&[1]))),
        of(
            "claims_attestation_results",
            "genuine",
            "CLM-11",
            "an attestation with subjects and marks",
            REFUSED,
            attestation().with(14, results().encoded()),
        ),
        of(
            "claims_transcript_least",
            "genuine",
            "CLM-9, CLM-11",
            "a transcript with subjects and marks alone",
            REFUSED,
            transcript().with(14, results().without(2).without(4).without(5).without(6).encoded()),
        ),
    ]
}
