//! The modules of a symbol as rows of bits.

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
        Self {
            width,
            rows: (0..width).map(row).collect(),
        }
    }

    pub(super) fn from_rows(rows: impl ExactSizeIterator<Item = u128>) -> Self {
        let width = rows.len();
        let rows = rows
            .map(|row| [row as u64, (row >> 64) as u64, 0])
            .collect();
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
}
