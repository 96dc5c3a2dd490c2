//! What signals do to a service with a request under way.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use super::log::Unread;
use super::{CAPTURED, Serving, brandgate, example_on_free_ports, get, signal};

/// A request of which the service waits for the rest.
fn under_way(serving: &Serving) -> TcpStream {
    let mut slow = TcpStream::connect(serving.public).unwrap();
    let head = "POST /access/jwt HTTP/1.1\r\nhost: sso.acme.example\r\nexpect: 100-continue\r\n\
                connection: close\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\n";
    slow.write_all(head.as_bytes()).unwrap();
    let mut begun = [0; 25];
    slow.read_exact(&mut begun).unwrap();
    assert_eq!(&begun, b"HTTP/1.1 100 Continue\r\n\r\n", "the request is under way");
    slow
}

fn finish(mut slow: TcpStream) {
    slow.write_all(b"jwt=a.b.c").unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{answer}");
    assert!(answer.contains("We cannot find your sign-in"), "the whole page: {answer}");
}

#[test]
fn a_request_under_way_is_finished_before_the_service_ends() {
    for name in ["TERM", "INT"] {
        let mut serving = Serving::start(&example_on_free_ports());
        assert!(get(serving.ops, "/readyz").ends_with("ready\n"));
        let slow = under_way(&serving);
        serving.signal(name);
        serving.line("stopping");
        while !get(serving.ops, "/readyz").ends_with("stopping\n") {}
        assert!(get(serving.ops, "/livez").ends_with("alive\n"));
        finish(slow);
        assert_eq!(serving.end().1, 0, "{name}");
    }
}

#[test]
fn new_connections_are_served_until_everybody_knows_that_nobody_should_come() {
    // (seconds, whether it is asked again, exit code)
    for (seconds, again, code) in [(300, true, 143), (1, false, 0)] {
        let yaml = example_on_free_ports()
            .replace("shutdown_delay: 0", &format!("shutdown_delay: {seconds}"));
        let mut serving = Serving::start(&yaml);
        let slow = under_way(&serving);
        serving.signal("TERM");
        assert_eq!(serving.line("stopping").get("seconds").unwrap(), seconds);
        while !get(serving.ops, "/readyz").ends_with("stopping\n") {}
        if again {
            // The connection could be kept, and ends with the answer: no request comes after it.
            let kept = format!("GET {CAPTURED} HTTP/1.1\r\nhost: sso.acme.example\r\n\r\n");
            let mut answer = String::new();
            let mut stream = TcpStream::connect(serving.public).unwrap();
            stream.write_all(kept.as_bytes()).unwrap();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 302 Found\r\n"), "{answer}");
            assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
            finish(slow);
            // Two that come together are one.
            while serving.child.try_wait().unwrap().is_none() {
                serving.signal("TERM");
            }
        } else {
            finish(slow);
        }
        assert_eq!(serving.end().1, code, "{seconds}");
    }
}

#[test]
fn a_hangup_is_heard_and_ends_nothing() {
    let mut serving = Serving::start(&example_on_free_ports());
    for _ in 0..3 {
        let slow = under_way(&serving);
        serving.signal("HUP");
        assert_eq!(serving.line("SIGHUP: the configuration says").get("level").unwrap(), "INFO");
        finish(slow);
    }
    assert!(get(serving.ops, "/readyz").ends_with("\r\n\r\nready\n"));
    serving.signal("TERM");
    assert_eq!(serving.end().1, 0);
}

#[test]
fn asking_twice_ends_at_once_and_says_so_by_the_exit_code() {
    for (first, second, code) in [("TERM", "TERM", 143), ("TERM", "INT", 130), ("INT", "INT", 130)]
    {
        let mut serving = Serving::start(&example_on_free_ports());
        // It would be waited for, for half a minute.
        let _slow = under_way(&serving);
        serving.signal(first);
        serving.line("stopping");
        serving.signal("HUP");
        serving.line("SIGHUP changes nothing");
        // Two that come together are one, as `timeout` sends them.
        while serving.child.try_wait().unwrap().is_none() {
            serving.signal(second);
        }
        let (log, exit) = serving.end();
        assert_eq!(exit, code, "{first}, {second}");
        assert!(log.contains("ending at once"), "{log}");
    }
}

#[test]
fn signals_are_heard_while_the_log_is_not_read() {
    let mut unread = Unread::start(&example_on_free_ports());
    for name in ["HUP", "HUP", "TERM"] {
        signal(&unread.child, name);
    }
    assert_eq!(unread.child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg_attr(not(feature = "demo"), ignore = "this build has no demo")]
fn the_demo_hears_the_same_signals() {
    let mut command = brandgate(&["demo", "--port", "0"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut wait_for = |text| assert!(log.any(|line| line.unwrap().contains(text)), "{text}");
    wait_for("brandgate's log follows");
    signal(&child, "HUP");
    wait_for("SIGHUP changes nothing");
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
