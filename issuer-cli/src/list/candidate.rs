//! One candidate of a list, in types that have passed their rules.

use std::sync::Arc;

use credential_core::{Mark, MinutesReference, PartialDate, Text, Words};

/// One line of a list that holds no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The row as a spreadsheet counts it.
    pub row: u32,
    /// The candidate's number, leading zeros kept.
    pub number: Text,
    /// The name as on the paper, one text or one per language.
    pub holder: Words,
    /// Date of birth.
    pub birth: Option<PartialDate>,
    /// Place of birth.
    pub birth_place: Option<Text>,
    /// Identity number in clear, as in the list: never put it into a document or a log.
    pub identity: Option<Text>,
    /// Code of the series; the profile has its words.
    pub series: Option<Arc<str>>,
    /// Cell of the session's column; `None` if the profile fixes the session.
    pub session: Option<Arc<str>>,
    /// Value of the honours; the profile has its words.
    pub honours: Option<Arc<str>>,
    /// Mean on the profile's scale.
    pub mean: Option<u32>,
    /// Subjects in the list's order.
    pub subjects: Box<[SubjectResult]>,
    /// Centre or school.
    pub centre: Option<Arc<str>>,
    /// Year of the archives.
    pub archive_year: Option<u16>,
    /// Whether the jury admitted the candidate.
    pub admitted: bool,
    /// The line of the minutes that says the same, once they were compared.
    pub minutes: Option<MinutesReference>,
}

/// One subject of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectResult {
    /// Name as in the list; the profile may have its words.
    pub name: Arc<str>,
    /// Coefficient, at most 1,000.
    pub coefficient: Option<u16>,
    /// Mark on the profile's scale, or one of the profile's words.
    pub mark: Mark,
}
