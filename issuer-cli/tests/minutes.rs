//! Minutes of a jury: sealed from its lists, and what `issue` makes of them, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::minutes::Minutes;
use credential_core::register::MerkleTree;
use credential_core::{TrustStore, verify};
use office::documents;
use office::jury::{Jury, LINES, MINUTES};

#[test]
fn three_lists_are_sealed_as_one_set_of_minutes() {
    let jury = Jury::new();
    jury.write_three();
    let sealed = jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &["--trust", "trust.sceau"]).success();
    let minutes = jury.minutes();
    let claims = minutes.claims();
    assert_eq!((claims.number, claims.session.as_str(), claims.lines), (4, "Session de juin 2026", 36));
    let sum = |of: fn(&credential_core::minutes::SeriesCount) -> u64| claims.counts.iter().map(of).sum::<u64>();
    assert_eq!((sum(|of| of.admitted), sum(|of| of.not_admitted), sum(|of| of.otherwise)), (30, 6, 0));
    assert!(sealed.stdout.contains("minutes 4: Session de juin 2026, 36 lines"), "{}", sealed.stdout);
    let root: Vec<String> = claims.root.chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1])).collect();
    assert!(sealed.stdout.contains(&format!("root {}", root.join(" "))), "{}", sealed.stdout);
    let lines = fs::read_to_string(jury.office.path(LINES)).unwrap();
    assert_eq!(lines.lines().count(), 37);
    assert!(lines.lines().nth(13).unwrap().starts_with(r#"{"line":13,"number":"90000012","#), "{lines}");
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_lines() {
    use std::os::unix::fs::PermissionsExt;
    let jury = Jury::sealed();
    let mode = |name| fs::metadata(jury.office.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(LINES), mode(MINUTES)), (0o600, 0o644));
}

#[test]
fn a_run_that_was_stopped_ends_with_the_same_bytes() {
    let jury = Jury::sealed();
    let [signed, lines] = [MINUTES, LINES].map(|name| fs::read(jury.office.path(name)).unwrap());
    fs::remove_file(jury.office.path(MINUTES)).unwrap(); // as if killed before it was there
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    for _ in 0..2 {
        let again = jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &[]).success();
        assert!(again.stderr.contains("They had been sealed before"), "{}", again.stderr);
        assert_eq!(fs::read(jury.office.path(MINUTES)).unwrap(), signed);
        assert_eq!(fs::read(jury.office.path(LINES)).unwrap(), lines);
    }
}

#[test]
fn sealed_minutes_are_never_overwritten() {
    let jury = Jury::sealed();
    let before = [MINUTES, LINES].map(|name| fs::read(jury.office.path(name)).unwrap());
    let seal = ["minutes", "seal", "2.csv", "1.csv", "3.csv", "--profile", "benin", "--key", "jury.key"];
    let elsewhere = [&seal[..], &["--number", "4", "--out", "elsewhere"]].concat();
    let elsewhere = jury.office.run_with_keys(&elsewhere).status(2);
    assert!(elsewhere.stderr.contains("minutes with the number 4 were sealed before"), "{}", elsewhere.stderr);
    assert!(!jury.office.path("elsewhere").exists());
    let other = jury.seal(&["2.csv", "1.csv", "3.csv"], "4", &[]).status(2);
    assert!(other.stderr.contains("holds other lines; minutes that were sealed stay as they are"), "{}", other.stderr);
    fs::rename(jury.office.path(LINES), jury.office.path("lines")).unwrap();
    let lost = jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &[]).status(2);
    assert!(lost.stderr.contains("stands there without its lines; put them back"), "{}", lost.stderr);
    fs::rename(jury.office.path("lines"), jury.office.path(LINES)).unwrap();
    assert_eq!([MINUTES, LINES].map(|name| fs::read(jury.office.path(name)).unwrap()), before);
}

