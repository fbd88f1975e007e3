//! Stable codes and plain words, in both languages, of what is said beside an outcome.

use credential_core::Reason;

use super::line::Note;
use super::matching::{BirthMatch, Difference, FoundBy, MeanMatch, NameMatch, Pile, Why};
use crate::language::Language;
use crate::legalisation;
use crate::safe;

impl Note {
    /// For machines.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::DifferentCodes => "different-codes",
            Self::NotAllDrawn => "not-all-drawn",
            Self::SameDocumentIn(_) => "same-document",
            Self::OtherDocumentIn(_) => "other-document",
            Self::ItsDocumentIn(_) => "its-document",
            Self::PagesLeft(_) => "pages-left",
        }
    }

    /// The file to look into.
    pub(super) fn file(&self) -> Option<&str> {
        match self {
            Self::ItsDocumentIn(file) | Self::SameDocumentIn(file) | Self::OtherDocumentIn(file) => Some(file),
            _ => None,
        }
    }

    /// For people.
    pub(super) fn words(&self, language: Language) -> String {
        match self {
            Self::DifferentCodes => language
                .of(
                    "The page carries different codes: see which one belongs to the paper.",
                    "La page porte des codes différents : voyez lequel appartient au papier.",
                )
                .into(),
            Self::NotAllDrawn => language
                .of(
                    "Part of the page could not be drawn: look at the file itself.",
                    "Une partie de la page n'a pas pu être dessinée : regardez le fichier lui-même.",
                )
                .into(),
            Self::ItsDocumentIn(file) => {
                format!(
                    "{} {}.",
                    language.of("Its document stands in", "Son document se trouve dans"),
                    safe::isolated(file)
                )
            }
            Self::SameDocumentIn(file) => {
                let said = language.of("The same document stands in", "Le même document se trouve dans");
                format!("{said} {}.", safe::isolated(file))
            }
            Self::OtherDocumentIn(file) => {
                let said = language.of(
                    "Another document of the same kind, title and person stands in",
                    "Un autre document de même nature, de même intitulé et de la même personne se trouve dans",
                );
                format!("{said} {}.", safe::isolated(file))
            }
            Self::PagesLeft(count) => match language {
                Language::En => format!("{count} more pages were not looked at closely."),
                Language::Fr => format!("{count} autres pages n'ont pas été examinées de près."),
            },
        }
    }
}

impl Pile {
    /// For machines.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Look => "look",
            Self::Missing => "missing",
        }
    }

    /// For people.
    pub(super) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Fine => language.of("fine", "bon"),
            Self::Look => language.of("look at it", "à regarder"),
            Self::Missing => language.of("missing", "manquant"),
        }
    }
}

impl FoundBy {
    /// For machines.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::FileColumn => "file-column",
            Self::NumberInName => "number-in-name",
            Self::NameAndBirth => "name-and-birth",
        }
    }
}

/// For machines: `exact`, `near:order,accents`, `none`.
pub(super) fn name_code(name: &NameMatch) -> String {
    match name {
        NameMatch::Exact => "exact".into(),
        NameMatch::None => "none".into(),
        NameMatch::Near(found) => {
            format!("near:{}", found.iter().map(|found| difference_code(*found)).collect::<Vec<_>>().join(","))
        }
    }
}

/// How near two names are, for people.
pub(super) fn name_words(name: &NameMatch, language: Language) -> String {
    match name {
        NameMatch::Exact => language.of("the same", "le même").into(),
        NameMatch::None => language.of("another name", "un autre nom").into(),
        NameMatch::Near(found) => {
            let differences: Vec<_> = found.iter().map(|found| difference_words(*found, language)).collect();
            format!("{} ({})", language.of("near", "proche"), differences.join(", "))
        }
    }
}

fn difference_code(difference: Difference) -> &'static str {
    match difference {
        Difference::Order => "order",
        Difference::Accents => "accents",
        Difference::Spacing => "spacing",
        Difference::OneLetter => "one-letter",
        Difference::ExtraName => "extra-name",
        Difference::MaidenName => "maiden-name",
        Difference::FamilyName => "part-of-name",
    }
}

