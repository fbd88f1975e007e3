//! Results (SPEC section 6, CLM-9 to CLM-11 and CLM-16): rows, kinds of rows and columns.

use super::claims::of;
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, int, text, texts, uint, uints};
use crate::documents::{attestation, column, columns, diploma, marks, mean_alone, results, transcript, yes};

const SHIFTED: &str = "a mark would be shown beside another subject";
const UNCLEAR: &str = "a reader could not say what a column means";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [lengths(), rows(), kinds_of_rows(), shapes(), roles(), kinds()].concat()
}

fn row(name: &str, expect: &str, spec: &str, comment: &str, effect: &str, results: &Fields) -> Case {
    of(name, expect, spec, comment, effect, transcript().with(14, results.encoded()))
}

/// The usual results with other columns.
fn with_columns(columns: &[Bytes]) -> Fields {
    results().with(4, array(columns))
}

/// The usual columns and one more.
fn one_more(column: Bytes) -> Fields {
    with_columns(&[columns(), vec![column]].concat())
}

/// Results of as many subjects as told.
fn subjects(count: usize) -> Fields {
    Fields::new()
        .with(2, array(&vec![text("A"); count]))
        .with(4, array(&[column(1, yes(), 0, &vec![text("B"); count]), marks(&vec![uint(12); count])]))
}

fn lengths() -> Vec<Case> {
    let with = |name, comment, at: usize, column: Bytes| {
        let mut columns = columns();
        columns[at] = column;
        row(name, "breaks-rules", "CLM-9", comment, SHIFTED, &with_columns(&columns))
    };
    let alone = |name, expect, comment, label, value: Bytes| {
        let results = mean_alone().with(label, value);
        of(name, expect, "CLM-9", comment, SHIFTED, attestation().with(14, results.encoded()))
    };
    vec![
        with("claims_columns_codes_short", "two codes for three rows", 0, column(1, yes(), 0, &["MA", "PC"].map(text))),
        with(
            "claims_columns_codes_long",
            "four codes for three rows",
            0,
            column(1, yes(), 0, &["MA", "PC", "PH", "X"].map(text)),
        ),
        with(
            "claims_columns_coefficients_short",
            "two coefficients for three rows",
            1,
            column(2, yes(), 0, &[7, 7].map(uint)),
        ),
        with(
            "claims_columns_credits_long",
            "four credits for three rows",
            2,
            column(3, yes(), 1, &[60, 60, 20, 20].map(uint)),
        ),
        with("claims_columns_marks_short", "two marks for three rows", 3, marks(&[1525, 1400].map(uint))),
        with("claims_columns_marks_long", "four marks for three rows", 3, marks(&[1525, 1400, 1300, 1200].map(uint))),
        with("claims_columns_marks_one", "one mark for three rows", 3, marks(&[uint(1525)])),
        alone("claims_columns_alone", "breaks-rules", "a column without rows", 4, array(&[marks(&[uint(1500)])])),
        alone(
            "claims_row_kinds_alone",
            "breaks-rules",
            "kinds of rows without rows",
            3,
            Fields::new().with(0, uint(1)).encoded(),
        ),
        alone("claims_rows_alone", "genuine", "rows without columns", 2, texts(&["Mathématiques"])),
        alone("claims_results_mean_alone", "genuine", "a mean and no rows", 1, uints(&[1525, 2])),
        of(
            "claims_results_none",
            "breaks-rules",
            "CLM-16",
            "results without a label",
            SHIFTED,
            attestation().with(14, Fields::new().encoded()),
        ),
    ]
}

fn rows() -> Vec<Case> {
    let with =
        |name, expect, comment, value: Bytes| row(name, expect, "CLM-4", comment, SHIFTED, &results().with(2, value));
    vec![
        row("claims_rows_256", "genuine", "CLM-4, CLM-9", "256 rows", SHIFTED, &subjects(256)),
        row("claims_rows_257", "breaks-rules", "CLM-4", "257 rows", SHIFTED, &subjects(257)),
        row("claims_rows_none", "breaks-rules", "CLM-4", "no row, no cell", SHIFTED, &subjects(0)),
        with("claims_rows_text", "breaks-rules", "the rows as one text", text("Mathématiques")),
        with("claims_rows_map", "breaks-rules", "the rows as a map", Fields::new().encoded()),
        with("claims_row_integer", "breaks-rules", "a row that is an integer", array(&[uint(1), text("B"), text("C")])),
        with("claims_row_true", "breaks-rules", "a row that is true", array(&[yes(), text("B"), text("C")])),
        with(
            "claims_row_bytes",
            "breaks-rules",
            "a row that is a byte string",
            array(&[text("A"), text("B"), crate::cbor::bytes(b"C")]),
        ),
        row(
            "claims_row_empty",
            "breaks-rules",
            "CLM-5",
            "an empty row",
            SHIFTED,
            &results().with(2, texts(&["Mathématiques", "", "Philosophie"])),
        ),
    ]
}

