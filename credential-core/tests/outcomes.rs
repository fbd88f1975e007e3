//! From a document to a verdict: each outcome, and that nothing else leads to it.

mod common;

use common::*;
use proptest::prelude::*;

#[track_caller]
fn ends_in(world: &Setting, text: &str, reason: Reason) {
    let report = world.judge(text);
    assert_eq!(report.reason(), reason);
    assert_eq!(report.document().is_some(), reason.shows_document());
    assert_eq!(view(&report_json(&report))["document"].is_null(), !reason.shows_document());
}

#[test]
fn what_is_sealed_reads_back_equal_for_every_kind() {
    let world = Setting::new();
    let whole = Document { sheet: None, valid_until: None, ..everything() };
    for document in [diploma(1), transcript(2), whole] {
        let report = world.judge(&world.text(&document));
        assert_eq!((report.reason(), report.status()), (Reason::Genuine, Status::InForce));
        assert_eq!(report.document(), Some(&document));
    }
}

#[test]
fn each_statement_is_told_and_stands_until_another_is_made() {
    let mut world = Setting::new();
    let sealed = world.seal(&diploma(4));
    let text = world.text(&diploma(4));
    ends_in(&world, &text, Reason::Genuine);
    for (statement, reason) in [
        (Statement::Withdrawn, Reason::Withdrawn),
        (Statement::Suspended, Reason::Suspended),
        (Statement::Replaced, Reason::Replaced),
        (Statement::Reinstated(1), Reason::Genuine),
    ] {
        world.state(sealed.digest(), statement);
        ends_in(&world, &text, reason);
        ends_in(&world, &world.text(&diploma(5)), Reason::Genuine);
    }
}

#[test]
fn the_same_facts_under_another_key_are_withdrawn_too_and_other_facts_are_not() {
    let mut world = Setting::new();
    world.state(world.seal(&diploma(4)).digest(), Statement::Withdrawn);
    let other = SealingKey::from_seed(&[61; 32]);
    let entry = KeyEntry { public: other.public(), ..world.entry().clone() };
    world.trust.authorities[0].keys.push(entry);
    let sealer = Sealer { authority: "XX-EXAM", world: World::Live, key: &other };
    let seal = |document: &Document| issue(document, &serial(1), SEALED_AT + 5, &sealer).unwrap();
    let text = |sealed: SealedDocument| sealed.symbol_text(&Compactor::plain());
    assert_eq!(seal(&diploma(4)).digest(), world.seal(&diploma(4)).digest());
    ends_in(&world, &text(seal(&diploma(4))), Reason::Withdrawn);
    // an innocent's serial under other facts
    ends_in(&world, &text(seal(&diploma(5))), Reason::Genuine);
}

#[test]
fn what_one_authority_signs_is_nothing_under_anothers_name() {
    let world = Setting::new();
    let sealer = Sealer { authority: "XX-OTHER", ..world.sealer() };
    let sealed = issue(&diploma(1), &serial(1), SEALED_AT, &sealer).unwrap();
    ends_in(&world, &sealed.symbol_text(&Compactor::plain()), Reason::SignatureInvalid);
}

#[test]
fn an_old_list_and_a_missing_one_are_never_accepted() {
    let mut world = Setting::new();
    let text = world.text(&diploma(4));
    world.status_expires = NOW;
    ends_in(&world, &text, Reason::StatusOld);
    world.entry().status_list = Some(2);
    ends_in(&world, &text, Reason::StatusUnknown);
    world.entry().status_list = None;
    ends_in(&world, &text, Reason::StatusUnknown);
}

#[test]
fn a_test_key_makes_specimens_only() {
    let mut world = Setting::new();
    world.entry().test = true;
    let sealed = world.seal(&diploma(1));
    ends_in(&world, &world.text(&diploma(1)), Reason::Specimen);
    world.state(sealed.digest(), Statement::Withdrawn);
    ends_in(&world, &world.text(&diploma(1)), Reason::Specimen);
    assert_ne!(sealed.digest(), Setting::new().seal(&diploma(1)).digest());
}

