//! From a document to a verdict: each outcome, and that nothing else leads to it.

mod common;

use common::*;
use credential_core::*;
use proptest::prelude::*;

#[track_caller]
fn ends_in(world: &World, text: &str, reason: Reason) {
    let report = world.judge(text);
    assert_eq!(report.reason(), reason);
    assert_eq!(report.document().is_some(), reason.shows_document());
    assert_eq!(report_json(&report)["document"].is_null(), !reason.shows_document());
}

#[test]
fn what_is_sealed_reads_back_equal_for_every_kind() {
    let world = World::new();
    let mut attestation = transcript(7);
    attestation.kind = Kind::Attestation;
    attestation.birth = PartialDate::new(1997, None, None);
    attestation.edition = Edition::Correction { number: 2, replaces: serial(5), decision: Some(text("D 12/2026")) };
    attestation.archive = Some(Archive { year: 1997, grade: Grade::MarkSheets });
    for document in [diploma(1), transcript(2), attestation] {
        let report = world.judge(&world.text(&document));
        assert_eq!((report.reason(), report.status()), (Reason::Genuine, Status::InForce));
        assert_eq!(report.document(), Some(&document));
    }
}

#[test]
fn each_status_is_told() {
    let mut world = World::new();
    let text = world.text(&diploma(4));
    for (value, reason) in [
        (StatusValue::InForce, Reason::Genuine),
        (StatusValue::Withdrawn, Reason::Withdrawn),
        (StatusValue::Suspended, Reason::Suspended),
        (StatusValue::Replaced, Reason::Replaced),
    ] {
        world.status[4] = value;
        ends_in(&world, &text, reason);
    }
}

#[test]
fn an_old_list_and_a_missing_entry_are_never_accepted() {
    let mut world = World::new();
    let text = world.text(&diploma(4));
    world.status_expires = NOW;
    ends_in(&world, &text, Reason::StatusOld);
    world.status.truncate(4);
    ends_in(&world, &text, Reason::StatusUnknown);
    let mut without = diploma(4);
    without.status = None;
    ends_in(&World::new(), &world.text(&without), Reason::StatusUnknown);
}

#[test]
fn a_test_key_makes_specimens_only() {
    let mut world = World::new();
    world.entry().test = true;
    ends_in(&world, &world.text(&diploma(1)), Reason::Specimen);
    world.status = vec![StatusValue::Withdrawn; 100];
    ends_in(&world, &world.text(&diploma(1)), Reason::Specimen);
}

#[test]
fn scope_window_and_compromise_each_have_their_outcome() {
    let text = World::new().text(&diploma(1));
    let change = |change: fn(&mut KeyEntry)| {
        let mut world = World::new();
        change(world.entry());
        world
    };
    ends_in(&change(|entry| scope(entry, vec![Kind::Transcript], "Juin 2026", 1)), &text, Reason::OutsideScope);
    ends_in(&change(|entry| scope(entry, vec![Kind::Diploma], "Juin 2025", 1)), &text, Reason::OutsideScope);
    ends_in(&change(|entry| scope(entry, vec![Kind::Diploma], "Juin 2026", 2)), &text, Reason::OutsideScope);
    ends_in(&change(|entry| entry.not_after = SEALED_AT), &text, Reason::Genuine);
    ends_in(&change(|entry| entry.not_after = SEALED_AT - 1), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.not_before = SEALED_AT + 1), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.closed_at = Some(SEALED_AT - 1)), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.compromised_at = Some(NOW)), &text, Reason::KeyCompromised);
}

fn scope(entry: &mut KeyEntry, kinds: Vec<Kind>, session: &str, list: u64) {
    entry.usage =
        KeyUse::Documents { kinds, sessions: Some(vec![text(session)]), maximum_count: 1, status_list: Some(list) };
}

#[test]
fn unknown_keys_and_no_trust_at_all_are_told_apart() {
    let world = World::new();
    let mut stranger = World::new();
    stranger.key = SealingKey::from_seed(&[99; 32]);
    ends_in(&world, &stranger.seal(&diploma(1)).symbol_text(&Compactor::plain()), Reason::UnknownIssuer);
    let report = verify(&world.text(&diploma(1)), &TrustStore::new(), NOW);
    assert_eq!((report.reason(), report.document()), (Reason::NoTrust, None));
}

#[test]
fn another_root_than_the_one_held_is_refused() {
    let world = World::new();
    let anchor = |roots: &RootSet| Anchor::Fingerprint(roots.fingerprint());
    let open = |anchor| Pack::open(&world.pack_bytes(), anchor).map(drop);
    assert_eq!(open(anchor(&world.trust.roots)), Ok(()));
    let other = RootSet { threshold: 1, keys: vec![SealingKey::from_seed(&[9; 32]).public()] };
    assert_eq!(open(anchor(&other)), Err(Reason::TrustForeignRoot));
}

