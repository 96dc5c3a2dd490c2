//! What people see, whatever address they open.

use std::collections::BTreeMap;

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{
    App, SHOES_SITE, SSO, STRANGER, TO_SHOES, assert_refused, refusal, submission,
};
use crate::support::assertion::{COFFEE, SHOES};
use crate::support::browser::Request;

#[test]
fn the_front_page_says_what_this_is() {
    let app = App::start();
    let answer = app.get("/");
    assert_eq!((answer.status, answer.title().as_str()), (200, "This is a sign-in service"));
    let policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
                  frame-ancestors 'none'";
    assert_eq!(answer.header("content-security-policy"), Some(policy));
    assert_eq!(answer.links(), ["https://sso.acme.example/login"], "a choice of help centers");
}

#[test]
fn browsers_find_what_they_ask_for_by_themselves() {
    let app = App::start();
    let cases = [
        ("/assets/brandgate.css", 200, Some("text/css; charset=utf-8"), ":root"),
        ("/assets/brands/shoes.css", 200, Some("text/css; charset=utf-8"), "#"),
        ("/robots.txt", 200, Some("text/plain; charset=utf-8"), "User-agent: *\nDisallow: /\n"),
        ("/favicon.ico", 204, None, ""),
    ];
    for (path, status, kind, content) in cases {
        let answer = app.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (status, kind), "{path}");
        assert!(answer.body.contains(content), "{path}: {}", answer.body);
        let head = app.send(&Request::new("HEAD", &format!("{SSO}{path}")));
        assert_eq!((head.status, head.body.as_str()), (status, ""), "{path}");
        let post = app.send(&Request::post(&format!("{SSO}{path}"), ""));
        assert_refused(&post, 405, "method-not-allowed", path);
    }
    for path in ["/assets/brands/games.css", "/assets/brands/nobody.css", "/assets/brands/.css"] {
        assert_refused(&app.get(path), 404, "not-found", path);
    }
}

#[test]
fn any_other_address_is_explained() {
    let app = App::start();
    for path in [
        "/nothing",
        "/login//",
        "/LOGIN",
        "//login",
        "/login%2F",
        "/login;a=b",
        "/access",
        "/access/jwt//",
        "/access/jwt%2F",
        "/backends//access/jwt",
        "/backends/a/b/access/jwt",
        "/assets/../login",
        "/assets/%2e%2e/brands.yaml",
        "/brands.yaml",
        "/.git/config",
        "/livez",
        "/metrics",
        "/%00",
        "/%3Cscript%3E",
        "/wp-login.php?log=admin",
    ] {
        let answer = app.get(path);
        assert_refused(&answer, 404, "not-found", path);
        assert!(!answer.body.contains("&#60;script"), "{path}");
    }
}

#[test]
fn a_slash_at_the_end_changes_nothing() {
    let app = App::start();
    for path in [
        format!("/login/?{TO_SHOES}"),
        format!("/logout/?{TO_SHOES}"),
        "/start/shoes/?to=%2Fhc".to_owned(),
        format!("/backends/shoes-site/login/?{TO_SHOES}"),
    ] {
        assert_eq!(app.get(&path).status, 302, "{path}");
    }
    for path in ["/access/jwt/", "/backends/shoes-site/access/jwt/"] {
        assert_refused(&app.get(path), 400, "no-token", path);
    }
    let line = crate::support::log::line(&app.get("/access/jwt/").trace());
    assert_eq!(line["path"], "/access/jwt");
}

