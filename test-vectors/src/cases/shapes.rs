//! Types, shapes and ranges of the document's labels (SPEC section 6). Dates and choices stand elsewhere.

use super::claims::{REFUSED, of};
use crate::case::Case;
use crate::cbor::{Bytes, array, bytes, int, pairs, text, texts, uint, uints};
use crate::documents::{attestation, diploma, yes};

const SHOWN: &str = "a field would be shown as something that it is not";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [words(), minutes(), decisions(), lines(), sheets()].concat()
}

fn bad(name: &str, comment: &str, label: i64, value: Bytes) -> Case {
    of(name, "breaks-rules", "CLM-4", comment, SHOWN, attestation().with(label, value))
}

fn good(name: &str, comment: &str, label: i64, value: Bytes) -> Case {
    of(name, "genuine", "CLM-4", comment, REFUSED, attestation().with(label, value))
}

fn words() -> Vec<Case> {
    vec![
        bad("claims_holder_bytes", "the holder as a byte string", 3, bytes(b"Salma EL MITALI")),
        bad("claims_holder_integer", "the holder as an integer", 3, uint(1)),
        bad(
            "claims_holder_map",
            "the holder as a map of languages",
            3,
            pairs(&[(text("fr"), text("Salma EL MITALI"))]),
        ),
        bad("claims_holder_true", "the holder is true", 3, yes()),
        bad("claims_languages_text", "the languages as a text", 2, text("fr")),
        bad("claims_languages_none", "no language", 2, array(&[])),
        bad("claims_languages_five", "five languages", 2, texts(&["fr", "ar", "en", "es", "de"])),
        bad("claims_languages_bytes", "a language as a byte string", 2, array(&[bytes(b"fr")])),
        bad("claims_languages_true", "a language that is true", 2, array(&[yes()])),
        bad("claims_number_integer", "the candidate's number as an integer", 7, uint(130_026_001)),
        bad("claims_number_array", "the candidate's number in two languages", 7, array(&[text("1"), text("1")])),
        bad("claims_number_true", "the candidate's number is true", 7, yes()),
        bad("claims_title_integer", "the title as an integer", 8, uint(8)),
        bad("claims_title_true", "the title is true", 8, yes()),
        bad("claims_series_true", "the series is true", 9, yes()),
        bad("claims_session_integer", "the session as an integer", 10, uint(2026)),
        bad("claims_honours_integer", "the honours as an integer", 11, uint(1)),
        bad("claims_authority_bytes", "the authority as a byte string", 12, bytes(b"MA-EXEMPLE")),
        bad("claims_place_array_of_numbers", "the place of birth as an array of numbers", 5, uints(&[1, 2])),
        bad("claims_results_array", "the results as an array", 14, uints(&[2, 2000])),
        bad("claims_results_text", "the results as a text", 14, text("15,25")),
    ]
}

fn minutes() -> Vec<Case> {
    vec![
        bad("claims_minutes_one_number", "a reference to minutes of one number", 16, uints(&[1])),
        bad("claims_minutes_three_numbers", "a reference to minutes of three numbers", 16, uints(&[1, 2, 3])),
        bad("claims_minutes_text", "a line of the minutes as a text", 16, array(&[uint(1), text("2")])),
        bad("claims_minutes_negative", "line -1 of the minutes", 16, array(&[uint(1), int(-1)])),
        good("claims_minutes_large", "a line of the minutes of 2^64 - 1", 16, uints(&[0, u64::MAX])),
    ]
}

/// Label 21 and the kind: a diploma of somebody who was not admitted is none.
fn decisions() -> Vec<Case> {
    let diploma = |name, expect, comment, value: Bytes| {
        let effect = "a diploma would state that there was nothing to award";
        of(name, expect, "CLM-14", comment, effect, diploma().with(21, value))
    };
    vec![
        diploma("claims_diploma_admitted", "genuine", "a diploma of outcome 1", uints(&[1])),
        diploma("claims_diploma_not_admitted", "breaks-rules", "a diploma of outcome 0", uints(&[0])),
        diploma(
            "claims_diploma_not_admitted_words",
            "breaks-rules",
            "a diploma of outcome 0 whose words say admitted",
            array(&[uint(0), texts(&["Admise", "ناجحة"])]),
        ),
        diploma("claims_diploma_otherwise", "states-otherwise", "a diploma of outcome 2", uints(&[2])),
    ]
}

