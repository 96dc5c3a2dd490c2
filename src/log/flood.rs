//! Keeps what strangers can cause from filling the log: so many lines of each kind, then one that
//! says how many more.
//!
//! What has a line of its own whatever comes: the start, the end, the store. What requests cause is
//! limited, and so is what libraries say.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::bucket::{Bucket, Rate};
use super::queue::Queue;
use crate::clock::Clock;

/// Lines of one kind.
const KIND: Rate = Rate { each_second: 10, at_once: 100 };

/// Lines of people: of each kind of sign-in, and of all refusals together whose code a person saw.
const PEOPLE: Rate = Rate { each_second: 100, at_once: 100 };

/// Lines of one network, when another has used up what all may have.
const NETWORK: Rate = Rate { each_second: 2, at_once: 10 };

/// Lines of all such networks.
const NETWORKS: Rate = Rate { each_second: 100, at_once: 100 };

/// Lines about one thing that is out of order, when another of that kind has used up its share.
const FAULT: Rate = Rate { each_second: 1, at_once: 5 };

/// Lines of all such things.
const FAULTS: Rate = Rate { each_second: 10, at_once: 50 };

/// Most kinds that are told from each other. There are about a hundred.
const KINDS: usize = 512;

/// Networks, and things out of order, that are told from each other. The place of each is drawn anew
/// at each start, so that nobody knows whom they share one with.
const SHARES: usize = 1024;

/// Whose lines are many.
const SIGN_INS: [&str; 4] = ["started", "handed off", "asked", "minted"];

/// What was said, and what was left out.
#[derive(Debug)]
pub(super) struct Flood {
    clock: Clock,
    kinds: Box<[Kind]>,
    people: Bucket,
    networks: Shares,
    faults: Shares,
    hasher: RandomState,
    has_news: AtomicBool,
    /// Held by whoever reports: at the end, nobody is to be half way through it.
    reporting: Mutex<()>,
    reported: AtomicU64,
}

/// Lines with one name, of one level.
#[derive(Debug, Default)]
struct Kind {
    name: OnceLock<(Box<str>, Level)>,
    bucket: Bucket,
    omitted: AtomicU64,
}

/// What each has for itself, and all have together.
#[derive(Debug)]
struct Shares {
    each: Box<[Bucket]>,
    all: Bucket,
}

impl Shares {
    fn new() -> Self {
        Self { each: (0..SHARES).map(|_| Bucket::default()).collect(), all: Bucket::default() }
    }

    fn take(&self, hash: u64, (each, all): (Rate, Rate), now: u64) -> bool {
        let own = self.each.get(place(hash, self.each.len()));
        own.is_some_and(|own| own.take(each, now)) && self.all.take(all, now)
    }
}

/// Where among so many.
fn place(hash: u64, of: usize) -> usize {
    usize::try_from(hash % of as u64).unwrap_or_default()
}

impl Flood {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            kinds: (0..KINDS).map(|_| Kind::default()).collect(),
            people: Bucket::default(),
            networks: Shares::new(),
            faults: Shares::new(),
            hasher: RandomState::new(),
            has_news: AtomicBool::new(false),
            reporting: Mutex::default(),
            reported: AtomicU64::new(0),
        }
    }

    /// Whether this line is written, at this second; if not, it is counted.
    fn admits(&self, line: &Line<'_>, level: Level, now: u64) -> bool {
        let kind = self.kind(line.name(), level);
        let is_sign_in = SIGN_INS.contains(&line.outcome.as_str());
        (line.is_of_a_browser && self.people.take(PEOPLE, now))
            || kind.is_some_and(|it| it.bucket.take(if is_sign_in { PEOPLE } else { KIND }, now))
            || line.client.as_ref().is_some_and(|client| {
                self.networks.take(self.hasher.hash_one(client), (NETWORK, NETWORKS), now)
            })
            || (line.is_about_trouble && {
                let thing = (line.name(), &line.backend, &line.message);
                self.faults.take(self.hasher.hash_one(thing), (FAULT, FAULTS), now)
            })
            || {
                let omitted = kind.map(|it| it.omitted.fetch_add(1, Ordering::Relaxed));
                // What cannot be counted is said.
                omitted.is_none()
            }
    }

    /// The lines of this name: found, or begun.
    fn kind(&self, name: &str, level: Level) -> Option<&Kind> {
        let first = place(self.hasher.hash_one((name, level.as_str())), self.kinds.len());
        let (before, from_first) = self.kinds.split_at_checked(first)?;
        from_first.iter().chain(before).find(|kind| {
            let (known, of) = kind.name.get_or_init(|| (name.into(), level));
            (&**known, *of) == (name, level)
        })
    }

    /// Whether something was left out, and nobody was told.
    pub(super) fn has_news(&self) -> bool {
        self.has_news.load(Ordering::Acquire)
    }

    /// Says what was left out, once in a second.
    pub(super) fn report_when_due(&self) {
        let now = self.clock.now();
        if self.has_news() && self.reported.swap(now, Ordering::Relaxed) != now {
            self.report();
        }
    }

    /// Says what was left out.
    pub(super) fn report(&self) {
        let _alone = self.reporting.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.has_news.swap(false, Ordering::AcqRel) {
            return;
        }
        for kind in &self.kinds {
            let omitted = kind.omitted.swap(0, Ordering::Relaxed);
            let Some((name, level)) = kind.name.get().filter(|_| omitted > 0) else { continue };
            macro_rules! say {
                ($level:ident) => {
                    tracing::$level!(
                        kind = &**name,
                        omitted,
                        "more lines of this kind are left out"
                    )
                };
            }
            match *level {
                Level::ERROR => say!(error),
                Level::WARN => say!(warn),
                _ => say!(info),
            }
        }
    }
}

