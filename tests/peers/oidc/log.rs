//! What the service logged, in this process.

use std::io;
use std::sync::{LazyLock, Mutex, Once, PoisonError};

use serde_json::Value;
use tracing_subscriber::EnvFilter;

static LINES: LazyLock<Mutex<Vec<u8>>> = LazyLock::new(Mutex::default);

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps everything that is logged from now on, whoever logs it.
pub(crate) fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_env_filter(EnvFilter::new("trace"))
            .with_writer(|| Writer)
            .init();
    });
}

fn lines() -> Vec<Value> {
    let bytes = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let ours = lines.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    ours.filter(|line| line["target"].as_str().is_some_and(|it| it.starts_with("brandgate")))
        .collect()
}

/// The one line with this trace code.
#[track_caller]
pub(crate) fn line(trace: &str) -> Value {
    let mut found = lines().into_iter().filter(|line| line["trace"] == trace);
    let line = found.next().unwrap_or_else(|| panic!("no line for {trace}"));
    assert!(found.next().is_none(), "two lines for {trace}");
    line
}

/// Whether anything was logged with this outcome.
pub(crate) fn has(outcome: &str) -> bool {
    lines().iter().any(|line| line["outcome"] == outcome)
}

/// What no line of ours may hold: tokens, people, queries, secrets, anything a provider said.
#[track_caller]
pub(crate) fn assert_clean() {
    for line in lines() {
        let text = line.to_string();
        for secret in ["eyJ", "@", "?", "code=", "joe", "secret-of-", "of-the-journeys", "leaked"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
