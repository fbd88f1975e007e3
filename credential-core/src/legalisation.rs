//! Legalisation records: SPEC section 13. A ministry's second seal over the document that it has seen.

mod read;
mod verify;
mod write;

pub use verify::{
    LegalisationMatch, LegalisationReport, VerifiedLegalisation, match_legalisation, verify_legalisation,
    verify_legalisation_with_evidence,
};

use crate::cbor::Writer;
use crate::claims::{self, BrokenRule, Domain, Rule, Serial};
use crate::compaction::Compactor;
use crate::date::PartialDate;
use crate::envelope::{self, Object};
use crate::issue::{IssueError, Sealer};
use crate::limits;
use crate::text::CodeKind;
use crate::time::UnixTime;
use crate::words::{Language, MOST_LANGUAGES, Text, Words};

/// What a legalisation record states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legalisation {
    /// The document's digest.
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
///
/// ```
/// # use credential_core::{Anchor, Pack, TrustStore, verify};
/// # let pack = include_bytes!("../examples/verify/pack.sceau");
/// # let root = include_bytes!("../examples/verify/root.sha256");
/// # let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
/// # let mut store = TrustStore::new();
/// # store.add(Pack::open(pack, Anchor::Fingerprint(*root)).unwrap());
/// use credential_core::document::{PartialDate, Serial, Text, Words, World};
/// use credential_core::legalisation::{Legalisation, legalise};
/// use credential_core::sealing::{Compactor, Sealer, SealingKey};
///
/// let report = verify(text, &store, 1_790_000_000);
/// let credential = report.credential().expect("only what is shown is legalised");
/// let record = Legalisation {
///     document: credential.digest(),
///     document_serial: credential.serial().clone(),
///     capacity: Words::one("Consul")?,
///     act_number: Text::new("812/2026")?,
///     place: Words::one("Paris")?,
///     date: PartialDate::new(2026, Some(11), Some(27)).unwrap(),
///     purpose: None,
///     languages: vec![],
/// };
/// let key = SealingKey::from_seed(&[8; 32]);
/// let sealer = Sealer { authority: "XX-FOREIGN", world: World::Live, key: &key };
/// let sealed = legalise(&record, &Serial::new(&[9; 8]).unwrap(), 1_790_000_000, &sealer).unwrap();
/// assert!(sealed.symbol_text(&Compactor::plain()).starts_with("SL1:"));
/// # Ok::<(), credential_core::document::TextFault>(())
/// ```
pub fn legalise(
    legalisation: &Legalisation,
    serial: &Serial,
    sealed_at: UnixTime,
    sealer: &Sealer<'_>,
) -> Result<SealedLegalisation, IssueError> {
    legalisation.check()?;
    if sealed_at >= 1 << 40 {
        return Err(Rule::Range.of("iat").into());
    }
    let facts = write::legalisation_bytes(legalisation);
    let payload = write::write(serial, sealed_at, &facts);
    let digest = claims::facts_digest(Domain::Record, sealer.world, sealer.authority, serial, &facts);
    let cose = envelope::sign(&payload, sealer.key, &Object::Legalisation.of(sealer.authority));
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(IssueError::TooLarge { bytes: cose.len() });
    }
    Ok(SealedLegalisation { cose, digest })
}

/// A sealed legalisation record: COSE_Sign1 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLegalisation {
    cose: Vec<u8>,
    digest: [u8; 32],
}

/// The bytes whose HMAC under the office's secret is a record's serial (ISS-2).
pub fn legalisation_serial_data(authority: &str, legalisation: &Legalisation) -> Vec<u8> {
    let facts = write::legalisation_bytes(legalisation);
    let mut out = Writer::with_capacity(facts.len() + 64);
    out.array(3).text("sceau/1/serial").text(authority).raw(&facts);
    out.into_bytes()
}

impl SealedLegalisation {
    /// The COSE bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.cose
    }

    /// The digest over authority, serial and facts.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
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
        if languages.len() > MOST_LANGUAGES {
            return Err(Rule::Range.of("languages"));
        }
        claims::check_twice(languages).map_err(|rule| rule.of("languages"))?;
        let words =
            [("capacity", Some(&self.capacity)), ("place", Some(&self.place)), ("purpose", self.purpose.as_ref())];
        words.into_iter().try_for_each(|(field, words)| {
            words.map_or(Ok(()), |words| claims::check_languages(words, languages.len())).map_err(|rule| rule.of(field))
        })
    }
}

#[cfg(test)]
mod tests;
