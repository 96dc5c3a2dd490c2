//! What a provider says about itself (OpenID Connect Discovery 1.0).

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthUrl, EndSessionUrl, IssuerUrl, JsonWebKeySetUrl,
    ProviderMetadata, TokenUrl, UserInfoUrl,
};
use serde_json::{Map, Value};
use url::Url;

use crate::backend::BackendError;
use crate::domain::is_loopback;

/// Signature algorithms that we read, whatever else a provider offers.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 2] =
    [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256];

/// What we need to know of a provider.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) authorization: AuthUrl,
    pub(super) token: TokenUrl,
    pub(super) userinfo: Option<UserInfoUrl>,
    pub(super) keys: JsonWebKeySetUrl,
    pub(super) end_session: Option<EndSessionUrl>,
    /// Whether every answer to a sign-in says whose it is (RFC 9207).
    pub(super) names_itself: bool,
    pub(super) algorithms: Vec<CoreJwsSigningAlgorithm>,
    /// How it wants to get our secret; `None`: in no way that we know.
    pub(super) takes_secret: Option<AuthType>,
}

/// What the library does not read by itself.
#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
struct More {
    end_session_endpoint: Option<EndSessionUrl>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

type Document = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The members that are read (Discovery §3, RP-Initiated Logout §2.1, RFC 9207 §3): a provider may
/// have any number of others, and nothing is said about them.
const MEMBERS: [&str; 37] = [
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "registration_endpoint",
    "end_session_endpoint",
    "scopes_supported",
    "response_types_supported",
    "response_modes_supported",
    "grant_types_supported",
    "acr_values_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
    "id_token_encryption_alg_values_supported",
    "id_token_encryption_enc_values_supported",
    "userinfo_signing_alg_values_supported",
    "userinfo_encryption_alg_values_supported",
    "userinfo_encryption_enc_values_supported",
    "request_object_signing_alg_values_supported",
    "request_object_encryption_alg_values_supported",
    "request_object_encryption_enc_values_supported",
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "display_values_supported",
    "claim_types_supported",
    "claims_supported",
    "service_documentation",
    "claims_locales_supported",
    "ui_locales_supported",
    "claims_parameter_supported",
    "request_parameter_supported",
    "request_uri_parameter_supported",
    "require_request_uri_registration",
    "op_policy_uri",
    "op_tos_uri",
    "authorization_response_iss_parameter_supported",
];

impl Metadata {
    /// Reads what the provider at `issuer` says, or says why it is of no use.
    pub(super) fn read(issuer: &IssuerUrl, document: &[u8]) -> Result<Self, BackendError> {
        let document: Map<String, Value> = serde_json::from_slice(document)
            .map_err(|_| unavailable("its metadata is no JSON object".to_owned()))?;
        let document = parse(&document).map_err(|error| fault(&document, &error))?;
        // Letter for letter: whoever serves metadata of somebody else's name is not to be followed.
        if document.issuer().as_str() != issuer.as_str() {
            return Err(BackendError::SetUp("its metadata names another issuer than our `issuer`"));
        }
        let more = document.additional_metadata();
        let lacks = || unavailable("its metadata has no `token_endpoint`".to_owned());
        let token = document.token_endpoint().ok_or_else(lacks)?;
        let endpoints = [
            ("authorization_endpoint", Some(document.authorization_endpoint().url())),
            ("token_endpoint", Some(token.url())),
            ("userinfo_endpoint", document.userinfo_endpoint().map(UserInfoUrl::url)),
            ("jwks_uri", Some(document.jwks_uri().url())),
            ("end_session_endpoint", more.end_session_endpoint.as_ref().map(EndSessionUrl::url)),
        ];
        let ours = is_on_loopback(issuer.url());
        for (name, url) in endpoints {
            if url.is_some_and(|url| !is_safe(url, ours)) {
                return Err(unavailable(format!("its {name} is not an https address")));
            }
        }
        let offered = document.id_token_signing_alg_values_supported();
        let algorithms: Vec<_> =
            ALGORITHMS.into_iter().filter(|ours| offered.contains(ours)).collect();
        if algorithms.is_empty() {
            return Err(BackendError::SetUp("it signs ID tokens neither by RS256 nor by ES256"));
        }
        Ok(Self {
            authorization: document.authorization_endpoint().clone(),
            token: token.clone(),
            userinfo: document.userinfo_endpoint().cloned(),
            keys: document.jwks_uri().clone(),
            end_session: more.end_session_endpoint.clone(),
            names_itself: more.authorization_response_iss_parameter_supported,
            algorithms,
            takes_secret: takes_secret(
                document.token_endpoint_auth_methods_supported().map(Vec::as_slice),
            ),
        })
    }
}

fn parse(document: &Map<String, Value>) -> Result<Document, String> {
    serde_json::from_value(Value::Object(document.clone())).map_err(|error| error.to_string())
}

/// Names the member that is missing or wrong. The library's own words may hold its value, so of
/// them only the name is taken.
fn fault(document: &Map<String, Value>, error: &str) -> BackendError {
    let missing = |error: &str| {
        let (name, _) = error.strip_prefix("missing field `")?.split_once('`')?;
        Some(name.to_owned())
    };
    if let Some(name) = missing(error) {
        return unavailable(format!("its metadata has no `{name}`"));
    }
    // Without the wrong one, it is right or lacks that one alone.
    let read: Map<_, _> = MEMBERS
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), document.get(*name)?.clone())))
        .collect();
    let is_wrong = |name: &&&str| {
        let mut others = read.clone();
        others.remove(**name);
        parse(&others).err().is_none_or(|error| missing(&error).as_deref() == Some(**name))
    };
    match MEMBERS.iter().filter(|name| read.contains_key(**name)).find(is_wrong) {
        Some(name) => unavailable(format!("`{name}` of its metadata is not of the right form")),
        None => unavailable("several members of its metadata are not of the right form".to_owned()),
    }
}

