//! One step of a sign-in, while it lasts and when it is over.

use std::cell::RefCell;
use std::pin::Pin;
use std::time::{Duration, Instant};

use super::Traces;
use crate::calls::{Call, Calls};
use crate::metrics::{SignIn, SignInStep};
use crate::token::{FlowId, random};

/// A step that lasts. It is told when this is dropped: whoever goes away meanwhile has left it.
#[derive(Debug)]
pub struct Span {
    traces: Traces,
    began: Instant,
    calls: Calls,
    /// Taken when it is over.
    noted: RefCell<Option<SpanData>>,
}

/// What is known of a step. Nothing of it is about a person, and nothing is anybody's own word.
#[derive(Debug)]
pub(super) struct SpanData {
    /// Since 1970.
    pub(super) began: Duration,
    pub(super) step: SignInStep,
    pub(super) method: &'static str,
    pub(super) route: String,
    pub(super) brand: Option<String>,
    pub(super) backend: Option<String>,
    pub(super) outcome: Option<&'static str>,
    /// Why it was refused or has failed.
    pub(super) kind: Option<&'static str>,
    /// The code that the person sees, and the log has.
    pub(super) code: Option<String>,
    /// Of the answer; none where nobody was left to take it.
    pub(super) status: Option<u16>,
    flow: Option<FlowId>,
    is_first: bool,
}

/// A step that is over.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) noted: SpanData,
    pub(super) trace: [u8; 16],
    pub(super) span: [u8; 8],
    /// The step that began the sign-in, where this is another.
    pub(super) parent: Option<[u8; 8]>,
    pub(super) took: Duration,
    pub(super) calls: Vec<EndedCall>,
}

/// A question to a provider or the store that is over, or was left.
#[derive(Debug)]
pub(super) struct EndedCall {
    pub(super) call: Call,
    pub(super) span: [u8; 8],
    /// How long after the step.
    pub(super) after: Duration,
}

impl Ended {
    /// How many spans it is.
    pub(super) fn spans(&self) -> u64 {
        1 + self.calls.len() as u64
    }
}

impl Span {
    pub(super) fn new(
        traces: Traces,
        since_1970: Duration,
        step: SignInStep,
        method: &str,
        route: String,
    ) -> Self {
        let method = match method {
            "GET" => "GET",
            "HEAD" => "HEAD",
            "POST" => "POST",
            "OPTIONS" => "OPTIONS",
            _ => "_OTHER",
        };
        let noted = SpanData {
            began: since_1970,
            step,
            method,
            route,
            brand: None,
            backend: None,
            outcome: None,
            kind: None,
            code: None,
            status: None,
            flow: None,
            is_first: false,
        };
        let (began, calls) = (Instant::now(), Calls::default());
        Self { traces, began, calls, noted: RefCell::new(Some(noted)) }
    }

    /// What `answering` answers; the calls that it makes are the step's.
    pub async fn within<T>(&self, answering: Pin<&mut dyn Future<Output = T>>) -> T {
        self.calls.clone().within(answering).await
    }

    /// The step begins the sign-in that `flow` is of.
    pub fn begins(&self, flow: FlowId) {
        self.note(|it| (it.flow, it.is_first) = (Some(flow), true));
    }

    /// The step goes on with the sign-in that `flow` is of.
    pub fn belongs_to(&self, flow: FlowId) {
        self.note(|it| {
            if !it.is_first {
                it.flow = Some(flow);
            }
        });
    }

    /// What became of the step.
    pub fn became(&self, what: SignIn, brand: &str, backend: &str) {
        self.note(|it| {
            it.outcome = Some(what.as_str());
            (it.brand, it.backend) = (Some(brand.to_owned()), Some(backend.to_owned()));
        });
    }

