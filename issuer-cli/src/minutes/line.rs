//! One line of minutes: from a candidate, and as one JSON object of the office's own file.

use anyhow::{Context, Result};
use credential_core::{Decision, Mark, MinutesLine, PartialDate, Text, Words};
use serde::{Deserialize, Serialize};

use crate::list::Candidate;
use crate::profile::Profile;

/// What the minutes say of a candidate: the facts as the document will have them.
pub fn line_of(candidate: &Candidate, profile: &Profile, line: u64) -> MinutesLine {
    let series = candidate.series.as_deref().and_then(|code| profile.document.series(code));
    MinutesLine {
        line,
        number: candidate.number.clone(),
        holder: candidate.holder.clone(),
        birth: candidate.birth,
        series: series.and_then(|words| words.texts().first().cloned()),
        decision: if candidate.admitted { Decision::Admitted } else { Decision::NotAdmitted },
        mean: candidate.mean,
        marks: candidate.subjects.iter().map(|subject| subject.mark.clone()).collect(),
    }
}

/// A line as the office keeps it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    line: u64,
    number: String,
    holder: Vec<String>,
    birth: Option<String>,
    series: Option<String>,
    admitted: bool,
    mean: Option<u32>,
    marks: Vec<MarkSource>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum MarkSource {
    Number(u32),
    Word(String),
}

/// The JSON object of a line.
pub(super) fn to_json(line: &MinutesLine) -> Result<Vec<u8>> {
    let mark = |mark: &Mark| match mark {
        Mark::Number(number) => MarkSource::Number(*number),
        Mark::Word(word) => MarkSource::Word(word.as_str().to_owned()),
    };
    Ok(serde_json::to_vec(&Source {
        line: line.line,
        number: line.number.as_str().to_owned(),
        holder: line.holder.texts().iter().map(|text| text.as_str().to_owned()).collect(),
        birth: line.birth.map(|birth| birth.to_string()),
        series: line.series.as_ref().map(|series| series.as_str().to_owned()),
        admitted: line.decision == Decision::Admitted,
        mean: line.mean,
        marks: line.marks.iter().map(mark).collect(),
    })?)
}

/// Reads the JSON object of a line.
pub(super) fn from_json(bytes: &[u8]) -> Result<MinutesLine> {
    let source: Source = serde_json::from_slice(bytes).context("it is not a line of minutes")?;
    let mark = |mark| match mark {
        MarkSource::Number(number) => Ok(Mark::Number(number)),
        MarkSource::Word(word) => Mark::word(word),
    };
    let holder = source.holder.into_iter().map(Text::new).collect::<Result<_, _>>()?;
    Ok(MinutesLine {
        line: source.line,
        number: Text::new(source.number)?,
        holder: Words::per_language(holder).context("the name has no text, or more than three")?,
        birth: source.birth.as_deref().map(date).transpose()?,
        series: source.series.map(Text::new).transpose()?,
        decision: if source.admitted { Decision::Admitted } else { Decision::NotAdmitted },
        mean: source.mean,
        marks: source.marks.into_iter().map(mark).collect::<Result<_, _>>()?,
    })
}

fn date(text: &str) -> Result<PartialDate> {
    PartialDate::parse(text).with_context(|| format!("{text} is not a date such as 2007-05-14"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(birth: Option<PartialDate>) -> MinutesLine {
        MinutesLine {
            line: 3,
            number: Text::new("00000012").unwrap(),
            holder: Words::per_language(vec![Text::new("Salma").unwrap(), Text::new("سلمى").unwrap()]).unwrap(),
            birth,
            series: None,
            decision: Decision::Admitted,
            mean: Some(1_525),
            marks: vec![Mark::Number(1_200), Mark::word("ABS").unwrap()],
        }
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for birth in [None, PartialDate::new(2007, Some(5), Some(14)), PartialDate::new(1987, None, None)] {
            let line = line(birth);
            assert_eq!(from_json(&to_json(&line).unwrap()).unwrap(), line);
        }
    }

    #[test]
    fn a_date_in_another_form_is_refused() {
        let json = String::from_utf8(to_json(&line(PartialDate::new(2007, Some(5), Some(14)))).unwrap()).unwrap();
        let error = from_json(json.replace("2007-05-14", "2007-5-14").as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "2007-5-14 is not a date such as 2007-05-14");
    }
}
