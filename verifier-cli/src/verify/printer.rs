//! The one place that writes results: JSON lines, reports, or one line a code with a summary.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use credential_core::{Reason, UnixTime, report_json};
use rayon::prelude::*;
use serde_json::Value;

use super::outcome::{IdentityCheck, OnPage, Outcome, Place};
use super::report;
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
    counts: BTreeMap<usize, u64>,
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
        Self { style, look: Look { language, now, colours }, out, held: vec![], counts: BTreeMap::new() }
    }

    /// Writes outcomes; up to three are held back until it is clear that no more follow.
    pub(super) fn put(&mut self, outcomes: Vec<Outcome>) -> io::Result<()> {
        for outcome in &outcomes {
            *self.counts.entry(rank(outcome.report.reason())).or_default() += 1;
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
        let held = std::mem::take(&mut self.held);
        self.write(&held)?;
        let counts: Vec<_> = self.counts.iter().map(|(&rank, &count)| (Reason::ALL[rank], count)).collect();
        if self.style == Style::Lines {
            self.out.write_all(report::summary(&counts, &self.look).as_bytes())?;
        }
        self.out.flush()?;
        Ok(exit_status(counts.iter().map(|(reason, _)| reason.exit_status())))
    }

    fn write(&mut self, outcomes: &[Outcome]) -> io::Result<()> {
        let (style, look) = (self.style, &self.look);
        let texts: Vec<String> = outcomes.par_iter().map(|outcome| render(outcome, style, look)).collect();
        texts.iter().try_for_each(|text| self.out.write_all(text.as_bytes()))?;
        self.out.flush()
    }
}

fn render(outcome: &Outcome, style: Style, look: &Look) -> String {
    match style {
        Style::Json => json_line(outcome, look.language),
        Style::Lines => report::line(outcome, look),
        Style::Reports | Style::ReportsOrLines => report::report(outcome, look),
    }
}

/// `input` first, then where the code stands, then all of the library's JSON view.
fn json_line(outcome: &Outcome, language: Language) -> String {
    let mut members = vec![("input", Value::from(outcome.input.given.to_string_lossy()))];
    match outcome.place {
        Place::Whole => {}
        Place::Line(line) => members.push(("line", line.into())),
        Place::Code(OnPage { number, of, differ }) => {
            members.extend([("code", number.into()), ("codes", of.into()), ("codes_differ", differ.into())]);
        }
    }
    let mut report = report_json(&outcome.report);
    report["words"] = language.words(outcome.report.reason()).into();
    members.extend(MEMBERS.map(|name| (name, report[name].take())));
    if let Some(trouble) = outcome.trouble {
        members.push(("detail", trouble.sentence(language).into()));
    }
    if let Some(check) = outcome.identity {
        members.push(("identity_matches", matches(check)));
    }
    json::object(members) + "\n"
}

fn matches(check: IdentityCheck) -> Value {
    match check {
        IdentityCheck::Matches => true.into(),
        IdentityCheck::Differs => false.into(),
        IdentityCheck::NothingToCompare => Value::Null,
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

/// Members of the library's JSON view, in the order of its documentation.
const MEMBERS: [&str; 8] = ["verdict", "reason", "words", "status", "status_as_of", "register", "issuer", "document"];
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
        names.sort_unstable();
        members.sort_unstable();
        assert_eq!(names, members);
    }
}
