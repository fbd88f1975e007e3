//! Sealed documents of fictitious persons (SPEC sections 5 and 6).

use crate::cbor::{Bytes, Fields, array, bytes, text, texts, uint, uints};
use crate::cose::Envelope;
use crate::sign::Signer;
use crate::text::symbol;
use crate::world;

/// Time of sealing in every document: 2026-07-01 08:00:00 UTC.
pub const SEALED_AT: u64 = 1_782_892_800;

/// Serial in every document.
pub const SERIAL: [u8; 8] = [0x5c, 0xea, 0x00, 0x20, 0x26, 0x00, 0x00, 0x01];

/// A Moroccan-looking diploma in French and Arabic, with status reference 1, 4.
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
        .with(14, Fields::new().with(1, uints(&[2, 2000])).with(2, uint(1525)).encoded())
        .with(15, uints(&[1, 4]))
}

/// The least that an attestation must say, in one language, with status reference 1, 4.
pub fn attestation() -> Fields {
    Fields::new()
        .with(1, uint(3))
        .with(2, texts(&["fr"]))
        .with(3, text("Salma EL MITALI"))
        .with(8, text("Attestation de réussite"))
        .with(10, text("Juin 2026"))
        .with(12, text("Académie de l'Exemple"))
        .with(15, uints(&[1, 4]))
}

/// A transcript of three subjects.
pub fn transcript() -> Fields {
    attestation().with(1, uint(2)).with(8, text("Relevé de notes")).with(14, results().encoded())
}

/// Three subjects with all columns.
pub fn results() -> Fields {
    Fields::new()
        .with(1, uints(&[2, 2000]))
        .with(2, uint(1450))
        .with(3, texts(&["Mathématiques", "Physique", "Philosophie"]))
        .with(4, texts(&["MA", "PC", "PH"]))
        .with(5, uints(&[7, 7, 2]))
        .with(6, uints(&[60, 60, 20]))
        .with(7, array(&[uint(1525), uint(1400), text("absent")]))
}

/// The claims around a document.
pub fn claims(document: Fields) -> Fields {
    Fields::new().with(6, uint(SEALED_AT)).with(7, bytes(&SERIAL)).with(-65537, document.encoded())
}

/// The COSE bytes of a payload under a key.
pub fn sealed(signer: &Signer, payload: &[u8]) -> Bytes {
    Envelope::sealed(signer, payload).encoded()
}

/// The text of a document under a key.
pub fn sealed_text(signer: &Signer, document: Fields) -> String {
    symbol(&sealed(signer, &claims(document).encoded()))
}

/// The COSE bytes of the diploma under the key of its session: the example of SPEC.md.
pub fn example() -> Bytes {
    sealed(&world::session_key(), &claims(diploma()).encoded())
}

/// The text of the example.
pub fn example_text() -> String {
    symbol(&example())
}