fn unavailable(why: String) -> BackendError {
    BackendError::Unavailable(why)
}

/// `https`, or plain HTTP from one place on this machine to another: a provider out there must not
/// send us to an address in here.
fn is_safe(url: &Url, issuer_is_on_loopback: bool) -> bool {
    let is_encrypted = match url.scheme() {
        "https" => true,
        "http" => issuer_is_on_loopback && is_on_loopback(url),
        _ => false,
    };
    is_encrypted
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
}

fn is_on_loopback(url: &Url) -> bool {
    url.host().is_some_and(|host| is_loopback(&host))
}

/// Saying nothing stands for `client_secret_basic` (Discovery §3).
fn takes_secret(methods: Option<&[CoreClientAuthMethod]>) -> Option<AuthType> {
    let Some(methods) = methods else { return Some(AuthType::BasicAuth) };
    if methods.contains(&CoreClientAuthMethod::ClientSecretBasic) {
        Some(AuthType::BasicAuth)
    } else if methods.contains(&CoreClientAuthMethod::ClientSecretPost) {
        Some(AuthType::RequestBody)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use openidconnect::{AuthType, IssuerUrl};
    use serde_json::{Value, json};

    use super::{ALGORITHMS, Metadata};
    use crate::backend::BackendError;

    fn document(issuer: &str) -> Value {
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth?tenant=1"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/me"),
            "jwks_uri": format!("{issuer}/keys"),
            "end_session_endpoint": format!("{issuer}/out"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none", "XY512"],
        })
    }

    fn read(issuer: &str, document: &Value) -> Result<Metadata, BackendError> {
        let issuer = IssuerUrl::new(issuer.to_owned()).unwrap();
        Metadata::read(&issuer, document.to_string().as_bytes())
    }

    #[test]
    fn a_provider_is_read_with_its_defaults() {
        let metadata = read("https://id.example", &document("https://id.example")).unwrap();
        assert_eq!(metadata.algorithms, &ALGORITHMS[..1], "of several, those that we read");
        assert_eq!(metadata.authorization.as_str(), "https://id.example/auth?tenant=1");
        assert!(!metadata.names_itself);
        assert!(matches!(metadata.takes_secret, Some(AuthType::BasicAuth)));
    }

    #[test]
    fn a_provider_that_cannot_be_followed_is_refused() {
        let issuer = "https://id.example";
        // (what, member, value, whether it is read)
        let cases = [
            ("nothing changed", "x", json!(1), true),
            ("another issuer", "issuer", json!("https://other.example"), false),
            ("a slash more", "issuer", json!("https://id.example/"), false),
            ("another case", "issuer", json!("https://ID.example"), false),
            ("no token endpoint", "token_endpoint", Value::Null, false),
            ("no userinfo", "userinfo_endpoint", Value::Null, true),
            ("no logout", "end_session_endpoint", Value::Null, true),
            ("plain HTTP", "token_endpoint", json!("http://id.example/token"), false),
            ("plain HTTP into this machine", "jwks_uri", json!("http://127.0.0.1/keys"), false),
            ("a file", "jwks_uri", json!("file:///etc/passwd"), false),
            ("a script", "end_session_endpoint", json!("javascript:alert(1)"), false),
            ("a password", "userinfo_endpoint", json!("https://a:b@id.example/"), false),
            ("a fragment", "authorization_endpoint", json!("https://id.example/#x"), false),
            ("no address", "authorization_endpoint", json!("id.example"), false),
            ("no algorithm", "id_token_signing_alg_values_supported", json!([]), false),
            ("HS256", "id_token_signing_alg_values_supported", json!(["HS256", "none"]), false),
            ("ES256", "id_token_signing_alg_values_supported", json!(["ES256"]), true),
        ];
        for (what, member, value, good) in cases {
            let mut document = document(issuer);
            document[member] = value;
            assert_eq!(read(issuer, &document).is_ok(), good, "{what}");
        }
        assert!(read(issuer, &json!([])).is_err());
    }

    #[test]
    fn what_is_wrong_is_named_and_its_value_is_not() {
        let issuer = "https://id.example";
        let leak = json!("https://le ak.example");
        // (what, members and their values, the reason)
        let cases = [
            (
                "a missing member",
                vec![("subject_types_supported", Value::Null)],
                "unavailable: its metadata has no `subject_types_supported`",
            ),
            (
                "another",
                vec![("token_endpoint", Value::Null)],
                "unavailable: its metadata has no `token_endpoint`",
            ),
            (
                "of another type",
                vec![("response_types_supported", json!(7))],
                "unavailable: `response_types_supported` of its metadata is not of the right form",
            ),
            (
                "no address",
                vec![("jwks_uri", leak.clone())],
                "unavailable: `jwks_uri` of its metadata is not of the right form",
            ),
            (
                "one that may be missing",
                vec![("userinfo_endpoint", leak.clone())],
                "unavailable: `userinfo_endpoint` of its metadata is not of the right form",
            ),
            (
                "two",
                vec![("jwks_uri", leak.clone()), ("userinfo_endpoint", leak)],
                "unavailable: several members of its metadata are not of the right form",
            ),
            (
                "another issuer",
                vec![("issuer", json!("https://leak.example"))],
                "not set up for this: its metadata names another issuer than our `issuer`",
            ),
        ];
        for (what, changes, why) in cases {
            let mut document = document(issuer);
            for (member, value) in changes {
                document[member] = value;
            }
            document.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            let error = read(issuer, &document).unwrap_err().to_string();
            assert_eq!(error, format!("the backend is {why}"), "{what}");
        }
        let error = read(issuer, &json!(["leak"])).unwrap_err().to_string();
        assert_eq!(error, "the backend is unavailable: its metadata is no JSON object");
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        let issuer = "http://localhost:4000";
        assert!(read(issuer, &document(issuer)).is_ok());
        let mut away = document(issuer);
        away["token_endpoint"] = json!("http://id.example/token");
        assert!(read(issuer, &away).is_err());
    }

    #[test]
    fn the_secret_goes_the_way_that_the_provider_takes() {
        let cases = [
            (json!(["client_secret_post", "client_secret_basic"]), Some(false)),
            (json!(["client_secret_post"]), Some(true)),
            (json!(["private_key_jwt", "some_new_way"]), None),
        ];
        for (methods, in_body) in cases {
            let mut document = document("https://id.example");
            document["token_endpoint_auth_methods_supported"] = methods.clone();
            let metadata = read("https://id.example", &document).unwrap();
            let found = metadata.takes_secret.map(|it| matches!(it, AuthType::RequestBody));
            assert_eq!(found, in_body, "{methods}");
        }
    }
}
