//! Legalisation records for people: with their document as one story, or alone with what is missing.

use credential_core::{Language as Tag, LegalisationMatch, LegalisationReport, Reason, VerifiedLegalisation, Words};

use super::fields::{Row, texts};
use super::outcome::{Judged, Outcome, Tie};
use super::printer::Look;
use super::report::{banner, colour, paint, rows, sealed_by};
use crate::language::{Language, next_step};
use crate::safe;

/// The reports on all records among `all` that were made over this document.
pub(super) fn records_of(document: &Outcome, all: &[Outcome], look: &Look) -> String {
    let reports = all.iter().filter_map(|outcome| match &outcome.judged {
        Judged::Record(judged, tie) if tie.document.as_ref() == Some(&document.spot) => {
            Some(format!("\n{}", part(outcome, judged, tie, look)))
        }
        _ => None,
    });
    reports.collect()
}

/// The whole report on a record whose document is not told with it.
pub(super) fn report(outcome: &Outcome, judged: &LegalisationReport, tie: &Tie, look: &Look) -> String {
    let banner = if judged.reason() == Reason::Specimen { banner(look) } else { String::new() };
    banner + &part(outcome, judged, tie, look) + "\n"
}

fn part(outcome: &Outcome, judged: &LegalisationReport, tie: &Tie, look: &Look) -> String {
    let (reason, language) = (judged.reason(), look.language);
    let headline = paint(headline(reason, tie.matched, language), colour_of(outcome), look);
    let mut text = format!("{headline}  {}\n{}\n", outcome.spot.label(), words(reason, tie.matched, language));
    match (judged.record(), &tie.document) {
        (Some(record), document) => {
            if let Some(spot) = document {
                text += &format!("  {} {}\n", language.of("Document:", "Document :"), spot.label());
            }
            if tie.matched == LegalisationMatch::Undetermined {
                text += language.of(SHOW_BOTH_EN, SHOW_BOTH_FR);
            }
            text += &rows(&standing(judged, record, look));
        }
        (None, _) => next_step(reason, language).iter().for_each(|step| text += &format!("{step}\n")),
    }
    text
}

/// One line on one record.
pub(super) fn line(outcome: &Outcome, judged: &LegalisationReport, tie: &Tie, look: &Look) -> String {
    let (reason, language) = (judged.reason(), look.language);
    let headline = paint(headline(reason, tie.matched, language), colour_of(outcome), look);
    let said = judged.record().map_or_else(
        || outcome_words(reason, language).to_owned(),
        |record| {
            let stated = record.legalisation();
            let (act, place) = (safe::isolated(stated.act_number.as_str()), safe::isolated(stated.place.first()));
            let serial = language.of("document's serial", "numéro de série du document");
            let date = language.date(&stated.date.to_string());
            format!("{act}; {place}, {date}; {serial} {}", stated.document_serial)
        },
    );
    let of =
        tie.document.as_ref().map(|spot| format!(" [{} {}]", language.of("document:", "document :"), spot.label()));
    format!("{}: {headline} ({reason}) {said}{}\n", outcome.spot.label(), of.unwrap_or_default())
}

/// The outcome in plain words, with what is known of the document.
pub(super) fn words(reason: Reason, matched: LegalisationMatch, language: Language) -> &'static str {
    match (reason, matched) {
        (Reason::Genuine, LegalisationMatch::SameDocument) => language.of(
            "The ministry named has legalised this same document.",
            "Le ministère nommé a légalisé ce document même.",
        ),
        (_, LegalisationMatch::OtherDocument) if reason.exit_status() != 1 && reason != Reason::Specimen => language
            .of(
                "The ministry's record is about another document than the one shown here.",
                "L'acte du ministère porte sur un autre document que celui présenté ici.",
            ),
        _ => outcome_words(reason, language),
    }
}

/// The outcome in plain words, whatever the document.
pub(super) fn outcome_words(reason: Reason, language: Language) -> &'static str {
    let (english, french) = match reason {
        Reason::Genuine => (
            "A ministry has legalised a document with the serial stated. This code alone does not say which paper that is.",
            "Un ministère a légalisé un document qui porte le numéro de série indiqué. Ce code seul ne dit pas de quel papier il s'agit.",
        ),
        Reason::StatusOld => (
            "Sealed by the ministry named; withdrawals of legalisations are known only up to the date shown.",
            "Scellé par le ministère nommé ; les retraits de légalisations ne sont connus que jusqu'à la date indiquée.",
        ),
        Reason::StatusUnknown => (
            "Sealed by the ministry named; no list says whether this legalisation was withdrawn.",
            "Scellé par le ministère nommé ; aucune liste ne dit si cette légalisation a été retirée.",
        ),
        Reason::Withdrawn => (
            "The ministry has withdrawn this legalisation. The document itself stays as it was.",
            "Le ministère a retiré cette légalisation. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Suspended => (
            "The ministry has suspended this legalisation for now. The document itself stays as it was.",
            "Le ministère a suspendu cette légalisation pour le moment. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Replaced => (
            "The ministry has replaced this legalisation by another. The document itself stays as it was.",
            "Le ministère a remplacé cette légalisation par une autre. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Specimen => ("A test legalisation, worthless.", "Légalisation d'essai, sans valeur."),
        Reason::SignatureInvalid => (
            "This legalisation was altered, or not sealed by the ministry it names. That says nothing about the document.",
            "Cette légalisation a été modifiée, ou n'a pas été scellée par le ministère qu'elle nomme. Cela ne dit rien du document.",
        ),
        Reason::UnknownIssuer => (
            "No ministry on the loaded lists sealed this legalisation.",
            "Aucun ministère des listes chargées n'a scellé cette légalisation.",
        ),
        Reason::KeyCompromised => (
            "Sealed with a key of the ministry that was stolen. Ask the ministry.",
            "Scellé avec une clé du ministère qui a été volée. Interrogez le ministère.",
        ),
        _ => return language.words(reason),
    };
    language.of(english, french)
}

