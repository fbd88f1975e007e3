//! Strict CBOR: SPEC section 4. One pass reads and checks; ciborium is the oracle in the tests.

mod writer;

pub(crate) use writer::{Entries, Writer};

use crate::limits;

/// One item that keeps every rule of section 4, borrowed from the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item<'a> {
    Uint(u64),
    /// The negative integer `-1 - value`.
    Negative(u64),
    Bytes(&'a [u8]),
    Text(&'a str),
    Array(Vec<Item<'a>>),
    Map(Vec<(Item<'a>, Item<'a>)>),
    True,
}

impl<'a> Item<'a> {
    pub(crate) fn uint(&self) -> Option<u64> {
        if let Self::Uint(value) = self { Some(*value) } else { None }
    }

    /// The value as a label: any integer that fits.
    pub(crate) fn label(&self) -> Option<i64> {
        match *self {
            Self::Uint(value) => value.try_into().ok(),
            Self::Negative(value) => i64::try_from(value).ok().map(|value| -1 - value),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The value as a byte string of exactly `N` bytes.
    pub(crate) fn bytes_of<const N: usize>(&self) -> Option<[u8; N]> {
        self.bytes()?.try_into().ok()
    }

    /// The value as a time: seconds below 2^40.
    pub(crate) fn time(&self) -> Option<u64> {
        self.uint().filter(|&time| time < 1 << 40)
    }

    pub(crate) fn text(&self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn array(self) -> Option<Vec<Self>> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    pub(crate) fn map(self) -> Option<Vec<(Self, Self)>> {
        if let Self::Map(pairs) = self { Some(pairs) } else { None }
    }

    /// How many bytes its encoding has.
    pub(crate) fn encoded_len(&self) -> usize {
        let head = |argument: u64| match argument {
            0..=23 => 1,
            24..=0xFF => 2,
            0x100..=0xFFFF => 3,
            0x1_0000..=0xFFFF_FFFF => 5,
            _ => 9,
        };
        let of = |length: usize| head(length as u64);
        match self {
            Self::Uint(value) | Self::Negative(value) => head(*value),
            Self::Bytes(bytes) => of(bytes.len()) + bytes.len(),
            Self::Text(text) => of(text.len()) + text.len(),
            Self::Array(items) => of(items.len()) + items.iter().map(Self::encoded_len).sum::<usize>(),
            Self::Map(pairs) => {
                let inside = pairs.iter().map(|(key, value)| key.encoded_len() + value.encoded_len()).sum::<usize>();
                of(pairs.len()) + inside
            }
            Self::True => 1,
        }
    }

    /// The value as an array of exactly `N` items.
    pub(crate) fn tuple<const N: usize>(self) -> Option<[Self; N]> {
        self.array()?.try_into().ok()
    }
}

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

impl CborFault {
    /// The number of the rule in SPEC.md; bytes that end too early break the rule of definite lengths.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Truncated | Self::Indefinite => "CBR-1",
            Self::NotShortest => "CBR-2",
            Self::KeyOrder => "CBR-3",
            Self::Utf8 => "CBR-4",
            Self::Type => "CBR-5",
            Self::Depth => "CBR-6",
            Self::Items => "CBR-7",
            Self::Trailing => "CBR-8",
        }
    }
}

/// Reads one item that keeps every rule of section 4, with at most `items` items in it.
pub(crate) fn read(bytes: &[u8], items: usize) -> Result<Item<'_>, CborError> {
    let mut reader = Reader { bytes, at: 0, items };
    let item = reader.item(0)?;
    if reader.at == bytes.len() { Ok(item) } else { Err(CborError { fault: CborFault::Trailing, at: reader.at }) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    items: usize,
}

impl<'a> Reader<'a> {
    fn item(&mut self, depth: usize) -> Result<Item<'a>, CborError> {
        let start = self.at;
        let fault = |fault| CborError { fault, at: start };
        self.items = self.items.checked_sub(1).ok_or(fault(CborFault::Items))?;
        let (major, argument) = self.head()?;
        match major {
            0 => Ok(Item::Uint(argument)),
            1 => Ok(Item::Negative(argument)),
            2 => self.skip(argument, start).map(Item::Bytes),
            3 => {
                let text = self.skip(argument, start)?;
                core::str::from_utf8(text).map(Item::Text).map_err(|_| fault(CborFault::Utf8))
            }
            4 | 5 if depth == limits::DEPTH => Err(fault(CborFault::Depth)),
            4 => self.array(argument, depth),
            5 => self.map(argument, depth),
            7 if argument == SIMPLE_TRUE => Ok(Item::True),
            _ => Err(fault(CborFault::Type)),
        }
    }

    fn array(&mut self, length: u64, depth: usize) -> Result<Item<'a>, CborError> {
        let mut items = Vec::with_capacity(length.min(FIRST_ROOM) as usize);
        for _ in 0..length {
            items.push(self.item(depth + 1)?);
        }
        Ok(Item::Array(items))
    }

    fn map(&mut self, length: u64, depth: usize) -> Result<Item<'a>, CborError> {
        let mut pairs = Vec::with_capacity(length.min(FIRST_ROOM) as usize);
        let bytes = self.bytes;
        let mut before: &[u8] = &[];
        for _ in 0..length {
            let start = self.at;
            let key = self.item(depth + 1)?;
            let encoded = &bytes[start..self.at];
            if encoded <= before {
                return Err(CborError { fault: CborFault::KeyOrder, at: start });
            }
            before = encoded;
            pairs.push((key, self.item(depth + 1)?));
        }
        Ok(Item::Map(pairs))
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

    fn skip(&mut self, count: u64, start: usize) -> Result<&'a [u8], CborError> {
        let truncated = CborError { fault: CborFault::Truncated, at: start };
        let end = usize::try_from(count).ok().and_then(|count| self.at.checked_add(count)).ok_or(truncated)?;
        let skipped = self.bytes.get(self.at..end).ok_or(truncated)?;
        self.at = end;
        Ok(skipped)
    }
}

