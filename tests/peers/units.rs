//! The units of `deploy/systemd`, as systemd's own tool sees them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use crate::redis::instance::table;
use crate::redis::server::{free_ports, patiently};

const UNIT: &str = include_str!("../../deploy/systemd/brandgate.service");
const TEMPLATE: &str = include_str!("../../deploy/systemd/brandgate@.service");
const SOCKET: &str = include_str!("../../deploy/systemd/brandgate.socket");
const OPS_SOCKET: &str = include_str!("../../deploy/systemd/brandgate-ops.socket");

/// The lines that say something.
fn said(unit: &str) -> String {
    let lines = unit.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn systemd_finds_nothing_wrong_with_the_units_and_little_that_they_may_do() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let sockets = [("brandgate.socket", SOCKET), ("brandgate-ops.socket", OPS_SOCKET)];
    for (name, unit) in sockets {
        fs::write(at(name), unit).unwrap();
    }
    for (name, unit) in [("brandgate.service", UNIT), ("brandgate@.service", TEMPLATE)] {
        let binary = env!("CARGO_BIN_EXE_brandgate");
        // systemd looks for it in /usr/local/bin and /usr/bin.
        assert!(unit.contains("\nExecStart=brandgate serve "), "{unit}");
        let unit = unit.replace("ExecStart=brandgate", &format!("ExecStart={binary}"));
        fs::write(at(name), unit).unwrap();
    }
    let analyze = |arguments: &[&str]| -> Output {
        let analyzed = Command::new("systemd-analyze").args(arguments).output();
        analyzed.expect("systemd-analyze is there: apt-get install systemd")
    };
    for unit in [
        "brandgate.service",
        "brandgate@sandbox.service",
        "brandgate.socket",
        "brandgate-ops.socket",
    ] {
        // Of a key that it does not know it says so, and goes on.
        let verified = analyze(&["verify", &at(unit)]);
        assert!(verified.status.success() && verified.stderr.is_empty(), "{unit}: {verified:?}");
    }
    // Of 100, where 100 is a service that may do everything.
    let unit = at("brandgate.service");
    let exposed = analyze(&["security", "--offline=true", "--threshold=13", &unit]);
    assert!(exposed.status.success(), "{exposed:?}");
}

#[test]
fn the_template_differs_in_where_its_files_are() {
    let named = said(UNIT).replace("/etc/brandgate/", "/etc/brandgate/%i/");
    assert_eq!(said(TEMPLATE), named.replace("logout URL", "logout URL (%i)"));
}

/// What a unit says of `key`.
fn value<'a>(unit: &'a str, key: &str) -> &'a str {
    unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).unwrap()
}

/// A process that ends with the test.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// systemd's own program opens the sockets and hands them over when the first person connects.
#[test]
fn the_sockets_of_the_units_are_taken_over_by_their_names() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("brands.yaml");
    fs::write(&file, table("redis://127.0.0.1:9")).unwrap();
    let mut ports = free_ports();
    let ports = [ports.next().unwrap(), ports.next().unwrap()];
    let mut command = Command::new("systemd-socket-activate");
    // In the order that is not ours.
    for port in [ports[1], ports[0]] {
        command.arg(format!("--listen=127.0.0.1:{port}"));
    }
    let [public, ops] = [SOCKET, OPS_SOCKET].map(|unit| value(unit, "FileDescriptorName"));
    command.arg(format!("--fdname={ops}:{public}")).arg(env!("CARGO_BIN_EXE_brandgate"));
    command.args(["serve", "--config"]).arg(&file).stderr(Stdio::null());
    let _process = Ends(command.spawn().expect("apt-get install systemd"));
    let ask = |port: u16, target: &str| {
        let connected = || TcpStream::connect(("127.0.0.1", port)).ok();
        let mut stream = patiently("somebody who listens", connected);
        let head = format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let person = ask(ports[0], "/login?return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fhc");
    assert!(person.starts_with("HTTP/1.1 302 Found\r\n"), "{person}");
    assert!(ask(ports[0], "/readyz").starts_with("HTTP/1.1 404 "), "health is not for people");
    assert!(ask(ports[1], "/readyz").ends_with("ready\n"));
}

#[test]
fn the_sockets_are_where_the_service_listens_by_itself() {
    let example = include_str!("../../brands.yaml");
    let [public, ops] = [SOCKET, OPS_SOCKET].map(|unit| value(unit, "ListenStream"));
    assert!(example.contains(&format!("ops: {{ listen: {ops} }}")), "{ops}");
    let port = public.rsplit(':').next().unwrap();
    assert!(example.contains(&format!("listen: 0.0.0.0:{port}\n")), "{public}");
    assert_eq!(value(OPS_SOCKET, "Service"), "brandgate.service");
}
