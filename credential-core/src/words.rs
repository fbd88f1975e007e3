//! Texts of a document: SPEC section 6, rules CLM-5 to CLM-7 and CLM-12.

use core::fmt;

/// Why a text may not stand in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// No code point at all.
    #[error("the text is empty")]
    Empty,
    /// More code points than the field takes.
    #[error("the text has {found} characters, at most {most} are allowed")]
    TooLong {
        /// Code points found.
        found: usize,
        /// Code points allowed.
        most: usize,
    },
    /// A space at the start or the end.
    #[error("the text starts or ends with a space")]
    EdgeSpace,
    /// A code point of the frozen list, or a joiner out of place.
    #[error("the text holds the forbidden character U+{code_point:04X} at position {position}")]
    Forbidden {
        /// The code point.
        code_point: u32,
        /// Its position in code points, from 1.
        position: usize,
    },
    /// More than three combining marks in a row.
    #[error("the text holds more than {MARKS_IN_A_ROW} combining marks in a row at position {position}")]
    CombiningMarks {
        /// The position of the fourth mark in code points, from 1.
        position: usize,
    },
}

/// Checks a text against the rules of every text in a document: length, edges, forbidden code points, combining marks.
pub fn check_text(text: &str) -> Result<(), TextFault> {
    check_text_up_to(text, MOST_CODE_POINTS)
}

pub(crate) fn check_text_up_to(text: &str, most: usize) -> Result<(), TextFault> {
    let mut before = '\0';
    let mut marks = 0;
    let mut count = 0;
    for code_point in text.chars() {
        count += 1;
        if is_plain(code_point) {
            (before, marks) = (code_point, 0);
            continue;
        }
        if is_out_of_place(code_point, before) || is_forbidden(code_point) {
            return Err(TextFault::Forbidden { code_point: code_point.into(), position: count });
        }
        marks = if is_combining(code_point) { marks + 1 } else { 0 };
        if marks > MARKS_IN_A_ROW {
            return Err(TextFault::CombiningMarks { position: count });
        }
        before = code_point;
    }
    if count == 0 {
        return Err(TextFault::Empty);
    }
    if count > most {
        return Err(TextFault::TooLong { found: count, most });
    }
    if text.starts_with(EDGE) || text.ends_with(EDGE) {
        return Err(TextFault::EdgeSpace);
    }
    Ok(())
}

/// A text that has passed [`check_text`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text(String);

impl Text {
    /// Takes a text of 1 to 240 code points.
    pub fn new(text: impl Into<String>) -> Result<Self, TextFault> {
        Self::up_to(text, MOST_CODE_POINTS)
    }

