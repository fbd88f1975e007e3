//! Texts and languages (SPEC section 6, CLM-5 and CLM-7).

use super::claims::of;
use crate::case::Case;
use crate::cbor::{array, text, texts, uint};
use crate::documents::{attestation, marks, results, transcript};

const HIDDEN: &str = "what cannot be seen could make two different names look the same, or turn a line around";
const REFUSED: &str = "a genuine document would be refused";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [lengths(), others(), blanks(), languages()].concat()
}

pub(crate) fn holder(name: &str, expect: &str, spec: &str, comment: &str, content: &str) -> Case {
    let effect = if expect == "genuine" { REFUSED } else { HIDDEN };
    of(name, expect, spec, comment, effect, attestation().with(3, text(content)))
}

fn lengths() -> Vec<Case> {
    let long = "a field would not fit where it is shown";
    let row = |name: &str, expect: &str, comment: &str, document| {
        of(name, expect, "CLM-5", comment, if expect == "genuine" { REFUSED } else { long }, document)
    };
    let tail = |content: &str| attestation().with(6, array(&[uint(1), text(content)]));
    vec![
        row("claims_text_1", "genuine", "a holder of one letter", attestation().with(3, text("O"))),
        row("claims_text_0", "breaks-rules", "a holder of no letter", attestation().with(3, text(""))),
        row(
            "claims_text_240",
            "genuine",
            "a holder of 240 letters of two bytes",
            attestation().with(3, text(&"é".repeat(240))),
        ),
        row(
            "claims_text_241",
            "breaks-rules",
            "a holder of 241 letters",
            attestation().with(3, text(&"e".repeat(241))),
        ),
        row(
            "claims_text_240_wide",
            "genuine",
            "a holder of 240 letters beyond U+FFFF",
            attestation().with(3, text(&"\u{10400}".repeat(240))),
        ),
        row(
            "claims_text_241_wide",
            "breaks-rules",
            "a holder of 241 letters beyond U+FFFF",
            attestation().with(3, text(&"\u{10400}".repeat(241))),
        ),
        row(
            "claims_text_240_clusters",
            "breaks-rules",
            "a holder of 121 letters, each with an accent of its own: 242 code points",
            attestation().with(3, text(&"e\u{301}".repeat(121))),
        ),
        row(
            "claims_second_text_empty",
            "breaks-rules",
            "an empty second text",
            attestation().with(2, texts(&["fr", "ar"])).with(3, texts(&["Salma", ""])),
        ),
        row("claims_number_empty", "breaks-rules", "an empty candidate's number", attestation().with(7, text(""))),
        row(
            "claims_number_241",
            "breaks-rules",
            "a candidate's number of 241 digits",
            attestation().with(7, text(&"1".repeat(241))),
        ),
        row("claims_tail_4", "genuine", "a tail of four", tail("9371")),
        row("claims_tail_5", "breaks-rules", "a tail of five", tail("89371")),
        row("claims_tail_0", "breaks-rules", "a tail of none", tail("")),
        row("claims_decision_241", "breaks-rules", "a decision of 241 letters", {
            attestation().with(17, array(&[uint(2), uint(2), crate::cbor::bytes(&[1; 8]), text(&"d".repeat(241))]))
        }),
    ]
}

/// Every text has the bounds of a text, wherever it stands.
fn others() -> Vec<Case> {
    let long = "a field would not fit where it is shown";
    let row = |name: &str, expect: &str, comment: &str, document| of(name, expect, "CLM-5", comment, long, document);
    let with = |label: i64, value| attestation().with(label, value);
    let cell = |content: &str| {
        let cells = [text("a"), text(content), text("c")];
        transcript().with(14, results().with(4, array(&[marks(&cells)])).encoded())
    };
    let (most, over) = ("é".repeat(240), "e".repeat(241));
    vec![
        row("claims_cell_240", "genuine", "a cell of 240 letters", cell(&most)),
        row("claims_cell_241", "breaks-rules", "a cell of 241 letters", cell(&over)),
        row("claims_row_241", "breaks-rules", "a row of 241 letters", {
            transcript().with(14, results().with(2, texts(&["a", "b", &over])).encoded())
        }),
        row("claims_line_value_241", "breaks-rules", "the value of a line of 241 letters", {
            with(22, array(&[array(&[array(&[text("a"), text(&over)])]), array(&[])]))
        }),
        row(
            "claims_outcome_words_241",
            "breaks-rules",
            "a decision in 241 letters",
            with(21, array(&[uint(1), text(&over)])),
        ),
        row(
            "claims_date_words_241",
            "breaks-rules",
            "the words of a date in 241 letters",
            with(4, array(&[uint(0), text(&over)])),
        ),
        row("claims_identity_name_241", "breaks-rules", "the name of a number in 241 letters", {
            with(6, array(&[uint(1), text("371"), text(&over)]))
        }),
        row(
            "claims_outcome_words_empty",
            "breaks-rules",
            "empty words of a decision",
            with(21, array(&[uint(1), text("")])),
        ),
        row(
            "claims_identity_name_empty",
            "breaks-rules",
            "an empty name of a number",
            with(6, array(&[uint(1), text("371"), text("")])),
        ),
        row(
            "claims_tail_hidden",
            "breaks-rules",
            "a tail with a blank on both sides",
            with(6, array(&[uint(1), text(" 71 ")])),
        ),
        row("claims_authority_241", "breaks-rules", "an authority of 241 letters", with(12, text(&over))),
        row("claims_session_240", "genuine", "a session of 240 letters", with(10, text(&most))),
    ]
}

