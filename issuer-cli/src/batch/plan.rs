//! Who of a list gets a document: nobody who has one already, by whatever key, and nobody whose document would break a rule.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};
use credential_core::document::{Date, Tag, tag};
use credential_core::time::rfc3339;

use super::compose::compose;
use super::edition::{Revision, edition_holder, latest};
use super::holder::{is_another, session};
use super::run::Batch;
use super::seal::{contents, person};
use crate::ledger::{Identity, Ledger, SealedBefore, State, unfinished_words};
use crate::list::{Candidate, Fault, FaultKind};

/// Which candidates of a list get a document.
pub struct Plan<'a> {
    pub(super) identity: Identity,
    pub(super) documents: Vec<Planned<'a>>,
    /// What speaks against a document for a candidate: it has one from an earlier list, or no longer holds.
    pub faults: Vec<Fault>,
}

/// A document to seal.
pub struct Planned<'a> {
    pub(super) candidate: &'a Candidate,
    /// See [`edition_holder`].
    pub(super) holder: [u8; 16],
    /// What it has from the document that it stands for, if it is a later edition.
    pub(super) revision: Option<Revision>,
}

impl Plan<'_> {
    /// How many documents the plan makes.
    pub fn count(&self) -> Result<u32> {
        u32::try_from(self.documents.len()).context("the list is too long")
    }
}

/// Looks up who of the candidates that get a document has one already.
pub fn plan<'a>(batch: &Batch<'a>, ledger: &Ledger) -> Result<Plan<'a>> {
    ensure!(batch.profile.document.kinds.contains(&batch.kind), "the profile makes no {}", batch.kind.code());
    let identity = batch.identity(batch.checked.digest);
    let begun = ledger.find_batch(&identity)?;
    let own = begun.as_ref().map_or(0, |begun| begun.id);
    ledger.drop_empty(own, batch.now)?;
    if let Some(unfinished) = ledger.unfinished(own)? {
        bail!(
            "{}. Finish it first: give the same command again with the list as it was then; changes of the list come after \
             it",
            unfinished_words(unfinished)
        );
    }
    let sealed_at = begun.map_or(batch.now, |begun| begun.sealed_at);
    let others = ledger.has_others(own)?;
    let states = if others { ledger.last_states()? } else { HashMap::new() };
    let mut plan = Plan { identity, documents: Vec::new(), faults: Vec::new() };
    for candidate in &batch.checked.candidates {
        if !batch.is_for(candidate) {
            if others {
                plan.faults.extend(no_longer_admitted(candidate, batch, (ledger, &states), own)?);
            }
            continue;
        }
        if let Some(fault) = unsealable(candidate, batch, sealed_at) {
            plan.faults.push(fault);
            continue;
        }
        let holder = edition_holder(batch, candidate, 1);
        match if others { ledger.sealed_before(&holder, own)? } else { None } {
            Some(original) => {
                let before = latest(original, candidate, batch, ledger, own)?;
                let document = compose(candidate, batch.profile, batch.kind)?;
                let same = before.contents == contents(batch.secret, &document, candidate);
                plan.faults.push(sealed_before(candidate, batch, &before, same));
            }
            None => {
                let session = session(candidate, batch);
                let asked = others && !batch.distinct.iter().any(|number| number == candidate.number.as_str());
                let person = if asked { person(batch.secret, candidate, batch.kind, &session) } else { None };
                if let Some(serial) = person.and_then(|person| ledger.same_person(&person, &holder, own).transpose()) {
                    plan.faults.push(same_person(candidate, batch, &serial?.to_string()));
                    continue;
                }
                plan.documents.push(Planned { candidate, holder, revision: None });
            }
        }
    }
    Ok(plan)
}

/// What the document itself would break: results that are not there, or a last day that has passed (ISS-13).
fn unsealable(candidate: &Candidate, batch: &Batch<'_>, sealed_at: u64) -> Option<Fault> {
    let number = batch.profile.list.columns.number.as_str();
    let table = batch.profile.table.as_ref();
    if candidate.table.subjects.is_empty() && table.is_some_and(|table| table.kinds.contains(&batch.kind)) {
        let message =
            format!("the candidate has no subject, so there is no {} to seal; fill the marks in", batch.kind.code());
        return Some(Fault::new(candidate.row, number, FaultKind::MissingValue, message));
    }
    let printed = batch.profile.document.valid_until.as_ref().filter(|day| day.kinds.contains(&batch.kind))?;
    let last = candidate.valid_until.as_ref().or(printed.fixed.as_ref()).and_then(Date::partial)?.to_string();
    let today = &rfc3339(sealed_at)[..10];
    let passed = last.as_str() < &today[..last.len()];
    passed.then(|| {
        let message = format!("the document would be valid until {last}, and today is {today}; correct the last day");
        let column = printed.column.as_deref().unwrap_or(number);
        Fault::new(candidate.row, column, FaultKind::PastValidity, message)
    })
}

/// Whoever gets no document of this kind has none in force from before.
fn no_longer_admitted(
    candidate: &Candidate,
    batch: &Batch<'_>,
    (ledger, states): (&Ledger, &HashMap<Tag, State>),
    own: i64,
) -> Result<Option<Fault>> {
    let Some(before) = ledger.sealed_before(&edition_holder(batch, candidate, 1), own)? else { return Ok(None) };
    let serial = latest(before, candidate, batch, ledger, own)?.serial;
    let digest = ledger.owner(&serial)?.map(|(_, _, digest)| digest);
    let state = digest.and_then(|digest| states.get(&tag(&digest))).copied().unwrap_or(State::InForce);
    if state != State::InForce {
        return Ok(None);
    }
    let message = format!(
        "this candidate gets no {} by this row and has one in force, serial {serial}: if the jury took it back, withdraw it \
         with `issuer status withdraw`; if not, mend the row",
        batch.kind.code()
    );
    let column = batch.profile.list.columns.number.as_str();
    Ok(Some(Fault::new(candidate.row, column, FaultKind::NoLongerAdmitted, message)))
}

fn same_person(candidate: &Candidate, batch: &Batch<'_>, serial: &str) -> Fault {
    let message = format!(
        "somebody of this name and birth has a {} under another number, serial {serial}. If it is the same person, take the \
         row out or mend the number; if not, give --another-person {}",
        batch.kind.code(),
        candidate.number.as_str()
    );
    let column = batch.profile.list.columns.number.as_str();
    Fault::new(candidate.row, column, FaultKind::SamePersonSealed, message)
}

fn sealed_before(candidate: &Candidate, batch: &Batch<'_>, before: &SealedBefore, same: bool) -> Fault {
    let (kind_code, serial) = (batch.kind.code(), &before.serial);
    let another = before.person.as_ref().is_some_and(|person| is_another(candidate, person));
    let (kind, message) = if same {
        let message =
            format!("this candidate has this {kind_code} already, serial {serial}; it is not sealed a second time");
        (FaultKind::SealedBefore, message)
    } else if another {
        let message = format!(
            "another person has this number and a {kind_code}, serial {serial}: name and birth both differ. Give this \
             candidate a number of their own; never correct that document"
        );
        (FaultKind::AnotherPerson, message)
    } else {
        let message = format!(
            "this candidate has a {kind_code} with other contents already, serial {serial}; that one stays: take the row \
             out, or have it corrected with `issuer correct`"
        );
        (FaultKind::SealedOtherwise, message)
    };
    Fault::new(candidate.row, batch.profile.list.columns.number.as_str(), kind, message)
}
