//! What all symbols of one version and level share, built once.

use std::array;
use std::sync::OnceLock;

use qrcode::Version;
use qrcode::canvas::{Canvas, MaskPattern, Module};

use super::penalty::Plane;
use super::size::Level;
use super::symbol::{ec_level, width};

/// Function patterns, masks and the order of the data modules of one version and level.
pub(super) struct Template {
    width: usize,
    /// Where bit i of the codewords goes: `64 * word + bit` of the rows as pairs of words.
    positions: Vec<u16>,
    masks: Vec<MaskTemplate>,
}

/// Mask, function patterns and format bits in one: data bits are to be added without carry.
pub(super) struct MaskTemplate {
    pub(super) rows: Plane,
    pub(super) columns: Plane,
}

impl Template {
    /// The template of a version up to `LARGEST_TEMPLATE`.
    pub(super) fn of(version: u8, level: Level) -> &'static Self {
        static BUILT: [[OnceLock<Template>; 2]; LARGEST_TEMPLATE as usize] =
            [const { [const { OnceLock::new() }; 2] }; LARGEST_TEMPLATE as usize];
        BUILT[usize::from(version) - 1][level as usize].get_or_init(|| Template::build(version, level))
    }

    fn build(version: u8, level: Level) -> Self {
        let mut canvas = Canvas::new(Version::Normal(version.into()), ec_level(level));
        canvas.draw_all_functional_patterns();
        let width = width(version);
        Self {
            width,
            positions: positions(&canvas, width),
            masks: MASKS.iter().map(|&mask| MaskTemplate::build(&canvas, width, mask)).collect(),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn masks(&self) -> &[MaskTemplate] {
        &self.masks
    }

    /// Puts codewords on the data modules; all other modules are light.
    pub(super) fn place(&self, data: &[u8], correction: &[u8]) -> Plane {
        let mut words = [0_u64; 256];
        let codewords = data.iter().chain(correction);
        for (&codeword, positions) in codewords.zip(self.positions.chunks_exact(8)) {
            for (i, &position) in positions.iter().enumerate() {
                let bit = u64::from(codeword >> (7 - i) & 1);
                words[usize::from(position >> 6) & 0xff] |= bit << (position & 63);
            }
        }
        array::from_fn(|y| u128::from(words[2 * y]) | u128::from(words[2 * y + 1]) << 64)
    }
}

impl MaskTemplate {
    fn build(canvas: &Canvas, width: usize, mask: MaskPattern) -> Self {
        let mut masked = canvas.clone();
        masked.apply_mask(mask);
        let dark = |x: usize, y: usize| masked.get(x as i16, y as i16).is_dark();
        Self { rows: plane(width, dark), columns: plane(width, |x, y| dark(y, x)) }
    }
}

fn plane(width: usize, dark: impl Fn(usize, usize) -> bool) -> Plane {
    let mut rows = [0; 128];
    for (y, row) in rows.iter_mut().enumerate().take(width) {
        *row = (0..width).filter(|&x| dark(x, y)).fold(0, |row, x| row | 1 << x);
    }
    rows
}

/// The data modules in the order of placement: pairs of columns from the right, up and down in
/// turn, passing over the vertical timing pattern.
fn positions(canvas: &Canvas, width: usize) -> Vec<u16> {
    let free = |x: usize, y: usize| canvas.get(x as i16, y as i16) == Module::Empty;
    let mut positions = Vec::new();
    let rights = (1..width).rev().step_by(2).map(|x| if x <= TIMING_COLUMN { x - 1 } else { x });
    for (pair, right) in rights.enumerate() {
        for step in 0..width {
            let y = if pair % 2 == 0 { width - 1 - step } else { step };
            let free = [right, right - 1].into_iter().filter(|&x| free(x, y));
            positions.extend(free.map(|x| (y * 128 + x) as u16));
        }
    }
    positions
}

/// The largest version whose rows fit 128 bits.
pub(super) const LARGEST_TEMPLATE: u8 = 27;

const TIMING_COLUMN: usize = 6;

/// The masks in the order of their numbers.
pub(super) const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];