/// Label 3: keys are rows, counted from 0.
fn kinds_of_rows() -> Vec<Case> {
    let with = |name, expect, spec, comment, key: Bytes| {
        let kinds = Fields::new().with_key(key, uint(1)).encoded();
        row(name, expect, spec, comment, "a heading would be shown as a subject", &results().with(3, kinds))
    };
    let bad = |name, spec, comment, key| with(name, "breaks-rules", spec, comment, key);
    let many = |name, expect, count: u64| {
        let kinds = (0..count).fold(Fields::new(), |kinds, at| kinds.with(at as i64, uint(1)));
        let comment = format!("kinds of {count} rows");
        row(
            name,
            expect,
            "CLM-4",
            &comment,
            "a heading would be shown as a subject",
            &subjects(100).with(3, kinds.encoded()),
        )
    };
    let shape = |name, comment, value: Bytes| {
        row(name, "breaks-rules", "CLM-4", comment, "a heading would be shown as a subject", &results().with(3, value))
    };
    vec![
        with("claims_row_key_2", "genuine", "CLM-9", "the kind of the last of three rows", uint(2)),
        bad("claims_row_key_3", "CLM-9", "the kind of row 3 of three, counted from 0", uint(3)),
        bad("claims_row_key_2_64", "CLM-9", "the kind of row 2^64 - 1", uint(u64::MAX)),
        bad("claims_row_key_negative", "CLM-4", "the kind of row -1: no label that is newer", int(-1)),
        bad("claims_row_key_text", "CLM-4", "a row named by a text: no label that is newer", text("0")),
        bad("claims_row_key_true", "CLM-4", "the row true", yes()),
        bad("claims_row_key_bytes", "CLM-4", "a row named by a byte string", crate::cbor::bytes(&[0])),
        many("claims_row_kinds_64", "genuine", 64),
        many("claims_row_kinds_65", "breaks-rules", 65),
        shape("claims_row_kinds_none", "a map of no kind", Fields::new().encoded()),
        shape("claims_row_kinds_list", "the kinds as an array", uints(&[1, 1, 9])),
    ]
}

fn shapes() -> Vec<Case> {
    let with = |name, expect, comment, column: Bytes| row(name, expect, "CLM-4", comment, UNCLEAR, &one_more(column));
    let bad = |name, comment, column| with(name, "breaks-rules", comment, column);
    let three = || uints(&[1, 2, 3]);
    let many = |count: usize| with_columns(&vec![marks(&[1, 2, 3].map(uint)); count]);
    let value =
        |name, comment, value: Bytes| row(name, "breaks-rules", "CLM-4", comment, UNCLEAR, &results().with(4, value));
    vec![
        row("claims_columns_20", "genuine", "CLM-4, CLM-10", "20 columns of results", UNCLEAR, &many(20)),
        row("claims_columns_21", "breaks-rules", "CLM-4", "21 columns of results", UNCLEAR, &many(21)),
        value("claims_columns_none", "no column in label 4", array(&[])),
        value("claims_columns_map", "the columns as a map", Fields::new().encoded()),
        value("claims_columns_flat", "a column without the array around it", columns()[3].clone()),
        bad("claims_column_three_entries", "a column without cells", array(&[uint(4), yes(), uint(0)])),
        bad("claims_column_role_alone", "a column of a role alone", uints(&[4])),
        bad("claims_column_empty", "a column of nothing", array(&[])),
        bad("claims_column_text", "a column that is a text", text("MA")),
        bad("claims_column_cells_none", "a column of no cell", array(&[uint(4), yes(), uint(0), array(&[])])),
        bad("claims_column_cells_text", "a text for the cells", array(&[uint(4), yes(), uint(0), text("1")])),
        bad(
            "claims_column_heading_integer",
            "an integer for the heading",
            array(&[uint(4), uint(1), uint(0), three()]),
        ),
        bad(
            "claims_column_heading_bytes",
            "a byte string for the heading",
            array(&[uint(4), crate::cbor::bytes(b"N"), uint(0), three()]),
        ),
        bad(
            "claims_column_heading_none",
            "an empty array for the heading",
            array(&[uint(4), array(&[]), uint(0), three()]),
        ),
        with(
            "claims_column_heading_words",
            "genuine",
            "a second column of results with its own heading",
            column(4, text("Oral"), 0, &[1, 2, 3].map(uint)),
        ),
        row(
            "claims_column_heading_empty",
            "breaks-rules",
            "CLM-5",
            "an empty heading",
            UNCLEAR,
            &one_more(column(4, text(""), 0, &[1, 2, 3].map(uint))),
        ),
        row(
            "claims_cell_empty",
            "breaks-rules",
            "CLM-5",
            "an empty cell",
            UNCLEAR,
            &one_more(column(4, text("Oral"), 0, &[uint(1), text(""), uint(3)])),
        ),
        row(
            "claims_cell_all_true",
            "genuine",
            "CLM-4",
            "a column in which nothing is printed",
            UNCLEAR,
            &one_more(column(4, text("Oral"), 0, &vec![yes(); 3])),
        ),
    ]
}

