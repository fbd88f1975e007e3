//! Verification of a legalisation record: SPEC section 13, and how it goes with a document.

use std::sync::Arc;

use super::{Legalisation, LegalisationClaims, read, write};
use crate::claims::{self, Domain, Serial, Tag, World};
use crate::evidence::Evidence;
use crate::outcome::{Cause, Reason, Register, Status};
use crate::state::Candidate;
use crate::state::Issuer;
use crate::steps::{self, Given, Sealed, Settled};
use crate::store::TrustStore;
use crate::text::CodeKind;
use crate::time::UnixTime;
use crate::verify::Report;

/// Judges the text of a legalisation code under the loaded packs at the time `now`.
///
/// It says nothing of the document: that has a code of its own, see [`match_legalisation`].
pub fn verify_legalisation(text: &str, store: &TrustStore, now: UnixTime) -> LegalisationReport {
    verify_legalisation_with_evidence(text, store, &Evidence::none(), now)
}

/// The same with side data of this record; it can only help a record whose signature holds.
pub fn verify_legalisation_with_evidence(
    text: &str,
    store: &TrustStore,
    evidence: &Evidence,
    now: UnixTime,
) -> LegalisationReport {
    let given = Given { store, evidence, now };
    let under = |signer: &Candidate<'_>, payload: &[u8]| judge_under(signer, payload, &given);
    let (settled, record) = steps::judge(text, CodeKind::Legalisation, &given, under); // LEG-1 to LEG-3 among its steps
    LegalisationReport { settled, record }
}

/// What is said about one legalisation code.
#[derive(Clone, Debug)]
pub struct LegalisationReport {
    settled: Settled,
    record: Option<VerifiedLegalisation>,
}

/// A record whose signature held under a legalising ministry's key. Only [`verify_legalisation`] makes one.
#[derive(Clone, Debug)]
pub struct VerifiedLegalisation {
    claims: LegalisationClaims,
    issuer: Arc<Issuer>,
    world: World,
    digest: [u8; 32],
}

/// Whether document and legalisation belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalisationMatch {
    /// The record was made over this very document.
    SameDocument,
    /// The record was made over another document.
    OtherDocument,
    /// One of the two was not shown, so nothing is said.
    Undetermined,
}

/// Compares a judged document with a judged record (LEG-8).
pub fn match_legalisation(document: &Report, legalisation: &LegalisationReport) -> LegalisationMatch {
    let (Some(document), Some(record)) = (document.credential(), legalisation.record()) else {
        return LegalisationMatch::Undetermined;
    };
    record.compare(&document.digest(), document.serial())
}

impl LegalisationMatch {
    /// `same-document`, `other-document` or `undetermined`.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameDocument => "same-document",
            Self::OtherDocument => "other-document",
            Self::Undetermined => "undetermined",
        }
    }
}

impl LegalisationReport {
    /// Why the verdict is what it is; its [`verdict`](Reason::verdict) is the verdict.
    pub fn reason(&self) -> Reason {
        self.settled.reason
    }

    /// What the ministry says of the record today.
    pub fn status(&self) -> Status {
        self.settled.status
    }

    /// The moment whose state [`status`](Self::status) is.
    pub fn status_as_of(&self) -> Option<UnixTime> {
        self.settled.as_of
    }

    /// Whether the official register lists the record.
    pub fn register(&self) -> Register {
        self.settled.register
    }

    /// Why a code that is not shown was refused: rule, field and byte.
    pub fn cause(&self) -> Option<&Cause> {
        self.settled.cause.as_ref()
    }

    /// The record, where the outcome lets it be shown.
    pub fn record(&self) -> Option<&VerifiedLegalisation> {
        self.record.as_ref().filter(|_| self.settled.reason.shows_document())
    }
}

impl VerifiedLegalisation {
    /// Compares it with a document that is shown, by its digest and its serial (LEG-8).
    pub fn compare(&self, digest: &[u8; 32], serial: &Serial) -> LegalisationMatch {
        let stated = self.legalisation();
        match (stated.document == *digest, stated.document_serial == *serial) {
            (true, true) => LegalisationMatch::SameDocument,
            (false, _) => LegalisationMatch::OtherDocument,
            (true, false) => LegalisationMatch::Undetermined,
        }
    }

    /// What it states.
    pub fn legalisation(&self) -> &Legalisation {
        &self.claims.legalisation
    }

    /// Its own serial.
    pub fn serial(&self) -> &Serial {
        &self.claims.serial
    }

    /// The digest over authority, serial and facts.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// How status lists name it.
    pub fn tag(&self) -> Tag {
        claims::tag(&self.digest)
    }

    /// Live, or a specimen's.
    pub fn world(&self) -> World {
        self.world
    }

    /// When it says that it was sealed; no program shows it as a fact.
    pub fn sealed_at(&self) -> UnixTime {
        self.claims.sealed_at
    }

    /// The ministry that sealed it.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }
}

fn judge_under(
    signer: &Candidate<'_>,
    payload: &[u8],
    given: &Given<'_>,
) -> Result<(Settled, VerifiedLegalisation), Cause> {
    let claims = read::read(payload)?; // LEG-4, LEG-5
    let facts = &payload[write::facts_at(&claims.serial, claims.sealed_at)..];
    let digest = steps::digest(Domain::Record, signer, &claims.serial, facts);
    let sealed = Sealed { serial: &claims.serial, sealed_at: claims.sealed_at, digest, document: None };
    let settled = steps::settle(&sealed, signer, given)?; // LEG-6, LEG-7
    let world = World::of(signer.entry.test);
    Ok((settled, VerifiedLegalisation { claims, issuer: signer.issuer.clone(), world, digest }))
}
