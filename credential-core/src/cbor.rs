//! Strict CBOR: SPEC section 4. The only user of ciborium, and its strict door.

use ciborium::Value;

use crate::limits;

/// What breaks section 4, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} at byte {at}")]
pub(crate) struct CborError {
    /// The rule broken.
    pub(crate) fault: CborFault,
    /// Offset of the head of the item at fault.
    pub(crate) at: usize,
}

/// The rules of section 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CborFault {
    /// The bytes end inside an item.
    #[error("the bytes end inside an item")]
    Truncated,
    /// CBR-1.
    #[error("a length is indefinite")]
    Indefinite,
    /// CBR-2.
    #[error("a head is longer than needed")]
    NotShortest,
    /// CBR-3.
    #[error("map keys do not rise strictly")]
    KeyOrder,
    /// CBR-4.
    #[error("a text is not UTF-8")]
    Utf8,
    /// CBR-5.
    #[error("a type is not of the profile")]
    Type,
    /// CBR-6.
    #[error("containers are nested too deeply")]
    Depth,
    /// CBR-7.
    #[error("there are too many items")]
    Items,
    /// CBR-8.
    #[error("bytes follow the item")]
    Trailing,
}

/// Reads one item that keeps every rule of section 4, with at most `items` items in it.
pub(crate) fn read(bytes: &[u8], items: usize) -> Result<Value, CborError> {
    let mut walker = Walker { bytes, at: 0, items };
    walker.item(0)?;
    if walker.at != bytes.len() {
        return Err(CborError { fault: CborFault::Trailing, at: walker.at });
    }
    ciborium::from_reader(bytes).map_err(|_| CborError { fault: CborFault::Type, at: 0 })
}

struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    items: usize,
}

impl Walker<'_> {
    fn item(&mut self, depth: usize) -> Result<(), CborError> {
        let start = self.at;
        let fault = |fault| CborError { fault, at: start };
        self.items = self.items.checked_sub(1).ok_or(fault(CborFault::Items))?;
        let (major, argument) = self.head()?;
        match major {
            0 | 1 => Ok(()),
            2 => self.skip(argument, start).map(drop),
            3 => {
                let text = self.skip(argument, start)?;
                core::str::from_utf8(text).map(drop).map_err(|_| fault(CborFault::Utf8))
            }
            4 | 5 if depth == limits::DEPTH => Err(fault(CborFault::Depth)),
            4 => (0..argument).try_for_each(|_| self.item(depth + 1)),
            5 => self.map(argument, depth),
            7 if argument == SIMPLE_TRUE => Ok(()),
            _ => Err(fault(CborFault::Type)),
        }
    }

    fn map(&mut self, pairs: u64, depth: usize) -> Result<(), CborError> {
        let bytes = self.bytes;
        let mut before: &[u8] = &[];
        for _ in 0..pairs {
            let start = self.at;
            self.item(depth + 1)?;
            let key = &bytes[start..self.at];
            if key <= before {
                return Err(CborError { fault: CborFault::KeyOrder, at: start });
            }
            before = key;
            self.item(depth + 1)?;
        }
        Ok(())
    }

    /// Major type and argument of the head at hand; the argument of major type 7 is its simple value.
    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let start = self.at;
        let fault = |fault| CborError { fault, at: start };
        let first = self.skip(1, start)?[0];
        let (major, info) = (first >> 5, first & 31);
        let width = match info {
            0..=23 => return Ok((major, info.into())),
            31 if matches!(major, 2..=5) => return Err(fault(CborFault::Indefinite)),
            24..=27 if major != 7 => 1_u64 << (info - 24),
            _ => return Err(fault(CborFault::Type)),
        };
        let argument = self.skip(width, start)?.iter().fold(0, |value: u64, &byte| value << 8 | u64::from(byte));
        let smallest = if width == 1 { 24 } else { 1 << (width * 4) };
        if argument < smallest { Err(fault(CborFault::NotShortest)) } else { Ok((major, argument)) }
    }

    fn skip(&mut self, count: u64, start: usize) -> Result<&[u8], CborError> {
        let truncated = CborError { fault: CborFault::Truncated, at: start };
        let end = usize::try_from(count).ok().and_then(|count| self.at.checked_add(count)).ok_or(truncated)?;
        let skipped = self.bytes.get(self.at..end).ok_or(truncated)?;
        self.at = end;
        Ok(skipped)
    }
}

const SIMPLE_TRUE: u64 = 21;

/// Writes deterministic CBOR; the caller gives map keys in rising order.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn uint(&mut self, value: u64) -> &mut Self {
        self.head(0, value)
    }

    /// The negative integer `-1 - below`.
    pub(crate) fn negative(&mut self, below: u64) -> &mut Self {
        self.head(1, below)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.head(2, bytes.len() as u64).raw(bytes)
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.head(3, text.len() as u64).raw(text.as_bytes())
    }

    pub(crate) fn array(&mut self, length: usize) -> &mut Self {
        self.head(4, length as u64)
    }

    pub(crate) fn map(&mut self, pairs: usize) -> &mut Self {
        self.head(5, pairs as u64)
    }

    pub(crate) fn tag(&mut self, tag: u64) -> &mut Self {
        self.head(6, tag)
    }

    pub(crate) fn yes(&mut self) -> &mut Self {
        self.head(7, SIMPLE_TRUE)
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let major = major << 5;
        let be = argument.to_be_bytes();
        match argument {
            0..=23 => self.0.push(major | be[7]),
            24..=0xFF => self.0.extend([major | 24, be[7]]),
            0x100..=0xFFFF => self.0.extend([major | 25, be[6], be[7]]),
            0x1_0000..=0xFFFF_FFFF => {
                self.0.push(major | 26);
                self.0.extend(&be[4..]);
            }
            _ => {
                self.0.push(major | 27);
                self.0.extend(be);
            }
        }
        self
    }
}

