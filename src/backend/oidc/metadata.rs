//! What a provider says about itself (OpenID Connect Discovery 1.0).

use serde_json::{Map, Value};
use url::Url;

use crate::backend::BackendError;
use crate::domain::is_loopback;
use crate::token::{KeyAlgorithm, Slash};

/// What we need to know of a provider. Nothing else of its metadata is read.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) authorization: Url,
    pub(super) token: Url,
    pub(super) userinfo: Option<Url>,
    pub(super) keys: Url,
    pub(super) end_session: Option<Url>,
    /// Whether every answer to a sign-in says whose it is (RFC 9207).
    pub(super) names_itself: bool,
    pub(super) algorithms: Vec<KeyAlgorithm>,
    /// How it wants to get our secret; `None`: in no way that we know.
    pub(super) takes_secret: Option<TakesSecret>,
}

/// How a provider wants to get a client's secret (Core §9).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TakesSecret {
    /// `client_secret_basic`.
    Basic,
    /// `client_secret_post`.
    Post,
}

impl Metadata {
    /// Reads what the provider at `issuer` says, or says why it is of no use.
    pub(super) fn read(issuer: &str, document: &[u8]) -> Result<Self, BackendError> {
        let document: Map<String, Value> = serde_json::from_slice(document)
            .map_err(|_| unavailable("its metadata is no JSON object".to_owned()))?;
        let document = Document(&document);
        // Letter for letter: whoever serves metadata of somebody else's name is not to be followed.
        let named = document.text("issuer")?.ok_or_else(|| lacks("issuer"))?;
        if named != issuer {
            return Err(BackendError::SetUp(match Slash::between(issuer, named) {
                Some(Slash::Lacking) => {
                    "our `issuer` lacks the slash at the end of the issuer that its metadata names"
                }
                Some(Slash::TooMany) => {
                    "our `issuer` has a slash at its end, and the issuer that its metadata names \
                     has none"
                }
                None => "its metadata names another issuer than our `issuer`",
            }));
        }
        let ours = Url::parse(issuer).is_ok_and(|url| is_on_loopback(&url));
        let endpoint = |name| document.endpoint(name, ours);
        let needed = |name| endpoint(name)?.ok_or_else(|| lacks(name));
        let algorithms = match document.texts("id_token_signing_alg_values_supported")? {
            // Every provider must know RS256 (Discovery §3).
            None => vec![KeyAlgorithm::Rs256],
            Some(offered) => {
                let is_offered = |ours: &KeyAlgorithm| offered.contains(&ours.as_str());
                KeyAlgorithm::ALL.into_iter().filter(is_offered).collect()
            }
        };
        if algorithms.is_empty() {
            return Err(BackendError::SetUp("it signs ID tokens neither by RS256 nor by ES256"));
        }
        let methods = document.texts("token_endpoint_auth_methods_supported")?;
        Ok(Self {
            authorization: needed("authorization_endpoint")?,
            token: needed("token_endpoint")?,
            userinfo: endpoint("userinfo_endpoint")?,
            keys: needed("jwks_uri")?,
            end_session: endpoint("end_session_endpoint")?,
            names_itself: document.truth("authorization_response_iss_parameter_supported")?,
            algorithms,
            takes_secret: takes_secret(methods.as_deref()),
        })
    }
}

/// Metadata as they came; `null` and an empty text are as good as nothing. What is wrong is named,
/// and its value is not.
struct Document<'a>(&'a Map<String, Value>);

impl<'a> Document<'a> {
    fn member(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null() && **value != "")
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, BackendError> {
        let text = |value: &'a Value| value.as_str().ok_or_else(|| misshapen(name));
        self.member(name).map(text).transpose()
    }

    /// What is no text in the list is nothing that we would look for.
    fn texts(&self, name: &str) -> Result<Option<Vec<&'a str>>, BackendError> {
        let texts = |value: &'a Value| {
            let list = value.as_array().ok_or_else(|| misshapen(name))?;
            Ok(list.iter().filter_map(Value::as_str).collect())
        };
        self.member(name).map(texts).transpose()
    }

    fn truth(&self, name: &str) -> Result<bool, BackendError> {
        let truth = |value: &Value| value.as_bool().ok_or_else(|| misshapen(name));
        Ok(self.member(name).map(truth).transpose()?.unwrap_or_default())
    }

    fn endpoint(&self, name: &str, ours: bool) -> Result<Option<Url>, BackendError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let url = Url::parse(text).map_err(|_| misshapen(name))?;
        if is_safe(&url, ours) {
            Ok(Some(url))
        } else {
            Err(unavailable(format!("its {name} is not an https address")))
        }
    }
}

fn lacks(name: &str) -> BackendError {
    unavailable(format!("its metadata has no `{name}`"))
}

