//! credential-core judges every case of both folders as it says.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
mod minutes_lines;
mod trust_state;

use std::fs;

use common::{Vector, objects, room, unhex, vectors};
use credential_core::answer::{FaultCode, PackFault};
use credential_core::legalisation::{LegalisationMatch, match_legalisation, verify_legalisation_with_evidence};
use credential_core::minutes::Minutes;
use credential_core::register::InclusionProof;
use credential_core::{Anchor, Evidence, Pack, TrustStore, judge_all, verify_with_evidence};

#[test]
fn every_vector_ends_in_its_reason() {
    agree(&vectors(), document);
}

#[test]
fn every_object_ends_in_its_outcome() {
    agree(&objects(), |object| match object.field("object") {
        "proof" => document(object),
        "legalisation" => legalisation(object),
        "minutes" => vec![("expect", accepted(minutes(object)).into())],
        "minutes-lines" => vec![("expect", lines(object).into())],
        "line" => trust_state::line(object),
        "state" => trust_state::state(object),
        "kept-pack" => vec![("expect", accepted(trust_state::kept_pack(object)).into())],
        "story" => story(object),
        other => panic!("{}: {other} is no object", object.name),
    });
}

/// What was found, by header; headers that a case does not have are not compared.
type Found = Vec<(&'static str, String)>;

fn agree(cases: &[Vector], judge: impl Fn(&Vector) -> Found) {
    assert!(!cases.is_empty());
    let differing: Vec<_> = cases.iter().filter_map(|case| differs(case, judge(case))).collect();
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), cases.len(), differing.join("\n"));
}

fn differs(case: &Vector, found: Found) -> Option<String> {
    let differing: Vec<_> = found
        .into_iter()
        .filter(|(key, value)| case.header.get(*key).is_some_and(|expected| expected != value))
        .map(|(key, value)| format!("{key} {} expected, {value} found", case.field(key)))
        .collect();
    let line = || format!("{}: {} ({})", case.name, differing.join(", "), case.field("comment"));
    (!differing.is_empty()).then(line)
}

fn accepted<T>(outcome: Result<T, &'static str>) -> &'static str {
    outcome.err().unwrap_or("accepted")
}

fn code(fault: PackFault) -> &'static str {
    FaultCode::code(fault.code())
}

fn document(vector: &Vector) -> Found {
    let store = match store(vector) {
        Ok(store) => store,
        Err(fault) => {
            let unknown = ["status", "register"].map(|key| (key, "unknown".into()));
            return [vec![("expect", code(fault).into())], unknown.into()].concat();
        }
    };
    let report = verify_with_evidence(&vector.artefact, &store, &evidence(vector), now(vector));
    vec![
        ("expect", report.reason().code().into()),
        ("status", report.status().code().into()),
        ("register", report.register().code().into()),
    ]
}

/// A proof that cannot be read is as none (REG-6).
fn evidence(vector: &Vector) -> Evidence {
    let proofs = vector.list("proof").into_iter().filter_map(|proof| InclusionProof::read(&unhex(proof)));
    proofs.fold(Evidence::none(), Evidence::with_proof)
}

fn legalisation(object: &Vector) -> Found {
    let store = match store(object) {
        Ok(store) => store,
        Err(fault) => return vec![("expect", code(fault).into()), ("register", "unknown".into())],
    };
    let record = verify_legalisation_with_evidence(&object.artefact, &store, &evidence(object), now(object));
    let mut found = vec![
        ("expect", record.reason().code().into()),
        ("status", record.status().code().into()),
        ("register", record.register().code().into()),
    ];
    for name in object.list("document") {
        let path = ["vectors", "objects"].map(|folder| room().join(folder).join(name));
        let document = common::read(path.iter().find(|path| path.is_file()).unwrap());
        let document = verify_with_evidence(&document.artefact, &store, &Evidence::none(), now(object));
        found.push((
            "match",
            match match_legalisation(&document, &record) {
                LegalisationMatch::SameDocument => "same",
                LegalisationMatch::OtherDocument => "other",
                LegalisationMatch::Undetermined => "undetermined",
            }
            .into(),
        ));
    }
    found
}

/// Each line is the text of a code; a code that does not count has no exit status.
fn story(object: &Vector) -> Found {
    let texts: Vec<_> = object.artefact.split('\n').collect();
    let story = judge_all(&texts, &store(object).unwrap(), &Evidence::none(), now(object));
    let exits = story.codes().iter().map(|code| code.exit_status().map_or("-".into(), |exit| exit.to_string()));
    let end = ["accepted", "refused", "undetermined"][usize::from(story.exit_status())];
    vec![("expect", end.into()), ("exits", exits.collect::<Vec<_>>().join(", "))]
}

fn minutes(object: &Vector) -> Result<Minutes, &'static str> {
    let pack = Pack::open(&fs::read(&object.packs()[0]).unwrap(), Anchor::AsCarried).map_err(code)?;
    Minutes::open(&unhex(&object.artefact), pack.trust().claims()).map_err(|reason| reason.code())
}

fn lines(object: &Vector) -> &'static str {
    let lines: Vec<_> = object.artefact.lines().map(unhex).collect();
    let lines: Vec<_> = lines.iter().map(Vec::as_slice).collect();
    minutes_lines::judge(&lines, unhex(object.field("salt")).try_into().unwrap(), &unhex(object.field("root")))
}

fn store(vector: &Vector) -> Result<TrustStore, PackFault> {
    let mut store = TrustStore::new();
    for path in vector.packs() {
        store.add(Pack::open(&fs::read(path).unwrap(), anchor(vector))?);
    }
    Ok(store)
}

fn now(vector: &Vector) -> u64 {
    vector.field("now").parse().unwrap()
}

fn anchor(vector: &Vector) -> Anchor {
    match vector.header.get("root") {
        None => Anchor::AsCarried,
        Some(root) => Anchor::Fingerprint(unhex(root).try_into().unwrap()),
    }
}
