//! The admin page: who may look, what they see, and what they do not.

use serde_json::{Value, json};

use crate::support::answer::Answer;
use crate::support::app::{App, BRANDS, SHOES_SITE, SSO, TO_BOOTS, TO_SHOES};
use crate::support::assertion::SHOES;
use crate::support::browser::{Request, program};
use crate::support::log;

const TOKEN: &str = "admin-token-of-the-journeys-0123456789abcdef";
const OLD: &str = "last-admin-token-of-the-journeys-0123456789";

fn start() -> App {
    let ops = "ops: { listen: 127.0.0.1:0 }";
    assert!(BRANDS.contains(ops));
    let admin = format!(
        "ops: {{ listen: 127.0.0.1:0, admin: [{{ value: {TOKEN} }}, {{ value: {OLD} }}] }}"
    );
    App::with(&BRANDS.replace(ops, &admin))
}

fn ask(app: &App, path: &str, authorization: Option<&str>) -> Answer {
    let request = Request::get(&format!("{SSO}{path}"));
    let request = match authorization {
        Some(authorization) => request.with("authorization", authorization),
        None => request,
    };
    program(app.ops_address(), &request)
}

fn look(app: &App, path: &str) -> Answer {
    ask(app, path, Some(&format!("Bearer {TOKEN}")))
}

fn status(app: &App, query: &str) -> Value {
    let answer = look(app, &format!("/admin/status.json{query}"));
    assert_eq!(answer.status, 200);
    serde_json::from_str(&answer.body).unwrap()
}

const PATHS: [&str; 6] = [
    "/admin",
    "/admin/status.json",
    "/admin/route.json?url=%2F",
    "/admin/openapi.json",
    "/admin/admin.css",
    "/admin/admin.js",
];

fn basic(pair: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
}

#[test]
fn nobody_looks_who_does_not_show_what_the_file_says() {
    let app = start();
    let good = [
        format!("Bearer {TOKEN}"),
        format!("bearer  {TOKEN} "),
        format!("Bearer {OLD}"),
        basic(&format!("anybody:{TOKEN}")),
        basic(&format!(":{TOKEN}")),
    ];
    let no_credential = ["", "Bearer", "Digest x", "Basic", "Basic :", "Basic eA=="];
    for path in PATHS {
        for it in &good {
            let answer = ask(&app, path, Some(it));
            assert_eq!(answer.status, 200, "{path}: {it}");
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
        for it in [None].into_iter().chain(no_credential.map(Some)) {
            let answer = ask(&app, path, it);
            assert_eq!((answer.status, answer.body.len() < 100), (401, true), "{path}: {it:?}");
            assert!(answer.body.contains("credential"), "{path}: {it:?} {}", answer.body);
            let challenge = answer.header("www-authenticate").unwrap();
            assert!(challenge.starts_with("Basic realm="), "{challenge}");
        }
        assert_eq!(app.get(path.split('?').next().unwrap()).status, 404, "not in public");
    }
    let plain = App::start();
    for path in PATHS {
        assert_eq!(look(&plain, path).status, 404, "there is none: {path}");
    }
}

#[test]
fn wrong_credentials_are_counted_and_keep_nobody_out_who_has_the_right_one() {
    let app = start();
    // So that no minute ends within the test.
    app.clock.advance(60 - i64::try_from(app.clock.now() % 60).unwrap());
    let wrong = [
        format!("Bearer {TOKEN}x"),
        format!("Bearer {}", &TOKEN[1..]),
        "Bearer x".to_owned(),
        basic("x:y"),
        basic(&format!("{TOKEN}:")),
        basic(":"),
        format!("Bearer {}", TOKEN.to_uppercase()),
        format!("Bearer {TOKEN}%00"),
        format!("Bearer {OLD}{OLD}"),
        basic(&format!("x:x:{TOKEN}")),
    ];
    for it in &wrong {
        assert_eq!(ask(&app, "/admin", Some(it)).status, 401, "{it}");
    }
    let answer = ask(&app, "/admin", Some(&wrong[0]));
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("60")));
    assert!(answer.body.starts_with("Too many wrong credentials"), "{}", answer.body);
    assert_eq!(look(&app, "/admin").status, 200, "the right one is taken all the same");
    assert_eq!(ask(&app, "/admin", Some(&wrong[1])).status, 429, "and forgives no wrong one");
    assert_eq!(ask(&app, "/admin", None).status, 401, "who says nothing is asked");
    let metrics = ask(&app, "/metrics", None).body;
    assert!(metrics.contains("\nbrandgate_admin_refusals_total 12\n"), "{metrics}");
    let line = log::lines("a wrong credential at the admin page").pop().unwrap();
    assert_eq!(line["client"], "127.0.0.0/24");
    app.clock.advance(60);
    assert_eq!(ask(&app, "/admin", Some(&wrong[0])).status, 401, "a minute later");
}

