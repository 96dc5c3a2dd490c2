//! How a page of a brand's own shows for whom it wants a widget token.

use super::{Assertions, Backend, BackendType, SessionToken};

/// What a backend gives its pages, by which we know who somebody is without a visit to us.
#[derive(Clone, Copy, Debug)]
pub enum ProofOfLogin<'a> {
    /// An assertion for the very address that mints the token.
    Assertion(&'a Assertions),
    /// The login token in a cookie, which browsers bring along beneath its domain.
    Session(&'a SessionToken),
}

impl ProofOfLogin<'_> {
    /// Origins of the backend's own pages.
    pub fn origins(&self) -> &[String] {
        match self {
            Self::Assertion(assertions) => &assertions.origins,
            Self::Session(session) => &session.origins,
        }
    }
}

impl Backend {
    /// How its pages show who somebody is, if they can.
    pub fn proof_of_login(&self) -> Option<ProofOfLogin<'_>> {
        match &self.kind {
            BackendType::Redirect(redirect) => {
                redirect.assertions.as_deref().map(ProofOfLogin::Assertion)
            }
            BackendType::SessionToken(session) => Some(ProofOfLogin::Session(session)),
            BackendType::Cognito(_) | BackendType::Oidc(_) | BackendType::Zendesk => None,
        }
    }
}
