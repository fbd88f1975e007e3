//! Sealing one document.

use crate::claims::{self, BrokenRule, Document, Rule, Serial};
use crate::compaction::Compactor;
use crate::envelope::{self, Object};
use crate::key::SealingKey;
use crate::limits;
use crate::text;
use crate::time::UnixTime;

/// Seals a document: the same arguments give the same bytes.
///
/// Whether the key may seal it is the trust list's word, see [`KeyEntry`](crate::KeyEntry); the caller asks before.
pub fn issue(
    document: &Document,
    serial: Serial,
    sealed_at: UnixTime,
    key: &SealingKey,
) -> Result<SealedDocument, IssueError> {
    document.check()?;
    if sealed_at >= 1 << 40 {
        return Err(Rule::Range.of("sealed_at").into());
    }
    let payload = claims::write(document, &serial, sealed_at);
    let cose = envelope::sign(&payload, key, Object::Document, None);
    if cose.len() > limits::DOCUMENT_BYTES {
        return Err(IssueError::TooLarge { bytes: cose.len() });
    }
    Ok(SealedDocument { cose })
}

/// A sealed document: COSE_Sign1 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedDocument {
    cose: Vec<u8>,
}

/// Why a document was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// Its contents break a rule.
    #[error(transparent)]
    Rule(#[from] BrokenRule),
    /// It is larger than any verifier reads.
    #[error("the sealed document has {bytes} bytes, at most {} are allowed", limits::DOCUMENT_BYTES)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
}

impl SealedDocument {
    /// The COSE bytes: the identity of the document.
    pub fn as_bytes(&self) -> &[u8] {
        &self.cose
    }

    /// The bytes that go into a code: compact, or bare where that is shorter.
    pub fn compact(&self, compactor: &Compactor) -> Vec<u8> {
        compactor.compact(&self.cose)
    }

    /// The text for a QR code.
    pub fn symbol_text(&self, compactor: &Compactor) -> String {
        text::symbol_text(&self.compact(compactor))
    }
}

impl Document {
    /// The bytes that a serial is derived from (ISS-2): the document map without identity and status reference.
    pub fn contents(&self) -> Vec<u8> {
        claims::document_bytes(&Self { identity: None, status: None, ..self.clone() })
    }
}