#[test]
fn brands_backends_and_the_last_failures_are_shown_and_no_person() {
    let app = start();
    assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &json!({})).status, 200);
    status(&app, "");
    app.clock.advance(60);
    let refused =
        app.browser().sign_in(TO_SHOES, SHOES, &json!({ "role": "admin", "tags": ["vip"] }));
    let trace = refused.trace();
    assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &json!({})).status, 200);
    app.browser().login(TO_BOOTS).location();
    let status = status(&app, "");
    let brand = |name: &str| {
        let brands = status["brands"].as_array().unwrap();
        brands.iter().find(|brand| brand["name"] == name).unwrap()
    };
    assert_eq!(brand("shoes")["last_hour"], json!({ "signed_in": 2, "unsuccessful": 1 }));
    assert_eq!(brand("boots")["last_hour"], json!({ "signed_in": 0, "unsuccessful": 0 }));
    let minutes = &brand("shoes")["minutes"];
    let last_two = |name: &str| minutes[name].as_array().unwrap()[58..].to_vec();
    assert_eq!(last_two("signed_in"), [json!(1), json!(1)]);
    assert_eq!(last_two("unsuccessful"), [json!(0), json!(1)]);
    assert_eq!(status["brands"][0]["name"], "shoes", "the busiest first");
    let backends = status["backends"].as_array().unwrap();
    let site = backends.iter().find(|it| it["name"] == "shoes-site").unwrap();
    assert_eq!((&site["type"], &site["last_hour"]["signed_in"]), (&json!("redirect"), &json!(2)));
    let failure = &status["failures"][0];
    let expected = [
        ("trace", json!(trace)),
        ("kind", json!("role-not-allowed")),
        ("fault", json!("backend")),
        ("status", json!(403)),
        ("brand", json!("shoes")),
        ("backend", json!("shoes-site")),
    ];
    for (name, value) in expected {
        assert_eq!(failure[name], value, "{failure}");
    }
    let claims = claims_of(failure);
    for claim in [
        "email: text, 15 characters, read",
        "iat: number, of the token itself",
        "role: admin, refused: role-not-allowed",
        "tags: list of 1, read; the file's own takes its place",
    ] {
        assert!(claims.iter().any(|it| it == claim), "{claims:?}");
    }
    let page = look(&app, &format!("/admin?trace={}", trace.to_lowercase()));
    assert!(page.body.contains(&trace) && page.body.contains("role-not-allowed"), "{}", page.body);
    for text in [page.body, status.to_string()] {
        let lower = text.to_lowercase();
        for personal in ["joe", "@", "vip", "secret", TOKEN, "127.0.0.1"] {
            assert!(!lower.contains(personal), "{personal}: {text}");
        }
    }
}

/// What the admin page says of the claims of a failure.
fn claims_of(failure: &Value) -> Vec<String> {
    let claims = failure["claims"].as_array().unwrap().iter();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let line = |it: &Value| {
        format!("{}: {}, {}", text(&it["name"]), text(&it["kind"]), text(&it["became"]))
    };
    claims.map(line).collect()
}

