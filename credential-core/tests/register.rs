//! Registers in packs: what they list, and what makes a pack refuse them.
#![allow(clippy::unwrap_used)]

mod common;

use common::office::*;
use common::*;

fn judged(office: &Office, heads: &[&[u8]], files: &[&[u8]], number: u64) -> (Reason, Register) {
    let report = verify(&office.text(number), &office.store(heads, files), NOW);
    (report.reason(), report.register())
}

#[test]
fn a_stolen_key_leaves_what_the_register_lists_genuine_and_nothing_else() {
    let mut office = Office::new(20);
    office.world.entry().compromised_at = Some(NOW);
    let withdrawn = sealed(&office.world, 2).digest();
    office.world.state(withdrawn, Statement::Withdrawn);
    let (head, file) = (office.head(), office.register.file());
    for number in [1, 7, 20] {
        assert_eq!(judged(&office, &[&head], &[&file], number), (Reason::Genuine, Register::Listed));
    }
    assert_eq!(judged(&office, &[&head], &[&file], 2), (Reason::Withdrawn, Register::Listed));
    for number in [0, 21, 99] {
        assert_eq!(judged(&office, &[&head], &[&file], number), (Reason::KeyCompromised, Register::NotListed));
    }
    assert_eq!(judged(&office, &[&head], &[], 1), (Reason::KeyCompromised, Register::Unknown));
    assert_eq!(judged(&office, &[], &[], 1), (Reason::KeyCompromised, Register::Unknown));
}

#[test]
fn other_contents_under_a_listed_serial_are_not_listed() {
    let mut office = Office::new(20);
    office.world.entry().compromised_at = Some(NOW);
    let mut forged = diploma(3);
    forged.honours = None;
    let text = issue(&forged, &serial(3), SEALED_AT, &office.world.sealer()).unwrap().symbol_text(&Compactor::plain());
    let store = office.store(&[&office.head()], &[&office.register.file()]);
    let report = verify(&text, &store, NOW);
    assert_eq!((report.reason(), report.register()), (Reason::KeyCompromised, Register::NotListed));
    assert!(report.document().is_none());
}

#[test]
fn without_a_theft_the_register_is_told_and_changes_nothing() {
    let mut office = Office::new(20);
    let (head, file) = (office.head(), office.register.file());
    for closed in [None, Some(SEALED_AT)] {
        office.world.entry().closed_at = closed;
        assert_eq!(judged(&office, &[&head], &[&file], 5), (Reason::Genuine, Register::Listed));
        assert_eq!(judged(&office, &[&head], &[&file], 21), (Reason::Genuine, Register::NotListed));
        assert_eq!(judged(&office, &[&head], &[], 5), (Reason::Genuine, Register::Unknown));
    }
}

#[test]
fn an_inclusion_proof_stands_for_the_file() {
    let mut office = Office::new(20);
    office.world.entry().compromised_at = Some(NOW);
    let store = office.store(&[&office.head()], &[]);
    let judge = |number, proof: InclusionProof| {
        let report = verify_with_evidence(&office.text(number), &store, &Evidence::none().with_proof(proof), NOW);
        (report.reason(), report.register())
    };
    for number in 1..=20 {
        let proof = InclusionProof::read(&office.register.proof(number - 1).unwrap().to_bytes()).unwrap();
        assert_eq!(judge(number, proof.clone()), (Reason::Genuine, Register::Listed));
        assert_eq!(judge(number + 1, proof), (Reason::KeyCompromised, Register::Unknown));
    }
    // a proof against a longer register, and one of another register of the same documents
    let proof = Office::new(21).register.proof(4).unwrap();
    assert_eq!(judge(5, proof), (Reason::KeyCompromised, Register::Unknown));
    let mut other = RegisterTree::new("XX-EXAM", REGISTER + 1);
    (1..=20).for_each(|number| other.push(&serial(number), &sealed(&office.world, number).digest()));
    assert_eq!(judge(5, other.proof(4).unwrap()), (Reason::KeyCompromised, Register::Unknown));
}

