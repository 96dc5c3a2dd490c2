//! Ways to learn who somebody is.

mod claims;
pub mod cognito;
mod http;
mod json;
mod key_cache;
mod oidc;
mod proof_of_login;
mod published;
mod reach;
mod redirect;
mod session_token;

pub use self::claims::{ClaimMap, ClaimSource};
pub use self::cognito::{Cognito, CognitoError};
pub use self::http::{Answer, Bounds, Http, HttpError, MOST_AT_ONCE};
pub use self::json::Object;
pub use self::key_cache::KeyCache;
pub use self::oidc::{Oidc, OidcSettings, Proven, Return};
pub use self::proof_of_login::ProofOfLogin;
pub use self::published::Fetches;
pub use self::reach::Reached;
pub use self::redirect::{Assertions, RedirectBackend, Target};
pub use self::session_token::{NotKnown, SessionToken, TokenKeys};

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::domain::{Brands, ClaimedProfile, Dispatch, EmailProof, LocalizedText, Name};
use crate::token::{Fingerprint, StateKey, TokenError};

/// What a URL's query value keeps as it is (RFC 3986 §2.3, unreserved).
pub const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One user authentication system.
///
/// All that a redirect asks is in the first of its two lines of a processor's cache, as in
/// [`crate::domain::Brand`].
#[derive(Debug)]
#[repr(C, align(64))]
pub struct Backend {
    /// Its key in `brands.yaml`.
    pub name: Name,
    /// What people are told while nobody may sign in by it.
    pub closed: Option<Box<LocalizedText>>,
    /// How it signs people in.
    pub kind: BackendType,
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Backend>() == 128);

/// How a backend signs people in.
#[derive(Debug)]
pub enum BackendType {
    /// A login page of its own, which sends people back with an assertion.
    Redirect(RedirectBackend),
    /// A user pool, asked with the password that our form, or the company's own, takes.
    Cognito(Box<Cognito>),
    /// A login token of the brand's own site.
    SessionToken(Box<SessionToken>),
    /// An OpenID Connect provider.
    Oidc(Box<Oidc>),
    /// Zendesk's own sign-in page.
    Zendesk,
}

impl BackendType {
    /// As the file has it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Redirect(_) => "redirect",
            Self::Cognito(_) => "cognito",
            Self::SessionToken(_) => "session_token",
            Self::Oidc(_) => "oidc",
            Self::Zendesk => "zendesk",
        }
    }
}

/// What the browser must do next.
#[derive(Debug, Eq, PartialEq)]
pub enum Redirect {
    /// Visit this address; what it leads to is not ours.
    Final(String),
    /// Visit this address and come back, with the flow.
    RoundTrip(String),
}

impl Redirect {
    /// Absolute, or a path of ours.
    pub fn location(&self) -> &str {
        match self {
            Self::Final(location) | Self::RoundTrip(location) => location,
        }
    }

    /// The address, to be sent.
    pub fn into_location(self) -> String {
        match self {
            Self::Final(location) | Self::RoundTrip(location) => location,
        }
    }
}

/// How a browser comes back from a backend: it decides when our cookies come along.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WayBack {
    /// A page of another site posts to us.
    Post,
    /// By a link, a redirect or a form of our own.
    Visit,
}

