//! Why a token of somebody else's is not believed.

use super::id_token::Slash;
use super::json::NotAnObject;

/// Why a token is not believed, whoever should have signed it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TokenError {
    /// It is no signed token, or one that two readers may read differently.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] Unreadable),
    /// Its header names another algorithm than those that are pinned, or none.
    #[error("its algorithm is not one that was agreed on")]
    Algorithm,
    /// Whoever signs publishes no key that it could be by, or several.
    #[error("its key is not among the provider's, or it does not name it")]
    UnknownKey,
    /// Nobody who may has signed it.
    #[error("its signature does not hold")]
    Signature,
    /// It was made too long ago, or its own `exp` has passed.
    #[error("it is too old: its `{claim}` is {seconds} seconds behind our clock")]
    TooOld {
        /// `iat` or `exp`.
        claim: &'static str,
        /// How far the two clocks are apart.
        seconds: u64,
    },
    /// It will only be made, or its own `nbf` has yet to come: one of the two clocks is wrong.
    #[error("it is from the future: its `{claim}` is {seconds} seconds ahead of our clock")]
    FromTheFuture {
        /// `iat` or `nbf`.
        claim: &'static str,
        /// How far the two clocks are apart.
        seconds: u64,
    },
    /// Somebody else has made it.
    #[error("it names another issuer{}", .0.map_or("", Slash::as_str))]
    Issuer(Option<Slash>),
    /// It is meant for somebody else, or for nobody where somebody must be named.
    #[error("it is not for us")]
    Audience,
    /// It was issued to somebody else.
    #[error("it was issued to somebody else (`azp`)")]
    AuthorizedParty,
    /// It is not the answer to this sign-in.
    #[error("it belongs to another sign-in")]
    Nonce,
    /// It is from or for another project, for instance.
    #[error("it does not say of `{0}` what is required")]
    Required(String),
    /// A claim is missing that must be there, or is of the wrong type.
    #[error("the claim `{0}` is missing or of the wrong type")]
    Claim(&'static str),
}

impl TokenError {
    /// The claim that it is about, if it is about one.
    pub fn claim(&self) -> Option<&str> {
        match self {
            Self::Unreadable(_) | Self::Algorithm | Self::UnknownKey | Self::Signature => None,
            Self::TooOld { claim, .. } | Self::FromTheFuture { claim, .. } | Self::Claim(claim) => {
                Some(claim)
            }
            Self::Issuer(_) => Some("iss"),
            Self::Audience => Some("aud"),
            Self::AuthorizedParty => Some("azp"),
            Self::Nonce => Some("nonce"),
            Self::Required(claim) => Some(claim),
        }
    }
}

/// Why a token cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Unreadable {
    /// A header, a payload and a signature, with dots between.
    #[error("it has not three parts")]
    Parts,
    /// Header or payload.
    #[error("a part of it is not base64")]
    Base64,
    /// The header.
    #[error("its header: {0}")]
    Header(NotAnObject),
    /// The header demands something of the reader that we do not understand.
    #[error("its header has `crit` or `b64`")]
    Extensions,
    /// The payload, which is signed.
    #[error("its payload: {0}")]
    Payload(NotAnObject),
}
