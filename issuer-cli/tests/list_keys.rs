//! Keys of status lists that are replaced: their service has ended, or they were stolen.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use credential_core::lists::{ListPlace, Statement, StatusClaims};
use credential_core::{Reason, TrustStore, verify};
use office::ceremony::Ceremony;
use office::{documents, many_candidates};

/// Three documents, the first withdrawn in `withdrawn.sceau`; `b.draft` follows that list with a second list key.
fn with_a_new_list_key(ceremony: &Ceremony) -> Vec<String> {
    ceremony.office.issue(&many_candidates(3), "out", &[]).success();
    let rows = documents(&ceremony.office.path("out"));
    let withdrawn = std::path::Path::new(&rows[0].file).file_stem().unwrap().to_str().unwrap();
    let keys = ["status", "withdraw", "--key", "session.key", "--list-key", "lists.key", "--trust", "trust.sceau"];
    let what = ["--serial", withdrawn, "--reason", "Fraud", "--out", "withdrawn.sceau"];
    ceremony.key(&[&keys[..], &what].concat()).success();
    ceremony.key(&["key", "new", "lists-2.key"]).success();
    ceremony.next("withdrawn.sceau", "a.draft", &[]).success();
    ceremony.add_key("a.draft", "b.draft", "lists-2.key.pub", &["--use", "status"]).success();
    rows.into_iter().map(|row| row.text).collect()
}

fn reasons(ceremony: &Ceremony, pack: &str, texts: &[String]) -> Vec<Reason> {
    let mut store = TrustStore::new();
    store.add(ceremony.pack(pack));
    texts.iter().map(|text| verify(text, &store, ceremony.office.now()).reason()).collect()
}

#[test]
fn a_list_key_whose_service_has_ended_is_replaced_and_every_state_stays_as_it_was() {
    let ceremony = Ceremony::new();
    let texts = with_a_new_list_key(&ceremony);
    // closed before its last list: what it signed then holds no longer
    let ended = ["trust", "retire-key", "b.draft", "--key", "lists.key.pub", "--out", "c.draft"];
    let day = &credential_core::time::rfc3339(ceremony.office.now() - 86_400)[..10];
    let refused = ceremony.run(&[&ended[..], &["--on", day]].concat()).status(2);
    assert!(refused.stderr.contains("it cannot be closed at"), "{}", refused.stderr);
    ceremony.run(&ended).success();
    ceremony.signed("c.draft", &[2, 3, 4], "2.list").success();
    // the list of the time before is good to the end of its days; the next one is signed by the new key
    ceremony.publish("2.list", "withdrawn.sceau", "2.sceau").success();
    assert_eq!(reasons(&ceremony, "2.sceau", &texts), [Reason::Withdrawn, Reason::Genuine, Reason::Genuine]);
    let renew = ["status", "renew", "--trust", "2.sceau", "--out", "3.sceau", "--list-key"];
    let old = ceremony.key(&[&renew[..], &["lists.key"]].concat()).status(2);
    assert!(old.stderr.contains("signs no more"), "{}", old.stderr);
    ceremony.key(&[&renew[..], &["lists-2.key"]].concat()).success();
    assert_eq!(ceremony.place("3.sceau", "withdrawn.sceau"), ListPlace::Newest);
    assert_eq!(reasons(&ceremony, "3.sceau", &texts), [Reason::Withdrawn, Reason::Genuine, Reason::Genuine]);
}

#[test]
fn what_a_stolen_list_key_has_signed_is_made_anew_from_the_histories() {
    let ceremony = Ceremony::new();
    let texts = with_a_new_list_key(&ceremony);
    // its thief withdraws the other two, counts to the end and dates it a day ahead: verifiers take that list
    let mut store = TrustStore::new();
    store.add(ceremony.pack("trust.sceau"));
    let tag = |text: &String| verify(text, &store, ceremony.office.now()).credential().unwrap().tag();
    let tags = texts[1..].iter().map(|text| (tag(text), Statement::Withdrawn));
    let (now, held) = (ceremony.office.now(), ceremony.pack("withdrawn.sceau"));
    let forged = StatusClaims {
        authority: "BJ-OB".into(),
        number: 1,
        seq: u64::MAX,
        as_of: now + 80_000,
        expires: now + 90_000,
        statements: tags.collect(),
    };
    std::fs::write(ceremony.office.path("forged.status"), forged.sign(&ceremony.stolen("lists.key"))).unwrap();
    let build = ["pack", "build", "--trust", "trust.sceau", "--from", "trust.sceau", "--status", "forged.status"];
    ceremony.run(&[&build[..], &["--out", "forged.sceau"]].concat()).success();
    assert_eq!(ceremony.place("forged.sceau", "trust.sceau"), ListPlace::Newest);
    assert_eq!(reasons(&ceremony, "forged.sceau", &texts), [Reason::Genuine, Reason::Withdrawn, Reason::Withdrawn]);

    let lost = ["trust", "compromise-key", "b.draft", "--key", "lists.key.pub", "--out", "c.draft"];
    ceremony.run(&lost).success();
    ceremony.signed("c.draft", &[2, 3, 4], "2.list").success();
    let told = ceremony.publish("2.list", "withdrawn.sceau", "2.sceau").success().stderr;
    assert!(told.contains("status list BJ-OB/1 LEFT OUT: its key is stolen"), "{told}");
    assert_eq!(reasons(&ceremony, "2.sceau", &texts), [Reason::StatusUnknown; 3]);
    let renew = ["status", "renew", "--trust", "2.sceau", "--out", "3.sceau", "--list-key"];
    let old = ceremony.key(&[&renew[..], &["lists.key"]].concat()).status(2);
    assert!(old.stderr.contains("signs no more"), "{}", old.stderr);
    ceremony.key(&[&renew[..], &["lists-2.key"]].concat()).success();
    assert_eq!(reasons(&ceremony, "3.sceau", &texts), [Reason::Withdrawn, Reason::Genuine, Reason::Genuine]);
    assert_eq!(ceremony.pack("3.sceau").statuses()[0].seq(), held.statuses()[0].seq());
    for before in ["trust.sceau", "withdrawn.sceau", "forged.sceau", "2.sceau"] {
        assert_eq!(ceremony.place("3.sceau", before), ListPlace::Newest, "{before}");
    }
    // a list that is lost is made from its history, never from nothing
    ceremony.next("2.sceau", "d.draft", &[]).success();
    ceremony.signed("d.draft", &[1, 2, 3], "4.list").success();
    let lost = ceremony.publish("4.list", "2.sceau", "4.sceau").status(2);
    assert!(lost.stderr.contains("has lost status list BJ-OB/1; make it anew from the history"), "{}", lost.stderr);
}

