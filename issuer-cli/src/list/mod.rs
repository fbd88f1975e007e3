//! Reading a candidates' list: every line becomes a [`Candidate`] or has a [`Fault`] that says why not.

mod alphabet;
mod candidate;
mod cells;
mod clash;
mod date;
mod encoding;
mod fault;
mod head;
mod layout;
mod limits;
mod lines;
mod mojibake;
mod name;
mod number;
mod report;
mod row;
mod sample;
mod source;
mod table;
mod text;

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder};

pub use candidate::{Candidate, CandidateTable, CellValue, Subject, Values};
pub use fault::{Fault, FaultKind, Severity};
pub use sample::sample;
pub(crate) use text::nfc_text;

use head::Head;
use layout::Layout;
use row::Rows;
use source::{Gauge, Source, Stop};
use text::Problem;

use crate::profile::Profile;

/// A list that has been read once from end to end.
#[derive(Debug)]
pub struct Checked {
    /// Rows below the header.
    pub rows_read: u32,
    /// The lines without an error, admitted or not, in the list's order.
    pub candidates: Vec<Candidate>,
    /// Everything that was found, by row.
    pub faults: Vec<Fault>,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// Headers of optional columns that the list does not have: the papers are without them.
    pub left_out: Vec<String>,
}

impl Checked {
    /// How many faults have a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.faults.iter().filter(|fault| fault.severity == severity).count()
    }

    /// Whether the file as a whole, or a column of it, was refused: then no part of it should be sealed.
    pub fn is_refused_whole(&self) -> bool {
        self.faults.iter().any(|fault| fault.row == 1 && fault.severity == Severity::Error)
    }
}

/// Reads a list from a file; anything but a regular file is refused.
pub fn read_file(path: &Path, profile: &Profile) -> io::Result<Checked> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    read(file, profile)
}

/// Reads a list in one pass, within limits of size; only a failing `input` is an error.
pub fn read(input: impl Read, profile: &Profile) -> io::Result<Checked> {
    let mut source = Source::new(input);
    let head = Head::read(&mut source)?;
    match head.layout(profile) {
        Ok(layout) => read_rows(head, source, profile, layout),
        Err(faults) => {
            let mut report = report::Report::new(Vec::new());
            faults.into_iter().for_each(|(column, problem)| report.add_whole(&column, problem));
            let faults = report.finish(0);
            Ok(Checked { rows_read: 0, candidates: Vec::new(), faults, digest: source.digest()?, left_out: Vec::new() })
        }
    }
}

fn read_rows<R: Read>(head: Head, source: Source<R>, profile: &Profile, layout: Layout) -> io::Result<Checked> {
    let gauge = source.gauge();
    let mut reader = ReaderBuilder::new()
        .delimiter(profile.list.separator.byte())
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16)
        .from_reader(Cursor::new(head.into_bytes()).chain(source));
    let mut rows = Rows::new(profile, layout);
    let mut candidates = Vec::new();
    let mut counter = RowCounter::default();
    let mut record = ByteRecord::new();
    let ended = loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break None,
            Err(error) => break Some(stopped(&gauge, error, counter.row + 1)?),
        }
        gauge.allow_row();
        let is_header = counter.row == 0;
        counter.add(&record, reader.position().line());
        if is_header {
            continue;
        }
        candidates.extend(rows.candidate(counter.row, &record));
        if let Some(problem) = too_many(&rows) {
            break Some(problem);
        }
    };
    let left_out = std::mem::take(&mut rows.cells.layout.left_out);
    let mut report = rows.cells.report;
    ended.into_iter().for_each(|problem| report.add_whole("", problem));
    let (_, source) = reader.into_inner().into_inner();
    let rows_read = rows.cells.count;
    Ok(Checked { rows_read, candidates, faults: report.finish(rows_read), digest: source.digest()?, left_out })
}

/// Counts rows as a spreadsheet does: empty lines count, line breaks within a cell do not.
#[derive(Default)]
struct RowCounter {
    row: u32,
    line: u64,
}

impl RowCounter {
    fn add(&mut self, record: &ByteRecord, line: u64) {
        let inner = record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        let lines = line - self.line.max(1);
        self.row += u32::try_from(lines.saturating_sub(inner).max(1)).unwrap_or(u32::MAX);
        self.line = line;
    }
}

fn stopped(gauge: &Gauge, error: csv::Error, row: u32) -> io::Result<Problem> {
    match gauge.stop() {
        Some(Stop::FileTooLarge) => {
            let message = format!("the file has more than {} MiB; divide the list", limits::FILE_BYTES >> 20);
            Ok(Problem::new(FaultKind::FileTooLarge, message))
        }
        Some(Stop::RowTooLong) => {
            let message =
                format!("row {row} has no end: look for a quotation mark that is not closed in it or just above");
            Ok(Problem::new(FaultKind::RowTooLong, message))
        }
        None => Err(error.into()),
    }
}

fn too_many(rows: &Rows) -> Option<Problem> {
    if rows.cells.count >= limits::ROWS {
        let message = format!("the list has more than {} rows; divide it", limits::ROWS);
        return Some(Problem::new(FaultKind::TooManyRows, message));
    }
    rows.cells.report.is_full().then(|| {
        let message = format!("more than {} faults; mend these first, what follows was not read", limits::FAULTS);
        Problem::new(FaultKind::TooManyFaults, message)
    })
}
