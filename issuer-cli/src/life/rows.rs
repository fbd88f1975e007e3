//! The rows of an order to correct or to duplicate: which old document each one stands for, and what speaks against it.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, ensure};
use credential_core::answer::VerifiedCredential;
use credential_core::document::{Serial, Text, tag};

use super::decided::Decided;
use super::old_documents::{OldDocuments, differences};
use super::revise::{Purpose, Revise};
use super::statuses::Statuses;
use crate::batch::{LAST_EDITION, Order, Revision, composed, edition_holder, is_another};
use crate::ledger::State;
use crate::list::{Candidate, Fault, FaultKind, Severity};

/// All rows of an order.
pub(super) struct Rows<'a> {
    /// Those that can be sealed.
    pub(super) good: Vec<Row<'a>>,
    /// What speaks against the others.
    pub(super) faults: Vec<Fault>,
}

/// A row that can be sealed.
pub(super) struct Row<'a> {
    pub(super) candidate: &'a Candidate,
    /// Which of the keys sealed the old document.
    pub(super) source: usize,
    pub(super) old: Serial,
    pub(super) revision: Revision,
}

/// What is needed to judge one row.
struct Judge<'r, 'p> {
    revise: &'r Revise<'r>,
    statuses: &'r [Statuses<'p>],
    decided: &'r Decided,
    /// The batch of this very order in the register of the sealing key, which is the first source.
    begun: Option<i64>,
    decision: Text,
}

/// What speaks against a row.
type Objection = (FaultKind, String);

/// A later edition of a document.
enum Later {
    /// Of this very order, which is taken up again.
    Own,
    /// Of another decision.
    Other(Serial),
}

impl<'a> Rows<'a> {
    /// Judges every row; of each the first objection is listed.
    pub(super) fn read(
        revise: &Revise<'a>,
        statuses: &[Statuses<'_>],
        decided: &Decided,
        order: &Order,
    ) -> Result<Self> {
        let judge = Judge { revise, statuses, decided, begun: order.begun(), decision: Text::new(revise.decision)? };
        let candidates = &revise.batch.checked.candidates;
        if revise.batch.checked.count(Severity::Error) == 0 {
            judge.check_replaces(candidates)?;
        }
        let found = candidates.iter().map(|candidate| judge.find(candidate)).collect::<Result<Vec<_>>>()?;
        let serials: HashSet<String> = found.iter().flatten().map(|(_, serial)| serial.to_string()).collect();
        let documents = OldDocuments::read(revise.folders, &serials, revise.batch.pack)?;
        let (mut rows, mut seen) = (Self { good: Vec::new(), faults: Vec::new() }, HashMap::new());
        for (candidate, found) in candidates.iter().zip(found) {
            let judged = match found {
                Err(objection) => Err(objection),
                Ok((_, old)) if seen.contains_key(&old) => {
                    Err((FaultKind::SamePersonTwice, format!("row {} stands for the same document, {old}", seen[&old])))
                }
                Ok((source, old)) => {
                    seen.insert(old.clone(), candidate.row);
                    judge.revision(candidate, source, &old, &documents)?.map(|revision| (source, old, revision))
                }
            };
            match judged {
                Ok((source, old, revision)) => rows.good.push(Row { candidate, source, old, revision }),
                Err((kind, message)) => {
                    let column = revise.batch.profile.list.columns.number.as_str();
                    rows.faults.push(Fault::new(candidate.row, column, kind, message));
                }
            }
        }
        Ok(rows)
    }
}

impl Judge<'_, '_> {
    /// Every number for which an old serial is named stands in the list.
    fn check_replaces(&self, candidates: &[Candidate]) -> Result<()> {
        let numbers: HashSet<&str> = candidates.iter().map(|candidate| candidate.number.as_str()).collect();
        let mut strange: Vec<&str> = self.revise.replaces.keys().map(String::as_str).collect();
        strange.retain(|number| !numbers.contains(number));
        strange.sort_unstable();
        ensure!(strange.is_empty(), "--replaces names numbers that no row of the list has: {}", strange.join(", "));
        Ok(())
    }

    /// The old document of a row: the one that is named for it, or the latest edition in the registers.
    fn find(&self, candidate: &Candidate) -> Result<Result<(usize, Serial), Objection>> {
        if !self.revise.batch.is_for(candidate) {
            let message = "the row says not admitted, so nothing is sealed for it; withdraw the old document instead";
            return Ok(Err((FaultKind::NotAdmitted, message.into())));
        }
        match self.revise.replaces.get(candidate.number.as_str()) {
            Some(serial) => self.named(serial),
            None => self.latest(candidate),
        }
    }

    fn named(&self, serial: &Serial) -> Result<Result<(usize, Serial), Objection>> {
        for (source, of_key) in self.statuses.iter().enumerate() {
            if of_key.register().document(serial)?.is_some() {
                return Ok(Ok((source, serial.clone())));
            }
        }
        let message = format!("no key of this office has sealed {serial}");
        Ok(Err((FaultKind::NoOldDocument, message)))
    }

    fn latest(&self, candidate: &Candidate) -> Result<Result<(usize, Serial), Objection>> {
        let batch = self.revise.batch;
        for edition in (1..=LAST_EDITION).rev() {
            let holder = edition_holder(batch, candidate, edition);
            let mut found = Vec::new();
            for (source, of_key) in self.statuses.iter().enumerate() {
                let document = of_key.register().of_holder(&holder)?;
                let older = document.filter(|(_, batch)| source != 0 || Some(*batch) != self.begun);
                found.extend(older.map(|(serial, _)| (source, serial)));
            }
            match found.as_slice() {
                [] => {}
                [one] => return Ok(Ok(one.clone())),
                [(_, one), .., (_, other)] => {
                    let message = format!("several keys have sealed it, {one} and {other}; say which with --replaces");
                    return Ok(Err((FaultKind::NoOldDocument, message)));
                }
            }
        }
        let message = format!(
            "no {} of this number and session is in the ledger; name its serial with --replaces",
            batch.kind.code()
        );
        Ok(Err((FaultKind::NoOldDocument, message)))
    }

