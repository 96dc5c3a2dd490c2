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

/// Who asks that the configuration is read anew.
pub(super) struct Hangups(Receiver<()>);

impl Hangups {
    /// Whether somebody has asked, within so long. However often, it is once.
    pub(super) fn heard_within(&self, most: Duration) -> bool {
        let heard = self.0.recv_timeout(most).is_ok();
        while self.0.try_recv().is_ok() {}
        heard
    }
}

impl Signals {
    /// From now on, signals are heard: who asks to stop ends the process at once.
    pub(super) fn new() -> anyhow::Result<(Self, Hangups)> {
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
        let ((stop, asked), (reload, hangups)) = (channel(), channel());
        let may_wait = Arc::new(AtomicBool::new(false));
        let waits = may_wait.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || heard.listen(&runtime, &stop, &reload, &waits))?;
        Ok((Self { asked, may_wait }, Hangups(hangups)))
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
    fn listen(
        mut self,
        runtime: &Runtime,
        stop: &Sender<()>,
        reload: &Sender<()>,
        may_wait: &AtomicBool,
    ) {
        let mut first: Option<Instant> = None;
        loop {
            let Some(code) = runtime.block_on(self.next()) else {
                if first.is_some() || reload.send(()).is_err() {
                    tracing::info!("SIGHUP changes nothing: nobody would read anything anew");
                }
                continue;
            };
            match first {
                Some(first) if first.elapsed() < SAME => continue,
                None if may_wait.load(Ordering::Acquire) && stop.send(()).is_ok() => {
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
