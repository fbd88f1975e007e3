//! The report in four forms. It appears whole or not at all, and never in the place of another file.

mod html;
mod records;
mod sheet;
mod table;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::about::About;
use super::line::Line;
use super::matching::{Applicant, Compared, Judged};
use super::previous::{Change, Previous};
use crate::language::Language;

pub(super) use records::records;

/// All that a report says.
pub(super) struct Report<'a> {
    pub(super) about: &'a About,
    pub(super) lines: &'a [Line],
    /// The applicant of each line.
    pub(super) compared: &'a [Option<Compared>],
    pub(super) applicants: &'a [Applicant],
    /// What is said of each applicant.
    pub(super) judged: &'a [Judged],
    /// For machines, one for each line and then for each applicant; only if somebody asked for them.
    pub(super) records: Vec<Value>,
    /// What is new since an earlier run, for the lines and then the applicants.
    pub(super) changes: Vec<Change>,
    /// Records of the earlier run that are not found any more.
    pub(super) gone: Vec<Value>,
    pub(super) language: Language,
}

impl Report<'_> {
    /// Marks what has changed since an earlier report.
    pub(super) fn compare(&mut self, previous: Option<Previous>) {
        let Some(previous) = previous else {
            self.changes = vec![Change::NotAsked; self.lines.len() + self.applicants.len()];
            return;
        };
        (self.changes, self.gone) = previous.compare(&self.records);
        for (record, change) in self.records.iter_mut().zip(&self.changes) {
            if let Some(word) = change.code() {
                record["change"] = word.into();
                record["before"] = change.before().into();
            }
        }
    }
}

/// The form of a report, by the ending of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Xlsx,
    Csv,
    Html,
    Jsonl,
}

impl Form {
    /// The form that a file name asks for.
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            "html" | "htm" => Some(Self::Html),
            "jsonl" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

/// Writes the report in every form that is asked for, each unless there is such a file already.
pub(super) fn write(report: &Report<'_>, files: &[(PathBuf, Form)]) -> io::Result<()> {
    let for_people = files.iter().any(|(_, form)| *form != Form::Jsonl);
    let tables = if for_people { table::tables(report) } else { vec![] };
    for (path, form) in files {
        let bytes = match form {
            Form::Jsonl => jsonl(report)?,
            Form::Csv => table::csv(&tables)?,
            Form::Html => html::page(&tables, report.language).into_bytes(),
            Form::Xlsx => sheet::workbook(&tables)?,
        };
        write_whole(path, &bytes)?;
    }
    Ok(())
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".sceau-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

fn jsonl(report: &Report<'_>) -> io::Result<Vec<u8>> {
    let records = report.records.iter().zip(&report.changes).filter(|(_, change)| change.is_shown());
    let records = records.map(|(record, _)| record);
    let mut bytes = Vec::new();
    for record in [&report.about.json].into_iter().chain(records).chain(&report.gone) {
        serde_json::to_writer(&mut bytes, record)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// The names of an applicant's files, each once.
fn files_of<'a>(judged: &Judged, lines: &'a [Line]) -> Vec<&'a str> {
    let files: BTreeSet<_> = judged.lines.iter().map(|place| &*lines[*place].file.name).collect();
    files.into_iter().collect()
}
