//! Somebody who signs in with a password: at our form, or at a company's page.

use serde_json::Value;

use super::house::{HELP, House};
use crate::support::answer::Answer;
use crate::support::app::{SSO, encoded};
use crate::support::browser::{Browser, Request};

/// Somebody's browser.
#[derive(Clone)]
pub(crate) struct Visitor {
    browser: Browser,
    /// Where it is, as a trusted proxy in front says.
    address: Option<&'static str>,
}

impl Visitor {
    pub(crate) fn of(house: &House) -> Self {
        Self { browser: house.new_browser(), address: None }
    }

    /// One that comes from `address`.
    pub(crate) fn from(house: &House, address: &'static str) -> Self {
        Self { address: Some(address), ..Self::of(house) }
    }

    /// A copy with the same cookies, which the balancer sends to another instance.
    pub(crate) fn at(&self, house: &House) -> Self {
        Self { browser: self.browser.at(&house.new_browser()), address: self.address }
    }

    fn send(&mut self, mut request: Request) -> Answer {
        if let Some(address) = self.address {
            request = request.with("x-forwarded-for", address);
        }
        self.browser.send(&request)
    }

    /// Begins at the remote login URL and follows to the form.
    pub(crate) fn begin(&mut self) -> Answer {
        let sent = self.start();
        self.visit(sent.location())
    }

    /// Begins at the remote login URL.
    pub(crate) fn start(&mut self) -> Answer {
        let sent = self.visit(&format!("{SSO}/login?brand_id=7&return_to={}", encoded(HELP)));
        assert_eq!(sent.status, 302, "{}", sent.body);
        sent
    }

    /// Opens an address, from Zendesk on.
    pub(crate) fn visit(&mut self, address: &str) -> Answer {
        self.follow(address, "https://acme.zendesk.com")
    }

    /// Follows a link on a page of `site`.
    pub(crate) fn follow(&mut self, address: &str, site: &str) -> Answer {
        self.send(Request::get(address).from(site))
    }

    /// Follows the address that a script of `site` got: the page there posts what stands behind `#`.
    pub(crate) fn go_on(&mut self, address: &str, site: &str) -> Answer {
        let (page, ticket) = address.split_once('#').unwrap();
        let page = self.follow(page, site);
        assert_eq!((page.status, page.headline()), (200, "Signing you in…"));
        let mut fields = page.hidden();
        fields.iter_mut().filter(|it| it.0 == "ticket").for_each(|it| ticket.clone_into(&mut it.1));
        self.send(Request::post(&format!("{SSO}/hand-off"), &form(&fields)).from(SSO))
    }

    /// Fills in the form on `page` and sends it.
    pub(crate) fn submit(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        self.send(filled(page, fields).from(SSO))
    }

    /// Sends the form on `page` as if a page of `origin` did, with all cookies.
    pub(crate) fn submit_from(
        &mut self,
        page: &Answer,
        fields: &[(&str, &str)],
        origin: Option<&str>,
    ) -> Answer {
        self.send(of(origin, filled(page, fields)))
    }

    /// Posts a form from a page of `origin`, with all cookies.
    pub(crate) fn post(
        &mut self,
        address: &str,
        fields: &[(String, String)],
        origin: Option<&str>,
    ) -> Answer {
        self.send(of(origin, Request::post(address, &form(fields))))
    }
}

/// A request of which no more is said than whose page sends it.
fn of(origin: Option<&str>, request: Request) -> Request {
    let request = request.without("sec-fetch-site").without("sec-fetch-mode");
    match origin {
        Some(origin) => request.with("origin", origin),
        None => request,
    }
}

/// What is sent by the form on `page`.
fn filled(page: &Answer, fields: &[(&str, &str)]) -> Request {
    let mut all = page.hidden();
    all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let action = page.body.split_once(" method=\"post\" action=\"");
    let action = action.unwrap_or_else(|| panic!("no form: {}", page.body)).1;
    Request::post(&format!("{SSO}{}", action.split('"').next().unwrap()), &form(&all))
}

fn form(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Answer {
    /// The first of these headers, or nothing.
    pub(crate) fn said(&self, name: &str) -> &str {
        self.headers(name).first().copied().unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn headline(&self) -> &str {
        let title = self.body.split_once("<h1>").and_then(|(_, rest)| rest.split_once("</h1>"));
        title.unwrap_or_else(|| panic!("{} no page: {}", self.url, self.body)).0
    }

    /// What the problem on a form says.
    pub(crate) fn problem(&self) -> String {
        let text = self.body.split_once("role=\"alert\">\n<p>");
        text.map_or("", |(_, rest)| rest.split('<').next().unwrap()).to_owned()
    }

    /// The names and values of the hidden fields.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let inputs = self.body.split("<input type=\"hidden\" name=\"").skip(1);
        inputs
            .map(|rest| {
                let (name, rest) = rest.split_once("\" value=\"").unwrap();
                (name.to_owned(), rest.split('"').next().unwrap().replace("&#38;", "&"))
            })
            .collect()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }
}
