//! The ways in which offices lost their registers, each refused or harmless: nobody gets two originals, nothing that was
//! withdrawn comes back. Through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use office::ledger::LEDGER;
use office::sealed::Sealed;
use office::{Ended, Office, documents, many_candidates};

const HEAD: &str = "ledger.head";

/// Nothing was sealed, and no folder was made.
#[track_caller]
fn refused(office: &Office, ended: Ended, out: &str, said: &str) {
    let ended = ended.status(2);
    assert!(ended.stderr.contains(said), "{said}: {}", ended.stderr);
    assert!(!office.path(out).exists(), "{out} was made");
}

fn issue_by_key(office: &Office, key: &str, list: &str, out: &str, more: &[&str]) -> Ended {
    office.write_list(list);
    let rest = ["issue", "list.csv", "--profile", "benin", "--key", key, "--out", out, "--codes", "none"];
    office.run_with_keys(&[&rest[..], more].concat())
}

#[test]
fn a_ledger_put_back_from_an_older_copy_seals_nothing() {
    let office = Office::new("benin");
    office.issue(&many_candidates(20), "first", &["--codes", "none"]).success();
    let early = [LEDGER, HEAD].map(|name| fs::read(office.path(name)).unwrap());
    office.issue(&many_candidates(40), "second", &["--codes", "none"]).success();
    fs::write(office.path(LEDGER), &early[0]).unwrap();
    let again = office.issue(&many_candidates(40), "third", &["--codes", "none"]);
    refused(&office, again, "third", "the ledger ledger.sqlite is older than it should be: it ends with event ");
    // what stands beside it was put back too: the user's computer remembers
    fs::write(office.path(HEAD), &early[1]).unwrap();
    let again = office.issue(&many_candidates(40), "third", &["--codes", "none"]);
    refused(&office, again, "third", "second holds a batch that the ledger ledger.sqlite does not know");
    fs::remove_dir_all(office.path("second")).unwrap();
    let again = office.issue(&many_candidates(40), "third", &["--codes", "none"]);
    refused(&office, again, "third", ".state/");
    let closed = office.close("trust.sceau", "closed.sceau", &[]);
    refused(&office, closed, "closed.sceau", "is older than it should be");
}

#[test]
fn a_ledger_older_than_a_folder_that_was_sealed_seals_nothing() {
    let office = Office::new("benin");
    let early = office.copy_whole();
    office.issue(&many_candidates(20), "first", &["--codes", "none"]).success();
    // last week's computer, whole, and this week's folder of documents
    let batch = office.tree("first");
    fs::create_dir(early.path("first")).unwrap();
    batch.iter().filter(|(name, _)| !name.contains('/')).for_each(|(name, bytes)| {
        fs::write(early.path("first").join(name), bytes).unwrap();
    });
    let again = early.issue(&many_candidates(20), "again", &["--codes", "none"]);
    refused(&early, again, "again", "first holds a batch that the ledger ledger.sqlite does not know");
}

#[test]
fn a_ledger_that_is_gone_empty_cut_or_something_else_seals_nothing() {
    let office = Office::new("benin");
    office.issue(&many_candidates(20), "first", &["--codes", "none"]).success();
    let whole = fs::read(office.path(LEDGER)).unwrap();
    let later = |said: &str| {
        refused(&office, office.issue(&many_candidates(30), "later", &["--codes", "none"]), "later", said);
    };
    fs::remove_file(office.path(LEDGER)).unwrap();
    later("the ledger ledger.sqlite is gone. Without it people get two originals: put its newest copy back");
    assert!(!office.path(LEDGER).exists(), "a missing ledger is never begun anew");
    let begun = office.run(&["init"]).status(2);
    assert!(begun.stderr.contains("is gone. Without it people get two originals"), "{}", begun.stderr);
    for (bytes, said) in [
        (vec![], "has no bytes; put its newest copy back"),
        (b"SQLite format 3\0".to_vec(), "is damaged, or no ledger of an office"),
        (whole[..whole.len() / 2].to_vec(), "is damaged; put its newest copy back"),
        (vec![0; 4_096], "is damaged, or no ledger of an office"),
    ] {
        fs::write(office.path(LEDGER), bytes).unwrap();
        later(said);
    }
    fs::write(office.path(LEDGER), &whole).unwrap();
    office.issue(&many_candidates(30), "later", &["--codes", "none"]).success();
    assert_eq!(documents(&office.path("later")).len(), 10);
}

