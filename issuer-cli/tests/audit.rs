//! The audit of a session, through the real program: clean as it was sealed, and one finding for each thing changed.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::sync::OnceLock;

use office::jury::{Jury, LINES, MINUTES};
use office::{Ended, Office, documents};

const LIST: &str = "diplomas/documents.csv";
const REGISTER: &str = "ledger.sqlite";

/// 30 diplomas and 36 transcripts, 6 of which say not admitted, by the minutes of 36 candidates; `closed.sceau` closes the key.
struct Session {
    office: Office,
}

impl Session {
    /// Before the key is closed.
    fn open() -> Self {
        static OPEN: OnceLock<Jury> = OnceLock::new();
        let jury = OPEN.get_or_init(|| {
            let jury = Jury::sealed();
            jury.issue(&jury.lines, "diplomas", &[]).success();
            jury.issue(&jury.lines, "transcripts", &["--kind", "transcript"]).success();
            jury
        });
        Self { office: jury.office.copy_whole() }
    }

    fn closed() -> Self {
        static CLOSED: OnceLock<Office> = OnceLock::new();
        let office = CLOSED.get_or_init(|| {
            let session = Self::open();
            session.office.close("trust.sceau", "closed.sceau", &[]).success();
            session.office
        });
        Self { office: office.copy_whole() }
    }

    fn audit(&self, folders: &[&str], trust: &str, more: &[&str]) -> Ended {
        let rest = ["--trust", trust, "--key", "session.key", "--minutes", MINUTES, "--json"];
        self.office.run(&[&["audit"], folders, &rest, more].concat())
    }

    fn audit_both(&self, trust: &str) -> Ended {
        self.audit(&["diplomas", "transcripts"], trust, &[])
    }

    fn change(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.office.path(file);
        let changed = change(fs::read_to_string(&path).unwrap());
        fs::write(&path, changed).unwrap();
    }

    fn change_lines(&self, file: &str, change: impl FnOnce(&mut Vec<&str>)) {
        self.change(file, |text| {
            let mut lines: Vec<&str> = text.lines().collect();
            change(&mut lines);
            format!("{}\n", lines.join("\n"))
        });
    }

    fn sql(&self, statement: &str) {
        assert_eq!(self.office.tamper(statement), 1);
    }

    fn status(&self, action: &str, at: usize, trust: &str, out: &str) {
        let row = fs::read_to_string(self.office.path(LIST)).unwrap();
        let serial = row.lines().nth(at + 1).unwrap().split(',').next().unwrap().to_owned();
        let keys = ["--key", "session.key", "--list-key", "lists.key"];
        let rest = ["--trust", trust, "--out", out, "--reason", "Inquiry", "--serial", &serial];
        self.office.run_with_keys(&[&["status", action][..], &keys, &rest].concat()).success();
    }
}

/// The audit ends with exactly these findings: file, line (0 for the whole file) and code.
#[track_caller]
fn finds(ended: Ended, expected: &[(&str, u64, &str)]) {
    let ended = ended.status(if expected.is_empty() { 0 } else { 1 });
    let found: Vec<(String, u64, String)> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap().to_owned();
            (text("file"), found["line"].as_u64().unwrap_or(0), text("code"))
        })
        .collect();
    let expected: Vec<_> =
        expected.iter().map(|(file, line, code)| (file.to_string(), *line, code.to_string())).collect();
    assert_eq!(found, expected, "{}", ended.stdout);
}

#[test]
fn a_session_that_nobody_changed_is_clean() {
    let session = Session::closed();
    session.status("suspend", 3, "closed.sceau", "2.sceau");
    let ended = session.audit_both("2.sceau").success();
    assert!(ended.stderr.contains("66 documents hold; the minutes given admit 30 candidates"), "{}", ended.stderr);
    assert!(ended.stderr.contains("0 findings"), "{}", ended.stderr);
    finds(ended, &[]);
}

#[test]
fn a_swapped_line_is_found() {
    let session = Session::closed();
    session.change_lines(LIST, |lines| lines.swap(3, 4));
    finds(session.audit_both("closed.sceau"), &[(LIST, 5, "out-of-order"), (LIST, 0, "documents-changed")]);
}

