//! What a verifier believes under one anchor: SPEC section 9, the trust state.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::envelope::Object;
use crate::key::KeyId;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, Line, Role, TrustClaims, TrustList};
use crate::verify::Issuer;

/// What is known under one anchor, whatever the order in which it came.
#[derive(Clone, Debug)]
pub struct TrustState {
    line: Line,
    anchors: Vec<[u8; 32]>,
    overtaken: bool,
    keys: BTreeMap<KeyId, Vec<Place>>,
}

/// Where something stands in the lists of a line: list, authority.
type Record = (usize, usize);

/// A key that may have sealed a code: its newest entry, and the newest record of its authority.
#[derive(Clone, Debug)]
struct Place {
    entry: (Record, usize),
    record: Record,
    issuer: Arc<Issuer>,
}

/// A key that may have sealed a code, where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'s> {
    pub(crate) state: &'s TrustState,
    pub(crate) authority: &'s Authority,
    pub(crate) entry: &'s KeyEntry,
    pub(crate) issuer: &'s Arc<Issuer>,
}

impl TrustState {
    pub(crate) fn new(line: Line, anchor: [u8; 32], overtaken: bool) -> Self {
        Self { line, anchors: vec![anchor], overtaken, keys: BTreeMap::new() }
    }

    /// The newest trust list; of several that conflict, the one of the highest version.
    pub fn newest(&self) -> &TrustList {
        &self.line.newest[0]
    }

    /// The lists of which none contains the other, if there are several: nothing is said under them (LIN-4).
    pub fn conflict(&self) -> Option<impl Iterator<Item = &TrustList>> {
        self.line.is_conflict().then(|| self.line.newest.iter().map(|list| &**list))
    }

    /// Fingerprint of the roots that have signed the newest list: the anchor from now on. While lists conflict it stays
    /// where it is, or one side would win by being kept.
    pub fn root(&self) -> &[u8; 32] {
        if self.line.is_conflict() { &self.anchors[0] } else { self.line.newest[0].root() }
    }

    /// The fingerprints from which it was reached.
    pub fn anchors(&self) -> &[[u8; 32]] {
        &self.anchors
    }

    /// Every list of the line that is known, the newest first.
    pub fn lists(&self) -> impl DoubleEndedIterator<Item = &TrustList> {
        self.line.lists.iter().map(|list| &**list)
    }

    /// Each authority as the newest list that has it describes it.
    pub fn authorities(&self) -> impl Iterator<Item = &Authority> {
        self.records().into_values().map(|record| self.authority(record))
    }

    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    pub(crate) fn add_anchor(&mut self, anchor: [u8; 32]) {
        self.anchors.push(anchor);
    }

    pub(crate) fn is_overtaken(&self) -> bool {
        self.overtaken
    }

    pub(crate) fn claims(&self) -> &TrustClaims {
        self.newest().claims()
    }

    fn authority(&self, (list, at): Record) -> &Authority {
        &self.line.lists[list].claims().authorities[at]
    }

    /// The newest record of each authority.
    fn records(&self) -> BTreeMap<&str, Record> {
        let mut records = BTreeMap::new();
        for (list, one) in self.line.lists.iter().enumerate() {
            for (at, authority) in one.claims().authorities.iter().enumerate() {
                records.entry(authority.id.as_str()).or_insert((list, at));
            }
        }
        records
    }

    /// The authority with this id and its successor, as they are now: those whose status lists count for it.
    pub(crate) fn speakers<'s>(&'s self, authority: &'s Authority) -> impl Iterator<Item = &'s Authority> {
        let successor = authority.successor.as_deref();
        let successor = successor.and_then(|id| self.records().get(id).map(|record| self.authority(*record)));
        [authority].into_iter().chain(successor)
    }

    /// Finds the keys of the authorities that count here (SIG-1, LEG-3): the newest list that has a key speaks for it.
    pub(crate) fn index(&mut self, counts: &dyn Fn(&Authority) -> bool) {
        let mut keys: BTreeMap<KeyId, Vec<Place>> = BTreeMap::new();
        let mut seen: BTreeSet<&[u8; 32]> = BTreeSet::new();
        let records = self.records();
        let mut issuers: BTreeMap<Record, Arc<Issuer>> = BTreeMap::new();
        for (list, one) in self.line.lists.iter().enumerate() {
            for (at, authority) in one.claims().authorities.iter().enumerate() {
                let Some(&record) = records.get(authority.id.as_str()) else { continue };
                let newest = self.authority(record);
                if !counts(newest) {
                    continue;
                }
                let issuer = issuers.entry(record).or_insert_with(|| Arc::new(self.issuer(newest)));
                for (key, entry) in authority.keys.iter().enumerate() {
                    if seals(newest, entry).is_some() && seen.insert(entry.public.as_bytes()) {
                        let place = Place { entry: ((list, at), key), record, issuer: issuer.clone() };
                        keys.entry(entry.public.id()).or_default().push(place);
                    }
                }
            }
        }
        self.keys = keys;
    }

    /// The keys with this id that may seal such an object.
    pub(crate) fn candidates(&self, kid: KeyId, object: Object) -> impl Iterator<Item = Candidate<'_>> {
        let named = self.keys.get(&kid).into_iter().flatten().map(|place| {
            let (of, key) = place.entry;
            let entry = &self.authority(of).keys[key];
            Candidate { state: self, authority: self.authority(place.record), entry, issuer: &place.issuer }
        });
        named.filter(move |candidate| seals(candidate.authority, candidate.entry) == Some(object))
    }

    fn issuer(&self, authority: &Authority) -> Issuer {
        let list = self.claims();
        Issuer {
            id: authority.id.clone(),
            names: authority.names.clone(),
            country: authority.country.clone(),
            contacts: authority.contacts.clone(),
            root: *self.root(),
            list_owner: list.owner.clone(),
            list_version: list.version,
            list_issued: list.issued,
        }
    }

    /// Whether a clock stands more than a day before the newest list was issued.
    pub(crate) fn is_before(&self, now: UnixTime) -> bool {
        now.saturating_add(DAY) < self.claims().issued
    }
}

/// What a key may seal for a code (SIG-1, LEG-3).
fn seals(authority: &Authority, entry: &KeyEntry) -> Option<Object> {
    match (&entry.usage, authority.role) {
        (KeyUse::Documents { .. }, _) => Some(Object::Document),
        (KeyUse::Legalisation, Role::LegalisingMinistry) => Some(Object::Legalisation),
        _ => None,
    }
}

/// How far a clock may go slow before what it says is taken for wrong, in seconds.
const DAY: u64 = 86_400;
