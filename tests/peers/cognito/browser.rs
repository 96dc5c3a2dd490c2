//! Speaks HTTP as a browser would: keeps cookies, says where it comes from, fills in forms.

use std::collections::BTreeMap;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{HeaderMap, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use super::house::{HELP, House};

/// Somebody's browser.
pub(crate) struct Browser {
    client: Client,
    origin: String,
    /// The instance that the balancer sends it to.
    instance: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    address: String,
}

impl Browser {
    pub(crate) fn of(house: &House) -> Self {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let instance = format!("http://{}", house.service.public_address());
        Self { client, origin: house.origin(), instance, cookies: Mutex::default() }
    }

    /// One that comes from `address`, as a trusted proxy in front says.
    pub(crate) fn from(house: &House, address: &'static str) -> Self {
        let forwarded = ("x-forwarded-for".try_into().unwrap(), address.parse().unwrap());
        let client = Client::builder().redirect(Policy::none()).no_proxy();
        let client = client.default_headers([forwarded].into_iter().collect()).build().unwrap();
        Self { client, ..Self::of(house) }
    }

    /// A copy with the same cookies, which the balancer sends to another instance.
    pub(crate) fn at(&self, house: &House) -> Self {
        let cookies = Mutex::new(self.cookies.lock().unwrap().clone());
        Self { cookies, ..Self::of(house) }
    }

    fn request(&self, method: Method, address: &str) -> RequestBuilder {
        self.client.request(method, address.replacen(&self.origin, &self.instance, 1))
    }

    /// Begins at the remote login URL and follows to the form.
    pub(crate) async fn begin(&self) -> Seen {
        let sent = self.start().await;
        self.visit(&sent.header("location")).await
    }

    /// Begins at the remote login URL.
    pub(crate) async fn start(&self) -> Seen {
        let return_to = percent(HELP);
        let login = format!("{}/login?brand_id=7&return_to={return_to}", self.origin);
        let sent = self.visit(&login).await;
        assert_eq!(sent.status, 302, "{}", sent.body);
        sent
    }

    /// Opens an address.
    pub(crate) async fn visit(&self, address: &str) -> Seen {
        let request = self.request(Method::GET, address).header("sec-fetch-dest", "document");
        self.send(request, address).await
    }

    /// Follows a link on a page of `site`.
    pub(crate) async fn follow(&self, address: &str, site: &str) -> Seen {
        let request = self.request(Method::GET, address).header("sec-fetch-dest", "document");
        let request = request.header("sec-fetch-site", "cross-site");
        self.send(request.header("referer", format!("{site}/")), address).await
    }

    /// Follows the address that a script of `site` got: the page there posts what stands behind `#`.
    pub(crate) async fn go_on(&self, address: &str, site: &str) -> Seen {
        let (page, ticket) = address.split_once('#').unwrap();
        let page = self.follow(page, site).await;
        assert_eq!((page.status, page.title().as_str()), (200, "Signing you in…"));
        let mut fields = page.hidden();
        fields.iter_mut().filter(|it| it.0 == "ticket").for_each(|it| ticket.clone_into(&mut it.1));
        self.post(&format!("{}/hand-off", self.origin), &fields, Some(&self.origin)).await
    }

    /// Fills in the form on `page` and sends it.
    pub(crate) async fn submit(&self, page: &Seen, fields: &[(&str, &str)]) -> Seen {
        let origin = self.origin.clone();
        self.submit_from(page, fields, Some(&origin)).await
    }

    /// Sends the form on `page` as if a page of `origin` did.
    pub(crate) async fn submit_from(
        &self,
        page: &Seen,
        fields: &[(&str, &str)],
        origin: Option<&str>,
    ) -> Seen {
        let mut all = page.hidden();
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let action = page.body.split_once(" method=\"post\" action=\"");
        let action = action.unwrap_or_else(|| panic!("no form: {}", page.body)).1;
        let address = format!("{}{}", self.origin, action.split('"').next().unwrap());
        self.post(&address, &all, origin).await
    }

    /// Posts a form from a page of `origin`.
    pub(crate) async fn post(
        &self,
        address: &str,
        fields: &[(String, String)],
        origin: Option<&str>,
    ) -> Seen {
        let mut request = self.request(Method::POST, address).form(fields);
        request = request.header("sec-fetch-dest", "document");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        self.send(request, address).await
    }

    /// What a script on a page of `origin` sends: no cookie of ours goes with it.
    pub(crate) async fn script(
        &self,
        method: Method,
        address: &str,
        origin: &str,
        body: Option<&Value>,
    ) -> Seen {
        let mut request = self.request(method, address).header("origin", origin);
        request = request.header("sec-fetch-dest", "empty").header("sec-fetch-mode", "cors");
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.header("accept", "application/json").send().await.unwrap();
        Seen::of(answer, address).await
    }

    async fn send(&self, request: RequestBuilder, address: &str) -> Seen {
        let cookies: Vec<String> = {
            let cookies = self.cookies.lock().unwrap();
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        let seen = Seen::of(answer, address).await;
        let mut cookies = self.cookies.lock().unwrap();
        for cookie in seen.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        seen
    }
}

impl Seen {
    async fn of(answer: reqwest::Response, address: &str) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, body: answer.text().await.unwrap(), address: address.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
    }

    /// The headline.
    pub(crate) fn title(&self) -> String {
        let title = self.body.split_once("<h1>").map(|(_, rest)| rest.split("</h1>").next());
        title.unwrap_or_else(|| panic!("{} no page: {}", self.address, self.body)).unwrap().into()
    }

    /// The code that the log line carries too.
    pub(crate) fn trace(&self) -> String {
        let code = self.body.split_once("<code>").unwrap_or_else(|| panic!("{}", self.body)).1;
        code.split('<').next().unwrap().to_owned()
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

    /// What Zendesk is told, if this is the hand-off, and where the person goes then.
    pub(crate) fn handed_off(&self) -> (Value, String) {
        assert_eq!(self.status, 200, "{}: {}", self.address, self.body);
        let hidden = self.hidden();
        let value = |name: &str| {
            let found = hidden.iter().find(|(known, _)| known == name);
            found.unwrap_or_else(|| panic!("no {name}: {}", self.body)).1.clone()
        };
        assert!(self.body.contains("action=\"https://acme.zendesk.com/access/jwt\""));
        let jwt = value("jwt");
        let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
        (serde_json::from_slice(&payload).unwrap(), value("return_to"))
    }
}

/// `text` as it stands in a query.
pub(crate) fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
