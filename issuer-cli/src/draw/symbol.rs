//! From a text to the modules of its symbol.

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version, ec};

use super::matrix::Matrix;
use super::segments::Segments;
use super::size::{Level, PrintSize};
use super::template::{LARGEST_TEMPLATE, Template};
use super::{DrawError, mask};

/// A QR symbol with the size at which it is to be printed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Symbol {
    version: u8,
    level: Level,
    size: PrintSize,
    matrix: Matrix,
}

impl Symbol {
    /// Draws a text in the smallest symbol of the level that the print size allows (ISS-6).
    ///
    /// # Errors
    ///
    /// Says what cannot be drawn, or the size that the text needs.
    pub fn encode(text: &str, size: PrintSize) -> Result<Self, DrawError> {
        let segments = Segments::of(text)?;
        let (version, level) = fit(&segments, size)?;
        let matrix = if version <= LARGEST_TEMPLATE {
            masked_by_us(&segments, version, level)
        } else {
            masked_by_crate(&segments, version, level)
        };
        Ok(Self { version, level, size, matrix })
    }

    /// Version of the symbol, 1 to 40.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Level of error correction.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Width and height in modules, without the quiet zone.
    #[must_use]
    pub fn width(&self) -> usize {
        self.matrix.width()
    }

    /// Size at which the symbol is to be printed, with its quiet zone.
    #[must_use]
    pub fn size(&self) -> PrintSize {
        self.size
    }

    /// Size of one module in print, in millimetres.
    #[must_use]
    pub fn module_mm(&self) -> f64 {
        self.size.module_mm(self.width())
    }

    /// Whether the module in column `x` of row `y` is dark; outside the symbol all is light.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.matrix.is_dark(x, y)
    }

    pub(super) fn matrix(&self) -> &Matrix {
        &self.matrix
    }
}

/// The rule of level and size.
fn fit(segments: &Segments<'_>, size: PrintSize) -> Result<(u8, Level), DrawError> {
    if let Some(version) = smallest_version(segments, Level::Q)
        && size.allows_q(width(version))
    {
        return Ok((version, Level::Q));
    }
    let too_long = DrawError::TooLong { characters: segments.characters(), most: segments.most_characters() };
    let version = smallest_version(segments, Level::M).ok_or(too_long)?;
    size.check_module(width(version))?;
    Ok((version, Level::M))
}

fn smallest_version(segments: &Segments<'_>, level: Level) -> Option<u8> {
    (1..=40).find(|&version| segments.bits(version) <= capacity(version, level))
}

fn capacity(version: u8, level: Level) -> usize {
    Bits::new(Version::Normal(version.into())).max_len(ec_level(level)).unwrap_or(0)
}

pub(super) fn width(version: u8) -> usize {
    17 + 4 * usize::from(version)
}

pub(super) fn ec_level(level: Level) -> EcLevel {
    match level {
        Level::M => EcLevel::M,
        Level::Q => EcLevel::Q,
    }
}

/// The data bits with their terminator and padding.
pub(super) fn data_bits(segments: &Segments<'_>, version: u8, level: Level) -> Bits {
    let mut bits = Bits::new(Version::Normal(version.into()));
    segments.push(&mut bits).expect("smallest_version counted the bits");
    bits.push_terminator(ec_level(level)).expect("smallest_version counted the bits");
    bits
}

/// Codewords in the order of placement: data, then error correction.
pub(super) fn codewords(segments: &Segments<'_>, version: u8, level: Level) -> (Vec<u8>, Vec<u8>) {
    let data = data_bits(segments, version, level).into_bytes();
    ec::construct_codewords(&data, Version::Normal(version.into()), ec_level(level))
        .expect("levels M and Q exist in every version")
}

fn masked_by_us(segments: &Segments<'_>, version: u8, level: Level) -> Matrix {
    let template = Template::of(version, level);
    let (data, correction) = codewords(segments, version, level);
    mask::choose(template, &template.place(&data, &correction))
}

fn masked_by_crate(segments: &Segments<'_>, version: u8, level: Level) -> Matrix {
    let code = QrCode::with_bits(data_bits(segments, version, level), ec_level(level))
        .expect("levels M and Q exist in every version");
    Matrix::from_fn(code.width(), |x, y| code[(x, y)] == qrcode::Color::Dark)
}
