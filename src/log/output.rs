//! Lines of something else than the log, written as the log's are: nobody waits for them.

use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::queue::{LogFailure, Queue, Rank};
use super::writer;
use crate::clock::Clock;

/// What takes lines, and has a thread of its own that writes them. Clones share it.
#[derive(Clone, Debug)]
pub struct Output(Arc<Queue>);

impl Output {
    /// Has the thread `name` write to `out`, until [`Output::end`]. `lost` makes the line that says how many are lost.
    pub fn start(
        name: &str,
        clock: Clock,
        mut out: impl Write + Send + 'static,
        lost: impl Fn(u64) -> Vec<u8> + Send + 'static,
    ) -> io::Result<Self> {
        let queue = Arc::new(Queue::new(clock));
        let to_write = queue.clone();
        let write = move || {
            writer::run(&to_write, &mut out, None, |many| {
                to_write.push(&lost(many), Rank::OfTheLog);
            });
        };
        thread::Builder::new().name(name.to_owned()).spawn(write)?;
        Ok(Self(queue))
    }

    /// Takes a line with its line break, or counts it as lost.
    pub fn push(&self, line: &[u8]) {
        self.0.push(line, Rank::Usual);
    }

    /// What keeps it from being written, if anything does.
    pub fn failure(&self) -> Option<LogFailure> {
        self.0.failure()
    }

    /// How many lines were lost since the start.
    pub fn lost(&self) -> u64 {
        self.0.lost_ever()
    }

    /// Has what it took already written. Whoever does not take it within `patience` keeps nobody.
    pub fn end(&self, patience: Duration) {
        self.0.end(patience);
    }
}
