//! Status changes of sealed documents, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::Reason;
use office::sealed::Sealed;

#[test]
fn status_changes_are_seen_with_the_new_pack_and_not_with_the_old() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1], "Fraud, 12/2026", "trust.sceau", "2.sceau").success();
    sealed.status("suspend", &[2, 3], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.status("reinstate", &[3], "Inquiry closed", "3.sceau", "4.sceau").success();
    sealed.status("replace", &[4], "New edition", "4.sceau", "5.sceau").success();
    let (withdrawn, suspended) = (Reason::Withdrawn, Reason::Suspended);
    sealed.judged("trust.sceau", &[]);
    sealed.judged("2.sceau", &[withdrawn, withdrawn]);
    sealed.judged("3.sceau", &[withdrawn, withdrawn, suspended, suspended]);
    sealed.judged("4.sceau", &[withdrawn, withdrawn, suspended]);
    sealed.judged("5.sceau", &[withdrawn, withdrawn, suspended, Reason::Genuine, Reason::Replaced]);
    assert_eq!(sealed.history().lines().count(), 6);
    let (old, new) = (sealed.office.pack("trust.sceau"), sealed.office.pack("5.sceau"));
    assert_eq!(old.trust().as_bytes(), new.trust().as_bytes());
    assert_eq!(old.dictionaries()[0].as_bytes(), new.dictionaries()[0].as_bytes());
    assert_eq!(new.statuses()[0].expires() - new.statuses()[0].as_of(), 90 * 86_400);
}

#[test]
fn a_withdrawal_is_final() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    for action in ["reinstate", "suspend", "replace", "withdraw"] {
        let refused = sealed.status(action, &[0], "Second thoughts", "2.sceau", "3.sceau").status(2);
        assert!(refused.stderr.contains("a withdrawal is final"), "{}", refused.stderr);
    }
    let refused = sealed.status("reinstate", &[1], "Mistake", "2.sceau", "3.sceau").status(2);
    assert!(refused.stderr.contains("only a suspended document can be reinstated"), "{}", refused.stderr);
    assert!(!sealed.office.path("3.sceau").exists());
    assert_eq!(sealed.history().lines().count(), 1);
}

#[test]
fn every_serial_at_fault_is_named_in_one_pass_and_nothing_is_changed() {
    let sealed = Sealed::new();
    let list = format!("serial;reason\n{};Fraud\n00000000000000aa;Fraud\n00000000000000bb;\n", sealed.serials[0]);
    fs::write(sealed.office.path("list.csv"), &list).unwrap();
    let csv = ["--csv", "list.csv", "--reason", "Decision 3"];
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).status(2);
    assert!(refused.stderr.contains("2 of 3 documents are at fault"), "{}", refused.stderr);
    assert!(
        refused.stderr.contains("00000000000000aa is not in") && refused.stderr.contains("00000000000000bb is not")
    );
    assert!(!sealed.office.path("2.sceau").exists() && sealed.history().is_empty());

    fs::write(sealed.office.path("list.csv"), list.replace("00000000000000bb", "not a serial")).unwrap();
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).status(2);
    assert!(refused.stderr.contains("no. 3: `not a serial` is not a serial"), "{}", refused.stderr);
    assert!(refused.stderr.contains("00000000000000aa is not in"), "in the same pass: {}", refused.stderr);
    assert!(refused.stderr.contains("2 of 3 documents are at fault"), "{}", refused.stderr);

    fs::write(sealed.office.path("list.csv"), format!("serial,reason\n{},\n", sealed.serials[5])).unwrap();
    sealed.change("withdraw", "trust.sceau", "2.sceau", &csv).success();
    assert!(sealed.history().contains("Decision 3"));
}

#[test]
fn a_run_killed_between_history_and_pack_is_run_again_without_a_second_record() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1], "Fraud", "trust.sceau", "2.sceau").success();
    let (history, pack) = (sealed.history(), sealed.office.path("2.sceau"));
    fs::remove_file(&pack).unwrap(); // as if killed before it was there
    let again = sealed.status("withdraw", &[0, 1, 2], "Fraud", "trust.sceau", "2.sceau").success();
    assert!(again.stderr.contains("newly withdrawn: 1 (2 before)"), "{}", again.stderr);
    assert!(sealed.history().starts_with(&history));
    assert_eq!(sealed.history().lines().count(), 3);
    sealed.judged("2.sceau", &[Reason::Withdrawn; 3]);
}

#[test]
fn an_older_pack_undoes_no_decision() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    sealed.status("suspend", &[1], "Inquiry", "trust.sceau", "3.sceau").success();
    sealed.judged("3.sceau", &[Reason::Withdrawn, Reason::Suspended]);
}

