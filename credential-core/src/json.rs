//! The JSON view of a report, the same in every program and binding.
//!
//! It is written as text at once: a tree of values would take an eighth of the WebAssembly module.

mod text;

use serde_json::Value;

pub use text::JsonText;

use crate::claims::{Document, Edition, Identity, Mark, Results, Subject};
use crate::legalisation::{LegalisationReport, VerifiedLegalisation};
use crate::outcome::{Reason, Status};
use crate::time::{UnixTime, rfc3339};
use crate::verify::{Issuer, Report, VerifiedCredential};
use crate::words::{Language, Words};

/// The report as one JSON object; `document` and `issuer` are null unless the outcome lets them be shown.
///
/// Texts are strings, or arrays with one string per language of the document. Times are RFC 3339, serials and digests
/// hexadecimal, marks decimal numbers as text.
pub fn report_json(report: &Report) -> Value {
    value(&report_text(report))
}

/// The report of a legalisation code as one JSON object; `legalisation` and `issuer` are null unless they may be shown.
pub fn legalisation_json(report: &LegalisationReport) -> Value {
    value(&legalisation_text(report))
}

/// What [`report_json`] returns, as text.
pub fn report_text(report: &Report) -> String {
    let mut json = JsonText::default();
    json.open('{');
    outcome(&mut json, report.reason(), report.status(), report.status_as_of());
    json.key("register").text(report.register().code());
    let credential = report.credential();
    maybe(json.key("issuer"), credential.map(VerifiedCredential::issuer), issuer);
    maybe(json.key("document"), credential, document);
    json.close('}');
    json.into()
}

/// What [`legalisation_json`] returns, as text.
pub fn legalisation_text(report: &LegalisationReport) -> String {
    let mut json = JsonText::default();
    json.open('{');
    outcome(&mut json, report.reason(), report.status(), report.status_as_of());
    let record = report.record();
    maybe(json.key("issuer"), record.map(VerifiedLegalisation::issuer), issuer);
    maybe(json.key("legalisation"), record, legalisation);
    json.close('}');
    json.into()
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("what is written here is JSON")
}

fn outcome(json: &mut JsonText, reason: Reason, status: Status, as_of: Option<UnixTime>) {
    json.key("verdict").text(reason.verdict().code());
    json.key("reason").text(reason.code());
    json.key("words").text(reason.words());
    json.key("status").text(status.code());
    maybe(json.key("status_as_of"), as_of, |json, time| json.text(&rfc3339(time)));
}

fn legalisation(json: &mut JsonText, record: &VerifiedLegalisation) {
    let stated = record.legalisation();
    json.open('{');
    json.key("serial").text(&record.serial().to_string());
    json.key("sealed_at").text(&rfc3339(record.sealed_at()));
    json.key("document_digest").hex(&stated.document);
    json.key("document_serial").text(&stated.document_serial.to_string());
    words(json.key("capacity"), &stated.capacity);
    json.key("act_number").text(stated.act_number.as_str());
    words(json.key("place"), &stated.place);
    json.key("date").text(&stated.date.to_string());
    maybe(json.key("purpose"), stated.purpose.as_ref(), words);
    languages(json.key("languages"), &stated.languages);
    json.close('}');
}

fn issuer(json: &mut JsonText, issuer: &Issuer) {
    json.open('{');
    json.key("id").text(&issuer.id);
    json.key("names").open('{');
    issuer.names.iter().for_each(|(tag, name)| json.key(tag.as_str()).text(name.as_str()));
    json.close('}');
    json.key("country").text(&issuer.country);
    json.key("root").hex(&issuer.root);
    json.key("list_owner").text(issuer.list_owner.as_str());
    json.key("list_version").number(issuer.list_version.into());
    json.key("list_issued").text(&rfc3339(issuer.list_issued));
    json.close('}');
}

