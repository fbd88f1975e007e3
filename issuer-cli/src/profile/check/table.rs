//! The table of results: subjects, columns, and rows that are no subject.

use credential_core::document::{ColumnRole, Heading, Kind, Level, RowKind};

use super::super::format::{ColumnSource, FixedRowSource, ListFormat, RoleSource, SubjectsSource};
use super::super::source::DocumentSource;
use super::super::table::{CellWords, FixedRow, NAME, NUMBER, Scale, SubjectNames, Table, TableColumn};
use super::super::words::{Checked, ensure, fault, per_language, text};
use super::{check_name, check_scale, kinds, some_of};
use crate::profile::reserved;

pub(super) fn table(list: &ListFormat, document: &DocumentSource) -> Checked<Option<Table>> {
    let made = kinds("document.kinds", &document.kinds)?;
    let Some(source) = &list.subjects else {
        ensure(!made.contains(&Kind::Transcript), "document.kinds", || {
            "a transcript needs the part [list.subjects]".into()
        })?;
        return Ok(None);
    };
    let SubjectsSource { count: _, name: _, names: _, kinds: on, columns, rows } = source;
    let subjects = subjects(source)?;
    let on = match on {
        Some(named) => some_of("list.subjects.kinds", named, &made)?,
        None => vec![Kind::Transcript],
    };
    ensure(on.contains(&Kind::Transcript) || !made.contains(&Kind::Transcript), "list.subjects.kinds", || {
        "a transcript prints the table: write \"transcript\" here too".into()
    })?;
    let names = matches!(subjects, SubjectNames::Fixed(_));
    let columns = self::columns(columns, &document.languages, names)?;
    let mut table = Table { kinds: on, subjects, columns, rows: Vec::new() };
    ensure(rows.len() <= MOST_OTHER_ROWS, "list.subjects.rows", || {
        format!("{} are more than {MOST_OTHER_ROWS}", rows.len())
    })?;
    let row = |(at, of): (usize, &FixedRowSource)| row(at, of, &table, &document.languages);
    let mut read: Vec<FixedRow> = rows.iter().enumerate().map(row).collect::<Checked<_>>()?;
    read.sort_by_key(|row| row.before);
    table.rows = read;
    Ok(Some(table))
}

fn subjects(source: &SubjectsSource) -> Checked<SubjectNames> {
    let key = "list.subjects";
    match (&source.name, source.count, &source.names[..]) {
        (Some(header), Some(count), []) => {
            ensure((1..=MOST_SUBJECTS).contains(&count), "list.subjects.count", || {
                format!("{count} is not from 1 to {MOST_SUBJECTS}")
            })?;
            ensure(header.contains(NUMBER), "list.subjects.name", || "write {n} where the number stands".into())?;
            Ok(SubjectNames::Columns { header: header.clone(), count })
        }
        (None, None, names @ [_, ..]) => {
            let key = "list.subjects.names";
            ensure(names.len() <= MOST_SUBJECTS, key, || format!("{} are more than {MOST_SUBJECTS}", names.len()))?;
            let name = |name: &String| {
                let name = text(key, name)?;
                match reserved(name.as_str()) {
                    Some(found) => Err(fault(key, format!("“{name}” {}", found.words()))),
                    None => Ok(name),
                }
            };
            Ok(SubjectNames::Fixed(names.iter().map(name).collect::<Checked<_>>()?))
        }
        _ => Err(fault(
            key,
            "write either name and count, where the list has columns with the subjects' names, or names",
        )),
    }
}

fn columns(sources: &[ColumnSource], languages: &[String], named: bool) -> Checked<Vec<TableColumn>> {
    let key = "list.subjects.columns";
    ensure((1..=MOST_COLUMNS).contains(&sources.len()), key, || {
        format!("write one to {MOST_COLUMNS} columns as [[list.subjects.columns]]")
    })?;
    let column = |(at, of): (usize, &ColumnSource)| column(&format!("{key}.{}", at + 1), of, languages, named);
    let columns: Vec<TableColumn> = sources.iter().enumerate().map(column).collect::<Checked<_>>()?;
    for (at, column) in columns.iter().enumerate() {
        let single = !matches!(column.role, ColumnRole::Other | ColumnRole::Result);
        let twice = single && columns[..at].iter().any(|of| of.role == column.role);
        ensure(!twice, &format!("{key}.{}.role", at + 1), || {
            format!("a table has one column of the role {}", column.role.code())
        })?;
        let same = columns[..at].iter().any(|of| of.from == column.from);
        ensure(!same, &format!("{key}.{}.from", at + 1), || "this column stands there twice".into())?;
    }
    let result = columns.iter().any(|column| column.role == ColumnRole::Result && !column.optional);
    ensure(result, key, || "one column that every list has must have role = \"result\"".into())?;
    Ok(columns)
}

