//! Signed envelopes (SPEC section 5): COSE_Sign1 with every part in the caller's hand.

use crate::cbor::{Bytes, Fields, array, bytes, int, pairs, tag, text, uint};
use crate::sign::Signer;
use crate::world::BOARD;

/// Kind of object that a sealed document is.
pub const DOCUMENT: &str = "sceau/1/document";
/// Kind of object that a trust list is.
pub const TRUST_LIST: &str = "sceau/1/trust-list";
/// Kind of object that a status list is.
pub const STATUS_LIST: &str = "sceau/1/status-list";

/// Kind of object that a register head is.
pub const REGISTER_HEAD: &str = "sceau/1/register-head";
/// Kind of object that minutes are.
pub const MINUTES: &str = "sceau/1/minutes";
/// Kind of object that a legalisation record is.
pub const LEGALISATION: &str = "sceau/1/legalisation";

/// The parts of a COSE_Sign1 before they are put together.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Content of the protected header's byte string.
    pub protected: Bytes,
    /// Encoding of the unprotected header.
    pub unprotected: Bytes,
    /// Content of the payload's byte string.
    pub payload: Bytes,
    /// Content of the signature's byte string.
    pub signature: Bytes,
}

impl Envelope {
    /// A sealed document: everything right.
    pub fn sealed(signer: &Signer, payload: &[u8]) -> Self {
        Self::signed(signer, &header(signer.kid()).encoded(), DOCUMENT, payload)
    }

    /// Any protected header, any kind of object, rightly signed.
    pub fn signed(signer: &Signer, protected: &[u8], kind: &str, payload: &[u8]) -> Self {
        Self::signed_over(signer, protected, &aad(kind, signer.authority), payload)
    }

    /// Any protected header, any `external_aad`, rightly signed.
    pub fn signed_over(signer: &Signer, protected: &[u8], aad: &[u8], payload: &[u8]) -> Self {
        let signature = signer.sign(&sig_structure(protected, aad, payload));
        Self {
            protected: protected.to_vec(),
            unprotected: pairs(&[]),
            payload: payload.to_vec(),
            signature: signature.to_vec(),
        }
    }

    /// The same envelope with another signature.
    pub fn with_signature(self, signature: &[u8]) -> Self {
        Self { signature: signature.to_vec(), ..self }
    }

    /// What the signature of a document of the board covers.
    pub fn message(&self) -> Bytes {
        sig_structure(&self.protected, &aad(DOCUMENT, BOARD), &self.payload)
    }

    /// The four items of the array.
    pub fn items(&self) -> Vec<Bytes> {
        vec![bytes(&self.protected), self.unprotected.clone(), bytes(&self.payload), bytes(&self.signature)]
    }

    /// The encoding of the array without its tag.
    pub fn untagged(&self) -> Bytes {
        array(&self.items())
    }

    /// The encoding of the COSE_Sign1.
    pub fn encoded(&self) -> Bytes {
        tag(18, &self.untagged())
    }
}

/// `external_aad` where an authority signs: the kind of object, a zero byte and the authority-id.
pub fn aad(kind: &str, authority: &str) -> Bytes {
    [kind.as_bytes(), &[0], authority.as_bytes()].concat()
}

/// The protected header of sealed documents and of a trust list's signatures.
pub fn header(kid: [u8; 4]) -> Fields {
    Fields::new().with(1, int(-19)).with(4, bytes(&kid))
}

/// The `Sig_structure` of a COSE_Sign1.
pub fn sig_structure(protected: &[u8], aad: &[u8], payload: &[u8]) -> Bytes {
    array(&[text("Signature1"), bytes(protected), bytes(aad), bytes(payload)])
}

/// A manifest of a batch, as somebody might print it for a document.
pub fn manifest(signer: &Signer) -> Bytes {
    let claims = Fields::new()
        .with(1, bytes(&[0xb5; 16]))
        .with(2, uint(1_782_892_800))
        .with(3, uint(500))
        .with(4, uint(500))
        .with(5, uint(0))
        .with(6, bytes(&[6; 32]))
        .with(7, bytes(&[7; 32]))
        .with(8, bytes(&[8; 32]))
        .with(9, bytes(&[9; 32]));
    Envelope::signed(signer, &header(signer.kid()).encoded(), "sceau/1/manifest", &claims.encoded()).encoded()
}
