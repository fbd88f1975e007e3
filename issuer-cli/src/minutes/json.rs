//! Words, dates and results of a line of minutes as JSON, for the office's own file: nothing is rounded or left out.

use anyhow::{Context, Result};
use credential_core::document::{
    Cell, Column, ColumnRole, Date, Heading, Level, Line, LineValue, Number, PartialDate, Results, Row, RowKind, Text,
    Words,
};
use serde::{Deserialize, Serialize};

/// One text, or one for each language with `null` where nothing is printed.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum WordsJson {
    One(String),
    PerLanguage(Vec<Option<String>>),
}

/// A date, or what is printed of it.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum DateJson {
    Known(String),
    Printed { date: Option<String>, printed: WordsJson },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultsJson {
    mean: Option<NumberJson>,
    rows: Vec<RowJson>,
    columns: Vec<ColumnJson>,
    summaries: Vec<LineJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberJson {
    value: i64,
    decimals: u8,
    maximum: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RowJson {
    name: WordsJson,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnJson {
    role: String,
    heading: Option<WordsJson>,
    decimals: u8,
    maximum: Option<u64>,
    cells: Vec<CellJson>,
}

/// A number without its point, words, or `null` where nothing is printed.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum CellJson {
    Empty(()),
    Number(i64),
    Words(WordsJson),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineJson {
    name: WordsJson,
    value: ValueJson,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ValueJson {
    Words(WordsJson),
    Number(NumberJson),
}

impl From<&Words> for WordsJson {
    fn from(words: &Words) -> Self {
        match words.texts() {
            [Some(text)] => Self::One(text.as_str().to_owned()),
            texts => {
                Self::PerLanguage(texts.iter().map(|text| text.as_ref().map(|text| text.as_str().to_owned())).collect())
            }
        }
    }
}

impl WordsJson {
    pub(super) fn read(self) -> Result<Words> {
        match self {
            Self::One(text) => Ok(Words::one(text)?),
            Self::PerLanguage(texts) => {
                let texts = texts.into_iter().map(|text| text.map(Text::new).transpose()).collect::<Result<_, _>>()?;
                Words::per_language(texts).context("words have one to four texts, of which one is printed")
            }
        }
    }
}

impl From<&Date> for DateJson {
    fn from(date: &Date) -> Self {
        match date {
            Date::Known(date) => Self::Known(date.to_string()),
            Date::Printed(date, words) => {
                Self::Printed { date: date.map(|date| date.to_string()), printed: words.into() }
            }
        }
    }
}

impl DateJson {
    pub(super) fn read(self) -> Result<Date> {
        let day = |text: String| {
            PartialDate::parse(&text).with_context(|| format!("{text} is not a date such as 2007-05-14"))
        };
        Ok(match self {
            Self::Known(text) => Date::Known(day(text)?),
            Self::Printed { date, printed } => Date::Printed(date.map(day).transpose()?, printed.read()?),
        })
    }
}

impl From<&Results> for ResultsJson {
    fn from(results: &Results) -> Self {
        // no `..`: a field that is forgotten here does not compile
        let Results { mean, rows, columns, summaries } = results;
        Self {
            mean: mean.map(NumberJson::from),
            rows: rows.iter().map(RowJson::from).collect(),
            columns: columns.iter().map(ColumnJson::from).collect(),
            summaries: summaries.iter().map(LineJson::from).collect(),
        }
    }
}

impl ResultsJson {
    pub(super) fn read(self) -> Result<Results> {
        let Self { mean, rows, columns, summaries } = self;
        Ok(Results {
            mean: mean.map(NumberJson::read),
            rows: rows.into_iter().map(RowJson::read).collect::<Result<_>>()?,
            columns: columns.into_iter().map(ColumnJson::read).collect::<Result<_>>()?,
            summaries: summaries.into_iter().map(LineJson::read).collect::<Result<_>>()?,
        })
    }
}

impl From<Number> for NumberJson {
    fn from(Number { value, decimals, maximum }: Number) -> Self {
        Self { value, decimals, maximum }
    }
}

impl NumberJson {
    fn read(self) -> Number {
        let Self { value, decimals, maximum } = self;
        Number { value, decimals, maximum }
    }
}

impl From<&Row> for RowJson {
    fn from(Row { name, kind }: &Row) -> Self {
        let level = match kind {
            RowKind::Heading(level) => Some(level.get()),
            RowKind::Subject | RowKind::Total => None,
        };
        Self { name: name.into(), kind: kind.code().to_owned(), level }
    }
}

impl RowJson {
    fn read(self) -> Result<Row> {
        let kind = match (self.kind.as_str(), self.level) {
            ("subject", None) => RowKind::Subject,
            ("total", None) => RowKind::Total,
            ("heading", Some(level)) => {
                RowKind::Heading(Level::new(level).with_context(|| format!("{level} is no level of a heading"))?)
            }
            (kind, _) => anyhow::bail!("{kind} is no kind of row"),
        };
        Ok(Row { name: self.name.read()?, kind })
    }
}

impl From<&Column> for ColumnJson {
    fn from(column: &Column) -> Self {
        let Column { role, heading, decimals, cells, maximum } = column;
        let heading = match heading {
            Heading::Usual => None,
            Heading::Words(words) => Some(words.into()),
        };
        let cells = cells.iter().map(|cell| match cell {
            Cell::Empty => CellJson::Empty(()),
            Cell::Number(value) => CellJson::Number(*value),
            Cell::Words(words) => CellJson::Words(words.into()),
        });
        Self { role: role.code().to_owned(), heading, decimals: *decimals, maximum: *maximum, cells: cells.collect() }
    }
}

impl ColumnJson {
    fn read(self) -> Result<Column> {
        let Self { role, heading, decimals, maximum, cells } = self;
        let cell = |cell| {
            Ok(match cell {
                CellJson::Empty(()) => Cell::Empty,
                CellJson::Number(value) => Cell::Number(value),
                CellJson::Words(words) => Cell::Words(words.read()?),
            })
        };
        let known = ColumnRole::ALL.into_iter().find(|known| known.code() == role);
        Ok(Column {
            role: known.with_context(|| format!("{role} is no role of a column"))?,
            heading: heading.map_or(Ok(Heading::Usual), |words| words.read().map(Heading::Words))?,
            decimals,
            cells: cells.into_iter().map(cell).collect::<Result<_>>()?,
            maximum,
        })
    }
}

impl From<&Line> for LineJson {
    fn from(Line { name, value }: &Line) -> Self {
        let value = match value {
            LineValue::Words(words) => ValueJson::Words(words.into()),
            LineValue::Number(number) => ValueJson::Number((*number).into()),
        };
        Self { name: name.into(), value }
    }
}

impl LineJson {
    fn read(self) -> Result<Line> {
        let value = match self.value {
            ValueJson::Words(words) => LineValue::Words(words.read()?),
            ValueJson::Number(number) => LineValue::Number(number.read()),
        };
        Ok(Line { name: self.name.read()?, value })
    }
}
