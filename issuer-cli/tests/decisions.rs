//! Decisions count, stand and are told apart by what a document states: through the real program and as verifiers keep
//! packs.
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::document::World;
use credential_core::lists::{Statement, StatusClaims, StatusList};
use credential_core::sealing::{Compactor, Sealer, issue};
use credential_core::{Anchor, Pack, Reason, TrustStore, verify};
use office::sealed::Sealed;

/// What a verifier has that held one pack and was given another, at its own time.
fn followed(sealed: &Sealed, new: &str, held: Pack, now: u64) -> Pack {
    let mut store = TrustStore::new();
    store.add(held);
    store.add(Pack::open(&fs::read(sealed.office.path(new)).unwrap(), Anchor::Held).unwrap());
    let [state] = store.states() else { panic!("one anchor") };
    Pack::open(&store.kept(state, now, true).unwrap(), Anchor::Fingerprint(*state.root())).unwrap()
}

fn reasons(sealed: &Sealed, pack: Pack, now: u64) -> Vec<Reason> {
    let mut store = TrustStore::new();
    store.add(pack);
    sealed.texts.iter().map(|text| verify(text, &store, now).reason()).collect()
}

/// The reasons of the first documents, all others genuine.
fn first(reasons: &[Reason]) -> Vec<Reason> {
    let mut all = vec![Reason::Genuine; 40];
    all[..reasons.len()].copy_from_slice(reasons);
    all
}

fn seqs(sealed: &Sealed, pack: &str) -> Vec<(u64, u64)> {
    sealed.office.pack(pack).statuses().iter().map(|list| (list.number(), list.seq())).collect()
}

#[test]
fn a_list_states_what_was_decided_and_counts_every_decision() {
    let sealed = Sealed::new();
    assert_eq!(seqs(&sealed, "trust.sceau"), [(1, 0)]);
    assert_eq!(sealed.office.pack("trust.sceau").statuses()[0].statements().count(), 0);
    sealed.status("suspend", &[0, 1, 2], "Inquiry", "trust.sceau", "2.sceau").success();
    sealed.status("reinstate", &[1], "Closed", "2.sceau", "3.sceau").success();
    sealed.status("withdraw", &[2], "Fraud", "3.sceau", "4.sceau").success();
    assert_eq!(seqs(&sealed, "4.sceau"), [(1, 5)]);
    let pack = sealed.office.pack("4.sceau");
    let mut said: Vec<_> = pack.statuses()[0].statements().map(|(_, statement)| statement).collect();
    said.sort_unstable();
    assert_eq!(said, [Statement::Withdrawn, Statement::Suspended, Statement::Reinstated(4)]);
    // signed again without a decision: the same count, a later time
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    sealed.renew("4.sceau", "5.sceau").success();
    let renewed = sealed.office.pack("5.sceau");
    assert_eq!(seqs(&sealed, "5.sceau"), [(1, 5)]);
    assert!(renewed.statuses()[0].as_of() > pack.statuses()[0].as_of());
    assert!(renewed.statuses()[0].statements().eq(pack.statuses()[0].statements()));
    let line: serde_json::Value = serde_json::from_str(sealed.history().lines().last().unwrap()).unwrap();
    assert_eq!((&line["seq"], &line["serial"]), (&5.into(), &sealed.serials[2].as_str().into()));
    assert_eq!(line["digest"].as_str().unwrap().len(), 64);
}

#[test]
fn a_forgery_with_the_serial_of_an_innocent_is_withdrawn_and_the_innocent_is_not() {
    let sealed = Sealed::new();
    let forged = sealed.forged_as(&sealed.serial(3), sealed.office.now());
    assert_eq!(sealed.report(&forged, "trust.sceau").reason(), Reason::Genuine, "as far as verifiers know");
    fs::write(sealed.office.path("forged.txt"), format!("{forged}\n")).unwrap();
    let by_code = ["--reason", "Forged with a lost key", "--code", "forged.txt"];
    sealed.change("withdraw", "trust.sceau", "2.sceau", &by_code).success();
    assert_eq!(sealed.report(&forged, "2.sceau").reason(), Reason::Withdrawn);
    sealed.judged("2.sceau", &[]);
    let line: serde_json::Value = serde_json::from_str(sealed.history().trim_end()).unwrap();
    let report = sealed.report(&forged, "2.sceau");
    let digest: String = report.credential().unwrap().digest().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((&line["serial"], &line["digest"]), (&sealed.serials[3].as_str().into(), &digest.as_str().into()));
    // by the digest it is the same decision, and its own serial still means the innocent's document
    let by_digest = ["--reason", "Forged with a lost key", "--digest", &digest];
    let again = sealed.change("withdraw", "2.sceau", "3.sceau", &by_digest).success();
    assert!(again.stderr.contains("newly withdrawn: 0 (1 before)"), "{}", again.stderr);
    sealed.status("suspend", &[3], "Inquiry", "2.sceau", "4.sceau").success();
    let mut expected = vec![Reason::Genuine; 4];
    expected[3] = Reason::Suspended;
    sealed.judged("4.sceau", &expected);
    assert_eq!(sealed.report(&forged, "4.sceau").reason(), Reason::Withdrawn);
}