fn roles() -> Vec<Case> {
    let numbers = || [1, 2, 3].map(uint);
    let twice = |role: u64, expect: &str| {
        let extra = column(role, text("X"), 0, &numbers());
        let mut columns = columns();
        if role == 5 {
            columns.push(extra.clone());
        }
        columns.push(extra);
        let comment = format!("two columns of role {role}");
        row(&format!("claims_role_{role}_twice"), expect, "CLM-10", &comment, UNCLEAR, &with_columns(&columns))
    };
    let apart = [columns(), vec![marks(&numbers()), columns()[0].clone()]].concat();
    let other = || column(0, text("Rang"), 0, &numbers());
    vec![
        twice(1, "breaks-rules"),
        twice(2, "breaks-rules"),
        twice(3, "breaks-rules"),
        twice(4, "genuine"),
        twice(5, "breaks-rules"),
        row(
            "claims_role_1_apart",
            "breaks-rules",
            "CLM-10",
            "role 1 in the first and the last column",
            UNCLEAR,
            &with_columns(&apart),
        ),
        row(
            "claims_role_0_twice",
            "genuine",
            "CLM-10",
            "two columns of role 0",
            UNCLEAR,
            &with_columns(&[columns(), vec![other(), other()]].concat()),
        ),
        row(
            "claims_role_0_usual_heading",
            "breaks-rules",
            "CLM-10",
            "a column of role 0 with the heading true: it has no usual one",
            UNCLEAR,
            &one_more(column(0, yes(), 0, &numbers())),
        ),
        row(
            "claims_role_5_usual_heading",
            "genuine",
            "CLM-10",
            "a column of role 5 with its usual heading",
            UNCLEAR,
            &one_more(column(5, yes(), 0, &numbers())),
        ),
    ]
}

fn kinds() -> Vec<Case> {
    let bad = |name: &str, comment: &str, document: Fields| {
        of(name, "breaks-rules", "CLM-11", comment, "a transcript would state no result", document)
    };
    let good = |name, comment, document| of(name, "genuine", "CLM-11", comment, UNCLEAR, document);
    let least = Fields::new().with(2, texts(&["A"])).with(4, array(&[marks(&[uint(1)])]));
    let without_marks = || with_columns(&columns()[..3]);
    vec![
        bad("claims_transcript_no_results", "a transcript without results", transcript().without(14)),
        bad(
            "claims_transcript_mean_alone",
            "a transcript with a mean alone",
            transcript().with(14, mean_alone().encoded()),
        ),
        bad(
            "claims_transcript_no_columns",
            "a transcript with rows alone",
            transcript().with(14, results().without(4).encoded()),
        ),
        bad(
            "claims_transcript_no_marks",
            "a transcript without a column of role 4",
            transcript().with(14, without_marks().encoded()),
        ),
        bad(
            "claims_transcript_summaries_alone",
            "a transcript with a total alone",
            transcript().with(14, Fields::new().with(5, array(&[array(&[text("Total"), uints(&[1, 0])])])).encoded()),
        ),
        bad(
            "claims_transcript_role_0",
            "a transcript whose only column is of role 0 and called Note",
            transcript().with(14, with_columns(&[column(0, text("Note"), 0, &[1, 2, 3].map(uint))]).encoded()),
        ),
        good(
            "claims_transcript_least",
            "a transcript with one row and one mark",
            transcript().with(14, least.encoded()),
        ),
        good(
            "claims_attestation_results",
            "an attestation with rows and columns",
            attestation().with(14, results().encoded()),
        ),
        good(
            "claims_diploma_results",
            "a diploma with rows and columns, as papers of several countries print them",
            diploma().with(14, results().encoded()),
        ),
        good(
            "claims_attestation_no_marks",
            "an attestation with rows and no column of role 4",
            attestation().with(14, without_marks().encoded()),
        ),
    ]
}
