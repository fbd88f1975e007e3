//! What was sealed by version 1.0 is read for ever, and answered in the same words (SPEC section 20, VRS-1).
#![allow(clippy::unwrap_used)]

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use folder::{COUNTRIES, Golden, Question, path};
use sha2::{Digest, Sha256};

/// SHA-256 over name and contents of every golden file, in the order of the names. It never changes again.
const SEAL: &str = "98921fc85ae1a0f6e0e60f627dbacab1b80aa64545b6098e05bf8e6e2f255998";

#[test]
fn the_files_are_those_of_the_day_on_which_version_1_0_was_declared() {
    let packs = fs::read_dir(path("packs")).unwrap().map(|entry| entry.unwrap().path());
    let texts = COUNTRIES.map(|country| path(&format!("{country}.txt")));
    let files: BTreeMap<_, _> = packs
        .chain(texts)
        .chain([path("answers.tsv")])
        .map(|file| (file.file_name().unwrap().to_owned().into_string().unwrap(), fs::read(file).unwrap()))
        .collect();
    assert_eq!(files.len(), 7 * COUNTRIES.len() + COUNTRIES.len() + 1);
    let mut digest = Sha256::new();
    for (name, content) in files {
        digest.update(Sha256::digest(name));
        digest.update(Sha256::digest(content));
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, SEAL);
}

#[test]
fn every_golden_text_ends_in_its_answer() {
    let answers = fs::read_to_string(path("answers.tsv")).unwrap();
    let mut golden = Golden::default();
    let mut texts = BTreeSet::new();
    let mut differing = Vec::new();
    for line in answers.lines().skip(1) {
        let [text, root, packs, now, answer @ ..] = &line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let found = golden.answer(&Question { text, root, packs, now: now.parse().unwrap() });
        texts.insert(*text);
        if found != *answer {
            differing.push(format!("{line}: found {found:?}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert_eq!(texts.len(), 240);
}
