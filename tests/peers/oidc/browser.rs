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
    sets: Vec<String>,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(client: Client, sso: SocketAddr) -> Self {
        Self { client, sso, cookies: Vec::new() }
    }

    /// A copy with the same cookies, which the balancer sends to another instance.
    pub(crate) fn at(&self, other: &Self) -> Self {
        Self { sso: other.sso, ..self.clone() }
    }

    /// Presses "Sign in" at a Help Center, for a sign-in at the provider.
    pub(crate) async fn login(&mut self, query: &str) -> Answer {
        let answer = self.get(&format!("{SSO}/login?{query}")).await;
        for cookie in answer.sets.iter().filter(|it| !it.starts_with("__Host-bg-seen=")) {
            assert!(cookie.ends_with("; SameSite=Lax"), "{cookie}");
        }
        answer
    }

    /// A site keeps a cookie for everything beneath `domain`.
    pub(crate) fn hold(&mut self, domain: &str, name: &str, value: &str) {
        self.keep(&format!(".{domain}"), &format!("{name}={value}"));
    }

    pub(crate) async fn get(&mut self, url: &str) -> Answer {
        self.send(Method::GET, url, None).await
    }

    pub(crate) async fn send(&mut self, method: Method, url: &str, form: Option<String>) -> Answer {
        self.exchange(method, url, form, None).await
    }

    /// Lets a page of `site` post a form.
    pub(crate) async fn post(&mut self, url: &str, site: &str, fields: &[(&str, &str)]) -> Answer {
        self.exchange(Method::POST, url, Some(written(fields)), Some(site)).await
    }

    async fn exchange(
        &mut self,
        method: Method,
        url: &str,
        form: Option<String>,
        site: Option<&str>,
    ) -> Answer {
        let url = Url::parse(url).unwrap();
        let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
        let mut wire = url.clone();
        // The service has made-up names, without a port; peers are where theirs say.
        if !authority.contains(':') {
            wire.set_scheme("http").unwrap();
            wire.set_ip_host(self.sso.ip()).unwrap();
            wire.set_port(Some(self.sso.port())).unwrap();
        }
        let mut request = self.client.request(method, wire).header(header::HOST, authority);
        let sent = self
            .cookies
            .iter()
            .filter(|it| goes_to(&it.0, authority) && url.path().starts_with(&it.1));
        let sent: Vec<_> = sent.map(|it| format!("{}={}", it.2, it.3)).collect();
        if !sent.is_empty() {
            request = request.header(header::COOKIE, sent.join("; "));
        }
        request = request.header("sec-fetch-dest", "document");
        match site {
            Some(site) => request = request.header(header::ORIGIN, site),
            // The chain of redirects began at Zendesk.
            None => request = request.header(header::REFERER, "https://acme.zendesk.com/"),
        }
        if let Some(form) = form {
            let kind = "application/x-www-form-urlencoded";
            request = request.header(header::CONTENT_TYPE, kind).body(form);
        }
        let response = request.send().await.unwrap();
        let sets = response.headers().get_all(header::SET_COOKIE).into_iter();
        let sets: Vec<_> = sets.map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
        for cookie in &sets {
            self.keep(authority, cookie);
        }
        let location = response.headers().get(header::LOCATION);
        let location = location.map(|it| url.join(it.to_str().unwrap()).unwrap());
        let status = response.status().as_u16();
        Answer { status, location, sets, body: response.text().await.unwrap(), url }
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

    /// Signs in with the form of a provider's page.
    async fn submit(&mut self, page: &Answer, person: &str) -> Answer {
        self.fill(page, &[("login", person), ("password", "any")]).await
    }

    /// Fills in these fields of the form on `page` and sends it.
    pub(crate) async fn fill(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let find = |pattern: &str, text: &str| {
            let found = Regex::new(pattern).unwrap().captures(text)?;
            Some(found[1].to_owned())
        };
        let form = find(r"(?s)(<form.*?</form>)", &page.body);
        let form = form.unwrap_or_else(|| panic!("{} {}: {}", page.url, page.status, page.body));
        let action = find(r#"action="([^"]*)""#, &form).unwrap_or_default().replace("&amp;", "&");
        let mut body = Vec::new();
        for input in Regex::new("<(?:input|button)[^>]*>").unwrap().find_iter(&form) {
            let Some(name) = find(r#"name="([^"]*)""#, input.as_str()) else { continue };
            let own = find(r#"value="([^"]*)""#, input.as_str()).unwrap_or_default();
            let typed = fields.iter().find(|it| it.0 == name);
            body.push((name, typed.map_or(own, |it| it.1.to_owned())));
        }
        // The page of a logout submits by the value of a button that stands outside the form.
        if action.ends_with("/session/end/confirm") {
            body.push(("logout".to_owned(), "yes".to_owned()));
        }
        let action = page.url.join(&action).unwrap();
        let site = page.url.origin().ascii_serialization();
        let body: Vec<_> = body.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        self.post(action.as_str(), &site, &body).await
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
        let jwt = self.field("jwt");
        let claims = jwt.split('.').nth(1).unwrap();
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        (serde_json::from_slice(&claims).unwrap(), self.field("return_to"))
    }

    /// A hidden field of the page's form.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        let before = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&before).map(|it| it.1);
        let rest = rest.unwrap_or_else(|| panic!("no {name}: {} {}", self.status, self.body));
        rest.split('"').next().unwrap().replace("&#38;", "&")
    }

    /// Where it sends to.
    #[track_caller]
    pub(crate) fn to(&self) -> &str {
        self.location.as_ref().unwrap_or_else(|| panic!("{self:?}")).as_str()
    }

    /// Status and kind of a refusal, and its log line's reason; the page tells nothing else.
    #[track_caller]
    pub(crate) fn refused(&self) -> (u16, String, String) {
        let line = self.line();
        assert_eq!(line["status"], self.status, "{line}");
        assert!(!self.body.contains("leaked") && !self.body.contains("eyJ"), "{}", self.body);
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        if text("kind").starts_with("backend-") {
            assert_eq!(
                (text("backend.name").as_str(), text("brand.name").as_str()),
                ("staff", "shoes")
            );
            let fault = if text("level") == "ERROR" { "us" } else { "backend" };
            assert_eq!(text("fault"), fault);
            assert!(self.body.contains("/login?brand_id=1"), "a way to start again: {}", self.body);
        }
        (self.status, text("kind"), text("message"))
    }

    /// The log line of its page.
    #[track_caller]
    pub(crate) fn line(&self) -> Value {
        let trace = self.body.split_once("<code>").unwrap_or_else(|| panic!("{self:?}")).1;
        log::line(trace.split('<').next().unwrap())
    }

    /// A parameter of the address that it sends to.
    #[track_caller]
    pub(crate) fn sent(&self, name: &str) -> String {
        let location = self.location.as_ref().unwrap_or_else(|| panic!("{self:?}"));
        parameter(location, name).unwrap_or_else(|| panic!("no {name} in {location}"))
    }
}

/// Whether a cookie of this host, or of this domain with a dot before it, goes to `authority`.
fn goes_to(host: &str, authority: &str) -> bool {
    host == authority || (host.starts_with('.') && authority.ends_with(host))
}

/// As the body of a form.
fn written(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
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
