//! Lines that wait to be written: whoever says one never waits, and what finds no room is counted.

use std::io;
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::clock::Clock;

/// Most bytes of usual lines that wait: some four thousand lines.
const ROOM: usize = 1 << 20;

/// More room, for warnings and errors alone: lines that anybody can cause do not push them out.
const ROOM_FOR_TROUBLE: usize = ROOM + (64 << 10);

/// More still, for what the log says about itself.
const ROOM_FOR_THE_LOG: usize = ROOM_FOR_TROUBLE + (64 << 10);

/// How long the first line waits for others, to be written with them: who writes is woken, and asks the
/// system, once for many.
const GATHER: Duration = Duration::from_millis(10);

/// So many bytes wait for no others.
const ENOUGH: usize = 64 << 10;

/// Seconds after which a write that does not end is trouble.
const STALLED: u64 = 2;

/// How often the patience of `end` may begin anew: who takes a little at a time is not waited for
/// without end.
const PATIENCES: u32 = 10;

/// What a line may take the place of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rank {
    Usual,
    /// A warning or an error.
    Trouble,
    /// What the log says about itself.
    OfTheLog,
    /// What a command says to whoever started it. It is said a few times, and as long as it is.
    Remark,
}

impl Rank {
    fn room(self) -> usize {
        match self {
            Self::Usual => ROOM,
            Self::Trouble => ROOM_FOR_TROUBLE,
            Self::OfTheLog => ROOM_FOR_THE_LOG,
            Self::Remark => usize::MAX,
        }
    }
}

/// What keeps the log from being written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LogFailure {
    /// How long it has been so, in seconds.
    pub seconds: u64,
    /// Why; `None`: its reader takes nothing.
    pub error: Option<String>,
    /// How many lines are lost because of it.
    pub lost: u64,
}

#[derive(Debug)]
pub(super) struct Queue {
    clock: Clock,
    inner: Mutex<Inner>,
    /// There is something to do for who writes.
    work: Condvar,
    /// Something is written.
    progress: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    waiting: Vec<u8>,
    /// Lines that were lost and of which no line says so yet.
    lost: u64,
    /// Lines that were lost since the start.
    lost_ever: u64,
    /// Since when, in Unix seconds, bytes are on their way that nobody has taken.
    writing: Option<u64>,
    /// Why they could not be written.
    error: Option<String>,
    /// How often something was written.
    turns: u64,
    is_ending: bool,
    is_called: bool,
}

impl Inner {
    /// Whether there is nothing to do for who writes.
    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.lost == 0 && !self.is_called
    }

    fn is_written(&self) -> bool {
        self.waiting.is_empty() && self.writing.is_none()
    }
}

impl Queue {
    pub(super) fn new(clock: Clock) -> Self {
        let (inner, work, progress) = (Mutex::default(), Condvar::new(), Condvar::new());
        Self { clock, inner, work, progress }
    }

    /// Takes `text`, which ends with a line break, or counts its lines as lost.
    pub(super) fn push(&self, text: &[u8], rank: Rank) {
        let mut inner = self.lock();
        let was_idle = inner.is_idle();
        if inner.waiting.len().saturating_add(text.len()) > rank.room() {
            let lines = memchr::memchr_iter(b'\n', text).count() as u64;
            inner.lost += lines;
            inner.lost_ever += lines;
        } else {
            inner.waiting.extend_from_slice(text);
        }
        // Who writes has been called by whoever came first; and each call asks the system.
        let calls = was_idle || inner.waiting.len() >= ENOUGH;
        drop(inner);
        if calls {
            self.work.notify_one();
        }
    }

    /// Has whoever writes look for work.
    pub(super) fn call(&self) {
        self.lock().is_called = true;
        self.work.notify_one();
    }

    /// Waits until lines wait, somebody calls, it ends, or `longest` has passed. What waits goes into `batch`.
    pub(super) fn take(&self, batch: &mut Vec<u8>, longest: Option<Duration>) {
        let inner = self.lock();
        let is_idle = |inner: &mut Inner| inner.is_idle() && !inner.is_ending;
        let inner = if let Some(longest) = longest {
            let waited = self.work.wait_timeout_while(inner, longest, is_idle);
            waited.unwrap_or_else(PoisonError::into_inner).0
        } else {
            let waited = self.work.wait_while(inner, is_idle);
            waited.unwrap_or_else(PoisonError::into_inner)
        };
        let few =
            |inner: &mut Inner| (1..ENOUGH).contains(&inner.waiting.len()) && !inner.is_ending;
        let waited = self.work.wait_timeout_while(inner, GATHER, few);
        let mut inner = waited.unwrap_or_else(PoisonError::into_inner).0;
        inner.is_called = false;
        mem::swap(&mut inner.waiting, batch);
        if !batch.is_empty() {
            inner.writing = Some(self.clock.now());
        }
    }

    /// Whether nothing is to be written any more.
    pub(super) fn has_ended(&self) -> bool {
        let inner = self.lock();
        inner.is_ending && inner.is_idle()
    }

    /// How many lines were lost, and nobody was told.
    pub(super) fn take_lost(&self) -> u64 {
        mem::take(&mut self.lock().lost)
    }

    /// How many lines were lost since the start.
    pub(super) fn lost_ever(&self) -> u64 {
        self.lock().lost_ever
    }

