//! What a document states: SPEC section 6.

pub(crate) mod fields;
mod read;
mod write;

use core::fmt;

use crate::date::PartialDate;
use crate::words::{Language, Text, TextFault, Words};

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
    /// CLM-1.
    #[error("the payload is not strict CBOR")]
    Encoding,
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
    #[error("columns of subjects differ in length")]
    Columns,
    /// CLM-10.
    #[error("a mark is above the scale's maximum")]
    AboveScale,
    /// CLM-11.
    #[error("results do not fit the kind of document")]
    ResultsForKind,
    /// CLM-12.
    #[error("there are not as many texts as languages")]
    LanguageCount,
}

impl Rule {
    pub(crate) fn of(self, field: &'static str) -> BrokenRule {
        BrokenRule { field, rule: self }
    }
}

impl Document {
    /// Checks what the types of the fields do not hold by themselves: CLM-7, CLM-9 to CLM-12 and the ranges of CLM-4.
    pub fn check(&self) -> Result<(), BrokenRule> {
        self.check_languages()?;
        self.check_editions()?;
        if let Some(results) = &self.results {
            check_results(results, self.languages.len()).map_err(|rule| rule.of("results"))?;
        }
        check_kind(self.kind, self.results.as_ref()).map_err(|rule| rule.of("results"))
    }

    fn check_languages(&self) -> Result<(), BrokenRule> {
        let twice = (1..self.languages.len()).any(|i| self.languages[..i].contains(&self.languages[i]));
        if twice || !(1..=3).contains(&self.languages.len()) {
            return Err(Rule::Language.of("languages"));
        }
        let words = [
            ("holder", Some(&self.holder)),
            ("birth_place", self.birth_place.as_ref()),
            ("title", Some(&self.title)),
            ("series", self.series.as_ref()),
            ("session", Some(&self.session)),
            ("honours", self.honours.as_ref()),
            ("authority", Some(&self.authority)),
            ("centre", self.centre.as_ref()),
        ];
        words.into_iter().try_for_each(|(field, words)| {
            words.map_or(Ok(()), |words| words.check_languages(self.languages.len())).map_err(|rule| rule.of(field))
        })
    }

    fn check_editions(&self) -> Result<(), BrokenRule> {
        if let Edition::Duplicate { number, .. } | Edition::Correction { number, .. } = &self.edition
            && !(2..=99).contains(number)
        {
            return Err(Rule::Range.of("edition"));
        }
        if let Some(Identity::Digest { work, .. }) = &self.identity
            && !(10..=16).contains(work)
        {
            return Err(Rule::Range.of("identity"));
        }
        match &self.archive {
            Some(archive) if !(1900..=2200).contains(&archive.year) => Err(Rule::Range.of("archive")),
            _ => Ok(()),
        }
    }
}

fn check_results(results: &Results, languages: usize) -> Result<(), Rule> {
    let Results { scale, mean, subjects } = results;
    if scale.decimals > 3 || !(1..=100_000).contains(&scale.maximum) || subjects.len() > 64 {
        return Err(Rule::Range);
    }
    let marks = subjects.iter().filter_map(|subject| match subject.mark {
        Some(Mark::Number(mark)) => Some(mark),
        _ => None,
    });
    if marks.chain(*mean).any(|mark| mark > scale.maximum) {
        return Err(Rule::AboveScale);
    }
    let filled = |column: fn(&Subject) -> bool| subjects.windows(2).all(|two| column(&two[0]) == column(&two[1]));
    let columns: [fn(&Subject) -> bool; 4] =
        [|s| s.code.is_some(), |s| s.coefficient.is_some(), |s| s.credits.is_some(), |s| s.mark.is_some()];
    if !columns.into_iter().all(filled) {
        return Err(Rule::Columns);
    }
    if subjects.iter().any(|subject| subject.coefficient > Some(1_000) || subject.credits > Some(10_000)) {
        return Err(Rule::Range);
    }
    subjects.iter().try_for_each(|subject| subject.name.check_languages(languages))
}

// CLM-11
fn check_kind(kind: Kind, results: Option<&Results>) -> Result<(), Rule> {
    let subjects = results.map_or(&[][..], |results| &results.subjects);
    let fits = match kind {
        Kind::Diploma => subjects.is_empty(),
        Kind::Transcript => subjects.first().is_some_and(|subject| subject.mark.is_some()),
        Kind::Attestation => true,
    };
    if fits { Ok(()) } else { Err(Rule::ResultsForKind) }
}
