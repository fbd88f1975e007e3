//! Claims to deterministic CBOR; keys are written in rising order.

use super::{
    Cell, Column, Decision, Document, Edition, Heading, Identity, IdentityForm, Line, LineValue, Lines, Number,
    Results, Serial, Sheet,
};
use crate::cbor::{Entries, Writer};
use crate::date::{Date, PartialDate};
use crate::time::UnixTime;
use crate::words::Words;

/// The payload of a document.
pub(crate) fn write(document: &Document, serial: &Serial, sealed_at: UnixTime) -> Vec<u8> {
    let mut out = head(serial, sealed_at);
    write_document(&mut out, document, Numbers::Stated);
    out.into_bytes()
}

/// Where the facts start in a payload: behind everything that stands before them, whose length is known.
pub(crate) fn facts_at(serial: &Serial, sealed_at: UnixTime) -> usize {
    head(serial, sealed_at).into_bytes().len()
}

fn head(serial: &Serial, sealed_at: UnixTime) -> Writer {
    let mut out = Writer::with_capacity(1_024);
    out.map(3).uint(6).uint(sealed_at).uint(7).bytes(serial.as_bytes()).negative(65_536);
    out
}

/// What a serial is derived from: the document map without the digest of an identity number (ISS-2).
pub(crate) fn document_bytes(document: &Document) -> Vec<u8> {
    let mut out = Writer::with_capacity(1_024);
    write_document(&mut out, document, Numbers::LeftOut);
    out.into_bytes()
}

/// Whether the digest of an identity number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Stated,
    LeftOut,
}

fn write_document(out: &mut Writer, document: &Document, numbers: Numbers) {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind,
        languages,
        holder,
        birth,
        birth_place,
        identity,
        number,
        title,
        series,
        session,
        honours,
        authority,
        centre,
        results,
        minutes,
        edition,
        archive,
        valid_until,
        awarded,
        decision,
        lines,
        sheet,
    } = document;
    let mut map = Entries::default();
    map.label(1).uint(kind.number());
    let tags = map.label(2).array(languages.len());
    languages.iter().for_each(|language| {
        tags.text(language.as_str());
    });
    write_words(&mut map, 3, Some(holder));
    write_date(&mut map, 4, birth.as_ref());
    write_words(&mut map, 5, birth_place.as_ref());
    if let Some(identity) = identity {
        write_identity(map.label(6), identity, numbers);
    }
    if let Some(number) = number {
        map.label(7).text(number.as_str());
    }
    write_words(&mut map, 8, Some(title));
    write_words(&mut map, 9, series.as_ref());
    write_words(&mut map, 10, Some(session));
    write_words(&mut map, 11, honours.as_ref());
    write_words(&mut map, 12, Some(authority));
    write_words(&mut map, 13, centre.as_ref());
    if let Some(results) = results {
        write_results(map.label(14), results);
    }
    if let Some(minutes) = minutes {
        map.label(16).array(2).uint(minutes.minutes).uint(minutes.line);
    }
    write_edition(&mut map, edition);
    if let Some(archive) = archive {
        map.label(18).array(2).uint(archive.year.into()).uint(archive.grade.number());
    }
    write_date(&mut map, 19, valid_until.as_ref());
    write_date(&mut map, 20, awarded.as_ref());
    if let Some(decision) = decision {
        write_decision(map.label(21), decision);
    }
    write_lines(&mut map, lines);
    if let Some(Sheet { number, of }) = sheet {
        map.label(23).array(2).uint((*number).into()).uint((*of).into());
    }
    map.end(out);
}

fn write_identity(out: &mut Writer, identity: &Identity, numbers: Numbers) {
    let Identity { form, name } = identity;
    let named = usize::from(name.is_some());
    match form {
        IdentityForm::Tail(tail) => {
            out.array(2 + named).uint(1).text(tail.as_str());
        }
        IdentityForm::Digest { work, digest } => {
            let stated = numbers == Numbers::Stated;
            out.array(2 + usize::from(stated) + named).uint(2).uint((*work).into());
            if stated {
                out.bytes(digest);
            }
        }
    }
    if let Some(name) = name {
        write_words_value(out, name);
    }
}

