//! Letters that look like those of another alphabet: SPEC ISS-4.

/// The first letter that does not belong to its word's alphabet, and the word.
pub(super) fn odd_letter(text: &str) -> Option<(&str, char)> {
    if text.is_ascii() {
        return None;
    }
    text.split_whitespace().find_map(|word| Some((word, odd_letter_of_word(word)?)))
}

fn odd_letter_of_word(word: &str) -> Option<char> {
    if let Some(styled) = word.chars().find(|&character| alphabet(character) == Some(Alphabet::Styled)) {
        return Some(styled);
    }
    let letters = || word.chars().filter_map(|character| Some((character, alphabet(character)?)));
    let first = letters().next()?.1;
    let other = letters().find(|&(_, of)| of != first)?;
    let of_first = letters().filter(|&(_, of)| of == first).count();
    let of_other = letters().filter(|&(_, of)| of == other.1).count();
    // the odd one is of the alphabet with fewer letters
    if of_first < of_other { letters().next().map(|(character, _)| character) } else { Some(other.0) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Cherokee,
    Coptic,
    Lisu,
    /// Full-width and mathematical letters: never in a name.
    Styled,
}

fn alphabet(character: char) -> Option<Alphabet> {
    if character.is_ascii() {
        return character.is_ascii_alphabetic().then_some(Alphabet::Latin);
    }
    match u32::from(character) {
        0xD7 | 0xF7 => None,
        0xC0..=0x2AF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA722..=0xA7FF | 0xFB00..=0xFB06 => Some(Alphabet::Latin),
        0x370..=0x3E1 | 0x3F0..=0x3FF | 0x1F00..=0x1FFF => Some(Alphabet::Greek),
        0x400..=0x52F | 0x1C80..=0x1C8F | 0xA640..=0xA69F => Some(Alphabet::Cyrillic),
        0x531..=0x587 | 0xFB13..=0xFB17 => Some(Alphabet::Armenian),
        0x5D0..=0x5F2 | 0xFB1D..=0xFB4F => Some(Alphabet::Hebrew),
        0x620..=0x64A | 0x66E..=0x6D3 | 0x750..=0x77F | 0x8A0..=0x8C9 | 0xFB50..=0xFDC7 | 0xFE70..=0xFEFC => {
            Some(Alphabet::Arabic)
        }
        0x13A0..=0x13FF | 0xAB70..=0xABBF => Some(Alphabet::Cherokee),
        0x3E2..=0x3EF | 0x2C80..=0x2CFF => Some(Alphabet::Coptic),
        0xA4D0..=0xA4FF => Some(Alphabet::Lisu),
        0xFF01..=0xFF5E | 0x1D400..=0x1D7FF | 0x2100..=0x214F | 0x24B6..=0x24E9 => Some(Alphabet::Styled),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_letter_of_another_alphabet() {
        for (text, odd) in [
            ("S\u{410}INT-FLEUR", '\u{410}'),
            ("Koffi \u{391}DJOVI", '\u{391}'),
            ("МАRIЯ", 'R'),
            ("ＡDJOVI", 'Ａ'),
            ("𝐀", '𝐀'),
        ] {
            assert_eq!(odd_letter(text).map(|(_, odd)| odd), Some(odd), "{text}");
        }
    }

    #[test]
    fn takes_names_in_one_alphabet_per_word() {
        for text in [
            "François-Xavier N’TCHA",
            "فاطمة الزهراء",
            "Sɛna Ɖɔsu",
            "محمد Mohammed",
            "Nguyễn Thị Ánh",
            "Żółć",
            "Ørsted 2",
        ] {
            assert_eq!(odd_letter(text), None, "{text}");
        }
    }
}
