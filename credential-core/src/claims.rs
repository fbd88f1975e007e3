//! What a document states: SPEC section 6.

mod check;
mod digest;
pub(crate) mod fields;
mod read;
mod results;
mod write;

use core::fmt;

use crate::date::Date;
use crate::words::{Language, Text, TextFault, Words};

pub use check::{BrokenRule, Rule};
pub(crate) use check::{check_languages, check_twice};
pub(crate) use digest::{Domain, facts_digest};
pub use digest::{Tag, World, tag};
pub(crate) use read::read;
pub use results::{Cell, Column, ColumnRole, Heading, Level, Number, Results, Row, RowKind};
pub(crate) use write::{
    document_bytes, facts_at, write, write_date_value, write_decision, write_results, write_words, write_words_value,
};

/// A document's contents: every line of the paper, as literal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Diploma, transcript or attestation.
    pub kind: Kind,
    /// Languages of the paper, in its order: one to four.
    pub languages: Vec<Language>,
    /// The holder's name as printed; a second script is a second language's text.
    pub holder: Words,
    /// Birth date, as far as it is known.
    pub birth: Option<Date>,
    /// Place of birth.
    pub birth_place: Option<Words>,
    /// Identity number, masked or as a slow digest.
    pub identity: Option<Identity>,
    /// The candidate's number.
    pub number: Option<Text>,
    /// Title of the document.
    pub title: Words,
    /// Series or field.
    pub series: Option<Words>,
    /// Examination session.
    pub session: Words,
    /// Honours.
    pub honours: Option<Words>,
    /// Authority, as on the paper. The name to trust is the one in the trust list.
    pub authority: Words,
    /// Examination centre or school.
    pub centre: Option<Words>,
    /// Mean, rows and columns, summaries.
    pub results: Option<Results>,
    /// Where the jury's minutes speak of it.
    pub minutes: Option<MinutesReference>,
    /// Original, duplicate or correction.
    pub edition: Edition,
    /// Set when sealed later from archives.
    pub archive: Option<Archive>,
    /// The last day on which it is valid; never on a diploma.
    pub valid_until: Option<Date>,
    /// The day on which it was awarded.
    pub awarded: Option<Date>,
    /// What was decided, as printed.
    pub decision: Option<Decision>,
    /// Every other line of the paper.
    pub lines: Lines,
    /// Which of several codes of one paper this is.
    pub sheet: Option<Sheet>,
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// States that an examination was passed.
    Diploma,
    /// Lists subjects and marks.
    Transcript,
    /// States that an examination was passed, before the diploma is made.
    Attestation,
}

impl Kind {
    /// Every kind, by its number from 1.
    pub const ALL: [Self; 3] = [Self::Diploma, Self::Transcript, Self::Attestation];

    /// `diploma`, `transcript` or `attestation`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Diploma => "diploma",
            Self::Transcript => "transcript",
            Self::Attestation => "attestation",
        }
    }

    pub(crate) fn number(self) -> u64 {
        self as u64 + 1
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// The holder's identity number; never in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// What is kept of the number.
    pub form: IdentityForm,
    /// Which number it is, as printed: identity card, passport.
    pub name: Option<Words>,
}

/// What a document keeps of an identity number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityForm {
    /// The last characters of the number, at most four.
    Tail(Text),
    /// A slow salted digest, see [`identity_digest`](crate::document::identity_digest).
    Digest {
        /// Base-2 logarithm of scrypt's N, 10 to 16.
        work: u8,
        /// The digest.
        digest: [u8; 16],
    },
}

impl Identity {
    /// The last characters of `number`: four, or half of a number of fewer than eight.
    pub fn masked(number: &str) -> Result<Self, TextFault> {
        let characters: Vec<char> = number.chars().collect();
        let shown = (characters.len() / 2).clamp(1, 4).min(characters.len());
        let tail = Text::up_to(characters[characters.len() - shown..].iter().collect::<String>(), 4)?;
        Ok(IdentityForm::Tail(tail).into())
    }
}

/// A number whose name is not printed.
impl From<IdentityForm> for Identity {
    fn from(form: IdentityForm) -> Self {
        Self { form, name: None }
    }
}

/// What was decided about the candidate, as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What programs judge by.
    pub outcome: Outcome,
    /// The words of the paper.
    pub words: Option<Words>,
}

/// Outcomes of an examination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Not admitted.
    NotAdmitted,
    /// Admitted.
    Admitted,
    /// Anything else: in part, on condition, postponed.
    Otherwise,
}

impl Outcome {
    /// Every outcome, by its number from 0.
    pub const ALL: [Self; 3] = [Self::NotAdmitted, Self::Admitted, Self::Otherwise];

    /// `not-admitted`, `admitted` or `otherwise`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAdmitted => "not-admitted",
            Self::Admitted => "admitted",
            Self::Otherwise => "otherwise",
        }
    }

    pub(crate) fn number(self) -> u64 {
        self as u64
    }
}

/// Lines of the paper that no other field holds: at most 32 about the person and 32 about the award.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// About the person.
    pub person: Vec<Line>,
    /// About the award.
    pub award: Vec<Line>,
}

impl Lines {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty() && self.award.is_empty()
    }
}

/// One line of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands before the value.
    pub name: Words,
    /// The value.
    pub value: LineValue,
}

/// The value of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineValue {
    /// In words.
    Words(Words),
    /// A number.
    Number(Number),
}

/// One code of a paper that has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its number, from 1.
    pub number: u8,
    /// How many there are, 2 to 16.
    pub of: u8,
}

/// A place in a jury's minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinutesReference {
    /// Number of the minutes.
    pub minutes: u64,
    /// Line in them.
    pub line: u64,
}

/// Which making of the document this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edition {
    /// The first.
    Original,
    /// A further one with the same contents.
    Duplicate {
        /// 2 to 99.
        number: u8,
        /// Serial of the document that it stands for.
        replaces: Option<Serial>,
    },
    /// One with corrected contents.
    Correction {
        /// 2 to 99.
        number: u8,
        /// Serial of the document that it replaces.
        replaces: Serial,
        /// Reference of the decision.
        decision: Option<Text>,
    },
}

impl Edition {
    /// 1 for the original, 2 to 99 for what follows it.
    pub fn number(&self) -> u8 {
        match self {
            Self::Original => 1,
            Self::Duplicate { number, .. } | Self::Correction { number, .. } => *number,
        }
    }
}

/// Where the facts of a document come from that was sealed long after its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archive {
    /// Year of the archives, 1900 to 2200.
    pub year: u16,
    /// Quality of the evidence.
    pub grade: Grade,
}

/// Evidence grades of archives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// The session's own register.
    Register,
    /// Mark sheets or minutes of the time.
    MarkSheets,
    /// Other evidence.
    Other,
}

impl Grade {
    /// Every grade, by its number from 1.
    pub const ALL: [Self; 3] = [Self::Register, Self::MarkSheets, Self::Other];

    pub(crate) fn number(self) -> u64 {
        self as u64 + 1
    }
}

/// A document's number: 8 to 16 bytes, unique within an authority.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// Takes 8 to 16 bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let bytes = bytes.into();
        (8..=16).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Hexadecimal, lower case.
impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serial({self})")
    }
}

/// The claims of a sealed document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) sealed_at: u64,
    pub(crate) serial: Serial,
    pub(crate) document: Document,
}

#[cfg(test)]
mod tests;
