//! A symbol as PNG: one bit a pixel, whole pixels per module, with its size in print.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit, chunk};

use super::deflate::zlib;
use super::pixels::Lines;
use super::{DrawError, QUIET_ZONE, Symbol};

/// How many pixels wide and high a module is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PixelsPerModule(u32);

impl PixelsPerModule {
    /// Takes a number from 1 to 32.
    pub fn new(pixels: u32) -> Result<Self, DrawError> {
        if pixels == 0 || pixels > MOST_PIXELS {
            return Err(DrawError::PixelsPerModule { pixels, most: MOST_PIXELS });
        }
        Ok(Self(pixels))
    }
}

impl Default for PixelsPerModule {
    /// Four pixels, which every office printer scales well.
    fn default() -> Self {
        Self(4)
    }
}

impl Symbol {
    /// The bytes of a PNG file that prints at the symbol's size.
    #[must_use]
    pub fn to_png(&self, PixelsPerModule(scale): PixelsPerModule) -> Vec<u8> {
        let side = (self.width() + 2 * QUIET_ZONE) as u32 * scale;
        let lines = Lines::of(self.matrix(), scale as usize);
        let picture = zlib(&lines.bytes, lines.length, scale as usize);
        let mut file = Vec::with_capacity(picture.len() + 128);
        let mut encoder = Encoder::new(&mut file, side, side);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        encoder.set_pixel_dims(Some(self.pixel_dimensions(side)));
        encoder
            .write_header()
            .and_then(|mut writer| {
                writer.write_chunk(chunk::IDAT, &picture)?;
                writer.finish()
            })
            .expect("the size is in range and writing to memory does not fail");
        file
    }

    fn pixel_dimensions(&self, side: u32) -> PixelDimensions {
        let per_metre = (f64::from(side) * 1000.0 / self.size().mm()).round() as u32;
        PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }
    }
}

const MOST_PIXELS: u32 = 32;
