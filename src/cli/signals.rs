//! What whoever runs a service asks of it: SIGTERM and SIGINT (Ctrl-C) to stop, SIGHUP to read anew.

use std::io::{self, IsTerminal as _};
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::log;

/// How long the last lines of the log may take when the end cannot wait.
const PATIENCE: Duration = Duration::from_millis(100);

/// Who asks again so soon does not mean it: `timeout` and some supervisors send each signal twice, to
/// the process and to its group.
const SAME: Duration = Duration::from_millis(10);

/// What is asked of the service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Asked {
    /// To read its configuration anew.
    Reload,
    /// To stop.
    Stop,
}

/// Signals are heard by a thread of their own, whatever the others wait for.
pub(super) struct Signals {
    asked: Receiver<Asked>,
    may_wait: Arc<AtomicBool>,
}

impl Signals {
    /// From now on, signals are heard: who asks to stop ends the process at once.
    pub(super) fn new() -> anyhow::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let heard = {
            let _inside = runtime.enter();
            Heard {
                terminate: signal(SignalKind::terminate())?,
                interrupt: signal(SignalKind::interrupt())?,
                hangup: signal(SignalKind::hangup())?,
                has_terminal: io::stdin().is_terminal(),
            }
        };
        let (ask, asked) = channel();
        let may_wait = Arc::new(AtomicBool::new(false));
        let waits = may_wait.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || heard.listen(&runtime, &ask, &waits))?;
        Ok(Self { asked, may_wait })
    }

    /// From now on there is something to finish first, by whoever calls `wait`.
    pub(super) fn finish_first(&self) {
        self.may_wait.store(true, Ordering::Release);
    }

    /// Waits until something is asked, for at most so long. Asking to stop a second time ends the
    /// process at once.
    pub(super) fn wait(&self, most: Duration) -> Option<Asked> {
        match self.asked.recv_timeout(most) {
            Ok(asked) => Some(asked),
            Err(RecvTimeoutError::Timeout) => None,
            // Whoever listens does so to the end.
            Err(RecvTimeoutError::Disconnected) => Some(Asked::Stop),
        }
    }
}

struct Heard {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
    has_terminal: bool,
}

impl Heard {
    fn listen(mut self, runtime: &Runtime, ask: &Sender<Asked>, may_wait: &AtomicBool) {
        let mut first: Option<Instant> = None;
        loop {
            let code = match runtime.block_on(self.next()) {
                Some(code) => code,
                None if first.is_some() => {
                    tracing::info!("SIGHUP changes nothing: the service is stopping");
                    continue;
                }
                None => {
                    // Nobody waits any more only once the process ends.
                    let _ = ask.send(Asked::Reload);
                    continue;
                }
            };
            match first {
                Some(first) if first.elapsed() < SAME => continue,
                None if may_wait.load(Ordering::Acquire) && ask.send(Asked::Stop).is_ok() => {
                    first = Some(Instant::now());
                    continue;
                }
                _ => {}
            }
            tracing::info!("ending at once");
            log::end(PATIENCE);
            exit(code);
        }
    }

    /// Waits for the next signal; the exit code of a process that it ends at once, `None` where it
    /// asks to read anew.
    async fn next(&mut self) -> Option<i32> {
        let kind = tokio::select! {
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.interrupt.recv() => SignalKind::interrupt(),
            _ = self.hangup.recv() => SignalKind::hangup(),
        };
        // Its window was closed: nobody is there any more who could press Ctrl-C.
        let has_gone = self.has_terminal && !io::stdin().is_terminal();
        (kind != SignalKind::hangup() || has_gone).then_some(128 + kind.as_raw_value())
    }
}
