//! Who writes what is queued. It may wait as long as it likes: nobody waits for it.

use std::io::{ErrorKind, Write};
use std::thread;
use std::time::Duration;

use super::flood::Flood;
use super::queue::Queue;

/// Most bytes of lines that are written at once. A pipe takes so many as a whole, and nobody else's in
/// between (`PIPE_BUF`).
const PIECE: usize = 4096;

/// How long whoever writes waits before it tries again: what failed, and what would have blocked.
#[derive(Clone, Copy, Debug)]
struct Pauses {
    failed: Duration,
    blocked: Duration,
}

const PAUSES: Pauses =
    Pauses { failed: Duration::from_secs(1), blocked: Duration::from_millis(50) };

/// How much of its memory an idle log keeps, in bytes.
const KEPT: usize = 64 << 10;

/// How often it is said what was left out.
const REPORTS: Duration = Duration::from_secs(1);

/// Writes what is queued to `out`, until the end, and says what `flood` has left out. `tell_lost` is told how
/// many lines found no room.
pub(super) fn run(
    queue: &Queue,
    out: &mut impl Write,
    flood: Option<&Flood>,
    tell_lost: impl Fn(u64),
) {
    let mut batch = Vec::new();
    while !queue.has_ended() {
        let has_news = flood.is_some_and(Flood::has_news);
        queue.take(&mut batch, has_news.then_some(REPORTS));
        if !write(queue, out, &batch, PAUSES) {
            return;
        }
        batch.clear();
        batch.shrink_to(KEPT);
        let lost = queue.take_lost();
        if lost > 0 {
            tell_lost(lost);
        }
        if let Some(flood) = flood {
            flood.report_when_due();
        }
    }
}

/// Says in the log that lines of it are lost.
pub(super) fn log_lost(lost: u64) {
    tracing::warn!(lost, "lines of the log are lost: it could not be written");
}

/// Whether all of `lines` could be written, sooner or later.
fn write(queue: &Queue, out: &mut impl Write, mut lines: &[u8], pauses: Pauses) -> bool {
    while !lines.is_empty() {
        match out.write(piece(lines)) {
            // What a file takes less than it is given of, it takes the rest of next.
            Ok(length @ 1..) => {
                lines = lines.get(length..).unwrap_or_default();
                queue.written(lines.is_empty());
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Whoever gave us this file has others that do not wait for it either.
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(pauses.blocked),
            outcome => {
                let error = outcome.err().unwrap_or_else(|| ErrorKind::WriteZero.into());
                if !queue.failed(&error, pauses.failed) {
                    return false;
                }
            }
        }
    }
    true
}

/// As many whole lines as are written at once, or one that is longer.
fn piece(lines: &[u8]) -> &[u8] {
    let first = lines.get(..PIECE).unwrap_or(lines);
    let end = memchr::memrchr(b'\n', first).or_else(|| memchr::memchr(b'\n', lines));
    end.and_then(|end| lines.get(..=end)).unwrap_or(lines)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io::{self, BufRead as _, BufReader, ErrorKind, PipeReader, Write, pipe};
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    use serde_json::Value;
    use tracing::subscriber::with_default;

    use super::{PIECE, Pauses, log_lost, piece, run, write};
    use crate::clock::Clock;
    use crate::log::flood::Flood;
    use crate::log::line::Style;
    use crate::log::lines::LogLayer;
    use crate::log::queue::{Queue, Rank};
    use crate::log::{LogLevel, subscriber};

    /// A file that does with each write what it was told, and from then on what files do.
    #[derive(Default)]
    struct File {
        told: VecDeque<Result<usize, ErrorKind>>,
        written: Vec<u8>,
    }

    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let most = self.told.pop_front().unwrap_or(Ok(usize::MAX))?.min(bytes.len());
            self.written.extend_from_slice(&bytes[..most]);
            Ok(most)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_line_is_torn_or_lost_by_what_a_file_does() {
        use ErrorKind::{BrokenPipe, Interrupted, WouldBlock};
        let lines = "one\ntwo, and longer\nthree\n".repeat(500);
        let cases: [&[Result<usize, ErrorKind>]; 5] = [
            &[],
            &[Ok(1), Ok(1), Ok(5), Ok(3)],
            &[Err(Interrupted), Ok(7), Err(Interrupted)],
            &[Err(WouldBlock), Ok(2), Err(WouldBlock)],
            &[Ok(6), Err(BrokenPipe), Ok(0), Ok(9)],
        ];
        for told in cases {
            let mut file = File { told: told.iter().copied().collect(), ..File::default() };
            let queue = Queue::new(Clock::default());
            let pauses = Pauses { failed: Duration::ZERO, blocked: Duration::ZERO };
            assert!(write(&queue, &mut file, lines.as_bytes(), pauses), "{told:?}");
            assert_eq!(String::from_utf8(file.written).unwrap(), lines, "{told:?}");
            assert!(file.told.is_empty() && queue.failure().is_none(), "{told:?}");
        }
    }

    #[test]
    fn pieces_are_whole_lines() {
        let long = "x".repeat(PIECE);
        let cases = [
            ("a\nb\n".to_owned(), 4),
            (format!("a\n{long}\nb\n"), 2),
            (format!("{long}\nb\n"), PIECE + 1),
            (long.clone(), PIECE),
        ];
        for (lines, expected) in cases {
            assert_eq!(piece(lines.as_bytes()).len(), expected);
        }
    }

    /// The log on a pipe. Its thread ends with the test's process.
    fn log_on_a_pipe() -> (Arc<Queue>, PipeReader) {
        let queue = Arc::new(Queue::new(Clock::default()));
        let (reader, mut writer) = pipe().unwrap();
        let to_write = queue.clone();
        thread::spawn(move || {
            let clock = Clock::default();
            let flood = Arc::new(Flood::new(clock.clone()));
            let lines = LogLayer {
                style: Style::Json,
                clock,
                flood: flood.clone(),
                queue: to_write.clone(),
            };
            with_default(subscriber(LogLevel::Info, lines), || {
                run(&to_write, &mut writer, Some(&flood), log_lost);
            });
        });
        (queue, reader)
    }

    #[test]
    fn what_waits_at_the_end_is_written() {
        let (queue, reader) = log_on_a_pipe();
        thread::scope(|scope| {
            scope.spawn(|| {
                for line in BufReader::new(reader).lines().take(100_000) {
                    assert_eq!(line.unwrap(), "a line");
                }
            });
            queue.push("a line\n".repeat(100_000).as_bytes(), Rank::Remark);
            queue.end(Duration::from_mins(1));
            assert!(queue.failure().is_none());
        });
    }

    #[test]
    fn what_a_stopped_reader_makes_the_log_lose_is_said_when_it_reads_again() {
        const LINES: u64 = 100_000;
        let (queue, reader) = log_on_a_pipe();
        for number in 0..LINES {
            let rank = if number % 2 == 0 { Rank::Usual } else { Rank::Trouble };
            queue.push(format!("{{\"line\":{number}}}\n").as_bytes(), rank);
        }
        assert!(queue.failure().unwrap().lost > 0);
        let (mut next, mut read, mut lost) = (0, 0, 0);
        for line in BufReader::new(reader).lines() {
            let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
            if let Some(number) = line["line"].as_u64() {
                assert!(lost == 0 && number >= next, "in their order: {number}");
                (next, read) = (number + 1, read + 1);
            } else {
                assert_eq!(line["level"], "WARN", "{line}");
                lost += line["lost"].as_u64().unwrap();
                break;
            }
        }
        assert_eq!(read + lost, LINES, "{read} were read, and {lost} lost");
    }
}
