//! Which page asks, and whether it may read the answer (Fetch, "CORS protocol").

use actix_web::HttpResponse;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, HeaderMap,
    HeaderValue, VARY,
};

/// Who asks, as far as the browser says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::web) enum Caller {
    /// A page of the brand's own.
    Own(HeaderValue),
    /// Any other page, or one that the browser does not name.
    Stranger,
    /// A program: it sends no `Origin`.
    Program,
}

impl Caller {
    /// What the request's `Origin` says, of which `is_own` says whether it is the brand's.
    pub(in crate::web) fn of(headers: &HeaderMap, is_own: impl FnOnce(&str) -> bool) -> Self {
        let mut origins = headers.get_all("origin");
        match (origins.next(), origins.next()) {
            (Some(origin), None) => {
                let text = origin.to_str().unwrap_or_default();
                // `null` is what every sandbox and every file says of itself.
                if is_own(text) { Self::Own(origin.clone()) } else { Self::Stranger }
            }
            // Two values are nobody's word.
            (Some(_), Some(_)) => Self::Stranger,
            // A page's script always says its origin, unless the page is ours, and we have none.
            (None, _) if headers.contains_key("sec-fetch-site") => Self::Stranger,
            (None, _) => Self::Program,
        }
    }

    /// Whether it is to get nothing.
    pub(in crate::web) fn is_stranger(&self) -> bool {
        *self == Self::Stranger
    }

    /// Lets a page of the brand's own read `response`, whatever it says.
    pub(in crate::web) fn allow(&self, mut response: HttpResponse) -> HttpResponse {
        let headers = response.headers_mut();
        headers.insert(VARY, HeaderValue::from_static("Origin"));
        if let Self::Own(origin) = self {
            let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
            set(ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            set(ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
            set(ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
            set(ACCESS_CONTROL_MAX_AGE, "600");
            set(ACCESS_CONTROL_EXPOSE_HEADERS, "Brandgate-Trace");
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        response
    }
}

/// What a browser asks before a script of another origin may send JSON.
pub(in crate::web) fn may_post_json(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

/// Lets the page of `origin` read the answer. Cookies have no part in it: a script has no flow.
pub(in crate::web) fn shared_with(origin: &str, mut response: HttpResponse) -> HttpResponse {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

pub(in crate::web) fn varied(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().append(VARY, HeaderValue::from_static("Origin"));
    response
}
