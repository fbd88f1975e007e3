//! A profile's dictionary: bytes as they stand in its documents, most frequent last (SPEC section 3).

use credential_core::Document;
use credential_core::document::{
    Cell, Column, ColumnRole, Date, Decision, Edition, Identity, IdentityForm, Kind, Line, LineValue, Lines,
    MinutesReference, Number, Outcome, PartialDate, Results, Row, Serial, Text, Words, World,
};
use credential_core::legalisation::{Legalisation, legalise};
use credential_core::lists::Dictionary;
use credential_core::sealing::{Sealer, SealingKey, issue, serial_data};

use crate::profile::{
    IdentityMode, MinistryProfile, PrintedDate, PrintedLine, Profile, Scale, SubjectNames, Table, TableColumn,
    ValueFrom,
};

/// The dictionary of a profile: the same profile gives the same bytes, and two profiles hardly ever the same.
///
/// It holds the frequent texts, every fixed text, the lines that depend on what was decided with those around them, and
/// for each kind and series one document without a person in it.
pub fn dictionary(profile: &Profile) -> Option<Dictionary> {
    let mut bytes = Vec::new();
    for text in profile.frequent.iter().chain(profile.document.fixed_texts()) {
        push_text(&mut bytes, text.as_str());
    }
    let series: Vec<_> = profile.document.series_codes().map(Some).collect();
    let series = if series.is_empty() { vec![None] } else { series };
    for (honours, decision) in decided(profile) {
        let kind = *profile.document.kinds.last()?;
        let document = Document { results: None, decision, ..document(profile, kind, series[0], honours)? };
        bytes.extend(serial_data("X", &document));
    }
    let honours = profile.document.honours_values().next();
    for kind in profile.document.kinds.iter().rev() {
        for code in &series {
            bytes.extend(skeleton(&document(profile, *kind, *code, honours)?)?);
        }
    }
    Dictionary::new(bytes.split_off(bytes.len().saturating_sub(MOST_BYTES)))
}

/// Honours and decisions as they stand together.
fn decided(profile: &Profile) -> Vec<(Option<&str>, Option<Decision>)> {
    let words = &profile.document;
    let of = |outcome: Outcome, value: &str| Decision { outcome, words: words.decision(value).cloned() };
    let values: Vec<(Outcome, &str)> = match &profile.list.decision {
        Some(column) => column.values().filter_map(|value| Some((column.outcome(value)?, value))).collect(),
        None => Outcome::ALL.map(|outcome| (outcome, outcome.code())).to_vec(),
    };
    let printed = |&(outcome, value): &(Outcome, &str)| Some(of(outcome, value)).filter(|of| of.words.is_some());
    let admitted = values.iter().find(|(outcome, _)| *outcome == Outcome::Admitted).and_then(printed);
    let others = values.iter().filter(|(outcome, _)| *outcome != Outcome::Admitted).map(|value| (None, printed(value)));
    others.chain(words.honours_values().map(|honours| (Some(honours), admitted.clone()))).collect()
}

/// The dictionary of a ministry's profile: its words, and for each capacity one record over no document.
pub fn ministry_dictionary(profile: &MinistryProfile) -> Option<Dictionary> {
    let [capacities, places, purposes] = profile.fixed_words();
    let mut bytes = Vec::new();
    for text in [&purposes, &places].into_iter().flatten().flat_map(|words| words.texts().iter().flatten()) {
        push_text(&mut bytes, text.as_str());
    }
    let usual = |all: &[&Words]| all.first().map(|words| (*words).clone());
    for capacity in capacities.iter().rev() {
        let record = Legalisation {
            document: [0; 32],
            document_serial: Serial::new(vec![0; 8])?,
            capacity: (*capacity).clone(),
            act_number: Text::new("2026-0000").ok()?,
            place: usual(&places).or_else(|| Words::one("X").ok())?,
            date: PartialDate::new(2026, Some(1), Some(1))?,
            purpose: usual(&purposes),
            languages: profile.languages.clone(),
        };
        let key = SealingKey::from_seed(&[0; 32]);
        let sealed = legalise(&record, &Serial::new(vec![0; 8])?, 1 << 30, &nobodys(&key)).ok()?;
        bytes.extend(&sealed.as_bytes()[..sealed.as_bytes().len() - SIGNATURE]);
    }
    Dictionary::new(bytes.split_off(bytes.len().saturating_sub(MOST_BYTES)))
}

