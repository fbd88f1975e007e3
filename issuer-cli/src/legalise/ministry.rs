//! The ministry as the trust list names it: its key, its world and its status lists.

use anyhow::{Context, Result, ensure};
use credential_core::{Authority, KeyEntry, KeyUse, Pack, PublicKey, Role, StatusList, TrustStore, UnixTime, rfc3339};

use super::Presented;
use crate::batch::{Register, hex};

/// A ministry whose key may seal legalisations now.
pub(super) struct Ministry<'s> {
    entry: &'s KeyEntry,
    authority: &'s Authority,
    pack: &'s Pack,
}

impl<'s> Ministry<'s> {
    pub(super) fn find(store: &'s TrustStore, key: &PublicKey, now: UnixTime) -> Result<Self> {
        let id = hex(&key.id());
        let named = store.packs().iter().find_map(|pack| pack.trust().claims().find(key).map(|found| (pack, found)));
        let (pack, (authority, entry)) = named.with_context(|| format!("no trust pack names the key {id}"))?;
        check_key(authority, entry, now, &id)?;
        Ok(Self { entry, authority, pack })
    }

    /// The status lists of the key, by number: in another key's nobody here knows which places are taken.
    pub(super) fn lists(&self, register: &Register) -> Result<Vec<&'s StatusList>> {
        let numbers = register.act_lists()?;
        let lists = numbers.iter().filter_map(|number| self.pack.status_list(&self.authority.id, *number));
        let lists: Vec<_> = lists.collect();
        ensure!(
            !lists.is_empty(),
            "the pack has no status list of this key, so its legalisations could never be accepted or withdrawn; give the \
             pack that `issuer legalise start` made"
        );
        Ok(lists)
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
    Ok(())
}
