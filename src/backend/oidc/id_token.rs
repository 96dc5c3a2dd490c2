//! Verifies ID tokens (OpenID Connect Core §3.1.3.7).

use chrono::DateTime;
use openidconnect::core::{CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{
    ClaimsVerificationError, ClientId, IssuerUrl, Nonce, SignatureVerificationError,
};

use super::wire::{KeySet, Token, TokenClaims};

/// Seconds by which a provider's clock and ours may differ.
const SKEW: u64 = 60;

/// What an ID token must be like.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a IssuerUrl,
    pub(super) client_id: &'a ClientId,
    pub(super) nonce: &'a Nonce,
    pub(super) algorithms: &'a [CoreJwsSigningAlgorithm],
    pub(super) now: u64,
}

/// Why an ID token is not believed.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Unproven {
    /// None of these keys is the one that it names: newer ones may help.
    UnknownKey,
    /// It says or is something that it must not.
    Refused(&'static str),
}

/// What `token` says, if it is the provider's, for us, for this sign-in and of this moment.
///
/// The key is chosen among `keys` alone: `jku`, `x5u` and `jwk` of its header are never read.
pub(super) fn verify<'t>(
    token: &'t Token,
    expected: &Expected<'_>,
    keys: &KeySet,
) -> Result<&'t TokenClaims, Unproven> {
    let Expected { issuer, client_id, nonce, algorithms, now } = *expected;
    let earlier = at(now.saturating_sub(SKEW)).ok_or(Unproven::Refused(OUR_CLOCK))?;
    let later = at(now.saturating_add(SKEW)).ok_or(Unproven::Refused(OUR_CLOCK))?;
    // As if we had no secret: with one, the library would read HS256 too.
    let verifier =
        CoreIdTokenVerifier::new_public_client(client_id.clone(), issuer.clone(), keys.clone())
            .set_allowed_algs(algorithms.iter().cloned())
            // Others may be named beside us, where `azp` says that it was issued to us: see below.
            .set_other_audience_verifier_fn(|_| true)
            .set_time_fn(move || earlier)
            .set_issue_time_verifier_fn(move |issued| {
                if issued > later { Err(FROM_THE_FUTURE.to_owned()) } else { Ok(()) }
            });
    let claims = token.claims(&verifier, nonce).map_err(|error| reason(&error))?;
    // The library does not know this one.
    if claims.additional_claims().begins_after(now.saturating_add(SKEW)) {
        return Err(Unproven::Refused(FROM_THE_FUTURE));
    }
    let is_ours = |party: &ClientId| party == client_id;
    if !claims.authorized_party().map_or(claims.audiences().len() == 1, is_ours) {
        return Err(Unproven::Refused("the ID token was issued to somebody else (`azp`)"));
    }
    Ok(claims)
}

const OUR_CLOCK: &str = "our own clock is out of order";
const EXPIRED: &str = "the ID token has expired, or one of the two clocks is wrong";
const FROM_THE_FUTURE: &str = "the ID token is from the future: one of the two clocks is wrong";

fn at(seconds: u64) -> Option<DateTime<chrono::Utc>> {
    DateTime::from_timestamp(seconds.try_into().ok()?, 0)
}

/// The library's own words may hold what the token says.
fn reason(error: &ClaimsVerificationError) -> Unproven {
    Unproven::Refused(match error {
        // Our own word, given back by the library.
        ClaimsVerificationError::Expired(why) if why == FROM_THE_FUTURE => FROM_THE_FUTURE,
        ClaimsVerificationError::Expired(_) => EXPIRED,
        ClaimsVerificationError::InvalidAudience(_) => "the ID token is not for us",
        ClaimsVerificationError::InvalidIssuer(_) => "the ID token names another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "the ID token belongs to another sign-in",
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::NoMatchingKey => return Unproven::UnknownKey,
            SignatureVerificationError::DisallowedAlg(_)
            | SignatureVerificationError::UnsupportedAlg(_)
            | SignatureVerificationError::NoSignature => {
                "the ID token is signed in a way that was not agreed on"
            }
            SignatureVerificationError::AmbiguousKeyId(_) => {
                "the ID token does not say which key signed it"
            }
            _ => "the signature of the ID token is wrong",
        },
        _ => "the ID token is of a kind that we do not read",
    })
}

#[cfg(test)]
mod tests;
