//! What each failure means: nothing else chooses kind, status, fault, or what comes next. The page,
//! the JSON of a form page and the JSON of a widget only write it down.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue, RETRY_AFTER};

use super::{FlowProblem, WebError};
use crate::backend::{BackendError, CognitoError};
use crate::domain::{IdentityRefusal, InvalidReturnTo, Refusal};
use crate::store::StoreError;
use crate::token::{OpenError, TokenError};
use crate::web::request::error::RequestError;

/// What a failure means, in whatever form somebody is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::web) struct Outcome {
    /// Names the texts, and the failure in the log and in JSON.
    pub(in crate::web) kind: &'static str,
    /// The status of a page.
    pub(in crate::web) status: StatusCode,
    /// Of JSON: the same, but for 401 where the token or the password that a script shows is no
    /// good, and 403 where a company's script asks for a brand that is not its own.
    pub(in crate::web) json_status: StatusCode,
    /// Who can do something about it.
    pub(in crate::web) fault: Fault,
    /// Seconds after which another try may go better.
    pub(in crate::web) retry_after: Option<u16>,
    /// What the person can do.
    pub(in crate::web) next: Next,
}

/// Whose move it is when something fails.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::web) enum Fault {
    /// The person, or their browser.
    Client,
    /// The brand's site, or its provider.
    Backend,
    /// Whoever runs brandgate.
    Us,
}

impl Fault {
    /// As the log has it.
    pub(in crate::web) fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Backend => "backend",
            Self::Us => "us",
        }
    }
}

/// What a person can do whose destination is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::web) enum Next {
    /// Begin once more.
    StartAgain,
    /// Begin once more at our own origin: the host that was asked may be one backend's alone.
    StartAtPublicUrl,
    /// Sign in anew at the backend's own page, where that gives another token; else as `StartAgain`.
    Reauthenticate,
    /// It is done: go on.
    GoOn,
    /// It is done: go on, or begin once more.
    GoOnOrStartAgain,
    /// The brand's home: another try would only end here again.
    GoHome,
}

impl Outcome {
    const fn new(kind: &'static str, status: StatusCode, fault: Fault) -> Self {
        let next = Next::StartAgain;
        Self { kind, status, json_status: status, fault, retry_after: None, next }
    }

    const fn to_json(self, json_status: StatusCode) -> Self {
        Self { json_status, ..self }
    }

    const fn after(self, seconds: u16) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    const fn then(self, next: Next) -> Self {
        Self { next, ..self }
    }

    /// What it means that `error` happened.
    pub(in crate::web) fn of(error: &WebError) -> Self {
        use Fault::{Backend, Client, Us};
        match error {
            WebError::Request(error) => request(*error),
            WebError::NotFound => Self::new("not-found", StatusCode::NOT_FOUND, Client),
            WebError::OtherAddress => Self::new("other-address", StatusCode::NOT_FOUND, Client),
            WebError::Refused(error) => refusal(*error).to_json(StatusCode::FORBIDDEN),
            WebError::NoToken => Self::new("no-token", StatusCode::BAD_REQUEST, Backend)
                .to_json(StatusCode::UNAUTHORIZED),
            WebError::Flow(problem) => flow(*problem),
            WebError::Assertion(error) => token(error).to_json(StatusCode::UNAUTHORIZED),
            WebError::Session(error) => session(error).to_json(StatusCode::UNAUTHORIZED),
            WebError::TwoCookies => Self::new("session-ambiguous", StatusCode::BAD_REQUEST, Client)
                .to_json(StatusCode::UNAUTHORIZED),
            WebError::OtherBackend => Self::new("other-backend", StatusCode::BAD_REQUEST, Client)
                .to_json(StatusCode::FORBIDDEN)
                .then(Next::StartAtPublicUrl),
            WebError::AlreadyUsed => Self::new("assertion-used", StatusCode::CONFLICT, Client)
                .then(Next::GoOnOrStartAgain),
            WebError::Identity(refused) => identity(refused.refusal),
            WebError::Confirmation => {
                Self::new("confirmation-refused", StatusCode::FORBIDDEN, Client)
            }
            // No 503: nobody in front is to try elsewhere, and nobody to come again by themselves.
            WebError::Closed { .. } => {
                Self::new("closed", StatusCode::FORBIDDEN, Client).then(Next::GoHome)
            }
            WebError::Loop => {
                Self::new("loop", StatusCode::TOO_MANY_REQUESTS, Client).after(60).then(Next::GoOn)
            }
            WebError::Backend(error) => backend(error),
            WebError::Cognito(error) => cognito(error),
            WebError::TooManyRequests => {
                Self::new("too-many-requests", StatusCode::TOO_MANY_REQUESTS, Client).after(5)
            }
            WebError::TooManyAttempts => TOO_MANY_ATTEMPTS,
            WebError::PasswordsDiffer => {
                Self::new("passwords-differ", StatusCode::UNPROCESSABLE_ENTITY, Client)
            }
            WebError::FormRefused => Self::new("form-refused", StatusCode::FORBIDDEN, Client),
            WebError::OriginRefused => Self::new("origin-refused", StatusCode::FORBIDDEN, Client),
            WebError::Ticket(OpenError::Altered) => {
                Self::new("ticket-refused", StatusCode::FORBIDDEN, Client)
            }
            WebError::Ticket(OpenError::Expired) => {
                Self::new("ticket-expired", StatusCode::GONE, Client)
            }
            WebError::Store(error) => store(*error),
            WebError::Mint(_)
            | WebError::Page(_)
            | WebError::Seal(_)
            | WebError::Random(_)
            | WebError::Table => Self::new("internal", StatusCode::INTERNAL_SERVER_ERROR, Us),
        }
    }

