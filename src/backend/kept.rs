//! What a provider publishes (its metadata, its keys): fetched when needed, and kept for a while.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::BackendError;

/// Seconds for which what was fetched is good without asking again.
const FRESH: u64 = 3600;

/// Seconds for which it serves while the provider is away.
const KEPT: u64 = 24 * 3600;

/// Seconds for which a provider that failed is left alone.
const PAUSE: u64 = 15;

/// Seconds between two renewals that a token of a key yet unknown has asked for.
const RENEWAL: u64 = 60;

/// Something of a provider's. Clones of the [`Arc`] outlive its replacement.
///
/// One request at a time, however many people wait for it; whoever can be served with what is there
/// never waits. Every `now` is in Unix seconds.
#[derive(Debug)]
pub(super) struct Kept<T> {
    held: Mutex<Held<T>>,
    /// Held by whoever is asking the provider.
    gate: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Held<T> {
    item: Option<(Arc<T>, u64)>,
    failed: Option<(String, u64)>,
    renewed: Option<u64>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        let held = Held { item: None, failed: None, renewed: None };
        Self { held: Mutex::new(held), gate: tokio::sync::Mutex::default() }
    }
}

impl<T> Kept<T> {
    /// What there is, or what `fetch` gets. The error of `fetch` says why there is nothing.
    pub(super) async fn get(
        &self,
        now: u64,
        fetch: impl AsyncFnOnce() -> Result<T, String>,
    ) -> Result<Arc<T>, BackendError> {
        if let Some(outcome) = self.lock().at_hand(now) {
            return outcome;
        }
        let old = self.lock().old(now);
        let _gate = match old {
            // Somebody is asking already: the old one does meanwhile.
            Some(old) => match self.gate.try_lock() {
                Ok(gate) => gate,
                Err(_) => return Ok(old),
            },
            None => self.gate.lock().await,
        };
        if let Some(outcome) = self.lock().at_hand(now) {
            return outcome;
        }
        let fetched = fetch().await;
        let mut held = self.lock();
        match held.put(fetched, now) {
            Ok(item) => Ok(item),
            Err(error) => held.old(now).ok_or(error),
        }
    }

    /// Something newer than `seen`, in which what is needed is not; `None` where that was looked for
    /// within the last minute.
    pub(super) async fn renew(
        &self,
        seen: &Arc<T>,
        now: u64,
        fetch: impl AsyncFnOnce() -> Result<T, String>,
    ) -> Result<Option<Arc<T>>, BackendError> {
        let _gate = self.gate.lock().await;
        {
            let mut held = self.lock();
            if let Some((item, _)) = &held.item
                && !Arc::ptr_eq(item, seen)
            {
                return Ok(Some(item.clone()));
            }
            if held.renewed.is_some_and(|at| now.saturating_sub(at) < RENEWAL) {
                return Ok(None);
            }
            held.renewed = Some(now);
        }
        let fetched = fetch().await;
        self.lock().put(fetched, now).map(Some)
    }

    fn lock(&self) -> MutexGuard<'_, Held<T>> {
        // A panic elsewhere cannot leave it half-written, so poisoning is harmless.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Held<T> {
    /// What can be said without asking the provider.
    fn at_hand(&self, now: u64) -> Option<Result<Arc<T>, BackendError>> {
        if let Some((item, at)) = &self.item
            && now.saturating_sub(*at) < FRESH
        {
            return Some(Ok(item.clone()));
        }
        let (why, at) = self.failed.as_ref()?;
        (now.saturating_sub(*at) < PAUSE)
            .then(|| self.old(now).ok_or_else(|| BackendError::Unavailable(why.clone())))
    }

    /// What serves while the provider is away.
    fn old(&self, now: u64) -> Option<Arc<T>> {
        let (item, at) = self.item.as_ref()?;
        (now.saturating_sub(*at) < KEPT).then(|| item.clone())
    }

