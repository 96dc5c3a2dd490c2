//! `who`: how the audit log calls somebody.

use std::io::Write as _;
use std::process::Stdio;

use super::{brandgate, example_on_free_ports, file, run};

#[test]
fn somebody_is_found_in_the_audit_log_by_their_address_or_id() {
    let audit = "server:\n  audit: { key: { value: audit-key-of-the-test-0123456789abcdef } }\n";
    let (_directory, path) = file(&example_on_free_ports().replacen("server:\n", audit, 1));
    let path = path.to_str().unwrap();
    let of = |arguments: &[&str]| {
        let (code, out, _) = run(&[&["who", "--config", path], arguments].concat());
        (code, out.trim().to_owned())
    };
    // As `openssl dgst -sha256 -hmac` has it of `email:joe@example.com`.
    let joe = "2faabc07cb139700e20a8d86a9a6a5577ffa64271701229e7e5fc5ca8ac455b7".to_owned();
    assert_eq!(of(&["joe@example.com"]), (0, joe.clone()));
    assert_eq!(of(&[" JOE@EXAMPLE.COM "]), (0, joe.clone()), "as Zendesk compares it");
    assert_eq!(of(&["joe"]), (1, String::new()), "not an address");
    let (code, id) = of(&["--external-id", "shoes_7"]);
    assert!(code == 0 && id.len() == 64 && id != joe, "{id}");
    let mut command = brandgate(&["who", "--config", path]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"joe@example.com\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), joe);
    let (_directory, path) = file(&example_on_free_ports());
    let (code, _, error) = run(&["who", "--config", path.to_str().unwrap(), "joe@example.com"]);
    assert!(code == 2 && error.contains("no `server.audit`"), "{error}");
}
