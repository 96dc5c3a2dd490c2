//! Starts `chromedriver`, and through it a headless Chromium with a profile that nobody used before.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::{ParseError, Url};

const WHAT_TO_INSTALL: &str =
    "the browser tests need Debian's packages chromium and chromium-driver: install both";

const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    // Containers have little of it, or none.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // A page may name other machines; no test asks them for anything.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
];

/// A `chromedriver` of our own, which ends, and its browser with it, when this is dropped.
pub(crate) struct Driver {
    process: Child,
    /// Kept open: the driver would end if nobody could read what it says.
    _output: BufReader<ChildStdout>,
    port: u16,
    /// Where Chromium keeps what it does not tidy up itself; goes last.
    _folder: TempDir,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let mut command = Command::new("chromedriver");
        let folder = TempDir::new().unwrap();
        command
            .arg("--port=0")
            .env("TMPDIR", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = match command.spawn() {
            Ok(process) => process,
            Err(error) => panic!("cannot start chromedriver: {error}; {WHAT_TO_INSTALL}"),
        };
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let port = port(&mut output);
        let port = port.unwrap_or_else(|| panic!("chromedriver says no port; {WHAT_TO_INSTALL}"));
        Self { process, _output: output, port, _folder: folder }
    }

    /// Opens a browser, with these arguments besides the usual ones.
    pub(crate) async fn open(&self, more: &[&str]) -> Client {
        let arguments: Vec<_> = ARGUMENTS.iter().chain(more).collect();
        let wishes = json!({
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let wishes: Capabilities = serde_json::from_value(wishes).unwrap();
        let address = format!("http://127.0.0.1:{}", self.port);
        let client =
            ClientBuilder::new(HttpConnector::new()).capabilities(wishes).connect(&address).await;
        client.unwrap_or_else(|error| panic!("no browser: {error}; {WHAT_TO_INSTALL}"))
    }

    /// Asks the driver to close its browser and end.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let host = format!("Host: 127.0.0.1:{}", self.port);
        write!(stream, "GET /shutdown HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that does not listen is ended the hard way.
        if self.shut_down().is_err() {
            drop(self.process.kill());
        }
        drop(self.process.wait());
    }
}

/// Reads where the driver listens, which it says itself.
fn port(output: &mut BufReader<ChildStdout>) -> Option<u16> {
    let lines = output.lines().map_while(Result::ok);
    let said = lines.filter_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    { said }.next()
}

/// A command that is Chromium's own.
#[derive(Debug)]
struct OfChromium {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for OfChromium {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// What the console said since the last time.
pub(crate) async fn console(client: &Client) -> Result<Vec<String>, CmdError> {
    let log = OfChromium { path: "se/log", body: json!({"type": "browser"}) };
    let lines = client.issue_cmd(log).await?;
    let lines = lines.as_array().into_iter().flatten();
    Ok(lines.map(|line| line["message"].to_string()).collect())
}

/// Asks Chromium itself, by the protocol of its developer tools.
pub(crate) async fn devtools(
    client: &Client,
    method: &str,
    parameters: Value,
) -> Result<Value, CmdError> {
    let body = json!({"cmd": method, "params": parameters});
    client.issue_cmd(OfChromium { path: "goog/cdp/execute", body }).await
}
