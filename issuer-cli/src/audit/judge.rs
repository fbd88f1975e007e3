//! One line of `documents.csv`: its document verified, and compared with minutes and status history.

use std::collections::{HashMap, HashSet};

use credential_core::answer::{Status, VerifiedCredential};
use credential_core::document::{Edition, Kind, MinutesReference, Outcome, Serial, Tag};
use credential_core::time::UnixTime;
use credential_core::{Document, Report, TrustStore, verify};
use csv::StringRecord;
use sha2::{Digest, Sha256};

use super::finding::Code;
use crate::ledger::State;
use crate::life::parse_serial;
use crate::minutes::{Difference, Facts, SealedMinutes, differences};

/// What documents are judged by; many are judged at a time.
pub(super) struct Judge<'a> {
    pub(super) store: &'a TrustStore,
    pub(super) minutes: &'a [SealedMinutes],
    /// By tag, last states by the histories of all keys.
    pub(super) states: &'a HashMap<Tag, State>,
    pub(super) withheld: &'a HashSet<String>,
    pub(super) now: UnixTime,
}

/// A line and what is wrong with it.
pub(super) struct Judged {
    pub(super) line: u64,
    /// By the document, or, where it is refused, by the line.
    pub(super) serial: Option<Serial>,
    pub(super) document: Option<Facets>,
    pub(super) problems: Vec<(Code, String)>,
}

/// What is kept of a good document.
pub(super) struct Facets {
    /// Its digest.
    pub(super) digest: [u8; 32],
    /// Kind, session, number, edition and sheet.
    pub(super) holder: [u8; 16],
    pub(super) kind: Kind,
    /// Position of the minutes and line.
    pub(super) line: Option<(usize, u64)>,
    /// Minutes that were not given.
    pub(super) missing: Option<u64>,
    pub(super) edition: Edition,
    /// What an edition says otherwise than the minutes: a correction by its decision, a duplicate by an earlier correction.
    pub(super) departs: Vec<String>,
}