    pub(crate) fn up_to(text: impl Into<String>, most: usize) -> Result<Self, TextFault> {
        let text = text.into();
        check_text_up_to(&text, most)?;
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A language tag of 2 to 12 characters, `a` to `z`, `0` to `9` and `-` (BCP 47 in lower case).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(String);

impl Language {
    /// Takes a tag such as `fr` or `zh-hans`; `None` if it is not one.
    pub fn new(tag: impl Into<String>) -> Option<Self> {
        let tag = tag.into();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        ((2..=12).contains(&tag.len()) && tag.bytes().all(plain)).then_some(Self(tag))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one line of the paper says: one text for all languages, or one per language in the document's order, with
/// holes where the paper prints nothing in a language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words(Texts);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Texts {
    One(Option<Text>),
    Several(Vec<Option<Text>>),
}

impl Words {
    /// The same text in every language.
    pub fn one(text: impl Into<String>) -> Result<Self, TextFault> {
        Ok(Text::new(text)?.into())
    }

    /// One text per language, `None` where nothing is printed; `None` unless there are one to four, with one text at least.
    pub fn per_language(mut texts: Vec<Option<Text>>) -> Option<Self> {
        texts.iter().any(Option::is_some).then_some(())?;
        match texts.len() {
            1 => texts.pop().flatten().map(Self::from),
            2..=MOST_LANGUAGES => Some(Self(Texts::Several(texts))),
            _ => None,
        }
    }

    /// The first text that is printed.
    pub fn first(&self) -> &str {
        self.texts().iter().flatten().next().map_or("", Text::as_str)
    }

    /// The texts: one, or as many as the document has languages, `None` where nothing is printed.
    pub fn texts(&self) -> &[Option<Text>] {
        match &self.0 {
            Texts::One(text) => core::slice::from_ref(text),
            Texts::Several(texts) => texts,
        }
    }

    /// Whether it is one text for all, or has as many entries as the document has languages (CLM-12).
    pub(crate) fn fit(&self, languages: usize) -> bool {
        [1, languages].contains(&self.texts().len())
    }
}

/// The same text in every language.
impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self(Texts::One(Some(text)))
    }
}

/// A joiner that does not follow a letter of a script that needs it, or a Mongolian variation selector elsewhere.
fn is_out_of_place(code_point: char, before: char) -> bool {
    match code_point {
        '\u{200C}' | '\u{200D}' => !('\u{600}'..='\u{DFF}').contains(&before),
        '\u{180B}'..='\u{180E}' => !('\u{1820}'..='\u{18AA}').contains(&before),
        _ => false,
    }
}

/// Latin and Arabic letters, digits and signs that no rule below speaks of: most of every text.
fn is_plain(code_point: char) -> bool {
    matches!(code_point, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{620}'..='\u{64A}')
}

/// Frozen for ever: the list of SPEC section 6.
fn is_forbidden(code_point: char) -> bool {
    let last_two_of_a_plane = u32::from(code_point) & 0xFFFE == 0xFFFE;
    last_two_of_a_plane
        || matches!(
            u32::from(code_point),
            0x0000..=0x001F
                | 0x007F..=0x009F
                | 0x00AD
                | 0x034F
                | 0x061C
                | 0x115F..=0x1160
                | 0x17B4..=0x17B5
                | 0x180F
                | 0x200B
                | 0x200E..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0x3164
                | 0xE000..=0xF8FF
                | 0xFDD0..=0xFDEF
                | 0xFE00..=0xFE0F
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFF
                | 0x1D173..=0x1D17A
                | 0xE0000..=0xE0FFF
                | 0xF0000..=0x10FFFF
        )
}

/// Frozen for ever: the combining marks of CLM-6.
fn is_combining(code_point: char) -> bool {
    matches!(
        u32::from(code_point),
        0x0300..=0x036F
            | 0x0483..=0x0489
            | 0x0591..=0x05BD
            | 0x0610..=0x061A
            | 0x064B..=0x065F
            | 0x0670
            | 0x06D6..=0x06DC
            | 0x06DF..=0x06E4
            | 0x06E7..=0x06E8
            | 0x06EA..=0x06ED
            | 0x1AB0..=0x1AFF
            | 0x1DC0..=0x1DFF
            | 0x20D0..=0x20FF
            | 0xFE20..=0xFE2F
    )
}

const EDGE: [char; 2] = ['\u{20}', '\u{A0}'];
const MARKS_IN_A_ROW: usize = 3;
/// Code points of a text (CLM-5).
pub(crate) const MOST_CODE_POINTS: usize = 240;
/// Languages of a document (SPEC section 6, label 2).
pub(crate) const MOST_LANGUAGES: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_names_as_people_bear_them() {
        for name in ["N’TCHA", "Éloïse D’ALMEIDA", "فاطمة الزهراء العلمي", "می\u{200C}خواهم", "François-Xavier"]
        {
            assert_eq!(check_text(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn refuses_each_kind_of_hidden_character() {
        for (name, position) in
            [("a\u{202E}b", 2), ("\u{200B}a", 1), ("ab\u{7}", 3), ("a\u{200D}", 2), ("\u{3FFFE}", 1)]
        {
            let found = name.chars().nth(position - 1).map(u32::from).unwrap();
            assert_eq!(check_text(name), Err(TextFault::Forbidden { code_point: found, position }), "{name:?}");
        }
    }

    #[test]
    fn mongolian_selectors_stand_behind_mongolian_letters_only() {
        assert_eq!(check_text("\u{1820}\u{180B}\u{18AA}\u{180E}"), Ok(()));
        for text in ["\u{180B}\u{1820}", "\u{1820}\u{180B}\u{180B}", "\u{181F}\u{180D}", "\u{1820}\u{180F}"] {
            assert!(matches!(check_text(text), Err(TextFault::Forbidden { .. })), "{text:?}");
        }
    }

    #[test]
    fn words_may_have_holes_but_not_only_holes() {
        let text = |text: &str| Some(Text::new(text).unwrap());
        let words = Words::per_language(vec![None, text("سلمى"), None, text("Salma")]).unwrap();
        assert_eq!(words.first(), "سلمى");
        assert_eq!((words.texts().len(), words.fit(4), words.fit(3)), (4, true, false));
        assert_eq!(Words::per_language(vec![None, None]), None);
        assert_eq!(Words::per_language(vec![None]), None);
        assert_eq!(Words::per_language(vec![text("a"); 5]), None);
        assert_eq!(Words::per_language(vec![text("a")]), Words::one("a").ok());
    }

    #[test]
    fn takes_three_combining_marks_and_refuses_four() {
        assert_eq!(check_text("e\u{301}\u{302}\u{303}"), Ok(()));
        assert_eq!(check_text("e\u{301}\u{302}\u{303}\u{304}"), Err(TextFault::CombiningMarks { position: 5 }));
    }

    #[test]
    fn what_is_plain_is_neither_forbidden_nor_a_mark_nor_a_joiner() {
        let plain = ('\0'..=char::MAX).filter(|&code_point| is_plain(code_point));
        assert_eq!(
            plain
                .clone()
                .filter(|&c| is_forbidden(c) || is_combining(c) || ('\u{200C}'..='\u{200D}').contains(&c))
                .count(),
            0
        );
        assert_eq!(plain.count(), 95 + 13 + 594 + 43);
    }

    #[test]
    fn counts_code_points_not_bytes() {
        assert_eq!(check_text(&"é".repeat(240)), Ok(()));
        assert_eq!(check_text(&"é".repeat(241)), Err(TextFault::TooLong { found: 241, most: 240 }));
    }

    #[test]
    fn refuses_empty_and_spaces_at_the_edges() {
        assert_eq!(check_text(""), Err(TextFault::Empty));
        for text in [" a", "a ", "\u{A0}a", "a\u{A0}"] {
            assert_eq!(check_text(text), Err(TextFault::EdgeSpace), "{text:?}");
        }
    }
}
