//! What a widget's page is told when it gets no token: `{ "code", "description" }`, and in a header
//! the code under which the log has it.
//!
//! Pages written for the published example know the codes `00-…`; those beyond are ours. Part one
//! says whose move it is: `01` the page's, `02` the people's who wrote the identity rules, `03` ours.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue, WWW_AUTHENTICATE};
use serde_json::json;

use super::{Failure, LoggedFailure, WebError};
use crate::backend::BackendError;
use crate::domain::IdentityRefusal;
use crate::web::request::error::RequestError;
use crate::web::response;
use crate::web::visit::Visit;

/// Names the header with the code under which the log has it.
const TRACE: HeaderName = HeaderName::from_static("brandgate-trace");

/// A code for pages, and what it means.
type WidgetError = (&'static str, &'static str);

const NOT_PASSED: WidgetError = ("00-00", "token not passed");
const INVALID: WidgetError = ("00-01", "token is invalid");
const NO_SUB: WidgetError = ("00-02", "\"sub\" claim is missed");
const NO_EMAIL: WidgetError = ("00-03", "\"email\" claim is missed");
const NOT_FOUND: WidgetError = ("01-00", "there is no such brand, or it has no such widget");
const ORIGIN: WidgetError = ("01-01", "the page's origin is not one of the brand's");
const METHOD: WidgetError = ("01-02", "the address takes GET, POST and OPTIONS");
const UNREADABLE: WidgetError = ("01-03", "the request cannot be read");
const PREFETCH: WidgetError = ("01-04", "a token is not for fetching ahead");
const EMAIL_UNVERIFIED: WidgetError = ("02-00", "the e-mail address is not verified");
const EMAIL_NOT_ALLOWED: WidgetError = ("02-01", "this e-mail address may not be said here");
const ID_NOT_ALLOWED: WidgetError = ("02-02", "this external id may not be said here");
const CLAIM_NOT_ALLOWED: WidgetError = ("02-03", "a claim may not be said here");
const DENIED: WidgetError = ("02-04", "this person may not sign in");
const AWAY: WidgetError = ("03-00", "this is not possible right now");
const CLOSED: WidgetError = ("03-02", "nobody may sign in here for now");
const INTERNAL: WidgetError = ("03-01", "something went wrong");

impl Failure {
    /// Tells a page why there is no token, and the log why in truth.
    pub(in crate::web) fn tell_widget(&self, visit: Visit<'_>) -> HttpResponse {
        let (code, description) = widget_error(self.error());
        let outcome = self.outcome();
        let status = outcome.json_status;
        let LoggedFailure { trace, .. } = self.note_as(status, visit);
        let body = json!({ "code": code, "description": description });
        let mut response = response::asset(status, "application/json", body.to_string());
        outcome.set_headers(self.error(), &mut response);
        let headers = response.headers_mut();
        if let Ok(trace) = HeaderValue::try_from(trace) {
            headers.insert(TRACE, trace);
        }
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 §11.6.1 demands it; no browser asks anybody for a Bearer token.
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

fn widget_error(error: &WebError) -> WidgetError {
    match error {
        WebError::NoToken => NOT_PASSED,
        WebError::Assertion(_)
        | WebError::Session(_)
        | WebError::TwoCookies
        | WebError::Request(RequestError::TokenTooLarge)
        | WebError::Backend(
            BackendError::Denied(_)
            | BackendError::Unproven(_)
            | BackendError::Again(_)
            | BackendError::Over(_)
            | BackendError::Claims(_),
        ) => INVALID,
        WebError::Identity(identity) => refused(identity.refusal),
        WebError::NotFound | WebError::OtherAddress => NOT_FOUND,
        WebError::OriginRefused => ORIGIN,
        WebError::Request(RequestError::Method(_)) => METHOD,
        WebError::Request(RequestError::Prefetch) => PREFETCH,
        WebError::Request(_) => UNREADABLE,
        WebError::Backend(BackendError::SetUp(_) | BackendError::Unavailable(_))
        | WebError::Store(_)
        | WebError::TooManyRequests => AWAY,
        WebError::Closed { .. } => CLOSED,
        WebError::Mint(_)
        | WebError::Random(_)
        | WebError::Table
        // What follows belongs to sign-ins, of which there is none here.
        | WebError::Refused(_)
        | WebError::OtherBackend
        | WebError::Cognito(_)
        | WebError::TooManyAttempts
        | WebError::PasswordsDiffer
        | WebError::FormRefused
        | WebError::Ticket(_)
        | WebError::Flow(_)
        | WebError::AlreadyUsed
        | WebError::Confirmation
        | WebError::Loop
        | WebError::Page(_)
        | WebError::Seal(_) => INTERNAL,
    }
}

fn refused(refusal: IdentityRefusal) -> WidgetError {
    match refusal {
        IdentityRefusal::EmailMissing | IdentityRefusal::EmailInvalid => NO_EMAIL,
        IdentityRefusal::EmailUnverified | IdentityRefusal::EmailProofMissing => EMAIL_UNVERIFIED,
        IdentityRefusal::AddressReserved | IdentityRefusal::AddressNotAllowed => EMAIL_NOT_ALLOWED,
        IdentityRefusal::PersonDenied => DENIED,
        IdentityRefusal::ExternalIdMissing => NO_SUB,
        IdentityRefusal::ExternalIdNotAllowed => ID_NOT_ALLOWED,
        IdentityRefusal::RoleNotAllowed
        | IdentityRefusal::AttributeNotAllowed(_)
        | IdentityRefusal::AttributeInvalid(_) => CLAIM_NOT_ALLOWED,
    }
}
