//! The attacks of The Update Framework's list, each against the real program and against a verifier that holds a pack.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs::{self, File};

use credential_core::answer::FaultCode;
use credential_core::lists::{ListPlace, PackContents, TrustClaims, TrustDraft, TrustList};
use credential_core::sealing::SealingKey;
use credential_core::{Reason, TrustStore, verify};
use office::ceremony::Ceremony;
use office::{documents, many_candidates};

/// The pack in force with another list in it.
fn pack_of(ceremony: &Ceremony, list: &TrustList) -> Vec<u8> {
    let held = ceremony.pack("trust.sceau");
    let statuses = held.statuses().iter().map(|status| status.as_bytes()).collect();
    PackContents { trust: list.as_bytes(), statuses, ..PackContents::default() }.to_bytes()
}

/// The claims in force, as an attacker changes them.
fn changed(ceremony: &Ceremony, change: impl FnOnce(&mut TrustClaims)) -> TrustClaims {
    let mut claims = ceremony.pack("trust.sceau").trust().claims().clone();
    change(&mut claims);
    claims
}

fn signed(claims: &TrustClaims, roots: &[SealingKey]) -> TrustList {
    TrustList::sign(claims, &roots.iter().collect::<Vec<_>>()).unwrap()
}

#[test]
fn arbitrary_list_a_list_of_other_roots_takes_nobodys_place() {
    let ceremony = Ceremony::new();
    let mine: Vec<_> = (11..14).map(|seed| SealingKey::from_seed(&[seed; 32])).collect();
    let forged = changed(&ceremony, |claims| {
        claims.version = 2;
        claims.roots.keys = mine.iter().map(SealingKey::public).collect();
    });
    let forged = signed(&forged, &mine);
    fs::write(ceremony.office.path("forged.list"), forged.as_bytes()).unwrap();
    fs::write(ceremony.office.path("forged.sceau"), pack_of(&ceremony, &forged)).unwrap();
    assert_eq!(ceremony.place("forged.sceau", "trust.sceau"), ListPlace::Foreign);
    let refused = ceremony.publish("forged.list", "trust.sceau", "2.sceau").status(2);
    assert!(refused.stderr.contains("trust-foreign-root"), "{}", refused.stderr);
    assert!(!ceremony.office.path("2.sceau").exists());
}

#[test]
fn rollback_neither_verifier_nor_issuer_goes_back_to_an_older_list() {
    let ceremony = Ceremony::new();
    ceremony.next("trust.sceau", "next.draft", &[]).success();
    ceremony.signed("next.draft", &[2, 3, 4], "2.list").success();
    ceremony.publish("2.list", "trust.sceau", "2.sceau").success();
    assert_eq!(ceremony.place("trust.sceau", "2.sceau"), ListPlace::Older(2));
    let build =
        ["pack", "build", "--trust", "1.list", "--from", "trust.sceau", "--held", "2.sceau", "--out", "3.sceau"];
    for refused in [ceremony.publish("1.list", "2.sceau", "3.sceau"), ceremony.run(&build)] {
        let refused = refused.status(2);
        assert!(refused.stderr.contains("trust-rolled-back"), "{}", refused.stderr);
    }
    assert!(!ceremony.office.path("3.sceau").exists());
}

#[test]
fn freeze_who_keeps_an_old_pack_before_a_verifier_ends_at_status_old() {
    let ceremony = Ceremony::new();
    let office = &ceremony.office;
    office.issue(&many_candidates(1), "out", &[]).success();
    let (text, pack) = (documents(&office.path("out")).remove(0).text, ceremony.pack("trust.sceau"));
    let due = pack.trust().claims().next_update;
    assert!(due <= pack.statuses()[0].expires());
    let mut store = TrustStore::new();
    store.add(pack);
    assert_eq!(verify(&text, &store, due - 1).reason(), Reason::Genuine);
    assert_eq!(verify(&text, &store, due).reason(), Reason::StatusOld);
    let never = ceremony.next("trust.sceau", "x.draft", &["--next-update", "2026-01-01"]).status(2);
    assert!(never.stderr.contains("before this one is issued"), "{}", never.stderr);
}

