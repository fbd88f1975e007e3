//! What is said of an input: a judgement of the library, a fault of the packs, or trouble of this program. Three different
//! things, of which only the first speaks of a paper (SPEC section 10).

use std::collections::BTreeSet;

use credential_core::Reason;
use credential_core::answer::{Cause, FaultCode, Judged, PackFault, Relation, VerifiedCredential};
use credential_core::json::{fault_json, legalisation_json, report_json, trouble_json};
use credential_core::legalisation::{LegalisationMatch, VerifiedLegalisation};
use serde_json::Value;

use crate::language::Language;
use crate::legalisation;
use crate::trouble::Trouble;

/// What is said of one input or code.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// The library has judged it.
    Judged(Judged),
    /// The packs of the run were refused: nothing is judged.
    Refused(Refused),
    /// There was no text to judge.
    Trouble(Trouble),
}

/// Why the packs of a run were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There is none.
    NoTrust,
    /// The library has refused one.
    Pack(PackFault),
    /// This program has refused one, before the library saw it or for what it holds.
    Here(FaultCode),
}

/// An outcome without what it is about: for counting, and for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Said {
    /// By its place in SPEC section 10.
    Reason(usize),
    Fault(usize),
    Trouble(&'static str),
}

/// What the other codes of a page or a run make of one (SPEC section 14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// A foreign code in one picture with a document that is shown: it does not count.
    pub(crate) document: bool,
    /// A sheet, and all others of its paper are there: it counts as genuine.
    pub(crate) all_sheets: bool,
}

impl Answer {
    /// The judgement, if there is one.
    pub(crate) fn judged(&self) -> Option<&Judged> {
        match self {
            Self::Judged(judged) => Some(judged),
            Self::Refused(_) | Self::Trouble(_) => None,
        }
    }

    /// Why the verdict is what it is; none if nothing was judged.
    pub(crate) fn reason(&self) -> Option<Reason> {
        self.judged().map(Judged::reason)
    }

    /// The trouble, if it is one.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Trouble(trouble) => Some(*trouble),
            Self::Judged(_) | Self::Refused(_) => None,
        }
    }

    /// The document, where there is one and the outcome lets it be shown.
    pub(crate) fn credential(&self) -> Option<&VerifiedCredential> {
        self.judged().and_then(Judged::credential)
    }

    /// The record, where there is one and the outcome lets it be shown.
    pub(crate) fn record(&self) -> Option<&VerifiedLegalisation> {
        self.judged().and_then(Judged::record)
    }

    /// Why a code that is not shown was refused.
    pub(crate) fn cause(&self) -> Option<&Cause> {
        match self.judged()? {
            Judged::Document(report) => report.cause(),
            Judged::Legalisation(report) => report.cause(),
        }
    }

    /// Whether it is nobody's code of this kind.
    pub(crate) fn is_foreign(&self) -> bool {
        self.said().code() == Reason::ForeignCode.code()
    }

    /// The outcome alone.
    pub(crate) fn said(&self) -> Said {
        match self {
            Self::Judged(judged) => Said::of(judged.reason()),
            Self::Refused(refused) => refused.said(),
            Self::Trouble(trouble) => Said::Trouble(trouble.code()),
        }
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        self.said().code()
    }
}

impl Refused {
    fn said(self) -> Said {
        match self {
            Self::NoTrust => Said::of(Reason::NoTrust),
            Self::Pack(fault) => Said::of_fault(fault.code()),
            Self::Here(code) => Said::of_fault(code),
        }
    }

    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        self.said().code()
    }

    /// In plain words.
    pub(crate) fn words(self, language: Language) -> &'static str {
        self.said().words(language)
    }

    /// What helps next.
    pub(crate) fn next_step(self, language: Language) -> Option<&'static str> {
        self.said().next_step(language)
    }

    /// Which object breaks which rule, and where: for whoever made the pack.
    pub(crate) fn place(self, language: Language) -> Option<String> {
        let Self::Pack(fault) = self else { return None };
        let object = language.object(fault.object());
        let rule = fault.rule();
        let at = match (fault.byte(), language) {
            (None, _) => String::new(),
            (Some(byte), Language::En) => format!(" at byte {byte}"),
            (Some(byte), Language::Fr) => format!(" à l'octet {byte}"),
        };
        Some(match language {
            Language::En => format!("({object} breaks rule {rule}{at})"),
            Language::Fr => format!("({object} enfreint la règle {rule}{at})"),
        })
    }
}

impl Said {
    fn of(reason: Reason) -> Self {
        Self::Reason(place(Reason::ALL, &reason))
    }

    fn of_fault(code: FaultCode) -> Self {
        Self::Fault(place(FaultCode::ALL, &code))
    }

    /// The reason, if something was judged.
    pub(crate) fn reason(self) -> Option<Reason> {
        match self {
            Self::Reason(place) => Reason::ALL.get(place).copied(),
            Self::Fault(_) | Self::Trouble(_) => None,
        }
    }

