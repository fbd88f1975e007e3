//! The header of a list: which column holds what.

use std::rc::Rc;
use std::sync::Arc;

use super::fault::{FaultKind, shown};
use super::limits::COLUMNS;
use super::mojibake;
use super::text::{Problem, nfc_text, single_spaced};
use crate::profile::{PrintedDate, PrintedLine, Profile, Table, TableColumn, TextColumns, ValueFrom};

/// Indexes of the columns that a profile names.
pub(super) struct Layout {
    /// Headers as in the file.
    pub(super) names: Vec<Arc<str>>,
    pub(super) number: usize,
    /// Per language of the document, or once; no column where the paper prints no name.
    pub(super) holder: Vec<Rc<[usize]>>,
    pub(super) birth: DateLayout,
    pub(super) birth_place: Option<TextLayout>,
    pub(super) identity: Option<usize>,
    pub(super) series: Option<usize>,
    pub(super) session: Option<usize>,
    pub(super) centre: Option<TextLayout>,
    pub(super) honours: Option<usize>,
    pub(super) mean: Option<usize>,
    pub(super) archive_year: Option<usize>,
    pub(super) awarded: DateLayout,
    pub(super) valid_until: DateLayout,
    pub(super) decision: Option<usize>,
    pub(super) table: TableLayout,
    /// Columns of the lines about the person, about the award, and of the summaries; none for fixed words and for optional
    /// columns that the list lacks.
    pub(super) lines: [Rc<[Option<TextLayout>]>; 3],
    /// Per column, whether a cell may be empty.
    pub(super) may_be_empty: Vec<bool>,
    /// Optional columns that the list does not have.
    pub(super) left_out: Vec<String>,
}

/// Columns of one text: one for all languages, or one for each, with none where nothing is printed.
pub(super) type TextLayout = Rc<[Option<usize>]>;

/// Columns of a date and of its words.
#[derive(Clone, Default)]
pub(super) struct DateLayout {
    pub(super) date: Option<usize>,
    pub(super) printed: Option<TextLayout>,
}

/// Columns of the table of results.
#[derive(Default)]
pub(super) struct TableLayout {
    /// The profile's columns that the list has, by their places in it.
    pub(super) columns: Arc<[usize]>,
    pub(super) subjects: Rc<[SubjectLayout]>,
    /// For each heading and total a cell of each column.
    pub(super) fixed: Rc<[Option<usize>]>,
}

/// Columns of one subject.
pub(super) struct SubjectLayout {
    /// `None` if the name is fixed.
    pub(super) name: Option<usize>,
    pub(super) cells: Box<[usize]>,
}

/// A fault of the header: the column and what is wrong.
pub(super) type HeaderFault = (String, Problem);

impl Layout {
    /// Finds the profile's columns in a header; every one that is missing or doubtful is a fault.
    pub(super) fn find(header: &[String], profile: &Profile) -> Result<Self, Vec<HeaderFault>> {
        let mut search = Search::new(header.iter().map(|name| same(name)).collect());
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
    let mut search = Search::new(Vec::new());
    search.layout(&[], profile);
    search.faults.into_iter().map(|(column, _)| column).collect()
}

struct Search {
    header: Vec<String>,
    faults: Vec<HeaderFault>,
    left_out: Vec<String>,
}

impl Search {
    fn new(header: Vec<String>) -> Self {
        Self { header, faults: Vec::new(), left_out: Vec::new() }
    }

