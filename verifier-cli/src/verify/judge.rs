//! From a code to an outcome.

use credential_core::answer::{Judged, VerifiedCredential};

use super::outcome::{IdentityCheck, Input, Outcome};
use crate::basis::Basis;
use crate::isolation::caught;
use crate::judged::Answer;
use crate::trouble::Trouble;

/// What every code of a run is judged by, and compared with.
pub(super) struct Judge<'a> {
    pub(super) basis: &'a Basis,
    pub(super) identity: Option<&'a str>,
}

impl Judge<'_> {
    /// Judges the bytes of a code or of a line.
    pub(super) fn bytes(&self, input: &Input, bytes: &[u8]) -> Outcome {
        let judged = self.basis.judge(bytes).and_then(|judged| Ok((self.check(&judged)?, judged)));
        match judged {
            Ok((identity, judged)) => Outcome { identity, ..Outcome::of(input, Answer::Judged(judged)) },
            Err(trouble) => Outcome::unreadable(input, trouble),
        }
    }

    /// Compares the number that was typed with the one of a document; a record has none.
    fn check(&self, judged: &Judged) -> Result<Option<IdentityCheck>, Trouble> {
        match (self.identity, judged) {
            (Some(number), Judged::Document(report)) => {
                caught(|| compare(number, report.credential())).map(Some).ok_or(Trouble::Internal)
            }
            _ => Ok(None),
        }
    }
}

fn compare(number: &str, credential: Option<&VerifiedCredential>) -> IdentityCheck {
    match credential.and_then(|credential| credential.identity_matches(number)) {
        Some(true) => IdentityCheck::Matches,
        Some(false) => IdentityCheck::Differs,
        None => IdentityCheck::NothingToCompare,
    }
}
