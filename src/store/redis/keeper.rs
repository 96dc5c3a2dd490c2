//! Keeps the connection to a Redis: notices when it breaks, and brings it back.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use super::address::RedisAddress;
use super::link::Link;
use super::trouble::Trouble;
use super::{Shared, WAIT};

/// How often the connection is looked after while nothing else shows that it is good.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How long to wait before connecting again: at first, and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// Brings the connection of a [`super::Redis`] about and keeps it.
///
/// It alone connects, one attempt at a time: a request finds a connection, or fails at once.
pub struct Keeper {
    address: RedisAddress,
    now: Box<dyn Fn() -> u64 + Send>,
    shared: Arc<Shared>,
    broken: mpsc::Receiver<Trouble>,
    /// The connection whose end has not been reported yet.
    link: Option<Arc<Link>>,
    pause: Duration,
    said: Option<Result<(), Trouble>>,
}

impl Keeper {
    pub(super) fn new(
        address: RedisAddress,
        now: Box<dyn Fn() -> u64 + Send>,
        shared: Arc<Shared>,
        broken: mpsc::Receiver<Trouble>,
    ) -> Self {
        Self { address, now, shared, broken, link: None, pause: PAUSES.0, said: None }
    }

    /// Tries to connect, once. Whoever serves people waits for this first.
    pub async fn start(&mut self) {
        let now = (self.now)();
        match timeout(WAIT, Link::open(&self.address, now)).await.unwrap_or(Err(Trouble::Late)) {
            Ok(link) => {
                self.say_there(&link, now);
                self.link = Some(Arc::new(link));
                self.shared.link.store(self.link.clone());
            }
            Err(trouble) => self.say_away(trouble),
        }
    }

    /// Keeps the connection for as long as it is polled.
    pub async fn keep(mut self) {
        loop {
            if let Some(link) = self.link.take() {
                let trouble = self.watch(&link).await;
                self.say_away(trouble);
            }
            sleep(self.pause).await;
            // A connection that breaks as soon as it is there must not be made without end.
            self.pause = (self.pause * 2).min(PAUSES.1);
            self.start().await;
        }
    }

    /// Waits until the connection breaks, be it in the hands of a request or of nobody.
    async fn watch(&mut self, link: &Arc<Link>) -> Trouble {
        loop {
            tokio::select! {
                biased;
                trouble = self.broken.recv() => return trouble.unwrap_or(Trouble::NoConnection),
                () = sleep(HEARTBEAT) => {}
            }
            match link.check().await {
                Ok(()) => self.pause = PAUSES.0,
                // Who breaks it reports it here, so that each break is reported once.
                Err(trouble) => self.shared.give_up(link, trouble),
            }
        }
    }

    fn say_there(&mut self, link: &Link, now: u64) {
        if self.said != Some(Ok(())) {
            self.said = Some(Ok(()));
            tracing::info!("the store is there");
        }
        if link.evicts {
            tracing::warn!(
                "the store's maxmemory-policy evicts: what it forgets early can be used twice; \
                 set it to noeviction"
            );
        }
        let seconds = link.since.saturating_sub(now);
        if seconds > 0 {
            tracing::warn!(
                seconds,
                "the store is new, or may have lost what it knew: sign-ins that began before now \
                 must start again, and assertions are refused for about a minute"
            );
        }
    }

    fn say_away(&mut self, trouble: Trouble) {
        if self.said != Some(Err(trouble)) {
            self.said = Some(Err(trouble));
            tracing::error!(
                "the store is away: {trouble}; nobody can be handed off until it is back"
            );
        }
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keeper")
    }
}
