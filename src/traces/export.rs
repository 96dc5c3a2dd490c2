//! Sends steps to the collector, many at a time. Nobody waits for it, and what it does not take is lost and counted.

use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::span::Ended;
use super::{Traces, TracesSettings, otlp};
use crate::backend::Http;

/// Most steps in one request.
const MOST_AT_ONCE: usize = 256;

/// How long the first step waits for others.
const GATHER: Duration = Duration::from_secs(1);

/// Who sends what is traced.
#[derive(Debug)]
pub struct Exporter {
    traces: Traces,
    waiting: mpsc::Receiver<Ended>,
    settings: watch::Receiver<TracesSettings>,
    http: Http,
    /// Names this process among its like.
    instance: [u8; 16],
    /// While none can be sent, what has been said of why.
    failing: Option<Vec<String>>,
}

impl Exporter {
    pub(super) fn new(
        traces: Traces,
        waiting: mpsc::Receiver<Ended>,
        http: Http,
        instance: [u8; 16],
    ) -> Self {
        let settings = traces.0.settings.subscribe();
        Self { traces, waiting, settings, http, instance, failing: None }
    }

    /// Sends what comes, until [`Traces::end`] is called and the last is sent.
    pub async fn run(mut self) {
        let mut steps = Vec::with_capacity(MOST_AT_ONCE);
        while self.next(&mut steps).await {
            // The first waits for others, but not beyond the end.
            let _ = timeout(GATHER, async {
                while steps.len() < MOST_AT_ONCE && self.next(&mut steps).await {}
            })
            .await;
            self.send(&steps).await;
            steps.clear();
        }
    }

    /// Waits for more, if more will come.
    async fn next(&mut self, steps: &mut Vec<Ended>) -> bool {
        let room = MOST_AT_ONCE - steps.len();
        tokio::select! {
            many = self.waiting.recv_many(steps, room) => return many > 0,
            () = self.traces.0.ending.notified() => self.waiting.close(),
        }
        self.waiting.recv_many(steps, room).await > 0
    }

    async fn send(&mut self, steps: &[Ended]) {
        let spans = steps.iter().map(Ended::spans).sum();
        // The sender is ours as long as we are. Whoever has changed something wants to know how it goes.
        if self.settings.has_changed().unwrap_or_default() {
            self.settings.mark_unchanged();
            if let Some(said) = &mut self.failing {
                said.clear();
            }
        }
        match self.try_send(steps).await {
            Ok(rejected) => {
                let rejected = rejected.min(spans);
                self.traces.0.rejected.add_many(rejected);
                self.traces.0.sent.add_many(spans - rejected);
                if self.failing.take().is_some() {
                    tracing::info!("traces are sent again");
                }
            }
            Err(why) => {
                self.traces.0.unsent.add_many(spans);
                // Reasons may come in turns, every second.
                let said = self.failing.get_or_insert_default();
                if !said.contains(&why) {
                    tracing::warn!("traces cannot be sent, and are lost: {why}");
                    said.push(why);
                }
            }
        }
    }

    /// How many of their spans the collector does not want; else why it has none. Nothing of its answer is told.
    async fn try_send(&self, steps: &[Ended]) -> Result<u64, String> {
        let body = otlp::request(steps, &self.instance).to_string();
        let client = self.http.client().map_err(|error| error.to_string())?;
        let TracesSettings { endpoint, headers } = self.settings.borrow().clone();
        let request = client
            .post(endpoint)
            .headers(headers)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .body(body);
        let answer = self.http.send(request).await.map_err(|error| error.to_string())?;
        if !answer.status.is_success() {
            return Err(format!("the collector answers with status {}", answer.status.as_u16()));
        }
        Ok(otlp::rejected(&answer.body))
    }
}
