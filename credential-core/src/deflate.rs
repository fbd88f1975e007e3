//! Deflate for short inputs that repeat a preset dictionary: RFC 1951, one block with the fixed Huffman code.
//!
//! Two reasons for not using a library's encoder here: the same document must give the same bytes for ever, whatever
//! the library's next version does, and an index of the dictionary that is made once saves most of the time. What is
//! written here is read by the library's decoder like any other stream. [`inflate_one_block`] reads the same form
//! without the tables that a library builds first, which cost a tenth of a signature's check; whatever it does not
//! understand is left to the library.

/// An index of the dictionary, made once and used for every document.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    dictionary: Vec<u8>,
    /// Last position with a given hash, and the one before it for each position.
    heads: Vec<u16>,
    before: Vec<u16>,
}

impl Index {
    /// Indexes at most the last 28 KiB, so that all of it stays in reach from the end of a document.
    pub(crate) fn new(dictionary: &[u8]) -> Self {
        let dictionary = dictionary[dictionary.len().saturating_sub(MOST_INDEXED)..].to_vec();
        let mut index = Self { heads: vec![NONE; 1 << HASH_BITS], before: vec![NONE; dictionary.len()], dictionary };
        for at in 0..index.dictionary.len().saturating_sub(SHORTEST - 1) {
            let hash = hash(&index.dictionary[at..]);
            index.before[at] = index.heads[hash];
            index.heads[hash] = at as u16;
        }
        index
    }

    /// One final block of raw deflate for `input`, which may refer to the dictionary.
    pub(crate) fn deflate(&self, input: &[u8], mut out: Bits) -> Vec<u8> {
        out.write(0b011, 3); // final block, fixed Huffman code
        let mut recent = [NONE; 1 << RECENT_BITS];
        let mut at = 0;
        let mut found = self.longest(input, at, &recent);
        while at < input.len() {
            remember(&mut recent, input, at);
            // lazy: a literal now, if the next position has a longer match
            let next = if found.length < LONG_ENOUGH { self.longest(input, at + 1, &recent) } else { Match::default() };
            if found.length < SHORTEST || next.length > found.length {
                out.literal(input[at]);
                at += 1;
                found = next;
                continue;
            }
            out.pair(&found);
            (at + 1..at + found.length).for_each(|covered| remember(&mut recent, input, covered));
            at += found.length;
            found = self.longest(input, at, &recent);
        }
        out.write(0, 7); // end of block
        out.finish()
    }

    fn longest(&self, input: &[u8], at: usize, recent: &[u16]) -> Match {
        let rest = input.get(at..).unwrap_or_default();
        if rest.len() < SHORTEST {
            return Match::default();
        }
        let mut best = Match::default();
        let earlier = usize::from(recent[hash(rest) & (RECENT - 1)]);
        if earlier < at {
            best.take(common(rest, &input[earlier..]), at - earlier);
        }
        let mut candidate = self.heads[hash(rest)];
        for _ in 0..CHAIN {
            if candidate == NONE || best.length >= LONGEST.min(rest.len()) {
                break;
            }
            let start = usize::from(candidate);
            best.take(common(rest, &self.dictionary[start..]), at + self.dictionary.len() - start);
            candidate = self.before[start];
        }
        best
    }
}

/// The bytes of a stream that is one final block with the fixed code and refers to nothing before `dictionary`.
///
/// `None` for every other stream, good or bad.
pub(crate) fn inflate_one_block(stream: &[u8], dictionary: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut bits = BitReader { stream, at: 0 };
    let mut out = Vec::with_capacity(most.min(stream.len() * 4));
    if bits.take(3) != 0b011 {
        return None;
    }
    loop {
        match bits.symbol() {
            literal @ 0..=255 => out.push(literal as u8),
            256 => return (bits.at.div_ceil(8) == stream.len()).then_some(out),
            symbol => {
                let found = bits.pair(symbol as usize - 257)?;
                copy(&mut out, dictionary, &found)?;
            }
        }
        if out.len() > most {
            return None;
        }
    }
}

fn copy(out: &mut Vec<u8>, dictionary: &[u8], found: &Match) -> Option<()> {
    let start = (dictionary.len() + out.len()).checked_sub(found.distance)?;
    if let Some(whole) = dictionary.get(start..start + found.length) {
        out.extend_from_slice(whole);
        return Some(());
    }
    for at in start..start + found.length {
        let byte = dictionary.get(at).copied().unwrap_or_else(|| out[at - dictionary.len()]);
        out.push(byte);
    }
    Some(())
}

/// Bits of a stream by position; behind its end there are zeros, and the caller looks at the end where it stopped.
struct BitReader<'a> {
    stream: &'a [u8],
    at: usize,
}

