//! Dates (SPEC section 6, CLM-8 and CLM-13). When a validity has passed is in `validity`.

use super::claims::{REFUSED, of};
use crate::case::Case;
use crate::cbor::{Bytes, array, bytes, int, text, texts, uint, uints};
use crate::documents::{attestation, diploma, transcript, yes};

const NEVER: &str = "a date that never was would be shown";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [numbers(), written(), awarded(), valid_until()].concat()
}

fn numbers() -> Vec<Case> {
    let birth = |expect: &str, date: u64, comment: &str| {
        of(&format!("claims_birth_{date:08}"), expect, "CLM-8", comment, NEVER, attestation().with(4, uint(date)))
    };
    let ok = |date, comment| birth("genuine", date, comment);
    let no = |date, comment| birth("breaks-rules", date, comment);
    let bad = |name, comment, value| of(name, "breaks-rules", "CLM-4", comment, NEVER, attestation().with(4, value));
    vec![
        ok(18000101, "the first date"),
        no(17991231, "a year before 1800"),
        ok(22001231, "the last date"),
        no(22010101, "a year after 2200"),
        ok(20000229, "29 February of a year divisible by 400"),
        no(19000229, "29 February of 1900, which had none"),
        no(21000229, "29 February of 2100, which will have none"),
        ok(20080229, "29 February of a year divisible by 4"),
        no(20070229, "29 February of a year not divisible by 4"),
        no(20080230, "30 February"),
        no(20080431, "31 April"),
        no(20081131, "31 November"),
        no(20080132, "32 January"),
        no(20081301, "month 13"),
        no(20081300, "month 13, day not known"),
        no(20080015, "a day in a month that is not known"),
        ok(20080300, "a month, day not known"),
        ok(20080000, "a year alone"),
        no(17990000, "a year alone, before 1800"),
        no(22010000, "a year alone, after 2200"),
        no(2008, "a year without places for month and day"),
        no(0, "zero"),
        no(200803140, "nine digits"),
        of(
            "claims_birth_2_64",
            "breaks-rules",
            "CLM-8",
            "a birth of 2^64 - 1",
            NEVER,
            attestation().with(4, uint(u64::MAX)),
        ),
        bad("claims_birth_text", "a birth as text", text("2008-03-14")),
        bad("claims_birth_negative", "a negative birth", int(-20080314)),
        bad("claims_birth_true", "a birth that is true", yes()),
    ]
}

/// A number with the words that the paper prints, or 0 with the words alone.
fn written() -> Vec<Case> {
    let row = |name, expect, spec, comment, value: Bytes| {
        of(name, expect, spec, comment, NEVER, attestation().with(4, value))
    };
    let bad = |name, spec, comment, value| row(name, "breaks-rules", spec, comment, value);
    let of_two = attestation().with(2, texts(&["fr", "ar"]));
    vec![
        row(
            "claims_date_words",
            "genuine",
            "CLM-8",
            "a date and its words",
            array(&[uint(19_760_000), text("vers 1976")]),
        ),
        row(
            "claims_date_0_words",
            "genuine",
            "CLM-8",
            "0 and words: no number is known",
            array(&[uint(0), text("présumé")]),
        ),
        of(
            "claims_date_words_languages",
            "genuine",
            "CLM-8, CLM-12",
            "a date with words in the second language alone",
            REFUSED,
            of_two.clone().with(4, array(&[uint(20_080_314), array(&[yes(), text("٦ ربيع الأول ١٤٢٩")])])),
        ),
        bad("claims_date_1_words", "CLM-8", "1 and words", array(&[uint(1), text("vers 1976")])),
        bad(
            "claims_date_31_june_words",
            "CLM-8",
            "31 June and words",
            array(&[uint(19_760_631), text("31 juin 1976")]),
        ),
        bad(
            "claims_date_1799_words",
            "CLM-8",
            "a year before 1800 and words",
            array(&[uint(17_990_101), text("1799")]),
        ),
        bad("claims_date_text_words", "CLM-4", "a text and words", array(&[text("1976"), text("vers 1976")])),
        bad("claims_date_true_words", "CLM-4", "true and words", array(&[yes(), text("vers 1976")])),
        bad("claims_date_alone_in_array", "CLM-4", "a date alone in an array", uints(&[20_080_314])),
        bad("claims_date_none", "CLM-4", "an empty array", array(&[])),
        bad("claims_date_two_numbers", "CLM-4", "two dates", uints(&[20_080_314, 20_080_315])),
        bad("claims_date_true_for_words", "CLM-4", "true for the words", array(&[uint(20_080_314), yes()])),
        bad("claims_date_longer", "CLM-4", "a third entry", array(&[uint(20_080_314), text("a"), text("b")])),
        bad("claims_date_words_empty", "CLM-5", "a date and empty words", array(&[uint(20_080_314), text("")])),
        bad(
            "claims_date_words_first",
            "CLM-4",
            "the words before the date",
            array(&[text("vers 1976"), uint(19_760_000)]),
        ),
        bad("claims_date_bytes", "CLM-4", "the date as a byte string", bytes(b"20080314")),
        of(
            "claims_date_words_three",
            "breaks-rules",
            "CLM-12",
            "three texts as the words of a date for two languages",
            NEVER,
            of_two.with(4, array(&[uint(20_080_314), texts(&["a", "b", "c"])])),
        ),
    ]
}

