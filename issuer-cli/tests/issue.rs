//! `issuer` as an exam office runs it: the real program, real files, real kills.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;
use std::time::Duration;

use credential_core::document::Outcome;
use credential_core::sealing::Manifest;
use credential_core::{Reason, TrustStore, verify};
use office::{Office, demo, documents, many_candidates, sample};

#[test]
fn demo_seals_two_hundred_documents_of_three_kinds_and_can_be_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = demo(folder.path());
    let kinds = |kind| first.iter().filter(|row| row.kind == kind).count();
    assert!(first.len() >= 200);
    assert!([kinds("diploma"), kinds("transcript"), kinds("attestation")].iter().all(|&count| count > 50));
    assert_eq!(demo(folder.path()), first);
}

#[test]
fn one_diploma_for_each_admitted_candidate_all_in_force_and_genuine() {
    let office = Office::new("morocco");
    office.issue(&sample("morocco"), "out", &["--kind", "diploma"]).success();
    let (rows, out) = (documents(&office.path("out")), office.path("out"));
    let admitted = sample("morocco").lines().filter(|line| line.ends_with(",Admis")).count();
    assert_eq!(rows.len(), admitted);
    let mut store = TrustStore::new();
    store.add(office.pack("out/trust.sceau"));
    for row in &rows {
        let report = verify(&row.text, &store, office.now());
        assert_eq!(report.reason(), Reason::Genuine);
        let document = report.document().unwrap();
        assert_eq!(document.number.as_ref().unwrap().as_str(), row.number);
        assert_eq!(document.holder.texts().len(), 2, "the name in both scripts");
        assert_eq!(document.decision, None, "a diploma says it by itself");
        assert_eq!(issuer::draw::read_back(&fs::read(out.join(&row.file)).unwrap()).unwrap(), row.text);
    }
    let manifest = fs::read(out.join("manifest.sceau")).unwrap();
    let manifest = Manifest::open(&manifest, "MA-MEN", &office.public_key()).unwrap();
    assert_eq!((manifest.sealed, manifest.rows), (rows.len() as u64, 130));
}

#[test]
fn whoever_was_not_admitted_gets_a_transcript_that_says_so_and_no_diploma() {
    let office = Office::new("morocco");
    let list = sample("morocco");
    office.issue(&list, "out", &["--codes", "none"]).success();
    let rows = documents(&office.path("out"));
    assert_eq!(rows.len(), 130);
    let refused: Vec<&str> = list.lines().filter(|line| line.ends_with(",Refusé")).map(|line| &line[..10]).collect();
    let mut store = TrustStore::new();
    store.add(office.pack("out/trust.sceau"));
    for row in &rows {
        let report = verify(&row.text, &store, office.now());
        let decision = report.document().unwrap().decision.as_ref().unwrap();
        let (reason, outcome, words) = match refused.contains(&row.number.as_str()) {
            true => (Reason::StatesNotAdmitted, Outcome::NotAdmitted, "Refusé"),
            false => (Reason::Genuine, Outcome::Admitted, "Admis"),
        };
        assert_eq!((report.reason(), decision.outcome), (reason, outcome), "{}", row.number);
        assert_eq!(decision.words.as_ref().unwrap().first(), words);
    }
    assert_eq!((Reason::StatesNotAdmitted.exit_status(), refused.len()), (1, 45));
    office.issue(&list, "diplomas", &["--codes", "none", "--kind", "diploma"]).success();
    assert_eq!(documents(&office.path("diplomas")).len(), 130 - refused.len());
    let told = office.check(&list).success();
    for (count, kind) in [(130, "transcript"), (130 - refused.len(), "diploma")] {
        let says = format!("{count} candidates without an error would get a document of the kind {kind}");
        assert!(told.stderr.contains(&says), "{}", told.stderr);
    }
}

#[test]
fn the_same_facts_have_the_same_serial_and_digest_under_another_key() {
    let office = Office::with_keys("benin", &["other.key"]);
    office.new_trust(&["--key", "other.key.pub"]).success();
    let twin = office.copy();
    twin.issue(&sample("benin"), "one", &["--codes", "none"]).success();
    fs::copy(twin.path("BJ-OB.secret"), office.path("BJ-OB.secret")).unwrap();
    office.write_list(&sample("benin"));
    let pack = ["--trust", "trust.sceau", "--codes", "none", "--passphrase-file", "passphrase"];
    let other = ["issue", "list.csv", "--profile", "benin", "--key", "other.key", "--out", "two"];
    office.run(&[&other[..], &pack].concat()).success();
    let mut store = TrustStore::new();
    store.add(office.pack("trust.sceau"));
    let what = |office: &Office, out: &str| {
        let identity = |text: &str| {
            let report = verify(text, &store, office.now());
            let credential = report.credential().unwrap();
            (credential.serial().clone(), credential.digest())
        };
        documents(&office.path(out)).iter().map(|row| identity(&row.text)).collect::<Vec<_>>()
    };
    let texts =
        |office: &Office, out: &str| documents(&office.path(out)).into_iter().map(|row| row.text).collect::<Vec<_>>();
    assert_eq!(what(&twin, "one"), what(&office, "two"));
    assert_ne!(texts(&twin, "one"), texts(&office, "two"));
}