fn blanks() -> Vec<Case> {
    let row = |name: &str, expect: &str, comment: &str, content: &str| holder(name, expect, "CLM-5", comment, content);
    vec![
        row("claims_blank_first", "breaks-rules", "a blank before the holder", " Salma EL MITALI"),
        row("claims_blank_last", "breaks-rules", "a blank behind the holder", "Salma EL MITALI "),
        row("claims_blank_only", "breaks-rules", "a holder of one blank", " "),
        row("claims_nbsp_first", "breaks-rules", "U+00A0 before the holder", "\u{a0}Salma EL MITALI"),
        row("claims_nbsp_last", "breaks-rules", "U+00A0 behind the holder", "Salma EL MITALI\u{a0}"),
        row("claims_nbsp_inside", "genuine", "U+00A0 within the holder", "Salma\u{a0}EL MITALI"),
        row(
            "claims_wide_blank_last",
            "genuine",
            "U+3000 behind the holder: only two blanks are named",
            "Salma EL MITALI\u{3000}",
        ),
        row("claims_two_blanks", "genuine", "two blanks in a row within the holder", "Salma  EL MITALI"),
    ]
}

fn languages() -> Vec<Case> {
    let row = |name: &str, expect: &str, spec: &str, comment: &str, languages: &[&str]| {
        let effect = if expect == "genuine" { REFUSED } else { "a reader would take one language for another" };
        of(name, expect, spec, comment, effect, attestation().with(2, texts(languages)))
    };
    vec![
        row("claims_language_2", "genuine", "CLM-5, CLM-7", "a language of two letters", &["ar"]),
        row("claims_language_12", "genuine", "CLM-5, CLM-7", "a language of twelve", &["zgh-tfng-x-a"]),
        row("claims_language_13", "breaks-rules", "CLM-5", "a language of thirteen", &["zgh-tfng-x-ab"]),
        row("claims_language_1", "breaks-rules", "CLM-5", "a language of one letter", &["f"]),
        row("claims_language_0", "breaks-rules", "CLM-5", "a language of no letter", &[""]),
        row("claims_language_upper", "breaks-rules", "CLM-7", "a language in upper case", &["FR"]),
        row("claims_language_digit", "genuine", "CLM-7", "digits in a language", &["es-419"]),
        row(
            "claims_language_arabic_digit",
            "breaks-rules",
            "CLM-7",
            "an Arabic digit in a language",
            &["es-\u{664}19"],
        ),
        row("claims_language_blank", "breaks-rules", "CLM-7", "a blank in a language", &["es 419"]),
        row("claims_language_underscore", "breaks-rules", "CLM-7", "an underscore in a language", &["fr_ma"]),
        row("claims_language_accent", "breaks-rules", "CLM-7", "an accent in a language", &["fré"]),
        row("claims_language_twice", "breaks-rules", "CLM-7", "one language twice", &["fr", "fr"]),
        row(
            "claims_language_twice_apart",
            "breaks-rules",
            "CLM-7",
            "the first and the third language are one",
            &["fr", "ar", "fr"],
        ),
        row(
            "claims_language_twice_of_four",
            "breaks-rules",
            "CLM-7",
            "the third and the fourth language are one",
            &["fr", "ar", "en", "en"],
        ),
    ]
}
