//! The root ceremony and what follows from it, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::collections::BTreeSet;

use credential_core::answer::Register;
use credential_core::document::{Serial, World};
use credential_core::lists::{ListPlace, Statement, StatusClaims};
use credential_core::sealing::{Compactor, Sealer, SealingKey, issue};
use credential_core::{Reason, TrustStore, verify};
use issuer::profile::{Profile, embedded_source};
use issuer::trust::{NewAuthority, NewTrust, new_pack};
use office::ceremony::Ceremony;
use office::{documents, many_candidates};

#[test]
fn a_list_signed_by_three_of_five_on_their_own_machines_serves_and_one_root_is_rotated() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    office.issue(&many_candidates(12), "out", &[]).success();
    let texts: Vec<_> = documents(&office.path("out")).into_iter().map(|row| row.text).collect();
    let all = |pack: &str, reason: Reason| {
        let mut store = TrustStore::new();
        store.add(ceremony.pack(pack));
        texts.iter().for_each(|text| assert_eq!(verify(text, &store, office.now()).reason(), reason, "{pack}"));
    };
    all("trust.sceau", Reason::Genuine);

    ceremony.new_root(6).success();
    assert!(ceremony.text("root-6.script.txt").starts_with("ROOT CEREMONY: SHARE 6, IN THE PLACE OF ONE OF 5\n"));
    let roots = ["--remove-root", "root-2.key.pub", "--add-root", "root-6.key.pub"];
    let told = ceremony.next("trust.sceau", "rotate.draft", &roots).success().stderr;
    assert!(told.contains("The roots change") && told.contains("NEW root") && told.contains("GONE root"), "{told}");
    ceremony.signed("rotate.draft", &[1, 3, 4], "2.list").success();
    let told = ceremony.publish("2.list", "trust.sceau", "2.sceau").success().stderr;
    assert!(told.contains("version: 1 -> 2"), "{told}");
    all("2.sceau", Reason::Genuine);
    assert_eq!(ceremony.place("2.sceau", "trust.sceau"), ListPlace::Newest);
    assert_eq!(ceremony.place("trust.sceau", "2.sceau"), ListPlace::Older(2));
    assert_ne!(ceremony.pack("2.sceau").trust().root(), ceremony.pack("trust.sceau").trust().root());

    // the new root signs as one of three, the one that went does no more
    ceremony.next("2.sceau", "third.draft", &[]).success();
    let gone = ceremony.sign("third.draft", "root-2.key", "gone.sig").status(2);
    assert!(gone.stderr.contains("is no root, neither of the draft nor of the list in force"), "{}", gone.stderr);
    ceremony.signed("third.draft", &[6, 4, 5], "third.list").success();
    ceremony.publish("third.list", "2.sceau", "third.sceau").success();
    all("third.sceau", Reason::Genuine);
    assert_eq!(ceremony.place("third.sceau", "trust.sceau"), ListPlace::Newest); // it carries the rotation
}

#[test]
fn the_ceremony_leaves_a_script_for_each_holder_and_a_protocol_that_says_who_signed() {
    let ceremony = Ceremony::new();
    let root = issuer::keys::read_public_key(&ceremony.office.path("root-1.key.pub")).unwrap();
    let id = issuer::keys::fingerprint(&root);
    let script = ceremony.text("root-1.script.txt");
    for words in ["SHARE 1 OF 5", "A. Diallo", "Any 3 of the 5", &id, "[ ]", "Signature ____", "root-1.key.pub"] {
        assert!(script.contains(words), "{words} is not in:\n{script}");
    }
    let protocol = ceremony.text("1.list.protocol.txt");
    let (signed, absent) = (protocol.matches("[x] signed").count(), protocol.matches("[ ] did not").count());
    assert_eq!((signed, absent), (3, 2), "{protocol}");
    let digest = issuer::ceremony::words::groups(
        &credential_core::lists::TrustDraft::open(&ceremony.bytes("5.draft")).unwrap().digest(),
    );
    let facts =
        ["VERSION 1", "3 of 5 roots must sign", "It is the first list", "BJ-MAE", "BJ-OB", &id, &digest, "Witness"];
    assert!(facts.iter().all(|fact| protocol.contains(fact)), "{protocol}");
    // a run that was stopped between protocol and list ends with the same bytes
    let list = ceremony.bytes("1.list");
    std::fs::remove_file(ceremony.office.path("1.list")).unwrap();
    ceremony.merge("5.draft", &["1-5.draft.sig", "3-5.draft.sig", "5-5.draft.sig"], "1.list").success();
    assert_eq!((ceremony.bytes("1.list"), ceremony.text("1.list.protocol.txt")), (list, protocol));
}