fn awarded() -> Vec<Case> {
    let row = |name, expect, spec, comment, value: Bytes| {
        of(name, expect, spec, comment, NEVER, attestation().with(20, value))
    };
    vec![
        row("claims_awarded", "genuine", "CLM-4, CLM-8", "the day of the award", uint(20_260_705)),
        row(
            "claims_awarded_words",
            "genuine",
            "CLM-8",
            "0 and the words of the paper",
            array(&[uint(0), text("juillet 2026")]),
        ),
        row("claims_awarded_0", "breaks-rules", "CLM-8", "0 without words", uint(0)),
        row("claims_awarded_31_june", "breaks-rules", "CLM-8", "31 June", uint(20_260_631)),
        row("claims_awarded_time", "breaks-rules", "CLM-8", "seconds since 1970", uint(1_783_209_600)),
        row("claims_awarded_text", "breaks-rules", "CLM-4", "a text", text("5 juillet 2026")),
    ]
}

fn valid_until() -> Vec<Case> {
    let row = |name, expect, spec, comment, value: Bytes| {
        of(
            name,
            expect,
            spec,
            comment,
            "a validity that nobody can judge would be shown",
            attestation().with(19, value),
        )
    };
    let until = || uint(20_300_630);
    let without_end = "a diploma would end one day";
    vec![
        row("claims_valid_until", "genuine", "CLM-13, VER-7", "valid until a day to come", until()),
        row(
            "claims_valid_until_words",
            "genuine",
            "CLM-13",
            "a day to come and its words",
            array(&[until(), text("30 juin 2030")]),
        ),
        of(
            "claims_valid_until_transcript",
            "genuine",
            "CLM-13",
            "a transcript with label 19",
            REFUSED,
            transcript().with(19, until()),
        ),
        row(
            "claims_valid_until_0_words",
            "breaks-rules",
            "CLM-13",
            "0 and words: no day to judge by",
            array(&[uint(0), text("30 juin 2030")]),
        ),
        row("claims_valid_until_0", "breaks-rules", "CLM-8", "0 without words", uint(0)),
        row("claims_valid_until_31_june", "breaks-rules", "CLM-8", "31 June", uint(20_300_631)),
        row("claims_valid_until_2201", "breaks-rules", "CLM-8", "a year after 2200", uint(22_010_101)),
        row("claims_valid_until_text", "breaks-rules", "CLM-4", "a text", text("2030-06-30")),
        of(
            "claims_diploma_valid_until",
            "breaks-rules",
            "CLM-13",
            "a diploma with label 19",
            without_end,
            diploma().with(19, until()),
        ),
        of(
            "claims_diploma_valid_until_words",
            "breaks-rules",
            "CLM-13",
            "a diploma with label 19, a day and words",
            without_end,
            diploma().with(19, array(&[until(), texts(&["30 juin 2030", "2030"])])),
        ),
        of(
            "claims_diploma_awarded",
            "genuine",
            "CLM-13",
            "a diploma with the day of its award",
            REFUSED,
            diploma().with(20, uint(20_260_705)),
        ),
    ]
}
