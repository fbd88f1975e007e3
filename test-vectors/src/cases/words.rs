//! Texts and languages (SPEC section 6, CLM-5 to CLM-7 and CLM-12).

use super::claims::of;
use crate::case::Case;
use crate::cbor::{array, text, texts, uint, uints};
use crate::documents::{attestation, results, transcript};

const HIDDEN: &str = "what cannot be seen could make two different names look the same, or turn a line around";
const REFUSED: &str = "a genuine document would be refused";

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [lengths(), blanks(), forbidden(), allowed(), joiners(), marks(), languages(), arrays()].concat()
}

fn holder(name: &str, expect: &str, spec: &str, comment: &str, content: &str) -> Case {
    let effect = if expect == "genuine" { REFUSED } else { HIDDEN };
    of(name, expect, spec, comment, effect, attestation().with(3, text(content)))
}

fn lengths() -> Vec<Case> {
    let long = "a field would not fit where it is shown";
    let row = |name: &str, expect: &str, comment: &str, document| {
        of(name, expect, "CLM-5", comment, if expect == "genuine" { REFUSED } else { long }, document)
    };
    let tail = |content: &str| attestation().with(6, array(&[uint(1), text(content)]));
    let mark =
        |content: &str| transcript().with(14, results().with(7, array(&[uint(1), uint(2), text(content)])).encoded());
    vec![
        row("claims_text_1", "genuine", "a holder of one letter", attestation().with(3, text("O"))),
        row("claims_text_0", "breaks-rules", "a holder of no letter", attestation().with(3, text(""))),
        row(
            "claims_text_120",
            "genuine",
            "a holder of 120 letters of two bytes",
            attestation().with(3, text(&"é".repeat(120))),
        ),
        row(
            "claims_text_121",
            "breaks-rules",
            "a holder of 121 letters",
            attestation().with(3, text(&"e".repeat(121))),
        ),
        row(
            "claims_text_120_wide",
            "genuine",
            "a holder of 120 letters beyond U+FFFF",
            attestation().with(3, text(&"\u{10400}".repeat(120))),
        ),
        row(
            "claims_text_121_wide",
            "breaks-rules",
            "a holder of 121 letters beyond U+FFFF",
            attestation().with(3, text(&"\u{10400}".repeat(121))),
        ),
        row(
            "claims_text_120_clusters",
            "breaks-rules",
            "a holder of 61 letters, each with an accent of its own: 122 code points",
            attestation().with(3, text(&"e\u{301}".repeat(61))),
        ),
        row(
            "claims_second_text_empty",
            "breaks-rules",
            "an empty second text",
            attestation().with(2, texts(&["fr", "ar"])).with(3, texts(&["Salma", ""])),
        ),
        row("claims_number_empty", "breaks-rules", "an empty candidate's number", attestation().with(7, text(""))),
        row(
            "claims_number_121",
            "breaks-rules",
            "a candidate's number of 121 digits",
            attestation().with(7, text(&"1".repeat(121))),
        ),
        row("claims_tail_4", "genuine", "a tail of four", tail("9371")),
        row("claims_tail_5", "breaks-rules", "a tail of five", tail("89371")),
        row("claims_tail_0", "breaks-rules", "a tail of none", tail("")),
        row("claims_mark_words_8", "genuine", "a mark in words of eight letters", mark("dispensé")),
        row("claims_mark_words_9", "breaks-rules", "a mark in words of nine letters", mark("dispensée")),
        row("claims_mark_words_0", "breaks-rules", "an empty mark in words", mark("")),
        row("claims_decision_121", "breaks-rules", "a decision of 121 letters", {
            attestation().with(17, array(&[uint(2), uint(2), crate::cbor::bytes(&[1; 8]), text(&"d".repeat(121))]))
        }),
        row(
            "claims_subject_empty",
            "breaks-rules",
            "an empty subject",
            transcript().with(14, results().with(3, texts(&["Mathématiques", "", "Philosophie"])).encoded()),
        ),
        row(
            "claims_code_empty",
            "breaks-rules",
            "an empty subject code",
            transcript().with(14, results().with(4, texts(&["MA", "", "PH"])).encoded()),
        ),
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

/// Each range of the list: its first and its last code point.
fn forbidden() -> Vec<Case> {
    const RANGES: [(u32, u32); 36] = [
        (0x0000, 0x001f),
        (0x007f, 0x009f),
        (0x00ad, 0x00ad),
        (0x034f, 0x034f),
        (0x061c, 0x061c),
        (0x115f, 0x1160),
        (0x17b4, 0x17b5),
        (0x180b, 0x180f),
        (0x200b, 0x200b),
        (0x200e, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x206f),
        (0x3164, 0x3164),
        (0xe000, 0xf8ff),
        (0xfdd0, 0xfdef),
        (0xfe00, 0xfe0f),
        (0xfeff, 0xfeff),
        (0xffa0, 0xffa0),
        (0xfff0, 0xffff),
        (0x1d173, 0x1d17a),
        (0x1fffe, 0x1ffff),
        (0x2fffe, 0x2ffff),
        (0x3fffe, 0x3ffff),
        (0x4fffe, 0x4ffff),
        (0x5fffe, 0x5ffff),
        (0x6fffe, 0x6ffff),
        (0x7fffe, 0x7ffff),
        (0x8fffe, 0x8ffff),
        (0x9fffe, 0x9ffff),
        (0xafffe, 0xaffff),
        (0xbfffe, 0xbffff),
        (0xcfffe, 0xcffff),
        (0xdfffe, 0xdffff),
        (0xe0000, 0xe0fff),
        (0xefffe, 0xeffff),
        (0xf0000, 0x10ffff),
    ];
    let one = |point: u32, comment: &str| {
        let letter = char::from_u32(point).unwrap_or_default();
        holder(
            &format!("claims_forbidden_{point:04x}"),
            "breaks-rules",
            "CLM-6",
            comment,
            &format!("Salma{letter}EL MITALI"),
        )
    };
    let ends = |(first, last): (u32, u32)| match first == last {
        true => vec![one(first, &format!("U+{first:04X} in the holder"))],
        false => vec![
            one(first, &format!("U+{first:04X} in the holder, the first of a forbidden range")),
            one(last, &format!("U+{last:04X} in the holder, the last of a forbidden range")),
        ],
    };
    let mut out: Vec<_> = RANGES.into_iter().flat_map(ends).collect();
    for (point, what) in [
        (0x000a, "a line feed"),
        (0x0009, "a tab"),
        (0x0085, "next line"),
        (0x2029, "a paragraph separator"),
        (0x202b, "an embedding from right to left"),
        (0x2066, "an isolate"),
        (0x180e, "the Mongolian vowel separator"),
        (0xfffc, "an object replacement"),
        (0xfffd, "a replacement character: somebody lost a letter"),
        (0xe0041, "a tag letter"),
        (0x1d175, "a musical control"),
    ] {
        out.push(one(point, &format!("U+{point:04X} in the holder, {what}")));
    }
    out
}

/// The neighbours of the forbidden ranges, many in one document so that acceptances stay few.
fn allowed() -> Vec<Case> {
    let row = |name: &str, comment: &str, points: &[u32]| {
        let letters: String = points.iter().filter_map(|point| char::from_u32(*point)).collect();
        holder(name, "genuine", "CLM-6", comment, &format!("A{letters}Z"))
    };
    vec![
        row(
            "claims_allowed_low",
            "the neighbours of the forbidden ranges below U+2000",
            &[
                0x20, 0x7e, 0xa0, 0xac, 0xae, 0x34e, 0x41, 0x350, 0x61b, 0x41, 0x61d, 0x115e, 0x1161, 0x17b3, 0x17b6,
                0x180a, 0x1810,
            ],
        ),
        row(
            "claims_allowed_high",
            "the neighbours of the forbidden ranges from U+2000",
            &[
                0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070, 0x3163, 0x3165, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfdff,
                0xfe10, 0xfefe, 0xff00, 0xff9f, 0xffa1, 0xffef, 0x10000, 0x1d172, 0x1d17b, 0x1fffd, 0x20000, 0x2fffd,
                0x30000, 0xdfffd, 0xe1000, 0xefffd,
            ],
        ),
        row(
            "claims_allowed_unassigned",
            "code points that Unicode has not assigned yet",
            &[0x378, 0x1fa7d + 0x1000, 0x323b0, 0x40000],
        ),
        holder("claims_allowed_emoji", "genuine", "CLM-6", "an emoji is no forbidden code point", "Salma \u{1f393}"),
    ]
}

/// U+200C and U+200D directly after a letter in U+0600-0DFF, and nowhere else.
fn joiners() -> Vec<Case> {
    let row = |name: &str, expect: &str, comment: &str, content: &str| holder(name, expect, "CLM-6", comment, content);
    vec![
        row("claims_zwnj_persian", "genuine", "U+200C after a Persian letter", "می\u{200c}خواهم"),
        row("claims_zwj_sinhala", "genuine", "U+200D after a Sinhala sign (virama, U+0DCA)", "ශ්\u{200d}රී"),
        row("claims_zwnj_at_end", "genuine", "U+200C behind the last letter", "می\u{200c}"),
        row("claims_zwnj_after_0600", "genuine", "U+200C after U+0600, the first of the range", "\u{600}\u{200c}ب"),
        row("claims_zwj_after_0dff", "genuine", "U+200D after U+0DFF, the last of the range", "\u{dff}\u{200d}ب"),
        row("claims_zwnj_after_05ff", "breaks-rules", "U+200C after U+05FF, before the range", "\u{5ff}\u{200c}ب"),
        row("claims_zwj_after_0e00", "breaks-rules", "U+200D after U+0E00, behind the range", "\u{e00}\u{200d}ب"),
        row("claims_zwnj_latin", "breaks-rules", "U+200C after a Latin letter", "Sal\u{200c}ma"),
        row("claims_zwj_latin", "breaks-rules", "U+200D after a Latin letter", "Sal\u{200d}ma"),
        row("claims_zwnj_first", "breaks-rules", "U+200C before the first letter", "\u{200c}می"),
        row(
            "claims_zwnj_after_blank",
            "breaks-rules",
            "U+200C after a blank between Persian letters",
            "می \u{200c}خواهم",
        ),
        row("claims_zwnj_twice", "breaks-rules", "U+200C twice after a Persian letter", "می\u{200c}\u{200c}خواهم"),
        row(
            "claims_zwj_after_zwnj",
            "breaks-rules",
            "U+200D after U+200C after a Persian letter",
            "می\u{200c}\u{200d}خواهم",
        ),
        row("claims_zwj_emoji", "breaks-rules", "U+200D between two emoji", "\u{1f469}\u{200d}\u{1f393}"),
    ]
}

fn marks() -> Vec<Case> {
    const RANGES: [(u32, u32); 14] = [
        (0x0300, 0x036f),
        (0x0483, 0x0489),
        (0x0591, 0x05bd),
        (0x0610, 0x061a),
        (0x064b, 0x065f),
        (0x0670, 0x0670),
        (0x06d6, 0x06dc),
        (0x06df, 0x06e4),
        (0x06e7, 0x06e8),
        (0x06ea, 0x06ed),
        (0x1ab0, 0x1aff),
        (0x1dc0, 0x1dff),
        (0x20d0, 0x20ff),
        (0xfe20, 0xfe2f),
    ];
    let row = |name: &str, expect: &str, comment: &str, content: &str| holder(name, expect, "CLM-6", comment, content);
    let mut out = vec![
        row("claims_marks_3", "genuine", "three combining marks in a row", "Sa\u{301}\u{302}\u{303}lma"),
        row("claims_marks_4", "breaks-rules", "four combining marks in a row", "Sa\u{301}\u{302}\u{303}\u{304}lma"),
        row("claims_marks_arabic_3", "genuine", "three Arabic marks in a row", "سَ\u{651}\u{670}لمى"),
        row("claims_marks_arabic_4", "breaks-rules", "four Arabic marks in a row", "سَ\u{651}\u{670}\u{64d}لمى"),
        row(
            "claims_marks_mixed_4",
            "breaks-rules",
            "four marks in a row from four ranges",
            "Sa\u{301}\u{64b}\u{1ab0}\u{20d0}lma",
        ),
        row(
            "claims_marks_at_start_4",
            "breaks-rules",
            "four combining marks before the first letter",
            "\u{301}\u{301}\u{301}\u{301}Salma",
        ),
        row(
            "claims_marks_apart",
            "genuine",
            "three marks on each of two letters",
            "Sa\u{301}\u{302}\u{303}l\u{301}\u{302}\u{303}ma",
        ),
        row(
            "claims_marks_not_listed",
            "genuine",
            "four of U+093C, U+0E31, U+3099 and U+06E5: marks or letters that are not on the list",
            "A\u{93c}\u{e31}\u{3099}\u{6e5}",
        ),
    ];
    for (first, last) in RANGES {
        let (first_mark, last_mark) =
            (char::from_u32(first).unwrap_or_default(), char::from_u32(last).unwrap_or_default());
        let content = format!("Sa{first_mark}{first_mark}{last_mark}{last_mark}lma");
        out.push(row(
            &format!("claims_marks_{first:04x}"),
            "breaks-rules",
            &format!("two of U+{first:04X} and two of U+{last:04X} in a row"),
            &content,
        ));
    }
    out
}

fn languages() -> Vec<Case> {
    let row = |name: &str, expect: &str, spec: &str, comment: &str, languages: &[&str]| {
        let effect = if expect == "genuine" { REFUSED } else { "a reader would take one language for another" };
        of(name, expect, spec, comment, effect, attestation().with(2, texts(languages)))
    };
    vec![
        row("claims_language_8", "genuine", "CLM-5, CLM-7", "a language of eight", &["zgh-tfng"]),
        row("claims_language_9", "breaks-rules", "CLM-5", "a language of nine", &["zgh-tfngx"]),
        row("claims_language_1", "breaks-rules", "CLM-5", "a language of one letter", &["f"]),
        row("claims_language_upper", "breaks-rules", "CLM-7", "a language in upper case", &["FR"]),
        row("claims_language_digit", "breaks-rules", "CLM-7", "a digit in a language", &["es-419"]),
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
    ]
}

fn arrays() -> Vec<Case> {
    let row = |name: &str, comment: &str, languages: &[&str], names: &[&str]| {
        let document = attestation().with(2, texts(languages)).with(3, texts(names));
        of(name, "breaks-rules", "CLM-12", comment, "a text would be shown under the wrong language", document)
    };
    let title = attestation().with(2, texts(&["fr", "ar"])).with(8, texts(&["a", "b", "c"]));
    let subjects = results().with(3, array(&[texts(&["a", "b"]), texts(&["a", "b", "c"]), text("c")]));
    vec![
        row("claims_words_2_of_3", "two texts for three languages", &["fr", "ar", "en"], &["Salma", "سلمى"]),
        row("claims_words_3_of_2", "three texts for two languages", &["fr", "ar"], &["Salma", "سلمى", "Salma"]),
        row("claims_words_2_of_1", "two texts for one language", &["fr"], &["Salma", "سلمى"]),
        row("claims_words_1_of_1", "an array of one text", &["fr"], &["Salma"]),
        row("claims_words_4", "four texts", &["fr", "ar", "en"], &["a", "b", "c", "d"]),
        of(
            "claims_words_none",
            "breaks-rules",
            "CLM-12, CLM-4",
            "an empty array as title",
            "a text would be missing",
            attestation().with(8, uints(&[])),
        ),
        of(
            "claims_words_title",
            "breaks-rules",
            "CLM-12",
            "three texts as title for two languages",
            "a text would be shown under the wrong language",
            title,
        ),
        of(
            "claims_words_subject",
            "breaks-rules",
            "CLM-12",
            "three texts as a subject for two languages",
            "a text would be shown under the wrong language",
            transcript().with(2, texts(&["fr", "ar"])).with(14, subjects.encoded()),
        ),
        of(
            "claims_words_one_text",
            "genuine",
            "CLM-12",
            "one text each for two languages: the same in both",
            REFUSED,
            attestation().with(2, texts(&["fr", "ar"])),
        ),
    ]
}