/// Label 22: every other line of the paper.
fn lines() -> Vec<Case> {
    let line = || array(&[text("Nationalité"), text("marocaine")]);
    let of_lines = |person: &[Bytes], award: &[Bytes]| array(&[array(person), array(award)]);
    let with = |name, expect, spec, comment, value: Bytes| {
        of(name, expect, spec, comment, SHOWN, attestation().with(22, value))
    };
    let one = |name, comment, line: Bytes| with(name, "breaks-rules", "CLM-4", comment, of_lines(&[line], &[]));
    vec![
        with("claims_lines_person", "genuine", "CLM-16", "one line about the person", of_lines(&[line()], &[])),
        with("claims_lines_award", "genuine", "CLM-16", "one line about the award", of_lines(&[], &[line()])),
        with("claims_lines_none", "breaks-rules", "CLM-16", "no line about either", of_lines(&[], &[])),
        with(
            "claims_lines_32",
            "genuine",
            "CLM-4",
            "32 lines about each",
            of_lines(&vec![line(); 32], &vec![line(); 32]),
        ),
        with(
            "claims_lines_person_33",
            "breaks-rules",
            "CLM-4",
            "33 lines about the person",
            of_lines(&vec![line(); 33], &[]),
        ),
        with(
            "claims_lines_award_33",
            "breaks-rules",
            "CLM-4",
            "33 lines about the award",
            of_lines(&[], &vec![line(); 33]),
        ),
        with("claims_lines_person_alone", "breaks-rules", "CLM-4", "one list of lines", array(&[array(&[line()])])),
        with("claims_lines_three", "breaks-rules", "CLM-4", "three lists of lines", array(&vec![array(&[line()]); 3])),
        with("claims_lines_empty_array", "breaks-rules", "CLM-4", "no list of lines", array(&[])),
        with(
            "claims_lines_map",
            "breaks-rules",
            "CLM-4",
            "a map of names and values",
            pairs(&[(text("a"), text("b"))]),
        ),
        with("claims_lines_flat", "breaks-rules", "CLM-4", "a line without its list", array(&[line(), line()])),
        with(
            "claims_line_number",
            "genuine",
            "CLM-4",
            "a line whose value is a number with a maximum",
            of_lines(&[], &[array(&[text("Rang"), uints(&[3, 0, 412])])]),
        ),
        one("claims_line_name_alone", "a line of a name alone", array(&[text("Rang")])),
        one("claims_line_three", "a line of a name and two values", array(&[text("Rang"), text("3"), text("412")])),
        one("claims_line_text", "a line as one text", text("Rang : 3")),
        one(
            "claims_line_bare_integer",
            "a line whose value is an integer without decimals",
            array(&[text("Rang"), uint(3)]),
        ),
        one("claims_line_value_true", "a line whose value is true", array(&[text("Rang"), yes()])),
        one("claims_line_name_true", "a line whose name is true", array(&[yes(), text("3")])),
        one("claims_line_name_number", "a line whose name is a number", array(&[uints(&[3, 0]), text("3")])),
        with(
            "claims_line_name_empty",
            "breaks-rules",
            "CLM-5",
            "a line with an empty name",
            of_lines(&[array(&[text(""), text("3")])], &[]),
        ),
        with(
            "claims_line_value_hidden",
            "breaks-rules",
            "CLM-6",
            "U+202E in the value of the last line",
            of_lines(&[line()], &[line(), array(&[text("Rang"), text("\u{202e}3")])]),
        ),
    ]
}

fn sheets() -> Vec<Case> {
    let sheet = |name, expect, spec, comment, value: Bytes| {
        of(name, expect, spec, comment, SHOWN, attestation().with(23, value))
    };
    vec![
        sheet("claims_sheet_1_of_2", "one-sheet", "CLM-15, VER-12", "sheet 1 of 2", uints(&[1, 2])),
        sheet("claims_sheet_2_of_2", "one-sheet", "CLM-15, VER-12", "sheet 2 of 2", uints(&[2, 2])),
        sheet("claims_sheet_16_of_16", "one-sheet", "CLM-15, VER-12", "sheet 16 of 16", uints(&[16, 16])),
        sheet("claims_sheet_3_of_2", "breaks-rules", "CLM-15", "sheet 3 of 2", uints(&[3, 2])),
        sheet("claims_sheet_16_of_15", "breaks-rules", "CLM-15", "sheet 16 of 15", uints(&[16, 15])),
        sheet("claims_sheet_0", "breaks-rules", "CLM-4", "sheet 0", uints(&[0, 2])),
        sheet("claims_sheet_17", "breaks-rules", "CLM-4", "sheet 17 of 17", uints(&[17, 17])),
        sheet("claims_sheet_of_17", "breaks-rules", "CLM-4", "sheet 1 of 17", uints(&[1, 17])),
        sheet("claims_sheet_of_1", "breaks-rules", "CLM-4", "sheet 1 of 1", uints(&[1, 1])),
        sheet("claims_sheet_alone", "breaks-rules", "CLM-4", "a sheet without count", uints(&[1])),
        sheet("claims_sheet_longer", "breaks-rules", "CLM-4", "three numbers", uints(&[1, 2, 3])),
        sheet("claims_sheet_text", "breaks-rules", "CLM-4", "a text", text("1/2")),
        sheet("claims_sheet_negative", "breaks-rules", "CLM-4", "sheet -1", array(&[int(-1), uint(2)])),
    ]
}
