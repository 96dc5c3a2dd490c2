//! Everything that the admin page shows, as data: the page and the JSON are made of it.

use serde::Serialize;

use super::history::{History, Hour, LastHour};
use super::{AdminQuery, MostConnections, Readiness};
use crate::backend::Backend;
use crate::domain::Brand;
use crate::ops::reasons;
use crate::recent::RecentFailure;
use crate::table::Table;
use crate::web::State;

/// Most brands that are shown at once.
const MOST_BRANDS: usize = 100;

/// Failures that the page shows at most.
const MOST_FAILURES: usize = 50;

/// How the service does. `src/ops/admin/openapi.json` explains it.
#[derive(Debug, Serialize)]
pub(super) struct Overview {
    pub(super) version: &'static str,
    pub(super) time: u64,
    pub(super) is_ready: bool,
    pub(super) reasons: Vec<Reason>,
    pub(super) configuration: Configuration,
    pub(super) clock_offset: Option<i64>,
    pub(super) connections: u64,
    pub(super) connections_max: usize,
    pub(super) last_hour: Counts,
    /// How many there are, of which the busiest that were asked for are shown.
    pub(super) brands_total: usize,
    pub(super) brands_found: usize,
    pub(super) brands: Vec<BrandStatus>,
    pub(super) backends: Vec<BackendStatus>,
    pub(super) failures: Vec<RecentFailure>,
}

#[derive(Debug, Serialize)]
pub(super) struct Reason {
    pub(super) kind: &'static str,
    pub(super) text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Configuration {
    pub(super) since: u64,
    pub(super) checksum: String,
    pub(super) is_in_force: bool,
    pub(super) changes: Vec<Change>,
}

#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub(super) time: u64,
    pub(super) text: String,
}

/// Within the last hour.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Counts {
    pub(super) signed_in: u64,
    pub(super) unsuccessful: u64,
}

/// The same, minute by minute, the oldest first.
#[derive(Debug, Serialize)]
pub(super) struct Minutes {
    pub(super) signed_in: Vec<u32>,
    pub(super) unsuccessful: Vec<u32>,
}

#[derive(Debug, Serialize)]
pub(super) struct BrandStatus {
    pub(super) name: String,
    pub(super) display_name: String,
    pub(super) is_closed: bool,
    /// Whether any of its backends tells us who arrives.
    pub(super) is_told: bool,
    pub(super) hosts: Vec<String>,
    /// Its own first, then those of its routes.
    pub(super) backends: Vec<String>,
    pub(super) last_hour: Counts,
    pub(super) minutes: Minutes,
}

#[derive(Debug, Serialize)]
pub(super) struct BackendStatus {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) is_closed: bool,
    /// Whether it tells us who arrives.
    pub(super) is_told: bool,
    pub(super) last_hour: Counts,
    pub(super) minutes: Minutes,
    /// What its provider publishes, where we ask for it.
    pub(super) documents: Vec<PublishedDocument>,
}

#[derive(Debug, Serialize)]
pub(super) struct PublishedDocument {
    pub(super) document: &'static str,
    pub(super) fetched: Option<u64>,
    pub(super) failures: u64,
}

