//! A log that cannot be written, and one that somebody floods: nothing outside stops sign-ins.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, PipeReader, Read as _, Write as _, pipe};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::{Serving, example_on_free_ports, get, serve, signal};

/// A service whose log is a pipe that is full, and nobody reads it.
pub(super) struct Unread {
    pub(super) child: Child,
    reader: PipeReader,
    _directory: TempDir,
}

/// As many bytes as a pipe holds.
const FILLING: usize = 65_536;

/// A pipe that is full, of empty lines.
fn full_pipe() -> (PipeReader, Stdio) {
    let (reader, mut writer) = pipe().unwrap();
    writer.write_all(&vec![b'\n'; FILLING]).unwrap();
    (reader, writer.into())
}

impl Unread {
    pub(super) fn start(yaml: &str) -> Self {
        let (reader, full) = full_pipe();
        let (child, directory) = serve(yaml, full);
        // It is up when it listens.
        addresses(&child);
        Self { child, reader, _directory: directory }
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `found` finds, as soon as it does.
fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    while started.elapsed() < Duration::from_mins(1) {
        if let Some(found) = found() {
            return found;
        }
        thread::yield_now();
    }
    panic!("no {what} within a minute");
}

/// Where people are served, and where health is told: of a service whose log says nothing.
fn addresses(child: &Child) -> (SocketAddr, SocketAddr) {
    wait_for("listener", || {
        let files = fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap();
        let links = files.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
        let sockets: BTreeSet<String> =
            links.map(|link| link.to_string_lossy().into_owned()).collect();
        let table = fs::read_to_string(format!("/proc/{}/net/tcp", child.id())).unwrap();
        let ports = table.lines().filter_map(|line| {
            let mut columns = line.split_whitespace().skip(1);
            let (address, _, state) = (columns.next()?, columns.next()?, columns.next()?);
            let inode = format!("socket:[{}]", columns.nth(5)?);
            let is_ours = state == "0A" && sockets.contains(&inode);
            let port = address.split_once(':')?.1;
            is_ours.then(|| u16::from_str_radix(port, 16).unwrap())
        });
        let found: Vec<_> = ports.map(|port| SocketAddr::from(([127, 0, 0, 1], port))).collect();
        if let [one, other] = found[..] {
            // Which logs nothing at either.
            let is_public = get(one, "/robots.txt").starts_with("HTTP/1.1 200");
            return Some(if is_public { (one, other) } else { (other, one) });
        }
        None
    })
}

const FLOOD: [&str; 4] =
    ["GET /none", "GET /login?return_to=/a&return.to=/b", "POST /login", "GET /access/jwt?jwt=x"];

/// Sends so many requests from each of four clients, every one of which logs a line; all of them are
/// answered.
fn flood(address: SocketAddr, each: usize) {
    thread::scope(|scope| {
        for request in FLOOD {
            scope.spawn(move || {
                let stream = TcpStream::connect(address).unwrap();
                let mut sender = stream.try_clone().unwrap();
                let text = format!("{request} HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n");
                let last = text.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
                scope.spawn(move || {
                    sender.write_all((text.repeat(each - 1) + &last).as_bytes()).unwrap();
                });
                let mut answers = String::new();
                (&stream).read_to_string(&mut answers).unwrap();
                assert_eq!(answers.matches("HTTP/1.1 4").count(), each, "{request}");
                assert_eq!(answers.matches("</html>").count(), each, "{request}");
            });
        }
    });
}

/// What `/readyz` says of the log, as soon as it says something.
fn said_of_the_log(ops: SocketAddr) -> String {
    wait_for("word about the log", || {
        let answer = get(ops, "/readyz");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        let (_, body) = answer.split_once("\r\n\r\nready\n").unwrap();
        (!body.is_empty()).then(|| body.to_owned())
    })
}

/// Waits until `/readyz` has nothing to say of the log.
fn all_is_well(ops: SocketAddr) {
    wait_for("end of trouble", || get(ops, "/readyz").ends_with("\r\n\r\nready\n").then_some(()));
}

#[test]
fn with_a_log_that_cannot_be_written_everybody_is_served() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let nobody_reads = || Stdio::from(pipe().unwrap().1);
    for (stderr, why) in [(full(), "No space left on device"), (nobody_reads(), "Broken pipe")] {
        let (mut child, _directory) = serve(&example_on_free_ports(), stderr);
        let (public, ops) = addresses(&child);
        flood(public, 500);
        let said = said_of_the_log(ops);
        assert!(said.starts_with("log: not written for ") && said.contains(why), "{said}");
        assert!(said.ends_with(" lines lost\n"), "{said}");
        signal(&child, "TERM");
        assert_eq!(child.wait().unwrap().code(), Some(0), "{why}");
    }
}

