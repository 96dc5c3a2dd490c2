//! An OpenID Connect provider: people sign in there and come back with a code.

mod id_token;
mod keys;
mod metadata;
mod wire;

use std::fmt;
use std::sync::Arc;

use openidconnect::core::{CoreErrorResponseType, CoreResponseType};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl,
    JsonWebKeySet, LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, RedirectUrl, RequestTokenError, Scope,
    TokenResponse as _, UserInfoError,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::{Map, Value};

use self::id_token::{Expected, Unproven};
use self::metadata::Metadata;
use self::wire::{Error, KeySet, Party, Token, UserInfo};
use super::published::Published;
use super::{Asking, BackendError, ClaimMap, HttpError, Known, Step};
use crate::domain::{EmailProof, Said};

/// A provider, and what of it has been fetched.
pub struct Oidc {
    name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: Option<SecretString>,
    scopes: Vec<Scope>,
    claims: ClaimMap,
    proof: EmailProof,
    redirect_uri: RedirectUrl,
    signed_out_uri: PostLogoutRedirectUrl,
    metadata: Published<Metadata>,
    keys: Published<KeySet>,
}

/// What `brands.yaml` says about a provider.
pub struct OidcSettings {
    /// The backend's own name.
    pub name: String,
    /// Our own origin, to which people come back.
    pub public_url: String,
    /// The provider, as it writes itself.
    pub issuer: String,
    /// Whom the provider knows us as.
    pub client_id: String,
    /// What shows that we are that client.
    pub client_secret: Option<SecretString>,
    /// What we ask for; `openid` goes without saying.
    pub scopes: Vec<String>,
    /// Which claims say what.
    pub claims: ClaimMap,
    /// What it must say about the e-mail address.
    pub proof: EmailProof,
}

/// What the provider sends somebody back with.
#[derive(Clone, Copy)]
pub struct Return<'a> {
    /// Who says so (RFC 9207).
    pub iss: Option<&'a str>,
    /// A code to redeem, or the word for what went wrong.
    pub outcome: Result<&'a str, &'a str>,
}

impl Oidc {
    /// The claims that are read where the file names no others.
    pub const CLAIMS: [(&str, &[&str]); 4] = [
        ("email", &["email"]),
        ("email_verified", &["email_verified"]),
        ("name", &["name", "nickname", "preferred_username"]),
        ("external_id", &["sub"]),
    ];

    /// A provider of which nothing has been fetched yet.
    pub fn new(settings: OidcSettings) -> Result<Self, url::ParseError> {
        let OidcSettings { name, public_url, client_secret, claims, proof, .. } = settings;
        let scopes = settings.scopes.into_iter().filter(|scope| scope != "openid");
        let issuer = IssuerUrl::new(settings.issuer)?;
        let host = issuer.url().host_str().unwrap_or_default();
        Ok(Self {
            metadata: Published::new(host),
            keys: Published::new(host),
            issuer,
            client_id: ClientId::new(settings.client_id),
            client_secret,
            scopes: scopes.map(Scope::new).collect(),
            claims,
            proof,
            redirect_uri: RedirectUrl::new(format!("{public_url}/callback/{name}"))?,
            signed_out_uri: PostLogoutRedirectUrl::new(format!("{public_url}/logout/done/{name}"))?,
            name,
        })
    }

