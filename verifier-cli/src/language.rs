//! The two languages that the program speaks, and the words of each outcome in both.

use credential_core::{Language as Tag, Reason, Status, Text, UnixTime};

use crate::clock;

/// The language of everything that is said to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// French
    Fr,
}

impl Language {
    /// The one of two texts that is in this language.
    pub(crate) fn of<T>(self, english: T, french: T) -> T {
        match self {
            Self::En => english,
            Self::Fr => french,
        }
    }

    /// The name in this language, else the first.
    pub(crate) fn name(self, names: &[(Tag, Text)]) -> &str {
        let wanted = self.of("en", "fr");
        names.iter().find(|(tag, _)| tag.as_str() == wanted).or(names.first()).map_or("?", |(_, name)| name.as_str())
    }

    /// The outcome in a word or two, in capitals.
    pub(crate) fn headline(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Genuine => self.of("GENUINE", "AUTHENTIQUE"),
            Reason::StatusOld => self.of("GENUINE, STATUS OLD", "AUTHENTIQUE, ÉTAT ANCIEN"),
            Reason::StatusUnknown => self.of("GENUINE, STATUS UNKNOWN", "AUTHENTIQUE, ÉTAT INCONNU"),
            Reason::Withdrawn => self.of("WITHDRAWN", "RETIRÉ"),
            Reason::Suspended => self.of("SUSPENDED", "SUSPENDU"),
            Reason::Replaced => self.of("REPLACED", "REMPLACÉ"),
            Reason::Specimen => self.of("SPECIMEN", "SPÉCIMEN"),
            Reason::SignatureInvalid | Reason::OutsideScope => self.of("NOT GENUINE", "PAS AUTHENTIQUE"),
            _ => self.of("CANNOT TELL", "IMPOSSIBLE À DIRE"),
        }
    }

    /// The outcome in plain words.
    pub(crate) fn words(self, reason: Reason) -> &'static str {
        self.of(reason.words(), french(reason))
    }

    /// What the authority says of a document.
    pub(crate) fn status(self, status: Status) -> &'static str {
        match status {
            Status::InForce => self.of("in force", "en vigueur"),
            Status::Withdrawn => self.of("withdrawn", "retiré"),
            Status::Suspended => self.of("suspended", "suspendu"),
            Status::Replaced => self.of("replaced by another document", "remplacé par un autre document"),
            Status::Unknown => self.of("unknown", "inconnu"),
        }
    }

    /// The day of a time, UTC: `2026-07-14`, in French `14/07/2026`.
    pub(crate) fn day(self, time: UnixTime) -> String {
        self.date(&clock::day(time))
    }

    /// A date, or its parts that are known, as papers in this language write it.
    pub(crate) fn date(self, iso: &str) -> String {
        let reversed = || iso.split('-').rev().collect::<Vec<_>>().join("/");
        match self {
            Self::En => iso.to_owned(),
            Self::Fr => reversed(),
        }
    }

    /// `1 day`, `12 days`.
    pub(crate) fn days(self, days: u64) -> String {
        let unit = if days == 1 { self.of("day", "jour") } else { self.of("days", "jours") };
        format!("{days} {unit}")
    }
}

/// What helps next, where the words do not already say it.
pub(crate) fn next_step(reason: Reason, language: Language) -> Option<&'static str> {
    let (english, french) = match reason {
        Reason::StatusOld => (
            "Load a newer trust pack of the authority to be sure.",
            "Chargez un fichier de confiance plus récent de l'autorité pour en être sûr.",
        ),
        Reason::StatusUnknown => (
            "Load the authority's trust pack with its status list, or ask the authority.",
            "Chargez le fichier de confiance de l'autorité avec sa liste d'état, ou interrogez l'autorité.",
        ),
        Reason::Withdrawn | Reason::Suspended => ("Ask the authority.", "Interrogez l'autorité."),
        Reason::Replaced => (
            "The authority has issued a newer one in its place, as after a correction or a loss; this says nothing against \
             the holder. Ask the holder for the newer document.",
            "L'autorité en a délivré un plus récent à sa place, comme après une rectification ou une perte ; cela ne dit \
             rien contre le titulaire. Demandez au titulaire le document plus récent.",
        ),
        Reason::SignatureInvalid => (
            "If the text was copied or typed, scan the paper itself. Otherwise tell the authority.",
            "Si le texte a été copié ou saisi, numérisez le papier lui-même. Sinon, prévenez l'autorité.",
        ),
        Reason::OutsideScope => ("Tell the authority.", "Prévenez l'autorité."),
        Reason::UnknownIssuer => (
            "Load the trust pack of the authority named on the paper, or ask that authority.",
            "Chargez le fichier de confiance de l'autorité nommée sur le papier, ou interrogez-la.",
        ),
        Reason::ForeignCode => (
            "Look for the code that starts with SC1: on the paper, and scan that one.",
            "Cherchez sur le papier le code qui commence par SC1: et numérisez celui-là.",
        ),
        Reason::NoTrust => (
            "Give the authority's trust pack: verifier verify --trust FILE.sceau INPUT.",
            "Donnez le fichier de confiance de l'autorité : verifier verify --trust FICHIER.sceau ENTRÉE.",
        ),
        Reason::TrustForeignRoot => (
            "Ask the publisher of the list for its root fingerprint, by a way that you trust.",
            "Demandez à l'éditeur de la liste l'empreinte de sa racine, par une voie de confiance.",
        ),
        Reason::PackMalformed
        | Reason::TrustMalformed
        | Reason::TrustWeakKey
        | Reason::TrustUnsigned
        | Reason::StatusMalformed
        | Reason::StatusUnsigned
        | Reason::RegisterMalformed
        | Reason::RegisterUnsigned
        | Reason::TrustRolledBack => (
            "Get the trust pack again from the authority.",
            "Procurez-vous à nouveau le fichier de confiance auprès de l'autorité.",
        ),
        Reason::Genuine
        | Reason::Specimen
        | Reason::OutsideSigningWindow
        | Reason::KeyCompromised
        | Reason::BreaksRules
        | Reason::NewerFormat
        | Reason::TextMalformed
        | Reason::CompressionMalformed
        | Reason::EnvelopeMalformed
        | Reason::DictionaryUnknown
        | Reason::NoCode
        | Reason::InputUnreadable => return None,
    };
    Some(language.of(english, french))
}

