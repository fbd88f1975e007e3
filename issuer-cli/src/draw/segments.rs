//! How a text is divided into the modes of a QR code: a symbol text in one segment, a link in bytes and digits.
//!
//! A digit takes 3.33 bits in numeric mode and 8 in bytes, so the long run of digits behind the address has its own.

use qrcode::bits::Bits;
use qrcode::types::QrError;

use super::DrawError;

/// A text whose modes are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segments<'t> {
    /// Alphanumeric mode: the form `SC1:` and base45.
    Alphanumeric(&'t str),
    /// Bytes, then digits: the link form.
    Link { address: &'t str, digits: &'t str },
}

impl<'t> Segments<'t> {
    pub(super) fn of(text: &'t str) -> Result<Self, DrawError> {
        if text.is_empty() {
            return Err(DrawError::Empty);
        }
        let foreign = text.chars().enumerate().find(|&(_, found)| !u8::try_from(found).is_ok_and(is_alphanumeric));
        let Some((position, found)) = foreign else { return Ok(Self::Alphanumeric(text)) };
        let address = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_link = address.starts_with("https://") && address.bytes().all(|byte| byte.is_ascii_graphic());
        if is_link && address.len() < text.len() {
            return Ok(Self::Link { address, digits: &text[address.len()..] });
        }
        Err(DrawError::NotAlphanumeric { position, found })
    }

    /// Bits of all segments with their heads.
    pub(super) fn bits(&self, version: u8) -> usize {
        let by_version = |counts: [usize; 3]| match version {
            0..=9 => counts[0],
            10..=26 => counts[1],
            _ => counts[2],
        };
        match self {
            Self::Alphanumeric(text) => MODE + by_version([9, 11, 13]) + text.len() / 2 * 11 + text.len() % 2 * 6,
            Self::Link { address, digits } => {
                let bytes = MODE + by_version([8, 16, 16]) + address.len() * 8;
                let rest = [0, 4, 7][digits.len() % 3];
                bytes + MODE + by_version([10, 12, 14]) + digits.len() / 3 * 10 + rest
            }
        }
    }

    pub(super) fn push(&self, bits: &mut Bits) -> Result<(), QrError> {
        match self {
            Self::Alphanumeric(text) => bits.push_alphanumeric_data(text.as_bytes()),
            Self::Link { address, digits } => {
                bits.push_byte_data(address.as_bytes())?;
                bits.push_numeric_data(digits.as_bytes())
            }
        }
    }

    pub(super) fn characters(&self) -> usize {
        match self {
            Self::Alphanumeric(text) => text.len(),
            Self::Link { address, digits } => address.len() + digits.len(),
        }
    }

    /// What version 40 holds at level M; an address takes the place of 2.4 digits a character, or more by its head.
    pub(super) fn most_characters(&self) -> usize {
        match self {
            Self::Alphanumeric(_) => MOST_ALPHANUMERIC,
            Self::Link { address, .. } => {
                let left = MOST_BITS - 2 * MODE - 16 - 14 - address.len() * 8;
                address.len()
                    + left / 10 * 3
                    + match left % 10 {
                        0..=3 => 0,
                        4..=6 => 1,
                        _ => 2,
                    }
            }
        }
    }
}

fn is_alphanumeric(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b' ' | b'$' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b':')
}

const MODE: usize = 4;
/// Characters of version 40 at level M.
const MOST_ALPHANUMERIC: usize = 3391;
/// Bits of version 40 at level M.
const MOST_BITS: usize = 18_672;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_an_address_in_bytes_and_its_digits() {
        let link = Segments::of("https://bac.example/v2#SC1:0123").unwrap();
        assert_eq!(link, Segments::Link { address: "https://bac.example/v2#SC1:", digits: "0123" });
        assert_eq!(Segments::of("SC1:6BF"), Ok(Segments::Alphanumeric("SC1:6BF")));
    }

    #[test]
    fn other_texts_with_small_letters_are_refused() {
        for text in ["http://bac.example#SC1:12", "https://bac.example#SC1:", "sc1:12", "https://bac.example/é#SC1:12"]
        {
            let found = text.chars().next().unwrap();
            assert_eq!(Segments::of(text), Err(DrawError::NotAlphanumeric { position: 0, found }), "{text}");
        }
        assert_eq!(Segments::of(""), Err(DrawError::Empty));
    }

    #[test]
    fn the_bits_are_those_that_the_crate_writes() {
        for text in
            ["SC1:6BF+7", "https://bac.example/v#SC1:1", "https://b.example#SC1:12", "https://b.example#SC1:123456789"]
        {
            for version in [9, 26, 27] {
                let segments = Segments::of(text).unwrap();
                let mut bits = Bits::new(qrcode::Version::Normal(version.into()));
                segments.push(&mut bits).unwrap();
                assert_eq!(segments.bits(version), bits.len(), "{text} in version {version}");
            }
        }
    }
}
