//! Verification: SPEC section 11, step by step. The only way from a text to a document.

use std::sync::Arc;

use crate::claims::{self, Claims, Document, Domain, IdentityForm, Serial, Tag, World};
use crate::evidence::Evidence;
use crate::identity::{identity_digest, normalised};
use crate::outcome::{Cause, Reason, Register, Status};
use crate::state::{Candidate, Issuer};
use crate::steps::{self, Given, Sealed, Settled};
use crate::store::TrustStore;
use crate::text::CodeKind;
use crate::time::UnixTime;
use crate::trust::{KeyEntry, KeyUse};

/// Judges the text of a code under the loaded packs at the time `now`.
///
/// `now` decides whether the lists are old, and whether a document that names a last day is still valid.
pub fn verify(text: &str, store: &TrustStore, now: UnixTime) -> Report {
    verify_with_evidence(text, store, &Evidence::none(), now)
}

/// The same with side data of this document; it can only help a document whose signature holds.
pub fn verify_with_evidence(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Report {
    let given = Given { store, evidence, now };
    let under = |signer: &Candidate<'_>, payload: &[u8]| judge_under(signer, payload, &given);
    let (settled, credential) = steps::judge(text, CodeKind::Document, &given, under);
    Report { settled, credential }
}

/// What is said about one code. Nobody but [`verify`] can make one that judges a paper, and nobody can change one.
#[derive(Clone, Debug)]
pub struct Report {
    settled: Settled,
    credential: Option<VerifiedCredential>,
}

/// A document whose signature held under a key whose scope covers it. Only [`verify`] makes one.
#[derive(Clone, Debug)]
pub struct VerifiedCredential {
    claims: Claims,
    issuer: Arc<Issuer>,
    world: World,
    digest: [u8; 32],
}

impl Report {
    /// Why the verdict is what it is; its [`verdict`](Reason::verdict) is the verdict.
    pub fn reason(&self) -> Reason {
        self.settled.reason
    }

    /// What the authority says of the document today.
    pub fn status(&self) -> Status {
        self.settled.status
    }

    /// The moment whose state [`status`](Self::status) is.
    pub fn status_as_of(&self) -> Option<UnixTime> {
        self.settled.as_of
    }

    /// Whether it says that it was sealed after the moment whose state is known: nothing is known of it since then.
    pub fn is_sealed_after_list(&self) -> bool {
        let sealed_at = self.credential().map(VerifiedCredential::sealed_at);
        self.status() == Status::InForce && sealed_at > self.status_as_of()
    }

    /// Why a code that is not shown was refused: rule, field and byte.
    pub fn cause(&self) -> Option<&Cause> {
        self.settled.cause.as_ref()
    }

    /// Whether the official register lists the document.
    pub fn register(&self) -> Register {
        self.settled.register
    }

    /// The credential, where the outcome lets it be shown.
    pub fn credential(&self) -> Option<&VerifiedCredential> {
        self.credential.as_ref().filter(|_| self.settled.reason.shows_document())
    }

    /// The document, where the outcome lets it be shown.
    pub fn document(&self) -> Option<&Document> {
        self.credential().map(VerifiedCredential::document)
    }
}

impl VerifiedCredential {
    /// The document.
    pub fn document(&self) -> &Document {
        &self.claims.document
    }

    /// Its serial.
    pub fn serial(&self) -> &Serial {
        &self.claims.serial
    }

    /// When it says that it was sealed; a thief of the key can say anything, so no program shows it as a fact.
    pub fn sealed_at(&self) -> UnixTime {
        self.claims.sealed_at
    }

    /// Who sealed it.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The digest over authority, serial and facts: what the document is, whoever sealed it when (SPEC section 6).
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

    /// Whether a typed identity number is the one that was sealed; `None` if the document holds none to compare with.
    pub fn identity_matches(&self, number: &str) -> Option<bool> {
        match &self.document().identity.as_ref()?.form {
            IdentityForm::Tail(tail) => Some(normalised(number).ends_with(&normalised(tail.as_str()))),
            IdentityForm::Digest { work, digest } => {
                Some(identity_digest(number, self.serial().as_bytes(), *work)? == *digest)
            }
        }
    }
}

fn judge_under(
    signer: &Candidate<'_>,
    payload: &[u8],
    given: &Given<'_>,
) -> Result<(Settled, VerifiedCredential), Cause> {
    let claims = claims::read(payload)?; // step 6
    check_scope(&claims, signer.entry)?; // step 7
    let facts = &payload[claims::facts_at(&claims.serial, claims.sealed_at)..];
    let digest = steps::digest(Domain::Document, signer, &claims.serial, facts);
    let Claims { document, serial, sealed_at } = &claims;
    let sealed = Sealed { serial, sealed_at: *sealed_at, digest, document: Some(document) };
    let settled = steps::settle(&sealed, signer, given)?; // steps 8 to 12
    let world = World::of(signer.entry.test);
    Ok((settled, VerifiedCredential { claims, issuer: signer.issuer.clone(), world, digest }))
}

// VER-1
fn check_scope(claims: &Claims, entry: &KeyEntry) -> Result<(), Cause> {
    let outside = |reason, field| Err(Cause::new(reason, "VER-1").in_field(field));
    let KeyUse::Documents { kinds, sessions, maximum_count: _ } = &entry.usage else {
        return outside(Reason::OutsideScope, "kind");
    };
    let Document { kind, session, .. } = &claims.document;
    if !kinds.contains(kind) {
        return outside(Reason::OutsideScope, "kind");
    }
    match sessions {
        Some(sessions) if !sessions.iter().any(|known| known.as_str() == session.first()) => {
            outside(Reason::OutsideSession, "session")
        }
        _ => Ok(()),
    }
}
