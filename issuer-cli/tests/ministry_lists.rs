//! The status lists of a ministry: each of one key alone, and renewed.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::Reason;
use credential_core::lists::{PackContents, StatusClaims, StatusList};
use office::counter::Counter;

/// A pack whose list of acts is of 90 days ago.
fn age(counter: &Counter, pack: &str, out: &str) {
    let held = counter.sealed.office.pack(pack);
    let old = held.statuses().iter().find(|list| list.authority() == "BJ-FOREIGN").unwrap();
    let key = counter.sealed.office.opened_key("acts-lists.key");
    let claims = StatusClaims {
        authority: old.authority().to_owned(),
        number: old.number(),
        seq: old.seq(),
        as_of: old.as_of(),
        expires: counter.sealed.office.now() - 1,
        statements: old.statements().collect(),
    };
    let aged = claims.sign(&key);
    let statuses = held.statuses().iter().map(StatusList::as_bytes);
    let statuses = statuses.map(|bytes| if bytes == old.as_bytes() { aged.as_slice() } else { bytes });
    let contents = PackContents {
        trust: held.trust().as_bytes(),
        statuses: statuses.collect(),
        dictionaries: held.dictionaries().iter().map(|of| of.as_bytes()).collect(),
        ..PackContents::default()
    };
    fs::write(counter.path(out), contents.to_bytes()).unwrap();
}

#[test]
fn a_list_of_90_days_is_renewed_and_withdrawn_acts_stay_withdrawn() {
    let counter = Counter::new();
    let acts = ["1", "2"].map(|act| counter.text(&counter.legalise(&counter.picture(0), act, &[]).success()));
    counter.status("withdraw", &[&acts[1]], "pack.sceau", "withdrawn.sceau").success();
    age(&counter, "pack.sceau", "old.sceau");
    assert_eq!(counter.reason("old.sceau", &acts[0]), Reason::StatusOld);
    let refused = counter.legalise(&counter.picture(1), "3", &["--trust", "old.sceau"]).status(2);
    assert!(refused.stderr.contains("sign it again with `issuer status renew`"), "{}", refused.stderr);

    let renewed = counter.renew("old.sceau", "new.sceau").success();
    assert!(renewed.stderr.contains("BJ-FOREIGN/1"), "{}", renewed.stderr);
    assert_eq!(acts.map(|act| counter.reason("new.sceau", &act)), [Reason::Genuine, Reason::Withdrawn]);
    let third = counter.legalise(&counter.picture(1), "3", &["--trust", "new.sceau"]).success();
    assert_eq!(counter.reason("new.sceau", &counter.text(&third)), Reason::Genuine);
}

#[test]
fn two_keys_of_a_ministry_have_a_list_each_and_count_their_decisions_together() {
    let counter = Counter::new();
    let first = counter.text(&counter.legalise(&counter.picture(0), "1", &[]).success());
    counter.add_key("other.key", "pack.sceau", "both.sceau");
    let other = ["--trust", "both.sceau", "--key", "other.key"];
    let second = counter.text(&counter.legalise(&counter.picture(0), "2", &other).success());
    counter.status("suspend", &[&first], "both.sceau", "2.sceau").success();
    let keys = ["--key", "other.key", "--list-key", "acts-lists.key", "--passphrase-file", "passphrase"];
    let packs = ["--trust", "2.sceau", "--out", "3.sceau", "--reason", "Given in error", "--code", &second];
    counter.run(&[&["status", "withdraw"][..], &keys, &packs].concat()).success();
    let judged = [&first, &second].map(|text| counter.reason("3.sceau", text));
    assert_eq!(judged, [Reason::Suspended, Reason::Withdrawn]);
    let pack = counter.sealed.office.pack("3.sceau");
    let of_ministry = pack.statuses().iter().filter(|list| list.authority() == "BJ-FOREIGN");
    let lists: Vec<_> = of_ministry.map(|list| (list.number(), list.seq(), list.statements().count())).collect();
    assert_eq!(lists, [(1, 1, 1), (2, 2, 1)]);
    let renewed = counter.renew("3.sceau", "one.sceau").success();
    assert!(renewed.stderr.contains("BJ-FOREIGN/1, BJ-FOREIGN/2"), "{}", renewed.stderr);
    assert!(renewed.stderr.contains("left as it was: BJ-OB/1"), "{}", renewed.stderr);
    let judged = [&first, &second].map(|text| counter.reason("one.sceau", text));
    assert_eq!(judged, [Reason::Suspended, Reason::Withdrawn]);
}

#[test]
fn the_same_act_under_another_key_of_the_ministry_is_the_same_record() {
    let counter = Counter::new();
    let first = counter.text(&counter.legalise(&counter.picture(0), "1", &[]).success());
    counter.add_key("other.key", "pack.sceau", "both.sceau");
    counter.status("withdraw", &[&first], "both.sceau", "2.sceau").success();
    // the ledger gives an act's number once, whatever key: only a second ledger of the ministry could have sealed it again
    counter.sealed.office.tamper("DELETE FROM act");
    let other = ["--trust", "both.sceau", "--key", "other.key", "--out", "other"];
    let again = counter.text(&counter.legalise(&counter.picture(0), "1", &other).success());
    assert_ne!(first, again);
    assert_eq!(counter.reason("2.sceau", &again), Reason::Withdrawn);
}

#[test]
fn acts_without_their_ledger_are_not_begun_anew() {
    let counter = Counter::new();
    let act = counter.text(&counter.legalise(&counter.picture(0), "1", &[]).success());
    counter.status("withdraw", &[&act], "pack.sceau", "2.sceau").success();
    fs::remove_file(counter.path("ledger.sqlite")).unwrap();
    let refused = counter.legalise(&counter.picture(1), "2", &["--trust", "2.sceau"]).status(2);
    assert!(refused.stderr.contains("the ledger ledger.sqlite is gone"), "{}", refused.stderr);
    assert!(refused.stderr.contains("put its newest copy back"), "{}", refused.stderr);
    assert!(!counter.path("ledger.sqlite").exists());
}
