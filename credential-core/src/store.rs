//! The packs that a verifier has loaded, side by side.

use std::collections::BTreeMap;

use crate::compaction::Dictionary;
use crate::key::KeyId;
use crate::pack::Pack;
use crate::trust::{Authority, KeyEntry, KeyUse};

/// Loaded packs, in the order of loading, with an index of the keys that may seal documents.
#[derive(Clone, Debug, Default)]
pub struct TrustStore {
    packs: Vec<Pack>,
    /// For each key id: pack, authority and entry.
    keys: BTreeMap<KeyId, Vec<[usize; 3]>>,
}

/// A key that may have sealed a document, where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'s> {
    pub(crate) pack: &'s Pack,
    pub(crate) authority: &'s Authority,
    pub(crate) entry: &'s KeyEntry,
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
            for (k, entry) in authority.keys.iter().enumerate() {
                if matches!(entry.usage, KeyUse::Documents { .. }) {
                    self.keys.entry(entry.public.id()).or_default().push([at, a, k]);
                }
            }
        }
        self.packs.push(pack);
    }

    /// The packs, in the order of loading.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    pub(crate) fn candidates(&self, kid: KeyId) -> impl Iterator<Item = Candidate<'_>> {
        self.keys.get(&kid).into_iter().flatten().map(|&[pack, authority, key]| {
            let pack = &self.packs[pack];
            let authority = &pack.trust().claims().authorities[authority];
            Candidate { pack, authority, entry: &authority.keys[key] }
        })
    }

    /// The first loaded dictionary with this id.
    pub(crate) fn dictionary(&self, id: u32) -> Option<&Dictionary> {
        self.packs.iter().flat_map(Pack::dictionaries).find(|dictionary| dictionary.id() == id)
    }
}