/// Asks `Flood` about each line that may be many.
#[derive(Debug)]
pub(super) struct Limit {
    flood: Arc<Flood>,
    queue: Arc<Queue>,
}

impl Limit {
    /// Whoever waits for lines of `queue` is called when there is something to report.
    pub(super) fn new(flood: Arc<Flood>, queue: Arc<Queue>) -> Self {
        Self { flood, queue }
    }
}

impl<S: Subscriber> Layer<S> for Limit {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let target = event.metadata().target();
        if !is_limited(target) {
            return true;
        }
        let level = *event.metadata().level();
        let mut line = Line { target, is_about_trouble: level <= Level::WARN, ..Line::default() };
        event.record(&mut line);
        let is_written = self.flood.admits(&line, level, self.flood.clock.now());
        if !is_written && !self.flood.has_news.swap(true, Ordering::AcqRel) {
            self.queue.call();
        }
        is_written
    }
}

/// Whether a stranger may cause lines from there: what is ours and serves nobody cannot.
fn is_limited(target: &str) -> bool {
    let mut names = target.split("::");
    names.next() != Some("brandgate") || matches!(names.next(), Some("web" | "backend"))
}

/// What decides about a line.
#[derive(Debug, Default)]
struct Line<'t> {
    target: &'t str,
    kind: String,
    outcome: String,
    /// A network.
    client: Option<String>,
    is_of_a_browser: bool,
    /// A warning, or an error.
    is_about_trouble: bool,
    backend: String,
    message: String,
}

impl Line<'_> {
    /// What its kind is called.
    fn name(&self) -> &str {
        let names = [self.kind.as_str(), self.outcome.as_str()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(self.target)
    }
}

