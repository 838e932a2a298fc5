//! Reads `Retry-After`: seconds or an HTTP date.

use std::time::{Duration, SystemTime};

/// A year. A longer wait than this is read as this, so that sums stay finite.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long a `Retry-After` value asks to wait, seen from `now`. A date in the
/// past is no wait; text that is neither form is `None`.
pub fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that do not fit are a very long wait, not an unreadable one.
        let seconds = value.parse::<u64>().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default().min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_anything_else_is_not() {
        // 2026-11-20T12:00:00Z
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_176_000);
        for (value, seconds) in [
            ("0", Some(0)),
            ("1", Some(1)),
            (" 12 ", Some(12)),
            ("030", Some(30)),
            ("86400", Some(86_400)),
            ("99999999999999999999999999", Some(LONGEST.as_secs())),
            ("Fri, 20 Nov 2026 12:00:10 GMT", Some(10)),
            ("Fri, 20 Nov 2026 12:00:00 GMT", Some(0)),
            ("Thu, 19 Nov 2026 12:00:00 GMT", Some(0)),
            ("Friday, 20-Nov-26 12:01:00 GMT", Some(60)),
            ("Fri Nov 20 12:01:00 2026", Some(60)),
            ("", None),
            (" ", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("soon", None),
            ("5s", None),
            ("1 2", None),
            ("٣", None),
            ("Fri, 20 Nov 2026 12:00:10 CET", None),
            ("2026-11-20T12:00:10Z", None),
        ] {
            assert_eq!(
                retry_after(value, now).map(|wait| wait.as_secs()),
                seconds,
                "{value:?}"
            );
        }
    }
}
