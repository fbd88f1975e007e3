//! The results of a document: mean, table and summaries, in the order of the paper.

use credential_core::document::{Cell, Column, Kind, Number, Results, Row, Words};

use super::compose::lines;
use crate::list::{Candidate, CellValue};
use crate::profile::{Profile, Table};

/// Which line of the list's table a row of the paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowOf {
    /// The candidate's subject at this place.
    Subject(usize),
    /// The profile's heading or total at this place.
    Fixed(usize),
}

/// The results that a kind prints; `None` if there are none.
pub(crate) fn results(candidate: &Candidate, profile: &Profile, kind: Kind) -> Option<Results> {
    let document = &profile.document;
    let mean = candidate.mean.zip(document.mean).map(|(value, scale)| Number {
        value,
        decimals: scale.decimals,
        maximum: scale.maximum,
    });
    let table = profile.table.as_ref().filter(|table| table.kinds.contains(&kind));
    let (rows, columns) = table.map(|table| printed(candidate, profile, table)).unwrap_or_default();
    let summaries = lines(&document.summaries, &candidate.lines.summaries, kind);
    let empty = mean.is_none() && rows.is_empty() && summaries.is_empty();
    (!empty).then_some(Results { mean, rows, columns, summaries })
}

/// Everything that some paper of a candidate prints of the results: what minutes bind.
pub(crate) fn whole_results(candidate: &Candidate, profile: &Profile) -> Option<Results> {
    let kinds = profile.table.as_ref().map_or(&[][..], |table| &table.kinds);
    let kind =
        if kinds.contains(&Kind::Transcript) { Kind::Transcript } else { *kinds.first().unwrap_or(&Kind::Transcript) };
    results(candidate, profile, kind)
}

/// Subjects with the headings and totals that stand before and behind them; none without a subject.
pub(crate) fn order(candidate: &Candidate, table: &Table) -> Vec<RowOf> {
    let subjects = &candidate.table.subjects;
    if subjects.is_empty() {
        return Vec::new();
    }
    let mut order = Vec::with_capacity(subjects.len() + table.rows.len());
    let mut fixed = table.rows.iter().enumerate().peekable();
    for (at, subject) in subjects.iter().enumerate() {
        while let Some((row, _)) = fixed.next_if(|(_, row)| row.before <= subject.place + 1) {
            order.push(RowOf::Fixed(row));
        }
        order.push(RowOf::Subject(at));
    }
    order.extend(fixed.map(|(row, _)| RowOf::Fixed(row)));
    order
}

fn printed(candidate: &Candidate, profile: &Profile, table: &Table) -> (Vec<Row>, Vec<Column>) {
    let order = order(candidate, table);
    if order.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let rows = order.iter().map(|&row| self::row(row, candidate, profile, table)).collect();
    let columns = candidate.table.columns.iter().enumerate().map(|(at, &place)| {
        let column = &table.columns[place];
        Column {
            role: column.role,
            heading: column.heading.clone(),
            decimals: column.scale.map_or(0, |scale| scale.decimals),
            cells: order.iter().map(|&row| cell(candidate, row, at)).collect(),
            maximum: column.scale.and_then(|scale| scale.maximum),
        }
    });
    (rows, columns.collect())
}

fn row(row: RowOf, candidate: &Candidate, profile: &Profile, table: &Table) -> Row {
    match row {
        RowOf::Fixed(at) => Row { name: table.rows[at].name.clone(), kind: table.rows[at].kind },
        RowOf::Subject(at) => {
            let name = &candidate.table.subjects[at].name;
            let words = profile.document.subject(name).cloned();
            Row::subject(
                words.unwrap_or_else(|| Words::one(&**name).expect("the list's cells have passed the rules of texts")),
            )
        }
    }
}

fn cell(candidate: &Candidate, row: RowOf, column: usize) -> Cell {
    let width = candidate.table.columns.len();
    let (cells, row) = match row {
        RowOf::Subject(at) => (&candidate.table.cells, at),
        RowOf::Fixed(at) => (&candidate.table.fixed, at),
    };
    match &cells[row * width + column] {
        CellValue::Number(value) => Cell::Number(*value),
        CellValue::Words(words) => Cell::Words(Words::clone(words)),
        CellValue::Empty => Cell::Empty,
    }
}