fn deciding(outcome: Outcome, kind: Kind) -> Document {
    Document { kind, decision: Some(Decision { outcome, words: None }), ..transcript(1) }
}

#[test]
fn what_was_decided_decides_the_row_and_never_better_than_the_status() {
    let mut world = Setting::new();
    let text = |world: &Setting, outcome| world.text(&deciding(outcome, Kind::Transcript));
    ends_in(&world, &text(&world, Outcome::Admitted), Reason::Genuine);
    ends_in(&world, &text(&world, Outcome::NotAdmitted), Reason::StatesNotAdmitted);
    ends_in(&world, &text(&world, Outcome::Otherwise), Reason::StatesOtherwise);
    world.status_expires = NOW;
    ends_in(&world, &text(&world, Outcome::NotAdmitted), Reason::StatesNotAdmitted);
    ends_in(&world, &text(&world, Outcome::Otherwise), Reason::StatusOld);
    world.state(world.seal(&deciding(Outcome::NotAdmitted, Kind::Transcript)).digest(), Statement::Withdrawn);
    ends_in(&world, &text(&world, Outcome::NotAdmitted), Reason::Withdrawn);
}

#[test]
fn a_last_day_ends_when_it_has_ended_everywhere() {
    let world = Setting::new();
    // 2026-09-20; NOW is 2026-09-21 14:13:20
    let until = |shown: &str| {
        let date = PartialDate::parse(shown).unwrap();
        Document { kind: Kind::Attestation, valid_until: Some(Date::Known(date)), ..transcript(1) }
    };
    let noon = 1_789_992_000;
    let judge = |shown: &str, now| verify(&world.text(&until(shown)), &world.store(), now).reason();
    assert_eq!((judge("2026-09-20", noon - 1), judge("2026-09-20", noon)), (Reason::Genuine, Reason::PastValidity));
    assert_eq!(
        (judge("2026-09", NOW), judge("2026", NOW), judge("2026-08", NOW)),
        (Reason::Genuine, Reason::Genuine, Reason::PastValidity)
    );
    // a clock that was put back does not help, where the trust list was issued later
    let mut later = Setting::new();
    later.trust.issued = noon;
    assert_eq!(verify(&later.text(&until("2026-09-20")), &later.store(), SEALED_AT).reason(), Reason::PastValidity);
}

#[test]
fn one_sheet_is_not_accepted_alone_and_all_of_them_are_told() {
    let world = Setting::new();
    let sheet = |number, of, change: fn(&mut Document)| {
        let mut document = Document { sheet: Some(Sheet { number, of }), ..transcript(1) };
        document.results.as_mut().unwrap().mean = None;
        document.results.as_mut().unwrap().rows[0] = Row::subject(Words::one(format!("Feuille {number}")).unwrap());
        change(&mut document);
        let sealed = issue(&document, &serial(number.into()), SEALED_AT, &world.sealer()).unwrap();
        world.judge(&sealed.symbol_text(&Compactor::plain()))
    };
    let complete = |reports: &[&Report]| {
        complete_sheets(&reports.iter().map(|report| report.credential().unwrap()).collect::<Vec<_>>())
    };
    let (first, second) = (sheet(1, 2, |_| ()), sheet(2, 2, |_| ()));
    assert_eq!((first.reason(), first.reason().exit_status()), (Reason::OneSheet, 2));
    assert_eq!(complete(&[&first]), [false]);
    assert_eq!(complete(&[&second, &first]), [true, true]);
    assert_eq!(complete(&[&first, &first]), [false, false]);
    let (of_three, of_another) = (sheet(2, 3, |_| ()), sheet(2, 2, |document| document.honours = None));
    assert_eq!(complete(&[&first, &of_three]), [false, false]);
    assert_eq!(complete(&[&first, &of_another]), [false, false]);
    let whole = world.judge(&world.text(&diploma(1)));
    assert_eq!(complete(&[&whole, &first, &second]), [false, true, true]);
}

