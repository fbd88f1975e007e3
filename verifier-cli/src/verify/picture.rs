//! Pictures of papers: sizes are checked before anything is decoded, and all of it happens in isolation.

use std::time::Duration;

use credential_core::Judged;
use qr_reader::{Effort, ImageFormat, Picture, read};

use super::judge::Judge;
use super::outcome::{Input, OnPage, Outcome, Place};
use crate::isolation::{Failure, timed};
use crate::judged::differ;
use crate::trouble::Trouble;

/// Judges every code of a picture.
pub(super) fn judge(input: &Input, bytes: Vec<u8>, format: ImageFormat, judge: &Judge<'_>) -> Vec<Outcome> {
    match codes(bytes, format) {
        Ok(codes) => judge_page(input, &codes, judge),
        Err(trouble) => vec![Outcome::unreadable(input, trouble)],
    }
}

fn judge_page(input: &Input, codes: &[Vec<u8>], judge: &Judge<'_>) -> Vec<Outcome> {
    let outcomes: Vec<_> = codes.iter().map(|code| judge.bytes(input, code)).collect();
    let judged = outcomes.iter().map(|outcome| &outcome.judged);
    let (of, differ) = (codes.len(), differ(codes.iter().zip(judged)));
    let copies = outcomes.iter().filter(|outcome| matches!(outcome.judged, Judged::Document(_))).count() > 1;
    let numbered = (1..).zip(outcomes);
    numbered.map(|(number, outcome)| outcome.at(Place::Code(OnPage { number, of, differ, copies }))).collect()
}

fn codes(bytes: Vec<u8>, format: ImageFormat) -> Result<Vec<Vec<u8>>, Trouble> {
    let reading =
        timed(TIME_LIMIT, move || Picture::from_file(&bytes, format).map(|picture| read(&picture, Effort::Thorough)));
    let codes = reading.map_err(|failure| match failure {
        Failure::Died => Trouble::ReaderDied,
        Failure::TimedOut => Trouble::ReaderTimedOut,
    })??;
    if codes.is_empty() { Err(Trouble::NoCode) } else { Ok(codes) }
}

/// A picture of 16 million pixels without a code takes some seconds.
const TIME_LIMIT: Duration = Duration::from_secs(60);
