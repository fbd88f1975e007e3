//! The vectors are complete, well named, and exactly what the builder makes.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Vector, objects, room, vectors};

const AREAS: [&str; 11] =
    ["text", "zip", "cbor", "envelope", "signature", "claims", "trust", "status", "pack", "verdict", "register"];
const KEYS: [&str; 6] = ["expect", "spec", "now", "pack", "comment", "effect"];
const OPTIONAL_KEYS: [&str; 4] = ["root", "encoding", "status", "register"];
/// Kinds of object: the areas of their names, and the headers that they must and may have.
const OBJECTS: [(&str, &str, &[&str], &[&str]); 8] = [
    ("proof", "proof", &["proof", "register"], &[]),
    ("legalisation", "legalisation", &[], &["status", "document", "match", "register", "proof"]),
    ("minutes", "minutes", &[], &[]),
    ("minutes-lines", "lines", &["salt", "root"], &[]),
    ("line", "line", &["root", "lists"], &[]),
    ("state", "state", &["root"], &["countries", "pair"]),
    ("kept-pack", "kept", &["root"], &[]),
    ("story", "story", &["exits"], &[]),
];
/// What a program does with its files, which no vector can show.
const OF_FILES: &str = "KEP-3";
/// How a line ends.
const LINE_ENDS: [&str; 3] = ["newest", "conflict", "not-reached"];
/// What is said of all codes of a story: exit status 0, 1 or 2.
const STORY_ENDS: [&str; 3] = ["accepted", "refused", "undetermined"];
/// Faults that only who makes lists can find.
const OF_MAKERS: [&str; 2] = ["trust-void", "trust-rolled-back"];

#[test]
fn names_are_area_and_condition() {
    for vector in vectors() {
        let (area, condition) =
            stem(&vector).split_once('_').unwrap_or_else(|| panic!("{}: no condition", vector.name));
        assert!(AREAS.contains(&area), "{}: {area} is no area", vector.name);
        assert!(condition.chars().all(is_plain), "{}: name is not plain", vector.name);
    }
    for object in objects() {
        let (_, area, ..) = kind(&object);
        let condition = stem(&object).strip_prefix(area).unwrap_or_else(|| panic!("{}: no {area}", object.name));
        assert!(condition.is_empty() || condition.starts_with('_'), "{}: no {area}", object.name);
        assert!(condition.chars().all(is_plain), "{}: name is not plain", object.name);
    }
}

fn stem(vector: &Vector) -> &str {
    vector.name.strip_suffix(".txt").unwrap_or_else(|| panic!("{}: not .txt", vector.name))
}

fn is_plain(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
}

fn kind(object: &Vector) -> (&'static str, &'static str, &'static [&'static str], &'static [&'static str]) {
    let named = OBJECTS.into_iter().find(|(name, ..)| *name == object.field("object"));
    named.unwrap_or_else(|| panic!("{}: no kind of object", object.name))
}

#[test]
fn headers_are_complete() {
    let reasons = reasons();
    for vector in vectors() {
        check_headers(&vector, &KEYS, &OPTIONAL_KEYS);
        assert!(reasons.contains(vector.field("expect")), "{}: not one reason of the closed set", vector.name);
        if let Some(root) = vector.header.get("root") {
            assert_eq!(common::unhex(root).len(), 32, "{}: root is no fingerprint", vector.name);
        }
    }
    for object in objects() {
        let (_, _, needed, optional) = kind(&object);
        check_headers(&object, &[&KEYS[..], &["object"], needed].concat(), optional);
        let expect = object.field("expect");
        let known = expect == "accepted"
            || object.field("object") == "story" && STORY_ENDS.contains(&expect)
            || LINE_ENDS.contains(&expect)
            || reasons.contains(expect);
        assert!(known, "{}: {expect} is no outcome", object.name);
        assert_eq!(object.header.contains_key("document"), object.header.contains_key("match"), "{}", object.name);
    }
}

fn check_headers(vector: &Vector, needed: &[&str], optional: &[&str]) {
    let (name, ids) = (&vector.name, requirements());
    for key in needed {
        assert!(!vector.field(key).trim().is_empty(), "{name}: no {key}");
    }
    for key in vector.header.keys() {
        assert!(needed.contains(&key.as_str()) || optional.contains(&key.as_str()), "{name}: {key} is no header");
    }
    assert!(vector.field("now").parse::<u64>().is_ok(), "{name}: now is no number");
    for id in vector.list("spec") {
        assert!(ids.contains(id), "{name}: SPEC.md has no {id}");
    }
    for pack in vector.packs() {
        assert!(pack.is_file(), "{name}: {} is missing", pack.display());
    }
    if let Some(register) = vector.header.get("register") {
        assert!(["listed", "not-listed", "unknown"].contains(&register.as_str()), "{name}: register {register}");
    }
}

