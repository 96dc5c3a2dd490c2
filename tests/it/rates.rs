//! How often one network may come.

use crate::support::answer::Answer;
use crate::support::app::{App, BRANDS, SSO, TO_SHOES};
use crate::support::browser::{self, Request};

/// What may come at once, of whoever has been silent.
const AT_ONCE: usize = 2000;

/// Behind a proxy that says from where people come.
fn app() -> App {
    let proxy = "server:\n  client_address: x_forwarded_for\n  trusted_proxies: [127.0.0.1]\n";
    let id = "    brand_id: 360000000001\n";
    let chat = "    chat: { secret: { value: chat-secret-of-the-journeys-0123456789abcd } }\n";
    let backends = "backends:\n";
    let pool = "  pool:\n    type: cognito\n    region: eu-central-1\n    client_id: x\n    \
                form_url: https://www.acme-tea.example/in\n    origins: [https://www.acme-tea.example]\n";
    assert!([id, backends].iter().all(|it| BRANDS.contains(it)));
    let yaml = BRANDS.replace("server:\n", proxy).replace(id, &format!("{id}{chat}"));
    App::with(&yaml.replacen(backends, &format!("{backends}{pool}"), 1))
}

fn ask(app: &App, path: &str, from: &str) -> Answer {
    let request = Request::get(&format!("{SSO}{path}")).with("x-forwarded-for", from);
    browser::program(app.address(), &request)
}

/// More than that.
const TOO_MANY: usize = 500;

/// Most of these that are refused. The time stands still meanwhile, but for a tick now and then, which is set
/// back: one at the start takes away what had come in that second.
const MOST_REFUSED: usize = TOO_MANY + 100;

/// How many of a few more than may come are answered with 429, and the last answer.
fn flood(app: &App, path: &str, from: &str) -> (usize, Answer) {
    let began = app.clock.now();
    let answers = (0..AT_ONCE + TOO_MANY).map(|_| {
        app.clock.advance(i64::try_from(began).unwrap() - i64::try_from(app.clock.now()).unwrap());
        ask(app, path, from)
    });
    let refused: Vec<Answer> = answers.filter(|answer| answer.status == 429).collect();
    (refused.len(), refused.into_iter().next_back().unwrap())
}

#[test]
fn a_network_that_comes_too_often_waits_a_little_and_nobody_else_does() {
    let app = app();
    let login = format!("/login?{TO_SHOES}");
    let (refused, answer) = flood(&app, &login, "203.0.113.7");
    assert!(flood(&app, "/wp-login.php", "203.0.113.9").0 > 0, "nor what is not there");
    assert!((1..=MOST_REFUSED).contains(&refused), "{refused}");
    assert_eq!(answer.header("retry-after"), Some("5"));
    assert_eq!(answer.title(), "Too many requests");
    for (what, path, from) in [
        ("a neighbour", login.as_str(), "203.0.113.8"),
        ("another address of ours", "/start/shoes", "203.0.113.7"),
        ("nobody knows who", login.as_str(), "unknown"),
    ] {
        assert_ne!(ask(&app, path, from).status, 429, "{what}");
    }
    // A form's page, and a widget's script, which is told in its own way.
    let (refused, answer) = flood(&app, "/sign-in/AAAAAAAAAAAAAAAAAAAAAA", "203.0.113.10");
    assert!((1..=MOST_REFUSED).contains(&refused), "{refused}");
    assert_eq!(
        (answer.title().as_str(), answer.header("retry-after")),
        ("Too many requests", Some("5"))
    );
    let (refused, answer) = flood(&app, "/brands/shoes/chat-token", "203.0.113.11");
    assert!((1..=MOST_REFUSED).contains(&refused), "{refused}");
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        (answer.body.contains("\"03-00\""), answer.header("retry-after")),
        (true, Some("5"))
    );
    // What is refused anyway is counted, too: a brand without a widget, a form page's address that is none,
    // and one that no page of the company's asks.
    for (path, from) in [
        ("/brands/nobody/chat-token", "203.0.113.12"),
        ("/backends/nobody/sign-in", "203.0.113.13"),
        ("/backends/pool/sign-in", "203.0.113.14"),
    ] {
        let (refused, answer) = flood(&app, path, from);
        assert!((1..=MOST_REFUSED).contains(&refused), "{path}: {refused}");
        assert_eq!(answer.header("retry-after"), Some("5"), "{path}");
    }
    // The company's own page may read why.
    let post = Request::new("POST", &format!("{SSO}/backends/pool/sign-in"))
        .with("x-forwarded-for", "203.0.113.14")
        .with("accept", "application/json")
        .with("origin", "https://www.acme-tea.example");
    let answer = browser::program(app.address(), &post);
    let origin = answer.header("access-control-allow-origin");
    assert_eq!((answer.status, origin), (429, Some("https://www.acme-tea.example")));
    app.clock.advance(2);
    assert_eq!(ask(&app, &login, "203.0.113.7").status, 302, "a second later");
}
