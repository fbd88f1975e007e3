//! The start of a file: whether it is a list as the profile says, and its header.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::encoding::{Guess, decode, guess};
use super::fault::FaultKind;
use super::layout::{HeaderFault, Layout};
use super::limits::HEAD_BYTES;
use super::text::Problem;
use crate::profile::{Encoding, Profile, Separator};

/// The first bytes of a file, without a byte order mark.
pub(super) struct Head {
    bytes: Vec<u8>,
    had_mark: bool,
}

impl Head {
    pub(super) fn read(source: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        source.take(HEAD_BYTES).read_to_end(&mut bytes)?;
        let had_mark = bytes.starts_with(UTF8_MARK);
        if had_mark {
            bytes.drain(..UTF8_MARK.len());
        }
        Ok(Self { bytes, had_mark })
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Where the profile's columns are; or what is wrong with the whole file.
    pub(super) fn layout(&self, profile: &Profile) -> Result<Layout, Vec<HeaderFault>> {
        let encoding = profile.list.encoding;
        if let Some(problem) = self.not_a_list().or_else(|| self.wrong_encoding(encoding)) {
            return Err(vec![(String::new(), problem)]);
        }
        let header = self.header(profile.list.separator, encoding);
        Layout::find(&header, profile).map_err(|faults| match self.wrong_separator(profile) {
            Some(problem) => vec![(String::new(), problem)],
            None => faults,
        })
    }

    fn not_a_list(&self) -> Option<Problem> {
        let message = if self.bytes.iter().all(u8::is_ascii_whitespace) {
            "the file is empty; export the list again"
        } else if WORKBOOK.iter().any(|start| self.bytes.starts_with(start)) {
            "the file is a workbook; save it as \"CSV UTF-8\" and read that"
        } else {
            return None;
        };
        Some(Problem::new(FaultKind::NotAList, message))
    }

    fn wrong_encoding(&self, encoding: Encoding) -> Option<Problem> {
        let guess = if self.had_mark { Guess::Utf8 } else { guess(&self.bytes) };
        let advice = match (guess, encoding) {
            (Guess::Utf16, _) => {
                "UTF-16; save the list as \"CSV UTF-8\" and write encoding = \"utf-8\" under [list] of the profile"
            }
            (Guess::Utf8 | Guess::BrokenUtf8, Encoding::Windows1252) => {
                "utf-8; write encoding = \"utf-8\" under [list] of the profile"
            }
            (Guess::SingleByte, Encoding::Utf8) => {
                "windows-1252; write encoding = \"windows-1252\" under [list] of the profile"
            }
            _ => return None,
        };
        let message = format!("the profile says {}, but the file seems to be {advice}", encoding.name());
        Some(Problem::new(FaultKind::WrongEncoding, message))
    }

    fn wrong_separator(&self, profile: &Profile) -> Option<Problem> {
        let list = &profile.list;
        let matches = |separator| Layout::matches(&self.header(separator, list.encoding), profile);
        let (found, wanted) = matches(list.separator);
        let better = Separator::ALL.into_iter().find(|&other| matches(other).0 > found.max(wanted / 2))?;
        let (says, write) = (list.separator.name(), better.name());
        let message = format!(
            "the profile says separator = \"{says}\", but the cells are divided by \"{write}\"; write separator = \"{write}\" under [list]"
        );
        Some(Problem::new(FaultKind::WrongSeparator, message))
    }

    fn header(&self, separator: Separator, encoding: Encoding) -> Vec<String> {
        let mut record = ByteRecord::new();
        let mut reader = ReaderBuilder::new();
        reader.delimiter(separator.byte()).has_headers(false).flexible(true);
        // bytes in memory: the only error left is none
        let read = reader.from_reader(self.bytes.as_slice()).read_byte_record(&mut record);
        read.map_or_else(|_| Vec::new(), |_| record.iter().map(|name| decode(name, encoding).0.into_owned()).collect())
    }
}

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
/// How XLSX or ODS, and XLS, start.
const WORKBOOK: [&[u8]; 2] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0]];
