//! Why a request is not read.

use crate::domain::Parameter;
use crate::web::request::limits::{MAX_ADDRESS, MAX_BODY, MAX_FIELDS, MAX_TOKEN};

/// What is wrong with a request, whoever sent it and whatever for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(in crate::web) enum RequestError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the form has more than {MAX_FIELDS} fields")]
    TooManyFields,
    #[error("the address is longer than {MAX_ADDRESS} bytes")]
    AddressTooLong,
    #[error("the body is longer than {MAX_BODY} bytes")]
    BodyTooLarge,
    #[error("the body ended early")]
    BodyIncomplete,
    #[error("the body did not arrive in time")]
    TooSlow,
    #[error("the body is of a type that the address does not take")]
    ContentType,
    #[error(transparent)]
    Post(#[from] PostError),
    #[error("the assertion is longer than {MAX_TOKEN} bytes")]
    TokenTooLarge,
    /// With the methods that it takes.
    #[error("the address takes other methods")]
    Method(&'static str),
    #[error("a prefetch")]
    Prefetch,
}

/// What is wrong with a query or form: other readers would read it differently, or nobody can.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Malformed {
    /// Raw white space, control characters, `#` and everything beyond ASCII (RFC 3986 §2).
    #[error("it holds characters that have no place there unless they are escaped")]
    Characters,
    /// Some readers take the first, others the last.
    #[error("the parameter `{}` occurs twice", .0.as_str())]
    Twice(Parameter),
    /// PHP and others read names generously.
    #[error("a name that some readers take for `{}` is not written like it", .0.as_str())]
    LooksLike(Parameter),
    /// Some readers end a parameter at a `;`, and begin the next.
    #[error("a `;` makes some readers read another `{}`", .0.as_str())]
    Semicolon(Parameter),
    /// Its escapes are broken, it is not UTF-8, or it is not of its kind.
    #[error("the value of the parameter `{}` cannot be read", .0.as_str())]
    Value(Parameter),
    /// An address was called that is of no use without it.
    #[error("the parameter `{}` is missing", .0.as_str())]
    Missing(Parameter),
    /// Something else than a parameter: a header, a field of a form of ours, JSON.
    #[error("what came is not written so that every reader understands it alike")]
    Other,
}

impl Malformed {
    /// Which parameter it is about.
    pub fn parameter(self) -> Option<Parameter> {
        match self {
            Self::Twice(parameter)
            | Self::LooksLike(parameter)
            | Self::Semicolon(parameter)
            | Self::Value(parameter)
            | Self::Missing(parameter) => Some(parameter),
            Self::Characters | Self::Other => None,
        }
    }
}

/// Why a form page's post is none. Whoever wrote the page has to mend it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(in crate::web) enum PostError {
    #[error("the body is not one JSON object or form in which every name stands once")]
    Unreadable,
    #[error("the body has no `{0}`")]
    Missing(&'static str),
    #[error("`{0}` in the body is not what belongs there")]
    Invalid(&'static str),
}