#[test]
fn no_token_stays_in_the_address_of_a_page() {
    let app = App::start();
    let clears = |path: &str| {
        let body = app.get(path).body;
        let by = |address: &str| {
            body.contains(&format!("history.replaceState(null, \"\", {address})</script>"))
        };
        (by("location.pathname"), by("\"/\""))
    };
    for path in [
        "/access/jwt?jwt=a.b.c",
        "/access/jwt/?jwt=a.b.c",
        "/access/jwt?return_to=x&jwt=",
        "/access?jwt=a.b.c",
        "/access/other?jwt=a.b.c",
        "/backends/nobody/access/jwt?jwt=a.b.c",
        "/backends/shoes-site/jwt?jwt=a.b.c",
        "/nothing?a=b",
        "/callback/shoes-site?token=a.b.c",
        "/login?jwt=a.b.c",
        "/login?x=1&return.to=eyJh",
        "/logout?kind=error&message=x&jwt=a.b.c",
        "/logout?jwt=a.b.c",
        "/?jwt=a.b.c",
        "/start/nobody?token=x",
    ] {
        assert_eq!(clears(path), (true, false), "{path}");
    }
    let path = "/access/jwt/eyJhbGciOiJIUzI1NiJ9.e30.x";
    assert_eq!(clears(path), (false, true), "{path}");
    for path in
        ["/login?brand_id=17", "/login?return_to=%2F%2Fx", "/logout?brand_id=17", "/", "/nothing"]
    {
        assert_eq!(clears(path), (false, false), "{path}: Reload is to work");
    }
}

#[test]
fn the_log_of_an_address_beneath_known_names_says_which() {
    let app = App::start();
    let cases = [
        ("/access", "/access"),
        ("/access/other", "/access/{other}"),
        ("/access/jwt/more", "/access/jwt/{other}"),
        ("/backends/secret-name/jwt", "/backends/{backend}/{other}"),
        ("/backends/secret-name/access", "/backends/{backend}/access"),
        ("/backends/secret-name/access/jwt/x", "/backends/{backend}/access/jwt/{other}"),
        ("/backends/nobody/access/jwt", "/backends/{backend}/access/jwt"),
        ("/start/", "/start"),
        ("/start/nobody", "/start/{brand}"),
        ("/login/x", "/login/{other}"),
        ("/loginx", "(unknown)"),
        ("/LOGIN", "(unknown)"),
        ("/secret-name", "(unknown)"),
    ];
    for (path, logged) in cases {
        let answer = app.get(path);
        assert_refused(&answer, 404, "not-found", path);
        assert_eq!(crate::support::log::line(&answer.trace())["path"], logged, "{path}");
    }
}

