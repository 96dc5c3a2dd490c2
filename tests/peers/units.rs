//! The units of `deploy/systemd`, as systemd's own tool sees them.

use std::fs;
use std::process::{Command, Output};

const UNIT: &str = include_str!("../../deploy/systemd/brandgate.service");
const TEMPLATE: &str = include_str!("../../deploy/systemd/brandgate@.service");

/// The lines that say something.
fn said(unit: &str) -> String {
    let lines = unit.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn systemd_finds_nothing_wrong_with_the_units_and_little_that_they_may_do() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    for (name, unit) in [("brandgate.service", UNIT), ("brandgate@.service", TEMPLATE)] {
        let binary = env!("CARGO_BIN_EXE_brandgate");
        assert!(unit.contains("/usr/local/bin/brandgate"), "{unit}");
        let unit = unit.replace("/usr/local/bin/brandgate", binary);
        fs::write(at(name), unit).unwrap();
    }
    let analyze = |arguments: &[&str]| -> Output {
        let analyzed = Command::new("systemd-analyze").args(arguments).output();
        analyzed.expect("systemd-analyze is there: apt-get install systemd")
    };
    for unit in ["brandgate.service", "brandgate@sandbox.service"] {
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
