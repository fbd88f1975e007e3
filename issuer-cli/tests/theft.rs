//! Closing a key and finding it stolen, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::answer::Register;
use credential_core::lists::{ListPlace, RegisterReference};
use credential_core::{Reason, TrustStore};
use office::sealed::Sealed;
use office::{Office, many_candidates};

#[test]
fn after_a_theft_exactly_the_registered_documents_stay_genuine() {
    let sealed = Sealed::with_register_key();
    let before = sealed.office.now();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    let after = sealed.office.now() + 100;
    sealed.compromise("session.key.pub", "closed.sceau", "stolen.sceau").success();
    for pack in ["trust.sceau", "closed.sceau", "stolen.sceau"] {
        sealed.judged(pack, &[]);
        let expected = if pack == "trust.sceau" { Register::Unknown } else { Register::Listed };
        assert!(sealed.texts.iter().all(|text| sealed.report(text, pack).register() == expected), "{pack}");
    }
    // the old pack knows no better
    sealed.judged_forged("trust.sceau", after, Reason::Genuine, Register::Unknown);
    sealed.judged_forged("closed.sceau", after, Reason::OutsideSigningWindow, Register::Unknown);
    sealed.judged_forged("closed.sceau", before, Reason::KeyCompromised, Register::NotListed);
    sealed.judged_forged("stolen.sceau", after, Reason::OutsideSigningWindow, Register::Unknown);
    sealed.judged_forged("stolen.sceau", before, Reason::KeyCompromised, Register::NotListed);

    sealed.status("withdraw", &[0, 1], "Fraud", "stolen.sceau", "2.sceau").success();
    sealed.status("suspend", &[2, 3], "Inquiry", "2.sceau", "3.sceau").success();
    sealed.status("reinstate", &[3], "Inquiry closed", "3.sceau", "4.sceau").success();
    sealed.judged("4.sceau", &[Reason::Withdrawn, Reason::Withdrawn, Reason::Suspended]);
    sealed.judged("stolen.sceau", &[]);
    assert!(sealed.texts.iter().all(|text| sealed.report(text, "4.sceau").register() == Register::Listed));
    sealed.judged_forged("4.sceau", before, Reason::KeyCompromised, Register::NotListed);
}

#[test]
fn each_list_follows_the_one_before_and_names_the_register() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    sealed.compromise("session.key.pub", "closed.sceau", "stolen.sceau").success();
    let [old, closed, stolen] = ["trust.sceau", "closed.sceau", "stolen.sceau"].map(|name| sealed.office.pack(name));
    for held in [&old, &closed] {
        let mut store = TrustStore::new();
        [held, &stolen].into_iter().for_each(|pack| store.add(pack.clone()));
        assert_eq!(store.place(stolen.trust()), ListPlace::Newest);
    }
    assert_eq!([&old, &closed, &stolen].map(|pack| pack.trust().claims().version), [1, 2, 3]);
    let entry = closed.trust().claims().find(&sealed.office.public_key()).unwrap().1.clone();
    let (head, file) = closed.registers().next().unwrap();
    assert_eq!(
        entry.register,
        Some(RegisterReference { number: 1, head: Some(head.digest()), without_look_up: false })
    );
    assert_eq!((head.claims().count, file.unwrap().count()), (40, 40));
    assert!(entry.closed_at.is_some() && entry.compromised_at.is_none());
    assert_eq!(closed.statuses()[0].as_bytes(), old.statuses()[0].as_bytes());
    let shown = sealed.office.run(&["trust", "show", "stolen.sceau"]).success().stdout;
    let facts = ["lists 40 documents", "signs register heads", ", closed 2", ", COMPROMISED 2"];
    assert!(facts.iter().all(|fact| shown.contains(fact)), "{shown}");
}

#[test]
fn a_key_is_closed_once_and_seals_nothing_more() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    let refused = sealed.office.close("closed.sceau", "again.sceau", &[]).status(2);
    assert!(refused.stderr.contains("is closed already, with register 1"), "{}", refused.stderr);
    std::thread::sleep(std::time::Duration::from_secs(2)); // the second of the closing still counts
    let refused = sealed.office.issue(&many_candidates(41), "more", &["--trust", "closed.sceau", "--skip-faulty"]);
    assert!(refused.status(2).stderr.contains("(closed: 2"));
}

