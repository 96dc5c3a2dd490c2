//! Sign-ins through OpenID Connect: at a certified provider, at one of another code base, and at one with
//! every fault.

mod again;
mod conformance;
mod django;
mod faults;
pub(crate) mod faulty;
mod instances;
pub(crate) mod provider;
pub(crate) mod service;

use serde_json::json;

use self::provider::Provider;
use self::service::{App, SSO, TO_COFFEE, TO_SHOES, TO_SHOES_HOME};
use crate::support::browser::Request;
use crate::walk::{parameter, with};

const DENIED: &str = "backend-denied";
const OVER: &str = "backend-over";

#[test]
fn a_person_signs_in_and_lands_where_they_wanted() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let begun = joe.login(TO_SHOES);
    assert!(begun.to().starts_with(&provider.issuer));
    // A page that said why not has no code in its address any more.
    let reloaded = joe.get(&format!("{SSO}/callback/staff"));
    assert!(reloaded.body.contains("Start again"), "{}", reloaded.body);
    let (status, kind, _) = reloaded.refused();
    assert_eq!((status, kind.as_str()), (400, "malformed-request"));
    assert_eq!(begun.sent("response_type"), "code");
    assert_eq!(begun.sent("scope"), "openid email profile");
    assert_eq!(begun.sent("client_id"), "brandgate-staff");
    assert_eq!(begun.sent("redirect_uri"), format!("{SSO}/callback/staff"));
    assert_eq!(begun.sent("code_challenge_method"), "S256");

    let back = joe.until(begun, SSO, "joe");
    assert!(parameter(&back, "iss").is_some(), "the provider names itself: {back}");
    let (claims, return_to) = joe.get(back.as_str()).handed_off();
    assert_eq!(claims["email"], "joe@example.com");
    assert_eq!(claims["name"], "Joe Bloggs");
    assert_eq!(claims["external_id"], "shoes_joe");
    assert_eq!(claims["role"], json!(null));
    assert_eq!(return_to, "https://help.acme-shoes.example/hc/requests");

    let again = joe.get(back.as_str()).refused();
    assert_eq!((again.0, again.1.as_str()), (409, "flow-used"));
}

#[test]
fn two_tabs_sign_in_at_once() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let (first, second) = (joe.login(TO_SHOES), joe.login(TO_SHOES_HOME));
    assert_ne!(first.sent("nonce"), second.sent("nonce"));
    assert_ne!(first.sent("code_challenge"), second.sent("code_challenge"));
    let second = joe.until(second, SSO, "joe");
    let first = joe.until(first, SSO, "joe");
    let mut lands = |back: &reqwest::Url| joe.get(back.as_str()).handed_off().1;
    assert_eq!(lands(&first), "https://help.acme-shoes.example/hc/requests");
    assert_eq!(lands(&second), "https://help.acme-shoes.example/hc");
}

#[test]
fn a_person_signs_out_at_the_provider_and_comes_back() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let back = joe.return_from(TO_SHOES, "joe");
    joe.get(back.as_str()).handed_off();

    let out = joe.get(&format!("{SSO}/logout?brand_id=1&email=joe%40example.com"));
    let location = out.to();
    assert!(location.starts_with(&format!("{}/session/end?", provider.issuer)));
    assert!(!location.as_str().contains("joe"), "{location}");
    let done = joe.until(out, &format!("{SSO}/logout/done/staff"), "joe");
    let page = joe.get(done.as_str());
    assert_eq!(page.status, 200);
    assert!(page.body.contains("You are signed out") && page.body.contains("Acme Shoes"));

    // Signed out there means: asked for a name again. Somebody else may say theirs.
    let back = joe.return_from(TO_SHOES, "jane");
    assert_eq!(joe.get(back.as_str()).handed_off().0["email"], "jane@example.com");
}

#[test]
fn the_signed_out_page_has_the_look_of_a_brand_of_that_backend_alone() {
    let app = App::start("http://127.0.0.1:9");
    let cases = [
        ("staff?state=shoes", 200, true),
        ("staff", 200, true),
        ("staff?state=", 200, true),
        ("staff?state=coffee", 200, true),
        ("staff?state=%3Cscript%3E", 200, true),
        ("nobody?state=shoes", 404, false),
    ];
    for (path, status, has_look) in cases {
        let page = app.browser().get(&format!("{SSO}/logout/done/{path}"));
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.body.contains("Acme Shoes"), has_look, "{path}");
        assert!(!page.body.contains("Acme Coffee"), "{path}");
        let way_on = page.body.contains(r#"href="https://help.acme-shoes.example/""#);
        assert_eq!(way_on, has_look, "{path}: {}", page.body);
    }
}