fn column(key: &str, source: &ColumnSource, languages: &[String], named: bool) -> Checked<TableColumn> {
    let ColumnSource { from, role, heading, decimals, maximum, above_maximum, below_zero, words, .. } = source;
    ensure(from.contains(NUMBER) || (named && from.contains(NAME)), &format!("{key}.from"), || {
        let name = if named { ", or {name} where the subject's name stands" } else { "" };
        format!("write {{n}} where the number stands{name}")
    })?;
    let role = match role {
        RoleSource::Other => ColumnRole::Other,
        RoleSource::Code => ColumnRole::Code,
        RoleSource::Coefficient => ColumnRole::Coefficient,
        RoleSource::Credits => ColumnRole::Credits,
        RoleSource::Result => ColumnRole::Result,
        RoleSource::Maximum => ColumnRole::Maximum,
    };
    let heading_key = format!("{key}.heading");
    let heading = match heading {
        Some(words) => {
            let words = per_language(&heading_key, words, languages)?;
            check_name(&heading_key, &words)?;
            Heading::Words(words)
        }
        None => Heading::Usual,
    };
    ensure(role != ColumnRole::Other || heading != Heading::Usual, &heading_key, || {
        "a column of the role other needs a heading".into()
    })?;
    let scale = scale(key, *decimals, *maximum, *above_maximum, *below_zero)?;
    ensure(scale.is_some() || role != ColumnRole::Maximum, &format!("{key}.decimals"), || {
        "a maximum is a number: write how many decimals it has".into()
    })?;
    ensure(!source.any_words || words.is_empty(), &format!("{key}.words"), || {
        "words and any_words = true exclude each other".into()
    })?;
    words.iter().try_for_each(|word| text(&format!("{key}.words"), word).map(drop))?;
    let any = source.any_words || (scale.is_none() && words.is_empty());
    Ok(TableColumn {
        from: from.clone(),
        role,
        heading,
        scale,
        words: if any { CellWords::Any } else { CellWords::These(words.clone()) },
        may_be_empty: source.may_be_empty,
        optional: source.optional,
    })
}

/// A column without decimals holds words alone.
fn scale(
    key: &str,
    decimals: Option<u8>,
    maximum: Option<u64>,
    above_maximum: bool,
    below_zero: bool,
) -> Checked<Option<Scale>> {
    let Some(decimals) = decimals else {
        ensure(maximum.is_none() && !above_maximum && !below_zero, &format!("{key}.decimals"), || {
            "a column of numbers needs decimals; 0 if they are whole".into()
        })?;
        return Ok(None);
    };
    let scale = Scale { decimals, maximum, above_maximum, below_zero };
    check_scale(key, scale)?;
    Ok(Some(scale))
}

fn row(at: usize, source: &FixedRowSource, table: &Table, languages: &[String]) -> Checked<FixedRow> {
    let FixedRowSource { before, level, total, name, cells } = source;
    let key = format!("list.subjects.rows.{}", at + 1);
    ensure((1..=table.count() + 1).contains(before), &format!("{key}.before"), || {
        format!("{before} is not from 1 to {}, the count of subjects and one more", table.count() + 1)
    })?;
    let kind = match (level, total) {
        (Some(level), false) => {
            let read = Level::new(*level).map(RowKind::Heading);
            read.ok_or_else(|| fault(&format!("{key}.level"), format!("{level} is not from 1 to 4")))?
        }
        (None, true) => RowKind::Total,
        _ => return Err(fault(&key, "write either level = 1 to 4 for a heading, or total = true")),
    };
    let name_key = format!("{key}.name");
    let name = per_language(&name_key, name, languages)?;
    check_name(&name_key, &name)?;
    let strange = cells.keys().find(|from| table.columns.iter().all(|column| column.from != **from));
    ensure(strange.is_none(), &format!("{key}.cells"), || {
        let from = strange.map_or("", String::as_str);
        format!("no column of the table is from {from:?}; write a column's `from` = the list's column")
    })?;
    let cells = table.columns.iter().map(|column| cells.get(&column.from).cloned()).collect();
    Ok(FixedRow { before: *before, kind, name, cells })
}

/// Subjects of one line: with headings and totals at most 256 rows.
const MOST_SUBJECTS: usize = 192;
/// Label 3 of results.
const MOST_OTHER_ROWS: usize = 64;
/// Label 4 of results.
const MOST_COLUMNS: usize = 20;
