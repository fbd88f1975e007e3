//! The one place that writes results: JSON lines, reports, or one line a code with a summary.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use credential_core::{Reason, UnixTime, legalisation_json, report_json};
use rayon::prelude::*;
use serde_json::Value;

use super::outcome::{IdentityCheck, Judged, OnPage, Outcome, Place, Spot};
use super::together::Together;
use super::{record, report};
use crate::json;
use crate::language::Language;

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
    counts: BTreeMap<(Subject, usize), u64>,
    statuses: BTreeSet<u8>,
}

/// What a code speaks of: counted apart, for a record is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Document,
    Legalisation,
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
        let (together, counts, statuses) = Default::default();
        Self { style, look, out, held: vec![], together, counts, statuses }
    }

    /// Writes outcomes; up to three are held back until it is clear that no more follow.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        let outcomes = self.together.put(outcomes);
        self.tell(outcomes)
    }

    fn tell(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        for outcome in &outcomes {
            *self.counts.entry((Subject::of(outcome), rank(outcome.reason()))).or_default() += 1;
            self.statuses.insert(outcome.exit_status());
        }
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
        let counts = self.counts.iter().map(|(&(subject, rank), &count)| (subject, Reason::ALL[rank], count));
        if self.style == Style::Lines {
            self.out.write_all(report::summary(&counts.collect::<Vec<_>>(), &self.look).as_bytes())?;
        }
        self.out.flush()?;
        Ok(exit_status(self.statuses.iter().copied()))
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
    match (style, &outcome.judged) {
        (Style::Json, _) => json_line(outcome, look.language),
        (Style::Lines, Judged::Document(_)) => report::line(outcome, look),
        (Style::Lines, Judged::Record(record, tie)) => record::line(outcome, record, tie, look),
        (_, Judged::Document(judged)) => report::report(outcome, judged, &record::records_of(outcome, all, look), look),
        (_, Judged::Record(_, tie)) if tie.document.as_ref().is_some_and(|spot| stands_in(spot, all)) => String::new(),
        (_, Judged::Record(judged, tie)) => record::report(outcome, judged, tie, look),
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
    match &outcome.judged {
        Judged::Document(report) => {
            let mut view = report_json(report);
            view["object"] = "document".into();
            view["words"] = language.words(report.reason()).into();
            members.extend(MEMBERS.map(|name| (name, view[name].take())));
        }
        Judged::Record(report, tie) => {
            let mut view = legalisation_json(report);
            view["object"] = "legalisation".into();
            view["words"] = record::words(report.reason(), tie.matched, language).into();
            // no member of a document is left out, and none of them is filled
            view["register"] = credential_core::Register::Unknown.code().into();
            members.extend(MEMBERS.map(|name| (name, view[name].take())));
            members.push(("legalisation", view["legalisation"].take()));
            members.push(("match", tie.matched.code().into()));
            members.extend(tie.document.iter().flat_map(|spot| place("match_input", "match_line", "match_code", spot)));
        }
    }
    if let Some(trouble) = outcome.trouble {
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

impl Subject {
    fn of(outcome: &Outcome) -> Self {
        match outcome.judged {
            Judged::Document(_) => Self::Document,
            Judged::Record(..) => Self::Legalisation,
        }
    }
}

/// Refused before not judged before accepted.
fn exit_status(statuses: impl Iterator<Item = u8>) -> u8 {
    statuses.max_by_key(|status| [0, 2, 1].get(usize::from(*status)).copied().unwrap_or(2)).unwrap_or(2)
}

/// Place in SPEC section 10.
fn rank(reason: Reason) -> usize {
    Reason::ALL.iter().position(|known| *known == reason).unwrap_or_default()
}

/// What was judged, then the members of the library's JSON view, in the order of its documentation.
const MEMBERS: [&str; 9] =
    ["object", "verdict", "reason", "words", "status", "status_as_of", "register", "issuer", "document"];
/// Whole reports are written for at most so many codes.
const REPORTS: usize = 3;
const BUFFER: usize = 1 << 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_weighs_more_than_not_judged_and_that_more_than_accepted() {
        let cases: [(&[u8], u8); 6] =
            [(&[0, 0], 0), (&[0, 2], 2), (&[2, 0], 2), (&[0, 1, 2], 1), (&[2, 1, 0], 1), (&[], 2)];
        for (statuses, expected) in cases {
            assert_eq!(exit_status(statuses.iter().copied()), expected, "{statuses:?}");
        }
    }

    #[test]
    fn no_member_of_the_librarys_view_is_left_out() {
        let view = report_json(&credential_core::Report::refused(Reason::NoTrust));
        let mut names: Vec<_> = view.as_object().unwrap().keys().map(String::as_str).collect();
        let mut members = MEMBERS;
        names.push("object");
        names.sort_unstable();
        members.sort_unstable();
        assert_eq!(names, members);
    }
}
