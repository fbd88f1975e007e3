//! Legalisation records: each outcome, how they go with documents, and their size.
#![allow(clippy::unwrap_used)]

mod common;

use common::office::*;
use common::*;
use proptest::prelude::*;

fn record(office: &Office, number: u64) -> Legalisation {
    act(&office.world, number)
}

fn text_of(office: &Office, number: u64) -> String {
    sealed_record(office, number).symbol_text(&Compactor::plain())
}

fn sealed_record(office: &Office, number: u64) -> SealedLegalisation {
    let record = record(office, number);
    legalise(&record, &serial(1_000 + number), SEALED_AT, &of_ministry(&office.ministry)).unwrap()
}

#[track_caller]
fn ends_in(office: &Office, text: &str, reason: Reason) {
    let report = verify_legalisation(text, &office.store(&[], &[]), NOW);
    assert_eq!(report.reason(), reason);
    assert_eq!(report.record().is_some(), reason.shows_document());
    assert_eq!(view(&legalisation_json(&report))["legalisation"].is_null(), !reason.shows_document());
}

#[test]
fn what_is_legalised_reads_back_equal() {
    let office = Office::new(0);
    let report = verify_legalisation(&text_of(&office, 4), &office.store(&[], &[]), NOW);
    assert_eq!(
        (report.reason(), report.status(), report.status_as_of()),
        (Reason::Genuine, Status::InForce, Some(SEALED_AT))
    );
    let shown = report.record().unwrap();
    assert_eq!((shown.legalisation(), shown.serial()), (&record(&office, 4), &serial(1_004)));
    assert_eq!((shown.sealed_at(), shown.issuer().id.as_str()), (SEALED_AT, "XX-FOREIGN"));
}

#[test]
fn a_text_is_judged_as_the_kind_of_code_that_it_says() {
    let office = Office::new(0);
    let store = office.store(&[], &[]);
    let judge = |text: &str| Judged::of(text, &store, &Evidence::none(), NOW);
    let (document, record) = (judge(&office.text(4)), judge(&text_of(&office, 4)));
    assert!(document.credential().is_some() && document.record().is_none());
    assert!(record.credential().is_none() && record.record().is_some());
    assert_eq!(document.document_digest(), Some(sealed(&office.world, 4).digest()));
    assert_eq!(document.document_digest(), record.document_digest());
    for (text, reason) in [("SL1:", Reason::TextMalformed), ("SL2:A", Reason::NewerFormat)] {
        let judged = judge(text);
        assert!(matches!(judged, Judged::Legalisation(_)), "{text}");
        assert_eq!((judged.reason(), judged.document_digest()), (reason, None), "{text}");
    }
    let link = judge("https://example.org/");
    assert!(matches!(link, Judged::Document(_)) && link.reason() == Reason::ForeignCode);
}

fn ministry_key(office: &mut Office) -> &mut KeyEntry {
    &mut office.world.trust.authorities[1].keys[0]
}

#[test]
fn each_outcome_has_its_reason() {
    let text = text_of(&Office::new(0), 4);
    let change = |change: fn(&mut Office)| {
        let mut office = Office::new(0);
        change(&mut office);
        office
    };
    ends_in(&change(|_| ()), &text, Reason::Genuine);
    ends_in(&change(|office| ministry_key(office).test = true), &text, Reason::Specimen);
    ends_in(&change(|office| ministry_key(office).compromised_at = Some(NOW)), &text, Reason::KeyCompromised);
    ends_in(&change(|office| ministry_key(office).not_after = SEALED_AT - 1), &text, Reason::OutsideSigningWindow);
    let other_use = |office: &mut Office| {
        let entry = ministry_key(office);
        (entry.usage, entry.status_list) = (KeyUse::Minutes, None);
    };
    ends_in(&change(other_use), &text, Reason::UnknownIssuer);
    let board = |office: &mut Office| office.world.trust.authorities[1].role = Role::ExaminationBoard;
    ends_in(&change(board), &text, Reason::UnknownIssuer);
    let digest = sealed_record(&Office::new(0), 4).digest();
    let mut withdrawn = Office::new(0);
    withdrawn.world.state(digest, Statement::Withdrawn);
    ends_in(&withdrawn, &text, Reason::Withdrawn);
    ends_in(&change(|office| ministry_key(office).status_list = None), &text, Reason::StatusUnknown);
    ends_in(&change(|office| ministry_key(office).status_list = Some(2)), &text, Reason::StatusUnknown);
    ends_in(&change(|office| office.world.status_expires = NOW), &text, Reason::StatusOld);
    let report = verify_legalisation(&text, &TrustStore::new(), NOW);
    assert_eq!((report.reason(), report.record().is_some()), (Reason::NoTrust, false));
}

