//! zlib streams (SPEC section 3) made by hand, so that they are the same on every machine and can be wrong.

use std::collections::BTreeMap;

use crate::cbor::Bytes;

/// Adler-32 of some bytes.
pub fn adler32(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1u32, 0u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    high << 16 | low
}

/// CRC-32 of some bytes (ISO 3309).
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ (0xedb8_8320 * (sum & 1))))
}

/// A stream with its CRC-32 behind it, as a document's text holds it.
pub fn checked(stream: &[u8]) -> Bytes {
    [stream, &crc32(stream).to_be_bytes()].concat()
}

/// A zlib stream of one block with fixed codes.
pub fn zlib(content: &[u8]) -> Bytes {
    wrapped(None, &fixed_block(content, &[]), adler32(content))
}

/// A zlib stream whose content may point back into a dictionary; FDICT is set.
pub fn zlib_with(dictionary: &[u8], content: &[u8]) -> Bytes {
    wrapped(Some(adler32(dictionary)), &fixed_block(content, dictionary), adler32(content))
}

/// A zlib stream of one stored block.
pub fn stored(content: &[u8]) -> Bytes {
    wrapped(None, &stored_block(content), adler32(content))
}

/// A zlib stream of one block with codes of its own: 8 bits for most bytes, 9 for the last byte value and the end.
pub fn dynamic(content: &[u8]) -> Bytes {
    wrapped(None, &dynamic_block(content), adler32(content))
}

/// Header (0x78, with the DICTID if there is one), blocks and checksum.
pub fn wrapped(dictionary: Option<u32>, blocks: &[u8], checksum: u32) -> Bytes {
    let mut out = match dictionary {
        None => vec![0x78, 0x9c],
        Some(id) => [vec![0x78, 0xbb], id.to_be_bytes().to_vec()].concat(),
    };
    out.extend_from_slice(blocks);
    out.extend_from_slice(&checksum.to_be_bytes());
    out
}

/// One last stored block.
pub fn stored_block(content: &[u8]) -> Bytes {
    let length = content.len() as u16;
    [&[1], &length.to_le_bytes()[..], &(!length).to_le_bytes()[..], content].concat()
}

/// One last block with fixed codes; repetitions point back, also into the dictionary.
pub fn fixed_block(content: &[u8], dictionary: &[u8]) -> Bytes {
    let mut bits = Bits::fixed();
    let window = [dictionary, content].concat();
    let mut starts: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    let (mut at, mut known) = (dictionary.len(), 0);
    while at < window.len() {
        while known < at {
            starts.entry(&window[known..window.len().min(known + 3)]).or_default().push(known);
            known += 1;
        }
        let same = window.get(at..at + 3).and_then(|start| starts.get(start));
        match longest_repetition(&window, at, same.map_or(&[], Vec::as_slice)) {
            Some((length, distance)) => {
                bits.repetition(length, distance);
                at += length;
            }
            None => {
                bits.literal(window[at]);
                at += 1;
            }
        }
    }
    bits.end()
}

/// One last block with codes of its own and no repetitions.
pub fn dynamic_block(content: &[u8]) -> Bytes {
    let mut bits = Bits::default();
    bits.number(0b101, 3);
    bits.number(0, 5); // 257 literal and length codes
    bits.number(0, 5); // 1 distance code
    bits.number(6, 4); // 10 lengths of code length codes: 16 17 18 0 8 7 9 6 10 5
    for length in [0, 0, 0, 2, 1, 0, 2, 0, 0, 0] {
        bits.number(length, 3);
    }
    (0..255).for_each(|_| bits.code(0b0, 1)); // bytes 0 to 254: 8 bits
    bits.code(0b11, 2); // byte 255: 9 bits
    bits.code(0b11, 2); // end: 9 bits
    bits.code(0b10, 2); // the distance code: none
    for byte in content {
        match byte {
            255 => bits.code(0b1_1111_1110, 9),
            _ => bits.code(u32::from(*byte), 8),
        }
    }
    bits.code(0b1_1111_1111, 9);
    bits.bytes
}

