//! A grey picture of bounded size.

use thiserror::Error;

/// A grey picture, rows from top to bottom, one byte a pixel, 0 is black.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    grey: Vec<u8>,
    width: usize,
    height: usize,
}

impl Picture {
    /// The most pixels a picture may have: an A4 page at 400 dots an inch has 15.5 million.
    pub const MAX_PIXELS: usize = 16_000_000;

    /// The longest side a picture may have: rxing counts runs of pixels in 16 bits, and a side may be doubled.
    pub const MAX_SIDE: u32 = 16_000;

    /// Takes one grey byte a pixel.
    ///
    /// # Errors
    ///
    /// Refuses a picture that is empty, too large, or whose bytes do not fill it exactly.
    pub fn from_grey(grey: Vec<u8>, width: u32, height: u32) -> Result<Self, PictureError> {
        let pixels = count_pixels(width, height)?;
        check_length(grey.len(), pixels)?;
        Ok(Self::made(grey, width as usize, height as usize))
    }

    /// Takes red, green, blue and opacity bytes, as a canvas gives them; what is transparent becomes white.
    ///
    /// # Errors
    ///
    /// Refuses a picture that is empty, too large, or whose bytes do not fill it exactly.
    pub fn from_rgba(rgba: &[u8], width: u32, height: u32) -> Result<Self, PictureError> {
        let pixels = count_pixels(width, height)?;
        check_length(rgba.len(), pixels * 4)?;
        let (rgba, _) = rgba.as_chunks();
        let grey = rgba.iter().map(grey_on_white).collect();
        Ok(Self::made(grey, width as usize, height as usize))
    }

    /// Checks the size of a picture before its pixels are read.
    ///
    /// # Errors
    ///
    /// Refuses a size that is empty or too large.
    pub fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
        count_pixels(width, height).map(|_| ())
    }

    /// The width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The grey bytes, rows from top to bottom.
    pub fn grey(&self) -> &[u8] {
        &self.grey
    }

    /// A picture made of one that is within bounds.
    pub(crate) fn made(grey: Vec<u8>, width: usize, height: usize) -> Self {
        debug_assert_eq!(grey.len(), width * height);
        Self { grey, width, height }
    }

    pub(crate) fn pixels(&self) -> usize {
        self.grey.len()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.grey.chunks_exact(self.width)
    }

    /// The row at `y`, or the nearest one.
    pub(crate) fn row(&self, y: isize) -> &[u8] {
        let y = y.clamp(0, self.height as isize - 1) as usize;
        &self.grey[y * self.width..][..self.width]
    }

    pub(crate) fn map(&self, change: impl Fn(u8) -> u8) -> Self {
        let grey = self.grey.iter().map(|&p| change(p)).collect();
        Self::made(grey, self.width, self.height)
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

/// Why bytes are not taken for a picture.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureError {
    /// A side is zero.
    #[error("the picture is empty: {width} x {height} pixels")]
    Empty {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A side or the number of pixels is over the limit.
    #[error(
        "the picture has {width} x {height} pixels, at most {max} pixels and {side} a side are read",
        max = Picture::MAX_PIXELS,
        side = Picture::MAX_SIDE
    )]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// There are too few or too many bytes for the stated size.
    #[error("the picture has {found} bytes, its size asks for {wanted}")]
    WrongLength {
        /// Bytes given.
        found: usize,
        /// Bytes that width and height ask for.
        wanted: usize,
    },
}

fn count_pixels(width: u32, height: u32) -> Result<usize, PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Empty { width, height });
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > Picture::MAX_SIDE || pixels > Picture::MAX_PIXELS as u64 {
        return Err(PictureError::TooLarge { width, height });
    }
    Ok(pixels as usize)
}

fn check_length(found: usize, wanted: usize) -> Result<(), PictureError> {
    if found != wanted {
        return Err(PictureError::WrongLength { found, wanted });
    }
    Ok(())
}

/// Brightness as in ITU-R BT.601, laid on white paper.
fn grey_on_white(rgba: &[u8; 4]) -> u8 {
    let [red, green, blue, opacity] = rgba.map(u32::from);
    let grey = (77 * red + 150 * green + 29 * blue) >> 8;
    if opacity == 255 {
        return grey as u8; // what a camera gives, without a division
    }
    ((grey * opacity + 255 * (255 - opacity)) / 255) as u8
}
