//! Results from bytes: label 14 of a document, and of a line of minutes.

use super::super::check::{MOST, MOST_COLUMNS, MOST_DECIMALS, MOST_OTHER_ROWS, MOST_ROWS, MOST_SUMMARIES};
use super::super::fields::{ClaimsError, ValueError, choice, open, optional, ranged, words};
use super::super::{Cell, Column, ColumnRole, Heading, Line, LineValue, Number, Results, Row, RowKind, Rule};
use crate::cbor::Item;

/// Reads results, with the rules about the whole map (CLM-9, CLM-10, CLM-16).
pub(crate) fn results(value: Item<'_>, languages: usize) -> Result<Results, ClaimsError> {
    let mut fields = open(value, &[], &[1, 2, 3, 4, 5], "results")?;
    let mean = optional(&mut fields, 1, "results", number)?;
    let names = optional(&mut fields, 2, "results", |value| {
        list(value, MOST_ROWS)?.into_iter().map(|name| words(name, languages)).collect::<Result<Vec<_>, _>>()
    })?;
    let kinds = optional(&mut fields, 3, "results", row_kinds)?;
    let columns = optional(&mut fields, 4, "results", |value| {
        let columns = list(value, MOST_COLUMNS)?.into_iter();
        columns.map(|value| column(value, languages)).collect::<Result<Vec<_>, ValueError>>()
    })?;
    let summaries = optional(&mut fields, 5, "results", |value| {
        list(value, MOST_SUMMARIES)?.into_iter().map(|value| line(value, languages)).collect::<Result<Vec<_>, _>>()
    })?;
    let mut rows: Vec<_> = names.unwrap_or_default().into_iter().map(Row::subject).collect();
    for (row, kind) in kinds.unwrap_or_default() {
        let row = usize::try_from(row).ok().and_then(|row| rows.get_mut(row));
        row.ok_or(Rule::Columns.of("results"))?.kind = kind; // CLM-9
    }
    let results =
        Results { mean, rows, columns: columns.unwrap_or_default(), summaries: summaries.unwrap_or_default() };
    results.check_whole().map_err(|rule| rule.of("results"))?;
    Ok(results)
}

/// One line: its name and its value.
pub(super) fn line(value: Item<'_>, languages: usize) -> Result<Line, Rule> {
    let [name, value] = value.tuple().ok_or(Rule::Shape)?;
    let name = words(name, languages)?;
    // an array that starts with a number is a number, any other is words
    let value = match value {
        Item::Array(parts) if matches!(parts.first(), Some(Item::Uint(_) | Item::Negative(_))) => {
            LineValue::Number(number(Item::Array(parts))?)
        }
        other => LineValue::Words(words(other, languages)?),
    };
    Ok(Line { name, value })
}

fn number(value: Item<'_>) -> Result<Number, Rule> {
    let parts = value.array().filter(|parts| (2..=3).contains(&parts.len())).ok_or(Rule::Shape)?;
    Ok(Number {
        value: signed(&parts[0])?,
        decimals: ranged(&parts[1], 0..=MOST_DECIMALS)?,
        maximum: parts.get(2).map(|maximum| ranged(maximum, 0..=MOST - 1)).transpose()?,
    })
}

fn signed(value: &Item<'_>) -> Result<i64, Rule> {
    let number = value.label().ok_or(match value {
        Item::Uint(_) | Item::Negative(_) => Rule::Range,
        _ => Rule::Shape,
    })?;
    if number.unsigned_abs() < MOST { Ok(number) } else { Err(Rule::Range) }
}

fn list(value: Item<'_>, most: usize) -> Result<Vec<Item<'_>>, Rule> {
    let items = value.array().ok_or(Rule::Shape)?;
    if (1..=most).contains(&items.len()) { Ok(items) } else { Err(Rule::Range) }
}

fn row_kinds(value: Item<'_>) -> Result<Vec<(u64, RowKind)>, ValueError> {
    let pairs = value.map().ok_or(Rule::Shape)?;
    if !(1..=MOST_OTHER_ROWS).contains(&pairs.len()) {
        return Err(Rule::Range.into());
    }
    let pair = |(row, kind): (Item<'_>, Item<'_>)| {
        let row = row.uint().ok_or(Rule::Shape)?;
        let kind = kind.uint().ok_or(Rule::Shape)?;
        Ok((row, RowKind::from_number(kind).ok_or(ValueError::Newer)?)) // CLM-3
    };
    pairs.into_iter().map(pair).collect()
}

fn column(value: Item<'_>, languages: usize) -> Result<Column, ValueError> {
    let parts = value.array().filter(|parts| (4..=5).contains(&parts.len())).ok_or(Rule::Shape)?;
    let mut parts = parts.into_iter();
    let mut part = || parts.next().ok_or(Rule::Shape);
    let role = choice(&part()?, &ColumnRole::ALL, ColumnRole::number)?;
    let heading = match part()? {
        Item::True => Heading::Usual,
        heading => Heading::Words(words(heading, languages)?),
    };
    let decimals = ranged(&part()?, 0..=MOST_DECIMALS)?;
    let cells = list(part()?, MOST_ROWS)?.into_iter().map(|value| cell(value, languages)).collect::<Result<_, _>>()?;
    let maximum = parts.next().map(|maximum| ranged(&maximum, 0..=MOST - 1)).transpose()?;
    Ok(Column { role, heading, decimals, cells, maximum })
}

fn cell(value: Item<'_>, languages: usize) -> Result<Cell, Rule> {
    match value {
        Item::True => Ok(Cell::Empty),
        number @ (Item::Uint(_) | Item::Negative(_)) => signed(&number).map(Cell::Number),
        other => words(other, languages).map(Cell::Words),
    }
}
