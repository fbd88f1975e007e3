//! The text form: SPEC section 2. The only user of the base45 crate.

use core::fmt::Write;

use crate::limits;
use crate::outcome::{Cause, Reason};

/// The text of a QR code around a document's bytes, bare or compact: `SC1:` and base45.
pub fn symbol_text(bytes: &[u8]) -> String {
    CodeKind::Document.symbol_text(bytes)
}

/// The link form for a phone's own camera; `page` is an `https://` address without `#`.
///
/// What follows the `#` never reaches a server.
pub fn link_text(page: &str, bytes: &[u8]) -> Option<String> {
    CodeKind::Document.link_text(page, bytes)
}

/// What a code holds, by its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// A sealed document, `SC1:`.
    Document,
    /// A legalisation record, `SL1:`.
    Legalisation,
}

impl CodeKind {
    /// Which kind a text is of, of this or another version; `None` if it is not ours.
    pub fn of(text: &str) -> Option<Self> {
        [Self::Document, Self::Legalisation]
            .into_iter()
            .find(|&kind| !body(text, kind).is_err_and(|cause| cause.reason() == Reason::ForeignCode))
    }

    /// The letters that a text of this kind starts with, before the version.
    fn letters(self) -> &'static str {
        match self {
            Self::Document => "SC",
            Self::Legalisation => "SL",
        }
    }

    pub(crate) fn symbol_text(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(4 + bytes.len().div_ceil(2) * 3);
        text.push_str(self.letters());
        text.push_str(VERSION);
        text.push_str(&base45::encode(bytes));
        text
    }

    pub(crate) fn link_text(self, page: &str, bytes: &[u8]) -> Option<String> {
        let is_page = page.starts_with(LINK) && !page.contains('#');
        is_page.then(|| format!("{page}#{}{VERSION}{}", self.letters(), digits_of(bytes)))
    }
}

/// The bytes that a text carries: a bare COSE_Sign1 or a zlib stream.
pub(crate) fn read(text: &str, kind: CodeKind) -> Result<Vec<u8>, Cause> {
    let malformed = |rule| Cause::new(Reason::TextMalformed, rule);
    // no UTF-8 text of so many bytes has fewer characters
    if text.is_empty() || text.len() > 4 * limits::TEXT_CHARACTERS || text.chars().count() > limits::TEXT_CHARACTERS {
        return Err(malformed("TXT-1"));
    }
    let bytes = match body(text, kind)? {
        Body::Symbol(body) => base45_decode(body).ok_or(malformed("TXT-5"))?,
        Body::Link(body) => digits_read(body).ok_or(malformed("TXT-6"))?,
    };
    if matches!(bytes.first(), Some(&BARE | &ZLIB)) { Ok(bytes) } else { Err(malformed("TXT-7")) }
}

/// First byte of a bare COSE_Sign1: tag 18.
pub(crate) const BARE: u8 = 0xD2;
/// First byte of a zlib stream with a window of 32 KiB.
pub(crate) const ZLIB: u8 = 0x78;

enum Body<'a> {
    Symbol(&'a str),
    Link(&'a str),
}

fn body(text: &str, kind: CodeKind) -> Result<Body<'_>, Cause> {
    let foreign = Cause::new(Reason::ForeignCode, "TXT-4");
    if let Some(body) = after_prefix(text, kind)? {
        return Ok(Body::Symbol(body));
    }
    let (_, fragment) = text.split_once('#').filter(|_| text.starts_with(LINK)).ok_or(foreign)?;
    after_prefix(fragment, kind)?.map(Body::Link).ok_or(foreign)
}

/// What follows `SC1:` or `SL1:`; `None` if no prefix of this kind stands there (TXT-2 to TXT-4).
fn after_prefix(text: &str, kind: CodeKind) -> Result<Option<&str>, Cause> {
    let Some(rest) = text.strip_prefix(kind.letters()) else { return Ok(None) };
    if let Some(body) = rest.strip_prefix(VERSION) {
        return Ok(Some(body));
    }
    let version = rest.split_once(':');
    match version {
        Some((digits, _)) if (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Err(Cause::new(Reason::NewerFormat, "TXT-3"))
        }
        _ => Ok(None),
    }
}

// TXT-5: base45 3.2 decodes 1,769 endings that RFC 9285 forbids, so only its encoder is used
fn base45_decode(body: &str) -> Option<Vec<u8>> {
    let (groups, rest) = body.as_bytes().as_chunks::<3>();
    let mut bytes = Vec::with_capacity(groups.len() * 2 + 1);
    for group in groups {
        bytes.extend_from_slice(&u16::try_from(base45_value(group)?).ok()?.to_be_bytes());
    }
    match rest {
        [] => Some(bytes),
        [_, _] => {
            bytes.push(u8::try_from(base45_value(rest)?).ok()?);
            Some(bytes)
        }
        _ => None,
    }
}

