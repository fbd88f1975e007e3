//! From bytes to characters. The only user of encoding_rs.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

use crate::profile::Encoding;

/// A byte that is no character of the encoding, and its place in the cell, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadByte {
    pub(super) byte: u8,
    pub(super) at: usize,
}

/// The characters of a cell, and the first byte that is none.
pub(super) fn decode(cell: &[u8], encoding: Encoding) -> (Cow<'_, str>, Option<BadByte>) {
    match encoding {
        Encoding::Utf8 => decode_utf8(cell),
        Encoding::Windows1252 => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(cell);
            (text, first(cell, |byte| UNDEFINED.contains(&byte)))
        }
    }
}

/// The byte that Windows-1252 has for a character, or Latin-1 where Windows-1252 has none.
pub(super) fn windows_byte(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(character) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    (!unmappable).then(|| bytes[0])
}

/// What the start of a file seems to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// Only ASCII: any encoding fits.
    Ascii,
    /// Every accent is UTF-8.
    Utf8,
    /// Most accents are not UTF-8.
    SingleByte,
    /// Most accents are UTF-8, some bytes are not.
    BrokenUtf8,
    /// Two bytes per character.
    Utf16,
}

/// Guesses from the first bytes of a file, which may end within a character.
pub(super) fn guess(head: &[u8]) -> Guess {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return Guess::Utf16;
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut chunks = head.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        let cut_off =
            chunks.peek().is_none() && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
        bad += usize::from(!chunk.invalid().is_empty() && !cut_off);
    }
    match (good, bad) {
        (0, 0) => Guess::Ascii,
        (_, 0) => Guess::Utf8,
        _ if bad > good => Guess::SingleByte,
        _ => Guess::BrokenUtf8,
    }
}

fn decode_utf8(cell: &[u8]) -> (Cow<'_, str>, Option<BadByte>) {
    match std::str::from_utf8(cell) {
        Ok(text) => (text.into(), None),
        Err(error) => {
            let at = error.valid_up_to();
            (String::from_utf8_lossy(cell), Some(BadByte { byte: cell[at], at: at + 1 }))
        }
    }
}

fn first(cell: &[u8], is_bad: impl Fn(u8) -> bool) -> Option<BadByte> {
    let at = cell.iter().position(|&byte| is_bad(byte))?;
    Some(BadByte { byte: cell[at], at: at + 1 })
}

/// Bytes to which Windows-1252 gives no character.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_windows_1252() {
        let (text, bad) = decode(b"N\x92TCHA K\xC9R\xC9KOU", Encoding::Windows1252);
        assert_eq!((text.as_ref(), bad), ("N’TCHA KÉRÉKOU", None));
    }

    #[test]
    fn finds_bytes_that_are_no_character() {
        let bad = |cell, encoding| decode(cell, encoding).1;
        assert_eq!(bad(b"YA\x8F", Encoding::Windows1252), Some(BadByte { byte: 0x8F, at: 3 }));
        assert_eq!(bad(b"YA\xCF", Encoding::Utf8), Some(BadByte { byte: 0xCF, at: 3 }));
        assert_eq!(bad(b"\xED\xA0\x80", Encoding::Utf8), Some(BadByte { byte: 0xED, at: 1 }));
    }

    #[test]
    fn guesses_the_encoding_of_a_file() {
        assert_eq!(guess(b"Nom;Age"), Guess::Ascii);
        assert_eq!(guess("Prénoms".as_bytes()), Guess::Utf8);
        assert_eq!(guess(&"Prénoms é".as_bytes()[..10]), Guess::Utf8);
        assert_eq!(guess(b"Pr\xE9noms"), Guess::SingleByte);
        assert_eq!(guess(b"\xC3\xA9\xC3\xA8\xC3\xAA \xE9t"), Guess::BrokenUtf8);
        assert_eq!(guess(b"\xFF\xFEN\0o\0"), Guess::Utf16);
    }
}
