//! What the child says of a file: JSON lines, so that whatever it is made to say is only text to its parent.

use std::io::{self, BufRead, Read};

use serde::{Deserialize, Serialize};

use crate::trouble::Trouble;

/// One line of the child.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Said {
    /// The file has so many pages.
    Pages(usize),
    /// What a page, from 1, shows. A page may be said again, after a closer look.
    Page {
        page: usize,
        found: Result<Vec<Vec<u8>>, Fault>,
        /// Whether no closer look follows.
        final_try: bool,
        /// Whether all of the page could be drawn.
        whole: bool,
    },
    /// The file is not read at all.
    Refused(Fault),
    /// No more follows on this file.
    End,
}

/// Why a file, or a page of it, gives no codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fault {
    PictureTooLarge { width: u32, height: u32 },
    PictureDamaged,
    PdfDamaged,
    PdfLocked,
    Panicked,
}

impl Said {
    pub(super) fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// Reads a line of the child; a line that it would not say ends the conversation.
pub(crate) fn read_said(child: &mut impl BufRead) -> io::Result<Said> {
    let mut line = String::new();
    child.take(LONGEST_LINE).read_line(&mut line)?;
    serde_json::from_str(&line).map_err(io::Error::other)
}

impl Fault {
    /// The result of work in isolation, `None` if it panicked.
    pub(super) fn of<T>(result: Option<Result<T, Trouble>>) -> Result<T, Self> {
        result.ok_or(Self::Panicked)?.map_err(|trouble| match trouble {
            Trouble::PictureTooLarge { width, height } => Self::PictureTooLarge { width, height },
            Trouble::PdfDamaged => Self::PdfDamaged,
            Trouble::PdfLocked => Self::PdfLocked,
            _ => Self::PictureDamaged,
        })
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::PictureTooLarge { width, height } => Self::PictureTooLarge { width, height },
            Fault::PictureDamaged => Self::PictureDamaged,
            Fault::PdfDamaged => Self::PdfDamaged,
            Fault::PdfLocked => Self::PdfLocked,
            Fault::Panicked => Self::ReaderDied,
        }
    }
}

/// 500 codes of 3,000 bytes, written as numbers.
const LONGEST_LINE: u64 = 8 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_what_is_heard_and_nothing_else_is_believed() {
        let said = [
            Said::Pages(3),
            Said::Page { page: 2, found: Ok(vec![vec![0, 255]]), final_try: false, whole: true },
            Said::Page {
                page: 3,
                found: Err(Fault::PictureTooLarge { width: 9, height: 8 }),
                final_try: true,
                whole: false,
            },
            Said::End,
        ];
        let lines: String = said.iter().map(Said::line).collect();
        let mut reader = lines.as_bytes();
        for expected in said {
            assert_eq!(read_said(&mut reader).unwrap(), expected);
        }
        for wrong in [&b""[..], b"rubbish\n", b"{\"Pages\":-1}\n", b"\xff\n"] {
            assert!(read_said(&mut &*wrong).is_err(), "{wrong:?}");
        }
    }
}
