//! Legalisation records of the office's ministry.

use credential_core::document::Words;
use credential_core::legalisation::{Legalisation, SealedLegalisation, legalise};
use credential_core::lists::Statement;
use credential_core::sealing::{Compactor, SealingKey};

use super::common::office::{Office, act, of_ministry};
use super::common::*;

/// The text of the record over document `number`.
pub(crate) fn record(office: &Office, number: u64) -> String {
    record_by(&office.ministry, &office.world, number)
}

/// The same under another key.
pub(crate) fn record_by(key: &SealingKey, world: &Setting, number: u64) -> String {
    sealed_record(key, &stated(world, number), number).symbol_text(&Compactor::plain())
}

pub(crate) fn sealed_record(key: &SealingKey, stated: &Legalisation, number: u64) -> SealedLegalisation {
    legalise(stated, &serial(1_000 + number), SEALED_AT, &of_ministry(key)).unwrap()
}

/// Takes the record over document `number` back.
pub(crate) fn withdraw_record(office: &mut Office, number: u64) {
    let record = sealed_record(&office.ministry, &stated(&office.world, number), number);
    office.world.state(record.digest(), Statement::Withdrawn);
}

/// What is stated of document `number`.
pub(crate) fn stated(world: &Setting, number: u64) -> Legalisation {
    Legalisation { capacity: Words::one("Chef du service").unwrap(), ..act(world, number) }
}
