//! The checks between a profile's TOML and a [`Profile`].

use std::collections::BTreeMap;

use credential_core::{Grade, Kind, Language, PublicKey, Scale, Text, Words};

use super::format::ListFormat;
use super::source::{
    AuthoritySource, DocumentSource, KindSource, PrintSource, ProfileSource, ScaleSource, SessionSource, StatusSource,
    WordsSource,
};
use super::{AuthorityEntry, DocumentWords, Print, Profile, SESSION};
use crate::keys::public_key_from_pem;
use crate::list::nfc_text;

/// A key and what is wrong with its value.
#[derive(Debug)]
pub(super) struct KeyFault {
    pub(super) key: String,
    pub(super) message: String,
}

type Checked<T> = Result<T, KeyFault>;

pub(super) fn profile(source: ProfileSource) -> Checked<Profile> {
    let grade = source.archive.map(|archive| grade(archive.grade)).transpose()?;
    list(&source.list, &source.document)?;
    ensure(source.list.columns.archive_year.is_some() == grade.is_some(), "archive", || {
        "the part [archive] and the column list.columns.archive_year need each other: write both or none".into()
    })?;
    usual_subjects(&source.dictionary.subjects, &source.document.series)?;
    let frequent = source.dictionary.words.iter().map(|word| text("dictionary.words", word));
    Ok(Profile {
        document: document(source.document, source.list.columns.session.is_some())?,
        list: source.list,
        authority: authority(source.authority)?,
        print: print(&source.print)?,
        status_included: source.status.included,
        minutes: source.minutes.as_ref().and_then(|minutes| minutes.number),
        minutes_required: source.minutes.is_some_and(|minutes| minutes.required),
        clerks: clerks(&source.status)?,
        archive_grade: grade,
        frequent: frequent.collect::<Checked<_>>()?,
        subjects_of_series: source.dictionary.subjects,
        digest: [0; 32],
    })
}

/// The clerks' keys, each as the line between the first and the last of its `.pub` file.
fn clerks(status: &StatusSource) -> Checked<Vec<PublicKey>> {
    let key = "status.clerks";
    let clerk = |line: &String| {
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", line.trim());
        let read = public_key_from_pem(&pem).ok().and_then(|read| PublicKey::new(read.as_bytes()).ok());
        read.ok_or_else(|| KeyFault {
            key: key.into(),
            message: format!("“{line}” is not a public key; write the middle line of the clerk's .pub file"),
        })
    };
    let clerks = status.clerks.iter().map(clerk).collect::<Checked<Vec<_>>>()?;
    ensure(status.two_persons != clerks.is_empty(), "status.two_persons", || {
        "two_persons = true and clerks need each other: write both or none".into()
    })?;
    let twice = (1..clerks.len()).any(|at| clerks[..at].contains(&clerks[at]));
    ensure(clerks.len() != 1 && !twice, key, || "name two clerks or more, each once".into())?;
    Ok(clerks)
}

/// One text for all languages if they say the same, else one for each.
pub(super) fn same_as_one(mut texts: Vec<Text>) -> Words {
    if texts.iter().all(|text| *text == texts[0]) {
        texts.truncate(1);
    }
    Words::per_language(texts).expect("a profile has one to three languages")
}

fn list(list: &ListFormat, document: &DocumentSource) -> Checked<()> {
    holder(&list.columns.holder, &document.languages)?;
    subjects(list, document)?;
    if let Some(identity) = &list.identity {
        ensure((10..=16).contains(&identity.work), "list.identity.work", || {
            format!("{} is not from 10 to 16", identity.work)
        })?;
    }
    let Some(decision) = &list.decision else { return Ok(()) };
    ensure(!decision.admitted.is_empty(), "list.decision.admitted", || "write the values that mean admitted".into())?;
    let both = decision.admitted.iter().find(|value| decision.not_admitted.contains(value));
    ensure(both.is_none(), "list.decision", || format!("{both:?} means admitted and not admitted"))
}

fn holder(columns: &BTreeMap<String, Vec<String>>, languages: &[String]) -> Checked<()> {
    let key = "list.columns.holder";
    for language in columns.keys() {
        ensure(languages.contains(language), &format!("{key}.{language}"), || {
            "this language is not in document.languages".into()
        })?;
    }
    ensure(columns.len() == languages.len() || columns.len() == 1, key, || {
        "write the columns of the name for every language, or for one".into()
    })?;
    ensure(columns.values().all(|names| !names.is_empty()), key, || "a language has no column".into())
}

