//! Plain words on legalisation records; none of them calls a record a document.

use credential_core::Reason;
use credential_core::answer::Status;
use credential_core::legalisation::LegalisationMatch;

use crate::language::Language;

/// The outcome in plain words, with what is known of the document.
pub(crate) fn words(reason: Reason, matched: LegalisationMatch, language: Language) -> &'static str {
    match (reason, matched) {
        (Reason::Genuine, LegalisationMatch::SameDocument) => language.of(
            "The ministry named has legalised this same document.",
            "Le ministère nommé a légalisé ce document même.",
        ),
        (_, LegalisationMatch::OtherDocument) if reason.exit_status() != 1 && reason != Reason::Specimen => language
            .of(
                "The ministry's record is about another document than the one shown here.",
                "L'acte du ministère porte sur un autre document que celui présenté ici.",
            ),
        _ => outcome_words(reason, language),
    }
}

/// The outcome in plain words, whatever the document.
pub(crate) fn outcome_words(reason: Reason, language: Language) -> &'static str {
    let (english, french) = match reason {
        Reason::Genuine => (
            "A ministry has legalised a document with the serial stated. This code alone does not say which paper that is.",
            "Un ministère a légalisé un document qui porte le numéro de série indiqué. Ce code seul ne dit pas de quel papier il s'agit.",
        ),
        Reason::StatusOld => (
            "Sealed by the ministry named; withdrawals of legalisations are known only up to the date shown.",
            "Scellé par le ministère nommé ; les retraits de légalisations ne sont connus que jusqu'à la date indiquée.",
        ),
        Reason::StatusUnknown => (
            "Sealed by the ministry named; no list says whether this legalisation was withdrawn.",
            "Scellé par le ministère nommé ; aucune liste ne dit si cette légalisation a été retirée.",
        ),
        Reason::RegisterUnknown => (
            "Sealed by the ministry named; whether its register has this legalisation was not looked up, or it was sealed after it.",
            "Scellé par le ministère nommé ; l'inscription de cette légalisation à son registre n'a pas été vérifiée, ou elle a été scellée après.",
        ),
        Reason::Withdrawn => (
            "The ministry has withdrawn this legalisation. The document itself stays as it was.",
            "Le ministère a retiré cette légalisation. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Suspended => (
            "The ministry has suspended this legalisation for now. The document itself stays as it was.",
            "Le ministère a suspendu cette légalisation pour le moment. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Replaced => (
            "The ministry has replaced this legalisation by another. The document itself stays as it was.",
            "Le ministère a remplacé cette légalisation par une autre. Le document lui-même reste ce qu'il était.",
        ),
        Reason::Specimen => ("A test legalisation, worthless.", "Légalisation d'essai, sans valeur."),
        Reason::SignatureInvalid => (
            "This legalisation was altered, or not sealed by the ministry it names. That says nothing about the document.",
            "Cette légalisation a été modifiée, ou n'a pas été scellée par le ministère qu'elle nomme. Cela ne dit rien du document.",
        ),
        Reason::UnknownIssuer => (
            "No ministry on the loaded lists sealed this legalisation.",
            "Aucun ministère des listes chargées n'a scellé cette légalisation.",
        ),
        Reason::KeyCompromised => (
            "Sealed with a key of the ministry that was stolen. Ask the ministry.",
            "Scellé avec une clé du ministère qui a été volée. Interrogez le ministère.",
        ),
        // rows of documents: no record ends in them
        Reason::PastValidity | Reason::StatesNotAdmitted | Reason::StatesOtherwise | Reason::OneSheet => {
            return language.cannot_tell();
        }
        _ => return language.words(reason),
    };
    language.of(english, french)
}

/// The outcome in a few words, in capitals; a record is never called a genuine document.
pub(crate) fn headline(reason: Reason, matched: LegalisationMatch, language: Language) -> &'static str {
    match (reason, matched) {
        (Reason::Specimen, _) => language.headline(reason),
        (Reason::Withdrawn, _) => language.of("LEGALISATION WITHDRAWN", "LÉGALISATION RETIRÉE"),
        (Reason::Suspended, _) => language.of("LEGALISATION SUSPENDED", "LÉGALISATION SUSPENDUE"),
        (Reason::Replaced, _) => language.of("LEGALISATION REPLACED", "LÉGALISATION REMPLACÉE"),
        (Reason::SignatureInvalid, _) => language.of("LEGALISATION NOT VALID", "LÉGALISATION NON VALABLE"),
        (Reason::Genuine, LegalisationMatch::SameDocument) => language.of("LEGALISED", "LÉGALISÉ"),
        (Reason::StatusOld, LegalisationMatch::SameDocument) => {
            language.of("LEGALISED, STATUS OLD", "LÉGALISÉ, ÉTAT ANCIEN")
        }
        (Reason::StatusUnknown, LegalisationMatch::SameDocument) => {
            language.of("LEGALISED, STATUS UNKNOWN", "LÉGALISÉ, ÉTAT INCONNU")
        }
        (Reason::RegisterUnknown, LegalisationMatch::SameDocument) => {
            language.of("LEGALISED, REGISTER NOT CHECKED", "LÉGALISÉ, REGISTRE NON VÉRIFIÉ")
        }
        (
            Reason::Genuine | Reason::StatusOld | Reason::StatusUnknown | Reason::RegisterUnknown,
            LegalisationMatch::OtherDocument,
        ) => language.of("LEGALISATION OF ANOTHER DOCUMENT", "LÉGALISATION D'UN AUTRE DOCUMENT"),
        (
            Reason::Genuine | Reason::StatusOld | Reason::StatusUnknown | Reason::RegisterUnknown,
            LegalisationMatch::Undetermined,
        ) => language.of("LEGALISATION, DOCUMENT NOT SHOWN", "LÉGALISATION, DOCUMENT NON PRÉSENTÉ"),
        _ => language.of("LEGALISATION: CANNOT TELL", "LÉGALISATION : IMPOSSIBLE À DIRE"),
    }
}

/// What the ministry says of a record.
pub(crate) fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Withdrawn => language.of("withdrawn", "retirée"),
        Status::Suspended => language.of("suspended", "suspendue"),
        Status::Replaced => language.of("replaced by another legalisation", "remplacée par une autre légalisation"),
        other => language.status(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legalisation::every_case;

    #[test]
    fn no_record_is_ever_called_genuine() {
        for (reason, matched) in every_case() {
            for language in [Language::En, Language::Fr] {
                let said = format!("{} {}", headline(reason, matched, language), words(reason, matched, language));
                let said = said.to_uppercase();
                assert!(!said.contains("GENUINE") && !said.contains("AUTHENTIQUE"), "{said}");
                let legalised = headline(reason, matched, language).starts_with(language.of("LEGALISED", "LÉGALISÉ,"))
                    || headline(reason, matched, language) == "LÉGALISÉ";
                assert!(!legalised || matched == LegalisationMatch::SameDocument, "{said}");
            }
        }
    }
}
