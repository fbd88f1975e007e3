//! Reading the cells of one row, with every fault reported at its column.

use std::collections::HashMap;
use std::sync::Arc;

use csv::ByteRecord;

use super::fault::{FaultKind, Severity, shown};
use super::layout::Layout;
use super::limits::REMEMBERED;
use super::report::Report;
use super::text::{self, Problem};
use crate::profile::Profile;

/// What the cells of a list are read by.
pub(super) struct Cells<'p> {
    pub(super) profile: &'p Profile,
    pub(super) layout: Layout,
    pub(super) report: Report,
    /// Rows read so far.
    pub(super) count: u32,
    /// Clean texts that occur often, by their bytes.
    remembered: HashMap<Box<[u8]>, Arc<str>>,
}

/// The row being read.
pub(super) struct Row<'r> {
    pub(super) at: u32,
    pub(super) record: &'r ByteRecord,
    pub(super) failed: bool,
}

impl Row<'_> {
    /// The bytes of a cell without spaces at its ends.
    pub(super) fn bytes(&self, column: usize) -> &[u8] {
        self.record[column].trim_ascii()
    }
}

impl<'p> Cells<'p> {
    pub(super) fn new(profile: &'p Profile, layout: Layout) -> Self {
        let report = Report::new(layout.names.clone());
        Self { profile, layout, report, count: 0, remembered: HashMap::new() }
    }

    /// Reports a fault at a column.
    pub(super) fn fault(&mut self, row: &mut Row, column: usize, problem: Problem) {
        self.clash(row, column, problem, None);
    }

    /// Reports a fault at a column that names an earlier row.
    pub(super) fn clash(&mut self, row: &mut Row, column: usize, problem: Problem, with_row: Option<u32>) {
        row.failed |= problem.kind.severity() == Severity::Error;
        self.report.add(row.at, Some(column), problem, with_row, self.count);
    }

    /// Whether the row has as many cells as the header.
    pub(super) fn check_cell_count(&mut self, row: &mut Row) -> bool {
        let (found, wanted) = (row.record.len(), self.layout.names.len());
        if found == wanted {
            return true;
        }
        let lines = row.record.as_slice().iter().filter(|&&byte| byte == b'\n').count() + 1;
        let advice = match lines {
            1 => "look for a separator too many or too few".to_owned(),
            _ => format!("it runs over {lines} lines: look for a quotation mark that is not closed"),
        };
        let message = format!("the row has {found} cells, the header has {wanted}; {advice}");
        row.failed = true;
        self.report.add(row.at, None, Problem::new(FaultKind::ColumnCount, message), None, self.count);
        false
    }

    /// The value of a read cell, or its fault reported.
    pub(super) fn value<T>(&mut self, row: &mut Row, column: usize, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.fault(row, column, problem)).ok()
    }

    /// The text of a cell that is different in every row; `None` if it holds a fault.
    pub(super) fn unique(&mut self, row: &mut Row, column: usize) -> Option<String> {
        let record = row.record;
        let clean = self.value(row, column, text::read(&record[column], &self.profile.list))?;
        let text = clean.text.into_owned();
        for note in clean.notes {
            self.fault(row, column, note);
        }
        Some(text)
    }

    /// The text of a cell, remembered for rows with the same; `None` if it holds a fault.
    pub(super) fn text(&mut self, row: &mut Row, column: usize) -> Option<Arc<str>> {
        let bytes = &row.record[column];
        if let Some(text) = self.remembered.get(bytes) {
            return Some(Arc::clone(text));
        }
        let notes = self.report.added();
        let text: Arc<str> = self.unique(row, column)?.into();
        // a note belongs to each row that has the text
        if self.remembered.len() < REMEMBERED && notes == self.report.added() {
            self.remembered.insert(bytes.into(), Arc::clone(&text));
        }
        Some(text)
    }

    /// The text of a cell; an empty cell is a fault unless the profile allows it.
    pub(super) fn filled(&mut self, row: &mut Row, column: usize) -> Option<Arc<str>> {
        let text = self.text(row, column)?;
        if text.is_empty() {
            self.empty(row, column, FaultKind::MissingValue);
            return None;
        }
        Some(text)
    }

    /// Reports an empty cell unless the profile allows it.
    pub(super) fn empty(&mut self, row: &mut Row, column: usize, kind: FaultKind) {
        if !self.layout.may_be_empty[column] {
            let name = shown(&self.layout.names[column]);
            let message = format!("the cell is empty; fill it, or write {name} in may_be_empty under [list]");
            self.fault(row, column, Problem::new(kind, message));
        }
    }
}
