//! Numbers (SPEC section 6): values, decimals and maxima, in the mean, in lines and in columns.

use super::claims::of;
use crate::case::Case;
use crate::cbor::{Bytes, Fields, array, int, text, uint, uints};
use crate::documents::{attestation, results, transcript, yes};
use crate::world::LAST_TIME;

const WRONG: &str = "a number would be shown that the paper does not have";
/// The largest value: 2^40 - 1.
const MOST: u64 = LAST_TIME;

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [means(), summaries(), cells(), maxima()].concat()
}

fn row(name: &str, expect: &str, comment: &str, results: Fields) -> Case {
    of(name, expect, "CLM-4", comment, WRONG, attestation().with(14, results.encoded()))
}

fn negative(value: u64) -> Bytes {
    int(-(value as i64))
}

fn means() -> Vec<Case> {
    let mean = |name, expect, comment, value: Bytes| row(name, expect, comment, Fields::new().with(1, value));
    vec![
        mean("claims_mean", "genuine", "a mean of two decimals without maximum", uints(&[1525, 2])),
        mean("claims_mean_0_decimals", "genuine", "a mean without decimals", uints(&[15, 0])),
        mean("claims_mean_6_decimals", "genuine", "a mean of six decimals", uints(&[15_250_000, 6])),
        mean("claims_mean_7_decimals", "breaks-rules", "a mean of seven decimals", uints(&[152_500_000, 7])),
        mean("claims_mean_negative", "genuine", "a mean of -2.50", array(&[int(-250), uint(2)])),
        mean("claims_mean_most", "genuine", "a mean of 2^40 - 1", uints(&[MOST, 0])),
        mean("claims_mean_2_40", "breaks-rules", "a mean of 2^40", uints(&[MOST + 1, 0])),
        mean("claims_mean_least", "genuine", "a mean of 1 - 2^40", array(&[negative(MOST), uint(0)])),
        mean("claims_mean_minus_2_40", "breaks-rules", "a mean of -2^40", array(&[negative(MOST + 1), uint(0)])),
        mean("claims_mean_2_64", "breaks-rules", "a mean of 2^64 - 1", uints(&[u64::MAX, 0])),
        mean(
            "claims_mean_minus_2_64",
            "breaks-rules",
            "a mean of -2^64",
            array(&[crate::cbor::head(1, u64::MAX), uint(0)]),
        ),
        mean("claims_mean_maximum_0", "genuine", "a mean of 0 with the maximum 0", uints(&[0, 0, 0])),
        mean("claims_mean_maximum_most", "genuine", "a mean with the maximum 2^40 - 1", uints(&[1525, 2, MOST])),
        mean("claims_mean_maximum_2_40", "breaks-rules", "a mean with the maximum 2^40", uints(&[1525, 2, MOST + 1])),
        mean(
            "claims_mean_maximum_negative",
            "breaks-rules",
            "a mean with the maximum -20",
            array(&[uint(1525), uint(2), int(-20)]),
        ),
        mean(
            "claims_mean_above_maximum",
            "genuine",
            "a mean of 21 out of 20: papers print them",
            uints(&[2100, 2, 20]),
        ),
        mean("claims_mean_integer", "breaks-rules", "a mean without decimals and array", uint(15)),
        mean("claims_mean_value_alone", "breaks-rules", "a value without decimals", uints(&[15])),
        mean("claims_mean_longer", "breaks-rules", "a fourth number", uints(&[1525, 2, 20, 20])),
        mean("claims_mean_empty", "breaks-rules", "an empty array", array(&[])),
        mean("claims_mean_text", "breaks-rules", "a mean as a text", text("15,25")),
        mean("claims_mean_value_text", "breaks-rules", "a value as a text", array(&[text("1525"), uint(2)])),
        mean("claims_mean_value_true", "breaks-rules", "true for a value", array(&[yes(), uint(2)])),
        mean("claims_mean_decimals_negative", "breaks-rules", "decimals of -1", array(&[uint(15), int(-1)])),
        mean("claims_mean_decimals_text", "breaks-rules", "decimals as a text", array(&[uint(15), text("2")])),
        mean(
            "claims_mean_maximum_text",
            "breaks-rules",
            "a maximum as a text",
            array(&[uint(15), uint(0), text("20")]),
        ),
    ]
}

