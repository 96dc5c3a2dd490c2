//! Traces for an OpenTelemetry collector: a span for each step of a sign-in, and what providers and the
//! store were asked within it.
//!
//! A step is told when it is over, to a queue that nobody waits for. `traceparent` is neither read nor sent: what
//! anybody can write would join traces that do not belong together, and a provider need not know of ours.

mod export;
mod otlp;
mod span;

pub use self::export::Exporter;
pub use self::span::Span;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::{Notify, mpsc, watch};
use url::Url;

use self::span::Ended;
use crate::backend::{Http, HttpError};
use crate::clock::Clock;
use crate::metrics::{Counter, SignInStep};
use crate::token::NoRandomness;
use crate::token::random;

/// Most steps that wait to be sent.
const MOST_WAITING: usize = 2048;

/// How long whoever stops waits for the last ones.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// What `server.traces` says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TracesSettings {
    /// Where the collector takes traces, by OTLP over HTTP.
    pub endpoint: Url,
    /// What it wants to see beside them. Their values are marked as sensitive, so that nothing prints them.
    pub headers: HeaderMap,
}

/// The traces of one service. Clones share them.
#[derive(Clone, Debug)]
pub struct Traces(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    queue: mpsc::Sender<Ended>,
    settings: watch::Sender<TracesSettings>,
    clock: Clock,
    ending: Notify,
    sent: Counter,
    /// There was no room.
    unqueued: Counter,
    /// The collector could not be reached, or answered something else than that it has them.
    unsent: Counter,
    /// The collector does not want them.
    rejected: Counter,
}

/// How many spans went where, since the start.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SpanCounts {
    /// To the collector.
    pub sent: u64,
    /// Nowhere: there was no room.
    pub unqueued: u64,
    /// Nowhere: the collector could not be reached, or answered something else than that it has them.
    pub unsent: u64,
    /// Nowhere: the collector does not want them.
    pub rejected: u64,
}

impl Traces {
    /// Traces, and who sends them.
    pub fn new(settings: TracesSettings, clock: Clock) -> Result<(Self, Exporter), Unprepared> {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        let (sent, unqueued) = (Counter::default(), Counter::default());
        let (unsent, rejected) = (Counter::default(), Counter::default());
        let ending = Notify::new();
        let settings = watch::Sender::new(settings);
        let shared = Shared { queue, settings, clock, ending, sent, unqueued, unsent, rejected };
        let traces = Self(Arc::new(shared));
        let mut instance = [0; 16];
        random::fill(&mut instance)?;
        // One of its own: the turns and connections of providers are for people.
        let http = Http::default();
        http.client()?;
        let exporter = Exporter::new(traces.clone(), waiting, http, instance);
        Ok((traces, exporter))
    }

    /// Begins with a step, at the address that the route table calls `route`.
    pub fn begin(&self, step: SignInStep, method: &str, route: String) -> Span {
        Span::new(self.clone(), self.0.clock.since_1970(), step, method, route)
    }

    /// Has what is not sent yet go where `settings` say.
    pub fn send_to(&self, settings: TracesSettings) {
        self.0.settings.send_if_modified(|known| {
            let is_new = *known != settings;
            *known = settings;
            is_new
        });
    }

    /// Has the last steps sent, and takes no more.
    pub fn end(&self) {
        self.0.ending.notify_one();
    }

    /// How many spans went where.
    pub fn told(&self) -> SpanCounts {
        let Shared { sent, unqueued, unsent, rejected, .. } = &*self.0;
        SpanCounts {
            sent: sent.get(),
            unqueued: unqueued.get(),
            unsent: unsent.get(),
            rejected: rejected.get(),
        }
    }

    fn push(&self, ended: Ended) {
        let spans = ended.spans();
        if self.0.queue.try_send(ended).is_err() {
            self.0.unqueued.add_many(spans);
        }
    }
}

/// Why nothing can be traced.
#[derive(Debug, thiserror::Error)]
pub enum Unprepared {
    /// The collector cannot be asked.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// This instance has no name.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}
