//! Two clerks decide on the status of documents, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::Reason;
use office::many_candidates;
use office::sealed::Sealed;

const BOTH: [&str; 3] = ["--clerk", "anna.key", "bruno.key"];

#[test]
fn only_two_clerks_together_decide_and_each_line_holds_both_signatures() {
    let sealed = with_clerks();
    let withdraw = |trust, out, clerks: &[&str]| {
        let what = ["--serial", &sealed.serials[0], "--reason", "Fraud"];
        sealed.change("withdraw", trust, out, &[&what, clerks].concat())
    };
    for (clerks, said) in [
        (&[][..], "name the keys of 2 clerks with --clerk"),
        (&["--clerk", "anna.key"], "name the keys of 2 clerks with --clerk"),
        (&["--clerk", "anna.key", "anna.key"], "is named twice; 2 persons decide"),
        (&["--clerk", "anna.key", "lists.key"], "is not the key of a clerk for these documents"),
    ] {
        let refused = withdraw("trust.sceau", "2.sceau", clerks).status(2);
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
    }
    assert!(!sealed.office.path("2.sceau").exists() && sealed.history().lines().count() == 1);
    let done = withdraw("trust.sceau", "2.sceau", &BOTH).success();
    assert!(done.stderr.contains("newly withdrawn: 1, signed by two clerks"), "{}", done.stderr);
    sealed.judged("2.sceau", &[Reason::Withdrawn]);
    assert_eq!(sealed.history().lines().last().unwrap().matches("\"signature\":").count(), 2);

    let rows = [1, 2, 3].map(|i| format!("{};Inquiry {i}\n", sealed.serials[i])).concat();
    fs::write(sealed.office.path("list.csv"), format!("serial;reason\n{rows}")).unwrap();
    let suspend = [&["--csv", "list.csv"][..], &BOTH].concat();
    sealed.change("suspend", "2.sceau", "3.sceau", &suspend).success();
    let suspended = Reason::Suspended;
    sealed.judged("3.sceau", &[Reason::Withdrawn, suspended, suspended, suspended]);
    assert_eq!(sealed.history().matches("\"signature\":").count(), 2 * 5);

    let (history, pack) = (sealed.history(), fs::read(sealed.office.path("3.sceau")).unwrap());
    sealed.change("suspend", "2.sceau", "4.sceau", &suspend).success();
    assert!(sealed.history() == history && fs::read(sealed.office.path("4.sceau")).unwrap() == pack);
}

#[test]
fn a_correction_needs_both_clerks_too() {
    let sealed = with_clerks();
    let list = sealed.rows(&[0], |row| row.replacen("-AAA", "-ZZZ", 1));
    let refused = sealed.edition("correct", &list, "trust.sceau", "new", &["--decision", "D"]).status(2);
    assert!(refused.stderr.contains("2 persons decide on these documents"), "{}", refused.stderr);
    sealed.edition("correct", &list, "trust.sceau", "new", &[&["--decision", "D"][..], &BOTH].concat()).success();
    sealed.judged("new/trust.sceau", &[Reason::Replaced]);
    assert_eq!(sealed.history().matches("\"signature\":").count(), 2 * 2);
}

#[test]
fn a_line_that_two_clerks_did_not_sign_is_found() {
    let sealed = with_clerks();
    let clerks = [&["--serial", &sealed.serials[0], "--reason", "Fraud"][..], &BOTH].concat();
    let early = sealed.office.witnesses();
    sealed.change("withdraw", "trust.sceau", "2.sceau", &clerks).success();
    let good = sealed.history();
    let last = good.lines().last().unwrap();
    let number: u64 = serde_json::from_str::<serde_json::Value>(last).unwrap()["number"].as_u64().unwrap();
    let signatures = last.split_once(",\"signatures\":").unwrap();
    let first_alone = format!("{}]}}", last.split_once("},{").unwrap().0.to_owned() + "}");
    for (changed, said) in [
        (last.replace("Fraud", "Error"), "does not hold"),
        (format!("{}}}", signatures.0), "0 clerks have signed it, 2 must"),
        (first_alone, "1 clerks have signed it, 2 must"),
    ] {
        let line = changed.replace('\'', "''");
        assert_eq!(sealed.office.tamper(&format!("UPDATE event SET line = '{line}' WHERE number = {number}")), 1);
        sealed.office.put_back(&early);
        let refused = sealed.change("withdraw", "2.sceau", "3.sceau", &clerks).status(2);
        assert!(
            refused.stderr.contains(&format!("event {number}")) && refused.stderr.contains(said),
            "{said}: {}",
            refused.stderr
        );
    }
    let line = last.replace('\'', "''");
    sealed.office.tamper(&format!("UPDATE event SET line = '{line}' WHERE number = {number}"));
    sealed.change("withdraw", "2.sceau", "3.sceau", &clerks).success();
}

