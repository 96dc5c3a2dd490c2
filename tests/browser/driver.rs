//! Starts a browser's own driver, and through it a headless browser with a profile of its own. It is
//! Chromium, or Firefox where `TEST_BROWSER=firefox` says so.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;
use tempfile::TempDir;
use url::{ParseError, Url};

use crate::webkit::{self, Screen};
use crate::{chromium, firefox};

/// What a test wants of a browser besides the usual.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wishes<'a> {
    pub(crate) without_scripts: bool,
    /// Where it keeps what it knows; none is a new place that goes with it.
    pub(crate) profile: Option<&'a Path>,
    /// Begins with the tabs that the last one of this profile ended with.
    pub(crate) restore: bool,
}

/// A browser that these tests know how to drive.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Chromium,
    Firefox,
    /// In the tests of `webkit` alone.
    WebKit,
}

impl Kind {
    /// The one of this run.
    fn asked_for() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the product reads none; a run may choose")]
        match std::env::var("TEST_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok(other) => panic!("TEST_BROWSER={other}: the tests know chromium and firefox"),
        }
    }

    /// The driver, and what must be there.
    fn driver(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Chromium => (&chromium::DRIVER, chromium::WHAT_TO_INSTALL),
            Self::Firefox => (&firefox::DRIVER, firefox::WHAT_TO_INSTALL),
            Self::WebKit => (&["WebKitWebDriver"], webkit::WHAT_TO_INSTALL),
        }
    }
}

/// A driver of our own, which ends, and its browser with it, when this is dropped.
pub(crate) struct Driver {
    pub(crate) kind: Kind,
    process: Child,
    /// Kept open: the driver would end if nobody could read what it says.
    _output: BufReader<ChildStdout>,
    port: u16,
    /// What it draws on, if it has to.
    _screen: Option<Screen>,
    /// Where the browser keeps what it does not tidy up itself; goes last.
    _folder: TempDir,
}

impl Driver {
    /// The one of this run.
    pub(crate) fn start() -> Self {
        Self::of(Kind::asked_for())
    }

    pub(crate) fn of(kind: Kind) -> Self {
        let (words, what_to_install) = kind.driver();
        let mut command = Command::new(words[0]);
        let folder = TempDir::new().unwrap();
        command
            .args(&words[1..])
            .env("TMPDIR", folder.path())
            // The driver's browser is of this group, too, and ends with it.
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let screen = matches!(kind, Kind::WebKit).then(Screen::start);
        // It does not say which port it takes by itself.
        let own_port = screen.as_ref().map(|screen| {
            let port = webkit::free_port();
            command.arg(format!("--port={port}"));
            command.env("DISPLAY", &screen.name).env("HOME", folder.path());
            port
        });
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) => panic!("cannot start {}: {error}; {what_to_install}", words[0]),
        };
        let mut output = BufReader::new(process.stdout.take().unwrap());
        if let Some(port) = own_port {
            webkit::wait_for(port);
        }
        let port = own_port.or_else(|| port(&mut output));
        let port = port.unwrap_or_else(|| panic!("{} says no port; {what_to_install}", words[0]));
        Self { kind, process, _output: output, port, _screen: screen, _folder: folder }
    }

    pub(crate) async fn open(&self, wishes: Wishes<'_>) -> Client {
        let capabilities = match self.kind {
            Kind::Chromium => chromium::capabilities(wishes),
            Kind::Firefox => firefox::capabilities(wishes),
            Kind::WebKit => webkit::capabilities(),
        };
        let capabilities: Capabilities = serde_json::from_value(capabilities).unwrap();
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&address).await;
        client.unwrap_or_else(|error| panic!("no browser: {error}; {}", self.kind.driver().1))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        // They may have ended by themselves.
        let _ = group.map(|group| kill_process_group(group, Signal::KILL));
        drop(self.process.wait());
    }
}

/// Waits until it is so.
pub(crate) fn patiently(mut is_so: impl FnMut() -> bool) {
    let since = Instant::now();
    while !is_so() {
        assert!(since.elapsed() < Duration::from_secs(30), "it never is so");
        thread::yield_now();
    }
}

/// Reads where the driver listens, which it says itself.
fn port(output: &mut BufReader<ChildStdout>) -> Option<u16> {
    let lines = output.lines().map_while(Result::ok);
    let said = lines.filter_map(|line| {
        let said = ["started successfully on port ", "Listening on 127.0.0.1:"];
        let (_, port) = said.into_iter().find_map(|it| line.split_once(it))?;
        port.trim_end_matches('.').parse().ok()
    });
    { said }.next()
}

/// A command that is a browser's own.
#[derive(Debug)]
pub(crate) struct Own {
    pub(crate) path: &'static str,
    pub(crate) body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Texts in a list of JSON.
pub(crate) fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().unwrap().to_owned()).collect()
}

pub(crate) type Answer<T> = Result<T, CmdError>;
