//! How far Zendesk's clock is from ours: it takes what we sign for three minutes.

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

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn a_date_is_read_or_it_is_none() {
        assert_eq!(seconds("Fri, 15 Jan 2027 08:00:00 GMT"), Some(1_800_000_000));
        for odd in ["", "now", "2027-01-15T08:00:00Z", "Fri, 15 Jan 1960 08:00:00 GMT"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }
}
