//! A profile: what one list looks like and what the documents made from it say.

mod check;
mod error;
mod format;
mod ministry;
mod source;

use std::collections::BTreeMap;

use credential_core::{Grade, Kind, Language, PublicKey, Scale, Text, TextFault, Words};
use sha2::{Digest, Sha256};

pub use error::ProfileError;
pub use format::{
    Columns, DateOrder, Decimal, Decision, Encoding, IdentityColumn, IdentityMode, ListFormat, Separator,
    SubjectColumns,
};
pub use ministry::MinistryProfile;
pub use source::AuthorityRole;

/// A profile that has passed its checks: every language has its words and every word may stand in a document.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How the list is written.
    pub list: ListFormat,
    /// What the documents say.
    pub document: DocumentWords,
    /// Who issues them.
    pub authority: AuthorityEntry,
    /// How codes are printed.
    pub print: Print,
    /// Whether documents refer to a status list.
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
    /// Scale of marks.
    pub scale: Scale,
    /// The mean from which a candidate passes, on the scale.
    pub pass_mark: Option<u32>,
    /// Youngest and oldest age at the session that needs no second look.
    pub ages: (u16, u16),
    /// Characters of a name beyond which somebody should look whether it fits the paper.
    pub longest_name: usize,
    /// The authority as on the paper.
    pub authority: Words,
    /// The session's year, if it is the same for all.
    pub session_year: Option<u16>,
    titles: Vec<(Kind, Words)>,
    session: Vec<Text>,
    series: BTreeMap<String, Words>,
    honours: BTreeMap<String, Words>,
    subjects: BTreeMap<String, Words>,
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
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// Side of the code on paper, quiet zone included, in millimetres.
    pub code_mm: u16,
    /// Pixels per module in pictures.
    pub pixels_per_module: u8,
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
        let texts =
            self.session.iter().map(|words| Text::new(words.as_str().replace(SESSION, value.unwrap_or_default())));
        Ok(check::same_as_one(texts.collect::<Result<_, _>>()?))
    }

    /// Words of a series by its code in the list.
    pub fn series(&self, code: &str) -> Option<&Words> {
        self.series.get(code)
    }

    /// Words of honours by their value in the list.
    pub fn honours(&self, value: &str) -> Option<&Words> {
        self.honours.get(value)
    }

    /// Words of a subject by its name in the list; `None` if the name itself is what the paper says.
    pub fn subject(&self, name: &str) -> Option<&Words> {
        self.subjects.get(name)
    }

    /// Every fixed text, those of every document last: what a dictionary is made from.
    pub fn fixed_texts(&self) -> impl Iterator<Item = &Text> {
        let some = self.subjects.values().chain(self.honours.values()).chain(self.series.values());
        let all = self.titles.iter().map(|(_, words)| words).chain([&self.authority]);
        some.chain(all).flat_map(Words::texts).chain(&self.session)
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
