//! What no later list of a line may change: the scope of a key, and the marks on it (SPEC section 7, LIN-3).

use super::{Authority, KeyEntry, KeyUse, TrustClaims};
use crate::index::Index;

/// Why a list of a line is as if it had never been given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Void {
    /// A list that it names as earlier has no lower version, or names an earlier one that it leaves out.
    Order,
    /// It gives a key to another authority, or another scope.
    Scope,
    /// It takes back that a key was closed or compromised, or that its register is fixed.
    Mark,
}

/// What a list says of each key.
pub(super) struct Scopes<'l> {
    keys: Index,
    entries: Vec<(&'l Authority, &'l KeyEntry)>,
}

impl<'l> Scopes<'l> {
    pub(super) fn of(list: &'l TrustClaims) -> Self {
        let entries: Vec<_> = list.entries().collect();
        let mut keys = Index::default();
        for (place, (_, entry)) in entries.iter().enumerate() {
            keys.place(entry.public.as_bytes(), place);
        }
        Self { keys, entries }
    }

    /// Whether they are what an earlier list says, with more marks perhaps.
    pub(super) fn keep(&self, before: &TrustClaims) -> Result<(), Void> {
        for (authority, old) in before.entries() {
            let Some(place) = self.keys.get(old.public.as_bytes()) else { continue };
            let (now, entry) = self.entries[place];
            if now.id != authority.id || !has_scope(entry, old) {
                return Err(Void::Scope);
            }
            if !has_marks(entry, old) {
                return Err(Void::Mark);
            }
        }
        Ok(())
    }
}

/// The maximum count, the window, the numbers of registers and label 14 are no scope: the newest list decides them.
fn has_scope(entry: &KeyEntry, before: &KeyEntry) -> bool {
    let same_use = match (&entry.usage, &before.usage) {
        (
            KeyUse::Documents { kinds, sessions, maximum_count: _ },
            KeyUse::Documents { kinds: old_kinds, sessions: old_sessions, maximum_count: _ },
        ) => (kinds, sessions) == (old_kinds, old_sessions),
        (usage, old) => usage == old,
    };
    same_use && (entry.test, entry.status_list) == (before.test, before.status_list)
}

/// A fixed head may be another one later, never none; a time of closing never moves back to a later day.
fn has_marks(entry: &KeyEntry, before: &KeyEntry) -> bool {
    let closed = match (entry.closed_at, before.closed_at) {
        (_, None) => true,
        (Some(now), Some(before)) => now <= before,
        (None, Some(_)) => false,
    };
    closed
        && (entry.compromised_at.is_some() || before.compromised_at.is_none())
        && (entry.fixed_head().is_some() || before.fixed_head().is_none())
}