fn write_edition(map: &mut Entries, edition: &Edition) {
    match edition {
        Edition::Original => {}
        Edition::Duplicate { number, replaces } => {
            let out = map.label(17).array(2 + usize::from(replaces.is_some())).uint(1).uint((*number).into());
            if let Some(replaces) = replaces {
                out.bytes(replaces.as_bytes());
            }
        }
        Edition::Correction { number, replaces, decision } => {
            let out = map.label(17).array(3 + usize::from(decision.is_some())).uint(2).uint((*number).into());
            out.bytes(replaces.as_bytes());
            if let Some(decision) = decision {
                out.text(decision.as_str());
            }
        }
    }
}

/// What was decided; also the decision of a line of minutes.
pub(crate) fn write_decision(out: &mut Writer, decision: &Decision) {
    let Decision { outcome, words } = decision;
    out.array(1 + usize::from(words.is_some())).uint(outcome.number());
    if let Some(words) = words {
        write_words_value(out, words);
    }
}

fn write_lines(map: &mut Entries, lines: &Lines) {
    if lines.is_empty() {
        return;
    }
    let Lines { person, award } = lines;
    let out = map.label(22).array(2);
    for side in [person, award] {
        out.array(side.len());
        side.iter().for_each(|line| write_line(out, line));
    }
}

fn write_line(out: &mut Writer, line: &Line) {
    let Line { name, value } = line;
    write_words_value(out.array(2), name);
    match value {
        LineValue::Words(words) => write_words_value(out, words),
        LineValue::Number(number) => write_number(out, number),
    }
}

fn write_number(out: &mut Writer, number: &Number) {
    let Number { value, decimals, maximum } = number;
    out.array(2 + usize::from(maximum.is_some())).int(*value).uint((*decimals).into());
    if let Some(maximum) = maximum {
        out.uint(*maximum);
    }
}

/// Results; also those of a line of minutes.
pub(crate) fn write_results(out: &mut Writer, results: &Results) {
    let Results { mean, rows, columns, summaries } = results;
    let mut map = Entries::default();
    if let Some(mean) = mean {
        write_number(map.label(1), mean);
    }
    if !rows.is_empty() {
        let out = map.label(2).array(rows.len());
        rows.iter().for_each(|row| write_words_value(out, &row.name));
    }
    let kinds: Vec<_> = (0..).zip(rows).filter_map(|(at, row)| Some((at, row.kind.number()?))).collect();
    if !kinds.is_empty() {
        let out = map.label(3).map(kinds.len());
        kinds.iter().for_each(|&(at, kind)| {
            out.uint(at).uint(kind);
        });
    }
    if !columns.is_empty() {
        let out = map.label(4).array(columns.len());
        columns.iter().for_each(|column| write_column(out, column));
    }
    if !summaries.is_empty() {
        let out = map.label(5).array(summaries.len());
        summaries.iter().for_each(|line| write_line(out, line));
    }
    map.end(out);
}

fn write_column(out: &mut Writer, column: &Column) {
    let Column { role, heading, decimals, cells, maximum } = column;
    out.array(4 + usize::from(maximum.is_some())).uint(role.number());
    match heading {
        Heading::Usual => {
            out.yes();
        }
        Heading::Words(words) => write_words_value(out, words),
    }
    out.uint((*decimals).into()).array(cells.len());
    cells.iter().for_each(|cell| match cell {
        Cell::Number(value) => {
            out.int(*value);
        }
        Cell::Words(words) => write_words_value(out, words),
        Cell::Empty => {
            out.yes();
        }
    });
    if let Some(maximum) = maximum {
        out.uint(*maximum);
    }
}

fn write_date(map: &mut Entries, label: u64, date: Option<&Date>) {
    if let Some(date) = date {
        write_date_value(map.label(label), date);
    }
}

/// A date; also that of a line of minutes.
pub(crate) fn write_date_value(out: &mut Writer, date: &Date) {
    match date {
        Date::Known(date) => {
            out.uint(date.to_number());
        }
        Date::Printed(date, words) => {
            out.array(2).uint(date.map_or(0, PartialDate::to_number));
            write_words_value(out, words);
        }
    }
}

/// A label and its words, if there are any.
pub(crate) fn write_words(map: &mut Entries, label: u64, words: Option<&Words>) {
    if let Some(words) = words {
        write_words_value(map.label(label), words);
    }
}

/// Words without a label.
pub(crate) fn write_words_value(out: &mut Writer, words: &Words) {
    if let [_, _, ..] = words.texts() {
        out.array(words.texts().len());
    }
    words.texts().iter().for_each(|text| {
        match text {
            Some(text) => out.text(text.as_str()),
            None => out.yes(),
        };
    });
}