#[test]
fn what_was_signed_after_a_list_key_had_ended_is_signed_again_by_another_with_every_state() {
    let ceremony = Ceremony::new();
    let texts = with_a_new_list_key(&ceremony);
    ceremony.key(&["key", "new", "lists-3.key"]).success();
    let served = ["--use", "status", "--from", "2020-01-01", "--until", "2040-01-01"];
    ceremony.add_key("a.draft", "c.draft", "lists-3.key.pub", &served).success();
    ceremony.signed("c.draft", &[1, 2, 3], "2.list").success();
    ceremony.publish("2.list", "withdrawn.sceau", "2.sceau").success();
    let renew = ["status", "renew", "--trust", "2.sceau", "--out", "3.sceau", "--list-key"];
    ceremony.key(&[&renew[..], &["lists-3.key"]].concat()).success();
    // the roots end it in hindsight
    ceremony.next("3.sceau", "d.draft", &[]).success();
    let retire =
        ["trust", "retire-key", "d.draft", "--key", "lists-3.key.pub", "--on", "2021-01-01", "--out", "e.draft"];
    ceremony.run(&retire).success();
    ceremony.signed("e.draft", &[1, 2, 3], "3.list").success();
    let refused = ceremony.publish("3.list", "3.sceau", "4.sceau").status(2);
    let said = "status list BJ-OB/1: its key signs no more, so another of BJ-OB must: give --list-key";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
    let publish = ["trust", "publish", "3.list", "--pack", "3.sceau", "--out", "4.sceau", "--list-key", "lists.key"];
    let told = ceremony.key(&publish).success().stderr;
    assert!(told.contains("status list BJ-OB/1 signed again, all states as they were"), "{told}");
    assert_eq!(reasons(&ceremony, "4.sceau", &texts), [Reason::Withdrawn, Reason::Genuine, Reason::Genuine]);
    assert_eq!(ceremony.place("4.sceau", "3.sceau"), ListPlace::Newest);
    let seq = |pack: &str| ceremony.pack(pack).statuses()[0].seq();
    assert_eq!(seq("4.sceau"), seq("withdrawn.sceau"));
}

#[test]
fn a_stolen_list_key_is_marked_at_once_where_another_can_take_its_place() {
    let ceremony = Ceremony::new();
    let texts = with_a_new_list_key(&ceremony);
    ceremony.signed("b.draft", &[1, 2, 3], "2.list").success();
    ceremony.publish("2.list", "withdrawn.sceau", "2.sceau").success();
    let mark = |key: &str, trust: &str, out: &str| {
        let roots = ["--root", "root-1.key", "root-2.key", "root-3.key"];
        ceremony.key(&[&["trust", "compromise-key", "--key", key, "--trust", trust, "--out", out], &roots[..]].concat())
    };
    let told = mark("lists.key.pub", "2.sceau", "3.sceau").success().stderr;
    assert!(told.contains("Its status lists BJ-OB/1 are not in the new pack"), "{told}");
    assert_eq!(reasons(&ceremony, "3.sceau", &texts), [Reason::StatusUnknown; 3]);
    let last = mark("lists-2.key.pub", "3.sceau", "4.sceau").status(2);
    assert!(last.stderr.contains("no other key of BJ-OB signs status lists"), "{}", last.stderr);
    let renew = ["status", "renew", "--trust", "3.sceau", "--out", "4.sceau", "--list-key"];
    ceremony.key(&[&renew[..], &["lists-2.key"]].concat()).success();
    assert_eq!(reasons(&ceremony, "4.sceau", &texts), [Reason::Withdrawn, Reason::Genuine, Reason::Genuine]);
}
