//! The checks between a profile's TOML and a [`Profile`].

mod lines;
mod table;

use std::collections::BTreeMap;

use credential_core::document::{Grade, Kind, Language, Outcome, Text, Words};
use credential_core::lists::PublicKey;

use super::format::{ListFormat, TextColumns};
use super::reserved::reserved;
use super::source::{
    AlsoForSource, AuthoritySource, DocumentSource, KindSource, NumberSource, PrintSource, ProfileSource,
    SessionSource, StatusSource, WordsSource,
};
use super::words::{Checked, KeyFault, ensure, fault, per_language, table, text};
use super::{AlsoFor, AuthorityEntry, DocumentWords, Print, Profile, SESSION, Scale};
use crate::keys::public_key_from_pem;

pub(super) fn profile(source: ProfileSource) -> Checked<Profile> {
    let grade = source.archive.map(|archive| grade(archive.grade)).transpose()?;
    languages(&source.document.languages)?;
    list(&source.list, &source.document)?;
    ensure(source.list.columns.archive_year.is_some() == grade.is_some(), "archive", || {
        "the part [archive] and the column list.columns.archive_year need each other: write both or none".into()
    })?;
    usual_subjects(&source.dictionary.subjects, &source.document.series)?;
    let frequent = source.dictionary.words.iter().map(|word| text("dictionary.words", word));
    let languages = &source.document.languages;
    let identity_name = source.list.identity.as_ref().and_then(|identity| identity.name.as_ref());
    let table = table::table(&source.list, &source.document)?;
    Ok(Profile {
        identity_name: identity_name.map(|name| per_language("list.identity.name", name, languages)).transpose()?,
        document: document(source.document, &source.list, table.as_ref().map(|table| &table.kinds[..]))?,
        table,
        list: source.list,
        authority: authority(source.authority)?,
        print: print(source.print)?,
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

fn list(list: &ListFormat, document: &DocumentSource) -> Checked<()> {
    holder(&list.columns.holder, &document.languages)?;
    for (name, columns) in [
        ("birth_date_printed", &list.columns.birth_date_printed),
        ("birth_place", &list.columns.birth_place),
        ("centre", &list.columns.centre),
    ] {
        text_columns(&format!("list.columns.{name}"), columns.as_ref(), &document.languages)?;
    }
    if let Some(identity) = &list.identity {
        ensure((10..=16).contains(&identity.work), "list.identity.work", || {
            format!("{} is not from 10 to 16", identity.work)
        })?;
    }
    let mean = (list.columns.mean.is_some(), document.mean.is_some());
    ensure(mean.0 == mean.1, "document.mean", || {
        "the part document.mean and the column list.columns.mean need each other: write both or none".into()
    })?;
    let Some(decision) = &list.decision else { return Ok(()) };
    ensure(!decision.admitted.is_empty(), "list.decision.admitted", || "write the values that mean admitted".into())?;
    let values: Vec<&str> = decision.values().collect();
    let twice = (1..values.len()).find(|&at| values[..at].contains(&values[at]));
    ensure(twice.is_none(), "list.decision", || {
        format!("{:?} means two things; write each value once", values[twice.unwrap_or_default()])
    })
}

fn holder(columns: &BTreeMap<String, Vec<String>>, languages: &[String]) -> Checked<()> {
    let key = "list.columns.holder";
    for language in columns.keys() {
        ensure(languages.contains(language), &format!("{key}.{language}"), || {
            "this language is not in document.languages".into()
        })?;
    }
    ensure(columns.len() == languages.len() || columns.len() == 1, key, || {
        "write the columns of the name for every language ([] where the paper prints none), or for one".into()
    })?;
    ensure(columns.values().any(|names| !names.is_empty()), key, || "no language has a column".into())
}

/// Columns of one text may be by language.
fn text_columns(key: &str, columns: Option<&TextColumns>, languages: &[String]) -> Checked<()> {
    let Some(TextColumns::PerLanguage(columns)) = columns else { return Ok(()) };
    ensure(!columns.is_empty(), key, || "write a column, or one for each language that is printed".into())?;
    columns.keys().try_for_each(|language| {
        ensure(languages.contains(language), &format!("{key}.{language}"), || {
            "this language is not in document.languages".into()
        })
    })
}

fn document(source: DocumentSource, list: &ListFormat, table_kinds: Option<&[Kind]>) -> Checked<DocumentWords> {
    let languages = languages(&source.languages)?;
    let mean = source.mean.as_ref().map(|mean| scale("document.mean", mean)).transpose()?;
    let kinds = kinds("document.kinds", &source.kinds)?;
    session(&source.session, list.columns.session.is_some())?;
    ensure(source.ages[0] <= source.ages[1], "document.ages", || "write the youngest age first".into())?;
    let words = |key: &str, words: &WordsSource| per_language(key, words, &source.languages);
    let title = |&of: &KindSource| {
        let key = format!("document.title.{}", kind(of).code());
        let found = source.title.get(&of).ok_or_else(|| fault(&key, "the title of this kind is missing"))?;
        Ok((kind(of), words(&key, found)?))
    };
    let lines = lines::Lines { languages: &source.languages, kinds: &kinds };
    let of_table = table_kinds.unwrap_or(&kinds);
    Ok(DocumentWords {
        titles: source.kinds.iter().map(title).collect::<Checked<_>>()?,
        authority: words("document.authority", &source.authority)?,
        session: session_words(&source.session.words, &source.languages)?,
        series: table("document.series", &source.series, &source.languages)?,
        honours: table("document.honours", &source.honours, &source.languages)?,
        decisions: decisions(&source, list)?,
        decision_on: match &source.decision_on {
            Some(named) => some_of("document.decision_on", named, &kinds)?,
            None => kinds.iter().copied().filter(|&kind| kind != Kind::Diploma).collect(),
        },
        also_for: also_for(&source.also_for, &kinds)?,
        subjects: subjects(&source)?,
        grades: table("document.grades", &source.grades, &source.languages)?,
        awarded: source.awarded.as_ref().map(|date| lines.awarded(date)).transpose()?,
        valid_until: source.valid_until.as_ref().map(|date| lines.valid_until(date)).transpose()?,
        person_lines: lines.all("document.lines.person", &source.lines.person, &kinds, MOST_LINES)?,
        award_lines: lines.all("document.lines.award", &source.lines.award, &kinds, MOST_LINES)?,
        summaries: lines.all("document.summaries", &source.summaries, of_table, MOST_SUMMARIES)?,
        pass_mark: source.pass_mark.map(|mark| pass_mark(mark, mean)).transpose()?,
        session_year: source.session.year,
        ages: (source.ages[0], source.ages[1]),
        longest_name: source.longest_name,
        mean,
        kinds,
        languages,
    })
}

/// Words of subjects are names of rows.
fn subjects(source: &DocumentSource) -> Checked<BTreeMap<String, Words>> {
    let found = table("document.subjects", &source.subjects, &source.languages)?;
    found.iter().try_for_each(|(name, words)| check_name(&format!("document.subjects.{name}"), words))?;
    Ok(found)
}

/// Where a decision is printed in words, every value of the list has its words.
fn decisions(source: &DocumentSource, list: &ListFormat) -> Checked<BTreeMap<String, Words>> {
    let found = table("document.decision", &source.decision, &source.languages)?;
    let codes = Outcome::ALL.map(Outcome::code);
    let values: Vec<&str> = match &list.decision {
        Some(column) => column.values().collect(),
        None => codes.to_vec(),
    };
    if let Some(strange) = found.keys().find(|value| !values.contains(&value.as_str())) {
        let message = format!("the list has no such decision; it has {}", values.join(", "));
        return Err(fault(&format!("document.decision.{strange}"), message));
    }
    let needed = if list.decision.is_some() { &values[..] } else { &[] };
    let missing = needed.iter().find(|value| !found.is_empty() && !found.contains_key(**value));
    ensure(missing.is_none(), "document.decision", || {
        format!("the words of the decision {:?} are missing", missing.copied().unwrap_or_default())
    })?;
    Ok(found)
}

fn also_for(source: &AlsoForSource, kinds: &[Kind]) -> Checked<AlsoFor> {
    let check = |key: &str, named: &[KindSource]| {
        let named = some_of(key, named, kinds)?;
        ensure(!named.contains(&Kind::Diploma), key, || "only those who were admitted get a diploma".into())?;
        Ok(named)
    };
    Ok(AlsoFor {
        not_admitted: check("document.also_for.not_admitted", &source.not_admitted)?,
        otherwise: check("document.also_for.otherwise", &source.otherwise)?,
    })
}

fn languages(tags: &[String]) -> Checked<Vec<Language>> {
    let key = "document.languages";
    ensure((1..=4).contains(&tags.len()), key, || "write one to four languages".into())?;
    let twice = tags.iter().enumerate().any(|(at, tag)| tags[..at].contains(tag));
    ensure(!twice, key, || "a language occurs twice".into())?;
    let language = |tag: &String| {
        Language::new(tag).ok_or_else(|| fault(key, format!("{tag:?} is not a language such as \"fr\"")))
    };
    tags.iter().map(language).collect()
}

fn kinds(key: &str, sources: &[KindSource]) -> Checked<Vec<Kind>> {
    let twice = sources.iter().enumerate().any(|(at, of)| sources[..at].contains(of));
    ensure(!sources.is_empty() && !twice, key, || "write one to three kinds, each once".into())?;
    Ok(sources.iter().map(|&of| kind(of)).collect())
}

/// Kinds among those that the profile makes; none is right too.
fn some_of(key: &str, named: &[KindSource], made: &[Kind]) -> Checked<Vec<Kind>> {
    let named = if named.is_empty() { Vec::new() } else { kinds(key, named)? };
    let strange = named.iter().find(|kind| !made.contains(kind));
    ensure(strange.is_none(), key, || {
        format!("{} is not in document.kinds", strange.map_or("this kind", |kind| kind.code()))
    })?;
    Ok(named)
}

fn kind(source: KindSource) -> Kind {
    match source {
        KindSource::Diploma => Kind::Diploma,
        KindSource::Transcript => Kind::Transcript,
        KindSource::Attestation => Kind::Attestation,
    }
}

fn scale(key: &str, source: &NumberSource) -> Checked<Scale> {
    let NumberSource { decimals, maximum, above_maximum, below_zero } = *source;
    let scale = Scale { decimals, maximum, above_maximum, below_zero };
    check_scale(key, scale)?;
    Ok(scale)
}

fn check_scale(key: &str, scale: Scale) -> Checked<()> {
    let Scale { decimals, maximum, above_maximum, below_zero: _ } = scale;
    ensure(decimals <= 6, &format!("{key}.decimals"), || format!("{decimals} is not from 0 to 6"))?;
    let units = maximum.map(|maximum| maximum.saturating_mul(10_u64.pow(decimals.into())));
    ensure(units.is_none_or(|units| (1..1 << 40).contains(&units)), &format!("{key}.maximum"), || {
        format!("{} with {decimals} decimals is not from 1 to 1099511627775 units", maximum.unwrap_or_default())
    })?;
    ensure(!above_maximum || maximum.is_some(), &format!("{key}.above_maximum"), || {
        "there is no maximum to be above; write it, or leave this out".into()
    })
}

fn pass_mark(mark: f64, mean: Option<Scale>) -> Checked<i64> {
    let key = "document.pass_mark";
    let scale = mean.ok_or_else(|| fault(key, "a pass mark needs document.mean"))?;
    let units = (mark * f64::from(10_u32.pow(scale.decimals.into()))).round();
    let highest = scale.highest().unwrap_or(1 << 40) as f64;
    ensure((0.0..=highest).contains(&units), key, || format!("{mark} is not on the scale of document.mean"))?;
    // in range by the line above
    Ok(units as i64)
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
    let texts: Option<Vec<Text>> =
        per_language("document.session.words", words, languages)?.texts().iter().cloned().collect();
    texts.ok_or_else(|| fault("document.session.words", "the session is printed in every language"))
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
    let is_of_country =
        source.id.strip_prefix(&source.country).is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'));
    ensure(is_of_country, "authority.id", || {
        format!("{:?} does not begin with its country: {}-{}, for example", source.id, source.country, source.id)
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

fn print(source: PrintSource) -> Checked<Print> {
    let PrintSource { code_mm, pixels_per_module, link } = source;
    ensure((15..=150).contains(&code_mm), "print.code_mm", || format!("{code_mm} is not from 15 to 150"))?;
    ensure((1..=64).contains(&pixels_per_module), "print.pixels_per_module", || {
        format!("{pixels_per_module} is not from 1 to 64")
    })?;
    if let Some(link) = &link {
        let page = link.strip_prefix("https://").unwrap_or_default();
        let plain = page.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        ensure(plain && (1..=MOST_LINK).contains(&page.len()), "print.link", || {
            format!("{link:?} is not the address of a page such as \"https://bac.example/v\", without #")
        })?;
    }
    Ok(Print { code_mm, pixels_per_module, link })
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

/// A name that programs would show like their own words may not stand on a paper (ISS-15).
fn check_name(key: &str, name: &Words) -> Checked<()> {
    name.texts().iter().flatten().try_for_each(|text| match reserved(text.as_str()) {
        Some(found) => Err(fault(key, format!("“{text}” {}", found.words()))),
        None => Ok(()),
    })
}

/// Lines about the person, and about the award (SPEC section 6, label 22).
const MOST_LINES: usize = 32;
/// Label 5 of results.
const MOST_SUMMARIES: usize = 16;
/// Characters of an address behind `https://`; each costs eight modules.
const MOST_LINK: usize = 100;
