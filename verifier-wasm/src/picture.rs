//! Pictures in, the bytes of their codes out.

use qr_reader::{Effort, Picture, PictureError, read};

/// What is wrong with a picture of such a size, before anything is allocated for it.
pub(crate) fn check(len: usize, width: u32, height: u32) -> Result<(), PictureError> {
    Picture::check_size(width, height)?;
    let pixels = width as usize * height as usize;
    if len == pixels || len == 4 * pixels {
        Ok(())
    } else {
        Err(PictureError::WrongLength { found: len, wanted: pixels })
    }
}

/// Each code's bytes behind their length. A picture that [`check`] refuses has no code.
pub(crate) fn codes(bytes: &[u8], width: u32, height: u32, effort: Effort) -> Vec<u8> {
    let picture = if bytes.len() == width as usize * height as usize {
        Picture::from_grey(bytes.to_vec(), width, height)
    } else {
        Picture::from_rgba(bytes, width, height)
    };
    let codes = picture.map(|picture| read(&picture, effort)).unwrap_or_default();
    codes.iter().flat_map(|code| [&(code.len() as u32).to_le_bytes(), code.as_slice()].concat()).collect()
}
