//! The rules of claims: CLM-1 to CLM-12, and those among them that a document is checked for as a whole.

use super::{Document, Edition, Identity, Kind, Mark, Results, Subject};
use crate::words::TextFault;

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
