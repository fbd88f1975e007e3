//! From a text to the modules of its symbol.

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version, ec};

use super::matrix::Matrix;
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
        check_alphanumeric(text)?;
        let (version, level) = fit(text.len(), size)?;
        let matrix = if version <= LARGEST_TEMPLATE {
            masked_by_us(text, version, level)
        } else {
            masked_by_crate(text, version, level)
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

fn check_alphanumeric(text: &str) -> Result<(), DrawError> {
    if text.is_empty() {
        return Err(DrawError::Empty);
    }
    let foreign = |found: char| !u8::try_from(found).is_ok_and(is_alphanumeric);
    match text.chars().enumerate().find(|&(_, found)| foreign(found)) {
        Some((position, found)) => Err(DrawError::NotAlphanumeric { position, found }),
        None => Ok(()),
    }
}

fn is_alphanumeric(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b' ' | b'$' | b'%' | b'*' | b'+' | b'-' | b'.' | b'/' | b':')
}

/// The rule of level and size.
fn fit(characters: usize, size: PrintSize) -> Result<(u8, Level), DrawError> {
    if let Some(version) = smallest_version(characters, Level::Q)
        && size.allows_q(width(version))
    {
        return Ok((version, Level::Q));
    }
    let too_long = DrawError::TooLong { characters, most: MOST_CHARACTERS };
    let version = smallest_version(characters, Level::M).ok_or(too_long)?;
    size.check_module(width(version))?;
    Ok((version, Level::M))
}

fn smallest_version(characters: usize, level: Level) -> Option<u8> {
    (1..=40).find(|&version| encoded_bits(characters, version) <= capacity(version, level))
}

fn encoded_bits(characters: usize, version: u8) -> usize {
    let count_bits = match version {
        0..=9 => 9,
        10..=26 => 11,
        _ => 13,
    };
    4 + count_bits + characters / 2 * 11 + characters % 2 * 6
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
pub(super) fn data_bits(text: &str, version: u8, level: Level) -> Bits {
    let mut bits = Bits::new(Version::Normal(version.into()));
    bits.push_alphanumeric_data(text.as_bytes()).expect("smallest_version counted the bits");
    bits.push_terminator(ec_level(level)).expect("smallest_version counted the bits");
    bits
}

/// Codewords in the order of placement: data, then error correction.
pub(super) fn codewords(text: &str, version: u8, level: Level) -> (Vec<u8>, Vec<u8>) {
    let data = data_bits(text, version, level).into_bytes();
    ec::construct_codewords(&data, Version::Normal(version.into()), ec_level(level))
        .expect("levels M and Q exist in every version")
}

fn masked_by_us(text: &str, version: u8, level: Level) -> Matrix {
    let template = Template::of(version, level);
    let (data, correction) = codewords(text, version, level);
    mask::choose(template, &template.place(&data, &correction))
}

fn masked_by_crate(text: &str, version: u8, level: Level) -> Matrix {
    let code = QrCode::with_bits(data_bits(text, version, level), ec_level(level))
        .expect("levels M and Q exist in every version");
    Matrix::from_fn(code.width(), |x, y| code[(x, y)] == qrcode::Color::Dark)
}

/// What version 40 holds at level M.
const MOST_CHARACTERS: usize = 3391;
