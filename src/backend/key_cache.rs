//! A provider's published keys, by the address at which it publishes them.

use std::fmt::Display;
use std::sync::Arc;

use url::Url;

use super::published::{Fetches, Published};
use super::{BackendError, Bounds, Http};
use crate::token::{KeyAlgorithm, KeySet, PublicKey};

/// The keys behind one address.
///
/// A key that is known is never waited for because somebody names one that is not.
#[derive(Debug)]
pub struct KeyCache {
    url: Url,
    bounds: Bounds,
    algorithm: KeyAlgorithm,
    keys: Published<KeySet>,
}

impl KeyCache {
    /// Nothing is known yet of the keys at `url`, which is asked within `bounds`.
    pub fn new(url: Url, bounds: Bounds, algorithm: KeyAlgorithm) -> Self {
        let keys = Published::new(url.host_str().unwrap_or_default());
        Self { url, bounds, algorithm, keys }
    }

    /// Takes over what `old` knows, if the keys are the same.
    pub(super) fn inherit(&mut self, old: &Self) {
        if (&self.url, &self.bounds, self.algorithm) == (&old.url, &old.bounds, old.algorithm) {
            self.keys.inherit(&old.keys);
        }
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Within what they are asked for.
    pub(super) fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// How often and when the keys were fetched.
    pub fn fetches(&self) -> Fetches {
        self.keys.fetches("keys")
    }

    /// By which algorithm the keys verify.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Whether there are any that may still serve.
    pub fn are_known(&self, now: u64) -> bool {
        self.keys.is_known(now)
    }

    /// The key that a token names; `None` if the provider has none of that name.
    pub async fn find(
        &self,
        kid: Option<&str>,
        http: &Http,
        now: u64,
    ) -> Result<Option<Arc<PublicKey>>, BackendError> {
        let http = &http.within(&self.bounds);
        find(&self.keys, &self.url, &[self.algorithm], (self.algorithm, kid), http, now).await
    }
}

/// The key of an algorithm that a token names by its `kid`, among those that a provider publishes at
/// `url` for `algorithms`; `None` if it has none of that name.
pub(super) async fn find(
    keys: &Published<KeySet>,
    url: &Url,
    algorithms: &[KeyAlgorithm],
    (algorithm, kid): (KeyAlgorithm, Option<&str>),
    http: &Http,
    now: u64,
) -> Result<Option<Arc<PublicKey>>, BackendError> {
    let fetch = || fetch(http.clone(), url.clone(), algorithms.to_vec());
    let known = keys.get(now, fetch).await?;
    if let Some(key) = known.find(algorithm, kid) {
        return Ok(Some(key));
    }
    let newer = keys.renew(&known, now, fetch).await?;
    Ok(newer.and_then(|keys| keys.find(algorithm, kid)))
}

/// The reasons hold nothing of the answer.
async fn fetch(
    http: Http,
    url: Url,
    algorithms: Vec<KeyAlgorithm>,
) -> Result<KeySet, BackendError> {
    let unusable = |why: &dyn Display| BackendError::Unavailable(format!("key set: {why}"));
    let answer = http.fetch("key set", &url).await?;
    if answer.status.as_u16() != 200 {
        return Err(unusable(&format!("answered with status {}", answer.status.as_u16())));
    }
    KeySet::parse(&answer.body, &algorithms).map_err(|error| unusable(&error))
}

#[cfg(test)]
mod tests;
