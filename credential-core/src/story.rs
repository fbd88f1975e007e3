//! Several codes of one picture or run: SPEC section 14. Which of them count, and what follows of all together.

use std::borrow::Borrow;

use crate::evidence::Evidence;
use crate::judged::Judged;
use crate::legalisation::{LegalisationMatch, LegalisationReport, match_legalisation};
use crate::outcome::Reason;
use crate::sheets::complete_sheets;
use crate::store::TrustStore;
use crate::time::UnixTime;

/// Judges the texts of one picture or run together. A record is accepted beside its document only, a sheet beside the others.
///
/// ```
/// # use credential_core::{Anchor, Pack, TrustStore, verify};
/// # let pack = include_bytes!("../examples/verify/pack.sceau");
/// # let root = include_bytes!("../examples/verify/root.sha256");
/// # let text = include_str!("../examples/verify/genuine.txt").trim_end_matches('\n');
/// # let mut store = TrustStore::new();
/// # store.add(Pack::open(pack, Anchor::Fingerprint(*root)).unwrap());
/// use credential_core::{Evidence, judge_all};
///
/// let story = judge_all(&[text, "https://example.org/"], &store, &Evidence::none(), 1_790_000_000);
/// assert_eq!(story.exit_status(), 0);
/// // a stranger's code beside a document does not count
/// assert_eq!(story.codes()[1].exit_status(), None);
/// ```
pub fn judge_all<T: Borrow<str>>(texts: &[T], store: &TrustStore, evidence: &Evidence, now: UnixTime) -> Story {
    Story::of(texts.iter().map(|text| Judged::of(text.borrow(), store, evidence, now)).collect())
}

/// The codes of one picture or run, each with what the others make of it.
#[derive(Clone, Debug)]
pub struct Story {
    codes: Vec<Told>,
}

/// One code of a story.
#[derive(Clone, Debug)]
pub struct Told {
    judged: Judged,
    relation: Relation,
    document: Option<usize>,
}

/// What the other codes of a picture or run make of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nothing: it counts as its row of SPEC section 10 says, and a record not at all.
    Alone,
    /// It is a foreign code in one picture with a document that is shown: it does not count (STO-1).
    NotCounted,
    /// It is a sheet, and all others of its paper are there: it counts as genuine (STO-2).
    AllSheets,
    /// It is a record: whether it was made over a document that is there (STO-3).
    Record(LegalisationMatch),
}

impl Story {
    /// What the codes make of each other.
    pub fn of(judged: Vec<Judged>) -> Self {
        let shown: Vec<_> = judged.iter().filter_map(Judged::credential).collect();
        let mut complete = complete_sheets(&shown).into_iter();
        let relations = judged.iter().map(|one| {
            let is_complete = one.credential().is_some() && complete.next() == Some(true);
            match one {
                Judged::Legalisation(record) => over(record, &judged),
                Judged::Document(report) if report.reason() == Reason::ForeignCode && !shown.is_empty() => {
                    (Relation::NotCounted, None)
                }
                Judged::Document(_) if is_complete => (Relation::AllSheets, None),
                Judged::Document(_) => (Relation::Alone, None),
            }
        });
        let relations: Vec<_> = relations.collect();
        let told = judged.into_iter().zip(relations);
        Self { codes: told.map(|(judged, (relation, document))| Told { judged, relation, document }).collect() }
    }

    /// The codes, in the order of their texts.
    pub fn codes(&self) -> &[Told] {
        &self.codes
    }

    /// 1 if any code that counts has 1, else 2 if any has 2 or none counts, else 0 (STO-5).
    pub fn exit_status(&self) -> u8 {
        let each: Vec<u8> = self.codes.iter().filter_map(Told::exit_status).collect();
        match each {
            _ if each.contains(&1) => 1,
            _ if each.contains(&2) || each.is_empty() => 2,
            _ => 0,
        }
    }
}

impl Told {
    /// What is said of the code itself.
    pub fn judged(&self) -> &Judged {
        &self.judged
    }

    /// What the others make of it.
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// Of a record, the place among the texts of the document that it was made over.
    pub fn document(&self) -> Option<usize> {
        self.document
    }

    /// 0 accepted, 1 judged and refused, 2 could not judge; `None` if the code does not count.
    pub fn exit_status(&self) -> Option<u8> {
        self.relation.exit_status(&self.judged)
    }
}

impl Relation {
    /// The exit status of a code that stands in this relation to others; `None` if it does not count.
    pub fn exit_status(self, judged: &Judged) -> Option<u8> {
        let own = judged.reason().exit_status();
        Some(match (judged, self) {
            (Judged::Document(_), Self::NotCounted) if judged.reason() == Reason::ForeignCode => return None,
            (Judged::Document(_), Self::AllSheets) if judged.reason() == Reason::OneSheet => 0,
            (Judged::Legalisation(_), Self::Record(found)) if own == 0 => match found {
                LegalisationMatch::SameDocument => 0,
                LegalisationMatch::OtherDocument => 1,
                LegalisationMatch::Undetermined => 2,
            },
            // a record alone is no document
            (Judged::Legalisation(_), _) if own == 0 => 2,
            _ => own,
        })
    }
}

/// Of which document among these a record is. Of another one only if there is a document, and all of them are shown.
fn over(record: &LegalisationReport, judged: &[Judged]) -> (Relation, Option<usize>) {
    let mut found = None;
    for (at, one) in judged.iter().enumerate() {
        let Judged::Document(report) = one else { continue };
        if report.reason() == Reason::ForeignCode {
            continue;
        }
        match (match_legalisation(report, record), found) {
            (LegalisationMatch::SameDocument, _) => {
                return (Relation::Record(LegalisationMatch::SameDocument), Some(at));
            }
            (LegalisationMatch::OtherDocument, None) => found = Some(LegalisationMatch::OtherDocument),
            (LegalisationMatch::Undetermined, _) => found = Some(LegalisationMatch::Undetermined),
            (LegalisationMatch::OtherDocument, Some(_)) => {}
        }
    }
    (Relation::Record(found.unwrap_or(LegalisationMatch::Undetermined)), None)
}
