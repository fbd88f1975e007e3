//! From the cells of a row to a candidate.

use std::rc::Rc;
use std::sync::Arc;

use credential_core::{Mark, PartialDate, Text, TextFault, Words};
use csv::ByteRecord;

use super::candidate::{Candidate, SubjectResult};
use super::cells::{Cells, Row};
use super::clash::{Clash, Identifiers, Person, Place, Rest, Seen};
use super::fault::{FaultKind, shown};
use super::layout::{Layout, SubjectLayout};
use super::text::Problem;
use super::{date, name, number};
use crate::profile::Profile;

/// Reads rows one by one and compares each with those before it.
pub(super) struct Rows<'p> {
    pub(super) cells: Cells<'p>,
    seen: Seen,
}

impl<'p> Rows<'p> {
    pub(super) fn new(profile: &'p Profile, layout: Layout) -> Self {
        Self { cells: Cells::new(profile, layout), seen: Seen::default() }
    }

    /// The candidate of a row, unless the row holds an error.
    pub(super) fn candidate(&mut self, at: u32, record: &ByteRecord) -> Option<Candidate> {
        self.cells.count += 1;
        let row = &mut Row { at, record, failed: false };
        if !self.cells.check_cell_count(row) {
            return None;
        }
        let number = self.number(row);
        let holder = self.holder(row);
        let (session, session_year) = self.session(row);
        let birth = self.birth(row, session_year);
        let identity = self.identity(row);
        let birth_place = self.optional(self.cells.layout.birth_place, row);
        let centre = self.optional(self.cells.layout.centre, row);
        let series = self.series(row);
        let honours = self.honours(row);
        let subjects = self.subjects(row);
        let mean = self.mean(row);
        let admitted = self.decision(row, mean);
        let archive_year = self.archive_year(row, session_year);
        self.compare(row, number.as_ref(), holder.as_ref().zip(birth), identity.as_ref());
        if row.failed {
            return None;
        }
        let (number, holder) = (number?, holder?);
        Some(Candidate {
            row: at,
            number,
            holder,
            birth,
            birth_place: birth_place.and_then(|place| Text::new(&*place).ok()),
            identity,
            series,
            session,
            honours,
            mean,
            subjects,
            centre,
            archive_year,
            admitted,
            minutes: None,
        })
    }

    fn optional(&mut self, column: Option<usize>, row: &mut Row) -> Option<Arc<str>> {
        self.cells.filled(row, column?)
    }

    fn identity(&mut self, row: &mut Row) -> Option<Text> {
        let column = self.cells.layout.identity?;
        let identity = self.cells.unique(row, column)?;
        if identity.is_empty() {
            self.cells.empty(row, column, FaultKind::MissingValue);
            return None;
        }
        Text::new(identity).ok()
    }

    fn number(&mut self, row: &mut Row) -> Option<Text> {
        let column = self.cells.layout.number;
        let number = self.cells.unique(row, column)?;
        if number.is_empty() {
            let message = "the candidate has no number; write it".to_owned();
            self.cells.fault(row, column, Problem::new(FaultKind::MissingValue, message));
            return None;
        }
        let shape = self.cells.profile.list.number_shape.as_deref();
        self.cells.value(row, column, number::check_shape(&number, shape))?;
        Text::new(number).ok()
    }

    fn holder(&mut self, row: &mut Row) -> Option<Words> {
        let texts: Vec<_> = (0..self.cells.layout.holder.len()).map(|language| self.holder_in(row, language)).collect();
        Words::per_language(texts.into_iter().collect::<Option<_>>()?)
    }

    fn holder_in(&mut self, row: &mut Row, language: usize) -> Option<Text> {
        let columns = Rc::clone(&self.cells.layout.holder[language]);
        let parts: Vec<_> = columns.iter().map(|&column| self.name_part(row, column)).collect();
        let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
        let whole = parts.iter().filter(|part| !part.is_empty()).map(AsRef::as_ref).collect::<Vec<&str>>().join(" ");
        let longest = (0..parts.len()).rev().max_by_key(|&part| parts[part].chars().count())?;
        let column = columns[longest];
        let length = whole.chars().count();
        let most = self.cells.profile.document.longest_name;
        let name = Text::new(whole).map_err(|fault| no_name(&fault));
        let name = self.cells.value(row, column, name)?;
        if length > most {
            let message =
                format!("the whole name has {length} characters, more than {most}; look whether it fits the paper");
            self.cells.fault(row, column, Problem::new(FaultKind::VeryLongName, message));
        }
        Some(name)
    }

