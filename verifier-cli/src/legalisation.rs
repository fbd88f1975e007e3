//! Legalisation records: which goes with which document (LEG-8), and the words for them.

mod words;

use std::collections::HashMap;

#[cfg(test)]
use credential_core::Reason;
use credential_core::answer::VerifiedCredential;
use credential_core::document::Serial;
use credential_core::legalisation::{LegalisationMatch, VerifiedLegalisation};

pub(crate) use words::{headline, outcome_words, status, words};

/// Documents that were shown, and where each stands.
#[derive(Debug)]
pub(crate) struct Shown<P> {
    places: HashMap<[u8; 32], (Serial, P)>,
    most: usize,
    /// Whether there were more than could be kept in mind.
    overfull: bool,
}

/// With which document a record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tie<P> {
    pub(crate) matched: LegalisationMatch,
    /// Where the document stands, if it is the same.
    pub(crate) document: Option<P>,
}

impl<P: Clone> Shown<P> {
    /// Keeps so many documents in mind; where there are more, no record is said to be of another document.
    pub(crate) fn at_most(most: usize) -> Self {
        Self { places: HashMap::new(), most, overfull: false }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Of a document that stands in several places the first counts.
    pub(crate) fn add(&mut self, document: &VerifiedCredential, place: P) {
        if self.places.len() < self.most {
            self.places.entry(document.digest()).or_insert_with(|| (document.serial().clone(), place));
        } else {
            self.overfull = true;
        }
    }

    /// The document that a record was made over, if it was shown.
    pub(crate) fn tie(&self, record: &VerifiedLegalisation) -> Tie<P> {
        let digest = &record.legalisation().document;
        match self.places.get(digest) {
            Some((serial, place)) => {
                let matched = record.compare(digest, serial);
                let is_same = matched == LegalisationMatch::SameDocument;
                Tie { matched, document: is_same.then(|| place.clone()) }
            }
            None if self.is_empty() || self.overfull => Tie::NONE,
            None => Tie { matched: LegalisationMatch::OtherDocument, document: None },
        }
    }
}

impl<P> Tie<P> {
    /// A record of which nothing can be said.
    pub(crate) const NONE: Self = Self { matched: LegalisationMatch::Undetermined, document: None };
}

/// Every match.
#[cfg(test)]
pub(crate) fn every_match() -> [LegalisationMatch; 3] {
    [LegalisationMatch::SameDocument, LegalisationMatch::OtherDocument, LegalisationMatch::Undetermined]
}

/// Every outcome with every match.
#[cfg(test)]
pub(crate) fn every_case() -> impl Iterator<Item = (Reason, LegalisationMatch)> {
    Reason::ALL.iter().flat_map(move |&reason| every_match().map(|matched| (reason, matched)))
}