fn summaries() -> Vec<Case> {
    let line = |value: Bytes| array(&[text("Total"), value]);
    let with = |name, expect, comment, lines: &[Bytes]| row(name, expect, comment, Fields::new().with(5, array(lines)));
    vec![
        with("claims_summaries_1", "genuine", "results of a total alone", &[line(uints(&[24_400, 2, 320]))]),
        with("claims_summaries_16", "genuine", "16 summaries", &vec![line(uints(&[1, 0])); 16]),
        with("claims_summaries_17", "breaks-rules", "17 summaries", &vec![line(uints(&[1, 0])); 17]),
        with("claims_summaries_none", "breaks-rules", "no summary in label 5", &[]),
        with("claims_summary_words", "genuine", "a summary in words", &[line(text("deux cent quarante-quatre"))]),
        with("claims_summary_7_decimals", "breaks-rules", "a total of seven decimals", &[line(uints(&[1, 7]))]),
        with("claims_summary_integer", "breaks-rules", "a total without decimals", &[line(uint(244))]),
        with("claims_summary_true", "breaks-rules", "true for a total", &[line(yes())]),
        with("claims_summary_alone", "breaks-rules", "a summary of a name alone", &[array(&[text("Total")])]),
        with(
            "claims_summary_last_2_40",
            "breaks-rules",
            "the last of two totals is 2^40",
            &[line(uints(&[1, 0])), line(uints(&[MOST + 1, 0]))],
        ),
    ]
}

/// Cells of a column have its decimals.
fn cells() -> Vec<Case> {
    let with = |name, expect, comment, first: Bytes| {
        let column = array(&[uint(4), yes(), uint(2), array(&[first, uint(1400), text("absent")]), uint(20)]);
        of(name, expect, "CLM-4", comment, WRONG, transcript().with(14, results().with(4, array(&[column])).encoded()))
    };
    let words =
        |name, comment, first| Case { spec: "CLM-4, CLM-12".into(), ..with(name, "breaks-rules", comment, first) };
    vec![
        with("claims_cell_negative", "genuine", "a mark of -1.00", int(-100)),
        with("claims_cell_most", "genuine", "a mark of 2^40 - 1", uint(MOST)),
        with("claims_cell_2_40", "breaks-rules", "a mark of 2^40", uint(MOST + 1)),
        with("claims_cell_least", "genuine", "a mark of 1 - 2^40", negative(MOST)),
        with("claims_cell_minus_2_40", "breaks-rules", "a mark of -2^40", negative(MOST + 1)),
        with("claims_cell_2_64", "breaks-rules", "a mark of 2^64 - 1", uint(u64::MAX)),
        with("claims_cell_above_maximum", "genuine", "a mark of 20.01 of 20", uint(2001)),
        with("claims_cell_true", "genuine", "nothing printed in a cell", yes()),
        words(
            "claims_cell_number_array",
            "a value with decimals of its own: an array in a cell is words",
            uints(&[15, 0]),
        ),
        with("claims_cell_bytes", "breaks-rules", "a byte string", crate::cbor::bytes(b"15")),
        with("claims_cell_map", "breaks-rules", "a map", Fields::new().encoded()),
        words("claims_cell_array_of_one", "an array of one text", array(&[text("absent")])),
    ]
}

fn maxima() -> Vec<Case> {
    let with = |name, expect, comment, decimals: Bytes, rest: &[Bytes]| {
        let parts = [&[uint(4), yes(), decimals, uints(&[1525, 1400, 1300])], rest].concat();
        let results = results().with(4, array(&[array(&parts)]));
        of(name, expect, "CLM-4", comment, WRONG, transcript().with(14, results.encoded()))
    };
    vec![
        with("claims_column_no_maximum", "genuine", "a column without maximum", uint(2), &[]),
        with("claims_column_6_decimals", "genuine", "a column of six decimals", uint(6), &[uint(20)]),
        with("claims_column_7_decimals", "breaks-rules", "a column of seven decimals", uint(7), &[uint(20)]),
        with("claims_column_decimals_text", "breaks-rules", "decimals as a text", text("2"), &[uint(20)]),
        with("claims_column_decimals_negative", "breaks-rules", "decimals of -1", int(-1), &[uint(20)]),
        with("claims_column_maximum_0", "genuine", "a column with the maximum 0", uint(2), &[uint(0)]),
        with("claims_column_maximum_most", "genuine", "a column with the maximum 2^40 - 1", uint(2), &[uint(MOST)]),
        with(
            "claims_column_maximum_2_40",
            "breaks-rules",
            "a column with the maximum 2^40",
            uint(2),
            &[uint(MOST + 1)],
        ),
        with("claims_column_maximum_negative", "breaks-rules", "a column with the maximum -1", uint(2), &[int(-1)]),
        with("claims_column_maximum_true", "breaks-rules", "true for a maximum", uint(2), &[yes()]),
        with("claims_column_longer", "breaks-rules", "a sixth entry", uint(2), &[uint(20), uint(20)]),
    ]
}