#[test]
fn fast_forward_a_draft_that_skips_versions_is_signed_by_nobody() {
    let ceremony = Ceremony::new();
    let pack = ceremony.pack("trust.sceau");
    for version in [3, u32::MAX] {
        let draft =
            TrustDraft::new(&changed(&ceremony, |claims| claims.version = version), Some(pack.trust())).unwrap();
        let name = format!("{version}.draft");
        fs::write(ceremony.office.path(&name), draft.to_bytes()).unwrap();
        let words = format!("the draft has version {version}, but version 1 is in force: versions rise by one");
        for refused in
            [ceremony.sign(&name, "root-1.key", "x.sig"), ceremony.merge(&name, &["1-5.draft.sig"], "x.list")]
        {
            let refused = refused.status(2);
            assert!(refused.stderr.contains(&words), "{}", refused.stderr);
        }
    }
    assert!(!ceremony.office.path("x.sig").exists());
}

#[test]
fn fast_forward_after_the_last_version_only_new_roots_help_and_the_program_says_so() {
    let ceremony = Ceremony::new();
    let roots = [1, 2, 3].map(|root| ceremony.stolen(&format!("root-{root}.key")));
    let held = ceremony.pack("trust.sceau").trust().clone();
    let last = signed(&changed(&ceremony, |claims| claims.version = u32::MAX).after(&held), &roots);
    fs::write(ceremony.office.path("last.sceau"), pack_of(&ceremony, &last)).unwrap();
    assert_eq!(ceremony.place("last.sceau", "trust.sceau"), ListPlace::Newest); // a threshold of roots may do anything
    let refused = ceremony.next("last.sceau", "x.draft", &[]).status(2);
    for words in ["the last version that there is", "first list with new roots", "fingerprint"] {
        assert!(refused.stderr.contains(words), "{words} is not in: {}", refused.stderr);
    }
    // rotating the roots brings no lower version back: nothing is said until a list above both decides
    let new = SealingKey::from_seed(&[9; 32]);
    let fresh = changed(&ceremony, |claims| {
        (claims.version, claims.roots.threshold, claims.roots.keys) = (2, 1, vec![new.public()]);
    });
    let [one, two, three] = roots;
    let fresh = signed(&fresh.after(&held), &[new, one, two, three]);
    fs::write(ceremony.office.path("fresh.sceau"), pack_of(&ceremony, &fresh)).unwrap();
    assert_eq!(ceremony.place("fresh.sceau", "last.sceau"), ListPlace::Conflict);
    assert_eq!(ceremony.place("fresh.sceau", "trust.sceau"), ListPlace::Newest);
}

#[test]
fn mix_and_match_objects_of_another_list_are_refused_by_the_name_of_their_file() {
    let (ceremony, other) = (Ceremony::new(), office::Office::new("benin"));
    fs::copy(other.path("trust.sceau"), ceremony.office.path("other.sceau")).unwrap();
    let build = |more: &[&str]| {
        let refused =
            ceremony.run(&[&["pack", "build", "--trust", "1.list", "--out", "x.sceau"], more].concat()).status(2);
        assert!(!ceremony.office.path("x.sceau").exists());
        refused.stderr
    };
    let foreign = build(&["--from", "trust.sceau", "--from", "other.sceau"]);
    assert!(foreign.contains("other.sceau: a status list is refused: status-unsigned"), "{foreign}");
    fs::write(ceremony.office.path("foreign.dict"), b"words of somebody else").unwrap();
    let dictionary = build(&["--from", "trust.sceau", "--dictionary", "foreign.dict"]);
    assert!(dictionary.contains("foreign.dict: the trust list does not name this dictionary"), "{dictionary}");
    fs::copy(ceremony.office.path("1.list"), ceremony.office.path("list.status")).unwrap();
    let kind = build(&["--from", "trust.sceau", "--status", "list.status"]);
    assert!(kind.contains("list.status: a status list is refused: status-malformed"), "{kind}");
    let bare = build(&[]);
    assert!(bare.contains("1 dictionaries of BJ-OB are missing"), "{bare}");
}

