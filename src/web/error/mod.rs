//! What can fail. `outcome` says what each failure means; pages, JSON and the log line are made of
//! that.

mod failure;
mod json;
mod log;
mod outcome;
mod widget;

#[cfg(test)]
mod tests;

pub(in crate::web) use self::failure::{Failure, unreadable};
#[cfg(test)]
pub(in crate::web) use self::log::KNOWN;
pub(in crate::web) use self::log::{LoggedFailure, caller, client};
pub(in crate::web) use self::outcome::Outcome;

use crate::audit::{Audit, Pseudonym};
use crate::backend::{BackendError, CognitoError, NotKnown};
use crate::domain::{
    ClaimedProfile, EmailAddress, IdentityRefusal, InvalidReturnTo, LocalizedText, Refusal,
};
use crate::store::StoreError;
use crate::token::{MintError, NoRandomness, OpenError, SealError, TokenError};
use crate::web::page::pages::PageError;
use crate::web::request::error::{Malformed, RequestError};

/// Why a request was not answered as hoped.
#[derive(Debug, thiserror::Error)]
pub(in crate::web) enum WebError {
    #[error(transparent)]
    Request(#[from] RequestError),
    #[error("no such address")]
    NotFound,
    #[error("an address beneath a backend's cookie has nothing but that backend's sign-in")]
    OtherAddress,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("no token was passed")]
    NoToken,
    #[error(transparent)]
    Flow(#[from] FlowProblem),
    #[error("the assertion: {0}")]
    Assertion(#[from] TokenError),
    #[error("the session token: {0}")]
    Session(TokenError),
    #[error("the browser sends two different session cookies")]
    TwoCookies,
    #[error("the sign-in is not for the backend in the address")]
    OtherBackend,
    #[error("the assertion was used before")]
    AlreadyUsed,
    #[error(transparent)]
    Identity(#[from] RefusedIdentity),
    #[error(
        "the answer to the question is altered, too old, or comes from another site or browser"
    )]
    Confirmation,
    #[error("the {what} is closed")]
    Closed {
        what: &'static str,
        /// What the file has people told.
        said: Box<LocalizedText>,
    },
    #[error("back for the fifth time within a minute, right after it was done")]
    Loop,
    #[error(transparent)]
    Backend(#[from] BackendError),
    #[error(transparent)]
    Cognito(#[from] CognitoError),
    #[error("too many requests of one network to one address")]
    TooManyRequests,
    #[error("too many attempts at one account")]
    TooManyAttempts,
    #[error("the two new passwords differ")]
    PasswordsDiffer,
    #[error("the form is altered, or comes from another site or browser")]
    FormRefused,
    #[error("the page is of an origin that is not listed")]
    OriginRefused,
    #[error("the ticket is of no use: {0}")]
    Ticket(OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Mint(#[from] MintError),
    #[error(transparent)]
    Page(#[from] PageError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error("the table does not hold what it refers to")]
    Table,
}

/// Why no flow of this browser can be used.
///
/// Of several, the greatest says most about what happened.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, thiserror::Error)]
pub(in crate::web) enum FlowProblem {
    #[error("this browser has no flow")]
    Missing,
    #[error("this browser's flows are for other backends")]
    Foreign,
    #[error("the flow is not as we sealed it")]
    Altered,
    #[error("the table has changed since the flow began")]
    Outdated,
    #[error("the flow is older than an hour")]
    Expired,
    #[error("the flow was used by a hand-off")]
    Used,
}

/// Why somebody may not be signed in as whom the backend says, and what of that may be told.
#[derive(Debug, thiserror::Error)]
#[error("{refusal}")]
pub(in crate::web) struct RefusedIdentity {
    pub(in crate::web) refusal: IdentityRefusal,
    /// For the audit log, if there is one.
    pub(in crate::web) person: Option<Box<Pseudonym>>,
    /// For the admin page: the claims by name, without their values.
    pub(in crate::web) claims: Vec<(&'static str, String)>,
}

impl RefusedIdentity {
    /// Of whom a backend says somebody is.
    pub(in crate::web) fn of(
        refusal: IdentityRefusal,
        claimed: &ClaimedProfile,
        audit: Option<&Audit>,
    ) -> Self {
        let claims = claimed.outline();
        let person = audit.map(|audit| {
            let email = claimed.email.as_deref().and_then(|it| EmailAddress::parse(it).ok());
            let email = email.map(|email| email.folded());
            Box::new(audit.person(email.as_deref(), claimed.external_id.as_deref()))
        });
        Self { refusal, person, claims }
    }
}

impl From<Malformed> for WebError {
    fn from(malformed: Malformed) -> Self {
        Self::Request(malformed.into())
    }
}

impl From<InvalidReturnTo> for WebError {
    fn from(invalid: InvalidReturnTo) -> Self {
        Self::Refused(invalid.into())
    }
}

impl From<NotKnown> for WebError {
    fn from(error: NotKnown) -> Self {
        match error {
            NotKnown::Token(error) => Self::Session(error),
            NotKnown::Backend(error) => Self::Backend(error),
        }
    }
}