fn french(reason: Reason) -> &'static str {
    match reason {
        Reason::Genuine => "Délivré par l'autorité nommée. Comparez avec le papier.",
        Reason::StatusOld => "Authentique ; les retraits ne sont connus que jusqu'à la date indiquée.",
        Reason::StatusUnknown => "Authentique ; aucune liste ne dit s'il a été retiré.",
        Reason::Withdrawn => "L'autorité l'a retiré. Ne vous y fiez pas.",
        Reason::Suspended => "L'autorité l'a suspendu pour le moment. Ne vous y fiez pas.",
        Reason::Replaced => "L'autorité l'a remplacé par un autre document.",
        Reason::Specimen => "Document d'essai, sans valeur.",
        Reason::SignatureInvalid => "Modifié, ou non scellé par l'autorité qu'il nomme. Ne l'acceptez pas.",
        Reason::OutsideScope => {
            "Scellé avec une clé qui ne peut pas sceller cette nature de document ou cette session. Ne l'acceptez pas."
        }
        Reason::OutsideSigningWindow => "Scellé avant ou après la période de service de la clé. Interrogez l'autorité.",
        Reason::KeyCompromised => {
            "Scellé avec une clé volée, et son inscription au registre n'est pas connue. Ne vous y fiez pas."
        }
        Reason::BreaksRules => {
            "Signé, mais non conforme aux règles (par exemple des caractères cachés). Interrogez l'autorité."
        }
        Reason::UnknownIssuer => {
            "Personne sur les listes chargées n'a scellé ce document : un faux, ou une autorité que les listes ne connaissent pas."
        }
        Reason::NewerFormat => "Fait pour une version plus récente de ce programme. Mettez-le à jour.",
        Reason::ForeignCode => "Ce n'est pas un code de ce type. Il n'a pas été ouvert.",
        Reason::TextMalformed | Reason::CompressionMalformed | Reason::EnvelopeMalformed => {
            "Endommagé ou incomplet. Numérisez de nouveau, à partir du papier, sous un bon éclairage."
        }
        Reason::DictionaryUnknown => {
            "Les listes chargées sont trop anciennes pour le lire, ou ne sont pas celles de l'émetteur. \
             Mettez à jour le fichier de confiance."
        }
        Reason::NoTrust => "Aucun fichier de confiance n'est chargé : rien ne peut être dit du papier.",
        Reason::PackMalformed => "Le fichier de confiance est endommagé. Rien n'est dit du papier.",
        Reason::TrustMalformed => {
            "La liste de confiance est endommagée ou non conforme aux règles. Rien n'est dit du papier."
        }
        Reason::TrustWeakKey => {
            "La liste de confiance contient une clé qu'il ne faut pas utiliser. Rien n'est dit du papier."
        }
        Reason::TrustUnsigned => {
            "La liste de confiance n'est pas signée par assez de ses racines. Rien n'est dit du papier."
        }
        Reason::TrustForeignRoot => {
            "La liste de confiance a d'autres racines que celles admises ici. Rien n'est dit du papier."
        }
        Reason::TrustRolledBack => {
            "La liste de confiance est plus ancienne que celle déjà admise, ou une autre de la même version. \
             Rien n'est dit du papier."
        }
        Reason::RegisterMalformed => "Un registre est endommagé. Rien n'est dit du papier.",
        Reason::RegisterUnsigned => "Un registre n'est pas signé par son autorité. Rien n'est dit du papier.",
        Reason::StatusMalformed => "Une liste d'état est endommagée. Rien n'est dit du papier.",
        Reason::StatusUnsigned => "Une liste d'état n'est pas signée par son autorité. Rien n'est dit du papier.",
        Reason::NoCode => "L'image ne contient aucun code lisible. Numérisez de nouveau à 300 ppp ou plus.",
        Reason::InputUnreadable => "Le fichier n'a pas pu être lu.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credential_core::Verdict;

    #[test]
    fn only_a_genuine_verdict_is_called_genuine() {
        for &reason in Reason::ALL {
            for language in [Language::En, Language::Fr] {
                let called = language.headline(reason);
                let genuine = called.starts_with(language.of("GENUINE", "AUTHENTIQUE"));
                let accepted = reason.verdict() == Verdict::Genuine && reason.exit_status() != 1;
                assert_eq!(genuine, accepted, "{called}");
                let refused = called == language.of("NOT GENUINE", "PAS AUTHENTIQUE");
                assert_eq!(refused, reason.verdict() == Verdict::NotGenuine, "{called}");
            }
        }
    }
}
