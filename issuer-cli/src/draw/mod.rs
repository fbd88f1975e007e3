//! Draws a sealed text as a QR symbol, and the symbol as PNG or SVG (SPEC section 15, ISS-6).
//!
//! The layers below are those of the `qrcode` crate (bits, error correction, function patterns).
//! Placement and the choice of the mask are our own, because the crate searches a hundred times as
//! long as a signature takes; so is the compression of the picture, which knows what repeats.

mod deflate;
mod error;
mod huffman;
mod mask;
mod matrix;
mod penalty;
mod pixels;
mod png;
mod read_back;
mod segments;
mod size;
mod svg;
mod symbol;
mod template;
#[cfg(test)]
mod tests;

pub use error::DrawError;
pub use png::PixelsPerModule;
pub use read_back::read_back;
pub use size::{Level, PrintSize};
pub use symbol::Symbol;

/// Width of the light border around a symbol, in modules, that readers need on each side.
pub const QUIET_ZONE: usize = 4;