#[test]
fn it_is_told_which_claim_of_an_assertion_was_refused_and_by_what() {
    let app = start();
    let now = app.clock.now();
    let long = "x".repeat(70);
    let cases = [
        (json!({ "email": 7 }), "email: number, refused: assertion-invalid"),
        (json!({ "email": null }), "email: missing, refused: email-missing"),
        (json!({ "email": "" }), "email: text, 0 characters, refused: email-missing"),
        (json!({ "email": "joe" }), "email: text, 3 characters, refused: email-invalid"),
        (json!({ "email_verified": false }), "email_verified: false, refused: email-unverified"),
        (json!({ "iat": now - 400 }), "iat: number, refused: assertion-too-old"),
        (json!({ "aud": "elsewhere" }), "aud: text, 9 characters, refused: assertion-audience"),
        (json!({ "custom_role_id": 7 }), "custom_role_id: number, refused: attribute-not-allowed"),
        (json!({ "role": "admin", "joe": [1] }), "joe: list of 1, not read"),
        (json!({ "role": "admin", "phone": "" }), "phone: text, 0 characters, empty"),
        (
            json!({ "role": "admin", "user_fields": { "a": 1 } }),
            "user_fields: object of 1, read; not in may_say",
        ),
        (
            json!({ "role": "admin", "\u{202e}eoj\u{9b}2J": 1 }),
            "\\u{202e}eoj\\u{9b}2J: number, not read",
        ),
        (
            json!({ "role": "admin", long.clone(): true }),
            &*format!("{}: true, not read", &long[..64]),
        ),
    ];
    for (changes, claim) in &cases {
        let refused = app.browser().sign_in(TO_SHOES, SHOES, changes);
        assert!(refused.status >= 400, "{changes}");
        let found = claims_of(&status(&app, &format!("?trace={}", refused.trace()))["failures"][0]);
        assert!(found.iter().any(|it| it == claim), "{changes}: {found:?}");
        assert!(found.iter().all(|it| !it.contains('@')), "{changes}: {found:?}");
    }
    let mut many: Value = (0..99).map(|it| (format!("a{it:02}"), json!(it))).collect();
    many["role"] = json!("admin");
    let refused = app.browser().sign_in(TO_SHOES, SHOES, &many);
    let found = claims_of(&status(&app, &format!("?trace={}", refused.trace()))["failures"][0]);
    assert_eq!((found.len(), &*found[0]), (64, "role: admin, refused: role-not-allowed"));
    let forged = "another-secret-0123456789abcdef0123456789";
    let refused = app.browser().sign_in(TO_SHOES, forged, &json!({}));
    let failures = status(&app, &format!("?trace={}", refused.trace()))["failures"].clone();
    assert_eq!(failures[0]["claims"], json!([]), "nobody has said that");
}