fn subjects(list: &ListFormat, document: &DocumentSource) -> Checked<()> {
    let Some(subjects) = &list.subjects else {
        let fits = !document.kinds.contains(&KindSource::Transcript);
        return ensure(fits, "document.kinds", || "a transcript needs the part [list.subjects]".into());
    };
    ensure((1..=64).contains(&subjects.count), "list.subjects.count", || {
        format!("{} is not from 1 to 64", subjects.count)
    })?;
    let coefficient = subjects.coefficient.as_ref().map(|pattern| ("coefficient", pattern));
    for (name, pattern) in [("name", &subjects.name), ("mark", &subjects.mark)].into_iter().chain(coefficient) {
        ensure(pattern.contains("{n}"), &format!("list.subjects.{name}"), || {
            "write {n} where the number stands".into()
        })?;
    }
    for word in &subjects.marks_in_words {
        text("list.subjects.marks_in_words", word)?;
        ensure(word.chars().count() <= 8, "list.subjects.marks_in_words", || {
            format!("{word:?} has more than 8 characters")
        })?;
    }
    Ok(())
}

fn document(source: DocumentSource, session_column: bool) -> Checked<DocumentWords> {
    let languages = languages(&source.languages)?;
    let scale = scale(&source.scale)?;
    let kinds = kinds(&source.kinds)?;
    session(&source.session, session_column)?;
    ensure(source.ages[0] <= source.ages[1], "document.ages", || "write the youngest age first".into())?;
    let words = |key: &str, words: &WordsSource| per_language(key, words, &source.languages);
    let table = |key: &str, table: &BTreeMap<String, WordsSource>| {
        table
            .iter()
            .map(|(name, of)| Ok((name.clone(), words(&format!("{key}.{name}"), of)?)))
            .collect::<Checked<BTreeMap<_, _>>>()
    };
    let title = |&of: &KindSource| {
        let key = format!("document.title.{}", kind(of).code());
        let found = source.title.get(&of).ok_or_else(|| fault(&key, "the title of this kind is missing"))?;
        Ok((kind(of), words(&key, found)?))
    };
    Ok(DocumentWords {
        titles: source.kinds.iter().map(title).collect::<Checked<_>>()?,
        authority: words("document.authority", &source.authority)?,
        session: session_words(&source.session.words, &source.languages)?,
        series: table("document.series", &source.series)?,
        honours: table("document.honours", &source.honours)?,
        subjects: table("document.subjects", &source.subjects)?,
        pass_mark: source.pass_mark.map(|mark| scaled(mark, scale)).transpose()?,
        session_year: source.session.year,
        ages: (source.ages[0], source.ages[1]),
        longest_name: source.longest_name,
        kinds,
        languages,
        scale,
    })
}

fn languages(tags: &[String]) -> Checked<Vec<Language>> {
    let key = "document.languages";
    ensure((1..=3).contains(&tags.len()), key, || "write one to three languages".into())?;
    let twice = tags.iter().enumerate().any(|(at, tag)| tags[..at].contains(tag));
    ensure(!twice, key, || "a language occurs twice".into())?;
    let language = |tag: &String| {
        Language::new(tag).ok_or_else(|| fault(key, format!("{tag:?} is not a language such as \"fr\"")))
    };
    tags.iter().map(language).collect()
}

fn kinds(sources: &[KindSource]) -> Checked<Vec<Kind>> {
    let twice = sources.iter().enumerate().any(|(at, of)| sources[..at].contains(of));
    ensure(!sources.is_empty() && !twice, "document.kinds", || "write one to three kinds, each once".into())?;
    Ok(sources.iter().map(|&of| kind(of)).collect())
}

fn kind(source: KindSource) -> Kind {
    match source {
        KindSource::Diploma => Kind::Diploma,
        KindSource::Transcript => Kind::Transcript,
        KindSource::Attestation => Kind::Attestation,
    }
}

fn scale(source: &ScaleSource) -> Checked<Scale> {
    ensure(source.decimals <= 3, "document.scale.decimals", || format!("{} is not from 0 to 3", source.decimals))?;
    let maximum = source.maximum.saturating_mul(10_u32.pow(source.decimals.into()));
    ensure((1..=100_000).contains(&maximum), "document.scale.maximum", || {
        format!("{} with {} decimals is not from 1 to 100000 units", source.maximum, source.decimals)
    })?;
    Ok(Scale { decimals: source.decimals, maximum })
}