/// The value as an unsigned integer.
pub(crate) fn uint(value: &Value) -> Option<u64> {
    value.as_integer().and_then(|integer| u64::try_from(integer).ok())
}

/// The value as an array of exactly `N` items.
pub(crate) fn tuple<const N: usize>(value: Value) -> Option<[Value; N]> {
    value.into_array().ok()?.try_into().ok()
}

/// The entries of a map whose keys must be integers of a known set.
pub(crate) struct Fields(Vec<(i128, Value)>);

/// Why a map could not be opened as [`Fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldsError {
    NotAMap,
    UnknownKey,
    MissingKey,
}

impl Fields {
    /// Opens a map that has all of `required` and nothing beyond `required` and `optional`.
    pub(crate) fn open(value: Value, required: &[i128], optional: &[i128]) -> Result<Self, FieldsError> {
        let entries = value.into_map().map_err(|_| FieldsError::NotAMap)?;
        let mut fields = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key = key.as_integer().map(i128::from).ok_or(FieldsError::UnknownKey)?;
            if !required.contains(&key) && !optional.contains(&key) {
                return Err(FieldsError::UnknownKey);
            }
            fields.push((key, value));
        }
        let has = |key: &i128| fields.iter().any(|(found, _)| found == key);
        if required.iter().all(has) { Ok(Self(fields)) } else { Err(FieldsError::MissingKey) }
    }

    /// Takes the value out of the map.
    pub(crate) fn take(&mut self, key: i128) -> Option<Value> {
        let at = self.0.iter().position(|(found, _)| *found == key)?;
        Some(self.0.remove(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn refuses(bytes: &[u8], fault: CborFault, at: usize) {
        assert_eq!(read(bytes, 100).map(drop), Err(CborError { fault, at }), "{bytes:02x?}");
    }

    #[test]
    fn refuses_each_leniency_with_its_place() {
        refuses(&[0x82, 0x01, 0x9F, 0xFF], CborFault::Indefinite, 2);
        refuses(&[0x18, 0x17], CborFault::NotShortest, 0);
        refuses(&[0x19, 0x00, 0xFF], CborFault::NotShortest, 0);
        refuses(&[0x1A, 0x00, 0x00, 0xFF, 0xFF], CborFault::NotShortest, 0);
        refuses(&[0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], CborFault::NotShortest, 0);
        refuses(&[0xA2, 0x01, 0x01, 0x01, 0x02], CborFault::KeyOrder, 3);
        refuses(&[0xA2, 0x02, 0x01, 0x01, 0x02], CborFault::KeyOrder, 3);
        refuses(&[0x62, 0xC0, 0x80], CborFault::Utf8, 0);
        refuses(&[0xC2, 0x41, 0x01], CborFault::Type, 0);
        refuses(&[0xF4], CborFault::Type, 0);
        refuses(&[0xF8, 0x15], CborFault::Type, 0);
        refuses(&[0xF9, 0x00, 0x00], CborFault::Type, 0);
        refuses(&[0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], CborFault::Truncated, 0);
        refuses(&[0x01, 0x01], CborFault::Trailing, 1);
        refuses(&[0x81; 9], CborFault::Depth, 8);
        refuses(&[], CborFault::Truncated, 0);
    }

    #[test]
    fn stops_at_the_limit_of_items_before_reading_on() {
        assert_eq!(read(&[0x82, 1, 2], 3).map(drop), Ok(()));
        assert_eq!(read(&[0x82, 1, 2], 2).map(drop), Err(CborError { fault: CborFault::Items, at: 2 }));
        assert_eq!(read(&[0x9B, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1], 2).map_err(|e| e.fault).map(drop), Err(CborFault::Items));
    }

    #[test]
    fn accepts_only_what_ciborium_writes_back_unchanged_for_all_inputs_of_two_bytes() {
        for input in 0..=u16::MAX {
            if let Ok(value) = read(&input.to_be_bytes(), 10) {
                let mut again = Vec::new();
                ciborium::into_writer(&value, &mut again).unwrap();
                assert_eq!(again, input.to_be_bytes());
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_accepts_a_second_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = read(&bytes, 100) {
                let mut again = Vec::new();
                ciborium::into_writer(&value, &mut again).unwrap();
                prop_assert_eq!(again, bytes);
            }
        }

        #[test]
        fn writes_heads_that_it_reads(value in any::<u64>()) {
            let mut writer = Writer::default();
            writer.uint(value);
            prop_assert_eq!(read(&writer.into_bytes(), 1).ok().as_ref().and_then(uint), Some(value));
        }
    }
}
