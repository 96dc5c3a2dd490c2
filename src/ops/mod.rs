//! The private listener: whether the process lives, whether it should be sent people, and how it does.

mod admin;
mod exposition;
mod metrics;
mod process;
mod rebound;

pub use self::admin::Admin;
pub use self::metrics::MostConnections;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Data, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};

use serde_json::json;

use crate::audit::Audit;
use crate::log::{self, LogFailure};
use crate::web::State;

/// Whether this instance should be sent people; clones agree.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    is_ready: AtomicBool,
    is_draining: AtomicBool,
    unused: Mutex<Unused>,
    /// What the last changes of the files were, the oldest first, and when, in Unix seconds.
    changes: Mutex<VecDeque<(u64, String)>>,
}

/// What the files say and is not in force, and since when.
#[derive(Debug, Default)]
struct Unused {
    /// Nothing that has changed, for this reason.
    everything: Option<(String, Instant)>,
    /// Of the file in force, only this: so it stays while a later one is not used.
    part: Option<(String, Instant)>,
}

/// Most changes that are kept.
const MOST_CHANGES: usize = 10;

impl Readiness {
    /// From now on, or no longer.
    pub fn set(&self, ready: bool) {
        self.0.is_ready.store(ready, Ordering::Release);
    }

    /// Whether this instance should be sent people.
    pub fn is_ready(&self) -> bool {
        self.0.is_ready.load(Ordering::Acquire)
    }

    /// From now on, connections of people end with their next answer.
    pub fn drain(&self) {
        self.0.is_draining.store(true, Ordering::Release);
    }

    /// Whether connections of people end with their next answer.
    pub fn is_draining(&self) -> bool {
        self.0.is_draining.load(Ordering::Acquire)
    }

    /// From now on, what the files say is in force, but for this.
    pub fn uses_all_but(&self, part: Option<String>) {
        let mut unused = self.0.unused.lock().unwrap_or_else(PoisonError::into_inner);
        unused.everything = None;
        set(&mut unused.part, part);
    }

    /// From now on, what the files say is not used, for this reason.
    pub fn uses_nothing_new(&self, why: String) {
        let mut unused = self.0.unused.lock().unwrap_or_else(PoisonError::into_inner);
        set(&mut unused.everything, Some(why));
    }

    /// What the files say has changed, and is in force.
    pub fn add_change(&self, now: u64, what: String) {
        let mut changes = self.0.changes.lock().unwrap_or_else(PoisonError::into_inner);
        if changes.len() >= MOST_CHANGES {
            changes.pop_front();
        }
        changes.push_back((now, what));
    }

    fn changes(&self) -> Vec<(u64, String)> {
        let changes = self.0.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.iter().rev().cloned().collect()
    }

    fn unused(&self) -> Vec<String> {
        let unused = self.0.unused.lock().unwrap_or_else(PoisonError::into_inner);
        let everything = unused.everything.iter().map(|it| ("", it));
        let part = unused.part.iter().map(|it| ("a part of it ", it));
        let say = |(what, (why, since)): (&str, &(String, Instant))| {
            format!("{what}not used for {} s ({why})", since.elapsed().as_secs())
        };
        everything.chain(part).map(say).collect()
    }
}

/// Says `what`; what was said before goes on since then.
fn set(said: &mut Option<(String, Instant)>, what: Option<String>) {
    let since = said.take().filter(|(before, _)| Some(before) == what.as_ref());
    *said = what.map(|what| (what, since.map_or_else(Instant::now, |(_, since)| since)));
}

/// Every address of the private listener.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/livez").route(get().to(livez)))
        .service(resource("/metrics").route(get().to(metrics::metrics)))
        .service(resource("/readyz").route(get().to(readyz)))
        .service(resource("/admin").route(get().to(admin::page)))
        .service(resource("/admin/status.json").route(get().to(admin::status)))
        .service(resource("/admin/route.json").route(get().to(admin::lead)))
        .service(resource("/admin/openapi.json").route(get().to(admin::openapi)))
        .service(resource("/admin/admin.css").route(get().to(admin::stylesheet)))
        .service(resource("/admin/admin.js").route(get().to(admin::script)));
}

async fn livez() -> HttpResponse {
    say(HttpResponse::Ok(), "alive\n")
}

/// Says nothing about the store: all instances share it, so that none is better off without it, and
/// without any there would be nobody left to send people to their backends and to explain. A log that
/// cannot be written keeps nobody from signing in either, nor does a bad configuration that would take
/// the place of the one in force, but whoever asks is told.
///
/// Lines for people; one object for programs that ask for JSON.
async fn readyz(
    request: HttpRequest,
    readiness: Data<Readiness>,
    state: Data<State>,
) -> HttpResponse {
    if let Some(refused) = rebound::refused(request.head()) {
        return refused;
    }
    let reasons = reasons(&readiness, &state).into_iter();
    let (mut response, status) = if readiness.is_ready() {
        (HttpResponse::Ok(), "ready")
    } else {
        (HttpResponse::ServiceUnavailable(), "stopping")
    };
    let accept = request.headers().get(ACCEPT).and_then(|it| it.to_str().ok());
    if accept.is_some_and(|it| it.contains("application/json")) {
        let reasons = reasons.map(|(kind, text)| json!({ "kind": kind, "text": text }));
        let body = json!({ "status": status, "reasons": reasons.collect::<Vec<_>>() });
        return response.insert_header((CACHE_CONTROL, "no-store")).json(body);
    }
    let lines = reasons.map(|(kind, text)| format!("{kind}: {text}\n"));
    say(response, format!("{status}\n{}", lines.collect::<String>()))
}

/// What somebody should see to.
fn reasons(readiness: &Readiness, state: &State) -> Vec<(&'static str, String)> {
    let log = log::failure().map(|it| ("log", about(&it)));
    let audit = state.audit.as_ref().and_then(Audit::failure).map(|it| ("audit", about(&it)));
    let configuration = readiness.unused().into_iter().map(|it| ("configuration", it));
    log.into_iter().chain(audit).chain(configuration).collect()
}

fn about(failure: &LogFailure) -> String {
    let LogFailure { seconds, error, lost } = failure;
    let why = error.as_deref().unwrap_or("its reader takes nothing");
    format!("not written for {seconds} s ({why}), {lost} lines lost")
}

fn say(mut response: actix_web::HttpResponseBuilder, text: impl Into<String>) -> HttpResponse {
    response
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(text.into())
}

#[cfg(test)]
mod tests {
    use super::{LogFailure, about};

    #[test]
    fn it_is_told_since_when_the_log_is_not_written_and_why() {
        let full = "No space left on device (os error 28)".to_owned();
        let cases = [
            (
                LogFailure { seconds: 35, error: Some(full), lost: 0 },
                "not written for 35 s (No space left on device (os error 28)), 0 lines lost",
            ),
            (
                LogFailure { seconds: 4000, error: None, lost: 17 },
                "not written for 4000 s (its reader takes nothing), 17 lines lost",
            ),
        ];
        for (trouble, expected) in cases {
            assert_eq!(about(&trouble), expected);
        }
    }
}
