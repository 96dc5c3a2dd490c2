//! A browser as far as these sign-ins need one.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use regex::Regex;

/// An answer as it came over the wire.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_ascii_lowercase(), value.trim().to_owned())
        });
        Self { status, headers: headers.collect(), body: body.to_owned() }
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|it| it.0 == name).map(|it| it.1.as_str()).collect()
    }

    /// Where it leads, by a redirect or by a page of ours in its place.
    #[track_caller]
    pub(crate) fn location(&self) -> String {
        if let Some((_, rest)) = self.body.split_once("<a id=\"on\" href=\"") {
            return rest.split('"').next().unwrap().replace("&#38;", "&");
        }
        assert_eq!(self.status, 302, "{}", self.body);
        self.headers("location")[0].to_owned()
    }

    /// The flow's cookie that it sets, with its flags.
    pub(crate) fn flow(&self) -> Option<&str> {
        let others = ["__Host-bg-seen=", "__Host-bg-ask=", "__Host-bg-led="];
        let is_flow = |cookie: &&str| !others.iter().any(|other| cookie.starts_with(other));
        self.headers("set-cookie").into_iter().find(is_flow)
    }

    /// The value of the form's hidden field.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        let field = Regex::new(&format!(r#"name="{name}" value="([^"]*)""#)).unwrap();
        let found = field.captures(&self.body).unwrap_or_else(|| panic!("{name} in {}", self.body));
        found[1].replace("&#38;", "&")
    }

    pub(crate) fn links(&self) -> Vec<String> {
        let link = Regex::new(r#"<a [^>]*href="([^"]*)""#).unwrap();
        link.captures_iter(&self.body).map(|found| found[1].replace("&#38;", "&")).collect()
    }

    #[track_caller]
    pub(crate) fn trace(&self) -> String {
        let code = Regex::new("<code>([0-9A-HJKMNP-TV-Z]{8})</code>").unwrap();
        let found = code.captures(&self.body).unwrap_or_else(|| panic!("no code: {self:?}"));
        found[1].to_owned()
    }

    pub(crate) fn is_hand_off(&self) -> bool {
        self.status == 200 && self.body.contains(r#"<form id="hand-off""#)
    }

    /// What holds of every answer.
    #[track_caller]
    fn assert_lawful(&self) {
        assert_eq!(self.headers("cache-control"), ["no-store"], "{self:?}");
        assert_eq!(self.headers("referrer-policy"), ["strict-origin"], "{self:?}");
        assert!(matches!(self.status, 200 | 302 | 400..=499 | 503), "{self:?}");
        for cookie in self.headers("set-cookie") {
            assert!(cookie.starts_with("__Host-bg-"), "{cookie}");
            assert!(cookie.contains("; Path=/; Max-Age="), "{cookie}");
            assert!(cookie.contains("; Secure; HttpOnly; SameSite="), "{cookie}");
        }
    }
}

/// One request.
pub(crate) struct Request<'a> {
    pub(crate) url: &'a str,
    /// Whose page it comes from; `None`: a page that hides itself.
    pub(crate) from: Option<&'a str>,
    pub(crate) form: Option<String>,
    /// Beyond those that it says by itself; `x-method` alone stands for another method.
    pub(crate) headers: &'a [(&'a str, &'a str)],
}

/// Everything that one person's browser keeps.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) server: SocketAddr,
    /// Host, or domain with a dot before it, and the pair.
    cookies: Vec<(String, String, String)>,
}

impl Browser {
    pub(crate) fn new(server: SocketAddr) -> Self {
        Self { server, cookies: Vec::new() }
    }

    /// A site keeps a cookie for everything beneath `domain`.
    pub(crate) fn keep(&mut self, domain: &str, name: &str, value: &str) {
        self.take(format!(".{domain}"), name, value);
    }

    /// Sends it, with the cookies that this host gets.
    #[track_caller]
    pub(crate) fn send(&mut self, request: &Request<'_>) -> Answer {
        let (_, rest) = request.url.split_once("://").unwrap();
        let (host, target) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
        let target = target.split('#').next().unwrap();
        let method = match (&request.form, request.headers) {
            (Some(_), _) => "POST",
            (None, [("x-method", method)]) => method,
            (None, _) => "GET",
        };
        let mut lines = vec![format!("{method} {target} HTTP/1.1")];
        let mut say = |name: &str, value: &str| lines.push(format!("{name}: {value}"));
        say("host", host);
        say("connection", "close");
        let own = [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")];
        let is_said = |name: &str| request.headers.iter().any(|it| it.0 == name);
        for (name, value) in own.iter().filter(|it| !is_said(it.0)).chain(request.headers) {
            say(name, value);
        }
        if let Some(from) = request.from {
            say("referer", &format!("{from}/"));
            if request.form.is_some() {
                say("origin", from);
            }
        }
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .filter(|it| it.0 == host || (it.0.starts_with('.') && host.ends_with(&it.0)))
            .map(|it| format!("{}={}", it.1, it.2))
            .collect();
        if !cookies.is_empty() {
            say("cookie", &cookies.join("; "));
        }
        let body = request.form.as_deref().unwrap_or_default();
        if request.form.is_some() {
            say("content-type", "application/x-www-form-urlencoded");
            say("content-length", &body.len().to_string());
        }
        let text = format!("{}\r\n\r\n{body}", lines.join("\r\n"));
        let mut stream = TcpStream::connect(self.server).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let answer = Answer::parse(&bytes);
        answer.assert_lawful();
        for cookie in answer.headers("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.take(host.to_owned(), name, value);
        }
        answer
    }

    fn take(&mut self, domain: String, name: &str, value: &str) {
        self.cookies.retain(|it| it.0 != domain || it.1 != name);
        if !value.is_empty() {
            self.cookies.push((domain, name.to_owned(), value.to_owned()));
        }
    }
}
