//! Prometheus' own tool reads what we tell.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
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

#[test]
fn prometheus_has_an_answer_to_every_question_of_the_dashboard_and_the_documents() {
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scripts/dashboard");
    let mut python = crate::tool("python");
    python.arg(script).args(["--check", "--brandgate", env!("CARGO_BIN_EXE_brandgate")]);
    let output = python.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains("all are answered"), "{said}");
}

/// What the tool says of these files of `deploy/monitoring`.
fn tool(arguments: &[&str], directory: &Path) -> (bool, String) {
    let output = promtool().args(arguments).current_dir(directory).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

fn monitoring() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy/monitoring")
}

#[test]
fn each_alert_sounds_when_it_should_and_not_else() {
    let (is_good, said) = tool(&["check", "rules", "alerts.yml"], &monitoring());
    assert!(is_good && said.contains("SUCCESS"), "{said}");
    let (is_good, said) = tool(&["test", "rules", "alerts_test.yml"], &monitoring());
    assert!(is_good, "{said}");
    // The tests would find an alert that never sounds, and one that always does.
    let directory = tempfile::tempdir().unwrap();
    let rules = fs::read_to_string(monitoring().join("alerts.yml")).unwrap();
    let tests = monitoring().join("alerts_test.yml");
    fs::copy(tests, directory.path().join("alerts_test.yml")).unwrap();
    for (from, to) in [("== 0\n", "== 2\n"), ("/ brandgate_connections_max > 0.8", "> 0.8")] {
        assert!(rules.contains(from), "{from}");
        fs::write(directory.path().join("alerts.yml"), rules.replace(from, to)).unwrap();
        assert!(!tool(&["test", "rules", "alerts_test.yml"], directory.path()).0, "{from}");
    }
}
