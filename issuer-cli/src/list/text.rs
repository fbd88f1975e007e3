//! What a cell of text may hold: damage, formulas, hidden characters, alphabets, spaces, composition.

use std::borrow::Cow;

use credential_core::document::{TextFault, check_text};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::encoding::{BadByte, decode};
use super::fault::{FaultKind, shown};
use super::{alphabet, mojibake};
use crate::profile::ListFormat;

/// A cell's text, trimmed and composed, with what was put right.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clean<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) notes: Vec<Problem>,
}

/// A fault without its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) kind: FaultKind,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

/// Reads a cell of text; an empty cell gives an empty text.
pub(super) fn read<'a>(cell: &'a [u8], format: &ListFormat) -> Result<Clean<'a>, Problem> {
    if let Some(text) = plain(cell) {
        return Ok(Clean { text: text.into(), notes: Vec::new() });
    }
    let (text, bad) = decode(cell, format.encoding);
    check_damage(&text, bad, format)?;
    check_formula(&text)?;
    let (text, notes) = tidy(text);
    if text.is_empty() {
        return Ok(Clean { text, notes: Vec::new() });
    }
    check_joiners(&text, format)?;
    check_text(&text).map_err(|fault| forbidden(&text, fault))?;
    check_alphabets(&text)?;
    Ok(Clean { text, notes })
}

/// The text in composed form (NFC).
pub(crate) fn nfc_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

/// The text without superfluous spaces.
pub(super) fn single_spaced(text: &str) -> Cow<'_, str> {
    let superfluous = |text: &str| {
        let mut before = ' ';
        text.chars().any(|c| (is_space(std::mem::replace(&mut before, c)) && is_space(c)) || (is_space(c) && c != ' '))
            || is_space(before)
    };
    if text.is_empty() || !superfluous(text) {
        return text.into();
    }
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into()
}

/// Short ASCII text that begins with a letter or digit and has nothing to look at, which most cells are.
fn plain(cell: &[u8]) -> Option<&str> {
    let edges = cell.first()?.is_ascii_alphanumeric() && cell.last() != Some(&b' ');
    let is_plain = |&byte: &u8| matches!(byte, b' '..=b'~') && byte != b'?';
    let spaces = || cell.windows(2).any(|pair| pair == b"  ");
    let plain = edges && cell.len() <= PLAIN_BYTES && cell.iter().all(is_plain) && !spaces();
    std::str::from_utf8(cell).ok().filter(|_| plain)
}

fn check_damage(text: &str, bad: Option<BadByte>, format: &ListFormat) -> Result<(), Problem> {
    if let Some(mended) = mojibake::mended(text) {
        let message = format!(
            "{} is probably {} with accents broken by two conversions; export the list again from its source",
            shown(text),
            shown(&mended)
        );
        return Err(Problem::new(FaultKind::Mojibake, message));
    }
    if let Some(BadByte { byte, at }) = bad {
        let message = format!(
            "{} holds the byte 0x{byte:02X} at place {at} of the cell, which is no character of {}; write the cell anew",
            shown(text),
            format.encoding.name()
        );
        return Err(Problem::new(FaultKind::BadEncoding, message));
    }
    if lost_accent(text) {
        let message = format!("{} has a question mark where a letter was lost; write the cell anew", shown(text));
        return Err(Problem::new(FaultKind::LostAccent, message));
    }
    Ok(())
}

fn lost_accent(text: &str) -> bool {
    if !text.contains(['?', '\u{FFFD}']) {
        return false;
    }
    let mut before = ' ';
    let mut after_mark = false;
    for character in text.chars() {
        let letter = character.is_alphabetic();
        if character == '\u{FFFD}' || (character == '?' && before.is_alphabetic()) || (after_mark && letter) {
            return true;
        }
        after_mark = character == '?';
        before = character;
    }
    false
}

// B9: what a spreadsheet would run, also behind a quotation mark
fn check_formula(text: &str) -> Result<(), Problem> {
    let start = text.trim_start_matches([' ', '\u{A0}', '"', '\'']);
    if !text.starts_with(['\t', '\r']) && !start.starts_with(['=', '+', '-', '@']) {
        return Ok(());
    }
    let message = format!("{} would run as a formula in a spreadsheet; write what is meant as plain text", shown(text));
    Err(Problem::new(FaultKind::Formula, message))
}

fn tidy(text: Cow<'_, str>) -> (Cow<'_, str>, Vec<Problem>) {
    let mut notes = Vec::new();
    let text = match single_spaced(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(single) => {
            notes.push(Problem::new(
                FaultKind::Spaces,
                format!("{} has superfluous spaces; read as {}", shown(&text), shown(&single)),
            ));
            single.into()
        }
    };
    match nfc_text(&text) {
        Cow::Borrowed(_) => (text, notes),
        Cow::Owned(composed) => {
            let message = format!("{} has letters and accents apart; read in composed form (NFC)", shown(&composed));
            notes.push(Problem::new(FaultKind::NotNfc, message));
            (composed.into(), notes)
        }
    }
}

fn check_joiners(text: &str, format: &ListFormat) -> Result<(), Problem> {
    match text.chars().find(|character| matches!(character, '\u{200C}' | '\u{200D}')) {
        Some(joiner) if !format.joiners => {
            let message = format!(
                "{} holds the invisible joiner U+{:04X}; take it out, or write joiners = true under [list] if the script needs it",
                shown(text),
                u32::from(joiner)
            );
            Err(Problem::new(FaultKind::ZeroWidthJoiner, message))
        }
        _ => Ok(()),
    }
}

fn forbidden(text: &str, fault: TextFault) -> Problem {
    let kind = match fault {
        TextFault::Forbidden { code_point, .. } => match code_point {
            0x202A..=0x202E | 0x2066..=0x2069 | 0x200E | 0x200F | 0x61C => FaultKind::BidiControl,
            0..=0x1F | 0x7F..=0x9F => FaultKind::ControlCharacter,
            0x200C | 0x200D => FaultKind::ZeroWidthJoiner,
            _ => FaultKind::HiddenCharacter,
        },
        TextFault::CombiningMarks { .. } => FaultKind::CombiningMarks,
        TextFault::TooLong { .. } => FaultKind::TooLong,
        TextFault::Empty => FaultKind::MissingValue,
        TextFault::EdgeSpace => FaultKind::Spaces,
    };
    Problem::new(kind, format!("{}: {fault}; write the cell anew", shown(text)))
}

fn check_alphabets(text: &str) -> Result<(), Problem> {
    let Some((word, odd)) = alphabet::odd_letter(text) else { return Ok(()) };
    let message = format!(
        "the word {} mixes alphabets: {} is U+{:04X}; write the word anew",
        shown(word),
        shown(&odd.to_string()),
        u32::from(odd)
    );
    Err(Problem::new(FaultKind::LookalikeLetter, message))
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Bytes up to which a plain cell needs no count of its characters.
const PLAIN_BYTES: usize = 240;

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
