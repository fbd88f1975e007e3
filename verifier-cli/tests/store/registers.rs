//! Registers of a store lie beside the anchors and are looked up there, whole or not at all.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use crate::setup::office::Office;
use crate::setup::*;
use crate::shelf::*;

/// A closed session of 600 documents; the roots have fixed its register.
struct Closed {
    shelf: Shelf,
    office: Office,
}

impl Closed {
    /// A store that holds the session's pack without the file.
    fn new() -> Self {
        let mut office = Office::new(600);
        let head = office.head();
        let register = office.world.entry().register.as_mut().unwrap();
        register.head = Some(Sha256::digest(&head).into());
        let shelf = Shelf::new();
        fs::write(shelf.path("phone.sceau"), office.pack_bytes(&[&head], &[])).unwrap();
        fs::write(shelf.path("desk.sceau"), office.pack_bytes(&[&head], &[&office.register.file()])).unwrap();
        let root = hex(&office.world.trust.roots.fingerprint());
        shelf.updated("phone.sceau", &["--root", &root]);
        Self { shelf, office }
    }

    fn register(&self) -> PathBuf {
        let files = fs::read_dir(self.shelf.path("store/registers")).unwrap();
        let mut files: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        files.remove(0)
    }

    /// Reason, register value and exit status of a document.
    #[track_caller]
    fn judged(&self, number: u64, reason: &str, register: &str, status: i32) {
        let run = self.shelf.verify(&self.office.text(number));
        let object = &run.objects()[0];
        assert_eq!(
            (object["reason"].as_str(), object["register"].as_str()),
            (Some(reason), Some(register)),
            "{number}"
        );
        assert_eq!(run.status, status, "{run:?}");
    }

    fn at_hand(&self) -> bool {
        self.shelf.show().objects()[0]["registers"][0]["at_hand"].as_bool().unwrap()
    }
}

#[test]
fn a_register_that_comes_later_is_looked_up_where_it_lies() {
    let closed = Closed::new();
    closed.judged(1, "register-unknown", "unknown", 2);
    assert!(!closed.at_hand());
    let said = closed.shelf.updated("desk.sceau", &[]);
    assert!(!said.contains("held already"), "{said}");
    assert!(closed.at_hand());
    for number in [1, 256, 257, 512, 600] {
        closed.judged(number, "genuine", "listed", 0);
    }
    for number in [601, 700, 999] {
        closed.judged(number, "key-compromised", "not-listed", 2);
    }
    let generation = fs::metadata(&closed.shelf.slots()[0]).unwrap().len();
    assert!(generation < 4_000, "the generation has {generation} bytes: the register is not in it");
    let again = closed.shelf.updated("desk.sceau", &[]);
    assert!(again.contains("held already"), "{again}");
    // a pack without the file takes it from nobody
    closed.shelf.updated("phone.sceau", &[]);
    closed.judged(1, "genuine", "listed", 0);
}

#[test]
fn a_register_that_was_damaged_anywhere_makes_no_document_listed_or_unlisted() {
    let closed = Closed::new();
    closed.shelf.updated("desk.sceau", &[]);
    let file = closed.register();
    let whole = fs::read(&file).unwrap();
    // name, count, digest, index, and one byte in each of the three blocks
    for at in [0, 20, 40, 60, 150, 56 + 144 + 7, 56 + 144 + 4_096, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&file, &damaged).unwrap();
        assert!(!closed.at_hand(), "{at}");
        let mut unknown = 0;
        for number in (1..=640).step_by(20) {
            let run = closed.shelf.verify(&closed.office.text(number));
            let reason = run.reasons().remove(0);
            let true_one = if number <= 600 { "genuine" } else { "key-compromised" };
            assert!(reason == true_one || reason == "register-unknown", "byte {at}, document {number}: {reason}");
            unknown += usize::from(reason == "register-unknown");
        }
        assert!(unknown > 0, "byte {at}");
    }
    for length in [0, 10, 56, 100, whole.len() / 2] {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(!closed.at_hand(), "{length} bytes");
    }
    fs::write(&file, &whole[..56 + 144]).unwrap();
    closed.judged(601, "register-unknown", "unknown", 2);
    // the pack once more mends it
    closed.shelf.updated("desk.sceau", &[]);
    assert_eq!(fs::read(&file).unwrap(), whole);
    closed.judged(601, "key-compromised", "not-listed", 2);
}

#[test]
fn registers_of_which_nobody_speaks_and_what_a_killed_program_left_are_taken_away() {
    let closed = Closed::new();
    closed.shelf.updated("desk.sceau", &[]);
    let folder = closed.shelf.path("store/registers");
    fs::write(folder.join("00.register"), b"of nobody").unwrap();
    fs::write(folder.join(".partial-x"), b"half").unwrap();
    closed.shelf.updated("desk.sceau", &[]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    closed.judged(600, "genuine", "listed", 0);
}
