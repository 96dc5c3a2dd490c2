//! How every address is served: what it does not take is refused, and a failure is a page.

use std::pin::pin;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use actix_web::web::{Data, Payload, ServiceConfig, resource, scope, to};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse};

use crate::metrics::SignInStep;
use crate::traces::Span;
use crate::web::error::{Failure, WebError};
use crate::web::page::pages::Action;
use crate::web::request::guard::Takes;
use crate::web::request::own_address;
use crate::web::sign_in::rates;
use crate::web::state::State;
use crate::web::visit::{Notes, Visit};

/// Where addresses are added: the route table, or what begins alike in it.
pub(super) struct Addresses<'c> {
    config: &'c mut ServiceConfig,
    /// How all of them begin.
    prefix: &'static str,
}

impl<'c> Addresses<'c> {
    /// The whole route table.
    pub(super) fn all(config: &'c mut ServiceConfig) -> Self {
        Self { config, prefix: "" }
    }

    /// Adds addresses with names in them that begin with `prefix`. Each is looked for by a regular
    /// expression, as long as half a redirect: where the prefix is another, none is.
    pub(super) fn beneath(&mut self, prefix: &'static str, add: impl FnOnce(&mut Addresses<'_>)) {
        let add = |config: &mut ServiceConfig| add(&mut Addresses { config, prefix });
        self.config.service(scope(prefix).configure(add));
    }

    /// Serves `path`, with a slash at its end, too: people and scripts add one.
    pub(super) fn at<H>(&mut self, path: &str, takes: Takes, handler: H)
    where
        H: AsyncFn(Visit<'_>) -> Result<HttpResponse, Failure> + Copy + 'static,
    {
        self.both(path, move |request: HttpRequest, state: Data<State>| {
            serve(request, state, takes, handler)
        });
    }

    /// The same, where the body is of interest.
    pub(super) fn at_with_body<H>(&mut self, path: &str, takes: Takes, handler: H)
    where
        H: AsyncFn(Visit<'_>, Payload) -> Result<HttpResponse, Failure> + Copy + 'static,
    {
        self.both(path, move |request: HttpRequest, state: Data<State>, payload: Payload| {
            serve(request, state, takes, async move |visit: Visit<'_>| {
                handler(visit, payload).await
            })
        });
    }

    /// Serves one small file.
    pub(super) fn file<H>(&mut self, path: &str, takes: Takes, handler: H)
    where
        H: AsyncFn(Visit<'_>) -> Result<HttpResponse, Failure> + Copy + 'static,
    {
        let file = resource(self.rest(path)).to(move |request: HttpRequest, state: Data<State>| {
            serve(request, state, takes, handler)
        });
        self.config.service(file);
    }

    /// Serves everything else.
    pub(super) fn elsewhere<H>(&mut self, handler: H)
    where
        H: AsyncFn(Visit<'_>) -> Result<HttpResponse, Failure> + Copy + 'static,
    {
        self.config.default_service(to(move |request: HttpRequest, state: Data<State>| {
            serve(request, state, Takes::ANYTHING, handler)
        }));
    }

    fn both<F, Args>(&mut self, path: &str, handler: F)
    where
        F: Handler<Args, Output = HttpResponse>,
        Args: FromRequest + 'static,
    {
        let path = self.rest(path);
        self.config
            .service(resource(path).to(handler.clone()))
            .service(resource(format!("{path}/")).to(handler));
    }

    /// What of `path` follows the prefix.
    fn rest<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.prefix).unwrap_or(path)
    }
}

/// What `handler` answers, or the page that explains why not.
async fn serve(
    request: HttpRequest,
    state: Data<State>,
    takes: Takes,
    handler: impl AsyncFnOnce(Visit<'_>) -> Result<HttpResponse, Failure>,
) -> HttpResponse {
    let began = Instant::now();
    let table = state.table();
    let notes = Notes::default();
    let span = span(&request, &state);
    let visit = Visit::of(&request, &state, &table, &notes).traced(span.as_ref());
    tell_of_header(visit);
    let outcome = match admit(visit, takes) {
        Ok(()) => {
            let mut answering = pin!(handler(visit));
            match &span {
                Some(span) => span.within(answering.as_mut()).await,
                None => answering.await,
            }
        }
        Err(failure) => Err(failure),
    };
    let response = outcome.unwrap_or_else(|failure| failure.respond(visit));
    let step = visit.step();
    state.metrics.duration(step).observe(began.elapsed());
    if let Some(span) = span {
        span.answered(response.status().as_u16());
    }
    response
}

/// Begins to trace a step of a sign-in, if that is wanted.
fn span(request: &HttpRequest, state: &State) -> Option<Span> {
    let traces = state.traces.as_ref()?;
    let route = request.match_pattern()?;
    Some(traces.begin(SignInStep::of(&route)?, request.method().as_str(), route))
}

/// Says once that a header about somebody's address is not believed, and what to write if it should be.
/// `/login`'s fast way does not look: who sends one there sends it here, too.
fn tell_of_header(visit: Visit<'_>) {
    let Visit { request, state, table, .. } = visit;
    if state.has_told_of_header.load(Relaxed) {
        return;
    }
    let Some((header, network)) = table.client_address.disbelieved(request) else { return };
    if state.has_told_of_header.swap(true, Relaxed) {
        return;
    }
    let place = if header == "forwarded" { header } else { "x_forwarded_for" };
    tracing::warn!(
        "somebody in {network} sends `{header}`, and is no trusted proxy, so it is not read. If it is your \
         proxy: `server.client_address: {place}`, and its own address under `server.trusted_proxies`"
    );
}

/// Refuses what the address does not take, or does not lie where it was asked.
fn admit(visit: Visit<'_>, takes: Takes) -> Result<(), Failure> {
    if visit.at.is_some() && !takes.is_at_every_origin() {
        return Err(other_address(visit));
    }
    takes.check(visit.request)?;
    if !takes.is_anything() {
        rates::admit(visit)?;
    }
    if visit.at.is_some()
        && let Some(name) = visit.named("backend")
        && let Some((_, backend)) = visit.table.backend_named(name)
        && visit.is_elsewhere(backend)
    {
        return Err(other_address(visit));
    }
    Ok(())
}

/// What was asked beneath a backend's cookie lies at another of our own addresses.
fn other_address(visit: Visit<'_>) -> Failure {
    let right = own_address::right_one(visit.request, visit.table);
    Failure::from(WebError::OtherAddress).action(right.map(|it| Action::try_again(it).elsewhere()))
}
