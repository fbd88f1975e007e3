//! What is said of a code, be it a document or a legalisation record: exit status, words, JSON.

use std::collections::BTreeSet;

use credential_core::{Judged, LegalisationMatch, Reason, Register, Report, legalisation_json, report_json};
use serde_json::Value;

use crate::language::Language;
use crate::legalisation;

/// What is said where there was nothing to judge.
pub(crate) fn refused(reason: Reason) -> Judged {
    Judged::Document(Box::new(Report::refused(reason)))
}

/// That of its reason; but a record that goes with no document shown is never accepted (SPEC section 17).
pub(crate) fn exit_status(judged: &Judged, matched: LegalisationMatch) -> u8 {
    match (judged, judged.reason().exit_status()) {
        (Judged::Legalisation(_), 0) => match matched {
            LegalisationMatch::SameDocument => 0,
            LegalisationMatch::OtherDocument => 1,
            LegalisationMatch::Undetermined => 2,
        },
        (_, status) => status,
    }
}

/// The outcome in a few words, in capitals.
pub(crate) fn headline(judged: &Judged, matched: LegalisationMatch, language: Language) -> &'static str {
    match judged {
        Judged::Document(report) => language.headline(report.reason()),
        Judged::Legalisation(report) => legalisation::headline(report.reason(), matched, language),
    }
}

/// The outcome in plain words.
pub(crate) fn words(judged: &Judged, matched: LegalisationMatch, language: Language) -> &'static str {
    match judged {
        Judged::Document(report) => language.words(report.reason()),
        Judged::Legalisation(report) => legalisation::words(report.reason(), matched, language),
    }
}

/// The library's JSON view with what was judged, its words, and for a record the match.
pub(crate) fn view(judged: &Judged, matched: LegalisationMatch, language: Language) -> Value {
    let mut view = match judged {
        Judged::Document(report) => report_json(report),
        Judged::Legalisation(report) => legalisation_json(report),
    };
    view["words"] = words(judged, matched, language).into();
    match judged {
        Judged::Document(_) => view["object"] = "document".into(),
        Judged::Legalisation(_) => {
            view["object"] = "legalisation".into();
            view["match"] = matched.code().into();
            // no member of a document is left out, and none of them is filled
            view["register"] = Register::Unknown.code().into();
            view["document"] = Value::Null;
        }
    }
    view
}

/// Whether the codes of a page speak of different documents: by their digests, and by the code itself where none is shown.
pub(crate) fn differ<'a>(codes: impl Iterator<Item = (&'a Vec<u8>, &'a Judged)>) -> bool {
    let subject = |(code, judged): (&Vec<u8>, &Judged)| {
        judged.document_digest().map_or_else(|| code.clone(), |digest| digest.to_vec())
    };
    codes.map(subject).collect::<BTreeSet<_>>().len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legalisation::every_case;
    use credential_core::LegalisationReport;

    #[test]
    fn a_record_that_is_not_judged_is_never_accepted_whatever_it_goes_with() {
        for (reason, matched) in every_case() {
            let record = Judged::Legalisation(Box::new(LegalisationReport::refused(reason)));
            let document = refused(reason);
            assert_eq!((exit_status(&record, matched), exit_status(&document, matched)), (2, 2), "{reason}");
        }
    }
}