    /// What it means that something cannot be read as a request at all.
    pub(in crate::web) fn of_no_request(status: StatusCode) -> Self {
        use Fault::{Client, Us};
        match status {
            StatusCode::REQUEST_TIMEOUT => request(RequestError::TooSlow),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
                Self::new("headers-too-large", StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, Client)
            }
            _ if status.is_server_error() => Self::new("internal", status, Us),
            _ => Self::new("malformed-request", status, Client),
        }
    }

    /// Adds what an answer about `error` has in its headers, whatever its form.
    pub(super) fn set_headers(self, error: &WebError, response: &mut HttpResponse) {
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let WebError::Request(RequestError::Method(allowed)) = error {
            headers.insert(ALLOW, HeaderValue::from_static(allowed));
        }
    }
}

const TOO_MANY_ATTEMPTS: Outcome =
    Outcome::new("too-many-attempts", StatusCode::TOO_MANY_REQUESTS, Fault::Client).after(900);

fn request(error: RequestError) -> Outcome {
    use Fault::{Backend, Client};
    match error {
        RequestError::Malformed(_) | RequestError::TooManyFields | RequestError::BodyIncomplete => {
            Outcome::new("malformed-request", StatusCode::BAD_REQUEST, Client)
        }
        RequestError::TooSlow => {
            Outcome::new("request-too-slow", StatusCode::REQUEST_TIMEOUT, Client)
        }
        RequestError::AddressTooLong => {
            Outcome::new("address-too-long", StatusCode::URI_TOO_LONG, Client)
        }
        RequestError::BodyTooLarge => {
            Outcome::new("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, Client)
        }
        RequestError::ContentType => {
            Outcome::new("wrong-content-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, Client)
                .then(Next::GoHome)
        }
        RequestError::Post(_) => {
            Outcome::new("post-invalid", StatusCode::BAD_REQUEST, Backend).then(Next::GoHome)
        }
        RequestError::TokenTooLarge => {
            Outcome::new("token-too-large", StatusCode::PAYLOAD_TOO_LARGE, Backend)
                .to_json(StatusCode::UNAUTHORIZED)
                .then(Next::GoHome)
        }
        RequestError::Method(_) => {
            Outcome::new("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, Client)
        }
        RequestError::Prefetch => Outcome::new("prefetch", StatusCode::SERVICE_UNAVAILABLE, Client),
    }
}

fn refusal(refusal: Refusal) -> Outcome {
    match refusal {
        Refusal::ReturnTo(InvalidReturnTo::Miswritten) => {
            Outcome::new("return-to-miswritten", StatusCode::BAD_REQUEST, Fault::Client)
        }
        Refusal::ReturnTo(_) => {
            Outcome::new("return-to-refused", StatusCode::BAD_REQUEST, Fault::Client)
        }
        Refusal::UnknownBrand => {
            Outcome::new("unknown-brand", StatusCode::NOT_FOUND, Fault::Client)
        }
    }
}

fn flow(problem: FlowProblem) -> Outcome {
    use Fault::{Client, Us};
    match problem {
        FlowProblem::Missing => Outcome::new("flow-missing", StatusCode::BAD_REQUEST, Client),
        FlowProblem::Expired => Outcome::new("flow-expired", StatusCode::GONE, Client),
        FlowProblem::Used => {
            Outcome::new("flow-used", StatusCode::CONFLICT, Client).then(Next::GoOnOrStartAgain)
        }
        FlowProblem::Altered => Outcome::new("flow-altered", StatusCode::BAD_REQUEST, Client),
        FlowProblem::Foreign => Outcome::new("flow-foreign", StatusCode::BAD_REQUEST, Client),
        FlowProblem::Outdated => Outcome::new("flow-outdated", StatusCode::CONFLICT, Us),
    }
}

fn token(error: &TokenError) -> Outcome {
    let (kind, status) = match error {
        TokenError::Unreadable(_) => ("assertion-unreadable", StatusCode::BAD_REQUEST),
        TokenError::Algorithm => ("assertion-algorithm", StatusCode::FORBIDDEN),
        TokenError::UnknownKey => ("session-key-unknown", StatusCode::FORBIDDEN),
        TokenError::Signature => ("assertion-signature", StatusCode::FORBIDDEN),
        TokenError::TooOld { .. } => ("assertion-too-old", StatusCode::FORBIDDEN),
        TokenError::FromTheFuture { .. } => ("assertion-from-the-future", StatusCode::FORBIDDEN),
        TokenError::Issuer(_) => ("session-issuer", StatusCode::FORBIDDEN),
        TokenError::Audience => ("assertion-audience", StatusCode::FORBIDDEN),
        TokenError::Required(_) => ("session-other-project", StatusCode::FORBIDDEN),
        TokenError::Claim(_) => ("assertion-invalid", StatusCode::UNPROCESSABLE_ENTITY),
        // Of ID tokens alone, and not shown to be the provider's word.
        TokenError::AuthorizedParty | TokenError::Nonce => {
            ("backend-unproven", StatusCode::FORBIDDEN)
        }
    };
    let outcome = Outcome::new(kind, status, Fault::Backend);
    match error {
        TokenError::Algorithm | TokenError::Claim(_) => outcome.then(Next::GoHome),
        _ => outcome,
    }
}

/// The person's site has another token for them.
fn session(error: &TokenError) -> Outcome {
    let outcome = match error {
        TokenError::TooOld { .. } => {
            Outcome::new("session-expired", StatusCode::FORBIDDEN, Fault::Backend)
        }
        error => token(error),
    };
    outcome.then(Next::Reauthenticate)
}

fn identity(refusal: IdentityRefusal) -> Outcome {
    use Next::{GoHome, Reauthenticate};
    let (kind, status, next) = match refusal {
        IdentityRefusal::EmailInvalid => {
            ("email-invalid", StatusCode::UNPROCESSABLE_ENTITY, Reauthenticate)
        }
        IdentityRefusal::EmailMissing => {
            ("email-missing", StatusCode::UNPROCESSABLE_ENTITY, Reauthenticate)
        }
        IdentityRefusal::EmailUnverified => {
            ("email-unverified", StatusCode::FORBIDDEN, Reauthenticate)
        }
        IdentityRefusal::EmailProofMissing => {
            ("email-proof-missing", StatusCode::UNPROCESSABLE_ENTITY, Reauthenticate)
        }
        IdentityRefusal::AddressReserved => ("address-reserved", StatusCode::FORBIDDEN, GoHome),
        IdentityRefusal::PersonDenied => ("person-denied", StatusCode::FORBIDDEN, GoHome),
        IdentityRefusal::AddressNotAllowed => {
            ("address-not-allowed", StatusCode::FORBIDDEN, Reauthenticate)
        }
        IdentityRefusal::ExternalIdMissing => {
            ("external-id-missing", StatusCode::UNPROCESSABLE_ENTITY, Reauthenticate)
        }
        IdentityRefusal::ExternalIdNotAllowed => {
            ("external-id-not-allowed", StatusCode::FORBIDDEN, GoHome)
        }
        IdentityRefusal::RoleNotAllowed => ("role-not-allowed", StatusCode::FORBIDDEN, GoHome),
        IdentityRefusal::AttributeNotAllowed(_) => {
            ("attribute-not-allowed", StatusCode::FORBIDDEN, GoHome)
        }
        IdentityRefusal::AttributeInvalid(_) => {
            ("attribute-not-allowed", StatusCode::FORBIDDEN, Reauthenticate)
        }
    };
    let fault = match refusal {
        IdentityRefusal::PersonDenied => Fault::Client,
        _ => Fault::Backend,
    };
    Outcome::new(kind, status, fault).then(next)
}

fn backend(error: &BackendError) -> Outcome {
    use Fault::{Backend, Us};
    let outcome = match error {
        BackendError::Denied(_) => Outcome::new("backend-denied", StatusCode::FORBIDDEN, Backend),
        BackendError::Unproven(_) => {
            Outcome::new("backend-unproven", StatusCode::FORBIDDEN, Backend)
        }
        BackendError::Again(_) => Outcome::new("backend-again", StatusCode::FORBIDDEN, Backend),
        BackendError::Over(_) => Outcome::new("backend-over", StatusCode::FORBIDDEN, Backend),
        BackendError::Claims(error) => token(error),
        // Somebody must set it right, here or there: nobody signs in until then.
        BackendError::SetUp(_) => return unavailable(Us),
        BackendError::Unavailable(_) => return unavailable(Backend),
    };
    let next = if outcome.next == Next::GoHome { Next::GoHome } else { Next::Reauthenticate };
    outcome.to_json(StatusCode::UNAUTHORIZED).then(next)
}

fn unavailable(fault: Fault) -> Outcome {
    Outcome::new("backend-unavailable", StatusCode::SERVICE_UNAVAILABLE, fault)
        .after(60)
        .then(Next::Reauthenticate)
}

fn cognito(error: &CognitoError) -> Outcome {
    use Fault::{Client, Us};
    match error {
        CognitoError::Password(_) => Outcome::new("wrong-password", StatusCode::FORBIDDEN, Client)
            .to_json(StatusCode::UNAUTHORIZED),
        CognitoError::Unconfirmed => {
            Outcome::new("account-unconfirmed", StatusCode::FORBIDDEN, Client)
        }
        CognitoError::ResetRequired => {
            Outcome::new("password-reset-required", StatusCode::FORBIDDEN, Client)
        }
        CognitoError::Throttled => TOO_MANY_ATTEMPTS,
        CognitoError::Code => Outcome::new("wrong-code", StatusCode::FORBIDDEN, Client),
        CognitoError::CodeExpired => Outcome::new("code-expired", StatusCode::FORBIDDEN, Client),
        CognitoError::NoSecondStep => {
            Outcome::new("second-step-missing", StatusCode::FORBIDDEN, Client)
        }
        CognitoError::NewPassword => {
            Outcome::new("new-password-refused", StatusCode::UNPROCESSABLE_ENTITY, Client)
        }
        CognitoError::Attribute => {
            Outcome::new("attribute-refused", StatusCode::UNPROCESSABLE_ENTITY, Client)
        }
        CognitoError::Over => Outcome::new("challenge-over", StatusCode::FORBIDDEN, Client),
        // The password was right: what the pool says then is no fault of the person's.
        CognitoError::Claims(error) => token(error).to_json(StatusCode::FORBIDDEN),
        CognitoError::SetUp(_) => unavailable(Us),
        CognitoError::Backend(error @ (BackendError::SetUp(_) | BackendError::Unavailable(_))) => {
            backend(error)
        }
        CognitoError::Backend(error) => backend(error).to_json(StatusCode::FORBIDDEN),
    }
}

fn store(error: StoreError) -> Outcome {
    use Fault::{Backend, Client, Us};
    match error {
        StoreError::BackendShare => {
            Outcome::new("too-many-from-backend", StatusCode::SERVICE_UNAVAILABLE, Backend)
                .after(300)
        }
        StoreError::NetworkShare => {
            Outcome::new("too-many-from-network", StatusCode::TOO_MANY_REQUESTS, Client).after(300)
        }
        StoreError::Unavailable | StoreError::Full => {
            Outcome::new("store-unavailable", StatusCode::SERVICE_UNAVAILABLE, Us).after(60)
        }
    }
}
