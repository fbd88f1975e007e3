//! Either kind of code, judged by what its text says it is: a document by SPEC section 11, a legalisation by section 13.

use crate::evidence::Evidence;
use crate::legalisation::{LegalisationReport, VerifiedLegalisation, verify_legalisation_with_evidence};
use crate::outcome::Reason;
use crate::store::TrustStore;
use crate::text::CodeKind;
use crate::time::UnixTime;
use crate::verify::{Report, VerifiedCredential, verify_with_evidence};

/// What is said about one text, whichever kind of code it is.
#[derive(Clone, Debug)]
pub enum Judged {
    /// A document, or what is no code at all.
    Document(Box<Report>),
    /// A legalisation record. It is no document, and is never called one.
    Legalisation(Box<LegalisationReport>),
}

impl Judged {
    /// Judges the text of a code under the loaded packs at the time `now`, with side data of what it holds.
    pub fn of(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Self {
        match CodeKind::of(text) {
            Some(CodeKind::Legalisation) => {
                Self::Legalisation(verify_legalisation_with_evidence(text, store, evidence, now).into())
            }
            _ => Self::Document(verify_with_evidence(text, store, evidence, now).into()),
        }
    }

    /// Why the verdict is what it is.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Document(report) => report.reason(),
            Self::Legalisation(report) => report.reason(),
        }
    }

    /// The document, where there is one and the outcome lets it be shown.
    pub fn credential(&self) -> Option<&VerifiedCredential> {
        match self {
            Self::Document(report) => report.credential(),
            Self::Legalisation(_) => None,
        }
    }

    /// The record, where there is one and the outcome lets it be shown.
    pub fn record(&self) -> Option<&VerifiedLegalisation> {
        match self {
            Self::Document(_) => None,
            Self::Legalisation(report) => report.record(),
        }
    }

    /// The digest of the document (SPEC section 2) that is shown, or that the record which is shown speaks of.
    pub fn document_digest(&self) -> Option<[u8; 32]> {
        let credential = self.credential().map(VerifiedCredential::digest);
        credential.or_else(|| self.record().map(|record| record.legalisation().document))
    }
}
