//! A trust list that takes the place of the one held: ROT-1 to ROT-4.

use std::collections::BTreeSet;

use super::{Anchor, Authority, KeyEntry, KeyUse, RootSet, TrustClaims, TrustList, aad, fault, read};
use crate::envelope;
use crate::fault::{FaultCode, PackFault};

impl TrustList {
    /// Reads the list that follows `held`: the same roots, or new ones that a threshold of the held roots signed too.
    ///
    /// The list held itself is its own successor, so that loading a file twice is no fault.
    pub fn open_successor(bytes: &[u8], held: &Self) -> Result<Self, PackFault> {
        let list = Self::open(bytes, Anchor::AsCarried)?;
        if list.root != held.root && signers(bytes, &held.claims.roots) < held.claims.roots.threshold {
            return Err(fault(FaultCode::TrustForeignRoot, "ROT-1"));
        }
        check_order(&list, held)?;
        check_scopes(&list.claims, &held.claims)?;
        Ok(list)
    }
}

fn check_order(list: &TrustList, held: &TrustList) -> Result<(), PackFault> {
    if list.bytes == held.bytes { Ok(()) } else { check_later(&list.claims, &held.claims) }
}

// ROT-4: else a verifier with the older list would call documents `outside-scope` that the newer one lets in
fn check_scopes(list: &TrustClaims, held: &TrustClaims) -> Result<(), PackFault> {
    let stays = |authority: &Authority, old: &KeyEntry| match list.find(&old.public) {
        Some((now, entry)) => now.id == authority.id && has_scope(entry, old),
        None => true,
    };
    let all = held.entries().all(|(authority, old)| stays(authority, old));
    if all { Ok(()) } else { Err(fault(FaultCode::TrustMalformed, "ROT-4")) }
}

/// The maximum count is no scope: it binds the office, and its register.
fn has_scope(entry: &KeyEntry, of: &KeyEntry) -> bool {
    let same_use = match (&entry.usage, &of.usage) {
        (
            KeyUse::Documents { kinds, sessions, maximum_count: _ },
            KeyUse::Documents { kinds: old_kinds, sessions: old_sessions, maximum_count: _ },
        ) => (kinds, sessions) == (old_kinds, old_sessions),
        (usage, old) => usage == old,
    };
    same_use && (entry.test, entry.status_list) == (of.test, of.status_list)
}

pub(super) fn check_later(claims: &TrustClaims, held: &TrustClaims) -> Result<(), PackFault> {
    if claims.version <= held.version {
        return Err(fault(FaultCode::TrustRolledBack, "ROT-2"));
    }
    if claims.issued < held.issued {
        return Err(fault(FaultCode::TrustRolledBack, "ROT-3"));
    }
    Ok(())
}

/// How many different keys of `roots` have signed the list; signatures of others do not count and do no harm.
fn signers(bytes: &[u8], roots: &RootSet) -> usize {
    let Ok((payload, signatures)) = read::body(bytes) else { return 0 };
    let mut signed: BTreeSet<&[u8; 32]> = BTreeSet::new();
    for signature in &signatures {
        let message = envelope::shared_structure(signature.protected, &aad(), payload);
        let named = roots.keys.iter().filter(|root| root.id() == signature.kid);
        signed.extend(named.filter(|root| root.signed(&message, &signature.signature)).map(|root| root.as_bytes()));
    }
    signed.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::SealingKey;
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
        }
    }

    fn signed(claims: &TrustClaims, signers: &[u8]) -> TrustList {
        let keys: Vec<_> = signers.iter().map(|&seed| key(seed)).collect();
        TrustList::sign(claims, &keys.iter().collect::<Vec<_>>()).unwrap()
    }

    fn held() -> TrustList {
        signed(&claims(5, 3, &[1, 2, 3, 4, 5]), &[1, 2, 3])
    }

    #[track_caller]
    fn follows(list: &TrustList, expected: Result<(), FaultCode>) {
        assert_eq!(
            TrustList::open_successor(list.as_bytes(), &held()).map(drop).map_err(|fault| fault.code()),
            expected
        );
    }

    #[test]
    fn the_same_roots_may_only_go_forward() {
        let same = |version| signed(&claims(version, 3, &[1, 2, 3, 4, 5]), &[2, 3, 4]);
        follows(&same(6), Ok(()));
        follows(&same(u32::MAX), Ok(()));
        follows(&same(4), Err(FaultCode::TrustRolledBack));
        follows(&held(), Ok(()));
        follows(&same(5), Err(FaultCode::TrustRolledBack)); // the same claims, other signatures
        let mut earlier = claims(6, 3, &[1, 2, 3, 4, 5]);
        earlier.issued = held().claims().issued - 1;
        follows(&signed(&earlier, &[1, 2, 3]), Err(FaultCode::TrustRolledBack));
        earlier.issued += 1;
        follows(&signed(&earlier, &[1, 2, 3]), Ok(()));
    }

    #[test]
    fn new_roots_need_the_old_threshold_as_well_as_their_own() {
        let one_new = |signers: &[u8]| signed(&claims(6, 3, &[1, 2, 3, 4, 9]), signers);
        follows(&one_new(&[1, 2, 3]), Ok(()));
        follows(&one_new(&[1, 2, 9]), Err(FaultCode::TrustForeignRoot));
        follows(&one_new(&[1, 2, 9, 5]), Ok(()));
        let all_new = |signers: &[u8]| signed(&claims(6, 2, &[11, 12]), signers);
        follows(&all_new(&[11, 12]), Err(FaultCode::TrustForeignRoot));
        follows(&all_new(&[11, 12, 1, 2]), Err(FaultCode::TrustForeignRoot));
        follows(&all_new(&[11, 12, 1, 1, 1]), Err(FaultCode::TrustForeignRoot));
        follows(&all_new(&[11, 12, 1, 2, 5]), Ok(()));
    }

    #[test]
    fn a_lower_threshold_is_a_new_root_set() {
        let lower = |signers: &[u8]| signed(&claims(6, 1, &[1, 2, 3, 4, 5]), signers);
        follows(&lower(&[1]), Err(FaultCode::TrustForeignRoot));
        follows(&lower(&[1, 2]), Err(FaultCode::TrustForeignRoot));
        follows(&lower(&[1, 2, 3]), Ok(()));
    }

    #[test]
    fn the_old_threshold_alone_does_not_make_a_list() {
        let keys = [key(1), key(2), key(3)];
        let list = TrustList::sign(&claims(6, 2, &[11, 12]), &keys.iter().collect::<Vec<_>>());
        assert_eq!(list.map(drop).map_err(|fault| fault.code()), Err(FaultCode::TrustUnsigned));
    }

    #[test]
    fn an_older_list_with_shared_roots_stays_refused_after_a_rotation() {
        let now_held = signed(&claims(6, 3, &[1, 2, 3, 4, 9]), &[1, 2, 3]);
        let old = TrustList::open_successor(held().as_bytes(), &now_held);
        assert_eq!(old.map(drop).map_err(|fault| fault.code()), Err(FaultCode::TrustRolledBack));
    }
}
