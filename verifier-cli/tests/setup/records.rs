//! Legalisation records of the office's ministry.

use credential_core::{Compactor, Legalisation, SealedLegalisation, SealingKey, StatusReference, Words, legalise};

use super::common::office::{Office, act};
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
        capacity: Words::one("Chef du service").unwrap(),
        status: Some(StatusReference { list: 1, index: number + 50 }),
        ..act(world, number)
    }
}
