//! `brandgate serve` as a process of its own: its log is what operators see.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::instance::table;

/// A running process; it ends with the test.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<String>,
    /// Every line that was read.
    pub(crate) log: Vec<String>,
    /// Those of them that nobody has asked for yet.
    unasked: Vec<Value>,
    /// Where its `brands.yaml` is.
    directory: TempDir,
}

impl Process {
    /// Starts one with its store at `url`; `trusted` are the certificates that it trusts.
    pub(crate) fn start(url: &str, trusted: Option<&Path>) -> Self {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("brands.yaml"), table(url)).unwrap();
        let trusted = trusted.map(|file| ("SSL_CERT_FILE", file.to_str().unwrap()));
        Self::serve(directory, trusted.as_slice())
    }

    /// Starts one with the `brands.yaml` in `directory`.
    pub(crate) fn serve(directory: TempDir, environment: &[(&str, &str)]) -> Self {
        let (child, lines) = begin(directory.path(), environment);
        Self { child, lines, log: Vec::new(), unasked: Vec::new(), directory }
    }

    /// Puts another `brands.yaml` in the place of the one that is there.
    pub(crate) fn replace(&self, yaml: &str) {
        let at = |name: &str| self.directory.path().join(name);
        std::fs::write(at("new.yaml"), yaml).unwrap();
        std::fs::rename(at("new.yaml"), at("brands.yaml")).unwrap();
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Stops it as an operator does, and starts it anew; how it has ended.
    pub(crate) fn restart(&mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        let status = self.child.wait().unwrap();
        self.start_anew();
        status
    }

    /// Starts it anew, when it has ended.
    pub(crate) fn start_anew(&mut self) {
        (self.child, self.lines) = begin(self.directory.path(), &[]);
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The next line that says `what`; it may have been written already.
    pub(crate) fn says(&mut self, what: &str) -> Value {
        self.find(what, |line| line["message"].as_str().is_some_and(|it| it.contains(what)))
    }

    /// The next line with this trace code.
    pub(crate) fn line(&mut self, trace: &str) -> Value {
        self.find(trace, |line| line["trace"] == trace)
    }

    fn find(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            if let Some(at) = self.unasked.iter().position(&is_it) {
                return self.unasked.remove(at);
            }
            let line = self.lines.recv_timeout(Duration::from_secs(20));
            let line = line.unwrap_or_else(|_| panic!("no {what:?} in {:#?}", self.log));
            self.unasked.push(serde_json::from_str(&line).unwrap());
            self.log.push(line);
        }
    }

    /// Where it serves people.
    pub(crate) fn address(&mut self) -> SocketAddr {
        self.says("listening")["public"].as_str().unwrap().parse().unwrap()
    }

    /// How many of the lines that were read say `what`.
    pub(crate) fn said(&self, what: &str) -> usize {
        self.log.iter().filter(|line| line.contains(what)).count()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The one that was built for tests, or another that `bench/faults` names.
fn binary() -> OsString {
    #[expect(clippy::disallowed_methods, reason = "a test may read what it was started with")]
    let other = std::env::var_os("FAULTS_BINARY");
    other.unwrap_or_else(|| env!("CARGO_BIN_EXE_brandgate").into())
}

/// Starts one with the `brands.yaml` in `directory`; the lines that it logs come one by one.
fn begin(directory: &Path, environment: &[(&str, &str)]) -> (Child, Receiver<String>) {
    let mut command = Command::new(binary());
    command.arg("serve").arg("--config").arg(directory.join("brands.yaml"));
    command.args(["--log-format", "json"]).envs(environment.iter().copied());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let (send, lines) = channel();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    thread::spawn(move || {
        for line in stderr.lines() {
            if send.send(line.unwrap()).is_err() {
                break;
            }
        }
    });
    (child, lines)
}
