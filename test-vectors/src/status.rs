//! Status lists (SPEC section 8).

use crate::cbor::{Bytes, Fields, bytes, pairs, text, uint};
use crate::cose::{Envelope, STATUS_LIST, header};
use crate::deflate;
use crate::sign::Signer;

/// `iat` of every status list: 2026-07-13 00:00:00 UTC.
pub const AS_OF: u64 = 1_783_900_800;
/// `exp` of every status list.
pub const EXPIRES: u64 = 1_786_320_000;
/// The states of the first entries: 1 is withdrawn, 2 suspended, 3 replaced, the rest is in force.
pub const STATES: [u8; 16] = [0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// A status list before it is signed.
#[derive(Clone, Debug)]
pub struct StatusList {
    /// The protected header.
    pub protected: Fields,
    /// The claims.
    pub claims: Fields,
    /// Who signs.
    pub signer: Signer,
}

impl StatusList {
    /// A list with the states of some documents.
    pub fn new(sub: &str, states: &[u8], signer: Signer) -> Self {
        let claims = Fields::new()
            .with(2, text(sub))
            .with(4, uint(EXPIRES))
            .with(6, uint(AS_OF))
            .with(65533, list(&deflate::zlib(&packed(states))))
            .with(65534, uint(86_400));
        let protected = header(signer.kid()).with(16, text("application/statuslist+cwt"));
        Self { protected, claims, signer }
    }

    /// The parts of the envelope.
    pub fn envelope(&self) -> Envelope {
        Envelope::signed(&self.signer, &self.protected.encoded(), STATUS_LIST, &self.claims.encoded())
    }

    /// The encoding of the list.
    pub fn encoded(&self) -> Bytes {
        self.envelope().encoded()
    }
}

/// The value of claim 65533 around a stream.
pub fn list(stream: &[u8]) -> Bytes {
    pairs(&[(text("lst"), bytes(stream)), (text("bits"), uint(2))])
}

/// Four states a byte, the first in the lowest bits.
pub fn packed(states: &[u8]) -> Bytes {
    states.chunks(4).map(|four| four.iter().rev().fold(0, |byte, state| byte << 2 | state)).collect()
}
