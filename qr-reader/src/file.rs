//! A picture from the bytes of a file: sizes are checked before anything is decoded. The only user of the image crate.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader, ImageResult, Limits};
use thiserror::Error;

pub use image::ImageFormat;

use crate::Picture;

/// Why the bytes of a file are no [`Picture`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// It is cut short or spoilt, or of another format.
    #[error("the picture is damaged")]
    Damaged,
    /// Nothing was decoded.
    #[error("the picture has {width} x {height} pixels, more than are read")]
    TooLarge {
        /// Its width in pixels, as its head says.
        width: u32,
        /// Its height in pixels, as its head says.
        height: u32,
    },
}

impl Picture {
    /// The grey pixels of a picture file; of a TIFF, those of its first page. Takes at most 256 MiB while it decodes.
    ///
    /// # Errors
    ///
    /// Refuses a file that is damaged, and one whose head tells of more pixels than a picture may have.
    pub fn from_file(bytes: &[u8], format: ImageFormat) -> Result<Self, FileError> {
        let mut decoder = open(bytes, format).map_err(|_| FileError::Damaged)?;
        let (width, height) = decoder.dimensions();
        let too_large = FileError::TooLarge { width, height };
        Self::check_size(width, height).map_err(|_| too_large)?;
        let mut limits = limits();
        limits.reserve(decoder.total_bytes()).map_err(|_| too_large)?;
        decoder.set_limits(limits).map_err(|_| too_large)?;
        let image = DynamicImage::from_decoder(decoder).map_err(|_| FileError::Damaged)?;
        let picture = if image.color().has_alpha() {
            Self::from_rgba(&image.into_rgba8(), width, height)
        } else {
            Self::from_grey(image.into_luma8().into_raw(), width, height)
        };
        picture.map_err(|_| too_large)
    }
}

/// Reads the head of a picture, no pixels.
fn open(bytes: &[u8], format: ImageFormat) -> ImageResult<impl ImageDecoder> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    reader.into_decoder()
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// Memory for decoding: 16 million pixels of four channels of 16 bits, twice.
const MOST_MEMORY: u64 = 256 << 20;