    /// Why the step was refused or has failed, and for whom as far as that is known.
    pub fn failed(
        &self,
        (kind, is_failed): (&'static str, bool),
        (brand, backend): (Option<&str>, Option<&str>),
    ) {
        self.note(|it| {
            it.outcome = Some(if is_failed { "failed" } else { "refused" });
            it.kind = Some(kind);
            it.brand = brand.map(str::to_owned);
            it.backend = backend.map(str::to_owned);
        });
    }

    /// The code under which the log has it.
    pub fn code(&self, code: &str) {
        self.note(|it| it.code = Some(code.to_owned()));
    }

    /// The step is over, with an answer of this status.
    pub fn answered(self, status: u16) {
        self.note(|it| it.status = Some(status));
    }

    fn note(&self, change: impl FnOnce(&mut SpanData)) {
        if let Ok(mut noted) = self.noted.try_borrow_mut()
            && let Some(noted) = &mut *noted
        {
            change(noted);
        }
    }

    /// The step with its names, unless the system gives no random numbers for them.
    fn end(&self) -> Option<Ended> {
        let mut noted = self.noted.take()?;
        if noted.status.is_none() {
            noted.outcome = Some("left");
        }
        let took = self.began.elapsed();
        let (trace, span, parent) = match noted.flow {
            Some(flow) if noted.is_first => {
                let (trace, span) = flow.trace();
                (trace, span, None)
            }
            Some(flow) => {
                let (trace, first) = flow.trace();
                (trace, drawn()?, Some(first))
            }
            None => (drawn()?, drawn()?, None),
        };
        let calls = self.calls.take().into_iter().map(|call| {
            let after = call.began.saturating_duration_since(self.began);
            Some(EndedCall { call, span: drawn()?, after })
        });
        let calls = calls.collect::<Option<_>>()?;
        Some(Ended { noted, trace, span, parent, took, calls })
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        if let Some(ended) = self.end() {
            self.traces.push(ended);
        }
    }
}

/// A random id of `N` bytes; nothing where there is no randomness.
fn drawn<const N: usize>() -> Option<[u8; N]> {
    let mut name = [0; N];
    random::fill(&mut name).ok()?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::Span;
    use crate::clock::Clock;
    use crate::metrics::{SignIn, SignInStep};
    use crate::token::FlowId;
    use crate::traces::{MOST_WAITING, Traces, TracesSettings};

    fn traces() -> (Traces, crate::traces::Exporter) {
        let endpoint = "http://127.0.0.1:9/v1/traces".parse().unwrap();
        let settings = TracesSettings { endpoint, headers: HeaderMap::new() };
        Traces::new(settings, Clock::default()).unwrap()
    }

    fn step(traces: &Traces) -> Span {
        traces.begin(SignInStep::Finish, "BREW", "/callback/{backend}".to_owned())
    }

    #[test]
    fn every_instance_gives_one_sign_in_the_same_name() {
        let ((one, _one), (other, _other)) = (traces(), traces());
        let flow = FlowId::random().unwrap();
        let begun = step(&one);
        begun.begins(flow);
        begun.belongs_to(FlowId::random().unwrap());
        let begun = begun.end().unwrap();
        let ended = |traces: &Traces| {
            let span = step(traces);
            span.belongs_to(FlowId::random().unwrap());
            span.belongs_to(flow);
            span.end().unwrap()
        };
        let (first, second) = (ended(&one), ended(&other));
        for it in [&first, &second] {
            assert_eq!((it.trace, it.parent), (begun.trace, Some(begun.span)));
        }
        assert_ne!(first.span, second.span);
        assert_eq!(begun.parent, None);
        let alone = step(&one).end().unwrap();
        assert_ne!((alone.trace, alone.parent), (begun.trace, Some(begun.span)));
    }

    #[test]
    fn whoever_goes_away_has_left_the_step() {
        let (traces, _exporter) = traces();
        let span = step(&traces);
        span.became(SignIn::Asked, "shoes", "site");
        let noted = span.end().unwrap().noted;
        assert_eq!((noted.outcome, noted.status, noted.method), (Some("left"), None, "_OTHER"));
    }

    #[test]
    fn what_finds_no_room_is_counted_and_holds_up_nobody() {
        let (traces, exporter) = traces();
        for _ in 0..MOST_WAITING + 3 {
            step(&traces).answered(200);
        }
        assert_eq!(traces.told().unqueued, 3);
        drop(exporter);
        step(&traces).answered(200);
        assert_eq!(traces.told().unqueued, 4, "nobody is left who would send it");
    }
}