fn misshapen(name: &str) -> BackendError {
    unavailable(format!("`{name}` of its metadata is not of the right form"))
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
fn takes_secret(methods: Option<&[&str]>) -> Option<TakesSecret> {
    let Some(methods) = methods else { return Some(TakesSecret::Basic) };
    let ways =
        [("client_secret_basic", TakesSecret::Basic), ("client_secret_post", TakesSecret::Post)];
    ways.into_iter().find(|(name, _)| methods.contains(name)).map(|(_, way)| way)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{KeyAlgorithm, Metadata, TakesSecret};
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
        Metadata::read(issuer, document.to_string().as_bytes())
    }

    #[test]
    fn a_provider_is_read_with_its_defaults() {
        let metadata = read("https://id.example", &document("https://id.example")).unwrap();
        assert_eq!(metadata.algorithms, &KeyAlgorithm::ALL[..1], "of several, those that we read");
        assert_eq!(metadata.authorization.as_str(), "https://id.example/auth?tenant=1");
        assert!(!metadata.names_itself);
        assert_eq!(metadata.takes_secret, Some(TakesSecret::Basic));
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
                vec![("token_endpoint", Value::Null)],
                "unavailable: its metadata has no `token_endpoint`",
            ),
            (
                "no keys",
                vec![("jwks_uri", json!(""))],
                "unavailable: its metadata has no `jwks_uri`",
            ),
            (
                "of another type",
                vec![("id_token_signing_alg_values_supported", json!("RS256"))],
                "unavailable: `id_token_signing_alg_values_supported` of its metadata is not of \
                 the right form",
            ),
            (
                "an address in a list",
                vec![("token_endpoint", json!(["https://leak.example"]))],
                "unavailable: `token_endpoint` of its metadata is not of the right form",
            ),
            (
                "whether it names itself",
                vec![("authorization_response_iss_parameter_supported", json!("leak"))],
                "unavailable: `authorization_response_iss_parameter_supported` of its metadata is \
                 not of the right form",
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
                "two: the first",
                vec![("jwks_uri", leak.clone()), ("userinfo_endpoint", leak)],
                "unavailable: `userinfo_endpoint` of its metadata is not of the right form",
            ),
            (
                "no issuer",
                vec![("issuer", Value::Null)],
                "unavailable: its metadata has no `issuer`",
            ),
            (
                "another issuer",
                vec![("issuer", json!("https://leak.example"))],
                "not set up for this: its metadata names another issuer than our `issuer`",
            ),
            (
                "a slash more",
                vec![("issuer", json!("https://id.example/"))],
                "not set up for this: our `issuer` lacks the slash at the end of the issuer that its \
                 metadata names",
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
    fn an_issuer_that_differs_by_its_last_slash_is_told_so() {
        let why = |ours: &str, theirs: &str| {
            let error = read(ours, &document(theirs)).unwrap_err();
            assert!(matches!(error, BackendError::SetUp(_)), "{ours} {theirs}");
            error.to_string()
        };
        let plain = "https://id.example/realms/acme";
        let slash = "https://id.example/realms/acme/";
        assert!(why(plain, slash).ends_with("metadata names"), "{}", why(plain, slash));
        assert!(why(plain, slash).contains("our `issuer` lacks the slash"));
        assert!(why(slash, plain).contains("our `issuer` has a slash at its end"));
        for other in ["https://id.example/realms/acme//", "https://id.example/realms", "x"] {
            assert!(why(plain, other).contains("names another issuer"), "{other}");
        }
    }

    #[test]
    fn what_nobody_reads_is_of_any_type_or_missing() {
        let issuer = "https://id.example";
        let members = [
            "response_types_supported",
            "subject_types_supported",
            "scopes_supported",
            "claims_supported",
            "grant_types_supported",
            "registration_endpoint",
            "acr_values_supported",
            "op_policy_uri",
            "claims_parameter_supported",
            "mtls_endpoint_aliases",
        ];
        for member in members {
            for value in [json!(null), json!(7), json!("x"), json!([[{}]]), json!({ "a": [1] })] {
                let mut document = document(issuer);
                document[member] = value.clone();
                assert!(read(issuer, &document).is_ok(), "{member}: {value}");
                document.as_object_mut().unwrap().remove(member);
                assert!(read(issuer, &document).is_ok(), "no {member}");
            }
        }
        let mut document = document(issuer);
        document["id_token_signing_alg_values_supported"] = json!([7, "ES256", null]);
        assert_eq!(read(issuer, &document).unwrap().algorithms, &KeyAlgorithm::ALL[1..]);
        document.as_object_mut().unwrap().remove("id_token_signing_alg_values_supported");
        assert_eq!(read(issuer, &document).unwrap().algorithms, &KeyAlgorithm::ALL[..1]);
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
            (json!(["client_secret_post", "client_secret_basic"]), Some(TakesSecret::Basic)),
            (json!(["client_secret_post"]), Some(TakesSecret::Post)),
            (json!([{"new": 1}, "client_secret_post"]), Some(TakesSecret::Post)),
            (json!(null), Some(TakesSecret::Basic)),
            (json!(["private_key_jwt", "some_new_way"]), None),
            (json!([]), None),
        ];
        for (methods, way) in cases {
            let mut document = document("https://id.example");
            document["token_endpoint_auth_methods_supported"] = methods.clone();
            let metadata = read("https://id.example", &document).unwrap();
            assert_eq!(metadata.takes_secret, way, "{methods}");
        }
    }
}
