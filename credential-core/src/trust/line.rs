//! The line of a trust list: which of all lists that are known is the newest under an anchor (SPEC section 7, LIN).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::scope::{Scopes, Void};
use super::{RootSet, TrustClaims, TrustList};
use crate::fault::{FaultCode, PackFault};
use crate::ordered;

/// How lists name each other: the first 16 bytes of SHA-256 of the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId([u8; 16]);

impl ListId {
    pub(super) fn of(payload: &[u8]) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(payload)[..16]);
        Self(id)
    }

    /// The id with these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// What is known under an anchor.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The newest list; several where lists conflict, by version, the highest first.
    pub(crate) newest: Vec<Arc<TrustList>>,
    /// The lists of the line that are known, the newest first.
    pub(crate) lists: Vec<Arc<TrustList>>,
}

/// Lists of which none is void, by id.
pub(crate) struct Known {
    lists: BTreeMap<ListId, Arc<TrustList>>,
    /// Lists that are as if never given, and why.
    pub(crate) void: Vec<(Arc<TrustList>, Void)>,
}

impl Known {
    /// Sorts out the void ones, whatever the order in which the lists came (LIN-3).
    pub(crate) fn of(lists: impl Iterator<Item = Arc<TrustList>>) -> Self {
        // of one payload the signatures do not matter: any of its lists will do
        let mut by_version: BTreeMap<_, Arc<TrustList>> = BTreeMap::new();
        for list in lists {
            let known = by_version.entry((list.claims.version, list.id)).or_insert_with(|| list.clone());
            if list.bytes < known.bytes {
                *known = list;
            }
        }
        let mut known = Self { lists: BTreeMap::new(), void: vec![] };
        // a list is judged after all that it names; versions nearly always give that order
        let mut open = ordered::set(by_version.values().map(|list| list.id));
        while !by_version.is_empty() {
            let before = by_version.len();
            by_version.retain(|_, list| {
                let waits = list.claims.earlier.iter().any(|id| open.contains(id));
                if !waits {
                    open.remove(&list.id);
                    known.judge(list);
                }
                waits
            });
            // lists that name each other in a circle would need a collision: they are as never given
            if by_version.len() == before {
                break;
            }
        }
        known
    }

    fn judge(&mut self, list: &Arc<TrustList>) {
        match self.check(list) {
            Ok(()) => drop(self.lists.insert(list.id, list.clone())),
            Err(void) => self.void.push((list.clone(), void)),
        }
    }

    fn check(&self, list: &TrustList) -> Result<(), Void> {
        let named = ordered::set(&list.claims.earlier);
        let scopes = Scopes::of(&list.claims);
        for before in self.earlier(&list.claims) {
            let whole = before.claims.earlier.iter().all(|id| named.contains(id));
            if before.claims.version >= list.claims.version || !whole {
                return Err(Void::Order);
            }
            scopes.keep(&before.claims)?;
        }
        Ok(())
    }

    /// The known lists that a list names as earlier, in its order.
    fn earlier(&self, claims: &TrustClaims) -> impl DoubleEndedIterator<Item = &Arc<TrustList>> {
        claims.earlier.iter().filter_map(|id| self.lists.get(id))
    }

    /// Whether a list can be reached from an anchor: on its line each list is of the roots of the one before, or a
    /// rotation from them, from the first on that is the anchor's (LIN-2).
    fn leads(&self, anchor: &[u8; 32], list: &TrustList) -> bool {
        let mut reached: Option<[u8; 32]> = None;
        for one in self.earlier(&list.claims).map(|one| &**one).chain([list]) {
            let from = one.claims.follows.as_ref().map(RootSet::fingerprint);
            reached = match reached {
                None if one.root == *anchor || from == Some(*anchor) => Some(one.root),
                None => None,
                Some(root) if one.root == root || from == Some(root) => Some(one.root),
                Some(_) => return false,
            };
        }
        reached == Some(list.root)
    }

