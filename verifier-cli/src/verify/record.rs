//! Legalisation records for people: with their document as one story, or alone with what is missing.

use credential_core::Reason;
use credential_core::answer::Judged;
use credential_core::document::{Language as Tag, Words};
use credential_core::legalisation::{LegalisationMatch, LegalisationReport, VerifiedLegalisation};

use super::fields::{Row, texts};
use super::outcome::Outcome;
use super::printer::Look;
use super::report::{banner, colour, paint, rows, sealed_by};
use crate::judged::Answer;
use crate::legalisation::{headline, outcome_words, status, words};
use crate::safe;

/// The reports on all records among `all` that were made over this document.
pub(super) fn records_of(document: &Outcome, all: &[Outcome], look: &Look) -> String {
    let reports = all.iter().filter_map(|outcome| match &outcome.answer {
        Answer::Judged(Judged::Legalisation(judged)) if outcome.tie.document.as_ref() == Some(&document.spot) => {
            Some(format!("\n{}", part(outcome, judged, look)))
        }
        _ => None,
    });
    reports.collect()
}

/// The whole report on a record whose document is not told with it.
pub(super) fn report(outcome: &Outcome, judged: &LegalisationReport, look: &Look) -> String {
    let banner = if judged.reason() == Reason::Specimen { banner(look) } else { String::new() };
    banner + &part(outcome, judged, look) + "\n"
}

fn part(outcome: &Outcome, judged: &LegalisationReport, look: &Look) -> String {
    let (reason, language, tie) = (judged.reason(), look.language, &outcome.tie);
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
        (None, _) => language.next_step(reason).iter().for_each(|step| text += &format!("{step}\n")),
    }
    text
}

/// One line on one record.
pub(super) fn line(outcome: &Outcome, judged: &LegalisationReport, look: &Look) -> String {
    let (reason, language, tie) = (judged.reason(), look.language, &outcome.tie);
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

fn colour_of(outcome: &Outcome) -> &'static str {
    colour(outcome.answer.reason(), outcome.exit_status())
}

/// Who legalised, what the record states, and which it is.
fn standing(judged: &LegalisationReport, record: &VerifiedLegalisation, look: &Look) -> Vec<Row> {
    let (language, stated) = (look.language, record.legalisation());
    let label = language.of("Legalised by", "Légalisé par");
    let mut all = sealed_by(label, record.issuer(), (status(judged.status(), language), judged.status_as_of()), look);
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
