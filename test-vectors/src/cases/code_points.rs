//! Forbidden code points, joiners and combining marks (SPEC section 6, CLM-6).

use super::words::holder;
use crate::case::Case;

/// The cases of this area.
pub fn cases() -> Vec<Case> {
    [forbidden(), allowed(), joiners(), mongolian(), marks()].concat()
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
        (0x180f, 0x180f),
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

/// Mongolian variation selectors directly after a letter in U+1820-18AA, and nowhere else.
fn mongolian() -> Vec<Case> {
    let row = |name: &str, expect: &str, comment: &str, content: &str| holder(name, expect, "CLM-6", comment, content);
    let mut out = vec![
        row(
            "claims_mongolian_first",
            "genuine",
            "U+180B after U+1820, the first letter of the range",
            "\u{1820}\u{180b}\u{1821}",
        ),
        row(
            "claims_mongolian_last",
            "genuine",
            "U+180D after U+18AA, the last letter of the range",
            "\u{18aa}\u{180d}",
        ),
        row("claims_mongolian_separator", "genuine", "U+180E after a Mongolian letter", "\u{1828}\u{180e}\u{1820}"),
        row(
            "claims_mongolian_181f",
            "breaks-rules",
            "U+180B after U+181F, before the range",
            "\u{181f}\u{180b}\u{1821}",
        ),
        row(
            "claims_mongolian_18ab",
            "breaks-rules",
            "U+180B after U+18AB, behind the range",
            "\u{18ab}\u{180b}\u{1821}",
        ),
        row("claims_mongolian_at_start", "breaks-rules", "U+180B before the first letter", "\u{180b}\u{1820}"),
        row("claims_mongolian_after_blank", "breaks-rules", "U+180E after a blank", "\u{1820} \u{180e}\u{1820}"),
        row("claims_mongolian_latin", "breaks-rules", "U+180C after a Latin letter", "Sal\u{180c}ma"),
        row("claims_mongolian_arabic", "breaks-rules", "U+180B after an Arabic letter", "\u{633}\u{180b}"),
        row(
            "claims_mongolian_twice",
            "breaks-rules",
            "U+180B twice after a Mongolian letter",
            "\u{1820}\u{180b}\u{180b}",
        ),
        row("claims_mongolian_180f", "breaks-rules", "U+180F after a Mongolian letter", "\u{1820}\u{180f}"),
        row(
            "claims_mongolian_joiner",
            "breaks-rules",
            "U+200D after a Mongolian letter: joiners are for other ranges",
            "\u{1820}\u{200d}",
        ),
        row("claims_mongolian_digit", "breaks-rules", "U+180B after U+1810, a Mongolian digit", "\u{1810}\u{180b}"),
    ];
    for point in ["180b", "180c", "180d", "180e"] {
        let letter = u32::from_str_radix(point, 16).ok().and_then(char::from_u32).unwrap_or_default();
        out.push(row(
            &format!("claims_mongolian_{point}_alone"),
            "breaks-rules",
            &format!("U+{} after a Latin letter", point.to_uppercase()),
            &format!("Salma{letter}EL MITALI"),
        ));
    }
    out
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
