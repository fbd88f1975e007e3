//! A zlib stream for lines of which each is repeated, as in an enlarged symbol (RFC 1950, 1951).
//!
//! A line goes out once, byte by byte, and its repetitions as one match. The `png` crate's own
//! compression is slower, or leaves three times the bytes.

use std::array;

use super::huffman::{BitWriter, Code, code_lengths};

/// Compresses lines of `length` bytes, each standing `repeats` times.
pub(super) fn zlib(lines: &[u8], length: usize, repeats: usize) -> Vec<u8> {
    let once = Copies::of(length * (repeats - 1));
    let again = Copies::of(length * repeats);
    let counts = counts(lines, length, &once, &again);
    let lengths = code_lengths(&counts);
    let distance = Extra::of_distance(length);

    let mut bits = BitWriter::after(&ZLIB_HEADER, lines.len() / 2);
    write_tables(&mut bits, &lengths, distance.symbol);
    let codes = Code::from_lengths(&lengths);
    for (line, is_new) in new_lines(lines, length) {
        if is_new {
            line.iter().for_each(|&byte| bits.put_code(codes[usize::from(byte)]));
        }
        let copies = if is_new { &once } else { &again };
        copies.write(&mut bits, &codes, &distance);
    }
    bits.put_code(codes[END]);
    let mut stream = bits.into_bytes();
    stream.extend_from_slice(&adler32(lines, length, repeats).to_be_bytes());
    stream
}

/// Lines, and whether each differs from the one before.
fn new_lines(lines: &[u8], length: usize) -> impl Iterator<Item = (&[u8], bool)> {
    let mut before: &[u8] = &[];
    lines.chunks_exact(length).map(move |line| {
        let is_new = line != before;
        before = line;
        (line, is_new)
    })
}

fn counts(lines: &[u8], length: usize, once: &Copies, again: &Copies) -> [u32; SYMBOLS] {
    // neighbours are often equal: two counters do not wait for each other
    let mut halves = [[0; SYMBOLS]; 2];
    halves[0][END] = 1;
    for (line, is_new) in new_lines(lines, length) {
        if is_new {
            for (i, &byte) in line.iter().enumerate() {
                halves[i % 2][usize::from(byte)] += 1;
            }
        }
        let copies = if is_new { once } else { again };
        copies.0.iter().for_each(|copy| halves[0][copy.symbol] += 1);
    }
    array::from_fn(|symbol| halves[0][symbol] + halves[1][symbol])
}

/// The matches that together copy a number of bytes.
struct Copies(Vec<Extra>);

impl Copies {
    fn of(mut bytes: usize) -> Self {
        let mut copies = Vec::new();
        while bytes > 0 {
            // a match has three bytes or more: leave none shorter for the end
            let rest = bytes.saturating_sub(LONGEST_COPY);
            let copy = if (1..3).contains(&rest) { bytes - 3 } else { bytes - rest };
            copies.push(Extra::of_length(copy));
            bytes -= copy;
        }
        Self(copies)
    }

    fn write(&self, bits: &mut BitWriter, codes: &[Code], distance: &Extra) {
        for copy in &self.0 {
            bits.put_code(codes[copy.symbol]);
            bits.put(copy.value, copy.bits);
            // the only distance code is a single 0 bit
            bits.put(0, 1);
            bits.put(distance.value, distance.bits);
        }
    }
}

/// A symbol with the extra bits that follow its code.
struct Extra {
    symbol: usize,
    value: u32,
    bits: u32,
}

impl Extra {
    fn of_length(length: usize) -> Self {
        let length = length as u32 - 3;
        let bits = length.max(4).ilog2() - 2;
        let symbol = (257 + 4 * bits + (length >> bits)) as usize;
        Self { symbol, value: length & ((1 << bits) - 1), bits }
    }

    fn of_distance(distance: usize) -> Self {
        let distance = distance as u32 - 1;
        let bits = distance.max(2).ilog2() - 1;
        let symbol = (2 * bits + (distance >> bits)) as usize;
        Self { symbol, value: distance & ((1 << bits) - 1), bits }
    }
}

/// The head of the only block: a code for lengths of codes, then these lengths.
fn write_tables(bits: &mut BitWriter, lengths: &[u8; SYMBOLS], distance: usize) {
    bits.put(1, 1);
    bits.put(2, 2);
    bits.put((SYMBOLS - 257) as u32, 5);
    bits.put(distance as u32, 5);
    bits.put(19 - 4, 4);
    for symbol in LENGTH_ORDER {
        bits.put(LENGTH_LENGTHS[symbol].into(), 3);
    }
    let codes = Code::from_lengths(&LENGTH_LENGTHS);
    let mut all = lengths.to_vec();
    all.resize(SYMBOLS + distance, 0);
    all.push(1);
    for run in all.chunk_by(|a, b| a == b) {
        write_run(bits, &codes, run[0], run.len());
    }
}

fn write_run(bits: &mut BitWriter, codes: &[Code], length: u8, mut run: usize) {
    while run > 0 {
        let take = match (length, run) {
            (0, 11..) => run.min(138),
            (0, 3..) => run,
            _ => 1,
        };
        match take {
            1 => bits.put_code(codes[usize::from(length)]),
            2..=10 => {
                bits.put_code(codes[17]);
                bits.put(take as u32 - 3, 3);
            }
            _ => {
                bits.put_code(codes[18]);
                bits.put(take as u32 - 11, 7);
            }
        }
        run -= take;
    }
}

/// The checksum over all lines, computed once for the repetitions of each.
fn adler32(lines: &[u8], length: usize, repeats: usize) -> u32 {
    let (mut sum, mut sum_of_sums) = (1, 0);
    for line in lines.chunks_exact(length) {
        let (mut own, mut own_sums) = (0_u32, 0_u32);
        for &byte in line {
            own += u32::from(byte);
            own_sums += own;
        }
        for _ in 0..repeats {
            sum_of_sums = (sum_of_sums + length as u32 * sum + own_sums) % ADLER_PRIME;
            sum = (sum + own) % ADLER_PRIME;
        }
    }
    sum_of_sums << 16 | sum
}

const ZLIB_HEADER: [u8; 2] = [0x78, 0x01];
const SYMBOLS: usize = 286;
const END: usize = 256;
/// One less than RFC 1951 allows, which spares the odd code of 258.
const LONGEST_COPY: usize = 257;
const ADLER_PRIME: u32 = 65521;
const LENGTH_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// Thirteen codes of four bits and six of five, for what is seldom used.
const LENGTH_LENGTHS: [u8; 19] = [4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 5, 5, 4, 4];
