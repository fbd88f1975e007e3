//! The only clock of the program, and times as people write them.

use std::time::{SystemTime, UNIX_EPOCH};

use credential_core::{PartialDate, UnixTime, rfc3339};

/// The system's time; a clock before 1970 reads 0.
pub(crate) fn now() -> UnixTime {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Reads seconds since 1970, `YYYY-MM-DD` (midnight, UTC) or an RFC 3339 time.
pub(crate) fn parse(text: &str) -> Result<UnixTime, String> {
    let time = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { date_and_time(text) };
    time.filter(|&time| time < MOST).ok_or_else(|| {
        "a time is seconds since 1970, a day such as 2026-07-14, or RFC 3339 such as 2026-07-14T16:00:00Z".to_owned()
    })
}

/// The day of a time, `2026-07-14`, UTC.
pub(crate) fn day(time: UnixTime) -> String {
    let mut text = rfc3339(time);
    text.truncate(text.find('T').unwrap_or(text.len()));
    text
}

fn date_and_time(text: &str) -> Option<UnixTime> {
    let (date, rest) = text.split_at_checked(10)?;
    let midnight = days_since_1970(date)? * DAY;
    if rest.is_empty() {
        return u64::try_from(midnight).ok();
    }
    let (clock, offset) = split_offset(rest.strip_prefix(['T', 't', ' '])?)?;
    u64::try_from(midnight + seconds_of_day(clock)? - offset).ok()
}

/// Days of the proleptic Gregorian calendar, years counted from March.
fn days_since_1970(date: &str) -> Option<i64> {
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    PartialDate::new(u16::try_from(year).ok()?, u8::try_from(month).ok(), u8::try_from(day).ok())?;
    if month == 0 || day == 0 {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468)
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
    fn reads_back_what_the_library_writes() {
        for time in [0, 951_782_399, 951_782_400, 1_782_000_000, 4_102_444_799, 7_000_000_000] {
            assert_eq!(parse(&rfc3339(time)), Ok(time));
            assert_eq!(parse(&time.to_string()), Ok(time));
            assert_eq!(parse(&day(time)), Ok(time - time % 86_400));
        }
    }

    #[test]
    fn offsets_and_fractions_are_read() {
        assert_eq!(parse("1970-01-02T00:30:00.5+01:00"), Ok(84_600));
        assert_eq!(parse("1970-01-01 00:00:00-00:01"), Ok(60));
    }

    #[test]
    fn refuses_what_is_no_time() {
        let texts = ["", "x", "2026-02-29", "2026-7-1", "2026-00-00", "2026-07-14T", "2026-07-14T16:00", "1969-12-31"];
        let more =
            ["2026-07-14T24:00:00Z", "2026-07-14T16:00:00", "+2026-07-1", "1099511627776", "2026-07-14T16:00:00.Z"];
        for text in texts.into_iter().chain(more).chain(["1970-01-01T00:00:00+01:00", "é026-07-14", "2026-07-1é"]) {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
