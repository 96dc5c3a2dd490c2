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

/// Keeps everything that is logged from now on, at every level.
pub(crate) fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_env_filter(EnvFilter::new("brandgate=trace"))
            .with_writer(|| Writer)
            .init();
    });
}

pub(crate) fn lines() -> Vec<Value> {
    let bytes = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let whole = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    whole.filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

/// The one line with this trace code.
#[track_caller]
pub(crate) fn line(trace: &str) -> Value {
    let found: Vec<_> = lines().into_iter().filter(|line| line["trace"] == trace).collect();
    assert_eq!(found.len(), 1, "one line for {trace}");
    found[0].clone()
}

/// What no line may hold: tokens, addresses of people, queries, a provider's words.
#[track_caller]
pub(crate) fn assert_clean() {
    for line in lines() {
        let text = line.to_string();
        for secret in ["eyJ", "@", "?", "return_to=", "__Host-", "joe", "of-the-games"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        let client = line["client"].as_str().unwrap_or("none/24");
        assert!(client.ends_with("/24"), "{client} in {text}");
    }
}
