//! Names that no line of the paper may have (ISS-15): those of typed fields and those of verdicts, in the languages of the
//! programs. A line that is called like one of them would look like the program's own words.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// What a name of a line, heading, row or summary looks like, if it may not stand on a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// The name of a field that programs show as their own.
    Field(&'static str),
    /// A verdict, or a word of one.
    Verdict(&'static str),
}

/// What a name looks like: a field if all of it does, a verdict if one stands anywhere in it.
pub fn reserved(name: &str) -> Option<Reserved> {
    let words = folded(name);
    let whole = words.join(" ");
    let field = FIELDS.iter().find(|field| folded(field).join(" ") == whole);
    let holds = |verdict: &&&str| {
        let verdict = folded(verdict);
        words.windows(verdict.len()).any(|some| *some == verdict)
    };
    field.map(|field| Reserved::Field(field)).or_else(|| VERDICTS.iter().find(holds).map(|of| Reserved::Verdict(of)))
}

impl Reserved {
    /// Why the name may not stand on a paper.
    pub fn words(self) -> String {
        match self {
            Self::Field(field) => {
                format!("looks like “{field}”, which is a field of its own; use that field, or say what is meant")
            }
            Self::Verdict(verdict) => {
                format!("looks like the verdict “{verdict}” of the verifying programs; choose other words")
            }
        }
    }
}

/// The words of a name by their looks: case, accents and marks apart from letters do not count, nor what is no letter.
fn folded(name: &str) -> Vec<String> {
    let plain = |c: &char| !is_mark(*c);
    let lower: String = name.nfkd().filter(plain).flat_map(char::to_lowercase).collect();
    let looks: String = skeleton(&lower).filter(plain).flat_map(char::to_lowercase).collect();
    looks.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Accents, and the vowel signs and the stretching of Arabic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// Names of typed fields, in English, French and Arabic.
const FIELDS: &[&str] = &[
    "Holder",
    "Name",
    "Titulaire",
    "Nom",
    "صاحب الوثيقة",
    "الاسم",
    "Born",
    "Born at",
    "Birth",
    "Date of birth",
    "Place of birth",
    "Naissance",
    "Né le",
    "Née le",
    "Date de naissance",
    "Lieu de naissance",
    "تاريخ الميلاد",
    "تاريخ الازدياد",
    "مكان الميلاد",
    "مكان الازدياد",
    "Identity number",
    "Identity",
    "Numéro d'identité",
    "رقم الهوية",
    "Candidate number",
    "Candidate's number",
    "Numéro de candidat",
    "Numéro du candidat",
    "رقم المترشح",
    "Kind",
    "Nature",
    "النوع",
    "Title",
    "Intitulé",
    "Titre",
    "اسم الشهادة",
    "Series",
    "Série",
    "الشعبة",
    "Session",
    "الدورة",
    "Honours",
    "Mention",
    "الميزة",
    "Authority",
    "Issuer",
    "Issued by",
    "Autorité",
    "Émetteur",
    "Délivré par",
    "الجهة",
    "Centre",
    "المركز",
    "Decision",
    "Outcome",
    "Décision",
    "Résultat du jury",
    "القرار",
    "Awarded",
    "Awarded on",
    "Délivré le",
    "Valid until",
    "Valable jusqu'au",
    "صالح إلى",
    "Edition",
    "Édition",
    "النسخة",
    "Archives",
    "الأرشيف",
    "Serial number",
    "Serial",
    "Numéro de série",
    "الرقم التسلسلي",
    "Sealed",
    "Sealed on",
    "Scellé le",
    "تاريخ الختم",
    "Status",
    "État",
    "الحالة",
    "Register",
    "Registre",
    "السجل",
    "Verdict",
    "Reason",
    "Motif",
    "Sheet",
    "Feuillet",
    "Minutes",
    "Procès-verbal",
    "محضر",
];

/// Verdicts and words of them, in English, French and Arabic.
const VERDICTS: &[&str] = &[
    "genuine",
    "authentic",
    "verified",
    "in force",
    "withdrawn",
    "suspended",
    "replaced",
    "specimen",
    "cannot tell",
    "not admitted",
    "no longer valid",
    "authentique",
    "vérifié",
    "vérifiée",
    "en vigueur",
    "retiré",
    "retirée",
    "suspendu",
    "suspendue",
    "remplacé",
    "remplacée",
    "spécimen",
    "impossible à dire",
    "non admis",
    "non admise",
    "plus valable",
    "أصلية",
    "أصلي",
    "غير أصلية",
    "مسحوبة",
    "موقوفة",
    "مستبدلة",
    "عينة للتجربة",
    "لا يمكن الحكم",
    "سارية المفعول",
    "غير ناجح",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_reserved_whatever_their_case_accents_and_look_alikes() {
        for name in ["Holder", "holder:", "HOLDER", "H\u{43e}lder", "Serie", "SÉRIE", "Né(e) le", "nee  le", "القرار"]
        {
            let expected = !matches!(name, "Né(e) le");
            assert_eq!(matches!(reserved(name), Some(Reserved::Field(_))), expected, "{name}");
        }
    }

    #[test]
    fn a_verdict_is_reserved_wherever_it_stands_in_a_name() {
        for name in
            ["GENUINE", "Status: genuine", "Verified by the jury", "PAS AUTHENTIQUE", "Vérifié le", "وثيقة أصليّة"]
        {
            assert!(matches!(reserved(name), Some(Reserved::Verdict(_))), "{name}");
        }
    }

    #[test]
    fn names_that_papers_print_are_free() {
        for name in [
            "Sexe",
            "Total des points",
            "Philosophie",
            "Rang",
            "Académie",
            "Numéro du diplôme",
            "Session de rattrapage",
            "Moyenne du contrôle continu",
            "Mathématiques",
            "التربية الإسلامية",
            "Semestre 1",
            "Nom de la mère",
            "Décision du conseil de classe",
        ] {
            assert_eq!(reserved(name), None, "{name}");
        }
    }

    #[test]
    fn every_word_of_the_lists_is_found_itself() {
        for name in FIELDS.iter().chain(VERDICTS) {
            assert!(reserved(name).is_some(), "{name}");
        }
    }
}
