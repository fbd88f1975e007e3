use super::*;
use crate::words::Text;

fn key(seed: u8) -> SealingKey {
    SealingKey::from_seed(&[seed; 32])
}

fn claims(version: u32, threshold: usize, roots: &[u8]) -> TrustClaims {
    TrustClaims {
        version,
        issued: 1_000 + u64::from(version),
        next_update: 9_000,
        roots: RootSet { threshold, keys: roots.iter().map(|&seed| key(seed).public()).collect() },
        owner: Text::new("Pays fictif").unwrap(),
        authorities: vec![],
        earlier: vec![],
        disowned: vec![],
        follows: None,
    }
}

fn first() -> TrustDraft {
    TrustDraft::new(&claims(1, 3, &[1, 2, 3, 4, 5]), None).unwrap()
}

fn signed(draft: &TrustDraft, roots: &[u8]) -> Vec<Vec<u8>> {
    roots.iter().map(|&seed| draft.sign(&key(seed)).unwrap()).collect()
}

fn rotation() -> TrustDraft {
    let held = first().join(&signed(&first(), &[1, 2, 3])).unwrap();
    TrustDraft::new(&claims(2, 3, &[1, 2, 3, 4, 9]), Some(&held)).unwrap()
}

#[test]
fn signatures_made_apart_give_the_bytes_of_signatures_made_together() {
    let draft = TrustDraft::open(&first().to_bytes()).unwrap();
    let keys = [key(2), key(4), key(5)];
    let together = TrustList::sign(draft.claims(), &keys.iter().collect::<Vec<_>>()).unwrap();
    assert_eq!(draft.join(&signed(&draft, &[2, 4, 5])).unwrap().as_bytes(), together.as_bytes());
}

#[test]
fn one_root_twice_counts_once() {
    let draft = first();
    assert_eq!(
        draft.join(&signed(&draft, &[1, 2, 2])).map(drop).map_err(|fault| fault.code()),
        Err(FaultCode::TrustUnsigned)
    );
    assert_eq!(draft.join(&signed(&draft, &[1, 2, 2, 3])).map(drop), Ok(()));
}

#[test]
fn a_signature_tells_its_root_or_why_it_is_none() {
    let draft = first();
    let good = draft.sign(&key(1)).unwrap();
    assert_eq!(draft.signer(&good), Ok(key(1).public()));
    assert_eq!(draft.sign(&key(9)), None);
    let other = TrustDraft::new(&claims(2, 3, &[1, 2, 3, 4, 5]), None).unwrap();
    assert_eq!(draft.signer(&other.sign(&key(1)).unwrap()), Err(SignatureFault::OtherDraft));
    let foreign = write::join(&draft.payload, [(key(9).id(), write::sign(&draft.payload, &key(9)))].into_iter());
    assert_eq!(draft.signer(&foreign), Err(SignatureFault::ForeignRoot));
    let borrowed = write::join(&draft.payload, [(key(1).id(), write::sign(&draft.payload, &key(9)))].into_iter());
    assert_eq!(draft.signer(&borrowed), Err(SignatureFault::DoesNotHold));
    let two = write::join(&draft.payload, [1, 2].map(|seed| (key(seed).id(), [0; 64])).into_iter());
    assert_eq!(draft.signer(&two), Err(SignatureFault::Malformed));
    for cut in 0..good.len() {
        assert_eq!(draft.signer(&good[..cut]), Err(SignatureFault::Malformed), "{cut}");
    }
}

#[test]
fn a_rotation_needs_the_threshold_of_the_old_roots_and_of_the_new() {
    let draft = TrustDraft::open(&rotation().to_bytes()).unwrap();
    assert_eq!(draft.root_sets().count(), 2);
    let joined = |roots: &[u8]| draft.join(&signed(&draft, roots)).map(drop).map_err(|fault| fault.code());
    assert_eq!(joined(&[1, 2, 3]), Ok(()));
    assert_eq!(joined(&[1, 2, 9]), Err(FaultCode::TrustUnsigned));
    assert_eq!(joined(&[1, 2, 5]), Err(FaultCode::TrustUnsigned));
    assert_eq!(joined(&[1, 2, 5, 9]), Ok(()));
}

#[test]
fn a_draft_that_does_not_come_after_the_list_in_force_is_none() {
    let held = rotation().join(&signed(&rotation(), &[1, 2, 3])).unwrap();
    for version in [1, 2] {
        let draft = TrustDraft::new(&claims(version, 3, &[1, 2, 3, 4, 9]), Some(&held));
        assert_eq!(draft.map(drop).map_err(|fault| fault.code()), Err(FaultCode::TrustRolledBack));
    }
}

#[test]
fn a_draft_is_read_strictly() {
    let bytes = rotation().to_bytes();
    for cut in 0..bytes.len() {
        assert_eq!(
            TrustDraft::open(&bytes[..cut]).map(drop).map_err(|fault| fault.code()),
            Err(FaultCode::TrustMalformed),
            "{cut}"
        );
    }
    assert_eq!(
        TrustDraft::open(&[&bytes[..], &[0]].concat()).map(drop).map_err(|fault| fault.code()),
        Err(FaultCode::TrustMalformed)
    );
    assert_eq!(
        TrustDraft::open(&vec![0; 9 << 20]).map(drop).map_err(|fault| fault.code()),
        Err(FaultCode::TrustMalformed)
    );
    let mut forged = bytes.clone();
    *forged.last_mut().unwrap() ^= 1; // the last signature of the list in force
    assert_eq!(TrustDraft::open(&forged).map(drop).map_err(|fault| fault.code()), Err(FaultCode::TrustUnsigned));
}
