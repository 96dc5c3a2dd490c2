//! What every request reads: the table now in force, and what outlives it.

use std::iter;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use actix_web::dev::RequestHead;
use actix_web::http::header::ACCEPT_LANGUAGE;
use arc_swap::{ArcSwap, Guard};

use crate::audit::Audit;
use crate::backend::{Asking, Http};
use crate::clock::Clock;
use crate::keyed_limit::KeyedLimit;
use crate::metrics::{Kinds, Metrics};
use crate::rate_limit::RateLimit;
use crate::recent::Recent;
use crate::store::Store;
use crate::table::Table;
use crate::token::{StateKey, StateKeys};
use crate::traces::Traces;
use crate::web::page::languages::Languages;
use crate::web::page::texts::{Texts, TextsError};

/// Of how many connections one may have a request that waits for its turn to try a password, and
/// one a request that a provider is asked for: everybody else has the rest. Of these, one backend
/// has no more than half.
const ONE_IN: usize = 4;

/// What the public listener's handlers share.
pub struct State {
    table: ArcSwap<Table>,
    /// Remembers what may happen only once.
    pub store: Store,
    /// Seals where the table has no keys.
    own_keys: StateKeys,
    /// Asks providers.
    pub http: Http,
    pub(super) clock: Clock,
    /// How many errors Zendesk has reported that nobody knows.
    pub(super) unknown_messages: AtomicU64,
    /// Has room for whoever must wait before the next attempt.
    pub(super) waiting: KeyedLimit,
    /// For whom providers are being asked.
    pub(super) asking_for: KeyedLimit,
    /// Whether it is said that a header about somebody's address is not believed.
    pub(super) has_told_of_header: AtomicBool,
    /// How often each network comes.
    pub(super) rates: RateLimit,
    languages: Languages,
    /// What is counted, whatever the table says.
    pub metrics: Metrics,
    /// Where it is told who was signed in, if anywhere.
    pub audit: Option<Audit>,
    /// Whether people come by TLS, and we speak it.
    pub speaks_tls: bool,
    /// What failed last, if anybody may look.
    pub recent: Recent,
    /// Where sign-ins are traced, if anywhere.
    pub traces: Option<Traces>,
}

impl State {
    /// Puts the parts together, for so many connections; `own_keys` seal where the table has none.
    pub fn new(
        table: Table,
        store: Store,
        own_keys: StateKeys,
        http: Http,
        clock: Clock,
        connections: usize,
    ) -> Result<Self, TextsError> {
        let table = ArcSwap::new(Arc::new(table));
        let few = (connections / ONE_IN).max(1);
        let (waiting, asking_for) = (KeyedLimit::new(few), KeyedLimit::new(few));
        let languages = Languages::built_in()?;
        // An alert sounds at the first.
        let metrics = Metrics { refusals: Kinds::with_zeros(&["internal"]), ..Metrics::default() };
        let unknown_messages = AtomicU64::new(0);
        Ok(Self {
            table,
            store,
            own_keys,
            http,
            clock,
            unknown_messages,
            waiting,
            asking_for,
            has_told_of_header: AtomicBool::new(false),
            rates: RateLimit::default(),
            languages,
            metrics,
            audit: None,
            speaks_tls: false,
            recent: Recent::default(),
            traces: None,
        })
    }

    /// Unix time, in seconds.
    pub fn now(&self) -> u64 {
        self.clock.now()
    }

    /// What it takes to ask a provider, now, about a flow that `key` seals.
    pub(super) fn asking<'a>(&'a self, key: &'a StateKey) -> Asking<'a> {
        Asking { http: &self.http, key, now: self.clock.now() }
    }

    /// What seals and opens while `table` is in force.
    pub fn keys<'a>(&'a self, table: &'a Table) -> &'a StateKeys {
        table.state_keys.as_ref().unwrap_or(&self.own_keys)
    }

    /// The texts in the language that Zendesk calls `locale`, or whoever sent `request` asks for.
    pub(super) fn texts(&self, locale: Option<NonZeroU16>, request: &RequestHead) -> &Texts {
        let wishes = request.headers().get_all(ACCEPT_LANGUAGE);
        self.languages.choose(locale, wishes.filter_map(|wishes| wishes.to_str().ok()))
    }

    /// The texts for somebody whose wishes we do not know.
    pub(super) fn default_texts(&self) -> &Texts {
        self.languages.choose(None, iter::empty())
    }

    /// Counts that the files have changed, and that what they say is in force.
    pub fn reloaded(&self, checksum: u64) {
        self.metrics.reloads.used.add();
        self.metrics.reloads.begin(self.clock.now(), checksum);
    }

    /// The table now in force; a request keeps the one it started with.
    pub fn table(&self) -> Guard<Arc<Table>> {
        self.table.load()
    }

    /// Puts `table` in force; the one that was until now. Requests may still use that.
    pub fn replace(&self, table: Table) -> Arc<Table> {
        self.table.swap(Arc::new(table))
    }
}
