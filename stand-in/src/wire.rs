//! Reads requests and writes answers; the little HTTP that the demo needs.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HOST, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use askama::Template;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use url::form_urlencoded;

const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// One request as the demo's sites see it.
pub(super) struct Incoming<'a> {
    request: &'a HttpRequest,
    body: &'a [u8],
    /// The `Host` without its port.
    pub(super) host: &'a str,
}

impl<'a> Incoming<'a> {
    /// Refuses a `Host` with any other port: nothing of ours is there.
    pub(super) fn new(request: &'a HttpRequest, body: &'a [u8], port: u16) -> Option<Self> {
        let host = request.headers().get(HOST)?.to_str().ok()?;
        let (host, written_port) = host.split_once(':')?;
        (written_port == port.to_string()).then_some(Self { request, body, host })
    }

    pub(super) fn path(&self) -> &'a str {
        self.request.uri().path()
    }

    pub(super) fn raw_query(&self) -> &'a str {
        self.request.uri().query().unwrap_or_default()
    }

    /// Path and query, byte for byte.
    pub(super) fn target(&self) -> &'a str {
        self.request.uri().path_and_query().map_or("/", |target| target.as_str())
    }

    pub(super) fn is_post(&self) -> bool {
        *self.request.method() == Method::POST
    }

    pub(super) fn query(&self, name: &str) -> Option<String> {
        value(self.raw_query().as_bytes(), name)
    }

    /// The body as it came.
    pub(super) fn body(&self) -> &'a [u8] {
        self.body
    }

    /// What is asked for, by either method: the form or the query, as it came.
    pub(super) fn asked(&self) -> &'a [u8] {
        if self.is_post() { self.body } else { self.raw_query().as_bytes() }
    }

    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    /// From the form if it is there, else from the query: scripts use both.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        value(self.body, name).or_else(|| self.query(name))
    }

    pub(super) fn cookie(&self, name: &str) -> Option<&'a str> {
        let lines = self.request.headers().get_all("cookie");
        let pairs = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split("; "));
        pairs.filter_map(|pair| pair.split_once('=')).find(|pair| pair.0 == name).map(|pair| pair.1)
    }
}

fn value(encoded: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(encoded).find(|pair| pair.0 == name).map(|pair| pair.1.into_owned())
}

/// Encodes all that could be read as something else than part of one value.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// An answer with a page.
pub(super) fn page(status: StatusCode, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(text) => HttpResponse::build(status)
            .insert_header((CACHE_CONTROL, "no-store"))
            .content_type("text/html; charset=utf-8")
            .body(text),
        Err(_) => HttpResponse::InternalServerError().body("This page could not be made."),
    }
}

/// A redirect with the body that Zendesk's own redirects have.
pub(super) fn redirect(location: &str) -> HttpResponse {
    let Ok(header) = HeaderValue::from_bytes(location.as_bytes()) else {
        return HttpResponse::BadRequest().body("This address cannot be redirected to.");
    };
    let href = location.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    HttpResponse::Found()
        .insert_header((LOCATION, header))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/html; charset=utf-8")
        .body(format!("<html><body>You are being <a href=\"{href}\">redirected</a>.</body></html>"))
}

/// An answer for programs.
pub(super) fn json(status: StatusCode, value: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("application/json")
        .body(value.to_string())
}

/// The same answer, with one more header.
pub(super) fn with_header(
    mut answer: HttpResponse,
    name: &'static str,
    value: &'static str,
) -> HttpResponse {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let Ok(name) = name {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// The same answer, with a session cookie of its host.
pub(super) fn with_cookie(answer: HttpResponse, name: &str, value: &str) -> HttpResponse {
    set_cookie(answer, &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax"))
}

/// The same answer, with that cookie taken away.
pub(super) fn without_cookie(answer: HttpResponse, name: &str) -> HttpResponse {
    set_cookie(answer, &format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
}

/// The same answer, with a cookie as a site sets it for all the hosts beneath its own.
pub(super) fn with_shared_cookie(
    answer: HttpResponse,
    (name, value): (&str, &str),
    domain: &str,
    seconds: u64,
) -> HttpResponse {
    let attributes = "Path=/; Secure; HttpOnly; SameSite=Lax";
    set_cookie(answer, &format!("{name}={value}; Domain={domain}; {attributes}; Max-Age={seconds}"))
}

fn set_cookie(mut answer: HttpResponse, text: &str) -> HttpResponse {
    if let Ok(header) = HeaderValue::from_str(text) {
        answer.headers_mut().append(SET_COOKIE, header);
    }
    answer
}
