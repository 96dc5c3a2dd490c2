//! What `route` says, and that the service does the same.

use std::fmt::Write as _;

use serde_json::Value;

use super::{CAPTURED, Serving, example_on_free_ports, file, get, location, run};

/// What `route` says of `url`, to a program; and its exit code.
fn asked(config: &str, url: &str) -> (i32, Value) {
    let (code, stdout, stderr) = run(&["route", "--format", "json", "--config", config, url]);
    assert_eq!(stderr, "", "{url}");
    (code, serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}")))
}

#[test]
fn route_explains_a_login_a_logout_and_a_bare_address() {
    let (code, stdout, _) = run(&["route", CAPTURED]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout, @r"
    return_to  hit   it is `shoes`
    brand_id   hit   it is `shoes`
    brand      shoes (Acme Shoes)
    route      miss  [0] ^/agent(/|$) on /hc/en-us/requests/208294
    backend    shoes-site
    rules      roles end_user; any address; but those of 1 reserved domains and 0 reserved addresses; may say name, phone, locale, remote_photo_url; external ids begin with shoes_; fixed are organization, tags
    ends at    https://help.acme-shoes.example/hc/en-us/requests/208294?page=2
    not        coffee, games, acme: not its host; not its brand_id
    location   https://www.acme-shoes.example/zdlogin.php?brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Fen-us%2Frequests%2F208294%3Fpage%3D2&locale_id=1&timestamp=1769760757
    ");
    let (code, stdout, _) = run(&[
        "route",
        "https://sso.acme.example/logout?brand_id=360000000001&email=joe%40example.com",
    ]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout, @r"
    brand_id   hit   it is `shoes`
    return_to  miss  there is no return_to
    brand      shoes (Acme Shoes)
    route      miss  [0] ^/agent(/|$) on /
    backend    shoes-site
    ends at    https://help.acme-shoes.example/
    not        coffee, games, acme: not its host; not its brand_id
    location   https://www.acme-shoes.example/zdlogout.php?brand_id=360000000001
    ");
    let (code, stdout, _) = run(&["route", "https://help.acme-shoes.example/agent/tickets/1"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(stdout, @r"
    return_to  hit   it is `shoes`
    brand_id   miss  there is no brand_id
    brand      shoes (Acme Shoes)
    route      hit   [0] ^/agent(/|$) on /agent/tickets/1
    backend    staff-site
    rules      roles agent, admin; addresses at acme.example; may say name, phone, locale, remote_photo_url
    ends at    https://help.acme-shoes.example/agent/tickets/1
    not        coffee, games, acme: not its host; not its brand_id
    location   https://intranet.acme.example/zendesk/login?return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fagent%2Ftickets%2F1
    ");
}

#[test]
fn route_says_no_where_nobody_would_be_sent_on() {
    let cases = [
        ("https://evil.example/hc", "answer     the page that lists the brands"),
        (
            "//evil.example",
            "answer     refused: return_to is not an address that browsers and brandgate read alike",
        ),
        (
            "/login?brand_id=360000000001&return_to=https://evil.example/",
            "answer     refused: return_to is not on a host of this brand",
        ),
        ("/logout?brand_id=360000000003", "answer     the page that says: you are signed out"),
        ("/start/nobody", "answer     refused: no such address"),
        (
            "/start/shoes?to=//evil.example",
            "answer     refused: return_to is not an address that browsers and brandgate read alike",
        ),
        (
            "/backends/staff-site/login?brand_id=360000000001",
            "answer     refused: the sign-in is not for the backend in the address",
        ),
        ("https://sso.acme.example/", "answer     the page that says what this is"),
        ("https://sso.acme.example/nothing", "answer     refused: no such address"),
        (
            "/access/jwt",
            "answer     this address takes an assertion, and there is none in the query",
        ),
        (
            "/logout?kind=error&message=Invalid+iat",
            "answer     the page that explains Zendesk's error: nobody is signed out (zendesk-clock)",
        ),
        ("/logout?brand_id=17", "answer     the page that says: you are signed out"),
        (
            "/login?return_to=/a&return.to=/b",
            "answer     refused: a name that some readers take for `return_to` is not written like it",
        ),
    ];
    for (url, expected) in cases {
        let (code, stdout, stderr) = run(&["route", url]);
        assert_eq!((code, stderr.as_str()), (1, ""), "{url}: {stdout}");
        assert_eq!(stdout.lines().last(), Some(expected), "{url}");
    }
    let (code, stdout, _) = run(&["route", "--format", "json", CAPTURED]);
    let json: Value = serde_json::from_str(&stdout).unwrap();
    let said = |name| json.get(name).and_then(Value::as_str);
    assert_eq!((code, said("brand"), said("backend")), (0, Some("shoes"), Some("shoes-site")));
    assert_eq!(
        said("destination"),
        Some("https://help.acme-shoes.example/hc/en-us/requests/208294?page=2")
    );
}

#[test]
fn the_service_does_what_route_predicts_byte_for_byte() {
    let serving = Serving::start(&example_on_free_ports());
    let coffee =
        "/login?timestamp=1&return_to=https%3a%2f%2fhelp.acme-coffee.example%2F%3Fa%3D%2B&x=+%20";
    for target in [
        CAPTURED,
        coffee,
        "/login?brand_id=360000000001&return_to=%2Fagent%2Ftickets%2F1",
        "/login?brand_id=360000000003&return_to=%2Fhc%2F%C3%BC",
        "/login?return_to=https://help.acme-shoes.example/access/logout&a=b",
        "/logout?brand_id=360000000001&email=joe%40example.com&return_to=%2Fhc&x=%41",
        "/logout?return_to=https://help.acme-shoes.example/agent",
    ] {
        let (code, stdout, _) = run(&["route", "--format", "json", target]);
        assert_eq!(code, 0, "{target}: {stdout}");
        let predicted: Value = serde_json::from_str(&stdout).unwrap();
        let answer = get(serving.public, target);
        assert!(answer.starts_with("HTTP/1.1 302 Found\r\n"), "{target}: {answer}");
        assert_eq!(
            Some(location(&answer)),
            predicted.get("location").unwrap().as_str(),
            "{target}"
        );
    }
    let query = CAPTURED.strip_prefix("/login").unwrap();
    let expected = format!("https://www.acme-shoes.example/zdlogin.php{query}");
    assert_eq!(location(&get(serving.public, CAPTURED)), expected);
}

/// A service with every way to go on that asks nobody.
fn several_backends() -> String {
    example_on_free_ports().replace(
        "  native:\n    type: zendesk\n",
        "  native:\n    type: zendesk\n  pool:\n    type: cognito\n    endpoint: http://127.0.0.1:9\n    \
         client_id: x\n  token:\n    type: session_token\n    login_url: https://login.acme.example/\n    \
         cookie: t\n    cookie_domain: acme.example\n    at: https://sso2.acme.example\n    \
         keys: { secrets: { value: token-secret-0123456789abcdef0123456 } }\n    algorithm: HS256\n",
    ) + "
  tea: { brand_id: 5, hosts: [acme-tea.zendesk.com], backend: pool }
  toys: { brand_id: 6, hosts: [acme-toys.zendesk.com], backend: token }
"
}

/// Flows and times differ from one request to the next.
fn without_chance(location: &str) -> String {
    let mut masked = String::new();
    let mut rest = location;
    for (start, mask) in [("/sign-in/", "{flow}"), ("timestamp=", "{seconds}")] {
        // A captured timestamp goes on as it came.
        if start == "timestamp=" && !location.contains("timestamp={seconds}") {
            let number = rest.split(start).nth(1).unwrap_or_default();
            let number: String = number.chars().take_while(char::is_ascii_digit).collect();
            if number.len() != 10 || number == "1769760757" {
                continue;
            }
        }
        let Some((before, after)) = rest.split_once(start) else { continue };
        let end = after.find(['?', '&', '#']).unwrap_or(after.len());
        let _ = write!(masked, "{before}{start}{mask}");
        rest = &after[end..];
    }
    masked + rest
}

#[test]
fn route_answers_as_the_service_does_whatever_is_asked() {
    let yaml = several_backends();
    let serving = Serving::start(&yaml);
    let (_directory, path) = file(&yaml);
    let config = path.to_str().unwrap();
    let titles = include_str!("../../../locales/en.ftl");
    let shoes = "https%3A%2F%2Fhelp.acme-shoes.example";
    let long = format!("/login?brand_id=360000000001&x={}", "a".repeat(25 * 1024));
    let targets = [
        CAPTURED.to_owned(),
        "/login".to_owned(),
        "/login?".to_owned(),
        "/login?return_to=".to_owned(),
        "/login?brand_id=".to_owned(),
        "/login?brand_id=360000000001".to_owned(),
        "/login?brand_id=360000000001&return_to=%2Fagent%2Ftickets%2F1".to_owned(),
        "/login?brand_id=360000000001&return_to=%2Faccess%2Flogout".to_owned(),
        "/login?brand_id=360000000002&return_to=%2Fhc%3Fa%3D%2B&x=%41".to_owned(),
        "/login?brand_id=360000000003&return_to=%2Fhc".to_owned(),
        "/login?brand_id=360000000004".to_owned(),
        "/login?brand_id=5&return_to=%2Fhc".to_owned(),
        "/login?brand_id=6&return_to=%2Fhc".to_owned(),
        "/login?brand_id=17".to_owned(),
        "/login?brand_id=one".to_owned(),
        "/login?return_to=%2Fhc".to_owned(),
        format!("/login?return_to={shoes}%2Fhc&brand_id=360000000002"),
        format!("/login?return_to={shoes}:443%2Fhc"),
        format!("/login?return_to={shoes}:8443%2Fhc"),
        format!("/login?return_to={shoes}.%2Fhc"),
        format!("/login?return_to={shoes}.evil.test%2Fhc&brand_id=360000000001"),
        "/login?return_to=https%3A%2F%2Fevil.test%2F".to_owned(),
        "/login?return_to=https%3A%2F%2Fevil.test%2F&brand_id=360000000001".to_owned(),
        "/login?return_to=http%3A%2F%2Fhelp.acme-shoes.example%2F".to_owned(),
        "/login?return_to=https%253A%252F%252Fhelp.acme-shoes.example".to_owned(),
        "/login?return_to=help.acme-shoes.example".to_owned(),
        "/login?return_to=%2F%2Fevil.test&brand_id=360000000001".to_owned(),
        "/login?return_to=%2Fa%20b&brand_id=360000000001".to_owned(),
        "/login?return_to=%zz".to_owned(),
        "/login?return_to=/a&return_to=/b".to_owned(),
        "/login?return.to=/a".to_owned(),
        "/login?RETURN_TO=/a".to_owned(),
        "/login?return_to=https://acme.zendesk.com/agent&brand_id=360000000001".to_owned(),
        "/login?return_to=https://acme.zendesk.com/agent".to_owned(),
        long,
        "/backends/shoes-site/login?brand_id=360000000001".to_owned(),
        "/backends/coffee-site/login?brand_id=360000000001".to_owned(),
        "/backends/shoes-site/login?x=y".to_owned(),
        "/backends/token/login?brand_id=6".to_owned(),
        "/start/shoes".to_owned(),
        "/start/shoes?to=%2Fhc%2Frequests".to_owned(),
        "/start/shoes?to=%2Fagent".to_owned(),
        "/start/tea?to=%2Fhc".to_owned(),
        "/start/shoes?to=https%3A%2F%2Fhelp.acme-shoes.example%2F".to_owned(),
        "/start/shoes?to=%2F%2Fevil.test".to_owned(),
        "/start/nobody".to_owned(),
        "/logout".to_owned(),
        "/logout?brand_id=360000000001&email=joe%40example.com&return_to=%2Fhc".to_owned(),
        "/logout?brand_id=360000000002".to_owned(),
        "/logout?brand_id=360000000003".to_owned(),
        "/logout?return_to=https%3A%2F%2Fevil.test%2F&brand_id=360000000001".to_owned(),
        "/logout?return_to=%zz&brand_id=360000000001".to_owned(),
        "/logout?kind=info&brand_id=360000000001".to_owned(),
        "/logout?kind=error&message=Invalid+iat&brand_id=360000000001".to_owned(),
        "/logout?brand_id=one".to_owned(),
    ];
    assert!(targets.len() > 50);
    for target in targets {
        let short: String = target.chars().take(120).collect();
        let (code, said) = asked(config, &target);
        let answer = get(serving.public, &target);
        let status = answer.split(' ').nth(1).unwrap();
        match said["outcome"].as_str().unwrap() {
            "leads-on" => {
                assert_eq!((code, status), (0, "302"), "{short}: {said}");
                let predicted = said["location"].as_str().unwrap();
                assert_eq!(without_chance(location(&answer)), without_chance(predicted), "{short}");
            }
            "page" => assert_eq!((code, status), (1, "200"), "{short}: {said}"),
            "refused" => {
                assert_eq!(code, 1, "{short}");
                let kind = said["refusal"]["kind"].as_str().unwrap();
                let title = format!("\nerror-{kind}-title = ");
                let title = titles.split(&title).nth(1).unwrap().lines().next().unwrap();
                assert!(status.starts_with('4'), "{short}: {kind}: {status}");
                assert!(answer.contains(title), "{short}: {kind}: {answer}");
            }
            other => panic!("{short}: {other}"),
        }
    }
}

#[test]
fn route_names_the_parameter_that_is_wrong() {
    let cases = [
        ("/login?return_to=/a&return_to=/b", "wrong      `return_to` is there 2 times"),
        ("/login?return.to=/a", "wrong      `return.to` is taken for `return_to`"),
        (
            "/login?return_to=https%253A%252F%252Fhelp.acme-shoes.example%252F",
            "wrong      return_to: it is encoded twice",
        ),
        ("help.acme-shoes.example/hc", "wrong      return_to: its scheme is missing"),
        (
            "https://help.acme-sh0es.example/hc",
            "wrong      return_to: its host `help.acme-sh0es.example` is not \
             `help.acme-shoes.example`, but resembles it",
        ),
        ("/start/shoes?to=https://help.acme-shoes.example/", "wrong      to: it is no path"),
    ];
    for (url, expected) in cases {
        let (_, stdout, _) = run(&["route", url]);
        assert!(stdout.contains(expected), "{url}: {stdout}");
    }
}

#[test]
fn an_address_of_ours_is_taken_as_one() {
    for url in [
        "https://sso.acme.example/login?brand_id=360000000001",
        "https://SSO.acme.example/login/?brand_id=360000000001",
        "http://127.0.0.1:8080/login?brand_id=360000000001",
        "/login/?brand_id=360000000001",
    ] {
        let (code, said) = asked("brands.yaml", url);
        let expected = "https://www.acme-shoes.example/zdlogin.php?brand_id=360000000001";
        assert_eq!((code, said["location"].as_str()), (0, Some(expected)), "{url}");
        assert_eq!(said["address"], "login", "{url}");
    }
    let (code, said) = asked("brands.yaml", "https://sso.acme.example/start/shoes/?to=/hc");
    assert_eq!((code, &said["address"], &said["matched"]), (0, &"start".into(), &"start".into()));
    let (_, said) = asked("brands.yaml", "https://help.acme-shoes.example/login?x=y");
    assert_eq!(said["address"], "return_to", "a Help Center's own");
}

#[test]
fn three_hundred_brands_are_summed_up() {
    let mut yaml = example_on_free_ports();
    for number in 1..=296 {
        let _ = writeln!(
            yaml,
            "  b{number}: {{ brand_id: {number}, hosts: [b{number}.zendesk.com], backend: native }}"
        );
    }
    let (_directory, path) = file(&yaml);
    let (_, stdout, _) = run(&["route", "--config", path.to_str().unwrap(), CAPTURED]);
    assert!(
        stdout.contains("\nnot        299 others: not its host; not its brand_id\n"),
        "{stdout}"
    );
    assert!(stdout.lines().count() < 12, "{stdout}");
}

#[test]
fn a_program_is_answered_in_json_whatever_happens() {
    let (_directory, bad) = file("version: 2\n");
    // (arguments, exit code, outcome)
    let cases: [(&[&str], i32, &str); 6] = [
        (&["/login?brand_id=360000000001"], 0, "leads-on"),
        (&["/login"], 1, "page"),
        (&["/login?return.to=x"], 1, "refused"),
        (&["--config", bad.to_str().unwrap(), "/login"], 2, "could-not-run"),
        (&["--config", "nowhere.yaml", "/login"], 2, "could-not-run"),
        (&["/login", "--nonsense"], 2, "could-not-run"),
    ];
    for (arguments, code, outcome) in cases {
        let arguments = [&["route", "--format=json"], arguments].concat();
        let (found, stdout, stderr) = run(&arguments);
        let said: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((found, &said["outcome"], stderr.as_str()), (code, &outcome.into(), ""));
        let has_problems = said["problems"].as_array().is_some_and(|it| !it.is_empty());
        assert_eq!(has_problems, outcome == "could-not-run", "{said}");
    }
}

#[test]
fn route_takes_the_persons_address() {
    let source = std::fs::read_to_string("brands.yaml").unwrap();
    let route = "- path: '^/agent(/|$)'";
    let networks = "client_ip: [203.0.113.0/24]";
    assert!(source.contains(route), "the example has it");
    let source = source.replacen(route, &format!("{route}\n        {networks}"), 1);
    let (_directory, path) = file(&source);
    let config = path.to_str().unwrap();
    let agents = "https://help.acme-shoes.example/agent/tickets/1";
    let line = |arguments: &[&str]| {
        let (code, stdout, _) = run(&[&["route", "--config", config], arguments].concat());
        let line = stdout.lines().find(|line| line.starts_with("route "));
        (code, line.unwrap_or_default().trim().to_owned())
    };
    let held = |hit: &str, from: &str| {
        format!(
            "route      {hit}  [0] ^/agent(/|$) on /agent/tickets/1; 203.0.113.0/24 from {from}"
        )
    };
    assert_eq!(line(&[agents, "--client-ip", "203.0.113.9"]), (0, held("hit ", "203.0.113.9")));
    assert_eq!(
        line(&[agents, "--client-ip", "::ffff:203.0.113.9"]),
        (0, held("hit ", "203.0.113.9"))
    );
    assert_eq!(line(&[agents, "--client-ip", "203.0.114.9"]), (0, held("miss", "203.0.114.9")));
    assert_eq!(line(&[agents]), (0, held("miss", "nobody knows where")));
    assert_eq!(line(&[agents, "--client-ip", "203.0.113.0/24"]).0, 2, "a network is nobody's");
}

#[test]
fn route_says_what_is_closed_as_the_service_does() {
    let example = std::fs::read_to_string("brands.yaml").unwrap();
    for (before, expected) in [
        ("    name: Acme Shoes\n", "the brand is closed"),
        ("    login_url: https://www.acme-shoes.example", "the backend is closed"),
    ] {
        assert!(example.contains(before), "{before}");
        let closed = example.replacen(before, &format!("    closed: Later\n{before}"), 1);
        let (_directory, path) = file(&closed);
        for url in [CAPTURED, "https://sso.acme.example/start/shoes"] {
            let (code, said) = asked(path.to_str().unwrap(), url);
            assert_eq!((code, &said["outcome"]), (1, &Value::from("refused")), "{said}");
            assert_eq!(said["refusal"]["kind"], "closed", "{said}");
            assert!(said.to_string().contains(expected), "{said}");
        }
        let logout = "https://sso.acme.example/logout?brand_id=360000000001";
        assert_eq!(asked(path.to_str().unwrap(), logout).0, 0, "who signs out goes on");
    }
}
