//! From a text to an outcome.

use credential_core::{
    CodeKind, Evidence, TrustStore, UnixTime, VerifiedCredential, verify_legalisation, verify_with_evidence,
};

use super::outcome::{IdentityCheck, Input, Judged, Outcome, Tie};
use crate::isolation::caught;
use crate::trouble::Trouble;

/// What every code of a run is judged by.
pub(super) struct Judge<'a> {
    pub(super) store: &'a TrustStore,
    pub(super) evidence: &'a Evidence,
    pub(super) now: UnixTime,
    pub(super) identity: Option<&'a str>,
}

impl Judge<'_> {
    /// Judges the bytes of a code or of a line; what is no UTF-8 is nobody's text.
    pub(super) fn bytes(&self, input: &Input, bytes: &[u8]) -> Outcome {
        match str::from_utf8(bytes) {
            Ok(text) => self.text(input, text),
            Err(_) => Outcome::unreadable(input, Trouble::NotUtf8),
        }
    }

    /// Judges a text. A failure of the program itself is never a verdict about the paper.
    pub(super) fn text(&self, input: &Input, text: &str) -> Outcome {
        let judged = caught(|| match CodeKind::of(text) {
            Some(CodeKind::Legalisation) => self.record(input, text),
            _ => self.document(input, text),
        });
        judged.unwrap_or_else(|| Outcome::unreadable(input, Trouble::Internal))
    }

    fn record(&self, input: &Input, text: &str) -> Outcome {
        let report = verify_legalisation(text, self.store, self.now);
        Outcome::of(input, Judged::Record(Box::new(report), Tie::NONE))
    }

    fn document(&self, input: &Input, text: &str) -> Outcome {
        let report = verify_with_evidence(text, self.store, self.evidence, self.now);
        let identity = self.identity.map(|number| compare(number, report.credential()));
        Outcome { identity, ..Outcome::of(input, Judged::Document(Box::new(report))) }
    }
}

fn compare(number: &str, credential: Option<&VerifiedCredential>) -> IdentityCheck {
    match credential.and_then(|credential| credential.identity_matches(number)) {
        Some(true) => IdentityCheck::Matches,
        Some(false) => IdentityCheck::Differs,
        None => IdentityCheck::NothingToCompare,
    }
}
