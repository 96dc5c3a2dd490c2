//! Keeps the connection to a Redis: notices when it breaks, and brings it back.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::address::RedisAddress;
use super::connection::Connection;
use super::failure::{Reason, RedisFailure};
use super::{Numbered, Shared, WAIT};

/// How often the connection is looked after while nothing else shows that it is good.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How long to wait before connecting again: less than a request waits, so that whoever comes when
/// the Redis is back is served.
const PAUSE: Duration = Duration::from_millis(100);

/// Brings the connection of a [`super::Redis`] about and keeps it.
///
/// It alone connects, one attempt at a time: a request waits for it no longer than for an answer.
pub struct Reconnector {
    /// What is spoken to, as it was last written.
    address: RedisAddress,
    addresses: watch::Receiver<RedisAddress>,
    shared: Arc<Shared>,
    failures: mpsc::Receiver<RedisFailure>,
    number: u64,
    said: Said,
    evicts: bool,
}

impl Reconnector {
    pub(super) fn new(shared: Arc<Shared>, failures: mpsc::Receiver<RedisFailure>) -> Self {
        let mut addresses = shared.address.subscribe();
        let address = addresses.borrow_and_update().clone();
        let said = Said::default();
        Self { address, addresses, shared, failures, number: 0, said, evicts: false }
    }

    /// Tries to connect. Whoever serves people waits for this first, for a short while.
    pub async fn start(&mut self) {
        // If it takes longer, the next attempt says why.
        if let Ok(Err(failure)) = timeout(WAIT, self.connect()).await {
            self.say_away(&failure);
        }
    }

    /// Keeps the connection for as long as it is polled.
    pub async fn keep(mut self) {
        loop {
            let known = self.shared.connection.borrow().clone();
            let outcome = if let Some(known) = known {
                self.watch(&known).await
            } else {
                self.read_address();
                self.connect().await
            };
            if let Err(failure) = outcome {
                self.say_away(&failure);
                sleep(PAUSE).await;
            }
        }
    }

    /// Makes a connection for all to use.
    async fn connect(&mut self) -> Result<(), RedisFailure> {
        let connection = Connection::open(&self.address).await?;
        if self.said == Said::default() {
            self.say_there();
        }
        let evicts = connection.evicts().await;
        if evicts && !std::mem::replace(&mut self.evicts, evicts) {
            tracing::warn!(
                "the store's maxmemory-policy evicts: what it forgets early can be used twice; \
                 set it to noeviction"
            );
        }
        self.number += 1;
        let numbered = Numbered { number: self.number, connection };
        self.shared.connection.send_modify(|current| {
            // The one before may have broken while this one came about.
            let _ = self.failures.try_recv();
            *current = Some(numbered);
        });
        Ok(())
    }

    /// Takes what was written since; whether that is something else. Then every reason is new.
    fn read_address(&mut self) -> bool {
        // The sender is ours as long as we are.
        let is_new = self.addresses.has_changed().unwrap_or_default();
        if is_new {
            self.address = self.addresses.borrow_and_update().clone();
            self.said.away.clear();
        }
        is_new
    }

    /// Waits until the connection breaks, be it in the hands of a request or of nobody, or has another in its place.
    async fn watch(&mut self, numbered: &Numbered) -> Result<(), RedisFailure> {
        loop {
            tokio::select! {
                biased;
                failure = self.failures.recv() => {
                    return Err(failure.unwrap_or_else(RedisFailure::late));
                }
                _ = self.addresses.changed() => {
                    self.addresses.mark_changed();
                }
                () = sleep(HEARTBEAT) => {}
            }
            if self.read_address() {
                match self.connect().await {
                    Ok(()) => return Ok(()),
                    Err(failure) => {
                        let why = failure.told(&self.address);
                        tracing::warn!(
                            "the store cannot be spoken to as `server.store` says now: {why}; the \
                             connection that is open goes on, and no other can take its place"
                        );
                    }
                }
            }
            let checked = timeout(WAIT, numbered.connection.check()).await;
            match checked.unwrap_or_else(|_| Err(RedisFailure::late())) {
                // One that breaks again at once is not worth saying.
                Ok(()) => self.say_there(),
                Err(failure) => {
                    // A request may have been first, and it alone reports.
                    self.shared.give_up(numbered.number, failure);
                }
            }
        }
    }

    fn say_there(&mut self) {
        if self.said.is_there() {
            tracing::info!("the store is there");
        }
    }

    fn say_away(&mut self, failure: &RedisFailure) {
        if self.said.is_away(failure.reason) {
            let why = failure.told(&self.address);
            tracing::error!(
                "the store is away: {why}; what it must remember is refused until it is back"
            );
        }
    }
}

/// What the log has, so that each thing stands there once.
#[derive(Debug, Default, Eq, PartialEq)]
struct Said {
    there: bool,
    /// Why it is away: reasons may come in turns, many times a second.
    away: Vec<Reason>,
}

impl Said {
    /// Notes that the store answers; whether that is new.
    fn is_there(&mut self) -> bool {
        self.away.clear();
        !std::mem::replace(&mut self.there, true)
    }

    /// Whether that is new since it was there.
    fn is_away(&mut self, reason: Reason) -> bool {
        self.there = false;
        let is_new = !self.away.contains(&reason);
        if is_new {
            self.away.push(reason);
        }
        is_new
    }
}

impl fmt::Debug for Reconnector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reconnector")
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, RedisFailure, Said};
    use crate::store::redis::tests::{good, redis_at, server};

    #[tokio::test]
    async fn what_breaks_while_another_takes_its_place_is_no_failure_of_that() {
        let (_store, mut reconnector) = redis_at(server(&good()));
        let shared = reconnector.shared.clone();
        let number = || shared.connection.borrow().as_ref().map(|it| it.number);
        reconnector.connect().await.unwrap();
        assert_eq!(number(), Some(1));
        let connecting = reconnector.connect();
        shared.give_up(1, RedisFailure::late());
        assert_eq!(number(), None);
        connecting.await.unwrap();
        shared.give_up(1, RedisFailure::late());
        assert!(reconnector.failures.try_recv().is_err(), "the new one is good");
        shared.give_up(2, RedisFailure::no_connection());
        let failure = reconnector.failures.try_recv();
        assert!(failure.is_ok_and(|it| it.reason == Reason::NoConnection), "until it breaks");
    }

    #[test]
    fn each_reason_is_said_once_until_the_store_has_been_there() {
        let mut said = Said::default();
        assert!(said.is_away(Reason::NoConnection));
        assert!(said.is_away(Reason::Loading));
        assert!(!said.is_away(Reason::NoConnection) && !said.is_away(Reason::Loading));
        assert!(said.is_there() && !said.is_there());
        assert!(said.is_away(Reason::Loading));
        assert!(said.is_there());
    }
}