/// The outcome in a few words, in capitals; a record is never called a genuine document.
fn headline(reason: Reason, matched: LegalisationMatch, language: Language) -> &'static str {
    match (reason, matched) {
        (Reason::Specimen, _) => language.headline(reason),
        (Reason::Withdrawn, _) => language.of("LEGALISATION WITHDRAWN", "LÉGALISATION RETIRÉE"),
        (Reason::Suspended, _) => language.of("LEGALISATION SUSPENDED", "LÉGALISATION SUSPENDUE"),
        (Reason::Replaced, _) => language.of("LEGALISATION REPLACED", "LÉGALISATION REMPLACÉE"),
        (Reason::SignatureInvalid, _) => language.of("LEGALISATION NOT VALID", "LÉGALISATION NON VALABLE"),
        (Reason::Genuine | Reason::StatusOld | Reason::StatusUnknown, matched) => match (matched, reason) {
            (LegalisationMatch::OtherDocument, _) => {
                language.of("LEGALISATION OF ANOTHER DOCUMENT", "LÉGALISATION D'UN AUTRE DOCUMENT")
            }
            (LegalisationMatch::Undetermined, _) => {
                language.of("LEGALISATION, DOCUMENT NOT SHOWN", "LÉGALISATION, DOCUMENT NON PRÉSENTÉ")
            }
            (LegalisationMatch::SameDocument, Reason::Genuine) => language.of("LEGALISED", "LÉGALISÉ"),
            (LegalisationMatch::SameDocument, Reason::StatusOld) => {
                language.of("LEGALISED, STATUS OLD", "LÉGALISÉ, ÉTAT ANCIEN")
            }
            (LegalisationMatch::SameDocument, _) => language.of("LEGALISED, STATUS UNKNOWN", "LÉGALISÉ, ÉTAT INCONNU"),
        },
        _ => language.of("LEGALISATION: CANNOT TELL", "LÉGALISATION : IMPOSSIBLE À DIRE"),
    }
}

fn colour_of(outcome: &Outcome) -> &'static str {
    colour(outcome.reason(), outcome.exit_status())
}

/// Who legalised, what the record states, and which it is.
fn standing(judged: &LegalisationReport, record: &VerifiedLegalisation, look: &Look) -> Vec<Row> {
    let (language, stated) = (look.language, record.legalisation());
    let label = language.of("Legalised by", "Légalisé par");
    let mut all = sealed_by(label, record.issuer(), (judged.status(), judged.status_as_of()), look);
    let tags: &[Tag] = &stated.languages;
    let words = |english, french, words: &Words| Row { label: language.of(english, french), lines: texts(words, tags) };
    let one = |english, french, line: String| Row::one(language.of(english, french), line);
    all.extend([
        one("Legalised on", "Légalisé le", language.date(&stated.date.to_string())),
        words("Place", "Lieu", &stated.place),
        words("Capacity", "Qualité", &stated.capacity),
        one("Act number", "Numéro d'acte", safe::isolated(stated.act_number.as_str())),
    ]);
    all.extend(stated.purpose.as_ref().map(|purpose| words("Purpose", "Destination", purpose)));
    all.extend([
        one("Document's serial", "Série du document", stated.document_serial.to_string()),
        one("Record's serial", "Série de l'acte", record.serial().to_string()),
    ]);
    all
}

const SHOW_BOTH_EN: &str = "Check the document's own code as well, best with this one in one picture.\n";
const SHOW_BOTH_FR: &str = "Vérifiez aussi le code du document lui-même, au mieux sur la même image que celui-ci.\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_record_is_ever_called_genuine() {
        let all = [LegalisationMatch::SameDocument, LegalisationMatch::OtherDocument, LegalisationMatch::Undetermined];
        for (&reason, matched) in Reason::ALL.iter().flat_map(|reason| all.map(|matched| (reason, matched))) {
            for language in [Language::En, Language::Fr] {
                let said = format!("{} {}", headline(reason, matched, language), words(reason, matched, language));
                let said = said.to_uppercase();
                assert!(!said.contains("GENUINE") && !said.contains("AUTHENTIQUE"), "{said}");
                let legalised = headline(reason, matched, language).starts_with(language.of("LEGALISED", "LÉGALISÉ,"))
                    || headline(reason, matched, language) == "LÉGALISÉ";
                assert!(!legalised || matched == LegalisationMatch::SameDocument, "{said}");
            }
        }
    }
}
