//! Trust lists (SPEC section 7).

use crate::cbor::{Bytes, Fields, array, bytes, joined, pairs, tag, text, uint};
use crate::cose::{TRUST_LIST, header};
use crate::sign::{Signer, sha256};

/// A trust list before it is signed.
#[derive(Clone, Debug)]
pub struct Trust {
    /// Labels 1, 2, 3 and 5; a label 4 or 6 put here stands instead of what the other parts say.
    pub claims: Fields,
    /// How many roots must sign.
    pub threshold: u64,
    /// Public keys of the roots.
    pub roots: Vec<[u8; 32]>,
    /// Label 6.
    pub authorities: Vec<Authority>,
    /// Who signs, in this order.
    pub signers: Vec<Signer>,
}

/// An authority of a trust list.
#[derive(Clone, Debug)]
pub struct Authority {
    /// All labels but 5; a label 5 put here stands instead of the keys.
    pub fields: Fields,
    /// Label 5.
    pub keys: Vec<Fields>,
}

/// The parts of a COSE_Sign before they are put together.
#[derive(Clone, Debug)]
pub struct TrustParts {
    /// Encoding of the protected header's byte string.
    pub protected: Bytes,
    /// Encoding of the unprotected header.
    pub unprotected: Bytes,
    /// Encoding of the payload's byte string.
    pub payload: Bytes,
    /// Encoding of each signature.
    pub signatures: Vec<Bytes>,
}

impl Trust {
    /// The encoding of label 4.
    pub fn root_set(&self) -> Bytes {
        let roots: Vec<_> = self.roots.iter().map(|root| bytes(root)).collect();
        array(&[uint(self.threshold), array(&roots)])
    }

    /// The root fingerprint in hex.
    pub fn fingerprint(&self) -> String {
        sha256(&self.root_set()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The encoding of the claims.
    pub fn payload(&self) -> Bytes {
        let authorities: Vec<_> = self.authorities.iter().map(Authority::encoded).collect();
        let mut fields = Fields::new().with(4, self.root_set()).with(6, array(&authorities));
        fields.0.extend(self.claims.0.clone());
        fields.encoded()
    }

    /// The id: the first 16 bytes of the payload's SHA-256.
    pub fn id(&self) -> Bytes {
        sha256(&self.payload())[..16].to_vec()
    }

    /// The list with label 7: the ids of the lists of its line, oldest first.
    pub fn after(mut self, earlier: &[&Self]) -> Self {
        self.claims = self.claims.with(7, bytes(&ids(earlier)));
        self
    }

    /// The list with label 8: ids of lists that count for nothing.
    pub fn disowning(mut self, lists: &[&Self]) -> Self {
        self.claims = self.claims.with(8, bytes(&ids(lists)));
        self
    }

    /// The list with label 9, taking over from the roots of another; their keys are not yet among the signers.
    pub fn taking_over_from(mut self, held: &Self) -> Self {
        self.claims = self.claims.with(9, held.root_set());
        self
    }

    /// The parts of the list, signed by all signers.
    pub fn parts(&self) -> TrustParts {
        signed_parts(&self.payload(), &self.signers)
    }

    /// The encoding of the list.
    pub fn encoded(&self) -> Bytes {
        self.parts().encoded()
    }
}

impl Authority {
    /// An examination board in Morocco with a name in one language.
    pub fn board(id: &str, name: &str, keys: Vec<Fields>) -> Self {
        let fields = Fields::new()
            .with(1, text(id))
            .with(2, pairs(&[(text("fr"), text(name))]))
            .with(3, text("MA"))
            .with(4, uint(1));
        Self { fields, keys }
    }

    fn encoded(&self) -> Bytes {
        let keys: Vec<_> = self.keys.iter().map(Fields::encoded).collect();
        let mut fields = Fields::new().with(5, array(&keys));
        fields.0.extend(self.fields.0.clone());
        fields.encoded()
    }
}

impl TrustParts {
    /// The encoding of the COSE_Sign without its tag.
    pub fn untagged(&self) -> Bytes {
        let signatures = array(&self.signatures);
        array(&[self.protected.clone(), self.unprotected.clone(), self.payload.clone(), signatures])
    }

    /// The encoding of the COSE_Sign.
    pub fn encoded(&self) -> Bytes {
        tag(98, &self.untagged())
    }
}

/// Ids of lists, one behind the other.
pub fn ids(lists: &[&Trust]) -> Bytes {
    lists.iter().flat_map(|list| list.id()).collect()
}

/// A payload signed by several roots.
pub fn signed_parts(payload: &[u8], signers: &[Signer]) -> TrustParts {
    TrustParts {
        protected: bytes(&[]),
        unprotected: pairs(&[]),
        payload: bytes(payload),
        signatures: signers.iter().map(|signer| signature(signer, payload)).collect(),
    }
}

/// One signature of a trust list.
pub fn signature(signer: &Signer, payload: &[u8]) -> Bytes {
    signature_under(signer, payload, "Signature", TRUST_LIST)
}

/// One signature with another context or `external_aad`.
pub fn signature_under(signer: &Signer, payload: &[u8], context: &str, aad: &str) -> Bytes {
    let protected = header(signer.kid()).encoded();
    let message = array(&[text(context), bytes(&[]), bytes(&protected), bytes(aad.as_bytes()), bytes(payload)]);
    entry(&protected, &signer.sign(&message))
}

/// The array of one signature.
pub fn entry(protected: &[u8], signature: &[u8]) -> Bytes {
    array(&[bytes(protected), pairs(&[]), bytes(signature)])
}

/// A key entry for documents of all kinds, at most 500,000 of them.
pub fn document_key(public: &[u8; 32], first: u64, last: u64) -> Fields {
    key_entry(public, 1, first, last).with(5, crate::cbor::uints(&[1, 2, 3])).with(7, uint(500_000))
}

/// A key entry with its four first labels.
pub fn key_entry(public: &[u8; 32], usage: u64, first: u64, last: u64) -> Fields {
    Fields::new().with(1, bytes(public)).with(2, uint(usage)).with(3, uint(first)).with(4, uint(last))
}

/// A trust list's bytes with one more byte string behind the content of its payload.
pub fn with_longer_payload(payload: &[u8], tail: &[u8], signers: &[Signer]) -> Bytes {
    signed_parts(&joined(payload.to_vec(), tail), signers).encoded()
}
