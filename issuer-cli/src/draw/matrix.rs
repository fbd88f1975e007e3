//! The modules of a symbol as rows of bits.

use std::iter;

/// A square of modules; bit `x % 64` of word `x / 64` of a row is column `x`, dark is 1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Matrix {
    width: usize,
    rows: Vec<Row>,
}

/// One row, wide enough for version 40.
pub(super) type Row = [u64; 3];

impl Matrix {
    pub(super) fn from_fn(width: usize, is_dark: impl Fn(usize, usize) -> bool) -> Self {
        let row = |y| {
            let mut row = [0; 3];
            for x in (0..width).filter(|&x| is_dark(x, y)) {
                row[x / 64] |= 1 << (x % 64);
            }
            row
        };
        Self { width, rows: (0..width).map(row).collect() }
    }

    pub(super) fn from_rows(rows: impl ExactSizeIterator<Item = u128>) -> Self {
        let width = rows.len();
        let rows = rows.map(|row| [row as u64, (row >> 64) as u64, 0]).collect();
        Self { width, rows }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.rows[y][x / 64] >> (x % 64) & 1 == 1
    }

    /// The runs of dark modules in a row: where each starts and where it ends.
    pub(super) fn runs(&self, y: usize) -> impl Iterator<Item = (usize, usize)> {
        let [a, b, c] = self.rows[y];
        // a module unlike the one before it is the start of a run or the end of one
        let edges = [a ^ a << 1, b ^ (b << 1 | a >> 63), c ^ (c << 1 | b >> 63)];
        let mut edges = (0..3).flat_map(move |word| ones(edges[word]).map(move |bit| 64 * word + bit));
        iter::from_fn(move || Some((edges.next()?, edges.next()?)))
    }
}

/// The positions of the bits that are set, from the lowest.
fn ones(mut word: u64) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let lowest = (word != 0).then(|| word.trailing_zeros() as usize)?;
        word &= word - 1;
        Some(lowest)
    })
}
