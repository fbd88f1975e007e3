//! Claims of a legalisation record to deterministic CBOR.

use super::Legalisation;
use crate::cbor::{Entries, Writer};
use crate::claims::{Serial, write_words};
use crate::time::UnixTime;

/// The payload around the facts of a record.
pub(super) fn write(serial: &Serial, sealed_at: UnixTime, facts: &[u8]) -> Vec<u8> {
    let mut out = head(serial, sealed_at);
    out.raw(facts);
    out.into_bytes()
}

/// Where the facts start in a payload.
pub(super) fn facts_at(serial: &Serial, sealed_at: UnixTime) -> usize {
    head(serial, sealed_at).into_bytes().len()
}

fn head(serial: &Serial, sealed_at: UnixTime) -> Writer {
    let mut out = Writer::with_capacity(256);
    out.map(3).uint(6).uint(sealed_at).uint(7).bytes(serial.as_bytes()).negative(65_537);
    out
}

/// The map of label -65538.
pub(super) fn legalisation_bytes(legalisation: &Legalisation) -> Vec<u8> {
    let Legalisation { document, document_serial, capacity, act_number, place, date, purpose, languages } =
        legalisation;
    let mut map = Entries::default();
    if !languages.is_empty() {
        let out = map.label(0).array(languages.len());
        languages.iter().for_each(|language| {
            out.text(language.as_str());
        });
    }
    map.label(1).bytes(document);
    map.label(2).bytes(document_serial.as_bytes());
    write_words(&mut map, 3, Some(capacity));
    map.label(4).text(act_number.as_str());
    write_words(&mut map, 5, Some(place));
    map.label(6).uint(date.to_number());
    write_words(&mut map, 7, purpose.as_ref());
    let mut out = Writer::with_capacity(256);
    map.end(&mut out);
    out.into_bytes()
}
