//! One code, or one input without a code, and what is said about it.

use std::path::Path;
use std::sync::Arc;

use credential_core::Reason;

use crate::judged::{Answer, Beside, Refused, exit_status};
use crate::language::Language;
use crate::legalisation::Tie;
use crate::safe;
use crate::trouble::Trouble;

/// An argument of the command line, as given and as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// As given; a code's text if the argument is one.
    pub(super) given: Arc<Path>,
    /// As people are shown it; a text is never shown, for it might be somebody's link.
    pub(super) label: Arc<str>,
}

/// What is said about one code.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) spot: Spot,
    pub(super) answer: Answer,
    /// Of a record: whether it belongs to a document that was shown, and where that stands (LEG-8).
    pub(super) tie: Tie<Spot>,
    /// What the other codes of its picture, or of the run, make of it.
    pub(super) beside: Beside,
    pub(super) identity: Option<IdentityCheck>,
}

/// Where a code stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) input: Input,
    pub(super) place: Place,
}

/// Where in its input a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The input is one code, or could not be read at all.
    Whole,
    /// A line of a text, from 1.
    Line(u64),
    /// One of the codes of a picture.
    Code(OnPage),
}

/// A code among those of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OnPage {
    /// From 1, from top to bottom.
    pub(super) number: usize,
    /// How many codes there are.
    pub(super) of: usize,
    /// Whether they do not all speak of the same document.
    pub(super) differ: bool,
    /// Whether several of them are documents.
    pub(super) copies: bool,
}

/// What came of comparing an identity number that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdentityCheck {
    /// It is the one that was sealed, as far as that can be told.
    Matches,
    /// It is another.
    Differs,
    /// The document holds none, or is not shown.
    NothingToCompare,
}

impl Input {
    pub(super) fn new(given: &Path, position: usize, language: Language) -> Self {
        let text = given.to_str();
        let label = match text {
            Some("-") => language.of("standard input", "entrée standard").into(),
            Some(text) if is_code(text) => format!("{} {position}", language.of("text", "texte")),
            _ => safe::escaped(&given.to_string_lossy()),
        };
        Self { given: given.into(), label: label.into() }
    }

    /// The argument itself, if it is a code and no file.
    pub(super) fn as_code(&self) -> Option<&str> {
        self.given.to_str().filter(|text| is_code(text))
    }
}

impl Outcome {
    pub(super) fn of(input: &Input, answer: Answer) -> Self {
        let spot = Spot { input: input.clone(), place: Place::Whole };
        Self { spot, answer, tie: Tie::NONE, beside: Beside::default(), identity: None }
    }

    pub(super) fn refused(input: &Input, why: Refused) -> Self {
        Self::of(input, Answer::Refused(why))
    }

    pub(super) fn unreadable(input: &Input, trouble: Trouble) -> Self {
        Self::of(input, Answer::Trouble(trouble))
    }

    pub(super) fn at(mut self, place: Place) -> Self {
        self.spot.place = place;
        self
    }

    /// None if it does not count.
    pub(super) fn exit_status(&self) -> Option<u8> {
        exit_status(&self.answer, self.tie.matched, self.beside)
    }

    /// Whether it is one sheet of a paper of which others are missing so far.
    pub(super) fn lacks_sheets(&self) -> bool {
        self.answer.reason() == Some(Reason::OneSheet) && !self.beside.all_sheets
    }
}

impl Spot {
    /// Where the code stands, for people: `codes.txt:12`, `page.png#2`.
    pub(super) fn label(&self) -> String {
        match self.place {
            Place::Line(line) => format!("{}:{line}", self.input.label),
            Place::Code(OnPage { number, of, .. }) if of > 1 => format!("{}#{number}", self.input.label),
            _ => self.input.label.to_string(),
        }
    }
}

/// Whether an argument is a code's own text: `SC` or `SL`, one to three digits and `:`, or a link.
fn is_code(argument: &str) -> bool {
    let rest = argument.strip_prefix("SC").or_else(|| argument.strip_prefix("SL"));
    let version = rest.and_then(|rest| rest.split_once(':')).map(|(version, _)| version);
    argument.starts_with("https://")
        || version.is_some_and(|v| (1..=3).contains(&v.len()) && v.bytes().all(|byte| byte.is_ascii_digit()))
}
