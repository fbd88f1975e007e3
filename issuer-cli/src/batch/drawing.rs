//! What is drawn for each document of a batch, and what of it is read back.

use clap::ValueEnum;

/// What is drawn for each document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Drawing {
    /// A PNG and an SVG.
    Both,
    /// A PNG.
    Png,
    /// An SVG.
    Svg,
    /// Nothing: the text alone.
    None,
}

impl Drawing {
    pub(super) fn png(self) -> bool {
        matches!(self, Self::Both | Self::Png)
    }

    pub(super) fn svg(self) -> bool {
        matches!(self, Self::Both | Self::Svg)
    }
}

/// What is read back with a second decoder; every text is verified in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadBack {
    /// Every PNG.
    EveryPicture,
    /// No picture.
    TextOnly,
}