impl BitReader<'_> {
    /// The next 25 bits at least, the nearest lowest.
    fn ahead(&self) -> u32 {
        let rest = self.stream.get(self.at / 8..).unwrap_or_default();
        let four = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut last = [0; 4];
            last[..rest.len()].copy_from_slice(rest);
            last
        });
        u32::from_le_bytes(four) >> (self.at % 8)
    }

    fn take(&mut self, count: u32) -> u32 {
        let bits = self.ahead() & ((1 << count) - 1);
        self.at += count as usize;
        bits
    }

    /// A literal, the end of the block, or a length: codes of 7, 8 and 9 bits, which come high end first.
    fn symbol(&mut self) -> u32 {
        let code = self.ahead().reverse_bits() >> 23;
        let (symbol, length) = match code {
            0..=0x5F => (256 + (code >> 2), 7),
            0x60..=0x17F => ((code >> 1) - 0x30, 8),
            0x180..=0x18F => (280 + (code >> 1) - 0xC0, 8),
            _ => (144 + code - 0x190, 9),
        };
        self.at += length;
        symbol
    }

    fn pair(&mut self, bucket: usize) -> Option<Match> {
        let length = LENGTHS.get(bucket)? + self.take(length_extra(bucket)) as usize;
        let bucket = self.take(5).reverse_bits() >> 27;
        let distance = DISTANCES.get(bucket as usize)? + self.take(distance_extra(bucket)) as usize;
        Some(Match { length, distance })
    }
}

#[derive(Clone, Copy, Default)]
struct Match {
    length: usize,
    distance: usize,
}

impl Match {
    /// Keeps the longer one; of equal ones the nearer, whose distance costs fewer bits.
    fn take(&mut self, length: usize, distance: usize) {
        let worth = length >= SHORTEST && (length > SHORTEST || distance <= FAR_FOR_SHORTEST);
        if worth && (length > self.length || length == self.length && distance < self.distance) {
            *self = Self { length, distance };
        }
    }
}

/// Bits of deflate: filled from the low end of each byte.
pub(crate) struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// Starts behind the given bytes.
    pub(crate) fn after(bytes: Vec<u8>) -> Self {
        Self { bytes, held: 0, count: 0 }
    }

    fn write(&mut self, bits: u32, count: u32) {
        self.held |= u64::from(bits) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A Huffman code, which goes in from its high end.
    fn code(&mut self, code: u32, length: u32) {
        self.write(code.reverse_bits() >> (32 - length), length);
    }

    fn literal(&mut self, byte: u8) {
        let byte = u32::from(byte);
        if byte < 144 { self.code(0x30 + byte, 8) } else { self.code(0x190 + byte - 144, 9) }
    }

    fn pair(&mut self, found: &Match) {
        let length = bucket(&LENGTHS, found.length);
        let symbol = length as u32 + 1;
        if symbol < 24 {
            self.code(symbol, 7)
        } else {
            self.code(0xC0 + symbol - 24, 8)
        }
        self.write((found.length - LENGTHS[length]) as u32, length_extra(length));
        let distance = bucket(&DISTANCES, found.distance);
        self.code(distance as u32, 5);
        self.write((found.distance - DISTANCES[distance]) as u32, distance_extra(distance as u32));
    }

    fn finish(mut self) -> Vec<u8> {
        self.write(0, (8 - self.count) % 8);
        self.bytes
    }
}

fn remember(recent: &mut [u16], input: &[u8], at: usize) {
    if at + SHORTEST <= input.len() {
        recent[hash(&input[at..]) & (RECENT - 1)] = at as u16;
    }
}

fn bucket(starts: &[usize], value: usize) -> usize {
    starts.partition_point(|&start| start <= value) - 1
}

fn length_extra(bucket: usize) -> u32 {
    if bucket < 8 || bucket == LENGTHS.len() - 1 { 0 } else { bucket as u32 / 4 - 1 }
}

fn distance_extra(bucket: u32) -> u32 {
    (bucket / 2).saturating_sub(1)
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take(LONGEST).take_while(|(a, b)| a == b).count()
}

fn hash(bytes: &[u8]) -> usize {
    let three = u32::from(bytes[0]) | u32::from(bytes[1]) << 8 | u32::from(bytes[2]) << 16;
    (three.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize
}

const NONE: u16 = u16::MAX;
const HASH_BITS: u32 = 13;
const RECENT_BITS: u32 = 8;
const RECENT: usize = 1 << RECENT_BITS;
const SHORTEST: usize = 3;
const LONGEST: usize = 258;
/// A match this long is taken without looking for a better one.
const LONG_ENOUGH: usize = 32;
/// Candidates looked at in the dictionary for each position.
const CHAIN: usize = 48;
/// Three bytes from further away cost as much as three literals.
const FAR_FOR_SHORTEST: usize = 4_096;
const MOST_INDEXED: usize = 32_768 - crate::limits::DOCUMENT_BYTES;

const LENGTHS: [usize; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const DISTANCES: [usize; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537, 2_049, 3_073, 4_097,
    6_145, 8_193, 12_289, 16_385, 24_577,
];
