//! Pictures of papers: sizes are checked before anything is decoded. The only user of the image crate.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};
use qr_reader::Picture;

use crate::trouble::Trouble;

/// The grey pixels of a picture; of a TIFF, those of its first page.
pub(crate) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Picture, Trouble> {
    let mut decoder = open(bytes, format).map_err(|_| Trouble::PictureDamaged)?;
    let (width, height) = decoder.dimensions();
    let too_large = Trouble::PictureTooLarge { width, height };
    if width.max(height) > Picture::MAX_SIDE || u64::from(width) * u64::from(height) > Picture::MAX_PIXELS as u64 {
        return Err(too_large);
    }
    let mut limits = limits();
    limits.reserve(decoder.total_bytes()).map_err(|_| too_large)?;
    decoder.set_limits(limits).map_err(|_| too_large)?;
    let image = DynamicImage::from_decoder(decoder).map_err(|_| Trouble::PictureDamaged)?;
    let picture = if image.color().has_alpha() {
        Picture::from_rgba(&image.into_rgba8(), width, height)
    } else {
        Picture::from_grey(image.into_luma8().into_raw(), width, height)
    };
    picture.map_err(|_| too_large)
}

/// Reads the head of a picture, no pixels.
fn open(bytes: &[u8], format: ImageFormat) -> ImageResult<impl ImageDecoder> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    reader.into_decoder()
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

/// Memory for decoding: 16 million pixels of four channels of 16 bits, twice.
const MOST_BYTES: u64 = 256 << 20;
