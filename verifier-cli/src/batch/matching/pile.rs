//! Three piles: fine, look at it, missing. Nothing is called false that only lacks a code or is written otherwise.

use std::collections::{BTreeMap, BTreeSet};

use credential_core::Reason;
use credential_core::answer::{Judged as LineJudged, VerifiedCredential};
use credential_core::legalisation::LegalisationMatch;

use super::birth::BirthMatch;
use super::join::Compared;
use super::list::Applicant;
use super::mean::MeanMatch;
use crate::batch::line::{Line, Note};
use crate::judged::{Answer, Said, exit_status};
use crate::legalisation::Shown;
use crate::trouble::{INPUT_UNREADABLE, NO_CODE};
use person_name::NameMatch;

/// Where an applicant's papers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pile {
    Fine,
    Look,
    Missing,
}

/// What a person should know, or look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// No file belongs to the applicant.
    NoFile,
    /// Files, but no code in any: an older document, or a scan to repeat.
    NoCode,
    /// A file or page could not be read.
    Unread,
    /// No line shows a document: a legalisation alone is none.
    NoDocument,
    /// A document's code is not accepted.
    Outcome(Said),
    /// A legalisation is not accepted, or its document is none of the applicant's.
    Legalisation(Reason, LegalisationMatch),
    /// The name is written otherwise.
    Name(NameMatch),
    BirthDiffers,
    BirthUnknown,
    MeanDiffers,
    MeanNotSealed,
    /// The same document was brought by this applicant too.
    UsedBy(String),
    /// Several documents of the same kind.
    SeveralDocuments,
    /// Different codes on a page, or a page that could not be drawn whole.
    Page,
}

/// What is said of an applicant.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) pile: Pile,
    pub(crate) why: Vec<Why>,
    /// The lines that belong to the applicant.
    pub(crate) lines: Vec<usize>,
}

/// Judges every applicant by the lines that are theirs.
pub(crate) fn judge(applicants: &[Applicant], lines: &[Line], compared: &[Option<Compared>]) -> Vec<Judged> {
    let mut theirs = vec![Vec::new(); applicants.len()];
    let mut users: BTreeMap<[u8; 32], BTreeSet<usize>> = BTreeMap::new();
    for (place, compared) in compared.iter().enumerate() {
        let Some(compared) = compared else { continue };
        theirs[compared.applicant].push(place);
        if let Some(credential) = lines[place].credential() {
            users.entry(credential.digest()).or_default().insert(compared.applicant);
        }
    }
    let judge_one = |(applicant, theirs): (usize, Vec<usize>)| {
        let case =
            Case { place: applicant, applicant: &applicants[applicant], applicants, lines, compared, users: &users };
        let (pile, why) = case.judge(&theirs);
        Judged { pile, why, lines: theirs }
    };
    theirs.into_iter().enumerate().map(judge_one).collect()
}

struct Case<'a> {
    place: usize,
    applicant: &'a Applicant,
    applicants: &'a [Applicant],
    lines: &'a [Line],
    compared: &'a [Option<Compared>],
    users: &'a BTreeMap<[u8; 32], BTreeSet<usize>>,
}