    fn layout(&mut self, header: &[String], profile: &Profile) -> Layout {
        let (list, document) = (&profile.list, &profile.document);
        let columns = &list.columns;
        let tags = || document.languages.iter().map(credential_core::document::Language::as_str);
        let holder: Vec<_> = match columns.holder.values().next() {
            Some(only) if columns.holder.len() == 1 => vec![only],
            _ => tags().filter_map(|tag| columns.holder.get(tag)).collect(),
        };
        let languages: Vec<&str> = tags().collect();
        let lines = [&document.person_lines, &document.award_lines, &document.summaries];
        Layout {
            number: self.column(&columns.number),
            holder: holder.iter().map(|names| names.iter().map(|name| self.column(name)).collect()).collect(),
            birth: DateLayout {
                date: self.optional(columns.birth_date.as_ref()),
                printed: self.text(columns.birth_date_printed.as_ref(), &languages),
            },
            birth_place: self.text(columns.birth_place.as_ref(), &languages),
            identity: self.optional(list.identity.as_ref().map(|identity| &identity.column)),
            series: self.optional(columns.series.as_ref()),
            session: self.optional(columns.session.as_ref()),
            centre: self.text(columns.centre.as_ref(), &languages),
            honours: self.optional(columns.honours.as_ref()),
            mean: self.optional(columns.mean.as_ref()),
            archive_year: self.optional(columns.archive_year.as_ref()),
            awarded: self.date(document.awarded.as_ref(), &languages),
            valid_until: self.date(document.valid_until.as_ref(), &languages),
            decision: self.optional(list.decision.as_ref().map(|decision| &decision.column)),
            table: profile.table.as_ref().map(|table| self.table(table)).unwrap_or_default(),
            lines: lines.map(|lines| lines.iter().map(|line| self.line(line, &languages)).collect()),
            may_be_empty: self.header.iter().map(|name| list.may_be_empty.iter().any(|of| same(of) == *name)).collect(),
            names: header.iter().map(|name| Arc::from(name.as_str())).collect(),
            left_out: std::mem::take(&mut self.left_out),
        }
    }

    fn table(&mut self, table: &Table) -> TableLayout {
        let headers = |column: &TableColumn| (0..table.count()).map(|n| table.header(column, n)).collect::<Vec<_>>();
        let present: Arc<[usize]> = (0..table.columns.len())
            .filter(|&at| {
                let column = &table.columns[at];
                !column.optional || self.has_any(&headers(column), &column.from)
            })
            .collect();
        let subject = |n: usize| SubjectLayout {
            name: table.name_header(n).map(|header| self.column(&header)),
            cells: present.iter().map(|&at| self.column(&table.header(&table.columns[at], n))).collect(),
        };
        let subjects = (0..table.count()).map(subject).collect();
        let cells = table.rows.iter().flat_map(|row| present.iter().map(|&at| row.cells[at].as_ref()));
        let fixed = cells.map(|column| column.map(|column| self.column(column))).collect();
        TableLayout { columns: present, subjects, fixed }
    }

    /// Whether the header has one of some optional columns; it is then to have them all.
    fn has_any(&mut self, headers: &[String], shown: &str) -> bool {
        let found = headers.iter().any(|header| self.header.contains(&same(header)));
        if !found {
            self.left_out.push(shown.to_owned());
        }
        found
    }

    fn line(&mut self, line: &PrintedLine, languages: &[&str]) -> Option<TextLayout> {
        match &line.value {
            ValueFrom::Fixed(_) => None,
            _ if line.optional && !self.has_any(&line.value.columns(), &line.value.columns().join(", ")) => None,
            ValueFrom::Words { columns, .. } => self.text(Some(columns), languages),
            ValueFrom::Number { column, .. } => Some([Some(self.column(column))].into()),
        }
    }

    fn date(&mut self, date: Option<&PrintedDate>, languages: &[&str]) -> DateLayout {
        DateLayout {
            date: self.optional(date.and_then(|date| date.column.as_ref())),
            printed: self.text(date.and_then(|date| date.printed_column.as_ref()), languages),
        }
    }

    fn text(&mut self, columns: Option<&TextColumns>, languages: &[&str]) -> Option<TextLayout> {
        Some(match columns? {
            TextColumns::Same(column) => [Some(self.column(column))].into(),
            TextColumns::PerLanguage(columns) => {
                languages.iter().map(|tag| columns.get(*tag).map(|column| self.column(column))).collect()
            }
        })
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
