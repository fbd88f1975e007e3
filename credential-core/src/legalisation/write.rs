//! Claims of a legalisation record to deterministic CBOR.

use super::{Legalisation, LegalisationClaims};
use crate::cbor::Writer;
use crate::claims::write_words;

pub(super) fn write(claims: &LegalisationClaims) -> Vec<u8> {
    let mut out = Writer::with_capacity(256);
    out.map(3).uint(6).uint(claims.sealed_at).uint(7).bytes(claims.serial.as_bytes()).negative(65_537);
    write_legalisation(&mut out, &claims.legalisation);
    out.into_bytes()
}

fn write_legalisation(out: &mut Writer, legalisation: &Legalisation) {
    let optional = [legalisation.purpose.is_some(), legalisation.status.is_some(), !legalisation.languages.is_empty()];
    out.map(6 + optional.into_iter().filter(|&there| there).count());
    if !legalisation.languages.is_empty() {
        out.uint(0).array(legalisation.languages.len());
        legalisation.languages.iter().for_each(|language| {
            out.text(language.as_str());
        });
    }
    out.uint(1).bytes(&legalisation.document).uint(2).bytes(legalisation.document_serial.as_bytes());
    write_words(out, 3, Some(&legalisation.capacity));
    out.uint(4).text(legalisation.act_number.as_str());
    write_words(out, 5, Some(&legalisation.place));
    out.uint(6).uint(legalisation.date.to_number());
    write_words(out, 7, legalisation.purpose.as_ref());
    if let Some(status) = &legalisation.status {
        out.uint(8).array(2).uint(status.list).uint(status.index);
    }
}
