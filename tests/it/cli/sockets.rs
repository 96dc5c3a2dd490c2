//! Sockets that somebody else has opened, as systemd hands them over.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use super::{CAPTURED, Serving, example_on_free_ports, file, get};

/// Lays what it is given as standard input and output where systemd lays sockets.
const HAND: &str = r#"exec 3<&0 4<&1 </dev/null >/dev/null
: "${LISTEN_PID=$$}"
export LISTEN_PID
exec "$0" serve --log-format json --config "$1""#;

/// The service with two descriptors of another's.
pub(super) fn handed(
    descriptors: [OwnedFd; 2],
    environment: &[(&str, &str)],
    yaml: &str,
) -> (Command, TempDir) {
    let (directory, path) = file(yaml);
    let mut command = Command::new("sh");
    command.args(["-c", HAND, env!("CARGO_BIN_EXE_brandgate")]).arg(path).env_clear();
    command.envs(environment.iter().copied());
    let [first, second] = descriptors;
    command.stdin(first).stdout(second).stderr(Stdio::piped());
    (command, directory)
}

pub(super) fn start(command: (Command, TempDir)) -> Serving {
    let (mut command, directory) = command;
    Serving::under_way(command.spawn().unwrap(), directory)
}

pub(super) fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

pub(super) fn again(listeners: [&TcpListener; 2]) -> [OwnedFd; 2] {
    listeners.map(|it| it.try_clone().unwrap().into())
}

/// What the environment says.
type Variables<'a> = &'a [(&'a str, &'a str)];

pub(super) const BOTH: [(&str, &str); 2] = [("LISTEN_FDS", "2"), ("LISTEN_FDNAMES", "public:ops")];

