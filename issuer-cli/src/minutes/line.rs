//! One line of minutes: from a candidate, and as one JSON object of the office's own file.

use anyhow::{Context, Result};
use credential_core::document::{Decision, Outcome, Text};
use credential_core::minutes::MinutesLine;
use serde::{Deserialize, Serialize};

use super::json::{DateJson, ResultsJson, WordsJson};
use crate::batch::{decision, whole_results};
use crate::list::Candidate;
use crate::profile::Profile;

/// What the minutes say of a candidate: the facts as the documents will have them.
pub fn line_of(candidate: &Candidate, profile: &Profile, line: u64) -> MinutesLine {
    let series = candidate.series.as_deref().and_then(|code| profile.document.series(code));
    let honours = candidate.honours.as_deref().and_then(|value| profile.document.honours(value));
    MinutesLine {
        line,
        number: candidate.number.clone(),
        holder: candidate.holder.clone(),
        birth: candidate.birth.clone(),
        series: series.and_then(|words| words.texts().iter().flatten().next().cloned()),
        decision: decision(candidate, profile),
        honours: honours.cloned(),
        results: whole_results(candidate, profile),
    }
}

/// A line as the office keeps it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    line: u64,
    number: String,
    holder: WordsJson,
    birth: Option<DateJson>,
    series: Option<String>,
    outcome: String,
    decision: Option<WordsJson>,
    honours: Option<WordsJson>,
    results: Option<ResultsJson>,
}

/// The JSON object of a line.
pub(super) fn to_json(line: &MinutesLine) -> Result<Vec<u8>> {
    // no `..`: a field that is forgotten here does not compile
    let MinutesLine { line, number, holder, birth, series, decision, honours, results } = line;
    let Decision { outcome, words } = decision;
    Ok(serde_json::to_vec(&Source {
        line: *line,
        number: number.as_str().to_owned(),
        holder: holder.into(),
        birth: birth.as_ref().map(DateJson::from),
        series: series.as_ref().map(|series| series.as_str().to_owned()),
        outcome: outcome.code().to_owned(),
        decision: words.as_ref().map(WordsJson::from),
        honours: honours.as_ref().map(WordsJson::from),
        results: results.as_ref().map(ResultsJson::from),
    })?)
}

/// Reads the JSON object of a line.
pub(super) fn from_json(bytes: &[u8]) -> Result<MinutesLine> {
    let source: Source = serde_json::from_slice(bytes).context("it is not a line of minutes")?;
    let Source { line, number, holder, birth, series, outcome, decision, honours, results } = source;
    let known = Outcome::ALL.into_iter().find(|known| known.code() == outcome);
    Ok(MinutesLine {
        line,
        number: Text::new(number)?,
        holder: holder.read()?,
        birth: birth.map(DateJson::read).transpose()?,
        series: series.map(Text::new).transpose()?,
        decision: Decision {
            outcome: known.with_context(|| format!("{outcome} is not not-admitted, admitted or otherwise"))?,
            words: decision.map(WordsJson::read).transpose()?,
        },
        honours: honours.map(WordsJson::read).transpose()?,
        results: results.map(ResultsJson::read).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use credential_core::document::{
        Cell, Column, ColumnRole, Date, Heading, Level, Line, LineValue, Number, PartialDate, Results, Row, RowKind,
        Words,
    };

    use super::*;

    fn two(one: &str, other: Option<&str>) -> Words {
        let text = |text: &str| Some(Text::new(text).unwrap());
        Words::per_language(vec![text(one), other.and_then(text)]).unwrap()
    }

    fn number(value: i64, maximum: Option<u64>) -> Number {
        Number { value, decimals: 2, maximum }
    }

    fn line(birth: Option<Date>) -> MinutesLine {
        let cells = vec![Cell::Empty, Cell::Number(-300), Cell::Words(two("ABS", Some("غائب")))];
        MinutesLine {
            line: 3,
            number: Text::new("00000012").unwrap(),
            holder: two("Salma", None),
            birth,
            series: None,
            decision: Decision { outcome: Outcome::Otherwise, words: Some(two("Ajourné", Some("مؤجل"))) },
            honours: Some(two("Bien", Some("حسن"))),
            results: Some(Results {
                mean: Some(number(2_128, Some(20))),
                rows: vec![
                    Row { name: two("S1", None), kind: RowKind::Heading(Level::new(2).unwrap()) },
                    Row::subject(Words::one("Danois").unwrap()),
                    Row { name: Words::one("Total").unwrap(), kind: RowKind::Total },
                ],
                columns: vec![
                    Column {
                        role: ColumnRole::Result,
                        heading: Heading::Usual,
                        decimals: 2,
                        cells: cells.clone(),
                        maximum: Some(20),
                    },
                    Column {
                        role: ColumnRole::Other,
                        heading: Heading::Words(Words::one("Points").unwrap()),
                        decimals: 0,
                        cells,
                        maximum: None,
                    },
                ],
                summaries: vec![
                    Line { name: Words::one("Rang").unwrap(), value: LineValue::Words(Words::one("1er").unwrap()) },
                    Line { name: Words::one("Total").unwrap(), value: LineValue::Number(number(5, None)) },
                ],
            }),
        }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let year = PartialDate::new(1976, None, None);
        let day = PartialDate::new(2007, Some(5), Some(14)).map(Date::Known);
        let printed = |date| Some(Date::Printed(date, Words::one("vers 1976").unwrap()));
        for birth in [None, day, printed(year), printed(None)] {
            let line = line(birth);
            assert_eq!(from_json(&to_json(&line).unwrap()).unwrap(), line);
        }
        let bare = MinutesLine { results: None, honours: None, ..line(None) };
        assert_eq!(from_json(&to_json(&bare).unwrap()).unwrap(), bare);
    }

    #[test]
    fn what_has_another_form_is_refused() {
        let json = |line: &MinutesLine| String::from_utf8(to_json(line).unwrap()).unwrap();
        let good = json(&line(PartialDate::new(2007, Some(5), Some(14)).map(Date::Known)));
        for (from, to, says) in [
            ("2007-05-14", "2007-5-14", "2007-5-14 is not a date such as 2007-05-14"),
            ("\"otherwise\"", "\"other\"", "other is not not-admitted, admitted or otherwise"),
            ("\"role\":\"other\"", "\"role\":\"mark\"", "mark is no role of a column"),
            ("\"kind\":\"total\"", "\"kind\":\"sum\"", "sum is no kind of row"),
            ("\"level\":2", "\"level\":5", "5 is no level of a heading"),
            ("[\"Salma\",null]", "[null,null]", "words have one to four texts, of which one is printed"),
            ("\"line\":3", "\"page\":3", "it is not a line of minutes"),
        ] {
            assert!(good.contains(from), "{from} in {good}");
            let error = from_json(good.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), says);
        }
    }
}
