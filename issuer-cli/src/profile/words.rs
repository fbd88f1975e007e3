//! Words of a profile, per language of the paper, checked.

use std::collections::BTreeMap;

use credential_core::document::{Text, Words};

use super::source::WordsSource;
use crate::list::nfc_text;

/// A key and what is wrong with its value.
#[derive(Debug)]
pub(super) struct KeyFault {
    pub(super) key: String,
    pub(super) message: String,
}

pub(super) type Checked<T> = Result<T, KeyFault>;

/// The words of one key in the languages of the paper.
///
/// An empty text says that the paper prints nothing in that language; a language that is forgotten is a fault.
pub(super) fn per_language(key: &str, words: &WordsSource, languages: &[String]) -> Checked<Words> {
    if let Some(other) = words.keys().find(|language| !languages.contains(language)) {
        return Err(fault(&format!("{key}.{other}"), "this language is not in document.languages"));
    }
    let of = |language: &String| {
        let found = words
            .get(language)
            .ok_or_else(|| fault(key, format!("the words in the language {language:?} are missing")))?;
        if found.is_empty() { Ok(None) } else { text(&format!("{key}.{language}"), found).map(Some) }
    };
    let texts: Vec<_> = languages.iter().map(of).collect::<Checked<_>>()?;
    ensure(texts.iter().any(Option::is_some), key, || "write the words in one language at least".into())?;
    Ok(same_as_one(texts))
}

/// A table of words by their values in the list.
pub(super) fn table(
    key: &str,
    table: &BTreeMap<String, WordsSource>,
    languages: &[String],
) -> Checked<BTreeMap<String, Words>> {
    let of = |(name, words): (&String, &WordsSource)| {
        Ok((name.clone(), per_language(&format!("{key}.{name}"), words, languages)?))
    };
    table.iter().map(of).collect()
}

/// One text for all languages if they say the same, else one for each.
pub(super) fn same_as_one(mut texts: Vec<Option<Text>>) -> Words {
    if texts.iter().all(|text| *text == texts[0]) {
        texts.truncate(1);
    }
    Words::per_language(texts).expect("a profile has one to four languages, and one of them has words")
}

pub(super) fn text(key: &str, value: &str) -> Checked<Text> {
    let composed = nfc_text(value);
    Text::new(composed).map_err(|error| fault(key, error.to_string()))
}

pub(super) fn ensure(holds: bool, key: &str, message: impl FnOnce() -> String) -> Checked<()> {
    if holds { Ok(()) } else { Err(fault(key, message())) }
}

pub(super) fn fault(key: &str, message: impl Into<String>) -> KeyFault {
    KeyFault { key: key.to_owned(), message: message.into() }
}