/// Every line of a log whose reader has come back.
fn lines(text: &str) -> Vec<Value> {
    text.trim_start().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_reader_that_had_stopped_gets_every_line_later() {
    const EACH: usize = 500;
    let mut unread = Unread::start(&example_on_free_ports());
    let (public, ops) = addresses(&unread.child);
    flood(public, EACH);
    let said = said_of_the_log(ops);
    assert!(said.contains("(its reader takes nothing), 0 lines lost"), "{said}");

    let mut reader = unread.reader.try_clone().unwrap();
    let reading = thread::spawn(move || {
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        text
    });
    all_is_well(ops);
    signal(&unread.child, "TERM");
    assert_eq!(unread.child.wait().unwrap().code(), Some(0));
    let lines = lines(&reading.join().unwrap());
    let refusals = lines.iter().filter(|line| line["outcome"] == "refused").count();
    let omitted: u64 = lines.iter().filter_map(|line| line["omitted"].as_u64()).sum();
    assert_eq!(refusals + usize::try_from(omitted).unwrap(), FLOOD.len() * EACH);
    let said = |line: Option<&Value>| line.unwrap()["message"].as_str().unwrap().to_owned();
    assert!(lines.iter().any(|line| line["message"] == "listening"), "from before, too");
    assert!(said(lines.last()).starts_with("stopping"), "{}", said(lines.last()));
}

#[test]
fn a_file_that_does_not_block_loses_no_line() {
    let (mut reader, writer) = UnixStream::pair().unwrap();
    writer.set_nonblocking(true).unwrap();
    let filled = std::iter::repeat_with(|| (&writer).write(b"\n")).find_map(Result::err);
    assert_eq!(filled.unwrap().kind(), ErrorKind::WouldBlock);
    let (mut child, _directory) = serve(&example_on_free_ports(), OwnedFd::from(writer).into());
    let (public, ops) = addresses(&child);
    flood(public, 50);
    assert!(said_of_the_log(ops).contains("its reader takes nothing"), "it waits");
    let reading = thread::spawn(move || {
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        text
    });
    all_is_well(ops);
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let lines = lines(&reading.join().unwrap());
    assert_eq!(lines.iter().filter(|line| line["outcome"] == "refused").count(), 4 * 50);
}

#[test]
fn who_cannot_be_told_why_is_not_kept() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let taken = example_on_free_ports().replacen("127.0.0.1:0", &address, 1);
    for (yaml, code) in [(taken.as_str(), 2), ("version: 2", 1)] {
        let (_reader, full) = full_pipe();
        let (mut child, _directory) = serve(yaml, full);
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
}

#[test]
fn a_flood_leaves_people_their_lines_and_is_counted() {
    const EACH: usize = 2_000;
    const PEOPLE: usize = 80;
    let serving = Serving::start(&example_on_free_ports());
    let public = serving.public;
    let flooding = thread::spawn(move || flood(public, EACH));
    let person = |_| {
        let mut stream = TcpStream::connect(public).unwrap();
        let request = "GET /none HTTP/1.1\r\nhost: a\r\nuser-agent: Mozilla/5.0 (X11)\r\n\
                       connection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, rest) = answer.split_once("<code>").unwrap();
        rest.split_once("</code>").unwrap().0.to_owned()
    };
    let started = Instant::now();
    let codes: Vec<String> = (0..PEOPLE).map(person).collect();
    flooding.join().unwrap();
    serving.signal("TERM");
    let (log, code) = serving.end();
    let seconds = usize::try_from(started.elapsed().as_secs()).unwrap() + 2;
    assert_eq!(code, 0);
    let lines = lines(&log);
    for code in &codes {
        assert!(lines.iter().any(|line| line["trace"] == *code), "{code} is missing");
    }
    let kinds =
        [("not-found", EACH + PEOPLE), ("malformed-request", EACH), ("method-not-allowed", EACH)];
    for (kind, sent) in kinds {
        let of_kind = || lines.iter().filter(|line| line["kind"] == kind);
        let reports = of_kind().filter(|line| line["omitted"].is_u64()).count();
        let omitted: u64 = of_kind().filter_map(|line| line["omitted"].as_u64()).sum();
        let said = of_kind().count() - reports;
        assert_eq!(said + usize::try_from(omitted).unwrap(), sent, "{kind}");
        let programs = of_kind().filter(|line| line["browser"].is_null()).count() - reports;
        assert!(programs <= 110 + 12 * seconds, "{programs} of {kind}");
        assert!((1..=seconds + 1).contains(&reports), "{reports} of {kind}");
    }
}
