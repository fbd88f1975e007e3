//! The rules of claims, and those among them that the types of a document do not hold by themselves.

use super::{
    Cell, Column, ColumnRole, Decision, Document, Edition, Heading, Identity, IdentityForm, Kind, Line, LineValue,
    Lines, Number, Outcome, Results, Row, RowKind, Sheet,
};
use crate::date::Date;
use crate::words::{Language, MOST_LANGUAGES, TextFault, Words};

/// Which rule a document breaks, and in which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct BrokenRule {
    /// Name of the field, as in the JSON view.
    pub field: &'static str,
    /// The rule.
    pub rule: Rule,
}

/// Rules of SPEC section 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// CLM-2.
    #[error("a field that must be there is missing")]
    Missing,
    /// CLM-4.
    #[error("a value has another type or shape than the rules state")]
    Shape,
    /// CLM-4.
    #[error("a value is out of its range")]
    Range,
    /// CLM-5, CLM-6.
    #[error("{0}")]
    Text(TextFault),
    /// CLM-7.
    #[error("a language is malformed or occurs twice")]
    Language,
    /// CLM-8.
    #[error("there is no such date")]
    Date,
    /// CLM-9.
    #[error("a column has not as many cells as there are rows")]
    Columns,
    /// CLM-10.
    #[error("a role stands in two columns, or a column has neither a role nor a heading")]
    Roles,
    /// CLM-11.
    #[error("a transcript has no column of results")]
    Transcript,
    /// CLM-12.
    #[error("there are not as many texts as languages")]
    LanguageCount,
    /// CLM-13.
    #[error("the last day of validity has no date, or the document is a diploma")]
    ValidUntil,
    /// CLM-14.
    #[error("a diploma says that its holder was not admitted")]
    DiplomaNotAdmitted,
    /// CLM-15.
    #[error("the sheet's number is above the count of sheets")]
    Sheet,
    /// CLM-16.
    #[error("results or lines are there and hold nothing")]
    Nothing,
}

impl Rule {
    pub(crate) fn of(self, field: &'static str) -> BrokenRule {
        BrokenRule { field, rule: self }
    }

    /// The number of the rule in SPEC.md.
    pub fn number(self) -> &'static str {
        match self {
            Self::Missing => "CLM-2",
            Self::Shape | Self::Range => "CLM-4",
            Self::Text(TextFault::Forbidden { .. } | TextFault::CombiningMarks { .. }) => "CLM-6",
            Self::Text(_) => "CLM-5",
            Self::Language => "CLM-7",
            Self::Date => "CLM-8",
            Self::Columns => "CLM-9",
            Self::Roles => "CLM-10",
            Self::Transcript => "CLM-11",
            Self::LanguageCount => "CLM-12",
            Self::ValidUntil => "CLM-13",
            Self::DiplomaNotAdmitted => "CLM-14",
            Self::Sheet => "CLM-15",
            Self::Nothing => "CLM-16",
        }
    }
}

impl Document {
    /// Checks what the types of the fields do not hold by themselves.
    pub fn check(&self) -> Result<(), BrokenRule> {
        let count = self.languages.len();
        if !(1..=MOST_LANGUAGES).contains(&count) {
            return Err(Rule::Range.of("languages"));
        }
        let Self {
            kind: _,
            languages: _,
            holder,
            birth,
            birth_place,
            identity,
            number: _,
            title,
            series,
            session,
            honours,
            authority,
            centre,
            results,
            minutes: _,
            edition,
            archive,
            valid_until,
            awarded,
            decision,
            lines,
            sheet,
        } = self;
        let decision_words = decision.as_ref().and_then(|Decision { outcome: _, words }| words.as_ref());
        let words = [
            ("holder", Some(holder)),
            ("birth", birth.as_ref().and_then(Date::words)),
            ("birth_place", birth_place.as_ref()),
            ("identity", identity.as_ref().and_then(|identity| identity.name.as_ref())),
            ("title", Some(title)),
            ("series", series.as_ref()),
            ("session", Some(session)),
            ("honours", honours.as_ref()),
            ("authority", Some(authority)),
            ("centre", centre.as_ref()),
            ("valid_until", valid_until.as_ref().and_then(Date::words)),
            ("awarded", awarded.as_ref().and_then(Date::words)),
            ("decision", decision_words),
        ];
        words.into_iter().try_for_each(|(field, words)| {
            words.map_or(Ok(()), |words| check_languages(words, count)).map_err(|rule| rule.of(field))
        })?;
        check_identity(identity.as_ref()).map_err(|rule| rule.of("identity"))?;
        if let Some(results) = results {
            results.check(count).map_err(|rule| rule.of("results"))?;
        }
        check_edition(edition).map_err(|rule| rule.of("edition"))?;
        if archive.is_some_and(|archive| !(1900..=2200).contains(&archive.year)) {
            return Err(Rule::Range.of("archive"));
        }
        check_lines(lines, count).map_err(|rule| rule.of("lines"))?;
        if sheet.is_some_and(|sheet| !(1..=16).contains(&sheet.number) || !(2..=16).contains(&sheet.of)) {
            return Err(Rule::Range.of("sheet"));
        }
        self.check_whole()
    }