/// The number that up to three characters stand for, the lowest digit first.
#[inline]
fn base45_value(characters: &[u8]) -> Option<u32> {
    characters.iter().rev().try_fold(0, |value, &character| {
        Some(value * 45 + u32::from(BASE45_VALUES[usize::from(character)].checked_sub(1)?))
    })
}

fn digits_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(GROUP) * DIGITS[GROUP]);
    for group in bytes.chunks(GROUP) {
        let number = group.iter().fold(0_u64, |number, &byte| number << 8 | u64::from(byte));
        let _ = write!(text, "{number:0width$}", width = DIGITS[group.len()]);
    }
    text
}

// TXT-6
fn digits_read(body: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(body.len() / 2);
    for group in body.as_bytes().chunks(DIGITS[GROUP]) {
        let size = DIGITS.iter().position(|&digits| digits == group.len())?;
        let number = group
            .iter()
            .try_fold(0_u64, |number, &digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')))?;
        let be = number.to_be_bytes();
        let (above, group) = be.split_at(be.len() - size);
        if above.iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(group);
    }
    Some(bytes)
}

/// Bytes of a group of digits, and how many digits so many bytes take.
const GROUP: usize = 7;
const DIGITS: [usize; GROUP + 1] = [0, 3, 5, 8, 10, 13, 15, 17];
const VERSION: &str = "1:";
const LINK: &str = "https://";
/// Value plus one of each character of base45; 0 for all others.
const BASE45_VALUES: [u8; 256] = {
    let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut values = [0; 256];
    let mut i = 0;
    while i < alphabet.len() {
        values[alphabet[i] as usize] = i as u8 + 1;
        i += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use super::{CodeKind::Document, *};
    use proptest::prelude::*;

    #[test]
    fn tells_foreign_newer_and_damaged_apart() {
        for (text, reason) in [
            ("", Reason::TextMalformed),
            ("https://example.org/", Reason::ForeignCode),
            ("https://example.org/#SC2:AA", Reason::NewerFormat),
            ("HC1:6BF", Reason::ForeignCode),
            ("SC2:6BF", Reason::NewerFormat),
            ("SC01:6BF", Reason::NewerFormat),
            ("SC1000:6BF", Reason::ForeignCode),
            ("sc1:6BF", Reason::ForeignCode),
            (" SC1:6BF", Reason::ForeignCode),
            ("SC1:", Reason::TextMalformed),
            ("SC1:A", Reason::TextMalformed),
            ("SC1:GGW", Reason::TextMalformed),
        ] {
            assert_eq!(read(text, Document).map_err(|cause| cause.reason()), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn accepts_256_endings_and_65536_groups_of_base45() {
        let alphabet = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        let text = |characters: &[u8]| String::from_utf8(characters.to_vec()).unwrap();
        let pairs = alphabet.iter().flat_map(|a| alphabet.iter().map(move |b| [*a, *b]));
        assert_eq!(pairs.clone().filter(|pair| base45_decode(&text(pair)).is_some()).count(), 256);
        let groups = pairs.flat_map(|[a, b]| alphabet.iter().map(move |c| [a, b, *c]));
        assert_eq!(groups.filter(|group| base45_decode(&text(group)).is_some()).count(), 65_536);
    }

    #[test]
    fn digits_stand_in_groups_of_seven_bytes() {
        for (bytes, digits) in [
            (&[][..], ""),
            (&[0], "000"),
            (&[255], "255"),
            (&[1, 2], "00258"),
            (&[255; 6], "281474976710655"),
            (&[255; 7], "72057594037927935"),
            (&[0, 0, 0, 0, 0, 0, 0, 9], "00000000000000000009"),
        ] {
            assert_eq!((digits_of(bytes).as_str(), digits_read(digits).as_deref()), (digits, Some(bytes)));
        }
        for digits in ["256", "1", "12", "1234", "123456", "1234567", "72057594037927936", "99999", "+12", "٠٠٠", "12 "]
        {
            assert_eq!(digits_read(digits), None, "{digits}");
        }
    }

    proptest! {
        #[test]
        fn both_forms_carry_the_bytes_back(mut bytes in proptest::collection::vec(any::<u8>(), 1..600)) {
            bytes[0] = BARE;
            let link = link_text("https://example.org/v", &bytes);
            let symbol = read(&symbol_text(&bytes), Document);
            prop_assert_eq!(symbol.as_ref(), Ok(&bytes));
            prop_assert_eq!(read(&link.unwrap_or_default(), Document), Ok(bytes));
        }

        #[test]
        fn each_byte_string_has_one_text_of_digits(text in "[0-9]{0,40}") {
            if let Some(bytes) = digits_read(&text) {
                prop_assert_eq!(digits_of(&bytes), text);
            }
        }
    }
}
