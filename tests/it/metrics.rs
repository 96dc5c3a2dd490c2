//! What the private listener tells Prometheus, after people have come.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{App, BRANDS, SSO, STRANGER, TO_BOOTS, TO_SHOES};
use crate::support::assertion::SHOES;
use crate::support::browser::{Request, program};
use crate::support::log;

fn ask(app: &App) -> Answer {
    program(app.ops_address(), &Request::get(&format!("{SSO}/metrics")))
}

/// Every line that is a whole number.
fn numbers(text: &str) -> BTreeMap<String, u64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let number = |line: &str| {
        let (name, number) = line.rsplit_once(' ').unwrap();
        Some((name.to_owned(), number.parse().ok()?))
    };
    lines.filter_map(number).collect()
}

/// What became of a step at the shoes.
fn shoes(numbers: &BTreeMap<String, u64>, step: &str, outcome: &str) -> u64 {
    let all = numbers.iter().filter(|(name, _)| {
        name.starts_with("brandgate_sign_ins_total{brand=\"shoes\",")
            && name.contains(&format!("step=\"{step}\",outcome=\"{outcome}\""))
    });
    all.map(|(_, number)| number).sum()
}

#[test]
fn each_step_of_a_sign_in_is_counted_with_its_brand_and_backend() {
    let app = App::start();
    let before = numbers(&ask(&app).body);
    assert_eq!(shoes(&before, "begin", "started"), 0);
    let mut person = app.browser();
    assert_eq!(person.sign_in(TO_SHOES, SHOES, &json!({})).status, 200);
    person.login(TO_SHOES).location();
    let bad = app.assertion("another-secret-0123456789abcdef0123", &json!({}));
    assert_eq!(person.submit(crate::support::app::SHOES_SITE, &bad, None).status, 403);
    assert_eq!(app.get("/login?brand_id=1&brand_id=2").status, 400);
    let answer = ask(&app);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let after = numbers(&answer.body);
    let seen = [
        shoes(&after, "begin", "started"),
        shoes(&after, "finish", "handed_off"),
        shoes(&after, "finish", "refused"),
        shoes(&after, "begin", "refused"),
        after["brandgate_refusals_total{kind=\"assertion-signature\"}"],
        after["brandgate_refusals_total{kind=\"malformed-request\"}"],
        after["brandgate_request_duration_seconds_count{step=\"finish\"}"],
        after["brandgate_store_duration_seconds_count"],
    ];
    assert_eq!(seen, [2, 1, 1, 0, 1, 1, 2, 1], "{}", answer.body);
    assert_eq!(app.get("/metrics").status, 404, "and nobody else is told");
}

#[test]
fn what_an_alert_asks_for_is_told_before_it_happens() {
    let numbers = numbers(&ask(&App::start()).body);
    let errors = ["unavailable", "full", "backend_share", "network_share"];
    let store = errors.map(|error| format!("brandgate_store_failures_total{{error=\"{error}\"}}"));
    let internal = "brandgate_refusals_total{kind=\"internal\"}".to_owned();
    for line in store.into_iter().chain([internal]) {
        assert_eq!(numbers.get(&line), Some(&0), "{line}");
    }
}

#[test]
fn what_zendesk_reports_is_counted_by_our_own_name_for_it() {
    let app = App::start();
    for message in ["Signature+has+expired", "%22%7D+1%0Abrandgate_x+1", "Signature+has+expired"] {
        app.get(&format!("/logout?kind=error&message={message}"));
    }
    let text = ask(&app).body;
    let numbers = numbers(&text);
    let of = |kind: &str| numbers[&format!("brandgate_zendesk_errors_total{{kind=\"{kind}\"}}")];
    assert_eq!([of("zendesk-clock"), of("zendesk-unknown")], [2, 1]);
    assert!(!text.contains("brandgate_x"), "nothing of a request is told: {text}");
}

#[test]
fn every_metric_is_documented_with_a_question_and_no_other_is() {
    let app = App::start();
    app.browser().login(TO_BOOTS).location();
    let text = ask(&app).body;
    let told: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    assert!(told.len() > 20, "{told:?}");
    let rows = include_str!("../../docs/metrics.md").lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` |")?;
        assert!(rest.trim_end().ends_with("` |") && rest.contains(name), "a question: {line}");
        Some(name)
    });
    assert_eq!(rows.collect::<BTreeSet<_>>(), told);
}

#[test]
fn our_clock_is_told_from_zendesks_by_those_who_come() {
    let app = App::start();
    let offset = || {
        let numbers = numbers(&ask(&app).body);
        numbers.get("brandgate_clock_offset_seconds").copied()
    };
    for place in 0..20 {
        // A link of last year's is one of many.
        let behind = if place % 5 == 0 { 31_536_000 } else { 90 };
        let query = format!("{TO_BOOTS}&timestamp={}", app.clock.now() - behind);
        app.browser().login(&query).location();
        app.browser().login(&format!("{TO_BOOTS}&timestamp=soon")).location();
        app.clock.advance(1);
        if place == 5 {
            assert_eq!(offset(), None, "a few say nothing");
        }
    }
    let seconds = offset().unwrap();
    assert!((90..93).contains(&seconds), "{seconds}");
    let line = log::lines("our clock differs from Zendesk's").pop().unwrap();
    assert_eq!((&line["level"], &line["fault"]), (&json!("WARN"), &json!("us")), "{line}");
}

#[test]
fn who_is_asked_whether_to_continue_is_neither_handed_off_nor_refused() {
    let app = App::start();
    let mut person = app.browser();
    person.login(TO_SHOES).location();
    let jwt = app.assertion(SHOES, &json!({}));
    let confirmation = person.submit(STRANGER, &jwt, None).field("confirmation");
    let seen = |outcome| shoes(&numbers(&ask(&app).body), "finish", outcome);
    assert_eq!(["asked", "handed_off", "refused"].map(seen), [1, 0, 0]);
    assert_eq!(person.confirm(&confirmation).status, 200);
    assert_eq!(["asked", "handed_off", "refused"].map(seen), [1, 1, 0]);
}

#[test]
fn of_very_many_brands_those_are_told_to_whom_somebody_has_come() {
    let many = (0..1000).map(|number| {
        format!(
            "  many-{number}: {{ hosts: [acme-many-{number}.zendesk.com], backend: shoes-site }}\n"
        )
    });
    let app = App::with(&(BRANDS.to_owned() + &many.collect::<String>()));
    let text = ask(&app).body;
    assert!(!text.contains("brandgate_sign_ins_total{"), "nobody has come: {text}");
    app.browser().login(TO_SHOES).location();
    let text = ask(&app).body;
    assert_eq!(text.matches("brandgate_sign_ins_total{brand=\"shoes\"").count(), 7, "{text}");
    assert_eq!(text.matches("brandgate_sign_ins_total{").count(), 7, "{text}");
}

#[test]
fn three_hundred_brands_take_two_hundred_kilobytes() {
    let many = (0..300).map(|number| {
        format!(
            "  many-{number}: {{ hosts: [acme-many-{number}.zendesk.com], backend: shoes-site }}\n"
        )
    });
    let app = App::with(&(BRANDS.to_owned() + &many.collect::<String>()));
    let text = ask(&app).body;
    let lines = text.lines().filter(|line| line.contains("{brand=\"many-")).count();
    assert_eq!(lines, 300 * 7);
    assert!(text.len() < 290_000, "{}", text.len());
}