#[test]
fn the_clerks_change_only_by_two_of_those_before_them() {
    let sealed = with_clerks();
    sealed.office.new_keys(&["clara.key"]);
    profile(&sealed, "new.toml", &["clara.key.pub", "bruno.key.pub"]);
    let refused = name(&sealed, "new.toml", &["clara.key", "bruno.key"]).status(2);
    assert!(refused.stderr.contains("is not the key of a clerk for these documents"), "{}", refused.stderr);
    name(&sealed, "new.toml", &["anna.key", "bruno.key"]).success();
    let again = name(&sealed, "new.toml", &["clara.key", "bruno.key"]).success();
    assert!(again.stderr.contains("already, as before"), "{}", again.stderr);
    assert_eq!(sealed.history().lines().count(), 2);
    let what = ["--serial", &sealed.serials[0], "--reason", "Fraud"];
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &[&what[..], &BOTH].concat()).status(2);
    assert!(refused.stderr.contains("is not the key of a clerk"), "{}", refused.stderr);
    let new = ["--clerk", "clara.key", "bruno.key"];
    sealed.change("withdraw", "trust.sceau", "2.sceau", &[&what[..], &new].concat()).success();
}

#[test]
fn nothing_is_sealed_by_a_profile_whose_clerks_were_not_named() {
    let sealed = Sealed::new();
    clerks_keys(&sealed);
    profile(&sealed, "two.toml", &["anna.key.pub", "bruno.key.pub"]);
    let refused = sealed.office.issue_by("two.toml", &many_candidates(41), "late").status(2);
    assert!(refused.stderr.contains("name them first, with `issuer status clerks`"), "{}", refused.stderr);
    assert!(!sealed.office.path("late").exists());
    let refused = sealed.change(
        "withdraw",
        "trust.sceau",
        "2.sceau",
        &["--serial", &sealed.serials[0], "--reason", "F", "--clerk", "anna.key", "bruno.key"],
    );
    assert!(refused.status(2).stderr.contains("nobody was named a clerk for these documents"));
    name(&sealed, "two.toml", &["anna.key", "bruno.key"]).success();
    sealed.office.issue_by("two.toml", &many_candidates(41), "late").success();
}

/// An office that has sealed a list and where Anna and Bruno decide.
fn with_clerks() -> Sealed {
    let sealed = Sealed::new();
    clerks_keys(&sealed);
    profile(&sealed, "two.toml", &["anna.key.pub", "bruno.key.pub"]);
    name(&sealed, "two.toml", &["anna.key", "bruno.key"]).success();
    sealed
}

fn clerks_keys(sealed: &Sealed) {
    sealed.office.new_keys(&["anna.key", "bruno.key"]);
}

/// The profile of Benin with two persons.
fn profile(sealed: &Sealed, name: &str, clerks: &[&str]) {
    let line =
        |clerk: &&str| format!("{:?}", fs::read_to_string(sealed.office.path(clerk)).unwrap().lines().nth(1).unwrap());
    let lines = clerks.iter().map(line).collect::<Vec<_>>().join(", ");
    let rule = format!("[status]\ntwo_persons = true\nclerks = [{lines}]\n");
    fs::write(sealed.office.path(name), include_str!("../profiles/benin.toml").replace("[status]\n", &rule)).unwrap();
}

fn name(sealed: &Sealed, profile: &str, clerks: &[&str]) -> office::Ended {
    let keys = ["--key", "session.key", "--passphrase-file", "passphrase", "--clerk"];
    sealed.office.run(&[&["status", "clerks", "--profile", profile][..], &keys, clerks].concat())
}
