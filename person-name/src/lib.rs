//! Two spellings of a name: the same, near with what differs, or others. A near name is never called wrong.
//! Issuer and verifier fold names alike: whoever is one person for the office is one for a university.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How near the name of a document is to the name of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// The same letters in the same order; capitals do not count.
    Exact,
    /// The same person may well be meant.
    Near(Vec<Difference>),
    /// Nothing speaks for the same person.
    None,
}

/// What differs between two spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The same words in another order.
    Order,
    /// Accents, marks and letters that are written in two ways.
    Accents,
    /// The same letters, parted otherwise.
    Spacing,
    /// One letter of one word.
    OneLetter,
    /// One of them has a name more.
    ExtraName,
    /// A family name of before.
    MaidenName,
    /// One name is shared.
    FamilyName,
}

impl NameMatch {
    /// Compares a declared name, and a maiden name if the list has one, with the texts of the sealed one; the nearest counts.
    #[must_use]
    pub fn of(declared: &str, maiden: Option<&str>, sealed: &[&str]) -> Self {
        let matches = sealed.iter().map(|sealed| compare(declared, maiden, sealed));
        matches.min_by_key(Self::distance).unwrap_or(Self::None)
    }

    /// Whether it is the same but for order, accents and spaces: how offices write names, not who is meant.
    #[must_use]
    pub fn is_same_person_written_otherwise(&self) -> bool {
        match self {
            Self::Exact => true,
            Self::Near(differences) => differences
                .iter()
                .all(|found| matches!(found, Difference::Order | Difference::Accents | Difference::Spacing)),
            Self::None => false,
        }
    }

    fn distance(&self) -> usize {
        match self {
            Self::Exact => 0,
            Self::Near(differences) => differences.iter().map(|found| 1 + *found as usize).sum(),
            Self::None => usize::MAX,
        }
    }
}

fn compare(declared: &str, maiden: Option<&str>, sealed: &str) -> NameMatch {
    let (ours, theirs) = (words(declared, Accents::Kept), words(sealed, Accents::Kept));
    if ours.is_empty() || theirs.is_empty() {
        return NameMatch::None;
    }
    if ours == theirs {
        return NameMatch::Exact;
    }
    if sorted(&ours) == sorted(&theirs) {
        return NameMatch::Near(vec![Difference::Order]);
    }
    let (ours, theirs) = (words(declared, Accents::Dropped), words(sealed, Accents::Dropped));
    let near = |found: &[Difference]| NameMatch::Near(found.to_vec());
    if ours == theirs {
        return near(&[Difference::Accents]);
    }
    if sorted(&ours) == sorted(&theirs) {
        return near(&[Difference::Order, Difference::Accents]);
    }
    if ours.concat() == theirs.concat() {
        return near(&[Difference::Spacing]);
    }
    if differ_by_a_letter(&ours, &theirs) {
        return near(&[Difference::OneLetter]);
    }
    if maiden.is_some_and(|maiden| is_maiden_name(&ours, &words(maiden, Accents::Dropped), &theirs)) {
        return near(&[Difference::MaidenName]);
    }
    let shared = ours.iter().filter(|word| theirs.contains(word)).count();
    if shared >= 2 && (shared == ours.len() || shared == theirs.len()) {
        return near(&[Difference::ExtraName]);
    }
    if ours.iter().any(|word| word.chars().count() >= 3 && theirs.contains(word)) {
        return near(&[Difference::FamilyName]);
    }
    NameMatch::None
}

/// All words alike but one, which differs by one letter put in, left out, changed, or swapped with its neighbour.
fn differ_by_a_letter(ours: &[String], theirs: &[String]) -> bool {
    let rest = |of: &[String], from: &[String]| {
        let mut left = of.to_vec();
        from.iter().for_each(|word| {
            if let Some(at) = left.iter().position(|found| found == word) {
                left.remove(at);
            }
        });
        left
    };
    match (&*rest(ours, theirs), &*rest(theirs, ours)) {
        ([one], [other]) => {
            one.chars().count().min(other.chars().count()) >= 3 && strsim::damerau_levenshtein(one, other) == 1
        }
        _ => false,
    }
}

