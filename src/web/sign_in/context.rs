//! The sign-in that a visit is about.

use crate::backend::Backend;
use crate::domain::Dispatch;
use crate::web::error::{Failure, WebError};

/// Where a sign-in goes, and who says who the person is.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct SignInContext<'a> {
    pub(in crate::web) sign_in: &'a Dispatch<'a>,
    pub(in crate::web) backend: &'a Backend,
}

impl SignInContext<'_> {
    /// `error`, with what is known about the sign-in that it ends.
    pub(in crate::web) fn failure(self, error: impl Into<WebError>) -> Failure {
        Failure::from(error.into())
            .brand(self.sign_in.key)
            .backend(self.backend.name.as_str())
            .destination(self.sign_in.destination.absolute())
    }
}
