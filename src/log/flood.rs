//! Keeps what strangers can cause from filling the log: so many lines of each kind, then one that
//! says how many more.
//!
//! What has a line of its own whatever comes: the start, the end, the store. What requests cause is
//! limited, and so is what libraries say.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tracing::Level;

use super::bucket::{Bucket, Rate};
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
    /// Lines that were left out since the start.
    omitted_ever: AtomicU64,
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

/// Which of `of` places is for `hash`.
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
            omitted_ever: AtomicU64::new(0),
            reporting: Mutex::default(),
            reported: AtomicU64::new(0),
        }
    }

    /// Whether this line is written, at this second; if not, it is counted.
    pub(super) fn admits(&self, line: &Line<'_>, level: Level, now: u64) -> bool {
        let kind = self.kind(line.name(), level);
        let is_sign_in = SIGN_INS.contains(&line.outcome);
        (line.is_of_a_browser && self.people.take(PEOPLE, now))
            || kind.is_some_and(|it| it.bucket.take(if is_sign_in { PEOPLE } else { KIND }, now))
            || line.client.is_some_and(|client| {
                self.networks.take(self.hasher.hash_one(client), (NETWORK, NETWORKS), now)
            })
            || (line.is_about_trouble && {
                let thing = (line.name(), line.backend, line.message);
                self.faults.take(self.hasher.hash_one(thing), (FAULT, FAULTS), now)
            })
            || {
                self.omitted_ever.fetch_add(1, Ordering::Relaxed);
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

    /// How many lines were left out since the start.
    pub(super) fn omitted_ever(&self) -> u64 {
        self.omitted_ever.load(Ordering::Relaxed)
    }

    /// Whether something was left out, and nobody was told.
    pub(super) fn has_news(&self) -> bool {
        self.has_news.load(Ordering::Acquire)
    }

    /// Notes that something was left out; whether that is news.
    pub(super) fn is_news(&self) -> bool {
        !self.has_news.swap(true, Ordering::AcqRel)
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

/// What decides about a line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Line<'l> {
    pub(super) target: &'l str,
    pub(super) kind: &'l str,
    pub(super) outcome: &'l str,
    /// A network.
    pub(super) client: Option<&'l str>,
    pub(super) is_of_a_browser: bool,
    /// A warning, or an error.
    pub(super) is_about_trouble: bool,
    pub(super) backend: &'l str,
    pub(super) message: &'l str,
}

impl<'l> Line<'l> {
    /// What its kind is called.
    fn name(&self) -> &'l str {
        let names = [self.kind, self.outcome];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or(self.target)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;
    use tracing::Level;
    use tracing::subscriber::with_default;

    use super::{Flood, KINDS, Line, Ordering};
    use crate::clock::Clock;
    use crate::log::line::Style;
    use crate::log::lines::LogLayer;
    use crate::log::queue::Queue;
    use crate::log::{LogLevel, subscriber};

    const NOW: u64 = 1_796_000_000;

    fn refusal<'l>(kind: &'l str, client: &'l str) -> Line<'l> {
        let client = (!client.is_empty()).then_some(client);
        Line { kind, client, ..Line::default() }
    }

    fn of_a_browser(line: Line<'_>) -> Line<'_> {
        Line { is_of_a_browser: true, ..line }
    }

    fn sign_in() -> Line<'static> {
        Line { outcome: "handed off", ..Line::default() }
    }

    fn fault<'l>(backend: &'l str, message: &'l str) -> Line<'l> {
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
        let written = |client: String| {
            written(&flood, &of_a_browser(refusal("not-found", &client)), Level::INFO, NOW, 10)
        };
        let all: u32 = networks.map(written).sum();
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

    #[test]
    fn what_is_left_out_is_said_in_one_line_each_second() {
        let clock = Clock::default();
        let flood = Arc::new(Flood::new(clock.clone()));
        let queue = Arc::new(Queue::new(clock.clone()));
        let lines = LogLayer {
            style: Style::Json,
            clock: clock.clone(),
            flood: flood.clone(),
            queue: queue.clone(),
        };
        let (error, files, singly) = ("not like this", "too many files", "seen singly");
        with_default(subscriber(LogLevel::Info, lines), || {
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
        let mut batch = Vec::new();
        queue.take(&mut batch, None);
        let text = String::from_utf8(batch).unwrap();
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
