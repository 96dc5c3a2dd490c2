//! When a token counts and for whom, whoever has signed it.

use super::assertion::AssertionError;
use super::claims::Claims;

/// How far the clock of whoever signs may be from ours, in seconds.
const LEEWAY: u64 = 60;

/// What the claims of one kind of token must say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Validation<'a> {
    /// Times that must be there, by their claims; the others hold where they are.
    pub(super) required_times: &'a [&'static str],
    /// How old it may be by its `iat`, in seconds.
    pub(super) max_age: Option<u64>,
    /// What `aud` must be, or hold.
    pub(super) audience: Option<&'a str>,
    /// Whether a token counts that has no `aud`.
    pub(super) is_audience_optional: bool,
}

impl Validation<'_> {
    /// Judges `claims` at `now`, in Unix seconds.
    pub(super) fn judge(&self, claims: Claims<'_>, now: u64) -> Result<(), AssertionError> {
        self.judge_times(claims, now)?;
        let Some(audience) = self.audience else { return Ok(()) };
        let is_for_us = match claims.audience()? {
            None => self.is_audience_optional,
            Some(named) => named.iter().any(|one| one == audience),
        };
        if is_for_us { Ok(()) } else { Err(AssertionError::Audience) }
    }

    fn judge_times(&self, claims: Claims<'_>, now: u64) -> Result<(), AssertionError> {
        let time = |claim: &'static str| match claims.seconds(claim)? {
            None if self.required_times.contains(&claim) => Err(AssertionError::Claim(claim)),
            at => Ok(at.map(|at| (claim, at))),
        };
        let (issued, ends, begins) = (time("iat")?, time("exp")?, time("nbf")?);
        let past = |(claim, at): (&'static str, u64), most: u64| {
            let seconds = now.saturating_sub(at);
            (seconds > most).then_some(AssertionError::TooOld { claim, seconds })
        };
        let ahead = |(claim, at): (&'static str, u64)| {
            let seconds = at.saturating_sub(now);
            (seconds > LEEWAY).then_some(AssertionError::FromTheFuture { claim, seconds })
        };
        let is_old = |issued| past(issued, self.max_age?);
        let problem = issued
            .and_then(is_old)
            .or_else(|| ends.and_then(|ends| past(ends, LEEWAY - 1)))
            .or_else(|| issued.and_then(ahead))
            .or_else(|| begins.and_then(ahead));
        problem.map_or(Ok(()), Err)
    }
}