/// Bits of a deflate stream, least significant first.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    /// What is written so far.
    pub bytes: Bytes,
    used: u32,
}

impl Bits {
    /// A last block with fixed codes, opened.
    pub fn fixed() -> Self {
        let mut bits = Self::default();
        bits.number(0b011, 3);
        bits
    }

    /// A number, least significant bit first.
    pub fn number(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (self.used % 8);
            }
            self.used += 1;
        }
    }

    /// A Huffman code, most significant bit first.
    pub fn code(&mut self, value: u32, count: u32) {
        (0..count).rev().for_each(|bit| self.number(value >> bit & 1, 1));
    }

    /// A literal byte in the fixed codes.
    pub fn literal(&mut self, byte: u8) {
        self.symbol(u32::from(byte));
    }

    /// A symbol of the fixed codes, 286 and 287 among them, which mean nothing.
    pub fn symbol(&mut self, symbol: u32) {
        match symbol {
            0..144 => self.code(0x30 + symbol, 8),
            144..256 => self.code(0x190 + symbol - 144, 9),
            256..280 => self.code(symbol - 256, 7),
            _ => self.code(0xc0 + symbol - 280, 8),
        }
    }

    /// A repetition of 3 to 258 bytes from a distance of 1 to 32,768.
    pub fn repetition(&mut self, length: usize, distance: usize) {
        let (index, extra, rest) = slot(length as u32 - 3, 4, 28);
        match length {
            258 => self.symbol(285),
            _ => {
                self.symbol(257 + index);
                self.number(rest, extra);
            }
        }
        let (index, extra, rest) = slot(distance as u32 - 1, 2, 30);
        self.code(index, 5);
        self.number(rest, extra);
    }

    /// The end of the block, and the bytes.
    pub fn end(mut self) -> Bytes {
        self.symbol(256);
        self.bytes
    }
}

/// The code of a value where `group` codes share each number of extra bits: index, extra bits, their value.
fn slot(value: u32, group: u32, codes: u32) -> (u32, u32, u32) {
    let mut base = 0;
    for index in 0..codes {
        let extra = (index / group).saturating_sub(1);
        if value < base + (1 << extra) {
            return (index, extra, value - base);
        }
        base += 1 << extra;
    }
    (codes, 0, 0)
}

/// The longest repetition that starts at one of some places, the nearest of equal ones.
fn longest_repetition(window: &[u8], at: usize, starts: &[usize]) -> Option<(usize, usize)> {
    let limit = (window.len() - at).min(258);
    let mut best = None;
    for from in starts.iter().rev() {
        let length = (0..limit).take_while(|step| window[from + step] == window[at + step]).count();
        if best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, at - from));
        }
        if length == limit {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Decompress, FlushDecompress};

    fn inflated(stream: &[u8], dictionary: Option<&[u8]>) -> Bytes {
        let mut inflate = Decompress::new(true);
        let mut out = vec![0; 100_000];
        let first = inflate.decompress(stream, &mut out, FlushDecompress::Finish);
        if let Some(dictionary) = dictionary {
            assert!(first.is_err());
            inflate.set_dictionary(dictionary).unwrap();
            let rest = &stream[inflate.total_in() as usize..];
            inflate.decompress(rest, &mut out, FlushDecompress::Finish).unwrap();
        }
        assert_eq!(inflate.total_in() as usize, stream.len());
        out.truncate(inflate.total_out() as usize);
        out
    }

    #[test]
    fn checksums_are_those_of_the_rfcs() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn another_implementation_reads_every_kind_of_stream() {
        let words = b"Annonce de la session de juin, session de juin, de juin \xff\xfe".repeat(40);
        assert_eq!(inflated(&zlib(&words), None), words);
        assert_eq!(inflated(&stored(&words), None), words);
        assert_eq!(inflated(&dynamic(&words), None), words);
        assert_eq!(inflated(&zlib_with(b"la session de juin", &words), Some(b"la session de juin")), words);
        let zeros = vec![0; 5000];
        assert_eq!(inflated(&zlib(&zeros), None), zeros);
    }
}
