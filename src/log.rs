//! Logs: one line each, as text or JSON, to standard error.
//!
//! Whoever logs neither waits nor fails: lines go into a queue, a thread of its own writes them, and
//! what there is no room for is counted. Lines that a stranger can cause without end are limited.

mod bucket;
mod flood;
mod queue;
mod writer;

use std::io::{self, IsTerminal as _, Write};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{panic, thread};

use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

pub use self::queue::LogFailure;

use self::flood::{Flood, Limit};
use self::queue::{Queue, Rank};
use crate::clock::Clock;

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

impl LogLevel {
    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// Why the log cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is none.
    #[error("the log's filter cannot be read")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// There is no thread to write it.
    #[error("the log's thread cannot be started")]
    Thread(#[source] io::Error),
    /// Somebody else has set one up.
    #[error("the log is already set up")]
    Twice(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The log of this process, once it is set up: there is one standard error.
static LOG: OnceLock<Log> = OnceLock::new();

#[derive(Debug)]
struct Log {
    queue: Arc<Queue>,
    flood: Arc<Flood>,
}

/// Sets up the log of this process.
pub fn start(format: LogFormat, level: LogLevel, clock: Clock) -> Result<(), TelemetryError> {
    let queue = Arc::new(Queue::new(clock.clone()));
    let flood = Arc::new(Flood::new(clock));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(level)?)
        .with_writer(Lines(queue.clone()))
        .log_internal_errors(false)
        .with_target(false);
    let limit = Limit::new(flood.clone(), queue.clone());
    match format {
        LogFormat::Text => {
            let lines = lines.with_ansi(io::stderr().is_terminal());
            lines.finish().with(limit).try_init()
        }
        LogFormat::Json => lines.json().flatten_event(true).finish().with(limit).try_init(),
    }
    .map_err(|error| TelemetryError::Twice(error.into()))?;
    let (to_write, omitted) = (queue.clone(), flood.clone());
    let write = move || writer::run(&to_write, &omitted, &mut io::stderr());
    thread::Builder::new().name("log".to_owned()).spawn(write).map_err(TelemetryError::Thread)?;
    // The standard hook writes by itself, and may wait for ever; and what a panic says may be
    // anything.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, fault = "us", "a bug: something panicked");
    }));
    LOG.get_or_init(|| Log { queue, flood });
    Ok(())
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

/// Lets what is said already be written. Whoever does not take it within `patience` keeps nobody.
pub fn end(patience: Duration) {
    if let Some(log) = LOG.get() {
        log.flood.report();
        log.queue.end(patience);
    }
}

/// Takes each line as a whole.
#[derive(Debug)]
struct Lines(Arc<Queue>);

/// One line's way into the queue.
struct Line<'q> {
    queue: &'q Queue,
    rank: Rank,
}

impl<'q> MakeWriter<'q> for Lines {
    type Writer = Line<'q>;

    fn make_writer(&'q self) -> Line<'q> {
        Line { queue: &self.0, rank: Rank::Usual }
    }

    fn make_writer_for(&'q self, of: &Metadata<'_>) -> Line<'q> {
        let rank = match of.level() {
            _ if of.target().starts_with(module_path!()) => Rank::OfTheLog,
            &Level::ERROR | &Level::WARN => Rank::Trouble,
            _ => Rank::Usual,
        };
        Line { queue: &self.0, rank }
    }
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.queue.push(line, self.rank);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Our own lines from `level` on. Libraries have a say from `warn` on: what they tell in detail may
/// hold what no line of ours does. And who sends what is no HTTP is an `error` to the server, although
/// anybody can do that.
fn filter(level: LogLevel) -> Result<EnvFilter, TelemetryError> {
    let others = if level == LogLevel::Error { "error" } else { "warn" };
    Ok(EnvFilter::try_new(format!("{others},brandgate={},actix_http=off", level.as_str()))?)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tracing::level_filters::LevelFilter;
    use tracing::{Level, Subscriber as _, enabled};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::{Clock, Flood, Limit, LogLevel, Queue, filter};

    #[test]
    fn what_is_not_logged_is_not_even_asked_about() {
        let clock = Clock::default();
        let limit = Limit::new(Arc::new(Flood::new(clock.clone())), Arc::new(Queue::new(clock)));
        let lines = tracing_subscriber::fmt().with_env_filter(filter(LogLevel::Info).unwrap());
        let lines = lines.finish().with(limit);
        assert_eq!(lines.max_level_hint(), Some(LevelFilter::INFO), "`/login` says `debug` alone");
    }

    #[test]
    fn only_our_own_lines_are_told_in_detail() {
        // (level, ours at debug, another's at info, at warn, at error)
        let cases = [
            (LogLevel::Error, [false, false, false, true]),
            (LogLevel::Info, [false, false, true, true]),
            (LogLevel::Debug, [true, false, true, true]),
            (LogLevel::Trace, [true, false, true, true]),
        ];
        for (level, expected) in cases {
            let lines = tracing_subscriber::fmt().with_env_filter(filter(level).unwrap()).finish();
            let found = tracing::subscriber::with_default(lines, || {
                [
                    enabled!(target: "brandgate::web::login", Level::DEBUG),
                    enabled!(target: "hyper_util::client::legacy::pool", Level::INFO),
                    enabled!(target: "redis", Level::WARN),
                    enabled!(target: "redis", Level::ERROR),
                ]
            });
            assert_eq!(found, expected, "{level:?}");
        }
    }
}
