//! What a provider publishes (its metadata, its keys): fetched when needed, and kept for a while.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::BackendError;
use crate::calls::Calls;
use crate::metrics::Counter;

/// Seconds after which it is asked for anew, so that a key that was withdrawn goes here too.
pub(super) const FRESH: u64 = 600;

/// Seconds for which it serves while the provider is away.
pub(super) const KEPT: u64 = 24 * 60 * 60;

/// Seconds for which a provider that failed is left alone.
pub(super) const PAUSE: u64 = 15;

/// Seconds between two renewals that a token of a key yet unknown has asked for.
pub(super) const RENEWAL: u64 = 60;

/// A document that a provider publishes: its metadata, its keys.
///
/// One question at a time, however many people wait for its answer; whoever can be served with what
/// is there never waits. Every `now` is in Unix seconds.
#[derive(Debug)]
pub(super) struct Published<T>(Arc<Shared<T>>);

#[derive(Debug)]
struct Shared<T> {
    /// Whose it is: a host, for the log.
    provider: String,
    known: ArcSwapOption<Known<T>>,
    /// Held by whoever is asking the provider.
    asked: Arc<Mutex<LastAsked>>,
    fetched: Counter,
    failed: Counter,
}

/// How fetching something that a provider publishes goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fetches {
    /// What it is: `keys` or `metadata`.
    pub document: &'static str,
    /// How often it was fetched.
    pub fetched: u64,
    /// How often it could not be.
    pub failed: u64,
    /// When it last was, in Unix seconds.
    pub since: Option<u64>,
}

/// What came last.
#[derive(Debug)]
struct Known<T> {
    item: Arc<T>,
    since: u64,
}

/// When the provider was asked.
#[derive(Debug, Default)]
struct LastAsked {
    /// Why there was no answer the last time, and when that was.
    failed: Option<(BackendError, u64)>,
    renewed: Option<u64>,
}

