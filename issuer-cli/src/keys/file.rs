//! A private key encrypted as PKCS#8: PBES2 with scrypt and AES-256-CBC, in PEM.

use ed25519_dalek::SigningKey;
use pkcs8::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef};
use pkcs8::der::{Decode, Document, Encode, EncodePem, pem::LineEnding};
use pkcs8::pkcs5::pbes2::{AES_256_CBC_OID, Kdf, PBES2_OID, Parameters, SCRYPT_OID, ScryptParams};
use pkcs8::pkcs5::scrypt;
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use zeroize::Zeroizing;

use super::cost::{NEW_LOG_N, NEW_P, NEW_R, check_cost};
use super::{KeyError, NewPassphrase};

/// An encrypted private key whose algorithms are known and whose cost is bounded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyFile {
    parameters: Parameters,
    ciphertext: Vec<u8>,
}

impl KeyFile {
    /// Encrypts a key under a new passphrase.
    ///
    /// # Errors
    ///
    /// Only if the system gives no random bytes.
    pub fn seal(key: &SigningKey, passphrase: &NewPassphrase) -> Result<Self, KeyError> {
        let parameters = new_parameters()?;
        let plain = private_key_info(key);
        let ciphertext = parameters.encrypt(passphrase.as_str(), &plain).expect("the parameters are ours");
        Ok(Self { parameters, ciphertext })
    }

    /// Reads the text of a key file without opening it.
    ///
    /// # Errors
    ///
    /// Says what the text is instead, or why it is not opened.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem_contents(text, "ENCRYPTED PRIVATE KEY")?;
        let (algorithm, ciphertext) = outer(der.as_bytes())?;
        let (derivation, cipher) = pbes2(&algorithm)?;
        let kdf = scrypt_of(&derivation)?;
        let iv = iv_of(&cipher)?;
        if ciphertext.is_empty() || !ciphertext.len().is_multiple_of(16) {
            return Err(KeyError::Damaged { part: "the encrypted key" });
        }
        let encryption = pkcs8::pkcs5::pbes2::EncryptionScheme::Aes256Cbc { iv };
        let parameters = Parameters { kdf: Kdf::Scrypt(kdf), encryption };
        Ok(Self { parameters, ciphertext })
    }

    /// The text of the file.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let encrypted_data = OctetStringRef::new(&self.ciphertext).expect("a key is shorter than DER allows");
        let encryption_algorithm = self.parameters.clone().into();
        EncryptedPrivateKeyInfoRef { encryption_algorithm, encrypted_data }
            .to_pem(LineEnding::LF)
            .expect("a key is shorter than DER allows")
    }

    /// Opens the file.
    ///
    /// # Errors
    ///
    /// The passphrase is wrong, or the file holds no Ed25519 key.
    pub fn open(&self, passphrase: &str) -> Result<SigningKey, KeyError> {
        let mut buffer = Zeroizing::new(self.ciphertext.clone());
        let plain = self.parameters.decrypt_in_place(passphrase, &mut buffer).map_err(|_| KeyError::WrongPassphrase)?;
        // a wrong passphrase passes the padding once in 256 times, but leaves no DER
        let info = PrivateKeyInfoRef::from_der(plain).map_err(|_| KeyError::WrongPassphrase)?;
        signing_key(&info)
    }
}

fn new_parameters() -> Result<Parameters, KeyError> {
    let mut salt = [0; 16];
    let mut iv = [0; 16];
    for bytes in [&mut salt, &mut iv] {
        getrandom::fill(bytes).map_err(|_| KeyError::NoRandomness)?;
    }
    let cost = scrypt::Params::new(NEW_LOG_N, NEW_R, NEW_P).expect("our cost is in range");
    Ok(Parameters::generate_scrypt_aes256cbc(cost, &salt, iv).expect("our cost is in range"))
}

/// PKCS#8 version 1: OpenSSL 3.0 refuses version 2, which holds the public key too.
fn private_key_info(key: &SigningKey) -> Zeroizing<Vec<u8>> {
    let mut octets = Zeroizing::new([0; 34]);
    octets[..2].copy_from_slice(&SEED_HEADER);
    octets[2..].copy_from_slice(key.as_bytes());
    let private_key = OctetStringRef::new(octets.as_slice()).expect("34 bytes are not too long");
    let algorithm = AlgorithmIdentifierRef { oid: ED25519_OID, parameters: None };
    let der = PrivateKeyInfoRef::new(algorithm, private_key).to_der();
    Zeroizing::new(der.expect("a key is shorter than DER allows"))
}

fn signing_key(info: &PrivateKeyInfoRef<'_>) -> Result<SigningKey, KeyError> {
    if info.algorithm.oid != ED25519_OID {
        return Err(KeyError::NotEd25519 { found: key_name(info.algorithm.oid) });
    }
    let seed = info.private_key.as_bytes().strip_prefix(&SEED_HEADER);
    let seed = seed.and_then(|seed| <&[u8; 32]>::try_from(seed).ok());
    let damaged = KeyError::Damaged { part: "the private key" };
    let key = SigningKey::from_bytes(seed.ok_or(damaged)?);
    let own = |public: &BitStringRef<'_>| public.as_bytes() == Some(key.verifying_key().as_bytes());
    if info.public_key.as_ref().is_some_and(|public| !own(public)) {
        return Err(KeyError::Mismatch);
    }
    Ok(key)
}

