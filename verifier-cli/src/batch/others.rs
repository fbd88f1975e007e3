//! What the lines of a run say of each other: which record goes with which document, and what else is a document's or a
//! person's.

use std::collections::BTreeMap;
use std::sync::Arc;

use credential_core::answer::VerifiedCredential;
use credential_core::document::complete_sheets;

use super::line::{Line, Note};
use super::matching::folded;
use crate::legalisation::{Shown, Tie};

/// Ties every record to its document: of those on its page if it shows any, else of those of the run (LEG-8).
pub(super) fn tie_records(lines: &mut [Line]) {
    let run = shown(lines, 0);
    let mut ties = Vec::with_capacity(lines.len());
    for page in lines.chunk_by(|a, b| Arc::ptr_eq(&a.file, &b.file) && a.page == b.page) {
        let on_page = shown(page, ties.len());
        let shown = if on_page.is_empty() { &run } else { &on_page };
        ties.extend(page.iter().map(|line| line.answer.record().map_or(Tie::NONE, |record| shown.tie(record))));
    }
    for (place, tie) in ties.into_iter().enumerate() {
        let elsewhere =
            tie.document.map(|document| &lines[document].file).filter(|file| file.name != lines[place].file.name);
        let note = elsewhere.map(|file| Note::ItsDocumentIn(file.name.clone()));
        lines[place].notes.extend(note);
        lines[place].tie = tie;
    }
}

/// Marks the sheets of papers of which the run has every sheet.
pub(super) fn join_sheets(lines: &mut [Line]) {
    let is_sheet = |line: &Line| line.credential().is_some_and(|document| document.document().sheet.is_some());
    let places: Vec<_> = (0..lines.len()).filter(|place| is_sheet(&lines[*place])).take(MOST_SHEETS).collect();
    let sheets: Vec<_> = places.iter().filter_map(|place| lines[*place].credential()).collect();
    for (place, complete) in places.iter().zip(complete_sheets(&sheets)) {
        lines[*place].beside.all_sheets = complete;
    }
}

/// The documents of these lines, the first of which is at `start` of all.
fn shown(lines: &[Line], start: usize) -> Shown<usize> {
    let mut shown = Shown::at_most(usize::MAX);
    for (place, line) in (start..).zip(lines) {
        line.credential().into_iter().for_each(|document| shown.add(document, place));
    }
    shown
}

/// Notes on lines what other files hold the same document, or another one of the same kind of the same person.
pub(super) fn name_others(lines: &mut [Line]) {
    let mut documents: BTreeMap<[u8; 32], Vec<usize>> = BTreeMap::new();
    let mut persons: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(credential) = line.credential() else { continue };
        documents.entry(credential.digest()).or_default().push(place);
        if let Some(person) = person(credential) {
            persons.entry(person).or_default().push(place);
        }
    }
    let digest = |lines: &[Line], place: usize| lines[place].credential().map(VerifiedCredential::digest);
    for places in documents.values() {
        note(lines, places, |lines, a, b| lines[a].file.name != lines[b].file.name, Note::SameDocumentIn);
    }
    for places in persons.values() {
        note(lines, places, |lines, a, b| digest(lines, a) != digest(lines, b), Note::OtherDocumentIn);
    }
}

/// Whoever a document names, of which kind it is and for what.
fn person(credential: &VerifiedCredential) -> Option<String> {
    let document = credential.document();
    let birth = document.birth.as_ref()?.partial()?;
    let texts = [document.holder.first(), document.title.first(), document.session.first()].map(folded);
    Some(format!("{}|{}|{birth}|{}", credential.issuer().id, document.kind.code(), texts.join("|")))
}

/// Notes on each line the first other line to which it stands so.
fn note(
    lines: &mut [Line],
    places: &[usize],
    related: impl Fn(&[Line], usize, usize) -> bool,
    make: fn(String) -> Note,
) {
    for &place in places {
        if let Some(&other) = places.iter().find(|other| related(lines, place, **other)) {
            let note = make(lines[other].file.name.clone());
            lines[place].notes.push(note);
        }
    }
}

/// Sheets that are compared with each other at most; further ones stay one of several.
const MOST_SHEETS: usize = 5_000;
