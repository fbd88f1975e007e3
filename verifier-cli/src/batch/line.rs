//! One line of the report: a code, or a file or page that gave none.

use std::sync::Arc;

use credential_core::answer::VerifiedCredential;

use super::scan::Scan;
use crate::basis::Basis;
use crate::judged::{Answer, Beside, differ};
use crate::kind::Kind;
use crate::legalisation::Tie;
use crate::trouble::Trouble;
use crate::worker::{Page, Reading};

/// A file, as the report names it.
#[derive(Debug)]
pub(super) struct FileFacts {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: Option<[u8; 32]>,
    pub(super) kind: Option<Kind>,
    pub(super) pages: usize,
}

/// One code, or one file or page without.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) file: Arc<FileFacts>,
    /// From 1; none if the file could not be read.
    pub(super) page: Option<usize>,
    /// Its number among the codes of its page, from 1, and how many these are.
    pub(super) code: Option<(usize, usize)>,
    pub(super) answer: Answer,
    /// What the other codes of its page, or of the run, make of it.
    pub(super) beside: Beside,
    /// Of a record: with which document it goes, and which line that is.
    pub(super) tie: Tie<usize>,
    pub(super) notes: Vec<Note>,
}

/// What a person should know of a line beside its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// The codes of the page are not all the same document.
    DifferentCodes,
    /// Part of the page could not be drawn: something may hide the code from people.
    NotAllDrawn,
    /// The same document stands in this file too.
    SameDocumentIn(String),
    /// Another document of the same kind and session, of the same name and birth date, stands in this file.
    OtherDocumentIn(String),
    /// The document of this legalisation stands in this file.
    ItsDocumentIn(String),
    /// This and so many more pages of the file were not looked at closely.
    PagesLeft(usize),
}

impl Line {
    /// The document, where the outcome lets it be shown.
    pub(super) fn credential(&self) -> Option<&VerifiedCredential> {
        self.answer.credential()
    }

    /// The stable code of its outcome.
    pub(super) fn reason(&self) -> &'static str {
        self.answer.code()
    }

    /// Its place, for comparing runs.
    pub(super) fn key(&self) -> String {
        let code = self.code.map_or(0, |(number, _)| number);
        format!("{}#{}#{code}", self.file.name, self.page.unwrap_or_default())
    }
}

/// All lines of a file: never none.
pub(super) fn lines(scan: Scan, basis: &Basis) -> Vec<Line> {
    let pages = scan.reading.as_ref().map_or(0, |reading| reading.pages);
    let file = Arc::new(FileFacts { name: scan.name, bytes: scan.bytes, sha256: scan.sha256, kind: scan.kind, pages });
    let reading = match scan.reading {
        Ok(reading) => reading,
        Err(trouble) => return vec![without_code(&file, None, trouble)],
    };
    let mut lines: Vec<_> =
        reading.found.iter().flat_map(|(number, page)| page_lines(&file, *number, page, basis)).collect();
    lines.extend(rest(&file, &reading, lines.is_empty()));
    lines
}

/// What is said of pages that gave no line: that no code was found, or that they were not looked at.
fn rest(file: &Arc<FileFacts>, reading: &Reading, alone: bool) -> Option<Line> {
    let Some(trouble) = reading.stopped else {
        return alone.then(|| without_code(file, None, Trouble::NoCode));
    };
    let finished = |page: &usize| reading.found.get(page).is_some_and(|page| page.final_try);
    let first = (1..=reading.pages).find(|page| !finished(page));
    let left = (1..=reading.pages).filter(|page| !finished(page)).count();
    let mut line = without_code(file, first, trouble);
    line.notes.extend((left > 1).then(|| Note::PagesLeft(left - 1)));
    Some(line)
}

fn page_lines(file: &Arc<FileFacts>, number: usize, page: &Page, basis: &Basis) -> Vec<Line> {
    let codes = match &page.codes {
        Ok(codes) => codes,
        Err(trouble) => return vec![without_code(file, Some(number), *trouble)],
    };
    let answer = |code: &Vec<u8>| basis.judge(code).map_or_else(Answer::Trouble, Answer::Judged);
    let answers: Vec<_> = codes.iter().map(answer).collect();
    let document = answers.iter().any(|answer| answer.credential().is_some());
    let mut notes = Vec::new();
    notes.extend(differ(codes.iter().zip(&answers)).then_some(Note::DifferentCodes));
    notes.extend((!page.whole).then_some(Note::NotAllDrawn));
    let of = codes.len();
    let numbered = (1..).zip(answers);
    let line = |(code, answer)| Line {
        file: Arc::clone(file),
        page: Some(number),
        code: Some((code, of)),
        answer,
        beside: Beside { document, all_sheets: false },
        tie: Tie::NONE,
        notes: notes.clone(),
    };
    numbered.map(line).collect()
}

fn without_code(file: &Arc<FileFacts>, page: Option<usize>, trouble: Trouble) -> Line {
    Line {
        file: Arc::clone(file),
        page,
        code: None,
        answer: Answer::Trouble(trouble),
        beside: Beside::default(),
        tie: Tie::NONE,
        notes: vec![],
    }
}
