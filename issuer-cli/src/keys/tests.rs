use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use pkcs8::der::{Decode, Document, Encode, EncodePem, pem::LineEnding};
use pkcs8::pkcs5::pbes2::Parameters;
use pkcs8::pkcs5::scrypt;
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use proptest::prelude::*;
use zeroize::Zeroizing;

use super::file::ED25519_OID;
use super::*;

pub(super) const PASSPHRASE: &str = "douze cæurs verts";

pub(super) fn new_passphrase(text: &str) -> NewPassphrase {
    NewPassphrase::new(Zeroizing::new(text.to_owned())).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn sealed() -> String {
    KeyFile::seal(&key(), &new_passphrase(PASSPHRASE)).unwrap().to_pem()
}

fn refusal(text: &str) -> KeyError {
    KeyFile::from_pem(text).unwrap_err()
}

fn parameters(log_n: u8, p: u32) -> Parameters {
    let cost = scrypt::Params::new(log_n, 8, p).unwrap();
    Parameters::generate_scrypt_aes256cbc(cost, &[1; 16], [2; 16]).unwrap()
}

/// A key file around any content, of little cost.
fn file_around(plain: &[u8]) -> String {
    let ciphertext = parameters(4, 1).encrypt(PASSPHRASE, plain).unwrap();
    pem_of(parameters(4, 1), &ciphertext)
}

fn pem_of(parameters: Parameters, ciphertext: &[u8]) -> String {
    let encrypted_data = OctetStringRef::new(ciphertext).unwrap();
    let encryption_algorithm = parameters.into();
    let info = EncryptedPrivateKeyInfoRef { encryption_algorithm, encrypted_data };
    info.to_pem(LineEnding::LF).unwrap()
}

/// A key file with the DER integers of scrypt replaced.
fn with_scrypt(n: u64, r: u16, p: u16) -> String {
    let der = pkcs8::spki::AlgorithmIdentifierRef { oid: "1.3.6.1.4.1.11591.4.11".parse().unwrap(), parameters: None };
    let salt = OctetStringRef::new(&[1; 16]).unwrap().to_der().unwrap();
    let numbers = [n.to_der().unwrap(), r.to_der().unwrap(), p.to_der().unwrap()].concat();
    let scrypt = sequence(&[salt, numbers].concat());
    let kdf = sequence(&[der.oid.to_der().unwrap(), scrypt].concat());
    let cipher = sequence(
        &[
            pkcs8::pkcs5::pbes2::AES_256_CBC_OID.to_der().unwrap(),
            OctetStringRef::new(&[2; 16]).unwrap().to_der().unwrap(),
        ]
        .concat(),
    );
    let pbes2 = pkcs8::pkcs5::pbes2::PBES2_OID.to_der().unwrap();
    let algorithm = sequence(&[pbes2, sequence(&[kdf, cipher].concat())].concat());
    let ciphertext = OctetStringRef::new(&[3; 64]).unwrap().to_der().unwrap();
    let der = sequence(&[algorithm, ciphertext].concat());
    let document = Document::try_from(der).unwrap();
    document.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap()
}

fn sequence(contents: &[u8]) -> Vec<u8> {
    AnyRef::new(pkcs8::der::Tag::Sequence, contents).unwrap().to_der().unwrap()
}

pub(super) fn plain_key(oid: &str, private: &[u8], public: Option<&[u8]>) -> Vec<u8> {
    let algorithm = AlgorithmIdentifierRef { oid: oid.parse().unwrap(), parameters: None };
    let mut info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(private).unwrap());
    info.public_key = public.map(|bytes| BitStringRef::from_bytes(bytes).unwrap());
    info.to_der().unwrap()
}

pub(super) fn octets(seed: [u8; 32]) -> Vec<u8> {
    [&[0x04, 0x20], seed.as_slice()].concat()
}

