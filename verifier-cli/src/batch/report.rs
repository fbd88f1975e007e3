//! The report in four forms. It appears whole or not at all, and never in the place of another file.

mod html;
mod records;
mod sheet;
mod table;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use super::about::About;
use super::line::Line;
use super::matching::{Applicant, Compared, Judged};
use super::previous::Change;
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
    /// What is new since an earlier run, for the lines and then the applicants.
    pub(super) changes: &'a [Change],
    /// Records of the earlier run that are not found any more.
    pub(super) gone: &'a [Value],
    pub(super) language: Language,
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

/// Writes a report, unless there is such a file already.
pub(super) fn write(report: &Report<'_>, path: &Path, form: Form) -> io::Result<()> {
    let bytes = match form {
        Form::Jsonl => jsonl(report)?,
        Form::Csv => table::csv(&table::tables(report))?,
        Form::Html => html::page(&table::tables(report), report.language).into_bytes(),
        Form::Xlsx => sheet::workbook(&table::tables(report))?,
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".sceau-").tempfile_in(folder)?;
    file.write_all(&bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

fn jsonl(report: &Report<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut put = |record: &Value| -> io::Result<()> {
        serde_json::to_writer(&mut bytes, record)?;
        bytes.write_all(b"\n")
    };
    put(&report.about.json)?;
    for (mut record, change) in records(report).into_iter().zip(report.changes) {
        if let Some(word) = change.code() {
            record["change"] = word.into();
            record["before"] = change.before().into();
        }
        if change.is_shown() {
            put(&record)?;
        }
    }
    report.gone.iter().try_for_each(put)?;
    Ok(bytes)
}

/// The names of an applicant's files, each once.
fn files_of<'a>(judged: &Judged, lines: &'a [Line]) -> Vec<&'a str> {
    let files: BTreeSet<_> = judged.lines.iter().map(|place| &*lines[*place].file.name).collect();
    files.into_iter().collect()
}
