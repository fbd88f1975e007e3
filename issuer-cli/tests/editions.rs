//! Corrections and duplicates, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::document::{Edition, Text};
use credential_core::lists::ListPlace;
use credential_core::{Anchor, Pack, Reason, TrustStore};
use office::sealed::Sealed;
use office::{documents, many_candidates};

const DECISION: &str = "Décision 12/2026";

#[test]
fn three_corrections_name_what_they_replace_and_the_old_ones_count_as_replaced() {
    let sealed = Sealed::new();
    let list = sealed.rows(&[3, 1, 7], |row| row.replace(";Cotonou;", ";Parakou;").replace("-AA", "-ZZ"));
    let done = sealed.correct(&list, "trust.sceau", "corrections", &[]).success();
    assert!(done.stderr.contains("3 corrections sealed as of"), "{}", done.stderr);
    assert!(done.stderr.contains("marked as replaced, by Décision 12/2026"), "{}", done.stderr);
    let (pack, replaced) = ("corrections/trust.sceau", Reason::Replaced);
    let genuine = Reason::Genuine;
    sealed.judged(pack, &[genuine, replaced, genuine, replaced, genuine, genuine, genuine, replaced]);
    sealed.judged("trust.sceau", &[]);
    for (row, old) in documents(&sealed.office.path("corrections")).iter().zip([3, 1, 7]) {
        for pack in ["trust.sceau", pack] {
            let report = sealed.report(&row.text, pack);
            assert_eq!(report.reason(), Reason::Genuine, "{pack}");
            let document = report.document().unwrap();
            let decision = Some(Text::new(DECISION).unwrap());
            assert_eq!(document.edition, Edition::Correction { number: 2, replaces: sealed.serial(old), decision });
            assert!(document.holder.first().contains("-ZZ"), "{}", document.holder.first());
        }
        assert!(done.stderr.contains(&format!("edition 2, for {}", sealed.serials[old])), "{}", done.stderr);
    }
    assert_eq!(sealed.history().matches("\"to\":\"replaced\",\"reason\":\"Décision 12/2026\"").count(), 3);
}

#[test]
fn a_duplicate_says_the_same_and_the_first_copy_is_replaced_or_stays_as_is_decided() {
    let sealed = Sealed::new();
    sealed.duplicate(&sealed.rows(&[0], same), "trust.sceau", "one", &[]).success();
    let beside = sealed.duplicate(&sealed.rows(&[1], same), "one/trust.sceau", "two", &["--keep-first"]).success();
    assert!(beside.stderr.contains("the documents that they stand for stay in force"), "{}", beside.stderr);
    sealed.judged("two/trust.sceau", &[Reason::Replaced, Reason::Genuine]);
    for (out, old) in [("one", 0), ("two", 1)] {
        let new = sealed.report(&documents(&sealed.office.path(out))[0].text, "two/trust.sceau");
        let first = sealed.report(&sealed.texts[old], "trust.sceau");
        assert_eq!(new.reason(), Reason::Genuine);
        let mut expected = first.document().unwrap().clone();
        expected.edition = Edition::Duplicate { number: 2, replaces: Some(sealed.serial(old)) };
        assert_eq!(new.document(), Some(&expected));
    }
}

#[test]
fn a_run_killed_before_the_histories_follows_a_withdrawal_that_came_between() {
    let sealed = Sealed::new();
    let list = sealed.rows(&[0], rename);
    let early = sealed.office.witnesses();
    sealed.correct(&list, "trust.sceau", "corrections", &[]).success();
    let pack = sealed.office.path("corrections/trust.sceau");
    fs::remove_file(&pack).unwrap();
    fs::remove_file(sealed.office.path("corrections/manifest.sceau")).unwrap();
    let decided = sealed.office.events(&["decision"]).len() + 1;
    let last = "(SELECT max(number) FROM event)";
    assert_eq!(sealed.office.tamper(&format!("DELETE FROM event WHERE number > {last} - {decided}")), decided);
    sealed.office.put_back(&early);
    sealed.status("withdraw", &[1], "Fraud", "trust.sceau", "2.sceau").success();
    sealed.correct(&list, "2.sceau", "corrections", &[]).success();
    sealed.judged("corrections/trust.sceau", &[Reason::Replaced, Reason::Withdrawn]);
    let held = sealed.office.pack("2.sceau");
    let new = Pack::open(&fs::read(pack).unwrap(), Anchor::Held).unwrap();
    let mut store = TrustStore::new();
    [held, new.clone()].into_iter().for_each(|pack| store.add(pack));
    assert_eq!(store.place(new.trust()), ListPlace::Newest);
}

