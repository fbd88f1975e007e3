//! Corrections, duplicates and status changes that were killed: run again, they end with the bytes of one that was not.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use credential_core::Reason;
use office::sealed::Sealed;

/// Takes back one write.
type Undo = fn(&Sealed);

#[test]
fn a_correction_killed_before_any_of_its_writes_ends_with_the_same_bytes() {
    let sealed = Sealed::new();
    let list = sealed.rows(&[0, 1, 2], |row| row.replacen(";Cotonou;", ";Kandi;", 1).replacen("-AA", "-ZZ", 1));
    let early = sealed.office.witnesses();
    sealed.correct(&list, "trust.sceau", "new", &[]).success();
    let whole = everything(&sealed, "new");
    assert_eq!(sealed.history().lines().count(), 3);
    // from the last write to the first: what is undone stays undone
    let undo: [(&str, Undo); 8] = [
        ("end", |sealed| assert_eq!(forget(sealed, "ended", 2), 1)),
        ("manifest", |sealed| remove(sealed, "new/manifest.sceau")),
        ("pack", |sealed| remove(sealed, "new/trust.sceau")),
        ("decisions", |sealed| assert_eq!(forget(sealed, "decision", 1), 3)),
        ("list", |sealed| remove(sealed, "new/documents.csv")),
        ("codes", |sealed| fs::remove_dir_all(sealed.office.path("new/codes/0000")).unwrap()),
        ("folder", |sealed| fs::remove_dir_all(sealed.office.path("new")).unwrap()),
        ("documents in the ledger", |sealed| {
            sealed.office.tamper("DELETE FROM person WHERE document > 40");
            assert_eq!(sealed.office.tamper("DELETE FROM document WHERE id > 40"), 3);
            assert_eq!(forget(sealed, "documents", 2), 1);
        }),
    ];
    for last in 0..undo.len() {
        undo[..=last].iter().for_each(|(_, step)| step(&sealed));
        sealed.office.put_back(&early);
        let again = sealed.correct(&list, "trust.sceau", "new", &[]).success();
        assert!(again.stderr.contains("begun earlier"), "{}", again.stderr);
        assert!(everything(&sealed, "new") == whole, "killed before the {}", undo[last].0);
    }
}

#[test]
fn duplicates_killed_at_many_moments_end_with_the_bytes_of_a_run_that_was_not() {
    let mut sealed = Sealed::new();
    let which: Vec<usize> = (0..40).collect();
    let list = sealed.rows(&which, str::to_owned);
    let mut arguments = sealed.edition_arguments("session.key", "duplicate", &list, "trust.sceau", "new");
    arguments.extend(["--decision", "Request 1"]);
    let mut running = sealed.office.spawn(&arguments);
    while !sealed.office.path("new/batch.txt").exists() && running.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(!sealed.office.path("new/manifest.sceau").exists(), "it ended before it was killed");

    let undisturbed = sealed.office.copy_whole();
    let start = Instant::now();
    undisturbed.run(&arguments).success();
    let duration = start.elapsed();
    let whole = (undisturbed.tree("new"), undisturbed.events(&["decision"]));
    let killed = (1..=12).filter(|moment| sealed.office.killed_after(&arguments, duration * *moment / 13)).count();
    assert!(killed > 0, "every run ended before it was killed");
    sealed.office.run(&arguments).success();
    assert!((sealed.office.tree("new"), sealed.office.events(&["decision"])) == whole);
    assert_eq!(sealed.history().lines().count(), 40);
    sealed.judged("new/trust.sceau", &[Reason::Replaced; 40]);
    sealed.texts = office::documents(&sealed.office.path("new")).into_iter().map(|row| row.text).collect();
    sealed.judged("new/trust.sceau", &[]);
}

#[test]
fn a_status_change_killed_at_many_moments_is_recorded_once() {
    let sealed = Sealed::new();
    let serials: Vec<&str> = sealed.serials.iter().map(String::as_str).collect();
    let keys = ["--key", "session.key", "--list-key", "lists.key", "--passphrase-file", "passphrase"];
    let what = ["status", "withdraw", "--trust", "trust.sceau", "--out", "2.sceau", "--reason", "Fraud", "--serial"];
    let arguments = [&what[..], &serials, &keys].concat();
    let start = Instant::now();
    sealed.office.copy_whole().run(&arguments).success();
    let duration = start.elapsed();
    for moment in 1..=12 {
        sealed.office.killed_after(&arguments, duration * moment / 12);
        if sealed.office.path("2.sceau").exists() {
            remove(&sealed, "2.sceau");
        }
    }
    sealed.office.run(&arguments).success();
    let (history, pack) = (sealed.history(), fs::read(sealed.office.path("2.sceau")).unwrap());
    assert_eq!(history.lines().count(), 40);
    assert!(sealed.serials.iter().all(|serial| history.matches(serial.as_str()).count() == 1));
    sealed.judged("2.sceau", &[Reason::Withdrawn; 40]);
    // killed after the history: whenever it is run again, the pack is the same
    remove(&sealed, "2.sceau");
    std::thread::sleep(Duration::from_millis(1_100));
    sealed.office.run(&arguments).success();
    assert!(sealed.history() == history && fs::read(sealed.office.path("2.sceau")).unwrap() == pack);
    // killed after the pack: it is there, and stays
    sealed.office.run(&arguments).success();
    assert!(sealed.history() == history && fs::read(sealed.office.path("2.sceau")).unwrap() == pack);
    let other = sealed.status("withdraw", &[0], "Fraud", "2.sceau", "trust.sceau").status(2);
    assert!(other.stderr.contains("trust.sceau exists; nothing is overwritten"), "{}", other.stderr);
}

/// The folder and the history.
fn everything(sealed: &Sealed, folder: &str) -> (BTreeMap<String, Vec<u8>>, String) {
    (sealed.office.tree(folder), sealed.history())
}

/// Removes a file that must be there.
fn remove(sealed: &Sealed, file: &str) {
    fs::remove_file(sealed.office.path(file)).unwrap();
}

/// Takes all events of a kind from the `from`th on out of the ledger.
fn forget(sealed: &Sealed, kind: &str, from: usize) -> usize {
    let of_kind = format!("line LIKE '%\"event\":\"{kind}\"%'");
    let first = format!("SELECT number FROM event WHERE {of_kind} ORDER BY number LIMIT 1 OFFSET {}", from - 1);
    sealed.office.tamper(&format!("DELETE FROM event WHERE {of_kind} AND number >= ({first})"))
}
