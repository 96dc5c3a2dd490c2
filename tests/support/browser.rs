//! A browser as far as a sign-in needs one: what it sends by itself, and its cookies.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use brandgate::clock::Clock;

use super::answer::Answer;
use super::jar::{Context, Jar};

/// One request; its address and body go over the wire as they are.
#[derive(Clone)]
pub(crate) struct Request {
    method: String,
    url: String,
    page: Option<String>,
    headers: Vec<(String, Option<String>)>,
    body: Option<String>,
}

impl Request {
    pub(crate) fn new(method: &str, url: &str) -> Self {
        let (method, url) = (method.to_owned(), url.to_owned());
        Self { method, url, page: None, headers: Vec::new(), body: None }
    }

    pub(crate) fn get(url: &str) -> Self {
        Self::new("GET", url)
    }

    /// A form POST.
    pub(crate) fn post(url: &str, body: &str) -> Self {
        let request = Self { body: Some(body.to_owned()), ..Self::new("POST", url) };
        request.with("content-type", "application/x-www-form-urlencoded")
    }

    /// With a body of any type.
    pub(crate) fn with_body(self, body: &str) -> Self {
        Self { body: Some(body.to_owned()), ..self }
    }

    /// Where an answer to this redirects to: the page on which it began stays the sender.
    pub(crate) fn redirected(&self, url: &str) -> Self {
        Self { page: self.page.clone(), ..Self::get(url) }
    }

    /// Sent by a page of this origin.
    pub(crate) fn from(self, page: &str) -> Self {
        Self { page: Some(page.to_owned()), ..self }
    }

    /// With a header, in place of what the browser itself would say.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), Some(value.to_owned())));
        self
    }

    /// With a Bearer token.
    pub(crate) fn bearing(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    /// Without a header that the browser would send.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.push((name.to_owned(), None));
        self
    }

    fn split(&self) -> (&str, &str) {
        let (_, rest) = self.url.split_once("://").unwrap();
        rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
    }

    fn context(&self, host: &str) -> Context {
        let is_same = self.page.as_deref().is_none_or(|page| site(host_of(page)) == site(host));
        match self.method.as_str() {
            _ if is_same => Context::SameSite,
            "POST" => Context::CrossSitePost,
            _ => Context::CrossSiteGet,
        }
    }

    /// What goes over the wire.
    fn written(&self, by: Vec<(&str, String)>) -> Vec<u8> {
        let (authority, target) = self.split();
        let mut text = format!("{} {target} HTTP/1.1\r\nconnection: close\r\n", self.method);
        let own = [("host", authority.to_owned())].into_iter().chain(by);
        let is_said = |name: &str| self.headers.iter().any(|it| it.0 == name);
        for (name, value) in own.filter(|it| !is_said(it.0)) {
            text.extend([name, ": ", &value, "\r\n"]);
        }
        for (name, value) in self.headers.iter().filter_map(|it| Some((&it.0, it.1.as_ref()?))) {
            text.extend([name, ": ", value, "\r\n"]);
        }
        if let Some(body) = self.body.as_ref().filter(|_| !is_said("content-length")) {
            text.extend(["content-length: ", &body.len().to_string(), "\r\n"]);
        }
        text += "\r\n";
        text += self.body.as_deref().unwrap_or_default();
        text.into_bytes()
    }
}

/// Sends bytes, and reads until the other side is done.
pub(crate) fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    // A server may stop reading what is too long, and answer all the same.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut chunk = [0; 16 * 1024];
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        answer.extend_from_slice(&chunk[..count]);
    }
    answer
}

/// A program without cookies, which says nothing of itself.
pub(crate) fn program(address: SocketAddr, request: &Request) -> Answer {
    Answer::parse(&exchange(address, &request.written(Vec::new())))
}

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    clock: Clock,
    /// Where a name without a port leads; one with a port is on this machine.
    pub(crate) server: Option<SocketAddr>,
    pub(crate) jar: Jar,
}

impl Browser {
    pub(crate) fn new(clock: Clock, server: Option<SocketAddr>) -> Self {
        Self { clock, server, jar: Jar::default() }
    }

    /// A site keeps a cookie for everything beneath `domain`.
    pub(crate) fn hold(&mut self, domain: &str, name: &str, value: &str) {
        self.jar.take(domain, &format!("{name}={value}; Domain={domain}"), &self.clock);
    }

    /// Opens a page of its own, with all that Chromium says.
    pub(crate) fn send(&mut self, request: &Request) -> Answer {
        let (authority, target) = request.split();
        let host = authority.split(':').next().unwrap().to_owned();
        let context = request.context(&host);
        let site = match (&request.page, context) {
            (None, _) => "none",
            (Some(page), _) if host_of(page) == host => "same-origin",
            (Some(_), Context::SameSite) => "same-site",
            (Some(_), _) => "cross-site",
        };
        let mut own = vec![
            ("sec-fetch-site", site.to_owned()),
            ("sec-fetch-mode", "navigate".to_owned()),
            ("sec-fetch-dest", "document".to_owned()),
        ];
        if let Some(page) = &request.page {
            own.push(("referer", format!("{page}/")));
            own.extend((request.method == "POST").then(|| ("origin", page.clone())));
        }
        let cookies = self.jar.header((&host, target), context, &self.clock);
        own.extend(cookies.map(|cookies| ("cookie", cookies)));
        let here = |port: &str| SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap()));
        let address = authority.split_once(':').map(|(_, port)| here(port)).or(self.server);
        let mut answer = Answer::parse(&exchange(address.unwrap(), &request.written(own)));
        answer.url.clone_from(&request.url);
        for cookie in answer.headers("set-cookie") {
            self.jar.take(&host, cookie, &self.clock);
        }
        answer
    }
}

fn host_of(origin: &str) -> &str {
    let authority = origin.split_once("://").unwrap().1;
    authority.split([':', '/']).next().unwrap()
}

/// What browsers call one site: the last two labels, as far as these tests go.
fn site(host: &str) -> String {
    let labels: Vec<_> = host.rsplit('.').take(2).collect();
    labels.join(".")
}
