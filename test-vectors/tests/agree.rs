//! credential-core judges every vector as it says.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs;

use common::{Vector, vectors};
use credential_core::{Anchor, Pack, TrustStore, verify};

#[test]
fn every_vector_ends_in_its_reason() {
    let vectors = vectors();
    let differing: Vec<_> = vectors
        .iter()
        .filter_map(|vector| {
            let found = reason(vector);
            let expected = vector.field("expect");
            let line = format!("{}: expected {expected}, found {found} ({})", vector.name, vector.field("comment"));
            (found != expected).then_some(line)
        })
        .collect();
    assert!(differing.is_empty(), "{} of {} differ:\n{}", differing.len(), vectors.len(), differing.join("\n"));
}

fn reason(vector: &Vector) -> &'static str {
    let mut store = TrustStore::new();
    for path in vector.packs() {
        match Pack::open(&fs::read(path).unwrap(), anchor(vector)) {
            Ok(pack) => store.add(pack),
            Err(reason) => return reason.code(),
        }
    }
    let now = vector.field("now").parse().unwrap();
    verify(&vector.artefact, &store, now).reason.code()
}

fn anchor(vector: &Vector) -> Anchor {
    match vector.header.get("root") {
        None => Anchor::AsCarried,
        Some(root) => Anchor::Fingerprint(common::unhex(root).try_into().unwrap()),
    }
}
