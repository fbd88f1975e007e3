//! Reads the QR codes of a grey picture: pixels in, the bytes of the codes out.
//!
//! ```
//! use qr_reader::{Effort, Picture, read};
//!
//! let blank = Picture::from_grey(vec![255; 640 * 480], 640, 480)?;
//! assert!(read(&blank, Effort::Quick).is_empty());
//! # Ok::<(), qr_reader::PictureError>(())
//! ```
//!
//! `examples/read-picture.rs` reads the codes of a PNG or JPEG file in twenty lines.
//!
//! What comes out is what a stranger printed: bytes to be judged, never believed.
//!
//! # Hostile pictures
//!
//! A [`Picture`] is bounded, so memory is bounded too: about 80 MB.
//! Patterns and tries are bounded as well. The code that searches the pixels is the rxing crate, which may panic or be slow on a picture made for
//! that purpose. Whoever reads pictures of strangers calls [`read`] where a panic and a time limit
//! are harmless: a process or a WebAssembly instance of its own.

#![forbid(unsafe_code)]

mod chain;
mod decode;
#[cfg(feature = "file")]
mod file;
mod filter;
mod picture;
mod sharpen;

pub use chain::{Effort, read};
#[cfg(feature = "file")]
pub use file::{FileError, ImageFormat};
pub use picture::{Picture, PictureError};
