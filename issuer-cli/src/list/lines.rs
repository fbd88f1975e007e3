//! Cells of the lines that no other field holds: words in one language or several, numbers, and days with their words.

use std::rc::Rc;
use std::sync::Arc;

use credential_core::document::{Date, LineValue, Number, Text, Words};

use super::cells::Row;
use super::fault::{FaultKind, shown};
use super::layout::{DateLayout, TextLayout};
use super::row::Rows;
use super::text::Problem;
use super::{date, number};
use crate::profile::{PrintedLine, Scale, ValueFrom};

impl Rows<'_> {
    /// The text of one column, or one for each language; `None` where nothing is printed or a cell holds a fault.
    pub(super) fn words(&mut self, row: &mut Row, columns: &TextLayout) -> Option<Words> {
        let texts = columns.iter().map(|column| Some(Text::new(&*self.cells.filled(row, (*column)?)?).ok()));
        let texts: Vec<_> = texts.map(Option::flatten).collect();
        Words::per_language(texts)
    }

    pub(super) fn optional_words(&mut self, row: &mut Row, columns: Option<TextLayout>) -> Option<Words> {
        self.words(row, &columns?)
    }

    /// A day, with the words of the paper where there is a column of them; either may be empty where the profile allows it.
    pub(super) fn day(&mut self, row: &mut Row, columns: &DateLayout) -> Option<Date> {
        let day = columns.date.and_then(|column| {
            let text = self.cells.filled(row, column)?;
            let read = date::read(&text, &self.cells.profile.list);
            self.cells.value(row, column, read)
        });
        match self.optional_words(row, columns.printed.clone()) {
            Some(words) => Some(Date::Printed(day, words)),
            None => day.map(Date::Known),
        }
    }

    /// A last day of validity is a day.
    pub(super) fn last_day(&mut self, row: &mut Row) -> Option<Date> {
        let columns = self.cells.layout.valid_until.clone();
        let day = self.day(row, &columns)?;
        let printed = columns.printed.iter().flat_map(|printed| printed.iter()).flatten().copied().next();
        // a day that was refused, or is missing and may not be, has its fault already
        let untold = columns.date.is_none_or(|at| row.bytes(at).is_empty() && self.cells.layout.may_be_empty[at]);
        if let (None, true, Some(column)) = (day.partial(), untold, columns.date.or(printed)) {
            let message = "the last day of validity has words and no day; write the day".to_owned();
            self.cells.fault(row, column, Problem::new(FaultKind::NoLastDay, message));
        }
        Some(day)
    }

    /// The values of lines in the order of the profile; `which` are those about the person, about the award, summaries.
    pub(super) fn values(&mut self, row: &mut Row, which: usize) -> Box<[Option<LineValue>]> {
        let document = &self.cells.profile.document;
        let lines = [&document.person_lines, &document.award_lines, &document.summaries][which];
        let columns = Rc::clone(&self.cells.layout.lines[which]);
        lines.iter().zip(columns.iter()).map(|(line, columns)| self.line(row, line, columns.as_ref())).collect()
    }

    fn line(&mut self, row: &mut Row, line: &PrintedLine, columns: Option<&TextLayout>) -> Option<LineValue> {
        match (&line.value, columns) {
            (ValueFrom::Fixed(words), _) => Some(LineValue::Words(words.clone())),
            (_, None) => None,
            (ValueFrom::Words { values, .. }, Some(columns)) => {
                let words = self.words(row, columns)?;
                Some(LineValue::Words(values.get(words.first()).cloned().unwrap_or(words)))
            }
            (ValueFrom::Number { scale, .. }, Some(columns)) => {
                let column = columns.iter().flatten().next()?;
                let value = self.number_in(row, *column, *scale)?;
                Some(LineValue::Number(Number { value, decimals: scale.decimals, maximum: scale.maximum }))
            }
        }
    }

    /// The number in a cell; an empty cell is a fault unless the profile allows it.
    pub(super) fn number_in(&mut self, row: &mut Row, column: usize, scale: Scale) -> Option<i64> {
        if row.bytes(column).is_empty() {
            self.cells.empty(row, column, FaultKind::MissingValue);
            return None;
        }
        let read = number::mark(row.bytes(column), self.cells.profile.list.decimal, scale);
        self.cells.value(row, column, read)
    }
}

/// A value that the profile does not know.
pub(super) fn unknown<'a>(kind: FaultKind, value: &str, what: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let known = known.take(12).map(shown).collect::<Vec<_>>().join(", ");
    Problem::new(
        kind,
        format!("{} is no {what} of the profile ({known}); correct it, or add it to the profile", shown(value)),
    )
}

/// The words of a cell, one for all rows with the same.
pub(super) type Remembered = std::collections::HashMap<Arc<str>, Arc<Words>>;