#[test]
fn wrong_keys_every_foreign_signature_is_refused_by_the_name_of_its_file() {
    let ceremony = Ceremony::new();
    ceremony.next("trust.sceau", "a.draft", &[]).success();
    ceremony.next("trust.sceau", "b.draft", &["--threshold", "4"]).success();
    for (draft, root) in [("a.draft", 1), ("a.draft", 2), ("b.draft", 3)] {
        ceremony.sign(draft, &format!("root-{root}.key"), &format!("{root}.sig")).success();
    }
    let foreign = ceremony.sign("a.draft", "session.key", "x.sig").status(2);
    assert!(foreign.stderr.contains("is no root"), "{}", foreign.stderr);
    let mut borrowed = ceremony.bytes("2.sig"); // the key id of the first root over the signature of the second
    let first = ceremony.stolen("root-1.key").public().id();
    let second = ceremony.stolen("root-2.key").public().id();
    let at = borrowed.windows(4).rposition(|four| four == second).unwrap();
    borrowed[at..at + 4].copy_from_slice(&first);
    fs::write(ceremony.office.path("borrowed.sig"), borrowed).unwrap();
    let refused = ceremony.merge("a.draft", &["1.sig", "3.sig", "borrowed.sig", "1.list"], "x.list").status(2);
    for words in [
        "3 of 4 signature files are refused",
        "3.sig was made over another draft",
        "borrowed.sig names a root, but does not hold",
        "1.list is not the signature of one root",
    ] {
        assert!(refused.stderr.contains(words), "{words} is not in: {}", refused.stderr);
    }
    assert!(!ceremony.office.path("x.list").exists());
}

#[test]
fn one_key_twice_counts_once() {
    let ceremony = Ceremony::new();
    fs::copy(ceremony.office.path("3-5.draft.sig"), ceremony.office.path("copy.sig")).unwrap();
    let refused = ceremony.merge("5.draft", &["1-5.draft.sig", "3-5.draft.sig", "copy.sig"], "x.list").status(2);
    assert!(refused.stderr.contains("copy.sig is of the root"), "{}", refused.stderr);
    assert!(refused.stderr.contains("as 3-5.draft.sig is: it counts once"), "{}", refused.stderr);
    let twice = ["trust", "draft", "--owner", "X", "--threshold", "2", "--out", "x.draft"];
    let roots = ["--root-pub", "root-1.key.pub", "root-1.key.pub"];
    let refused = ceremony.run(&[&twice[..], &roots].concat()).status(2);
    assert!(refused.stderr.contains("is given twice"), "{}", refused.stderr);
}

#[test]
fn too_few_keys_who_is_missing_is_said() {
    let ceremony = Ceremony::new();
    let refused = ceremony.merge("5.draft", &["1-5.draft.sig", "3-5.draft.sig"], "x.list").status(2);
    let absent = issuer::keys::read_public_key(&ceremony.office.path("root-4.key.pub")).unwrap();
    let absent = issuer::keys::fingerprint(&absent);
    assert!(refused.stderr.contains("1 more of the roots"), "{}", refused.stderr);
    assert!(refused.stderr.contains("(2 of 3 that are needed have)") && refused.stderr.contains(&absent));
}