#[test]
fn what_somebody_looks_for_is_found_and_stays_a_text() {
    let app = start();
    let found = |query: &str| {
        let status = status(&app, query);
        let brands = status["brands"].as_array().unwrap().iter();
        brands.map(|it| it["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("?brand=BOOTS"), ["boots"]);
    assert_eq!(found("?brand=acme-games.zen"), ["games"]);
    assert!(found("?brand=nobody").is_empty());
    assert_eq!(found("").len(), 6, "all of them");
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let page = look(&app, &format!("/admin?brand={hostile}&trace={hostile}&url={hostile}")).body;
    assert!(!page.contains("<script>alert") && page.contains("&#60;script&#62;"), "{page}");
    let policy = look(&app, "/admin");
    let policy = policy.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    for query in ["?url=%", "?url=%FF", "?brand=a&brand=b", "?%", "?trace"] {
        let status = look(&app, &format!("/admin{query}")).status;
        assert_eq!(status, 200, "{query}");
    }
}

#[test]
fn an_address_is_looked_up_as_the_service_decides() {
    let app = start();
    let url = "https%3A%2F%2Fhelp.acme-shoes.example%2Fhc%2Frequests";
    let answer = look(&app, &format!("/admin/route.json?url={url}"));
    let route: Value = serde_json::from_str(&answer.body).unwrap();
    let answer = app.browser().login(&format!("return_to={url}"));
    let location = answer.location();
    assert_eq!((&route["outcome"], &route["brand"]), (&json!("leads-on"), &json!("shoes")));
    assert_eq!(route["location"], location);
    let page = look(&app, &format!("/admin?url={url}")).body;
    assert!(page.contains("backend    shoes-site") && page.contains(SHOES_SITE), "{page}");
    let long = "x".repeat(25_000);
    for (query, why) in [
        ("", "`url` is missing"),
        ("?url=%20", "`url` is missing"),
        (&*format!("?url={long}"), "`url` is longer than any address that brandgate takes"),
        ("?url=%2F&client_ip=here", "`client_ip` is no address, such as 192.0.2.7 or 2001:db8::7"),
        (
            "?url=%2F&client_ip=10.0.0.0%2F8",
            "`client_ip` is no address, such as 192.0.2.7 or 2001:db8::7",
        ),
    ] {
        let answer = look(&app, &format!("/admin/route.json{query}"));
        let said: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((answer.status, &said["description"]), (400, &json!(why)), "{query:.40}");
    }
}

#[test]
fn an_address_is_looked_up_for_whoever_comes_from_another() {
    let ops = "ops: { listen: 127.0.0.1:0 }";
    let admin = format!("ops: {{ listen: 127.0.0.1:0, admin: {{ value: {TOKEN} }} }}");
    let (route, office) = ("- path: '^/agent(/|$)'", "- client_ip: [10.0.0.0/8, '2001:db8::/32']");
    assert!(BRANDS.contains(ops) && BRANDS.contains(route));
    let app = App::with(&BRANDS.replace(ops, &admin).replace(route, office));
    let led = |client: &str| {
        let url = "https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
        let query = format!("url={url}&client_ip={client}");
        let json = look(&app, &format!("/admin/route.json?{query}")).body;
        let page = look(&app, &format!("/admin?{query}")).body;
        let backend = serde_json::from_str::<Value>(&json).unwrap()["backend"].clone();
        assert!(page.contains(&format!("backend    {}", backend.as_str().unwrap())), "{page}");
        backend
    };
    for (client, backend) in [
        ("10.1.2.3", "staff-site"),
        ("%2010.1.2.3%20", "staff-site"),
        ("::ffff:10.1.2.3", "staff-site"),
        ("2001:db8::7", "staff-site"),
        ("192.0.2.7", "shoes-site"),
        ("", "shoes-site"),
    ] {
        assert_eq!(led(client), backend, "{client}");
    }
    let page = look(&app, "/admin?url=%2F&client_ip=%22%3E%3Cscript%3E").body;
    assert!(page.contains("`client_ip` is no address") && !page.contains("\"><script>"), "{page}");
}

/// What `value` has that `schema` does not say, or says otherwise.
fn faults(document: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/components/schemas/").unwrap();
        return faults(document, &document["components"]["schemas"][name], value, place);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_kind = schema["type"] == kind
        || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
    if !is_kind {
        return vec![format!("{place}: {kind}")];
    }
    match value {
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.flat_map(|(at, it)| {
                faults(document, &schema["items"], it, &format!("{place}[{at}]"))
            })
            .collect()
        }
        Value::Object(entries) => {
            let known = schema["properties"].as_object().unwrap();
            let unknown = entries.keys().filter(|name| !known.contains_key(*name));
            let missing = known.keys().filter(|name| !entries.contains_key(*name));
            let odd = unknown.chain(missing).map(|name| format!("{place}.{name}"));
            let within = entries.iter().filter(|(name, _)| known.contains_key(*name));
            odd.chain(within.flat_map(|(name, it)| {
                faults(document, &known[name], it, &format!("{place}.{name}"))
            }))
            .collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn the_json_is_as_its_description_says() {
    let app = start();
    let refused = app.browser().sign_in(TO_SHOES, SHOES, &json!({ "role": "admin" }));
    assert_eq!(refused.status, 403);
    let document: Value = serde_json::from_str(&look(&app, "/admin/openapi.json").body).unwrap();
    let operation = &document["paths"]["/admin/status.json"]["get"];
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let status = status(&app, "");
    assert!(!status["failures"].as_array().unwrap().is_empty());
    assert_eq!(faults(&document, schema, &status, ""), Vec::<String>::new());
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/admin/route.json", "/admin/status.json"]);
    assert!(!faults(&document, schema, &json!({ "time": "now" }), "").is_empty(), "it can fail");
}

#[test]
fn a_refusal_is_as_its_description_says_too() {
    let app = start();
    let document: Value = serde_json::from_str(&look(&app, "/admin/openapi.json").body).unwrap();
    let good = format!("Bearer {TOKEN}");
    let described = |path: &str, authorization: Option<&str>, status: u16| {
        let answer = ask(&app, path, authorization);
        assert_eq!(answer.status, status, "{path}");
        let path = path.split('?').next().unwrap();
        let content = &document["paths"][path]["get"]["responses"][status.to_string()]["content"];
        let kind = answer.header("content-type").unwrap().split(';').next().unwrap().to_owned();
        let schema = &content[&kind]["schema"];
        let body = match kind.as_str() {
            "application/json" => serde_json::from_str(&answer.body).unwrap(),
            _ => json!(answer.body),
        };
        assert_eq!(faults(&document, schema, &body, ""), Vec::<String>::new(), "{path}: {kind}");
    };
    for path in ["/admin/status.json", "/admin/route.json?url=/hc"] {
        described(path, None, 401);
        described(path, Some("Bearer wrong"), 401);
    }
    for query in ["", "?url=", "?url=/hc&client_ip=x", "?url=a&url=b"] {
        described(&format!("/admin/route.json{query}"), Some(&good), 400);
    }
    for _ in 0..10 {
        ask(&app, "/admin/status.json", Some("Bearer wrong"));
    }
    described("/admin/status.json", Some("Bearer wrong"), 429);
}
