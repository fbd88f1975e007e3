//! Which legalisation record goes with which document (LEG-8), and which sheets make a paper: those of one picture, else
//! those of one run.

use credential_core::document::complete_sheets;
use credential_core::legalisation::LegalisationMatch;

use super::outcome::{Outcome, Place, Spot};
use crate::legalisation::{Shown, Tie};

/// The documents that a run has shown so far, and the records that wait for theirs.
pub(super) struct Together {
    seen: Shown<Spot>,
    waiting: Vec<Outcome>,
    /// Sheets of papers that are not complete yet.
    sheets: Vec<Outcome>,
}

impl Together {
    /// What can be told now of a picture's codes or of some lines. A record whose document was not seen yet waits.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> Vec<Outcome> {
        let mut page = Shown::at_most(MOST_DOCUMENTS);
        add(&mut page, outcomes.iter().filter(|outcome| matches!(outcome.spot.place, Place::Code(_))));
        add(&mut self.seen, outcomes.iter());
        let mut told = Vec::with_capacity(outcomes.len());
        for mut outcome in outcomes {
            if outcome.lacks_sheets() && self.sheets.len() < MOST_SHEETS {
                self.sheets.push(outcome);
            } else if tie(&mut outcome, &page, &self.seen) || self.waiting.len() == MOST_WAITING {
                told.push(outcome);
            } else {
                self.waiting.push(outcome);
            }
        }
        told.extend(self.whole_papers());
        told
    }

    /// The sheets of the papers that are complete now.
    fn whole_papers(&mut self) -> Vec<Outcome> {
        let sheets: Vec<_> = self.sheets.iter().filter_map(|sheet| sheet.answer.credential()).collect();
        let complete = complete_sheets(&sheets);
        if !complete.contains(&true) {
            return vec![];
        }
        let mut whole = Vec::new();
        let waiting = std::mem::take(&mut self.sheets);
        for (mut sheet, complete) in waiting.into_iter().zip(complete) {
            sheet.beside.all_sheets = complete;
            if complete { whole.push(sheet) } else { self.sheets.push(sheet) }
        }
        whole
    }

    /// What waited, now that every document of the run was seen: sheets without the others, records.
    pub(super) fn finish(&mut self) -> Vec<Outcome> {
        let mut waited = std::mem::take(&mut self.waiting);
        for outcome in &mut waited {
            outcome.tie = outcome.answer.record().map_or(Tie::NONE, |record| self.seen.tie(record));
        }
        let mut sheets = std::mem::take(&mut self.sheets);
        sheets.append(&mut waited);
        sheets
    }
}

/// Ties a record to its document; false if its document may still come.
fn tie(outcome: &mut Outcome, page: &Shown<Spot>, seen: &Shown<Spot>) -> bool {
    let Some(record) = outcome.answer.record() else { return true };
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
        outcome.answer.credential().into_iter().for_each(|document| shown.add(document, outcome.spot.clone()));
    }
}

impl Default for Together {
    fn default() -> Self {
        Self { seen: Shown::at_most(MOST_DOCUMENTS), waiting: vec![], sheets: vec![] }
    }
}

/// Documents kept in mind: some 20 MiB. A record whose document is not among them is told to be without one.
const MOST_DOCUMENTS: usize = 100_000;
/// Sheets that wait for others at most; further ones are told at once, as one of several.
const MOST_SHEETS: usize = 1_000;
/// Records that wait at most; further ones are told at once, as without a document.
const MOST_WAITING: usize = 10_000;