#[test]
fn a_code_that_says_nothing_or_is_anothers_is_no_name_of_a_document() {
    let sealed = Sealed::new();
    let mut altered = sealed.texts[0].clone();
    altered.replace_range(60..61, if &altered[60..61] == "A" { "B" } else { "A" });
    fs::write(sealed.office.path("none.txt"), "nothing\n").unwrap();
    fs::write(sealed.office.path("two.txt"), format!("{}\n{}\n", sealed.texts[0], sealed.texts[1])).unwrap();
    for (name, said) in [
        ("--code", altered.as_str(), "no. 1: "),
        ("--code", "none.txt", "it holds no code of a document or a legalisation"),
        ("--code", "two.txt", "it holds several documents"),
        ("--digest", "00ff", "`00ff` is not a digest: 64 hexadecimal digits"),
    ]
    .map(|(option, name, said)| ([option, name], said))
    {
        let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &[&["--reason", "F"][..], &name].concat());
        let refused = refused.status(2);
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
    }
    let twice = ["--reason", "F", "--serial", &sealed.serials[0], "--code", &sealed.texts[0]];
    let refused = sealed.change("withdraw", "trust.sceau", "2.sceau", &twice).status(2);
    assert!(refused.stderr.contains("is named twice"), "{}", refused.stderr);
    assert!(sealed.history().is_empty() && !sealed.office.path("2.sceau").exists());
}

#[test]
fn a_list_made_from_last_weeks_backup_brings_nothing_back_and_blocks_nothing() {
    let sealed = Sealed::new();
    sealed.status("suspend", &[0], "Inquiry", "trust.sceau", "2.sceau").success();
    let backup = sealed.office.copy_whole();
    sealed.status("withdraw", &[1], "Fraud", "2.sceau", "3.sceau").success();
    let now = sealed.office.now();
    // the office is put back, and goes on with two decisions
    let restored = Sealed { office: backup, texts: sealed.texts.clone(), serials: sealed.serials.clone() };
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    restored.status("suspend", &[2], "Inquiry", "2.sceau", "b.sceau").success();
    restored.status("suspend", &[3], "Inquiry", "b.sceau", "c.sceau").success();
    let expected = first(&[Reason::Suspended, Reason::Genuine, Reason::Suspended, Reason::Suspended]);
    assert_eq!(reasons(&restored, restored.office.pack("c.sceau"), now), expected, "the backup knows of no fraud");
    // whoever saw the withdrawal keeps it
    let kept = followed(&restored, "c.sceau", sealed.office.pack("3.sceau"), now + 10);
    let expected = first(&[Reason::Suspended, Reason::Withdrawn, Reason::Suspended, Reason::Suspended]);
    assert_eq!(reasons(&restored, kept.clone(), now + 10), expected);
    // given the pack in force, the restored office is told that its ledger is older
    fs::copy(sealed.office.path("3.sceau"), restored.office.path("3.sceau")).unwrap();
    let lost = restored.status("suspend", &[4], "Inquiry", "3.sceau", "d.sceau").status(2);
    assert!(lost.stderr.contains(&format!("{} is withdrawn", sealed.serials[1])), "{}", lost.stderr);
    assert!(lost.stderr.contains("it is older than the pack"), "{}", lost.stderr);
    // and later lists are taken as ever
    restored.status("withdraw", &[4], "Fraud", "c.sceau", "e.sceau").success();
    let last = followed(&restored, "e.sceau", kept, now + 20);
    let expected =
        first(&[Reason::Suspended, Reason::Withdrawn, Reason::Suspended, Reason::Suspended, Reason::Withdrawn]);
    assert_eq!(reasons(&restored, last, now + 20), expected);
}

#[test]
fn a_list_dated_a_year_ahead_is_taken_by_nobody_and_stops_nothing() {
    let sealed = Sealed::new();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    let (now, year) = (sealed.office.now(), 365 * 86_400);
    let held = sealed.office.pack("2.sceau");
    // somebody's clock stood a year ahead when the list was signed and when a decision was recorded
    let ahead = StatusClaims {
        authority: "BJ-OB".into(),
        number: 1,
        seq: 9,
        as_of: now + year,
        expires: now + 2 * year,
        statements: held.statuses()[0].statements().map(|(tag, _)| (tag, Statement::Reinstated(9))).collect(),
    };
    fs::write(sealed.office.path("ahead.status"), ahead.sign(&sealed.office.opened_key("lists.key"))).unwrap();
    let build = ["pack", "build", "--trust", "trust.sceau", "--from", "trust.sceau", "--status", "ahead.status"];
    sealed.office.run(&[&build[..], &["--out", "ahead.sceau"]].concat()).success();
    let bytes = fs::read(sealed.office.path("ahead.sceau")).unwrap();
    let refused = Pack::open(&bytes, Anchor::Held).unwrap().check_clock(now).unwrap_err();
    assert_eq!(refused.code().code(), "status-ahead");
    assert_eq!(reasons(&sealed, followed(&sealed, "ahead.sceau", held.clone(), now), now), first(&[Reason::Withdrawn]));
    let refused = sealed.office.run(&[&build[..], &["--held", "2.sceau", "--out", "x.sceau"]].concat()).status(2);
    assert!(refused.stderr.contains("more than a day ahead of this computer's clock"), "{}", refused.stderr);
    // the office goes on, from that pack too; its time stops nobody
    sealed.status("suspend", &[1], "Inquiry", "ahead.sceau", "3.sceau").success();
    let kept = followed(&sealed, "3.sceau", held, now + 10);
    assert_eq!(reasons(&sealed, kept, now + 10), first(&[Reason::Withdrawn, Reason::Suspended]));
    assert_eq!(seqs(&sealed, "3.sceau"), [(1, 2)]);
}

