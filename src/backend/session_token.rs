//! A login token of the brand's own site, in a cookie or in the way back (Xsolla Login and the like).

use serde_json::{Map, Value};

use super::{BackendError, ClaimMap, Http, KeyCache, Target};
use crate::domain::{ClaimedProfile, EmailProof};
use crate::token::{Fingerprint, Requirements, Secrets, TokenError, UnverifiedJws, Validation};

/// A backend whose people carry a login token of its own.
#[derive(Debug)]
pub struct SessionToken {
    /// The cookie that holds it; without one, it comes in the way back only.
    pub cookie: Option<String>,
    /// Our own address beneath the cookie's domain, where it is not `public_url`: an origin.
    pub at: Option<String>,
    /// The brand's login page.
    pub login: Target,
    /// Its logout, if it has one.
    pub logout: Option<Target>,
    /// Whether its logout gets the person's e-mail address and external id.
    pub logout_personal_data: bool,
    /// Whose pages may send people back with a token, without a question.
    pub origins: Vec<String>,
    /// What a token is verified with.
    pub keys: TokenKeys,
    /// What a token must say.
    pub requirements: Requirements,
    /// Which claim each attribute is read from.
    pub claims: ClaimMap,
    /// What it must say about the e-mail address.
    pub proof: EmailProof,
}

/// Who signs a backend's tokens, and with that by which algorithm: a token's own word for it is
/// only compared.
#[derive(Debug)]
pub enum TokenKeys {
    /// Whoever knows one of these, by HS256.
    Secrets(Secrets),
    /// The owners of published keys.
    Published(KeyCache),
}

/// Why a token does not say who somebody is.
#[derive(Debug, thiserror::Error)]
pub enum NotKnown {
    /// It is not to be believed, or says too little.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Its keys cannot be had.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl SessionToken {
    /// Which claims say what, where the file names no others.
    ///
    /// Nothing but what Zendesk needs: a claim that a brand's rules do not allow refuses a sign-in.
    pub const CLAIMS: [(&str, &[&str]); 4] = [
        ("email", &["email"]),
        ("email_verified", &["email_verified"]),
        ("name", &["name", "nickname", "username"]),
        ("external_id", &["sub"]),
    ];

    /// Whether there is anything at hand to prove a token with.
    pub fn knows_keys(&self, now: u64) -> bool {
        match &self.keys {
            TokenKeys::Secrets(_) => true,
            TokenKeys::Published(keys) => keys.are_known(now),
        }
    }

    /// Who somebody is, by the token that their browser brings. Asking again gives the same answer:
    /// such a token is presented many times, and never used up.
    pub async fn identify(
        &self,
        token: &str,
        http: &Http,
        now: u64,
    ) -> Result<ClaimedProfile, NotKnown> {
        self.read(&self.prove(token, http, now).await?)
    }

    /// What a token says, if it is to be believed.
    pub async fn prove(
        &self,
        token: &str,
        http: &Http,
        now: u64,
    ) -> Result<Map<String, Value>, NotKnown> {
        let token = UnverifiedJws::read(token, &[self.keys.algorithm()])?;
        token.validate(&Validation::of_session(&self.requirements), now)?;
        Ok(match &self.keys {
            TokenKeys::Secrets(secrets) => token.prove_with_secrets(secrets)?,
            TokenKeys::Published(keys) => {
                let key = keys.find(token.kid(), http, now).await?;
                token.prove_with_key(&*key.ok_or(TokenError::UnknownKey)?)?
            }
        })
    }

    /// What tells it from another site, and from itself with other claims or demands; and its
    /// secrets, one by one.
    pub(super) fn fingerprints(&self) -> Vec<Fingerprint> {
        let Self { keys, requirements, claims, .. } = self;
        let said = format!("{requirements:?} {claims:?}");
        match keys {
            TokenKeys::Secrets(secrets) => {
                let settings = Fingerprint::of(&["session_token", &said]);
                std::iter::once(settings).chain(secrets.fingerprints()).collect()
            }
            TokenKeys::Published(keys) => {
                let (url, algorithm) = (keys.url().as_str(), keys.algorithm().as_str());
                vec![Fingerprint::of(&["session_token", &said, url, algorithm])]
            }
        }
    }

    /// What the claims say about the person.
    pub fn read(&self, claims: &Map<String, Value>) -> Result<ClaimedProfile, NotKnown> {
        Ok(self.claims.read(claims)?)
    }
}

/// Where a sign-in is looked at that began at `public_url`.
pub(super) fn address(at: &str, backend: &str, query: &str) -> String {
    let separator = if query.is_empty() { "" } else { "?" };
    format!("{at}/backends/{backend}/login{separator}{query}")
}

impl TokenKeys {
    /// As a token's header has it.
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Secrets(_) => "HS256",
            Self::Published(keys) => keys.algorithm().as_str(),
        }
    }
}
