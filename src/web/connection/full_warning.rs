//! What the log says where there is no room: seldom, however many are turned away.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::clock::Clock;
use crate::web::request::client_ip::network;

/// Seconds between two warnings.
const SILENCE: u64 = 60;

/// Says that there is no room, or that one address has enough or comes too often, each once a minute for all
/// workers together.
#[derive(Clone, Debug)]
pub struct FullWarning {
    clock: Clock,
    most: usize,
    not_before: Arc<NotBefore>,
}

/// When each may be said again, in Unix seconds.
#[derive(Debug, Default)]
struct NotBefore {
    room: AtomicU64,
    address: AtomicU64,
    handshakes: AtomicU64,
    large: AtomicU64,
}

impl FullWarning {
    /// Of a service that has room for so many.
    pub fn new(clock: Clock, most: usize) -> Self {
        Self { clock, most, not_before: Arc::default() }
    }

    pub(super) fn give(&self, closed: usize) {
        if self.is_due(&self.not_before.room) {
            tracing::warn!(connections = self.most, closed, "no room for more connections");
        }
    }

    pub(super) fn give_of_many(&self, address: IpAddr) {
        if self.is_due(&self.not_before.address) {
            let client = network(address).map(tracing::field::display);
            tracing::warn!(client, "an address has as many connections as one may have");
        }
    }

    pub(super) fn give_of_handshakes(&self, address: IpAddr) {
        if self.is_due(&self.not_before.handshakes) {
            let client = network(address).map(tracing::field::display);
            tracing::warn!(client, "an address begins TLS more often than one may");
        }
    }

    /// Of `greedy`, if it is one address that has more than its part.
    pub(super) fn give_of_large(&self, greedy: Option<IpAddr>) {
        if self.is_due(&self.not_before.large) {
            let client = greedy.and_then(network).map(tracing::field::display);
            tracing::warn!(client, "no room for more large requests");
        }
    }

    /// Whether it is time to say it again; then it will not be for a while.
    fn is_due(&self, not_before: &AtomicU64) -> bool {
        let now = self.clock.now();
        let before = not_before.load(Ordering::Relaxed);
        let next = now + SILENCE;
        let set =
            || not_before.compare_exchange(before, next, Ordering::Relaxed, Ordering::Relaxed);
        // A clock that was set back starts anew.
        (now >= before || before > next) && set().is_ok()
    }
}
