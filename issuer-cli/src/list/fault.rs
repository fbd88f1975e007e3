//! Faults of a list: where, what, and what to do next.

use std::sync::Arc;

use credential_core::document::check_text;
use serde::{Serialize, Serializer};

/// One fault of a list, to be shown to the people who keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The row as a spreadsheet counts it: the header is row 1. A fault of the whole file or column stands at row 1.
    pub row: u32,
    /// The column's header as in the file; empty if the fault is not one column's.
    #[serde(serialize_with = "as_text")]
    pub column: Arc<str>,
    /// What follows from it.
    pub severity: Severity,
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// What was found and what to do next, in one sentence without control characters.
    pub message: String,
    /// The earlier row that this one clashes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_row: Option<u32>,
}

impl Fault {
    /// A fault of one row alone; what follows from it is what follows from its kind.
    pub fn new(row: u32, column: impl Into<Arc<str>>, kind: FaultKind, message: String) -> Self {
        Self { row, column: column.into(), severity: kind.severity(), kind, message, with_row: None }
    }
}

/// What follows from a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Was put right safely and is listed.
    Note,
    /// A person must look.
    Warning,
    /// Must not be sealed.
    Error,
}

macro_rules! fault_kinds {
    ($($(#[$doc:meta])* $severity:ident $name:ident $code:literal,)+) => {
        /// Every kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum FaultKind {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl FaultKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in reports.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What follows from a fault of this kind.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

fault_kinds! {
    /// Not a list at all: empty, or a workbook.
    Error NotAList "not_a_list",
    /// Larger than is read.
    Error FileTooLarge "file_too_large",
    /// More rows than are read.
    Error TooManyRows "too_many_rows",
    /// More columns than are read.
    Error TooManyColumns "too_many_columns",
    /// More faults than are listed.
    Error TooManyFaults "too_many_faults",
    /// A row without end, mostly a quotation mark that is not closed.
    Error RowTooLong "row_too_long",
    /// The whole file is in another encoding than the profile says.
    Error WrongEncoding "wrong_encoding",
    /// The cells are divided by another sign than the profile says.
    Error WrongSeparator "wrong_separator",
    /// A column that the profile names is not in the header.
    Error MissingColumn "missing_column",
    /// A column that the profile names stands twice in the header.
    Error DuplicateColumn "duplicate_column",
    /// A row with more or fewer cells than the header.
    Error ColumnCount "column_count",
    /// Bytes that are no character of the encoding.
    Error BadEncoding "bad_encoding",
    /// Accents broken by a double conversion.
    Error Mojibake "mojibake",
    /// An accent replaced by a question mark.
    Error LostAccent "lost_accent",
    /// Text that a spreadsheet would run as a formula.
    Error Formula "formula",
    /// A control character.
    Error ControlCharacter "control_character",
    /// A character that turns the direction of writing.
    Error BidiControl "bidi_control",
    /// A zero-width joiner.
    Error ZeroWidthJoiner "zero_width_joiner",
    /// Another invisible or private character.
    Error HiddenCharacter "hidden_character",
    /// A pile of combining marks.
    Error CombiningMarks "combining_marks",
    /// A text longer than a document takes.
    Error TooLong "too_long",
    /// Letters of several alphabets in one word.
    Error LookalikeLetter "lookalike_letter",
    /// A part of the name is empty.
    Error MissingName "missing_name",
    /// Another cell is empty that may not be.
    Error MissingValue "missing_value",
    /// Not a date of the order that the profile says.
    Error DateFormat "date_format",
    /// A day that does not exist.
    Error ImpossibleDate "impossible_date",
    /// A year of two digits.
    Error TwoDigitYear "two_digit_year",
    /// A year alone, or a month and a year, where the profile wants the day.
    Error PartialDate "partial_date",
    /// Born after the session.
    Error BirthInFuture "birth_in_future",
    /// A number that a spreadsheet has rewritten.
    Error ExcelNumber "excel_number",
    /// A number of another shape than the profile says.
    Error NumberShape "number_shape",
    /// Two people with one number.
    Error SameNumber "same_number",
    /// One person on two lines.
    Error SamePersonTwice "same_person_twice",
    /// A number beyond its scale.
    Error MarkAboveScale "mark_above_scale",
    /// What is neither a number nor one of the profile's words.
    Error MarkNotANumber "mark_not_a_number",
    /// A coefficient or a count of credits that is not a number as the profile says.
    Error CoefficientNotANumber "coefficient_not_a_number",
    /// A word that the profile does not allow in its column.
    Error UnknownWord "unknown_word",
    /// A name of a subject that would look like the program's own words.
    Error ReservedName "reserved_name",
    /// A last day of validity that is not a day.
    Error NoLastDay "no_last_day",
    /// A series that the profile does not list.
    Error UnknownSeries "unknown_series",
    /// Honours that the profile does not list.
    Error UnknownHonours "unknown_honours",
    /// A decision that the profile does not list.
    Error UnknownDecision "unknown_decision",
    /// A session or an archive year without a year from 1900 to 2200.
    Error NotAYear "not_a_year",
    /// The candidate has such a document from an earlier list, with other contents.
    Error SealedOtherwise "sealed_otherwise",
    /// The number belongs to somebody else, who has a document.
    Error AnotherPerson "another_person",
    /// Somebody of the same name and birth has such a document under another number.
    Error SamePersonSealed "same_person_sealed",
    /// Somebody has a document in force and gets none by this row.
    Error NoLongerAdmitted "no_longer_admitted",
    /// A row of somebody who gets no document of this kind, where a later edition is to be sealed.
    Error NotAdmitted "not_admitted",
    /// The document that a later edition is to stand for is not found.
    Error NoOldDocument "no_old_document",
    /// The document that a later edition is to stand for is not in force, or not the current edition.
    Error NotCurrent "not_current",
    /// A correction that changes nothing.
    Error NothingCorrected "nothing_corrected",
    /// A duplicate that says something else.
    Error DuplicateDiffers "duplicate_differs",
    /// The minutes have no line for the candidate.
    Error NotInMinutes "not_in_minutes",
    /// The minutes say something else of the candidate.
    Error DiffersFromMinutes "differs_from_minutes",
    /// The last day of validity has passed.
    Error PastValidity "past_validity",
    /// Another session than the other lines of the minutes.
    Error OtherSession "other_session",
    /// Older or younger at the session than the profile expects.
    Warning UnlikelyAge "unlikely_age",
    /// Two people with the same name and date of birth.
    Warning SameNameAndBirth "same_name_and_birth",
    /// Two people with the same identity number.
    Warning SameIdentity "same_identity",
    /// Admitted below the pass mark, or not admitted from it on.
    Warning DecisionAgainstMean "decision_against_mean",
    /// A title in the name.
    Warning TitleInName "title_in_name",
    /// A name that may not fit the paper.
    Warning VeryLongName "very_long_name",
    /// The candidate has this very document from an earlier list; it is not sealed twice.
    Note SealedBefore "sealed_before",
    /// Superfluous spaces, taken out.
    Note Spaces "spaces",
    /// Letters and accents apart, put together.
    Note NotNfc "not_nfc",
}

/// A value as it may be shown on a terminal: in quotation marks, cut, with everything invisible as its code point.
pub(super) fn shown(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 6);
    text.push('“');
    for (at, character) in value.chars().enumerate() {
        if at == MOST_SHOWN {
            text.push('…');
            break;
        }
        match is_harmless(character) {
            true => text.push(character),
            false => text.push_str(&format!("<U+{:04X}>", u32::from(character))),
        }
    }
    text.push('”');
    text
}

fn is_harmless(character: char) -> bool {
    let mut buffer = [0; 4];
    character == ' ' || (!character.is_control() && check_text(character.encode_utf8(&mut buffer)).is_ok())
}

fn as_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

const MOST_SHOWN: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_no_control_or_direction_character() {
        let value = "A\u{1b}[31m\u{7}\u{202e}\u{200b}\u{feff}\u{3164}\u{e0041}\u{a0}Éé العلمي";
        let expected = "“A<U+001B>[31m<U+0007><U+202E><U+200B><U+FEFF><U+3164><U+E0041><U+00A0>Éé العلمي”";
        assert_eq!(shown(value), expected);
    }

    #[test]
    fn cuts_what_is_too_long_to_show() {
        assert_eq!(shown(&"é".repeat(1_000)).chars().count(), MOST_SHOWN + 3);
    }

    #[test]
    fn writes_one_json_object_per_fault() {
        let mut fault = Fault::new(16, "Nom", FaultKind::MissingName, "x".into());
        let start = r#"{"row":16,"column":"Nom","severity":"error","kind":"missing_name","message":"x""#;
        assert_eq!(serde_json::to_string(&fault).unwrap(), format!("{start}}}"));
        fault.with_row = Some(15);
        assert_eq!(serde_json::to_string(&fault).unwrap(), format!(r#"{start},"with_row":15}}"#));
    }

    #[test]
    fn names_every_kind_once() {
        let mut codes: Vec<_> = FaultKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), FaultKind::ALL.len());
    }
}
