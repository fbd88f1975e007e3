//! The only clock of the program, and times as people write them.

use std::time::{SystemTime, UNIX_EPOCH};

use credential_core::time::{UnixTime, parse_time, rfc3339};

/// The system's time; a clock before 1970 reads 0.
pub(crate) fn now() -> UnixTime {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Reads a time from the command line.
pub(crate) fn parse(text: &str) -> Result<UnixTime, String> {
    parse_time(text).ok_or_else(|| {
        "a time is seconds since 1970, a day such as 2026-07-14, or RFC 3339 such as 2026-07-14T16:00:00Z".to_owned()
    })
}

/// The day of a time, `2026-07-14`, UTC.
pub(crate) fn day(time: UnixTime) -> String {
    let mut text = rfc3339(time);
    text.truncate(text.find('T').unwrap_or(text.len()));
    text
}
