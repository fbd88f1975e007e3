//! The register of a key: closed once, and proofs out of it, through the real program.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)] // each test program uses its part of it
mod office;

use std::fs;

use credential_core::answer::Register;
use credential_core::lists::PackContents;
use credential_core::register::InclusionProof;
use credential_core::{Evidence, Pack, Reason, TrustStore, verify, verify_with_evidence};
use office::many_candidates;
use office::sealed::Sealed;

#[test]
fn a_pack_that_was_lost_is_made_again_with_the_same_bytes() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    sealed.office.close("trust.sceau", "again.sceau", &[]).success();
    let [first, again] = ["closed.sceau", "again.sceau"].map(|name| fs::read(sealed.office.path(name)).unwrap());
    assert_eq!(first, again);
}

#[test]
fn a_closed_register_gets_no_head_of_another_key() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    sealed.office.new_keys(&["other.key"]);
    let keys = ["--key", "session.key", "--register-key", "other.key", "--root", "root.key"];
    let refused = sealed.with_roots(&["register", "close"], "trust.sceau", "again.sceau", &keys).status(2);
    assert!(refused.stderr.contains("with another register key; give that one"), "{}", refused.stderr);
    assert!(!sealed.office.path("again.sceau").exists());
}

#[test]
fn nothing_is_sealed_after_the_closing_whatever_the_pack_says() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    let refused = sealed.office.issue(&many_candidates(41), "more", &["--skip-faulty"]).status(2);
    assert!(refused.stderr.contains("this key was closed 2"), "{}", refused.stderr);
    assert!(refused.stderr.contains("make a new session key"), "{}", refused.stderr);
    assert!(!sealed.office.path("more").exists());
    // what was sealed before can be written again
    sealed.office.issue(&many_candidates(40), "out", &[]).success();
}

#[test]
fn an_exported_proof_lists_its_document_and_no_other() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    prove(&sealed, &sealed.serials[7], "closed.sceau").status(0);
    let proof = InclusionProof::read(&fs::read(sealed.office.path("7.proof")).unwrap()).unwrap();
    assert_eq!((proof.index(), proof.number()), (7, 1));
    let mut store = TrustStore::new();
    store.add(without_files(&sealed.office.pack("closed.sceau")));
    let evidence = Evidence::none().with_proof(proof);
    for (i, text) in sealed.texts.iter().enumerate() {
        let report = verify_with_evidence(text, &store, &evidence, sealed.office.now());
        assert_eq!(report.register(), if i == 7 { Register::Listed } else { Register::Unknown }, "document {i}");
        // who has neither file nor proof is told so, and accepts nothing
        let reason = if i == 7 { Reason::Genuine } else { Reason::RegisterUnknown };
        assert_eq!(report.reason(), reason, "document {i}");
    }
}

#[test]
fn the_proofs_of_all_documents_lie_under_their_digests_whole_or_not_at_all() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    // what a run that was killed left behind
    fs::create_dir_all(sealed.office.path("proofs.partial/00")).unwrap();
    fs::write(sealed.office.path("proofs.partial/00/half.proof"), b"half").unwrap();
    let all = ["register", "prove", "--key", "session.key", "--trust", "closed.sceau", "--all", "--out", "proofs"];
    let told = sealed.office.run(&all).success();
    assert!(told.stderr.contains("40 proofs, each under the digest of its document"), "{}", told.stderr);
    assert!(!sealed.office.path("proofs.partial").exists());
    let mut store = TrustStore::new();
    store.add(without_files(&sealed.office.pack("closed.sceau")));
    for text in &sealed.texts {
        let report = verify(text, &store, sealed.office.now());
        assert_eq!(report.reason(), Reason::RegisterUnknown);
        let digest: String = report.credential().unwrap().digest().iter().map(|byte| format!("{byte:02x}")).collect();
        let file = sealed.office.path(&format!("proofs/{}/{digest}.proof", &digest[..2]));
        let proof = InclusionProof::read(&fs::read(file).unwrap()).unwrap();
        let evidence = Evidence::none().with_proof(proof);
        let report = verify_with_evidence(text, &store, &evidence, sealed.office.now());
        assert_eq!((report.reason(), report.register()), (Reason::Genuine, Register::Listed));
    }
    let again = sealed.office.run(&all).status(2);
    assert!(again.stderr.contains("proofs"), "{}", again.stderr);
}