#[test]
fn a_broken_chain_is_named_and_nothing_is_written() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0, 1, 2], "Fraud", "trust.sceau", "2.sceau").success();
    let first: u64 = sealed.office.events(&["began", "key", "batch", "secret", "documents", "ended"]).len() as u64 + 1;
    let second = first + 1;
    let broken = [
        (format!("UPDATE event SET line = replace(line, 'Fraud', 'Error') WHERE number = {first}"), second),
        (format!("DELETE FROM event WHERE number = {second}"), second),
        (format!("UPDATE event SET line = replace(line, '{{', '{{ ') WHERE number = {first}"), first),
        (
            format!("UPDATE event SET line = (SELECT line FROM event WHERE number = {second}) WHERE number = {first}"),
            first,
        ),
    ];
    for (statement, number) in broken {
        let office = sealed.office.copy_whole();
        assert_eq!(office.tamper(&statement), 1);
        let change = ["status", "suspend", "--key", "session.key", "--list-key", "lists.key", "--trust", "2.sceau"];
        let what = ["--out", "3.sceau", "--reason", "Inquiry", "--serial", &sealed.serials[3]];
        let refused = office.run_with_keys(&[&change[..], &what].concat()).status(2);
        let named = "the ledger ledger.sqlite is damaged; put its newest copy back";
        assert!(refused.stderr.contains(named), "{}", refused.stderr);
        assert!(refused.stderr.contains(&format!("event {number}: ")), "{number}: {}", refused.stderr);
        assert!(!office.path("3.sceau").exists());
    }
    // a tail that was cut leaves a whole chain: what bears witness to it tells
    let office = sealed.office.copy_whole();
    office.tamper(&format!("DELETE FROM event WHERE number > {first}"));
    let refused = office.run(&["search", "90000000"]).status(2);
    assert!(refused.stderr.contains("is older than it should be"), "{}", refused.stderr);
}

#[test]
fn only_the_list_key_of_the_authority_signs_and_no_file_is_overwritten() {
    let sealed = Sealed::new();
    let keys = ["--key", "session.key", "--list-key", "root.key", "--passphrase-file", "passphrase"];
    let what = ["--trust", "trust.sceau", "--out", "2.sceau", "--reason", "Fraud", "--serial", &sealed.serials[0]];
    let refused = sealed.office.run(&[&["status", "withdraw"][..], &keys, &what].concat()).status(2);
    assert!(refused.stderr.contains("does not sign status lists of"), "{}", refused.stderr);
    let refused = sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "trust.sceau").status(2);
    assert!(refused.stderr.contains("trust.sceau exists; nothing is overwritten"), "{}", refused.stderr);
    assert!(sealed.history().is_empty());
}

#[test]
fn a_list_is_renewed_with_what_the_history_holds_even_from_an_older_pack() {
    let sealed = Sealed::new();
    sealed.with_later_key("both.sceau");
    sealed.status("withdraw", &[0], "Fraud", "both.sceau", "2.sceau").success();
    let history = sealed.history();
    let before = sealed.office.now();
    let keys = ["--list-key", "lists.key", "--passphrase-file", "passphrase", "--trust", "both.sceau"];
    let renew = |more: &[&str]| sealed.office.run(&[&["status", "renew"][..], &keys, more].concat());
    renew(&["--out", "4.sceau"]).success();
    sealed.judged("4.sceau", &[Reason::Withdrawn]);
    let (old, new) = (sealed.office.pack("both.sceau"), sealed.office.pack("4.sceau"));
    assert_eq!(old.trust().as_bytes(), new.trust().as_bytes());
    for list in new.statuses() {
        assert!(list.as_of() >= before && list.expires() - list.as_of() == 90 * 86_400);
    }
    assert_eq!(sealed.history(), history);
    let foreign = sealed
        .office
        .run(&[&["status", "renew", "--list-key", "root.key", "--out", "5.sceau"][..], &keys[2..]].concat());
    assert!(foreign.status(2).stderr.contains("none of the keys with --list-key signs it"));
    assert!(!sealed.office.path("5.sceau").exists());
}

#[test]
fn a_pack_built_on_the_one_that_verifiers_hold_lacks_nothing_of_it() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    for (at, from) in [&["--from", "trust.sceau"][..], &[], &["--from", "trust.sceau", "2.sceau"]].iter().enumerate() {
        let out = format!("built-{at}.sceau");
        let rest = ["--profile", "benin", "--held", "2.sceau", "--out", &out];
        sealed.office.run(&[&["pack", "build", "--trust", "trust.sceau"], &rest[..], from].concat()).success();
        sealed.judged(&out, &[Reason::Withdrawn]);
    }
}
