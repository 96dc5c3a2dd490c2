//! What whoever runs a service asks of it: SIGTERM and SIGINT (Ctrl-C) to stop, SIGHUP to read anew.

use std::io::{self, IsTerminal as _};
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
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

/// Signals are heard by a thread of their own, whatever the others wait for.
pub(super) struct Signals {
    asked: Receiver<()>,
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

    /// Waits until somebody asks to stop. Asking again ends the process at once.
    pub(super) fn wait(&self) {
        // Whoever listens does so to the end.
        let _ = self.asked.recv();
    }
}

struct Heard {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
    has_terminal: bool,
}

impl Heard {
    fn listen(mut self, runtime: &Runtime, ask: &Sender<()>, may_wait: &AtomicBool) {
        let mut first: Option<Instant> = None;
        loop {
            let code = runtime.block_on(self.next());
            match first {
                Some(first) if first.elapsed() < SAME => continue,
                None if may_wait.load(Ordering::Acquire) && ask.send(()).is_ok() => {
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

    /// Waits until somebody asks to stop; the exit code of who does so at once.
    async fn next(&mut self) -> i32 {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return 128 + SignalKind::terminate().as_raw_value(),
                _ = self.interrupt.recv() => return 128 + SignalKind::interrupt().as_raw_value(),
                _ = self.hangup.recv() => {}
            }
            // Its window was closed: nobody is there any more who could press Ctrl-C.
            if self.has_terminal && !io::stdin().is_terminal() {
                return 128 + SignalKind::hangup().as_raw_value();
            }
            tracing::info!("SIGHUP changes nothing: brands.yaml is read at the start alone");
        }
    }
}
