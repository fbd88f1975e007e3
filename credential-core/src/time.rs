//! Times: seconds since 1970, and how people write them.

/// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
pub type UnixTime = u64;

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

/// Reads seconds since 1970, `2026-07-14` (midnight, UTC) or an RFC 3339 time; `None` if it is none, or beyond 2^40.
pub fn parse_time(text: &str) -> Option<UnixTime> {
    let time = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { date_and_time(text) };
    time.filter(|&time| time < MOST)
}

fn date_and_time(text: &str) -> Option<UnixTime> {
    let (date, rest) = text.split_at_checked(10)?;
    let midnight = days_of(date)? * DAY;
    if rest.is_empty() {
        return u64::try_from(midnight).ok();
    }
    let (clock, offset) = split_offset(rest.strip_prefix(['T', 't', ' '])?)?;
    u64::try_from(midnight + seconds_of_day(clock)? - offset).ok()
}

fn days_of(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let last = days_in_month(u16::try_from(year).ok()?, u8::try_from(month).ok()?);
    let is_day = (1..=12).contains(&month) && (1..=i64::from(last)).contains(&day);
    is_day.then(|| days_since_1970(year, month, day))
}

/// Days of a month from 1 to 12.
pub(crate) fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days of the proleptic Gregorian calendar, years counted from March.
pub(crate) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The time of day and the offset from UTC in seconds.
fn split_offset(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let (clock, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let sign = match offset.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let [hours, minutes] = numbers(&offset[1..], ':', [2, 2])?;
    (hours < 24 && minutes < 60).then_some((clock, sign * (hours * 3_600 + minutes * 60)))
}

fn seconds_of_day(clock: &str) -> Option<i64> {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hours, minutes, seconds] = numbers(whole, ':', [2, 2, 2])?;
    let fits = hours < 24 && minutes < 60 && seconds <= 60;
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    (fits && digits).then_some(hours * 3_600 + minutes * 60 + seconds)
}

/// Numbers of exactly these digits with `between` between them.
fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut read = [0; N];
    for (number, digits) in read.iter_mut().zip(digits) {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(read)
}

const DAY: i64 = 86_400;
/// Times of the format are below 2^40.
const MOST: UnixTime = 1 << 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_times_as_rfc_3339_and_reads_them_back() {
        for (time, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_782_000_000, "2026-06-21T00:00:00Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(rfc3339(time), shown);
            assert_eq!(parse_time(shown), Some(time));
            assert_eq!(parse_time(&time.to_string()), Some(time));
            assert_eq!(parse_time(&shown[..10]), Some(time - time % 86_400));
        }
    }

    #[test]
    fn reads_offsets_and_fractions() {
        assert_eq!(parse_time("1970-01-02T00:30:00.5+01:00"), Some(84_600));
        assert_eq!(parse_time("1970-01-01 00:00:00-00:01"), Some(60));
    }

    #[test]
    fn refuses_what_is_no_time() {
        let texts = ["", "x", "2026-02-29", "2026-7-1", "2026-00-00", "2026-07-14T", "2026-07-14T16:00", "1969-12-31"];
        let more =
            ["2026-07-14T24:00:00Z", "2026-07-14T16:00:00", "+2026-07-1", "1099511627776", "2026-07-14T16:00:00.Z"];
        for text in texts.into_iter().chain(more).chain(["1970-01-01T00:00:00+01:00", "é026-07-14", "2026-07-1é"]) {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
