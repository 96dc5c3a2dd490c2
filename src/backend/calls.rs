//! What was asked of providers on behalf of one request, for whoever traces it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use url::Url;

use super::HttpError;

tokio::task_local! {
    /// Of the request that is being answered, if anybody traces it.
    static CALLS: Calls;
}

/// What one request has asked so far. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Mutex<Vec<Call>>>);

/// One question to a provider.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method of the request.
    pub method: Method,
    /// Whom it was asked, without what may be secret or about somebody: no query, no fragment, no user.
    pub url: Url,
    /// When it began.
    pub began: Instant,
    /// What came of it, and how long that took; `None` while nobody knows.
    pub ended: Option<(Duration, Result<StatusCode, &'static str>)>,
}

impl Calls {
    /// Those of the request that is being answered.
    pub(super) fn current() -> Option<Self> {
        CALLS.try_with(Self::clone).ok()
    }

    /// Notes what is asked while `future` runs.
    pub async fn within<F: Future>(self, future: F) -> F::Output {
        CALLS.scope(self, future).await
    }

    /// All of them, in the order in which they began.
    pub fn take(&self) -> Vec<Call> {
        std::mem::take(&mut *self.lock())
    }

    /// Notes that a question is asked; its place among all.
    pub(super) fn begin(&self, method: &Method, url: &Url) -> usize {
        let mut url = url.clone();
        url.set_query(None);
        url.set_fragment(None);
        // It has none, unless a provider's metadata says so.
        let _ = (url.set_username(""), url.set_password(None));
        let mut calls = self.lock();
        calls.push(Call { method: method.clone(), url, began: Instant::now(), ended: None });
        calls.len() - 1
    }

    /// Notes what came of the question at `place`.
    pub(super) fn end(&self, place: usize, outcome: Result<StatusCode, &HttpError>) {
        if let Some(call) = self.lock().get_mut(place) {
            let outcome = outcome.map_err(HttpError::kind);
            call.ended = Some((call.began.elapsed(), outcome));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Call>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
