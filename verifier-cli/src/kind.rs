//! What a file is: decided by its first bytes, never by its name.

use qr_reader::ImageFormat;

use crate::trouble::Trouble;

/// A kind of file that may show codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// PNG or JPEG.
    Picture(ImageFormat),
    /// TIFF, of one page or several.
    Tiff,
    /// PDF.
    Pdf,
}

/// What shows codes and starts with these bytes; `None` if it may be text.
pub(crate) fn kind(start: &[u8]) -> Option<Result<Kind, Trouble>> {
    let shown = SHOWN.iter().find(|(magic, _)| start.starts_with(magic));
    shown.map(|(_, kind)| Ok(*kind)).or_else(|| other(start).map(Err))
}

impl Kind {
    /// Its name, as people write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Picture(ImageFormat::Png) => "PNG",
            Self::Picture(_) => "JPEG",
            Self::Tiff => "TIFF",
            Self::Pdf => "PDF",
        }
    }
}

/// What a file is that shows no codes and is no text.
fn other(start: &[u8]) -> Option<Trouble> {
    let known = OTHERS.iter().find(|(at, magic, _)| start.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    match known {
        _ if start.is_empty() => Some(Trouble::Empty),
        Some((_, _, trouble)) => Some(*trouble),
        None if start.contains(&0) => Some(Trouble::Binary),
        None => None,
    }
}

/// The longest of the magic numbers below, with its place.
pub(crate) const MAGIC: usize = 16;
/// The most bytes of a file whose codes are read.
pub(crate) const MOST_BYTES: u64 = 64 << 20;

const SHOWN: [(&[u8], Kind); 5] = [
    (b"\x89PNG\r\n\x1a\n", Kind::Picture(ImageFormat::Png)),
    (b"\xff\xd8\xff", Kind::Picture(ImageFormat::Jpeg)),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"%PDF", Kind::Pdf),
];

const OTHERS: [(usize, &[u8], Trouble); 8] = [
    (0, b"GIF8", Trouble::Other("GIF")),
    (0, b"RIFF", Trouble::Other("WebP")),
    (4, b"ftyp", Trouble::Other("HEIC")),
    (0, b"PK\x03\x04", Trouble::Other("ZIP")),
    (0, b"\xff\xfe", Trouble::Utf16),
    (0, b"\xfe\xff", Trouble::Utf16),
    (0, b"\xa4\x00\x6csceau/1/pack", Trouble::TrustPack),
    (0, b"\x1f\x8b", Trouble::Other("gzip")),
];
