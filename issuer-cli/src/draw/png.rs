//! A symbol as PNG: one bit a pixel, whole pixels per module, with its size in print.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::matrix::Row;
use super::{DrawError, QUIET_ZONE, Symbol};

/// How many pixels wide and high a module is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PixelsPerModule(u32);

impl PixelsPerModule {
    /// Takes a number from 1 to 32.
    pub fn new(pixels: u32) -> Result<Self, DrawError> {
        if pixels == 0 || pixels > MOST_PIXELS {
            return Err(DrawError::PixelsPerModule {
                pixels,
                most: MOST_PIXELS,
            });
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
        let mut file = Vec::with_capacity(4096);
        let mut encoder = Encoder::new(&mut file, side, side);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::One);
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Up);
        encoder.set_pixel_dims(Some(self.pixel_dimensions(side)));
        let pixels = self.pixels(scale as usize);
        encoder
            .write_header()
            .and_then(|mut writer| {
                writer.write_image_data(&pixels)?;
                writer.finish()
            })
            .expect("the size fits and memory does not fail");
        file
    }

    fn pixel_dimensions(&self, side: u32) -> PixelDimensions {
        let per_metre = (f64::from(side) * 1000.0 / self.size().mm()).round() as u32;
        PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: Unit::Meter,
        }
    }

    /// All rows of pixels, packed eight to a byte, light is 1.
    fn pixels(&self, scale: usize) -> Vec<u8> {
        let modules = self.width() + 2 * QUIET_ZONE;
        let stride = (modules * scale).div_ceil(8);
        let border = vec![0xff; stride * QUIET_ZONE * scale];
        let mut pixels = Vec::with_capacity(stride * modules * scale);
        pixels.extend_from_slice(&border);
        for row in self.matrix().rows() {
            let start = pixels.len();
            expand(row, modules, scale, &mut pixels);
            for _ in 1..scale {
                pixels.extend_from_within(start..start + stride);
            }
        }
        pixels.extend_from_slice(&border);
        pixels
    }
}

/// Appends one row of pixels, with the quiet zone on both sides.
fn expand(row: &Row, modules: usize, scale: usize, pixels: &mut Vec<u8>) {
    let module = (1_u64 << scale) - 1;
    let mut waiting = 0_u64;
    let mut count = 0;
    for x in 0..modules {
        let dark =
            x >= QUIET_ZONE && row[(x - QUIET_ZONE) / 64] >> ((x - QUIET_ZONE) % 64) & 1 == 1;
        waiting = waiting << scale | if dark { 0 } else { module };
        count += scale;
        while count >= 8 {
            count -= 8;
            pixels.push((waiting >> count) as u8);
        }
    }
    if count > 0 {
        pixels.push((waiting << (8 - count)) as u8);
    }
}

const MOST_PIXELS: u32 = 32;
