//! The fields of a document in the paper's order, with labels.

use credential_core::{
    Archive, Edition, Grade, Identity, Kind, Language as Tag, PartialDate, VerifiedCredential, Words,
};

use super::marks::decimal;
use crate::language::Language;
use crate::safe;

/// A label and the lines that stand behind it.
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) lines: Vec<String>,
}

impl Row {
    pub(super) fn one(label: &'static str, line: String) -> Self {
        Self { label, lines: vec![line] }
    }
}

/// Every field but the marks by subject.
pub(super) fn fields(credential: &VerifiedCredential, language: Language) -> Vec<Row> {
    let document = credential.document();
    let words = |english, french, words: Option<&Words>| {
        words.map(|words| Row { label: language.of(english, french), lines: texts(words, &document.languages) })
    };
    let one = |english, french, line: Option<String>| line.map(|line| Row::one(language.of(english, french), line));
    let results = document.results.as_ref();
    let mean = results.and_then(|results| results.mean.map(|mean| (results.scale, mean)));
    let rows = [
        one("Kind", "Nature", Some(kind(document.kind, language).into())),
        words("Holder", "Titulaire", Some(&document.holder)),
        one("Born", "Naissance", document.birth.map(|date| birth(date, language))),
        words("Born at", "Lieu de naissance", document.birth_place.as_ref()),
        one("Identity number", "Numéro d'identité", document.identity.as_ref().map(|id| identity(id, language))),
        one("Candidate number", "Numéro de candidat", document.number.as_ref().map(|n| safe::isolated(n.as_str()))),
        words("Title", "Intitulé", Some(&document.title)),
        words("Series", "Série", document.series.as_ref()),
        words("Session", "Session", Some(&document.session)),
        words("Honours", "Mention", document.honours.as_ref()),
        words("Authority", "Autorité", Some(&document.authority)),
        words("Centre", "Centre", document.centre.as_ref()),
        one(
            "Mean",
            "Moyenne",
            mean.map(|(scale, mean)| {
                decimal(&format!("{} / {}", scale.show(mean), scale.show(scale.maximum)), language)
            }),
        ),
        Some(edition_row(&document.edition, language)),
        one("Archives", "Archives", document.archive.map(|found| archive(found, language))),
        one("Serial", "Numéro de série", Some(credential.serial().to_string())),
        one("Sealed on", "Scellé le", Some(language.day(credential.sealed_at()))),
    ];
    rows.into_iter().flatten().collect()
}

/// What is shown of a document that no longer counts: whose it was and which, no marks.
pub(super) fn few_fields(credential: &VerifiedCredential, language: Language) -> Vec<Row> {
    let document = credential.document();
    vec![
        Row { label: language.of("Holder", "Titulaire"), lines: texts(&document.holder, &document.languages) },
        Row { label: language.of("Title", "Intitulé"), lines: texts(&document.title, &document.languages) },
        edition_row(&document.edition, language),
        Row::one(language.of("Serial", "Numéro de série"), credential.serial().to_string()),
    ]
}

/// One line per language, its tag behind it where there are several.
pub(super) fn texts(words: &Words, languages: &[Tag]) -> Vec<String> {
    match words.texts() {
        [one] => vec![safe::isolated(one.as_str())],
        several => {
            let tagged = several.iter().zip(languages);
            tagged.map(|(text, tag)| format!("{} ({})", safe::isolated(text.as_str()), tag.as_str())).collect()
        }
    }
}

fn kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Diploma => language.of("diploma", "diplôme"),
        Kind::Transcript => language.of("transcript", "relevé de notes"),
        Kind::Attestation => language.of("attestation", "attestation"),
    }
}

/// The parts that are known, and a word on those that are not.
fn birth(date: PartialDate, language: Language) -> String {
    let text = date.to_string();
    let shown = language.date(&text);
    match text.split('-').count() {
        1 => format!("{shown} ({})", language.of("day and month not known", "jour et mois inconnus")),
        2 => format!("{shown} ({})", language.of("day not known", "jour inconnu")),
        _ => shown,
    }
}

fn identity(identity: &Identity, language: Language) -> String {
    match identity {
        Identity::Tail(tail) => {
            format!("{} {}", language.of("ends in", "se termine par"), safe::isolated(tail.as_str()))
        }
        Identity::Digest { .. } => language
            .of("not shown; compare it with --identity NUMBER", "non affiché ; comparez-le avec --identity NUMÉRO")
            .into(),
    }
}

fn edition_row(found: &Edition, language: Language) -> Row {
    Row { label: language.of("Edition", "Édition"), lines: edition(found, language) }
}

/// Which edition it is, by what decision, and on a line of its own which document it follows.
fn edition(edition: &Edition, language: Language) -> Vec<String> {
    let (kind, decision, number, replaces) = match edition {
        Edition::Original => return vec![language.of("original", "original").into()],
        Edition::Duplicate { number, replaces } => {
            (language.of("duplicate", "duplicata"), None, number, replaces.as_ref())
        }
        Edition::Correction { number, replaces, decision } => {
            (language.of("correction", "rectificatif"), decision.as_ref(), number, Some(replaces))
        }
    };
    let by = language.of("by decision", "par la décision");
    let decision = decision.map(|text| format!(", {by} {}", safe::isolated(text.as_str()))).unwrap_or_default();
    let stands_for = match edition {
        Edition::Duplicate { .. } => language.of("stands for serial", "tient lieu du numéro de série"),
        _ => language.of("takes the place of serial", "prend la place du numéro de série"),
    };
    let follows = replaces.map(|serial| format!("{stands_for} {serial}"));
    let first = format!("{kind} ({} {number}){decision}", language.of("edition", "édition"));
    std::iter::once(first).chain(follows).collect()
}

fn archive(archive: Archive, language: Language) -> String {
    let evidence = match archive.grade {
        Grade::Register => language.of("the session's own register", "le registre de la session"),
        Grade::MarkSheets => {
            language.of("mark sheets or minutes of the time", "feuilles de notes ou procès-verbaux de l'époque")
        }
        Grade::Other => language.of("other evidence", "d'autres preuves"),
    };
    match language {
        Language::En => format!("sealed later, from the archives of {}; evidence: {evidence}", archive.year),
        Language::Fr => format!("scellé plus tard, d'après les archives de {} ; preuve : {evidence}", archive.year),
    }
}
