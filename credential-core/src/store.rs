//! The packs that a verifier has loaded, side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compaction::Dictionary;
use crate::envelope::Object;
use crate::key::KeyId;
use crate::pack::Pack;
use crate::status::StatusList;
use crate::time::UnixTime;
use crate::trust::{Authority, KeyEntry, KeyUse, Role, TrustClaims, TrustList};
use crate::verify::Issuer;

/// Loaded packs, in the order of loading, with an index of the keys that may seal documents or legalise them.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    packs: Vec<Pack>,
    keys: BTreeMap<KeyId, Vec<Place>>,
    status_age: StatusAge,
}

/// When a status is old (VER-9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusAge {
    /// When the list itself says so, or the trust list beside it is past its next update.
    #[default]
    AsListed,
    /// When its state is more than so many seconds old, whatever the list says: its user has decided.
    AtMost(u64),
    /// Never: its user has decided that the state of the day shown is good enough.
    Any,
}

/// Where an entry stands: pack, authority and key by position.
#[derive(Clone, Debug)]
struct Place {
    pack: usize,
    authority: usize,
    key: usize,
    issuer: Arc<Issuer>,
}

/// A key that may have sealed a code, where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'s> {
    pub(crate) pack: &'s Pack,
    pub(crate) authority: &'s Authority,
    pub(crate) entry: &'s KeyEntry,
    pub(crate) issuer: &'s Arc<Issuer>,
}

impl TrustStore {
    /// A store without packs: nothing can be judged.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pack behind those already loaded.
    pub fn add(&mut self, pack: Pack) {
        let at = self.packs.len();
        for (a, authority) in pack.trust().claims().authorities.iter().enumerate() {
            let issuer = Arc::new(issuer(pack.trust(), authority));
            for (key, entry) in authority.keys.iter().enumerate() {
                if seals(authority, entry).is_some() {
                    let place = Place { pack: at, authority: a, key, issuer: issuer.clone() };
                    self.keys.entry(entry.public.id()).or_default().push(place);
                }
            }
        }
        self.packs.push(pack);
    }

    /// Puts a pack in the place of the one whose trust list is `held`, or behind the others if that one is not loaded.
    pub fn replace(&mut self, held: &TrustList, pack: Pack) {
        self.keys.clear();
        let mut packs = std::mem::take(&mut self.packs);
        match packs.iter_mut().find(|loaded| loaded.trust().as_bytes() == held.as_bytes()) {
            Some(place) => *place = pack,
            None => packs.push(pack),
        }
        packs.into_iter().for_each(|pack| self.add(pack));
    }

    /// Judges status lists by another age than the one that each list says.
    pub fn with_status_age(self, status_age: StatusAge) -> Self {
        Self { status_age, ..self }
    }

    /// Whether what a status list says is old at `now`, by the list itself and by the trust list that decides.
    pub(crate) fn is_old(&self, list: &StatusList, trust: &TrustClaims, now: UnixTime) -> bool {
        let clock_is_wrong = now.saturating_add(DAY) < trust.issued;
        match self.status_age {
            StatusAge::AsListed => clock_is_wrong || list.is_old(now) || now >= trust.next_update,
            StatusAge::AtMost(seconds) => clock_is_wrong || now.saturating_sub(list.as_of()) > seconds,
            StatusAge::Any => false,
        }
    }

    /// The status lists that count for what a key has sealed (VER-4).
    pub(crate) fn current_lists<'s>(
        &'s self,
        signer: &Candidate<'s>,
        now: UnixTime,
    ) -> impl Iterator<Item = &'s StatusList> {
        let Candidate { pack, authority, entry, issuer: _ } = *signer;
        let same_root = self.packs.iter().filter(|one| one.trust().root() == pack.trust().root());
        let lists = same_root.flat_map(Pack::statuses);
        lists.filter(move |list| list.counts_for(authority, entry.test) && !list.is_ahead(now))
    }

    /// The packs, in the order of loading.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The keys with this id that may seal such an object.
    pub(crate) fn candidates(&self, kid: KeyId, object: Object) -> impl Iterator<Item = Candidate<'_>> {
        let named = self.keys.get(&kid).into_iter().flatten().map(|place| {
            let pack = &self.packs[place.pack];
            let authority = &pack.trust().claims().authorities[place.authority];
            Candidate { pack, authority, entry: &authority.keys[place.key], issuer: &place.issuer }
        });
        named.filter(move |candidate| seals(candidate.authority, candidate.entry) == Some(object))
    }

    /// The different dictionaries with this id, in the order of loading.
    pub(crate) fn dictionaries(&self, id: u32) -> Vec<&Dictionary> {
        let mut found: Vec<&Dictionary> = Vec::new();
        for dictionary in self.packs.iter().flat_map(Pack::dictionaries).filter(|dictionary| dictionary.id() == id) {
            if found.iter().all(|known| known.as_bytes() != dictionary.as_bytes()) {
                found.push(dictionary);
            }
        }
        found
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

fn issuer(trust: &TrustList, authority: &Authority) -> Issuer {
    let list = trust.claims();
    Issuer {
        id: authority.id.clone(),
        names: authority.names.clone(),
        country: authority.country.clone(),
        root: *trust.root(),
        list_owner: list.owner.clone(),
        list_version: list.version,
        list_issued: list.issued,
    }
}

/// How far a clock may go slow before what it says is taken for wrong, in seconds.
const DAY: u64 = 86_400;
