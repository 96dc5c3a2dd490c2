//! What somebody does who signs in elsewhere: follows redirects, fills in forms, and comes back.

use regex::Regex;
use reqwest::Url;
use serde_json::Value;

use crate::support::answer::Answer;
use crate::support::app::SSO;
use crate::support::browser::{Browser, Request};
use crate::support::{assertion, log};

/// Where every chain of redirects begins.
const ACCOUNT: &str = "https://acme.zendesk.com";

impl Browser {
    /// A copy with the same cookies, which the balancer sends where it sends `other`.
    pub(crate) fn at(&self, other: &Self) -> Self {
        let mut there = other.clone();
        there.jar = self.jar.clone();
        there
    }

    /// Presses "Sign in" at a Help Center, for a sign-in at the provider.
    pub(crate) fn login(&mut self, query: &str) -> Answer {
        let answer = self.get(&format!("{SSO}/login?{query}"));
        for cookie in answer.flows() {
            assert!(cookie.ends_with("; SameSite=Lax"), "{cookie}");
        }
        answer
    }

    pub(crate) fn get(&mut self, url: &str) -> Answer {
        let url = url.split('#').next().unwrap();
        self.send(&Request::get(url).from(ACCOUNT))
    }

    /// Lets a page of `site` post a form.
    pub(crate) fn post(&mut self, url: &str, site: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        self.send(&Request::post(url, &form.extend_pairs(fields).finish()).from(site))
    }

    /// Goes wherever it is sent, signing in as `person` where the provider asks, until it comes to an
    /// address that begins with `end`; does not open that.
    pub(crate) fn until(&mut self, mut answer: Answer, end: &str, person: &str) -> Url {
        for _ in 0..20 {
            if answer.header("location").is_some() {
                let location = answer.to();
                if location.starts_with(end) {
                    return location.parse().unwrap();
                }
                answer = self.get(&location);
            } else {
                // A provider's page, whose test accounts have any password.
                answer = self.fill(&answer, &[("login", person), ("password", "any")]);
            }
        }
        panic!("never came to {end}");
    }

    /// Fills in these fields of the form on `page` and sends it.
    pub(crate) fn fill(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
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
        let page = Url::parse(&page.url).unwrap();
        let action = page.join(&action).unwrap();
        let body: Vec<_> = body.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        self.post(action.as_str(), &page.origin().ascii_serialization(), &body)
    }

    /// Signs in up to the address that the provider sends back to.
    pub(crate) fn return_from(&mut self, query: &str, person: &str) -> Url {
        let begun = self.login(query);
        assert_eq!(begun.status, 302, "{}", begun.body);
        self.until(begun, SSO, person)
    }
}

impl Answer {
    /// Claims of the Zendesk JWT, and where Zendesk is to send the person.
    #[track_caller]
    pub(crate) fn handed_off(&self) -> (Value, String) {
        let hand_off = self.hand_off();
        assert_eq!(hand_off.action, "https://acme.zendesk.com/access/jwt");
        (assertion::read_by_zendesk(&hand_off.jwt).1, hand_off.return_to)
    }

    /// Where it sends to.
    #[track_caller]
    pub(crate) fn to(&self) -> String {
        let location = self.header("location").unwrap_or_else(|| panic!("{self:?}"));
        Url::parse(&self.url).unwrap().join(location).unwrap().into()
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
        log::line(&self.trace())
    }

    /// A parameter of the address that it sends to.
    #[track_caller]
    pub(crate) fn sent(&self, name: &str) -> String {
        let location = self.to().parse().unwrap();
        parameter(&location, name).unwrap_or_else(|| panic!("no {name} in {location}"))
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
