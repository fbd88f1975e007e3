//! CBOR as bytes (SPEC section 4), right and wrong: every item is its own encoding.

use std::collections::BTreeMap;

/// The encoding of one item, or of something that pretends to be one.
pub type Bytes = Vec<u8>;

/// The shortest head of a major type with its argument.
pub fn head(major: u8, argument: u64) -> Bytes {
    match argument {
        0..24 => vec![major << 5 | argument as u8],
        24..0x100 => wide_head(major, argument, 1),
        0x100..0x1_0000 => wide_head(major, argument, 2),
        0x1_0000..0x1_0000_0000 => wide_head(major, argument, 4),
        _ => wide_head(major, argument, 8),
    }
}

/// A head with an argument of 1, 2, 4 or 8 bytes, needed or not.
pub fn wide_head(major: u8, argument: u64, width: usize) -> Bytes {
    let info = match width {
        1 => 24,
        2 => 25,
        4 => 26,
        _ => 27,
    };
    let mut out = vec![major << 5 | info];
    out.extend_from_slice(&argument.to_be_bytes()[8 - width..]);
    out
}

/// An unsigned integer.
pub fn uint(value: u64) -> Bytes {
    head(0, value)
}

/// An integer of either sign.
pub fn int(value: i64) -> Bytes {
    match u64::try_from(value) {
        Ok(value) => head(0, value),
        Err(_) => head(1, !value as u64),
    }
}

/// A byte string.
pub fn bytes(content: &[u8]) -> Bytes {
    joined(head(2, content.len() as u64), content)
}

/// A text string.
pub fn text(content: &str) -> Bytes {
    raw_text(content.as_bytes())
}

/// A text string whose bytes need not be UTF-8.
pub fn raw_text(content: &[u8]) -> Bytes {
    joined(head(3, content.len() as u64), content)
}

/// An array of definite length.
pub fn array(items: &[Bytes]) -> Bytes {
    joined(head(4, items.len() as u64), &items.concat())
}

/// An array of text strings.
pub fn texts(items: &[&str]) -> Bytes {
    array(&items.iter().map(|item| text(item)).collect::<Vec<_>>())
}

/// An array of unsigned integers.
pub fn uints(items: &[u64]) -> Bytes {
    array(&items.iter().map(|item| uint(*item)).collect::<Vec<_>>())
}

/// An array of indefinite length.
pub fn indefinite_array(items: &[Bytes]) -> Bytes {
    enclosed(0x9f, &items.concat())
}

/// A text string in chunks of indefinite length.
pub fn indefinite_text(chunks: &[&str]) -> Bytes {
    enclosed(0x7f, &chunks.iter().flat_map(|chunk| text(chunk)).collect::<Bytes>())
}

/// A byte string in chunks of indefinite length.
pub fn indefinite_bytes(chunks: &[&[u8]]) -> Bytes {
    enclosed(0x5f, &chunks.iter().flat_map(|chunk| bytes(chunk)).collect::<Bytes>())
}

/// A map of indefinite length with its pairs in the order given.
pub fn indefinite_map(pairs: &[(Bytes, Bytes)]) -> Bytes {
    enclosed(0xbf, &flat(pairs))
}

/// A map with its pairs in the order given: unsorted or twice the same, if the caller wants that.
pub fn pairs(pairs: &[(Bytes, Bytes)]) -> Bytes {
    joined(head(5, pairs.len() as u64), &flat(pairs))
}

/// A tag before an item.
pub fn tag(number: u64, item: &[u8]) -> Bytes {
    joined(head(6, number), item)
}

/// `depth` arrays of one entry around an unsigned integer.
pub fn nested(depth: usize) -> Bytes {
    joined(vec![0x81; depth], &[0x00])
}

/// How many items stand in a well-formed encoding of definite lengths.
pub fn count(encoded: &[u8]) -> usize {
    let (mut at, mut items) = (0, 0);
    while at < encoded.len() {
        let (major, info) = (encoded[at] >> 5, encoded[at] & 31);
        let width = if info < 24 { 0 } else { 1 << (info - 24) };
        let argument = encoded[at + 1..at + 1 + width].iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
        let length = if width == 0 { usize::from(info) } else { argument };
        at += 1 + width + if major == 2 || major == 3 { length } else { 0 };
        items += 1;
    }
    items
}

/// Two byte strings, one after the other.
pub fn joined(mut first: Bytes, second: &[u8]) -> Bytes {
    first.extend_from_slice(second);
    first
}

/// A map that keeps its keys in bytewise order.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub BTreeMap<Bytes, Bytes>);

impl Fields {
    /// A map without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The map with this value at an integer key, new or instead of another.
    pub fn with(self, key: i64, value: Bytes) -> Self {
        self.with_key(int(key), value)
    }

    /// The map with this value at a key of any type.
    pub fn with_key(mut self, key: Bytes, value: Bytes) -> Self {
        self.0.insert(key, value);
        self
    }

    /// The map without an integer key.
    pub fn without(mut self, key: i64) -> Self {
        self.0.remove(&int(key));
        self
    }

    /// The pairs, for those who want to write them otherwise.
    pub fn pairs(&self) -> Vec<(Bytes, Bytes)> {
        self.0.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// The encoding of the map.
    pub fn encoded(&self) -> Bytes {
        pairs(&self.pairs())
    }
}

fn flat(pairs: &[(Bytes, Bytes)]) -> Bytes {
    pairs.iter().flat_map(|(key, value)| [key.clone(), value.clone()].concat()).collect()
}

fn enclosed(first: u8, content: &[u8]) -> Bytes {
    let mut out = joined(vec![first], content);
    out.push(0xff);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_the_examples_of_rfc_8949() {
        assert_eq!(uint(23), [0x17]);
        assert_eq!(uint(24), [0x18, 24]);
        assert_eq!(uint(1_000_000), [0x1a, 0, 0x0f, 0x42, 0x40]);
        assert_eq!(int(-1), [0x20]);
        assert_eq!(int(-1000), [0x39, 0x03, 0xe7]);
        assert_eq!(text("ü"), [0x62, 0xc3, 0xbc]);
        assert_eq!(uints(&[1, 2]), [0x82, 1, 2]);
        assert_eq!(Fields::new().with(100, uint(2)).with(10, uint(1)).encoded(), [0xa2, 10, 1, 0x18, 100, 2]);
    }

    #[test]
    fn counts_every_item() {
        assert_eq!(count(&array(&[text("fr"), pairs(&[(uint(1), texts(&["a"]))])])), 6);
    }
}
