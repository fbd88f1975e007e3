//! What a document states: SPEC section 6.

mod check;
pub(crate) mod fields;
mod read;
mod write;

use core::fmt;

use crate::date::PartialDate;
use crate::words::{Language, Text, TextFault, Words};

pub use check::{BrokenRule, Rule};
pub(crate) use read::read;
pub(crate) use write::{document_bytes, write, write_words};

/// A document's contents: every line of the paper, as literal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Diploma, transcript or attestation.
    pub kind: Kind,
    /// Languages of the paper, in its order: one to three.
    pub languages: Vec<Language>,
    /// The holder's name as printed; a second script is a second language's text.
    pub holder: Words,
    /// Birth date, as far as it is known.
    pub birth: Option<PartialDate>,
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
    /// Mean and subjects.
    pub results: Option<Results>,
    /// Where the status list speaks of the document.
    pub status: Option<StatusReference>,
    /// Where the jury's minutes speak of it.
    pub minutes: Option<MinutesReference>,
    /// Original, duplicate or correction.
    pub edition: Edition,
    /// Set when sealed later from archives.
    pub archive: Option<Archive>,
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// States that an examination was passed; holds no marks by subject.
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
pub enum Identity {
    /// The last characters of the number, at most four.
    Tail(Text),
    /// A slow salted digest, see [`identity_digest`](crate::identity_digest).
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
        Text::up_to(characters[characters.len() - shown..].iter().collect::<String>(), 4).map(Self::Tail)
    }
}

/// Mean, subjects and the scale that their marks are on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// The scale of all marks.
    pub scale: Scale,
    /// The mean, on the same scale.
    pub mean: Option<u32>,
    /// Subjects in the paper's order, at most 64; columns are filled for all or for none.
    pub subjects: Vec<Subject>,
}

/// How integers read as marks: at 2 decimals 1525 reads 15.25.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Decimals, 0 to 3.
    pub decimals: u8,
    /// The highest mark, scaled, 1 to 100,000.
    pub maximum: u32,
}

impl Scale {
    /// A scaled mark as a decimal number with a point.
    pub fn show(self, mark: u32) -> String {
        let unit = 10_u32.pow(self.decimals.into());
        match self.decimals {
            0 => mark.to_string(),
            decimals => format!("{}.{:0width$}", mark / unit, mark % unit, width = decimals.into()),
        }
    }
}

/// One line of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Name.
    pub name: Words,
    /// Code.
    pub code: Option<Text>,
    /// Coefficient, at most 1,000.
    pub coefficient: Option<u16>,
    /// Credits in tenths, at most 10,000.
    pub credits: Option<u16>,
    /// Mark.
    pub mark: Option<Mark>,
}

/// A mark as a scaled number or in words, such as "absent".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A scaled number, see [`Scale`].
    Number(u32),
    /// At most 8 characters.
    Word(Text),
}

impl Mark {
    /// Takes a mark in words, of at most 8 characters.
    pub fn word(text: impl Into<String>) -> Result<Self, TextFault> {
        Text::up_to(text, 8).map(Self::Word)
    }
}

/// A place in a status list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusReference {
    /// Number of the authority's list.
    pub list: u64,
    /// Position in it, from 0.
    pub index: u64,
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
    pub(crate) const ALL: [Self; 3] = [Self::Register, Self::MarkSheets, Self::Other];

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
mod tests {
    use super::*;

    #[test]
    fn an_original_is_the_first_edition() {
        let old = Serial::new([7; 8]).unwrap();
        let correction = Edition::Correction { number: 99, replaces: old, decision: None };
        let editions = [Edition::Original, Edition::Duplicate { number: 2, replaces: None }, correction];
        assert_eq!(editions.map(|edition| edition.number()), [1, 2, 99]);
    }
}