    /// The rules about several fields, in the order of their numbers (CLM-2).
    pub(super) fn check_whole(&self) -> Result<(), BrokenRule> {
        let Self { kind, languages, results, valid_until, decision, sheet, .. } = self;
        check_twice(languages).map_err(|rule| rule.of("languages"))?;
        if *kind == Kind::Transcript && !results.as_ref().is_some_and(has_results) {
            return Err(Rule::Transcript.of("results"));
        }
        let without_day = valid_until.as_ref().is_some_and(|date| date.partial().is_none());
        if without_day || (*kind == Kind::Diploma && valid_until.is_some()) {
            return Err(Rule::ValidUntil.of("valid_until"));
        }
        let outcome = decision.as_ref().map(|decision| decision.outcome);
        if *kind == Kind::Diploma && outcome == Some(Outcome::NotAdmitted) {
            return Err(Rule::DiplomaNotAdmitted.of("decision"));
        }
        match sheet {
            Some(Sheet { number, of }) if number > of => Err(Rule::Sheet.of("sheet")),
            _ => Ok(()),
        }
    }
}

// CLM-7
pub(crate) fn check_twice(languages: &[Language]) -> Result<(), Rule> {
    let twice = (1..languages.len()).any(|i| languages[..i].contains(&languages[i]));
    if twice { Err(Rule::Language) } else { Ok(()) }
}

// CLM-11
fn has_results(results: &Results) -> bool {
    results.columns.iter().any(|column| column.role == ColumnRole::Result)
}

fn check_identity(identity: Option<&Identity>) -> Result<(), Rule> {
    match identity.map(|identity| &identity.form) {
        Some(IdentityForm::Digest { work, digest: _ }) if !(10..=16).contains(work) => Err(Rule::Range),
        _ => Ok(()),
    }
}

fn check_edition(edition: &Edition) -> Result<(), Rule> {
    match edition {
        Edition::Original => Ok(()),
        Edition::Duplicate { number, .. } | Edition::Correction { number, .. } if (2..=99).contains(number) => Ok(()),
        Edition::Duplicate { .. } | Edition::Correction { .. } => Err(Rule::Range),
    }
}

fn check_lines(lines: &Lines, languages: usize) -> Result<(), Rule> {
    let Lines { person, award } = lines;
    if person.len() > MOST_LINES || award.len() > MOST_LINES {
        return Err(Rule::Range);
    }
    person.iter().chain(award).try_for_each(|line| line.check(languages))
}

// CLM-12
pub(crate) fn check_languages(words: &Words, languages: usize) -> Result<(), Rule> {
    if words.fit(languages) { Ok(()) } else { Err(Rule::LanguageCount) }
}

impl Line {
    fn check(&self, languages: usize) -> Result<(), Rule> {
        let Self { name, value } = self;
        check_languages(name, languages)?;
        match value {
            LineValue::Words(words) => check_languages(words, languages),
            LineValue::Number(number) => number.check(),
        }
    }
}

impl Number {
    fn check(self) -> Result<(), Rule> {
        let Self { value, decimals, maximum } = self;
        let fits = value.unsigned_abs() < MOST && decimals <= MOST_DECIMALS && maximum.is_none_or(|most| most < MOST);
        if fits { Ok(()) } else { Err(Rule::Range) }
    }
}

impl Results {
    /// Checks what the types do not hold by themselves, for a document or a line of minutes of so many languages.
    pub(crate) fn check(&self, languages: usize) -> Result<(), Rule> {
        let Self { mean, rows, columns, summaries } = self;
        if rows.len() > MOST_ROWS || columns.len() > MOST_COLUMNS || summaries.len() > MOST_SUMMARIES {
            return Err(Rule::Range);
        }
        mean.map_or(Ok(()), Number::check)?;
        let others = rows.iter().filter(|Row { name: _, kind }| *kind != RowKind::Subject).count();
        if others > MOST_OTHER_ROWS {
            return Err(Rule::Range);
        }
        rows.iter().try_for_each(|row| check_languages(&row.name, languages))?;
        columns.iter().try_for_each(|column| column.check(languages))?;
        summaries.iter().try_for_each(|line| line.check(languages))?;
        self.check_whole()
    }

    // CLM-9, CLM-10, CLM-16
    pub(super) fn check_whole(&self) -> Result<(), Rule> {
        let Self { mean, rows, columns, summaries } = self;
        if columns.iter().any(|column| column.cells.len() != rows.len()) {
            return Err(Rule::Columns);
        }
        let twice = |at: usize| columns[..at].iter().any(|before| before.role == columns[at].role);
        let single = (0..columns.len()).all(|at| !columns[at].role.is_single() || !twice(at));
        let headed = |column: &Column| column.role != ColumnRole::Other || column.heading != Heading::Usual;
        if !single || !columns.iter().all(headed) {
            return Err(Rule::Roles);
        }
        let nothing = mean.is_none() && rows.is_empty() && columns.is_empty() && summaries.is_empty();
        if nothing { Err(Rule::Nothing) } else { Ok(()) }
    }
}

impl Column {
    fn check(&self, languages: usize) -> Result<(), Rule> {
        let Self { role: _, heading, decimals, cells, maximum } = self;
        if let Heading::Words(words) = heading {
            check_languages(words, languages)?;
        }
        if *decimals > MOST_DECIMALS || maximum.is_some_and(|most| most >= MOST) {
            return Err(Rule::Range);
        }
        cells.iter().try_for_each(|cell| match cell {
            Cell::Number(value) if value.unsigned_abs() >= MOST => Err(Rule::Range),
            Cell::Words(words) => check_languages(words, languages),
            Cell::Number(_) | Cell::Empty => Ok(()),
        })
    }
}

/// Values, maxima and times are below 2^40.
pub(crate) const MOST: u64 = 1 << 40;
pub(super) const MOST_DECIMALS: u8 = 6;
pub(super) const MOST_LINES: usize = 32;
pub(super) const MOST_ROWS: usize = 256;
pub(super) const MOST_OTHER_ROWS: usize = 64;
pub(super) const MOST_COLUMNS: usize = 20;
pub(super) const MOST_SUMMARIES: usize = 16;
