//! The way of every line: asked for, written, kept within bounds, queued.

use std::cell::Cell;
use std::sync::Arc;

use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::Context;

use super::flood::{Flood, Line};
use super::line::{self, Places, Style};
use super::queue::{Queue, Rank};
use super::{LogLevel, TARGET};
use crate::clock::Clock;

/// Most bytes that a thread keeps to write its next line into. Few lines are longer.
const KEPT: usize = 4096;

thread_local! {
    static TEXT: Cell<String> = const { Cell::new(String::new()) };
}

/// Takes what anybody says, and waits for nobody.
///
/// Spans are others' business: every line says by itself what it is about.
pub(super) struct LogLayer {
    pub(super) style: Style,
    pub(super) clock: Clock,
    pub(super) flood: Arc<Flood>,
    pub(super) queue: Arc<Queue>,
}

impl LogLayer {
    /// Whether a line is kept; if not, it is counted.
    fn admits(&self, metadata: &Metadata<'_>, text: &str, places: &Places, now: u64) -> bool {
        let (target, level) = (metadata.target(), *metadata.level());
        let at = |place: &std::ops::Range<usize>| text.get(place.clone()).unwrap_or_default();
        let line = Line {
            target,
            kind: at(&places.kind),
            outcome: at(&places.outcome),
            client: places.client.as_ref().map(at),
            is_of_a_browser: places.is_of_a_browser,
            is_about_trouble: level <= Level::WARN,
            backend: at(&places.backend),
            message: at(&places.message),
        };
        let is_kept = self.flood.admits(&line, level, now);
        if !is_kept && self.flood.is_news() {
            self.queue.call();
        }
        is_kept
    }
}

impl<S: Subscriber> Layer<S> for LogLayer {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        let now = self.clock.since_1970();
        // Whoever is written may say something while it is: that is another line, in another text.
        let mut text = TEXT.try_with(Cell::take).unwrap_or_default();
        text.clear();
        let places = line::write(&mut text, self.style, event, now);
        if !is_limited(metadata.target()) || self.admits(metadata, &text, &places, now.as_secs()) {
            self.queue.push(text.as_bytes(), rank(metadata));
        }
        if text.capacity() <= KEPT {
            // A thread that ends has no place for it any more.
            let _ = TEXT.try_with(|it| it.set(text));
        }
    }
}

/// What a line may take the place of.
fn rank(of: &Metadata<'_>) -> Rank {
    match *of.level() {
        _ if of.target().starts_with(TARGET) => Rank::OfTheLog,
        Level::ERROR | Level::WARN => Rank::Trouble,
        _ => Rank::Usual,
    }
}

/// Whether a stranger may cause lines from there: what is ours and serves nobody cannot.
fn is_limited(target: &str) -> bool {
    let mut names = target.split("::");
    names.next() != Some("brandgate") || matches!(names.next(), Some("web" | "backend"))
}

