//! From a text to an outcome.

use credential_core::{Evidence, Judged, TrustStore, UnixTime, VerifiedCredential};

use super::outcome::{IdentityCheck, Input, Outcome};
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
        let outcome = caught(|| {
            let judged = Judged::of(text, self.store, self.evidence, self.now);
            let number = self.identity.filter(|_| matches!(judged, Judged::Document(_)));
            let identity = number.map(|number| compare(number, judged.credential()));
            Outcome { identity, ..Outcome::of(input, judged) }
        });
        outcome.unwrap_or_else(|| Outcome::unreadable(input, Trouble::Internal))
    }
}

fn compare(number: &str, credential: Option<&VerifiedCredential>) -> IdentityCheck {
    match credential.and_then(|credential| credential.identity_matches(number)) {
        Some(true) => IdentityCheck::Matches,
        Some(false) => IdentityCheck::Differs,
        None => IdentityCheck::NothingToCompare,
    }
}
