//! Other lines of the paper, summaries, and days.

use credential_core::document::{Date, Kind, PartialDate};

use super::super::line::{PrintedDate, PrintedLine, ValueFrom};
use super::super::source::{DateSource, LineSource};
use super::super::words::{Checked, ensure, fault, per_language, table};
use super::{check_name, scale, some_of, text_columns};

/// What lines are checked against.
pub(super) struct Lines<'a> {
    pub(super) languages: &'a [String],
    /// Kinds that the profile makes.
    pub(super) kinds: &'a [Kind],
}

impl Lines<'_> {
    /// Every line of an array, for `usual` kinds unless it says otherwise.
    pub(super) fn all(
        &self,
        key: &str,
        lines: &[LineSource],
        usual: &[Kind],
        most: usize,
    ) -> Checked<Vec<PrintedLine>> {
        ensure(lines.len() <= most, key, || format!("{} are more than {most}", lines.len()))?;
        let line = |(at, line): (usize, &LineSource)| self.line(&format!("{key}.{}", at + 1), line, usual);
        lines.iter().enumerate().map(line).collect()
    }

    fn line(&self, key: &str, source: &LineSource, usual: &[Kind]) -> Checked<PrintedLine> {
        let LineSource { name, from, words, values, number, kinds, optional } = source;
        let name_key = format!("{key}.name");
        let name = per_language(&name_key, name, self.languages)?;
        check_name(&name_key, &name)?;
        text_columns(&format!("{key}.from"), from.as_ref(), self.languages)?;
        let values = table(&format!("{key}.values"), values, self.languages)?;
        let value = match (from, words, number) {
            (None, Some(words), None) if values.is_empty() && !optional => {
                ValueFrom::Fixed(per_language(&format!("{key}.words"), words, self.languages)?)
            }
            (Some(from), None, None) => ValueFrom::Words { columns: from.clone(), values },
            (Some(super::TextColumns::Same(column)), None, Some(number)) if values.is_empty() => {
                ValueFrom::Number { column: column.clone(), scale: scale(&format!("{key}.number"), number)? }
            }
            _ => {
                let message =
                    "a line has either words, or the column `from` with its values, or one column `from` with a number";
                return Err(fault(key, message));
            }
        };
        let kinds = match kinds {
            Some(named) => some_of(&format!("{key}.kinds"), named, self.kinds)?,
            None => usual.to_vec(),
        };
        Ok(PrintedLine { name, value, kinds, optional: *optional })
    }

    /// The day of the award.
    pub(super) fn awarded(&self, source: &DateSource) -> Checked<PrintedDate> {
        self.date("document.awarded", source, self.kinds)
    }

    /// The last day of validity; a diploma has none.
    pub(super) fn valid_until(&self, source: &DateSource) -> Checked<PrintedDate> {
        let key = "document.valid_until";
        let usual: Vec<Kind> = self.kinds.iter().copied().filter(|&kind| kind != Kind::Diploma).collect();
        let date = self.date(key, source, &usual)?;
        ensure(!date.kinds.contains(&Kind::Diploma), &format!("{key}.kinds"), || "a diploma is valid for ever".into())?;
        let day = date.fixed.as_ref().is_none_or(|fixed| fixed.partial().is_some());
        ensure(day, key, || "the last day of validity needs a date".into())?;
        Ok(date)
    }

    fn date(&self, key: &str, source: &DateSource, usual: &[Kind]) -> Checked<PrintedDate> {
        let DateSource { date, column, printed, printed_column, kinds } = source;
        text_columns(&format!("{key}.printed_column"), printed_column.as_ref(), self.languages)?;
        ensure((date.is_some() || printed.is_some()) != (column.is_some() || printed_column.is_some()), key, || {
            "write either the day (date, printed) or the columns of the list (column, printed_column)".into()
        })?;
        let day = |text: &String| {
            let message = || fault(&format!("{key}.date"), format!("{text:?} is not a date such as \"2026-07-14\""));
            PartialDate::parse(text).ok_or_else(message)
        };
        let day = date.as_ref().map(day).transpose()?;
        let words = printed.as_ref().map(|words| per_language(&format!("{key}.printed"), words, self.languages));
        let fixed = match words.transpose()? {
            Some(words) => Some(Date::Printed(day, words)),
            None => day.map(Date::Known),
        };
        let kinds = match kinds {
            Some(named) => some_of(&format!("{key}.kinds"), named, self.kinds)?,
            None => usual.to_vec(),
        };
        Ok(PrintedDate { fixed, column: column.clone(), printed_column: printed_column.clone(), kinds })
    }
}
