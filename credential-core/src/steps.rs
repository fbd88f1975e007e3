//! The steps of SPEC section 11 that documents and legalisation records share.

use std::cmp::Reverse;

use crate::claims::{self, Document, Domain, Outcome, Serial, World};
use crate::compaction;
use crate::date::Date;
use crate::envelope::{self, Object, SignedCredential};
use crate::evidence::Evidence;
use crate::outcome::{Cause, Reason, Register, Status};
use crate::register::RegisterHead;
use crate::state::Candidate;
use crate::status::StatusList;
use crate::store::TrustStore;
use crate::text::{self, CodeKind};
use crate::time::UnixTime;
use crate::trust::KeyEntry;

/// What a judgement is made by.
pub(crate) struct Given<'g> {
    pub(crate) store: &'g TrustStore,
    pub(crate) evidence: &'g Evidence,
    pub(crate) now: UnixTime,
}

/// What was sealed, a document or a record.
pub(crate) struct Sealed<'c> {
    pub(crate) serial: &'c Serial,
    pub(crate) sealed_at: UnixTime,
    pub(crate) digest: [u8; 32],
    pub(crate) document: Option<&'c Document>,
}

/// What is said of a document or a record; where there is a cause nothing of it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) reason: Reason,
    pub(crate) cause: Option<Cause>,
    pub(crate) register: Register,
    pub(crate) status: Status,
    pub(crate) as_of: Option<UnixTime>,
}

impl Settled {
    fn without(reason: Reason) -> Self {
        Self { reason, cause: None, register: Register::Unknown, status: Status::Unknown, as_of: None }
    }

    fn of_cause(cause: Cause) -> Self {
        Self { cause: Some(cause), ..Self::without(cause.reason()) }
    }
}

/// Steps 1 to 5, and by `under` those that follow, with what was read: under each anchor that names the key. The least
/// accepting row counts.
pub(crate) fn judge<C>(
    text: &str,
    kind: CodeKind,
    given: &Given<'_>,
    under: impl Fn(&Candidate<'_>, &[u8]) -> Result<(Settled, C), Cause>,
) -> (Settled, Option<C>) {
    if given.store.packs().len() == 0 {
        return (Settled::without(Reason::NoTrust), None); // step 1
    }
    let opened = match open(text, kind, given.store) {
        Ok(opened) => opened,
        Err(cause) => return (Settled::of_cause(cause), None),
    };
    let judged =
        opened.iter().map(|(signer, payload)| match check_conflict(signer).and_then(|()| under(signer, payload)) {
            Ok((settled, read)) if settled.cause.is_none() => (settled, Some(read)),
            Ok((settled, _)) => (settled, None),
            Err(cause) => (Settled::of_cause(cause), None),
        });
    let worst = judged.min_by_key(|(settled, _)| least_accepting(settled.reason));
    worst.unwrap_or_else(|| (Settled::of_cause(Cause::new(Reason::UnknownIssuer, "SIG-1")), None))
}

/// The entries under which a text's signature holds, each with the payload: steps 2 to 5.
fn open<'s>(text: &str, kind: CodeKind, store: &'s TrustStore) -> Result<Vec<(Candidate<'s>, Vec<u8>)>, Cause> {
    let object = match kind {
        CodeKind::Document => Object::Document,
        CodeKind::Legalisation => Object::Legalisation,
    };
    let bytes = text::read(text, kind)?;
    let cose = expand(bytes, object, store)?;
    let signed = envelope::read_document(&cose)?;
    let opened = check_signature(&signed, object, store)?;
    Ok(opened.into_iter().map(|(signer, payload)| (signer, payload.to_vec())).collect())
}

/// Steps 8 to 12.
pub(crate) fn settle(sealed: &Sealed<'_>, signer: &Candidate<'_>, given: &Given<'_>) -> Result<Settled, Cause> {
    let look_up = LookUp::of(sealed, signer, given);
    let register = look_up.register;
    let is_fixed = signer.entry.fixed_head().is_some() && register == Register::Listed;
    if !is_fixed {
        check_window(sealed.sealed_at, signer.entry)?;
    }
    if is_anothers(signer.entry, register) {
        return Ok(Settled { register, ..Settled::of_cause(Cause::new(Reason::KeyCompromised, "VER-3")) });
    }
    let standing = find_status(&sealed.digest, signer, given.store, given.now);
    let reason = conclude(sealed, &standing, &look_up, signer, given.now);
    Ok(Settled { reason, cause: None, register, status: standing.status, as_of: standing.as_of })
}

/// Refused before undetermined before accepted.
fn least_accepting(reason: Reason) -> u8 {
    match reason.exit_status() {
        0 => 2,
        1 => 0,
        _ => 1,
    }
}

// LIN-4
fn check_conflict(signer: &Candidate<'_>) -> Result<(), Cause> {
    if signer.state.line().is_conflict() { Err(Cause::new(Reason::TrustConflict, "LIN-4")) } else { Ok(()) }
}

/// The digest of what a key has sealed.
pub(crate) fn digest(domain: Domain, signer: &Candidate<'_>, serial: &Serial, facts: &[u8]) -> [u8; 32] {
    claims::facts_digest(domain, World::of(signer.entry.test), &signer.authority.id, serial, facts)
}