    fn put(&mut self, fetched: Result<T, String>, now: u64) -> Result<Arc<T>, BackendError> {
        match fetched {
            Ok(item) => {
                let item = Arc::new(item);
                self.item = Some((item.clone(), now));
                self.failed = None;
                Ok(item)
            }
            Err(why) => {
                self.failed = Some((why.clone(), now));
                Err(BackendError::Unavailable(why))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::FutureExt as _;
    use futures_util::future::join_all;
    use tokio::sync::Notify;

    use super::Kept;
    use crate::backend::BackendError;

    const NOW: u64 = 1_800_000_000;

    /// A provider that counts how often it is asked.
    #[derive(Default)]
    struct Provider {
        asked: Cell<u32>,
        is_away: Cell<bool>,
    }

    impl Provider {
        fn answer(&self) -> Result<u32, String> {
            self.asked.set(self.asked.get() + 1);
            if self.is_away.get() { Err("away".to_owned()) } else { Ok(self.asked.get()) }
        }
    }

    #[tokio::test]
    async fn what_was_fetched_serves_for_an_hour_and_for_a_day_while_the_provider_is_away() {
        let (kept, provider) = (Kept::default(), Provider::default());
        // (what, seconds after the first, whether the provider is away, what is served, asked)
        let cases = [
            ("the first", 0, false, Some(1), 1),
            ("within the hour", 3599, false, Some(1), 1),
            ("after the hour", 3600, false, Some(2), 2),
            ("away", 7200, true, Some(2), 3),
            ("left alone", 7214, true, Some(2), 3),
            ("asked again", 7215, true, Some(2), 4),
            ("the last second of a day", 3600 + 86_399, true, Some(2), 5),
            ("after a day", 3600 + 86_400 + 15, true, None, 6),
            ("left alone with nothing", 3600 + 86_400 + 29, true, None, 6),
            ("back", 3600 + 86_400 + 30, false, Some(7), 7),
            ("a clock that goes back", 0, false, Some(7), 7),
        ];
        for (what, after, is_away, served, asked) in cases {
            provider.is_away.set(is_away);
            let got = kept.get(NOW + after, async || provider.answer()).await;
            assert_eq!(got.ok().map(|item| *item), served, "{what}");
            assert_eq!(provider.asked.get(), asked, "{what}");
        }
    }

    #[tokio::test]
    async fn many_at_once_ask_once() {
        for is_away in [false, true] {
            let (kept, provider) = (Kept::default(), Provider::default());
            provider.is_away.set(is_away);
            let get = |_| {
                kept.get(NOW, async || {
                    tokio::task::yield_now().await;
                    provider.answer()
                })
            };
            let all = join_all((0..50).map(get)).await;
            assert!(all.iter().all(|got| got.is_err() == is_away));
            assert_eq!(provider.asked.get(), 1, "away: {is_away}");
        }
    }

    #[tokio::test]
    async fn a_renewal_happens_once_a_minute() {
        let (kept, provider) = (Kept::default(), Provider::default());
        let mut seen = kept.get(NOW, async || provider.answer()).await.unwrap();
        // (what, seconds, away, what is newer, asked): an error is `Err`
        let cases = [
            ("the first", 1, false, Ok(Some(2)), 2),
            ("within the minute", 60, false, Ok(None), 2),
            ("after it, away", 61, true, Err(()), 3),
            ("away, within the minute", 120, true, Ok(None), 3),
            ("back", 121, false, Ok(Some(4)), 4),
        ];
        for (what, after, is_away, newer, asked) in cases {
            provider.is_away.set(is_away);
            let got = kept.renew(&seen, NOW + after, async || provider.answer()).await;
            assert_eq!(
                got.as_ref().map(|it| it.as_deref().copied()).map_err(|_| ()),
                newer,
                "{what}"
            );
            assert_eq!(provider.asked.get(), asked, "{what}");
            seen = got.ok().flatten().unwrap_or(seen);
        }
    }

    #[tokio::test]
    async fn many_who_need_the_same_new_key_ask_once() {
        let (kept, provider) = (Kept::default(), Provider::default());
        let seen = kept.get(NOW, async || provider.answer()).await.unwrap();
        let renew = |_| {
            kept.renew(&seen, NOW, async || {
                tokio::task::yield_now().await;
                provider.answer()
            })
        };
        let all = join_all((0..50).map(renew)).await;
        assert!(all.into_iter().all(|got| *got.unwrap().unwrap() == 2));
        assert_eq!(provider.asked.get(), 2);
    }

    #[tokio::test]
    async fn a_renewal_delays_nobody_who_knows_the_key() {
        let kept = Kept::default();
        let seen = kept.get(NOW, async || Ok(1)).await.unwrap();
        let (begun, end) = (Notify::new(), Notify::new());
        let renewal = kept.renew(&seen, NOW + 7200, async || {
            begun.notify_one();
            end.notified().await;
            Ok(2)
        });
        let others = async {
            begun.notified().await;
            let never = async || unreachable!("the provider is being asked already");
            for after in [0, 7200] {
                let got = kept.get(NOW + after, never).now_or_never();
                assert_eq!(*got.expect("nobody waits").unwrap(), 1);
            }
            end.notify_one();
        };
        let (renewed, ()) = futures_util::join!(renewal, others);
        assert_eq!(*renewed.unwrap().unwrap(), 2);
        assert_eq!(*kept.get(NOW + 7200, async || Ok(3)).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn whoever_gets_nothing_learns_why() {
        let kept = Kept::<u32>::default();
        for _ in 0..2 {
            let got = kept.get(NOW, async || Err("it took too long".to_owned())).await;
            assert!(
                matches!(got, Err(BackendError::Unavailable(why)) if why == "it took too long")
            );
        }
    }
}