    /// The root sets of a list and of its line: the only ones of which it can disown a list.
    fn own_roots(&self, list: &TrustList) -> BTreeSet<[u8; 32]> {
        let line = self.earlier(&list.claims).map(|one| &**one).chain([list]);
        ordered::set(line.flat_map(|one| one.claims.root_sets().map(RootSet::fingerprint)))
    }

    /// The line of an anchor; `None` if no known list is reached from it (LIN-4).
    pub(crate) fn line(&self, anchor: &[u8; 32]) -> Option<Line> {
        let reached: Vec<_> = self.lists.values().filter(|list| self.leads(anchor, list)).collect();
        let mut below: BTreeSet<ListId> = BTreeSet::new();
        for list in &reached {
            below.extend(&list.claims.earlier);
            if !list.claims.disowned.is_empty() {
                let roots = self.own_roots(list);
                let disowned = list.claims.disowned.iter().filter_map(|id| self.lists.get(id));
                below.extend(disowned.filter(|one| roots.contains(&one.root)).map(|one| one.id));
            }
        }
        let by_age = |list: &Arc<TrustList>| ((list.claims.version, list.id), list.clone());
        let newest = ordered::map(reached.into_iter().filter(|list| !below.contains(&list.id)).map(by_age));
        let newest: Vec<_> = newest.into_values().rev().collect();
        let line = newest.iter().flat_map(|list| self.earlier(&list.claims).chain([list]));
        let lists = ordered::map(line.map(by_age)).into_values().rev().collect();
        (!newest.is_empty()).then_some(Line { newest, lists })
    }
}

impl Line {
    /// Whether two lists stand side by side, so that nothing can be said under this anchor.
    pub(crate) fn is_conflict(&self) -> bool {
        self.newest.len() > 1
    }

    /// Whether a list has one of this line behind it: if it does not lead here, a link is missing.
    pub(crate) fn is_named_by(&self, list: &TrustList) -> bool {
        let of_line = |id: &ListId| self.lists.iter().any(|one| one.id == *id);
        list.claims.earlier.iter().any(of_line)
    }
}

impl TrustList {
    /// Reads the list that follows `held` on its line; `held` itself is its own successor. For who makes lists: a verifier
    /// takes lists in any order.
    ///
    /// # Errors
    /// What the list itself breaks, else `trust-void`, `trust-foreign-root`, or `trust-rolled-back` for a list that does
    /// not name `held` as earlier.
    pub fn open_successor(bytes: &[u8], held: &Self) -> Result<Self, PackFault> {
        let list = Self::read(bytes)?;
        if list.id == held.id {
            return Ok(list);
        }
        let refused = |code, rule| Err(super::fault(code, rule));
        let known = Known::of([list.clone(), held.clone()].map(Arc::new).into_iter());
        if known.void.iter().any(|(void, _)| void.id == list.id) {
            return refused(FaultCode::TrustVoid, "LIN-3");
        }
        match known.line(&held.root) {
            Some(line) if line.newest.len() == 1 && line.newest[0].id == list.id => Ok(list),
            Some(line) if line.lists.iter().any(|one| one.id == list.id) => {
                refused(FaultCode::TrustRolledBack, "LIN-4")
            }
            _ if held.claims.earlier.contains(&list.id) => refused(FaultCode::TrustRolledBack, "LIN-4"),
            _ => refused(FaultCode::TrustForeignRoot, "LIN-2"),
        }
    }
}

impl TrustClaims {
    /// The claims as those of the list that comes after `held`: it names the line, and the roots if they are others now.
    pub fn after(self, held: &TrustList) -> Self {
        let earlier = held.claims.earlier.iter().copied().chain([held.id]).collect();
        let follows = (self.roots != held.claims.roots).then(|| held.claims.roots.clone());
        Self { earlier, follows, ..self }
    }
}