fn document(json: &mut JsonText, credential: &VerifiedCredential) {
    let document = credential.document();
    json.open('{');
    json.key("serial").text(&credential.serial().to_string());
    json.key("sealed_at").text(&rfc3339(credential.sealed_at()));
    json.key("digest").hex(&credential.digest());
    json.key("kind").text(document.kind.code());
    languages(json.key("languages"), &document.languages);
    words(json.key("holder"), &document.holder);
    if let Some(birth) = document.birth {
        json.key("birth").text(&birth.to_string());
    }
    words_if(json, "birth_place", document.birth_place.as_ref());
    if let Some(stated) = &document.identity {
        identity(json.key("identity"), stated);
    }
    if let Some(number) = &document.number {
        json.key("number").text(number.as_str());
    }
    words(json.key("title"), &document.title);
    words_if(json, "series", document.series.as_ref());
    words(json.key("session"), &document.session);
    words_if(json, "honours", document.honours.as_ref());
    words(json.key("authority"), &document.authority);
    words_if(json, "centre", document.centre.as_ref());
    if let Some(stated) = &document.results {
        results(json.key("results"), stated);
    }
    references(json, document);
    edition(json.key("edition"), &document.edition);
    if let Some(archive) = document.archive {
        json.key("archive").open('{');
        json.key("year").number(archive.year.into());
        json.key("grade").number(archive.grade.number());
        json.close('}');
    }
    json.close('}');
}

fn maybe<T>(json: &mut JsonText, value: Option<T>, write: impl FnOnce(&mut JsonText, T)) {
    match value {
        Some(value) => write(json, value),
        None => json.null(),
    }
}

fn words_if(json: &mut JsonText, name: &str, stated: Option<&Words>) {
    if let Some(stated) = stated {
        words(json.key(name), stated);
    }
}

fn words(json: &mut JsonText, words: &Words) {
    match words.texts() {
        [one] => json.text(one.as_str()),
        several => json.texts(several.iter().map(|text| text.as_str())),
    }
}

fn languages(json: &mut JsonText, languages: &[Language]) {
    json.texts(languages.iter().map(|tag| tag.as_str()));
}

fn identity(json: &mut JsonText, identity: &Identity) {
    json.open('{');
    match identity {
        Identity::Tail(tail) => {
            json.key("form").text("masked");
            json.key("tail").text(tail.as_str());
        }
        Identity::Digest { work, .. } => {
            json.key("form").text("digest");
            json.key("work").number((*work).into());
        }
    }
    json.close('}');
}

fn results(json: &mut JsonText, results: &Results) {
    let scale = results.scale;
    json.open('{');
    json.key("maximum").text(&scale.show(scale.maximum));
    maybe(json.key("mean"), results.mean, |json, mean| json.text(&scale.show(mean)));
    json.key("subjects").open('[');
    results.subjects.iter().for_each(|stated| subject(json, stated, results));
    json.close(']');
    json.close('}');
}

fn subject(json: &mut JsonText, subject: &Subject, results: &Results) {
    json.open('{');
    words(json.key("name"), &subject.name);
    maybe(json.key("code"), subject.code.as_ref(), |json, code| json.text(code.as_str()));
    maybe(json.key("coefficient"), subject.coefficient, |json, number| json.number(number.into()));
    maybe(json.key("credits"), subject.credits, |json, tenths| json.tenths(tenths.into()));
    maybe(json.key("mark"), subject.mark.as_ref(), |json, mark| match mark {
        Mark::Number(mark) => json.text(&results.scale.show(*mark)),
        Mark::Word(word) => json.text(word.as_str()),
    });
    json.close('}');
}

fn references(json: &mut JsonText, document: &Document) {
    let status = document.status.map(|status| [status.list, status.index]);
    let minutes = document.minutes.map(|minutes| [minutes.minutes, minutes.line]);
    if status.is_none() && minutes.is_none() {
        return;
    }
    json.key("references").open('{');
    for (name, numbers) in [("status", status), ("minutes", minutes)] {
        maybe(json.key(name), numbers, |json, numbers| {
            json.open('[');
            numbers.into_iter().for_each(|number| json.number(number));
            json.close(']');
        });
    }
    json.close('}');
}

fn edition(json: &mut JsonText, edition: &Edition) {
    json.open('{');
    match edition {
        Edition::Original => json.key("form").text("original"),
        Edition::Duplicate { number, replaces } => {
            json.key("form").text("duplicate");
            json.key("number").number((*number).into());
            maybe(json.key("replaces"), replaces.as_ref(), |json, serial| json.text(&serial.to_string()));
        }
        Edition::Correction { number, replaces, decision } => {
            json.key("form").text("correction");
            json.key("number").number((*number).into());
            json.key("replaces").text(&replaces.to_string());
            maybe(json.key("decision"), decision.as_ref(), |json, text| json.text(text.as_str()));
        }
    }
    json.close('}');
}
