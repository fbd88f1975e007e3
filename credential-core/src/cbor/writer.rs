//! Deterministic CBOR, written.

use super::SIMPLE_TRUE;

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

    /// Any integer.
    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        if value < 0 { self.negative(!value as u64) } else { self.uint(value as u64) }
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

/// Entries of a map that are counted as they are written, so that no field can be left out of the count.
#[derive(Default)]
pub(crate) struct Entries {
    count: usize,
    body: Writer,
}

impl Entries {
    /// A label; its value is written next.
    pub(crate) fn label(&mut self, label: u64) -> &mut Writer {
        self.count += 1;
        self.body.uint(label)
    }

    /// The whole map.
    pub(crate) fn end(self, out: &mut Writer) {
        out.map(self.count).raw(&self.body.into_bytes());
    }
}