// ZIP-5
fn expand(bytes: Vec<u8>, object: Object, store: &TrustStore) -> Result<Vec<u8>, Cause> {
    let holds =
        |cose: &[u8]| envelope::read_document(cose).is_ok_and(|signed| check_signature(&signed, object, store).is_ok());
    compaction::expand(bytes, |id| store.dictionaries(id), holds)
}

/// The entries under which the signature holds, with the payload: one for each anchor at most (SIG-1).
fn check_signature<'s, 'c>(
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

// VER-2
fn check_window(sealed_at: UnixTime, entry: &KeyEntry) -> Result<(), Cause> {
    let outside = Cause::new(Reason::OutsideSigningWindow, "VER-2");
    if entry.may_sign_at(sealed_at) { Ok(()) } else { Err(outside) }
}

/// What the register of a key says, and by which head (REG-7).
struct LookUp<'s> {
    register: Register,
    head: Option<&'s RegisterHead>,
}

impl<'s> LookUp<'s> {
    fn of(sealed: &Sealed<'_>, signer: &Candidate<'s>, given: &Given<'s>) -> Self {
        let Some((head, file)) = given.store.register(signer) else {
            return Self { register: Register::Unknown, head: None };
        };
        let listed = match file {
            Some(file) => Some(file.lists(sealed.serial, &sealed.digest)),
            None => given.store.shelved(head, sealed.serial, &sealed.digest),
        };
        let is_proved = || given.evidence.proofs().iter().any(|proof| proof.holds(&sealed.digest, head));
        let register = match listed {
            Some(true) => Register::Listed,
            _ if is_proved() => Register::Listed,
            Some(false) => Register::NotListed,
            None => Register::Unknown,
        };
        Self { register, head: Some(head) }
    }

    // VER-9
    fn is_wanting(&self, sealed: &Sealed<'_>, entry: &KeyEntry) -> bool {
        let is_whole = |head: &RegisterHead| head.claims().time > sealed.sealed_at.max(entry.serves_until());
        match entry.fixed_head() {
            Some(_) => self.register == Register::Unknown && !entry.counts_without_look_up(),
            None => self.register == Register::NotListed && self.head.is_some_and(is_whole),
        }
    }
}

// VER-3: the key was stolen, or what the roots have fixed as all that it sealed does not hold this
fn is_anothers(entry: &KeyEntry, register: Register) -> bool {
    match register {
        Register::Listed => false,
        Register::NotListed => entry.fixed_head().is_some() || entry.compromised_at.is_some(),
        Register::Unknown => entry.compromised_at.is_some(),
    }
}

/// The status of a document or record, as of when, and whether that is old.
#[derive(Clone, Copy, Debug)]
struct Standing {
    status: Status,
    as_of: Option<UnixTime>,
    old: bool,
}

// VER-4
fn find_status(digest: &[u8; 32], signer: &Candidate<'_>, store: &TrustStore, now: UnixTime) -> Standing {
    let tag = claims::tag(digest);
    let lists: Vec<_> = store.current_lists(signer, now).collect();
    let spoken = lists.iter().filter_map(|list| Some((list, list.statement(&tag)?)));
    let speaks = spoken.max_by_key(|(list, statement)| (statement.weight(list.seq()), list.as_of()));
    let own = signer.entry.status_list.and_then(|number| {
        let own = lists.iter().filter(|list| list.number() == number);
        own.max_by_key(|list| (list.seq(), list.as_of(), Reverse(list.expires())))
    });
    let old = |list: &&StatusList| signer.state.is_overtaken() || store.is_old(list, signer, now);
    match (speaks, own) {
        (Some((list, statement)), own) if statement.status() != Status::InForce => {
            Standing { status: statement.status(), as_of: Some(list.as_of()), old: own.is_some_and(old) }
        }
        (_, Some(own)) => Standing { status: Status::InForce, as_of: Some(own.as_of()), old: old(own) },
        (_, None) => Standing { status: Status::Unknown, as_of: None, old: false },
    }
}

// VER-5 to VER-12; a record has no document
fn conclude(
    sealed: &Sealed<'_>,
    standing: &Standing,
    look_up: &LookUp<'_>,
    signer: &Candidate<'_>,
    now: UnixTime,
) -> Reason {
    if signer.entry.test {
        return Reason::Specimen;
    }
    let Standing { status, as_of: _, old } = *standing;
    let document = sealed.document;
    let outcome = document.and_then(|document| document.decision.as_ref()).map(|decision| decision.outcome);
    match status {
        Status::Withdrawn => Reason::Withdrawn,
        Status::Suspended => Reason::Suspended,
        Status::Replaced => Reason::Replaced,
        Status::InForce | Status::Unknown if document.is_some_and(|document| is_past(document, signer, now)) => {
            Reason::PastValidity
        }
        Status::InForce | Status::Unknown if outcome == Some(Outcome::NotAdmitted) => Reason::StatesNotAdmitted,
        Status::InForce | Status::Unknown if look_up.is_wanting(sealed, signer.entry) => Reason::RegisterUnknown,
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
