//! A browser as far as a sign-in needs one: cookies, and forms that it can fill in.

use std::net::SocketAddr;

use regex::Regex;
use reqwest::{Client, Method, Url, header};
use serde_json::Value;

use super::log;
use super::service::SSO;

/// One browser. A clone has the same cookies, as a stolen profile has.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    sso: SocketAddr,
    /// Host (with its port), path, name and value.
    cookies: Vec<(String, String, String, String)>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) location: Option<Url>,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(client: Client, sso: SocketAddr) -> Self {
        Self { client, sso, cookies: Vec::new() }
    }

    /// Presses "Sign in" at a Help Center.
    pub(crate) async fn login(&mut self, query: &str) -> Answer {
        self.get(&format!("{SSO}/login?{query}")).await
    }

    pub(crate) async fn get(&mut self, url: &str) -> Answer {
        self.send(Method::GET, url, None).await
    }

    pub(crate) async fn send(&mut self, method: Method, url: &str, form: Option<String>) -> Answer {
        let url = Url::parse(url).unwrap();
        let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let mut wire = url.clone();
        // Only here is the service not where its name says.
        if authority == "sso.acme.example" {
            wire.set_scheme("http").unwrap();
            wire.set_ip_host(self.sso.ip()).unwrap();
            wire.set_port(Some(self.sso.port())).unwrap();
        }
        let mut request = self.client.request(method, wire).header(header::HOST, authority);
        let sent =
            self.cookies.iter().filter(|it| it.0 == authority && url.path().starts_with(&it.1));
        let sent: Vec<_> = sent.map(|it| format!("{}={}", it.2, it.3)).collect();
        if !sent.is_empty() {
            request = request.header(header::COOKIE, sent.join("; "));
        }
        request = request.header("sec-fetch-dest", "document");
        if let Some(form) = form {
            let kind = "application/x-www-form-urlencoded";
            request = request.header(header::CONTENT_TYPE, kind).body(form);
        }
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(authority, cookie.to_str().unwrap());
        }
        let location = response.headers().get(header::LOCATION);
        let location = location.map(|it| url.join(it.to_str().unwrap()).unwrap());
        let status = response.status().as_u16();
        Answer { status, location, body: response.text().await.unwrap(), url }
    }

    fn keep(&mut self, authority: &str, cookie: &str) {
        let mut parts = cookie.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let attribute = |name: &str| {
            let found = cookie.split("; ").skip(1).filter_map(|it| it.split_once('='));
            found.filter(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.to_owned()).next()
        };
        let path = attribute("path").unwrap_or_else(|| "/".to_owned());
        self.cookies.retain(|it| !(it.0 == authority && it.1 == path && it.2 == name));
        let is_past = attribute("expires").is_some_and(|it| it.contains("1970"));
        if attribute("max-age").as_deref() != Some("0") && !is_past {
            self.cookies.push((authority.to_owned(), path, name.to_owned(), value.to_owned()));
        }
        if authority == "sso.acme.example" && !name.ends_with("-seen") {
            assert_eq!(attribute("samesite").as_deref(), Some("Lax"), "{cookie}");
        }
    }

    /// Goes wherever it is sent, signing in as `person` where the provider asks, until it comes to an
    /// address that begins with `end`; does not open that.
    pub(crate) async fn until(&mut self, mut answer: Answer, end: &str, person: &str) -> Url {
        for _ in 0..20 {
            if let Some(location) = answer.location {
                if location.as_str().starts_with(end) {
                    return location;
                }
                answer = self.get(location.as_str()).await;
            } else {
                answer = self.submit(&answer, person).await;
            }
        }
        panic!("never came to {end}");
    }

    /// Fills in the form of a provider's page.
    async fn submit(&mut self, page: &Answer, person: &str) -> Answer {
        let find = |pattern: &str, text: &str| {
            let found = Regex::new(pattern).unwrap().captures(text)?;
            Some(found[1].to_owned())
        };
        let form = find(r"(?s)(<form.*?</form>)", &page.body);
        let form = form.unwrap_or_else(|| panic!("{} {}: {}", page.url, page.status, page.body));
        let action = find(r#"action="([^"]*)""#, &form).unwrap();
        let mut body = Vec::new();
        for input in Regex::new("<(?:input|button)[^>]*>").unwrap().find_iter(&form) {
            let Some(name) = find(r#"name="([^"]*)""#, input.as_str()) else { continue };
            let own = find(r#"value="([^"]*)""#, input.as_str()).unwrap_or_default();
            let value = match name.as_str() {
                "login" => person.to_owned(),
                "password" => "any".to_owned(),
                _ => own,
            };
            body.push(format!("{name}={value}"));
        }
        // The page of a logout submits by the value of a button that stands outside the form.
        if action.ends_with("/session/end/confirm") {
            body.push("logout=yes".to_owned());
        }
        let action = page.url.join(&action).unwrap();
        self.send(Method::POST, action.as_str(), Some(body.join("&"))).await
    }

    /// Signs in up to the address that the provider sends back to.
    pub(crate) async fn return_from(&mut self, query: &str, person: &str) -> Url {
        let begun = self.login(query).await;
        assert_eq!(begun.status, 302, "{}", begun.body);
        self.until(begun, SSO, person).await
    }
}

impl Answer {
    /// Claims of the Zendesk JWT, and where Zendesk is to send the person.
    #[track_caller]
    pub(crate) fn handed_off(&self) -> (Value, String) {
        use base64::Engine;
        let field = |name: &str| {
            let before = format!("name=\"{name}\" value=\"");
            let rest = self.body.split_once(&before).map(|it| it.1);
            let rest = rest.unwrap_or_else(|| panic!("no hand-off: {} {}", self.status, self.body));
            rest.split('"').next().unwrap().to_owned()
        };
        let jwt = field("jwt");
        let claims = jwt.split('.').nth(1).unwrap();
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        (serde_json::from_slice(&claims).unwrap(), field("return_to"))
    }

    /// Status and kind of a refusal, and its log line's reason; the page tells nothing else.
    #[track_caller]
    pub(crate) fn refused(&self) -> (u16, String, String) {
        let trace = self.body.split_once("<code>").unwrap_or_else(|| panic!("{self:?}")).1;
        let line = log::line(trace.split('<').next().unwrap());
        assert_eq!(line["status"], self.status, "{line}");
        assert!(!self.body.contains("leaked") && !self.body.contains("eyJ"), "{}", self.body);
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        if text("kind").starts_with("backend-") {
            assert_eq!(
                (text("backend.name").as_str(), text("brand.name").as_str()),
                ("staff", "shoes")
            );
            assert_eq!(text("fault"), "backend");
            assert!(self.body.contains("/login?brand_id=1"), "a way to start again: {}", self.body);
        }
        (self.status, text("kind"), text("message"))
    }

    /// A parameter of the address that it sends to.
    #[track_caller]
    pub(crate) fn sent(&self, name: &str) -> String {
        let location = self.location.as_ref().unwrap_or_else(|| panic!("{self:?}"));
        parameter(location, name).unwrap_or_else(|| panic!("no {name} in {location}"))
    }
}

pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|it| it.0 == name).map(|it| it.1.into_owned())
}

/// `url` with another value of one parameter.
pub(crate) fn with(url: &Url, name: &str, value: &str) -> String {
    let mut url = url.clone();
    let pairs: Vec<_> = url.query_pairs().into_owned().filter(|it| it.0 != name).collect();
    url.query_pairs_mut().clear().extend_pairs(pairs).append_pair(name, value);
    url.into()
}
