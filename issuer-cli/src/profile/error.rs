//! Errors of a profile, with the key and its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a profile cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("profile, line {line}, {key}: {message}")]
pub struct ProfileError {
    /// Line of the profile, from 1.
    pub line: usize,
    /// The key, such as `list.separator`.
    pub key: String,
    /// What was found and what to write.
    pub message: String,
}

impl ProfileError {
    pub(super) fn at(source: &str, key: &str, message: impl Into<String>) -> Self {
        Self { line: line_of_key(source, key), key: key.to_owned(), message: message.into() }
    }

    pub(super) fn unreadable(source: &str, error: &toml::de::Error) -> Self {
        let offset = error.span().map_or(0, |span| span.start);
        let line = line_at(source, offset);
        let text = source.lines().nth(line - 1).unwrap_or_default();
        let key = text.split('=').next().unwrap_or_default().trim();
        Self { line, key: key.to_owned(), message: error.message().to_owned() }
    }
}

/// The line of a dotted key, or of the nearest part above it that exists; a number is a place in an array, from 1.
fn line_of_key(source: &str, key: &str) -> usize {
    let Ok(root) = DeTable::parse(source) else { return 1 };
    let mut offset = root.span().start;
    let mut table = Some(root.get_ref());
    let mut array: Option<&[Spanned<DeValue<'_>>]> = None;
    for part in parts(key) {
        let value = match (table, array) {
            (Some(table), _) => {
                let Some((name, value)) = entry(table, part) else { break };
                offset = name.span().start;
                value
            }
            (None, Some(array)) => {
                let place = part.parse().ok().and_then(|place: usize| place.checked_sub(1));
                let Some(value) = place.and_then(|place| array.get(place)) else { break };
                offset = value.span().start;
                value
            }
            (None, None) => break,
        };
        (table, array) = match value.get_ref() {
            DeValue::Table(inner) => (Some(inner), None),
            DeValue::Array(inner) => (None, Some(&inner[..])),
            _ => (None, None),
        };
    }
    line_at(source, offset)
}

/// The parts of a dotted key. A key that stands in quotation marks because it has points in it is one part.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    key.split(move |c: char| {
        quoted ^= c == '"';
        c == '.' && !quoted
    })
    .map(|part| part.trim_matches('"'))
}

fn entry<'a, 'i>(
    table: &'a DeTable<'i>,
    name: &str,
) -> Option<(&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>)> {
    table.iter().find(|(key, _)| key.get_ref() == name)
}

fn line_at(source: &str, offset: usize) -> usize {
    source.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}
