//! An OpenID Connect provider: people sign in there and come back with a code.

mod metadata;
mod wire;

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};
use url::Url;

use self::metadata::{Metadata, TakesSecret};
use self::wire::Redemption;
use super::claims::says_anything;
use super::key_cache;
use super::published::{Fetches, Published};
use super::{Asking, BackendError, Bounds, ClaimMap, Http, Redirect};
use crate::domain::{ClaimedProfile, EmailProof};
use crate::token::{
    ExpectedIdToken, Fingerprint, KeyAlgorithm, KeySet, Slash, TokenError, UnverifiedJws,
    code_challenge,
};

/// A provider, and what of it has been fetched.
pub struct Oidc {
    name: String,
    issuer: String,
    discovery: Url,
    bounds: Bounds,
    client_id: String,
    client_secret: Option<SecretString>,
    scope: String,
    claims: ClaimMap,
    proof: EmailProof,
    redirect_uri: String,
    signed_out_uri: String,
    metadata: Published<Metadata>,
    keys: Published<KeySet>,
}

/// What `brands.yaml` says about a provider.
pub struct OidcSettings {
    /// The name of the backend in the file.
    pub name: String,
    /// Our own origin, to which people come back.
    pub public_url: String,
    /// The provider, as it writes itself.
    pub issuer: String,
    /// Within what it is asked, wherever its metadata lead.
    pub bounds: Bounds,
    /// Whom the provider knows us as.
    pub client_id: String,
    /// What shows that we are that client.
    pub client_secret: Option<SecretString>,
    /// What we ask for; `openid` goes without saying.
    pub scopes: Vec<String>,
    /// Which claim each attribute is read from.
    pub claims: ClaimMap,
    /// What it must say about the e-mail address.
    pub proof: EmailProof,
}

