//! The JSON view of a report, the same in every program and binding.

use serde_json::{Map, Value, json};

use crate::claims::{Document, Edition, Identity, Mark, Results};
use crate::legalisation::{LegalisationReport, VerifiedLegalisation};
use crate::time::rfc3339;
use crate::verify::{Issuer, Report, VerifiedCredential};
use crate::words::Words;

/// The report as one JSON object; `document` and `issuer` are null unless the outcome lets them be shown.
///
/// Texts are strings, or arrays with one string per language of the document. Times are RFC 3339, serials and digests
/// hexadecimal, marks decimal numbers as text.
pub fn report_json(report: &Report) -> Value {
    json!({
        "verdict": report.reason().verdict().code(),
        "reason": report.reason().code(),
        "words": report.reason().words(),
        "status": report.status().code(),
        "status_as_of": report.status_as_of().map(rfc3339),
        "register": report.register().code(),
        "issuer": report.credential().map(|credential| issuer(credential.issuer())),
        "document": report.credential().map(document),
    })
}

/// The report of a legalisation code as one JSON object; `legalisation` and `issuer` are null unless they may be shown.
pub fn legalisation_json(report: &LegalisationReport) -> Value {
    json!({
        "verdict": report.reason().verdict().code(),
        "reason": report.reason().code(),
        "words": report.reason().words(),
        "status": report.status().code(),
        "status_as_of": report.status_as_of().map(rfc3339),
        "issuer": report.record().map(|record| issuer(record.issuer())),
        "legalisation": report.record().map(legalisation),
    })
}

fn legalisation(record: &VerifiedLegalisation) -> Value {
    let stated = record.legalisation();
    json!({
        "serial": record.serial().to_string(),
        "sealed_at": rfc3339(record.sealed_at()),
        "document_digest": hex(&stated.document),
        "document_serial": stated.document_serial.to_string(),
        "capacity": words(&stated.capacity),
        "act_number": stated.act_number.as_str(),
        "place": words(&stated.place),
        "date": stated.date.to_string(),
        "purpose": stated.purpose.as_ref().map(words),
        "languages": stated.languages.iter().map(|tag| tag.as_str()).collect::<Vec<_>>(),
    })
}

fn issuer(issuer: &Issuer) -> Value {
    let names: Map<_, _> = issuer.names.iter().map(|(tag, name)| (tag.as_str().into(), name.as_str().into())).collect();
    json!({
        "id": issuer.id,
        "names": names,
        "country": issuer.country,
        "root": hex(&issuer.root),
        "list_owner": issuer.list_owner.as_str(),
        "list_version": issuer.list_version,
        "list_issued": rfc3339(issuer.list_issued),
    })
}

fn document(credential: &VerifiedCredential) -> Value {
    let document = credential.document();
    let mut object = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(name.into(), value);
        }
    };
    put("serial", Some(credential.serial().to_string().into()));
    put("sealed_at", Some(rfc3339(credential.sealed_at()).into()));
    put("digest", Some(hex(&credential.digest()).into()));
    put("kind", Some(document.kind.code().into()));
    put("languages", Some(document.languages.iter().map(|tag| tag.as_str()).collect()));
    put("holder", Some(words(&document.holder)));
    put("birth", document.birth.map(|birth| birth.to_string().into()));
    put("birth_place", document.birth_place.as_ref().map(words));
    put("identity", document.identity.as_ref().map(identity));
    put("number", document.number.as_ref().map(|number| number.as_str().into()));
    put("title", Some(words(&document.title)));
    put("series", document.series.as_ref().map(words));
    put("session", Some(words(&document.session)));
    put("honours", document.honours.as_ref().map(words));
    put("authority", Some(words(&document.authority)));
    put("centre", document.centre.as_ref().map(words));
    put("results", document.results.as_ref().map(results));
    put("references", references(document));
    put("edition", Some(edition(&document.edition)));
    put("archive", document.archive.map(|archive| json!({"year": archive.year, "grade": archive.grade.number()})));
    Value::Object(object)
}

fn words(words: &Words) -> Value {
    match words.texts() {
        [one] => one.as_str().into(),
        several => several.iter().map(|text| text.as_str()).collect(),
    }
}

fn identity(identity: &Identity) -> Value {
    match identity {
        Identity::Tail(tail) => json!({"form": "masked", "tail": tail.as_str()}),
        Identity::Digest { work, .. } => json!({"form": "digest", "work": work}),
    }
}

fn results(results: &Results) -> Value {
    let scale = results.scale;
    let subjects = results.subjects.iter().map(|subject| {
        json!({
            "name": words(&subject.name),
            "code": subject.code.as_ref().map(|code| code.as_str()),
            "coefficient": subject.coefficient,
            "credits": subject.credits.map(|tenths| f64::from(tenths) / 10.0),
            "mark": subject.mark.as_ref().map(|mark| match mark {
                Mark::Number(mark) => scale.show(*mark),
                Mark::Word(word) => word.as_str().to_owned(),
            }),
        })
    });
    json!({
        "maximum": scale.show(scale.maximum),
        "mean": results.mean.map(|mean| scale.show(mean)),
        "subjects": subjects.collect::<Vec<_>>(),
    })
}

fn references(document: &Document) -> Option<Value> {
    let status = document.status.map(|status| [status.list, status.index]);
    let minutes = document.minutes.map(|minutes| [minutes.minutes, minutes.line]);
    (status.is_some() || minutes.is_some()).then(|| json!({"status": status, "minutes": minutes}))
}

fn edition(edition: &Edition) -> Value {
    match edition {
        Edition::Original => json!({"form": "original"}),
        Edition::Duplicate { number, replaces } => {
            json!({"form": "duplicate", "number": number, "replaces": replaces.as_ref().map(ToString::to_string)})
        }
        Edition::Correction { number, replaces, decision } => json!({
            "form": "correction", "number": number, "replaces": replaces.to_string(),
            "decision": decision.as_ref().map(|text| text.as_str()),
        }),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
