//! The trust list that follows the one in force, signed by its roots.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use credential_core::lists::{TrustClaims, TrustList};
use credential_core::sealing::SealingKey;

use super::{NEXT_UPDATE, check_clock};
use crate::hex::hex;
use crate::refused::refused;

/// Signs `claims` as the next version after `held`. It is read back as a verifier will read it that holds the old one.
pub(super) fn sign(held: &TrustList, claims: TrustClaims, roots: &[SealingKey], now: u64) -> Result<TrustList> {
    let old = held.claims();
    check_roots(old, roots)?;
    check_clock(now, old.issued, "the trust list was issued")?;
    let version = old.version.checked_add(1).context("the trust list has the last version that there is")?;
    let claims = TrustClaims { version, issued: now, next_update: now + NEXT_UPDATE, ..claims }.after(held);
    let what = "the new trust list would be";
    let list = TrustList::sign(&claims, &roots.iter().collect::<Vec<_>>()).map_err(refused(what))?;
    TrustList::open_successor(list.as_bytes(), held).map_err(refused(what))
}

fn check_roots(old: &TrustClaims, roots: &[SealingKey]) -> Result<()> {
    let mut different = BTreeSet::new();
    for root in roots {
        let id = hex(&root.id());
        ensure!(old.roots.keys.contains(&root.public()), "the key {id} is not a root of this trust list");
        ensure!(different.insert(*root.public().as_bytes()), "the root {id} is named twice");
    }
    let (threshold, all) = (old.roots.threshold, old.roots.keys.len());
    ensure!(
        roots.len() >= threshold,
        "{threshold} of the {all} roots must sign, {} did; name more with --root",
        roots.len()
    );
    Ok(())
}
