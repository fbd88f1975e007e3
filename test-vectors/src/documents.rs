//! Sealed documents of fictitious persons (SPEC sections 5 and 6).

use crate::cbor::{Bytes, Fields, array, bytes, text, texts, uint, uints};
use crate::cose::Envelope;
use crate::digest::{self, DOCUMENT, Digest, TEST_DOCUMENT};
use crate::sign::Signer;
use crate::text::symbol;
use crate::world::{self, BOARD};

/// Time of sealing in every document: 2026-07-01 08:00:00 UTC.
pub const SEALED_AT: u64 = 1_782_892_800;

/// Serial of documents of which no list speaks.
pub const SERIAL: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x01];
/// Serial of the attestation that the lists say is withdrawn.
pub const WITHDRAWN: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x02];
/// Serial of the attestation that the lists say is suspended.
pub const SUSPENDED: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x03];
/// Serial of the attestation that the lists say is replaced.
pub const REPLACED: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x04];
/// Serial of the attestation that the lists say is reinstated.
pub const REINSTATED: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x05];
/// One serial of each state.
pub const STATES: [[u8; 8]; 4] = [WITHDRAWN, SUSPENDED, REPLACED, REINSTATED];

/// The item `true`.
pub fn yes() -> Bytes {
    vec![0xf5]
}

/// A Moroccan-looking diploma in French and Arabic.
pub fn diploma() -> Fields {
    Fields::new()
        .with(1, uint(1))
        .with(2, texts(&["fr", "ar"]))
        .with(3, texts(&["Salma EL MITALI", "سلمى المثالي"]))
        .with(4, uint(20_080_314))
        .with(5, texts(&["Tanger", "طنجة"]))
        .with(6, array(&[uint(1), text("371")]))
        .with(7, text("E130026001"))
        .with(8, texts(&["Baccalauréat", "شهادة البكالوريا"]))
        .with(9, texts(&["Sciences physiques", "علوم فيزيائية"]))
        .with(10, texts(&["Juin 2026", "يونيو 2026"]))
        .with(11, texts(&["Bien", "حسن"]))
        .with(12, texts(&["Académie de l'Exemple", "أكاديمية المثال"]))
        .with(13, texts(&["Lycée des Orangers", "ثانوية البرتقال"]))
        .with(14, mean_alone().encoded())
}

/// The least that an attestation must say, in one language.
pub fn attestation() -> Fields {
    Fields::new()
        .with(1, uint(3))
        .with(2, texts(&["fr"]))
        .with(3, text("Salma EL MITALI"))
        .with(8, text("Attestation de réussite"))
        .with(10, text("Juin 2026"))
        .with(12, text("Académie de l'Exemple"))
}

/// A transcript of three subjects.
pub fn transcript() -> Fields {
    attestation().with(1, uint(2)).with(8, text("Relevé de notes")).with(14, results().encoded())
}

/// A mean and nothing else.
pub fn mean_alone() -> Fields {
    Fields::new().with(1, uints(&[1525, 2, 20]))
}

/// Three subjects with codes, coefficients, credits and results.
pub fn results() -> Fields {
    Fields::new()
        .with(1, uints(&[1450, 2, 20]))
        .with(2, texts(&["Mathématiques", "Physique", "Philosophie"]))
        .with(4, array(&columns()))
}

/// The columns of `results`.
pub fn columns() -> Vec<Bytes> {
    vec![
        column(1, yes(), 0, &["MA", "PC", "PH"].map(text)),
        column(2, yes(), 0, &[7, 7, 2].map(uint)),
        column(3, yes(), 1, &[60, 60, 20].map(uint)),
        marks(&[uint(1525), uint(1400), text("absent")]),
    ]
}

/// A column without maximum.
pub fn column(role: u64, heading: Bytes, decimals: u64, cells: &[Bytes]) -> Bytes {
    array(&[uint(role), heading, uint(decimals), array(cells)])
}

/// A column of results of 20, with two decimals.
pub fn marks(cells: &[Bytes]) -> Bytes {
    array(&[uint(4), yes(), uint(2), array(cells), uint(20)])
}

/// The claims around a document.
pub fn claims(document: Fields) -> Fields {
    claims_of(&SERIAL, document)
}

/// The claims around a document with any serial.
pub fn claims_of(serial: &[u8], document: Fields) -> Fields {
    Fields::new().with(6, uint(SEALED_AT)).with(7, bytes(serial)).with(-65537, document.encoded())
}

/// The COSE bytes of a payload under a key.
pub fn sealed(signer: &Signer, payload: &[u8]) -> Bytes {
    Envelope::sealed(signer, payload).encoded()
}

/// The text of a document under a key.
pub fn sealed_text(signer: &Signer, document: Fields) -> String {
    numbered_text(signer, &SERIAL, document)
}

/// The text of a document with any serial under a key.
pub fn numbered_text(signer: &Signer, serial: &[u8], document: Fields) -> String {
    symbol(&sealed(signer, &claims_of(serial, document).encoded()))
}

/// The digest of a document of the board in earnest.
pub fn digest(serial: &[u8], document: &Fields) -> Digest {
    digest::digest(DOCUMENT, BOARD, serial, document)
}

/// The digest of a document that a test key of the board sealed.
pub fn test_digest(serial: &[u8], document: &Fields) -> Digest {
    digest::digest(TEST_DOCUMENT, BOARD, serial, document)
}

/// The COSE bytes of the diploma under the key of its session: the example of SPEC.md.
pub fn example() -> Bytes {
    sealed(&world::session_key(), &claims(diploma()).encoded())
}

/// The text of the example.
pub fn example_text() -> String {
    symbol(&example())
}

/// The digest of the example.
pub fn example_digest() -> Digest {
    digest(&SERIAL, &diploma())
}