#[test]
fn a_secret_that_is_lost_or_another_one_seals_nothing() {
    let office = Office::new("benin");
    office.issue(&sample("benin"), "out", &["--codes", "none"]).success();
    let (secret, list) = (office.path("BJ-OB.secret"), format!("{}\r\n", sample("benin")));
    let good = fs::read(&secret).unwrap();
    fs::remove_file(&secret).unwrap();
    let lost = office.issue(&list, "late", &[]).status(2);
    assert!(lost.stderr.contains("BJ-OB.secret is missing, and documents were sealed with it"), "{}", lost.stderr);
    assert!(lost.stderr.contains("put the copy from the backup back"), "{}", lost.stderr);
    let stranger = Office::new("benin");
    stranger.issue(&sample("benin"), "out", &["--codes", "none"]).success();
    fs::copy(stranger.path("BJ-OB.secret"), &secret).unwrap();
    let other = office.issue(&list, "late", &[]).status(2);
    assert!(
        other.stderr.contains("is another secret than the one with which this office has sealed"),
        "{}",
        other.stderr
    );
    assert!(!office.path("late").exists());
    fs::write(&secret, good).unwrap();
    office.issue(&list, "late", &[]).success();
}

#[test]
fn a_list_with_faults_is_not_sealed_and_every_fault_is_one_json_object() {
    let office = Office::new("benin");
    let list = sample("benin").replacen(";D;", ";Z9;", 2);
    let stopped = office.issue(&list, "out", &["--json"]).status(1);
    let faults: Vec<serde_json::Value> =
        stopped.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(faults.len(), 2);
    assert_eq!((&faults[0]["column"], &faults[0]["kind"]), (&"Série".into(), &"unknown_series".into()));
    assert!(!office.path("out").exists());
    office.issue(&list, "out", &["--skip-faulty"]).success();
    let sealed = documents(&office.path("out"));
    let rows: Vec<_> = faults.iter().map(|fault| fault["row"].as_u64().unwrap().to_string()).collect();
    assert!(!sealed.is_empty() && sealed.iter().all(|row| !rows.contains(&row.row)));
}

#[test]
fn a_check_tells_the_faults_and_seals_nothing() {
    let office = Office::new("benin");
    let list = sample("benin").replacen(";D;", ";Z9;", 2);
    let checked = office.check(&list).status(1);
    assert_eq!(checked.stdout.matches("unknown_series").count(), 2, "{}", checked.stdout);
    assert!(checked.stderr.contains("130 rows read: 2 errors"), "{}", checked.stderr);
    office.check(&sample("benin")).success();
    assert!(office.events(&["batch"]).is_empty());
}

#[test]
fn nobody_gets_a_second_original() {
    let office = Office::new("benin");
    let list = sample("benin");
    office.issue(&list, "first", &[]).success();
    let again = office.issue(&format!("{list}\r\n"), "second", &["--json"]).success();
    assert!(again.stdout.lines().all(|line| line.contains("\"sealed_before\"")), "{}", again.stdout);
    assert_eq!(again.stdout.lines().count(), documents(&office.path("first")).len());
    let corrected = list.replacen(";Cotonou;", ";Parakou;", 1);
    let refused = office.issue(&corrected, "third", &["--json"]).status(1);
    assert_eq!(refused.stdout.matches("\"sealed_otherwise\"").count(), 1);
    assert!(!office.path("second").exists() && !office.path("third").exists());
    let (header, first) = list.split_once("\r\n").unwrap();
    let person = first.lines().find(|line| line.ends_with(";Admis")).unwrap();
    let renumbered = format!("{header}\r\n77777777;{}\r\n", person.split_once(';').unwrap().1);
    // however the name is written: capitals, accents and hyphens do not make another person
    let name = person.split(';').nth(1).unwrap();
    for list in [renumbered.clone(), renumbered.replacen(name, &name.to_lowercase(), 1)] {
        let stopped = office.issue(&list, "fourth", &["--json"]).status(1);
        assert_eq!(stopped.stdout.matches("\"same_person_sealed\"").count(), 1, "{}", stopped.stdout);
        assert!(!office.path("fourth").exists());
    }
    office.issue(&renumbered, "fourth", &["--another-person", "77777777"]).success();
    assert_eq!(documents(&office.path("fourth")).len(), 1);
}