impl Case<'_> {
    fn judge(&self, theirs: &[usize]) -> (Pile, Vec<Why>) {
        if theirs.is_empty() {
            return (Pile::Missing, vec![Why::NoFile]);
        }
        if theirs.iter().all(|place| self.lines[*place].reason() == NO_CODE) {
            return (Pile::Missing, vec![Why::NoCode]);
        }
        let mut found = Findings::default();
        theirs.iter().for_each(|place| self.look_at(*place, &mut found));
        self.look_at_records(theirs, &mut found);
        self.look_at_all(theirs, &mut found);
        (if found.look { Pile::Look } else { Pile::Fine }, found.why)
    }

    fn look_at(&self, place: usize, found: &mut Findings) {
        let line = &self.lines[place];
        match (&line.answer, line.reason()) {
            (Answer::Judged(LineJudged::Legalisation(_)), _) => {}
            // accepted, or a code of others beside a document, which does not count
            (answer, _) if exit_status(answer, line.tie.matched, line.beside).is_none_or(|status| status == 0) => {}
            (_, NO_CODE) => found.note(Why::NoCode),
            (_, INPUT_UNREADABLE) => found.look(Why::Unread),
            (answer, _) => found.look(Why::Outcome(answer.said())),
        }
        if line.notes.iter().any(|note| matches!(note, Note::DifferentCodes | Note::NotAllDrawn)) {
            found.look(Why::Page);
        }
        let Some((name, birth, _)) = self.compared[place].as_ref().and_then(|compared| compared.document.as_ref())
        else {
            return;
        };
        match name {
            NameMatch::Exact => {}
            name if name.is_same_person_written_otherwise() && *birth == BirthMatch::Same => {
                found.note(Why::Name(name.clone()));
            }
            name => found.look(Why::Name(name.clone())),
        }
        match birth {
            BirthMatch::Same => {}
            BirthMatch::Differs => found.look(Why::BirthDiffers),
            BirthMatch::Unknown if self.applicant.birth.is_empty() => {}
            BirthMatch::Unknown => found.look(Why::BirthUnknown),
        }
    }

    /// A record counts for an applicant only over a document that is theirs.
    fn look_at_records(&self, theirs: &[usize], found: &mut Findings) {
        let mut shown = Shown::at_most(usize::MAX);
        for document in theirs.iter().filter_map(|place| self.lines[*place].credential()) {
            shown.add(document, ());
        }
        if shown.is_empty() {
            found.look(Why::NoDocument);
        }
        for line in theirs.iter().map(|place| &self.lines[*place]) {
            let Answer::Judged(LineJudged::Legalisation(report)) = &line.answer else { continue };
            let matched = match (line.tie.matched, report.record()) {
                (LegalisationMatch::SameDocument, Some(record)) => shown.tie(record).matched,
                (matched, _) => matched,
            };
            if exit_status(&line.answer, matched, line.beside) != Some(0) {
                found.look(Why::Legalisation(report.reason(), matched));
            }
        }
    }

    /// What only all documents together tell.
    fn look_at_all(&self, theirs: &[usize], found: &mut Findings) {
        let credentials: Vec<_> = theirs.iter().filter_map(|place| self.lines[*place].credential()).collect();
        let papers: Vec<_> = theirs.iter().filter_map(|place| first_of_paper(&self.lines[*place])).collect();
        let digests: BTreeSet<_> = credentials.iter().map(|credential| credential.digest()).collect();
        for user in digests.iter().filter_map(|digest| self.users.get(digest)).flatten() {
            if *user != self.place {
                found.look(Why::UsedBy(self.applicants[*user].number.clone()));
            }
        }
        if has_two_of_a_kind(&papers) {
            found.look(Why::SeveralDocuments);
        }
        let documents = theirs.iter().filter_map(|place| self.compared[*place].as_ref()?.document.as_ref());
        let means: Vec<_> = documents.map(|(_, _, mean)| *mean).collect();
        if means.contains(&MeanMatch::Differs) {
            found.look(Why::MeanDiffers);
        } else if !means.contains(&MeanMatch::Same) && means.contains(&MeanMatch::NotSealed) {
            found.look(Why::MeanNotSealed);
        }
    }
}

/// Of the sheets of a whole paper the first stands for all.
fn first_of_paper(line: &Line) -> Option<&VerifiedCredential> {
    let later = |document: &&VerifiedCredential| document.document().sheet.is_some_and(|sheet| sheet.number > 1);
    line.credential().filter(|document| !(line.beside.all_sheets && later(document)))
}

fn has_two_of_a_kind(credentials: &[&VerifiedCredential]) -> bool {
    let kinds: BTreeSet<_> =
        credentials.iter().map(|credential| (credential.document().kind.code(), credential.digest())).collect();
    let kinds: Vec<_> = kinds.iter().map(|(kind, _)| kind).collect();
    kinds.windows(2).any(|pair| pair[0] == pair[1])
}

#[derive(Default)]
struct Findings {
    look: bool,
    why: Vec<Why>,
}

impl Findings {
    fn note(&mut self, why: Why) {
        if !self.why.contains(&why) {
            self.why.push(why);
        }
    }

    fn look(&mut self, why: Why) {
        self.look = true;
        self.note(why);
    }
}
