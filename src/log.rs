//! Logs: one line each, as text or JSON, to standard error.
//!
//! Whoever logs neither waits nor fails: lines go into a queue, a thread of its own writes them, and
//! what there is no room for is counted. Lines that a stranger can cause without end are limited.

mod bucket;
mod flood;
mod line;
mod lines;
mod output;
mod queue;
mod writer;

use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{panic, thread};

use tracing::Subscriber;
use tracing::subscriber::{SetGlobalDefaultError, set_global_default};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer as _, Registry};

pub use self::line::timestamp;
pub use self::output::Output;
pub use self::queue::LogFailure;

use self::flood::Flood;
use self::line::Style;
use self::lines::{LogLayer, asked};
use self::queue::{Queue, Rank};
use crate::clock::Clock;

/// Where what the log says about itself comes from.
const TARGET: &str = module_path!();

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// What is logged: this and everything worse.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(missing_docs, reason = "named as everywhere")]
pub enum LogLevel {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

/// Why the log cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// There is no thread to write it.
    #[error("the log's thread cannot be started")]
    Thread(#[source] io::Error),
    /// Somebody else has set one up.
    #[error("the log is already set up")]
    Twice(#[from] SetGlobalDefaultError),
}

/// The log of this process, once it is set up: there is one standard error.
static LOG: OnceLock<Log> = OnceLock::new();

#[derive(Debug)]
struct Log {
    queue: Arc<Queue>,
    flood: Arc<Flood>,
}

/// Sets up the log of this process.
pub fn start(format: LogFormat, level: LogLevel, clock: Clock) -> Result<(), LogError> {
    let queue = Arc::new(Queue::new(clock.clone()));
    let flood = Arc::new(Flood::new(clock.clone()));
    let style = match format {
        LogFormat::Text if io::stderr().is_terminal() => Style::Coloured,
        LogFormat::Text => Style::Plain,
        LogFormat::Json => Style::Json,
    };
    let lines = LogLayer { style, clock, flood: flood.clone(), queue: queue.clone() };
    set_global_default(subscriber(level, lines))?;
    let (to_write, omitted) = (queue.clone(), flood.clone());
    let write = move || {
        writer::run(&to_write, &mut io::stderr(), Some(&omitted), writer::log_lost);
    };
    thread::Builder::new().name("log".to_owned()).spawn(write).map_err(LogError::Thread)?;
    // The standard hook writes by itself, and may wait for ever; and what a panic says may be
    // anything.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, fault = "us", "a bug: something panicked");
    }));
    LOG.get_or_init(|| Log { queue, flood });
    Ok(())
}

/// Who hears what anybody says. Each layer is filtered by itself, so that others can stand beside it.
fn subscriber(
    level: LogLevel,
    lines: LogLayer,
) -> impl Subscriber + for<'s> LookupSpan<'s> + Send + Sync {
    Registry::default().with(lines.with_filter(asked(level)))
}

/// Says something that is no line of the log, in its turn if there is a log.
pub fn remark(text: &str) -> io::Result<()> {
    match LOG.get() {
        Some(log) => {
            log.queue.push(text.as_bytes(), Rank::Remark);
            Ok(())
        }
        None => io::stderr().lock().write_all(text.as_bytes()),
    }
}

/// What keeps the log from being written, if anything does.
pub fn failure() -> Option<LogFailure> {
    LOG.get()?.queue.failure()
}

/// How many lines nobody reads: lost because they could not be written, and left out as too many.
pub fn unwritten() -> (u64, u64) {
    LOG.get().map_or((0, 0), |log| (log.queue.lost_ever(), log.flood.omitted_ever()))
}

/// Lets what is said already be written. Whoever does not take it within `patience` keeps nobody.
pub fn end(patience: Duration) {
    if let Some(log) = LOG.get() {
        log.flood.report();
        log.queue.end(patience);
    }
}