#[test]
fn one_root_that_signs_twice_is_counted_once() {
    let mut world = World::new();
    let second = SealingKey::from_seed(&[8; 32]);
    world.trust.roots = RootSet { threshold: 2, keys: vec![world.root.public(), second.public()] };
    let sign = |roots: &[&SealingKey]| TrustList::sign(&world.trust, roots).map(drop);
    assert_eq!(sign(&[&world.root, &world.root]), Err(Reason::TrustUnsigned));
    assert_eq!(sign(&[&world.root, &second]), Ok(()));
}

#[test]
fn no_flipped_bit_of_a_thousand_codes_is_ever_genuine() {
    let world = World::new();
    let (store, compactor) = (world.store(), world.dictionary.compactor());
    for number in 0..1_000 {
        let document = if number % 2 == 0 { diploma(number) } else { transcript(number) };
        no_flipped_bit_is_genuine(&store, &world.seal(&document).compact(&compactor));
    }
}

#[test]
fn no_flipped_bit_of_bare_documents_is_ever_genuine() {
    let world = World::new();
    let store = world.store();
    for number in 0..20 {
        no_flipped_bit_is_genuine(&store, world.seal(&diploma(number)).as_bytes());
    }
}

#[track_caller]
fn no_flipped_bit_is_genuine(store: &TrustStore, bytes: &[u8]) {
    let reason = |bytes: &[u8]| verify(&symbol_text(bytes), store, NOW).reason();
    assert_eq!(reason(bytes), Reason::Genuine);
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(reason(&changed).verdict(), Verdict::Genuine, "{} bit {bit}", symbol_text(bytes));
    }
}

#[test]
fn two_packs_with_the_same_key_the_higher_version_decides_in_either_order() {
    let mut newer = World::new();
    newer.trust.version = 2;
    newer.entry().compromised_at = Some(NOW);
    let open = |world: &World| Pack::open(&world.pack_bytes(), Anchor::AsCarried).unwrap();
    let text = newer.text(&diploma(1));
    for packs in [[open(&World::new()), open(&newer)], [open(&newer), open(&World::new())]] {
        let mut store = TrustStore::new();
        packs.into_iter().for_each(|pack| store.add(pack));
        assert_eq!(verify(&text, &store, NOW).reason(), Reason::KeyCompromised);
    }
}

#[test]
fn a_list_of_another_owner_does_not_undo_a_compromise() {
    let mut compromised = World::new();
    compromised.entry().compromised_at = Some(NOW);
    let mut other = World::new();
    other.root = SealingKey::from_seed(&[77; 32]);
    other.trust.roots = RootSet { threshold: 1, keys: vec![other.root.public()] };
    other.trust.version = 9;
    let mut store = TrustStore::new();
    for world in [&compromised, &other] {
        store.add(Pack::open(&world.pack_bytes(), Anchor::AsCarried).unwrap());
    }
    assert_eq!(verify(&other.text(&diploma(1)), &store, NOW).reason(), Reason::KeyCompromised);
}

#[test]
fn an_identity_number_that_is_typed_is_compared() {
    let world = World::new();
    let mut document = diploma(1);
    let digest = identity_digest("BE123456", serial(1).as_bytes(), 10).unwrap();
    document.identity = Some(Identity::Digest { work: 10, digest });
    let report = world.judge(&world.text(&document));
    let credential = report.credential().unwrap();
    assert_eq!(credential.identity_matches("be 123 456"), Some(true));
    assert_eq!(credential.identity_matches("BE123457"), Some(false));
    let masked = world.judge(&world.text(&diploma(1)));
    let credential = masked.credential().unwrap();
    assert_eq!(credential.identity_matches("be-123 456"), Some(true));
    assert_eq!(credential.identity_matches("BE123457"), Some(false));
}

proptest! {
    #[test]
    fn no_text_panics_or_is_genuine(text in "(SC1:|https://a.example/#SC1:)?[ -Z]{0,200}") {
        let report = World::new().judge(&text);
        prop_assert_ne!(report.reason().verdict(), Verdict::Genuine);
        prop_assert_ne!(report.reason().verdict(), Verdict::NotGenuine);
    }

    #[test]
    fn a_cut_or_changed_pack_is_refused_or_equal(at in 0_usize..1_200, value in any::<u8>()) {
        let bytes = World::new().pack_bytes();
        let at = at % bytes.len();
        let mut changed = bytes.clone();
        changed[at] = value;
        prop_assert!(changed == bytes || Pack::open(&changed, Anchor::AsCarried).is_err());
        prop_assert!(Pack::open(&bytes[..at], Anchor::AsCarried).is_err());
    }
}

#[test]
fn no_report_judges_a_paper_that_was_not_opened() {
    for &reason in Reason::ALL {
        let report = Report::refused(reason);
        assert_eq!((report.reason().verdict(), report.reason().exit_status()), (Verdict::Undetermined, 2), "{reason}");
        assert!(!report.reason().shows_document() && report.document().is_none(), "{reason}");
        assert_eq!(LegalisationReport::refused(reason).reason(), report.reason());
    }
    assert_eq!(Report::refused(Reason::NoCode).reason(), Reason::NoCode);
    assert_eq!(Report::refused(Reason::Genuine).reason(), Reason::InputUnreadable);
    assert_eq!(Report::refused(Reason::SignatureInvalid).reason(), Reason::InputUnreadable);
}