#[test]
fn every_requirement_is_quoted() {
    let vectors = everything();
    let quoted: BTreeSet<_> = vectors.iter().flat_map(|vector| vector.list("spec")).collect();
    let missing: Vec<_> = requirements().into_iter().filter(|id| !quoted.contains(id.as_str())).collect();
    assert!(missing.is_empty(), "no vector quotes {missing:?}");
}

#[test]
fn every_reason_has_three_cases() {
    let mut counts: BTreeMap<String, usize> = reasons().into_iter().map(|reason| (reason, 0)).collect();
    for vector in everything() {
        *counts.entry(vector.field("expect").to_owned()).or_default() += 1;
    }
    let few: Vec<_> = counts.iter().filter(|(_, count)| **count < 3).collect();
    assert!(few.is_empty(), "fewer than three cases: {few:?}");
}

#[test]
fn three_refusals_for_each_acceptance() {
    let vectors = everything();
    let with = |outcomes: &[&str]| vectors.iter().filter(|vector| outcomes.contains(&vector.field("expect"))).count();
    let accepted = with(&["genuine", "accepted"]);
    let refused = vectors.len() - accepted - with(&LINE_ENDS);
    assert!(vectors.len() >= 2_600, "{} vectors only", vectors.len());
    assert!(refused >= 3 * accepted, "{refused} refusals for {accepted} acceptances");
}

#[test]
fn the_builder_makes_what_is_committed() {
    let built = test_vectors::output::files();
    for (name, content) in &built {
        let committed = fs::read(room().join(name)).unwrap_or_else(|_| panic!("{name} is not there: run make-vectors"));
        assert!(committed == *content, "{name} is stale: run make-vectors");
    }
    for folder in ["vectors", "objects", "side"] {
        for entry in fs::read_dir(room().join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap());
            assert!(built.contains_key(&name), "{name} is made by nobody");
        }
    }
}

#[test]
fn the_blocks_of_the_specification_are_current() {
    let current = specification();
    assert!(test_vectors::output::specification(&current) == current, "SPEC.md is stale: run make-vectors");
    assert!(current.contains(&test_vectors::dump::example_text_block()), "SPEC.md has no example text");
    assert!(current.contains(&test_vectors::dump::annotated_hex_block()), "SPEC.md has no annotated hex");
}

/// The cases of both folders.
fn everything() -> Vec<Vector> {
    vectors().into_iter().chain(objects()).collect()
}

fn specification() -> String {
    fs::read_to_string(room().join("../SPEC.md")).unwrap()
}

/// Ids such as `[TXT-1]` at the start of list items, without those for issuers.
fn requirements() -> BTreeSet<String> {
    let id = |line: &str| Some(line.strip_prefix("- [")?.split_once(']')?.0.to_owned());
    // steps of section 11, and the rows under step 12, which are indented
    let step = |line: &str| {
        let (before, rest) = line.split_once("[VER-")?;
        let number = before.strip_suffix(". ").is_some_and(|number| number.parse::<u8>().is_ok());
        (number || before == "    ").then_some(rest.split_once(']')?.0.to_owned())
    };
    let specification = specification();
    let items =
        specification.lines().filter_map(id).filter(|id| !["ISS-", "VRS-"].contains(&&id[..4]) && id != OF_FILES);
    let steps = specification.lines().filter_map(step).map(|number| format!("VER-{number}"));
    items.chain(steps).collect()
}

/// Codes of both tables in section 10.
fn reasons() -> BTreeSet<String> {
    let specification = specification();
    let codes = |heading: &str| -> Vec<String> {
        let table = specification.split_once(heading).unwrap().1;
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let cells = rows.map(|row| row.split('|').nth(1).unwrap());
        cells.flat_map(|cell| cell.split(',').map(|code| code.trim().trim_matches('`').to_owned())).collect()
    };
    [codes("| Reason |"), codes("| Fault |")]
        .concat()
        .into_iter()
        .filter(|code| !OF_MAKERS.contains(&code.as_str()))
        .collect()
}