impl Judge<'_> {
    pub(super) fn judge(&self, record: &StringRecord) -> Judged {
        let line = record.position().map_or(0, csv::Position::line);
        let mut judged = Judged { line, serial: None, document: None, problems: Vec::new() };
        let [Some(serial), Some(kind), Some(text), Some(number)] = [0, 1, 3, 4].map(|at| record.get(at)) else {
            judged.problems.push((Code::RowMalformed, "the line has too few cells".into()));
            return judged;
        };
        let report = verify(text, self.store, self.now);
        let Some(credential) = report.credential() else {
            judged.serial = parse_serial(serial).ok();
            judged.problems.push((Code::DocumentRefused, refusal(&report)));
            return judged;
        };
        let document = credential.document();
        let row = [
            ("serial", serial, &*credential.serial().to_string()),
            ("kind", kind, document.kind.code()),
            ("number", number, document.number.as_ref().map_or("", |number| number.as_str())),
        ];
        for (what, row, sealed) in row.iter().filter(|(_, row, sealed)| row != sealed) {
            judged.problems.push((Code::RowDiffers, format!("the {what} is {row} here and {sealed} in the document")));
        }
        self.check_status(&credential.tag(), report.status(), &mut judged);
        if self.withheld.contains(number) {
            let message = format!("the documents of {number} are withheld, and here is one");
            judged.problems.push((Code::WithheldSealed, message));
        }
        judged.serial = Some(credential.serial().clone());
        judged.document = Some(self.facets(credential, &mut judged.problems));
        judged
    }

    fn check_status(&self, tag: &Tag, listed: Status, judged: &mut Judged) {
        let told = self.states.get(tag).copied().unwrap_or(State::InForce);
        if let Some(listed) = State::of(listed).filter(|listed| *listed != told) {
            let message = format!(
                "the status lists say {}, the history says {}: one is old or cut",
                listed.words(),
                told.words()
            );
            judged.problems.push((Code::StatusDiffers, message));
        }
    }

    fn facets(&self, credential: &VerifiedCredential, problems: &mut Vec<(Code, String)>) -> Facets {
        let document = credential.document();
        let mut facets = Facets {
            digest: credential.digest(),
            holder: holder(document),
            kind: document.kind,
            line: None,
            missing: None,
            edition: document.edition.clone(),
            departs: Vec::new(),
        };
        if let Edition::Correction { decision: None, .. } = document.edition {
            problems.push((Code::CorrectionWithoutDecision, "the correction names no decision".into()));
        }
        match document.minutes {
            None if self.minutes.is_empty() => {}
            None => problems.push((Code::NotInMinutes, "the document names no line of any minutes".into())),
            Some(place) => match self.minutes.iter().position(|of| of.claims().number == place.minutes) {
                Some(at) => self.compare(at, place, credential, &mut facets, problems),
                None => facets.missing = Some(place.minutes),
            },
        }
        facets
    }

    fn compare(
        &self,
        at: usize,
        place: MinutesReference,
        credential: &VerifiedCredential,
        facets: &mut Facets,
        problems: &mut Vec<(Code, String)>,
    ) {
        let (minutes, document) = (&self.minutes[at], credential.document());
        let of = format!("line {} of the minutes {}", place.line, place.minutes);
        let number = document.number.as_ref().map_or("", |number| number.as_str());
        let line = minutes.line(place.line).filter(|line| line.number.as_str() == number);
        let Some(line) = line.filter(|_| minutes.authority() == credential.issuer().id) else {
            return problems.push((Code::NotInMinutes, format!("{of} is not that of the candidate {number}")));
        };
        facets.line = Some((at, place.line));
        let stated = document.decision.as_ref().map_or(Outcome::Admitted, |decision| decision.outcome);
        // a transcript may say that somebody was not admitted, a diploma says the contrary by being one
        let denied = line.decision.outcome != Outcome::Admitted;
        let against = denied && (document.kind == Kind::Diploma || stated == Outcome::Admitted);
        if against {
            problems.push((Code::NotAdmitted, format!("by {of} the candidate {number} was not admitted")));
        }
        let session = document.session.first();
        if session != minutes.claims().session.as_str() {
            problems.push((Code::MinutesDiffer, format!("the session is {session}, {of} is of another")));
        }
        let mut found = differences(&line, &Facts::of_document(document));
        found.retain(|difference| !against || !matches!(difference, Difference::Decision(_)));
        let told = found.iter().map(|difference| {
            let (what, sides) = difference.parts();
            format!("the {what} is “{}” in the document and “{}” on {of}", sides.found, sides.minutes)
        });
        match &document.edition {
            Edition::Original => problems.extend(told.map(|message| (Code::MinutesDiffer, message))),
            Edition::Duplicate { .. } => facets.departs = told.collect(),
            Edition::Correction { decision, .. } => {
                let decision = decision.as_ref().map_or("", |decision| decision.as_str());
                facets.departs = told.map(|message| format!("by the decision “{decision}” {message}")).collect();
            }
        }
    }
}

fn refusal(report: &Report) -> String {
    let reason = report.reason();
    let rule = report.cause().map(|cause| format!(" (rule {})", cause.rule())).unwrap_or_default();
    format!("{reason}: {}{rule}", reason.words())
}

/// Nobody has two documents with the same of these.
fn holder(document: &Document) -> [u8; 16] {
    let number = document.number.as_ref().map_or("", |number| number.as_str());
    let edition = document.edition.number().to_string();
    let sheet = document.sheet.map_or(0, |sheet| sheet.number).to_string();
    let digest = Sha256::digest([document.kind.code(), document.session.first(), number, &edition, &sheet].join("\0"));
    let mut holder = [0; 16];
    holder.copy_from_slice(&digest[..16]);
    holder
}
