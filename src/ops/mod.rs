//! The private listener: whether the process lives, and whether it should be sent people.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Data, ServiceConfig, get, resource};

/// Whether this instance should be sent people; clones agree.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// From now on, or no longer.
    pub fn set(&self, ready: bool) {
        self.0.store(ready, Ordering::Release);
    }

    fn is_ready(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Every address of the private listener.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/livez").route(get().to(livez)))
        .service(resource("/readyz").route(get().to(readyz)));
}

async fn livez() -> HttpResponse {
    say(HttpResponse::Ok(), "alive\n")
}

/// Says nothing about the store: all instances share it, so that none is better off without it, and
/// without any there would be nobody left to send people to their backends and to explain.
async fn readyz(readiness: Data<Readiness>) -> HttpResponse {
    if readiness.is_ready() {
        say(HttpResponse::Ok(), "ready\n")
    } else {
        say(HttpResponse::ServiceUnavailable(), "stopping\n")
    }
}

fn say(mut response: actix_web::HttpResponseBuilder, text: &'static str) -> HttpResponse {
    response
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .body(text)
}
