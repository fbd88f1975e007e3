//! Accents broken by two conversions: UTF-8 that was read as Windows-1252 and written again.

use super::encoding::windows_byte;

/// What the text probably was, if it shows the pattern; what cannot be known again reads `?`.
pub(super) fn mended(text: &str) -> Option<String> {
    if !may_be_broken(text) {
        return None;
    }
    let characters: Vec<char> = text.chars().collect();
    let mut mended = String::with_capacity(text.len());
    let mut found = false;
    let mut at = 0;
    while at < characters.len() {
        let (original, length) = broken(&characters[at..]).inspect(|_| found = true).unwrap_or((characters[at], 1));
        mended.push(original);
        at += length;
    }
    found.then_some(mended)
}

/// Whether a first byte's character stands before one that may be a later byte's: rare, and quickly seen.
fn may_be_broken(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|character| {
        let is_lead = ('Â'..='ô').contains(&std::mem::replace(&mut before, character));
        is_lead && (!character.is_ascii() || character == '?')
    })
}

/// The character that the first ones of `rest` once were, and how many they are now.
fn broken(rest: &[char]) -> Option<(char, usize)> {
    let lead = windows_byte(rest[0])?;
    match lead {
        0xC2 | 0xC3 if rest.get(1).is_some_and(|next| LOST.contains(next)) => Some(('?', 2)),
        0xE2 if rest.get(1) == Some(&'€') && rest.get(2).is_some_and(|next| LOST.contains(next)) => Some(('?', 3)),
        0xC2..=0xC6 | 0xC9 | 0xCC..=0xD1 | 0xD8..=0xDB => whole(rest, 2),
        0xE0..=0xEF => whole(rest, 3),
        0xF0..=0xF4 => whole(rest, 4),
        _ => None,
    }
}

fn whole(rest: &[char], length: usize) -> Option<(char, usize)> {
    let sign_is_usual = rest.get(1).is_some_and(|next| USUAL_AFTER_LETTERS.contains(next));
    if length == 2 && sign_is_usual && !matches!(rest[0], 'Â' | 'Ã') {
        return None;
    }
    let bytes: Vec<u8> = rest.get(..length)?.iter().map(|&character| windows_byte(character)).collect::<Option<_>>()?;
    let original = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((original, length))
}

/// What a second conversion leaves of a byte that has no character.
const LOST: [char; 2] = ['?', '\u{FFFD}'];
/// Signs that also stand after an accented capital in sound texts.
const USUAL_AFTER_LETTERS: [char; 8] = ['’', '‘', '–', '—', '·', '\u{A0}', 'ª', 'º'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_names_that_were_converted_twice() {
        for (broken, original) in [
            ("KÃ‰RÃ‰KOU", "KÉRÉKOU"),
            ("AÃ\u{8f}T OUFKIR", "AÏT OUFKIR"),
            ("HOUNKPÃ?", "HOUNKP?"),
            ("Nâ€™TCHA", "N’TCHA"),
            ("Nâ€?TCHA", "N?TCHA"),
            ("Ø§Ù„Ø¹Ù„Ù…ÙŠ", "العلمي"),
            ("FranÃ§ois", "François"),
            ("Â«Â", "«Â"),
        ] {
            assert_eq!(mended(broken).as_deref(), Some(original), "{broken}");
        }
    }

    #[test]
    fn leaves_sound_names_alone() {
        for name in [
            "KÉRÉKOU",
            "JOÃO DA CONCEIÇÃO",
            "N’TCHA",
            "NOÉ’S",
            "ANDRÉ–MARIE",
            "العلمي",
            "Âu Cơ",
            "GBÈDOLÉ",
            "Ɖɔsu",
            "ÑANDÚ",
        ] {
            assert_eq!(mended(name), None, "{name}");
        }
    }
}
