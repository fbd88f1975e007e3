//! Every known fault of realistic lists is found, at its row and column, and nothing else is called a fault.

#![allow(clippy::unwrap_used, reason = "in tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use issuer::list::{self, Checked, Severity};
use issuer::profile::Profile;

/// Row, column, kind, severity and the row it clashes with, as the maker of the list wrote them down.
type Known = (u64, String, String, String, Option<u64>);

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn read(country: &str, file: &str) -> Checked {
    list::read_file(&fixture(file), &Profile::embedded(country).unwrap()).unwrap()
}

fn truth(file: &str) -> BTreeSet<Known> {
    let lines = std::fs::read_to_string(fixture(&format!("{file}.truth.jsonl"))).unwrap();
    lines.lines().map(|line| known(&serde_json::from_str(line).unwrap())).collect()
}

fn known(fault: &serde_json::Value) -> Known {
    let text = |key: &str| fault[key].as_str().unwrap().to_owned();
    (fault["row"].as_u64().unwrap(), text("column"), text("kind"), text("severity"), fault["with_row"].as_u64())
}

#[track_caller]
fn assert_equals_truth(country: &str, file: &str, kinds: usize) {
    let checked = read(country, file);
    let found: BTreeSet<Known> =
        checked.faults.iter().map(|fault| known(&serde_json::to_value(fault).unwrap())).collect();
    let truth = truth(file);
    assert_eq!(found, truth);
    assert_eq!(truth.iter().map(|(_, _, kind, ..)| kind).collect::<BTreeSet<_>>().len(), kinds, "kinds in the fixture");

    let bad: BTreeSet<u32> =
        checked.faults.iter().filter(|fault| fault.severity == Severity::Error).map(|fault| fault.row).collect();
    let good: BTreeSet<u32> = checked.candidates.iter().map(|candidate| candidate.row).collect();
    assert!(bad.is_disjoint(&good));
    assert_eq!((checked.rows_read, bad.len() + good.len()), (600, 600));
}

#[test]
fn benin_list_gives_its_known_faults_and_no_other() {
    assert_equals_truth("benin", "benin.csv", 20);
}

#[test]
fn morocco_list_gives_its_known_faults_and_no_other() {
    assert_equals_truth("morocco", "morocco.csv", 23);
}

#[test]
fn haiti_list_gives_its_known_faults_and_no_other() {
    assert_equals_truth("haiti", "haiti.tsv", 23);
}

#[test]
fn messages_name_both_rows_of_a_clash() {
    for (country, file) in [("benin", "benin.csv"), ("morocco", "morocco.csv"), ("haiti", "haiti.tsv")] {
        for fault in read(country, file).faults {
            let Some(with_row) = fault.with_row else { continue };
            assert!(fault.message.contains(&with_row.to_string()), "{}", fault.message);
        }
    }
}

#[test]
fn messages_hold_nothing_that_steers_a_terminal() {
    for (country, file) in [("benin", "benin.csv"), ("morocco", "morocco.csv"), ("haiti", "haiti.tsv")] {
        for fault in read(country, file).faults {
            let steers = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!fault.message.contains(steers), "{:?}", fault.message);
        }
    }
}

#[test]
fn sample_lists_are_clean_and_admit_two_hundred() {
    let mut admitted = 0;
    for country in ["benin", "morocco", "haiti"] {
        let checked = list::read(list::sample(country).unwrap(), &Profile::embedded(country).unwrap()).unwrap();
        assert_eq!(checked.faults, [], "{country}");
        admitted += checked.candidates.iter().filter(|candidate| candidate.is_admitted()).count();
    }
    assert!(admitted > 200, "{admitted}");
}