#[test]
fn the_roots_may_do_without_a_look_up_and_the_file_still_tells_on_a_thief() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &["--without-look-up"]).success();
    let whole = sealed.office.pack("closed.sceau");
    for pack in [without_files(&whole), whole] {
        let mut store = TrustStore::new();
        store.add(pack);
        for text in &sealed.texts {
            assert_eq!(verify(text, &store, sealed.office.now()).reason(), Reason::Genuine);
        }
    }
    let shown = sealed.office.run(&["trust", "show", "closed.sceau"]).success();
    assert!(shown.stdout.contains("without a look-up"), "{}", shown.stdout);
}

#[test]
fn no_proof_is_given_without_a_head_or_for_what_is_not_there() {
    let sealed = Sealed::with_register_key();
    let early = prove(&sealed, &sealed.serials[7], "trust.sceau").status(2);
    assert!(early.stderr.contains("close the key first"), "{}", early.stderr);
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    let unknown = prove(&sealed, "00000000000000aa", "closed.sceau").status(2);
    assert!(unknown.stderr.contains("00000000000000aa was not sealed by this key"), "{}", unknown.stderr);
    sealed.office.tamper("UPDATE document SET digest = zeroblob(32) WHERE position = 3");
    let changed = prove(&sealed, &sealed.serials[7], "closed.sceau").status(2);
    assert!(changed.stderr.contains("is not what the head of the pack was signed for"));
    assert!(!sealed.office.path("7.proof").exists());
}

fn prove(sealed: &Sealed, serial: &str, trust: &str) -> office::Ended {
    let rest = ["--key", "session.key", "--trust", trust, "--out", "7.proof", "--serial", serial];
    sealed.office.run(&[&["register", "prove"][..], &rest].concat())
}

#[test]
fn a_pack_is_split_into_a_small_one_and_its_registers_and_both_say_together_what_it_said() {
    let sealed = Sealed::with_register_key();
    sealed.office.close("trust.sceau", "closed.sceau", &[]).success();
    let split = ["pack", "split", "closed.sceau", "--out", "phones.sceau", "--registers", "registers"];
    let told = sealed.office.run(&split).success();
    assert_eq!(told.stdout, "registers/BJ-OB-1.sceau\nphones.sceau\n");
    let [small, apart] = ["phones.sceau", "registers/BJ-OB-1.sceau"].map(|name| sealed.office.pack(name));
    assert!(small.registers().all(|(_, file)| file.is_none()));
    let reasons = |packs: &[&Pack]| {
        let mut store = TrustStore::new();
        packs.iter().for_each(|&pack| store.add(pack.clone()));
        let reasons = sealed.texts.iter().map(|text| verify(text, &store, sealed.office.now()).reason());
        reasons.collect::<std::collections::HashSet<_>>()
    };
    assert_eq!(reasons(&[&small]), [Reason::RegisterUnknown].into());
    assert_eq!(reasons(&[&small, &apart]), [Reason::Genuine].into());
    assert_eq!(reasons(&[&apart, &small]), [Reason::Genuine].into());
    let again = sealed.office.run(&split).status(2);
    assert!(again.stderr.contains("phones.sceau"), "{}", again.stderr);
}

/// The pack of a verifier that has the heads and not the files.
fn without_files(pack: &Pack) -> Pack {
    let heads: Vec<_> = pack.registers().map(|(head, _)| head.as_bytes().to_vec()).collect();
    let contents = PackContents {
        trust: pack.trust().as_bytes(),
        statuses: pack.statuses().iter().map(|list| list.as_bytes()).collect(),
        dictionaries: pack.dictionaries().iter().map(|of| of.as_bytes()).collect(),
        register_heads: heads.iter().map(Vec::as_slice).collect(),
        ..PackContents::default()
    };
    Pack::open(&contents.to_bytes(), credential_core::Anchor::AsCarried).unwrap()
}