#[test]
fn a_page_has_the_look_of_its_brand() {
    let app = App::start();
    let foreign = app.get("/login?brand_id=360000000001&return_to=https://evil.example");
    for part in ["/assets/brands/shoes.css", "Acme Shoes", "mailto:help@acme-shoes.example"] {
        assert!(foreign.body.contains(part), "{part}");
    }
    let out = app.get("/logout?brand_id=360000000003&kind=error&message=x");
    assert!(out.body.contains(r#"src="https://cdn.acme-coffee.example/logo.svg""#), "{}", out.body);
    let policy = out.header("content-security-policy").unwrap();
    assert!(policy.contains("; img-src https://cdn.acme-coffee.example; "), "{policy}");
    let ask = app.get("/login");
    let policy = ask.header("content-security-policy").unwrap();
    assert!(policy.contains("; img-src https://cdn.acme-coffee.example; "), "{policy}");
    let plain = app.get("/nothing");
    assert!(!plain.header("content-security-policy").unwrap().contains("img-src"));
}

#[test]
fn whatever_language_is_wished_for_there_is_a_page() {
    let app = App::start();
    for wish in ["en", "*", "", ";;;", "<script>", "en;q=nonsense", &"x,".repeat(5000)] {
        let answer = app.send(&Request::get(&format!("{SSO}/")).with("accept-language", wish));
        assert!(answer.body.contains(r#"<html lang="en" dir="ltr">"#), "{wish:.20}");
    }
}

/// One of each refusal that a browser can bring about.
fn refusals(app: &App) -> Vec<Answer> {
    let mut answers = vec![
        app.get("/login?return.to=x"),
        app.get("/login?return_to=%2F%2Fx"),
        app.get("/login?return_to=http%3A%2F%2Fhelp.acme-shoes.example%2F"),
        app.get(&format!("/login?x={}", "x".repeat(30_000))),
        app.get("/nothing"),
        app.send(&Request::post(&format!("{SSO}/login"), "")),
        app.send(&Request::get(&format!("{SSO}/access/jwt?jwt=x")).with("sec-purpose", "prefetch")),
        app.send(&Request::post(&format!("{SSO}/access/jwt"), "")),
        app.send(&Request::new("POST", &format!("{SSO}/access/jwt")).with("content-length", "0")),
        app.send(&Request::post(&format!("{SSO}/access/jwt"), &"x".repeat(70_000))),
        app.send(&submission("/access/jwt", &"x".repeat(20_000), None)),
        app.send(&submission("/access/jwt", "a.b.c", None)),
        app.send(&Request::post(&format!("{SSO}/continue"), "confirmation=x")),
        App::changed("unknown: ask", "unknown: refuse").get("/login"),
    ];
    let now = app.clock.now();
    let changes = [
        json!({"iat": now - 999}),
        json!({"iat": now + 999}),
        json!({"iat": null}),
        json!({"aud": "x"}),
        json!({"email": "x"}),
        json!({"email_verified": false}),
        json!({"email": "x@acme.example"}),
        json!({"external_id": null}),
        json!({"external_id": "7 8"}),
        json!({"role": "admin"}),
        json!({"custom_role_id": 1}),
    ];
    answers.extend(changes.iter().map(|it| app.browser().sign_in(TO_SHOES, SHOES, it)));
    answers.push(app.browser().sign_in(TO_SHOES, COFFEE, &json!({})));
    let boots = crate::support::app::TO_BOOTS;
    answers.push(app.browser().sign_in(boots, SHOES, &json!({"email": "joe@mail.example"})));

    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let flow = joe.jar.flows().remove(0).0;
    answers.push(joe.submit(SHOES_SITE, "a.b.c", None));
    answers.push(joe.submit(SHOES_SITE, "eyJhbGciOiJub25lIn0.e30.", None));
    answers.push(joe.submit_to("staff-site", SHOES_SITE, "a.b.c"));
    let mut other = joe.clone();
    other.jar.alter(&flow, |_| "x".to_owned());
    answers.push(other.submit(SHOES_SITE, "a.b.c", None));
    let jwt = app.assertion(SHOES, &json!({}));
    assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off());
    answers.push(joe.submit(SHOES_SITE, &jwt, None));
    joe.login(TO_SHOES);
    answers.push(joe.submit(SHOES_SITE, &jwt, None));
    joe.jar.forget(&flow);
    app.clock.advance(4000);
    answers.push(joe.submit(SHOES_SITE, &jwt, None));
    for _ in 0..6 {
        answers.extend(Some(joe.logout("brand_id=360000000001")).filter(|it| it.status != 302));
    }
    let outdated = App::changed("\n  coffee:\n", "\n  cocoa:\n");
    let mut late = outdated.browser();
    let mut early = app.browser();
    early.login("brand_id=360000000003");
    late.jar = early.jar.clone();
    answers.push(late.submit(STRANGER, "a.b.c", None));
    answers
}

#[test]
fn every_refusal_is_a_page_of_its_own() {
    let app = App::start();
    let mut pages = BTreeMap::new();
    let mut kinds = Vec::new();
    for answer in refusals(&app) {
        let (_, kind) = refusal(&answer);
        let explained = answer.text().split(" Code ").next().unwrap().to_owned();
        assert!(explained.len() > 60, "{kind} says what happened and what to do: {explained}");
        assert!(!explained.contains("error-"), "{kind} has a text: {explained}");
        if let Some(other) = pages.insert(explained, kind.clone()) {
            assert_eq!(other, kind, "two refusals with one text");
        }
        kinds.push(kind);
    }
    kinds.sort();
    kinds.dedup();
    insta::assert_snapshot!(kinds.join("\n"), @r"
    address-not-allowed
    address-reserved
    address-too-long
    assertion-algorithm
    assertion-audience
    assertion-from-the-future
    assertion-invalid
    assertion-signature
    assertion-too-old
    assertion-unreadable
    assertion-used
    attribute-not-allowed
    body-too-large
    confirmation-refused
    email-invalid
    email-unverified
    external-id-missing
    external-id-not-allowed
    flow-altered
    flow-expired
    flow-foreign
    flow-missing
    flow-outdated
    flow-used
    loop
    malformed-request
    method-not-allowed
    no-token
    not-found
    prefetch
    return-to-miswritten
    return-to-refused
    role-not-allowed
    token-too-large
    unknown-brand
    wrong-content-type
    ");
}
