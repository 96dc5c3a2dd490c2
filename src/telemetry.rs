//! Logs: one line each, as text or JSON, to standard error.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

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
    /// Somebody else has set one up.
    #[error("the log is already set up")]
    Twice(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Sets up the log of this process.
pub fn start(format: LogFormat, level: LogLevel) -> Result<(), TelemetryError> {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(level)?)
        .with_writer(io::stderr)
        .with_target(false);
    match format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    }
    .map_err(TelemetryError::Twice)
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
    use tracing::{Level, enabled};

    use super::{LogLevel, filter};

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
