//! What can fail, and what each failure means: kind, status, whose move it is. Nothing else chooses
//! these; `failure` makes page and log line of them.

mod failure;
mod widget;

use actix_web::http::StatusCode;

pub(in crate::web) use self::failure::{Failure, Noted, caller, unreadable};

use crate::backend::{BackendError, CognitoError, NotKnown};
use crate::domain::{IdentityRefusal, InvalidReturnTo, Refusal};
use crate::store::StoreError;
use crate::token::{
    AssertionError, NoRandomness, OpenError, SealError, SessionError, zendesk::MintError,
};
use crate::web::page::pages::PageError;
use crate::web::request::error::{Malformed, RequestError};

/// Why a request was not answered as hoped.
#[derive(Debug, thiserror::Error)]
pub(in crate::web) enum WebError {
    #[error(transparent)]
    Request(#[from] RequestError),
    #[error("no such address")]
    NotFound,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("no token was passed")]
    NoToken,
    #[error(transparent)]
    Flow(#[from] FlowProblem),
    #[error(transparent)]
    Assertion(#[from] AssertionError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error("the browser sends two different session cookies")]
    TwoCookies,
    #[error("the sign-in is not for the backend in the address")]
    OtherBackend,
    #[error("the assertion was used before")]
    AlreadyUsed,
    #[error(transparent)]
    Identity(#[from] IdentityRefusal),
    #[error(
        "the answer to the question is altered, too old, or comes from another site or browser"
    )]
    Confirmation,
    #[error("back for the fifth time within a minute, right after it was done")]
    Loop,
    #[error(transparent)]
    Backend(#[from] BackendError),
    #[error(transparent)]
    Cognito(#[from] CognitoError),
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

/// Whose move it is when something fails.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Client,
    Backend,
    Us,
}

impl Fault {
    fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Backend => "backend",
            Self::Us => "us",
        }
    }
}

impl WebError {
    /// Names the texts, the status and whose move it is.
    fn public(&self) -> (&'static str, StatusCode, Fault) {
        use Fault::{Backend, Client, Us};
        match self {
            Self::Request(error) => request(*error),
            Self::NotFound => ("not-found", StatusCode::NOT_FOUND, Client),
            Self::Refused(Refusal::ReturnTo(InvalidReturnTo::Miswritten)) => {
                ("return-to-miswritten", StatusCode::BAD_REQUEST, Client)
            }
            Self::Refused(Refusal::ReturnTo(_)) => {
                ("return-to-refused", StatusCode::BAD_REQUEST, Client)
            }
            Self::Refused(Refusal::UnknownBrand) => {
                ("unknown-brand", StatusCode::NOT_FOUND, Client)
            }
            Self::NoToken => ("no-token", StatusCode::BAD_REQUEST, Backend),
            Self::Flow(FlowProblem::Missing) => ("flow-missing", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Expired) => ("flow-expired", StatusCode::GONE, Client),
            Self::Flow(FlowProblem::Used) => ("flow-used", StatusCode::CONFLICT, Client),
            Self::Flow(FlowProblem::Altered) => ("flow-altered", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Foreign) => ("flow-foreign", StatusCode::BAD_REQUEST, Client),
            Self::Flow(FlowProblem::Outdated) => ("flow-outdated", StatusCode::CONFLICT, Us),
            Self::Assertion(error) => assertion(error),
            Self::Session(error) => session(error),
            Self::TwoCookies => ("session-ambiguous", StatusCode::BAD_REQUEST, Client),
            Self::OtherBackend => ("other-backend", StatusCode::BAD_REQUEST, Client),
            Self::AlreadyUsed => ("assertion-used", StatusCode::CONFLICT, Client),
            Self::Identity(refusal) => identity(*refusal),
            Self::Confirmation => ("confirmation-refused", StatusCode::FORBIDDEN, Client),
            Self::Loop => ("loop", StatusCode::TOO_MANY_REQUESTS, Client),
            Self::Backend(error) => backend(error),
            Self::Cognito(error) => cognito(error),
            Self::TooManyAttempts => ("too-many-attempts", StatusCode::TOO_MANY_REQUESTS, Client),
            Self::PasswordsDiffer => ("passwords-differ", StatusCode::UNPROCESSABLE_ENTITY, Client),
            Self::FormRefused => ("form-refused", StatusCode::FORBIDDEN, Client),
            Self::OriginRefused => ("origin-refused", StatusCode::FORBIDDEN, Client),
            Self::Ticket(OpenError::Altered) => ("ticket-refused", StatusCode::FORBIDDEN, Client),
            Self::Ticket(OpenError::Expired) => ("ticket-expired", StatusCode::GONE, Client),
            Self::Store(StoreError::BackendShare) => {
                ("too-many-from-backend", StatusCode::SERVICE_UNAVAILABLE, Backend)
            }
            Self::Store(StoreError::NetworkShare) => {
                ("too-many-from-network", StatusCode::TOO_MANY_REQUESTS, Client)
            }
            Self::Store(_) => ("store-unavailable", StatusCode::SERVICE_UNAVAILABLE, Us),
            Self::Mint(_) | Self::Page(_) | Self::Seal(_) | Self::Random(_) | Self::Table => {
                ("internal", StatusCode::INTERNAL_SERVER_ERROR, Us)
            }
        }
    }
}

impl WebError {
    /// The word for it in the log.
    pub(in crate::web) fn kind(&self) -> &'static str {
        self.public().0
    }