/// What a provider is proven to say about one person.
pub struct Proven {
    /// The claims of the ID token.
    id: Map<String, Value>,
    /// Of userinfo, where the ID token was not enough.
    userinfo: Option<Map<String, Value>>,
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
        let OidcSettings { name, public_url, issuer, bounds, client_id, client_secret, .. } =
            settings;
        let mut scopes = settings.scopes;
        scopes.retain(|scope| scope != "openid");
        scopes.insert(0, "openid".to_owned());
        let discovery =
            format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let discovery = Url::parse(&discovery)?;
        let host = discovery.host_str().unwrap_or_default();
        Ok(Self {
            metadata: Published::new(host),
            keys: Published::new(host),
            discovery,
            bounds,
            issuer,
            client_id,
            client_secret,
            scope: scopes.join(" "),
            claims: settings.claims,
            proof: settings.proof,
            redirect_uri: format!("{public_url}/callback/{name}"),
            signed_out_uri: format!("{public_url}/logout/done/{name}"),
            name,
        })
    }

    /// Takes over what `old` knows of the provider, if it is the same.
    pub(super) fn inherit(&mut self, old: &Self) {
        if (&self.issuer, &self.bounds) == (&old.issuer, &old.bounds) {
            self.metadata.inherit(&old.metadata);
            self.keys.inherit(&old.keys);
        }
    }

    /// How fetching its metadata and its keys goes.
    pub(super) fn fetches(&self) -> [Fetches; 2] {
        [self.metadata.fetches("metadata"), self.keys.fetches("keys")]
    }

    /// Within what it is asked.
    pub(super) fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// How it is asked.
    fn http(&self, asking: &Asking<'_>) -> Http {
        asking.http.within(&self.bounds)
    }

    /// The provider, as it writes itself.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What tells it from another provider, and from itself with other claims.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let claims = format!("{:?}", self.claims);
        Fingerprint::of(&["oidc", &self.issuer, &self.client_id, &claims])
    }

    /// What it must say about the e-mail address.
    pub fn proof(&self) -> &EmailProof {
        &self.proof
    }

    /// Where a sign-in begins at the provider, which sends people back with `state`.
    pub async fn begin(&self, asking: &Asking<'_>, state: &str) -> Result<Redirect, BackendError> {
        let metadata = self.metadata(asking).await?;
        // Whoever cannot redeem a code need not go and get one.
        self.secret(&metadata)?;
        let mut url = metadata.authorization.clone();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", &self.scope)
            .append_pair("state", state)
            .append_pair("nonce", &self.nonce(asking, state))
            .append_pair("code_challenge", &code_challenge(&self.verifier(asking, state)))
            .append_pair("code_challenge_method", "S256");
        Ok(Redirect::RoundTrip(url.into()))
    }

    /// Which of its claims say what.
    pub(super) fn claims(&self) -> &ClaimMap {
        &self.claims
    }

    /// What the provider says of whom came back with `returned` from the sign-in that began with `state`.
    pub async fn authenticate(
        &self,
        asking: &Asking<'_>,
        state: &str,
        returned: &Return<'_>,
    ) -> Result<Proven, BackendError> {
        let metadata = self.metadata(asking).await?;
        match returned.iss {
            Some(iss) if iss != self.issuer => {
                let slash = Slash::between(&self.issuer, iss).map_or("", Slash::as_str);
                return Err(unproven(&format!("the answer names another issuer{slash}")));
            }
            None if metadata.names_itself => {
                return Err(unproven("the answer does not name its issuer"));
            }
            _ => {}
        }
        let code = returned.outcome.map_err(refusal)?;
        let (id, userinfo) = self.redeem(asking, &metadata, state, code).await?;
        Ok(Proven { id, userinfo })
    }

    /// Where people are signed out of the provider, if it does that; it sends them back with `state`.
    pub async fn sign_out(
        &self,
        asking: &Asking<'_>,
        state: &str,
    ) -> Result<Option<String>, BackendError> {
        let metadata = self.metadata(asking).await?;
        Ok(metadata.end_session.clone().map(|mut url| {
            url.query_pairs_mut()
                .append_pair("client_id", &self.client_id)
                .append_pair("post_logout_redirect_uri", &self.signed_out_uri)
                .append_pair("state", state);
            url.into()
        }))
    }

    /// Whether its metadata can be used, and where its keys are and whether they can.
    pub(super) async fn reach(
        &self,
        asking: &Asking<'_>,
    ) -> (Result<(), BackendError>, Option<(Url, Result<(), BackendError>)>) {
        let metadata = match self.metadata(asking).await {
            Ok(metadata) => metadata,
            Err(error) => return (Err(error), None),
        };
        let usable = self.secret(&metadata).map(drop);
        let any = (KeyAlgorithm::Rs256, None);
        let (http, now) = (&self.http(asking), asking.now);
        let keys =
            key_cache::find(&self.keys, &metadata.keys, &KeyAlgorithm::ALL, any, http, now).await;
        (usable, Some((metadata.keys.clone(), keys.map(drop))))
    }

    async fn metadata(&self, asking: &Asking<'_>) -> Result<Arc<Metadata>, BackendError> {
        let fetch = || {
            let (issuer, url) = (self.issuer.clone(), self.discovery.clone());
            let http = self.http(asking);
            async move {
                const WHAT: &str = "its metadata";
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

    /// Nonce and PKCE verifier come from the `state`, so that nothing more need be remembered; nobody
    /// but us can make them of it.
    fn nonce(&self, asking: &Asking<'_>, state: &str) -> String {
        asking.key.mac("oidc nonce", &[self.name.as_bytes(), state.as_bytes()])
    }

    fn verifier(&self, asking: &Asking<'_>, state: &str) -> String {
        asking.key.mac("oidc code verifier", &[self.name.as_bytes(), state.as_bytes()])
    }

    /// Our secret, and how the provider takes it.
    fn secret(&self, metadata: &Metadata) -> Result<Option<(TakesSecret, &str)>, BackendError> {
        let Some(secret) = &self.client_secret else { return Ok(None) };
        let way = metadata.takes_secret.ok_or(BackendError::SetUp(
            "it takes a secret neither by client_secret_basic nor by _post",
        ))?;
        Ok(Some((way, secret.expose_secret())))
    }

    /// What the ID token says, and userinfo where that is not enough.
    async fn redeem(
        &self,
        asking: &Asking<'_>,
        metadata: &Metadata,
        state: &str,
        code: &str,
    ) -> Result<(Map<String, Value>, Option<Map<String, Value>>), BackendError> {
        let redemption = Redemption {
            endpoint: &metadata.token,
            client_id: &self.client_id,
            secret: self.secret(metadata)?,
            code,
            redirect_uri: &self.redirect_uri,
            verifier: &self.verifier(asking, state),
        };
        let http = self.http(asking);
        let tokens = redemption.send(&http).await?;
        let nonce = self.nonce(asking, state);
        let claims = self.verify(asking, metadata, tokens.id_token()?, &nonce).await?;
        let Some(endpoint) = &metadata.userinfo else { return Ok((claims, None)) };
        if self.claims.are_all_in(&claims) {
            return Ok((claims, None));
        }
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
        let userinfo = tokens.userinfo(&http, endpoint, subject).await?;
        Ok((claims, Some(userinfo)))
    }

    /// Its claims, if it is the provider's, for us, for this sign-in and of this moment.
    async fn verify(
        &self,
        asking: &Asking<'_>,
        metadata: &Metadata,
        token: &str,
        nonce: &str,
    ) -> Result<Map<String, Value>, BackendError> {
        let (http, now) = (&self.http(asking), asking.now);
        let expected = ExpectedIdToken { issuer: &self.issuer, client_id: &self.client_id, nonce };
        let agreed: Vec<_> = metadata.algorithms.iter().map(|it| it.as_str()).collect();
        let token = UnverifiedJws::read(token, &agreed).map_err(not_believed)?;
        expected.validate(&token, now).map_err(not_believed)?;
        let algorithm = token.key_algorithm().ok_or_else(|| not_believed(TokenError::Algorithm))?;
        let (keys, named) = (&self.keys, (algorithm, token.kid()));
        let key =
            key_cache::find(keys, &metadata.keys, &KeyAlgorithm::ALL, named, http, now).await?;
        let key = key.ok_or_else(|| not_believed(TokenError::UnknownKey))?;
        token.prove_with_key(&key).map_err(not_believed)
    }

    /// What both together say. The ID token is signed, so it comes first.
    pub fn read(&self, proven: &Proven) -> Result<ClaimedProfile, BackendError> {
        let Proven { id, userinfo } = proven;
        let claimed = self.claims.read(id)?;
        let Some(userinfo) = userinfo else { return Ok(claimed) };
        let other = self.claims.read_address(userinfo)?;
        let (email, email_verified) = address(claimed, other)?;
        Ok(ClaimedProfile { email, email_verified, ..self.claims.read(&proven.all())? })
    }
}

impl Proven {
    /// All of it; of what both say, the ID token's.
    pub fn all(&self) -> Map<String, Value> {
        let mut all = self.id.clone();
        for (name, value) in self.userinfo.iter().flatten() {
            let own = all.entry(name).or_insert(Value::Null);
            if !says_anything(own) {
                own.clone_from(value);
            }
        }
        all
    }
}

impl fmt::Debug for Oidc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Oidc");
        shown.field("issuer", &self.issuer());
        shown.field("scope", &self.scope).field("proof", &self.proof);
        shown.finish_non_exhaustive()
    }
}

