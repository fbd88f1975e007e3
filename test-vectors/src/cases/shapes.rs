//! Types, shapes and ranges of the document's labels (SPEC section 6), dates among them.

use super::claims::of;
use crate::case::Case;
use crate::cbor::{Bytes, array, bytes, int, pairs, text, uint, uints};
use crate::documents::{SERIAL, attestation};

const SHOWN: &str = "a field would be shown as something that it is not";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [dates(), words(), identity(), references(), editions(), archives()].concat()
}

fn bad(name: &str, comment: &str, label: i64, value: Bytes) -> Case {
    of(name, "breaks-rules", "CLM-4", comment, SHOWN, attestation().with(label, value))
}

fn good(name: &str, comment: &str, label: i64, value: Bytes) -> Case {
    of(name, "genuine", "CLM-4", comment, "a genuine document would be refused", attestation().with(label, value))
}

fn dates() -> Vec<Case> {
    let birth = |expect: &str, date: u64, comment: &str| {
        let effect = if expect == "genuine" {
            "a genuine document would be refused"
        } else {
            "a date that never was would be shown"
        };
        of(&format!("claims_birth_{date:08}"), expect, "CLM-8", comment, effect, attestation().with(4, uint(date)))
    };
    let ok = |date, comment| birth("genuine", date, comment);
    let no = |date, comment| birth("breaks-rules", date, comment);
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
        no(2008, "a year without places for month and day"),
        no(0, "zero"),
        no(200803140, "nine digits"),
        bad("claims_birth_2_64", "a birth of 2^64 - 1", 4, uint(u64::MAX)),
        bad("claims_birth_text", "a birth as text", 4, text("2008-03-14")),
        bad("claims_birth_negative", "a negative birth", 4, int(-20080314)),
    ]
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
        bad("claims_holder_true", "the holder is true", 3, vec![0xf5]),
        bad("claims_languages_text", "the languages as a text", 2, text("fr")),
        bad("claims_languages_none", "no language", 2, array(&[])),
        bad("claims_languages_four", "four languages", 2, array(&["fr", "ar", "en", "es"].map(text))),
        bad("claims_languages_bytes", "a language as a byte string", 2, array(&[bytes(b"fr")])),
        bad("claims_number_integer", "the candidate's number as an integer", 7, uint(130_026_001)),
        bad("claims_number_array", "the candidate's number in two languages", 7, array(&[text("1"), text("1")])),
        bad("claims_title_integer", "the title as an integer", 8, uint(8)),
        bad(
            "claims_centre_nested",
            "an array within the array of a centre's names",
            13,
            array(&[array(&[text("a")]), text("b")]),
        ),
        bad("claims_results_array", "the results as an array", 14, uints(&[2, 2000])),
    ]
}

fn identity() -> Vec<Case> {
    let digest = |work: u64, length: usize| array(&[uint(2), uint(work), bytes(&vec![0x11; length])]);
    vec![
        good("claims_identity_work_10", "work factor 10", 6, digest(10, 16)),
        bad("claims_identity_work_9", "work factor 9", 6, digest(9, 16)),
        bad("claims_identity_work_17", "work factor 17: a verifier would need much memory", 6, digest(17, 16)),
        bad("claims_identity_digest_15", "a digest of 15 bytes", 6, digest(16, 15)),
        bad("claims_identity_digest_17", "a digest of 17 bytes", 6, digest(16, 17)),
        bad(
            "claims_identity_digest_text",
            "a digest of text",
            6,
            array(&[uint(2), uint(16), text("0123456789abcdef")]),
        ),
        bad("claims_identity_no_digest", "a digest without the digest", 6, uints(&[2, 16])),
        bad(
            "claims_identity_longer",
            "a fourth entry behind the digest",
            6,
            array(&[uint(2), uint(16), bytes(&[1; 16]), uint(0)]),
        ),
        bad("claims_identity_form_0", "form 0", 6, array(&[uint(0), text("371")])),
        bad("claims_identity_form_3", "form 3", 6, array(&[uint(3), text("371")])),
        bad("claims_identity_clear", "the number in clear, as a text", 6, text("AB123456")),
        bad("claims_identity_empty", "an empty array", 6, array(&[])),
        bad("claims_identity_tail_integer", "the last characters as an integer", 6, uints(&[1, 371])),
        bad(
            "claims_identity_tail_longer",
            "a third entry behind the last characters",
            6,
            array(&[uint(1), text("371"), text("9")]),
        ),
    ]
}