/// The sealed name is made of the maiden name and of given names that the declared one has too.
fn is_maiden_name(ours: &[String], maiden: &[String], theirs: &[String]) -> bool {
    !maiden.is_empty()
        && maiden.iter().all(|word| theirs.contains(word))
        && theirs.iter().all(|word| maiden.contains(word) || ours.contains(word))
        && theirs.iter().any(|word| ours.contains(word) && !maiden.contains(word))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Accents {
    Kept,
    Dropped,
}

/// The words of a name in small letters; hyphens, apostrophes and full stops part them.
fn words(name: &str, accents: Accents) -> Vec<String> {
    let small = name.to_lowercase();
    let letters: String = match accents {
        Accents::Kept => small.nfkc().collect(),
        Accents::Dropped => small.nfkd().filter(|c| !is_combining_mark(*c)).map(plain).collect(),
    };
    let is_part = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    letters.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A heading or a word without capitals, accents and marks, its words parted by one space.
#[must_use]
pub fn folded(text: &str) -> String {
    words(text, Accents::Dropped).join(" ")
}

/// Letters that no decomposition makes plain.
fn plain(letter: char) -> char {
    match letter {
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ı' => 'i',
        'ɓ' => 'b',
        'ɖ' | 'ɗ' => 'd',
        'ɛ' | 'ǝ' => 'e',
        'ɔ' => 'o',
        'ŋ' => 'n',
        'ى' => 'ي',
        'ة' => 'ه',
        'ـ' => '\'',
        other => other,
    }
}

fn sorted(words: &[String]) -> Vec<&String> {
    let mut words: Vec<_> = words.iter().collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::Difference::*;
    use super::*;

    #[test]
    fn names_are_the_same_near_for_a_reason_or_others() {
        let near = |found: &[Difference]| NameMatch::Near(found.to_vec());
        let cases = [
            ("Salma El Idrissi", "Salma EL IDRISSI", NameMatch::Exact),
            ("EL IDRISSI Salma", "Salma EL IDRISSI", near(&[Order])),
            ("Aicha N'Diaye", "Aïcha N’DIAYE", near(&[Accents])),
            ("NDIAYE Aïcha", "Aïcha NDIAYÉ", near(&[Order, Accents])),
            ("Salma Elidrissi", "Salma EL IDRISSI", near(&[Spacing])),
            ("Selma El Idrissi", "Salma EL IDRISSI", near(&[OneLetter])),
            ("Slama El Idrissi", "Salma EL IDRISSI", near(&[OneLetter])),
            ("Salma Fatima El Idrissi", "Salma EL IDRISSI", near(&[ExtraName])),
            ("Salma Tazi", "Salma EL IDRISSI", near(&[FamilyName])),
            ("Youssef Tazi", "Salma EL IDRISSI", NameMatch::None),
            ("Al Bo", "Salma EL IDRISSI", NameMatch::None),
            ("", "Salma EL IDRISSI", NameMatch::None),
            ("سلمى الادريسي", "سلمى الإدريسي", near(&[Accents])),
        ];
        for (declared, sealed, expected) in cases {
            assert_eq!(NameMatch::of(declared, None, &[sealed]), expected, "{declared} / {sealed}");
        }
    }

    #[test]
    fn a_maiden_name_and_the_nearest_of_two_scripts_count() {
        let found = NameMatch::of("Salma TAZI", Some("El Idrissi"), &["Salma EL IDRISSI"]);
        assert_eq!(found, NameMatch::Near(vec![MaidenName]));
        let found = NameMatch::of("Salma TAZI", Some("Alaoui"), &["Salma EL IDRISSI"]);
        assert_eq!(found, NameMatch::Near(vec![FamilyName]));
        assert_eq!(NameMatch::of("سلمى الإدريسي", None, &["Salma EL IDRISSI", "سلمى الإدريسي"]), NameMatch::Exact);
    }
}