#[test]
fn one_proof_that_holds_is_enough_and_others_do_no_harm() {
    let mut office = Office::new(20);
    office.world.entry().compromised_at = Some(NOW);
    let store = office.store(&[&office.head()], &[]);
    let evidence = [9, 4, 5]
        .into_iter()
        .fold(Evidence::none(), |evidence, index| evidence.with_proof(office.register.proof(index).unwrap()));
    let report = verify_with_evidence(&office.text(5), &store, &evidence, NOW);
    assert_eq!((report.reason(), report.register()), (Reason::Genuine, Register::Listed));
}

#[test]
fn damaged_proofs_are_told_apart_from_proofs() {
    let bytes = Office::new(20).register.proof(4).unwrap().to_bytes();
    for cut in 0..bytes.len() {
        assert_eq!(InclusionProof::read(&bytes[..cut]), None);
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(InclusionProof::read(&longer), None);
}

#[test]
fn a_pack_taken_apart_is_put_together_to_the_same_bytes() {
    let office = Office::new(9);
    let (head, file) = (office.head(), office.register.file());
    for bytes in [office.pack_bytes(&[&head], &[&file]), office.pack_bytes(&[], &[])] {
        let contents = PackContents::read(&bytes).unwrap();
        assert_eq!(contents.to_bytes(), bytes);
        let pack = Pack::open(&bytes, Anchor::AsCarried).unwrap();
        assert_eq!(contents.trust, pack.trust().as_bytes());
        assert_eq!(contents.statuses, pack.statuses().iter().map(StatusList::as_bytes).collect::<Vec<_>>());
        assert!((0..bytes.len()).step_by(97).all(|cut| PackContents::read(&bytes[..cut]).is_err()));
    }
}

#[test]
fn an_empty_register_lists_nothing() {
    let office = Office::new(0);
    let (head, file) = (office.head(), office.register.file());
    assert_eq!(judged(&office, &[&head], &[&file], 1), (Reason::Genuine, Register::NotListed));
}

#[track_caller]
fn refused(office: &Office, heads: &[&[u8]], files: &[&[u8]], code: FaultCode) {
    assert_eq!(office.open(heads, files).map(drop).map_err(|fault| fault.code()), Err(code));
}

#[test]
fn a_head_that_its_authority_did_not_sign_for_the_key_refuses_the_pack() {
    let office = Office::new(20);
    let claims = office.register.head(SEALED_AT, &office.world.key.public(), None);
    let signed = |change: fn(&mut RegisterClaims)| {
        let mut changed = claims.clone();
        change(&mut changed);
        changed.sign(&of_board(&office.register_key))
    };
    assert_eq!(office.open(&[&signed(|_| ())], &[]).map(drop), Ok(()));
    for change in [
        |claims: &mut RegisterClaims| claims.number = REGISTER + 1,
        |claims: &mut RegisterClaims| claims.key[0] ^= 1,
        |claims: &mut RegisterClaims| claims.count = 1_001,
        |claims: &mut RegisterClaims| claims.time = SEALED_AT + 1_001,
        |claims: &mut RegisterClaims| claims.time = SEALED_AT - 1_001,
    ] {
        refused(&office, &[&signed(change)], &[], FaultCode::RegisterUnsigned);
    }
    for key in [&office.world.key, &office.world.list_key, &office.ministry, &SealingKey::from_seed(&[77; 32])] {
        refused(&office, &[&claims.sign(&of_board(key))], &[], FaultCode::RegisterUnsigned);
    }
    refused(&office, &[&signed(|claims| claims.number = 0)], &[], FaultCode::RegisterMalformed);
    let head = signed(|_| ());
    // what was signed later stands beside it; which of them counts is told by the state
    assert_eq!(office.open(&[&head, &signed(|claims| claims.time += 1)], &[]).map(drop), Ok(()));
    refused(&office, &[&head[..head.len() - 1]], &[], FaultCode::RegisterMalformed);
}

#[test]
fn a_register_key_that_is_stolen_closed_or_of_the_other_world_signs_no_head() {
    for change in [
        |entry: &mut KeyEntry| entry.compromised_at = Some(NOW),
        |entry: &mut KeyEntry| entry.closed_at = Some(SEALED_AT - 1),
        |entry: &mut KeyEntry| entry.test = true,
    ] {
        let mut office = Office::new(3);
        change(&mut office.world.trust.authorities[0].keys[2]);
        refused(&office, &[&office.head()], &[], FaultCode::RegisterUnsigned);
    }
}

#[test]
fn the_head_that_the_roots_have_fixed_is_the_only_one() {
    let mut office = Office::new(20);
    let head = office.head();
    office.world.entry().register =
        Some(RegisterReference { number: REGISTER, head: Some(sha256(&head)), without_look_up: false });
    assert_eq!(office.open(&[&head], &[&office.register.file()]).map(drop), Ok(()));
    // a thief of session key and register key lists one document more
    let forged = sealed(&office.world, 66);
    office.register.push(&serial(66), &forged.digest());
    refused(&office, &[&office.head()], &[&office.register.file()], FaultCode::RegisterUnsigned);
}

#[test]
fn a_file_that_is_not_the_one_of_its_head_refuses_the_pack() {
    let office = Office::new(20);
    let (head, file) = (office.head(), office.register.file());
    let other = Office::new(21).register.file();
    for wrong in [&file[..file.len() - 1], &file[..file.len() - 16], &other, &[&file[..], &[0]].concat(), b"", b"\xA0"]
    {
        refused(&office, &[&head], &[wrong], FaultCode::RegisterMalformed);
    }
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 1;
        refused(&office, &[&head], &[&changed], FaultCode::RegisterMalformed);
    }
    refused(&office, &[], &[&file], FaultCode::RegisterMalformed);
    refused(&office, &[&head], &[&file, &file], FaultCode::RegisterMalformed);
    let stranger = |authority: &str, number| {
        let mut tree = RegisterTree::new(authority, number);
        (1..=20).for_each(|number| tree.push(&serial(number), &sealed(&office.world, number).digest()));
        tree.file()
    };
    refused(&office, &[&head], &[&stranger("XX-FOREIGN", REGISTER)], FaultCode::RegisterMalformed);
    refused(&office, &[&head], &[&stranger("XX-EXAM", REGISTER + 1)], FaultCode::RegisterMalformed);
}

