//! What systemd is told, by a socket that stands in for its own.

use std::os::unix::net::UnixDatagram;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;

use super::{Serving, brandgate, example_on_free_ports, file};

/// In the place of systemd.
struct Listener {
    socket: UnixDatagram,
    directory: TempDir,
}

impl Listener {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let socket = UnixDatagram::bind(directory.path().join("notify")).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self { socket, directory }
    }

    /// Starts the service, with these variables besides.
    fn start(&self, yaml: &str, environment: &[(&str, &str)]) -> Serving {
        let (directory, path) = file(yaml);
        let mut command = brandgate(&["serve", "--log-format", "json", "--log-level", "debug"]);
        command.env("NOTIFY_SOCKET", self.directory.path().join("notify"));
        command.envs(environment.iter().copied()).arg("--config").arg(path);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        Serving::under_way(child, directory)
    }

    /// What it is told next, but for what is shown alone.
    fn hears(&self) -> String {
        loop {
            let mut bytes = [0; 1024];
            let count = self.socket.recv(&mut bytes).unwrap();
            let told = str::from_utf8(&bytes[..count]).unwrap();
            // A file may have been looked at before the signal comes.
            if !told.starts_with("STATUS=") {
                return told.to_owned();
            }
        }
    }
}

#[test]
fn systemd_is_told_what_the_service_does() {
    let listener = Listener::new();
    let yaml = example_on_free_ports();
    let serving = listener.start(&yaml, &[]);
    assert_eq!(listener.hears(), "READY=1\nSTATUS=serving");

    let reloads = [
        (yaml.clone() + "# the same\n", "serving"),
        ("version: 1\n".to_owned(), "serving; the changed configuration is not used"),
        (
            yaml.replacen(
                "server:\n",
                "server:\n  traces: { endpoint: 'http://127.0.0.1:9/x' }\n",
                1,
            ),
            "serving; a part of the changed configuration is not used",
        ),
        (yaml.replace("unknown: ask", "unknown: refuse"), "serving"),
    ];
    for (text, status) in reloads {
        std::fs::write(serving.directory.path().join("new"), text).unwrap();
        let at = |name: &str| serving.directory.path().join(name);
        std::fs::rename(at("new"), at("brands.yaml")).unwrap();
        serving.signal("HUP");
        let told = listener.hears();
        let since = told.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap();
        assert!(since.parse::<u64>().unwrap() > 0, "{told}");
        assert_eq!(listener.hears(), format!("READY=1\nSTATUS={status}"));
    }

    serving.signal("TERM");
    assert_eq!(listener.hears(), "STOPPING=1\nSTATUS=stopping");
    assert_eq!(serving.end().1, 0);
}

#[test]
fn a_watchdog_hears_from_us_as_often_as_it_wants_to() {
    let listener = Listener::new();
    let watched = [("WATCHDOG_USEC", "400000")];
    let serving = listener.start(&example_on_free_ports(), &watched);
    assert_eq!(listener.hears(), "READY=1\nSTATUS=serving");
    for _ in 0..3 {
        assert_eq!(listener.hears(), "WATCHDOG=1");
    }
    drop(serving);

    // One that is meant for another process.
    let listener = Listener::new();
    let other = [("WATCHDOG_USEC", "400000"), ("WATCHDOG_PID", "1")];
    let serving = listener.start(&example_on_free_ports(), &other);
    assert_eq!(listener.hears(), "READY=1\nSTATUS=serving");
    for _ in 0..5 {
        serving.signal("HUP");
        assert!(listener.hears().starts_with("RELOADING=1\n"));
        assert_eq!(listener.hears(), "READY=1\nSTATUS=serving", "and nothing in between");
    }
}
