//! The part `[list]` of a profile: how the candidates' list is written.

use std::collections::BTreeMap;

use credential_core::document::Outcome;
use serde::Deserialize;

use super::source::{KindSource, WordsSource};

/// How the candidates' list is written and where its columns are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFormat {
    /// Characters of the file.
    pub encoding: Encoding,
    /// What stands between two cells.
    pub separator: Separator,
    /// The decimal sign of numbers.
    pub decimal: Decimal,
    /// Order of day, month and year.
    pub date: DateOrder,
    /// Whether a birth date may be a year, or a month and a year.
    #[serde(default)]
    pub partial_dates: bool,
    /// Whether names may hold zero-width joiners (Persian and Indic scripts).
    #[serde(default)]
    pub joiners: bool,
    /// Shape of the candidate's number: `9` is a digit, `A` a letter, anything else stands for itself.
    pub number_shape: Option<String>,
    /// Columns whose cells may be empty.
    #[serde(default)]
    pub may_be_empty: Vec<String>,
    /// Header names of the columns.
    pub columns: Columns,
    /// The identity number; absent from the documents if there is no such part.
    pub identity: Option<IdentityColumn>,
    /// The jury's decision; without it the pass mark decides, and without that every line counts as admitted.
    pub decision: Option<DecisionColumn>,
    /// The table of results, as it stands in the profile; [`Profile::table`](super::Profile::table) is the checked one.
    pub(super) subjects: Option<SubjectsSource>,
}

/// Header names of the columns, exactly as in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The candidate's number.
    pub number: String,
    /// Per language, the columns that make the name, in the order of the paper; none where the paper prints no name in a
    /// language.
    pub holder: BTreeMap<String, Vec<String>>,
    /// Date of birth.
    pub birth_date: Option<String>,
    /// Words of the paper beside or in place of the date of birth, such as "vers 1976" or a date of another calendar.
    pub birth_date_printed: Option<TextColumns>,
    /// Place of birth.
    pub birth_place: Option<TextColumns>,
    /// Code of the series.
    pub series: Option<String>,
    /// Session, if it differs from line to line.
    pub session: Option<String>,
    /// Centre or school.
    pub centre: Option<TextColumns>,
    /// Honours (mention).
    pub honours: Option<String>,
    /// Mean (moyenne).
    pub mean: Option<String>,
    /// Year of the archives.
    pub archive_year: Option<String>,
}

/// One column for all languages of the paper, or one for each of some.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub enum TextColumns {
    /// The same text in every language.
    Same(String),
    /// By language; nothing is printed in one that has no column.
    PerLanguage(BTreeMap<String, String>),
}

impl TextColumns {
    /// The first column.
    pub fn first(&self) -> &str {
        match self {
            Self::Same(column) => column,
            Self::PerLanguage(columns) => columns.values().next().map_or("", String::as_str),
        }
    }
}

/// Where the identity number stands and what becomes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityColumn {
    /// Header name.
    pub column: String,
    /// What the document holds of it.
    pub mode: IdentityMode,
    /// Work of the slow digest: 2^work rounds.
    #[serde(default = "default_work")]
    pub work: u8,
    /// Which number it is, as printed; [`Profile::identity_name`](super::Profile::identity_name) is the checked one.
    pub(super) name: Option<BTreeMap<String, String>>,
}

/// What a document holds of the identity number; never the number itself.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum IdentityMode {
    /// Nothing; the column only serves to find a person listed twice.
    Absent,
    /// The last four characters.
    Masked,
    /// A slow digest, against which a verifier can compare a number that somebody types.
    Digest,
}

/// The column of the jury's decision and its values.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionColumn {
    /// Header name.
    pub column: String,
    /// Values that mean admitted.
    pub admitted: Vec<String>,
    /// Values that mean not admitted.
    pub not_admitted: Vec<String>,
    /// Values that mean anything else: in part, on condition, postponed.
    #[serde(default)]
    pub otherwise: Vec<String>,
}

impl DecisionColumn {
    /// What a value means; `None` if the profile does not list it.
    pub fn outcome(&self, value: &str) -> Option<Outcome> {
        let stands_in = |values: &[String]| values.iter().any(|of| of == value);
        let meanings = [
            (&self.admitted, Outcome::Admitted),
            (&self.not_admitted, Outcome::NotAdmitted),
            (&self.otherwise, Outcome::Otherwise),
        ];
        meanings.into_iter().find(|(values, _)| stands_in(values)).map(|(_, outcome)| outcome)
    }

    /// Every value.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        [&self.admitted, &self.not_admitted, &self.otherwise].into_iter().flatten().map(String::as_str)
    }
}

/// The repeated columns of subjects; `{n}` stands for 1, 2, 3 and so on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubjectsSource {
    pub(super) count: Option<usize>,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    pub(super) kinds: Option<Vec<KindSource>>,
    #[serde(default)]
    pub(super) columns: Vec<ColumnSource>,
    #[serde(default)]
    pub(super) rows: Vec<FixedRowSource>,
}

/// A column of the table of results.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnSource {
    pub(super) from: String,
    pub(super) role: RoleSource,
    pub(super) heading: Option<WordsSource>,
    pub(super) decimals: Option<u8>,
    pub(super) maximum: Option<u64>,
    #[serde(default)]
    pub(super) above_maximum: bool,
    #[serde(default)]
    pub(super) below_zero: bool,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) any_words: bool,
    #[serde(default)]
    pub(super) may_be_empty: bool,
    #[serde(default)]
    pub(super) optional: bool,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RoleSource {
    Other,
    Code,
    Coefficient,
    Credits,
    Result,
    Maximum,
}

/// A row of the table that is no subject.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FixedRowSource {
    pub(super) before: usize,
    pub(super) level: Option<u8>,
    #[serde(default)]
    pub(super) total: bool,
    pub(super) name: WordsSource,
    #[serde(default)]
    pub(super) cells: BTreeMap<String, String>,
}

/// Characters of a file.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Encoding {
    /// Windows-1252, as Excel in French writes CSV.
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// UTF-8, with or without byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
}

impl Encoding {
    /// As a profile writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Utf8 => "utf-8",
        }
    }
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Separator {
    /// `;`
    #[serde(rename = ";")]
    Semicolon,
    /// `,`
    #[serde(rename = ",")]
    Comma,
    /// A tab.
    #[serde(rename = "tab")]
    Tab,
}

impl Separator {
    /// Every separator.
    pub const ALL: [Self; 3] = [Self::Semicolon, Self::Comma, Self::Tab];

    /// The byte in the file.
    pub fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
        }
    }

    /// As a profile writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Semicolon => ";",
            Self::Comma => ",",
            Self::Tab => "tab",
        }
    }
}

/// The decimal sign.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Decimal {
    /// `12,50`
    #[serde(rename = ",")]
    Comma,
    /// `12.50`
    #[serde(rename = ".")]
    Point,
}

impl Decimal {
    /// The byte in the file.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Point => b'.',
        }
    }
}

/// Order of day, month and year.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum DateOrder {
    /// `14/05/2007`
    #[serde(rename = "DD/MM/YYYY")]
    DayMonthYear,
    /// `2007-05-14`
    #[serde(rename = "YYYY-MM-DD")]
    YearMonthDay,
}

impl DateOrder {
    /// As a profile writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayMonthYear => "DD/MM/YYYY",
            Self::YearMonthDay => "YYYY-MM-DD",
        }
    }
}

fn default_work() -> u8 {
    14
}
