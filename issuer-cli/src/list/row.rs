//! From the cells of a row to a candidate.

use std::rc::Rc;
use std::sync::Arc;

use credential_core::document::{Date, Outcome, PartialDate, Text, TextFault, Words};
use csv::ByteRecord;

use super::candidate::{Candidate, Values};
use super::cells::{Cells, Row};
use super::clash::{Clash, Identifiers, Person, Place, Rest, Seen};
use super::fault::{FaultKind, shown};
use super::layout::Layout;
use super::lines::unknown;
use super::table::TableMemory;
use super::text::Problem;
use super::{name, number};
use crate::profile::Profile;

/// Reads rows one by one and compares each with those before it.
pub(super) struct Rows<'p> {
    pub(super) cells: Cells<'p>,
    seen: Seen,
    pub(super) table_memory: TableMemory,
    /// Of each outcome.
    codes: [Arc<str>; 3],
}

impl<'p> Rows<'p> {
    pub(super) fn new(profile: &'p Profile, layout: Layout) -> Self {
        Self {
            cells: Cells::new(profile, layout),
            seen: Seen::default(),
            table_memory: TableMemory::default(),
            codes: Outcome::ALL.map(|outcome| outcome.code().into()),
        }
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
        let (place, centre) = (self.cells.layout.birth_place.clone(), self.cells.layout.centre.clone());
        let birth_place = self.optional_words(row, place);
        let centre = self.optional_words(row, centre);
        let series = self.series(row);
        let honours = self.honours(row);
        let table = self.table(row);
        let mean = self.mean(row);
        let (outcome, decision) = self.decision(row, mean);
        let archive_year = self.archive_year(row, session_year);
        let awarded = self.cells.layout.awarded.clone();
        let awarded = self.day(row, &awarded);
        let valid_until = self.last_day(row);
        let [person, award, summaries] = [0, 1, 2].map(|which| self.values(row, which));
        let birth_day = birth.as_ref().and_then(Date::partial);
        self.compare(row, number.as_ref(), holder.as_ref().zip(birth_day), identity.as_ref());
        if row.failed {
            return None;
        }
        let (number, holder) = (number?, holder?);
        Some(Candidate {
            row: at,
            number,
            holder,
            birth,
            birth_place,
            identity,
            series,
            session,
            honours,
            mean,
            table,
            lines: Values { person, award, summaries },
            centre,
            archive_year,
            awarded,
            valid_until,
            outcome,
            decision,
            minutes: None,
        })
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
        let languages = 0..self.cells.layout.holder.len();
        let texts: Vec<_> = languages.map(|language| self.holder_in(row, language)).collect();
        let holder = Words::per_language(texts.into_iter().collect::<Option<_>>()?);
        if holder.is_none() {
            let column = self.cells.layout.holder.iter().find_map(|columns| columns.first()).copied();
            let message = "the candidate has no name in any language; write it".to_owned();
            self.cells.fault(row, column.unwrap_or_default(), Problem::new(FaultKind::MissingName, message));
        }
        holder
    }

    /// The name in one language, `None` inside where nothing is printed; `None` if it holds a fault.
    fn holder_in(&mut self, row: &mut Row, language: usize) -> Option<Option<Text>> {
        let columns = Rc::clone(&self.cells.layout.holder[language]);
        let parts: Vec<_> = columns.iter().map(|&column| self.name_part(row, column)).collect();
        let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
        let whole = parts.iter().filter(|part| !part.is_empty()).map(AsRef::as_ref).collect::<Vec<&str>>().join(" ");
        let several = self.cells.layout.holder.len() > 1;
        let may_be_empty = columns.iter().all(|&column| self.cells.layout.may_be_empty[column]);
        let Some(longest) = (0..parts.len()).rev().max_by_key(|&part| parts[part].chars().count()) else {
            return Some(None);
        };
        if whole.is_empty() && several && may_be_empty {
            return Some(None);
        }
        if whole.is_empty() && !may_be_empty {
            return None; // each empty cell has its fault
        }
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
        Some(Some(name))
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

    fn birth(&mut self, row: &mut Row, session_year: Option<u16>) -> Option<Date> {
        let columns = self.cells.layout.birth.clone();
        let birth = self.day(row, &columns)?;
        if let (Some(day), Some(year), Some(column)) = (birth.partial(), session_year, columns.date) {
            let age = i32::from(year) - i32::from(day.year());
            let text = String::from_utf8_lossy(row.bytes(column)).into_owned();
            if let Some(problem) = self.unlikely(&text, age) {
                self.cells.fault(row, column, problem);
            }
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

    fn mean(&mut self, row: &mut Row) -> Option<i64> {
        let (column, scale) = self.cells.layout.mean.zip(self.cells.profile.document.mean)?;
        self.number_in(row, column, scale)
    }

    /// What was decided, and the value of the list that says so.
    fn decision(&mut self, row: &mut Row, mean: Option<i64>) -> (Outcome, Option<Arc<str>>) {
        let profile = self.cells.profile;
        let passed = mean.zip(profile.document.pass_mark).map(|(mean, pass)| mean >= pass);
        let (Some(column), Some(decision)) = (self.cells.layout.decision, &profile.list.decision) else {
            let Some(passed) = passed else { return (Outcome::Admitted, None) };
            let outcome = if passed { Outcome::Admitted } else { Outcome::NotAdmitted };
            return (outcome, Some(self.code(outcome)));
        };
        let Some(value) = self.cells.filled(row, column) else { return (Outcome::NotAdmitted, None) };
        let Some(outcome) = decision.outcome(&value) else {
            let problem = unknown(FaultKind::UnknownDecision, &value, "decision", decision.values());
            self.cells.fault(row, column, problem);
            return (Outcome::NotAdmitted, None);
        };
        let against = match outcome {
            Outcome::Admitted => passed == Some(false),
            Outcome::NotAdmitted => passed == Some(true),
            Outcome::Otherwise => false,
        };
        if against {
            let side = if outcome == Outcome::Admitted { "below" } else { "not below" };
            let message =
                format!("the decision is {} with a mean {side} the pass mark; look in the minutes", shown(&value));
            self.cells.fault(row, column, Problem::new(FaultKind::DecisionAgainstMean, message));
        }
        (outcome, Some(value))
    }

    /// The code of an outcome, one for all rows.
    fn code(&self, outcome: Outcome) -> Arc<str> {
        let [not_admitted, admitted, otherwise] = &self.codes;
        Arc::clone(match outcome {
            Outcome::NotAdmitted => not_admitted,
            Outcome::Admitted => admitted,
            Outcome::Otherwise => otherwise,
        })
    }

    fn archive_year(&mut self, row: &mut Row, session_year: Option<u16>) -> Option<u16> {
        let column = self.cells.layout.archive_year?;
        if self.cells.layout.session == Some(column) {
            return session_year;
        }
        let text = self.cells.filled(row, column)?;
        self.cells.value(row, column, number::year(&text))
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
            Place::Name => layout.holder.iter().find_map(|names| names.iter().copied().min()).unwrap_or(layout.number),
            Place::Identity => layout.identity.unwrap_or(layout.number),
        };
        self.cells.clash(row, column, problem, Some(with_row));
    }
}

fn no_name(fault: &TextFault) -> Problem {
    let kind = match fault {
        TextFault::TooLong { .. } => FaultKind::TooLong,
        _ => FaultKind::MissingName,
    };
    Problem::new(kind, format!("the whole name cannot be sealed: {fault}; shorten or complete it"))
}