    /// Whether signing in anew at the person's site may mend it, where that is another token.
    fn may_end_anew(&self) -> bool {
        matches!(self, Self::Session(_) | Self::Identity(_) | Self::Backend(_))
    }

    /// Whether another try would only end here again, so that no page may propose one.
    fn is_lasting(&self) -> bool {
        match self {
            Self::Request(
                RequestError::TokenTooLarge | RequestError::ContentType | RequestError::Post(_),
            ) => true,
            Self::Assertion(error) | Self::Backend(BackendError::Claims(error)) => {
                matches!(error, AssertionError::Algorithm | AssertionError::Claim(_))
            }
            Self::Identity(refusal) => matches!(
                refusal,
                IdentityRefusal::AddressReserved
                    | IdentityRefusal::ExternalIdNotAllowed
                    | IdentityRefusal::RoleNotAllowed
                    | IdentityRefusal::AttributeNotAllowed(_)
            ),
            _ => false,
        }
    }
}

fn request(error: RequestError) -> (&'static str, StatusCode, Fault) {
    use Fault::{Backend, Client};
    match error {
        RequestError::Malformed(_) | RequestError::TooManyFields | RequestError::BodyIncomplete => {
            ("malformed-request", StatusCode::BAD_REQUEST, Client)
        }
        RequestError::TooSlow => ("request-too-slow", StatusCode::REQUEST_TIMEOUT, Client),
        RequestError::AddressTooLong => ("address-too-long", StatusCode::URI_TOO_LONG, Client),
        RequestError::BodyTooLarge => ("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, Client),
        RequestError::ContentType => {
            ("wrong-content-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, Client)
        }
        RequestError::Post(_) => ("post-invalid", StatusCode::BAD_REQUEST, Backend),
        RequestError::TokenTooLarge => ("token-too-large", StatusCode::PAYLOAD_TOO_LARGE, Backend),
        RequestError::Method(_) => ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, Client),
        RequestError::Prefetch => ("prefetch", StatusCode::SERVICE_UNAVAILABLE, Client),
    }
}

fn assertion(error: &AssertionError) -> (&'static str, StatusCode, Fault) {
    let (kind, status) = match error {
        AssertionError::Unreadable(_) => ("assertion-unreadable", StatusCode::BAD_REQUEST),
        AssertionError::Algorithm => ("assertion-algorithm", StatusCode::FORBIDDEN),
        AssertionError::Signature => ("assertion-signature", StatusCode::FORBIDDEN),
        AssertionError::TooOld { .. } => ("assertion-too-old", StatusCode::FORBIDDEN),
        AssertionError::FromTheFuture { .. } => {
            ("assertion-from-the-future", StatusCode::FORBIDDEN)
        }
        AssertionError::Claim(_) => ("assertion-invalid", StatusCode::UNPROCESSABLE_ENTITY),
        AssertionError::Audience => ("assertion-audience", StatusCode::FORBIDDEN),
    };
    (kind, status, Fault::Backend)
}

fn cognito(error: &CognitoError) -> (&'static str, StatusCode, Fault) {
    use Fault::Client;
    match error {
        CognitoError::Password(_) => ("wrong-password", StatusCode::FORBIDDEN, Client),
        CognitoError::Unconfirmed => ("account-unconfirmed", StatusCode::FORBIDDEN, Client),
        CognitoError::ResetRequired => ("password-reset-required", StatusCode::FORBIDDEN, Client),
        CognitoError::Throttled => ("too-many-attempts", StatusCode::TOO_MANY_REQUESTS, Client),
        CognitoError::Code => ("wrong-code", StatusCode::FORBIDDEN, Client),
        CognitoError::CodeExpired => ("code-expired", StatusCode::FORBIDDEN, Client),
        CognitoError::NoSecondStep => ("second-step-missing", StatusCode::FORBIDDEN, Client),
        CognitoError::NewPassword => {
            ("new-password-refused", StatusCode::UNPROCESSABLE_ENTITY, Client)
        }
        CognitoError::Attribute => ("attribute-refused", StatusCode::UNPROCESSABLE_ENTITY, Client),
        CognitoError::Over => ("challenge-over", StatusCode::FORBIDDEN, Client),
        CognitoError::Claims(error) => assertion(error),
        CognitoError::SetUp(why) => backend(&BackendError::SetUp(why)),
        CognitoError::Backend(error) => backend(error),
    }
}

fn backend(error: &BackendError) -> (&'static str, StatusCode, Fault) {
    use Fault::{Backend, Us};
    match error {
        BackendError::Denied(_) => ("backend-denied", StatusCode::FORBIDDEN, Backend),
        BackendError::Unproven(_) => ("backend-unproven", StatusCode::FORBIDDEN, Backend),
        BackendError::Again(_) => ("backend-again", StatusCode::FORBIDDEN, Backend),
        BackendError::Over(_) => ("backend-over", StatusCode::FORBIDDEN, Backend),
        BackendError::Claims(error) => assertion(error),
        // Somebody must set it right, here or there: nobody signs in until then.
        BackendError::SetUp(_) => ("backend-unavailable", StatusCode::SERVICE_UNAVAILABLE, Us),
        BackendError::Unavailable(_) => {
            ("backend-unavailable", StatusCode::SERVICE_UNAVAILABLE, Backend)
        }
    }
}

fn session(error: &SessionError) -> (&'static str, StatusCode, Fault) {
    let (kind, status) = match error {
        SessionError::Unreadable => ("assertion-unreadable", StatusCode::BAD_REQUEST),
        SessionError::Algorithm => ("assertion-algorithm", StatusCode::FORBIDDEN),
        SessionError::UnknownKey => ("session-key-unknown", StatusCode::FORBIDDEN),
        SessionError::Signature => ("assertion-signature", StatusCode::FORBIDDEN),
        SessionError::Expired => ("session-expired", StatusCode::FORBIDDEN),
        SessionError::FromTheFuture => ("assertion-from-the-future", StatusCode::FORBIDDEN),
        SessionError::Issuer => ("session-issuer", StatusCode::FORBIDDEN),
        SessionError::Audience => ("assertion-audience", StatusCode::FORBIDDEN),
        SessionError::Required(_) => ("session-other-project", StatusCode::FORBIDDEN),
        SessionError::Claim(_) => ("assertion-invalid", StatusCode::UNPROCESSABLE_ENTITY),
    };
    (kind, status, Fault::Backend)
}

fn identity(refusal: IdentityRefusal) -> (&'static str, StatusCode, Fault) {
    let (kind, status) = match refusal {
        IdentityRefusal::EmailInvalid => ("email-invalid", StatusCode::UNPROCESSABLE_ENTITY),
        IdentityRefusal::EmailMissing => ("email-missing", StatusCode::UNPROCESSABLE_ENTITY),
        IdentityRefusal::EmailUnverified => ("email-unverified", StatusCode::FORBIDDEN),
        IdentityRefusal::EmailProofMissing => {
            ("email-proof-missing", StatusCode::UNPROCESSABLE_ENTITY)
        }
        IdentityRefusal::AddressReserved => ("address-reserved", StatusCode::FORBIDDEN),
        IdentityRefusal::AddressNotAllowed => ("address-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::ExternalIdMissing => {
            ("external-id-missing", StatusCode::UNPROCESSABLE_ENTITY)
        }
        IdentityRefusal::ExternalIdNotAllowed => ("external-id-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::RoleNotAllowed => ("role-not-allowed", StatusCode::FORBIDDEN),
        IdentityRefusal::AttributeNotAllowed(_) | IdentityRefusal::AttributeInvalid(_) => {
            ("attribute-not-allowed", StatusCode::FORBIDDEN)
        }
    };
    (kind, status, Fault::Backend)
}

/// What it means that something cannot be read as a request at all.
fn no_request(status: StatusCode) -> (&'static str, StatusCode, Fault) {
    use Fault::{Client, Us};
    match status {
        StatusCode::REQUEST_TIMEOUT => ("request-too-slow", StatusCode::REQUEST_TIMEOUT, Client),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            ("headers-too-large", StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, Client)
        }
        _ if status.is_server_error() => ("internal", status, Us),
        _ => ("malformed-request", status, Client),
    }
}