    /// Some of the batch is written: all of it, or there is a rest.
    pub(super) fn written(&self, is_all: bool) {
        let mut inner = self.lock();
        inner.turns += 1;
        inner.error = None;
        inner.writing = (!is_all).then(|| self.clock.now());
        drop(inner);
        self.progress.notify_all();
    }

    /// It cannot be written. Waits until that is worth another try; `false`: there is none.
    pub(super) fn failed(&self, error: &io::Error, pause: Duration) -> bool {
        let mut inner = self.lock();
        inner.error = Some(error.to_string());
        if inner.is_ending {
            inner.writing = None;
            inner.waiting.clear();
            drop(inner);
            self.progress.notify_all();
            return false;
        }
        let waited = self.work.wait_timeout_while(inner, pause, |inner| !inner.is_ending);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        true
    }

    /// What keeps it from being written now.
    pub(super) fn failure(&self) -> Option<LogFailure> {
        let inner = self.lock();
        let since = inner.writing?;
        let seconds = self.clock.now().saturating_sub(since);
        let is_trouble = inner.error.is_some() || inner.lost > 0 || seconds >= STALLED;
        is_trouble.then(|| LogFailure { seconds, error: inner.error.clone(), lost: inner.lost })
    }

    /// Waits until all is written, as long as `patience` does not pass without anything written.
    pub(super) fn end(&self, patience: Duration) {
        let mut inner = self.lock();
        inner.is_ending = true;
        self.work.notify_one();
        let started = Instant::now();
        while !inner.is_written() && started.elapsed() < patience.saturating_mul(PATIENCES) {
            let turns = inner.turns;
            let is_under_way = |inner: &mut Inner| !inner.is_written() && inner.turns == turns;
            let waited = self.progress.wait_timeout_while(inner, patience, is_under_way);
            let (now, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            inner = now;
            if timeout.timed_out() {
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LogFailure, Queue, ROOM, Rank};
    use crate::clock::Clock;

    /// Two lines that fill the room of usual ones.
    fn half() -> String {
        format!("{}\n", "x".repeat(ROOM / 2 - 1))
    }

    #[test]
    fn what_finds_no_room_is_counted_and_worse_lines_find_more() {
        let queue = Queue::new(Clock::default());
        queue.push(half().as_bytes(), Rank::Usual);
        queue.push(half().as_bytes(), Rank::Usual);
        // (what, its rank, lines lost so far)
        let cases = [
            ("usual\n", Rank::Usual, 1),
            ("trouble\n", Rank::Trouble, 1),
            ("a report\nof two lines\n", Rank::Remark, 1),
            ("usual\nand more\n", Rank::Usual, 3),
            ("the log\n", Rank::OfTheLog, 3),
        ];
        for (line, rank, lost) in cases {
            queue.push(line.as_bytes(), rank);
            assert_eq!(queue.lock().lost, lost, "{line}");
        }
        let mut batch = Vec::new();
        queue.take(&mut batch, None);
        let kept = "trouble\na report\nof two lines\nthe log\n".as_bytes();
        assert!(batch.ends_with(kept) && batch.len() == ROOM + kept.len());
        assert_eq!((queue.take_lost(), queue.take_lost()), (3, 0), "said once");
    }

    #[test]
    fn warnings_without_end_have_their_bound_too() {
        let queue = Queue::new(Clock::default());
        for _ in 0..10 {
            queue.push(half().as_bytes(), Rank::Trouble);
            queue.push(half().as_bytes(), Rank::OfTheLog);
        }
        assert!(queue.lock().waiting.len() <= ROOM);
        assert_eq!(queue.lock().lost, 18);
    }

    #[test]
    fn trouble_is_told_from_work() {
        let clock = Clock::default();
        let queue = Queue::new(clock.clone());
        let mut batch = Vec::new();
        assert_eq!(queue.failure(), None, "nothing to write");
        queue.push(b"a\nb\n", Rank::Usual);
        queue.take(&mut batch, None);
        assert_eq!(queue.failure(), None, "it is being written");
        clock.advance(60);
        let trouble = queue.failure().unwrap();
        assert!((60..65).contains(&trouble.seconds), "{trouble:?}");
        assert_eq!((trouble.error, trouble.lost), (None, 0), "its reader takes nothing");
        queue.written(false);
        assert_eq!(queue.failure(), None, "it takes something again");
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        assert!(queue.failed(&full, Duration::ZERO), "worth another try");
        queue.push(half().repeat(3).as_bytes(), Rank::Usual);
        let trouble = queue.failure().unwrap();
        assert_eq!((trouble.error, trouble.lost), (Some(full.to_string()), 3));
        queue.written(true);
        assert_eq!(queue.failure(), None::<LogFailure>);
    }

    #[test]
    fn the_end_waits_for_who_writes_and_not_for_who_does_not() {
        let queue = Queue::new(Clock::default());
        queue.push(b"a\n", Rank::Usual);
        // Nobody writes.
        queue.end(Duration::ZERO);
        assert!(!queue.lock().waiting.is_empty());

        std::thread::scope(|scope| {
            scope.spawn(|| {
                queue.take(&mut Vec::new(), None);
                queue.written(true);
            });
            queue.end(Duration::from_mins(1));
        });
        queue.push(b"b\n", Rank::Usual);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                queue.take(&mut Vec::new(), None);
                let error = std::io::ErrorKind::BrokenPipe.into();
                assert!(!queue.failed(&error, Duration::from_hours(1)), "there is no later");
            });
            queue.end(Duration::from_mins(1));
        });
    }
}