#[test]
fn an_answer_belongs_to_one_sign_in_of_one_browser() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let back = joe.return_from(TO_SHOES, "joe");
    let copy = joe.clone();
    let id = parameter(&back, "state").unwrap();
    let (state, code) = (format!("state={id}"), parameter(&back, "code").unwrap());
    let altered =
        if id.starts_with('A') { id.replacen('A', "B", 1) } else { format!("A{}", &id[1..]) };
    let malformed = (400, "malformed-request");
    let missing = (400, "flow-missing");
    let callback = |query: &str| format!("{SSO}/callback/staff?{query}");
    let cases = [
        ("another state", with(&back, "state", &altered), missing),
        ("a state that is none", with(&back, "state", "x"), missing),
        ("an empty state", with(&back, "state", ""), malformed),
        ("no state", callback(&format!("code={code}")), malformed),
        ("two states", format!("{back}&{state}"), malformed),
        ("two codes", format!("{back}&code={code}"), malformed),
        ("two issuers", format!("{back}&iss=x"), malformed),
        ("a state in other letters", callback(&format!("{state}&State={id}")), malformed),
        ("code and error", format!("{back}&error=access_denied"), malformed),
        ("neither", callback(&state), malformed),
        ("an empty code", callback(&format!("{state}&code=")), malformed),
        (
            "another backend's",
            back.as_str().replace("/staff", "/coffee-club"),
            (400, "flow-foreign"),
        ),
        ("no backend's", back.as_str().replace("/staff", "/nobody"), (404, "not-found")),
    ];
    for (what, url, (status, kind)) in cases {
        let refused = joe.get(&url).refused();
        assert_eq!((refused.0, refused.1.as_str()), (status, kind), "{what}: {url}");
    }
    let stranger = app.browser().get(back.as_str()).refused();
    assert_eq!((stranger.0, stranger.1.as_str()), missing, "another browser");
    let page = app.browser().get(back.as_str());
    assert!(page.body.contains(r#"href="https://help.acme-shoes.example/""#), "{}", page.body);
    for method in ["HEAD", "POST"] {
        let answer = joe.send(&Request::new(method, back.as_str()));
        assert_eq!(answer.status, 405, "{method}");
    }
    for (what, url) in [
        ("another issuer", with(&back, "iss", "https://evil.example")),
        ("no issuer, though the provider names itself", callback(&format!("{state}&code={code}"))),
    ] {
        let (status, kind, why) = joe.get(&url).refused();
        assert_eq!((status, kind.as_str()), (403, "backend-unproven"), "{what}");
        assert!(why.contains("issuer"), "{what}: {why}");
    }
    // After all that it still works: nothing of it used up the flow or the code.
    joe.get(back.as_str()).handed_off();

    // A copy of the browser from before, with the flow still open: the code is good once.
    let (status, kind, why) = copy.clone().get(back.as_str()).refused();
    assert_eq!((status, kind.as_str()), (403, OVER));
    assert!(why.contains("the code is used"), "{why}");

    app.clock.advance(3601);
    let late = copy.clone().get(back.as_str()).refused();
    assert_eq!((late.0, late.1.as_str()), (410, "flow-expired"));
}

#[test]
fn a_code_of_somebody_elses_sign_in_is_of_no_use() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let (mut jane, mut joe) = (app.browser(), app.browser());
    let hers = jane.return_from(TO_SHOES, "jane");
    let his = joe.return_from(TO_SHOES, "joe");
    let injected = with(&his, "code", &parameter(&hers, "code").unwrap());
    let (status, kind, why) = joe.get(&injected).refused();
    assert_eq!((status, kind.as_str()), (403, OVER));
    assert!(why.contains("for another sign-in"), "{why}");
}

#[test]
fn who_may_sign_in_is_what_the_provider_vouches_for() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let cases = [
        (TO_SHOES, "unverified", Err((403, "email-unverified"))),
        (TO_SHOES, "nomail", Err((422, "email-missing"))),
        (TO_COFFEE, "nomail", Err((422, "email-missing"))),
        (TO_COFFEE, "unverified", Err((403, "email-unverified"))),
        (TO_COFFEE, "joe", Ok("coffee_joe")),
    ];
    for (query, person, expected) in cases {
        let mut browser = app.browser();
        let back = browser.return_from(query, person);
        let answer = browser.get(back.as_str());
        match expected {
            Ok(id) => assert_eq!(answer.handed_off().0["external_id"], id),
            Err((status, kind)) => {
                let refused = answer.refused();
                assert_eq!((refused.0, refused.1.as_str()), (status, kind), "{query} {person}");
            }
        }
    }
}

#[test]
fn somebody_who_does_not_want_to_is_not_signed_in() {
    let provider = Provider::start(SSO);
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let begun = joe.login(TO_SHOES);
    let form = joe.get(&begun.to());
    let form = joe.get(&form.to());
    let abort = format!("{}/abort", form.url);
    let answer = joe.get(&abort);
    let back = joe.until(answer, SSO, "joe");
    assert_eq!(parameter(&back, "error").as_deref(), Some("access_denied"));
    let (status, kind, why) = joe.get(back.as_str()).refused();
    assert_eq!((status, kind.as_str()), (403, DENIED));
    assert!(why.ends_with("access_denied"), "{why}");
}