impl<T: Send + Sync + 'static> Published<T> {
    /// Nothing is known yet of this provider.
    pub(super) fn new(provider: &str) -> Self {
        let (provider, known, asked) =
            (provider.to_owned(), ArcSwapOption::empty(), Arc::default());
        let (fetched, failed) = (Counter::default(), Counter::default());
        Self(Arc::new(Shared { provider, known, asked, fetched, failed }))
    }

    /// Shares what `other` knows and will fetch, if it knows anything.
    pub(super) fn inherit(&mut self, other: &Self) {
        if other.0.known.load().is_some() {
            self.0 = other.0.clone();
        }
    }

    /// What there is, or what `fetch` gets. The error of `fetch` says why there is nothing.
    pub(super) async fn get<F>(
        &self,
        now: u64,
        fetch: impl FnOnce() -> F,
    ) -> Result<Arc<T>, BackendError>
    where
        F: Future<Output = Result<T, BackendError>> + Send + 'static,
    {
        if let Some(item) = self.known(now, FRESH) {
            return Ok(item);
        }
        let old = self.known(now, KEPT);
        let asked = match &old {
            // Somebody is asking already: the old one does meanwhile.
            Some(old) => match self.0.asked.clone().try_lock_owned() {
                Ok(asked) => asked,
                Err(_) => return Ok(old.clone()),
            },
            None => self.0.asked.clone().lock_owned().await,
        };
        // Whoever asked before may have brought it.
        if let Some(item) = self.known(now, FRESH) {
            return Ok(item);
        }
        if let Some(why) = asked.failed_within(PAUSE, now) {
            return old.ok_or(why);
        }
        match (self.ask(asked, now, fetch()).await, old) {
            (Err(error), Some(old)) => {
                tracing::warn!(provider.host = self.0.provider, "what is known serves on: {error}");
                Ok(old)
            }
            (outcome, _) => outcome,
        }
    }

    /// Something newer than `seen`, in which what is needed is not; `None` where that was looked for
    /// within the last minute.
    pub(super) async fn renew<F>(
        &self,
        seen: &Arc<T>,
        now: u64,
        fetch: impl FnOnce() -> F,
    ) -> Result<Option<Arc<T>>, BackendError>
    where
        F: Future<Output = Result<T, BackendError>> + Send + 'static,
    {
        let mut asked = self.0.asked.clone().lock_owned().await;
        let newer = self.known(now, KEPT).filter(|item| !Arc::ptr_eq(item, seen));
        if newer.is_some() {
            return Ok(newer);
        }
        if asked.renewed.is_some_and(|at| at.abs_diff(now) < RENEWAL) {
            return match asked.failed_within(RENEWAL, now) {
                Some(why) => Err(why),
                None => Ok(None),
            };
        }
        asked.renewed = Some(now);
        self.ask(asked, now, fetch()).await.map(Some)
    }

    /// How fetching it goes; it is called `document`.
    pub(super) fn fetches(&self, document: &'static str) -> Fetches {
        let Shared { known, fetched, failed, .. } = &*self.0;
        let since = known.load().as_ref().map(|known| known.since);
        Fetches { document, fetched: fetched.get(), failed: failed.get(), since }
    }

    /// Whether there is anything that may still serve.
    pub(super) fn is_known(&self, now: u64) -> bool {
        self.known(now, KEPT).is_some()
    }

    /// What came less than `age` seconds ago.
    fn known(&self, now: u64, age: u64) -> Option<Arc<T>> {
        let known = self.0.known.load();
        // A clock that was set back must not make anything last longer.
        known.as_ref().filter(|it| it.since.abs_diff(now) < age).map(|it| it.item.clone())
    }

    /// A task of its own asks: a browser that goes away would stop it otherwise, and could, again
    /// and again, keep everybody from ever seeing a new key.
    async fn ask(
        &self,
        mut asked: OwnedMutexGuard<LastAsked>,
        now: u64,
        fetch: impl Future<Output = Result<T, BackendError>> + Send + 'static,
    ) -> Result<Arc<T>, BackendError> {
        let shared = self.0.clone();
        let task = async move {
            let fetched = fetch.await.map(Arc::new);
            asked.failed = fetched.as_ref().err().map(|why| (why.clone(), now));
            let count = if fetched.is_ok() { &shared.fetched } else { &shared.failed };
            count.add();
            if let Ok(item) = &fetched {
                let known = Known { item: item.clone(), since: now };
                shared.known.store(Some(Arc::new(known)));
            }
            fetched
        };
        let task = match Calls::current() {
            Some(calls) => tokio::spawn(calls.within(task)),
            None => tokio::spawn(task),
        };
        let unread = |_| Err(BackendError::Unavailable("its answer was not read".to_owned()));
        task.await.unwrap_or_else(unread)
    }
}

