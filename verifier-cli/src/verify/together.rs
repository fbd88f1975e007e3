//! Which legalisation record goes with which document: those of one picture, else those of one run (LEG-8).

use std::collections::HashMap;

use credential_core::{LegalisationMatch, Serial, VerifiedLegalisation};

use super::outcome::{Judged, Outcome, Place, Spot, Tie};

/// The documents that a run has shown so far, and the records that wait for theirs.
#[derive(Default)]
pub(super) struct Together {
    seen: Documents,
    waiting: Vec<Outcome>,
}

/// Where documents stand, by their digest.
#[derive(Default)]
struct Documents {
    places: HashMap<[u8; 32], (Serial, Spot)>,
    /// Whether there were more than could be kept in mind.
    overfull: bool,
}

impl Together {
    /// What can be told now of a picture's codes or of some lines. A record whose document was not seen yet waits.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> Vec<Outcome> {
        let page = Documents::of(outcomes.iter().filter(|outcome| matches!(outcome.spot.place, Place::Code(_))));
        outcomes.iter().for_each(|outcome| self.seen.add(outcome));
        let mut told = Vec::with_capacity(outcomes.len());
        for mut outcome in outcomes {
            if tie(&mut outcome, &page, &self.seen) || self.waiting.len() == MOST_WAITING {
                told.push(outcome);
            } else {
                self.waiting.push(outcome);
            }
        }
        told
    }

    /// The records that waited, now that every document of the run was seen.
    pub(super) fn finish(&mut self) -> Vec<Outcome> {
        let mut waited = std::mem::take(&mut self.waiting);
        for outcome in &mut waited {
            if let Judged::Record(report, tie) = &mut outcome.judged {
                *tie = report.record().map_or(Tie::NONE, |record| self.seen.tie(record));
            }
        }
        waited
    }
}

/// Ties a record to its document; false if its document may still come.
fn tie(outcome: &mut Outcome, page: &Documents, seen: &Documents) -> bool {
    let Judged::Record(report, tie) = &mut outcome.judged else { return true };
    let Some(record) = report.record() else { return true };
    let on_page = !page.places.is_empty() && matches!(outcome.spot.place, Place::Code(_));
    let found = if on_page { page.tie(record) } else { seen.tie(record) };
    let settled = on_page || found.matched == LegalisationMatch::SameDocument;
    if settled {
        *tie = found;
    }
    settled
}

impl Documents {
    fn of<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Self {
        let mut documents = Self::default();
        outcomes.for_each(|outcome| documents.add(outcome));
        documents
    }

    fn add(&mut self, outcome: &Outcome) {
        let Some(credential) = outcome.document() else { return };
        if self.places.len() < MOST_DOCUMENTS {
            let place = || (credential.serial().clone(), outcome.spot.clone());
            self.places.entry(credential.digest()).or_insert_with(place);
        } else {
            self.overfull = true;
        }
    }

    fn tie(&self, record: &VerifiedLegalisation) -> Tie {
        let digest = &record.legalisation().document;
        match self.places.get(digest) {
            Some((serial, spot)) => match record.compare(digest, serial) {
                LegalisationMatch::SameDocument => {
                    Tie { matched: LegalisationMatch::SameDocument, document: Some(spot.clone()) }
                }
                matched => Tie { matched, document: None },
            },
            None if self.places.is_empty() || self.overfull => Tie::NONE,
            None => Tie { matched: LegalisationMatch::OtherDocument, document: None },
        }
    }
}

/// Documents kept in mind: some 20 MiB. A record whose document is not among them is told to be without one.
const MOST_DOCUMENTS: usize = 100_000;
/// Records that wait at most; further ones are told at once, as without a document.
const MOST_WAITING: usize = 10_000;
