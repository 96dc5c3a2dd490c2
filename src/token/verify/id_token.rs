//! What an ID token must say beyond every other token (OpenID Connect Core §3.1.3.7), as it comes
//! from the token endpoint.

use serde_json::Value;

use super::claims::Claims;
use super::error::TokenError;
use super::unverified::UnverifiedJws;
use super::validation::Validation;

/// What an ID token must say, whoever signed it.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedIdToken<'a> {
    /// The provider, as it writes itself.
    pub issuer: &'a str,
    /// Whom the provider knows us as.
    pub client_id: &'a str,
    /// What we sent along when this sign-in began.
    pub nonce: &'a str,
}

impl ExpectedIdToken<'_> {
    /// Validates what `token` says, which can only refuse: done before the provider is asked for its
    /// keys.
    pub fn validate(&self, token: &UnverifiedJws<'_>, now: u64) -> Result<(), TokenError> {
        token.validate(&Validation::of_id_token(self.issuer, self.client_id), now)?;
        let claims = token.claims();
        let text = |name: &'static str| match claims.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(TokenError::Claim(name)),
        };
        text("sub")?.filter(|sub| !sub.is_empty()).ok_or(TokenError::Claim("sub"))?;
        // Others may be named beside us where `azp` says that it was issued to us.
        let is_ours = match text("azp")? {
            Some(party) => party == self.client_id,
            None => Claims(claims).audience()?.is_some_and(|audience| audience.len() == 1),
        };
        if !is_ours {
            return Err(TokenError::AuthorizedParty);
        }
        if text("nonce")? != Some(self.nonce) {
            return Err(TokenError::Nonce);
        }
        Ok(())
    }
}

/// How our `issuer` differs from one that is the same but for the slash at its end: people forget
/// it, and nobody sees it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Slash {
    /// Ours lacks it.
    Lacking,
    /// Ours alone has one.
    TooMany,
}

impl Slash {
    /// The end of a sentence about theirs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lacking => ": it ends with a slash, our `issuer` does not",
            Self::TooMany => ": our `issuer` ends with a slash, it does not",
        }
    }

    /// How `ours` differs from `theirs`, if that is all.
    pub fn between(ours: &str, theirs: &str) -> Option<Self> {
        if theirs.strip_suffix('/') == Some(ours) {
            Some(Self::Lacking)
        } else if ours.strip_suffix('/') == Some(theirs) {
            Some(Self::TooMany)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
