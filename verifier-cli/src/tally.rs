//! How many codes ended in which outcome, and the exit status that follows. Records are counted apart: none is a document.

use std::collections::{BTreeMap, BTreeSet};

use credential_core::answer::Judged;
use credential_core::legalisation::LegalisationMatch;

use crate::judged::{Answer, Beside, Said, exit_status};
use crate::language::Language;
use crate::legalisation;

/// The codes of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// By kind and outcome, in the order of SPEC section 10.
    counts: BTreeMap<(Subject, Said), u64>,
    statuses: BTreeSet<u8>,
}

/// What a code speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Document,
    Legalisation,
}

impl Tally {
    pub(crate) fn add(&mut self, answer: &Answer, matched: LegalisationMatch, beside: Beside) {
        let subject = match answer {
            Answer::Judged(Judged::Legalisation(_)) => Subject::Legalisation,
            _ => Subject::Document,
        };
        *self.counts.entry((subject, answer.said())).or_default() += 1;
        self.statuses.extend(exit_status(answer, matched, beside));
    }

    pub(crate) fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// A line for each outcome: how often, its code, its words.
    pub(crate) fn lines(&self, language: Language) -> String {
        let mut text = String::new();
        let mut apart = false;
        for (&(subject, said), count) in &self.counts {
            let words = match (subject, said.reason()) {
                (Subject::Legalisation, Some(reason)) => legalisation::outcome_words(reason, language),
                _ => said.words(language),
            };
            if subject == Subject::Legalisation && !std::mem::replace(&mut apart, true) {
                text += language.of("of them legalisation records:\n", "dont des légalisations :\n");
            }
            text += &format!("{count:>10}  {:<24}{words}\n", said.code());
        }
        text
    }

    /// That of the whole run (SPEC section 10): refused before not judged before accepted.
    pub(crate) fn exit_status(&self) -> u8 {
        [1, 2, 0].into_iter().find(|status| self.statuses.contains(status)).unwrap_or(2)
    }
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
