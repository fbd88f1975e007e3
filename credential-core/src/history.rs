//! Entries of a status history: SPEC section 15. Where two persons must decide, both sign each entry.

use crate::envelope::{self, Object};
use crate::key::{PublicKey, SealingKey};

/// Signs the bytes of an entry, without its signatures.
pub fn sign_history_entry(entry: &[u8], key: &SealingKey) -> [u8; 64] {
    envelope::sign_detached(entry, key, &Object::StatusHistory.alone())
}

/// Whether `key` has signed an entry.
pub fn is_history_entry_signed(entry: &[u8], signature: &[u8; 64], key: &PublicKey) -> bool {
    envelope::is_signed_detached(entry, signature, key, &Object::StatusHistory.alone())
}
