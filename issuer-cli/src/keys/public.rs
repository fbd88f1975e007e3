//! The public half: SPKI in PEM, and the key id of SPEC section 5.

use std::path::Path;

use ed25519_dalek::VerifyingKey;
use pkcs8::der::asn1::BitStringRef;
use pkcs8::der::{Decode, EncodePem, pem::LineEnding};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use sha2::{Digest, Sha256};

use super::KeyError;
use super::file::{ED25519_OID, key_name, pem_contents};
use super::store::read_text;

/// The key id in hexadecimal: the first 4 bytes of SHA-256 of the public key.
#[must_use]
pub fn fingerprint(key: &VerifyingKey) -> String {
    Sha256::digest(key.as_bytes())[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text of a public key file.
#[must_use]
pub fn public_key_to_pem(key: &VerifyingKey) -> String {
    let subject_public_key = BitStringRef::from_bytes(key.as_bytes()).expect("32 bytes are not too long");
    let algorithm = AlgorithmIdentifierRef { oid: ED25519_OID, parameters: None };
    SubjectPublicKeyInfoRef { algorithm, subject_public_key }
        .to_pem(LineEnding::LF)
        .expect("a key is shorter than DER allows")
}

/// Reads the text of a public key file.
///
/// # Errors
///
/// Says what the text is instead, or which part is broken.
pub fn public_key_from_pem(text: &str) -> Result<VerifyingKey, KeyError> {
    let der = pem_contents(text, "PUBLIC KEY")?;
    let damaged = KeyError::Damaged { part: "the public key" };
    let info = SubjectPublicKeyInfoRef::from_der(der.as_bytes()).map_err(|_| damaged.clone())?;
    if info.algorithm.oid != ED25519_OID {
        return Err(KeyError::NotEd25519 { found: key_name(info.algorithm.oid) });
    }
    let bytes = info.subject_public_key.as_bytes().and_then(|bytes| bytes.try_into().ok());
    VerifyingKey::from_bytes(&bytes.ok_or(damaged)?).map_err(|_| KeyError::NotAPoint)
}

/// Reads a public key file.
///
/// # Errors
///
/// The file cannot be read, or is no public key.
pub fn read_public_key(path: &Path) -> Result<VerifyingKey, KeyError> {
    public_key_from_pem(&read_text(path)?)
}
