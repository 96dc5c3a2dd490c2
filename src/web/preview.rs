//! What the service would answer, for `route`: the same decisions, without a request.

use std::net::IpAddr;

use crate::backend::Backend;
use crate::domain::{Dispatch, Parameter, Refusal, RemoteRequest};
use crate::table::Table;
use crate::web::error::{Outcome, WebError};
use crate::web::request::error::Malformed;
use crate::web::request::query::Query;
use crate::web::routes::{login, logout, start};
use crate::web::sign_in::context::SignInContext;

/// Why a request would be refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// The kind, as the log has it.
    pub kind: &'static str,
    /// The reason, in the log's words.
    pub reason: String,
}

impl From<WebError> for Refused {
    fn from(error: WebError) -> Self {
        Self { kind: Outcome::of(&error).kind, reason: error.to_string() }
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        WebError::from(refusal).into()
    }
}

impl From<Malformed> for Refused {
    fn from(malformed: Malformed) -> Self {
        WebError::from(malformed).into()
    }
}

impl Refused {
    /// There is nothing at this address.
    pub fn not_found() -> Self {
        WebError::NotFound.into()
    }

    /// Beneath a backend's cookie, there is only that backend's sign-in.
    pub fn other_address() -> Self {
        WebError::OtherAddress.into()
    }

    /// The brand's backend is another than the one in the address.
    pub fn other_backend() -> Self {
        WebError::OtherBackend.into()
    }
}

/// What has no place in a query (RFC 3986 appendix A), and what the service's HTTP reader refuses
/// before anything of ours sees it.
pub const HAS_NO_PLACE: [char; 3] = ['"', '<', '>'];

/// Reads the query of an address of ours.
pub fn query<'a>(path: &str, raw: &'a str) -> Result<Query<'a>, Refused> {
    if raw.contains(HAS_NO_PLACE) {
        return Err(Malformed::Characters.into());
    }
    Query::at(path, raw).map_err(|error| WebError::from(error).into())
}

/// What Zendesk says at the remote login URL.
pub fn login_request<'a>(query: &Query<'a>) -> Result<RemoteRequest<'a>, Refused> {
    Ok(login::read(query)?)
}

/// Refuses a sign-in whose query other readers would read otherwise.
pub fn for_all_readers(
    table: &Table,
    sign_in: &Dispatch<'_>,
    query: &Query<'_>,
) -> Result<(), Refused> {
    Ok(login::for_all_readers(table, sign_in, query)?)
}

/// Refuses a sign-in to a brand, or by a backend, that is closed.
pub fn is_open(sign_in: &Dispatch<'_>, backend: &Backend) -> Result<(), Refused> {
    Ok(SignInContext { sign_in, backend }.is_open()?)
}

/// What Zendesk says at the remote logout URL, or the kind of the error that it reports there.
pub fn logout_request<'a>(
    query: &Query<'a>,
) -> Result<(RemoteRequest<'a>, Option<&'static str>), Refused> {
    let request = logout::read(query)?;
    Ok((request, logout::reported(query)?))
}

/// The sign-in that a link to `/start/{name}` begins, and its query: what Zendesk would have said.
pub fn start_request<'a>(
    table: &'a Table,
    name: &str,
    client: Option<IpAddr>,
    query: &Query<'a>,
) -> Result<(Dispatch<'a>, String), Refused> {
    let brand = table.brands.named(name).ok_or(WebError::NotFound)?;
    let sign_in = start::sign_in(table, brand, client, query)?;
    let told = start::as_zendesk_says(&sign_in, &"{seconds}");
    Ok((sign_in, told))
}

/// Whether the address brings an assertion with it.
pub fn brings_token(query: &Query<'_>) -> bool {
    matches!(query.value(Parameter::Jwt), Ok(Some(token)) if !token.is_empty())
}
