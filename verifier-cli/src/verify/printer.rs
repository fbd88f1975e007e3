//! The one place that writes results: JSON lines, reports, or one line a code with a summary.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use credential_core::answer::Judged;
use credential_core::time::UnixTime;
use rayon::prelude::*;
use serde_json::Value;

use super::outcome::{IdentityCheck, OnPage, Outcome, Place, Spot};
use super::together::Together;
use super::{record, report};
use crate::json;
use crate::judged::{Answer, view};
use crate::language::Language;
use crate::tally::Tally;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// One object per code.
    Json,
    /// A report per code, however many there are.
    Reports,
    /// A report per code up to three, else a line per code and a summary.
    ReportsOrLines,
    /// A line per code.
    Lines,
}

impl Style {
    pub(super) fn people(verbose: bool) -> Self {
        if verbose { Self::Reports } else { Self::ReportsOrLines }
    }
}

/// Writes outcomes in the order in which it gets them, and keeps count.
pub(super) struct Printer {
    style: Style,
    look: Look,
    out: BufWriter<StdoutLock<'static>>,
    held: Vec<Outcome>,
    together: Together,
    tally: Tally,
}

/// How people see results.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) language: Language,
    pub(super) now: UnixTime,
    pub(super) colours: bool,
}

impl Printer {
    pub(super) fn new(style: Style, language: Language, now: UnixTime) -> Self {
        let stdout = io::stdout().lock();
        let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
        let out = BufWriter::with_capacity(BUFFER, stdout);
        let look = Look { language, now, colours };
        Self { style, look, out, held: vec![], together: Together::default(), tally: Tally::default() }
    }

    /// Writes outcomes; up to three are held back until it is clear that no more follow.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        let outcomes = self.together.put(outcomes);
        self.tell(outcomes)
    }

    fn tell(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        outcomes.iter().for_each(|outcome| self.tally.add(&outcome.answer, outcome.tie.matched, outcome.beside));
        if self.style != Style::ReportsOrLines {
            return self.write(&outcomes);
        }
        self.held.extend(outcomes);
        if self.held.len() <= REPORTS {
            return Ok(());
        }
        self.style = Style::Lines;
        let held = std::mem::take(&mut self.held);
        self.write(&held)
    }

    /// Writes what is held back and the summary. The result is the exit status.
    pub(super) fn finish(mut self) -> io::Result<u8> {
        let waited = self.together.finish();
        self.tell(waited)?;
        let held = std::mem::take(&mut self.held);
        self.write(&held)?;
        if self.style == Style::Lines {
            self.out.write_all(report::summary(&self.tally, self.look.language).as_bytes())?;
        }
        self.out.flush()?;
        Ok(self.tally.exit_status())
    }

    fn write(&mut self, outcomes: &[Outcome]) -> io::Result<()> {
        let (style, look) = (self.style, &self.look);
        let texts: Vec<String> = outcomes.par_iter().map(|outcome| render(outcome, outcomes, style, look)).collect();
        texts.iter().try_for_each(|text| self.out.write_all(text.as_bytes()))?;
        self.out.flush()
    }
}

/// One outcome of those that are written together; in reports a record is told with its document.
fn render(outcome: &Outcome, all: &[Outcome], style: Style, look: &Look) -> String {
    let record = match &outcome.answer {
        Answer::Judged(Judged::Legalisation(judged)) => Some(judged),
        _ => None,
    };
    match (style, record) {
        (Style::Json, _) => json_line(outcome, look.language),
        (Style::Lines, None) => report::line(outcome, look),
        (Style::Lines, Some(judged)) => record::line(outcome, judged, look),
        (_, None) => report::report(outcome, &record::records_of(outcome, all, look), look),
        (_, Some(_)) if outcome.tie.document.as_ref().is_some_and(|spot| stands_in(spot, all)) => String::new(),
        (_, Some(judged)) => record::report(outcome, judged, look),
    }
}

fn stands_in(spot: &Spot, all: &[Outcome]) -> bool {
    all.iter().any(|outcome| outcome.spot == *spot)
}

/// `input` first, then where the code stands, then all of the library's JSON view.
fn json_line(outcome: &Outcome, language: Language) -> String {
    let mut members = place("input", "line", "code", &outcome.spot);
    if let Place::Code(OnPage { of, differ, .. }) = outcome.spot.place {
        members.extend([("codes", of.into()), ("codes_differ", differ.into())]);
    }
    let mut view = view(&outcome.answer, outcome.tie.matched, language);
    members.extend(MEMBERS.map(|name| (name, view[name].take())));
    if let Answer::Judged(Judged::Legalisation(_)) = outcome.answer {
        members.extend(["legalisation", "match"].map(|name| (name, view[name].take())));
        let document = outcome.tie.document.iter();
        members.extend(document.flat_map(|spot| place("match_input", "match_line", "match_code", spot)));
    }
    if outcome.exit_status().is_none() {
        members.push(("counts", false.into()));
    }
    if outcome.beside.all_sheets {
        members.push(("all_sheets", true.into()));
    }
    if let Some(trouble) = outcome.answer.trouble() {
        members.push(("detail", trouble.sentence(language).into()));
    }
    if let Some(check) = outcome.identity {
        members.push(("identity_matches", matches(check)));
    }
    json::object(members) + "\n"
}

/// Where a code stands: its input, and which line or code of it.
fn place(input: &'static str, line: &'static str, code: &'static str, spot: &Spot) -> Vec<(&'static str, Value)> {
    let mut members = vec![(input, Value::from(spot.input.given.to_string_lossy()))];
    match spot.place {
        Place::Whole => {}
        Place::Line(number) => members.push((line, number.into())),
        Place::Code(OnPage { number, .. }) => members.push((code, number.into())),
    }
    members
}

fn matches(check: IdentityCheck) -> Value {
    match check {
        IdentityCheck::Matches => true.into(),
        IdentityCheck::Differs => false.into(),
        IdentityCheck::NothingToCompare => Value::Null,
    }
}

/// What was judged, then the members of the library's JSON view, in the order of its documentation.
const MEMBERS: [&str; 11] = [
    "object",
    "verdict",
    "reason",
    "words",
    "status",
    "status_as_of",
    "sealed_after_list",
    "register",
    "cause",
    "issuer",
    "document",
];
/// Whole reports are written for at most so many codes.
const REPORTS: usize = 3;
const BUFFER: usize = 1 << 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_member_of_the_librarys_view_is_left_out() {
        let report = credential_core::verify("", &credential_core::TrustStore::new(), 0);
        let view: Value = serde_json::from_str(&credential_core::json::report_json(&report)).unwrap();
        let mut names: Vec<_> = view.as_object().unwrap().keys().map(String::as_str).collect();
        let mut members = MEMBERS;
        names.push("object");
        names.sort_unstable();
        members.sort_unstable();
        assert_eq!(names, members);
    }
}
