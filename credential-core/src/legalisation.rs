//! Legalisation records: SPEC section 17. A ministry's second seal over the document that it has seen.

mod read;
mod verify;
mod write;

pub use verify::{
    LegalisationMatch, LegalisationReport, VerifiedLegalisation, match_legalisation, verify_legalisation,
};

use crate::claims::{BrokenRule, Rule, Serial, StatusReference};
use crate::compaction::Compactor;
use crate::date::PartialDate;
use crate::envelope::{self, Object};
use crate::issue::IssueError;
use crate::key::SealingKey;
use crate::limits;
use crate::text::CodeKind;
use crate::time::UnixTime;
use crate::words::{Language, Text, Words};

/// What a legalisation record states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legalisation {
    /// SHA-256 of the document's COSE bytes.
    pub document: [u8; 32],
    /// The document's serial.
    pub document_serial: Serial,
    /// In which capacity it was signed.
    pub capacity: Words,
    /// Number of the act in the ministry's register.
    pub act_number: Text,
    /// Where it was done.
    pub place: Words,
    /// When it was done.
    pub date: PartialDate,
    /// What for, or for which country.
    pub purpose: Option<Words>,
    /// Where the ministry's status list speaks of the record.
    pub status: Option<StatusReference>,
    /// Languages of the words; empty where every line has one text and its language is not stated.
    pub languages: Vec<Language>,
}

/// The claims of a legalisation record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LegalisationClaims {
    sealed_at: UnixTime,
    serial: Serial,
    legalisation: Legalisation,
}

/// Seals a legalisation record: the same arguments give the same bytes.
///
/// That the document is genuine and in force is for the caller to see first, see [`verify`](crate::verify).
pub fn legalise(
    legalisation: &Legalisation,
    serial: Serial,
    sealed_at: UnixTime,
    key: &SealingKey,
) -> Result<SealedLegalisation, IssueError> {
    legalisation.check()?;
    if sealed_at >= 1 << 40 {
        return Err(Rule::Range.of("sealed_at").into());
    }
    let payload = write::write(&LegalisationClaims { sealed_at, serial, legalisation: legalisation.clone() });
    let cose = envelope::sign(&payload, key, Object::Legalisation, None);
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(IssueError::TooLarge { bytes: cose.len() });
    }
    Ok(SealedLegalisation { cose })
}

/// A sealed legalisation record: COSE_Sign1 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLegalisation {
    cose: Vec<u8>,
}

impl SealedLegalisation {
    /// The COSE bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.cose
    }

    /// The text for a QR code: `SL1:` and base45.
    pub fn symbol_text(&self, compactor: &Compactor) -> String {
        CodeKind::Legalisation.symbol_text(&compactor.compact(&self.cose))
    }

    /// The link form for a phone's own camera; `page` is an `https://` address without `#`.
    pub fn link_text(&self, page: &str, compactor: &Compactor) -> Option<String> {
        CodeKind::Legalisation.link_text(page, &compactor.compact(&self.cose))
    }
}

impl Legalisation {
    /// Checks what the types of the fields do not hold by themselves: CLM-7 and CLM-12.
    pub fn check(&self) -> Result<(), BrokenRule> {
        let languages = &self.languages;
        let twice = (1..languages.len()).any(|i| languages[..i].contains(&languages[i]));
        if twice || languages.len() > 3 {
            return Err(Rule::Language.of("languages"));
        }
        let words =
            [("capacity", Some(&self.capacity)), ("place", Some(&self.place)), ("purpose", self.purpose.as_ref())];
        words.into_iter().try_for_each(|(field, words)| {
            words.map_or(Ok(()), |words| words.check_languages(languages.len())).map_err(|rule| rule.of(field))
        })
    }
}

#[cfg(test)]
mod tests;
