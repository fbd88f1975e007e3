//! Values of claims, as documents and legalisation records share them: rules CLM-2, CLM-4 to CLM-8 and CLM-12.

use super::{BrokenRule, Rule, Serial};
use crate::cbor::{CborError, Fields, FieldsError, Item};
use crate::date::{Date, PartialDate};
use crate::outcome::{Cause, Reason};
use crate::words::{Language, MOST_CODE_POINTS, MOST_LANGUAGES, Text, TextFault, Words};

/// Why claims cannot be taken: made for a newer version, or against the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimsError {
    /// A key or a choice of this field that is not known (CLM-2, CLM-3).
    Newer {
        field: &'static str,
        rule: &'static str,
    },
    Broken(BrokenRule),
    Cbor(CborError),
}

impl From<BrokenRule> for ClaimsError {
    fn from(broken: BrokenRule) -> Self {
        Self::Broken(broken)
    }
}

impl From<CborError> for ClaimsError {
    fn from(error: CborError) -> Self {
        Self::Cbor(error)
    }
}

impl From<ClaimsError> for Cause {
    fn from(error: ClaimsError) -> Self {
        match error {
            ClaimsError::Newer { field, rule } => Self::new(Reason::NewerFormat, rule).in_field(field),
            ClaimsError::Broken(BrokenRule { field, rule }) => {
                Self::new(Reason::BreaksRules, rule.number()).in_field(field)
            }
            ClaimsError::Cbor(error) => Self::new(Reason::BreaksRules, error.fault.rule()).at(error.at),
        }
    }
}

/// Why a value cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueError {
    /// A choice that is not known (CLM-3).
    Newer,
    Broken(Rule),
}

impl ValueError {
    pub(crate) fn of(self, field: &'static str) -> ClaimsError {
        match self {
            Self::Newer => ClaimsError::Newer { field, rule: "CLM-3" },
            Self::Broken(rule) => rule.of(field).into(),
        }
    }
}

impl From<Rule> for ValueError {
    fn from(rule: Rule) -> Self {
        Self::Broken(rule)
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
        FieldsError::UnknownKey => ClaimsError::Newer { field, rule: "CLM-2" },
        FieldsError::MissingKey => Rule::Missing.of(field).into(),
        FieldsError::NotAMap | FieldsError::Room => Rule::Shape.of(field).into(),
    })
}

pub(crate) fn required<'a, T, E: Into<ValueError>>(
    fields: &mut Fields<'a>,
    label: i64,
    field: &'static str,
    read: impl FnOnce(Item<'a>) -> Result<T, E>,
) -> Result<T, ClaimsError> {
    let value = fields.take(label).ok_or(Rule::Missing.of(field))?;
    read(value).map_err(|error| error.into().of(field))
}

pub(crate) fn optional<'a, T, E: Into<ValueError>>(
    fields: &mut Fields<'a>,
    label: i64,
    field: &'static str,
    read: impl FnOnce(Item<'a>) -> Result<T, E>,
) -> Result<Option<T>, ClaimsError> {
    fields.take(label).map(read).transpose().map_err(|error| error.into().of(field))
}

pub(crate) fn time(value: Item<'_>) -> Result<u64, Rule> {
    value.uint().ok_or(Rule::Shape).and_then(|time| if time < 1 << 40 { Ok(time) } else { Err(Rule::Range) })
}

pub(crate) fn serial(value: Item<'_>) -> Result<Serial, Rule> {
    Serial::new(value.bytes().ok_or(Rule::Shape)?).ok_or(Rule::Range)
}

pub(crate) fn text(value: Item<'_>) -> Result<Text, Rule> {
    text_up_to(value, MOST_CODE_POINTS)
}

pub(crate) fn text_up_to(value: Item<'_>, most: usize) -> Result<Text, Rule> {
    Text::up_to(value.text().ok_or(Rule::Shape)?, most).map_err(Rule::Text)
}

// CLM-12
pub(crate) fn words(value: Item<'_>, languages: usize) -> Result<Words, Rule> {
    match value {
        Item::Array(texts) if texts.len() == languages && languages > 1 => {
            let texts = texts.into_iter().map(printed).collect::<Result<_, _>>()?;
            Words::per_language(texts).ok_or(Rule::LanguageCount)
        }
        Item::Array(_) => Err(Rule::LanguageCount),
        single => text(single).map(Words::from),
    }
}

fn printed(value: Item<'_>) -> Result<Option<Text>, Rule> {
    if value == Item::True { Ok(None) } else { text(value).map(Some) }
}

// CLM-7
pub(crate) fn languages(value: Item<'_>) -> Result<Vec<Language>, Rule> {
    let tags = value.array().ok_or(Rule::Shape)?;
    if !(1..=MOST_LANGUAGES).contains(&tags.len()) {
        return Err(Rule::Range);
    }
    let language = |tag: Item<'_>| Language::new(tag.text().ok_or(Rule::Shape)?).ok_or(Rule::Language);
    tags.into_iter().map(language).collect()
}

// CLM-8
pub(crate) fn partial_date(value: Item<'_>) -> Result<PartialDate, Rule> {
    value.uint().ok_or(Rule::Shape).and_then(|number| PartialDate::from_number(number).ok_or(Rule::Date))
}

pub(crate) fn date(value: Item<'_>, languages: usize) -> Result<Date, Rule> {
    match value {
        Item::Array(parts) => {
            let [number, printed] = Item::Array(parts).tuple().ok_or(Rule::Shape)?;
            let number = if number == Item::Uint(0) { None } else { Some(partial_date(number)?) };
            Ok(Date::Printed(number, words(printed, languages)?))
        }
        number => partial_date(number).map(Date::Known),
    }
}

pub(crate) fn pair(value: Item<'_>) -> Result<[u64; 2], Rule> {
    let [first, second] = value.tuple().ok_or(Rule::Shape)?;
    Ok([first.uint().ok_or(Rule::Shape)?, second.uint().ok_or(Rule::Shape)?])
}

/// An unsigned integer within a range.
pub(crate) fn ranged<T>(value: &Item<'_>, range: core::ops::RangeInclusive<T>) -> Result<T, Rule>
where
    T: TryFrom<u64> + PartialOrd,
{
    let number = T::try_from(value.uint().ok_or(Rule::Shape)?).map_err(|_| Rule::Range)?;
    if range.contains(&number) { Ok(number) } else { Err(Rule::Range) }
}

/// One of the choices of a closed list, by its number; a higher number was made for a newer version (CLM-3).
pub(crate) fn choice<T: Copy>(value: &Item<'_>, all: &[T], number: fn(T) -> u64) -> Result<T, ValueError> {
    let found = value.uint().ok_or(Rule::Shape)?;
    let known = all.iter().copied().find(|&one| number(one) == found);
    let newest = all.iter().copied().map(number).max();
    known.ok_or(if Some(found) > newest { ValueError::Newer } else { Rule::Range.into() })
}

impl From<TextFault> for Rule {
    fn from(fault: TextFault) -> Self {
        Self::Text(fault)
    }
}