#[test]
fn a_duplicate_is_found() {
    let session = Session::closed();
    session.change_lines(LIST, |lines| lines.push(lines[1]));
    finds(session.audit_both("closed.sceau"), &[(LIST, 32, "serial-twice"), (LIST, 32, "count-differs")]);
}

#[test]
fn a_document_that_is_not_in_the_minutes_is_found() {
    let session = Session::open();
    let stranger = office::many_candidates(40).lines().last().unwrap().to_owned();
    let list = format!("{}\r\n{stranger}\r\n", office::many_candidates(1).lines().next().unwrap());
    session.office.issue(&list, "extra", &["--codes", "none"]).success();
    session.office.close("trust.sceau", "closed.sceau", &[]).success();
    let all = ["diplomas", "transcripts", "extra"];
    finds(session.audit(&all, "closed.sceau", &[]), &[("extra/documents.csv", 2, "not-in-minutes")]);
}

#[test]
fn a_changed_register_entry_is_found() {
    let change = "UPDATE document SET digest = zeroblob(32) WHERE batch = 1 AND position = 3";
    let (open, closed) = (Session::open(), Session::closed());
    open.sql(change);
    finds(open.audit_both("trust.sceau"), &[(REGISTER, 4, "register-differs")]);
    closed.sql(change);
    let head = (REGISTER, 0, "head-differs");
    finds(closed.audit_both("closed.sceau"), &[(REGISTER, 4, "register-differs"), head]);
}

#[test]
fn a_cut_tail_is_found() {
    let session = Session::closed();
    session.change_lines(LIST, |lines| lines.truncate(lines.len() - 1));
    let missing = [(REGISTER, 30, "document-missing"), (LINES, 36, "without-document")];
    finds(session.audit_both("closed.sceau"), &[&[(LIST, 31, "cut-tail")][..], &missing].concat());
    let session = Session::closed();
    session.sql("DELETE FROM document WHERE batch = 2 AND position = 29");
    let (list, manifest) = ("transcripts/documents.csv", (REGISTER, 31, "count-differs"));
    let head = (REGISTER, 0, "head-differs");
    finds(session.audit_both("closed.sceau"), &[manifest, (list, 31, "not-in-register"), head, head]);
}

#[test]
fn a_changed_document_is_found() {
    let session = Session::closed();
    session.change_lines(LIST, |lines| lines[7] = lines[7].replace("SC1:", "SC1:A").leak());
    let without = (LINES, 9, "without-document");
    let expected = [(LIST, 8, "document-refused"), (LIST, 0, "documents-changed"), without];
    finds(session.audit_both("closed.sceau"), &expected);
    let session = Session::closed();
    session.change_lines(LIST, |lines| lines[7] = lines[7].replace(",9000000", ",8000000").leak());
    finds(session.audit_both("closed.sceau"), &[(LIST, 8, "row-differs"), (LIST, 0, "documents-changed")]);
}

#[test]
fn a_manifest_of_another_key_is_found() {
    let session = Session::closed();
    let path = session.office.path("diplomas/manifest.sceau");
    let mut manifest = fs::read(&path).unwrap();
    *manifest.last_mut().unwrap() ^= 1;
    fs::write(&path, manifest).unwrap();
    let expected = [("diplomas/manifest.sceau", 0, "manifest-refused"), (REGISTER, 1, "batch-missing")];
    finds(session.audit_both("closed.sceau"), &expected);
}

#[test]
fn a_folder_that_is_not_given_is_found() {
    let session = Session::closed();
    finds(session.audit(&["diplomas"], "closed.sceau", &[]), &[(REGISTER, 31, "batch-missing")]);
}

