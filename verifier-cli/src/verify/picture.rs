//! Pictures of papers: read in a child process, judged here.

use super::judge::Judge;
use super::outcome::{Input, OnPage, Outcome, Place};
use crate::judged::differ;
use crate::trouble::Trouble;
use crate::worker::Worker;

/// Judges every code of a picture.
pub(super) fn judge(input: &Input, bytes: &[u8], judge: &Judge<'_>, worker: &mut Worker) -> Vec<Outcome> {
    match codes(bytes, worker) {
        Ok(codes) => judge_page(input, &codes, judge),
        Err(trouble) => vec![Outcome::unreadable(input, trouble)],
    }
}

fn judge_page(input: &Input, codes: &[Vec<u8>], judge: &Judge<'_>) -> Vec<Outcome> {
    let mut outcomes: Vec<_> = codes.iter().map(|code| judge.bytes(input, code)).collect();
    let answers = outcomes.iter().map(|outcome| &outcome.answer);
    let (of, differ) = (codes.len(), differ(codes.iter().zip(answers)));
    let digests = outcomes.iter().filter_map(|outcome| Some(outcome.answer.credential()?.digest()));
    let digests: Vec<_> = digests.collect();
    let copies = (1..digests.len()).any(|at| digests[..at].contains(&digests[at]));
    let document = !digests.is_empty();
    outcomes.iter_mut().for_each(|outcome| outcome.beside.document = document);
    let numbered = (1..).zip(outcomes);
    numbered.map(|(number, outcome)| outcome.at(Place::Code(OnPage { number, of, differ, copies }))).collect()
}

fn codes(bytes: &[u8], worker: &mut Worker) -> Result<Vec<Vec<u8>>, Trouble> {
    let mut reading = worker.read(bytes);
    match (reading.found.remove(&1), reading.stopped) {
        (Some(page), _) => page.codes.and_then(|codes| if codes.is_empty() { Err(Trouble::NoCode) } else { Ok(codes) }),
        (None, stopped) => Err(stopped.unwrap_or(Trouble::ReaderDied)),
    }
}