#[test]
fn a_decision_recorded_by_a_clock_a_year_ahead_does_not_stop_the_next() {
    let sealed = Sealed::new();
    let early = sealed.office.witnesses();
    sealed.status("withdraw", &[0], "Fraud", "trust.sceau", "2.sceau").success();
    let history = sealed.history();
    let year = history.split_once("\"time\":\"").unwrap().1[..4].to_owned();
    let ahead = (year.parse::<u32>().unwrap() + 1).to_string();
    let line = history.trim_end().replacen(&format!("\"{year}-"), &format!("\"{ahead}-"), 1).replace('\'', "''");
    let last = "(SELECT max(number) FROM event)";
    assert_eq!(sealed.office.tamper(&format!("UPDATE event SET line = '{line}' WHERE number = {last}")), 1);
    sealed.office.put_back(&early);
    sealed.status("suspend", &[1], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.judged("3.sceau", &[Reason::Withdrawn, Reason::Suspended]);
}

#[test]
fn the_same_facts_under_another_key_of_the_authority_are_withdrawn_where_they_were_withdrawn() {
    let sealed = Sealed::new();
    sealed.with_later_key("both.sceau");
    sealed.status("withdraw", &[0], "Fraud", "both.sceau", "2.sceau").success();
    let old = sealed.report(&sealed.texts[0], "2.sceau");
    let credential = old.credential().unwrap();
    let key = sealed.office.opened_key("later.key");
    let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
    let again = issue(credential.document(), credential.serial(), sealed.office.now(), &sealer).unwrap();
    let again = again.symbol_text(&Compactor::plain());
    assert_ne!(again, sealed.texts[0]);
    assert_eq!(sealed.report(&again, "both.sceau").reason(), Reason::Genuine);
    assert_eq!(sealed.report(&again, "2.sceau").reason(), Reason::Withdrawn);
    // the list of the other key says so too when it is signed next, and a new decision counts over both lists
    let other = |action: &str, name: &[&str], trust: &str, out: &str| {
        let keys = ["--key", "later.key", "--list-key", "lists.key", "--reason", "Inquiry"];
        let packs = ["--trust", trust, "--out", out];
        sealed.office.run_with_keys(&[&["status", action][..], &keys, &packs, name].concat())
    };
    let refused = other("reinstate", &["--code", &again], "2.sceau", "x.sceau").status(2);
    assert!(refused.stderr.contains("is withdrawn, and a withdrawal is final"), "{}", refused.stderr);
    other("suspend", &["--code", &sealed.texts[5]], "2.sceau", "3.sceau").success();
    assert_eq!(seqs(&sealed, "3.sceau"), [(1, 1), (2, 2)]);
    assert_eq!(sealed.report(&again, "3.sceau").reason(), Reason::Withdrawn);
}

#[test]
fn an_older_statement_never_wins_by_being_signed_again() {
    let sealed = Sealed::new();
    sealed.with_later_key("both.sceau");
    let by = |key: &str, action: &str, trust: &str, out: &str| {
        let keys = ["--key", key, "--list-key", "lists.key", "--reason", action, "--code", &sealed.texts[0]];
        let packs = ["--trust", trust, "--out", out];
        sealed.office.run_with_keys(&[&["status", action][..], &keys, &packs].concat()).success();
    };
    by("session.key", "suspend", "both.sceau", "2.sceau");
    by("session.key", "reinstate", "2.sceau", "3.sceau");
    by("later.key", "withdraw", "3.sceau", "4.sceau");
    sealed.judged("4.sceau", &[Reason::Withdrawn]);
    // the first key's list said reinstated; whatever is decided with it now, that comes back no more
    sealed.renew("4.sceau", "5.sceau").success();
    let lists: Vec<_> = sealed.office.pack("5.sceau").statuses().iter().map(said).collect();
    assert_eq!(lists, [vec![Statement::Withdrawn], vec![Statement::Withdrawn]]);
    sealed.status("suspend", &[1], "Inquiry", "5.sceau", "6.sceau").success();
    sealed.judged("6.sceau", &[Reason::Withdrawn, Reason::Suspended]);
}

fn said(list: &StatusList) -> Vec<Statement> {
    list.statements().map(|(_, statement)| statement).collect()
}