const SIMPLE_TRUE: u64 = 21;
/// Room made before the items of a container are read: a declared length is no reason to allocate.
const FIRST_ROOM: u64 = 32;

/// The entries of a map whose keys must be integers of a known set, to be taken in the order of their encodings.
pub(crate) struct Fields<'a>(std::vec::IntoIter<(Item<'a>, Item<'a>)>);

/// Why a map could not be opened as [`Fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldsError {
    NotAMap,
    UnknownKey,
    MissingKey,
    /// What stands in the room to grow is no byte string, or too long.
    Room,
}

impl<'a> Fields<'a> {
    /// Opens a map that has all of `required` and nothing beyond `required` and `optional`.
    pub(crate) fn open(item: Item<'a>, required: &[i64], optional: &[i64]) -> Result<Self, FieldsError> {
        let pairs = item.map().ok_or(FieldsError::NotAMap)?;
        let mut found = 0;
        for (key, _) in &pairs {
            let key = key.label().ok_or(FieldsError::UnknownKey)?;
            if required.contains(&key) {
                found += 1;
            } else if !optional.contains(&key) {
                return Err(FieldsError::UnknownKey);
            }
        }
        if found == required.len() { Ok(Self(pairs.into_iter())) } else { Err(FieldsError::MissingKey) }
    }

    /// The same for a map with room to grow: what stands under the labels 64 to 127 is passed over (GRO-1).
    pub(crate) fn open_roomy(item: Item<'a>, required: &[i64], optional: &[i64]) -> Result<Self, FieldsError> {
        let pairs = item.map().ok_or(FieldsError::NotAMap)?;
        let in_room = |key: &Item<'_>| key.label().is_some_and(|label| (64..=127).contains(&label));
        let (room, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| in_room(key));
        if room.iter().any(|(_, value)| value.bytes().is_none_or(|bytes| bytes.len() > limits::ROOM_BYTES)) {
            return Err(FieldsError::Room);
        }
        Self::open(Item::Map(pairs), required, optional)
    }

    /// Whether an entry of `key` is still to be taken.
    pub(crate) fn has(&self, key: i64) -> bool {
        self.0.as_slice().iter().any(|(found, _)| found.label() == Some(key))
    }

    /// The value of the next entry, if that is the one of `key`.
    pub(crate) fn take(&mut self, key: i64) -> Option<Item<'a>> {
        let (next, _) = self.0.as_slice().first()?;
        if next.label() == Some(key) { self.0.next().map(|(_, value)| value) } else { None }
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
        assert_eq!(
            read(&[0x9B, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1], 2).map_err(|e| e.fault).map(drop),
            Err(CborFault::Items)
        );
    }

    fn as_ciborium_writes_it(bytes: &[u8]) -> Vec<u8> {
        let value: ciborium::Value = ciborium::from_reader(bytes).unwrap();
        let mut again = Vec::new();
        ciborium::into_writer(&value, &mut again).unwrap();
        again
    }

    #[test]
    fn accepts_only_what_ciborium_writes_back_unchanged_for_all_inputs_of_two_bytes() {
        for input in 0..=u16::MAX {
            if read(&input.to_be_bytes(), 10).is_ok() {
                assert_eq!(as_ciborium_writes_it(&input.to_be_bytes()), input.to_be_bytes());
            }
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_accepts_a_second_encoding(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if read(&bytes, 100).is_ok() {
                prop_assert_eq!(as_ciborium_writes_it(&bytes), bytes);
            }
        }

        #[test]
        fn knows_the_length_of_what_it_reads(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(item) = read(&bytes, 100) {
                prop_assert_eq!(item.encoded_len(), bytes.len());
            }
        }

        #[test]
        fn writes_heads_that_it_reads(value in any::<u64>()) {
            let mut writer = Writer::default();
            writer.uint(value);
            let bytes = writer.into_bytes();
            prop_assert_eq!(read(&bytes, 1), Ok(Item::Uint(value)));
        }
    }
}