#[test]
fn a_copy_made_after_a_killed_run_without_its_side_files_holds_all_that_was_written() {
    let office = Office::new("benin");
    let list = many_candidates(6_000);
    office.kill_when_begun(&list, "out");
    let copy = office.copy();
    for side in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
        let _ = fs::remove_file(copy.path(side));
    }
    let written = fs::read_dir(office.path("out/codes")).unwrap().flatten();
    let written: usize = written.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')).count();
    let recorded = copy.events(&["documents"]).len();
    assert!(written > 0 && recorded >= written, "{written} folders written, {recorded} in the copy");
    let serial = fs::read_to_string(office.path("out/codes/0000/documents.csv")).unwrap();
    let serial = serial.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    copy.issue(&list, "out", &["--codes", "none"]).success();
    let sealed = fs::read_to_string(copy.path("out/documents.csv")).unwrap();
    assert!(sealed.contains(&serial), "the copy has sealed the same documents");
}

#[test]
fn a_second_key_of_the_session_seals_nobody_again_and_no_withdrawn_document() {
    let sealed = Sealed::new();
    sealed.with_later_key("both.sceau");
    sealed.status("withdraw", &[0], "Fraud", "both.sceau", "2.sceau").success();
    let again =
        issue_by_key(&sealed.office, "later.key", &many_candidates(40), "again", &["--trust", "2.sceau"]).success();
    assert!(again.stderr.contains("40 candidates have this document already"), "{}", again.stderr);
    assert!(!sealed.office.path("again").exists());
    let more = issue_by_key(&sealed.office, "later.key", &many_candidates(41), "more", &["--trust", "2.sceau"]);
    more.success();
    assert_eq!(documents(&sealed.office.path("more")).len(), 1);
}

#[test]
fn a_key_that_this_office_has_not_made_seals_nothing() {
    let (office, other) = (Office::new("benin"), Office::empty("benin"));
    ["session.key", "session.key.pub", "trust.sceau"].iter().for_each(|name| {
        fs::copy(office.path(name), other.path(name)).unwrap();
    });
    let said = "was not made in this office's folder";
    refused(&other, other.issue(&many_candidates(2), "out", &[]), "out", said);
    let silent = other.run(&["key", "add", "session.key"]).status(2);
    assert!(silent.stderr.contains("--never-used"), "{}", silent.stderr);
    // a key in another office's folder is that office's
    let key = office.path("session.key");
    let foreign = issue_by_key(&other, key.to_str().unwrap(), &many_candidates(2), "out", &[]);
    refused(&other, foreign, "out", "the key lies in the folder of another office");
}

#[test]
fn a_rehearsal_has_a_folder_of_its_own() {
    let office = Office::with_trust("benin", &["--test", "--out", "test.sceau"]);
    office.new_trust(&[]).success();
    office.issue(&many_candidates(20), "rehearsal", &["--codes", "none", "--trust", "test.sceau"]).success();
    let live = office.issue(&many_candidates(21), "live", &["--codes", "none"]);
    refused(&office, live, "live", "this office's folder has sealed specimens: documents that count need a folder");
}

#[test]
fn a_correction_never_takes_the_document_of_another_person_with_the_same_number() {
    let sealed = Sealed::new();
    let another = |row: &str| {
        let cells: Vec<&str> = row.split(';').collect();
        [&[cells[0], "MBAH", "Ngum", cells[3], "05/09/2008"][..], &cells[5..]].concat().join(";")
    };
    let list = sealed.rows(&[0], another);
    let wrong = sealed.correct(&list, "trust.sceau", "new", &[]).status(1);
    assert!(wrong.stdout.contains("is the document of another person"), "{}", wrong.stdout);
    let issued = sealed.office.issue(&list, "other", &[]).status(1);
    assert!(issued.stdout.contains("another person has this number and a diploma"), "{}", issued.stdout);
    assert!(!issued.stdout.contains("issuer correct"), "{}", issued.stdout);
    assert!(!sealed.office.path("new").exists() && !sealed.office.path("other").exists());
    sealed.judged("trust.sceau", &[]);
}

