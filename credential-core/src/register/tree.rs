//! A register as its authority keeps it, document by document.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use super::{ENTRY_BYTES, Entry, InclusionProof, RegisterClaims, entry, file};
use crate::claims::Serial;
use crate::key::PublicKey;
use crate::merkle::{Hash, MerkleTree, leaf_hash};
use crate::time::UnixTime;

/// The documents of one key in the order of sealing: what head, file and proofs are made from.
///
/// ```
/// use credential_core::document::{Serial, World};
/// use credential_core::register::RegisterTree;
/// use credential_core::sealing::{Sealer, SealingKey};
///
/// let [session, registers] = [1, 2].map(|seed| SealingKey::from_seed(&[seed; 32]));
/// let mut tree = RegisterTree::new("XX-EXAM", 1);
/// for (serial, digest) in [([1; 8], [11; 32]), ([2; 8], [12; 32])] {
///     tree.push(&Serial::new(&serial).unwrap(), &digest);
/// }
/// let head = tree.head(1_790_000_000, &session.public(), None);
/// let signed = head.sign(&Sealer { authority: "XX-EXAM", world: World::Live, key: &registers });
/// let proof = tree.proof(1).unwrap().to_bytes(); // for the holder of the second document
/// assert!(signed.len() < 1_024 && proof.len() < 1_024);
/// ```
#[derive(Clone, Debug)]
pub struct RegisterTree {
    authority: String,
    number: u32,
    leaves: Vec<Hash>,
    entries: Vec<Entry>,
    tree: OnceLock<MerkleTree>,
}

impl RegisterTree {
    /// An empty register with its number within the authority.
    pub fn new(authority: impl Into<String>, number: u32) -> Self {
        Self { authority: authority.into(), number, leaves: Vec::new(), entries: Vec::new(), tree: OnceLock::new() }
    }

    /// Adds the next document: its serial and its digest.
    pub fn push(&mut self, serial: &Serial, digest: &[u8; 32]) {
        let leaf = leaf_hash(digest);
        self.leaves.push(leaf);
        self.entries.push(entry(serial, &leaf));
        self.tree = OnceLock::new();
    }

    /// How many documents it has.
    pub fn count(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// The root of the tree.
    pub fn root(&self) -> [u8; 32] {
        self.tree().root()
    }

    /// The claims of its head: `key` is the key whose documents it covers, `minutes` the root over their minutes.
    pub fn head(&self, time: UnixTime, key: &PublicKey, minutes: Option<[u8; 32]>) -> RegisterClaims {
        RegisterClaims {
            number: self.number,
            time,
            count: self.count(),
            root: self.root(),
            minutes,
            key: key.digest(),
            entries: Sha256::digest(self.sorted_entries()).into(),
        }
    }

    /// The bytes of its register file.
    pub fn file(&self) -> Vec<u8> {
        file::write(&self.authority, self.number, &self.sorted_entries())
    }

    /// The inclusion proof of the document that was added at `index`, from 0.
    pub fn proof(&self, index: u64) -> Option<InclusionProof> {
        let path = self.tree().path(index)?;
        Some(InclusionProof { authority: self.authority.clone(), number: self.number, index, path })
    }

    fn tree(&self) -> &MerkleTree {
        self.tree.get_or_init(|| MerkleTree::of_hashes(self.leaves.clone()))
    }

    fn sorted_entries(&self) -> Vec<u8> {
        let mut entries = self.entries.clone();
        entries.sort_unstable();
        let mut bytes = Vec::with_capacity(entries.len() * ENTRY_BYTES);
        entries.iter().for_each(|entry| bytes.extend(entry));
        bytes
    }
}
