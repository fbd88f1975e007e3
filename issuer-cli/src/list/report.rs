//! All faults of a list, gathered; a fault of a whole column is one fault.

use std::collections::HashMap;
use std::sync::Arc;

use super::fault::{Fault, FaultKind};
use super::limits::FAULTS;
use super::text::Problem;

/// The faults found so far.
pub(super) struct Report {
    columns: Vec<Arc<str>>,
    no_column: Arc<str>,
    faults: Vec<Fault>,
    groups: HashMap<(Option<usize>, FaultKind), Group>,
    added: u64,
}

/// Faults of one kind in one column.
struct Group {
    count: u32,
    first_row: u32,
    first_message: String,
    /// Whether some were only counted.
    cut: bool,
}

impl Report {
    pub(super) fn new(columns: Vec<Arc<str>>) -> Self {
        Self { columns, no_column: Arc::from(""), faults: Vec::new(), groups: HashMap::new(), added: 0 }
    }

    /// Adds a fault of one row; `rows` is how many have been read.
    pub(super) fn add(&mut self, row: u32, column: Option<usize>, problem: Problem, with_row: Option<u32>, rows: u32) {
        let Problem { kind, message } = problem;
        self.added += 1;
        let group = self.groups.entry((column, kind)).or_insert_with(|| Group {
            count: 0,
            first_row: row,
            first_message: message.clone(),
            cut: false,
        });
        group.count += 1;
        if group.count > MANY && is_whole_column(group.count, rows) {
            group.cut = true;
            return;
        }
        let column = self.column(column);
        self.faults.push(Fault { with_row, ..Fault::new(row, column, kind, message) });
    }

    /// Adds a fault of the whole file.
    pub(super) fn add_whole(&mut self, column: &str, problem: Problem) {
        self.faults.push(Fault::new(1, column, problem.kind, problem.message));
    }

    /// How many faults were added so far.
    pub(super) fn added(&self) -> u64 {
        self.added
    }

    /// Whether no more faults can be listed.
    pub(super) fn is_full(&self) -> bool {
        self.faults.len() >= FAULTS
    }

    /// The faults by row, with one fault at row 1 for each column that is wrong as a whole.
    pub(super) fn finish(mut self, rows: u32) -> Vec<Fault> {
        let is_whole = |group: &Group| group.cut || (group.count >= FEW && is_whole_column(group.count, rows));
        let mut whole: Vec<_> = self.groups.iter().filter(|(_, group)| is_whole(group)).collect();
        whole.sort_by_key(|(key, _)| **key);
        let summaries: Vec<Fault> = whole.iter().map(|(key, group)| self.summary(**key, group, rows)).collect();
        self.faults.retain(|fault| !summaries.iter().any(|of| of.kind == fault.kind && of.column == fault.column));
        self.faults.extend(summaries);
        self.faults.sort_by_key(|fault| fault.row);
        self.faults
    }

    fn summary(&self, (column, kind): (Option<usize>, FaultKind), group: &Group, rows: u32) -> Fault {
        let Group { count, first_row, first_message, .. } = group;
        let message = format!("{count} of {rows} rows have this fault, the first is row {first_row}: {first_message}");
        Fault::new(1, self.column(column), kind, message)
    }

    fn column(&self, column: Option<usize>) -> Arc<str> {
        Arc::clone(column.map_or(&self.no_column, |column| &self.columns[column]))
    }
}

fn is_whole_column(count: u32, rows: u32) -> bool {
    count > rows / 2
}

/// Faults of one kind in one column up to which they are listed one by one.
const FEW: u32 = 100;
/// Faults of one kind in one column beyond which those of a whole column are only counted.
const MANY: u32 = 20_000;
