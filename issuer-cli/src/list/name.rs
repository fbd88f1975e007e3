//! What does not belong into a name.

/// The first title in a name, such as `Mme`.
pub(super) fn title(name: &str) -> Option<&str> {
    name.split(' ')
        .find(|word| TITLES.iter().any(|title| title.eq_ignore_ascii_case(word.trim_end_matches('.'))) || *word == "M.")
}

/// Titles of French lists; "M" and "Me" without a point can be initials.
const TITLES: [&str; 13] = [
    "Mme",
    "Mmes",
    "Mlle",
    "Melle",
    "Mle",
    "Mr",
    "Monsieur",
    "Madame",
    "Mademoiselle",
    "Dr",
    "Docteur",
    "الآنسة",
    "السيدة",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_titles() {
        for name in ["Mme Adjoua", "KOFFI M.", "Mlle. Léa", "DR Hervé", "MADAME Inès", "الآنسة سلمى"] {
            assert!(title(name).is_some(), "{name}");
        }
    }

    #[test]
    fn leaves_names_alone() {
        for name in ["Adjoua", "El Hadj Ousmane", "Jean M", "Mohammed", "Drissa", "N’TCHA"] {
            assert_eq!(title(name), None, "{name}");
        }
    }
}
