//! What a verifier believes under one anchor: SPEC section 9, the trust state.

use std::sync::Arc;

use crate::envelope::Object;
use crate::index::Index;
use crate::key::KeyId;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, Line, Role, TrustClaims, TrustList};
use crate::words::{Language, Text};

/// What is known under one anchor, whatever the order in which it came.
#[derive(Clone, Debug)]
pub struct TrustState {
    line: Line,
    anchors: Vec<[u8; 32]>,
    overtaken: bool,
    ids: Index,
    records: Vec<Record>,
    kids: Index,
    keys: Vec<Vec<Key>>,
}

/// Who sealed a document, as the trust list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The authority's id.
    pub id: String,
    /// Its names, by language.
    pub names: Vec<(Language, Text)>,
    /// Its country, ISO 3166-1.
    pub country: String,
    /// Whom to ask, as the trust list says.
    pub contacts: Vec<Text>,
    /// Fingerprint of the root set that vouches for it.
    pub root: [u8; 32],
    /// Owner of the trust list.
    pub list_owner: Text,
    /// Version of the trust list.
    pub list_version: u32,
    /// When the trust list was issued.
    pub list_issued: UnixTime,
}

/// Where the newest list that has an authority describes it.
#[derive(Clone, Debug)]
struct Record {
    list: usize,
    authority: usize,
    issuer: Arc<Issuer>,
}

/// A key that may have sealed a code: where its newest entry stands, and which record is that of its authority.
#[derive(Clone, Debug)]
struct Key {
    list: usize,
    authority: usize,
    entry: usize,
    record: usize,
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
        let (ids, records, kids, keys) = Default::default();
        let mut state = Self { line, anchors: vec![anchor], overtaken, ids, records, kids, keys };
        for (list, one) in state.line.lists.iter().enumerate() {
            for (at, authority) in one.claims().authorities.iter().enumerate() {
                let place = state.ids.place(authority.id.as_bytes(), state.records.len());
                if place == state.records.len() {
                    let issuer = Arc::new(state.issuer(authority));
                    state.records.push(Record { list, authority: at, issuer });
                }
            }
        }
        state
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
        self.ids.places().map(|record| self.authority(&self.records[record]))
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

    fn authority(&self, record: &Record) -> &Authority {
        &self.line.lists[record.list].claims().authorities[record.authority]
    }

    /// Whether a list of the line names a dictionary with this SHA-256.
    pub(crate) fn has_dictionary(&self, digest: &[u8; 32]) -> bool {
        let mut authorities = self.lists().flat_map(|list| &list.claims().authorities);
        authorities.any(|authority| authority.dictionaries.contains(digest))
    }

    /// The authority with this id and its successor, as they are now: those whose status lists count for it.
    pub(crate) fn speakers<'s>(&'s self, authority: &'s Authority) -> impl Iterator<Item = &'s Authority> {
        let successor = authority.successor.as_deref().and_then(|id| self.ids.get(id.as_bytes()));
        [authority].into_iter().chain(successor.map(|record| self.authority(&self.records[record])))
    }

    /// Finds the keys of the authorities that count here (SIG-1, LEG-3): the newest list that has a key speaks for it.
    pub(crate) fn index(&mut self, counts: &dyn Fn(&Authority) -> bool) {
        let (mut seen, mut kids, mut keys) = (Index::default(), Index::default(), Vec::new());
        for (list, one) in self.line.lists.iter().enumerate() {
            for (at, authority) in one.claims().authorities.iter().enumerate() {
                let Some(record) = self.ids.get(authority.id.as_bytes()) else { continue };
                let newest = self.authority(&self.records[record]);
                if !counts(newest) {
                    continue;
                }
                for (entry, key) in authority.keys.iter().enumerate() {
                    if seals(newest, key).is_some() && seen.add(key.public.as_bytes()) {
                        let of_kid: &mut Vec<_> = kids.among(&key.public.id(), &mut keys);
                        of_kid.push(Key { list, authority: at, entry, record });
                    }
                }
            }
        }
        (self.kids, self.keys) = (kids, keys);
    }

    /// The keys with this id that may seal such an object.
    pub(crate) fn candidates(&self, kid: KeyId, object: Object) -> impl Iterator<Item = Candidate<'_>> {
        let keys = self.kids.get(&kid).into_iter().flat_map(|place| &self.keys[place]);
        let candidates = keys.map(|key| {
            let record = &self.records[key.record];
            let entry = &self.line.lists[key.list].claims().authorities[key.authority].keys[key.entry];
            Candidate { state: self, authority: self.authority(record), entry, issuer: &record.issuer }
        });
        candidates.filter(move |candidate| seals(candidate.authority, candidate.entry) == Some(object))
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
