//! Which legalisation record goes with which document: those of one picture, else those of one run (LEG-8).

use credential_core::LegalisationMatch;

use super::outcome::{Outcome, Place, Spot};
use crate::legalisation::{Shown, Tie};

/// The documents that a run has shown so far, and the records that wait for theirs.
pub(super) struct Together {
    seen: Shown<Spot>,
    waiting: Vec<Outcome>,
}

impl Together {
    /// What can be told now of a picture's codes or of some lines. A record whose document was not seen yet waits.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> Vec<Outcome> {
        let mut page = Shown::at_most(MOST_DOCUMENTS);
        add(&mut page, outcomes.iter().filter(|outcome| matches!(outcome.spot.place, Place::Code(_))));
        add(&mut self.seen, outcomes.iter());
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
            outcome.tie = outcome.judged.record().map_or(Tie::NONE, |record| self.seen.tie(record));
        }
        waited
    }
}

/// Ties a record to its document; false if its document may still come.
fn tie(outcome: &mut Outcome, page: &Shown<Spot>, seen: &Shown<Spot>) -> bool {
    let Some(record) = outcome.judged.record() else { return true };
    let on_page = !page.is_empty() && matches!(outcome.spot.place, Place::Code(_));
    let found = if on_page { page.tie(record) } else { seen.tie(record) };
    let settled = on_page || found.matched == LegalisationMatch::SameDocument;
    if settled {
        outcome.tie = found;
    }
    settled
}

/// The documents among these, and where they stand.
fn add<'a>(shown: &mut Shown<Spot>, outcomes: impl Iterator<Item = &'a Outcome>) {
    for outcome in outcomes {
        outcome.judged.credential().into_iter().for_each(|document| shown.add(document, outcome.spot.clone()));
    }
}

impl Default for Together {
    fn default() -> Self {
        Self { seen: Shown::at_most(MOST_DOCUMENTS), waiting: vec![] }
    }
}

/// Documents kept in mind: some 20 MiB. A record whose document is not among them is told to be without one.
const MOST_DOCUMENTS: usize = 100_000;
/// Records that wait at most; further ones are told at once, as without a document.
const MOST_WAITING: usize = 10_000;