#[test]
fn all_faults_of_all_lists_are_named_in_one_pass_and_nothing_is_sealed() {
    let jury = Jury::new();
    let mut lines = jury.lines.clone();
    lines[1] = lines[1].replace(";Admis", ";Peut-être");
    lines[13] = lines[13].replace("90000013;", "9000013;");
    lines[30] = lines[30].replace("90000030;", "90000002;");
    for (at, lines) in lines.chunks(12).enumerate() {
        jury.write(&format!("{}.csv", at + 1), lines);
    }
    let refused = jury.seal(&["1.csv", "2.csv", "3.csv"], "4", &[]).status(1);
    let expected = [
        ("1.csv: row 3, column Décision: error: ", "[unknown_decision]"),
        ("2.csv: row 3, column N° table: error: ", "[excel_number]"),
        ("3.csv: row 8, column N° table: error: this number stands on row 4 of 1.csv too", "[same_number]"),
    ];
    let errors: Vec<&str> = refused.stdout.lines().filter(|line| line.contains(": error: ")).collect();
    assert_eq!(errors.len(), 3, "{}", refused.stdout);
    for (line, (start, end)) in errors.iter().zip(expected) {
        assert!(line.starts_with(start) && line.ends_with(end), "{line}");
    }
    assert!(!jury.office.path("pv").exists());
}

#[test]
fn a_key_that_the_trust_pack_names_for_something_else_seals_no_minutes() {
    let jury = Jury::new();
    jury.write_three();
    let refused = jury.office.run(&[
        "minutes",
        "seal",
        "1.csv",
        "--profile",
        "benin",
        "--key",
        "session.key",
        "--number",
        "4",
        "--out",
        "pv",
        "--trust",
        "trust.sceau",
        "--passphrase-file",
        "passphrase",
    ]);
    assert!(refused.status(2).stderr.contains("the trust pack would refuse the minutes: unknown-issuer"));
    assert!(!jury.office.path(LINES).exists() && !jury.office.path(MINUTES).exists());
}

#[test]
fn documents_name_their_line_of_the_minutes() {
    let jury = Jury::sealed();
    jury.issue(&jury.lines[6..], "out", &[]).success();
    let mut store = TrustStore::new();
    store.add(jury.office.pack("trust.sceau"));
    let documents = documents(&jury.office.path("out"));
    assert_eq!(documents.len(), 25);
    for row in documents {
        let report = verify(&row.text, &store, jury.office.now());
        let place = report.document().unwrap().minutes.unwrap();
        let line = row.number.parse::<u64>().unwrap() - 90_000_000 + 1;
        assert_eq!((place.minutes, place.line), (4, line));
    }
}

/// Changes one cell of the second line and expects exactly one fault, at this column.
#[track_caller]
fn refused(jury: &Jury, column: &str, value: &str, says: &str, code: &str) {
    let columns: Vec<&str> = jury.header.split(';').collect();
    let at = columns.iter().position(|name| *name == column).unwrap();
    let mut lines = jury.lines.clone();
    let mut cells: Vec<&str> = lines[1].split(';').collect();
    cells[at] = value;
    lines[1] = cells.join(";");
    let ended = jury.issue(&lines, "out", &[]).status(1);
    let faults: Vec<&str> = ended.stdout.lines().filter(|line| line.contains(": error: ")).collect();
    assert_eq!(faults.len(), 1, "{}", ended.stdout);
    assert!(faults[0].starts_with(&format!("row 3, column {column}: error: ")), "{}", faults[0]);
    assert!(faults[0].contains(says) && faults[0].ends_with(&format!("[{code}]")), "{}", faults[0]);
    assert!(!jury.office.path("out").exists());
}

#[test]
fn every_row_that_differs_from_the_minutes_is_a_fault_that_names_both_sides() {
    let jury = Jury::sealed();
    let differs = "differs_from_minutes";
    let line = "on line 2 of the minutes 4";
    refused(&jury, "N° table", "99999999", "have no line for this candidate", "not_in_minutes");
    refused(&jury, "Prénoms", "AUTRE", line, differs);
    refused(&jury, "Date de naissance", "01/01/2008", "“2008-01-01” here and ", differs);
    refused(&jury, "Moyenne", "15,00", "“15.00” here and ", differs);
    refused(&jury, "Note 3", "19,50", "is “19.50” here and ", differs);
    refused(&jury, "Coef 3", "9", "the coefficient of ", differs);
    refused(&jury, "Points 2", "1,00", "the Points of ", differs);
    refused(&jury, "Total points", "1,00", "“Total des points: 1.00” here and “Total des points: ", differs);
    refused(&jury, "Mention", "Passable", "the honours is “Mention Passable” here and “Mention ", differs);
    refused(&jury, "Matière 4", "Latin", "the name of row 4 of the results is “Latin” here and ", differs);
    refused(&jury, "Série", "A1", "“Série A1 – Lettres et langues” here and ", differs);
    refused(&jury, "Décision", "Refusé", "the decision is “not admitted” here and “admitted”", differs);
    let mut lines = jury.lines.clone();
    lines[5] = lines[5].replace(";Refusé", ";Admis");
    let ended = jury.issue(&lines, "out", &[]).status(1);
    assert!(ended.stdout.contains("the decision is “admitted” here and “not admitted” on line 6"), "{}", ended.stdout);
}