#[test]
fn a_refusal_says_its_rule_its_field_and_its_byte() {
    let world = Setting::new();
    let cause = |text: &str| {
        let report = world.judge(text);
        let cause = report.cause().unwrap();
        assert_eq!(cause.reason(), report.reason());
        (cause.rule(), cause.field(), cause.byte())
    };
    assert_eq!(cause("SC1:A"), ("TXT-5", None, None));
    assert_eq!(cause("https://example.org/#SC1:12"), ("TXT-6", None, None));
    assert_eq!(cause(&symbol_text(&[0xD2, 0x84, 0x5F])), ("CBR-1", None, Some(2)));
    assert_eq!(cause(&symbol_text(&[0xD2, 0x80])), ("ENV-2", None, None));
    let mut other = Setting::new();
    scope(other.entry(), vec![Kind::Diploma], "Juin 2025");
    let report = other.judge(&other.text(&diploma(1)));
    let cause = report.cause().unwrap();
    assert_eq!((cause.rule(), cause.field()), ("VER-1", Some("session")));
    assert!(world.judge(&world.text(&diploma(1))).cause().is_none());
}

#[test]
fn scope_window_and_compromise_each_have_their_outcome() {
    let text = Setting::new().text(&diploma(1));
    let change = |change: fn(&mut KeyEntry)| {
        let mut world = Setting::new();
        change(world.entry());
        world
    };
    ends_in(&change(|entry| scope(entry, vec![Kind::Transcript], "Juin 2026")), &text, Reason::OutsideScope);
    ends_in(&change(|entry| scope(entry, vec![Kind::Diploma], "Juin 2025")), &text, Reason::OutsideSession);
    ends_in(&change(|entry| entry.not_after = SEALED_AT), &text, Reason::Genuine);
    ends_in(&change(|entry| entry.not_after = SEALED_AT - 1), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.not_before = SEALED_AT + 1), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.closed_at = Some(SEALED_AT - 1)), &text, Reason::OutsideSigningWindow);
    ends_in(&change(|entry| entry.compromised_at = Some(NOW)), &text, Reason::KeyCompromised);
}

fn scope(entry: &mut KeyEntry, kinds: Vec<Kind>, session: &str) {
    entry.usage = KeyUse::Documents { kinds, sessions: Some(vec![text(session)]), maximum_count: 1 };
}

#[test]
fn unknown_keys_and_no_trust_at_all_are_told_apart() {
    let world = Setting::new();
    let mut stranger = Setting::new();
    stranger.key = SealingKey::from_seed(&[99; 32]);
    ends_in(&world, &stranger.seal(&diploma(1)).symbol_text(&Compactor::plain()), Reason::UnknownIssuer);
    let report = verify(&world.text(&diploma(1)), &TrustStore::new(), NOW);
    assert_eq!((report.reason(), report.document()), (Reason::NoTrust, None));
}

#[test]
fn another_root_than_the_one_held_is_refused() {
    let world = Setting::new();
    let anchor = |roots: &RootSet| Anchor::Fingerprint(roots.fingerprint());
    let open = |anchor| Pack::open(&world.pack_bytes(), anchor).map(drop).map_err(|fault| fault.code());
    assert_eq!(open(anchor(&world.trust.roots)), Ok(()));
    let other = RootSet { threshold: 1, keys: vec![SealingKey::from_seed(&[9; 32]).public()] };
    assert_eq!(open(anchor(&other)), Err(FaultCode::TrustForeignRoot));
}

