//! The two languages that the program speaks, and the words of each outcome in both.

use credential_core::Reason;
use credential_core::answer::{FaultCode, PackObject, Status};
use credential_core::document::{Language as Tag, Text};
use credential_core::time::UnixTime;

use crate::clock;
use crate::trouble::NO_CODE;

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
            Reason::RegisterUnknown => self.of("GENUINE, REGISTER NOT CHECKED", "AUTHENTIQUE, REGISTRE NON VÉRIFIÉ"),
            Reason::StatesOtherwise => self.of("GENUINE, READ WHAT WAS DECIDED", "AUTHENTIQUE, LISEZ LA DÉCISION"),
            Reason::OneSheet => self.of("GENUINE, ONE SHEET OF SEVERAL", "AUTHENTIQUE, UNE FEUILLE PARMI PLUSIEURS"),
            Reason::StatesNotAdmitted => self.of("NOT ADMITTED", "NON ADMIS"),
            Reason::PastValidity => self.of("NO LONGER VALID", "PLUS VALABLE"),
            Reason::Withdrawn => self.of("WITHDRAWN", "RETIRÉ"),
            Reason::Suspended => self.of("SUSPENDED", "SUSPENDU"),
            Reason::Replaced => self.of("REPLACED", "REMPLACÉ"),
            Reason::Specimen => self.of("SPECIMEN", "SPÉCIMEN"),
            Reason::SignatureInvalid | Reason::OutsideScope => self.of("NOT GENUINE", "PAS AUTHENTIQUE"),
            _ => self.cannot_tell(),
        }
    }

    /// That nothing is said about the paper.
    pub(crate) fn cannot_tell(self) -> &'static str {
        self.of("CANNOT TELL", "IMPOSSIBLE À DIRE")
    }

    /// A fault of a pack in plain words.
    pub(crate) fn fault(self, code: FaultCode) -> &'static str {
        self.of(code.words(), french_fault(code))
    }

    /// What helps next after a pack was refused.
    pub(crate) fn next_step_of(self, code: FaultCode) -> &'static str {
        match code {
            FaultCode::TrustForeignRoot => self.of(
                "Ask the publisher of the list for its root fingerprint, by a way that you trust.",
                "Demandez à l'éditeur de la liste l'empreinte de sa racine, par une voie de confiance.",
            ),
            FaultCode::TrustLinkMissing => self.of(
                "Ask its publisher for the pack that carries all changes of roots.",
                "Demandez à son éditeur le fichier qui porte tous les changements de racines.",
            ),
            FaultCode::StatusAhead => self.of(
                "Look whether this computer's clock is right. If it is, ask the authority for another pack.",
                "Vérifiez l'horloge de cet ordinateur. Si elle est juste, demandez un autre fichier à l'autorité.",
            ),
            _ => self.of(
                "Get the trust pack again from the authority.",
                "Procurez-vous à nouveau le fichier de confiance auprès de l'autorité.",
            ),
        }
    }

    /// Trouble of the program, by its code.
    pub(crate) fn trouble(self, code: &str) -> &'static str {
        let reason = Reason::ALL.iter().find(|reason| reason.code() == code);
        match (reason, code) {
            (Some(reason), _) => self.words(*reason),
            (None, NO_CODE) => self.of(
                "The picture holds no code that can be read. Scan again at 300 dpi or more.",
                "L'image ne contient aucun code lisible. Numérisez de nouveau à 300 ppp ou plus.",
            ),
            (None, _) => self.of("The file could not be read.", "Le fichier n'a pas pu être lu."),
        }
    }

    /// An object of a pack; places are counted from 1.
    pub(crate) fn object(self, object: PackObject) -> String {
        let (french, at) = match object {
            _ if self == Self::En => return object.to_string(),
            PackObject::Pack => return "le fichier".into(),
            PackObject::TrustList => return "la liste de confiance".into(),
            PackObject::Link(at) => ("le maillon", at),
            PackObject::Dictionary(at) => ("le dictionnaire", at),
            PackObject::StatusList(at) => ("la liste d'état", at),
            PackObject::RegisterHead(at) => ("la tête de registre", at),
            PackObject::RegisterFile(at) => ("le registre", at),
        };
        format!("{french} {}", at + 1)
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

impl Language {
    /// What helps next, where the words do not already say it.
    pub(crate) fn next_step(self, reason: Reason) -> Option<&'static str> {
        next_step(reason).map(|(english, french)| self.of(english, french))
    }
}