    fn fault(self) -> Option<FaultCode> {
        match self {
            Self::Fault(place) => FaultCode::ALL.get(place).copied(),
            Self::Reason(_) | Self::Trouble(_) => None,
        }
    }

    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        let judged = self.reason().map(Reason::code).or(self.fault().map(FaultCode::code));
        match self {
            Self::Trouble(code) => code,
            Self::Reason(_) | Self::Fault(_) => judged.unwrap_or_default(),
        }
    }

    /// In plain words.
    pub(crate) fn words(self, language: Language) -> &'static str {
        let fault = self.fault().map(|code| language.fault(code));
        match self {
            Self::Trouble(code) => language.trouble(code),
            Self::Reason(_) | Self::Fault(_) => {
                self.reason().map(|reason| language.words(reason)).or(fault).unwrap_or_default()
            }
        }
    }

    /// What helps next, where the words do not already say it.
    pub(crate) fn next_step(self, language: Language) -> Option<&'static str> {
        let fault = self.fault().map(|code| language.next_step_of(code));
        self.reason().and_then(|reason| language.next_step(reason)).or(fault)
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|known| known == one).unwrap_or_default()
}

/// That of its row, as the other codes of the picture or run leave it (SPEC section 14). None: it does not count.
pub(crate) fn exit_status(answer: &Answer, matched: LegalisationMatch, beside: Beside) -> Option<u8> {
    if beside.document && answer.is_foreign() {
        return None;
    }
    let Answer::Judged(judged) = answer else { return Some(2) };
    let relation = match judged {
        Judged::Legalisation(_) => Relation::Record(matched),
        Judged::Document(_) if beside.all_sheets => Relation::AllSheets,
        Judged::Document(_) => Relation::Alone,
    };
    relation.exit_status(judged)
}

/// The outcome in a few words, in capitals.
pub(crate) fn headline(answer: &Answer, matched: LegalisationMatch, language: Language) -> &'static str {
    match answer {
        Answer::Judged(Judged::Document(report)) => language.headline(report.reason()),
        Answer::Judged(Judged::Legalisation(report)) => legalisation::headline(report.reason(), matched, language),
        Answer::Refused(_) | Answer::Trouble(_) => language.cannot_tell(),
    }
}

/// The outcome in plain words.
pub(crate) fn words(answer: &Answer, matched: LegalisationMatch, language: Language) -> &'static str {
    match answer {
        Answer::Judged(Judged::Legalisation(report)) => legalisation::words(report.reason(), matched, language),
        other => other.said().words(language),
    }
}

/// The library's JSON view with what was judged, its words, and for a record the match.
pub(crate) fn view(answer: &Answer, matched: LegalisationMatch, language: Language) -> Value {
    let said = words(answer, matched, language);
    let json = match answer {
        Answer::Judged(Judged::Document(report)) => report_json(report),
        Answer::Judged(Judged::Legalisation(report)) => legalisation_json(report),
        Answer::Refused(Refused::Pack(fault)) => fault_json(fault),
        Answer::Refused(_) | Answer::Trouble(_) => trouble_json(answer.code(), said),
    };
    let mut view: Value = serde_json::from_str(&json).expect("the library writes JSON");
    view["words"] = said.into();
    view["object"] = "document".into();
    if let Answer::Judged(Judged::Legalisation(_)) = answer {
        view["object"] = "legalisation".into();
        view["match"] = matched.code().into();
        // no member of a document is left out, and none of them is filled
        view["sealed_after_list"] = false.into();
        view["document"] = Value::Null;
    }
    view
}

/// Whether the codes of a page speak of different documents: by their digests, and by the code itself where none is shown.
/// A foreign code beside a document that is shown does not count.
pub(crate) fn differ<'a>(codes: impl Iterator<Item = (&'a Vec<u8>, &'a Answer)>) -> bool {
    let subject = |(code, answer): (&Vec<u8>, &Answer)| {
        let digest = answer.judged().and_then(Judged::document_digest);
        (digest.is_some(), answer.is_foreign(), digest.map_or_else(|| code.clone(), |digest| digest.to_vec()))
    };
    let all: BTreeSet<_> = codes.map(subject).collect();
    let shown = all.iter().any(|(shown, ..)| *shown);
    all.iter().filter(|(_, foreign, _)| !(shown && *foreign)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legalisation::every_match;

    #[test]
    fn what_is_not_judged_is_never_accepted_whatever_it_goes_with() {
        let beside = Beside { document: false, all_sheets: true };
        let refused = FaultCode::ALL.iter().map(|code| Answer::Refused(Refused::Here(*code)));
        let troubles = [Trouble::NoCode, Trouble::NotUtf8, Trouble::Internal].map(Answer::Trouble);
        let answers = refused.chain(troubles).chain([Answer::Refused(Refused::NoTrust)]);
        for answer in answers {
            for matched in every_match() {
                assert_eq!(exit_status(&answer, matched, beside), Some(2), "{answer:?}");
                assert_eq!(headline(&answer, matched, Language::En), "CANNOT TELL");
                assert_eq!(view(&answer, matched, Language::Fr)["verdict"], "undetermined");
            }
        }
    }

    #[test]
    fn only_a_foreign_code_beside_a_document_does_not_count() {
        let beside = Beside { document: true, all_sheets: false };
        let status = |trouble| exit_status(&Answer::Trouble(trouble), LegalisationMatch::Undetermined, beside);
        assert_eq!(status(Trouble::NotUtf8), None);
        assert_eq!(status(Trouble::LongLine { bytes: 70_000 }), Some(2));
    }
}
