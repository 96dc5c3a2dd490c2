//! Traces, read by OpenTelemetry's own definition of them.

use std::io::{BufRead as _, BufReader, Lines};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::oidc::faulty::{Faulty, KEYS, Key, METADATA, Reply, TOKEN};
use crate::oidc::service::{self, SSO, TO_SHOES};
use crate::redis::instance::{self, Person, assertion};
use crate::redis::server::{Server, patiently};
use crate::support::answer::Answer;
use crate::support::app::App;
use crate::support::browser::{Browser, Request, program};
use crate::support::log;

/// A collector that ends with the test.
struct Collector {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    address: String,
}

impl Collector {
    fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/collector.py");
        let mut command = crate::tool("python");
        let mut process = command.arg(script).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the collector ended before it began").unwrap();
        Self { process, lines, address: format!("http://127.0.0.1:{port}") }
    }

    /// All spans that came; those who sent them have stopped.
    fn spans(mut self) -> Vec<Value> {
        self.process.kill().unwrap();
        let lines = self.lines.by_ref().map(|line| serde_json::from_str(&line.unwrap()).unwrap());
        lines.collect()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The table with backends at `issuer`, traced at `endpoint`.
fn traced(issuer: &str, endpoint: &str) -> String {
    let headers = "{ value: 'api-key=secret%20of%20the%20collector,x-tenant=acme' }";
    let traces = format!("  traces: {{ endpoint: '{endpoint}', headers: {headers} }}\nzendesk:");
    service::brands(issuer).replacen("zendesk:", &traces, 1)
}

/// Comes back from the provider as Joe.
fn come_back(
    app: &App,
    joe: &mut Browser,
    (faulty, key): (&Faulty, &Key),
    begun: &Answer,
) -> Answer {
    let now = app.clock.now();
    let claims = json!({
        "iss": faulty.issuer, "aud": "brandgate-staff", "sub": "joe", "iat": now, "exp": now + 60,
        "nonce": begun.sent("nonce"), "email": "joe@example.com", "email_verified": true, "name": "Joe",
    });
    faulty.redeem_for(&key.sign(&claims));
    let state = begun.sent("state");
    joe.get(&format!("{SSO}/callback/staff?state={state}&code=code-of-joe"))
}

/// What a trace must not hold.
fn secrets(begun: &Answer) -> [String; 7] {
    [
        "joe".to_owned(),
        "code-of-joe".to_owned(),
        begun.sent("state"),
        begun.sent("nonce"),
        "help.acme-shoes".to_owned(),
        "leaked".to_owned(),
        "?".to_owned(),
    ]
}

/// What is told of spans at `/metrics`.
fn told(app: &App) -> Vec<String> {
    let metrics = program(app.ops_address(), &Request::get(&format!("{SSO}/metrics"))).body;
    let of_spans = metrics.lines().filter(|line| line.starts_with("brandgate_trace_spans_"));
    of_spans.map(|line| line.trim_start_matches("brandgate_trace_spans_").to_owned()).collect()
}

#[test]
fn a_sign_in_is_one_trace_with_the_providers_calls() {
    let collector = Collector::start();
    let key = Key::new("one");
    let faulty = Faulty::start(&[&key]);
    let app = App::with(&traced(&faulty.issuer, &format!("{}/v1/traces", collector.address)));
    let mut joe = app.new_browser();
    // What anybody can write joins no traces.
    let foreign = "4bf92f3577b34da6a3ce929d0e0e4736";
    let url = format!("{SSO}/login?{TO_SHOES}");
    let parent = format!("00-{foreign}-00f067aa0ba902b7-01");
    let login = Request::get(&url).from("https://acme.zendesk.com").with("traceparent", &parent);
    let begun = joe.send(&login);
    assert_eq!(begun.status, 302);
    come_back(&app, &mut joe, (&faulty, &key), &begun).handed_off();
    for path in [METADATA, TOKEN, KEYS] {
        let head = faulty.last(path).to_lowercase();
        assert!(
            !head.is_empty() && !head.contains("traceparent") && !head.contains(foreign),
            "{head}"
        );
    }
    app.stop();

    let spans = collector.spans();
    assert_eq!(spans.len(), 5, "{spans:#?}");
    let find = |name: &str, of: &str| {
        let is = |span: &&Value| {
            let url = span["attributes"]["url.full"].as_str().unwrap_or_default();
            span["name"] == name && url.ends_with(of)
        };
        spans.iter().find(is).unwrap_or_else(|| panic!("{name} {of}: {spans:#?}"))
    };
    let (first, finish) = (find("GET /login", ""), find("GET /callback/{backend}", ""));
    let calls = [find("GET", METADATA), find("POST", TOKEN), find("GET", KEYS)];
    let of = |span: &Value, name: &str| span[name].as_str().unwrap().to_owned();
    for span in &spans {
        assert_eq!(span["trace"], first["trace"], "one sign-in is one trace");
        assert_ne!(span["trace"], foreign);
        let text =
            [&span["attributes"], &span["name"], &span["resource"]].map(Value::to_string).concat();
        for secret in secrets(&begun) {
            assert!(!text.contains(&secret), "{secret}: {text}");
        }
        assert_eq!(span["resource"]["service.name"], "brandgate");
        assert_eq!(span["resource"]["service.version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(span["resource"]["service.instance.id"].as_str().unwrap().len(), 32);
        assert_eq!(span["headers"]["api-key"], "secret of the collector");
        assert_eq!(span["headers"]["x-tenant"], "acme");
        assert_eq!(span["headers"].get("traceparent"), None);
        assert_eq!(span["status"], "STATUS_CODE_UNSET", "nothing has failed");
    }
    assert_eq!((first["parent"].as_str(), &finish["parent"]), (Some(""), &first["id"]));
    for (span, parent) in calls.iter().zip([first, finish, finish]) {
        assert_eq!(
            (&span["parent"], of(span, "kind")),
            (&parent["id"], "SPAN_KIND_CLIENT".to_owned())
        );
        let time = |span: &Value, name: &str| span[name].as_u64().unwrap();
        assert!(time(parent, "began") <= time(span, "began"), "{span}");
        assert!(time(span, "began") < time(span, "ended"), "{span}");
        assert!(time(span, "ended") <= time(parent, "ended"), "{span}");
        assert_eq!(span["attributes"]["server.address"], "127.0.0.1");
        assert_eq!(span["attributes"]["http.response.status_code"], "200");
    }
    let step = |step: &str, outcome: &str, (route, status): (&str, &str)| {
        json!({
            "http.request.method": "GET", "http.route": route, "http.response.status_code": status,
            "brandgate.step": step, "brandgate.outcome": outcome,
            "brandgate.brand": "shoes", "brandgate.backend": "staff",
        })
    };
    assert_eq!(first["attributes"], step("begin", "started", ("/login", "302")));
    assert_eq!(finish["attributes"], step("finish", "handed_off", ("/callback/{backend}", "200")));
    assert_eq!(of(finish, "kind"), "SPAN_KIND_SERVER");
}

#[test]
fn a_failure_is_traced_with_its_kind_and_its_code() {
    let collector = Collector::start();
    let faulty = Faulty::start(&[]);
    let app = App::with(&traced(&faulty.issuer, &format!("{}/v1/traces", collector.address)));
    let mut joe = app.new_browser();
    let begun = joe.login(TO_SHOES);
    faulty.reply(TOKEN, Reply::Json(500, json!({ "error": "leaked" })));
    let state = begun.sent("state");
    let failed = joe.get(&format!("{SSO}/callback/staff?state={state}&code=code-of-joe"));
    let code = failed.trace();
    let stray = app.new_browser().get(&format!("{SSO}/callback/staff?state={state}&code=x"));
    assert_eq!(stray.status, 400);
    app.stop();

    let spans = collector.spans();
    let find = |status: &str| {
        let is = |span: &&Value| span["attributes"]["http.response.status_code"] == status;
        spans.iter().rfind(is).unwrap_or_else(|| panic!("{status}: {spans:#?}"))
    };
    let (call, step, stray) = (find("500"), find("503"), find("400"));
    assert_eq!((&call["name"], &call["parent"]), (&json!("POST"), &step["id"]));
    for span in [call, step] {
        assert_eq!(span["status"], "STATUS_CODE_ERROR", "{span}");
    }
    assert_eq!(step["attributes"]["brandgate.outcome"], "failed");
    assert_eq!(step["attributes"]["error.type"], "backend-unavailable");
    assert_eq!(step["attributes"]["brandgate.trace_code"], code);
    assert_eq!(stray["attributes"]["brandgate.outcome"], "refused");
    assert_eq!(stray["attributes"]["error.type"], "flow-missing");
    assert_eq!(stray["status"], "STATUS_CODE_UNSET", "it is no error of the service");
    assert_ne!(stray["trace"], step["trace"], "nobody joins a sign-in without its cookie");
    for span in &spans {
        for secret in secrets(&begun) {
            assert!(!span["attributes"].to_string().contains(&secret), "{secret}: {span}");
        }
    }
}

#[test]
fn what_the_store_is_asked_is_within_the_step_and_names_nobody() {
    let collector = Collector::start();
    let mut redis = Server::start(&[]);
    let traces = format!("  traces: {{ endpoint: '{}/v1/traces' }}\nzendesk:", collector.address);
    let clock = Clock::default();
    let table = instance::table(&redis.url()).replacen("zendesk:", &traces, 1);
    let app = App::at(&table, clock.clone());
    let come = || {
        let mut person = Person::default();
        assert_eq!(person.login(app.address()).status, 302);
        person.submit(app.address(), &assertion(clock.now()))
    };
    patiently("a sign-in", || come().is_hand_off().then_some(()));
    redis.kill();
    assert!(come().is_away());
    app.stop();

    let spans = collector.spans();
    let is_of_store = |span: &&Value| span["attributes"]["db.system.name"] == "redis";
    let of_store: Vec<_> = spans.iter().filter(is_of_store).collect();
    for span in &of_store {
        let step = spans.iter().find(|it| it["id"] == span["parent"]).unwrap();
        assert_eq!(step["name"], "POST /access/jwt", "{step}");
        assert_eq!((&span["trace"], &span["kind"]), (&step["trace"], &json!("SPAN_KIND_CLIENT")));
        let time = |span: &Value, name: &str| span[name].as_u64().unwrap();
        assert!(time(step, "began") <= time(span, "began"), "{span}");
        assert!(time(span, "ended") <= time(step, "ended"), "{span}");
        assert_eq!(span["name"], "SET GET");
    }
    let asked = json!({
        "db.system.name": "redis", "db.operation.name": "PIPELINE", "db.operation.batch.size": "2",
        "db.query.summary": "SET GET",
    });
    let told = |status: &str| {
        let span = of_store.iter().find(|it| it["status"] == status);
        span.unwrap_or_else(|| panic!("{status}: {of_store:#?}"))["attributes"].clone()
    };
    assert_eq!(told("STATUS_CODE_UNSET"), asked);
    let mut failed = asked;
    failed["error.type"] = "unavailable".into();
    assert_eq!(told("STATUS_CODE_ERROR"), failed);
}

#[test]
fn nobody_waits_for_a_collector_that_does_not_answer_and_what_is_lost_is_counted() {
    let collector = Collector::start();
    // The system takes connections for it, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let silent_at = format!("http://{}/v1/traces", silent.local_addr().unwrap());
    let faulty = Faulty::start(&[]);
    let cases = [
        (silent_at, ["0", "0", "0", "0"], ""),
        (format!("http://{gone}/v1/traces"), ["0", "0", "2", "0"], "no answer: no connection"),
        (
            format!("{}/fails", collector.address),
            ["0", "0", "2", "0"],
            "the collector answers with status 503",
        ),
        (format!("{}/rejects", collector.address), ["1", "0", "0", "1"], ""),
    ];
    for (endpoint, expected, why) in cases {
        let app = App::with(&traced(&faulty.issuer, &endpoint));
        assert_eq!(app.new_browser().login(TO_SHOES).status, 302, "{endpoint}");
        let [sent, unqueued, unsent, rejected] = expected;
        let expected = [
            format!("sent_total {sent}"),
            format!("dropped_total{{reason=\"queue_full\"}} {unqueued}"),
            format!("dropped_total{{reason=\"not_sent\"}} {unsent}"),
            format!("dropped_total{{reason=\"rejected\"}} {rejected}"),
        ];
        while told(&app) != expected {
            std::thread::yield_now();
        }
        if !why.is_empty() {
            let why = format!("traces cannot be sent, and are lost: {why}");
            let said = log::lines("traces cannot be sent");
            assert_eq!(said.last().unwrap()["message"], why, "{endpoint}");
        }
        app.stop();
    }
    let rejected = collector.spans();
    assert_eq!((rejected.len(), &rejected[1]["name"]), (2, &json!("GET")));
    drop(silent);
}

/// Has a step traced, and waits until so many spans are lost or sent.
fn trace_a_step(app: &App, count: &str) {
    assert_eq!(app.new_browser().login(TO_SHOES).status, 302);
    while !told(app).iter().any(|it| it == count) {
        std::thread::yield_now();
    }
}

#[test]
fn each_reason_of_a_collector_is_said_once_until_it_has_spans_again() {
    let collector = Collector::start();
    let faulty = Faulty::start(&[]);
    let app = App::with(&traced(&faulty.issuer, &format!("{}/varies", collector.address)));
    for lost in [2, 3, 4] {
        trace_a_step(&app, &format!("dropped_total{{reason=\"not_sent\"}} {lost}"));
    }
    trace_a_step(&app, "sent_total 1");
    app.stop();
    let said: Vec<_> = log::lines("traces ").iter().map(|it| it["message"].clone()).collect();
    let lost = "traces cannot be sent, and are lost: the collector answers with status";
    assert_eq!(
        said,
        [format!("{lost} 502"), format!("{lost} 504"), "traces are sent again".to_owned()]
    );
}

#[test]
fn another_collector_and_other_headers_are_taken_with_the_reload() {
    let collector = Collector::start();
    let faulty = Faulty::start(&[]);
    let app = App::with(&traced(&faulty.issuer, &format!("{}/fails", collector.address)));
    trace_a_step(&app, "dropped_total{reason=\"not_sent\"} 2");
    app.reload(&[("x-tenant=acme", "x-tenant=other")]);
    trace_a_step(&app, "dropped_total{reason=\"not_sent\"} 3");
    let said = log::lines("traces cannot be sent");
    assert_eq!(said.len(), 2, "whoever has changed something is told how it goes: {said:#?}");
    app.reload(&[("/fails", "/v1/traces"), ("x-tenant=acme", "x-tenant=third")]);
    trace_a_step(&app, "sent_total 1");
    app.stop();
    assert_eq!(log::lines("traces are sent again").len(), 1);
    let spans = collector.spans();
    assert_eq!((spans.len(), &spans[0]["headers"]["x-tenant"]), (1, &json!("third")));
}
