//! Claims of a legalisation record from bytes whose signature held: rules LEG-4 and LEG-5.

use super::{Legalisation, LegalisationClaims};
use crate::cbor;
use crate::claims::Rule;
use crate::claims::fields::{
    ClaimsError, languages, open, optional, partial_date, required, serial, text, time, words,
};
use crate::limits;

pub(super) fn read(payload: &[u8]) -> Result<LegalisationClaims, ClaimsError> {
    let value = cbor::read(payload, limits::DOCUMENT_ITEMS)?;
    let mut fields = open(value, &[6, 7, -65_538], &[], "claims")?;
    let sealed_at = required(&mut fields, 6, "iat", time)?;
    let serial = required(&mut fields, 7, "serial", serial)?;
    let record = fields.take(-65_538).ok_or(Rule::Missing.of("legalisation"))?;
    Ok(LegalisationClaims { sealed_at, serial, legalisation: legalisation(record)? })
}

fn legalisation(value: cbor::Item<'_>) -> Result<Legalisation, ClaimsError> {
    let mut fields = open(value, &[1, 2, 3, 4, 5, 6], &[0, 7], "legalisation")?;
    let languages = optional(&mut fields, 0, "languages", languages)?.unwrap_or_default();
    let words = |value| words(value, languages.len());
    let legalisation = Legalisation {
        document: required(&mut fields, 1, "document", |value| value.bytes_of().ok_or(Rule::Shape))?,
        document_serial: required(&mut fields, 2, "document_serial", serial)?,
        capacity: required(&mut fields, 3, "capacity", words)?,
        act_number: required(&mut fields, 4, "act_number", text)?,
        place: required(&mut fields, 5, "place", words)?,
        date: required(&mut fields, 6, "date", partial_date)?,
        purpose: optional(&mut fields, 7, "purpose", words)?,
        languages,
    };
    legalisation.check()?;
    Ok(legalisation)
}
