//! Prometheus' own tool reads what we tell.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::app::{App, SSO, TO_SHOES};
use crate::support::browser::{Request, program};

/// `promtool`, from the path or where `scripts/test` puts it.
fn promtool() -> Command {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let own = own.join("target/peers/prometheus/usr/bin/promtool");
    Command::new(if fs::exists(&own).unwrap() { own } else { "promtool".into() })
}

#[test]
fn promtool_takes_every_metric() {
    let app = App::start();
    app.browser().login(TO_SHOES).location();
    app.get("/login?brand_id=1&brand_id=2");
    app.get("/logout?kind=error&message=Signature+has+expired");
    let told = program(app.ops_address(), &Request::get(&format!("{SSO}/metrics"))).body;
    let judged = |text: &str| {
        let mut tool = promtool();
        tool.args(["check", "metrics"]).stdin(Stdio::piped());
        let mut tool = tool.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        tool.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = tool.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    };
    assert_eq!(judged(&told), (true, String::new()), "{told}");
    let twice = told.clone() + &told;
    assert!(!judged(&twice).0, "it would find fault");
}