    fn name_part(&mut self, row: &mut Row, column: usize) -> Option<Arc<str>> {
        let part = self.cells.text(row, column)?;
        if part.is_empty() {
            self.cells.empty(row, column, FaultKind::MissingName);
        }
        if let Some(title) = name::title(&part) {
            let message =
                format!("{} holds the title {}; look whether it is part of the name", shown(&part), shown(title));
            self.cells.fault(row, column, Problem::new(FaultKind::TitleInName, message));
        }
        Some(part)
    }

    /// The session's cell, if it is a column, and its year.
    fn session(&mut self, row: &mut Row) -> (Option<Arc<str>>, Option<u16>) {
        let document = &self.cells.profile.document;
        let Some(column) = self.cells.layout.session else { return (None, document.session_year) };
        let Some(session) = self.cells.filled(row, column) else { return (None, None) };
        let year = self.cells.value(row, column, number::year(&session));
        (Some(session), year)
    }

    fn birth(&mut self, row: &mut Row, session_year: Option<u16>) -> Option<PartialDate> {
        let column = self.cells.layout.birth_date?;
        let text = self.cells.filled(row, column)?;
        let read = date::read(&text, &self.cells.profile.list);
        let birth = self.cells.value(row, column, read)?;
        let age = i32::from(session_year?) - i32::from(birth.year());
        if let Some(problem) = self.unlikely(&text, age) {
            self.cells.fault(row, column, problem);
        }
        Some(birth)
    }

    fn unlikely(&self, birth: &str, age: i32) -> Option<Problem> {
        if age < 0 {
            let message = format!("{} is after the session; correct the date", shown(birth));
            return Some(Problem::new(FaultKind::BirthInFuture, message));
        }
        let (youngest, oldest) = self.cells.profile.document.ages;
        if (i32::from(youngest)..=i32::from(oldest)).contains(&age) {
            return None;
        }
        let message = format!("born {}, aged about {age} at the session; look whether the year is right", shown(birth));
        Some(Problem::new(FaultKind::UnlikelyAge, message))
    }

    fn series(&mut self, row: &mut Row) -> Option<Arc<str>> {
        let column = self.cells.layout.series?;
        let series = self.cells.filled(row, column)?;
        let document = &self.cells.profile.document;
        if document.series(&series).is_none() {
            let problem = unknown(FaultKind::UnknownSeries, &series, "series", document.series_codes());
            self.cells.fault(row, column, problem);
        }
        Some(series)
    }

    fn honours(&mut self, row: &mut Row) -> Option<Arc<str>> {
        let column = self.cells.layout.honours?;
        if row.bytes(column).is_empty() {
            return None;
        }
        let honours = self.cells.filled(row, column)?;
        let document = &self.cells.profile.document;
        if document.honours(&honours).is_none() {
            let problem = unknown(FaultKind::UnknownHonours, &honours, "honours", document.honours_values());
            self.cells.fault(row, column, problem);
        }
        Some(honours)
    }

    fn mean(&mut self, row: &mut Row) -> Option<u32> {
        let column = self.cells.layout.mean?;
        if row.bytes(column).is_empty() {
            self.cells.empty(row, column, FaultKind::MissingValue);
            return None;
        }
        let profile = self.cells.profile;
        let read = number::mark(row.bytes(column), profile.list.decimal, profile.document.scale);
        self.cells.value(row, column, read)
    }