#[test]
fn editions_rise_along_a_chain_and_only_its_end_is_followed() {
    let sealed = Sealed::new();
    let corrected = sealed.rows(&[0], rename);
    let one = sealed.correct(&corrected, "trust.sceau", "1", &[]).success();
    let two = sealed.duplicate(&corrected, "1/trust.sceau", "2", &["--old", "1"]).success();
    let again = ["--old", "1", "--old", "2", "--decision", "Request 2"];
    sealed.edition("duplicate", &corrected, "2/trust.sceau", "3", &again).success();
    let editions = ["1", "2", "3"].map(|out| sealed.report_of(out, "3/trust.sceau"));
    let reasons = editions.each_ref().map(|(report, _)| report.reason());
    assert_eq!(reasons, [Reason::Replaced, Reason::Replaced, Reason::Genuine]);
    let [first, second, third] = editions.each_ref().map(|(report, _)| report.document().unwrap().edition.clone());
    assert!(matches!(first, Edition::Correction { number: 2, .. }), "{first:?}");
    assert_eq!(second, Edition::Duplicate { number: 3, replaces: Some(editions[0].1.clone()) });
    assert_eq!(third, Edition::Duplicate { number: 4, replaces: Some(editions[1].1.clone()) });
    assert!(one.stderr.contains("edition 2") && two.stderr.contains("edition 3"), "{}{}", one.stderr, two.stderr);

    let original = &sealed.serials[0];
    fs::write(sealed.office.path("map.csv"), format!("number;serial\n90000000;{original}\n")).unwrap();
    let named = ["--replaces", "map.csv", "--decision", "Decision 9"];
    let other = sealed.rows(&[0], |row| row.replace("-AAA", "-BBB"));
    let refused = sealed.edition("correct", &other, "3/trust.sceau", "4", &named).status(1);
    let current = format!("{original} has a later edition already, {}; that one is to be followed", editions[2].1);
    assert!(refused.stdout.contains(&current), "{}", refused.stdout);
    assert!(!sealed.office.path("4").exists());
}

#[test]
fn a_correction_replaces_every_copy_that_stayed_in_force() {
    let sealed = Sealed::new();
    sealed.duplicate(&sealed.rows(&[5], same), "trust.sceau", "copy", &["--keep-first"]).success();
    sealed.correct(&sealed.rows(&[5], rename), "copy/trust.sceau", "new", &["--old", "copy"]).success();
    let genuine = Reason::Genuine;
    sealed.judged("new/trust.sceau", &[genuine, genuine, genuine, genuine, genuine, Reason::Replaced]);
    assert_eq!(sealed.report_of("copy", "new/trust.sceau").0.reason(), Reason::Replaced);
    assert_eq!(sealed.report_of("new", "new/trust.sceau").0.reason(), Reason::Genuine);
}

#[test]
fn every_row_at_fault_is_named_in_one_pass_and_nothing_is_sealed() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    sealed.status("suspend", &[1], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.status("replace", &[2], "Elsewhere", "3.sceau", "4.sceau").success();
    let list = sealed.rows(&[0, 1, 2, 3, 4, 5, 6, 7], |row| match &row[..8] {
        "90000003" => row.to_owned(),
        "90000004" => rename(row).replace("90000004", "90000999"),
        "90000005" => rename(row).replace(";Admis", ";Refusé"),
        "90000007" => row.replacen(";C;", ";Z9;", 1).replacen(";D;", ";Z9;", 1).replacen(";A1;", ";Z9;", 1),
        _ => rename(row),
    });
    let refused = sealed.correct(&list, "4.sceau", "new", &["--json"]).status(1);
    let faults: Vec<serde_json::Value> =
        refused.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut errors: Vec<_> = faults.iter().filter(|fault| fault["severity"] == "error").collect();
    errors.sort_by_key(|fault| fault["row"].as_u64());
    let kinds: Vec<_> =
        errors.iter().map(|fault| (fault["row"].as_u64().unwrap(), fault["kind"].as_str().unwrap())).collect();
    let (current, missing) = ("not_current", "no_old_document");
    let expected =
        [(2, current), (3, current), (4, current), (5, "nothing_corrected"), (6, missing), (7, "not_admitted")];
    let of_list = [(9, "unknown_series")];
    assert_eq!(kinds, [&expected[..], &of_list].concat(), "{}", refused.stdout);
    let says =
        |at: usize, words: &str| assert!(errors[at]["message"].as_str().unwrap().contains(words), "{at}: {faults:?}");
    says(0, "is withdrawn (Fraud), and a withdrawal is final");
    says(1, "is suspended (Inquiry); end that first");
    says(2, "is replaced already (Elsewhere)");
    says(3, "there is nothing to correct; use `issuer duplicate`");
    assert!(!sealed.office.path("new").exists());

    let list = sealed.rows(&[3, 4], |row| if row.starts_with("90000003") { rename(row) } else { row.to_owned() });
    let refused = sealed.duplicate(&list, "4.sceau", "new", &[]).status(1);
    assert!(
        refused.stdout.contains("row 2, column N° table: error: the row does not say the same as"),
        "{}",
        refused.stdout
    );
    assert!(refused.stdout.contains("holder differ; use `issuer correct` [duplicate_differs]"), "{}", refused.stdout);
    assert!(!refused.stdout.contains("row 3") && !sealed.office.path("new").exists());
    assert_eq!(sealed.history().lines().count(), 3);
}

