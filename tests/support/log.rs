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

/// The lines so far that hold this text.
pub(crate) fn lines(text: &str) -> Vec<Value> {
    let bytes = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let all = str::from_utf8(&bytes).unwrap().lines();
    all.filter(|line| line.contains(text)).map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// The one line with this trace code.
#[track_caller]
pub(crate) fn line(trace: &str) -> Value {
    let mut found = lines(trace);
    assert_eq!(found.len(), 1, "lines for {trace}");
    let line = found.remove(0);
    assert_eq!(line["trace"], trace);
    line
}

/// What no line may hold: tokens, addresses of people, queries, whole client addresses, secrets (all
/// that tests use are “of the” something), and what a peer's answer has for nobody's eyes.
#[track_caller]
pub(crate) fn assert_clean() {
    const NEVER: [&str; 11] = [
        "eyJ",
        "@",
        "?",
        "127.0.0.1",
        "return_to=",
        "code=",
        "__Host-",
        "joe",
        "of-the-",
        "secret-of-",
        "leaked",
    ];
    let bytes = LINES.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // Providers are on this machine, as the people are.
    let text = str::from_utf8(&bytes).unwrap().replace(r#""provider.host":"127.0.0.1""#, "");
    for secret in NEVER {
        let found = text.lines().find(|line| line.contains(secret));
        assert_eq!(found, None, "{secret} is logged");
    }
}