    fn decision(&mut self, row: &mut Row, mean: Option<u32>) -> bool {
        let profile = self.cells.profile;
        let passed = mean.zip(profile.document.pass_mark).map(|(mean, pass)| mean >= pass);
        let (Some(column), Some(decision)) = (self.cells.layout.decision, &profile.list.decision) else {
            return passed.unwrap_or(true);
        };
        let Some(value) = self.cells.filled(row, column) else { return false };
        let stands_in = |values: &[String]| values.iter().any(|of| **of == *value);
        let admitted = stands_in(&decision.admitted);
        if !admitted && !stands_in(&decision.not_admitted) {
            let known = decision.admitted.iter().chain(&decision.not_admitted).map(String::as_str);
            let problem = unknown(FaultKind::UnknownDecision, &value, "decision", known);
            self.cells.fault(row, column, problem);
            return false;
        }
        if passed.is_some_and(|passed| passed != admitted) {
            let side = if admitted { "below" } else { "not below" };
            let message =
                format!("the decision is {} with a mean {side} the pass mark; look in the minutes", shown(&value));
            self.cells.fault(row, column, Problem::new(FaultKind::DecisionAgainstMean, message));
        }
        admitted
    }

    fn archive_year(&mut self, row: &mut Row, session_year: Option<u16>) -> Option<u16> {
        let column = self.cells.layout.archive_year?;
        if self.cells.layout.session == Some(column) {
            return session_year;
        }
        let text = self.cells.filled(row, column)?;
        self.cells.value(row, column, number::year(&text))
    }

    fn subjects(&mut self, row: &mut Row) -> Box<[SubjectResult]> {
        let most = self.cells.layout.subjects.len();
        // of the right size from the start: 451,117 boxes that shrink would cost a second
        let mut subjects = Vec::with_capacity(most);
        subjects.extend((0..most).filter_map(|at| self.subject(row, self.cells.layout.subjects[at])));
        subjects.into_boxed_slice()
    }

    fn subject(&mut self, row: &mut Row, columns: SubjectLayout) -> Option<SubjectResult> {
        if row.bytes(columns.name).is_empty() && row.bytes(columns.mark).is_empty() {
            return None;
        }
        let name = self.subject_name(row, columns.name);
        let mark = self.mark(row, columns.mark);
        let coefficient = columns.coefficient.map(|column| {
            let read = number::coefficient(row.bytes(column));
            self.cells.value(row, column, read)
        });
        Some(SubjectResult { name: name?, coefficient: coefficient.flatten(), mark: mark? })
    }

    /// A mark must have a subject, even where the profile lets the column be empty.
    fn subject_name(&mut self, row: &mut Row, column: usize) -> Option<Arc<str>> {
        let name = self.cells.text(row, column)?;
        if name.is_empty() {
            let message = "there is a mark, but no subject; write the subject or take the mark out".to_owned();
            self.cells.fault(row, column, Problem::new(FaultKind::MissingValue, message));
        }
        Some(name)
    }

    fn mark(&mut self, row: &mut Row, column: usize) -> Option<Mark> {
        let profile = self.cells.profile;
        let words = profile.list.subjects.as_ref().map_or(&[][..], |subjects| &subjects.marks_in_words);
        let read = number::mark_or_word(row.bytes(column), profile.list.decimal, profile.document.scale, words);
        self.cells.value(row, column, read)
    }

    fn compare(
        &mut self,
        row: &mut Row,
        number: Option<&Text>,
        person: Option<(&Words, PartialDate)>,
        identity: Option<&Text>,
    ) {
        let layout = &self.cells.layout;
        let person = person.map(|(holder, birth)| Person { name: holder.first(), birth });
        let line = Identifiers {
            row: row.at,
            number: number.map(Text::as_str),
            person,
            identity: identity.map(Text::as_str),
            rest: Rest { record: row.record, without: layout.number },
        };
        let Some(Clash { place, with_row, problem }) = self.seen.add(&line) else { return };
        let column = match place {
            Place::Number => layout.number,
            Place::Name => layout.holder[0].iter().copied().min().unwrap_or(layout.number),
            Place::Identity => layout.identity.unwrap_or(layout.number),
        };
        self.cells.clash(row, column, problem, Some(with_row));
    }
}

fn unknown<'a>(kind: FaultKind, value: &str, what: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let known = known.take(12).map(shown).collect::<Vec<_>>().join(", ");
    Problem::new(
        kind,
        format!("{} is no {what} of the profile ({known}); correct it, or add it to the profile", shown(value)),
    )
}

fn no_name(fault: &TextFault) -> Problem {
    let kind = match fault {
        TextFault::TooLong { .. } => FaultKind::TooLong,
        _ => FaultKind::MissingName,
    };
    Problem::new(kind, format!("the whole name cannot be sealed: {fault}; shorten or complete it"))
}
