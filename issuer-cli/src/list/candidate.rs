//! One candidate of a list, in types that have passed their rules.

use std::sync::Arc;

use credential_core::document::{Date, LineValue, MinutesReference, Outcome, Text, Words};

/// One line of a list that holds no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The row as a spreadsheet counts it.
    pub row: u32,
    /// The candidate's number, leading zeros kept.
    pub number: Text,
    /// The name as on the paper, one text or one per language.
    pub holder: Words,
    /// Date of birth.
    pub birth: Option<Date>,
    /// Place of birth.
    pub birth_place: Option<Words>,
    /// Identity number in clear, as in the list: never put it into a document or a log.
    pub identity: Option<Text>,
    /// Code of the series; the profile has its words.
    pub series: Option<Arc<str>>,
    /// Cell of the session's column; `None` if the profile fixes the session.
    pub session: Option<Arc<str>>,
    /// Value of the honours; the profile has its words.
    pub honours: Option<Arc<str>>,
    /// Mean, in units of the last decimal that the profile says.
    pub mean: Option<i64>,
    /// Subjects, headings and totals.
    pub table: CandidateTable,
    /// Values of the profile's other lines; `None` where nothing is printed.
    pub lines: Values,
    /// Centre or school.
    pub centre: Option<Words>,
    /// Year of the archives.
    pub archive_year: Option<u16>,
    /// The day of the award, where it stands in the list.
    pub awarded: Option<Date>,
    /// The last day of validity, where it stands in the list.
    pub valid_until: Option<Date>,
    /// What was decided.
    pub outcome: Outcome,
    /// Value of the decision; the profile may have its words.
    pub decision: Option<Arc<str>>,
    /// The line of the minutes that says the same, once they were compared.
    pub minutes: Option<MinutesReference>,
}

impl Candidate {
    /// Whether the jury admitted the candidate.
    pub fn is_admitted(&self) -> bool {
        self.outcome == Outcome::Admitted
    }
}

/// What a line of the list puts into the table of results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateTable {
    /// Columns of the profile's table that the list has, by their places in it.
    pub columns: Arc<[usize]>,
    /// Subjects in the list's order.
    pub subjects: Box<[Subject]>,
    /// For each subject a cell of each column.
    pub cells: Box<[CellValue]>,
    /// For each heading and total of the profile a cell of each column.
    pub fixed: Box<[CellValue]>,
}

/// One subject of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which of the list's subjects it is, from 0.
    pub place: usize,
    /// Name as in the list; the profile may have its words.
    pub name: Arc<str>,
}

/// A cell of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// A number, in units of its column's last decimal.
    Number(i64),
    /// Words as printed.
    Words(Arc<Words>),
    /// Nothing is printed.
    Empty,
}

/// Values of the profile's lines about the person, about the award, and of its summaries, each in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// About the person.
    pub person: Box<[Option<LineValue>]>,
    /// About the award.
    pub award: Box<[Option<LineValue>]>,
    /// Summaries of the results.
    pub summaries: Box<[Option<LineValue>]>,
}
