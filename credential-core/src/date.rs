//! Times and partial dates: SPEC section 6, rule CLM-8.

use core::fmt;

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
pub type UnixTime = u64;

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

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The date as `YYYYMMDD` with 00 for what is not known.
    pub(crate) fn to_number(self) -> u64 {
        u64::from(self.year) * 10_000 + u64::from(self.month) * 100 + u64::from(self.day)
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        let part = |value: u64| u8::try_from(value % 100).ok();
        let known = |value: u8| (value != 0).then_some(value);
        Self::new(u16::try_from(number / 10_000).ok()?, known(part(number / 100)?), known(part(number)?))
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

/// A time as RFC 3339 in UTC, `2026-07-01T12:00:00Z`.
pub fn rfc3339(time: UnixTime) -> String {
    // days to civil date, proleptic Gregorian, era of 400 years starting on 1 March
    let days = time / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let second = time % 86_400;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

/// The time that a person wrote: seconds since 1970, `2026-07-01` (its first second in UTC) or `2026-07-01T12:00:00Z`.
pub fn parse_time(text: &str) -> Option<UnixTime> {
    if let Ok(seconds) = text.parse() {
        return Some(seconds).filter(|&seconds: &u64| seconds < 1 << 40);
    }
    let (date, time) = match text.strip_suffix('Z').map_or((text, None), |text| match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => ("", None),
    }) {
        (date, Some(time)) => (date, digits(time, ':')?),
        (date, None) => (date, [0; 3]),
    };
    let [year, month, day] = digits(date, '-')?;
    let fits = date.len() == 10 && year >= 1970 && time[0] < 24 && time[1] < 60 && time[2] < 60;
    PartialDate::new(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?)).filter(|_| fits)?;
    let before = |year: u64| 365 * year + year / 4 - year / 100 + year / 400;
    let year = u64::from(year);
    let months: u64 = (1..month).map(|month| u64::from(days_in_month(year as u16, month as u8))).sum();
    let days = before(year - 1) - before(1969) + months + u64::from(day) - 1;
    Some(days * 86_400 + u64::from(time[0]) * 3_600 + u64::from(time[1]) * 60 + u64::from(time[2]))
}

/// Three numbers of digits only, at most four each.
fn digits(text: &str, separator: char) -> Option<[u16; 3]> {
    let mut parts = text.split(separator);
    let mut next = || {
        let part = parts.next()?;
        let plain = (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| plain)
    };
    let three = [next()?, next()?, next()?];
    parts.next().is_none().then_some(three)
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
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
        }
    }

    #[test]
    fn refuses_dates_that_do_not_exist() {
        for number in [19_000_229, 20_071_301, 20_070_014, 20_070_431, 17_991_231, 22_010_101, 0, u64::MAX] {
            assert_eq!(PartialDate::from_number(number), None, "{number}");
        }
    }

    #[test]
    fn writes_times_as_rfc_3339() {
        for (time, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_782_000_000, "2026-06-21T00:00:00Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(rfc3339(time), shown);
            assert_eq!(parse_time(shown), Some(time));
        }
    }

    #[test]
    fn reads_days_and_seconds_and_nothing_else() {
        assert_eq!(parse_time("2026-06-21"), Some(1_782_000_000));
        assert_eq!(parse_time("1782000000"), Some(1_782_000_000));
        for text in [
            "",
            "21/06/2026",
            "2026-6-21",
            "2026-02-30",
            "2026-06-21T25:00:00Z",
            "2026-06-21T10:00:00",
            "1969-12-31",
            "-1",
        ] {
            assert_eq!(parse_time(text), None, "{text:?}");
        }
    }
}
