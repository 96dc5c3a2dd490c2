//! What is asked of a provider directly: tokens for a code, and userinfo.

use reqwest::header::ACCEPT;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Map, Value};
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::metadata::TakesSecret;
use crate::backend::{Answer, BackendError, Http};
use crate::token::{TokenError, parse_object};

/// A code that is to be redeemed (RFC 6749 §4.1.3, RFC 7636 §4.5).
pub(super) struct Redemption<'a> {
    pub(super) endpoint: &'a Url,
    pub(super) client_id: &'a str,
    /// What shows that we are that client, and how.
    pub(super) secret: Option<(TakesSecret, &'a str)>,
    pub(super) code: &'a str,
    pub(super) redirect_uri: &'a str,
    pub(super) verifier: &'a str,
}

/// What a provider gives for a code (RFC 6749 §5.1). A member is read when it is used.
pub(super) struct TokenResponse(Map<String, Value>);

impl Redemption<'_> {
    pub(super) async fn send(&self, http: &Http) -> Result<TokenResponse, BackendError> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", self.code),
            ("redirect_uri", self.redirect_uri),
            ("code_verifier", self.verifier),
        ];
        let mut request = http.client()?.post(self.endpoint.as_str());
        match self.secret {
            // RFC 6749 §2.3.1: each is encoded as in a form first.
            Some((TakesSecret::Basic, secret)) => {
                let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                request = request.basic_auth(encoded(self.client_id), Some(encoded(secret)));
            }
            Some((TakesSecret::Post, secret)) => {
                form.extend([("client_id", self.client_id), ("client_secret", secret)]);
            }
            None => form.push(("client_id", self.client_id)),
        }
        let Answer { status, body, .. } = ask("its token", http, request.form(&form)).await?;
        // A member that nobody reads may be of any type, and may even be repeated.
        let body: Option<Map<String, Value>> = serde_json::from_slice(&body).ok();
        match body {
            Some(body) => match (body.get("error").and_then(Value::as_str), status) {
                (Some(error), _) => Err(not_redeemed(error)),
                (None, StatusCode::OK) => Ok(TokenResponse(body)),
                (None, status) => Err(answers("its token", status)),
            },
            None if status == StatusCode::OK => {
                Err(unavailable("its answer to a code is no JSON object"))
            }
            None => Err(answers("its token", status)),
        }
    }
}

impl TokenResponse {
    pub(super) fn id_token(&self) -> Result<&str, BackendError> {
        text(&self.0, "id_token")?.ok_or_else(|| unavailable("it gave no ID token"))
    }

    /// The access token, which must be good for whoever bears it: in any case of letters, and
    /// even if nobody says so (RFC 6749 §7.1).
    fn bearer(&self) -> Result<&str, BackendError> {
        if text(&self.0, "token_type")?.is_some_and(|it| !it.eq_ignore_ascii_case("bearer")) {
            return Err(unavailable("its access token is not of the type Bearer"));
        }
        text(&self.0, "access_token")?.ok_or_else(|| unavailable("it gave no access token"))
    }

    /// What the provider says at `endpoint` about the person (Core §5.3), who must be `subject`.
    pub(super) async fn userinfo(
        &self,
        http: &Http,
        endpoint: &Url,
        subject: &str,
    ) -> Result<Map<String, Value>, BackendError> {
        const WHAT: &str = "its userinfo";
        let request = http.client()?.get(endpoint.as_str()).bearer_auth(self.bearer()?);
        let answer = ask(WHAT, http, request).await?;
        if answer.status != StatusCode::OK {
            return Err(answers(WHAT, answer.status));
        }
        let userinfo = parse_object(&answer.body).map_err(|_| unread(&answer.body))?;
        match text(&userinfo, "sub")? {
            Some(sub) if sub == subject => Ok(userinfo),
            Some(_) => Err(BackendError::Unproven("userinfo is about somebody else".to_owned())),
            None => Err(TokenError::Claim("sub").into()),
        }
    }
}

/// The document, if that is what the provider answers.
pub(super) fn document(what: &str, answer: Answer) -> Result<Vec<u8>, BackendError> {
    let Answer { status, body, .. } = answer;
    if status == StatusCode::OK { Ok(body) } else { Err(answers(what, status)) }
}

async fn ask(what: &str, http: &Http, request: RequestBuilder) -> Result<Answer, BackendError> {
    let answer = http.send(request.header(ACCEPT, "application/json")).await;
    answer.map_err(|error| BackendError::Unavailable(format!("{what}: {error}")))
}

/// A member that is used; of another type, it is named.
fn text<'a>(
    members: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a str>, BackendError> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(TokenError::Claim(name).into()),
    }
}

fn answers(what: &str, status: StatusCode) -> BackendError {
    BackendError::Unavailable(format!("{what}: it answers {}", status.as_u16()))
}

/// What an error of the token endpoint means (RFC 6749 §5.2). A word that is not known is not
/// repeated.
fn not_redeemed(error: &str) -> BackendError {
    match error {
        "invalid_grant" => BackendError::Over("the code is used, too old, or for another sign-in"),
        "invalid_client" | "unauthorized_client" => {
            BackendError::SetUp("it refuses our client_id, client_secret or redirect_uri")
        }
        "invalid_request" | "invalid_scope" | "unsupported_grant_type" => {
            BackendError::Unavailable(format!("it refuses to redeem a code: `{error}`"))
        }
        "server_error" | "temporarily_unavailable" => {
            unavailable("it says that it is out of order")
        }
        _ => unavailable("it refuses to redeem a code"),
    }
}

/// Why userinfo is no object: it may be signed or encrypted, where the client was registered so.
fn unread(body: &[u8]) -> BackendError {
    if body.trim_ascii_start().starts_with(b"eyJ") {
        BackendError::SetUp(
            "its userinfo is a signed or encrypted token: have it answer plain JSON to this client",
        )
    } else {
        unavailable("its userinfo is no JSON object")
    }
}

fn unavailable(why: &str) -> BackendError {
    BackendError::Unavailable(why.to_owned())
}
