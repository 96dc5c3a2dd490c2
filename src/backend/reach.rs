//! Whether what backends need answers: their login pages, providers and keys. For `check --live`.

use url::Url;

use super::cognito::CognitoError;
use super::session_token::TokenKeys;
use super::{Asking, Backend, BackendError, BackendType, Http};
use crate::token::id128;

/// How asking for something went.
#[derive(Debug)]
pub struct Reached {
    /// What was asked for, in a word or two.
    pub what: &'static str,
    /// Where it is, without path and query.
    pub at: String,
    /// What came of it, in words.
    pub outcome: Result<String, String>,
}

impl Backend {
    /// Asks for everything that a sign-in by this backend needs.
    pub async fn reach(&self, asking: &Asking<'_>) -> Vec<Reached> {
        match &self.kind {
            BackendType::Redirect(_) => vec![self.page(asking.http).await],
            BackendType::SessionToken(session) => {
                let mut all = vec![self.page(asking.http).await];
                if let TokenKeys::Published(keys) = &session.keys {
                    let found = keys.find(None, asking.http, asking.now).await;
                    all.push(reached("keys", keys.url(), found.map(|_| "usable".to_owned())));
                }
                all
            }
            BackendType::Cognito(cognito) => {
                let outcome = cognito.reach(asking.http).await;
                vec![Reached { what: "user pool", at: origin(cognito.endpoint.as_str()), outcome }]
            }
            BackendType::Oidc(oidc) => {
                let (metadata, keys) = oidc.reach(asking).await;
                let metadata = metadata.map(|()| "usable".to_owned());
                let mut all = vec![Reached {
                    what: "metadata",
                    at: origin(oidc.issuer()),
                    outcome: metadata.map_err(why),
                }];
                all.extend(
                    keys.map(|(at, keys)| reached("keys", &at, keys.map(|()| "usable".into()))),
                );
                all
            }
            BackendType::Zendesk => Vec::new(),
        }
    }

    async fn page(&self, http: &Http) -> Reached {
        let page = self.login_page().unwrap_or_default();
        let outcome = match Url::parse(&page) {
            Ok(url) => match http.get(&url).await {
                Ok(answer) => match answer.status.as_u16() {
                    status @ (404 | 410 | 500..) => Err(format!("answers {status}")),
                    status => Ok(format!("answers {status}")),
                },
                Err(error) => Err(error.to_string()),
            },
            Err(_) => Err("it has no address".to_owned()),
        };
        Reached { what: "login page", at: origin(&page), outcome }
    }
}

fn reached(what: &'static str, at: &Url, outcome: Result<String, BackendError>) -> Reached {
    Reached { what, at: origin(at.as_str()), outcome: outcome.map_err(why) }
}

/// Why something cannot be used: that it cannot is said already.
fn why(error: BackendError) -> String {
    match error {
        BackendError::Unavailable(why) => why,
        error => error.to_string(),
    }
}

fn origin(url: &str) -> String {
    Url::parse(url).map_or_else(|_| String::new(), |url| url.origin().ascii_serialization())
}

impl super::Cognito {
    /// Whether the pool refuses somebody who does not exist, as it should.
    async fn reach(&self, http: &Http) -> Result<String, String> {
        let id = id128().map_err(|error| error.to_string())?;
        let nobody = format!("brandgate-check-{id}");
        match self.sign_in(http, &nobody, &id.into()).await {
            Ok(_) => Ok("it asks somebody who does not exist for more".to_owned()),
            Err(CognitoError::Password(_)) => {
                Ok("refuses a made-up person, as it should".to_owned())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}
