//! Claims from bytes whose signature held: rules CLM-1 to CLM-16.

mod results;

pub(crate) use results::results;

use super::check::MOST_LINES;
use super::fields::{
    ClaimsError, ValueError, choice, date, languages, open, optional, pair, ranged, required, serial, text, text_up_to,
    time, words,
};
use super::{
    Archive, Claims, Decision, Document, Edition, Grade, Identity, IdentityForm, Kind, Line, Lines, MinutesReference,
    Outcome, Rule, Sheet,
};
use crate::cbor::{self, Item};
use crate::limits;

/// Reads the payload of a document, map by map in key order; the first rule broken decides (CLM-2).
pub(crate) fn read(payload: &[u8]) -> Result<Claims, ClaimsError> {
    let value = cbor::read(payload, limits::DOCUMENT_ITEMS)?;
    let mut fields = open(value, &[6, 7, -65_537], &[], "claims")?;
    let sealed_at = required(&mut fields, 6, "iat", time)?;
    let serial = required(&mut fields, 7, "serial", serial)?;
    let document = fields.take(-65_537).ok_or(Rule::Missing.of("document"))?;
    Ok(Claims { sealed_at, serial, document: read_document(document)? })
}

fn read_document(value: Item<'_>) -> Result<Document, ClaimsError> {
    let optional_labels = [4, 5, 6, 7, 9, 11, 13, 14, 16, 17, 18, 19, 20, 21, 22, 23];
    let mut fields = open(value, &[1, 2, 3, 8, 10, 12], &optional_labels, "document")?;
    let has_lines = fields.has(22);
    let kind = required(&mut fields, 1, "kind", |value| choice(&value, &Kind::ALL, Kind::number))?;
    let languages = required(&mut fields, 2, "languages", languages)?;
    let count = languages.len();
    let words = |value| words(value, count);
    let date = |value| date(value, count);
    let document = Document {
        kind,
        holder: required(&mut fields, 3, "holder", words)?,
        birth: optional(&mut fields, 4, "birth", date)?,
        birth_place: optional(&mut fields, 5, "birth_place", words)?,
        identity: optional(&mut fields, 6, "identity", |value| identity(value, count))?,
        number: optional(&mut fields, 7, "number", text)?,
        title: required(&mut fields, 8, "title", words)?,
        series: optional(&mut fields, 9, "series", words)?,
        session: required(&mut fields, 10, "session", words)?,
        honours: optional(&mut fields, 11, "honours", words)?,
        authority: required(&mut fields, 12, "authority", words)?,
        centre: optional(&mut fields, 13, "centre", words)?,
        results: fields.take(14).map(|value| results(value, count)).transpose()?,
        minutes: optional(&mut fields, 16, "minutes", |value| {
            pair(value).map(|[minutes, line]| MinutesReference { minutes, line })
        })?,
        edition: optional(&mut fields, 17, "edition", edition)?.unwrap_or(Edition::Original),
        archive: optional(&mut fields, 18, "archive", archive)?,
        valid_until: optional(&mut fields, 19, "valid_until", date)?,
        awarded: optional(&mut fields, 20, "awarded", date)?,
        decision: optional(&mut fields, 21, "decision", |value| decision(value, count))?,
        lines: optional(&mut fields, 22, "lines", |value| lines(value, count))?.unwrap_or_default(),
        sheet: optional(&mut fields, 23, "sheet", sheet)?,
        languages,
    };
    document.check_whole()?;
    // CLM-16
    if has_lines && document.lines.is_empty() { Err(Rule::Nothing.of("lines").into()) } else { Ok(document) }
}

fn identity(value: Item<'_>, languages: usize) -> Result<Identity, ValueError> {
    let mut parts = value.array().ok_or(Rule::Shape)?.into_iter();
    let form = match choice(&parts.next().ok_or(Rule::Shape)?, &[1, 2], u64::from)? {
        1_u8 => IdentityForm::Tail(text_up_to(parts.next().ok_or(Rule::Shape)?, 4)?),
        _ => IdentityForm::Digest {
            work: ranged(&parts.next().ok_or(Rule::Shape)?, 10..=16)?,
            digest: parts.next().and_then(|digest| digest.bytes_of()).ok_or(Rule::Shape)?,
        },
    };
    let name = parts.next().map(|name| words(name, languages)).transpose()?;
    if parts.next().is_some() { Err(Rule::Shape.into()) } else { Ok(Identity { form, name }) }
}

fn edition(value: Item<'_>) -> Result<Edition, ValueError> {
    let mut parts = value.array().ok_or(Rule::Shape)?.into_iter();
    let form = choice(&parts.next().ok_or(Rule::Shape)?, &[1, 2], u64::from)?;
    let number = ranged(&parts.next().ok_or(Rule::Shape)?, 2..=99)?;
    let replaces = parts.next().map(serial).transpose()?;
    let decision = parts.next().map(text).transpose()?;
    match (form, replaces, decision, parts.next()) {
        (1_u8, replaces, None, None) => Ok(Edition::Duplicate { number, replaces }),
        (2, Some(replaces), decision, None) => Ok(Edition::Correction { number, replaces, decision }),
        _ => Err(Rule::Shape.into()),
    }
}

fn archive(value: Item<'_>) -> Result<Archive, ValueError> {
    let [year, grade] = value.tuple().ok_or(Rule::Shape)?;
    Ok(Archive { year: ranged(&year, 1900..=2200)?, grade: choice(&grade, &Grade::ALL, Grade::number)? })
}

/// What was decided; also the decision of a line of minutes.
pub(crate) fn decision(value: Item<'_>, languages: usize) -> Result<Decision, ValueError> {
    let parts = value.array().filter(|parts| (1..=2).contains(&parts.len())).ok_or(Rule::Shape)?;
    let mut parts = parts.into_iter();
    let outcome = choice(&parts.next().ok_or(Rule::Shape)?, &Outcome::ALL, Outcome::number)?;
    let words = parts.next().map(|value| words(value, languages)).transpose()?;
    Ok(Decision { outcome, words })
}

fn lines(value: Item<'_>, languages: usize) -> Result<Lines, Rule> {
    let [person, award] = value.tuple().ok_or(Rule::Shape)?;
    let side = |value: Item<'_>| -> Result<Vec<Line>, Rule> {
        let lines = value.array().ok_or(Rule::Shape)?;
        if lines.len() > MOST_LINES {
            return Err(Rule::Range);
        }
        lines.into_iter().map(|line| results::line(line, languages)).collect()
    };
    Ok(Lines { person: side(person)?, award: side(award)? })
}

fn sheet(value: Item<'_>) -> Result<Sheet, Rule> {
    let [number, of] = value.tuple().ok_or(Rule::Shape)?;
    Ok(Sheet { number: ranged(&number, 1..=16)?, of: ranged(&of, 2..=16)? })
}
