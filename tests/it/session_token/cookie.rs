//! The site's cookie, looked at where browsers send it.

use serde_json::json;

use super::service::{
    AT, DESTINATION, Games, LOGIN, SSO, STRANGER, TO_GAMES, assert_refused, handed_off,
};
use crate::support::browser::Request;
use crate::support::{log, provider};

const HELP: &str = "https://help.acme-games.example";

#[test]
fn somebody_without_a_cookie_signs_in_at_the_provider_and_comes_back_to_the_hand_off() {
    let games = Games::start();
    let mut joe = games.person();
    let sent = joe.sign_in(TO_GAMES);
    assert_eq!(sent.leads_to(), format!("{LOGIN}/?{TO_GAMES}"), "every parameter, as it came");
    assert!(sent.flows()[0].ends_with("; Max-Age=86400; Secure; HttpOnly; SameSite=Lax"));

    joe.has(&games.token(&json!({})));
    let answer = joe.come_back("");
    let claims = handed_off(&answer);
    assert_eq!(answer.field("return_to"), DESTINATION);
    assert_eq!(claims["email"], "joe@example.com");
    assert_eq!(claims["name"], "joe");
    assert_eq!(claims["external_id"], "games_d342dad2-9d59-11e9-a384-42010aa8003f");
    assert_eq!(claims["role"], json!(null));
    assert_eq!(claims["tags"], json!(null), "groups of the game's are nothing to Zendesk");

    let again = joe.come_back("");
    assert_refused(&again, 409, "flow-used", "one flow, one hand-off");
    assert!(again.links().contains(&DESTINATION.to_owned()));
}

#[test]
fn whoever_has_the_cookie_is_handed_off_at_once_and_as_often_as_they_ask() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let mut ids = Vec::new();
    for _ in 0..3 {
        let answer = joe.sign_in(TO_GAMES);
        let claims = handed_off(&answer);
        assert_eq!(answer.field("return_to"), DESTINATION);
        assert_eq!(answer.flows(), [""; 0], "nothing is under way that could be finished");
        ids.push(claims["jti"].as_str().unwrap().to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3, "Zendesk takes an id once");
    assert_eq!(games.provider.asked(), 1);
}

#[test]
fn a_link_from_the_brands_own_site_uses_the_cookie_too() {
    let origins = "    algorithm: RS256\n    \
                   origins: [https://login.acme-games.example, https://acme-games.example]\n";
    let games = Games::changed(&[("    algorithm: RS256\n", origins)]);
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let answer =
        joe.open(&format!("{SSO}/start/games?to=/hc/requests"), "https://acme-games.example");
    let at = answer.leads_to();
    assert!(at.starts_with(&format!("{AT}/backends/games-login/login?brand_id=360000000003&")));
    let answer = joe.open(&at, "https://acme-games.example");
    handed_off(&answer);
    assert_eq!(answer.field("return_to"), "https://help.acme-games.example/hc/requests");
}

#[test]
fn where_public_url_lies_beneath_the_domain_there_is_no_second_address() {
    let (ours, theirs) = ("https://sso.acme.example", "https://sso.acme-games.example");
    let at = format!("    at: {theirs}\n");
    let games = Games::changed(&[(&at, ""), (ours, theirs)]);
    let mut joe = games.person();
    let login = format!("{AT}/login?{TO_GAMES}");
    let sent = joe.open(&login, HELP);
    assert_eq!(sent.leads_to(), format!("{LOGIN}/?{TO_GAMES}"));
    assert!(sent.opens_a_flow());
    joe.has(&games.token(&json!({})));
    handed_off(&joe.come_back(""));
    handed_off(&joe.open(&login, HELP));
    handed_off(&joe.open(&format!("{AT}/backends/games-login/login?{TO_GAMES}"), HELP));
    // Saying the same in the file makes no difference.
    let games = Games::changed(&[(ours, theirs)]);
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    handed_off(&joe.open(&login, HELP));
}

