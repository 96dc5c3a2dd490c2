//! Times as makers of tokens write them: one moment each, or none.

/// From here on a number counts milliseconds: as such it is 2001, as seconds 33658. What people
/// write for "never", such as the last second of 9999, lies below.
const MILLISECONDS_FROM: u64 = 1_000_000_000_000;

/// Whole seconds out of a number of seconds or milliseconds.
pub(super) fn from_number(number: u64) -> u64 {
    if number >= MILLISECONDS_FROM { number / 1000 } else { number }
}

/// Whole seconds out of a text: a number, or a moment by RFC 3339, which names its offset. Without
/// one a text would be another moment in every zone.
pub(super) fn from_text(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if is_digits(whole) && is_digits(fraction) {
        return whole.parse().ok().map(from_number);
    }
    from_rfc_3339(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2026-11-29T20:15:00.123+09:00`
fn from_rfc_3339(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let mut date = date.split('-');
    let (year, month, day) =
        (number(date.next()?, 4)?, number(date.next()?, 2)?, number(date.next()?, 2)?);
    if date.next().is_some() || day < 1 || day > days_in(year, month)? {
        return None;
    }
    let (clock, offset) = split_offset(time)?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut clock = clock.split(':');
    let (hour, minute, second) =
        (number(clock.next()?, 2)?, number(clock.next()?, 2)?, number(clock.next()?, 2)?);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 || !is_digits(fraction) {
        return None;
    }
    let local = days_since_1970(year, month, day)? * 86_400 + hour * 3600 + minute * 60 + second;
    u64::try_from(local - offset).ok()
}

/// The time of day, and how many seconds it is ahead of UTC.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let (clock, offset) = time.split_at_checked(time.rfind(['+', '-'])?)?;
    let (sign, offset) = offset.split_at_checked(1)?;
    let (hours, minutes) = offset.split_once(':').or_else(|| offset.split_at_checked(2))?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let seconds = (hours * 60 + minutes) * 60;
    let is_offset = hours <= 23 && minutes <= 59;
    is_offset.then_some((clock, if sign == "-" { -seconds } else { seconds }))
}

/// Exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let is_number = text.len() == digits && is_digits(text);
    if is_number { text.parse().ok() } else { None }
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in(year: i64, month: i64) -> Option<i64> {
    Some(match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400 - 719_162;
    let mut days = years + day - 1;
    for earlier in 1..month {
        days += days_in(year, earlier)?;
    }
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::{from_number, from_text};

    #[test]
    fn a_number_counts_seconds_or_milliseconds() {
        let never = 253_402_300_799;
        let cases = [
            (0, 0),
            (1_800_000_000, 1_800_000_000),
            (1_800_000_000_999, 1_800_000_000),
            (never, never),
            (never * 1000 + 999, never),
            (999_999_999_999, 999_999_999_999),
            (1_000_000_000_000, 1_000_000_000),
        ];
        for (number, seconds) in cases {
            assert_eq!(from_number(number), seconds, "{number}");
            assert_eq!(from_text(&number.to_string()), Some(seconds), "{number}");
        }
    }

    #[test]
    fn a_text_is_one_moment_or_none() {
        let cases = [
            ("1800000000.75", Some(1_800_000_000)),
            ("2027-01-15T08:00:00Z", Some(1_800_000_000)),
            ("2027-01-15t08:00:00.999z", Some(1_800_000_000)),
            ("2027-01-15 17:00:00+09:00", Some(1_800_000_000)),
            ("2027-01-15T17:00:00+0900", Some(1_800_000_000)),
            ("2027-01-14T23:30:00-08:30", Some(1_800_000_000)),
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-02-29T00:00:00Z", Some(951_782_400)),
            ("9999-12-31T23:59:59Z", Some(253_402_300_799)),
            ("2027-01-15T08:00:00", None),
            ("2027-01-15", None),
            ("15.01.2027 08:00:00", None),
            ("2027-02-29T08:00:00Z", None),
            ("2027-13-01T08:00:00Z", None),
            ("2027-00-01T08:00:00Z", None),
            ("2027-01-00T08:00:00Z", None),
            ("2027-01-15T24:00:00Z", None),
            ("2027-01-15T08:00:00+24:00", None),
            ("2027-01-15T08:00:00.Z", None),
            ("1969-12-31T23:59:59Z", None),
            ("Fri, 15 Jan 2027 08:00:00 GMT", None),
            ("now", None),
            ("-1", None),
            ("+1800000000", None),
            ("1.8e9", None),
            ("1,800,000,000", None),
            ("1800000000.", None),
            (".5", None),
            ("", None),
            ("99999999999999999999999", None),
            ("２０２７", None),
        ];
        for (text, seconds) in cases {
            assert_eq!(from_text(text), seconds, "{text:?}");
        }
    }
}
