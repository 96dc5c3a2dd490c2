//! When a token counts, by whom and for whom, whoever has signed it.

use serde_json::{Map, Value};

use super::claims::Claims;
use super::error::TokenError;
use super::id_token::Slash;

/// How far the clock of whoever signs may be from ours, in seconds.
const LEEWAY: u64 = 60;

/// How old an assertion may be, in seconds: as old as Zendesk takes its own tokens.
pub(super) const MAX_AGE: u64 = 180;

/// What the claims of one kind of token must say.
#[derive(Clone, Copy, Debug)]
pub struct Validation<'a> {
    /// Times that must be there, by their claims; the others hold where they are.
    required_times: &'a [&'static str],
    /// How old it may be by its `iat`, in seconds.
    max_age: Option<u64>,
    issuer: Option<&'a str>,
    audience: Audience<'a>,
    /// Claims that must have these values.
    require: &'a [(String, String)],
}

/// For whom a token must be.
#[derive(Clone, Copy, Debug)]
enum Audience<'a> {
    Anybody,
    /// Named where any are named.
    IfSaid(&'a str),
    /// Named, be it among others.
    Named(&'a str),
    /// Named, and nobody beside.
    Alone(&'a str),
}

/// What `brands.yaml` demands of a site's own login tokens.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Requirements {
    /// By whom it must be.
    pub issuer: Option<String>,
    /// For whom it must be.
    pub audience: Option<String>,
    /// Claims that must have these values.
    pub require: Vec<(String, String)>,
}

impl<'a> Validation<'a> {
    /// An assertion for `audience`; whether it must say so is for the file to say.
    pub fn of_assertion(audience: &'a str, is_required: bool) -> Self {
        let audience =
            if is_required { Audience::Named(audience) } else { Audience::IfSaid(audience) };
        Self::young(audience)
    }

    /// An assertion that is good at `address` and nowhere else.
    pub fn of_assertion_at(address: &'a str) -> Self {
        Self::young(Audience::Alone(address))
    }

    fn young(audience: Audience<'a>) -> Self {
        let max_age = Some(MAX_AGE);
        Self { required_times: &["iat"], max_age, issuer: None, audience, require: &[] }
    }

    /// A site's own login token, which is presented as often as its cookie is sent.
    pub fn of_session(requirements: &'a Requirements) -> Self {
        let Requirements { issuer, audience, require } = requirements;
        Self {
            required_times: &["exp"],
            max_age: None,
            issuer: issuer.as_deref(),
            audience: audience.as_deref().map_or(Audience::Anybody, Audience::Named),
            require,
        }
    }

    /// What holds of an ID token whatever sign-in it belongs to.
    pub(super) fn of_id_token(issuer: &'a str, client_id: &'a str) -> Self {
        Self {
            required_times: &["exp", "iat"],
            max_age: None,
            issuer: Some(issuer),
            audience: Audience::Named(client_id),
            require: &[],
        }
    }

    /// Validates `claims` at `now`, in Unix seconds.
    pub(super) fn validate(&self, claims: &Map<String, Value>, now: u64) -> Result<(), TokenError> {
        self.validate_times(Claims(claims), now)?;
        self.validate_issuer(claims)?;
        self.validate_audience(Claims(claims))?;
        let says = |(name, value): &&(String, String)| is_said(claims.get(name), value);
        match self.require.iter().find(|required| !says(required)) {
            Some((name, _)) => Err(TokenError::Required(name.clone())),
            None => Ok(()),
        }
    }

    fn validate_times(&self, claims: Claims<'_>, now: u64) -> Result<(), TokenError> {
        let time = |claim: &'static str| match claims.seconds(claim)? {
            None if self.required_times.contains(&claim) => Err(TokenError::Claim(claim)),
            at => Ok(at.map(|at| (claim, at))),
        };
        let (issued, ends, begins) = (time("iat")?, time("exp")?, time("nbf")?);
        let past = |(claim, at): (&'static str, u64), most: u64| {
            let seconds = now.saturating_sub(at);
            (seconds > most).then_some(TokenError::TooOld { claim, seconds })
        };
        let ahead = |(claim, at): (&'static str, u64)| {
            let seconds = at.saturating_sub(now);
            (seconds > LEEWAY).then_some(TokenError::FromTheFuture { claim, seconds })
        };
        let is_old = |issued| past(issued, self.max_age?);
        let problem = issued
            .and_then(is_old)
            .or_else(|| ends.and_then(|ends| past(ends, LEEWAY - 1)))
            .or_else(|| issued.and_then(ahead))
            .or_else(|| begins.and_then(ahead));
        problem.map_or(Ok(()), Err)
    }

    fn validate_issuer(&self, claims: &Map<String, Value>) -> Result<(), TokenError> {
        let Some(issuer) = self.issuer else { return Ok(()) };
        match claims.get("iss") {
            Some(Value::String(theirs)) if theirs == issuer => Ok(()),
            Some(Value::String(theirs)) => Err(TokenError::Issuer(Slash::between(issuer, theirs))),
            None | Some(_) => Err(TokenError::Claim("iss")),
        }
    }

    fn validate_audience(&self, claims: Claims<'_>) -> Result<(), TokenError> {
        let named = match self.audience {
            Audience::Anybody => return Ok(()),
            _ => claims.audience()?,
        };
        let holds = |audience: &str| named.iter().flatten().any(|one| one == audience);
        let is_for_us = match self.audience {
            Audience::Anybody => true,
            Audience::IfSaid(audience) => named.is_none() || holds(audience),
            Audience::Named(audience) => holds(audience),
            Audience::Alone(audience) => {
                holds(audience) && named.as_ref().is_some_and(|all| all.len() == 1)
            }
        };
        if is_for_us { Ok(()) } else { Err(TokenError::Audience) }
    }
}

/// Whether a claim has the value that the file writes as `text`.
fn is_said(claim: Option<&Value>, text: &str) -> bool {
    match claim {
        Some(Value::String(value)) => value == text,
        Some(Value::Number(value)) => value.to_string() == text,
        Some(Value::Bool(value)) => text.parse() == Ok(*value),
        None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => false,
    }
}