#[test]
fn a_cookie_that_is_not_to_be_believed_leads_to_the_login_page() {
    let games = Games::start();
    let now = games.clock.now();
    let good = games.token(&json!({}));
    let unsigned = format!("{}.", provider::message(&json!({ "alg": "none" }), &json!({})));
    let cases = [
        ("of a browser that signed out", "deleted".to_owned()),
        ("that has expired", games.token(&json!({ "exp": now - 60 }))),
        ("from another issuer", games.token(&json!({ "iss": "https://evil.example" }))),
        ("of another project", games.token(&json!({ "xsolla_login_project_id": "other" }))),
        (
            "of another key",
            provider::signed_as(
                &json!({ "alg": "RS256", "kid": "a" }),
                "b",
                &games.claims(&json!({})),
            ),
        ),
        ("of a key that nobody knows", provider::signed("c", &games.claims(&json!({})))),
        ("without a signature", unsigned),
        ("that was cut", good[..good.len() - 9].to_owned()),
        ("that says nothing", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA".to_owned()),
        ("that never ends", games.token(&json!({ "exp": null }))),
        ("that ends nobody knows when", games.token(&json!({ "exp": "soon" }))),
        ("for nobody knows whom", games.token(&json!({ "iat": "x", "email": null }))),
    ];
    for (what, token) in cases {
        let mut joe = games.person();
        joe.has(&token);
        let sent = joe.sign_in(TO_GAMES);
        assert_eq!(sent.leads_to(), format!("{LOGIN}/?{TO_GAMES}"), "a cookie {what}");
        assert!(sent.opens_a_flow(), "a cookie {what}");
    }
    let not_taken = log::lines(r#""outcome":"not taken""#).into_iter();
    let kinds: Vec<_> =
        not_taken.filter_map(|line| line["kind"].as_str().map(str::to_owned)).collect();
    for kind in ["session-expired", "session-issuer", "assertion-invalid"] {
        assert!(kinds.iter().any(|it| it == kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn whoever_starts_again_after_a_refusal_gets_to_the_login_page() {
    let games = Games::start();
    let cases = [
        (json!({ "email": null }), "email-missing"),
        (json!({ "email": "joe@x@example.com" }), "email-invalid"),
        (json!({ "email_verified": false }), "email-unverified"),
        (json!({ "email_verified": null }), "email-proof-missing"),
        (json!({ "sub": null }), "external-id-missing"),
    ];
    for (changes, kind) in cases {
        let mut joe = games.person();
        joe.has(&games.token(&changes));
        let answer = joe.sign_in(TO_GAMES);
        assert_refused(&answer, answer.status, kind, "at once");
        let link = answer.links().remove(0);
        assert!(link.starts_with(&format!("{AT}/backends/games-login/reauthenticate?")), "{link}");
        let sent = joe.open(&link, AT);
        let destination = DESTINATION.replace(':', "%3A").replace('/', "%2F");
        let destination = destination.replace('?', "%3F").replace('=', "%3D");
        let query = format!("brand_id=360000000003&return_to={destination}");
        assert_eq!(sent.leads_to(), format!("{LOGIN}/?{query}"), "{kind}");

        // Nothing has changed: a page again, with the same way out, and no way round in circles.
        let back = joe.come_back("");
        assert_refused(&back, answer.status, kind, "on the way back");
        assert_eq!(back.links().remove(0), link, "{kind}");
        joe.has(&games.token(&json!({})));
        let handed = joe.come_back("");
        handed_off(&handed);
        assert_eq!(handed.field("return_to"), DESTINATION, "{kind}");
    }
}

#[test]
fn the_way_past_the_cookie_leads_to_the_login_page_of_that_backend_alone() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let anew = |query: &str| format!("{AT}/backends/games-login/reauthenticate?{query}");
    let sent = joe.open(&anew(&format!("{TO_GAMES}&next=//evil.example")), STRANGER);
    let query = format!("{TO_GAMES}&next=//evil.example");
    assert_eq!(sent.leads_to(), format!("{LOGIN}/?{query}"), "byte for byte");
    let evil = anew("brand_id=360000000003&return_to=https%3A%2F%2Fevil.example%2Fhc");
    assert_refused(&joe.open(&evil, STRANGER), 400, "return-to-refused", "a foreign host");
    let shoes = anew("return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc");
    assert_refused(&joe.open(&shoes, STRANGER), 400, "other-backend", "another brand");
    // Without a second address of our own, too.
    let (ours, theirs) = ("https://sso.acme.example", "https://sso.acme-games.example");
    let games = Games::changed(&[(&format!("    at: {theirs}\n"), ""), (ours, theirs)]);
    let mut joe = games.person();
    joe.has(&games.token(&json!({ "email": null })));
    let answer = joe.open(&format!("{AT}/login?{TO_GAMES}"), HELP);
    assert_refused(&answer, 422, "email-missing", "at public_url");
    let link = format!("{AT}{}", answer.links().remove(0));
    assert!(joe.open(&link, AT).leads_to().starts_with(LOGIN), "{link}");
}

#[test]
fn a_token_that_signing_in_anew_would_not_mend_is_explained() {
    let games = Games::start();
    let cases = [
        (json!({ "email": null }), 422, "email-missing"),
        (json!({ "email": "" }), 422, "email-missing"),
        (json!({ "email": "joe@x@example.com" }), 422, "email-invalid"),
        (json!({ "email": ["joe@example.com"] }), 422, "assertion-invalid"),
        (json!({ "email_verified": false }), 403, "email-unverified"),
        (json!({ "email_verified": null }), 422, "email-proof-missing"),
        (json!({ "email": "joe@acme.example" }), 403, "address-reserved"),
        (json!({ "sub": null }), 422, "external-id-missing"),
        (json!({ "sub": "a b" }), 403, "external-id-not-allowed"),
    ];
    for (changes, status, kind) in cases {
        let mut joe = games.person();
        joe.has(&games.token(&changes));
        let answer = joe.sign_in(TO_GAMES);
        assert_refused(&answer, status, kind, &changes.to_string());
    }
}

#[test]
fn an_address_that_nobody_has_verified_is_taken_where_the_file_says_so() {
    let optional =
        ("    algorithm: RS256\n", "    algorithm: RS256\n    email_verified: optional\n");
    let games = Games::changed(&[optional]);
    let mut joe = games.person();
    joe.has(&games.token(&json!({ "email_verified": null })));
    handed_off(&joe.sign_in(TO_GAMES));
    joe.has(&games.token(&json!({ "email_verified": false })));
    assert_refused(&joe.sign_in(TO_GAMES), 403, "email-unverified", "the provider says no");
}

#[test]
fn claims_are_mapped_as_the_file_says() {
    let claims = "    claims: { email_verified: mail_ok, name: [nick, username], tags: badges }\n";
    let games = Games::changed(&[
        ("    algorithm: RS256\n", &format!("    algorithm: RS256\n{claims}")),
        ("external_id_prefix: games_", "external_id_prefix: games_, may_say: [name, tags]"),
    ]);
    let mut joe = games.person();
    let said =
        json!({ "email_verified": null, "mail_ok": "true", "nick": "Joe", "badges": ["gold"] });
    joe.has(&games.token(&said));
    let claims = handed_off(&joe.sign_in(TO_GAMES));
    assert_eq!((&claims["name"], &claims["tags"]), (&json!("Joe"), &json!(["gold"])));
}

#[test]
fn two_cookies_of_one_name_are_nobodys_word() {
    let games = Games::start();
    let (joes, evil) = (games.token(&json!({})), games.token(&json!({ "sub": "evil" })));
    let mut joe = games.person();
    joe.has(&joes);
    // A neighbour beneath the same domain sets another: it comes first or last.
    let url = &format!("{AT}/backends/games-login/login?{TO_GAMES}");
    let cookie = format!("token={evil}; token={joes}");
    let answer = joe.send(&Request::get(url).from(HELP).with("cookie", &cookie));
    assert!(answer.leads_to().starts_with(LOGIN), "neither signs anybody in");
    assert!(answer.opens_a_flow());
    let back = &format!("{AT}/callback/games-login");
    let cookies = format!("{}; {cookie}", answer.flows()[0].split(';').next().unwrap());
    let mut other = games.person();
    let answer = other.send(&Request::get(back).from(LOGIN).with("cookie", &cookies));
    assert_refused(&answer, 400, "session-ambiguous", "two on the way back");
    // The same one twice, an empty one and one of another name do no harm.
    let cookie = format!("token={joes}; token=; tokens={evil}; Token={evil}; token={joes}");
    let mut joe = games.person();
    handed_off(&joe.send(&Request::get(url).from(HELP).with("cookie", &cookie)));
}

#[test]
fn a_backends_own_address_serves_its_own_brands_alone() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let to = |host: &str, path: &str| format!("return_to=https%3A%2F%2F{host}%2F{path}");
    let at = |backend: &str, query: &str| format!("{AT}/backends/{backend}/login?{query}");

    let shoes = to("help.acme-shoes.example", "hc");
    let answer = joe.open(&at("games-login", &shoes), HELP);
    assert_refused(&answer, 400, "other-backend", "another brand");
    let start_again = answer.links().into_iter().find(|link| link.contains("return_to="));
    assert!(start_again.unwrap().starts_with(&format!("{SSO}/login?brand_id=360000000001&")));

    let agents = to("acme-games.zendesk.com", "agent%2Ftickets");
    let answer = joe.open(&at("games-login", &agents), HELP);
    assert_refused(&answer, 400, "other-backend", "another route of the same brand");
    let answer = joe.open(&at("nobody", TO_GAMES), HELP);
    assert_refused(&answer, 400, "other-backend", "no backend at all");

    let answer = joe.open(&at("games-login", "locale_id=1"), HELP);
    assert_eq!(answer.leads_to(), format!("{SSO}/login?locale_id=1"), "the choice is made there");
    let answer = joe.open(&at("games-login", &to("evil.example", "hc")), HELP);
    assert_eq!(answer.leads_to(), format!("{SSO}/login?{}", to("evil.example", "hc")));
    let answer = joe.open(&at("shoes-site", &shoes), HELP);
    assert_refused(&answer, 404, "other-address", "another backend");
    let answer = joe.open(&format!("{SSO}/backends/shoes-site/login?{shoes}"), HELP);
    let login = "https://www.acme-shoes.example/zdlogin.php";
    assert_eq!(answer.leads_to(), format!("{login}?{shoes}"), "as /login would");
}

#[test]
fn a_cookie_that_another_site_leads_here_is_asked_about() {
    let games = Games::start();
    let url = &format!("{AT}/backends/games-login/login?{TO_GAMES}");
    let (site, none) = ("sec-fetch-site", ("sec-fetch-site", "none"));
    let request = |url: &str, from: Option<&str>, (name, value): (&str, &str)| {
        let request = Request::get(url).without("sec-fetch-site").with(name, value);
        from.map_or(request.clone(), |from| request.from(from))
    };
    // (what, its page, what the browser says, whether it is asked about)
    let cases = [
        ("the help center", Some(HELP), (site, "same-site"), false),
        ("the account", Some("https://acme.zendesk.com"), (site, "cross-site"), false),
        ("the login page", Some(LOGIN), (site, "same-site"), false),
        ("our other address, which may have led elsewhere", Some(SSO), (site, "cross-site"), true),
        ("our own", Some(AT), (site, "same-origin"), false),
        ("a mail, a bookmark, the address bar", None, none, false),
        ("a stranger", Some(STRANGER), (site, "cross-site"), true),
        ("a neighbour", Some("https://forum.acme-games.example"), (site, "same-site"), true),
        ("a neighbour that hides itself", None, (site, "same-site"), true),
        ("a stranger that hides itself", None, (site, "cross-site"), true),
        ("a stranger who says that it is nobody", Some(STRANGER), none, true),
        ("an old browser that says nothing", None, ("user-agent", "Mozilla/5.0"), true),
    ];
    for (what, from, header, is_asked) in cases {
        let mut joe = games.person();
        joe.has(&games.token(&json!({})));
        let answer = joe.send(&request(url, from, header));
        assert_eq!(answer.is_hand_off(), !is_asked, "{what}: {}", answer.body);
        // The same on the way back.
        let mut sue = games.person();
        sue.sign_in(TO_GAMES).leads_to();
        sue.has(&games.token(&json!({})));
        let back = &format!("{AT}/callback/games-login");
        let back = sue.send(&request(back, from, header));
        assert_eq!(back.is_hand_off(), !is_asked, "{what}, back: {}", back.body);
        if is_asked {
            for (mut person, question) in [(joe, answer), (sue, back)] {
                let confirmed = person.confirm(&question, AT);
                assert_eq!(handed_off(&confirmed)["email"], "joe@example.com", "{what}");
                assert_eq!(confirmed.field("return_to"), DESTINATION, "{what}");
            }
        }
    }
}

#[test]
fn only_a_page_of_its_own_is_handed_off() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let url = &format!("{AT}/backends/games-login/login?{TO_GAMES}");
    for header in ["iframe", "image"] {
        let answer = joe.send(&Request::get(url).from(STRANGER).with("sec-fetch-dest", header));
        assert_eq!(answer.leads_to(), format!("{LOGIN}/?{TO_GAMES}"), "{header:?}");
        assert_eq!(answer.flows(), [""; 0], "{header:?}");
    }
    let guess = Request::get(url).from(STRANGER).with("sec-purpose", "prefetch");
    let answer = joe.send(&guess);
    assert_refused(&answer, 503, "prefetch", "a guess of the browser's");
    assert_eq!(answer.flows(), [""; 0]);
    handed_off(&joe.open(url, HELP));
}

#[test]
fn who_goes_round_in_circles_is_stopped() {
    let games = Games::start();
    let mut joe = games.person();
    joe.has(&games.token(&json!({})));
    let url = &format!("{AT}/backends/games-login/login?{TO_GAMES}");
    for _ in 0..5 {
        handed_off(&joe.open(url, HELP));
    }
    assert_refused(&joe.open(url, HELP), 429, "loop", "the sixth within a minute");
    games.clock.advance(60);
    handed_off(&joe.open(url, HELP));
}

#[test]
fn signing_out_goes_to_the_providers_logout() {
    let logout = "    algorithm: RS256\n    logout_url: https://login.acme-games.example/out\n";
    let games = Games::changed(&[("    algorithm: RS256\n", logout)]);
    let mut joe = games.person();
    let query = "brand_id=360000000003&email=joe%40example.com&external_id=7";
    let answer = joe.open(&format!("{SSO}/logout?{query}"), HELP);
    assert_eq!(answer.leads_to(), format!("{LOGIN}/out?brand_id=360000000003"));
}
