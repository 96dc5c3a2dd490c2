//! What is refused before anything of a request is read: other methods, and guesses of a browser.

use actix_web::dev::RequestHead;

use crate::web::request::error::RequestError;
use crate::web::request::headers;

/// What an address takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Takes {
    /// As `Allow` has them; nothing where any will do.
    methods: &'static str,
    /// Whether a browser may fetch it ahead of a click.
    is_shown_ahead: bool,
    /// Whether it lies at every one of our own origins; where it names a backend, at that backend's.
    is_at_every_origin: bool,
}

impl Takes {
    const fn new(methods: &'static str, is_shown_ahead: bool) -> Self {
        Self { methods, is_shown_ahead, is_at_every_origin: false }
    }

    /// Shows something, and changes nothing.
    pub(in crate::web) const PAGE: Self = Self::new("GET, HEAD", true);

    /// Begins or ends something: not by a guess.
    pub(in crate::web) const STEP: Self = Self::new("GET, HEAD", false);

    /// Uses something up. A HEAD would show nothing for it.
    pub(in crate::web) const VISIT: Self = Self::new("GET", false);

    /// The same; old scripts redirect, others post.
    pub(in crate::web) const ASSERTION: Self = Self::new("GET, POST", false);

    /// Shows a form of ours, and takes it.
    pub(in crate::web) const FORM: Self = Self::new("GET, HEAD, POST", true);

    /// Takes the form of a page of ours.
    pub(in crate::web) const ANSWER: Self = Self::new("POST", true);

    /// Takes what a company's own form page posts; a browser asks before its script may.
    pub(in crate::web) const FORM_PAGE: Self = Self::new("OPTIONS, POST", true);

    /// Gives a page's script a token; a browser asks before the script may ask.
    pub(in crate::web) const WIDGET: Self = Self::new("GET, POST, OPTIONS", false);

    /// Whatever comes: the handler looks for itself, also at how much.
    pub(in crate::web) const ANYTHING: Self = Self::new("", true);

    /// The same at every one of our own origins, and not at `public_url` alone.
    pub(in crate::web) const fn at_every_origin(self) -> Self {
        Self { is_at_every_origin: true, ..self }
    }

    /// Whether it lies at every one of them.
    pub(in crate::web) fn is_at_every_origin(self) -> bool {
        self.is_at_every_origin
    }

    /// Whether the handler looks for itself.
    pub(in crate::web) fn is_anything(self) -> bool {
        self.methods.is_empty()
    }

    /// Refuses what the address does not take.
    pub(in crate::web) fn check(self, request: &RequestHead) -> Result<(), RequestError> {
        let method = request.method.as_str();
        let mut methods = self.methods.as_bytes().split(|byte| *byte == b',');
        let is_method = |it: &[u8]| it.trim_ascii_start() == method.as_bytes();
        if !self.methods.is_empty() && !methods.any(is_method) {
            return Err(RequestError::Method(self.methods));
        }
        if !self.is_shown_ahead && headers::is_prefetch(request) {
            return Err(RequestError::Prefetch);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::Method;
    use actix_web::test::TestRequest;

    use super::{RequestError, Takes};

    #[test]
    fn each_address_takes_its_methods_and_no_guesses_where_they_cost_something() {
        // (what, what it takes, the methods of it, whether a guess is shown it)
        let cases = [
            ("a page", Takes::PAGE, &["GET", "HEAD"][..], true),
            ("a step", Takes::STEP, &["GET", "HEAD"], false),
            ("a visit", Takes::VISIT, &["GET"], false),
            ("an assertion", Takes::ASSERTION, &["GET", "POST"], false),
            ("a form", Takes::FORM, &["GET", "HEAD", "POST"], true),
            ("an answer", Takes::ANSWER, &["POST"], true),
            ("a form page", Takes::FORM_PAGE, &["OPTIONS", "POST"], true),
            ("a widget", Takes::WIDGET, &["GET", "POST", "OPTIONS"], false),
        ];
        let all = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "get", "", "GET,"];
        for (what, takes, taken, is_shown_ahead) in cases {
            for name in all {
                let Ok(method) = Method::from_bytes(name.as_bytes()) else { continue };
                let request = TestRequest::default().method(method.clone());
                let refused = takes.check(request.to_http_request().head()).err();
                let is_method = matches!(refused, Some(RequestError::Method(_)));
                assert_eq!(is_method, !taken.contains(&name), "{what}: {name}");
                let guess = TestRequest::default().method(method);
                let guess = guess.insert_header(("sec-purpose", "prefetch")).to_http_request();
                let is_refused = takes.check(guess.head()) == Err(RequestError::Prefetch);
                assert_eq!(is_refused, !is_shown_ahead && !is_method, "{what}: {name}");
            }
            assert!(Takes::ANYTHING.check(TestRequest::put().to_http_request().head()).is_ok());
        }
    }
}
