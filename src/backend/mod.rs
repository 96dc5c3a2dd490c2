//! Ways to learn who somebody is.

mod redirect;

pub use self::redirect::{Assertions, Redirect, Target};

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::{Brands, Name, SignIn};

/// What a URL's query value keeps as it is (RFC 3986 §2.3, unreserved).
pub const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One user authentication system.
#[derive(Debug)]
pub struct Backend {
    /// Its key in `brands.yaml`.
    pub name: Name,
    /// How it signs people in.
    pub kind: Kind,
}

/// How a backend signs people in.
#[derive(Debug)]
pub enum Kind {
    /// A login page of its own, which sends people back with an assertion.
    Redirect(Box<Redirect>),
    /// Zendesk's own sign-in page.
    Zendesk,
}

/// What the browser must do next.
#[derive(Debug, Eq, PartialEq)]
pub enum Step {
    /// Visit this address; what it leads to is not ours.
    Leave(String),
    /// Visit this address and come back with an assertion.
    Redirect(String),
}

impl Step {
    /// The address.
    pub fn location(&self) -> &str {
        match self {
            Self::Leave(location) | Self::Redirect(location) => location,
        }
    }

    /// The address, to be sent.
    pub fn into_location(self) -> String {
        match self {
            Self::Leave(location) | Self::Redirect(location) => location,
        }
    }
}

impl Backend {
    /// Starts a sign-in. `query` is what the backend gets to see of the request's own.
    pub fn begin(&self, brands: &Brands, sign_in: &SignIn<'_>, query: &str) -> Step {
        match &self.kind {
            Kind::Redirect(redirect) => {
                let location = redirect.login.location(query);
                match redirect.assertions {
                    Some(_) => Step::Redirect(location),
                    None => Step::Leave(location),
                }
            }
            Kind::Zendesk => {
                let host = brands.zendesk_host(sign_in.brand).origin();
                let return_to = sign_in.destination.absolute();
                let return_to = utf8_percent_encode(&return_to, QUERY_VALUE);
                Step::Leave(format!("{host}/access/normal?return_to={return_to}"))
            }
        }
    }

    /// Where a sign-out goes on to, if this backend has a logout.
    pub fn logout(&self, query: &str) -> Option<String> {
        match &self.kind {
            Kind::Redirect(redirect) => redirect.logout.as_ref().map(|it| it.location(query)),
            Kind::Zendesk => None,
        }
    }

    /// Whether its logout gets the person's e-mail address and external id.
    pub fn wants_personal_data(&self) -> bool {
        match &self.kind {
            Kind::Redirect(redirect) => redirect.logout_personal_data,
            Kind::Zendesk => false,
        }
    }

    /// How its assertions are verified, if it makes any.
    pub fn assertions(&self) -> Option<&Assertions> {
        match &self.kind {
            Kind::Redirect(redirect) => redirect.assertions.as_ref(),
            Kind::Zendesk => None,
        }
    }
}

/// `value` as it stands in a query: spaces as `%20`, never `+`.
pub fn query_value(value: &str) -> Cow<'_, str> {
    utf8_percent_encode(value, QUERY_VALUE).into()
}