#[test]
fn a_signer_sees_in_words_what_he_signs_and_the_digest_that_all_must_see() {
    let ceremony = Ceremony::new();
    let digest = |text: &str| text.lines().find(|line| line.contains("digest of the draft")).unwrap()[20..].to_owned();
    let begun = ceremony.next("trust.sceau", "next.draft", &[]).success();
    ceremony
        .run(&["trust", "compromise-key", "next.draft", "--key", "session.key.pub", "--out", "stolen.draft"])
        .success();
    let shown = ceremony.run(&["trust", "show", "stolen.draft"]).success().stdout;
    let told = ceremony.sign("stolen.draft", "root-1.key", "1.sig").success().stderr;
    for words in ["List of Pays fictif, version 2", "takes the place of version 1", "COMPROMISED", &digest(&shown)] {
        assert!(told.contains(words), "{words} is not in:\n{told}");
    }
    assert_ne!(digest(&begun.stderr), digest(&shown));
    // a key that is new stands there with its whole fingerprint, as it was shown when it was made
    let made = ceremony.key(&["key", "new", "more.key"]).success().stderr;
    let fingerprint = made.lines().find_map(|line| line.strip_prefix("Fingerprint ")).unwrap();
    ceremony.add_key("stolen.draft", "more.draft", "more.key.pub", &["--use", "minutes"]).success();
    let told = ceremony.sign("more.draft", "root-1.key", "2.sig").success().stderr;
    assert!(told.contains("signs minutes, from ") && told.contains(fingerprint), "{told}");
}

#[test]
fn a_holder_with_the_pack_in_force_signs_no_draft_that_follows_another_list() {
    let ceremony = Ceremony::new();
    ceremony.next("trust.sceau", "2.next", &[]).success();
    ceremony.signed("2.next", &[1, 2, 3], "2.list").success();
    ceremony.publish("2.list", "trust.sceau", "2.sceau").success();
    ceremony.next("2.sceau", "3.next", &[]).success();
    let sign = |pack: &str, out: &str| {
        ceremony.key(&["trust", "sign", "3.next", "--root", "root-1.key", "--pack", pack, "--out", out])
    };
    let refused = sign("trust.sceau", "x.sig").status(2);
    assert!(refused.stderr.contains("does not follow the list in trust.sceau"), "{}", refused.stderr);
    sign("2.sceau", "1.sig").success();
}

#[test]
fn a_pack_made_on_one_machine_tells_its_authorities_apart_too() {
    let source = embedded_source("benin").unwrap();
    let profiles = ["BJ-OB", "BJ-2"].map(|id| Profile::parse(&source.replace("BJ-OB", id)).unwrap());
    let key = |seed| SealingKey::from_seed(&[seed; 32]);
    let (keys, list_keys) = ([[key(1).public()], [key(2).public()]], [key(3), key(4)]);
    let authority = |at: usize| NewAuthority {
        profile: &profiles[at],
        keys: &keys[at],
        jury_keys: &[],
        list_key: &list_keys[at],
        window: (1_000, 2_000),
        maximum_count: 10,
    };
    let pack = new_pack(&NewTrust {
        owner: "Pays fictif",
        roots: &[key(5)],
        threshold: 1,
        now: 1_000,
        next_update: 2_000,
        authorities: &[authority(0), authority(1)],
        test: false,
    });
    let refused = pack.unwrap_err().to_string();
    assert!(refused.contains("BJ-OB “Office du Baccalauréat du Bénin” and BJ-2"), "{refused}");
}