/// The answer to somebody who comes by a connection of their own.
fn login(mut stream: TcpStream) -> io::Result<String> {
    let head = format!("GET {CAPTURED} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn is_redirect(answer: &io::Result<String>) -> bool {
    answer.as_ref().is_ok_and(|it| it.starts_with("HTTP/1.1 302 Found\r\n"))
}

#[test]
fn whoever_comes_while_it_is_restarted_is_served_by_the_next() {
    let (public, ops) = (listener(), listener());
    let yaml = example_on_free_ports();
    let next = || start(handed(again([&public, &ops]), &BOTH, &yaml));
    let mut serving = next();
    let address = public.local_addr().unwrap();
    assert_eq!((serving.public, serving.ops), (address, ops.local_addr().unwrap()));
    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let lost = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let answer = TcpStream::connect(address).and_then(login);
                    if !is_redirect(&answer) {
                        lost.lock().unwrap().push(answer);
                    }
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..5 {
            let goal = asked.load(Ordering::Relaxed) + 100;
            while asked.load(Ordering::Relaxed) < goal {
                thread::yield_now();
            }
            serving.signal("TERM");
            let ended = serving.child.wait();
            // Nobody is there now.
            let early = TcpStream::connect(address);
            serving = next();
            let answer = early.and_then(login);
            if !is_redirect(&answer) || ended.is_err() {
                lost.lock().unwrap().push(answer);
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    let lost = lost.into_inner().unwrap();
    assert!(lost.is_empty(), "{} of {}: {:?}", lost.len(), asked.into_inner(), lost[0]);
}

#[test]
fn it_stays_ready_to_its_end_because_the_next_takes_over() {
    let yaml = example_on_free_ports().replace("shutdown_delay: 0", "shutdown_delay: 300");
    let mut serving = start(handed(again([&listener(), &listener()]), &BOTH, &yaml));
    serving.signal("TERM");
    serving.line("stopping");
    // Its connections end all the same: somebody may be about to send a request by one.
    let mut kept = TcpStream::connect(serving.public).unwrap();
    kept.write_all(format!("GET {CAPTURED} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    kept.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    assert!(get(serving.ops, "/readyz").ends_with("ready\n"));
    // Two that come together are one.
    while serving.child.try_wait().unwrap().is_none() {
        serving.signal("TERM");
    }
    assert_eq!(serving.end().1, 143);
}

#[test]
fn one_of_them_is_enough_and_what_is_meant_for_another_process_is_left_alone() {
    let (one, other) = (listener(), listener());
    let at = [&one, &other].map(|it| it.local_addr().unwrap());
    // (variables, whether the first is for people, whether it is for health)
    let cases: [(Variables<'_>, bool, bool); 5] = [
        (&[("LISTEN_FDS", "1"), ("LISTEN_FDNAMES", "public")], true, false),
        (&[("LISTEN_FDS", "1"), ("LISTEN_FDNAMES", "ops")], false, true),
        (&[("LISTEN_FDS", "0")], false, false),
        (&[("LISTEN_PID", "1"), BOTH[0], BOTH[1]], false, false),
        (&[("LISTEN_PID", "x"), BOTH[0], BOTH[1]], false, false),
    ];
    for (variables, is_public, is_ops) in cases {
        let serving = start(handed(again([&one, &other]), variables, &example_on_free_ports()));
        let taken = (serving.public == at[0], serving.ops == at[0]);
        assert_eq!(taken, (is_public, is_ops), "{variables:?}");
        assert!(get(serving.public, CAPTURED).starts_with("HTTP/1.1 302 "), "{variables:?}");
        assert!(get(serving.ops, "/readyz").ends_with("ready\n"), "{variables:?}");
    }
}

#[test]
fn another_address_than_that_of_the_file_is_told() {
    let (public, ops) = (listener(), listener());
    let (mut command, _directory) = handed(again([&public, &ops]), &BOTH, &example_on_free_ports());
    let mut child = command.spawn().unwrap();
    let log = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let log: Vec<String> = log.take_while(|line| !line.contains("\"listening\"")).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    for (key, socket) in [("server.listen", public), ("server.ops.listen", ops)] {
        let there = socket.local_addr().unwrap();
        let said = format!("{key} says 127.0.0.1:0, and the socket of systemd's is at {there}");
        assert!(log.iter().any(|line| line.contains(&said)), "{said}: {log:?}");
    }
}

#[test]
fn what_cannot_be_served_on_is_refused_with_what_to_write() {
    let directory = tempfile::tempdir().unwrap();
    let listener = listener();
    let tcp = || OwnedFd::from(listener.try_clone().unwrap());
    let udp = || UdpSocket::bind("127.0.0.1:0").unwrap().into();
    let path = directory.path().join("socket");
    let unix = || UnixListener::bind(&path).unwrap().into();
    let connection = || TcpStream::connect(listener.local_addr().unwrap()).unwrap().into();
    let file = || File::open("Cargo.toml").unwrap().into();
    // (first descriptor, how many, names, what is said)
    let cases: [(OwnedFd, &str, &str, &str); 15] = [
        (tcp(), "1", "", "one is called ``: FileDescriptorName= is `public` for people and `ops`"),
        (tcp(), "1", "brandgate.socket", "one is called `brandgate.socket`"),
        (tcp(), "1", "a\u{1b}[2J\nb", "one is called `a\\u{1b}[2J\\u{a}b`"),
        (tcp(), "1", "Public", "one is called `Public`"),
        (tcp(), "2", "public", "one is called ``"),
        (tcp(), "2", "public:public", "two are called `public`, and one is taken"),
        (tcp(), "3", "public:ops:public", "`public` is of no use: fd 5 is not a socket"),
        (udp(), "1", "public", "`public` is of no use: fd 3 is not a valid tcp socket"),
        (unix(), "1", "ops", "`ops` is of no use: fd 3 is not a valid tcp socket"),
        (connection(), "1", "public", "is it a connection (Accept=yes)?"),
        (file(), "1", "public", "`public` is of no use: fd 3 is not a socket"),
        (tcp(), "many", "public", "LISTEN_FDS is no number of sockets"),
        (tcp(), "-1", "public", "LISTEN_FDS is no number of sockets"),
        (tcp(), "99999999999", "public", "LISTEN_FDS is no number of sockets"),
        (tcp(), "65535", "public:ops", "one is called ``"),
    ];
    for (first, count, names, expected) in cases {
        let variables = [("LISTEN_FDS", count), ("LISTEN_FDNAMES", names)];
        let (mut command, _directory) =
            handed([first, tcp()], &variables, &example_on_free_ports());
        let ended = command.output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(2), "{count} {names}: {said}");
        assert!(said.starts_with("error: cannot take over the sockets of systemd: "), "{said}");
        assert!(said.contains(expected), "{count} {names}: {said}");
    }
}