    /// The provider, as it writes itself.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where `flow` begins at the provider.
    pub async fn begin(&self, asking: &Asking<'_>, flow: &str) -> Result<Step, BackendError> {
        let metadata = self.metadata(asking).await?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&self.verifier(asking, flow));
        let party = self.party(&metadata)?;
        let (state, nonce) = (CsrfToken::new(flow.to_owned()), self.nonce(asking, flow));
        let request = party.authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            move || state,
            move || nonce,
        );
        let request = request.add_scopes(self.scopes.iter().cloned());
        let (url, _, _) = request.set_pkce_challenge(challenge).url();
        Ok(Step::Await(url.into()))
    }

    /// Who came back with `returned` from the sign-in that is `flow`.
    pub async fn known(
        &self,
        asking: &Asking<'_>,
        flow: &str,
        returned: &Return<'_>,
    ) -> Result<Known, BackendError> {
        let metadata = self.metadata(asking).await?;
        match returned.iss {
            Some(iss) if iss != self.issuer() => {
                return Err(BackendError::Unproven("the answer names another issuer"));
            }
            None if metadata.names_itself => {
                return Err(BackendError::Unproven("the answer does not name its issuer"));
            }
            _ => {}
        }
        let code = returned.outcome.map_err(refusal)?;
        let (id, userinfo) = self.redeem(asking, &metadata, flow, code).await?;
        self.read(&id, userinfo.as_ref())
    }

    /// Where people are signed out of the provider, if it does that; it sends them back with `state`.
    pub async fn sign_out(
        &self,
        asking: &Asking<'_>,
        state: &str,
    ) -> Result<Option<String>, BackendError> {
        let metadata = self.metadata(asking).await?;
        Ok(metadata.end_session.clone().map(|endpoint| {
            let request = LogoutRequest::from(endpoint)
                .set_client_id(self.client_id.clone())
                .set_post_logout_redirect_uri(self.signed_out_uri.clone())
                .set_state(CsrfToken::new(state.to_owned()));
            request.http_get_url().into()
        }))
    }

    async fn metadata(&self, asking: &Asking<'_>) -> Result<Arc<Metadata>, BackendError> {
        let fetch = || {
            let (issuer, http) = (self.issuer.clone(), asking.http.clone());
            async move {
                const WHAT: &str = "its metadata";
                let url = issuer
                    .join(".well-known/openid-configuration")
                    .map_err(|_| BackendError::SetUp("its metadata has no address"))?;
                let answer = http.fetch(WHAT, &url).await?;
                if answer.status.as_u16() == 404 {
                    return Err(BackendError::SetUp(
                        "our `issuer` has no metadata: it answers 404",
                    ));
                }
                Metadata::read(&issuer, &wire::document(WHAT, answer)?)
            }
        };
        self.metadata.get(asking.now, fetch).await
    }

    /// The flow's nonce and PKCE verifier come from its id, so that nothing more need be remembered;
    /// nobody but us can make them of it.
    fn nonce(&self, asking: &Asking<'_>, flow: &str) -> Nonce {
        Nonce::new(self.secret_of("oidc nonce", asking, flow))
    }

    fn verifier(&self, asking: &Asking<'_>, flow: &str) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.secret_of("oidc code verifier", asking, flow))
    }

    fn secret_of(&self, label: &str, asking: &Asking<'_>, flow: &str) -> String {
        asking.key.mac(label, &[self.name.as_bytes(), flow.as_bytes()])
    }

    fn party(&self, metadata: &Metadata) -> Result<Party, BackendError> {
        let keys = JsonWebKeySet::default();
        let mut party = Party::new(self.client_id.clone(), self.issuer.clone(), keys)
            .set_auth_uri(metadata.authorization.clone())
            .set_token_uri(metadata.token.clone())
            .set_redirect_uri(self.redirect_uri.clone());
        if let Some(secret) = &self.client_secret {
            let way = metadata.takes_secret.clone().ok_or(BackendError::SetUp(
                "it takes a secret neither by client_secret_basic nor by _post",
            ))?;
            let secret = ClientSecret::new(secret.expose_secret().to_owned());
            party = party.set_client_secret(secret).set_auth_type(way);
        }
        Ok(party)
    }

    /// What the ID token says, and userinfo where that is not enough.
    async fn redeem(
        &self,
        asking: &Asking<'_>,
        metadata: &Metadata,
        flow: &str,
        code: &str,
    ) -> Result<(Map<String, Value>, Option<Map<String, Value>>), BackendError> {
        let ask = |request| wire::send(asking.http, request);
        let party = self.party(metadata)?;
        let tokens = party
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(self.verifier(asking, flow))
            .request_async(&ask)
            .await
            .map_err(not_redeemed)?;
        let token = tokens.id_token().ok_or_else(|| unavailable("it gave no ID token"))?;
        let nonce = self.nonce(asking, flow);
        let claims = self.verified(asking, metadata, token, &nonce).await?;
        let said = object(claims)?;
        let Some(endpoint) = metadata.userinfo.clone() else { return Ok((said, None)) };
        if self.claims.are_all_in(&said) {
            return Ok((said, None));
        }
        let party = party.set_user_info_url(endpoint);
        let userinfo: UserInfo = party
            .user_info(tokens.access_token().clone(), Some(claims.subject().clone()))
            .request_async(&ask)
            .await
            .map_err(|error| no_userinfo(&error))?;
        Ok((said, Some(object(&userinfo)?)))
    }

    /// Verifies with the keys at hand; with newer ones, if the token names one that is not there.
    async fn verified<'t>(
        &self,
        asking: &Asking<'_>,
        metadata: &Metadata,
        token: &'t Token,
        nonce: &Nonce,
    ) -> Result<&'t wire::TokenClaims, BackendError> {
        let Asking { http, now, .. } = *asking;
        let expected = Expected {
            issuer: &self.issuer,
            client_id: &self.client_id,
            nonce,
            algorithms: &metadata.algorithms,
            now,
        };
        let fetch = || {
            let (http, url) = (http.clone(), metadata.keys.clone());
            async move {
                const WHAT: &str = "its keys";
                let answer = http.fetch(WHAT, url.url()).await?;
                keys::read(&wire::document(WHAT, answer)?)
            }
        };
        let keys = self.keys.get(now, fetch).await?;
        let outcome = match id_token::verify(token, &expected, &keys) {
            Err(Unproven::UnknownKey) => match self.keys.renew(&keys, now, fetch).await? {
                Some(newer) => id_token::verify(token, &expected, &newer),
                None => Err(Unproven::UnknownKey),
            },
            outcome => outcome,
        };
        outcome.map_err(|unproven| {
            BackendError::Unproven(match unproven {
                Unproven::UnknownKey => "the key of the ID token is not among the provider's",
                Unproven::Refused(why) => why,
            })
        })
    }

    /// What both together say. The ID token is signed, so it comes first.
    fn read(
        &self,
        id: &Map<String, Value>,
        userinfo: Option<&Map<String, Value>>,
    ) -> Result<Known, BackendError> {
        let mut said = self.claims.read(id)?;
        if let Some(userinfo) = userinfo {
            let other = self.claims.read(userinfo)?;
            let (email, email_verified) = address(said, other)?;
            let mut all = id.clone();
            for (name, value) in userinfo {
                all.entry(name).or_insert_with(|| value.clone());
            }
            said = Said { email, email_verified, ..self.claims.read(&all)? };
        }
        Ok(Known { said, proof: self.proof })
    }
}