impl Overview {
    pub(super) fn of(
        state: &State,
        history: &History,
        readiness: &Readiness,
        most: MostConnections,
        asked: &AdminQuery,
    ) -> Self {
        let table = state.table();
        let reloads = &state.metrics.reloads;
        let backends: Vec<_> =
            table.backends.iter().map(|backend| BackendStatus::of(backend, history)).collect();
        let wanted = asked.brand.trim().to_lowercase();
        let found = table.brands.iter().filter(|(_, brand)| is_wanted(brand, &wanted));
        let mut found: Vec<_> =
            found.map(|(_, brand)| (history.brand(brand.name.as_str()), brand)).collect();
        let brands_found = found.len();
        found.sort_by_key(|(hour, _)| {
            let Counts { signed_in, unsuccessful } = Counts::of(hour);
            std::cmp::Reverse(signed_in + unsuccessful)
        });
        found.truncate(MOST_BRANDS);
        let trace = Some(asked.trace.trim()).filter(|trace| !trace.is_empty());
        let mut failures = state.recent.find(trace);
        failures.truncate(MOST_FAILURES);
        let sum = backends.iter().fold(Counts::default(), |sum, it| Counts {
            signed_in: sum.signed_in + it.last_hour.signed_in,
            unsuccessful: sum.unsuccessful + it.last_hour.unsuccessful,
        });
        let change = |(time, text)| Change { time, text };
        Self {
            version: env!("CARGO_PKG_VERSION"),
            time: state.now(),
            is_ready: readiness.is_ready(),
            reasons: reasons(readiness, state)
                .into_iter()
                .map(|(kind, text)| Reason { kind, text })
                .collect(),
            configuration: Configuration {
                since: reloads.since(),
                checksum: format!("{:016x}", reloads.checksum()),
                is_in_force: reloads.is_in_force(),
                changes: readiness.changes().into_iter().map(change).collect(),
            },
            clock_offset: state.metrics.clock_offset.median(),
            connections: state.metrics.connections.get(),
            connections_max: most.0,
            last_hour: sum,
            brands_total: table.brands.iter().count(),
            brands_found,
            brands: found
                .iter()
                .map(|(hour, brand)| BrandStatus::of(brand, hour, &table))
                .collect(),
            backends,
            failures,
        }
    }
}

impl Overview {
    /// Whether our clock is so far from Zendesk's that assertions fail.
    pub(super) fn is_clock_off(&self) -> bool {
        self.clock_offset.is_some_and(|seconds| seconds.unsigned_abs() > 60)
    }
}

/// Whether the name or a host of `brand` holds what is looked for.
fn is_wanted(brand: &Brand, wanted: &str) -> bool {
    wanted.is_empty()
        || brand.name.as_str().contains(wanted)
        || brand.display_name.to_lowercase().contains(wanted)
        || brand.hosts().any(|host| host.as_str().contains(wanted))
}

impl BrandStatus {
    fn of(brand: &Brand, hour: &LastHour, table: &Table) -> Self {
        let mut backends: Vec<String> = Vec::new();
        for (backend, _) in brand.rules() {
            let name = table.backend(backend).map(|it| it.name.to_string()).unwrap_or_default();
            if !backends.contains(&name) {
                backends.push(name);
            }
        }
        Self {
            name: brand.name.to_string(),
            display_name: brand.display_name.to_string(),
            is_closed: brand.closed.is_some(),
            is_told: brand
                .rules()
                .any(|(key, _)| table.backend(key).is_some_and(Backend::names_people)),
            hosts: brand.hosts().map(|host| host.as_str().to_owned()).collect(),
            backends,
            last_hour: Counts::of(hour),
            minutes: Minutes::of(hour),
        }
    }
}

impl BackendStatus {
    fn of(backend: &Backend, history: &History) -> Self {
        let hour = history.backend(backend.name.as_str());
        let documents = backend.fetches().into_iter();
        Self {
            name: backend.name.to_string(),
            kind: backend.kind.as_str(),
            is_closed: backend.closed.is_some(),
            is_told: backend.names_people(),
            last_hour: Counts::of(&hour),
            minutes: Minutes::of(&hour),
            documents: documents
                .map(|it| PublishedDocument {
                    document: it.document,
                    fetched: it.since,
                    failures: it.failed,
                })
                .collect(),
        }
    }
}

impl Counts {
    fn of(hour: &LastHour) -> Self {
        let sum = |hour: &Hour| hour.iter().copied().map(u64::from).sum();
        Self { signed_in: sum(&hour.signed_in), unsuccessful: sum(&hour.unsuccessful) }
    }
}

impl Minutes {
    fn of(hour: &LastHour) -> Self {
        Self { signed_in: hour.signed_in.to_vec(), unsuccessful: hour.unsuccessful.to_vec() }
    }
}
