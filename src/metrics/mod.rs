//! What is counted, for whoever looks from outside: atomic numbers that nobody waits for.

mod clock_offset;
mod histogram;
mod kinds;
mod sign_ins;

pub use self::clock_offset::{ClockNews, ClockOffset};
pub use self::histogram::{BOUNDS, Histogram};
pub use self::kinds::Kinds;
pub use self::sign_ins::{SignIn, SignInStep, SignIns};

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds one.
    pub fn add(&self) {
        self.add_many(1);
    }

    /// Adds `many`.
    pub fn add_many(&self, many: u64) {
        self.0.fetch_add(many, Relaxed);
    }

    /// The sum since the start.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// How many there are now.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

impl Gauge {
    /// Adds one.
    pub fn enter(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    /// Takes one away.
    pub fn leave(&self) {
        self.0.fetch_sub(1, Relaxed);
    }

    /// Puts `many` in its place.
    pub fn set(&self, many: u64) {
        self.0.store(many, Relaxed);
    }

    /// The number now.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// What a process counts whatever its table says.
#[derive(Debug, Default)]
pub struct Metrics {
    /// What was refused or has failed, by kind.
    pub refusals: Kinds,
    /// What Zendesk has reported, by kind.
    pub zendesk_errors: Kinds,
    /// How long requests of a step took that went the whole way.
    pub begin: Histogram,
    /// The same of the steps that finish a sign-in.
    pub finish: Histogram,
    /// The same of everything else.
    pub other: Histogram,
    /// Connections of people.
    pub connections: Gauge,
    /// Connections that were closed at once, because their address had enough or begins TLS too often.
    pub connections_refused: Counter,
    /// Large requests that were cut off, because there was no room for more of them.
    pub large_requests_cut_off: Counter,
    /// TLS handshakes that have failed, by what was wrong.
    pub handshake_failures: Kinds,
    /// Until when what browsers are shown is valid, in Unix seconds; 0 without TLS.
    pub certificate_expires: Gauge,
    /// What became of the files when they had changed.
    pub reloads: Reloads,
    /// Who came to the admin page with a wrong credential.
    pub admin_refusals: Counter,
    /// How far our clock is from Zendesk's.
    pub clock_offset: ClockOffset,
}

impl Metrics {
    /// How long the requests of `step` took.
    pub fn duration(&self, step: Option<SignInStep>) -> &Histogram {
        match step {
            Some(SignInStep::Begin) => &self.begin,
            Some(SignInStep::Finish) => &self.finish,
            None => &self.other,
        }
    }
}

/// How reading the files anew has gone.
#[derive(Debug, Default)]
pub struct Reloads {
    /// How often what they said came into force.
    pub used: Counter,
    /// How often it did not.
    pub refused: Counter,
    is_refused: AtomicBool,
    is_partly_unused: AtomicBool,
    since: AtomicU64,
    checksum: AtomicU64,
}

impl Reloads {
    /// What the files say is in force from `now` on, in Unix seconds; `checksum` is of that.
    pub fn begin(&self, now: u64, checksum: u64) {
        self.checksum.store(checksum, Relaxed);
        self.is_refused.store(false, Relaxed);
        self.since.store(now, Relaxed);
    }

    /// What the files say is not in force.
    pub fn refuse(&self) {
        self.refused.add();
        self.is_refused.store(true, Relaxed);
    }

    /// A part of what the files say is not in force, though the rest is; or no longer.
    pub fn set_partly_unused(&self, it_is: bool) {
        self.is_partly_unused.store(it_is, Relaxed);
    }

    /// Whether a part of what the files said, when they were used last, is not in force.
    pub fn is_partly_unused(&self) -> bool {
        self.is_partly_unused.load(Relaxed)
    }

    /// Whether what the files say is in force.
    pub fn is_in_force(&self) -> bool {
        !self.is_refused.load(Relaxed)
    }

    /// Of the file in force.
    pub fn checksum(&self) -> u64 {
        self.checksum.load(Relaxed)
    }

    /// Since when what is in force is so, in Unix seconds.
    pub fn since(&self) -> u64 {
        self.since.load(Relaxed)
    }
}