/// Which lines are asked for: our own from a level on. Libraries have a say from `warn` on: what they
/// tell in detail may hold what no line of ours does. And who sends what is no HTTP is an `error` to
/// the server, although anybody can do that.
pub(super) fn asked(level: LogLevel) -> Targets {
    let ours = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    Targets::new()
        .with_default(ours.min(LevelFilter::WARN))
        .with_target("brandgate", ours)
        .with_target("actix_http", LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use tracing::level_filters::LevelFilter;
    use tracing::subscriber::with_default;
    use tracing::{Level, Subscriber, enabled};
    use tracing_subscriber::Layer as _;
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::registry::LookupSpan;

    use super::{LogLayer, Style};
    use crate::clock::Clock;
    use crate::log::flood::Flood;
    use crate::log::queue::Queue;
    use crate::log::{LogLevel, subscriber};

    fn lines(
        level: LogLevel,
        style: Style,
    ) -> (impl Subscriber + for<'s> LookupSpan<'s> + Send + Sync, Arc<Queue>) {
        let clock = Clock::default();
        let queue = Arc::new(Queue::new(clock.clone()));
        let flood = Arc::new(Flood::new(clock.clone()));
        (subscriber(level, LogLayer { style, clock, flood, queue: queue.clone() }), queue)
    }

    #[test]
    fn what_is_not_logged_is_not_even_asked_about() {
        let (lines, _) = lines(LogLevel::Info, Style::Plain);
        assert_eq!(lines.max_level_hint(), Some(LevelFilter::INFO), "`/login` says `debug` alone");
    }

    #[test]
    fn only_our_own_lines_are_told_in_detail() {
        // (level, ours at debug, another's at info, at warn, at error, what is no HTTP)
        let cases = [
            (LogLevel::Error, [false, false, false, true, false]),
            (LogLevel::Warn, [false, false, true, true, false]),
            (LogLevel::Info, [false, false, true, true, false]),
            (LogLevel::Debug, [true, false, true, true, false]),
            (LogLevel::Trace, [true, false, true, true, false]),
        ];
        for (level, expected) in cases {
            let found = with_default(lines(level, Style::Plain).0, || {
                [
                    enabled!(target: "brandgate::web::login", Level::DEBUG),
                    enabled!(target: "hyper_util::client::legacy::pool", Level::INFO),
                    enabled!(target: "redis", Level::WARN),
                    enabled!(target: "redis", Level::ERROR),
                    enabled!(target: "actix_http::h1", Level::ERROR),
                ]
            });
            assert_eq!(found, expected, "{level:?}");
        }
    }

    #[test]
    fn what_another_layer_asks_for_is_no_line_of_ours() {
        let kept = Kept::default();
        let writer = kept.clone();
        let other = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
        let (lines, queue) = lines(LogLevel::Info, Style::Plain);
        with_default(lines.with(other.with_filter(LevelFilter::TRACE)), || {
            let _span = tracing::info_span!("a span").entered();
            tracing::debug!(target: "redis", "in detail");
            tracing::info!(target: "brandgate::app", "for {}", "both");
        });
        let mut ours = Vec::new();
        queue.take(&mut ours, None);
        let ours = String::from_utf8(ours).unwrap();
        assert!(ours.ends_with(" INFO for both\n") && ours.lines().count() == 1, "{ours}");
        let theirs = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(theirs.contains("a span") && theirs.contains("in detail"), "{theirs}");
        assert_eq!(theirs.lines().count(), 2, "{theirs}");
    }

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A line of each kind, with whatever a stranger may put into one.
    fn say_everything() {
        let hostile = [
            "plain",
            "",
            " ",
            "two words",
            "\"quoted\"",
            "back\\slash",
            "b\u{fc}cher \u{1f642}",
            "a\nb\r\tc",
            "\x1b[31mred\x1b[0m",
            "\0\x01\x07\x08\x0c\x1f\x7f\u{80}\u{9b}\u{9f}\u{a0}",
            "\u{202e}\u{feff}",
            "{}",
            "</script>&'",
        ];
        for text in hostile {
            tracing::info!(kind = "bad", text, brand.name = text, "{text}");
            tracing::warn!(message = text, number = 7_u64, below = -7_i64, truth = true);
            tracing::error!(debug = ?text, list = ?[text], none = None::<&str>, "two {text}");
        }
        tracing::debug!(client = Some("192.0.2.0/24"), browser = None::<bool>, "no value");
        tracing::trace!("alone");
        tracing::info!(outcome = "handed off");
        tracing::info!(biggest = u64::MAX, smallest = i64::MIN, small = 3_u8, "numbers");
    }

    /// Lines without their time.
    fn untimed(lines: &[u8], style: Style) -> Vec<String> {
        let time = match style {
            Style::Plain => 0..27,
            Style::Coloured => 4..31,
            Style::Json => 14..41,
        };
        let text = String::from_utf8(lines.to_vec()).unwrap();
        // A line break within a line of text does not end it.
        let mut lines: Vec<String> = Vec::new();
        for line in text.split_inclusive('\n') {
            match line.get(time.clone()) {
                Some(at) if at.starts_with("20") && at.ends_with('Z') => {
                    lines.push(line.replacen(at, "NOW", 1));
                }
                _ => lines.last_mut().unwrap().push_str(line),
            }
        }
        lines
    }

    #[test]
    fn lines_look_as_those_who_read_logs_of_rust_know_them() {
        for style in [Style::Plain, Style::Coloured, Style::Json] {
            let kept = Kept::default();
            let writer = kept.clone();
            let theirs = tracing_subscriber::fmt()
                .with_max_level(Level::TRACE)
                .with_target(false)
                .with_writer(move || writer.clone());
            match style {
                Style::Json => {
                    with_default(theirs.json().flatten_event(true).finish(), say_everything);
                }
                _ => {
                    with_default(
                        theirs.with_ansi(style == Style::Coloured).finish(),
                        say_everything,
                    );
                }
            }
            let (ours, queue) = lines(LogLevel::Trace, style);
            with_default(ours, say_everything);
            let mut batch = Vec::new();
            queue.take(&mut batch, None);
            let (ours, theirs) = (untimed(&batch, style), untimed(&kept.0.lock().unwrap(), style));
            assert_eq!(ours.len(), 43, "{style:?}");
            for (ours, theirs) in ours.iter().zip(&theirs) {
                assert_eq!(ours, theirs, "{style:?}");
            }
            assert_eq!(ours.len(), theirs.len());
        }
    }
}
