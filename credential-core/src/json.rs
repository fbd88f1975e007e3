//! The JSON view of a report, the same in every program and binding.
//!
//! It is written as text at once: a tree of values would take an eighth of the WebAssembly module.

mod document;
mod text;

use document::{document, languages, words};
pub use text::JsonText;

use crate::fault::{FaultCode, PackFault};
use crate::legalisation::{LegalisationReport, VerifiedLegalisation};
use crate::outcome::{Cause, Reason, Register, Status, Verdict};
use crate::state::Issuer;
use crate::time::{UnixTime, rfc3339};
use crate::verify::{Report, VerifiedCredential};

/// The report as one JSON object; `document` and `issuer` are null unless the outcome lets them be shown.
///
/// Texts are strings, or arrays with one string per language of the document, null where it prints nothing. Times are
/// RFC 3339, serials and digests hexadecimal, marks decimal numbers as text.
///
/// ```
/// # use credential_core::{Anchor, Pack, TrustStore, verify};
/// # let pack = include_bytes!("../examples/verify/pack.sceau");
/// # let root = include_bytes!("../examples/verify/root.sha256");
/// # let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
/// # let mut store = TrustStore::new();
/// # store.add(Pack::open(pack, Anchor::Fingerprint(*root)).unwrap());
/// use credential_core::json::report_json;
///
/// let json = report_json(&verify(text, &store, 1_790_000_000));
/// assert!(json.starts_with(r#"{"verdict":"genuine","reason":"genuine""#));
/// ```
pub fn report_json(report: &Report) -> String {
    let mut json = JsonText::default();
    json.open('{');
    outcome(&mut json, report.reason(), report.status(), report.status_as_of());
    flag(json.key("sealed_after_list"), report.is_sealed_after_list());
    json.key("register").text(report.register().code());
    maybe(json.key("cause"), report.cause(), cause);
    let credential = report.credential();
    maybe(json.key("issuer"), credential.map(VerifiedCredential::issuer), issuer);
    maybe(json.key("document"), credential, document);
    json.close('}');
    json.into()
}

/// The report of a legalisation code as one JSON object; `legalisation` and `issuer` are null unless they may be shown.
pub fn legalisation_json(report: &LegalisationReport) -> String {
    let mut json = JsonText::default();
    json.open('{');
    outcome(&mut json, report.reason(), report.status(), report.status_as_of());
    json.key("register").text(report.register().code());
    maybe(json.key("cause"), report.cause(), cause);
    let record = report.record();
    maybe(json.key("issuer"), record.map(VerifiedLegalisation::issuer), issuer);
    maybe(json.key("legalisation"), record, legalisation);
    json.close('}');
    json.into()
}

/// A pack that was refused, as one JSON object of the same shape: no statement is made about any paper.
pub fn fault_json(fault: &PackFault) -> String {
    fault_in(fault.code(), &fault.object().to_string(), Some(fault.rule()), fault.byte())
}

fn fault_in(code: FaultCode, object: &str, rule: Option<&str>, byte: Option<usize>) -> String {
    unjudged(code.code(), code.words(), |json| {
        json.open('{');
        json.key("object").text(object);
        maybe(json.key("rule"), rule, JsonText::text);
        maybe(json.key("byte"), byte, |json, byte| json.number(byte as u64));
        json.close('}');
    })
}

/// Trouble of a program, under a code of its own, as one JSON object of the same shape.
pub fn trouble_json(code: &str, words: &str) -> String {
    unjudged(code, words, JsonText::null)
}

fn unjudged(code: &str, words: &str, cause: impl FnOnce(&mut JsonText)) -> String {
    let mut json = JsonText::default();
    json.open('{');
    json.key("verdict").text(Verdict::Undetermined.code());
    json.key("reason").text(code);
    json.key("words").text(words);
    json.key("status").text(Status::Unknown.code());
    json.key("status_as_of").null();
    json.key("sealed_after_list").no();
    json.key("register").text(Register::Unknown.code());
    cause(json.key("cause"));
    json.key("issuer").null();
    json.key("document").null();
    json.close('}');
    json.into()
}

fn cause(json: &mut JsonText, cause: &Cause) {
    json.open('{');
    json.key("rule").text(cause.rule());
    maybe(json.key("field"), cause.field(), JsonText::text);
    maybe(json.key("byte"), cause.byte(), |json, byte| json.number(byte as u64));
    json.close('}');
}

fn flag(json: &mut JsonText, set: bool) {
    if set { json.yes() } else { json.no() }
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
    json.key("digest").hex(&record.digest());
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

fn maybe<T>(json: &mut JsonText, value: Option<T>, write: impl FnOnce(&mut JsonText, T)) {
    match value {
        Some(value) => write(json, value),
        None => json.null(),
    }
}