impl LastAsked {
    fn failed_within(&self, seconds: u64, now: u64) -> Option<BackendError> {
        let (why, at) = self.failed.as_ref()?;
        (at.abs_diff(now) < seconds).then(|| why.clone())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

    use futures_util::FutureExt as _;
    use futures_util::future::join_all;
    use tokio::sync::Notify;

    use super::Published;
    use crate::backend::BackendError;

    const NOW: u64 = 1_800_000_000;

    /// A provider that counts how often it is asked.
    #[derive(Clone, Default)]
    struct Provider(Arc<Counted>);

    #[derive(Default)]
    struct Counted {
        asked: AtomicU32,
        is_away: AtomicBool,
    }

    impl Provider {
        /// Answers when others have had their turn.
        async fn answer(self) -> Result<u32, BackendError> {
            tokio::task::yield_now().await;
            let asked = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
            let away = || BackendError::Unavailable("away".to_owned());
            if self.0.is_away.load(Ordering::SeqCst) { Err(away()) } else { Ok(asked) }
        }

        fn is_away(&self, is_away: bool) {
            self.0.is_away.store(is_away, Ordering::SeqCst);
        }

        fn asked(&self) -> u32 {
            self.0.asked.load(Ordering::SeqCst)
        }
    }

    fn nothing_yet() -> Published<u32> {
        Published::new("id.acme.example")
    }

    #[tokio::test]
    async fn what_was_fetched_serves_for_ten_minutes_and_for_a_day_while_the_provider_is_away() {
        let (kept, provider) = (nothing_yet(), Provider::default());
        // (what, seconds after the first, whether the provider is away, what is served, asked)
        let cases = [
            ("the first", 0, false, Some(1), 1),
            ("within ten minutes", 599, false, Some(1), 1),
            ("after them", 600, false, Some(2), 2),
            ("away", 7200, true, Some(2), 3),
            ("left alone", 7214, true, Some(2), 3),
            ("asked again", 7215, true, Some(2), 4),
            ("the last second of a day", 600 + 86_399, true, Some(2), 5),
            ("after a day", 600 + 86_400 + 15, true, None, 6),
            ("left alone with nothing", 600 + 86_400 + 29, true, None, 6),
            ("back", 600 + 86_400 + 30, false, Some(7), 7),
            ("a clock that goes back", 0, false, Some(8), 8),
        ];
        for (what, after, is_away, served, asked) in cases {
            provider.is_away(is_away);
            let got = kept.get(NOW + after, || provider.clone().answer()).await;
            assert_eq!(got.ok().map(|item| *item), served, "{what}");
            assert_eq!(provider.asked(), asked, "{what}");
        }
    }

    #[tokio::test]
    async fn many_at_once_ask_once() {
        for is_away in [false, true] {
            let (kept, provider) = (nothing_yet(), Provider::default());
            provider.is_away(is_away);
            let get = |_| kept.get(NOW, || provider.clone().answer());
            let all = join_all((0..50).map(get)).await;
            assert!(all.iter().all(|got| got.is_err() == is_away));
            assert_eq!(provider.asked(), 1, "away: {is_away}");
        }
    }

    #[tokio::test]
    async fn a_renewal_happens_once_a_minute() {
        let (kept, provider) = (nothing_yet(), Provider::default());
        let mut seen = kept.get(NOW, || provider.clone().answer()).await.unwrap();
        // (what, seconds, away, what is newer, asked): nobody can say is `Err`
        let cases = [
            ("the first", 1, false, Ok(Some(2)), 2),
            ("within the minute", 60, false, Ok(None), 2),
            ("after it, away", 61, true, Err(()), 3),
            ("away, within the minute", 120, true, Err(()), 3),
            ("back", 121, false, Ok(Some(4)), 4),
        ];
        for (what, after, is_away, newer, asked) in cases {
            provider.is_away(is_away);
            let got = kept.renew(&seen, NOW + after, || provider.clone().answer()).await;
            let said = got.as_ref().map(|it| it.as_deref().copied()).map_err(|_| ());
            assert_eq!(said, newer, "{what}");
            assert_eq!(provider.asked(), asked, "{what}");
            seen = got.ok().flatten().unwrap_or(seen);
        }
    }

    #[tokio::test]
    async fn many_who_need_the_same_new_key_ask_once() {
        let (kept, provider) = (nothing_yet(), Provider::default());
        let seen = kept.get(NOW, || provider.clone().answer()).await.unwrap();
        let renew = |_| kept.renew(&seen, NOW, || provider.clone().answer());
        let all = join_all((0..50).map(renew)).await;
        assert!(all.into_iter().all(|got| *got.unwrap().unwrap() == 2));
        assert_eq!(provider.asked(), 2);
    }

    #[tokio::test]
    async fn a_renewal_delays_nobody_who_knows_the_key() {
        let kept = nothing_yet();
        let seen = kept.get(NOW, async || Ok(1)).await.unwrap();
        let (begun, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (its_begun, its_end) = (begun.clone(), end.clone());
        let renewal = kept.renew(&seen, NOW + 7200, || async move {
            its_begun.notify_one();
            its_end.notified().await;
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
        let kept = nothing_yet();
        for _ in 0..2 {
            let late = || BackendError::Unavailable("it took too long".to_owned());
            let got = kept.get(NOW, async move || Err(late())).await;
            assert!(matches!(
                got,
                Err(BackendError::Unavailable(why)) if why.starts_with("it took too long")
            ));
        }
    }
}
