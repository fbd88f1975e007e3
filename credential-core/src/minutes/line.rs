//! Canonical lines of minutes: rules MIN-3 and MIN-4.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::cbor::Writer;
use crate::claims::{Decision, Results, write_date_value, write_decision, write_results, write_words_value};
use crate::date::Date;
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
    pub birth: Option<Date>,
    /// The series: the first text of it that the document prints.
    pub series: Option<Text>,
    /// The decision, as the document prints it.
    pub decision: Decision,
    /// Honours.
    pub honours: Option<Words>,
    /// The results of the transcript, whole.
    pub results: Option<Results>,
}

impl MinutesLine {
    /// The canonical bytes: what an auditor compares, letter by letter.
    pub fn to_bytes(&self) -> Vec<u8> {
        // no `..`: a field that is forgotten here does not compile
        let Self { line, number, holder, birth, series, decision, honours, results } = self;
        let mut out = Writer::with_capacity(256);
        out.array(8).uint(*line).text(number.as_str());
        write_words_value(&mut out, holder);
        or_zero(&mut out, birth.as_ref(), write_date_value);
        write_series(&mut out, series.as_ref());
        write_decision(&mut out, decision);
        or_zero(&mut out, honours.as_ref(), write_words_value);
        or_zero(&mut out, results.as_ref(), write_results);
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

fn or_zero<T>(out: &mut Writer, value: Option<&T>, write: fn(&mut Writer, &T)) {
    match value {
        Some(value) => write(out, value),
        None => {
            out.uint(0);
        }
    }
}