#[test]
fn skipping_faulty_rows_skips_those_that_differ_from_the_minutes() {
    let jury = Jury::sealed();
    let mut lines = jury.lines.clone();
    lines[1] = lines[1].replace(";Admis", ";Refusé");
    lines[2] = lines[2].replace("90000002;", "99999999;");
    jury.issue(&lines, "out", &["--skip-faulty"]).success();
    let numbers: Vec<_> = documents(&jury.office.path("out")).into_iter().map(|row| row.number).collect();
    assert_eq!(numbers.len(), 28);
    assert!(!numbers.iter().any(|number| number == "90000001" || number == "99999999"));
}

#[test]
fn minutes_that_were_changed_or_are_not_the_jurys_seal_nothing() {
    let jury = Jury::sealed();
    let good = fs::read_to_string(jury.office.path(LINES)).unwrap();
    fs::write(
        jury.office.path(LINES),
        good.replace(r#""line":2,"number":"90000001""#, r#""line":2,"number":"90000099""#),
    )
    .unwrap();
    let changed = jury.issue(&jury.lines, "out", &[]).status(2);
    assert!(changed.stderr.contains("the lines are not those that the jury signed"), "{}", changed.stderr);
    fs::write(jury.office.path(LINES), good).unwrap();
    let mut signed = fs::read(jury.office.path(MINUTES)).unwrap();
    *signed.last_mut().unwrap() ^= 1;
    fs::write(jury.office.path(MINUTES), signed).unwrap();
    let forged = jury.issue(&jury.lines, "out", &[]).status(2);
    assert!(forged.stderr.contains("are refused: signature-invalid"), "{}", forged.stderr);
}

#[test]
fn a_profile_that_asks_for_minutes_seals_nothing_without_them() {
    let jury = Jury::sealed();
    let profile = format!("{}\n[minutes]\nrequired = true\n", include_str!("../profiles/benin.toml"));
    fs::write(jury.office.path("strict.toml"), profile).unwrap();
    let list = jury.list(&jury.lines);
    let refused = jury.office.issue_by("strict.toml", &list, "out").status(2);
    assert!(refused.stderr.contains("the profile seals nothing without minutes"), "{}", refused.stderr);
    assert!(!jury.office.path("out").exists());
}

#[test]
fn a_batch_goes_on_with_its_own_minutes_only() {
    let jury = Jury::sealed();
    jury.issue(&jury.lines, "out", &[]).success();
    let list = jury.list(&jury.lines);
    let other = jury.office.issue(&list, "out", &["--codes", "none"]).status(2);
    assert!(other.stderr.contains("this batch was begun with other minutes"), "{}", other.stderr);
    jury.issue(&jury.lines, "out", &[]).success();
}

#[test]
fn a_first_pack_can_name_the_jurys_key() {
    let jury = Jury::new();
    jury.write_three();
    jury.seal(&["1.csv"], "9", &["--trust", "trust.sceau"]).success();
    let twice = ["--jury-key", "jury.key.pub", "--jury-key", "session.key.pub", "--out", "x.sceau"];
    assert!(jury.office.new_trust(&twice).status(2).stderr.contains("one key is given twice"));
}

#[test]
fn the_register_head_holds_the_root_of_the_minutes_that_were_used() {
    let jury = Jury::sealed();
    jury.issue(&jury.lines, "out", &[]).success();
    jury.office.close("trust.sceau", "closed.sceau", &[]).success();
    let pack = jury.office.pack("closed.sceau");
    let (head, _) = pack.registers().next().unwrap();
    let root = jury.minutes().claims().root;
    assert_eq!(head.claims().minutes, Some(MerkleTree::new([root]).root()));
}

impl Jury {
    fn minutes(&self) -> Minutes {
        let pack = self.office.pack("trust.sceau");
        Minutes::open(&fs::read(self.office.path(MINUTES)).unwrap(), pack.trust().claims()).unwrap()
    }
}
