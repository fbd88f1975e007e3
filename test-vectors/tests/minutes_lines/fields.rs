//! The parts of a line, as the types of credential-core.

use credential_core::document::{
    Cell, Column, ColumnRole, Date, Decision, Heading, Level, Line, LineValue, Number, Outcome, PartialDate, Results,
    Row, RowKind, Words,
};

use super::Fault::{self, Broken, Newer};
use super::items::Item;

pub(super) fn words(item: Item) -> Result<Words, Fault> {
    let Item::Array(texts) = item else { return item.text().map(Words::from).ok_or(Broken) };
    let texts = texts.into_iter().map(|text| match text {
        Item::True => Some(None),
        text => text.text().map(Some),
    });
    texts.collect::<Option<_>>().and_then(Words::per_language).ok_or(Broken)
}

pub(super) fn date(item: Item) -> Result<Date, Fault> {
    match item {
        Item::Array(parts) => {
            let [date, said] = pair(parts)?;
            Ok(Date::Printed(date.unless_zero(partial_date)?, words(said)?))
        }
        date => partial_date(date).map(Date::Known),
    }
}

fn partial_date(item: Item) -> Result<PartialDate, Fault> {
    let number = item.uint().ok_or(Broken)?;
    let part = |value: u64| (value > 0).then_some(value as u8);
    let year = u16::try_from(number / 10_000).map_err(|_| Broken)?;
    PartialDate::new(year, part(number / 100 % 100), part(number % 100)).ok_or(Broken)
}

pub(super) fn decision(item: Item) -> Result<Decision, Fault> {
    let mut parts = item.array().filter(|parts| parts.len() <= 2).ok_or(Broken)?.into_iter();
    let outcome = parts.next().and_then(Item::uint).ok_or(Broken)?;
    let outcome = *usize::try_from(outcome).ok().and_then(|outcome| Outcome::ALL.get(outcome)).ok_or(Newer)?;
    Ok(Decision { outcome, words: parts.next().map(words).transpose()? })
}

pub(super) fn results(item: Item) -> Result<Results, Fault> {
    let Item::Map(pairs) = item else { return Err(Broken) };
    let mut results = Results::default();
    for (label, value) in pairs {
        match label.uint() {
            Some(1) => results.mean = Some(number(value)?),
            Some(2) => results.rows = all(value, |name| Ok(Row::subject(words(name)?)))?,
            Some(3) => kinds(value, &mut results.rows)?,
            Some(4) => results.columns = all(value, column)?,
            Some(5) => results.summaries = all(value, summary)?,
            _ => return Err(Broken),
        }
    }
    Ok(results)
}

fn all<T>(item: Item, read: impl Fn(Item) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    item.array().ok_or(Broken)?.into_iter().map(read).collect()
}

fn number(item: Item) -> Result<Number, Fault> {
    let mut parts = item.array().filter(|parts| (2..=3).contains(&parts.len())).ok_or(Broken)?.into_iter();
    let value = parts.next().and_then(Item::int).ok_or(Broken)?;
    let decimals = parts.next().and_then(small).ok_or(Broken)?;
    let maximum = parts.next().map(|maximum| maximum.uint().ok_or(Broken)).transpose()?;
    Ok(Number { value, decimals, maximum })
}

fn small(item: Item) -> Option<u8> {
    item.uint()?.try_into().ok()
}

fn kinds(item: Item, rows: &mut [Row]) -> Result<(), Fault> {
    let Item::Map(pairs) = item else { return Err(Broken) };
    for (row, kind) in pairs {
        let row = row.uint().and_then(|row| usize::try_from(row).ok()).ok_or(Broken)?;
        let kind = match kind.uint().ok_or(Broken)? {
            9 => RowKind::Total,
            level => RowKind::Heading(u8::try_from(level).ok().and_then(Level::new).ok_or(Newer)?),
        };
        rows.get_mut(row).ok_or(Broken)?.kind = kind;
    }
    Ok(())
}

fn column(item: Item) -> Result<Column, Fault> {
    const ROLES: [ColumnRole; 6] = [
        ColumnRole::Other,
        ColumnRole::Code,
        ColumnRole::Coefficient,
        ColumnRole::Credits,
        ColumnRole::Result,
        ColumnRole::Maximum,
    ];
    let mut parts = item.array().filter(|parts| (4..=5).contains(&parts.len())).ok_or(Broken)?.into_iter();
    let role = parts.next().and_then(Item::uint).ok_or(Broken)?;
    Ok(Column {
        role: *usize::try_from(role).ok().and_then(|role| ROLES.get(role)).ok_or(Newer)?,
        heading: match parts.next().ok_or(Broken)? {
            Item::True => Heading::Usual,
            heading => Heading::Words(words(heading)?),
        },
        decimals: parts.next().and_then(small).ok_or(Broken)?,
        cells: all(parts.next().ok_or(Broken)?, cell)?,
        maximum: parts.next().map(|maximum| maximum.uint().ok_or(Broken)).transpose()?,
    })
}

fn cell(item: Item) -> Result<Cell, Fault> {
    match item {
        Item::True => Ok(Cell::Empty),
        Item::Int(value) => Ok(Cell::Number(value)),
        said => words(said).map(Cell::Words),
    }
}

fn summary(item: Item) -> Result<Line, Fault> {
    let [name, value] = pair(item.array().ok_or(Broken)?)?;
    let is_number = matches!(&value, Item::Array(parts) if matches!(parts.first(), Some(Item::Int(_))));
    let value = if is_number { LineValue::Number(number(value)?) } else { LineValue::Words(words(value)?) };
    Ok(Line { name: words(name)?, value })
}

fn pair(parts: Vec<Item>) -> Result<[Item; 2], Fault> {
    parts.try_into().map_err(|_| Broken)
}
