//! Verification: SPEC section 11, step by step. The only way from a text to a document.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::claims::{self, Claims, Document, Domain, IdentityForm, Outcome, Serial, Tag, World};
use crate::compaction;
use crate::date::Date;
use crate::envelope::{self, Object, SignedCredential};
use crate::evidence::Evidence;
use crate::identity::{identity_digest, normalised};
use crate::outcome::{Cause, Reason, Register, Status};
use crate::state::Candidate;
use crate::status::{Statement, StatusList};
use crate::store::TrustStore;
use crate::text::{self, CodeKind};
use crate::time::UnixTime;
use crate::trust::{KeyEntry, KeyUse};
use crate::words::{Language, Text};

/// Judges the text of a code under the loaded packs at the time `now`.
///
/// `now` decides whether the lists are old, and whether a document that names a last day is still valid.
pub fn verify(text: &str, store: &TrustStore, now: UnixTime) -> Report {
    verify_with_evidence(text, store, &Evidence::none(), now)
}

/// The same with side data of this document; it can only help a document whose signature holds.
pub fn verify_with_evidence(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Report {
    if store.packs().len() == 0 {
        return Report::without_document(Reason::NoTrust); // step 1
    }
    judge(text, store, evidence, now).unwrap_or_else(Report::of_cause)
}

/// What is said about one code. Nobody but [`verify`] can make one that judges a paper, and nobody can change one.
#[derive(Clone, Debug)]
pub struct Report {
    reason: Reason,
    status: Status,
    status_as_of: Option<UnixTime>,
    register: Register,
    cause: Option<Cause>,
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

/// Who sealed a document, as the trust list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The authority's id.
    pub id: String,
    /// Its names, by language.
    pub names: Vec<(Language, Text)>,
    /// Its country, ISO 3166-1.
    pub country: String,
    /// Whom to ask, as the trust list says.
    pub contacts: Vec<Text>,
    /// Fingerprint of the root set that vouches for it.
    pub root: [u8; 32],
    /// Owner of the trust list.
    pub list_owner: Text,
    /// Version of the trust list.
    pub list_version: u32,
    /// When the trust list was issued.
    pub list_issued: UnixTime,
}

impl Report {
    fn of_cause(cause: Cause) -> Self {
        Self { cause: Some(cause), ..Self::without_document(cause.reason()) }
    }

    fn without_document(reason: Reason) -> Self {
        Self {
            reason,
            status: Status::Unknown,
            status_as_of: None,
            register: Register::Unknown,
            cause: None,
            credential: None,
        }
    }

    /// Why the verdict is what it is; its [`verdict`](Reason::verdict) is the verdict.
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// What the authority says of the document today.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The moment whose state [`status`](Self::status) is.
    pub fn status_as_of(&self) -> Option<UnixTime> {
        self.status_as_of
    }

    /// Whether it says that it was sealed after the moment whose state is known: nothing is known of it since then.
    pub fn is_sealed_after_list(&self) -> bool {
        let sealed_at = self.credential().map(VerifiedCredential::sealed_at);
        self.status == Status::InForce && sealed_at > self.status_as_of
    }

    /// Why a code that is not shown was refused: rule, field and byte.
    pub fn cause(&self) -> Option<&Cause> {
        self.cause.as_ref()
    }

    /// Whether the official register lists the document.
    pub fn register(&self) -> Register {
        self.register
    }

    /// The credential, where the outcome lets it be shown.
    pub fn credential(&self) -> Option<&VerifiedCredential> {
        self.credential.as_ref().filter(|_| self.reason.shows_document())
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

fn judge(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Result<Report, Cause> {
    let bytes = text::read(text, CodeKind::Document)?; // step 2
    let cose = expand(bytes, Object::Document, store)?; // step 3
    let signed = envelope::read_document(&cose)?; // step 4
    let opened = check_signature(&signed, Object::Document, store)?; // step 5
    let reports = opened
        .iter()
        .map(|(signer, payload)| judge_under(signer, payload, store, evidence, now).unwrap_or_else(Report::of_cause));
    // named under several anchors: the least accepting row counts
    let worst = reports.min_by_key(|report| least_accepting(report.reason));
    worst.ok_or(Cause::new(Reason::UnknownIssuer, "SIG-1"))
}

fn judge_under(
    signer: &Candidate<'_>,
    payload: &[u8],
    store: &TrustStore,
    evidence: &Evidence,
    now: UnixTime,
) -> Result<Report, Cause> {
    check_conflict(signer)?;
    let claims = claims::read(payload)?; // step 6
    check_scope(&claims, signer.entry)?; // step 7
    check_window(claims.sealed_at, signer.entry)?; // step 8
    let facts = &payload[claims::facts_at(&claims.serial, claims.sealed_at)..];
    let digest = digest(Domain::Document, signer, &claims.serial, facts);
    let world = World::of(signer.entry.test);
    let credential = VerifiedCredential { claims, issuer: signer.issuer.clone(), world, digest };
    let register = find_register(&credential, signer, store, evidence);
    if is_anothers(signer.entry, register) {
        let cause = Cause::new(Reason::KeyCompromised, "VER-3");
        return Ok(Report { register, ..Report::of_cause(cause) }); // step 9
    }
    let standing = find_status(&digest, signer, store, now); // step 10
    let reason = conclude(signer.entry, &standing, Some(&credential.claims.document), signer, now); // steps 11 and 12
    let Standing { status, as_of: status_as_of, old: _ } = standing;
    Ok(Report { reason, status, status_as_of, register, cause: None, credential: Some(credential) })
}

/// Refused before undetermined before accepted.
pub(crate) fn least_accepting(reason: Reason) -> u8 {
    match reason.exit_status() {
        0 => 2,
        1 => 0,
        _ => 1,
    }
}

// LIN-4
pub(crate) fn check_conflict(signer: &Candidate<'_>) -> Result<(), Cause> {
    if signer.state.line().is_conflict() { Err(Cause::new(Reason::TrustConflict, "LIN-4")) } else { Ok(()) }
}

/// The digest of what a key has sealed.
pub(crate) fn digest(domain: Domain, signer: &Candidate<'_>, serial: &Serial, facts: &[u8]) -> [u8; 32] {
    claims::facts_digest(domain, World::of(signer.entry.test), &signer.authority.id, serial, facts)
}

// ZIP-5
pub(crate) fn expand(bytes: Vec<u8>, object: Object, store: &TrustStore) -> Result<Vec<u8>, Cause> {
    let holds =
        |cose: &[u8]| envelope::read_document(cose).is_ok_and(|signed| check_signature(&signed, object, store).is_ok());
    compaction::expand(bytes, |id| store.dictionaries(id), holds)
}

/// The entries under which the signature holds, with the payload: one for each anchor at most (SIG-1).
pub(crate) fn check_signature<'s, 'c>(
    signed: &SignedCredential<'c>,
    object: Object,
    store: &'s TrustStore,
) -> Result<Vec<(Candidate<'s>, &'c [u8])>, Cause> {
    let candidates: Vec<_> = store.candidates(signed.kid, object).collect();
    let opened = candidates.iter().filter_map(|candidate| {
        let payload = signed.opened_by(&candidate.entry.public, &object.of(&candidate.authority.id))?;
        Some((*candidate, payload))
    });
    let opened: Vec<_> = opened.collect();
    if opened.is_empty() {
        return Err(match candidates.iter().find_map(|candidate| check_conflict(candidate).err()) {
            Some(conflict) => conflict,
            None if candidates.is_empty() => Cause::new(Reason::UnknownIssuer, "SIG-1"),
            None => Cause::new(Reason::SignatureInvalid, "SIG-4"),
        });
    }
    Ok(opened)
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

// VER-2
pub(crate) fn check_window(sealed_at: UnixTime, entry: &KeyEntry) -> Result<(), Cause> {
    let outside = Cause::new(Reason::OutsideSigningWindow, "VER-2");
    if entry.may_sign_at(sealed_at) { Ok(()) } else { Err(outside) }
}

// VER-3: the key was stolen, or what the roots have fixed as all that it sealed does not hold the document
fn is_anothers(entry: &KeyEntry, register: Register) -> bool {
    let fixed = entry.register.as_ref().is_some_and(|register| register.head.is_some());
    match register {
        Register::Listed => false,
        Register::NotListed => fixed || entry.compromised_at.is_some(),
        Register::Unknown => entry.compromised_at.is_some(),
    }
}

// REG-7
fn find_register(
    credential: &VerifiedCredential,
    signer: &Candidate<'_>,
    store: &TrustStore,
    evidence: &Evidence,
) -> Register {
    let Some((head, file)) = store.register(signer) else { return Register::Unknown };
    let digest = credential.digest();
    let listed = file.map(|file| file.lists(credential.serial(), &digest));
    if listed == Some(true) || evidence.proofs().iter().any(|proof| proof.holds(&digest, head)) {
        return Register::Listed;
    }
    if listed.is_some() { Register::NotListed } else { Register::Unknown }
}

/// The status of a document or record, as of when, and whether that is old.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    pub(crate) status: Status,
    pub(crate) as_of: Option<UnixTime>,
    pub(crate) old: bool,
}

// VER-4
pub(crate) fn find_status(digest: &[u8; 32], signer: &Candidate<'_>, store: &TrustStore, now: UnixTime) -> Standing {
    let tag = claims::tag(digest);
    let lists: Vec<_> = store.current_lists(signer, now).collect();
    let spoken = lists.iter().filter_map(|list| Some((list, list.statement(&tag)?)));
    let speaks = spoken.max_by_key(|(list, statement)| (list.seq(), statement.gravity(), list.as_of()));
    let own = signer.entry.status_list.and_then(|number| {
        let own = lists.iter().filter(|list| list.number() == number);
        own.max_by_key(|list| (list.seq(), list.as_of(), Reverse(list.expires())))
    });
    let old = |list: &&StatusList| signer.state.is_overtaken() || store.is_old(list, signer, now);
    match (speaks, own) {
        (Some((list, statement)), own) if statement != Statement::Reinstated => {
            Standing { status: statement.status(), as_of: Some(list.as_of()), old: own.is_some_and(old) }
        }
        (_, Some(own)) => Standing { status: Status::InForce, as_of: Some(own.as_of()), old: old(own) },
        (_, None) => Standing { status: Status::Unknown, as_of: None, old: false },
    }
}

// VER-5 to VER-11; a record has no document
pub(crate) fn conclude(
    entry: &KeyEntry,
    standing: &Standing,
    document: Option<&Document>,
    signer: &Candidate<'_>,
    now: UnixTime,
) -> Reason {
    if entry.test {
        return Reason::Specimen;
    }
    let Standing { status, as_of: _, old } = *standing;
    let outcome = document.and_then(|document| document.decision.as_ref()).map(|decision| decision.outcome);
    match status {
        Status::Withdrawn => Reason::Withdrawn,
        Status::Suspended => Reason::Suspended,
        Status::Replaced => Reason::Replaced,
        Status::InForce | Status::Unknown if document.is_some_and(|document| is_past(document, signer, now)) => {
            Reason::PastValidity
        }
        Status::InForce | Status::Unknown if outcome == Some(Outcome::NotAdmitted) => Reason::StatesNotAdmitted,
        Status::Unknown => Reason::StatusUnknown,
        Status::InForce if old => Reason::StatusOld,
        Status::InForce if outcome == Some(Outcome::Otherwise) => Reason::StatesOtherwise,
        Status::InForce if document.is_some_and(|document| document.sheet.is_some()) => Reason::OneSheet,
        Status::InForce => Reason::Genuine,
    }
}

// VER-7: a clock that was put back does not make a paper valid again
fn is_past(document: &Document, signer: &Candidate<'_>, now: UnixTime) -> bool {
    let last_day = document.valid_until.as_ref().and_then(Date::partial);
    last_day.is_some_and(|day| now.max(signer.state.claims().issued) >= day.end() + HALF_A_DAY)
}

/// When it is midnight in Greenwich, the day ends twelve hours later at the last place on earth.
const HALF_A_DAY: u64 = 43_200;
