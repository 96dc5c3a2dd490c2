//! What may become of the files and the machine while it serves.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::reload::{NEW, OLD, SHOES, leads_to, put, said, start, yaml};
use super::{CAPTURED, example_on_free_ports, file, get, limited, next_answer};

const REFUSED: &str = "the configuration has changed, and is not used";

#[test]
fn nothing_that_takes_the_place_of_the_file_ends_what_is_served() {
    let (mut serving, path) = start(&yaml(OLD, ""));
    // References to references to references: with their values, more than any machine has room for.
    let bomb: Vec<String> = ('a'..='j')
        .zip('b'..='k')
        .map(|(one, next)| format!("{next}: &{next} [{}]\n", vec![format!("*{one}"); 9].join(", ")))
        .collect();
    // (what comes in its place, what is said)
    let cases: [(&dyn Fn(), &str); 6] = [
        (&|| fs::create_dir(&path).unwrap(), "it is a directory, not a file"),
        (&|| symlink(&path, &path).unwrap(), "Too many levels of symbolic links"),
        (
            &|| assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
            "it is a pipe",
        ),
        (&|| fs::write(&path, format!("a: &a [x]\n{}", bomb.concat())).unwrap(), "errors"),
        (&|| fs::write(&path, "[".repeat(50 << 20)).unwrap(), "1 error"),
        (&|| fs::write(&path, format!("{}brands: {{", yaml(NEW, ""))).unwrap(), "1 error"),
    ];
    for (come, reason) in cases {
        // All at once: nobody sees that there was nothing in between.
        let aside = path.with_extension("aside");
        fs::rename(&path, &aside).unwrap();
        come();
        assert!(said(&serving.line(REFUSED)).contains(reason), "{reason}");
        assert_eq!(leads_to(&serving, SHOES), OLD, "{reason}");
        assert!(get(serving.ops, "/readyz").starts_with("HTTP/1.1 200 "), "{reason}");
        if path.is_dir() {
            fs::remove_dir(&path).unwrap();
        }
        fs::rename(&aside, &path).unwrap();
        serving.line("the configuration has changed, and is in force");
    }
    put(&path, &yaml(NEW, ""));
    serving.line("the configuration has changed, and is in force");
    assert_eq!(leads_to(&serving, SHOES), NEW);
    serving.signal("TERM");
    assert_eq!(serving.end().1, 0);
}

#[test]
fn a_bomb_is_refused_at_the_start_and_by_check_at_its_first_reference() {
    let (_directory, path) = file("version: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
    let path = path.to_str().unwrap();
    let (code, stdout, _) = super::run(&["check", path]);
    assert_eq!(code, 1);
    assert!(stdout.contains(":2:4: error: anchors (`&`) are not allowed"), "{stdout}");
    assert_eq!(super::run(&["serve", "--config", path]).0, 1);
}

#[test]
fn ten_thousand_idle_connections_keep_nobody_out() {
    brandgate::descriptors::raise_limit().unwrap();
    let serving = limited("true", &example_on_free_ports());
    let mut idle = Vec::new();
    for number in 0..10_000 {
        let stream = TcpStream::connect(serving.public);
        let mut stream = stream.unwrap_or_else(|error| panic!("{number}: {error}"));
        let answer = next_answer(&mut stream, "GET /robots.txt");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{number}: {answer}");
        idle.push(stream);
    }
    assert!(get(serving.public, CAPTURED).starts_with("HTTP/1.1 302 "));
    assert!(get(serving.ops, "/readyz").starts_with("HTTP/1.1 200 "));
    drop(idle);
    serving.signal("TERM");
    let (log, code) = serving.end();
    assert_eq!(code, 0, "{log}");
    assert!(!log.contains("no room"), "{log}");
}
