//! The ministry as the trust list names it: its key and its world.

use anyhow::{Context, Result, ensure};
use credential_core::TrustStore;
use credential_core::document::World;
use credential_core::lists::{Authority, KeyEntry, KeyUse, PublicKey, Role};
use credential_core::sealing::{Sealer, SealingKey};
use credential_core::time::{UnixTime, rfc3339};

use super::Presented;
use crate::hex::hex;

/// A ministry whose key may seal legalisations now.
pub(super) struct Ministry<'s> {
    entry: &'s KeyEntry,
    authority: &'s Authority,
}

impl<'s> Ministry<'s> {
    pub(super) fn find(store: &'s TrustStore, key: &PublicKey, now: UnixTime) -> Result<Self> {
        let id = hex(&key.id());
        let named = store.packs().find_map(|pack| pack.trust().claims().find(key));
        let (authority, entry) = named.with_context(|| format!("no trust pack names the key {id}"))?;
        check_key(authority, entry, now, &id)?;
        Ok(Self { entry, authority })
    }

    /// Its id.
    pub(super) fn id(&self) -> &'s str {
        &self.authority.id
    }

    /// Which world its key belongs to.
    pub(super) fn world(&self) -> World {
        World::of(self.entry.test)
    }

    /// Its key, as what is sealed with it names it.
    pub(super) fn sealer<'k>(&self, key: &'k SealingKey) -> Sealer<'k>
    where
        's: 'k,
    {
        Sealer { authority: self.id(), world: self.world(), key }
    }

    /// A specimen is legalised as a specimen only, and a genuine document never by a test key.
    pub(super) fn check_world(&self, document: &Presented) -> Result<()> {
        ensure!(!document.specimen || self.entry.test, "it is a specimen; only a ministry's test key legalises that");
        ensure!(document.specimen || !self.entry.test, "the ministry's key is a test key; it legalises specimens only");
        Ok(())
    }
}

fn check_key(authority: &Authority, entry: &KeyEntry, now: UnixTime, id: &str) -> Result<()> {
    ensure!(
        entry.usage == KeyUse::Legalisation && authority.role == Role::LegalisingMinistry,
        "the key {id} of {} is not one of a ministry that legalises",
        authority.id
    );
    ensure!(entry.compromised_at.is_none(), "the key {id} is marked as stolen; use another");
    ensure!(
        entry.may_sign_at(now),
        "the key {id} signs from {} to {}{}; use another, or set the clock",
        rfc3339(entry.not_before),
        rfc3339(entry.not_after),
        entry.closed_at.map(|time| format!(" and was closed at {}", rfc3339(time))).unwrap_or_default()
    );
    ensure!(
        entry.status_list.is_some(),
        "the trust list names no status list for the key {id}, so its legalisations could never be accepted or withdrawn; \
         have the roots name a key with one"
    );
    Ok(())
}