#[test]
fn lines_of_minutes_that_were_changed_are_found() {
    let changed = (LINES, 0, "minutes-changed");
    let session = Session::closed();
    session.change(LINES, |lines| lines.replacen(r#""outcome":"not-admitted""#, r#""outcome":"admitted""#, 1));
    // he has a transcript that says not admitted, and no diploma
    let (differs, without) = (("transcripts/documents.csv", 7, "minutes-differ"), (LINES, 7, "without-document"));
    finds(session.audit_both("closed.sceau"), &[changed, changed, differs, without]);
    let session = Session::closed();
    session.change_lines(LINES, |lines| lines.truncate(lines.len() - 1));
    // the last line was of somebody not admitted, who has a transcript
    let missing = ("transcripts/documents.csv", 37, "not-in-minutes");
    finds(session.audit_both("closed.sceau"), &[(LINES, 37, "minutes-changed"), changed, missing]);
}

#[test]
fn minutes_that_no_jury_signed_are_found() {
    let session = Session::closed();
    let mut signed = fs::read(session.office.path(MINUTES)).unwrap();
    *signed.last_mut().unwrap() ^= 1;
    fs::write(session.office.path(MINUTES), signed).unwrap();
    let missing = [(REGISTER, 0, "minutes-missing"), (LIST, 2, "minutes-missing")];
    finds(session.audit_both("closed.sceau"), &[&[(MINUTES, 0, "minutes-refused")][..], &missing].concat());
}

#[test]
fn other_minutes_with_the_number_of_those_that_the_register_fixed_are_found() {
    let session = Session::closed();
    // the jury's key signs a second minutes 4, in which those who failed were not refused with 9 but with 8
    let lists: Vec<_> = ["1.csv", "2.csv", "3.csv"].map(|list| session.office.path(list)).to_vec();
    for list in &lists {
        let text = encoding_rs::WINDOWS_1252.decode(&fs::read(list).unwrap()).0.replace(";9,00;;", ";8,00;;");
        fs::write(list, encoding_rs::WINDOWS_1252.encode(&text).0).unwrap();
    }
    fs::remove_dir_all(session.office.path("pv")).unwrap();
    session.sql("DELETE FROM sealed_minutes"); // as if he had a ledger of his own
    let keys = ["--key", "jury.key", "--trust", "trust.sceau", "--passphrase-file", "passphrase"];
    let seal = ["minutes", "seal", "1.csv", "2.csv", "3.csv", "--profile", "benin", "--number", "4", "--out", "pv"];
    session.office.run(&[&seal[..], &keys].concat()).success();
    let transcripts = [7, 13, 19, 25, 31, 37].map(|line| ("transcripts/documents.csv", line, "minutes-differ"));
    finds(session.audit_both("closed.sceau"), &[&[(MINUTES, 0, "minutes-changed")][..], &transcripts].concat());
}

#[test]
fn a_document_of_somebody_whom_the_jury_did_not_admit_is_found() {
    let session = Session::closed();
    session.change(LINES, |lines| lines.replacen(r#""outcome":"admitted""#, r#""outcome":"not-admitted""#, 1));
    let changed = (LINES, 0, "minutes-changed");
    let (diploma, transcript) = ((LIST, 2, "not-admitted"), ("transcripts/documents.csv", 2, "not-admitted"));
    finds(session.audit_both("closed.sceau"), &[changed, changed, diploma, transcript]);
}

#[test]
fn minutes_that_only_a_register_names_are_found_if_they_are_not_given() {
    let session = Session::open();
    session.sql("INSERT INTO used_minutes (batch, number, root) VALUES (1, 5, zeroblob(32))");
    session.office.close("trust.sceau", "closed.sceau", &[]).success();
    finds(session.audit_both("closed.sceau"), &[(REGISTER, 0, "minutes-missing")]);
}

#[test]
fn minutes_of_which_nobody_has_a_document_are_found() {
    let session = Session::closed();
    let list = office::many_candidates(40);
    let mut lines = list.lines();
    let forgotten = format!("{}\r\n{}\r\n", lines.next().unwrap(), lines.skip(36).collect::<Vec<_>>().join("\r\n"));
    fs::write(session.office.path("5.csv"), encoding_rs::WINDOWS_1252.encode(&forgotten).0).unwrap();
    let keys = ["--key", "jury.key", "--trust", "trust.sceau", "--passphrase-file", "passphrase"];
    let seal = ["minutes", "seal", "5.csv", "--profile", "benin", "--number", "5", "--out", "pv"];
    session.office.run(&[&seal[..], &keys].concat()).success();
    let given = ["--minutes", "pv/minutes-5.sceau-minutes"];
    let both = ["diplomas", "transcripts"];
    let line = ("pv/minutes-5.sceau-minutes.lines.jsonl", 2, "without-document");
    let ended = session.audit(&both, "closed.sceau", &given);
    assert!(ended.stdout.contains("4 candidates are admitted and have no document"), "{}", ended.stdout);
    finds(ended, &[line]);
    fs::write(session.office.path("withheld.txt"), "90000036\n90000037\n90000038\n90000039\n").unwrap();
    finds(session.audit(&both, "closed.sceau", &[&given[..], &["--withheld", "withheld.txt"]].concat()), &[]);
}

#[test]
fn a_decision_that_no_list_says_is_found() {
    let session = Session::closed();
    session.status("suspend", 3, "closed.sceau", "2.sceau");
    session.status("withdraw", 3, "2.sceau", "3.sceau");
    finds(session.audit_both("3.sceau"), &[]);
    finds(session.audit_both("2.sceau"), &[(LIST, 5, "status-differs")]);
}

#[test]
fn a_pack_without_the_head_of_a_closed_register_is_found() {
    finds(Session::closed().audit_both("trust.sceau"), &[(REGISTER, 0, "head-missing")]);
}

#[test]
fn everybody_admitted_has_a_document_unless_it_is_withheld() {
    let jury = Jury::sealed();
    jury.issue(&jury.lines[2..], "diplomas", &[]).success();
    let session = Session { office: jury.office };
    finds(session.audit(&["diplomas"], "trust.sceau", &[]), &[(LINES, 2, "without-document")]);
    fs::write(session.office.path("withheld.txt"), "90000000\r\n90000001\r\n90000002\r\n").unwrap();
    let withheld = session.audit(&["diplomas"], "trust.sceau", &["--withheld", "withheld.txt"]);
    finds(withheld, &[(LIST, 2, "withheld-sealed")]);
}

#[test]
fn a_correction_with_its_decision_is_clean() {
    let session = Session::open();
    let jury = Jury { office: session.office, header: String::new(), lines: Vec::new() };
    let list = office::many_candidates(36);
    let mut lines: Vec<&str> = list.lines().take(2).collect();
    let corrected = lines[1].replace(";Médard Inès", ";Médard Agnès").replace(";Fidèle Théophile", ";Fidèle Théo");
    assert_ne!(lines[1], corrected);
    lines[1] = &corrected;
    let bytes = encoding_rs::WINDOWS_1252.encode(&format!("{}\r\n", lines.join("\r\n"))).0.into_owned();
    fs::write(jury.office.path("corrected.csv"), bytes).unwrap();
    jury.office
        .run(&[
            "correct",
            "corrected.csv",
            "--profile",
            "benin",
            "--key",
            "session.key",
            "--old",
            "diplomas",
            "--decision",
            "Decision 7/2026",
            "--list-key",
            "lists.key",
            "--trust",
            "trust.sceau",
            "--out",
            "corrections",
            "--codes",
            "none",
            "--passphrase-file",
            "passphrase",
        ])
        .success();
    assert_eq!(documents(&jury.office.path("corrections")).len(), 1);
    let session = Session { office: jury.office };
    let all = ["diplomas", "transcripts", "corrections"];
    let ended = session.audit(&all, "corrections/trust.sceau", &[]);
    let note = "note: corrections/documents.csv, line 2: by the decision “Decision 7/2026” the name is";
    assert!(ended.stderr.contains(note) && ended.stderr.contains("on line 1 of the minutes 4"), "{}", ended.stderr);
    finds(ended, &[]);
}

#[test]
fn what_cannot_be_read_is_no_finding() {
    let session = Session::closed();
    let ended = session.audit(&["nowhere"], "closed.sceau", &[]).status(2);
    assert!(ended.stderr.contains("reading nowhere/documents.csv"), "{}", ended.stderr);
    let ended = session.audit_both("diplomas/manifest.sceau").status(2);
    assert!(ended.stderr.contains("the trust pack is refused: pack-malformed"), "{}", ended.stderr);
}
