//! The table of results that a profile describes: its columns, and the rows that are no subject.

use credential_core::document::{ColumnRole, Heading, Kind, RowKind, Text, Words};

/// The table of results of a paper.
#[derive(Clone, Debug)]
pub struct Table {
    /// Kinds of document that print it.
    pub kinds: Vec<Kind>,
    /// Where the subjects' names come from.
    pub subjects: SubjectNames,
    /// Its columns, in the order of the paper.
    pub columns: Vec<TableColumn>,
    /// Headings and totals, in the order of the paper.
    pub rows: Vec<FixedRow>,
}

/// Where the names of subjects come from.
#[derive(Clone, Debug)]
pub enum SubjectNames {
    /// From columns whose header has `{n}` in it, so many of them.
    Columns {
        /// The header.
        header: String,
        /// How many subjects a line has at most.
        count: usize,
    },
    /// The same for every candidate.
    Fixed(Vec<Text>),
}

/// One column of the table.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Header of the list's column for each subject, with `{n}` or `{name}`.
    pub from: String,
    /// What its cells are.
    pub role: ColumnRole,
    /// What stands above it.
    pub heading: Heading,
    /// How its numbers are written; `None` if it has only words.
    pub scale: Option<Scale>,
    /// Which words may stand in its cells.
    pub words: CellWords,
    /// Whether a cell may be empty: nothing is printed there.
    pub may_be_empty: bool,
    /// Whether a list may lack all of its columns: the papers are then without it.
    pub optional: bool,
}

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Digits behind the decimal sign.
    pub decimals: u8,
    /// The scale that the paper prints.
    pub maximum: Option<u64>,
    /// Whether numbers above the maximum are right, as French means of 21.28 out of 20 are.
    pub above_maximum: bool,
    /// Whether numbers below 0 are right.
    pub below_zero: bool,
}

/// Which words may stand in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellWords {
    /// Only these, or none if there are none.
    These(Vec<String>),
    /// Any.
    Any,
}

/// A row that is no subject.
#[derive(Clone, Debug)]
pub struct FixedRow {
    /// The subject before which it stands, from 1.
    pub before: usize,
    /// Heading or total.
    pub kind: RowKind,
    /// Its name.
    pub name: Words,
    /// Per column of the table, the list's column with its cell.
    pub cells: Vec<Option<String>>,
}

impl Table {
    /// How many subjects a line has at most.
    pub fn count(&self) -> usize {
        match &self.subjects {
            SubjectNames::Columns { count, .. } => *count,
            SubjectNames::Fixed(names) => names.len(),
        }
    }

    /// The header of a subject's name, from 0; `None` if it is fixed.
    pub fn name_header(&self, subject: usize) -> Option<String> {
        match &self.subjects {
            SubjectNames::Columns { header, .. } => Some(self.numbered(header, subject)),
            SubjectNames::Fixed(_) => None,
        }
    }

    /// The header of a column for a subject, from 0.
    pub fn header(&self, column: &TableColumn, subject: usize) -> String {
        self.numbered(&column.from, subject)
    }

    fn numbered(&self, pattern: &str, subject: usize) -> String {
        let numbered = pattern.replace(NUMBER, &(subject + 1).to_string());
        match &self.subjects {
            SubjectNames::Columns { .. } => numbered,
            SubjectNames::Fixed(names) => numbered.replace(NAME, names[subject].as_str()),
        }
    }
}

impl CellWords {
    /// Whether a word may stand in a cell.
    pub fn allow(&self, word: &str) -> bool {
        match self {
            Self::These(words) => words.iter().any(|of| of == word),
            Self::Any => true,
        }
    }
}

impl Scale {
    /// The largest number that is right, in units of its last decimal.
    pub fn highest(self) -> Option<i64> {
        let maximum = self.maximum.filter(|_| !self.above_maximum)?;
        i64::try_from(maximum).ok()?.checked_mul(10_i64.pow(self.decimals.into()))
    }
}

/// What stands for the number of a subject in a header.
pub(super) const NUMBER: &str = "{n}";
/// What stands for the name of a subject in a header.
pub(super) const NAME: &str = "{name}";