impl fmt::Debug for Oidc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Oidc").field("issuer", &self.issuer()).finish_non_exhaustive()
    }
}

/// The address, and what is said about it: only whoever names an address can vouch for it, and of
/// two who name the same a single no counts.
fn address(id: Said, userinfo: Said) -> Result<(Option<String>, Option<bool>), BackendError> {
    Ok(match (id.email, userinfo.email) {
        (Some(one), Some(other)) if !one.eq_ignore_ascii_case(&other) => {
            return Err(BackendError::Unproven("ID token and userinfo name different addresses"));
        }
        (Some(email), Some(_)) => {
            let proofs = [id.email_verified, userinfo.email_verified];
            (Some(email), proofs.into_iter().flatten().min())
        }
        (Some(email), None) => (Some(email), id.email_verified),
        (None, email) => (email, userinfo.email_verified),
    })
}

/// All claims as one object, each in the type that the library read it in.
fn object(claims: &impl Serialize) -> Result<Map<String, Value>, BackendError> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(unavailable("its claims cannot be read")),
    }
}

fn unavailable(why: &str) -> BackendError {
    BackendError::Unavailable(why.to_owned())
}

/// What an error of the authorization endpoint means (RFC 6749 §4.1.2.1, Core §3.1.2.6). Anybody can
/// write one into a link, so an unknown word is not repeated.
fn refusal(error: &str) -> BackendError {
    BackendError::Denied(match error {
        "access_denied" => "access_denied",
        "login_required" => "login_required",
        "consent_required" => "consent_required",
        "interaction_required" => "interaction_required",
        "account_selection_required" => "account_selection_required",
        // Were it certain that the provider says so, this would be `SetUp`.
        "invalid_request"
        | "invalid_scope"
        | "unauthorized_client"
        | "unsupported_response_type" => {
            return BackendError::Unavailable(format!(
                "it says `{error}`, or somebody has written that into a link: compare `client_id`, \
                 `scopes` and our redirect address with what it knows"
            ));
        }
        "server_error" | "temporarily_unavailable" => {
            return unavailable("it says that it is out of order");
        }
        _ => "it gives a reason that is not known",
    })
}

fn not_redeemed(error: RequestTokenError<HttpError, Error>) -> BackendError {
    match error {
        RequestTokenError::Request(error) => {
            BackendError::Unavailable(format!("its token: {error}"))
        }
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            CoreErrorResponseType::InvalidGrant => {
                BackendError::Over("the code is used, too old, or for another sign-in")
            }
            CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                BackendError::SetUp("it refuses our client_id, client_secret or redirect_uri")
            }
            _ => unavailable("it refuses to redeem a code"),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            unavailable("its answer to a code is not what OpenID Connect asks for")
        }
    }
}

fn no_userinfo(error: &UserInfoError<HttpError>) -> BackendError {
    match error {
        UserInfoError::Request(error) => {
            BackendError::Unavailable(format!("its userinfo: {error}"))
        }
        UserInfoError::ClaimsVerification(_) => {
            BackendError::Unproven("userinfo is about somebody else")
        }
        _ => unavailable("its userinfo is not what OpenID Connect asks for"),
    }
}

#[cfg(test)]
mod tests;
