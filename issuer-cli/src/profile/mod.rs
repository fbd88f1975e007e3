//! A profile: what one list looks like and what the documents made from it say.

mod check;
mod error;
mod format;
mod line;
mod ministry;
mod reserved;
mod source;
mod table;
mod words;

use std::collections::BTreeMap;

use credential_core::document::{Grade, Kind, Language, Outcome, Text, TextFault, Words};
use credential_core::lists::PublicKey;
use sha2::{Digest, Sha256};

pub use error::ProfileError;
pub use format::{
    Columns, DateOrder, Decimal, DecisionColumn, Encoding, IdentityColumn, IdentityMode, ListFormat, Separator,
    TextColumns,
};
pub use line::{PrintedDate, PrintedLine, ValueFrom};
pub use ministry::MinistryProfile;
pub use reserved::{Reserved, reserved};
pub use source::AuthorityRole;
pub use table::{CellWords, FixedRow, Scale, SubjectNames, Table, TableColumn};

/// A profile that has passed its checks: every language has its words and every word may stand in a document.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How the list is written.
    pub list: ListFormat,
    /// What the documents say.
    pub document: DocumentWords,
    /// The table of results, if there is one.
    pub table: Option<Table>,
    /// Which number the identity number is, as printed.
    pub identity_name: Option<Words>,
    /// Who issues them.
    pub authority: AuthorityEntry,
    /// How codes are printed.
    pub print: Print,
    /// Whether keys get a status list.
    pub status_included: bool,
    /// Public keys of the clerks of whom two decide on a status; none if one person does.
    pub clerks: Vec<PublicKey>,
    /// Number of the jury's minutes that the documents refer to.
    pub minutes: Option<u64>,
    /// Whether only lines that sealed minutes hold are sealed.
    pub minutes_required: bool,
    /// Quality of the evidence, for documents sealed from archives.
    pub archive_grade: Option<Grade>,
    /// Texts that occur often, for the dictionary.
    pub frequent: Vec<Text>,
    /// Per series, its usual subjects as in the list with their coefficients, for the dictionary.
    pub subjects_of_series: BTreeMap<String, Vec<(String, u16)>>,
    digest: [u8; 32],
}

/// What the documents of a profile say.
#[derive(Clone, Debug)]
pub struct DocumentWords {
    /// Kinds that can be made; the first is the default.
    pub kinds: Vec<Kind>,
    /// Languages of the paper, in its order.
    pub languages: Vec<Language>,
    /// Kinds that candidates get too of whom something else was decided than that they are admitted.
    pub also_for: AlsoFor,
    /// How the mean is written.
    pub mean: Option<Scale>,
    /// The mean from which a candidate passes, in units of its last decimal.
    pub pass_mark: Option<i64>,
    /// Youngest and oldest age at the session that needs no second look.
    pub ages: (u16, u16),
    /// Characters of a name beyond which somebody should look whether it fits the paper.
    pub longest_name: usize,
    /// The authority as on the paper.
    pub authority: Words,
    /// The session's year, if it is the same for all.
    pub session_year: Option<u16>,
    /// The day of the award.
    pub awarded: Option<PrintedDate>,
    /// The last day on which documents are valid.
    pub valid_until: Option<PrintedDate>,
    /// Other lines about the person.
    pub person_lines: Vec<PrintedLine>,
    /// Other lines about the award.
    pub award_lines: Vec<PrintedLine>,
    /// Lines that sum the results up.
    pub summaries: Vec<PrintedLine>,
    /// Kinds that print the decision of whoever is admitted.
    pub decision_on: Vec<Kind>,
    titles: Vec<(Kind, Words)>,
    session: Vec<Text>,
    series: BTreeMap<String, Words>,
    honours: BTreeMap<String, Words>,
    decisions: BTreeMap<String, Words>,
    subjects: BTreeMap<String, Words>,
    grades: BTreeMap<String, Words>,
}

/// Kinds that candidates get too who were not admitted.
#[derive(Clone, Debug, Default)]
pub struct AlsoFor {
    /// Whoever was not admitted.
    pub not_admitted: Vec<Kind>,
    /// Those of whom something else was decided.
    pub otherwise: Vec<Kind>,
}

/// The authority as trust lists name it.
#[derive(Clone, Debug)]
pub struct AuthorityEntry {
    /// Such as `BJ-OB`.
    pub id: String,
    /// ISO 3166-1 code of two letters.
    pub country: String,
    /// What it does.
    pub role: AuthorityRole,
    /// Names shown to people, per language.
    pub names: BTreeMap<String, Text>,
}

/// How codes are printed.
#[derive(Clone, Debug)]
pub struct Print {
    /// Side of the code on paper, quiet zone included, in millimetres.
    pub code_mm: u16,
    /// Pixels per module in pictures.
    pub pixels_per_module: u8,
    /// The page that codes in the link form lead to; without it they are in the plain form.
    pub link: Option<String>,
}

