//! The cells of the table of results: subjects, headings and totals.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use credential_core::document::{ColumnRole, Words};

use super::candidate::{CandidateTable, CellValue, Subject};
use super::cells::Row;
use super::fault::{FaultKind, shown};
use super::layout::SubjectLayout;
use super::lines::{Remembered, unknown};
use super::number;
use super::row::Rows;
use super::text::Problem;
use crate::profile::{CellWords, SubjectNames, Table, TableColumn, reserved};

/// What is remembered from row to row.
#[derive(Default)]
pub(super) struct TableMemory {
    words: Remembered,
    /// Names of subjects that may stand on a paper.
    free: HashSet<Arc<str>>,
}

impl Rows<'_> {
    pub(super) fn table(&mut self, row: &mut Row) -> CandidateTable {
        let Some(table) = &self.cells.profile.table else { return CandidateTable::default() };
        let layout = &self.cells.layout.table;
        let (columns, subjects, fixed) =
            (Arc::clone(&layout.columns), Rc::clone(&layout.subjects), Rc::clone(&layout.fixed));
        // of the right size from the start: 451,117 boxes that shrink would cost a second
        let mut read = Vec::with_capacity(subjects.len());
        let mut cells = Vec::with_capacity(subjects.len() * columns.len());
        for (place, subject) in subjects.iter().enumerate() {
            let Some(name) = self.subject(row, place, subject, table) else { continue };
            read.push(Subject { place, name });
            let start = cells.len();
            cells.extend(columns.iter().zip(&subject.cells).map(|(&of, &at)| self.cell(row, &table.columns[of], at)));
            self.check_row_maximum(row, table, &columns, &subject.cells, &cells[start..]);
        }
        let of_fixed = columns.iter().cycle().zip(fixed.iter());
        let fixed = of_fixed.map(|(&of, at)| at.map_or(CellValue::Empty, |at| self.cell(row, &table.columns[of], at)));
        let fixed = fixed.collect();
        CandidateTable { columns, subjects: read.into_boxed_slice(), cells: cells.into_boxed_slice(), fixed }
    }

    /// The name of a subject; none if the candidate did not take it, which is so where all of its cells are empty.
    fn subject(&mut self, row: &mut Row, place: usize, columns: &SubjectLayout, table: &Table) -> Option<Arc<str>> {
        let blank = columns
            .cells
            .iter()
            .zip(self.results(table))
            .all(|(&at, is_result)| !is_result || row.bytes(at).is_empty());
        match (&table.subjects, columns.name) {
            (SubjectNames::Fixed(names), _) => (!blank).then(|| Arc::from(names[place].as_str())),
            (SubjectNames::Columns { .. }, Some(column)) => {
                if blank && row.bytes(column).is_empty() {
                    return None;
                }
                self.subject_name(row, column)
            }
            (SubjectNames::Columns { .. }, None) => None,
        }
    }

    /// Which of the list's columns hold results.
    fn results<'t>(&self, table: &'t Table) -> impl Iterator<Item = bool> + use<'t> {
        let columns = Arc::clone(&self.cells.layout.table.columns);
        (0..columns.len()).map(move |at| table.columns[columns[at]].role == ColumnRole::Result)
    }

    /// A mark must have a subject, even where the profile lets the column be empty.
    fn subject_name(&mut self, row: &mut Row, column: usize) -> Option<Arc<str>> {
        let name = self.cells.text(row, column)?;
        if name.is_empty() {
            let message = "there is a mark, but no subject; write the subject or take the mark out".to_owned();
            self.cells.fault(row, column, Problem::new(FaultKind::MissingValue, message));
            return None;
        }
        if !self.table_memory.free.contains(&name) {
            if let Some(found) = reserved(&name) {
                let message = format!("{} {}", shown(&name), found.words());
                self.cells.fault(row, column, Problem::new(FaultKind::ReservedName, message));
                return None;
            }
            self.table_memory.free.insert(Arc::clone(&name));
        }
        Some(name)
    }

    fn cell(&mut self, row: &mut Row, column: &TableColumn, at: usize) -> CellValue {
        let bytes = row.bytes(at);
        if bytes.is_empty() && (column.may_be_empty || self.cells.layout.may_be_empty[at]) {
            return CellValue::Empty;
        }
        let Some(scale) = column.scale else {
            return self.cell_words(row, column, at);
        };
        match number::mark(bytes, self.cells.profile.list.decimal, scale) {
            Ok(value) => CellValue::Number(value),
            // a number that is too high is no word
            Err(problem) if problem.kind == FaultKind::MarkAboveScale => self.refused(row, at, problem),
            Err(_) if !bytes.is_empty() && self.is_word(bytes, column) => self.cell_words(row, column, at),
            Err(mut problem) => {
                if matches!(column.role, ColumnRole::Coefficient | ColumnRole::Credits | ColumnRole::Maximum) {
                    problem = no_count(bytes, column.role, scale.decimals);
                }
                self.refused(row, at, problem)
            }
        }
    }

    fn refused(&mut self, row: &mut Row, at: usize, problem: Problem) -> CellValue {
        self.cells.fault(row, at, problem);
        CellValue::Empty
    }

    /// Whether a cell that holds no number may hold this; the words themselves are read like all texts.
    fn is_word(&self, bytes: &[u8], column: &TableColumn) -> bool {
        match &column.words {
            CellWords::Any => true,
            CellWords::These(words) => {
                let text = super::encoding::decode(bytes, self.cells.profile.list.encoding).0;
                words.iter().any(|word| *word == text)
            }
        }
    }

    fn cell_words(&mut self, row: &mut Row, column: &TableColumn, at: usize) -> CellValue {
        let Some(text) = self.cells.filled(row, at) else { return CellValue::Empty };
        if let (CellWords::These(words), false) = (&column.words, column.words.allow(&text)) {
            let problem = unknown(FaultKind::UnknownWord, &text, "word", words.iter().map(String::as_str));
            return self.refused(row, at, problem);
        }
        if let Some(words) = self.table_memory.words.get(&text) {
            return CellValue::Words(Arc::clone(words));
        }
        let words = self.cells.profile.document.grade(&text).cloned().or_else(|| Words::one(&*text).ok());
        let Some(words) = words.map(Arc::new) else { return CellValue::Empty };
        if self.table_memory.words.len() < super::limits::REMEMBERED {
            self.table_memory.words.insert(text, Arc::clone(&words));
        }
        CellValue::Words(words)
    }

    /// Results without a maximum of their own are held against that of the row.
    fn check_row_maximum(
        &mut self,
        row: &mut Row,
        table: &Table,
        columns: &[usize],
        at: &[usize],
        cells: &[CellValue],
    ) {
        let of = |&place: &usize| &table.columns[place];
        let maximum = columns.iter().zip(cells).find(|(place, _)| of(place).role == ColumnRole::Maximum);
        let Some((place, CellValue::Number(maximum))) = maximum else { return };
        let decimals = of(place).scale.map_or(0, |scale| scale.decimals);
        for ((place, cell), &column) in columns.iter().zip(cells).zip(at) {
            let (TableColumn { role: ColumnRole::Result, scale: Some(scale), .. }, CellValue::Number(value)) =
                (of(place), cell)
            else {
                continue;
            };
            if scale.maximum.is_some() || scale.above_maximum {
                continue;
            }
            // both in units of the finer of the two; neither overflows: they are below 2^40, with 6 decimals at most
            let finer =
                |value: i64, own: u8, other: u8| i128::from(value) * 10_i128.pow(u32::from(other.saturating_sub(own)));
            if finer(*value, scale.decimals, decimals) > finer(*maximum, decimals, scale.decimals) {
                let most = credential_core::document::Number { value: *maximum, decimals, maximum: None };
                let problem = number::check_maximum(row.bytes(column), 1, Some(0), Some(most));
                self.cells.value(row, column, problem);
            }
        }
    }
}

fn no_count(bytes: &[u8], role: ColumnRole, decimals: u8) -> Problem {
    let kind = match role {
        ColumnRole::Credits => "a count of credits",
        ColumnRole::Maximum => "a maximum",
        _ => "a coefficient",
    };
    let form = match decimals {
        0 => "a whole number".to_owned(),
        decimals => format!("a number with at most {decimals} decimals"),
    };
    let message = format!("{} is not {kind}, {form}; correct it", shown(&String::from_utf8_lossy(bytes)));
    Problem::new(FaultKind::CoefficientNotANumber, message)
}
