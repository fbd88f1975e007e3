//! How many codes ended in which outcome, and the exit status that follows. Records are counted apart: none is a document.

use std::collections::{BTreeMap, BTreeSet};

use credential_core::{Judged, LegalisationMatch, Reason};

use crate::judged::exit_status;
use crate::language::Language;
use crate::legalisation;

/// The codes of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By kind, and by the place of the outcome in SPEC section 10.
    counts: BTreeMap<(Subject, usize), u64>,
    statuses: BTreeSet<u8>,
}

/// What a code speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Document,
    Legalisation,
}

impl Tally {
    pub(crate) fn add(&mut self, judged: &Judged, matched: LegalisationMatch) {
        let subject = match judged {
            Judged::Document(_) => Subject::Document,
            Judged::Legalisation(_) => Subject::Legalisation,
        };
        *self.counts.entry((subject, rank(judged.reason()))).or_default() += 1;
        self.statuses.insert(exit_status(judged, matched));
    }

    pub(crate) fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// A line for each outcome: how often, its code, its words.
    pub(crate) fn lines(&self, language: Language) -> String {
        let mut text = String::new();
        let mut apart = false;
        for (&(subject, rank), count) in &self.counts {
            let reason = Reason::ALL[rank];
            let words = match subject {
                Subject::Document => language.words(reason),
                Subject::Legalisation => legalisation::outcome_words(reason, language),
            };
            if subject == Subject::Legalisation && !std::mem::replace(&mut apart, true) {
                text += language.of("of them legalisation records:\n", "dont des légalisations :\n");
            }
            text += &format!("{count:>10}  {:<24}{words}\n", reason.code());
        }
        text
    }

    /// That of the whole run (SPEC section 10): refused before not judged before accepted.
    pub(crate) fn exit_status(&self) -> u8 {
        [1, 2, 0].into_iter().find(|status| self.statuses.contains(status)).unwrap_or(2)
    }
}

/// Place in SPEC section 10.
fn rank(reason: Reason) -> usize {
    Reason::ALL.iter().position(|known| *known == reason).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_weighs_more_than_not_judged_and_that_more_than_accepted() {
        let cases: [(&[u8], u8); 6] =
            [(&[0, 0], 0), (&[0, 2], 2), (&[2, 0], 2), (&[0, 1, 2], 1), (&[2, 1, 0], 1), (&[], 2)];
        for (statuses, expected) in cases {
            let tally = Tally { statuses: statuses.iter().copied().collect(), ..Tally::default() };
            assert_eq!(tally.exit_status(), expected, "{statuses:?}");
        }
    }
}
