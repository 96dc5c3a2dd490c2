//! What counts once, used up on behalf of whoever sent a request.

use crate::backend::Backend;
use crate::store::{Share, StoreError};
use crate::token::ReplayKey;
use crate::web::visit::Visit;

/// Uses `key` up; `false`: it was used before. It is remembered for so many seconds, after which it
/// would be refused anyway.
pub(in crate::web) async fn consume(
    visit: Visit<'_>,
    backend: &Backend,
    key: &ReplayKey,
    seconds: u64,
) -> Result<bool, StoreError> {
    let Visit { state, .. } = visit;
    let share = Share { backend: backend.name.as_str(), network: visit.network() };
    let now = state.clock.now();
    state.store.consume(key.as_bytes(), now.saturating_add(seconds), &share, now).await
}