/// Why a backend does not say who somebody is.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BackendError {
    /// It says no.
    #[error("the backend says no: {0}")]
    Denied(&'static str),
    /// What came back is not shown to be its word about this sign-in.
    #[error("what came back proves nothing: {0}")]
    Unproven(String),
    /// It asks that the person begin again, by this word.
    #[error("the backend asks to begin again: {0}")]
    Again(&'static str),
    /// What came back has been used, or is too old.
    #[error("what came back is over: {0}")]
    Over(&'static str),
    /// What it says about the person cannot be used.
    #[error(transparent)]
    Claims(#[from] TokenError),
    /// It is not set up as it must be, here or there; somebody must.
    #[error("the backend is not set up for this: {0}")]
    SetUp(&'static str),
    /// It does not answer usefully; someone should look.
    #[error("the backend is unavailable: {0}")]
    Unavailable(String),
}

impl From<HttpError> for BackendError {
    fn from(error: HttpError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// One sign-in that begins.
#[derive(Clone, Copy)]
pub struct Start<'a> {
    /// Every brand of the table.
    pub brands: &'a Brands,
    /// The brand, the backend and the destination that were decided on.
    pub sign_in: &'a Dispatch<'a>,
    /// What the backend gets to see of the request's own query.
    pub query: &'a str,
    /// The flow that the sign-in will have, if it needs one.
    pub flow: &'a dyn fmt::Display,
    /// Whether the request came to the backend's own address.
    pub is_here: bool,
}

/// What it takes to ask a provider.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// One for all providers, with their time-outs.
    pub http: &'a Http,
    /// Makes what only we can make of a flow's id.
    pub key: &'a StateKey,
    /// The time, in Unix seconds.
    pub now: u64,
}

impl Backend {
    /// Starts a sign-in.
    pub async fn begin(
        &self,
        start: &Start<'_>,
        asking: &Asking<'_>,
    ) -> Result<Redirect, BackendError> {
        if let BackendType::Oidc(oidc) = &self.kind {
            return oidc.begin(asking, &start.flow.to_string()).await;
        }
        self.redirect(start).ok_or(BackendError::Denied("the backend has no address to begin at"))
    }

    /// Where a sign-in goes, unless that depends on a provider's answer.
    pub fn redirect(&self, start: &Start<'_>) -> Option<Redirect> {
        let Start { brands, sign_in, query, flow, is_here } = *start;
        Some(match &self.kind {
            BackendType::Redirect(redirect) => {
                let location = redirect.login.location(query);
                match redirect.assertions {
                    Some(_) => Redirect::RoundTrip(location),
                    None => Redirect::Final(location),
                }
            }
            BackendType::Cognito(cognito) => Redirect::RoundTrip(match &cognito.form_page {
                Some(form) => form.page.location(query),
                None => format!("{}{flow}", cognito.form_address),
            }),
            BackendType::SessionToken(session) => match &session.at {
                Some(at) if !is_here => {
                    Redirect::Final(session_token::address(at, self.name.as_str(), query))
                }
                Some(_) | None => Redirect::RoundTrip(session.login.location(query)),
            },
            BackendType::Oidc(_) => return None,
            BackendType::Zendesk => {
                let host = brands.zendesk_host(sign_in.brand).origin();
                let return_to = sign_in.destination.absolute();
                let return_to = utf8_percent_encode(&return_to, QUERY_VALUE);
                Redirect::Final(format!("{host}/access/normal?return_to={return_to}"))
            }
        })
    }

    /// Takes over from `old` what it has learnt of its provider, where both ask the same.
    pub fn inherit(&mut self, old: &Self) {
        match (&mut self.kind, &old.kind) {
            (BackendType::Oidc(oidc), BackendType::Oidc(old)) => oidc.inherit(old),
            (BackendType::SessionToken(session), BackendType::SessionToken(old)) => {
                if let (TokenKeys::Published(keys), TokenKeys::Published(old)) =
                    (&mut session.keys, &old.keys)
                {
                    keys.inherit(old);
                }
            }
            _ => {}
        }
    }

    /// How fetching what its provider publishes goes.
    pub fn fetches(&self) -> Vec<Fetches> {
        match &self.kind {
            BackendType::Oidc(oidc) => oidc.fetches().into(),
            BackendType::SessionToken(session) => match &session.keys {
                TokenKeys::Published(keys) => vec![keys.fetches()],
                TokenKeys::Secrets(_) => Vec::new(),
            },
            BackendType::Redirect(_) | BackendType::Cognito(_) | BackendType::Zendesk => Vec::new(),
        }
    }

    /// How people come back from it.
    pub fn way_back(&self) -> WayBack {
        match &self.kind {
            BackendType::Redirect(_) | BackendType::Zendesk => WayBack::Post,
            BackendType::Cognito(cognito) => match cognito.form_page {
                Some(_) => WayBack::Post,
                None => WayBack::Visit,
            },
            BackendType::SessionToken(_) | BackendType::Oidc(_) => WayBack::Visit,
        }
    }

    /// The provider that is asked where to go, if that takes its answer.
    pub fn provider(&self) -> Option<&str> {
        match &self.kind {
            BackendType::Oidc(oidc) => Some(oidc.issuer()),
            BackendType::Redirect(_)
            | BackendType::Cognito(_)
            | BackendType::SessionToken(_)
            | BackendType::Zendesk => None,
        }
    }

    /// Signs somebody of `brand` out: where to go on to, if this backend has a logout.
    pub async fn sign_out(
        &self,
        query: &str,
        brand: &Name,
        asking: &Asking<'_>,
    ) -> Result<Option<String>, BackendError> {
        match &self.kind {
            BackendType::Oidc(oidc) => oidc.sign_out(asking, brand.as_str()).await,
            BackendType::Redirect(_)
            | BackendType::Cognito(_)
            | BackendType::SessionToken(_)
            | BackendType::Zendesk => Ok(self.logout(query)),
        }
    }

    /// Where a sign-out goes on to, unless that depends on a provider's answer.
    pub fn logout(&self, query: &str) -> Option<String> {
        match &self.kind {
            BackendType::Redirect(redirect) => {
                redirect.logout.as_ref().map(|it| it.location(query))
            }
            BackendType::SessionToken(session) => {
                session.logout.as_ref().map(|it| it.location(query))
            }
            // Nothing of Cognito's is kept in the browser.
            BackendType::Cognito(_) | BackendType::Oidc(_) | BackendType::Zendesk => None,
        }
    }

    /// Whether its logout gets the person's e-mail address and external id.
    pub fn wants_personal_data(&self) -> bool {
        match &self.kind {
            BackendType::Redirect(redirect) => redirect.logout_personal_data,
            BackendType::SessionToken(session) => session.logout_personal_data,
            BackendType::Cognito(_) | BackendType::Oidc(_) | BackendType::Zendesk => false,
        }
    }

    /// How its assertions are verified, if it makes any.
    pub fn assertions(&self) -> Option<&Assertions> {
        match &self.kind {
            BackendType::Redirect(redirect) => redirect.assertions.as_deref(),
            BackendType::Cognito(_)
            | BackendType::SessionToken(_)
            | BackendType::Oidc(_)
            | BackendType::Zendesk => None,
        }
    }

    /// Whose pages may send people back with what says who they are.
    pub fn origins(&self) -> &[String] {
        match &self.kind {
            BackendType::Redirect(redirect) => match &redirect.assertions {
                Some(assertions) => &assertions.origins,
                None => &[],
            },
            BackendType::Cognito(cognito) => match &cognito.form_page {
                Some(form) => &form.origins,
                None => &[],
            },
            BackendType::SessionToken(session) => &session.origins,
            BackendType::Oidc(_) | BackendType::Zendesk => &[],
        }
    }

    /// The address of its own sign-in page, if it has one.
    pub fn login_page(&self) -> Option<String> {
        match &self.kind {
            BackendType::Redirect(redirect) => Some(redirect.login.location("")),
            BackendType::SessionToken(session) => Some(session.login.location("")),
            BackendType::Cognito(_) | BackendType::Oidc(_) | BackendType::Zendesk => None,
        }
    }

    /// Our own address for it, where it is not `public_url`: an origin.
    pub fn at(&self) -> Option<&str> {
        match &self.kind {
            BackendType::SessionToken(session) => session.at.as_deref(),
            BackendType::Redirect(_)
            | BackendType::Cognito(_)
            | BackendType::Oidc(_)
            | BackendType::Zendesk => None,
        }
    }

    /// Where a sign-in begins that passes by whatever the browser brings: what a token lacks, it
    /// would lack again.
    pub fn reauthenticate(&self) -> Option<String> {
        match &self.kind {
            BackendType::SessionToken(session) => {
                let at = session.at.as_deref().unwrap_or_default();
                Some(format!("{at}/backends/{}/reauthenticate", self.name))
            }
            BackendType::Redirect(_)
            | BackendType::Cognito(_)
            | BackendType::Oidc(_)
            | BackendType::Zendesk => None,
        }
    }

    /// Whether it says to us who somebody is.
    pub fn names_people(&self) -> bool {
        match &self.kind {
            BackendType::Redirect(redirect) => redirect.assertions.is_some(),
            BackendType::Cognito(_) | BackendType::SessionToken(_) | BackendType::Oidc(_) => true,
            BackendType::Zendesk => false,
        }
    }

    /// What it must say about the e-mail address. An assertion is the word of whoever has the
    /// brand's secret: that is enough, unless it says otherwise.
    pub fn email_proof(&self) -> &EmailProof {
        match &self.kind {
            BackendType::Redirect(_) | BackendType::Zendesk => &EmailProof::NotDenied,
            BackendType::Cognito(cognito) => &cognito.proof,
            BackendType::SessionToken(session) => &session.proof,
            BackendType::Oidc(oidc) => oidc.proof(),
        }
    }

    /// Where it may have us ask, if it takes a provider's answer to know who somebody is.
    pub fn asks_within(&self) -> Option<&Bounds> {
        match &self.kind {
            BackendType::Cognito(cognito) => Some(&cognito.bounds),
            BackendType::Oidc(oidc) => Some(oidc.bounds()),
            BackendType::SessionToken(session) => match &session.keys {
                TokenKeys::Published(keys) => Some(keys.bounds()),
                TokenKeys::Secrets(_) => None,
            },
            BackendType::Redirect(_) | BackendType::Zendesk => None,
        }
    }

    /// By what its word is believed now: the fingerprint of each of its secrets that signs for
    /// somebody, and one of whatever else decides what it says about whom.
    pub fn trust(&self) -> Vec<Fingerprint> {
        match &self.kind {
            BackendType::Redirect(redirect) => {
                let assertions = redirect.assertions.iter();
                assertions.flat_map(|assertions| assertions.keys.fingerprints()).collect()
            }
            BackendType::Cognito(cognito) => vec![cognito.fingerprint()],
            BackendType::SessionToken(session) => session.fingerprints(),
            BackendType::Oidc(oidc) => vec![oidc.fingerprint()],
            BackendType::Zendesk => Vec::new(),
        }
    }

    /// Whether what it said by `then` can still be believed: nothing of that is gone, since it may
    /// have been said by any of it.
    pub fn is_trusted_by(&self, then: &[Fingerprint]) -> bool {
        let now = self.trust();
        !then.is_empty() && then.iter().all(|fingerprint| now.contains(fingerprint))
    }

    /// For which of Zendesk's claims the claim `name` of a proven token is read; none where it is not.
    pub fn zendesk_claim<'a>(
        &'a self,
        claims: &Map<String, Value>,
        name: &'a str,
    ) -> Option<&'a str> {
        let map = match &self.kind {
            BackendType::SessionToken(session) => &session.claims,
            BackendType::Oidc(oidc) => oidc.claims(),
            // An assertion has Zendesk's own names.
            BackendType::Redirect(_) | BackendType::Cognito(_) | BackendType::Zendesk => {
                return ClaimedProfile::claim(name);
            }
        };
        map.zendesk_of(claims, name)
    }

    /// The user pool, if it is one.
    pub fn cognito(&self) -> Option<&Cognito> {
        match &self.kind {
            BackendType::Cognito(cognito) => Some(cognito),
            BackendType::Redirect(_)
            | BackendType::SessionToken(_)
            | BackendType::Oidc(_)
            | BackendType::Zendesk => None,
        }
    }
}

/// `value` as it stands in a query: spaces as `%20`, never `+`.
pub fn query_value(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, QUERY_VALUE).into()
}