#[test]
fn threshold_of_old_keys_new_roots_alone_replace_nobody() {
    let ceremony = Ceremony::new();
    ceremony.new_root(6).success();
    let roots = ["--remove-root", "root-1.key.pub", "--add-root", "root-6.key.pub"];
    ceremony.next("trust.sceau", "next.draft", &roots).success();
    // three of the new set, but only two of the old one
    let refused = ceremony.signed("next.draft", &[6, 2, 3], "x.list").status(2);
    assert!(refused.stderr.contains("(2 of 3 that are needed have)"), "{}", refused.stderr);
    // three of the old set, but only two of the new one
    ceremony.sign("next.draft", "root-1.key", "1.sig").success();
    let refused = ceremony.merge("next.draft", &["1.sig", "2-next.draft.sig", "3-next.draft.sig"], "x.list").status(2);
    assert!(refused.stderr.contains("(2 of 3 that are needed have)"), "{}", refused.stderr);
    let all = ["1.sig", "2-next.draft.sig", "3-next.draft.sig", "6-next.draft.sig"];
    ceremony.merge("next.draft", &all, "2.list").success();
    // a verifier is not persuaded by the new roots either
    let claims = TrustDraft::open(&ceremony.bytes("next.draft")).unwrap().claims().clone();
    let forgers = [6, 2, 3].map(|root| ceremony.stolen(&format!("root-{root}.key")));
    let forged = TrustList::sign(&claims, &forgers.iter().collect::<Vec<_>>());
    assert_eq!(forged.map(drop).map_err(|fault| fault.code()), Err(FaultCode::TrustUnsigned));
}

#[test]
fn endless_data_files_beyond_their_bounds_are_not_read() {
    let ceremony = Ceremony::new();
    for (name, bytes) in [("large.draft", 9_u64 << 20), ("large.sig", 17 << 20), ("large.sceau", 1 << 40)] {
        File::create(ceremony.office.path(name)).unwrap().set_len(bytes).unwrap();
    }
    for refused in [
        ceremony.sign("large.draft", "root-1.key", "x"),
        ceremony.merge("5.draft", &["large.sig"], "x"),
        ceremony.publish("large.sig", "trust.sceau", "x"),
        ceremony.publish("1.list", "large.sceau", "x"),
        ceremony.next("large.sceau", "x", &[]),
        ceremony.run(&["trust", "show", "large.sceau"]),
        ceremony.run(&["pack", "build", "--trust", "1.list", "--status", "large.sig", "--out", "x"]),
        ceremony.run(&["pack", "build", "--trust", "1.list", "--dictionary", "large.sig", "--out", "x"]),
    ] {
        let refused = refused.status(2);
        assert!(refused.stderr.contains("or more than"), "{}", refused.stderr);
    }
}

#[test]
fn what_is_refused_is_told_with_object_rule_and_byte() {
    let ceremony = Ceremony::new();
    let good = ceremony.bytes("trust.sceau");
    let status = ceremony.pack("trust.sceau").statuses()[0].as_bytes().to_vec();
    let at = good.windows(status.len()).position(|bytes| bytes == status).unwrap();
    let (mut longer, mut altered, mut cut) = (good.clone(), good.clone(), good.clone());
    longer.push(0);
    *altered.get_mut(at + status.len() - 1).unwrap() ^= 1;
    cut.truncate(good.len() - 1);
    for (bytes, said) in [
        (
            longer,
            format!("pack-malformed: the pack breaks rule CBR-8 at byte {}. The trust pack is damaged.", good.len()),
        ),
        (altered, "status-unsigned: status list 1 breaks rule STA-2. A status list is not signed".to_owned()),
        (cut, "pack-malformed: the pack breaks rule ".to_owned()),
    ] {
        fs::write(ceremony.office.path("bad.sceau"), bytes).unwrap();
        let refused = ceremony.run(&["trust", "show", "bad.sceau"]).status(2);
        assert!(refused.stderr.contains(&format!("the trust pack is refused: {said}")), "{}", refused.stderr);
        assert!(!refused.stderr.contains("No statement about the paper"), "{}", refused.stderr);
    }
}
