//! A ministry's profile: the fixed words of its legalisations, so that clerks name them in short and codes stay small.

use std::collections::BTreeMap;

use credential_core::document::{Language, Text, Words};
use serde::Deserialize;

use super::ProfileError;
use super::words::same_as_one;
use crate::list::nfc_text;

/// A ministry's profile that has passed its checks.
#[derive(Clone, Debug, Default)]
pub struct MinistryProfile {
    /// Languages of the words; none without a profile.
    pub languages: Vec<Language>,
    /// Side of the code on paper, quiet zone included, in millimetres.
    pub code_mm: Option<u16>,
    capacity: BTreeMap<String, Words>,
    place: BTreeMap<String, Words>,
    purpose: BTreeMap<String, Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    languages: Vec<String>,
    code_mm: Option<u16>,
    #[serde(default)]
    capacity: BTreeMap<String, WordsSource>,
    #[serde(default)]
    place: BTreeMap<String, WordsSource>,
    #[serde(default)]
    purpose: BTreeMap<String, WordsSource>,
}

type WordsSource = BTreeMap<String, String>;

impl MinistryProfile {
    /// Reads a profile from TOML.
    pub fn parse(source: &str) -> Result<Self, ProfileError> {
        let read: Source = toml::from_str(source).map_err(|error| ProfileError::unreadable(source, &error))?;
        check(read).map_err(|(key, message)| ProfileError::at(source, &key, message))
    }

    /// The capacity by its short name, or the words themselves.
    pub fn capacity(&self, value: &str) -> Result<Words, credential_core::document::TextFault> {
        named(&self.capacity, value)
    }

    /// The place by its short name, or the words themselves.
    pub fn place(&self, value: &str) -> Result<Words, credential_core::document::TextFault> {
        named(&self.place, value)
    }

    /// The purpose by its short name, or the words themselves.
    pub fn purpose(&self, value: &str) -> Result<Words, credential_core::document::TextFault> {
        named(&self.purpose, value)
    }

    /// The fixed words of capacities, places and purposes, each sorted by their short names.
    pub fn fixed_words(&self) -> [Vec<&Words>; 3] {
        [&self.capacity, &self.place, &self.purpose].map(|table| table.values().collect())
    }
}

fn named(table: &BTreeMap<String, Words>, value: &str) -> Result<Words, credential_core::document::TextFault> {
    table.get(value).map_or_else(|| Words::one(nfc_text(value)), |words| Ok(words.clone()))
}

type Fault = (String, String);

fn check(source: Source) -> Result<MinistryProfile, Fault> {
    let fault = |key: &str, message: &str| (key.to_owned(), message.to_owned());
    let languages: Vec<_> = source.languages.iter().filter_map(|tag| Language::new(tag.as_str())).collect();
    let twice = (1..languages.len()).any(|i| languages[..i].contains(&languages[i]));
    if languages.len() != source.languages.len() || !(1..=4).contains(&languages.len()) || twice {
        return Err(fault("languages", "one to four different languages such as \"fr\" are expected"));
    }
    if source.code_mm.is_some_and(|mm| !(MM_LEAST..=MM_MOST).contains(&mm)) {
        return Err(fault("code_mm", "a code is 17 to 60 millimetres wide"));
    }
    let table = |name: &str, table: BTreeMap<String, WordsSource>| -> Result<BTreeMap<String, Words>, Fault> {
        let of = |(key, texts): (String, WordsSource)| {
            let words = words(&format!("{name}.{key}"), &texts, &languages)?;
            Ok((key, words))
        };
        table.into_iter().map(of).collect()
    };
    Ok(MinistryProfile {
        capacity: table("capacity", source.capacity)?,
        place: table("place", source.place)?,
        purpose: table("purpose", source.purpose)?,
        code_mm: source.code_mm,
        languages,
    })
}

fn words(key: &str, texts: &WordsSource, languages: &[Language]) -> Result<Words, Fault> {
    if let Some(other) = texts.keys().find(|tag| !languages.iter().any(|language| language.as_str() == tag.as_str())) {
        return Err((key.to_owned(), format!("{other} is not among the languages")));
    }
    let text = |language: &Language| {
        let text = texts
            .get(language.as_str())
            .ok_or_else(|| (key.to_owned(), format!("{} is missing", language.as_str())))?;
        Text::new(nfc_text(text)).map_err(|fault| (format!("{key}.{}", language.as_str()), fault.to_string()))
    };
    Ok(same_as_one(languages.iter().map(|language| text(language).map(Some)).collect::<Result<_, _>>()?))
}

const MM_LEAST: u16 = 17;
const MM_MOST: u16 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "languages = [\"fr\", \"en\"]\n[capacity]\nchef = { fr = \"Chef\", en = \"Head\" }\n\
                           [place]\nrabat = { fr = \"Rabat\", en = \"Rabat\" }\n";

    #[test]
    fn a_short_name_stands_for_its_words_and_all_else_for_itself() {
        let profile = MinistryProfile::parse(PROFILE).unwrap();
        assert_eq!(profile.capacity("chef").unwrap().texts().len(), 2);
        assert_eq!(profile.place("rabat").unwrap(), Words::one("Rabat").unwrap());
        assert_eq!(profile.purpose("Fe\u{301}dération").unwrap(), Words::one("Fédération").unwrap());
        assert!(profile.purpose("a\u{202e}b").is_err());
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        for (from, to, line, key) in [
            ("[\"fr\", \"en\"]", "[\"fr\", \"fr\"]", 1, "languages"),
            ("[\"fr\", \"en\"]", "[]", 1, "languages"),
            ("languages", "code_mm = 5\nlanguages", 1, "code_mm"),
            (", en = \"Head\"", "", 3, "capacity.chef"),
            ("en = \"Head\"", "en = \"Head\", es = \"J\"", 3, "capacity.chef"),
            ("\"Chef\"", "\" Chef\"", 3, "capacity.chef.fr"),
            ("[place]", "[places]", 4, ""),
        ] {
            let error = MinistryProfile::parse(&PROFILE.replacen(from, to, 1)).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.key.starts_with(key), "{error}");
        }
    }
}
