//! The three calls of Cognito's API that a sign-in needs. None is signed: the password is the proof.

use std::collections::BTreeMap;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::question::Question;
use super::secret_hash::secret_hash;
use super::{BackendError, Cognito, Http};
use crate::backend::Object;

/// Room for what a call says, in bytes: longer than any session, password and profile together.
const MAX_REQUEST: usize = 64 * 1024;

/// One app client that is asked.
pub(super) struct Api<'a> {
    pub(super) http: &'a Http,
    pub(super) cognito: &'a Cognito,
}

/// How far Cognito says that a sign-in is.
pub(super) enum Progressed {
    /// Done: this token reads the profile.
    Done(SecretString),
    Asks {
        name: String,
        session: String,
        parameters: Map<String, Value>,
        available: Vec<String>,
    },
}

/// Why a call has no result.
pub(super) enum CallError {
    Refused(CognitoException),
    /// Cognito says nothing that can be used.
    Backend(BackendError),
}

/// Cognito's no. Its message tells apart what its kind does not; it is shown to nobody.
pub(super) struct CognitoException {
    pub(super) kind: String,
    message: String,
}

impl CognitoException {
    pub(super) fn mentions(&self, words: &str) -> bool {
        self.message.to_ascii_lowercase().contains(words)
    }

    /// Reads the body of a refusal: `__type` may have a name space in front.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let Object(Body { kind, message }) = serde_json::from_slice(body).ok()?;
        let kind = kind.rsplit('#').next().unwrap_or_default().to_owned();
        Some(Self { kind, message: message.unwrap_or_default() })
    }
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "__type")]
    kind: String,
    #[serde(alias = "Message")]
    message: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AuthAnswer {
    authentication_result: Option<AuthResult>,
    challenge_name: Option<String>,
    session: Option<String>,
    challenge_parameters: Option<Map<String, Value>>,
    available_challenges: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AuthResult {
    access_token: SecretString,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserAnswer {
    user_attributes: Vec<UserAttribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserAttribute {
    name: String,
    value: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InitiateAuth<'a> {
    auth_flow: &'static str,
    client_id: &'a str,
    auth_parameters: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RespondToAuthChallenge<'a> {
    challenge_name: &'static str,
    client_id: &'a str,
    session: &'a str,
    challenge_responses: BTreeMap<String, Zeroizing<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GetUser<'a> {
    access_token: &'a str,
}

impl Api<'_> {
    pub(super) async fn initiate_auth(
        &self,
        username: &str,
        password: &SecretString,
    ) -> Result<Progressed, CallError> {
        let hash = self.secret_hash(username);
        let mut parameters =
            BTreeMap::from([("USERNAME", username), ("PASSWORD", password.expose_secret())]);
        parameters.extend(hash.as_deref().map(|hash| ("SECRET_HASH", hash)));
        let body = InitiateAuth {
            auth_flow: "USER_PASSWORD_AUTH",
            client_id: &self.cognito.client_id,
            auth_parameters: parameters,
        };
        progressed(self.call("InitiateAuth", &body).await?)
    }

    pub(super) async fn respond(
        &self,
        question: &Question,
        mut responses: BTreeMap<String, Zeroizing<String>>,
    ) -> Result<Progressed, CallError> {
        let hash = self.secret_hash(&question.username);
        responses.insert("USERNAME".to_owned(), question.username.clone().into());
        responses.extend(hash.map(|hash| ("SECRET_HASH".to_owned(), hash.into())));
        let body = RespondToAuthChallenge {
            challenge_name: question.asked.name(),
            client_id: &self.cognito.client_id,
            session: &question.session,
            challenge_responses: responses,
        };
        progressed(self.call("RespondToAuthChallenge", &body).await?)
    }

    pub(super) async fn get_user(
        &self,
        access_token: &SecretString,
    ) -> Result<Vec<(String, String)>, CallError> {
        let body = GetUser { access_token: access_token.expose_secret() };
        let UserAnswer { user_attributes } = self.call("GetUser", &body).await?;
        let given = |it: UserAttribute| Some((it.name, it.value?));
        Ok(user_attributes.into_iter().filter_map(given).collect())
    }

    fn secret_hash(&self, username: &str) -> Option<String> {
        let secret = self.cognito.client_secret.as_ref()?;
        Some(secret_hash(secret, username, &self.cognito.client_id))
    }

    async fn call<T: DeserializeOwned>(
        &self,
        operation: &str,
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        let unusable = |why: &str| unavailable(format!("{operation}: {why}"));
        let body = wiped_json(body).ok_or_else(|| unusable("it cannot be asked"))?;
        let http = self.http.within(&self.cognito.bounds);
        let client = http.client().map_err(|error| unusable(&error.to_string()))?;
        let request = client
            .post(self.cognito.endpoint.clone())
            .header(CONTENT_TYPE, "application/x-amz-json-1.1")
            .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
            .body(body);
        let answer = http.send(request).await.map_err(|error| unusable(&error.to_string()))?;
        if answer.status.is_success() {
            return serde_json::from_slice(&answer.body)
                .map(|Object(answer)| answer)
                .map_err(|_| unusable("the answer is not what Cognito's would be"));
        }
        match CognitoException::read(&answer.body) {
            Some(refused) if answer.status.is_client_error() => Err(CallError::Refused(refused)),
            _ => Err(unusable(&format!("it answers with status {}", answer.status.as_u16()))),
        }
    }
}

/// `body` as JSON that is wiped once it was sent: it may hold a password.
fn wiped_json(body: &impl Serialize) -> Option<Bytes> {
    // With room for the longest, so that it leaves no shorter copy behind as it grows.
    let mut json = Zeroizing::new(Vec::with_capacity(MAX_REQUEST));
    serde_json::to_writer(&mut *json, body).ok()?;
    Some(Bytes::from_owner(json))
}

fn progressed(answer: AuthAnswer) -> Result<Progressed, CallError> {
    match (answer.authentication_result, answer.challenge_name, answer.session) {
        (Some(result), ..) => Ok(Progressed::Done(result.access_token)),
        (None, Some(name), Some(session)) => Ok(Progressed::Asks {
            name,
            session,
            parameters: answer.challenge_parameters.unwrap_or_default(),
            available: answer.available_challenges.unwrap_or_default(),
        }),
        _ => Err(unavailable("the answer holds neither a token nor a challenge".to_owned())),
    }
}

fn unavailable(why: String) -> CallError {
    CallError::Backend(BackendError::Unavailable(why))
}