#[test]
fn neither_reader_opens_the_other_code() {
    let office = Office::new(1);
    let (document, legalisation) = (office.text(1), text_of(&office, 1));
    assert_eq!(verify(&legalisation, &office.store(&[], &[]), NOW).reason(), Reason::ForeignCode);
    ends_in(&office, &document, Reason::ForeignCode);
    ends_in(&office, "SL2:ABC", Reason::NewerFormat);
    ends_in(&office, "SL1:", Reason::TextMalformed);
    ends_in(&office, &legalisation.replacen("SL1:", "SC1:", 1), Reason::ForeignCode);
    // the same bytes under the other prefix: another kind of object, so no key is known for it
    let store = office.store(&[], &[]);
    let as_document = verify(&legalisation.replacen("SL1:", "SC1:", 1), &store, NOW);
    assert_eq!(as_document.reason(), Reason::UnknownIssuer);
    ends_in(&office, &document.replacen("SC1:", "SL1:", 1), Reason::UnknownIssuer);
}

#[test]
fn the_link_form_says_the_same() {
    let office = Office::new(0);
    let sealed = legalise(&record(&office, 4), &serial(9), SEALED_AT, &of_ministry(&office.ministry)).unwrap();
    let link = sealed.link_text("https://example.org/v", &Compactor::plain()).unwrap();
    ends_in(&office, &link, Reason::Genuine);
    assert_eq!(verify(&link, &office.store(&[], &[]), NOW).reason(), Reason::ForeignCode);
    for (text, kind) in [
        (link.as_str(), Some(CodeKind::Legalisation)),
        ("SC1:AB", Some(CodeKind::Document)),
        ("SC9:AB", Some(CodeKind::Document)),
        ("SL1:", Some(CodeKind::Legalisation)),
        ("https://example.org/", None),
        ("", None),
    ] {
        assert_eq!(CodeKind::of(text), kind, "{text}");
    }
}

#[test]
fn a_record_goes_with_the_document_that_it_was_made_over() {
    let mut office = Office::new(0);
    let documents: Vec<_> = (0..3).map(|number| office.text(number)).collect();
    let records: Vec<_> = (0..3).map(|number| text_of(&office, number)).collect();
    let compare = |office: &Office, document: &str, record: &str| {
        let store = office.store(&[], &[]);
        match_legalisation(&verify(document, &store, NOW), &verify_legalisation(record, &store, NOW))
    };
    assert_eq!(compare(&office, &documents[1], &records[1]), LegalisationMatch::SameDocument);
    assert_eq!(compare(&office, &documents[1], &records[2]), LegalisationMatch::OtherDocument);
    assert_eq!(compare(&office, "SC1:", &records[1]), LegalisationMatch::Undetermined);
    assert_eq!(compare(&office, &documents[1], "SL1:"), LegalisationMatch::Undetermined);
    let mut serial_of_another = record(&office, 1);
    serial_of_another.document_serial = serial(2);
    let odd = legalise(&serial_of_another, &serial(9), SEALED_AT, &of_ministry(&office.ministry)).unwrap();
    let odd = odd.symbol_text(&Compactor::plain());
    assert_eq!(compare(&office, &documents[1], &odd), LegalisationMatch::Undetermined);
    // a withdrawn document stays the same document
    let digest = sealed(&office.world, 1).digest();
    office.world.state(digest, Statement::Withdrawn);
    assert_eq!(compare(&office, &documents[1], &records[1]), LegalisationMatch::SameDocument);
}

/// Characters in alphanumeric mode of version 10 at level M (ISO/IEC 18004, table 7).
const V10_M: usize = 311;

#[test]
fn a_typical_record_fits_version_10_at_level_m() {
    let office = Office::new(0);
    let plain = Compactor::plain();
    let words = "Chef du service des légalisations Ministère des Affaires étrangères Rabat Casablanca Maroc Haïti \
                 Port-au-Prince Cotonou Bénin Belgique Canada Espagne Allemagne France 2026-LEG-";
    let dictionary = Dictionary::new(words.as_bytes().to_vec()).unwrap().compactor();
    let size = |record: &Legalisation, compactor: &Compactor| {
        legalise(record, &serial(9), SEALED_AT, &of_ministry(&office.ministry)).unwrap().symbol_text(compactor).len()
    };
    let typical = record(&office, 4);
    let mut long = typical.clone();
    long.capacity = Words::one("Chef du service des légalisations, Ministère des Affaires étrangères").unwrap();
    long.place = Words::one("Port-au-Prince").unwrap();
    let mut short = typical.clone();
    (short.capacity, short.purpose) = (Words::one("Consul").unwrap(), None);
    let sizes = [&typical, &long, &short].map(|record| (size(record, &plain), size(record, &dictionary)));
    println!("characters without and with dictionary: typical, long, short {sizes:?}");
    let [typical, long, short] = sizes;
    assert!([typical.1, long.1, short.0, short.1].into_iter().all(|size| size <= V10_M), "{sizes:?}");
}

proptest! {
    #[test]
    fn no_changed_byte_of_a_record_is_ever_genuine(at in 0_usize..400, flip in 1_u8..=255) {
        let office = Office::new(0);
        let mut bytes = legalise(&record(&office, 4), &serial(9), SEALED_AT, &of_ministry(&office.ministry)).unwrap().as_bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= flip;
        let text = symbol_text(&bytes).replacen("SC1:", "SL1:", 1);
        let report = verify_legalisation(&text, &office.store(&[], &[]), NOW);
        prop_assert_ne!(report.reason().verdict(), Verdict::Genuine);
        prop_assert!(report.record().is_none());
    }
}