fn scaled(mark: f64, scale: Scale) -> Checked<u32> {
    let units = (mark * f64::from(10_u32.pow(scale.decimals.into()))).round();
    ensure((0.0..=f64::from(scale.maximum)).contains(&units), "document.pass_mark", || {
        format!("{mark} is not on the scale")
    })?;
    // in range by the line above
    Ok(units as u32)
}

fn session(source: &SessionSource, column: bool) -> Checked<()> {
    ensure(column != source.year.is_some(), "document.session", || {
        "the session is either a fixed year here or the column list.columns.session: write exactly one".into()
    })?;
    for (language, words) in &source.words {
        ensure(words.contains(SESSION) == column, &format!("document.session.words.{language}"), || {
            "{session} stands in these words if, and only if, the session is a column".into()
        })?;
    }
    Ok(())
}

fn session_words(words: &WordsSource, languages: &[String]) -> Checked<Vec<Text>> {
    Ok(per_language("document.session.words", words, languages)?.texts().to_vec())
}

fn per_language(key: &str, words: &WordsSource, languages: &[String]) -> Checked<Words> {
    if let Some(other) = words.keys().find(|language| !languages.contains(language)) {
        return Err(fault(&format!("{key}.{other}"), "this language is not in document.languages"));
    }
    let of = |language: &String| {
        let found = words
            .get(language)
            .ok_or_else(|| fault(key, format!("the words in the language {language:?} are missing")))?;
        text(&format!("{key}.{language}"), found)
    };
    Ok(same_as_one(languages.iter().map(of).collect::<Checked<_>>()?))
}

fn usual_subjects(
    subjects: &BTreeMap<String, Vec<(String, u16)>>,
    series: &BTreeMap<String, WordsSource>,
) -> Checked<()> {
    for (code, of_series) in subjects {
        let key = format!("dictionary.subjects.{code}");
        ensure(series.contains_key(code), &key, || "this series is not in [document.series]".into())?;
        ensure(of_series.len() <= 64, &key, || format!("{} subjects are more than 64", of_series.len()))?;
        for (name, coefficient) in of_series {
            text(&key, name)?;
            ensure(*coefficient <= 1_000, &key, || format!("the coefficient {coefficient} is above 1000"))?;
        }
    }
    Ok(())
}

fn authority(source: AuthoritySource) -> Checked<AuthorityEntry> {
    let id_fits = (2..=32).contains(&source.id.len())
        && source.id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    ensure(id_fits, "authority.id", || format!("{:?} is not 2 to 32 of A-Z, 0-9 and \"-\"", source.id))?;
    let country_fits = source.country.len() == 2 && source.country.bytes().all(|b| b.is_ascii_uppercase());
    ensure(country_fits, "authority.country", || {
        format!("{:?} is not a code of two letters such as \"BJ\"", source.country)
    })?;
    ensure((1..=8).contains(&source.names.len()), "authority.names", || "write one to eight names".into())?;
    let name = |(language, name): (&String, &String)| {
        let key = format!("authority.names.{language}");
        ensure(Language::new(language).is_some(), &key, || "this is not a language such as fr".into())?;
        Ok((language.clone(), text(&key, name)?))
    };
    let names = source.names.iter().map(name).collect::<Checked<_>>()?;
    Ok(AuthorityEntry { id: source.id, country: source.country, role: source.role, names })
}

fn print(source: &PrintSource) -> Checked<Print> {
    ensure((15..=150).contains(&source.code_mm), "print.code_mm", || {
        format!("{} is not from 15 to 150", source.code_mm)
    })?;
    let pixels = source.pixels_per_module;
    ensure((1..=64).contains(&pixels), "print.pixels_per_module", || format!("{pixels} is not from 1 to 64"))?;
    Ok(Print { code_mm: source.code_mm, pixels_per_module: pixels })
}

fn grade(number: u8) -> Checked<Grade> {
    match number {
        1 => Ok(Grade::Register),
        2 => Ok(Grade::MarkSheets),
        3 => Ok(Grade::Other),
        _ => Err(fault(
            "archive.grade",
            format!("{number} is not 1 (register), 2 (mark sheets or minutes) or 3 (other)"),
        )),
    }
}

fn text(key: &str, value: &str) -> Checked<Text> {
    let composed = nfc_text(value);
    Text::new(composed).map_err(|error| fault(key, error.to_string()))
}

fn ensure(holds: bool, key: &str, message: impl FnOnce() -> String) -> Checked<()> {
    if holds { Ok(()) } else { Err(fault(key, message())) }
}

fn fault(key: &str, message: impl Into<String>) -> KeyFault {
    KeyFault { key: key.to_owned(), message: message.into() }
}
