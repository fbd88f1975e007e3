//! A profile's dictionary: bytes as they stand in its documents, most frequent last (SPEC section 3).

use credential_core::{
    Dictionary, Document, Edition, Kind, Legalisation, Mark, MinutesReference, PartialDate, Results, SealingKey,
    Serial, StatusReference, Subject, Words, issue, legalise,
};

use crate::profile::{MinistryProfile, Profile};

/// The dictionary of a profile: the same profile gives the same bytes, and two profiles hardly ever the same.
///
/// It holds the frequent texts, every fixed text, and for each kind and series one document without a person in it.
pub fn dictionary(profile: &Profile) -> Option<Dictionary> {
    let mut bytes = Vec::new();
    for text in profile.frequent.iter().chain(profile.document.fixed_texts()) {
        push_text(&mut bytes, text.as_str());
    }
    let series: Vec<_> = profile.document.series_codes().map(Some).collect();
    let series = if series.is_empty() { vec![None] } else { series };
    let honours = profile.document.honours_values().next();
    for kind in profile.document.kinds.iter().rev() {
        for code in &series {
            bytes.extend(skeleton(profile, *kind, *code, honours)?);
        }
    }
    Dictionary::new(bytes.split_off(bytes.len().saturating_sub(MOST_BYTES)))
}

/// The dictionary of a ministry's profile: its words, and for each capacity one record over no document.
pub fn ministry_dictionary(profile: &MinistryProfile) -> Option<Dictionary> {
    let [capacities, places, purposes] = profile.fixed_words();
    let mut bytes = Vec::new();
    for text in [&purposes, &places].into_iter().flatten().flat_map(|words| words.texts()) {
        push_text(&mut bytes, text.as_str());
    }
    let usual = |all: &[&Words]| all.first().map(|words| (*words).clone());
    for capacity in capacities.iter().rev() {
        let record = Legalisation {
            document: [0; 32],
            document_serial: Serial::new(vec![0; 8])?,
            capacity: (*capacity).clone(),
            act_number: credential_core::Text::new("2026-0000").ok()?,
            place: usual(&places).or_else(|| Words::one("X").ok())?,
            date: PartialDate::new(2026, Some(1), Some(1))?,
            purpose: usual(&purposes),
            status: Some(StatusReference { list: 1, index: 100_000 }),
            languages: profile.languages.clone(),
        };
        let sealed = legalise(&record, Serial::new(vec![0; 8])?, 1 << 30, &SealingKey::from_seed(&[0; 32])).ok()?;
        bytes.extend(&sealed.as_bytes()[..sealed.as_bytes().len() - SIGNATURE]);
    }
    Dictionary::new(bytes.split_off(bytes.len().saturating_sub(MOST_BYTES)))
}

/// A sealed document of nobody, without its signature.
fn skeleton(profile: &Profile, kind: Kind, series: Option<&str>, honours: Option<&str>) -> Option<Vec<u8>> {
    let words = &profile.document;
    let document = Document {
        kind,
        languages: words.languages.clone(),
        holder: nobody(words.languages.len())?,
        birth: None,
        birth_place: None,
        identity: None,
        number: None,
        title: words.title(kind)?.clone(),
        series: series.and_then(|code| words.series(code)).cloned(),
        session: words.session(Some("2026")).ok()?,
        honours: honours.and_then(|value| words.honours(value)).cloned(),
        authority: words.authority.clone(),
        centre: Words::one("C0000").ok(),
        results: Some(results(profile, kind, series)?),
        status: profile.status_included.then_some(StatusReference { list: 1, index: 100_000 }),
        minutes: profile
            .minutes
            .or(profile.minutes_required.then_some(1))
            .map(|minutes| MinutesReference { minutes, line: 100_000 }),
        edition: Edition::Original,
        archive: None,
    };
    let sealed = issue(&document, Serial::new(vec![0; 8])?, 1 << 30, &SealingKey::from_seed(&[0; 32])).ok()?;
    let mut bytes = sealed.as_bytes().to_vec();
    bytes.truncate(bytes.len() - SIGNATURE);
    Some(bytes)
}

fn results(profile: &Profile, kind: Kind, series: Option<&str>) -> Option<Results> {
    let scale = profile.document.scale;
    let subject = |(name, coefficient): &(String, u16)| {
        let words = profile.document.subject(name).cloned();
        Some(Subject {
            name: words.or_else(|| Words::one(name.as_str()).ok())?,
            code: None,
            coefficient: Some(*coefficient),
            credits: None,
            mark: Some(Mark::Number(scale.maximum / 2)),
        })
    };
    let of_series = series.and_then(|code| profile.subjects_of_series.get(code)).filter(|_| kind == Kind::Transcript);
    let mut subjects: Vec<_> = of_series.into_iter().flatten().map(subject).collect::<Option<_>>()?;
    if kind == Kind::Transcript && subjects.is_empty() {
        subjects.push(subject(&("X".into(), 1))?);
    }
    Some(Results { scale, mean: Some(scale.maximum / 2), subjects })
}

fn nobody(languages: usize) -> Option<Words> {
    let name = || credential_core::Text::new("X").ok();
    Words::per_language((0..languages).map(|_| name()).collect::<Option<_>>()?)
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
/// The head and the 64 bytes of a signature.
const SIGNATURE: usize = 66;
