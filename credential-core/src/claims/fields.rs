//! Values of claims, as documents and legalisation records share them: rules CLM-2, CLM-4 to CLM-8 and CLM-12.

use super::{BrokenRule, Rule, Serial, StatusReference};
use crate::cbor::{Fields, FieldsError, Item};
use crate::date::PartialDate;
use crate::outcome::Reason;
use crate::words::{Language, Text, TextFault, Words};

/// Why claims cannot be taken: made for a newer version, or against the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimsError {
    Newer,
    Broken(BrokenRule),
}

impl From<BrokenRule> for ClaimsError {
    fn from(broken: BrokenRule) -> Self {
        Self::Broken(broken)
    }
}

impl ClaimsError {
    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::Newer => Reason::NewerFormat,
            Self::Broken(_) => Reason::BreaksRules,
        }
    }
}

/// Opens a map; a key that is not listed was made for a newer version (CLM-2).
pub(crate) fn open<'a>(
    value: Item<'a>,
    required: &[i64],
    optional: &[i64],
    field: &'static str,
) -> Result<Fields<'a>, ClaimsError> {
    Fields::open(value, required, optional).map_err(|error| match error {
        FieldsError::UnknownKey => ClaimsError::Newer,
        FieldsError::MissingKey => Rule::Missing.of(field).into(),
        FieldsError::NotAMap => Rule::Shape.of(field).into(),
    })
}

pub(crate) fn required<'a, T>(
    fields: &mut Fields<'a>,
    label: i64,
    field: &'static str,
    read: impl FnOnce(Item<'a>) -> Result<T, Rule>,
) -> Result<T, BrokenRule> {
    fields.take(label).ok_or(Rule::Missing).and_then(read).map_err(|rule| rule.of(field))
}

pub(crate) fn optional<'a, T>(
    fields: &mut Fields<'a>,
    label: i64,
    field: &'static str,
    read: impl FnOnce(Item<'a>) -> Result<T, Rule>,
) -> Result<Option<T>, BrokenRule> {
    fields.take(label).map(read).transpose().map_err(|rule| rule.of(field))
}

pub(crate) fn time(value: Item<'_>) -> Result<u64, Rule> {
    value.uint().ok_or(Rule::Shape).and_then(|time| if time < 1 << 40 { Ok(time) } else { Err(Rule::Range) })
}

pub(crate) fn serial(value: Item<'_>) -> Result<Serial, Rule> {
    Serial::new(value.bytes().ok_or(Rule::Shape)?).ok_or(Rule::Range)
}

pub(crate) fn text(value: Item<'_>) -> Result<Text, Rule> {
    text_up_to(value, 120)
}

pub(crate) fn text_up_to(value: Item<'_>, most: usize) -> Result<Text, Rule> {
    Text::up_to(value.text().ok_or(Rule::Shape)?, most).map_err(Rule::Text)
}

pub(crate) fn words(value: Item<'_>, languages: usize) -> Result<Words, Rule> {
    match value {
        Item::Array(texts) if texts.len() == languages && languages > 1 => {
            let texts = texts.into_iter().map(text).collect::<Result<_, _>>()?;
            Words::per_language(texts).ok_or(Rule::LanguageCount)
        }
        Item::Array(_) => Err(Rule::LanguageCount),
        single => text(single).map(Words::from),
    }
}

// CLM-7
pub(crate) fn languages(value: Item<'_>) -> Result<Vec<Language>, Rule> {
    let tags = value.array().ok_or(Rule::Shape)?;
    if !(1..=3).contains(&tags.len()) {
        return Err(Rule::Range);
    }
    let language = |tag: Item<'_>| Language::new(tag.text().ok_or(Rule::Shape)?).ok_or(Rule::Language);
    tags.into_iter().map(language).collect()
}

pub(crate) fn date(value: Item<'_>) -> Result<PartialDate, Rule> {
    value.uint().ok_or(Rule::Shape).and_then(|number| PartialDate::from_number(number).ok_or(Rule::Date))
}

pub(crate) fn pair(value: Item<'_>) -> Result<[u64; 2], Rule> {
    let [first, second] = value.tuple().ok_or(Rule::Shape)?;
    Ok([first.uint().ok_or(Rule::Shape)?, second.uint().ok_or(Rule::Shape)?])
}

pub(crate) fn status(value: Item<'_>) -> Result<StatusReference, Rule> {
    pair(value).map(|[list, index]| StatusReference { list, index })
}

impl From<TextFault> for Rule {
    fn from(fault: TextFault) -> Self {
        Self::Text(fault)
    }
}
