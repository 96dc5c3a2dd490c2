//! The library's types as used here, and its requests sent in our way.

use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::http::Response;
use openidconnect::{
    AdditionalClaims, Client, EmptyExtraTokenFields, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IdToken, IdTokenClaims, IdTokenFields, JsonWebKeySet, StandardErrorResponse,
    StandardTokenResponse, UserInfoClaims,
};
use reqwest::{Request, RequestBuilder, StatusCode};
use serde_json::{Map, Value};

use crate::backend::{Answer, BackendError, Http, HttpError};

/// Claims beyond those that the library knows: a file may name any of them.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub(super) struct MoreClaims(Map<String, Value>);

impl AdditionalClaims for MoreClaims {}

impl MoreClaims {
    /// Whether a token with these claims is not good yet at this time; what is no time, never is.
    pub(super) fn begins_after(&self, now: u64) -> bool {
        let seconds = |value: &Value| Duration::try_from_secs_f64(value.as_f64()?).ok();
        match self.0.get("nbf") {
            None | Some(Value::Null) => false,
            Some(value) => seconds(value).is_none_or(|from| from.as_secs() > now),
        }
    }
}

pub(super) type Error = StandardErrorResponse<CoreErrorResponseType>;
pub(super) type Token = IdToken<
    MoreClaims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
pub(super) type TokenClaims = IdTokenClaims<MoreClaims, CoreGenderClaim>;
pub(super) type UserInfo = UserInfoClaims<MoreClaims, CoreGenderClaim>;
pub(super) type KeySet = JsonWebKeySet<CoreJsonWebKey>;

type Tokens = StandardTokenResponse<
    IdTokenFields<
        MoreClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// A client that knows where to send people, and where to redeem a code.
pub(super) type Party<HasAuth = EndpointSet, HasToken = EndpointSet> = Client<
    MoreClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Error,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    HasAuth,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    HasToken,
    EndpointNotSet,
>;

/// Sends a request of the library's.
///
/// The answer goes back without its headers: the library only looks whether it calls itself JSON,
/// and it must be JSON to be read.
pub(super) async fn send(http: &Http, request: HttpRequest) -> Result<HttpResponse, HttpError> {
    let malformed = |_| HttpError::NoAnswer("the request could not be made");
    let request = Request::try_from(request).map_err(malformed)?;
    let answer = http.send(RequestBuilder::from_parts(http.client()?.clone(), request)).await?;
    let mut response = Response::new(answer.body);
    *response.status_mut() = answer.status;
    Ok(response)
}

/// The document, if that is what the provider answers.
pub(super) fn document(what: &str, answer: Answer) -> Result<Vec<u8>, BackendError> {
    let Answer { status, body } = answer;
    let other = || BackendError::Unavailable(format!("{what}: it answers {}", status.as_u16()));
    if status == StatusCode::OK { Ok(body) } else { Err(other()) }
}