#[test]
fn a_document_that_stands_twice_makes_no_register_file() {
    let mut office = Office::new(20);
    office.register.push(&serial(5), &sealed(&office.world, 5).digest());
    refused(&office, &[&office.head()], &[&office.register.file()], FaultCode::RegisterMalformed);
}

#[test]
fn register_numbers_stand_with_keys_for_documents_and_once_in_an_authority() {
    let sign = |change: fn(&mut Vec<KeyEntry>)| {
        let mut office = Office::new(0);
        change(&mut office.world.trust.authorities[0].keys);
        TrustList::sign(&office.world.trust, &[&office.world.root]).map(drop).map_err(|fault| fault.code())
    };
    assert_eq!(sign(|_| ()), Ok(()));
    assert_eq!(
        sign(|keys| keys[0].register = Some(RegisterReference { number: 0, head: None, without_look_up: false })),
        Err(FaultCode::TrustMalformed)
    );
    assert_eq!(sign(|keys| keys[2].register = keys[0].register), Err(FaultCode::TrustMalformed));
    let second = |keys: &mut Vec<KeyEntry>| {
        let public = SealingKey::from_seed(&[50; 32]).public();
        keys.push(KeyEntry { public, ..keys[0].clone() });
    };
    assert_eq!(sign(second), Err(FaultCode::TrustMalformed));
}
