//! How far Zendesk's clock is from ours, which takes what we sign for three minutes; and when it has us ask again.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::backend::{Http, HttpError};
use crate::clock::Clock;
use crate::domain::Account;

/// Why nobody knows what time Zendesk has.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// It did not answer.
    #[error("it cannot be reached: {0}")]
    Unreachable(#[from] HttpError),
    /// It does not say.
    #[error("it does not say what time it has")]
    NoDate,
}

/// Seconds by which the clock of `account` is ahead of ours.
pub async fn clock_offset(
    http: &Http,
    account: &Account,
    clock: &Clock,
) -> Result<i64, ClockError> {
    let request = http.client()?.get(account.host().at("/"));
    let answer = http.send(request).await?;
    let theirs = answer.date.as_deref().and_then(seconds).ok_or(ClockError::NoDate)?;
    Ok(theirs.cast_signed() - clock.now().cast_signed())
}

/// A `Date` (RFC 9110 §5.6.7) in Unix seconds.
fn seconds(date: &str) -> Option<u64> {
    let at: SystemTime = httpdate::parse_http_date(date).ok()?;
    Some(at.duration_since(UNIX_EPOCH).ok()?.as_secs())
}

/// In how many seconds from `now` on somebody wants to be asked again who answers at `date`, by their clock, with
/// this `Retry-After` (RFC 9110 §10.2.3): it says how many, or the time.
pub(super) fn seconds_until(retry_after: &str, date: Option<&str>, now: u64) -> Option<u64> {
    let now = || date.and_then(seconds).unwrap_or(now);
    retry_after.parse().ok().or_else(|| Some(seconds(retry_after)?.saturating_sub(now())))
}

#[cfg(test)]
mod tests {
    use super::{seconds, seconds_until};

    #[test]
    fn a_time_to_ask_again_is_told_by_the_clock_of_whoever_says_it() {
        let (eight, date) = (1_800_000_000, "Fri, 15 Jan 2027 08:00:00 GMT");
        for (retry_after, by_theirs, by_ours) in [
            ("93", Some(93), Some(93)),
            ("0", Some(0), Some(0)),
            ("Fri, 15 Jan 2027 08:00:30 GMT", Some(30), Some(20)),
            ("Friday, 15-Jan-27 08:02:00 GMT", Some(120), Some(110)),
            ("Fri Jan 15 08:00:30 2027", Some(30), Some(20)),
            ("Fri, 15 Jan 2027 07:59:00 GMT", Some(0), Some(0)),
            ("-1", None, None),
            ("1.5", None, None),
            ("soon", None, None),
            ("", None, None),
        ] {
            // Ours is ten seconds fast.
            let now = eight + 10;
            assert_eq!(seconds_until(retry_after, Some(date), now), by_theirs, "{retry_after}");
            assert_eq!(seconds_until(retry_after, None, now), by_ours, "{retry_after}");
            assert_eq!(seconds_until(retry_after, Some("noon"), now), by_ours, "{retry_after}");
        }
    }

    #[test]
    fn a_date_is_read_or_it_is_none() {
        assert_eq!(seconds("Fri, 15 Jan 2027 08:00:00 GMT"), Some(1_800_000_000));
        for odd in ["", "now", "2027-01-15T08:00:00Z", "Fri, 15 Jan 1960 08:00:00 GMT"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }
}
