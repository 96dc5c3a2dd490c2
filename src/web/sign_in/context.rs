//! The sign-in that a visit is about.

use crate::backend::Backend;
use crate::domain::{Brand, Dispatch};
use crate::web::error::{Failure, WebError};

/// Where a sign-in goes, and who says who the person is.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct SignInContext<'a> {
    pub(in crate::web) sign_in: &'a Dispatch<'a>,
    pub(in crate::web) backend: &'a Backend,
}

impl SignInContext<'_> {
    /// Refuses whoever comes where nobody may.
    pub(in crate::web) fn is_open(self) -> Result<(), WebError> {
        is_open(self.sign_in.brand, self.backend)
    }

    /// `error`, with what is known about the sign-in that it ends.
    pub(in crate::web) fn failure(self, error: impl Into<WebError>) -> Failure {
        Failure::from(error.into())
            .brand(self.sign_in.key)
            .backend(self.backend.name.as_str())
            .destination(self.sign_in.destination.absolute())
    }
}

/// Refuses whoever comes to a brand, or by a backend, that is closed: as the table of now says, whenever
/// they began.
pub(in crate::web) fn is_open(brand: &Brand, backend: &Backend) -> Result<(), WebError> {
    let (what, said) = match (&brand.closed, &backend.closed) {
        (None, None) => return Ok(()),
        (Some(said), _) => ("brand", said),
        (None, Some(said)) => ("backend", said),
    };
    Err(WebError::Closed { what, said: said.clone() })
}
