//! Prefix codes and bits as RFC 1951 wants them.

use std::array;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The lengths of an optimal prefix code, 15 bits at most; 0 for what does not occur.
pub(super) fn code_lengths<const N: usize>(counts: &[u32; N]) -> [u8; N] {
    // flatter counts give a flatter tree
    (0..32)
        .map(|shift| depths(counts, shift))
        .find(|depths| depths.iter().all(|&depth| depth <= LONGEST_CODE))
        .expect("equal counts give nine bits for 286 symbols")
}

fn depths<const N: usize>(counts: &[u32; N], shift: u32) -> [u8; N] {
    let leaves: Vec<usize> = (0..N).filter(|&symbol| counts[symbol] > 0).collect();
    let mut parents = vec![0; 2 * leaves.len()];
    let weigh = |(node, &symbol): (usize, &usize)| Reverse(((counts[symbol] >> shift).max(1), node));
    let mut heap: BinaryHeap<_> = leaves.iter().enumerate().map(weigh).collect();
    let mut root = leaves.len();
    while let (Some(Reverse(a)), Some(Reverse(b))) = (heap.pop(), heap.pop()) {
        (parents[a.1], parents[b.1]) = (root, root);
        heap.push(Reverse((a.0 + b.0, root)));
        root += 1;
    }
    let mut depths = vec![0; root];
    for node in (0..root - 1).rev() {
        depths[node] = depths[parents[node]] + 1;
    }
    let mut lengths = [0; N];
    leaves.iter().zip(depths).for_each(|(&symbol, depth)| lengths[symbol] = depth);
    lengths
}

/// A code word, its first bit lowest.
#[derive(Clone, Copy, Default)]
pub(super) struct Code {
    bits: u16,
    length: u8,
}

impl Code {
    /// The canonical code of given lengths.
    pub(super) fn from_lengths<const N: usize>(lengths: &[u8; N]) -> [Self; N] {
        let mut used = [0_u16; LONGEST_CODE as usize + 1];
        lengths.iter().for_each(|&length| used[usize::from(length)] += 1);
        used[0] = 0;
        let mut next = [0_u16; LONGEST_CODE as usize + 1];
        for length in 1..next.len() {
            next[length] = (next[length - 1] + used[length - 1]) << 1;
        }
        array::from_fn(|symbol| {
            let length = lengths[symbol];
            if length == 0 {
                return Self::default();
            }
            let code = next[usize::from(length)];
            next[usize::from(length)] += 1;
            Self { bits: code.reverse_bits() >> (16 - length), length }
        })
    }
}

/// Bytes filled from their lowest bit.
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    waiting: u64,
    count: u32,
}

impl BitWriter {
    /// Writes behind some bytes; `expected` more are likely.
    pub(super) fn after(bytes: &[u8], expected: usize) -> Self {
        let mut buffer = Vec::with_capacity(bytes.len() + expected);
        buffer.extend_from_slice(bytes);
        Self { bytes: buffer, waiting: 0, count: 0 }
    }

    pub(super) fn put_code(&mut self, code: Code) {
        self.put(code.bits.into(), code.length.into());
    }

    /// Appends the lowest bits of a value, 32 at most.
    pub(super) fn put(&mut self, value: u32, bits: u32) {
        self.waiting |= u64::from(value) << self.count;
        self.count += bits;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.waiting as u32).to_le_bytes());
            self.waiting >>= 32;
            self.count -= 32;
        }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        let rest = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.waiting.to_le_bytes()[..rest]);
        self.bytes
    }
}

const LONGEST_CODE: u8 = 15;
