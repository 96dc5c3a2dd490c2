//! How often one network may come to one address.

use std::net::IpAddr;

use crate::web::error::WebError;
use crate::web::request::client_ip::place;
use crate::web::visit::Visit;

/// Refuses whoever has sent too many requests to this address, of those that the route table has.
pub(in crate::web) fn admit(visit: Visit<'_>) -> Result<(), WebError> {
    let Some(network) = network(visit) else { return Ok(()) };
    let pattern = visit.pattern().unwrap_or_default();
    let address = pattern.strip_suffix('/').unwrap_or(&pattern);
    let is_admitted = visit.state.rates.admits(network, address, visit.now());
    if is_admitted { Ok(()) } else { Err(WebError::TooManyRequests) }
}

/// The same at `/login`, before the route table is asked.
pub(in crate::web) fn admits_at_login(visit: Visit<'_>) -> bool {
    let Some(network) = network(visit) else { return true };
    visit.state.rates.admits(network, "/login", visit.now())
}

/// What is counted as one; `None` where nobody's address is known, since everybody would share it.
fn network(visit: Visit<'_>) -> Option<IpAddr> {
    // Whoever has one IPv6 address has all of its /64.
    place(visit.person()?, 64).map(|net| net.network())
}
