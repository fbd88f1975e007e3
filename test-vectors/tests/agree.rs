//! credential-core judges every vector as it says.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;

use common::{Vector, vectors};
use credential_core::{Anchor, Pack, Reason, TrustStore, verify};

#[test]
fn every_vector_ends_in_its_reason() {
    let vectors = vectors();
    let differing: Vec<_> = vectors.iter().filter_map(differs).collect();
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), vectors.len(), differing.join("\n"));
}

fn differs(vector: &Vector) -> Option<String> {
    let (reason, register) = judged(vector);
    let expected = vector.field("expect");
    let agrees = reason == expected && vector.header.get("register").is_none_or(|value| value == register);
    let comment = vector.field("comment");
    let line = || format!("{}: expected {expected}, found {reason}, register {register} ({comment})", vector.name);
    (!agrees).then(line)
}

/// Reason code and register value.
fn judged(vector: &Vector) -> (&'static str, &'static str) {
    match store(vector) {
        Ok(store) => {
            let report = verify(&vector.artefact, &store, vector.field("now").parse().unwrap());
            (report.reason.code(), report.register.code())
        }
        Err(reason) => (reason.code(), "unknown"),
    }
}

fn store(vector: &Vector) -> Result<TrustStore, Reason> {
    let mut store = TrustStore::new();
    for path in vector.packs() {
        store.add(Pack::open(&fs::read(path).unwrap(), anchor(vector))?);
    }
    Ok(store)
}

fn anchor(vector: &Vector) -> Anchor {
    match vector.header.get("root") {
        None => Anchor::AsCarried,
        Some(root) => Anchor::Fingerprint(common::unhex(root).try_into().unwrap()),
    }
}
