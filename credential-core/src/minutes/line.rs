//! Canonical lines of minutes: rules MIN-3 and MIN-4.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::cbor::Writer;
use crate::claims::Mark;
use crate::date::PartialDate;
use crate::words::{Text, Words};

/// What a jury decided about one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutesLine {
    /// Its number in the minutes, from 1.
    pub line: u64,
    /// The candidate's number.
    pub number: Text,
    /// The candidate's name, as the document will have it.
    pub holder: Words,
    /// Birth date, as far as it is known.
    pub birth: Option<PartialDate>,
    /// The series, as the document will have it in its first language.
    pub series: Option<Text>,
    /// The decision.
    pub decision: Decision,
    /// The mean, scaled as in the document.
    pub mean: Option<u32>,
    /// The marks in the order of the minutes.
    pub marks: Vec<Mark>,
}

/// A jury's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Not admitted.
    NotAdmitted,
    /// Admitted.
    Admitted,
}

impl MinutesLine {
    /// The canonical bytes: what an auditor compares, letter by letter.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::with_capacity(128);
        out.array(8).uint(self.line).text(self.number.as_str());
        if let [_, _, ..] = self.holder.texts() {
            out.array(self.holder.texts().len());
        }
        self.holder.texts().iter().for_each(|text| {
            out.text(text.as_str());
        });
        out.uint(self.birth.map_or(0, PartialDate::to_number));
        write_series(&mut out, self.series.as_ref());
        out.uint(self.decision as u64);
        match self.mean {
            Some(mean) => out.uint(mean.into()),
            None => out.negative(0),
        };
        out.array(self.marks.len());
        self.marks.iter().for_each(|mark| write_mark(&mut out, mark));
        out.into_bytes()
    }

    /// The leaf's data under the line's own salt.
    pub fn leaf(&self, line_salt: &[u8; 32]) -> [u8; 32] {
        Sha256::new().chain_update(line_salt).chain_update(self.to_bytes()).finalize().into()
    }
}

/// The secret of one set of minutes, 32 random bytes: without it nobody can guess lines and try them on the root.
#[derive(Clone, PartialEq, Eq)]
pub struct MinutesSalt([u8; 32]);

impl MinutesSalt {
    /// Takes 32 random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The bytes, for the office's own archive.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The salt of one line: what is handed out with a proof for it, and opens no other line.
    pub fn of_line(&self, line: u64) -> [u8; 32] {
        Sha256::new().chain_update(self.0).chain_update(line.to_be_bytes()).finalize().into()
    }

    /// The leaf's data of a line.
    pub fn leaf(&self, line: &MinutesLine) -> [u8; 32] {
        line.leaf(&self.of_line(line.line))
    }
}

impl fmt::Debug for MinutesSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MinutesSalt")
    }
}

pub(super) fn write_series(out: &mut Writer, series: Option<&Text>) {
    match series {
        Some(series) => out.text(series.as_str()),
        None => out.uint(0),
    };
}

fn write_mark(out: &mut Writer, mark: &Mark) {
    match mark {
        Mark::Number(mark) => out.uint((*mark).into()),
        Mark::Word(word) => out.text(word.as_str()),
    };
}
