//! Dates of birth, whole or partial.

use credential_core::document::PartialDate;

use super::fault::{FaultKind, shown};
use super::text::Problem;
use crate::profile::{DateOrder, ListFormat};

/// Reads a date in the order that the profile says.
pub(super) fn read(text: &str, format: &ListFormat) -> Result<PartialDate, Problem> {
    let (sign, order) = match format.date {
        DateOrder::DayMonthYear => ('/', format.date.name()),
        DateOrder::YearMonthDay => ('-', format.date.name()),
    };
    let date_format = || Problem::new(FaultKind::DateFormat, not_a_date(text, order));
    if has_two_digit_year(text) {
        let message = format!("{} has a year of two digits; write the year in full, {order}", shown(text));
        return Err(Problem::new(FaultKind::TwoDigitYear, message));
    }
    let mut parts: Vec<&str> = text.split(sign).collect();
    if format.date == DateOrder::DayMonthYear {
        parts.reverse();
    }
    let parts: Vec<u16> = parts.iter().map(|part| number(part)).collect::<Option<_>>().ok_or_else(date_format)?;
    let (year, month, day) = match *parts {
        [year] => (year, 0, 0),
        [year, month] => (year, month, 0),
        [year, month, day] => (year, month, day),
        _ => return Err(date_format()),
    };
    if !(1_000..=9_999).contains(&year) {
        return Err(date_format());
    }
    let date = existing(year, month, day).ok_or_else(|| impossible(text, order))?;
    if day == 0 && !format.partial_dates {
        let message = format!(
            "{} is only a part of a date; complete it, or write partial_dates = true under [list]",
            shown(text)
        );
        return Err(Problem::new(FaultKind::PartialDate, message));
    }
    Ok(date)
}

fn existing(year: u16, month: u16, day: u16) -> Option<PartialDate> {
    let known = |part: u16| if part == 0 { Some(None) } else { u8::try_from(part).ok().map(Some) };
    PartialDate::new(year, known(month)?, known(day)?)
}

fn impossible(text: &str, order: &str) -> Problem {
    let message = format!("{} is no day of the calendar, read as {order}; correct the date", shown(text));
    Problem::new(FaultKind::ImpossibleDate, message)
}

fn not_a_date(text: &str, order: &str) -> String {
    if text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{} is a spreadsheet's number of a day; format the column as text dates {order}", shown(text));
    }
    format!("{} is not a date written {order}; write it so, or change date under [list] of the profile", shown(text))
}

fn has_two_digit_year(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| matches!(part.len(), 1 | 2) && number(part).is_some())
}

fn number(part: &str) -> Option<u16> {
    let fits = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn outcome(text: &str, date: DateOrder, partial_dates: bool) -> Result<String, FaultKind> {
        let mut format = Profile::embedded("benin").unwrap().list;
        (format.date, format.partial_dates) = (date, partial_dates);
        read(text, &format).map(|date| date.to_string()).map_err(|problem| problem.kind)
    }

    #[test]
    fn reads_both_orders() {
        for text in ["14/05/2007", "14/5/2007"] {
            assert_eq!(outcome(text, DateOrder::DayMonthYear, false), Ok("2007-05-14".into()));
        }
        assert_eq!(outcome("2007-05-14", DateOrder::YearMonthDay, false), Ok("2007-05-14".into()));
        assert_eq!(outcome("29/02/2004", DateOrder::DayMonthYear, false), Ok("2004-02-29".into()));
    }

    #[test]
    fn reads_partial_dates_where_allowed() {
        for (text, date) in
            [("1987", "1987"), ("03/1987", "1987-03"), ("00/03/1987", "1987-03"), ("00/00/1987", "1987")]
        {
            assert_eq!(outcome(text, DateOrder::DayMonthYear, true), Ok(date.into()), "{text}");
            assert_eq!(outcome(text, DateOrder::DayMonthYear, false), Err(FaultKind::PartialDate), "{text}");
        }
    }

    #[test]
    fn refuses_days_that_do_not_exist() {
        for text in ["31/02/2007", "29/02/2007", "12/25/2006", "32/01/2007", "14/00/2007", "01/01/1799"] {
            assert_eq!(outcome(text, DateOrder::DayMonthYear, true), Err(FaultKind::ImpossibleDate), "{text}");
        }
    }

    #[test]
    fn refuses_years_of_two_digits() {
        assert_eq!(outcome("03/04/07", DateOrder::DayMonthYear, true), Err(FaultKind::TwoDigitYear));
        assert_eq!(outcome("03-04-07", DateOrder::YearMonthDay, true), Err(FaultKind::TwoDigitYear));
    }

    #[test]
    fn refuses_what_is_written_otherwise() {
        for text in [
            "2007-05-14",
            "14.05.2007",
            "39216",
            "14 mai 2007",
            "vers 1987",
            "14/05/2007/1",
            "/05/2007",
            "٠١/٠٢/٢٠٠٧",
            "70",
        ] {
            assert_eq!(outcome(text, DateOrder::DayMonthYear, true), Err(FaultKind::DateFormat), "{text}");
        }
    }
}
