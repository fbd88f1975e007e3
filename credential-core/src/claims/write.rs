//! Claims to deterministic CBOR; keys are written in rising order.

use super::{Document, Edition, Identity, Mark, Results, Serial, Subject};
use crate::cbor::Writer;
use crate::time::UnixTime;
use crate::words::{Text, Words};

/// The payload of a document.
pub(crate) fn write(document: &Document, serial: &Serial, sealed_at: UnixTime) -> Vec<u8> {
    let mut out = Writer::with_capacity(1_024);
    out.map(3).uint(6).uint(sealed_at).uint(7).bytes(serial.as_bytes()).negative(65_536);
    write_document(&mut out, document);
    out.into_bytes()
}

/// The document map alone: what an issuer derives the serial from (ISS-2).
pub(crate) fn document_bytes(document: &Document) -> Vec<u8> {
    let mut out = Writer::with_capacity(1_024);
    write_document(&mut out, document);
    out.into_bytes()
}

fn write_document(out: &mut Writer, document: &Document) {
    let absent = [
        document.birth.is_none(),
        document.birth_place.is_none(),
        document.identity.is_none(),
        document.number.is_none(),
        document.series.is_none(),
        document.honours.is_none(),
        document.centre.is_none(),
        document.results.is_none(),
        document.status.is_none(),
        document.minutes.is_none(),
        document.edition == Edition::Original,
        document.archive.is_none(),
    ];
    out.map(18 - absent.into_iter().filter(|&absent| absent).count());
    out.uint(1).uint(document.kind.number()).uint(2).array(document.languages.len());
    document.languages.iter().for_each(|language| {
        out.text(language.as_str());
    });
    write_words(out, 3, Some(&document.holder));
    if let Some(birth) = document.birth {
        out.uint(4).uint(birth.to_number());
    }
    write_words(out, 5, document.birth_place.as_ref());
    match &document.identity {
        Some(Identity::Tail(tail)) => {
            out.uint(6).array(2).uint(1).text(tail.as_str());
        }
        Some(Identity::Digest { work, digest }) => {
            out.uint(6).array(3).uint(2).uint((*work).into()).bytes(digest);
        }
        None => {}
    }
    if let Some(number) = &document.number {
        out.uint(7).text(number.as_str());
    }
    write_words(out, 8, Some(&document.title));
    write_words(out, 9, document.series.as_ref());
    write_words(out, 10, Some(&document.session));
    write_words(out, 11, document.honours.as_ref());
    write_words(out, 12, Some(&document.authority));
    write_words(out, 13, document.centre.as_ref());
    if let Some(results) = &document.results {
        out.uint(14);
        write_results(out, results);
    }
    if let Some(status) = &document.status {
        out.uint(15).array(2).uint(status.list).uint(status.index);
    }
    if let Some(minutes) = &document.minutes {
        out.uint(16).array(2).uint(minutes.minutes).uint(minutes.line);
    }
    write_edition(out, &document.edition);
    if let Some(archive) = &document.archive {
        out.uint(18).array(2).uint(archive.year.into()).uint(archive.grade.number());
    }
}

fn write_edition(out: &mut Writer, edition: &Edition) {
    match edition {
        Edition::Original => {}
        Edition::Duplicate { number, replaces } => {
            out.uint(17).array(2 + usize::from(replaces.is_some())).uint(1).uint((*number).into());
            if let Some(replaces) = replaces {
                out.bytes(replaces.as_bytes());
            }
        }
        Edition::Correction { number, replaces, decision } => {
            out.uint(17).array(3 + usize::from(decision.is_some())).uint(2).uint((*number).into());
            out.bytes(replaces.as_bytes());
            if let Some(decision) = decision {
                out.text(decision.as_str());
            }
        }
    }
}

fn write_results(out: &mut Writer, results: &Results) {
    let first = results.subjects.first();
    let filled = |column: fn(&Subject) -> bool| first.is_some_and(column);
    let columns = [
        results.mean.is_some(),
        first.is_some(),
        filled(|s| s.code.is_some()),
        filled(|s| s.coefficient.is_some()),
        filled(|s| s.credits.is_some()),
        filled(|s| s.mark.is_some()),
    ];
    out.map(1 + columns.into_iter().filter(|&filled| filled).count());
    out.uint(1).array(2).uint(results.scale.decimals.into()).uint(results.scale.maximum.into());
    if let Some(mean) = results.mean {
        out.uint(2).uint(mean.into());
    }
    if !results.subjects.is_empty() {
        out.uint(3).array(results.subjects.len());
        results.subjects.iter().for_each(|subject| words_value(out, &subject.name));
    }
    column(
        out,
        4,
        results,
        |s| s.code.as_ref(),
        |out, code: &Text| {
            out.text(code.as_str());
        },
    );
    column(
        out,
        5,
        results,
        |s| s.coefficient.as_ref(),
        |out, value: &u16| {
            out.uint((*value).into());
        },
    );
    column(
        out,
        6,
        results,
        |s| s.credits.as_ref(),
        |out, value: &u16| {
            out.uint((*value).into());
        },
    );
    column(
        out,
        7,
        results,
        |s| s.mark.as_ref(),
        |out, mark| match mark {
            Mark::Number(mark) => {
                out.uint((*mark).into());
            }
            Mark::Word(word) => {
                out.text(word.as_str());
            }
        },
    );
}

/// Writes a column if the first subject has it; `Document::check` made sure that all have it or none.
fn column<T>(
    out: &mut Writer,
    label: u64,
    results: &Results,
    cell: fn(&Subject) -> Option<&T>,
    write: fn(&mut Writer, &T),
) {
    if results.subjects.first().and_then(cell).is_some() {
        out.uint(label).array(results.subjects.len());
        results.subjects.iter().filter_map(cell).for_each(|value| write(out, value));
    }
}

/// A label and its words, if there are any.
pub(crate) fn write_words(out: &mut Writer, label: u64, words: Option<&Words>) {
    if let Some(words) = words {
        out.uint(label);
        words_value(out, words);
    }
}

fn words_value(out: &mut Writer, words: &Words) {
    if let [_, _, ..] = words.texts() {
        out.array(words.texts().len());
    }
    words.texts().iter().for_each(|text| {
        out.text(text.as_str());
    });
}