impl Profile {
    /// Reads a profile from TOML.
    pub fn parse(source: &str) -> Result<Self, ProfileError> {
        let read = toml::from_str(source).map_err(|error| ProfileError::unreadable(source, &error))?;
        let mut profile = check::profile(read).map_err(|fault| ProfileError::at(source, &fault.key, fault.message))?;
        profile.digest = Sha256::digest(source.as_bytes()).into();
        Ok(profile)
    }

    /// One of the profiles in [`EMBEDDED`]; `None` if there is no such name.
    pub fn embedded(name: &str) -> Option<Self> {
        Self::parse(embedded_source(name)?).ok()
    }

    /// SHA-256 of the TOML text.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The kind that is made unless another is asked for.
    pub fn default_kind(&self) -> Kind {
        self.document.kinds[0]
    }
}

impl DocumentWords {
    /// Title of a kind; `None` if the profile does not make it.
    pub fn title(&self, kind: Kind) -> Option<&Words> {
        self.titles.iter().find(|(of, _)| *of == kind).map(|(_, words)| words)
    }

    /// Words of the session; `value` is the cell of the session's column, if there is one.
    pub fn session(&self, value: Option<&str>) -> Result<Words, TextFault> {
        let texts = self
            .session
            .iter()
            .map(|words| Text::new(words.as_str().replace(SESSION, value.unwrap_or_default())).map(Some));
        Ok(words::same_as_one(texts.collect::<Result<_, _>>()?))
    }

    /// Words of a series by its code in the list.
    pub fn series(&self, code: &str) -> Option<&Words> {
        self.series.get(code)
    }

    /// Words of honours by their value in the list.
    pub fn honours(&self, value: &str) -> Option<&Words> {
        self.honours.get(value)
    }

    /// Words of a decision by its value in the list, or by its code where the list has none.
    pub fn decision(&self, value: &str) -> Option<&Words> {
        self.decisions.get(value)
    }

    /// Words of a grade, or of another word in the place of a mark, by its value in the list; `None` if that is what the
    /// paper says.
    pub fn grade(&self, value: &str) -> Option<&Words> {
        self.grades.get(value)
    }

    /// Whether a kind is made for candidates of whom this was decided.
    pub fn is_made_for(&self, kind: Kind, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Admitted => true,
            Outcome::NotAdmitted => self.also_for.not_admitted.contains(&kind),
            Outcome::Otherwise => self.also_for.otherwise.contains(&kind),
        }
    }

    /// Words of a subject by its name in the list; `None` if the name itself is what the paper says.
    pub fn subject(&self, name: &str) -> Option<&Words> {
        self.subjects.get(name)
    }

    /// Every fixed text, those of every document last: what a dictionary is made from.
    pub fn fixed_texts(&self) -> impl Iterator<Item = &Text> {
        let some = [&self.subjects, &self.grades, &self.honours, &self.decisions, &self.series];
        let some = some.into_iter().flat_map(BTreeMap::values).chain(self.line_words());
        let all = self.titles.iter().map(|(_, words)| words).chain([&self.authority]);
        some.chain(all).flat_map(|words| words.texts().iter().flatten()).chain(self.session.iter())
    }

    /// The words of all lines and summaries.
    fn line_words(&self) -> impl Iterator<Item = &Words> {
        let lines = [&self.summaries, &self.award_lines, &self.person_lines].into_iter().flatten();
        lines.flat_map(|line| {
            let values: Vec<&Words> = match &line.value {
                ValueFrom::Fixed(words) => vec![words],
                ValueFrom::Words { values, .. } => values.values().collect(),
                ValueFrom::Number { .. } => Vec::new(),
            };
            values.into_iter().chain([&line.name])
        })
    }

    /// The codes of all series.
    pub fn series_codes(&self) -> impl Iterator<Item = &str> {
        self.series.keys().map(String::as_str)
    }

    /// The values of all honours.
    pub fn honours_values(&self) -> impl Iterator<Item = &str> {
        self.honours.keys().map(String::as_str)
    }
}

/// The TOML text of a profile in [`EMBEDDED`].
pub fn embedded_source(name: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(of, _)| *of == name).map(|(_, source)| *source)
}

/// The shipped profiles: name and TOML text.
pub const EMBEDDED: [(&str, &str); 3] = [
    ("benin", include_str!("../../profiles/benin.toml")),
    ("morocco", include_str!("../../profiles/morocco.toml")),
    ("haiti", include_str!("../../profiles/haiti.toml")),
];

/// What stands for the session's value in the session's words.
const SESSION: &str = "{session}";

#[cfg(test)]
mod tests;
