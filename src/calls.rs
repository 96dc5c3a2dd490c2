//! What was asked of providers and of the store on behalf of one request, for whoever traces it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

tokio::task_local! {
    /// Of the request that is being answered, if anybody traces it.
    static CALLS: Calls;
}

/// What one request has asked so far. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Mutex<Vec<Call>>>);

/// One question.
#[derive(Clone, Debug)]
pub struct Call {
    /// What was asked.
    pub asked: Asked,
    /// When it began.
    pub began: Instant,
    /// What came of it, and how long that took; `None` while nobody knows.
    pub ended: Option<(Duration, CallOutcome)>,
}

/// The status of an answer of HTTP, nothing of another; or why there was none, in a word.
pub type CallOutcome = Result<Option<u16>, &'static str>;

/// A question, without what may be secret or about somebody.
#[derive(Clone, Debug)]
pub enum Asked {
    /// A provider, by this method at this address.
    Provider(String, Url),
    /// The store, by these commands: their names alone.
    Store(Vec<String>),
}

impl Asked {
    /// A provider, by a request with this `method` for `url`, of which query, fragment and user are left out.
    pub fn provider(method: &str, url: &Url) -> Self {
        let mut url = url.clone();
        url.set_query(None);
        url.set_fragment(None);
        // It has none, unless a provider's metadata says so.
        let _ = (url.set_username(""), url.set_password(None));
        Self::Provider(method.to_owned(), url)
    }
}

impl Calls {
    /// Those of the request that is being answered.
    pub fn current() -> Option<Self> {
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
    pub fn begin(&self, asked: Asked) -> usize {
        let mut calls = self.lock();
        calls.push(Call { asked, began: Instant::now(), ended: None });
        calls.len() - 1
    }

    /// Notes what came of the question at `place`.
    pub fn end(&self, place: usize, outcome: CallOutcome) {
        if let Some(call) = self.lock().get_mut(place) {
            call.ended = Some((call.began.elapsed(), outcome));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Call>> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