    /// The new edition of a row, or what speaks against it.
    fn revision(
        &self,
        candidate: &Candidate,
        source: usize,
        old: &Serial,
        documents: &OldDocuments,
    ) -> Result<Result<Revision, Objection>> {
        if let Some(message) = self.check_standing(source, old)? {
            return Ok(Err((FaultKind::NotCurrent, message)));
        }
        let unread = |message| Ok(Err((FaultKind::NoOldDocument, message)));
        let Some(report) = documents.report(old, self.revise.batch.now) else {
            return unread(format!("the old document {old} is in none of the folders; name its folder with --old"));
        };
        let Some(credential) = report.credential() else {
            let (reason, words) = (report.reason(), report.reason().words());
            return unread(format!("the old document {old} is judged {reason}: {words}"));
        };
        let registered = self.statuses[source].register().digest_of(old)?;
        if registered != Some(credential.digest()) {
            return unread(format!(
                "what the folder holds as {old} is not what the register holds; look for another copy"
            ));
        }
        let ledger = self.statuses[source].register().ledger();
        let person = ledger.find_serial(old)?.and_then(|found| found.person);
        if person.is_some_and(|person| is_another(candidate, &person)) {
            let message = format!(
                "{old} is the document of another person: name and birth both differ. Never correct it for this one; \
                 give each a number of their own"
            );
            return Ok(Err((FaultKind::AnotherPerson, message)));
        }
        if let Err(objection) = self.check_contents(candidate, credential)? {
            return Ok(Err(objection));
        }
        let document = credential.document();
        let number = document.edition.number() + 1;
        if number > LAST_EDITION {
            return Ok(Err((
                FaultKind::NotCurrent,
                format!("{old} is edition {LAST_EDITION}, the last that there is"),
            )));
        }
        let edition = self.revise.purpose.edition(number, old.clone(), &self.decision);
        Ok(Ok(Revision { edition, minutes: document.minutes }))
    }

    /// Only the current edition is followed by another, and only while it is in force.
    fn check_standing(&self, source: usize, old: &Serial) -> Result<Option<String>> {
        let of_key = &self.statuses[source];
        let digest = of_key.register().digest_of(old)?;
        let past = digest.and_then(|digest| of_key.history().past(&tag(&digest)));
        let reason = past.map(|past| past.reason.as_str()).unwrap_or_default();
        Ok(match (self.later(old)?, of_key.state(old, self.decided)?) {
            (Some(Later::Other(current)), _) => {
                Some(format!("{old} has a later edition already, {current}; that one is to be followed"))
            }
            (Some(Later::Own), _) | (None, Some(State::InForce)) => None,
            (None, Some(State::Replaced)) => Some(format!("{old} is replaced already ({reason})")),
            (None, Some(State::Suspended)) => {
                Some(format!("{old} is suspended ({reason}); end that first, with `issuer status reinstate`"))
            }
            (None, Some(State::Withdrawn)) => {
                Some(format!("{old} is withdrawn ({reason}), and a withdrawal is final: no new edition undoes it"))
            }
            (None, None) => Some(format!("{old} is not in the register of its key")),
        })
    }

    /// The current edition that came after a document, as far as the histories tell.
    fn later(&self, old: &Serial) -> Result<Option<Later>> {
        let (mut current, mut found) = (old.clone(), None);
        for _ in 0..=LAST_EDITION {
            let Some(next) = self.successor(&current)? else { break };
            let batch = self.statuses[0].register().document(&next)?.map(|(batch, _)| batch);
            if batch.is_some() && batch == self.begun {
                return Ok(Some(found.map_or(Later::Own, Later::Other)));
            }
            current = next.clone();
            found = Some(next);
        }
        Ok(found.map(Later::Other))
    }

    /// The edition that was sealed last in the place of a document of the registers, or beside it.
    fn successor(&self, serial: &Serial) -> Result<Option<Serial>> {
        let mut found = None;
        for of_key in self.statuses {
            let Some(digest) = of_key.register().digest_of(serial)? else { continue };
            let past = self.statuses.iter().filter_map(|of_key| of_key.history().past(&tag(&digest)));
            found = past.filter_map(|past| past.successors.last()).next_back().cloned().or(found);
        }
        Ok(found)
    }

    /// A correction says something else, a duplicate the same.
    fn check_contents(&self, candidate: &Candidate, old: &VerifiedCredential) -> Result<Result<(), Objection>> {
        let (revise, serial) = (self.revise, old.serial());
        let new = composed(revise.batch, candidate)?;
        let differences = differences(old, &new, candidate.identity.as_ref());
        Ok(match (revise.purpose, differences.as_slice()) {
            (Purpose::Correct, []) => {
                let message = format!(
                    "the row says the same as {serial}, so there is nothing to correct; use `issuer duplicate`"
                );
                Err((FaultKind::NothingCorrected, message))
            }
            (Purpose::Duplicate | Purpose::DuplicateBeside, [_, ..]) => {
                let message = format!(
                    "the row does not say the same as {serial}: {} differ; use `issuer correct`",
                    differences.join(", ")
                );
                Err((FaultKind::DuplicateDiffers, message))
            }
            _ => Ok(()),
        })
    }
}
