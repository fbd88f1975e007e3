//! Ed25519 (RFC 8032) with its parts open, so that wrong signatures can be made too.

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::Scalar;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use sha2::{Digest, Sha256, Sha512};

use crate::world::BOARD;

/// A key pair that everybody can make again from its name.
#[derive(Clone, Debug)]
pub struct Signer {
    scalar: Scalar,
    prefix: [u8; 32],
    /// The encoded public key.
    pub public: [u8; 32],
    /// The authority that signs with it: its id goes into `external_aad`.
    pub authority: &'static str,
}

impl Signer {
    /// The key whose seed is SHA-256 of `sceau test vectors: ` and a name.
    pub fn named(name: &str) -> Self {
        Self::from_seed(&seed(name))
    }

    /// The key of a seed, as RFC 8032 makes it.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let (mut scalar, prefix) = halves(Sha512::digest(seed).into());
        scalar[0] &= 248;
        scalar[31] = scalar[31] & 127 | 64;
        Self::from_scalar(Scalar::from_bytes_mod_order(scalar), prefix)
    }

    /// Key number `index` of a long row, in which keys with one `kid` were looked for.
    pub fn in_row(index: u64) -> Self {
        let digest = Sha512::digest(b"sceau test vectors: keys with one kid");
        let start = Scalar::from_bytes_mod_order_wide(&digest.into());
        Self::from_scalar(start + Scalar::from(index), seed("prefix of the row"))
    }

    /// The same key in the hand of another authority than the board.
    pub fn of(self, authority: &'static str) -> Self {
        Self { authority, ..self }
    }

    /// The signature of a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let nonce = self.nonce(message);
        self.sign_with(nonce, &encoded(ED25519_BASEPOINT_POINT * nonce), message)
    }

    /// Another signature of a message that holds, as a signer with a random nonce makes it.
    pub fn sign_with_other_nonce(&self, message: &[u8]) -> [u8; 64] {
        let nonce = self.nonce(message) + Scalar::ONE;
        self.sign_with(nonce, &encoded(ED25519_BASEPOINT_POINT * nonce), message)
    }

    /// A signature whose R has the torsion part number `index` (1 to 7): only a cofactored equation holds.
    pub fn sign_with_torsion(&self, index: usize, message: &[u8]) -> [u8; 64] {
        let nonce = self.nonce(message);
        self.sign_with(nonce, &encoded(ED25519_BASEPOINT_POINT * nonce + EIGHT_TORSION[index]), message)
    }

    /// A signature with the nonce zero and any R.
    pub fn sign_without_nonce(&self, commitment: &[u8; 32], message: &[u8]) -> [u8; 64] {
        self.sign_with(Scalar::ZERO, commitment, message)
    }

    /// A signature of Ed25519ph (`flag` 1, the message is hashed first) or Ed25519ctx (`flag` 0).
    pub fn sign_with_domain(&self, flag: u8, context: &[u8], message: &[u8]) -> [u8; 64] {
        let domain = [b"SigEd25519 no Ed25519 collisions", &[flag, context.len() as u8][..], context].concat();
        let message = if flag == 1 { Sha512::digest(message).to_vec() } else { message.to_vec() };
        let nonce = self.nonce(&[&domain[..], &message].concat());
        let commitment = encoded(ED25519_BASEPOINT_POINT * nonce);
        let hashed = [&domain[..], &commitment, &self.public, &message].concat();
        self.finished(nonce, &commitment, Sha512::digest(hashed).into())
    }

    /// The `kid`: the first four bytes of SHA-256 of the public key.
    pub fn kid(&self) -> [u8; 4] {
        kid(&self.public)
    }

    fn from_scalar(scalar: Scalar, prefix: [u8; 32]) -> Self {
        Self { scalar, prefix, public: encoded(ED25519_BASEPOINT_POINT * scalar), authority: BOARD }
    }

    fn nonce(&self, message: &[u8]) -> Scalar {
        let digest = Sha512::new().chain_update(self.prefix).chain_update(message).finalize();
        Scalar::from_bytes_mod_order_wide(&digest.into())
    }

    fn sign_with(&self, nonce: Scalar, commitment: &[u8; 32], message: &[u8]) -> [u8; 64] {
        let digest = Sha512::new().chain_update(commitment).chain_update(self.public).chain_update(message).finalize();
        self.finished(nonce, commitment, digest.into())
    }

    fn finished(&self, nonce: Scalar, commitment: &[u8; 32], digest: [u8; 64]) -> [u8; 64] {
        let challenge = Scalar::from_bytes_mod_order_wide(&digest);
        let mut out = [0; 64];
        out[..32].copy_from_slice(commitment);
        out[32..].copy_from_slice((nonce + challenge * self.scalar).as_bytes());
        out
    }
}

/// The signature with `times` L added to its S (less than 2^256).
pub fn with_order_added(mut signature: [u8; 64], times: u32) -> [u8; 64] {
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        carry += u32::from(*byte) + u32::from(order) * times;
        *byte = carry as u8;
        carry >>= 8;
    }
    signature
}

/// The `kid` of a public key.
pub fn kid(public: &[u8; 32]) -> [u8; 4] {
    let digest = sha256(public);
    [digest[0], digest[1], digest[2], digest[3]]
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The eight points of small order, the neutral point first.
pub fn small_order_points() -> [[u8; 32]; 8] {
    EIGHT_TORSION.map(encoded)
}

/// An honest public key with the torsion part number `index` (1 to 7) added.
pub fn mixed_order_key(index: usize) -> [u8; 32] {
    encoded(ED25519_BASEPOINT_POINT * Signer::named("mixed order").scalar + EIGHT_TORSION[index])
}

/// A y coordinate of 2^255 - 19 + `excess`, sign bit as told: never a canonical encoding.
pub fn non_canonical(excess: u8, sign: u8) -> [u8; 32] {
    let mut out = [0xff; 32];
    out[0] = 0xed + excess;
    out[31] = 0x7f | sign << 7;
    out
}

/// The order L of the group, least significant byte first.
pub const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, //
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn seed(name: &str) -> [u8; 32] {
    sha256(format!("sceau test vectors: {name}").as_bytes())
}

fn halves(digest: [u8; 64]) -> ([u8; 32], [u8; 32]) {
    let (mut first, mut second) = ([0; 32], [0; 32]);
    first.copy_from_slice(&digest[..32]);
    second.copy_from_slice(&digest[32..]);
    (first, second)
}

fn encoded(point: EdwardsPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::Signer as _;

    #[test]
    fn signs_as_another_implementation_does() {
        let theirs = ed25519_dalek::SigningKey::from_bytes(&seed("a name"));
        let ours = Signer::named("a name");
        assert_eq!(ours.public, theirs.verifying_key().to_bytes());
        assert_eq!(ours.sign(b"words"), theirs.sign(b"words").to_bytes());
    }
}
