//! brandgate itself, on a port of its own, with one brand whose people are in a user pool.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use brandgate::app::{Service, listen};
use brandgate::clock::Clock;
use brandgate::config;
use tracing_subscriber::fmt::MakeWriter;

use crate::redis::server::Server;

/// A running service, and the clock that it reads.
pub(crate) struct House {
    pub(crate) service: Service,
    pub(crate) clock: Clock,
    /// Where people know it to be: behind a balancer this is no instance's own address.
    origin: String,
    source: String,
}

/// Where the brand's people want to go.
pub(crate) const HELP: &str = "https://acme-coffee.zendesk.com/hc/requests/7?a=b";

impl House {
    /// Starts the service with a backend `pool` of these settings.
    pub(crate) fn start(settings: &str) -> Self {
        Self::start_with("", settings)
    }

    /// The same, with more settings of the server's.
    pub(crate) fn start_with(server: &str, settings: &str) -> Self {
        let public = port();
        let origin = format!("http://{}", public.local_addr().unwrap());
        let indented: Vec<String> = settings.lines().map(|line| format!("    {line}")).collect();
        let source = format!(
            "version: 1\nserver: {{ public_url: '{origin}', {server} }}\nzendesk:\n  account: acme\n  \
             shared_secret: {{ value: {zendesk} }}\nreserved:\n  \
             - {{ email_domains: [acme.example], backends: [site] }}\nbackends:\n  pool:\n    \
             type: cognito\n{settings}\n  site:\n    type: redirect\n    \
             login_url: https://www.acme.example/in\n    assertion: {{ algorithm: HS256, secrets: \
             {{ value: {site} }} }}\nbrands:\n  coffee:\n    name: Acme Coffee\n    brand_id: 7\n    \
             hosts: [acme-coffee.zendesk.com]\n    backend: pool\n    identity:\n      \
             may_say: [name, user_fields]\n  shoes:\n    brand_id: 8\n    \
             hosts: [acme-shoes.zendesk.com]\n    backend: site\n",
            zendesk = "z".repeat(32),
            site = "s".repeat(32),
            settings = indented.join("\n"),
        );
        Self::serve(public, origin, source, Clock::that_skips())
    }

    /// The same, with a store at `redis` whose memory goes back far enough.
    pub(crate) fn start_on(redis: &Server, state_key: &str, settings: &str) -> Self {
        let store = format!(
            "state_key: {{ value: {state_key} }}, store: {{ url: {{ value: '{}' }} }}",
            redis.url()
        );
        Self::start_with(&store, settings)
    }

    /// Another instance of it, behind the same public address and at the same clock.
    pub(crate) fn beside(&self) -> Self {
        Self::serve(port(), self.origin.clone(), self.source.clone(), self.clock.clone())
    }

    /// The same with one change to the table.
    pub(crate) fn beside_with(&self, from: &str, to: &str) -> Self {
        assert!(self.source.contains(from), "{from}");
        let source = self.source.replace(from, to);
        Self::serve(port(), self.origin.clone(), source, self.clock.clone())
    }

    fn serve(public: TcpListener, origin: String, source: String, clock: Clock) -> Self {
        logs();
        let loaded = config::read(&source, "brands.yaml", Path::new("."));
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let service = Service::start(config, clock.clone(), public, port()).unwrap();
        Self { service, clock, origin, source }
    }

    pub(crate) fn origin(&self) -> String {
        self.origin.clone()
    }

    /// An address of ours.
    pub(crate) fn at(&self, target: &str) -> String {
        self.origin() + target
    }
}

fn port() -> TcpListener {
    listen("127.0.0.1:0".parse().unwrap()).unwrap()
}

/// All that was logged in this process: look for what nobody else can have logged.
pub(crate) fn logged() -> String {
    String::from_utf8(logs().0.lock().unwrap().clone()).unwrap()
}

/// The latest line about a refusal: under a mere typo people see no code.
pub(crate) fn last_line() -> String {
    let logged = logged();
    logged.lines().rfind(|line| line.contains("outcome=\"refused\"")).unwrap().to_owned()
}

/// The log line that carries a trace code.
pub(crate) fn line(trace: &str) -> String {
    let logged = logged();
    let lines: Vec<&str> = logged.lines().filter(|line| line.contains(trace)).collect();
    assert_eq!(lines.len(), 1, "one line for {trace}: {lines:#?}");
    lines[0].to_owned()
}

#[derive(Clone)]
struct Log(Arc<Mutex<Vec<u8>>>);

fn logs() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log(Arc::default());
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(log.clone())
            .init();
        log
    })
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