impl Visit for Line<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "kind" => value.clone_into(&mut self.kind),
            "outcome" => value.clone_into(&mut self.outcome),
            "client" => self.client = Some(value.to_owned()),
            "backend.name" => value.clone_into(&mut self.backend),
            _ => {}
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        if field.name() == "browser" {
            self.is_of_a_browser = value;
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if self.is_about_trouble && field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use serde_json::Value;
    use tracing::Level;
    use tracing::subscriber::with_default;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::{Flood, KINDS, Limit, Line, Ordering};
    use crate::clock::Clock;
    use crate::log::queue::Queue;

    const NOW: u64 = 1_796_000_000;

    fn refusal(kind: &str, client: &str) -> Line<'static> {
        let client = (!client.is_empty()).then(|| client.to_owned());
        Line { kind: kind.to_owned(), client, ..Line::default() }
    }

    fn of_a_browser(line: Line<'static>) -> Line<'static> {
        Line { is_of_a_browser: true, ..line }
    }

    fn sign_in() -> Line<'static> {
        Line { outcome: "handed off".to_owned(), ..Line::default() }
    }

    fn fault(backend: &str, message: &str) -> Line<'static> {
        let [backend, message] = [backend, message].map(ToOwned::to_owned);
        Line { is_about_trouble: true, backend, message, ..refusal("internal", "") }
    }

    /// How many of so many are written.
    fn written(flood: &Flood, line: &Line<'_>, level: Level, now: u64, of: u32) -> u32 {
        (0..of).map(|_| u32::from(flood.admits(line, level, now))).sum()
    }

    #[test]
    fn each_kind_has_so_many_lines_and_people_have_more() {
        let flood = Flood::new(Clock::default());
        let (a, b) = ("192.0.2.0/24", "198.51.100.0/24");
        let program = |kind| refusal(kind, a);
        // (what, line, level, second, lines of a thousand)
        let (info, error) = (Level::INFO, Level::ERROR);
        let cases = [
            ("a program, once", program("malformed-request"), info, 0, 110),
            ("the same second", program("malformed-request"), info, 0, 0),
            ("a second later", program("malformed-request"), info, 1, 12),
            ("another", program("not-found"), info, 1, 100),
            ("another network", refusal("not-found", b), info, 1, 10),
            ("nobody knows whose", refusal("not-found", ""), info, 1, 0),
            ("a person, with the program's kind", of_a_browser(program("not-found")), info, 1, 100),
            (
                "a program that says it is a browser",
                of_a_browser(program("not-found")),
                info,
                2,
                112,
            ),
            (
                "a person elsewhere",
                of_a_browser(refusal("not-found", "2001:db8::/48")),
                info,
                2,
                10,
            ),
            ("sign-ins", sign_in(), info, 2, 100),
            ("sign-ins a second later", sign_in(), info, 3, 100),
            ("a fault of ours", fault("shoes", "the table"), error, 3, 105),
            ("the same", fault("shoes", "the table"), error, 4, 11),
            ("another fault of its kind", fault("shoes", "no randomness"), error, 4, 5),
            ("of another backend", fault("coffee", "the table"), error, 4, 5),
            ("the kind, where it is no fault", refusal("internal", ""), info, 4, 100),
        ];
        for (what, line, level, second, expected) in cases {
            assert_eq!(written(&flood, &line, level, NOW + second, 1000), expected, "{what}");
        }
    }

    #[test]
    fn many_networks_together_have_a_bound() {
        let flood = Flood::new(Clock::default());
        let networks = (0..=15).flat_map(|a| (0..=255).map(move |b| format!("10.{a}.{b}.0/24")));
        let lines = networks.map(|client| of_a_browser(refusal("not-found", &client)));
        let all: u32 = lines.map(|line| written(&flood, &line, Level::INFO, NOW, 10)).sum();
        assert_eq!(all, 300, "people's, the kind's, and what networks have beyond");
    }

    #[test]
    fn hundred_people_a_second_keep_their_lines() {
        let flood = Flood::new(Clock::default());
        for second in 0..60 {
            let now = NOW + second;
            assert!(written(&flood, &refusal("flow-missing", ""), Level::INFO, now, 1000) <= 100);
            let person = of_a_browser(refusal("flow-missing", ""));
            assert!(written(&flood, &person, Level::INFO, now, 100) == 100, "{second}");
            assert!(written(&flood, &sign_in(), Level::INFO, now, 100) == 100, "{second}");
        }
    }

    #[test]
    fn more_kinds_than_there_are_places_are_said() {
        let flood = Flood::new(Clock::default());
        for number in 0..KINDS {
            assert!(flood.admits(&refusal(&number.to_string(), ""), Level::INFO, NOW));
        }
        let more = refusal("one more", "");
        assert_eq!(written(&flood, &more, Level::INFO, NOW, 1000), 1000);
        assert_eq!(written(&flood, &refusal("0", ""), Level::INFO, NOW, 1000), 99, "a known one");
    }

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_is_left_out_is_said_in_one_line_each_second() {
        let kept = Kept::default();
        let clock = Clock::default();
        let flood = Arc::new(Flood::new(clock.clone()));
        let writer = kept.clone();
        let lines = tracing_subscriber::fmt().json().flatten_event(true);
        let lines = lines.with_writer(move || writer.clone()).finish();
        let limit = Limit::new(flood.clone(), Arc::new(Queue::new(clock.clone())));
        let (error, files, singly) = ("not like this", "too many files", "seen singly");
        with_default(lines.with(limit), || {
            for _ in 0..500 {
                let (client, browser) = (Some("192.0.2.0/24"), None::<bool>);
                tracing::info!(target: "brandgate::web::a", kind = "bad", client, browser, "{error}");
                tracing::warn!(target: "brandgate::backend::a", "what is known serves on");
                tracing::error!(target: "actix_server::accept", "{files}");
                tracing::warn!(target: "brandgate::store::a", "{singly}");
                tracing::info!(target: "brandgate::app", "{singly}");
            }
            assert!(flood.has_news());
            flood.report_when_due();
            assert!(!flood.has_news());
            for _ in 0..5 {
                tracing::info!(target: "brandgate::web::a", kind = "bad", "{error}");
            }
            flood.report_when_due();
            let omitted = |kind: &super::Kind| kind.omitted.load(Ordering::Relaxed);
            let waiting: u64 = flood.kinds.iter().map(omitted).sum();
            clock.advance(1);
            flood.report_when_due();
            assert!(waiting == 0 || !flood.has_news(), "it is said a second later");
        });
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        let is = |line: &Value, name: &str, value: &str| line[name] == value;
        let count = |message| lines.iter().filter(|line| is(line, "message", message)).count();
        let omitted = |kind, level| {
            let said =
                lines.iter().filter(|line| line["omitted"].is_u64() && is(line, "kind", kind));
            let said = said.inspect(|line| assert_eq!(line["level"], level, "{line}"));
            said.map(|line| line["omitted"].as_u64().unwrap()).sum::<u64>()
        };
        assert_eq!(count("seen singly"), 1000);
        let cases = [
            ("not like this", "bad", "INFO", 505),
            ("what is known serves on", "brandgate::backend::a", "WARN", 500),
            ("too many files", "actix_server::accept", "ERROR", 500),
        ];
        for (message, kind, level, of) in cases {
            let (said, omitted) = (count(message) as u64, omitted(kind, level));
            // A busy machine may let seconds pass.
            assert!((100..300).contains(&said), "{said} {message}");
            assert_eq!(said + omitted, of, "nothing is left out silently: {message}");
        }
    }
}