fn next_step(reason: Reason) -> Option<(&'static str, &'static str)> {
    Some(match reason {
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
        Reason::TrustConflict => (
            "Ask the owner of the trust list for a newer one, and tell them: verifier trust show --evidence.",
            "Demandez au propriétaire de la liste une version plus récente, et signalez-le : verifier trust show --evidence.",
        ),
        Reason::ForeignCode => (
            "Look for the code that starts with SC1: on the paper, and scan that one.",
            "Cherchez sur le papier le code qui commence par SC1: et numérisez celui-là.",
        ),
        Reason::NoTrust => (
            "Give the authority's trust pack: verifier verify --trust FILE.sceau INPUT.",
            "Donnez le fichier de confiance de l'autorité : verifier verify --trust FICHIER.sceau ENTRÉE.",
        ),
        Reason::PastValidity => (
            "Ask the holder for a newer one, or for the final document.",
            "Demandez au titulaire un document plus récent, ou le document définitif.",
        ),
        Reason::OneSheet => (
            "Give all of its codes in one run, for example all of its pages.",
            "Donnez tous ses codes en une fois, par exemple toutes ses pages.",
        ),
        Reason::RegisterUnknown => (
            "Load the register of the session, or give the holder's inclusion proof (--proof); else ask the authority.",
            "Chargez le registre de la session, ou donnez la preuve d'inscription du titulaire (--proof) ; sinon interrogez l'autorité.",
        ),
        Reason::OutsideSession => ("Ask the authority.", "Interrogez l'autorité."),
        Reason::Genuine
        | Reason::StatesNotAdmitted
        | Reason::StatesOtherwise
        | Reason::Specimen
        | Reason::OutsideSigningWindow
        | Reason::KeyCompromised
        | Reason::BreaksRules
        | Reason::NewerFormat
        | Reason::TextMalformed
        | Reason::CompressionMalformed
        | Reason::EnvelopeMalformed
        | Reason::DictionaryUnknown => return None,
    })
}

fn french(reason: Reason) -> &'static str {
    match reason {
        Reason::Genuine => "Délivré par l'autorité nommée. Comparez avec le papier.",
        Reason::StatusOld => "Authentique ; les retraits ne sont connus que jusqu'à la date indiquée.",
        Reason::StatusUnknown => "Authentique ; aucune liste ne dit s'il a été retiré.",
        Reason::PastValidity => "Authentique, et plus valable : son dernier jour est passé.",
        Reason::StatesNotAdmitted => "Authentique. Il indique que le candidat n'a PAS été admis.",
        Reason::StatesOtherwise => {
            "Authentique. Il n'indique ni que le candidat a été admis ni le contraire : lisez ce qui a été décidé."
        }
        Reason::OneSheet => "Authentique, mais une feuille parmi plusieurs. Vérifiez aussi les autres.",
        Reason::RegisterUnknown => {
            "Authentique par son sceau ; son inscription au registre n'a pas été vérifiée, ou il a été scellé après. Interrogez l'autorité."
        }
        Reason::Withdrawn => "L'autorité l'a retiré. Ne vous y fiez pas.",
        Reason::Suspended => "L'autorité l'a suspendu pour le moment. Ne vous y fiez pas.",
        Reason::Replaced => "L'autorité l'a remplacé par un autre document.",
        Reason::Specimen => "Document d'essai, sans valeur.",
        Reason::SignatureInvalid => "Modifié, ou non scellé par l'autorité qu'il nomme. Ne l'acceptez pas.",
        Reason::OutsideScope => {
            "Scellé avec une clé qui ne peut pas sceller cette nature de document. Ne l'acceptez pas."
        }
        Reason::OutsideSession => {
            "Scellé avec une clé que la liste nomme pour d'autres sessions. Interrogez l'autorité."
        }
        Reason::OutsideSigningWindow => "Scellé avant ou après la période de service de la clé. Interrogez l'autorité.",
        Reason::KeyCompromised => {
            "Scellé avec une clé volée, et son inscription au registre n'est pas connue. Ne vous y fiez pas."
        }
        Reason::BreaksRules => {
            "Signé, mais non conforme aux règles (par exemple des caractères cachés). Interrogez l'autorité."
        }
        Reason::TrustConflict => {
            "Les listes qui en répondent se contredisent. Rien n'est dit avant qu'une liste plus récente ne tranche."
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
    }
}

fn french_fault(code: FaultCode) -> &'static str {
    match code {
        FaultCode::PackMalformed => "Le fichier de confiance est endommagé. Rien n'est dit du papier.",
        FaultCode::TrustMalformed => {
            "La liste de confiance est endommagée ou non conforme aux règles. Rien n'est dit du papier."
        }
        FaultCode::TrustWeakKey => {
            "La liste de confiance contient une clé qu'il ne faut pas utiliser. Rien n'est dit du papier."
        }
        FaultCode::TrustUnsigned => {
            "La liste de confiance n'est pas signée par assez de ses racines. Rien n'est dit du papier."
        }
        FaultCode::TrustForeignRoot => {
            "La liste de confiance a d'autres racines que celles admises ici. Rien n'est dit du papier."
        }
        FaultCode::TrustVoid => {
            "La liste de confiance change ce qu'aucune liste ultérieure ne peut changer : elle ne compte pas."
        }
        FaultCode::TrustRolledBack => "La liste de confiance n'est pas bâtie sur celle en vigueur.",
        FaultCode::TrustLinkMissing => {
            "La liste de confiance a de nouvelles racines, et la liste par laquelle les anciennes ont passé la main manque. \
             Rien n'est dit du papier."
        }
        FaultCode::RegisterMalformed => "Un registre est endommagé. Rien n'est dit du papier.",
        FaultCode::RegisterUnsigned => "Un registre n'est pas signé par son autorité. Rien n'est dit du papier.",
        FaultCode::StatusMalformed => "Une liste d'état est endommagée. Rien n'est dit du papier.",
        FaultCode::StatusUnsigned => "Une liste d'état n'est pas signée par son autorité. Rien n'est dit du papier.",
        FaultCode::StatusAhead => {
            "Une liste d'état est datée en avance sur l'horloge de cet ordinateur. Rien n'est dit du papier."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credential_core::answer::Verdict;

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
