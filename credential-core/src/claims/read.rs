//! Claims from bytes whose signature held: rules CLM-1 to CLM-12.

use super::fields::{
    ClaimsError, date, languages, open, optional, pair, required, serial, status, text, text_up_to, time, words,
};
use super::{
    Archive, BrokenRule, Claims, Document, Edition, Grade, Identity, Kind, Mark, MinutesReference, Results, Rule,
    Scale, Subject,
};
use crate::cbor::{self, Fields, Item};
use crate::limits;

/// Reads the payload of a document, map by map in key order; the first rule broken decides (CLM-2).
pub(crate) fn read(payload: &[u8]) -> Result<Claims, ClaimsError> {
    let value = cbor::read(payload, limits::DOCUMENT_ITEMS).map_err(|_| Rule::Encoding.of("claims"))?;
    let mut fields = open(value, &[6, 7, -65_537], &[], "claims")?;
    let sealed_at = required(&mut fields, 6, "sealed_at", time)?;
    let serial = required(&mut fields, 7, "serial", serial)?;
    let document = fields.take(-65_537).ok_or(Rule::Missing.of("document"))?;
    Ok(Claims { sealed_at, serial, document: read_document(document)? })
}

fn read_document(value: Item<'_>) -> Result<Document, ClaimsError> {
    let mut fields = open(value, &[1, 2, 3, 8, 10, 12], &[4, 5, 6, 7, 9, 11, 13, 14, 15, 16, 17, 18], "document")?;
    let kind = required(&mut fields, 1, "kind", |value| value.uint().ok_or(Rule::Shape))?;
    if kind > 3 {
        return Err(ClaimsError::Newer); // CLM-3
    }
    let kind = Kind::from_number(kind).ok_or(Rule::Range.of("kind"))?;
    let languages = required(&mut fields, 2, "languages", languages)?;
    let count = languages.len();
    let words = |value| words(value, count);
    let document = Document {
        kind,
        holder: required(&mut fields, 3, "holder", words)?,
        birth: optional(&mut fields, 4, "birth", date)?,
        birth_place: optional(&mut fields, 5, "birth_place", words)?,
        identity: optional(&mut fields, 6, "identity", identity)?,
        number: optional(&mut fields, 7, "number", text)?,
        title: required(&mut fields, 8, "title", words)?,
        series: optional(&mut fields, 9, "series", words)?,
        session: required(&mut fields, 10, "session", words)?,
        honours: optional(&mut fields, 11, "honours", words)?,
        authority: required(&mut fields, 12, "authority", words)?,
        centre: optional(&mut fields, 13, "centre", words)?,
        results: fields.take(14).map(|value| results(value, count)).transpose()?,
        status: optional(&mut fields, 15, "status", status)?,
        minutes: optional(&mut fields, 16, "minutes", |value| {
            pair(value).map(|[minutes, line]| MinutesReference { minutes, line })
        })?,
        edition: optional(&mut fields, 17, "edition", edition)?.unwrap_or(Edition::Original),
        archive: optional(&mut fields, 18, "archive", archive)?,
        languages,
    };
    document.check()?;
    Ok(document)
}

fn results(value: Item<'_>, languages: usize) -> Result<Results, ClaimsError> {
    let mut fields = open(value, &[1], &[2, 3, 4, 5, 6, 7], "results")?;
    let scale = required(&mut fields, 1, "results", scale)?;
    let mean = optional(&mut fields, 2, "results", |value| number(&value))?;
    let names = column(&mut fields, 3, |value| words(value, languages))?;
    let mut codes = column(&mut fields, 4, text)?.map(Vec::into_iter);
    let mut coefficients = column(&mut fields, 5, |value| number(&value))?.map(Vec::into_iter);
    let mut credits = column(&mut fields, 6, |value| number(&value))?.map(Vec::into_iter);
    let mut marks = column(&mut fields, 7, mark)?.map(Vec::into_iter);
    let lengths = [length(&codes), length(&coefficients), length(&credits), length(&marks)];
    let names = names.unwrap_or_default();
    // CLM-9
    if lengths.into_iter().flatten().any(|length| length != names.len()) {
        return Err(Rule::Columns.of("results").into());
    }
    let subjects = names.into_iter().map(|name| Subject {
        name,
        code: codes.as_mut().and_then(Iterator::next),
        coefficient: coefficients.as_mut().and_then(Iterator::next),
        credits: credits.as_mut().and_then(Iterator::next),
        mark: marks.as_mut().and_then(Iterator::next),
    });
    Ok(Results { scale, mean, subjects: subjects.collect() })
}

fn length<T>(column: &Option<std::vec::IntoIter<T>>) -> Option<usize> {
    column.as_ref().map(ExactSizeIterator::len)
}

fn column<T>(
    fields: &mut Fields<'_>,
    label: i64,
    item: impl Fn(Item<'_>) -> Result<T, Rule>,
) -> Result<Option<Vec<T>>, BrokenRule> {
    optional(fields, label, "results", |value| {
        let items = value.array().ok_or(Rule::Shape)?;
        if !(1..=64).contains(&items.len()) {
            return Err(Rule::Range);
        }
        items.into_iter().map(item).collect()
    })
}

fn identity(value: Item<'_>) -> Result<Identity, Rule> {
    let mut parts = value.array().ok_or(Rule::Shape)?.into_iter();
    let form = parts.next().as_ref().and_then(Item::uint);
    match (form, parts.next(), parts.next(), parts.next()) {
        (Some(1), Some(tail), None, None) => text_up_to(tail, 4).map(Identity::Tail),
        (Some(2), Some(work), Some(digest), None) => {
            Ok(Identity::Digest { work: number(&work)?, digest: digest.bytes_of().ok_or(Rule::Shape)? })
        }
        _ => Err(Rule::Shape),
    }
}

fn edition(value: Item<'_>) -> Result<Edition, Rule> {
    let mut parts = value.array().ok_or(Rule::Shape)?.into_iter();
    let form = parts.next().as_ref().and_then(Item::uint).ok_or(Rule::Shape)?;
    let number = number(&parts.next().ok_or(Rule::Shape)?)?;
    let replaces = parts.next().map(serial).transpose()?;
    let decision = parts.next().map(text).transpose()?;
    match (form, replaces, decision, parts.next()) {
        (1, replaces, None, None) => Ok(Edition::Duplicate { number, replaces }),
        (2, Some(replaces), decision, None) => Ok(Edition::Correction { number, replaces, decision }),
        _ => Err(Rule::Shape),
    }
}

fn archive(value: Item<'_>) -> Result<Archive, Rule> {
    let [year, grade] = pair(value)?;
    let grade = Grade::ALL.into_iter().find(|known| known.number() == grade).ok_or(Rule::Range)?;
    Ok(Archive { year: u16::try_from(year).map_err(|_| Rule::Range)?, grade })
}

fn scale(value: Item<'_>) -> Result<Scale, Rule> {
    let [decimals, maximum] = value.tuple().ok_or(Rule::Shape)?;
    Ok(Scale { decimals: number(&decimals)?, maximum: number(&maximum)? })
}

fn mark(value: Item<'_>) -> Result<Mark, Rule> {
    match value {
        Item::Text(word) => Mark::word(word).map_err(Rule::Text),
        value => number(&value).map(Mark::Number),
    }
}

/// An unsigned integer that fits the field; the exact range is checked with the whole document.
fn number<T: TryFrom<u64>>(value: &Item<'_>) -> Result<T, Rule> {
    value.uint().ok_or(Rule::Shape)?.try_into().map_err(|_| Rule::Range)
}
