//! The fields of a document in the paper's order, with labels.

use credential_core::Document;
use credential_core::answer::VerifiedCredential;
use credential_core::document::{
    Archive, Date, Edition, Grade, Identity, IdentityForm, Kind, Language as Tag, MinutesReference, Outcome, Sheet,
    Words,
};

use super::paper::pieces;
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

/// Every typed field; the text of the paper stands apart.
pub(super) fn fields(credential: &VerifiedCredential, language: Language) -> Vec<Row> {
    // no `..`: a field that is forgotten here does not compile
    let Document {
        kind: found_kind,
        languages,
        holder,
        birth,
        birth_place,
        identity: found_identity,
        number,
        title,
        series,
        session,
        honours,
        authority,
        centre,
        results: _, // text of the paper
        minutes,
        edition,
        archive: found_archive,
        valid_until,
        awarded,
        decision,
        lines: _, // text of the paper
        sheet,
    } = credential.document();
    let words = |english, french, words: Option<&Words>| {
        words.map(|words| Row { label: language.of(english, french), lines: texts(words, languages) })
    };
    let dates = |english, french, found: Option<&Date>| {
        found.map(|found| Row { label: language.of(english, french), lines: date(found, languages, language) })
    };
    let one = |english, french, line: Option<String>| line.map(|line| Row::one(language.of(english, french), line));
    let rows = [
        one("Kind", "Nature", Some(kind(*found_kind, language).into())),
        words("Holder", "Titulaire", Some(holder)),
        dates("Born", "Naissance", birth.as_ref()),
        words("Born at", "Lieu de naissance", birth_place.as_ref()),
        found_identity.as_ref().map(|found| Row {
            label: language.of("Identity number", "Numéro d'identité"),
            lines: identity(found, languages, language),
        }),
        one("Candidate number", "Numéro de candidat", number.as_ref().map(|n| safe::isolated(n.as_str()))),
        words("Title", "Intitulé", Some(title)),
        words("Series", "Série", series.as_ref()),
        words("Session", "Session", Some(session)),
        one("Outcome", "Résultat", decision.as_ref().map(|found| outcome(found.outcome, language).into())),
        words("Honours", "Mention", honours.as_ref()),
        dates("Awarded on", "Décerné le", awarded.as_ref()),
        dates("Valid until", "Valable jusqu'au", valid_until.as_ref()),
        words("Authority", "Autorité", Some(authority)),
        words("Centre", "Centre", centre.as_ref()),
        Some(edition_row(edition, language)),
        one("Archives", "Archives", found_archive.map(|found| archive(found, language))),
        one("Minutes", "Procès-verbal", minutes.map(|found| minutes_words(found, language))),
        one("Sheet", "Feuille", sheet.map(|found| sheet_words(found, language))),
        one("Serial", "Numéro de série", Some(credential.serial().to_string())),
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

/// Lines for each language, its tag behind them where there are several; nothing where the paper prints nothing.
pub(super) fn texts(words: &Words, languages: &[Tag]) -> Vec<String> {
    let printed = words.texts().iter().zip(languages.iter().map(Some).chain(std::iter::repeat(None)));
    let several = words.texts().len() > 1;
    let lines = printed.filter_map(|(text, tag)| Some((text.as_ref()?, tag))).flat_map(|(text, tag)| {
        let mut lines: Vec<_> = pieces(text.as_str(), WIDTH).iter().map(|piece| safe::isolated(piece)).collect();
        if let (true, Some(tag), Some(last)) = (several, tag, lines.last_mut()) {
            *last += &format!(" ({})", tag.as_str());
        }
        lines
    });
    lines.collect()
}

fn kind(kind: Kind, language: Language) -> &'static str {
    match kind {
        Kind::Diploma => language.of("diploma", "diplôme"),
        Kind::Transcript => language.of("transcript", "relevé de notes"),
        Kind::Attestation => language.of("attestation", "attestation"),
    }
}

/// The parts that are known, a word on those that are not, and what the paper prints in words.
fn date(found: &Date, languages: &[Tag], language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(known) = found.partial() {
        let text = known.to_string();
        let shown = language.date(&text);
        lines.push(match text.split('-').count() {
            1 => format!("{shown} ({})", language.of("day and month not known", "jour et mois inconnus")),
            2 => format!("{shown} ({})", language.of("day not known", "jour inconnu")),
            _ => shown,
        });
    }
    lines.extend(found.words().into_iter().flat_map(|words| texts(words, languages)));
    lines
}

fn identity(identity: &Identity, languages: &[Tag], language: Language) -> Vec<String> {
    let Identity { form, name } = identity;
    let shown = match form {
        IdentityForm::Tail(tail) => {
            format!("{} {}", language.of("ends in", "se termine par"), safe::isolated(tail.as_str()))
        }
        IdentityForm::Digest { .. } => language
            .of("not shown; compare it with --identity NUMBER", "non affiché ; comparez-le avec --identity NUMÉRO")
            .into(),
    };
    std::iter::once(shown).chain(name.iter().flat_map(|name| texts(name, languages))).collect()
}

fn outcome(outcome: Outcome, language: Language) -> &'static str {
    match outcome {
        Outcome::Admitted => language.of("admitted", "admis"),
        Outcome::NotAdmitted => language.of("NOT ADMITTED", "NON ADMIS"),
        Outcome::Otherwise => language.of("neither; read what was decided", "ni l'un ni l'autre ; lisez la décision"),
    }
}

fn minutes_words(found: MinutesReference, language: Language) -> String {
    let MinutesReference { minutes, line } = found;
    match language {
        Language::En => format!("number {minutes}, line {line}"),
        Language::Fr => format!("numéro {minutes}, ligne {line}"),
    }
}

fn sheet_words(found: Sheet, language: Language) -> String {
    let Sheet { number, of } = found;
    match language {
        Language::En => format!("{number} of {of}"),
        Language::Fr => format!("{number} sur {of}"),
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

/// Characters of a text beside its label.
const WIDTH: usize = 56;
