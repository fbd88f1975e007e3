//! The status lists of a ministry: renewed, followed by others, and each of one key alone.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::{PackContents, Reason, StatusList, StatusValue, verify_legalisation};
use office::counter::Counter;

/// A pack whose list of acts is of 90 days ago.
fn age(counter: &Counter, pack: &str, out: &str) {
    let held = counter.sealed.office.pack(pack);
    let now = counter.sealed.office.now();
    let old = held.status_list("XX-FOREIGN", 1).unwrap();
    let key = counter.sealed.office.opened_key("acts-lists.key");
    let values = vec![StatusValue::InForce; 52];
    let aged = StatusList::sign("XX-FOREIGN", 1, &values, old.as_of(), now - 1, &key);
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

fn list_of(counter: &Counter, pack: &str, text: &str) -> u64 {
    let report = verify_legalisation(text, &counter.store(pack), 0);
    report.record().unwrap().legalisation().status.unwrap().list
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

    let without = counter.renew(&["session.key"], "old.sceau", "refused.sceau").status(2);
    let said = "XX-FOREIGN/1: it is the list of none of the keys named with --key";
    assert!(without.stderr.contains(said), "{}", without.stderr);
    let renewed = counter.renew(&["ministry.key"], "old.sceau", "new.sceau").success();
    assert!(renewed.stderr.contains("XX-FOREIGN/1"), "{}", renewed.stderr);
    assert_eq!(acts.map(|act| counter.reason("new.sceau", &act)), [Reason::Genuine, Reason::Withdrawn]);
    let third = counter.legalise(&counter.picture(1), "3", &["--trust", "new.sceau"]).success();
    assert_eq!(counter.reason("new.sceau", &counter.text(&third)), Reason::Genuine);
}

#[test]
fn a_full_list_is_followed_by_another_of_the_same_size() {
    let counter = Counter::with_places("4");
    let picture = counter.picture(0);
    let acts = |numbers: &[&str], pack: &str| {
        let all: Vec<_> = numbers.iter().map(|number| (&*picture, *number)).collect();
        counter.legalise_all(&all, &["--trust", pack])
    };
    let mut texts = counter.texts(&acts(&["1", "2", "3", "4"], "pack.sceau").success());
    let full = acts(&["5"], "pack.sceau").status(2);
    assert!(full.stderr.contains("no place left") && full.stderr.contains("--status-list 2"), "{}", full.stderr);
    let again = counter.start_by("ministry.key", "pack.sceau", "4", "refused.sceau", &[]).status(2);
    assert!(again.stderr.contains("the status list 1 already"), "{}", again.stderr);
    counter.start_by("ministry.key", "pack.sceau", "4", "two.sceau", &["--status-list", "2"]).success();
    texts.extend(counter.texts(&acts(&["5", "6", "7", "8"], "two.sceau").success()));
    let lists: Vec<_> = texts.iter().map(|text| list_of(&counter, "two.sceau", text)).collect();
    assert_eq!(lists, [1, 1, 1, 1, 2, 2, 2, 2]);
    acts(&["9"], "two.sceau").status(2);

    // one order over acts of both lists, and both renewed from an older pack
    counter.status("withdraw", &[&texts[1], &texts[6]], "two.sceau", "three.sceau").success();
    let judged = |pack: &str| texts.iter().map(|text| counter.reason(pack, text)).collect::<Vec<_>>();
    let mut expected = vec![Reason::Genuine; 8];
    (expected[1], expected[6]) = (Reason::Withdrawn, Reason::Withdrawn);
    assert_eq!(judged("three.sceau"), expected);
    let renewed = counter.renew(&["ministry.key"], "two.sceau", "four.sceau").success();
    assert!(renewed.stderr.contains("XX-FOREIGN/1, XX-FOREIGN/2"), "{}", renewed.stderr);
    assert_eq!(judged("four.sceau"), expected);
    let lacks = counter.status("suspend", &[&texts[0]], "pack.sceau", "refused.sceau").status(2);
    assert!(lacks.stderr.contains("the pack lacks the status list XX-FOREIGN/2"), "{}", lacks.stderr);
}

#[test]
fn two_keys_of_a_ministry_never_share_a_list() {
    let counter = Counter::with_places("4");
    let first = counter.text(&counter.legalise(&counter.picture(0), "1", &[]).success());
    counter.add_key("other.key", "pack.sceau", "keys.sceau");
    let other = |number: &str, pack: &str| {
        counter.legalise(&counter.picture(0), number, &["--trust", pack, "--key", "other.key"])
    };
    let refused = other("2", "keys.sceau").status(2);
    assert!(refused.stderr.contains("the key has no status list of its own"), "{}", refused.stderr);
    let taken = counter.start_by("other.key", "keys.sceau", "4", "refused.sceau", &[]).status(2);
    assert!(taken.stderr.contains("give another number with --status-list"), "{}", taken.stderr);
    counter.start_by("other.key", "keys.sceau", "4", "both.sceau", &["--status-list", "2"]).success();
    let second = counter.text(&other("2", "both.sceau").success());
    counter.status("withdraw", &[&first], "both.sceau", "last.sceau").success();
    let judged = [&first, &second].map(|text| counter.reason("last.sceau", text));
    assert_eq!(judged, [Reason::Withdrawn, Reason::Genuine]);
    let renewed = counter.renew(&["ministry.key"], "last.sceau", "one.sceau").success();
    assert!(renewed.stderr.contains("left as it was: XX-FOREIGN/2"), "{}", renewed.stderr);
}

#[test]
fn a_start_that_was_killed_is_given_again_to_the_same_bytes_until_acts_stand_in_the_list() {
    let counter = Counter::new();
    let (path, made) = (counter.path("pack.sceau"), fs::read(counter.path("pack.sceau")).unwrap());
    let start = |places: &str| counter.start_by("ministry.key", "with-ministry.sceau", places, "pack.sceau", &[]);
    fs::remove_file(&path).unwrap(); // as if killed between register and pack
    let other = start("60").status(2);
    assert!(other.stderr.contains("was made with place for 52 acts"), "{}", other.stderr);
    start("50").success();
    assert_eq!(fs::read(&path).unwrap(), made);
    counter.legalise(&counter.picture(0), "1", &[]).success();
    fs::remove_file(&path).unwrap();
    let refused = start("50").status(2);
    assert!(refused.stderr.contains("acts stand in the status list 1 already"), "{}", refused.stderr);
    assert!(!path.exists());
}