#[test]
fn a_row_that_is_no_longer_admitted_says_that_a_document_is_in_force() {
    let sealed = Sealed::new();
    let list = many_candidates(41).replacen(";Admis", ";Refusé", 1);
    let told = sealed.office.issue(&list, "late", &["--codes", "none"]).status(1);
    let said = format!("has one in force, serial {}: if the jury took it back, withdraw it", sealed.serials[0]);
    assert!(told.stdout.contains(&said), "{}", told.stdout);
    sealed.status("withdraw", &[0], "Decision of the jury", "trust.sceau", "2.sceau").success();
    sealed.office.issue(&list, "late", &["--codes", "none", "--trust", "2.sceau"]).success();
}

#[test]
fn a_ledger_on_another_computer_asks_for_what_the_public_has() {
    let sealed = Sealed::new();
    let backup = sealed.office.copy_whole();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    fs::remove_dir_all(backup.path(".state")).unwrap();
    let list = many_candidates(41);
    refused(&backup, backup.issue(&list, "late", &[]), "late", "was never used on this computer by this user");
    fs::copy(sealed.office.path("2.sceau"), backup.path("public.sceau")).unwrap();
    let older = backup.run(&["ledger", "move", "--public", "public.sceau"]).status(2);
    assert!(older.stderr.contains("it is older than the pack, put its newest copy back"), "{}", older.stderr);
    let numbered = backup.run(&["ledger", "move", "--public", "trust.sceau", "--event", "99"]).status(2);
    assert!(numbered.stderr.contains("before event 99: it is not the newest one"), "{}", numbered.stderr);
    // the newest copy is taken
    let moved = sealed.office.copy_whole();
    fs::remove_dir_all(moved.path(".state")).unwrap();
    moved.run(&["ledger", "move", "--public", "2.sceau"]).success();
    moved.issue(&list, "late", &["--codes", "none", "--trust", "2.sceau"]).success();
    assert_eq!(documents(&moved.path("late")).len(), 1);
}

#[test]
fn two_copies_that_went_on_side_by_side_are_told_apart() {
    let office = Office::new("benin");
    office.issue(&many_candidates(20), "first", &["--codes", "none"]).success();
    let other = office.copy_whole();
    office.issue(&many_candidates(30), "second", &["--codes", "none"]).success();
    other.issue(&many_candidates(40), "third", &["--codes", "none"]).success();
    fs::copy(other.path(LEDGER), office.path(LEDGER)).unwrap();
    let said = "has parted from another copy of itself";
    refused(&office, office.issue(&many_candidates(41), "late", &[]), "late", said);
}

#[test]
fn an_office_is_begun_once_and_never_where_documents_lie() {
    let office = Office::new("benin");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(office.path(LEDGER)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it names everybody");
    }
    let again = office.run(&["init"]).status(2);
    assert!(again.stderr.contains(". is an office's folder already"), "{}", again.stderr);
    // stopped before its mark was written: nothing has happened in it
    let stopped = Office::empty("benin");
    fs::remove_file(stopped.path("office.txt")).unwrap();
    stopped.run(&["init"]).success();
    assert_eq!(stopped.events(&["began"]).len(), 1);
    office.issue(&many_candidates(20), "out", &["--codes", "none"]).success();
    fs::remove_file(office.path("office.txt")).unwrap();
    let marked = office.run(&["init"]).status(2);
    assert!(
        marked.stderr.contains("ledger.sqlite is the ledger of an office, and office.txt is gone"),
        "{}",
        marked.stderr
    );
    fs::remove_file(office.path(LEDGER)).unwrap();
    let lost = office.run(&["init"]).status(2);
    assert!(lost.stderr.contains("their ledger is lost, not to be begun"), "{}", lost.stderr);
    let nowhere = office.issue(&many_candidates(20), "again", &[]);
    refused(&office, nowhere, "again", "this is no office's folder");
}

#[test]
fn one_changed_byte_anywhere_in_the_ledger_is_named() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1], "Fraud", "trust.sceau", "2.sceau").success();
    let good = sealed.office.run(&["ledger", "verify"]).success();
    assert!(good.stdout.contains("40 documents, 2 decisions, 0 acts"), "{}", good.stdout);
    let whole = fs::read(sealed.office.path(LEDGER)).unwrap();
    let witness = sealed.office.witnesses();
    for at in (0..whole.len()).step_by(whole.len() / 97) {
        let mut changed = whole.clone();
        changed[at] ^= 0x41;
        fs::write(sealed.office.path(LEDGER), changed).unwrap();
        let found = sealed.office.run(&["ledger", "verify"]);
        assert!(found.code() != Some(0), "byte {at}: {}{}", found.stdout, found.stderr);
        let first = at >> 20 << 20;
        let named = found.stdout.contains(&format!("bytes {first} to ")) || found.stderr.contains("ledger.sqlite");
        assert!(named, "byte {at}: {}{}", found.stdout, found.stderr);
        sealed.office.put_back(&witness);
    }
    fs::write(sealed.office.path(LEDGER), whole).unwrap();
    sealed.office.run(&["ledger", "verify"]).success();
}

