//! The manifest of a batch: SPEC section 15.

use crate::cbor::{self, Fields, Writer};
use crate::envelope::{self, Envelope, Object};
use crate::issue::Sealer;
use crate::key::PublicKey;
use crate::limits;
use crate::time::UnixTime;

/// What a batch was made from and what came out, signed with the key that sealed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Random name of the batch.
    pub batch: [u8; 16],
    /// Time of sealing.
    pub sealed_at: UnixTime,
    /// Rows read.
    pub rows: u64,
    /// Documents sealed.
    pub sealed: u64,
    /// Rows not sealed: at fault, or not admitted.
    pub not_sealed: u64,
    /// SHA-256 of the list as read.
    pub list: [u8; 32],
    /// SHA-256 of the profile.
    pub profile: [u8; 32],
    /// SHA-256 of `documents.csv`.
    pub documents: [u8; 32],
    /// SHA-256 over the digest of each document, in order.
    pub contents: [u8; 32],
}

impl Manifest {
    /// Signs the manifest.
    pub fn sign(&self, sealer: &Sealer<'_>) -> Vec<u8> {
        let mut out = Writer::with_capacity(256);
        out.map(9).uint(1).bytes(&self.batch).uint(2).uint(self.sealed_at);
        out.uint(3).uint(self.rows).uint(4).uint(self.sealed).uint(5).uint(self.not_sealed);
        out.uint(6)
            .bytes(&self.list)
            .uint(7)
            .bytes(&self.profile)
            .uint(8)
            .bytes(&self.documents)
            .uint(9)
            .bytes(&self.contents);
        envelope::sign(&out.into_bytes(), sealer.key, &Object::Manifest.of(sealer.authority))
    }

    /// Reads a manifest that `key` signed for an authority; `None` if it is none, or was changed.
    pub fn open(bytes: &[u8], authority: &str, key: &PublicKey) -> Option<Self> {
        let envelope = Envelope::read(bytes).ok()?;
        let payload = envelope.opened_by(key, &Object::Manifest.of(authority))?;
        let value = cbor::read(payload, limits::MANIFEST_ITEMS).ok()?;
        let mut fields = Fields::open_roomy(value, &[1, 2, 3, 4, 5, 6, 7, 8, 9], &[]).ok()?;
        Some(Self {
            batch: fields.take(1)?.bytes_of()?,
            sealed_at: fields.take(2)?.uint()?,
            rows: fields.take(3)?.uint()?,
            sealed: fields.take(4)?.uint()?,
            not_sealed: fields.take(5)?.uint()?,
            list: fields.take(6)?.bytes_of()?,
            profile: fields.take(7)?.bytes_of()?,
            documents: fields.take(8)?.bytes_of()?,
            contents: fields.take(9)?.bytes_of()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::World;
    use crate::key::SealingKey;

    #[test]
    fn only_the_key_that_signed_it_opens_it_unchanged() {
        let key = SealingKey::from_seed(&[3; 32]);
        let manifest = Manifest {
            batch: [1; 16],
            sealed_at: 5,
            rows: 10,
            sealed: 7,
            not_sealed: 3,
            list: [2; 32],
            profile: [3; 32],
            documents: [4; 32],
            contents: [5; 32],
        };
        let signed = manifest.sign(&Sealer { authority: "XX-EXAM", world: World::Live, key: &key });
        assert_eq!(Manifest::open(&signed, "XX-EXAM", &key.public()), Some(manifest));
        assert_eq!(Manifest::open(&signed, "XX-OTHER", &key.public()), None);
        assert_eq!(Manifest::open(&signed, "XX-EXAM", &SealingKey::from_seed(&[4; 32]).public()), None);
    }
}
