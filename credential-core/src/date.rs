//! Dates: SPEC section 6, rule CLM-8.

use core::fmt;

use crate::time::{UnixTime, days_in_month, days_since_1970};
use crate::words::Words;

/// A date of which the day, or the day and the month, may be unknown, as archives often have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// Takes a year from 1800 to 2200, a month and a day; `None` if there is no such date.
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let month_fits = month.is_none_or(|month| (1..=12).contains(&month));
        let day_fits = match (month, day) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(month), Some(day)) => (1..=days_in_month(year, month)).contains(&day),
        };
        let fits = (1800..=2200).contains(&year) && month_fits && day_fits;
        fits.then_some(Self { year, month: month.unwrap_or(0), day: day.unwrap_or(0) })
    }

    /// Reads what [`Display`](fmt::Display) writes, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let mut part = || parts.next().map(str::parse).transpose().ok();
        Self::new(year, part()?, part()?).filter(|date| date.to_string() == text)
    }

    /// Whether month and day are known.
    pub fn is_whole(self) -> bool {
        self.day != 0
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The date as `YYYYMMDD` with 00 for what is not known.
    pub(crate) fn to_number(self) -> u64 {
        u64::from(self.year) * 10_000 + u64::from(self.month) * 100 + u64::from(self.day)
    }

    /// Midnight, UTC, that ends its last day; a month or a year alone ends with its last day. 0 if that was before 1970.
    pub(crate) fn end(self) -> UnixTime {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year, month) } else { self.day };
        let days = days_since_1970(self.year.into(), month.into(), day.into()) + 1;
        u64::try_from(days).unwrap_or(0) * 86_400
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        let part = |value: u64| u8::try_from(value % 100).ok();
        let known = |value: u8| (value != 0).then_some(value);
        Self::new(u16::try_from(number / 10_000).ok()?, known(part(number / 100)?), known(part(number)?))
    }
}

/// A date of a document, with the words of the paper where the number does not say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Date {
    /// The number says all that is printed.
    Known(PartialDate),
    /// As printed, such as "vers 1976" or a date of another calendar; the first part is `None` where no Gregorian date
    /// is known.
    Printed(Option<PartialDate>, Words),
}

impl Date {
    /// The Gregorian date, as far as it is known.
    pub fn partial(&self) -> Option<PartialDate> {
        match self {
            Self::Known(date) => Some(*date),
            Self::Printed(date, _) => *date,
        }
    }

    /// The words of the paper.
    pub fn words(&self) -> Option<&Words> {
        match self {
            Self::Known(_) => None,
            Self::Printed(_, words) => Some(words),
        }
    }
}

impl From<PartialDate> for Date {
    fn from(date: PartialDate) -> Self {
        Self::Known(date)
    }
}

/// `2007`, `2007-05` or `2007-05-14`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day] {
            if part != 0 {
                write!(f, "-{part:02}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_whole_and_partial_dates() {
        for (number, shown) in
            [(20_070_514, "2007-05-14"), (20_070_500, "2007-05"), (19_970_000, "1997"), (20_000_229, "2000-02-29")]
        {
            let date = PartialDate::from_number(number).unwrap();
            assert_eq!((date.to_string().as_str(), date.to_number()), (shown, number));
            assert_eq!((PartialDate::parse(shown), date.is_whole()), (Some(date), shown.len() == 10));
        }
    }

    #[test]
    fn ends_with_its_last_day() {
        for (shown, end) in [
            ("2026-07-14", 1_784_073_600),
            ("2026-06", 1_782_864_000),
            ("2026", 1_798_761_600),
            ("2024-02", 1_709_251_200),
            ("1969-12-31", 0),
            ("1969-12-30", 0),
            ("1970-01-01", 86_400),
        ] {
            assert_eq!(PartialDate::parse(shown).unwrap().end(), end, "{shown}");
        }
    }

    #[test]
    fn a_date_has_one_form() {
        for text in [
            "2007-5-14",
            "2007-13-01",
            "2007-02-30",
            "2007-00",
            "2007-",
            "",
            "2007-05-14-1",
            "+2007",
            "1799",
            "2007-05-1٤",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_dates_that_do_not_exist() {
        for number in [19_000_229, 20_071_301, 20_070_014, 20_070_431, 17_991_231, 22_010_101, 0, u64::MAX] {
            assert_eq!(PartialDate::from_number(number), None, "{number}");
        }
    }
}
