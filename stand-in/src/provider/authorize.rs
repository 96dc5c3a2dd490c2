//! Reads a request to sign in (OpenID Connect Core §3.1.2.1, RFC 7636), and answers it.

use super::parameters::Parameters;
use crate::wire::encode;

/// Who may ask the provider to sign people in: brandgate alone.
pub(super) struct Client {
    pub(super) redirect_uri: String,
    pub(super) signed_out_uri: String,
}

/// A request that can be granted.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Request {
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) email: bool,
    pub(super) profile: bool,
    /// Seconds after which somebody must sign in anew; `prompt=login` is none.
    pub(super) max_age: Option<u64>,
    /// Whether nobody may be asked anything.
    pub(super) silent: bool,
}

/// Why a request is not granted.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Refusal {
    /// It is not known to whom the answer may go, so only the person is told.
    Stays(&'static str),
    /// The client is told, by OAuth's word for it.
    Goes { error: &'static str, state: Option<String> },
}

impl Request {
    /// Reads a query or a form. Where the answer would go counts first: letter for letter.
    pub(super) fn read(client: &Client, encoded: &[u8]) -> Result<Self, Refusal> {
        let said = Parameters::read(encoded);
        if said.get("client_id") != Some(super::CLIENT_ID) {
            return Err(Refusal::Stays(
                "It does not say which site you come from, or names one that is not known here.",
            ));
        }
        let redirect_uri = said.get("redirect_uri").filter(|it| *it == client.redirect_uri).ok_or(
            Refusal::Stays("It would send you to an address that is not registered here."),
        )?;
        let state = said.get("state").map(str::to_owned);
        let refuse = |error| Err(Refusal::Goes { error, state: state.clone() });
        if said.is_ambiguous() {
            return refuse("invalid_request");
        }
        if said.get("request").is_some() {
            return refuse("request_not_supported");
        }
        if said.get("request_uri").is_some() {
            return refuse("request_uri_not_supported");
        }
        match said.get("response_type") {
            Some("code") => {}
            Some(_) => return refuse("unsupported_response_type"),
            None => return refuse("invalid_request"),
        }
        if said.get("response_mode").is_some_and(|mode| mode != "query") {
            return refuse("invalid_request");
        }
        if !said.lists("scope", "openid") {
            return refuse("invalid_scope");
        }
        let challenge = said.get("code_challenge").filter(|it| is_s256(it));
        let Some(challenge) =
            challenge.filter(|_| said.get("code_challenge_method") == Some("S256"))
        else {
            return refuse("invalid_request");
        };
        let silent = said.get("prompt") == Some("none");
        if !silent && said.lists("prompt", "none") {
            return refuse("invalid_request");
        }
        let max_age = match said.get("max_age").map(str::parse) {
            Some(Err(_)) => return refuse("invalid_request"),
            _ if said.lists("prompt", "login") => Some(0),
            max_age => max_age.and_then(Result::ok),
        };
        Ok(Self {
            redirect_uri: redirect_uri.to_owned(),
            challenge: challenge.to_owned(),
            nonce: said.get("nonce").map(str::to_owned),
            email: said.lists("scope", "email"),
            profile: said.lists("scope", "profile"),
            max_age,
            silent,
            state,
        })
    }

    /// Whether somebody who signed in at `since` must do so again.
    pub(super) fn is_too_old(&self, since: u64, now: u64) -> bool {
        self.max_age.is_some_and(|age| now.saturating_sub(since) > age || age == 0)
    }
}

/// A SHA-256 in base64url.
fn is_s256(challenge: &str) -> bool {
    let is_of_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    challenge.len() == 43 && challenge.bytes().all(is_of_base64url)
}

/// Where the browser takes an answer. It always says whose it is (RFC 9207).
pub(super) fn answer(
    redirect_uri: &str,
    (name, value): (&str, &str),
    state: Option<&str>,
    issuer: &str,
) -> String {
    let state = state.map_or(String::new(), |state| format!("&state={}", encode(state)));
    format!("{redirect_uri}?{name}={}{state}&iss={}", encode(value), encode(issuer))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn client() -> Client {
        Client {
            redirect_uri: "http://sso.localhost:8400/callback/bikes-id".to_owned(),
            signed_out_uri: String::new(),
        }
    }

    fn good() -> Vec<(&'static str, &'static str)> {
        vec![
            ("client_id", "brandgate"),
            ("redirect_uri", "http://sso.localhost:8400/callback/bikes-id"),
            ("response_type", "code"),
            ("scope", "openid email profile"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("state", "s &"),
            ("nonce", "n"),
        ]
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Request, Refusal> {
        let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value)));
        Request::read(&client(), pairs.collect::<Vec<_>>().join("&").as_bytes())
    }

    fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
        let mut pairs = good();
        pairs.retain(|pair| pair.0 != name);
        pairs.push((name, value));
        pairs
    }

    #[test]
    fn a_request_is_read_with_all_that_matters() {
        let request = read(&good()).unwrap();
        assert_eq!((request.state.as_deref(), request.nonce.as_deref()), (Some("s &"), Some("n")));
        assert!(request.email && request.profile && !request.silent && request.max_age.is_none());
        assert_eq!(request.challenge, CHALLENGE);
        let least = read(&with("scope", "openid")).unwrap();
        assert!(!least.email && !least.profile);
    }

    #[test]
    fn who_is_not_known_gets_no_answer() {
        let table = [
            with("client_id", "another"),
            with("client_id", ""),
            with("redirect_uri", "http://sso.localhost:8400/callback/bikes-id/"),
            with("redirect_uri", "http://sso.localhost:8400/callback/bikes-id?a=b"),
            with("redirect_uri", "http://SSO.localhost:8400/callback/bikes-id"),
            with("redirect_uri", "https://evil.example/"),
            [good(), vec![("client_id", "brandgate")]].concat(),
            [good(), vec![("redirect_uri", "https://evil.example/")]].concat(),
        ];
        for pairs in table {
            assert!(matches!(read(&pairs), Err(Refusal::Stays(_))), "{pairs:?}");
        }
    }

    #[test]
    fn every_other_fault_goes_back_by_its_word() {
        let table = [
            (with("response_type", "token"), "unsupported_response_type"),
            (with("response_type", ""), "invalid_request"),
            (with("response_mode", "fragment"), "invalid_request"),
            (with("scope", "email"), "invalid_scope"),
            (with("scope", ""), "invalid_scope"),
            (with("code_challenge", ""), "invalid_request"),
            (with("code_challenge", "short"), "invalid_request"),
            (with("code_challenge_method", "plain"), "invalid_request"),
            (with("code_challenge_method", ""), "invalid_request"),
            (with("prompt", "none login"), "invalid_request"),
            (with("max_age", "soon"), "invalid_request"),
            (with("request", "eyJ"), "request_not_supported"),
            (with("request_uri", "https://a.example/"), "request_uri_not_supported"),
            ([good(), vec![("nonce", "m")]].concat(), "invalid_request"),
        ];
        for (pairs, error) in table {
            let wanted = Refusal::Goes { error, state: Some("s &".to_owned()) };
            assert_eq!(read(&pairs), Err(wanted), "{pairs:?}");
        }
    }

    #[test]
    fn who_signed_in_too_long_ago_is_asked_again() {
        // (name, value, seconds since, whether it is too long)
        let table = [
            ("max_age", "10", 10, false),
            ("max_age", "10", 11, true),
            ("max_age", "0", 0, true),
            ("prompt", "login", 0, true),
            ("prompt", "none", 99, false),
        ];
        for (name, value, ago, wanted) in table {
            let request = read(&with(name, value)).unwrap();
            assert_eq!(request.is_too_old(1000, 1000 + ago), wanted, "{name}={value} {ago}");
        }
    }

    #[test]
    fn an_answer_says_whose_it_is() {
        let answer = answer("http://a/cb", ("code", "x y"), Some("s&"), "http://id");
        assert_eq!(answer, "http://a/cb?code=x%20y&state=s%26&iss=http%3A%2F%2Fid");
    }
}
