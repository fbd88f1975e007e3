//! Legalisation records of the office's ministry.

use credential_core::{
    Compactor, Legalisation, PartialDate, SealedLegalisation, SealingKey, StatusReference, Words, legalise,
};

use super::common::office::{Office, sealed};
use super::common::*;

/// The text of the record over document `number`.
pub(crate) fn record(office: &Office, number: u64) -> String {
    record_by(&office.ministry, &office.world, number)
}

/// The same under another key.
pub(crate) fn record_by(key: &SealingKey, world: &World, number: u64) -> String {
    sealed_record(key, &stated(world, number), number).symbol_text(&Compactor::plain())
}

pub(crate) fn sealed_record(key: &SealingKey, stated: &Legalisation, number: u64) -> SealedLegalisation {
    legalise(stated, serial(1_000 + number), SEALED_AT, key).unwrap()
}

/// What is stated of document `number`, with the status index `number` + 50.
pub(crate) fn stated(world: &World, number: u64) -> Legalisation {
    Legalisation {
        document: sha256(sealed(world, number).as_bytes()),
        document_serial: serial(number),
        capacity: Words::one("Chef du service").unwrap(),
        act_number: text("2026-LEG-004512"),
        place: Words::one("Rabat").unwrap(),
        date: PartialDate::new(2026, Some(9), Some(14)).unwrap(),
        purpose: Some(Words::one("France").unwrap()),
        status: Some(StatusReference { list: 1, index: number + 50 }),
        languages: vec![],
    }
}
