//! Strangers' texts on a terminal: nothing in them can move the cursor, turn the line round or hide.

use credential_core::document::{TextFault, check_text};

/// The text with every character escaped that SPEC section 6 forbids: controls, direction marks, what has no shape.
pub(crate) fn escaped(text: &str) -> String {
    if check_text(text).is_ok() {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_forbidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A text for the middle of a line: as [`escaped`], and inside an isolate if it is written from right to left.
pub(crate) fn isolated(text: &str) -> String {
    let text = escaped(text);
    if text.chars().any(runs_leftward) { format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}") } else { text }
}

/// Whether a character must not reach a terminal; a printable one may be a forbidden text only for standing alone.
pub(crate) fn is_forbidden(character: char) -> bool {
    if matches!(character, ' '..='~') {
        return false;
    }
    let mut buffer = [0; 4];
    matches!(check_text(character.encode_utf8(&mut buffer)), Err(TextFault::Forbidden { .. }))
}

/// Blocks of Hebrew, Arabic and the other scripts that run from right to left.
fn runs_leftward(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_and_no_direction_mark_comes_through() {
        for hostile in
            ["a\u{1b}[31mb", "a\r\nb", "a\u{9b}2Jb", "a\u{202e}b", "a\u{2066}b", "a\u{7f}b", "\u{e0041}", "\u{feff}"]
        {
            let shown = escaped(hostile);
            assert!(shown.contains("\\u{") && !shown.chars().any(is_forbidden), "{shown}");
        }
    }

    #[test]
    fn names_are_left_as_they_are() {
        for name in ["Salma EL IDRISSI", "Aïcha N'Diaye", "سلمى الإدريسي", " spaces ", "می\u{200c}خواهم"]
        {
            assert_eq!(escaped(name), name);
        }
        assert_eq!(isolated("سلمى"), "\u{2068}سلمى\u{2069}");
        assert_eq!(isolated("Salma"), "Salma");
    }
}