#[test]
fn nothing_is_overwritten() {
    let ceremony = Ceremony::new();
    let before = ceremony.bytes("root-1.key");
    assert!(ceremony.new_root(1).status(2).stderr.contains("exists"));
    assert_eq!(ceremony.bytes("root-1.key"), before);
    for refused in [
        ceremony.next("trust.sceau", "1.draft", &[]),
        ceremony.add_ministry("1.draft", "2.draft", "fr=Autre"),
        ceremony.sign("5.draft", "root-1.key", "1-5.draft.sig"),
        ceremony.merge("5.draft", &["1-5.draft.sig"], "1.list"),
        ceremony.publish("1.list", "trust.sceau", "trust.sceau"),
        ceremony.run(&["pack", "build", "--trust", "1.list", "--out", "trust.sceau"]),
    ] {
        let refused = refused.status(2);
        assert!(refused.stderr.contains("exists; nothing is overwritten"), "{}", refused.stderr);
    }
}

#[test]
fn an_authority_whose_name_looks_like_that_of_another_is_refused_with_both_names() {
    let ceremony = Ceremony::new();
    let refused = ceremony.add_ministry("2.draft", "x.draft", "fr=Office du Baccal\u{430}uréat du Bénin").status(2);
    for words in ["BJ-OB", "BJ-MAE", "a (U+0061) in the first, \u{430} (U+0430) in the second"] {
        assert!(refused.stderr.contains(words), "{words} is not in: {}", refused.stderr);
    }
    assert!(!ceremony.office.path("x.draft").exists());
}

#[test]
fn a_key_has_one_use_one_authority_and_a_status_list_of_its_own() {
    let ceremony = Ceremony::new();
    ceremony.key(&["key", "new", "more.key"]).success();
    let documents = ["--use", "documents", "--profile", "benin", "--maximum-count", "10"];
    let taken = [&documents[..], &["--status-list", "1"]].concat();
    for (key, scope, words) in [
        ("lists.key.pub", &["--use", "minutes"][..], "is a key of BJ-OB already"),
        ("root-2.key.pub", &["--use", "minutes"], "is a root of the list already"),
        ("more.key.pub", &["--use", "legalisation"], "only a ministry that legalises"),
        ("more.key.pub", &["--use", "minutes", "--maximum-count", "3"], "are for --use documents only"),
        (
            "more.key.pub",
            &["--use", "minutes", "--status-list", "3"],
            "for --use documents and --use legalisation only",
        ),
        ("more.key.pub", &["--use", "minutes", "--from", "2030-01-02", "--until", "2030-01-01"], "not before --from"),
        ("more.key.pub", &["--use", "documents", "--profile", "haiti", "--maximum-count", "3"], "the profile is of"),
        ("more.key.pub", &["--use", "documents", "--profile", "benin"], "--maximum-count"),
        ("more.key.pub", &taken, "give each key its own"),
    ] {
        let refused = ceremony.add_key("5.draft", "x.draft", key, scope).status(2);
        assert!(refused.stderr.contains(words), "{words} is not in: {}", refused.stderr);
    }
    ceremony.add_key("5.draft", "6.draft", "more.key.pub", &documents).success();
    let shown = ceremony.run(&["trust", "show", "6.draft"]).success().stdout;
    assert!(shown.contains("at most 10, status list 2"), "{shown}");
    // a ministry's keys are numbered too, and a signer sees what a key's list and world are
    let legalisation = ["--authority", "BJ-MAE", "--use", "legalisation", "--key"];
    let add = |draft: &str, key: &str, more: &[&str], out: &str| {
        ceremony.key(&["key", "new", key]).success();
        let public = format!("{key}.pub");
        let arguments = [&["trust", "add-key", draft, "--out", out], &legalisation[..], &[&public], more].concat();
        ceremony.run(&arguments).success().stderr
    };
    let told = add("6.draft", "acts.key", &[], "7.draft");
    assert!(told.contains("signs legalisations, status list 1, from "), "{told}");
    let told = add("7.draft", "acts-2.key", &["--test"], "8.draft");
    assert!(
        told.contains("signs legalisations, status list 2, from ") && told.contains("[TEST: specimens only]"),
        "{told}"
    );
    let told = add("8.draft", "acts-3.key", &["--no-status-list"], "9.draft");
    assert!(told.contains("signs legalisations, no status list, from "), "{told}");
}