fn references() -> Vec<Case> {
    vec![
        bad("claims_status_one_number", "a status reference of one number", 15, uints(&[1])),
        bad("claims_status_three_numbers", "a status reference of three numbers", 15, uints(&[1, 4, 4])),
        bad("claims_status_negative", "a negative status index", 15, array(&[uint(1), int(-1)])),
        bad("claims_status_text", "a status list named by a text", 15, array(&[text("1"), uint(4)])),
        bad("claims_status_integer", "the status reference as one integer", 15, uint(4)),
        bad("claims_minutes_one_number", "a reference to minutes of one number", 16, uints(&[1])),
        bad("claims_minutes_three_numbers", "a reference to minutes of three numbers", 16, uints(&[1, 2, 3])),
        bad("claims_minutes_text", "a line of the minutes as a text", 16, array(&[uint(1), text("2")])),
        good("claims_minutes_large", "a line of the minutes of 2^64 - 1", 16, uints(&[0, u64::MAX])),
    ]
}

fn editions() -> Vec<Case> {
    let serial = || bytes(&SERIAL);
    vec![
        good("claims_edition_duplicate", "a duplicate without the serial it replaces", 17, uints(&[1, 2])),
        good(
            "claims_edition_99",
            "duplicate 99 that replaces a serial of 16 bytes",
            17,
            array(&[uint(1), uint(99), bytes(&[7; 16])]),
        ),
        good("claims_edition_correction", "a correction without decision", 17, array(&[uint(2), uint(2), serial()])),
        bad("claims_edition_number_1", "edition 1, which is the original", 17, uints(&[1, 1])),
        bad("claims_edition_number_100", "edition 100", 17, uints(&[1, 100])),
        bad("claims_edition_kind_0", "an edition of kind 0", 17, uints(&[0, 2])),
        bad("claims_edition_kind_3", "an edition of kind 3", 17, uints(&[3, 2])),
        bad(
            "claims_edition_duplicate_decision",
            "a duplicate with a decision",
            17,
            array(&[uint(1), uint(2), serial(), text("Décision 12")]),
        ),
        bad("claims_edition_correction_alone", "a correction that does not name what it replaces", 17, uints(&[2, 2])),
        bad(
            "claims_edition_replaces_7",
            "a replaced serial of 7 bytes",
            17,
            array(&[uint(1), uint(2), bytes(&[7; 7])]),
        ),
        bad(
            "claims_edition_replaces_17",
            "a replaced serial of 17 bytes",
            17,
            array(&[uint(2), uint(2), bytes(&[7; 17])]),
        ),
        bad(
            "claims_edition_replaces_text",
            "a replaced serial as text",
            17,
            array(&[uint(1), uint(2), text("12345678")]),
        ),
        bad(
            "claims_edition_longer",
            "a fifth entry behind the decision",
            17,
            array(&[uint(2), uint(2), serial(), text("Décision 12"), uint(0)]),
        ),
        bad("claims_edition_integer", "the edition as one integer", 17, uint(2)),
    ]
}

fn archives() -> Vec<Case> {
    vec![
        good("claims_archive_1900", "sealed later from the archives of 1900, evidence 3", 18, uints(&[1900, 3])),
        good("claims_archive_2200", "sealed later from the archives of 2200, evidence 1", 18, uints(&[2200, 1])),
        bad("claims_archive_1899", "archives of 1899", 18, uints(&[1899, 1])),
        bad("claims_archive_2201", "archives of 2201", 18, uints(&[2201, 1])),
        bad("claims_archive_grade_0", "evidence 0", 18, uints(&[1997, 0])),
        bad("claims_archive_grade_4", "evidence 4", 18, uints(&[1997, 4])),
        bad("claims_archive_no_grade", "no evidence", 18, uints(&[1997])),
        bad("claims_archive_longer", "a third number", 18, uints(&[1997, 1, 1])),
    ]
}