fn difference_words(difference: Difference, language: Language) -> &'static str {
    match difference {
        Difference::Order => language.of("order of the names", "ordre des noms"),
        Difference::Accents => language.of("accents", "accents"),
        Difference::Spacing => language.of("spaces", "espaces"),
        Difference::OneLetter => language.of("one letter", "une lettre"),
        Difference::ExtraName => language.of("a name more or less", "un nom en plus ou en moins"),
        Difference::MaidenName => language.of("maiden name", "nom de jeune fille"),
        Difference::FamilyName => {
            language.of("part of the name is the same: a maiden name?", "une partie du nom : nom de jeune fille ?")
        }
    }
}

impl BirthMatch {
    /// For machines.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::Unknown => "unknown",
        }
    }

    /// For people.
    pub(super) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Same => language.of("the same", "la même"),
            Self::Differs => language.of("DIFFERS", "DIFFÈRE"),
            Self::Unknown => language.of("nothing to compare", "rien à comparer"),
        }
    }
}

impl MeanMatch {
    /// For machines.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::NotSealed => "not-sealed",
            Self::NotDeclared => "not-declared",
        }
    }

    /// For people.
    pub(super) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Same => language.of("the same", "la même"),
            Self::Differs => language.of("DIFFERS", "DIFFÈRE"),
            Self::NotSealed => language.of("not in the document", "absente du document"),
            Self::NotDeclared => language.of("not declared", "non déclarée"),
        }
    }
}

impl Why {
    /// For machines.
    pub(super) fn code(&self) -> String {
        match self {
            Self::NoFile => "no-file".into(),
            Self::NoCode => "no-code".into(),
            Self::Unread => "unread".into(),
            Self::NoDocument => "no-document".into(),
            Self::Outcome(said) => said.code().into(),
            Self::Legalisation(Reason::Genuine, matched) => format!("legalisation-{}", matched.code()),
            Self::Legalisation(reason, _) => format!("legalisation-{}", reason.code()),
            Self::Name(name) => format!("name-{}", name_code(name)),
            Self::BirthDiffers => "birth-differs".into(),
            Self::BirthUnknown => "birth-unknown".into(),
            Self::MeanDiffers => "mean-differs".into(),
            Self::MeanNotSealed => "mean-not-sealed".into(),
            Self::UsedBy(number) => format!("used-by:{number}"),
            Self::SeveralDocuments => "several-documents".into(),
            Self::Page => "page".into(),
        }
    }

    /// For people.
    pub(super) fn words(&self, language: Language) -> String {
        let (english, french) = match self {
            Self::Name(name) => {
                return format!("{} {}.", language.of("Name:", "Nom :"), name_words(name, language));
            }
            Self::Outcome(said) => return said.words(language).into(),
            Self::Legalisation(reason, matched) => {
                return legalisation::words(*reason, *matched, language).into();
            }
            Self::UsedBy(number) => {
                let said = language.of("The same document was brought by", "Le même document a été remis par");
                return format!("{said} {}.", safe::isolated(number));
            }
            Self::NoFile => ("No file belongs to this applicant.", "Aucun fichier n'est de ce candidat."),
            Self::NoCode => (
                "No code in a file: an older document, or a scan to repeat. This says nothing against the document.",
                "Pas de code dans un fichier : document ancien, ou numérisation à refaire. Cela ne dit rien contre le document.",
            ),
            Self::NoDocument => (
                "No document of this applicant is shown; a legalisation alone is none.",
                "Aucun document de ce candidat n'est présenté ; une légalisation seule n'en est pas un.",
            ),
            Self::Unread => ("A file or page could not be read.", "Un fichier ou une page n'a pas pu être lu."),
            Self::BirthDiffers => ("The birth date differs.", "La date de naissance diffère."),
            Self::BirthUnknown => ("The birth date cannot be compared.", "La date de naissance ne peut être comparée."),
            Self::MeanDiffers => ("The declared mean differs.", "La moyenne déclarée diffère."),
            Self::MeanNotSealed => ("No document states the mean.", "Aucun document n'indique la moyenne."),
            Self::SeveralDocuments => ("Several documents of the same kind.", "Plusieurs documents de même nature."),
            Self::Page => (
                "A page carries different codes, or was not drawn whole.",
                "Une page porte des codes différents, ou n'a pas été dessinée en entier.",
            ),
        };
        language.of(english, french).to_owned()
    }
}