#[test]
fn a_closed_key_signs_what_it_signed_and_nothing_later() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    office.issue(&many_candidates(2), "out", &[]).success();
    ceremony.next("trust.sceau", "a.draft", &[]).success();
    let retire = ["trust", "retire-key", "a.draft", "--key", "session.key.pub", "--out"];
    ceremony.run(&[&retire[..], &["b.draft"]].concat()).success();
    let again = ["trust", "retire-key", "b.draft", "--key", "session.key.pub", "--out", "c.draft"];
    assert!(ceremony.run(&again).status(2).stderr.contains("is closed already"));
    let root = ["trust", "retire-key", "b.draft", "--key", "root-1.key.pub", "--out", "c.draft"];
    assert!(ceremony.run(&root).status(2).stderr.contains("is a root; roots are replaced with"));
    ceremony.signed("b.draft", &[1, 2, 3], "2.list").success();
    ceremony.publish("2.list", "trust.sceau", "2.sceau").success();
    let shown = ceremony.run(&["trust", "show", "2.sceau"]).success().stdout;
    assert!(shown.contains(", closed 2") && shown.contains("0 days old"), "{shown}");
    let mut store = TrustStore::new();
    store.add(ceremony.pack("2.sceau"));
    for row in documents(&office.path("out")) {
        let report = verify(&row.text, &store, office.now());
        assert_eq!(report.reason(), Reason::Genuine);
        let serial = Serial::new([7; 8]).unwrap();
        let key = ceremony.stolen("session.key");
        let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
        let late = issue(report.document().unwrap(), &serial, office.now() + 60, &sealer);
        let late = late.unwrap().symbol_text(&Compactor::plain());
        assert_eq!(verify(&late, &store, office.now()).reason(), Reason::OutsideSigningWindow);
    }
}

#[test]
fn packs_in_which_authorities_have_changed_their_lists_are_put_together_with_the_latest_of_each() {
    let ceremony = Ceremony::new();
    let first = ceremony.pack("trust.sceau").statuses()[0].clone();
    let (key, as_of) = (ceremony.stolen("lists.key"), first.as_of());
    let list = |seq, as_of, tag: u8| {
        let (authority, statements) = ("BJ-OB".to_owned(), [([tag; 8], Statement::Suspended)].into());
        StatusClaims { authority, number: 1, seq, as_of, expires: as_of + 100, statements }.sign(&key)
    };
    std::fs::write(ceremony.office.path("later.status"), list(1, as_of + 1, 1)).unwrap();
    std::fs::write(ceremony.office.path("same.status"), list(0, as_of, 1)).unwrap();
    std::fs::write(ceremony.office.path("branch.status"), list(2, as_of, 2)).unwrap();
    let build = ["pack", "build", "--trust", "trust.sceau", "--from", "trust.sceau", "--held", "trust.sceau", "--out"];
    ceremony.run(&[&build[..], &["new.sceau", "--status", "later.status"]].concat()).success();
    assert_eq!(ceremony.pack("new.sceau").statuses()[0].as_bytes(), list(1, as_of + 1, 1));
    // whichever is named first
    ceremony.run(&[&build[..], &["again.sceau", "--from", "new.sceau"]].concat()).success();
    assert_eq!(ceremony.bytes("again.sceau"), ceremony.bytes("new.sceau"));
    let two = ceremony.run(&[&build[..], &["x.sceau", "--status", "same.status"]].concat()).status(2);
    assert!(two.stderr.contains("trust.sceau and same.status have different status lists BJ-OB/1"), "{}", two.stderr);
    // an older list goes along as long as it states what no newer one does
    ceremony.run(&[&build[..], &["both.sceau", "--from", "new.sceau", "--status", "branch.status"]].concat()).success();
    let both: BTreeSet<_> =
        ceremony.pack("both.sceau").statuses().iter().map(|list| list.as_bytes().to_vec()).collect();
    assert_eq!(both, [list(2, as_of, 2), list(1, as_of + 1, 1)].into());
    let profile = ["--profile", "benin", "--out", "bare.sceau"];
    ceremony.run(&[&["pack", "build", "--trust", "1.list"][..], &profile].concat()).success();
    let bare = ceremony.pack("bare.sceau");
    assert_eq!((bare.statuses().len(), bare.dictionaries().len()), (0, 1));
}

