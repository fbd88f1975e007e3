//! A profile as it stands in TOML, before its words are checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::format::{ListFormat, TextColumns};

/// A text per language.
pub(super) type WordsSource = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileSource {
    pub(super) list: ListFormat,
    pub(super) document: DocumentSource,
    pub(super) authority: AuthoritySource,
    pub(super) print: PrintSource,
    #[serde(default)]
    pub(super) status: StatusSource,
    pub(super) minutes: Option<MinutesSource>,
    pub(super) archive: Option<ArchiveSource>,
    #[serde(default)]
    pub(super) dictionary: DictionarySource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentSource {
    pub(super) kinds: Vec<KindSource>,
    #[serde(default)]
    pub(super) also_for: AlsoForSource,
    pub(super) languages: Vec<String>,
    pub(super) ages: [u16; 2],
    #[serde(default = "default_longest_name")]
    pub(super) longest_name: usize,
    pub(super) mean: Option<NumberSource>,
    pub(super) pass_mark: Option<f64>,
    pub(super) title: BTreeMap<KindSource, WordsSource>,
    pub(super) authority: WordsSource,
    pub(super) session: SessionSource,
    #[serde(default)]
    pub(super) series: BTreeMap<String, WordsSource>,
    #[serde(default)]
    pub(super) honours: BTreeMap<String, WordsSource>,
    #[serde(default)]
    pub(super) decision: BTreeMap<String, WordsSource>,
    pub(super) decision_on: Option<Vec<KindSource>>,
    #[serde(default)]
    pub(super) subjects: BTreeMap<String, WordsSource>,
    #[serde(default)]
    pub(super) grades: BTreeMap<String, WordsSource>,
    pub(super) awarded: Option<DateSource>,
    pub(super) valid_until: Option<DateSource>,
    #[serde(default)]
    pub(super) lines: LinesSource,
    #[serde(default)]
    pub(super) summaries: Vec<LineSource>,
}

/// Kinds that those get too who were not admitted.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlsoForSource {
    #[serde(default)]
    pub(super) not_admitted: Vec<KindSource>,
    #[serde(default)]
    pub(super) otherwise: Vec<KindSource>,
}

/// How a number is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberSource {
    pub(super) decimals: u8,
    pub(super) maximum: Option<u64>,
    #[serde(default)]
    pub(super) above_maximum: bool,
    #[serde(default)]
    pub(super) below_zero: bool,
}

/// A day: fixed, or in a column.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateSource {
    pub(super) date: Option<String>,
    pub(super) column: Option<String>,
    pub(super) printed: Option<WordsSource>,
    pub(super) printed_column: Option<TextColumns>,
    pub(super) kinds: Option<Vec<KindSource>>,
}

/// Other lines of the paper.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinesSource {
    #[serde(default)]
    pub(super) person: Vec<LineSource>,
    #[serde(default)]
    pub(super) award: Vec<LineSource>,
}

/// One line, or one summary of the results.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineSource {
    pub(super) name: WordsSource,
    pub(super) from: Option<TextColumns>,
    pub(super) words: Option<WordsSource>,
    #[serde(default)]
    pub(super) values: BTreeMap<String, WordsSource>,
    pub(super) number: Option<NumberSource>,
    pub(super) kinds: Option<Vec<KindSource>>,
    #[serde(default)]
    pub(super) optional: bool,
}

/// Kinds by their names in a profile.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub(super) enum KindSource {
    Diploma,
    Transcript,
    Attestation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionSource {
    pub(super) year: Option<u16>,
    pub(super) words: WordsSource,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AuthoritySource {
    pub(super) id: String,
    pub(super) country: String,
    pub(super) role: AuthorityRole,
    pub(super) names: WordsSource,
}

/// What an authority does.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityRole {
    /// Holds examinations and issues documents.
    ExaminationBoard,
    /// Legalises documents of others.
    LegalisingMinistry,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrintSource {
    pub(super) code_mm: u16,
    pub(super) pixels_per_module: u8,
    pub(super) link: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatusSource {
    pub(super) included: bool,
    #[serde(default)]
    pub(super) two_persons: bool,
    #[serde(default)]
    pub(super) clerks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MinutesSource {
    pub(super) number: Option<u64>,
    #[serde(default)]
    pub(super) required: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArchiveSource {
    pub(super) grade: u8,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DictionarySource {
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) subjects: BTreeMap<String, Vec<(String, u16)>>,
}

fn default_longest_name() -> usize {
    60
}