#[test]
fn neither_an_unfinished_batch_nor_a_running_one_is_closed() {
    let office = Office::new("benin");
    office.new_keys(&["registers.key"]);
    let list = many_candidates(3_000);
    let sealed = Sealed { office, texts: vec![], serials: vec![] };
    let mut running = sealed.office.start(&list, "out");
    while sealed.office.events(&["documents"]).is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let refused = sealed.office.close("trust.sceau", "closed.sceau", &[]).status(2);
    assert!(refused.stderr.contains("is not finished") && refused.stderr.contains("of 3000 documents"));
    assert!(!sealed.office.path("closed.sceau").exists());
    sealed.office.issue(&list, "out", &[]).success();
    let sealing =
        fs::File::options().create(true).truncate(false).write(true).open(sealed.office.path("sealing.lock")).unwrap();
    sealing.try_lock().unwrap();
    let refused = sealed.office.close("trust.sceau", "closed.sceau", &[]).status(2);
    assert!(refused.stderr.contains("another program is sealing in this office's folder"), "{}", refused.stderr);
    drop(sealing);
    let closed = sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    assert!(closed.stderr.contains("register 1 lists 3000 documents"), "{}", closed.stderr);
}

#[test]
fn as_many_roots_as_the_threshold_must_sign() {
    let sealed = Sealed::with_register_key();
    sealed.office.new_keys(&["second.key"]);
    sealed.office.new_trust(&["--root", "second.key", "--out", "two.sceau"]).success();
    let refused = sealed.office.close("two.sceau", "closed.sceau", &[]).status(2);
    assert!(refused.stderr.contains("2 of the 2 roots must sign, 1 did"), "{}", refused.stderr);
    assert!(!sealed.office.path("closed.sceau").exists());
    sealed.office.close("two.sceau", "closed.sceau", &["--root", "second.key"]).success();
    assert_eq!(sealed.office.pack("closed.sceau").trust().claims().version, 2);
}

#[test]
fn only_the_roots_close_a_key_or_call_it_stolen() {
    let sealed = Sealed::with_register_key();
    let pack = ["--key", "session.key.pub", "--root", "lists.key"];
    let refused = sealed.with_roots(&["trust", "compromise-key"], "trust.sceau", "2.sceau", &pack).status(2);
    assert!(refused.stderr.contains("is not a root of this trust list"), "{}", refused.stderr);
    let twice = sealed.office.close("trust.sceau", "2.sceau", &["--root", "root.key"]).status(2);
    assert!(twice.stderr.contains("is named twice"), "{}", twice.stderr);
    let keys = ["--key", "session.key", "--register-key", "lists.key", "--root", "root.key"];
    let refused = sealed.with_roots(&["register", "close"], "trust.sceau", "2.sceau", &keys).status(2);
    assert!(refused.stderr.contains("has another use in the trust list"), "{}", refused.stderr);
    let refused = sealed.compromise("root.key.pub", "trust.sceau", "2.sceau").status(2);
    assert!(refused.stderr.contains("is a root"), "{}", refused.stderr);
    let refused = sealed.compromise("lists.key.pub", "trust.sceau", "2.sceau").status(2);
    let said = "no other key of BJ-OB signs status lists, so nobody could say any more what is withdrawn";
    assert!(refused.stderr.contains(said), "{}", refused.stderr);
    assert!(!sealed.office.path("2.sceau").exists());
}

#[test]
fn a_stolen_key_without_a_register_leaves_nothing_genuine_and_that_is_said() {
    let sealed = Sealed::new();
    let done = sealed.compromise("session.key.pub", "trust.sceau", "2.sceau").success();
    assert!(done.stderr.contains("WARNING: the pack has no register"), "{}", done.stderr);
    sealed.judged("2.sceau", &[Reason::KeyCompromised; 40]);
    let refused = sealed.compromise("session.key.pub", "2.sceau", "3.sceau").status(2);
    assert!(refused.stderr.contains("compromised already"), "{}", refused.stderr);
}