#[test]
fn after_a_key_is_closed_another_key_corrects_its_documents() {
    let sealed = Sealed::with_register_key();
    sealed.with_later_key("both.sceau");
    sealed.office.close("both.sceau", "closed.sceau", &[]).success();
    let list = sealed.rows(&[2], rename);
    let refused = sealed.correct(&list, "closed.sceau", "new", &[]).status(2);
    assert!(refused.stderr.contains("was closed at"), "{}", refused.stderr);
    assert!(refused.stderr.contains("Seal with another key of this authority with --key"), "{}", refused.stderr);

    sealed.edition_by("later.key", "correct", &list, "closed.sceau", "new", &["--decision", "D"]).success();
    sealed.judged("new/trust.sceau", &[Reason::Genuine, Reason::Genuine, Reason::Replaced]);
    assert_eq!(sealed.report_of("new", "new/trust.sceau").0.reason(), Reason::Genuine);

    let with_both = ["--old", "new", "--decision", "E"];
    sealed.edition_by("later.key", "duplicate", &list, "new/trust.sceau", "copy", &with_both).success();
    let (copy, _) = sealed.report_of("copy", "copy/trust.sceau");
    assert!(matches!(copy.document().unwrap().edition, Edition::Duplicate { number: 3, .. }), "{copy:?}");
    assert_eq!(sealed.report_of("new", "copy/trust.sceau").0.reason(), Reason::Replaced);
}

#[test]
fn a_corrected_list_gives_nobody_a_second_original() {
    let sealed = Sealed::new();
    sealed.correct(&sealed.rows(&[0], rename), "trust.sceau", "new", &[]).success();
    let corrected = many_candidates(41).replacen("-AAA", "-ZZZ", 1);
    let again = sealed.office.issue(&corrected, "late", &["--json"]).success();
    assert_eq!(again.stdout.matches("\"sealed_before\"").count(), 40, "{}", again.stdout);
    assert_eq!(documents(&sealed.office.path("late")).len(), 1);
    let uncorrected = sealed.office.issue(&many_candidates(42), "later", &["--json"]).status(1);
    assert_eq!(uncorrected.stdout.matches("\"sealed_otherwise\"").count(), 1, "{}", uncorrected.stdout);
}

#[test]
fn later_editions_count_against_the_key_s_maximum() {
    let sealed = Sealed::new();
    let keys = ["--root", "root.key", "--list-key", "lists.key", "--key", "session.key.pub", "--from", "2020-01-01"];
    let new = ["trust", "new", "--profile", "benin", "--out", "small.sceau", "--maximum-count", "41"];
    sealed.office.run(&[&new[..], &keys, &["--passphrase-file", "passphrase"]].concat()).success();
    sealed.correct(&sealed.rows(&[0], rename), "small.sceau", "one", &[]).success();
    let history = sealed.history();
    let refused = sealed.correct(&sealed.rows(&[1], rename), "one/trust.sceau", "two", &[]).status(2);
    assert!(refused.stderr.contains("may seal 41 documents; with this batch it would be 42"), "{}", refused.stderr);
    assert!(!sealed.office.path("two").exists() && sealed.history() == history);
}

fn same(row: &str) -> String {
    row.to_owned()
}

/// Another name for whoever stands in the row.
fn rename(row: &str) -> String {
    let cells: Vec<&str> = row.split(';').collect();
    let name = format!("{}-ZZZ", cells[1].rsplit_once('-').unwrap().0);
    [cells[0], &name, &cells[2..].join(";")].join(";")
}
