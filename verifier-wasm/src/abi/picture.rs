//! The exports of the module that reads pictures.

use qr_reader::{Effort, PictureError};

use super::{bytes, result};
use crate::picture;

/// 0 if [`read_codes`] takes such a picture, 1 if it is empty, 2 too large, 3 of another length.
#[unsafe(no_mangle)]
pub extern "C" fn check_picture(len: usize, width: u32, height: u32) -> u32 {
    match picture::check(len, width, height) {
        Ok(()) => 0,
        Err(PictureError::Empty { .. }) => 1,
        Err(PictureError::TooLarge { .. }) => 2,
        Err(_) => 3,
    }
}

/// The codes of a picture, grey or RGBA by its length; `effort` 0 is for the frame of a camera.
///
/// # Safety
/// `pixels` points to `len` bytes from [`alloc`](super::alloc).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read_codes(pixels: *const u8, len: usize, width: u32, height: u32, effort: u32) -> u64 {
    // SAFETY: by the contract above
    let pixels = unsafe { bytes(pixels, len) };
    let effort = if effort == 0 { Effort::Quick } else { Effort::Thorough };
    result(picture::codes(pixels, width, height, effort))
}