/// A document of nobody; where a person's facts stand there are such as many have.
fn document(profile: &Profile, kind: Kind, series: Option<&str>, honours: Option<&str>) -> Option<Document> {
    let words = &profile.document;
    let columns = &profile.list.columns;
    let birth = words.session_year.and_then(|year| PartialDate::new(year - USUAL_AGE, Some(1), Some(1)));
    let number = profile.list.number_shape.as_deref().unwrap_or("00000000").replace('9', "0");
    Some(Document {
        kind,
        languages: words.languages.clone(),
        holder: nobody(words.languages.len())?,
        birth: birth.filter(|_| columns.birth_date.is_some()).map(Date::Known),
        birth_place: profile.frequent.last().filter(|_| columns.birth_place.is_some()).cloned().map(Words::from),
        identity: identity(profile)?,
        number: Text::new(number).ok(),
        title: words.title(kind)?.clone(),
        series: series.and_then(|code| words.series(code)).cloned(),
        session: words.session(Some("2026")).ok()?,
        honours: honours.and_then(|value| words.honours(value)).cloned(),
        authority: words.authority.clone(),
        centre: Words::one("C0000").ok(),
        results: results(profile, kind, series)?,
        minutes: profile
            .minutes
            .or(profile.minutes_required.then_some(1))
            .map(|minutes| MinutesReference { minutes, line: 100_000 }),
        edition: Edition::Original,
        archive: None,
        valid_until: fixed_day(words.valid_until.as_ref(), kind),
        awarded: fixed_day(words.awarded.as_ref(), kind),
        decision: decision(profile, kind),
        lines: Lines { person: lines(&words.person_lines, kind)?, award: lines(&words.award_lines, kind)? },
        sheet: None,
    })
}

/// Its sealed bytes without the signature.
fn skeleton(document: &Document) -> Option<Vec<u8>> {
    let key = SealingKey::from_seed(&[0; 32]);
    let sealed = issue(document, &Serial::new(vec![0; 8])?, 1 << 30, &nobodys(&key)).ok()?;
    let mut bytes = sealed.as_bytes().to_vec();
    bytes.truncate(bytes.len() - SIGNATURE);
    Some(bytes)
}

/// The outer `None` is for a number that cannot be.
fn identity(profile: &Profile) -> Option<Option<Identity>> {
    let Some(column) = &profile.list.identity else { return Some(None) };
    let identity = match column.mode {
        IdentityMode::Absent => return Some(None),
        IdentityMode::Masked => Identity::masked("00000000").ok()?,
        IdentityMode::Digest => IdentityForm::Digest { work: column.work, digest: [0; 16] }.into(),
    };
    Some(Some(Identity { name: profile.identity_name.clone(), ..identity }))
}

fn nobodys(key: &SealingKey) -> Sealer<'_> {
    Sealer { authority: "X", world: World::Test, key }
}

fn fixed_day(day: Option<&PrintedDate>, kind: Kind) -> Option<Date> {
    day.filter(|day| day.kinds.contains(&kind)).and_then(|day| day.fixed.clone())
}

/// The decision that most papers print: that somebody was admitted.
fn decision(profile: &Profile, kind: Kind) -> Option<Decision> {
    let value = profile.list.decision.as_ref().and_then(|decision| decision.admitted.first());
    let words = profile.document.decision(value.map_or(Outcome::Admitted.code(), String::as_str)).cloned()?;
    let printed = profile.document.decision_on.contains(&kind);
    printed.then_some(Decision { outcome: Outcome::Admitted, words: Some(words) })
}

fn lines(lines: &[PrintedLine], kind: Kind) -> Option<Vec<Line>> {
    let line = |line: &PrintedLine| {
        let value = match &line.value {
            ValueFrom::Fixed(words) => LineValue::Words(words.clone()),
            ValueFrom::Words { values, .. } => {
                LineValue::Words(values.values().next().cloned().or_else(|| Words::one("X").ok())?)
            }
            ValueFrom::Number { scale, .. } => LineValue::Number(number(*scale)),
        };
        Some(Line { name: line.name.clone(), value })
    };
    lines.iter().filter(|line| line.kinds.contains(&kind)).map(line).collect()
}

