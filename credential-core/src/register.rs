//! Registers: SPEC section 12. Which documents a key has sealed, so that a stolen key makes no more of them.

mod file;
mod head;
mod proof;
mod tree;

pub use file::RegisterFile;
pub use head::{RegisterClaims, RegisterHead};
pub use proof::InclusionProof;
pub use tree::RegisterTree;

pub use crate::merkle::MerkleTree;

use core::fmt;

use sha2::{Digest, Sha256};

use crate::claims::Serial;
use crate::merkle::{Hash, leaf_hash};

/// Where register files lie that are too large to be held in memory.
pub trait RegisterShelf: fmt::Debug + Send + Sync {
    /// Whether the file of this head has an entry; `None` if it is not there, or cannot be read.
    fn lists(&self, head: &RegisterHead, entry: &[u8; 16]) -> Option<bool>;
}

/// What a register file holds of one document: serial and leaf hash, bound by 16 bytes.
type Entry = [u8; ENTRY_BYTES];

/// The entry of a document or a record.
pub(crate) fn entry_of(serial: &Serial, digest: &[u8; 32]) -> Entry {
    entry(serial, &leaf_hash(digest))
}

fn entry(serial: &Serial, leaf: &Hash) -> Entry {
    let digest = Sha256::new().chain_update([2]).chain_update(serial.as_bytes()).chain_update(leaf).finalize();
    let mut entry = [0; ENTRY_BYTES];
    entry.copy_from_slice(&digest[..ENTRY_BYTES]);
    entry
}

/// 16 bytes: of 8, a thief would find a document that counts as listed within hours (SPEC section 12).
const ENTRY_BYTES: usize = 16;