/// The bytes inside PEM of a wanted label.
pub(super) fn pem_contents(text: &str, wanted: &str) -> Result<Document, KeyError> {
    let label = pem_label(text).ok_or(KeyError::NotAKeyFile { found: "no PEM text" })?;
    if label != wanted {
        return Err(foreign_label(label));
    }
    if !text.contains("-----END ") {
        return Err(KeyError::Truncated);
    }
    let damaged = |_| KeyError::Damaged { part: "the base64 text" };
    Document::from_pem(text).map(|(_, document)| document).map_err(damaged)
}

fn pem_label(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("-----BEGIN ")?;
    let (label, _) = rest.split_once("-----")?;
    Some(label)
}

fn foreign_label(label: &str) -> KeyError {
    let found = match label {
        "PRIVATE KEY" => return KeyError::Unencrypted,
        "PUBLIC KEY" => "a public key",
        "ENCRYPTED PRIVATE KEY" => "an encrypted private key",
        "OPENSSH PRIVATE KEY" => "a key of OpenSSH",
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" => "a private key of the old OpenSSL form",
        "CERTIFICATE" => "a certificate",
        _ => "other PEM text",
    };
    KeyError::NotAKeyFile { found }
}

fn outer(der: &[u8]) -> Result<(AlgorithmIdentifierRef<'_>, Vec<u8>), KeyError> {
    let outer = AnyRef::from_der(der).and_then(|any| {
        any.sequence(|reader| {
            let algorithm = AlgorithmIdentifierRef::decode(reader)?;
            let ciphertext = <&OctetStringRef>::decode(reader)?;
            Ok((algorithm, ciphertext.as_bytes().to_vec()))
        })
    });
    outer.map_err(|_: pkcs8::der::Error| KeyError::Damaged { part: "the outer structure" })
}

/// Derivation and cipher of PBES2.
fn pbes2<'a>(
    algorithm: &AlgorithmIdentifierRef<'a>,
) -> Result<(AlgorithmIdentifierRef<'a>, AlgorithmIdentifierRef<'a>), KeyError> {
    if algorithm.oid != PBES2_OID {
        return Err(KeyError::UnsupportedDerivation { found: derivation_name(algorithm.oid) });
    }
    let damaged = KeyError::Damaged { part: "the encryption parameters" };
    let parameters = algorithm.parameters.ok_or(damaged.clone())?;
    parameters
        .sequence(|reader| {
            let derivation = AlgorithmIdentifierRef::decode(reader)?;
            Ok((derivation, AlgorithmIdentifierRef::decode(reader)?))
        })
        .map_err(|_: pkcs8::der::Error| damaged)
}

fn scrypt_of(derivation: &AlgorithmIdentifierRef<'_>) -> Result<ScryptParams, KeyError> {
    if derivation.oid != SCRYPT_OID {
        return Err(KeyError::UnsupportedDerivation { found: derivation_name(derivation.oid) });
    }
    let damaged = KeyError::Damaged { part: "the scrypt parameters" };
    let parameters = derivation.parameters.ok_or(damaged.clone())?;
    let scrypt = ScryptParams::try_from(parameters).map_err(|_| damaged.clone())?;
    if scrypt.key_length.is_some_and(|length| length != 32) {
        return Err(damaged);
    }
    check_cost(&scrypt)?;
    Ok(scrypt)
}

fn iv_of(cipher: &AlgorithmIdentifierRef<'_>) -> Result<[u8; 16], KeyError> {
    if cipher.oid != AES_256_CBC_OID {
        return Err(KeyError::UnsupportedCipher { found: cipher_name(cipher.oid) });
    }
    cipher
        .parameters
        .and_then(|any| any.decode_as::<&OctetStringRef>().ok())
        .and_then(|iv| iv.as_bytes().try_into().ok())
        .ok_or(KeyError::Damaged { part: "the initial vector" })
}

fn derivation_name(oid: ObjectIdentifier) -> &'static str {
    match oid.to_string().as_str() {
        "1.2.840.113549.1.5.12" => "PBKDF2",
        "1.3.6.1.4.1.11591.4.11" => "scrypt",
        text if text.starts_with("1.2.840.113549.1.5.") => "PBES1",
        text if text.starts_with("1.2.840.113549.1.12.1.") => "the PKCS#12 derivation",
        _ => "an unknown derivation",
    }
}

fn cipher_name(oid: ObjectIdentifier) -> &'static str {
    match oid.to_string().as_str() {
        "1.2.840.113549.3.7" => "triple DES",
        "1.3.14.3.2.7" => "DES",
        "1.2.840.113549.3.2" => "RC2",
        "2.16.840.1.101.3.4.1.2" => "AES-128-CBC",
        "2.16.840.1.101.3.4.1.22" => "AES-192-CBC",
        "2.16.840.1.101.3.4.1.6" => "AES-128-GCM",
        "2.16.840.1.101.3.4.1.46" => "AES-256-GCM",
        _ => "an unknown cipher",
    }
}

pub(super) fn key_name(oid: ObjectIdentifier) -> &'static str {
    match oid.to_string().as_str() {
        "1.3.101.110" => "an X25519 key",
        "1.3.101.111" => "an X448 key",
        "1.3.101.113" => "an Ed448 key",
        "1.2.840.113549.1.1.1" => "an RSA key",
        "1.2.840.10045.2.1" => "a key of another elliptic curve",
        _ => "a key of an unknown kind",
    }
}

pub(super) const ED25519_OID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// An octet string of 32 bytes.
const SEED_HEADER: [u8; 2] = [0x04, 0x20];