#[test]
fn opens_what_it_sealed() {
    let text = sealed();
    assert!(text.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{text}");
    let file = KeyFile::from_pem(&text).unwrap();
    assert_eq!(file.open(PASSPHRASE).unwrap(), key());
    assert_eq!(file.open("douze cæurs vert"), Err(KeyError::WrongPassphrase));
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(KeyFile::from_pem(&crlf).unwrap(), file);
}

#[test]
fn never_takes_a_wrong_passphrase_for_a_key() {
    // one in 256 of these passes the check of the padding
    let file = KeyFile::from_pem(&file_around(&plain_key("1.3.101.112", &octets([7; 32]), None)));
    let file = file.unwrap();
    assert_eq!(file.open(PASSPHRASE).unwrap(), key());
    for i in 0..2000 {
        assert_eq!(file.open(&format!("wrong {i}")), Err(KeyError::WrongPassphrase), "{i}");
    }
}

#[test]
fn refuses_other_keys() {
    let open = |plain: &[u8]| KeyFile::from_pem(&file_around(plain)).unwrap().open(PASSPHRASE);
    let x25519 = plain_key("1.3.101.110", &octets([7; 32]), None);
    assert_eq!(open(&x25519), Err(KeyError::NotEd25519 { found: "an X25519 key" }));
    let rsa = plain_key("1.2.840.113549.1.1.1", &[0x30, 0x00], None);
    assert_eq!(open(&rsa), Err(KeyError::NotEd25519 { found: "an RSA key" }));
    let short = plain_key("1.3.101.112", &octets([7; 32])[..33], None);
    assert_eq!(open(&short), Err(KeyError::Damaged { part: "the private key" }));
    let own = key().verifying_key().to_bytes();
    let with_public = |public: &[u8]| plain_key("1.3.101.112", &octets([7; 32]), Some(public));
    assert_eq!(open(&with_public(&own)), Ok(key()));
    assert_eq!(open(&with_public(&[7; 32])), Err(KeyError::Mismatch));
}

#[test]
fn refuses_excessive_cost_before_computing() {
    let start = Instant::now();
    let (most_mib, most_work) = (256, 1 << 21);
    let cases = [
        (1 << 24, 8, 1),
        (1 << 19, 8, 1),
        (1 << 18, 8, 2),
        (1 << 14, 8, 17),
        (1 << 63, u16::MAX, u16::MAX),
        (2, u16::MAX, u16::MAX),
    ];
    for (n, r, p) in cases {
        let expected = KeyError::TooCostly { n, r, p, most_mib, most_work };
        assert_eq!(refusal(&with_scrypt(n, r, p)), expected);
    }
    for (n, r, p) in [(0, 8, 1), (1, 8, 1), (3, 8, 1), (16385, 8, 1), (16384, 0, 1), (16384, 8, 0)] {
        assert_eq!(refusal(&with_scrypt(n, r, p)), KeyError::InvalidScrypt { n, r, p });
    }
    assert!(start.elapsed() < Duration::from_secs(2));
    for (n, r, p) in [(1 << 18, 8, 1), (1 << 14, 8, 5), (1 << 15, 8, 1)] {
        assert!(KeyFile::from_pem(&with_scrypt(n, r, p)).is_ok(), "{n} {r} {p}");
    }
}

#[test]
fn refuses_every_truncation() {
    let text = sealed();
    for end in 0..text.len() - 1 {
        let error = KeyFile::from_pem(&text[..end]).expect_err("cut off");
        let begin = "-----BEGIN ENCRYPTED PRIVATE KEY-----".len();
        match error {
            KeyError::NotAKeyFile { .. } => assert!(end < begin, "{end}"),
            KeyError::Truncated | KeyError::Damaged { .. } => assert!(end >= begin, "{end}"),
            other => panic!("{end}: {other}"),
        }
    }
    let cut = &text[..text.len() / 2];
    assert_eq!(refusal(cut), KeyError::Truncated);
}

#[test]
fn refuses_what_is_no_key_file() {
    let found = |text: &str| refusal(text).to_string();
    assert_eq!(found(""), "not a key file of the kind wanted: found no PEM text");
    assert_eq!(
        found("-----BEGIN OPENSSH PRIVATE KEY-----\n"),
        "not a key file of the kind wanted: found a key of OpenSSH"
    );
    let public = public_key_to_pem(&key().verifying_key());
    assert_eq!(refusal(&public), KeyError::NotAKeyFile { found: "a public key" });
    let private = KeyError::NotAKeyFile { found: "an encrypted private key" };
    assert_eq!(public_key_from_pem(&sealed()), Err(private));
}

#[test]
fn fingerprint_is_the_key_id() {
    // public key of RFC 8032 section 7.1, test 1
    let seed = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
        0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
    ];
    assert_eq!(fingerprint(&SigningKey::from_bytes(&seed).verifying_key()), "21fe31df");
}

#[test]
fn public_keys_are_read_back() {
    let public = key().verifying_key();
    let text = public_key_to_pem(&public);
    assert!(text.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{text}");
    assert_eq!(public_key_from_pem(&text), Ok(public));
    let cut = &text[..text.len() / 2];
    assert_eq!(public_key_from_pem(cut), Err(KeyError::Truncated));
    let spki = |oid: &str, point: &[u8]| {
        let subject_public_key = BitStringRef::from_bytes(point).unwrap();
        let algorithm = AlgorithmIdentifierRef { oid: oid.parse().unwrap(), parameters: None };
        let info = pkcs8::SubjectPublicKeyInfoRef { algorithm, subject_public_key };
        public_key_from_pem(&info.to_pem(LineEnding::LF).unwrap())
    };
    let foreign = KeyError::NotEd25519 { found: "an X25519 key" };
    assert_eq!(spki("1.3.101.110", &[9; 32]), Err(foreign));
    let ed25519 = ED25519_OID.to_string();
    let damaged = KeyError::Damaged { part: "the public key" };
    assert_eq!(spki(&ed25519, &[9; 31]), Err(damaged));
    assert_eq!(spki(&ed25519, &[2; 32]), Err(KeyError::NotAPoint));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn garbage_is_an_error(text in "(-----BEGIN (ENCRYPTED )?P(RIVATE|UBLIC) KEY-----\n)?.{0,200}\n(-----END ENCRYPTED PRIVATE KEY-----)?") {
        prop_assert!(KeyFile::from_pem(&text).is_err());
        prop_assert!(public_key_from_pem(&text).is_err());
    }

    #[test]
    fn damaged_der_never_panics(changes in proptest::collection::vec((0_usize..220, any::<u8>()), 1..4)) {
        let text = file_around(&plain_key("1.3.101.112", &octets([7; 32]), None));
        let mut der = Document::from_pem(&text).unwrap().1.into_vec();
        for (at, byte) in changes {
            let at = at % der.len();
            der[at] = byte;
        }
        if let Ok(document) = Document::from_der(&der) {
            let text = document.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).unwrap();
            if let Ok(file) = KeyFile::from_pem(&text) {
                prop_assert_eq!(KeyFile::from_pem(&file.to_pem()).unwrap(), file);
            }
        }
    }
}
