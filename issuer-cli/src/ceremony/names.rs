//! Authorities whose names look alike are refused: the skeleton of Unicode UTS 39. The only user of `unicode_security`.

use anyhow::{Result, ensure};
use credential_core::lists::TrustClaims;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// Refuses a list in which a name or id of one authority looks like that of another.
///
/// Names are compared in every language, after NFC, with and without their capitals, spaces counted once.
pub fn check_names(claims: &TrustClaims) -> Result<()> {
    let names: Vec<_> = claims
        .authorities
        .iter()
        .enumerate()
        .flat_map(|(at, authority)| {
            let names = authority.names.iter().map(|(_, name)| name.as_str());
            names.chain([authority.id.as_str()]).map(move |name| Name::new(at, &authority.id, name))
        })
        .collect();
    let mut seen = std::collections::BTreeMap::new();
    let mut faults = Vec::new();
    for name in &names {
        for looks in &name.looks {
            let first = *seen.entry(looks).or_insert(name);
            if first.authority != name.authority {
                faults.push(fault(first, name));
                break;
            }
        }
    }
    ensure!(
        faults.is_empty(),
        "authorities whose names look alike cannot stand in one list:{}\n  write a name that tells them apart",
        faults.concat()
    );
    Ok(())
}

struct Name<'a> {
    authority: usize,
    id: &'a str,
    text: String,
    looks: [String; 2],
}

impl<'a> Name<'a> {
    fn new(authority: usize, id: &'a str, name: &str) -> Self {
        let text: String = name.nfc().collect();
        let look = |text: &str| {
            let skeleton: String = skeleton(text).collect();
            skeleton.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        // capitals both as they stand (a capital I is a small l) and folded (a capital А of Cyrillic is a small а)
        let looks = [look(&text), look(&text.to_lowercase().to_uppercase().to_lowercase())];
        Self { authority, id, text, looks }
    }
}

fn fault(one: &Name<'_>, other: &Name<'_>) -> String {
    let how = match differing(&one.text, &other.text) {
        None => "the same".to_owned(),
        Some((left, right)) => format!("{} in the first, {} in the second", code_points(&left), code_points(&right)),
    };
    format!("\n  {} “{}” and {} “{}”: {how}", one.id, one.text, other.id, other.text)
}

/// What is left of two texts without their common start and end.
fn differing(one: &str, other: &str) -> Option<(Vec<char>, Vec<char>)> {
    if one == other {
        return None;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    Some((one[..one.len() - end].to_vec(), other[..other.len() - end].to_vec()))
}

fn code_points(letters: &[char]) -> String {
    let shown = letters.iter().take(MOST_SHOWN).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter)));
    let shown = shown.collect::<Vec<_>>().join(" ");
    match letters.len() {
        0 => "nothing".to_owned(),
        1..=MOST_SHOWN => shown,
        _ => format!("{shown} ..."),
    }
}

const MOST_SHOWN: usize = 4;

#[cfg(test)]
mod tests {
    use credential_core::document::{Language, Text};
    use credential_core::lists::{Authority, Role, RootSet};
    use credential_core::sealing::SealingKey;

    use super::*;

    fn claims(authorities: &[(&str, &[&str])]) -> TrustClaims {
        let authority = |(id, names): &(&str, &[&str])| Authority {
            id: (*id).to_owned(),
            names: ["fr", "en"]
                .iter()
                .zip(*names)
                .map(|(tag, name)| (Language::new(*tag).unwrap(), Text::new(*name).unwrap()))
                .collect(),
            country: "XX".into(),
            role: Role::ExaminationBoard,
            keys: vec![],
            dictionaries: vec![],
            successor: None,
            contacts: vec![],
            final_lists: vec![],
        };
        TrustClaims {
            version: 1,
            issued: 1,
            next_update: 2,
            roots: RootSet { threshold: 1, keys: vec![SealingKey::from_seed(&[1; 32]).public()] },
            owner: Text::new("Pays fictif").unwrap(),
            authorities: authorities.iter().map(authority).collect(),
            earlier: vec![],
            disowned: vec![],
            follows: None,
        }
    }

    #[track_caller]
    fn refused(one: &str, other: &str, letters: &str) {
        let message = check_names(&claims(&[("XX-1", &[one]), ("XX-2", &[other])])).unwrap_err().to_string();
        for part in ["XX-1", "XX-2", one, other, letters] {
            assert!(message.contains(part), "{part} is not in: {message}");
        }
    }

    #[test]
    fn names_that_look_alike_are_refused_with_the_letters_that_differ() {
        refused("Office du Bac", "Offi\u{441}e du Bac", "c (U+0063) in the first, \u{441} (U+0441) in the second");
        refused("OFFICE", "\u{41E}FFICE", "\u{41E} (U+041E) in the second");
        refused("Office", "0ffice", "0 (U+0030) in the second");
        refused("Institut", "lnstitut", "I (U+0049) in the first, l (U+006C) in the second");
        refused("Modern", "Modem", "r (U+0072) n (U+006E) in the first, m (U+006D) in the second");
        refused("\u{642}\u{6CC}", "\u{642}\u{649}", "\u{6CC} (U+06CC) in the first");
    }

    #[test]
    fn capitals_spaces_and_the_way_of_writing_an_accent_tell_nobody_apart() {
        refused("Office du Bac", "OFFICE DU BAC", "in the second");
        refused("Office du Bac", "Office  du\u{A0}Bac", "U+00A0");
        let message = check_names(&claims(&[("XX-1", &["Acad\u{E9}mie"]), ("XX-2", &["Acade\u{301}mie"])]));
        assert!(message.unwrap_err().to_string().ends_with("the same\n  write a name that tells them apart"));
    }

    #[test]
    fn ids_and_names_in_other_languages_are_compared_too() {
        let ids = check_names(&claims(&[("XX-OB", &["Un"]), ("XX-0B", &["Deux"])])).unwrap_err().to_string();
        assert!(ids.contains("O (U+004F) in the first, 0 (U+0030) in the second"), "{ids}");
        let languages = [("XX-1", &["Jury", "Board"][..]), ("XX-2", &["Board", "Other"][..])];
        assert!(check_names(&claims(&languages)).is_err());
    }

    #[test]
    fn one_authority_may_bear_one_name_in_two_languages_and_neighbours_may_resemble_each_other() {
        check_names(&claims(&[("XX-1", &["Jury", "Jury"]), ("XX-2", &["Jurys"]), ("XX-3", &["J\u{FC}ry"])])).unwrap();
    }
}
