//! A provider's published keys, kept so that hardly anybody waits for them.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use tokio::sync::{Mutex, OwnedMutexGuard};
use url::Url;

use super::{BackendError, Http};
use crate::token::{KeyAlgorithm, KeySet, PublicKey};

/// Seconds after which a set is asked for anew, so that a key that was withdrawn goes here too.
const FRESH: u64 = 600;

/// Seconds for which a set serves whose provider does not answer.
const KEPT: u64 = 24 * 60 * 60;

/// Seconds between two questions, whatever comes of them.
const PAUSE: u64 = 60;

/// The keys behind one address. Clones share them.
///
/// A key that is known is never waited for because somebody names one that is not. The provider is
/// asked by one task at a time and at most once a minute.
#[derive(Clone, Debug)]
pub struct KeyCache(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    url: Url,
    algorithm: KeyAlgorithm,
    known: ArcSwapOption<Known>,
    last: Arc<Mutex<Option<Attempt>>>,
}

/// The last set that came.
#[derive(Debug)]
struct Known {
    keys: KeySet,
    since: u64,
}

/// The last time that the provider was asked.
#[derive(Debug)]
struct Attempt {
    at: u64,
    failed: Option<String>,
}

impl KeyCache {
    /// Nothing is known yet of the keys at `url`.
    pub fn new(url: Url, algorithm: KeyAlgorithm) -> Self {
        let (known, last) = (ArcSwapOption::empty(), Arc::new(Mutex::new(None)));
        Self(Arc::new(Shared { url, algorithm, known, last }))
    }

    /// By which algorithm the keys verify.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.0.algorithm
    }

    /// The key that a token names; `None` if the provider has none of that name.
    pub async fn find(
        &self,
        kid: Option<&str>,
        http: &Http,
        now: u64,
    ) -> Result<Option<Arc<PublicKey>>, BackendError> {
        let Some((key, is_fresh)) = self.known(kid, now) else {
            let last = self.0.last.clone().lock_owned().await;
            // Whoever had the lock may have brought it.
            if let Some((key, _)) = self.known(kid, now) {
                return Ok(Some(key));
            }
            self.ask(last, http, now).await?;
            return Ok(self.known(kid, now).map(|(key, _)| key));
        };
        if is_fresh {
            return Ok(Some(key));
        }
        // Somebody who is asking already may be asking for anything: the old key serves meanwhile.
        let Ok(last) = self.0.last.clone().try_lock_owned() else { return Ok(Some(key)) };
        if let Err(error) = self.ask(last, http, now).await {
            let host = self.0.url.host_str();
            tracing::warn!(keys.host = host, "the known keys serve on: {error}");
        }
        Ok(self.known(kid, now).map(|(key, _)| key))
    }

    /// A key that may still serve, and whether nobody need ask about it.
    fn known(&self, kid: Option<&str>, now: u64) -> Option<(Arc<PublicKey>, bool)> {
        let known = self.0.known.load();
        // A clock that was set back must not make a set last longer.
        let known = known.as_ref().filter(|known| known.since.abs_diff(now) < KEPT)?;
        Some((known.keys.find(kid)?, known.since.abs_diff(now) < FRESH))
    }

    /// Asks the provider, or repeats what came of it less than a minute ago.
    ///
    /// A task of its own does it: a browser that goes away would stop it otherwise, and could, once
    /// a minute, keep everybody from ever seeing a new key.
    async fn ask(
        &self,
        mut last: OwnedMutexGuard<Option<Attempt>>,
        http: &Http,
        now: u64,
    ) -> Result<(), BackendError> {
        if let Some(Attempt { at, failed }) = &*last
            && at.abs_diff(now) < PAUSE
        {
            return match failed {
                None => Ok(()),
                Some(why) => Err(BackendError::Unavailable(format!(
                    "{why} (less than a minute ago; not asked again yet)"
                ))),
            };
        }
        let (cache, http) = (self.clone(), http.clone());
        let task = tokio::spawn(async move {
            let outcome = cache.0.fetch(&http).await;
            let failed = outcome.as_ref().err().cloned();
            *last = Some(Attempt { at: now, failed });
            if let Ok(keys) = outcome {
                cache.0.known.store(Some(Arc::new(Known { keys, since: now })));
                return Ok(());
            }
            outcome.map(|_| ())
        });
        let outcome = task.await.unwrap_or_else(|_| Err("the key set was not read".to_owned()));
        outcome.map_err(BackendError::Unavailable)
    }
}

impl Shared {
    /// The reasons hold nothing of the answer.
    async fn fetch(&self, http: &Http) -> Result<KeySet, String> {
        let request = http.client().get(self.url.clone()).header("accept", "application/json");
        let answer = http.send(request).await.map_err(|error| format!("key set: {error}"))?;
        if answer.status.as_u16() != 200 {
            return Err(format!("key set: answered with status {}", answer.status.as_u16()));
        }
        KeySet::parse(&answer.body, self.algorithm).map_err(|error| format!("key set: {error}"))
    }
}

#[cfg(test)]
mod tests;