#[test]
fn one_root_that_signs_twice_is_counted_once() {
    let mut world = Setting::new();
    let second = SealingKey::from_seed(&[8; 32]);
    world.trust.roots = RootSet { threshold: 2, keys: vec![world.root.public(), second.public()] };
    let sign = |roots: &[&SealingKey]| TrustList::sign(&world.trust, roots).map(drop).map_err(|fault| fault.code());
    assert_eq!(sign(&[&world.root, &world.root]), Err(FaultCode::TrustUnsigned));
    assert_eq!(sign(&[&world.root, &second]), Ok(()));
}

#[test]
fn no_flipped_bit_of_a_thousand_codes_is_ever_genuine() {
    let world = Setting::new();
    let (store, compactor) = (world.store(), world.dictionary.compactor());
    for number in 0..1_000 {
        let document = if number % 2 == 0 { diploma(number) } else { transcript(number) };
        no_flipped_bit_is_genuine(&store, &world.seal(&document).compact(&compactor));
    }
}

#[test]
fn no_flipped_bit_of_bare_documents_is_ever_genuine() {
    let world = Setting::new();
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
fn an_identity_number_that_is_typed_is_compared() {
    let world = Setting::new();
    let mut document = diploma(1);
    let digest = identity_digest("BE123456", serial(1).as_bytes(), 10).unwrap();
    document.identity = Some(IdentityForm::Digest { work: 10, digest }.into());
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
        let report = Setting::new().judge(&text);
        prop_assert_ne!(report.reason().verdict(), Verdict::Genuine);
        prop_assert_ne!(report.reason().verdict(), Verdict::NotGenuine);
    }

    #[test]
    fn a_cut_or_changed_pack_is_refused_or_equal(at in 0_usize..1_200, value in any::<u8>()) {
        let bytes = Setting::new().pack_bytes();
        let at = at % bytes.len();
        let mut changed = bytes.clone();
        changed[at] = value;
        prop_assert!(changed == bytes || Pack::open(&changed, Anchor::AsCarried).is_err());
        prop_assert!(Pack::open(&bytes[..at], Anchor::AsCarried).is_err());
    }
}

#[test]
fn a_document_with_something_in_every_field_reads_back_equal_and_is_shown_whole() {
    let world = Setting::new();
    let report = world.judge(&world.text(&everything()));
    assert_eq!((report.reason(), report.document()), (Reason::OneSheet, Some(&everything())));
    let shown = view(&report_json(&report))["document"].to_string();
    for text in [
        "vers 1976",
        "1976",
        "بيان",
        "CNIE",
        "3456",
        "D 12/2026",
        "2027-06-30",
        "juin-juillet",
        "مقبولة",
        "A+",
        "Rang",
        "-3",
        "40",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    // SPEC names 22 labels in use; no two documents that differ in one of them have one digest
    let changes: [fn(&mut Document); 22] = [
        |d| d.kind = Kind::Transcript,
        |d| d.languages[1] = Language::new("en").unwrap(),
        |d| d.holder = Words::one("X").unwrap(),
        |d| d.birth = None,
        |d| d.birth_place = None,
        |d| d.identity = None,
        |d| d.number = None,
        |d| d.title = Words::one("X").unwrap(),
        |d| d.series = None,
        |d| d.session = Words::one("X").unwrap(),
        |d| d.honours = None,
        |d| d.authority = Words::one("X").unwrap(),
        |d| d.centre = None,
        |d| d.results.as_mut().unwrap().summaries.clear(),
        |d| d.minutes = None,
        |d| d.edition = Edition::Original,
        |d| d.archive = None,
        |d| d.valid_until = None,
        |d| d.awarded = None,
        |d| d.decision = None,
        |d| d.lines.person.clear(),
        |d| d.sheet = None,
    ];
    let digests: std::collections::BTreeSet<_> = changes
        .iter()
        .map(|change| {
            let mut changed = everything();
            change(&mut changed);
            world.seal(&changed).digest()
        })
        .chain([world.seal(&everything()).digest()])
        .collect();
    assert_eq!(digests.len(), changes.len() + 1);
}