#[test]
fn a_list_that_changed_waits_until_the_batch_begun_with_it_is_finished() {
    let office = Office::new("benin");
    let list = many_candidates(3_000);
    office.kill_when_begun(&list, "out");
    let refused = office.issue(&many_candidates(3_001), "other", &[]).status(2);
    assert!(refused.stderr.contains("of 3000 documents are sealed. Finish it first"), "{}", refused.stderr);
    office.issue(&list, "out", &[]).success();
    office.issue(&many_candidates(3_001), "other", &[]).success();
    assert_eq!(documents(&office.path("other")).len(), 1);
}

#[test]
fn what_does_not_fit_together_leaves_no_trace() {
    let office = Office::with_trust("benin", &["--maximum-count", "500"]);
    let profile = include_str!("../profiles/benin.toml").replace("Session de juin 2026", "Session de mai 2026");
    fs::write(office.path("other.toml"), profile).unwrap();
    let refused = office.issue_by("other.toml", &sample("benin"), "out").status(2);
    assert!(refused.stderr.contains("do not fit each other"), "{}", refused.stderr);
    assert!(!office.path("out").exists());
    office.issue(&sample("benin"), "out", &[]).success();
}

#[test]
fn a_key_seals_only_what_its_entry_says() {
    let office = Office::new("benin");
    let stranger = Office::new("benin");
    fs::copy(office.path("trust.sceau"), stranger.path("trust.sceau")).unwrap();
    let refused = stranger.issue(&sample("benin"), "out", &[]).status(2);
    assert!(refused.stderr.contains("does not name this key"), "{}", refused.stderr);

    let other_kind = Office::with_trust("morocco", &["--maximum-count", "10"]);
    let refused = other_kind.issue(&sample("morocco"), "out", &[]).status(2);
    assert!(refused.stderr.contains("may seal 10 documents"), "{}", refused.stderr);
    let refused = other_kind.issue(&sample("morocco"), "out", &["--kind", "attestation"]).status(2);
    assert!(refused.stderr.contains("makes no attestation"), "{}", refused.stderr);

    let late = Office::with_trust("benin", &["--from", "2020-01-01", "--until", "2020-01-31"]);
    let refused = late.issue(&sample("benin"), "out", &[]).status(2);
    assert!(
        refused.stderr.contains("may seal from 2020-01-01T00:00:00Z to 2020-01-31T23:59:59Z"),
        "{}",
        refused.stderr
    );
    assert!(!late.path("out").exists());
}

#[test]
fn nothing_is_written_into_a_folder_that_holds_something_else() {
    let office = Office::new("benin");
    fs::create_dir(office.path("out")).unwrap();
    fs::write(office.path("out").join("letter.txt"), "mine").unwrap();
    let refused = office.issue(&sample("benin"), "out", &[]).status(2);
    assert!(refused.stderr.contains("is not empty"), "{}", refused.stderr);
    assert_eq!(fs::read_dir(office.path("out")).unwrap().count(), 1);
}

#[test]
fn a_changed_result_is_named_and_not_mended_silently() {
    let office = Office::new("benin");
    office.issue(&sample("benin"), "out", &[]).success();
    let path = office.path("out").join("documents.csv");
    let mut changed = fs::read(&path).unwrap();
    changed[100] ^= 1;
    fs::write(&path, changed).unwrap();
    let refused = office.issue(&sample("benin"), "out", &[]).status(2);
    assert!(refused.stderr.contains("documents.csv was changed since it was written"), "{}", refused.stderr);
}

#[test]
fn a_run_killed_at_many_moments_ends_with_the_bytes_of_one_that_was_not() {
    let office = Office::new("benin");
    let list = many_candidates(3_000);
    office.kill_when_begun(&list, "killed");
    let undisturbed = office.copy();
    undisturbed.issue(&list, "whole", &[]).success();
    for moment in 0..12 {
        office.kill_after(&list, "killed", Duration::from_millis(700 + moment * 200));
    }
    office.issue(&list, "killed", &[]).success();
    let (whole, killed) = (undisturbed.tree("whole"), office.tree("killed"));
    assert!(whole.len() > 6_000, "{} files", whole.len());
    assert_eq!(whole.keys().collect::<Vec<_>>(), killed.keys().collect::<Vec<_>>());
    assert!(whole == killed);
}

#[test]
fn two_programs_never_seal_with_one_key_at_a_time() {
    let office = Office::new("benin");
    let mut running = office.start_and_wait(&many_candidates(8_000), "one");
    let refused = office.issue(&sample("benin"), "two", &[]).status(2);
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(refused.stderr.contains("another program is sealing in this office's folder"), "{}", refused.stderr);
}

#[test]
fn without_a_trust_pack_it_says_how_to_make_one() {
    let office = Office::new("benin");
    fs::remove_file(office.path("trust.sceau")).unwrap();
    let refused = office.issue(&sample("benin"), "out", &[]).status(2);
    assert!(refused.stderr.contains("make one with: issuer trust new"), "{}", refused.stderr);
}
