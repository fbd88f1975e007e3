//! Verification: SPEC section 11, step by step. The only way from a text to a document.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::claims::{self, Claims, Document, Identity, Serial, StatusReference};
use crate::compaction;
use crate::envelope::{self, Object, SignedCredential};
use crate::evidence::Evidence;
use crate::identity::{identity_digest, normalised};
use crate::outcome::{Reason, Register, Status};
use crate::store::{Candidate, TrustStore};
use crate::text::{self, CodeKind};
use crate::time::UnixTime;
use crate::trust::{KeyEntry, KeyUse};
use crate::words::{Language, Text};

/// Judges the text of a code under the loaded packs at the time `now`.
///
/// `now` only decides whether the lists are old; a document does not expire.
pub fn verify(text: &str, store: &TrustStore, now: UnixTime) -> Report {
    verify_with_evidence(text, store, &Evidence::none(), now)
}

/// The same with side data of this document; it can only help a document whose signature holds.
pub fn verify_with_evidence(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Report {
    judge(text, store, evidence, now).unwrap_or_else(Report::without_document)
}

/// What is said about one code. Nobody but [`verify`] can make one that judges a paper, and nobody can change one.
#[derive(Clone, Debug)]
pub struct Report {
    reason: Reason,
    status: Status,
    status_as_of: Option<UnixTime>,
    register: Register,
    credential: Option<VerifiedCredential>,
}

/// A document whose signature held under a key whose scope covers it. Only [`verify`] makes one.
#[derive(Clone, Debug)]
pub struct VerifiedCredential {
    claims: Claims,
    issuer: Arc<Issuer>,
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
    /// The report of a code that was not opened: a reason, and nothing shown.
    ///
    /// Programs use it for what happens before a text is there: an unreadable file, a picture without a code. A reason
    /// that judges a paper needs a paper that was judged: from here it becomes [`Reason::InputUnreadable`].
    pub fn refused(reason: Reason) -> Self {
        Self::without_document(reason.unless_judged())
    }

    fn without_document(reason: Reason) -> Self {
        Self { reason, status: Status::Unknown, status_as_of: None, register: Register::Unknown, credential: None }
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

    /// When it says that it was sealed.
    pub fn sealed_at(&self) -> UnixTime {
        self.claims.sealed_at
    }

    /// Who sealed it.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// SHA-256 of its COSE bytes: its identity.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// Whether a typed identity number is the one that was sealed; `None` if the document holds none to compare with.
    pub fn identity_matches(&self, number: &str) -> Option<bool> {
        match self.document().identity.as_ref()? {
            Identity::Tail(tail) => Some(normalised(number).ends_with(&normalised(tail.as_str()))),
            Identity::Digest { work, digest } => {
                Some(identity_digest(number, self.serial().as_bytes(), *work)? == *digest)
            }
        }
    }
}

fn judge(text: &str, store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Result<Report, Reason> {
    if store.packs().is_empty() {
        return Err(Reason::NoTrust); // step 1
    }
    let bytes = text::read(text, CodeKind::Document)?; // step 2
    let cose = expand(bytes, Object::Document, store)?; // step 3
    let signed = envelope::read_document(&cose)?; // step 4
    let (signer, payload) = check_signature(&signed, Object::Document, store)?; // step 5
    let claims = claims::read(payload).map_err(|error| error.reason())?; // step 6
    check_scope(&claims, signer.entry)?; // step 7
    check_window(claims.sealed_at, signer.entry)?; // step 8
    let digest = Sha256::digest(&cose).into();
    let credential = VerifiedCredential { claims, issuer: signer.issuer.clone(), digest };
    let register = find_register(&credential, &signer, evidence);
    if is_anothers(signer.entry, register) {
        return Ok(Report { register, ..Report::without_document(Reason::KeyCompromised) }); // step 9
    }
    let (status, status_as_of, old) = find_status(credential.document().status, &signer, store, now); // step 10
    let reason = conclude(signer.entry, status, old); // steps 11 and 12
    Ok(Report { reason, status, status_as_of, register, credential: Some(credential) })
}

// ZIP-5
pub(crate) fn expand(bytes: Vec<u8>, object: Object, store: &TrustStore) -> Result<Vec<u8>, Reason> {
    let holds =
        |cose: &[u8]| envelope::read_document(cose).is_ok_and(|signed| check_signature(&signed, object, store).is_ok());
    compaction::expand(bytes, |id| store.dictionaries(id), holds)
}

// SIG-1; among several packs the first loaded decides, unless a later one is a newer list of the same roots
pub(crate) fn check_signature<'s, 'c>(
    signed: &SignedCredential<'c>,
    object: Object,
    store: &'s TrustStore,
) -> Result<(Candidate<'s>, &'c [u8]), Reason> {
    let mut known = false;
    let mut decides: Option<(Candidate<'s>, &'c [u8])> = None;
    for candidate in store.candidates(signed.kid, object) {
        known = true;
        if decides.as_ref().is_some_and(|(best, _)| !is_newer(&candidate, best)) {
            continue;
        }
        decides = signed.opened_by(&candidate.entry.public, object).map(|payload| (candidate, payload)).or(decides);
    }
    decides.ok_or(if known { Reason::SignatureInvalid } else { Reason::UnknownIssuer })
}

fn is_newer(candidate: &Candidate<'_>, best: &Candidate<'_>) -> bool {
    let (candidate, best) = (candidate.pack.trust(), best.pack.trust());
    candidate.root() == best.root() && candidate.claims().version > best.claims().version
}

// VER-1
fn check_scope(claims: &Claims, entry: &KeyEntry) -> Result<(), Reason> {
    let document = &claims.document;
    let covered = match &entry.usage {
        KeyUse::Documents { kinds, sessions, status_list, .. } => {
            let session = document.session.first();
            kinds.contains(&document.kind)
                && sessions.as_ref().is_none_or(|all| all.iter().any(|known| known.as_str() == session))
                && document.status.is_none_or(|status| Some(status.list) == *status_list)
        }
        _ => false,
    };
    if covered { Ok(()) } else { Err(Reason::OutsideScope) }
}

// VER-2
pub(crate) fn check_window(sealed_at: UnixTime, entry: &KeyEntry) -> Result<(), Reason> {
    if entry.may_sign_at(sealed_at) { Ok(()) } else { Err(Reason::OutsideSigningWindow) }
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
fn find_register(credential: &VerifiedCredential, signer: &Candidate<'_>, evidence: &Evidence) -> Register {
    let register = signer.entry.register_number().and_then(|number| signer.pack.register(&signer.authority.id, number));
    let Some((head, file)) = register else { return Register::Unknown };
    let digest = credential.digest();
    let listed = file.map(|file| file.lists(credential.serial(), &digest));
    if listed == Some(true) || evidence.proofs().iter().any(|proof| proof.holds(&digest, head)) {
        return Register::Listed;
    }
    if listed.is_some() { Register::NotListed } else { Register::Unknown }
}

// VER-4
pub(crate) fn find_status(
    reference: Option<StatusReference>,
    signer: &Candidate<'_>,
    store: &TrustStore,
    now: UnixTime,
) -> (Status, Option<UnixTime>, bool) {
    let list = reference.and_then(|reference| {
        let list = signer.pack.status_list(&signer.authority.id, reference.list);
        list.filter(|list| signer.entry.test || !list.is_test()).map(|list| (list, reference.index))
    });
    match list {
        Some((list, index)) => match list.status(index) {
            Status::Unknown => (Status::Unknown, None, false),
            status => {
                let old = signer.pack.is_overtaken() || store.is_old(list, signer.pack.trust().claims(), now);
                (status, Some(list.as_of()), old)
            }
        },
        None => (Status::Unknown, None, false),
    }
}

// VER-5, VER-6
pub(crate) fn conclude(entry: &KeyEntry, status: Status, old: bool) -> Reason {
    if entry.test {
        return Reason::Specimen;
    }
    match status {
        Status::Withdrawn => Reason::Withdrawn,
        Status::Suspended => Reason::Suspended,
        Status::Replaced => Reason::Replaced,
        Status::Unknown => Reason::StatusUnknown,
        Status::InForce if old => Reason::StatusOld,
        Status::InForce => Reason::Genuine,
    }
}
