//! The header of a list: which column holds what.

use std::rc::Rc;
use std::sync::Arc;

use super::fault::{FaultKind, shown};
use super::limits::COLUMNS;
use super::mojibake;
use super::text::{Problem, nfc_text, single_spaced};
use crate::profile::Profile;

/// Indexes of the columns that a profile names.
pub(super) struct Layout {
    /// Headers as in the file.
    pub(super) names: Vec<Arc<str>>,
    pub(super) number: usize,
    /// Per language of the document, or once.
    pub(super) holder: Vec<Rc<[usize]>>,
    pub(super) birth_date: Option<usize>,
    pub(super) birth_place: Option<usize>,
    pub(super) identity: Option<usize>,
    pub(super) series: Option<usize>,
    pub(super) session: Option<usize>,
    pub(super) centre: Option<usize>,
    pub(super) honours: Option<usize>,
    pub(super) mean: Option<usize>,
    pub(super) archive_year: Option<usize>,
    pub(super) decision: Option<usize>,
    pub(super) subjects: Vec<SubjectLayout>,
    /// Per column, whether a cell may be empty.
    pub(super) may_be_empty: Vec<bool>,
}

/// Columns of one subject.
#[derive(Clone, Copy)]
pub(super) struct SubjectLayout {
    pub(super) name: usize,
    pub(super) coefficient: Option<usize>,
    pub(super) mark: usize,
}

/// A fault of the header: the column and what is wrong.
pub(super) type HeaderFault = (String, Problem);

impl Layout {
    /// Finds the profile's columns in a header; every one that is missing or doubtful is a fault.
    pub(super) fn find(header: &[String], profile: &Profile) -> Result<Self, Vec<HeaderFault>> {
        let mut search = Search { header: header.iter().map(|name| same(name)).collect(), faults: Vec::new() };
        if header.len() > COLUMNS {
            let message = format!(
                "the header has {} columns, at most {COLUMNS} are read; take out what is not needed",
                header.len()
            );
            return Err(vec![(String::new(), Problem::new(FaultKind::TooManyColumns, message))]);
        }
        let layout = search.layout(header, profile);
        if search.faults.is_empty() { Ok(layout) } else { Err(search.faults) }
    }

    /// How many of the profile's columns a header has, and how many it should have.
    pub(super) fn matches(header: &[String], profile: &Profile) -> (usize, usize) {
        let header: Vec<String> = header.iter().map(|name| same(name)).collect();
        let wanted = wanted(profile);
        (wanted.iter().filter(|name| header.contains(&same(name))).count(), wanted.len())
    }
}

/// Headers that a profile names.
fn wanted(profile: &Profile) -> Vec<String> {
    let mut search = Search { header: Vec::new(), faults: Vec::new() };
    search.layout(&[], profile);
    search.faults.into_iter().map(|(column, _)| column).collect()
}

struct Search {
    header: Vec<String>,
    faults: Vec<HeaderFault>,
}

impl Search {
    fn layout(&mut self, header: &[String], profile: &Profile) -> Layout {
        let list = &profile.list;
        let columns = &list.columns;
        let languages = profile.document.languages.iter();
        let holder = languages.filter_map(|language| columns.holder.get(language.as_str()));
        Layout {
            number: self.column(&columns.number),
            holder: holder.map(|names| names.iter().map(|name| self.column(name)).collect()).collect(),
            birth_date: self.optional(columns.birth_date.as_ref()),
            birth_place: self.optional(columns.birth_place.as_ref()),
            identity: self.optional(list.identity.as_ref().map(|identity| &identity.column)),
            series: self.optional(columns.series.as_ref()),
            session: self.optional(columns.session.as_ref()),
            centre: self.optional(columns.centre.as_ref()),
            honours: self.optional(columns.honours.as_ref()),
            mean: self.optional(columns.mean.as_ref()),
            archive_year: self.optional(columns.archive_year.as_ref()),
            decision: self.optional(list.decision.as_ref().map(|decision| &decision.column)),
            subjects: self.subjects(profile),
            may_be_empty: self.header.iter().map(|name| list.may_be_empty.iter().any(|of| same(of) == *name)).collect(),
            names: header.iter().map(|name| Arc::from(name.as_str())).collect(),
        }
    }

    fn subjects(&mut self, profile: &Profile) -> Vec<SubjectLayout> {
        let Some(subjects) = &profile.list.subjects else { return Vec::new() };
        let numbered = |pattern: &String, n: usize| pattern.replace("{n}", &n.to_string());
        let subject = |n| SubjectLayout {
            name: self.column(&numbered(&subjects.name, n)),
            coefficient: subjects.coefficient.as_ref().map(|pattern| self.column(&numbered(pattern, n))),
            mark: self.column(&numbered(&subjects.mark, n)),
        };
        (1..=subjects.count).map(subject).collect()
    }

    fn optional(&mut self, name: Option<&String>) -> Option<usize> {
        name.map(|name| self.column(name))
    }

    fn column(&mut self, name: &str) -> usize {
        let wanted = same(name);
        let mut found = self.header.iter().enumerate().filter(|(_, of)| **of == wanted);
        let problem = match (found.next(), found.next()) {
            (Some((at, _)), None) => return at,
            (Some((first, _)), Some((second, _))) => doubled(name, first, second),
            (None, _) => self.missing(name, &wanted),
        };
        // a column of several uses is one fault
        if !self.faults.iter().any(|(column, _)| column == name) {
            self.faults.push((name.to_owned(), problem));
        }
        0
    }

    fn missing(&self, name: &str, wanted: &str) -> Problem {
        if let Some(broken) =
            self.header.iter().find(|of| mojibake::mended(of).is_some_and(|mended| alike(&mended, wanted)))
        {
            let message = format!(
                "the header has {} for {}: the whole file was converted twice; export the list again from its source",
                shown(broken),
                shown(name)
            );
            return Problem::new(FaultKind::Mojibake, message);
        }
        let near = self.header.iter().find(|of| of.to_lowercase() == wanted.to_lowercase());
        let found = match near {
            Some(near) => format!("it has {}", shown(near)),
            None => {
                format!("it has {}", self.header.iter().take(8).map(|name| shown(name)).collect::<Vec<_>>().join(", "))
            }
        };
        let message =
            format!("the header has no column {}; {found}; correct the name under [list] of the profile", shown(name));
        Problem::new(FaultKind::MissingColumn, message)
    }
}

fn doubled(name: &str, first: usize, second: usize) -> Problem {
    let message =
        format!("the header has {} as column {} and as column {}; rename one", shown(name), first + 1, second + 1);
    Problem::new(FaultKind::DuplicateColumn, message)
}

/// Header names are compared without superfluous spaces and in composed form.
fn same(name: &str) -> String {
    nfc_text(&single_spaced(name)).into_owned()
}

/// Whether a mended header is the wanted one, where `?` stands for what was lost.
fn alike(mended: &str, wanted: &str) -> bool {
    mended.chars().count() == wanted.chars().count()
        && mended.chars().zip(wanted.chars()).all(|(a, b)| a == b || a == '?')
}
