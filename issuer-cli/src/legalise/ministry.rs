//! The ministry as the trust list names it: its key, its world and its status list.

use anyhow::{Context, Result, ensure};
use credential_core::{
    Authority, KeyEntry, KeyUse, PublicKey, Role, Status, StatusList, TrustStore, UnixTime, rfc3339,
};

use super::Presented;
use crate::batch::hex;

/// A ministry whose key may seal legalisations now.
pub(super) struct Ministry<'s> {
    entry: &'s KeyEntry,
    list: &'s StatusList,
}

impl<'s> Ministry<'s> {
    pub(super) fn find(store: &'s TrustStore, key: &PublicKey, list: Option<u64>, now: UnixTime) -> Result<Self> {
        let id = hex(&key.id());
        let named = store.packs().iter().find_map(|pack| pack.trust().claims().find(key).map(|found| (pack, found)));
        let (pack, (authority, entry)) = named.with_context(|| format!("no trust pack names the key {id}"))?;
        check_key(authority, entry, now, &id)?;
        let lists: Vec<_> = pack.statuses().iter().filter(|one| one.authority() == authority.id).collect();
        let list = status_list(&lists, list, &authority.id)?;
        Ok(Self { entry, list })
    }

    pub(super) fn list(&self) -> u64 {
        self.list.number()
    }

    pub(super) fn list_length(&self) -> u64 {
        self.list.values().len() as u64
    }

    pub(super) fn in_force(&self, index: u64) -> bool {
        self.list.status(index) == Status::InForce
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

/// The list that was asked for, or the only one.
pub(crate) fn status_list<'s>(lists: &[&'s StatusList], wanted: Option<u64>, id: &str) -> Result<&'s StatusList> {
    let numbers = || lists.iter().map(|list| list.number().to_string()).collect::<Vec<_>>().join(", ");
    match (wanted, lists) {
        (Some(number), lists) => lists
            .iter()
            .find(|list| list.number() == number)
            .copied()
            .with_context(|| format!("{id} has no status list {number} in the pack, only: {}", numbers())),
        (None, [one]) => Ok(one),
        (None, []) => anyhow::bail!(
            "{id} has no status list in the pack, so its legalisations could never be accepted or withdrawn; make one with \
             `issuer legalise start`"
        ),
        (None, _) => anyhow::bail!("{id} has several status lists ({}); choose one with --status-list", numbers()),
    }
}