#[test]
fn rows_that_were_written_past_the_program_are_named() {
    let changes = [
        ("UPDATE document SET holder = zeroblob(16) WHERE position = 3", "are not those of their event"),
        ("UPDATE person SET facts = replace(facts, '90000003', '90000004')", "was changed"),
        ("DELETE FROM person WHERE document = 3", "is missing, and no event says that it was erased"),
        ("INSERT INTO secret VALUES ('XX-B', 0, zeroblob(32))", "a row of secret is in no event"),
        ("UPDATE batch SET count = 41", "a row of batch is missing"),
        ("DELETE FROM document WHERE position = 39", "are not those of their event"),
    ];
    let sealed = Sealed::new();
    for (statement, named) in changes {
        let office = sealed.office.copy_whole();
        assert!(office.tamper(statement) > 0, "{statement}");
        let found = office.run(&["ledger", "verify"]).status(1);
        assert!(found.stdout.contains(named), "{named}: {}", found.stdout);
    }
}

#[test]
fn a_withdrawal_says_whose_document_it_is_and_what_else_is_in_force() {
    let sealed = Sealed::new();
    let list = many_candidates(40);
    sealed.office.issue(&list, "transcripts", &["--kind", "transcript", "--codes", "none"]).success();
    let transcript = fs::read_to_string(sealed.office.path("transcripts/documents.csv")).unwrap();
    let transcript = transcript.lines().nth(4).unwrap().split(',').next().unwrap().to_owned();
    let told = sealed.status("withdraw", &[3], "Fraud", "trust.sceau", "2.sceau").success();
    assert!(told.stderr.starts_with(&format!("{}; diploma; 90000003; ", sealed.serials[3])), "{}", told.stderr);
    let also = format!("this candidate also has, in force: transcript {transcript}\n");
    assert!(told.stderr.contains(&also), "{also}: {}", told.stderr);
}

#[test]
fn somebody_is_found_by_name_number_or_serial_and_can_be_erased() {
    let sealed = Sealed::new();
    sealed.status("suspend", &[7], "Inquiry", "trust.sceau", "2.sceau").success();
    let by_number = sealed.office.run(&["search", "90000007"]).success();
    let serial = &sealed.serials[7];
    assert!(by_number.stdout.starts_with(&format!("{serial}; diploma; 90000007; ")), "{}", by_number.stdout);
    assert!(by_number.stdout.trim_end().ends_with("; suspended"), "{}", by_number.stdout);
    let name = by_number.stdout.split("; ").nth(3).unwrap().to_lowercase();
    let words: Vec<&str> = name.split(' ').collect();
    let by_name = sealed.office.run(&[&["search"], &words[..]].concat()).success();
    assert!(by_name.stdout.contains(&by_number.stdout), "{}", by_name.stdout);
    assert_eq!(sealed.office.run(&["search", serial]).success().stdout, by_number.stdout);
    let nobody = sealed.office.run(&["search", "nobody"]).status(1);
    assert!(nobody.stderr.contains("0 documents"), "{}", nobody.stderr);

    let erase = ["ledger", "erase", "--serial", serial, "--reason", "Court order 7/2027"];
    sealed.office.run(&erase).success();
    let erased = sealed.office.run(&["search", serial]).success();
    assert_eq!(erased.stdout, format!("{serial}; diploma; erased; suspended\n"));
    sealed.office.run(&["search", "90000007"]).status(1);
    sealed.office.run(&["ledger", "verify"]).success();
    let file = fs::read(sealed.office.path(LEDGER)).unwrap();
    assert!(!file.windows(8).any(|bytes| bytes == b"90000007"), "the number is still in the file");
    sealed.judged(
        "2.sceau",
        &[&[credential_core::Reason::Genuine; 7][..], &[credential_core::Reason::Suspended]].concat(),
    );
}
