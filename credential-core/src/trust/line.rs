//! The line of a trust list: which of all lists that are known is the newest under an anchor (SPEC section 7, LIN).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::scope::{Scopes, Void};
use super::{RootSet, TrustClaims, TrustList};
use crate::fault::{FaultCode, PackFault};
use crate::index::{self, Index, in_order};

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
    lists: Vec<Arc<TrustList>>,
    ids: Index,
    /// Lists that are as if never given, and why.
    pub(crate) void: Vec<(Arc<TrustList>, Void)>,
}

impl Known {
    /// Sorts out the void ones, whatever the order in which the lists came (LIN-3).
    pub(crate) fn of(lists: impl Iterator<Item = Arc<TrustList>>) -> Self {
        // of one payload the signatures do not matter: any of its lists will do
        let mut given: Vec<Arc<TrustList>> = Vec::new();
        let (mut by_version, mut ids) = (Index::default(), Index::default());
        for list in lists {
            let place = by_version.place(&list.order(), given.len());
            if place == given.len() {
                ids.add(list.id.as_bytes());
                given.push(list);
            } else if list.bytes < given[place].bytes {
                given[place] = list;
            }
        }
        // a list is judged after all that it names; versions nearly always give that order
        let mut known = Self { lists: vec![], ids: Index::default(), void: vec![] };
        let mut judged = Index::default();
        let mut open: Vec<usize> = by_version.places().collect();
        loop {
            let before = open.len();
            open.retain(|&place| {
                let list = &given[place];
                let waits = list.claims.earlier.iter().any(|id| ids.has(id.as_bytes()) && !judged.has(id.as_bytes()));
                if !waits {
                    judged.add(list.id.as_bytes());
                    known.judge(list);
                }
                waits
            });
            // lists that name each other in a circle would need a collision: they are as never given
            if open.is_empty() || open.len() == before {
                return known;
            }
        }
    }

    fn judge(&mut self, list: &Arc<TrustList>) {
        match self.check(list) {
            Ok(()) => {
                self.ids.place(list.id.as_bytes(), self.lists.len());
                self.lists.push(list.clone());
            }
            Err(void) => self.void.push((list.clone(), void)),
        }
    }

    fn check(&self, list: &TrustList) -> Result<(), Void> {
        let named: Index = list.claims.earlier.iter().map(ListId::as_bytes).collect();
        let scopes = Scopes::of(&list.claims);
        for before in self.earlier(&list.claims) {
            let whole = before.claims.earlier.iter().all(|id| named.has(id.as_bytes()));
            if before.claims.version >= list.claims.version || !whole {
                return Err(Void::Order);
            }
            scopes.keep(&before.claims)?;
        }
        Ok(())
    }

    fn find(&self, id: &ListId) -> Option<&Arc<TrustList>> {
        self.ids.get(id.as_bytes()).map(|place| &self.lists[place])
    }

    /// The known lists that a list names as earlier, in its order.
    fn earlier(&self, claims: &TrustClaims) -> impl DoubleEndedIterator<Item = &Arc<TrustList>> {
        claims.earlier.iter().filter_map(|id| self.find(id))
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

    /// The line of an anchor; `None` if no known list is reached from it (LIN-4).
    pub(crate) fn line(&self, anchor: &[u8; 32]) -> Option<Line> {
        let reached: Vec<_> = self.lists.iter().filter(|list| self.leads(anchor, list)).collect();
        let mut below = Index::default();
        for list in &reached {
            list.claims.earlier.iter().for_each(|id| _ = below.add(id.as_bytes()));
            // a list can disown only those of its own roots and of its line's
            let line = || self.earlier(&list.claims).chain([*list]);
            let own: Index = line().flat_map(|one| one.claims.root_sets().map(RootSet::fingerprint)).collect();
            let disowned = list.claims.disowned.iter().filter_map(|id| self.find(id));
            disowned.filter(|one| own.has(&one.root)).for_each(|one| _ = below.add(one.id.as_bytes()));
        }
        let newest = by_age(reached.into_iter().filter(|list| !below.has(list.id.as_bytes())));
        let lists = by_age(newest.iter().flat_map(|list| self.earlier(&list.claims).chain([list])));
        (!newest.is_empty()).then_some(Line { newest, lists })
    }
}

/// These lists, each once, the newest first.
fn by_age<'l>(lists: impl Iterator<Item = &'l Arc<TrustList>>) -> Vec<Arc<TrustList>> {
    in_order(lists, |list| list.order()).into_iter().rev().cloned().collect()
}

impl Line {
    /// Whether it is the line that another anchor leads to, too.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.newest.iter().map(|list| list.id).eq(other.newest.iter().map(|list| list.id))
    }

    /// Whether this is its newest list, or one of those in conflict.
    pub(crate) fn ends_in(&self, list: &TrustList) -> bool {
        self.newest.iter().any(|one| one.id == list.id)
    }

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
    /// A name by which lists are ordered: version, then id.
    fn order(&self) -> Vec<u8> {
        index::name(&[self.claims.version.into()], self.id.as_bytes())
    }

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