/// A number such as stands in most places: the half of its scale.
fn number(scale: Scale) -> Number {
    let Scale { decimals, maximum, .. } = scale;
    Number { value: half(scale), decimals, maximum }
}

fn half(scale: Scale) -> i64 {
    scale.maximum.and_then(|maximum| i64::try_from(maximum).ok()).unwrap_or(1) * 10_i64.pow(scale.decimals.into()) / 2
}

fn results(profile: &Profile, kind: Kind, series: Option<&str>) -> Option<Option<Results>> {
    let mean = profile.document.mean.map(number);
    let table = profile.table.as_ref().filter(|table| table.kinds.contains(&kind));
    let subjects = match table {
        Some(table) => subjects(profile, table, series)?,
        None => Vec::new(),
    };
    let (mut rows, mut coefficients) = (Vec::new(), Vec::new());
    let headings = |before: usize| {
        table.into_iter().flat_map(move |table| table.rows.iter().filter(move |row| row.before == before))
    };
    let count = subjects.len();
    for (at, (name, coefficient)) in subjects.into_iter().enumerate() {
        for row in headings(at + 1) {
            rows.push(Row { name: row.name.clone(), kind: row.kind });
            coefficients.push(None);
        }
        rows.push(Row::subject(name));
        coefficients.push(coefficient);
    }
    for row in table.into_iter().flat_map(|table| &table.rows).filter(|row| row.before > count) {
        rows.push(Row { name: row.name.clone(), kind: row.kind });
        coefficients.push(None);
    }
    let columns = table.into_iter().flat_map(|table| &table.columns).map(|column| self::column(column, &coefficients));
    let columns = columns.collect();
    let summaries = lines(&profile.document.summaries, kind)?;
    let empty = mean.is_none() && rows.is_empty() && summaries.is_empty();
    Some((!empty).then_some(Results { mean, rows, columns, summaries }))
}

/// Usual subjects of a series with their coefficients; one of no name if the profile names none.
fn subjects(profile: &Profile, table: &Table, series: Option<&str>) -> Option<Vec<(Words, Option<u16>)>> {
    let words = |name: &str| profile.document.subject(name).cloned().or_else(|| Words::one(name).ok());
    if let SubjectNames::Fixed(names) = &table.subjects {
        return names.iter().map(|name| Some((words(name.as_str())?, None))).collect();
    }
    let of_series = series.and_then(|code| profile.subjects_of_series.get(code)).filter(|of| !of.is_empty());
    let Some(of_series) = of_series else { return Some(vec![(words("X")?, Some(1))]) };
    of_series.iter().map(|(name, coefficient)| Some((words(name)?, Some(*coefficient)))).collect()
}

fn column(column: &TableColumn, coefficients: &[Option<u16>]) -> Column {
    let (decimals, maximum) = column.scale.map_or((0, None), |scale| (scale.decimals, scale.maximum));
    let cell = |coefficient: &Option<u16>| match (column.role, column.scale, coefficient) {
        (ColumnRole::Coefficient, Some(_), Some(coefficient)) => {
            Cell::Number(i64::from(*coefficient) * 10_i64.pow(decimals.into()))
        }
        (_, Some(scale), Some(_)) => Cell::Number(half(scale)),
        _ => Cell::Empty,
    };
    let cells = coefficients.iter().map(cell).collect();
    Column { role: column.role, heading: column.heading.clone(), decimals, cells, maximum }
}

fn nobody(languages: usize) -> Option<Words> {
    let name = || Text::new("X").ok();
    Words::per_language((0..languages).map(|_| name()).collect())
}

/// A text with the head that CBOR gives it.
fn push_text(bytes: &mut Vec<u8>, text: &str) {
    match u8::try_from(text.len()) {
        Ok(length @ 0..=23) => bytes.push(0x60 | length),
        Ok(length) => bytes.extend([0x78, length]),
        Err(_) => bytes.extend([0x79, (text.len() >> 8) as u8, text.len() as u8]),
    }
    bytes.extend(text.as_bytes());
}

/// As far back as every document of 4 KiB reaches.
const MOST_BYTES: usize = 28 << 10;
/// Years between birth and session.
const USUAL_AGE: u16 = 18;
/// The head and the 64 bytes of a signature.
const SIGNATURE: usize = 66;
