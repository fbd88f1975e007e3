//! Why a text cannot be drawn.

use thiserror::Error;

use super::size::PrintSize;

/// Why a text cannot be drawn as asked.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Error)]
#[non_exhaustive]
pub enum DrawError {
    /// There is nothing to draw.
    #[error("the text to draw is empty")]
    Empty,
    /// A character is outside the alphanumeric mode of QR codes.
    #[error(
        "character {found:?} at position {position} cannot be drawn; \
         only 0-9, A-Z, space and $ % * + - . / : can, or an address https:// with # and digits at its end"
    )]
    NotAlphanumeric {
        /// Position of the character, counted from 0.
        position: usize,
        /// The character.
        found: char,
    },
    /// The text does not fit the largest symbol at level M.
    #[error("the text has {characters} characters; the largest symbol holds {most}")]
    TooLong {
        /// Length of the text.
        characters: usize,
        /// What version 40 holds at level M.
        most: usize,
    },
    /// At the chosen size a module would be smaller than printers and cameras resolve.
    #[error("a code of {modules} modules needs {needed} with its border; the chosen size is {chosen}")]
    TooSmall {
        /// Width of the symbol in modules, without the quiet zone.
        modules: usize,
        /// The least size that would do.
        needed: PrintSize,
        /// The size that was asked for.
        chosen: PrintSize,
    },
    /// A print size is not a sensible length.
    #[error("a print size of {millimetres} mm was asked; wanted 1 mm to 1000 mm")]
    PrintSize {
        /// The size asked for, rounded to whole millimetres.
        millimetres: i64,
    },
    /// A number of pixels is not sensible.
    #[error("{pixels} pixels per module were asked; wanted 1 to {most}")]
    PixelsPerModule {
        /// The number asked for.
        pixels: u32,
        /// The largest number allowed.
        most: u32,
    },
}
