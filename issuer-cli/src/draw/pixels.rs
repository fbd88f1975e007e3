//! Modules to pixels, eight to a byte, several modules at a time.

use std::iter;

use super::QUIET_ZONE;
use super::matrix::{Matrix, Row};

/// Lines of pixels as PNG wants them, one for each row of modules and the quiet zone.
pub(super) struct Lines {
    /// Each line: the filter byte, then the pixels; light is 1.
    pub(super) bytes: Vec<u8>,
    /// Bytes of one line.
    pub(super) length: usize,
}

impl Lines {
    pub(super) fn of(matrix: &Matrix, scale: usize) -> Self {
        let modules = matrix.width() + 2 * QUIET_ZONE;
        let length = 1 + (modules * scale).div_ceil(8);
        let brush = Brush::new(scale);
        let mut bytes = Vec::with_capacity((length + 64) * modules);
        let border = iter::repeat_n(&[0; 3], QUIET_ZONE);
        for row in border.clone().chain(matrix.rows()).chain(border) {
            let start = bytes.len();
            bytes.push(NO_FILTER);
            brush.paint(&framed(row), modules, &mut bytes);
            bytes.truncate(start + length);
        }
        Self { bytes, length }
    }
}

/// The row behind the quiet zone on its left.
fn framed(row: &Row) -> Row {
    let shifted = |word: u64, before: u64| word << QUIET_ZONE | before >> (64 - QUIET_ZONE);
    [shifted(row[0], 0), shifted(row[1], row[0]), shifted(row[2], row[1])]
}

/// The pixels of all combinations of a few neighbouring modules.
struct Brush {
    strokes: Vec<u64>,
    modules: usize,
    pixels: usize,
}

impl Brush {
    fn new(scale: usize) -> Self {
        // eight modules at most, in words of 64 pixels less the seven that may wait
        let modules = [4, 2, 1].into_iter().find(|modules| modules * scale <= 57).unwrap_or(1);
        let pixel = (1_u64 << scale) - 1;
        let stroke = |dark: usize| {
            let light = |module: usize| if dark >> module & 1 == 1 { 0 } else { pixel };
            (0..modules).fold(0, |stroke, module| stroke << scale | light(module))
        };
        let strokes = (0..1 << modules).map(stroke).collect();
        Self { strokes, modules, pixels: modules * scale }
    }

    /// Appends a line, and a few light pixels more.
    fn paint(&self, row: &Row, modules: usize, bytes: &mut Vec<u8>) {
        let mask = self.strokes.len() - 1;
        let (mut waiting, mut count) = (0, 0);
        for x in (0..modules).step_by(self.modules) {
            let dark = (row[x / 64] >> (x % 64)) as usize & mask;
            waiting = waiting << self.pixels | self.strokes[dark];
            count += self.pixels;
            while count >= 8 {
                count -= 8;
                bytes.push((waiting >> count) as u8);
            }
        }
        bytes.push((waiting << (8 - count)) as u8);
    }
}

const NO_FILTER: u8 = 0;