/// The address, and what is said about it: only whoever names an address can vouch for it, and a
/// single no counts, whoever says it.
fn address(
    id: ClaimedProfile,
    userinfo: ClaimedProfile,
) -> Result<(Option<String>, Option<bool>), BackendError> {
    let is_denied = [id.email_verified, userinfo.email_verified].contains(&Some(false));
    let (email, proof) = match (id.email, userinfo.email) {
        (Some(one), Some(other)) if !one.eq_ignore_ascii_case(&other) => {
            return Err(unproven("ID token and userinfo name different addresses"));
        }
        (Some(email), Some(_)) => (Some(email), id.email_verified.or(userinfo.email_verified)),
        (Some(email), None) => (Some(email), id.email_verified),
        (None, email) => (email, userinfo.email_verified),
    };
    Ok((email, if is_denied { Some(false) } else { proof }))
}

/// A claim that is none is the provider's fault; anything else may be somebody's who sent it.
fn not_believed(error: TokenError) -> BackendError {
    match error {
        TokenError::Claim(_) => BackendError::Claims(error),
        error => BackendError::Unproven(format!("the ID token: {error}")),
    }
}

fn unproven(why: &str) -> BackendError {
    BackendError::Unproven(why.to_owned())
}

fn unavailable(why: &str) -> BackendError {
    BackendError::Unavailable(why.to_owned())
}

/// What an error of the authorization endpoint means (RFC 6749 §4.1.2.1, Core §3.1.2.6). Anybody can
/// write one into a link, so an unknown word is not repeated.
fn refusal(error: &str) -> BackendError {
    // The person is to begin again: they took too long, or have something to do on its page.
    let again = [
        "temporarily_unavailable",
        // Keycloak's.
        "authentication_expired",
        "login_required",
        "interaction_required",
        "account_selection_required",
        "consent_required",
    ];
    if let Some(word) = again.into_iter().find(|word| *word == error) {
        return BackendError::Again(word);
    }
    BackendError::Denied(match error {
        "access_denied" => "access_denied",
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
        "server_error" => {
            return unavailable("it says that it is out of order");
        }
        _ => "it gives a reason that is not known",
    })
}

#[cfg(test)]
mod tests;
