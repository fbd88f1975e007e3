//! The part `[list]` of a profile: how the candidates' list is written.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How the candidates' list is written and where its columns are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListFormat {
    /// Characters of the file.
    pub encoding: Encoding,
    /// What stands between two cells.
    pub separator: Separator,
    /// The decimal sign of marks and means.
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
    pub decision: Option<Decision>,
    /// The columns of subjects.
    pub subjects: Option<SubjectColumns>,
}

/// Header names of the columns, exactly as in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The candidate's number.
    pub number: String,
    /// Per language, the columns that make the name, in the order of the paper.
    pub holder: BTreeMap<String, Vec<String>>,
    /// Date of birth.
    pub birth_date: Option<String>,
    /// Place of birth.
    pub birth_place: Option<String>,
    /// Code of the series.
    pub series: Option<String>,
    /// Session, if it differs from line to line.
    pub session: Option<String>,
    /// Centre or school.
    pub centre: Option<String>,
    /// Honours (mention).
    pub honours: Option<String>,
    /// Mean (moyenne).
    pub mean: Option<String>,
    /// Year of the archives.
    pub archive_year: Option<String>,
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
pub struct Decision {
    /// Header name.
    pub column: String,
    /// Values that mean admitted.
    pub admitted: Vec<String>,
    /// Values that mean not admitted.
    pub not_admitted: Vec<String>,
}

/// The repeated columns of subjects; `{n}` stands for 1, 2, 3 and so on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectColumns {
    /// How many subjects a line has at most.
    pub count: usize,
    /// Header of the subject's name.
    pub name: String,
    /// Header of the coefficient.
    pub coefficient: Option<String>,
    /// Header of the mark.
    pub mark: String,
    /// Words that may stand in the place of a mark, such as `ABS`.
    #[serde(default)]
    pub marks_in_words: Vec<String>,
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