#[test]
fn a_session_key_is_closed_with_its_register_by_roots_on_separate_machines_and_then_stolen() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    office.issue(&many_candidates(2), "out", &[]).success();
    let rows = documents(&office.path("out"));
    ceremony.key(&["key", "new", "registers.key"]).success();
    ceremony.next("trust.sceau", "a.draft", &[]).success();
    let close = ["register", "close", "--key", "session.key", "--register-key", "registers.key", "--draft", "a.draft"];
    ceremony.key(&[&close[..], &["--out", "b.draft"]].concat()).success();
    // a run that was stopped before the draft was written gives the same files
    let (draft, head) = (ceremony.bytes("b.draft"), ceremony.bytes("b.draft.head"));
    std::fs::remove_file(office.path("b.draft")).unwrap();
    ceremony.key(&[&close[..], &["--out", "b.draft"]].concat()).success();
    assert_eq!((ceremony.bytes("b.draft"), ceremony.bytes("b.draft.head")), (draft, head));

    ceremony.signed("b.draft", &[1, 2, 3], "2.list").success();
    let bare = ceremony.publish("2.list", "trust.sceau", "2.sceau").status(2);
    assert!(bare.stderr.contains("closes a key with register BJ-OB/1"), "{}", bare.stderr);
    let publish = ["trust", "publish", "2.list", "--pack", "trust.sceau", "--register-head", "b.draft.head"];
    ceremony.run(&[&publish[..], &["--register-file", "b.draft.register", "--out", "2.sceau"]].concat()).success();
    let shown = ceremony.run(&["trust", "show", "2.sceau"]).success().stdout;
    assert!(shown.contains("register 1 lists 2 documents"), "{shown}");

    ceremony.next("2.sceau", "c.draft", &[]).success();
    let stolen = ["trust", "compromise-key", "c.draft", "--key", "session.key.pub", "--out", "d.draft"];
    ceremony.run(&stolen).success();
    ceremony.signed("d.draft", &[3, 4, 5], "3.list").success();
    ceremony.publish("3.list", "2.sceau", "3.sceau").success();
    let mut store = TrustStore::new();
    store.add(ceremony.pack("3.sceau"));
    let judged = |text: &str| {
        let report = verify(text, &store, office.now());
        (report.reason(), report.register())
    };
    rows.iter().for_each(|row| assert_eq!(judged(&row.text), (Reason::Genuine, Register::Listed)));
    let first = verify(&rows[0].text, &store, office.now());
    let serial = Serial::new([7; 8]).unwrap();
    // the thief writes a day on which the key served
    let key = ceremony.stolen("session.key");
    let day = ceremony.pack("3.sceau").trust().claims().find(&key.public()).unwrap().1.not_before;
    let sealer = Sealer { authority: "BJ-OB", world: World::Live, key: &key };
    let forged = issue(first.document().unwrap(), &serial, day, &sealer).unwrap().symbol_text(&Compactor::plain());
    assert_eq!(judged(&forged), (Reason::KeyCompromised, Register::NotListed));
}
