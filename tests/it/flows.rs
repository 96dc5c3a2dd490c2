//! Flows: what a browser keeps of a sign-in that is under way.

use brandgate::clock::Clock;
use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{
    App, BRANDS, COFFEE_SITE, SHOES_SITE, SSO, STRANGER, TO_BOOTS, TO_COFFEE, TO_SHOES,
    assert_refused, encoded, submission,
};
use crate::support::assertion::{self, COFFEE, SHOES, STAFF};
use crate::support::browser::{Browser, Request};
use crate::support::log;

fn start_again(query: &str) -> String {
    format!("/login?{query}")
}

fn return_to_of(answer: &Answer) -> String {
    answer.hand_off().return_to
}

#[test]
fn a_hand_off_uses_up_the_flow_and_nothing_else_does() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let (id, _) = joe.jar.flows().remove(0);
    let wrong = app.assertion(COFFEE, &json!({}));
    assert_eq!(joe.submit(SHOES_SITE, &wrong, None).status, 403);
    assert_eq!(joe.login("brand_id=17").status, 200);
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(answer.is_hand_off());
    let set = answer.flows();
    assert!(
        set.len() == 1 && set[0].starts_with(&format!("{id}=")) && set[0].contains(".u."),
        "{set:?}"
    );

    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 409, "flow-used", "the second time");
    let again = start_again(TO_SHOES);
    assert_eq!(
        answer.links()[..2],
        ["https://help.acme-shoes.example/hc/requests".to_owned(), again]
    );
}

#[test]
fn a_used_flow_cannot_be_made_to_look_unused() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let before = joe.jar.clone();
    let (id, _) = before.flows().remove(0);
    let jwt = app.assertion(SHOES, &json!({}));
    assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off());
    let mut forged = joe.clone();
    forged.jar.alter(&id, |value| value.replace(".u.", ".f."));
    let answer = forged.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 400, "flow-altered", "another letter");
    joe.jar = before;
    let answer = joe.submit(SHOES_SITE, &jwt, None);
    assert_refused(&answer, 409, "assertion-used", "the cookie of before, kept aside");
}

#[test]
fn a_flow_lasts_an_hour() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let cookie = joe.clone();
    app.clock.advance(3590);
    assert!(joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None).is_hand_off());
    app.clock.advance(20);
    let mut late = cookie.clone();
    let answer = late.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 410, "flow-expired", "after lunch");
    assert_eq!(answer.links()[0], start_again(TO_SHOES));
    app.clock.advance(22 * 3600);
    let answer = late.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 410, "flow-expired", "in the morning");
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 400, "flow-missing", "what was finished is forgotten within the hour");
    app.clock.advance(3600);
    let answer = late.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 400, "flow-missing", "the browser has forgotten it");
}

#[test]
fn a_flow_whose_time_is_up_stands_in_no_other_sign_ins_way() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_COFFEE);
    app.clock.advance(4000);
    // The shoes' site starts by itself, which its backend is not allowed to.
    let to = "https://help.acme-shoes.example/hc";
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(to));
    assert_refused(&answer, 400, "flow-missing", "a flow of another brand is over");
    let again = "/login?brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    assert_eq!(answer.links()[0], again, "and not to the coffee's page");

    assert!(joe.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off(), "a new one counts");

    // One that nobody can open any more, since the key was another: it says nothing at all.
    let mut sue = app.browser();
    sue.login(TO_COFFEE);
    let (id, _) = sue.jar.flows().remove(0);
    sue.jar.alter(&id, |value| format!("{}A", &value[..value.len() - 1]));
    let answer = sue.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 400, "flow-altered", "positive control");
    app.clock.advance(4000);
    let answer = sue.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&answer, 400, "flow-missing", "of a key that is gone");
}

#[test]
fn of_several_sign_ins_that_are_over_the_last_is_told_of() {
    let app = App::start();
    let mut joe = app.browser();
    let jwt = app.assertion(SHOES, &json!({}));
    joe.login(TO_BOOTS);
    assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off());
    // The first within the same second.
    for page in ["requests", "search", "articles"] {
        let query = TO_SHOES.replace("requests", page);
        let jwt = app.assertion(SHOES, &json!({}));
        joe.login(&query);
        assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off());
        let reloaded = joe.submit(SHOES_SITE, &jwt, None);
        assert_refused(&reloaded, 409, "flow-used", page);
        let done = format!("https://help.acme-shoes.example/hc/{page}");
        assert_eq!(reloaded.links()[..2], [done, start_again(&query)]);
        app.clock.advance(1);
    }
    // An older tab, whose script says for which page it is.
    let to = "https://help.acme-boots.example/hc/requests";
    let older = joe.submit(SHOES_SITE, &jwt, Some(to));
    assert_refused(&older, 409, "flow-used", "the first of them");
    assert_eq!(older.links()[..2], [to.to_owned(), start_again(TO_BOOTS)]);
    // A form's address names one of them.
    joe.login(TO_BOOTS);
    let boots = joe.jar.flows().pop().unwrap().0;
    let form = format!("/sign-in/{}", boots.strip_prefix("__Host-bg-").unwrap());
    app.clock.advance(3600 - 10);
    assert!(joe.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off());
    app.clock.advance(10);
    let late = joe.send(&Request::get(&format!("{SSO}{form}")));
    assert_refused(&late, 410, "flow-expired", "whatever else is done");
    assert_eq!(late.links()[0], start_again(TO_BOOTS));
}

#[test]
fn a_page_that_is_reloaded_without_its_token_knows_where_somebody_was_going() {
    let app = App::start();
    let mut joe = app.browser();
    let reload = Request::get(&format!("{SSO}/access/jwt")).with("sec-fetch-site", "none");
    assert_refused(&joe.send(&reload), 400, "no-token", "nobody has begun anything");
    joe.login(TO_SHOES);
    let old = app.assertion(SHOES, &json!({"iat": app.clock.now() - 400}));
    let by_get = format!("{SSO}/access/jwt?jwt={old}");
    let answer = joe.send(&Request::get(&by_get).from(SHOES_SITE));
    assert_refused(&answer, 403, "assertion-too-old", "an old script's GET");
    let answer = joe.send(&reload);
    assert_refused(&answer, 400, "no-token", "its page has no token in its address");
    assert_eq!(answer.links()[0], start_again(TO_SHOES));

    assert!(joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None).is_hand_off());
    let answer = joe.send(&reload);
    assert_refused(&answer, 409, "flow-used", "the hand-off's page, reloaded");
    assert_eq!(answer.links()[0], "https://help.acme-shoes.example/hc/requests");

    app.clock.advance(1);
    joe.login(TO_COFFEE);
    let answer = joe.send(&submission("/access/jwt", "", None).from(COFFEE_SITE));
    assert_refused(&answer, 400, "no-token", "a script forgets it, after another sign-in");
    assert_eq!(answer.links()[0], start_again(TO_COFFEE));
    let answer = joe.send(&submission("/backends/shoes-site/access/jwt", "", None));
    assert_refused(&answer, 409, "flow-used", "of that backend alone");
}

#[test]
fn who_sends_no_token_is_told_of_the_brand_of_the_posted_page() {
    let app = App::start();
    let coffee = "https://help.acme-coffee.example/hc/requests";
    let again = start_again(TO_COFFEE);
    let empty = |to| submission("/access/jwt", "", Some(to)).from(COFFEE_SITE);
    let check = |answer: &Answer, what: &str| {
        assert_refused(answer, 400, "no-token", what);
        assert_eq!(answer.links()[0], again, "{what}");
        assert_eq!(log::line(&answer.trace())["brand.name"], "coffee", "{what}");
    };
    let mut joe = app.browser();
    check(&joe.send(&empty(coffee)), "nothing is begun");
    joe.login(TO_COFFEE);
    app.clock.advance(1);
    joe.login(TO_SHOES);
    check(&joe.send(&empty(coffee)), "another brand's sign-in is newer");
    for nowhere in ["/hc", "https://evil.example/", "https://acme.zendesk.com/", "null", ""] {
        let answer = joe.send(&empty(nowhere));
        assert_refused(&answer, 400, "no-token", nowhere);
        assert_eq!(answer.links()[0], start_again(TO_SHOES), "the newest: {nowhere}");
    }
    let twice = format!("jwt=&return_to={0}&return_to={0}", encoded(coffee));
    let twice = Request::post(&format!("{SSO}/access/jwt"), &twice).from(COFFEE_SITE);
    assert_refused(&joe.send(&twice), 400, "malformed-request", "which of them?");

    let mut sue = app.browser();
    assert!(sue.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off());
    check(&sue.send(&empty(coffee)), "another brand's sign-in is done");
    let mut ann = app.browser();
    ann.login(TO_SHOES);
    app.clock.advance(4000);
    check(&ann.send(&empty(coffee)), "another brand's sign-in is over");
    let own = ann.send(&empty("https://help.acme-shoes.example/hc"));
    assert_refused(&own, 410, "flow-expired", "the same brand's");
    assert_eq!(own.links()[0], start_again(TO_SHOES));
}

#[test]
fn a_flow_whose_time_is_up_stays_so_however_it_would_begin_now() {
    let app = App::start();
    let jwt = app.assertion(SHOES, &json!({}));
    let post = |to| submission("/access/jwt", &jwt, to).from(SHOES_SITE);
    let boots = Some("https://help.acme-boots.example/hc");
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let tables = [
        ("another route", BRANDS.replace("'^/agent(/|$)'", "'^/hc'"), "shoes"),
        ("another backend", BRANDS.replace("shoes-site", "sneakers-site"), "shoes"),
        ("no such brand", BRANDS.replace("\n  shoes:\n", "\n  sneakers:\n"), ""),
    ];
    for (what, yaml, brand) in tables {
        assert_ne!(yaml, BRANDS, "{what}");
        let now = App::with(&yaml);
        let open = moved(&joe, &now)(&post(None));
        assert_refused(&open, 409, "flow-outdated", what);
        assert_eq!(log::line(&open.trace())["brand.name"].as_str().unwrap_or(""), brand);
        if !brand.is_empty() {
            let other = moved(&joe, &now)(&post(boots));
            assert_refused(&other, 400, "flow-missing", &format!("another brand's, {what}"));
        }
        now.clock.advance(4000);
        let late = moved(&joe, &now)(&post(None));
        assert_refused(&late, 410, "flow-expired", what);
        assert_eq!(log::line(&late.trace())["brand.name"].as_str().unwrap_or(""), brand);
        if !brand.is_empty() {
            let other = moved(&joe, &now)(&post(boots));
            assert_refused(&other, 400, "flow-missing", &format!("another brand's, over, {what}"));
        }
    }
}

#[test]
fn one_that_is_over_hides_none_that_began_after_it() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_BOOTS);
    app.clock.advance(4000);
    assert!(joe.sign_in(TO_BOOTS, SHOES, &json!({})).is_hand_off());
    app.clock.advance(1);
    joe.login(TO_SHOES);
    let now = App::changed("'^/agent(/|$)'", "'^/hc'");
    now.clock.advance(4001);
    let jwt = app.assertion(SHOES, &json!({}));
    let answer = moved(&joe, &now)(&submission("/access/jwt", &jwt, None).from(SHOES_SITE));
    assert_refused(&answer, 409, "flow-outdated", "the newest would begin otherwise");
}

#[test]
fn a_flow_that_was_tampered_with_is_worth_nothing() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let mut other = app.browser();
    other.login(TO_BOOTS);
    let (id, value) = joe.jar.flows().remove(0);
    let foreign = other.jar.flows().remove(0).1;
    let (expires, rest) = value.split_once('.').unwrap();
    let later = format!("{}.{rest}", expires.parse::<u64>().unwrap() + 1);
    let flipped = if value[20..].starts_with('A') { "B" } else { "A" };
    let cases = [
        ("a longer life", later),
        ("a byte less", value[..value.len() - 1].to_owned()),
        ("another byte", format!("{}{flipped}{}", &value[..20], &value[21..])),
        ("the value of another flow", foreign),
        ("nothing", String::new()),
        ("nonsense", "x".to_owned()),
        ("dots", "..".to_owned()),
        ("a sign before the number", format!("+{value}")),
    ];
    for (what, value) in cases {
        let mut joe = joe.clone();
        joe.jar.alter(&id, |_| value.clone());
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
        assert_refused(&answer, 400, "flow-altered", what);
    }
    assert!(joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None).is_hand_off());
}

#[test]
fn whoever_has_no_flow_is_told_so() {
    let app = App::start();
    let jwt = app.assertion(SHOES, &json!({}));
    let to = "https://help.acme-shoes.example/hc";
    let mut stranger = app.browser();
    let answer = stranger.submit(SHOES_SITE, &jwt, Some(to));
    assert_refused(&answer, 400, "flow-missing", "no cookies at all");
    let again = "/login?brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    assert_eq!(answer.links()[0], again, "to the same destination");
    let lost = stranger.submit(SHOES_SITE, &jwt, Some("https://evil.example/"));
    assert_refused(&lost, 400, "flow-missing", "no cookies, and nowhere to go");
    assert_eq!(lost.links(), ["https://sso.acme.example/login"], "nothing of what was posted");
    let program = app.send(&submission("/access/jwt", &jwt, Some(to)));
    assert_refused(&program, 400, "flow-missing", "a program");
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let frame =
        submission("/access/jwt", &jwt, None).from(SHOES_SITE).with("sec-fetch-dest", "iframe");
    assert_refused(&joe.send(&frame), 400, "flow-missing", "a frame reads none");
    let script =
        submission("/access/jwt", &jwt, None).from(SHOES_SITE).with("sec-fetch-dest", "empty");
    assert_refused(&joe.send(&script), 400, "flow-missing", "a script reads none");
    assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off(), "and nothing was claimed by that");
}

#[test]
fn a_browser_keeps_as_many_flows_as_fit_and_the_oldest_go_first() {
    let app = App::start();
    let mut joe = app.browser();
    let mut opened = Vec::new();
    let page = |count: usize| {
        let form = "x".repeat(200);
        format!("https://help.acme-shoes.example/hc/requests/new?form={form}&tab={count}")
    };
    let query = |count| format!("brand_id=360000000001&return_to={}", encoded(&page(count)));
    for count in 0..20 {
        joe.login(&query(count)).location();
        opened.extend(joe.jar.flows().pop().map(|flow| flow.0));
        // Some within one second.
        app.clock.advance(i64::from(count % 4 == 3));
    }
    let kept: Vec<_> = joe.jar.flows().into_iter().map(|flow| flow.0).collect();
    assert!((12..20).contains(&kept.len()), "{} long ones", kept.len());
    assert_eq!(kept, opened[20 - kept.len()..]);

    let mut submit =
        |page: Option<&str>| joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), page);
    assert_eq!(return_to_of(&submit(None)), page(19), "without a word, the newest");
    let oldest = page(20 - kept.len());
    let asked = submit(Some(&oldest));
    assert_eq!(return_to_of(&asked), oldest);
    assert!(asked.flows()[0].starts_with(&kept[0]), "the flow of that very page is used up");
    let gone = submit(Some(&page(0)));
    assert_eq!(return_to_of(&gone), page(0), "another one vouches for it");
    assert!(gone.flows().is_empty(), "and stays open: {:?}", gone.flows());
    assert_eq!(return_to_of(&submit(Some(&page(18)))), page(18));
}

#[test]
fn used_flows_do_not_crowd_out_open_ones() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_BOOTS).location();
    let boots = joe.jar.flows().remove(0).0;
    for _ in 0..40 {
        assert!(joe.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off());
        app.clock.advance(61);
    }
    let kept = joe.jar.flows();
    assert!(kept.len() <= 6, "{} flows", kept.len());
    assert!(kept.iter().any(|flow| flow.0 == boots));
    let to = Some("https://help.acme-boots.example/hc/requests");
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), to);
    assert_eq!(Some(return_to_of(&answer).as_str()), to);
}

#[test]
fn flows_take_at_most_six_kilobytes() {
    let app = App::start();
    let mut joe = app.browser();
    for count in 0..6 {
        joe.login(&format!("{TO_SHOES}%3F{count}{}", "x".repeat(1900)));
        let bytes: usize =
            joe.jar.flows().iter().map(|(name, value)| name.len() + value.len() + 3).sum();
        assert!(bytes <= 6 * 1024, "{bytes} bytes after {count}");
        app.clock.advance(61);
    }
    assert_eq!(joe.jar.flows().len(), 2, "as many long ones as fit");
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(return_to_of(&answer).starts_with("https://help.acme-shoes.example/hc/requests?5xxx"));
}

#[test]
fn two_tabs_of_two_backends_without_return_to_find_their_own() {
    for is_shoes_first in [true, false] {
        let app = App::start();
        let mut joe = app.browser();
        for query in if is_shoes_first { [TO_SHOES, TO_COFFEE] } else { [TO_COFFEE, TO_SHOES] } {
            joe.login(query);
            app.clock.advance(1);
        }
        let shoes = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
        assert_eq!(return_to_of(&shoes), "https://help.acme-shoes.example/hc/requests");
        let jwt = app.assertion(COFFEE, &json!({}));
        let coffee = joe.follow("/access/jwt", COFFEE_SITE, &jwt);
        assert_eq!(return_to_of(&coffee), "https://help.acme-coffee.example/hc/requests");
    }
}

#[test]
fn two_tabs_of_two_brands_with_one_backend_are_told_apart_by_return_to() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    app.clock.advance(1);
    joe.login(TO_BOOTS);
    let to = "https://help.acme-shoes.example/hc/requests";
    let shoes = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(to)).hand_off();
    assert_eq!(shoes.return_to, to);
    let id = |jwt: &str| assertion::read_by_zendesk(jwt).1["external_id"].clone();
    assert_eq!(id(&shoes.jwt), "shoes_7", "by the rules of that brand");
    let boots = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None).hand_off();
    assert_eq!(
        (boots.return_to.as_str(), id(&boots.jwt)),
        ("https://help.acme-boots.example/hc/requests", json!("boots_7"))
    );

    let mut hasty = app.browser();
    hasty.login(TO_SHOES);
    hasty.login(TO_BOOTS);
    let newest = hasty.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_eq!(return_to_of(&newest), boots.return_to, "without a word, the newest");
}

#[test]
fn the_rules_are_those_of_the_flow_and_not_of_the_posted_page() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let agents = "https://acme-shoes.zendesk.com/agent/tickets";
    let jwt = app.assertion(SHOES, &json!({"role": "agent"}));
    let answer = joe.submit(SHOES_SITE, &jwt, Some(agents));
    assert_refused(&answer, 403, "role-not-allowed", "a route's rules are for its own backend");
    let mut staff = app.browser();
    staff.login(&format!("return_to={agents}"));
    let jwt =
        app.assertion(STAFF, &json!({"role": "agent", "email": "ann@acme.example", "aud": SSO}));
    let answer = staff.submit("https://intranet.acme.example", &jwt, Some("/hc"));
    let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
    assert_eq!((&claims["role"], &claims["external_id"]), (&json!("agent"), &json!("7")));
    assert_eq!(return_to_of(&answer), "https://help.acme-shoes.example/hc");
}

#[test]
fn the_path_names_the_backend_whose_flow_counts() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    app.clock.advance(1);
    joe.login(TO_COFFEE);
    let jwt = app.assertion(SHOES, &json!({}));
    let answer = joe.submit_to("coffee-site", SHOES_SITE, &jwt);
    assert_refused(&answer, 403, "assertion-signature", "a flow of that backend, another's key");
    let answer = joe.submit_to("staff-site", SHOES_SITE, &jwt);
    assert_refused(&answer, 400, "flow-foreign", "no flow of that backend");
    assert!(joe.submit_to("shoes-site", SHOES_SITE, &jwt).is_hand_off());
}

/// The browser of somebody who began at one instance, at another one with another table.
fn moved<'a>(joe: &Browser, app: &'a App) -> impl FnMut(&Request) -> Answer + use<'a> {
    let jar = joe.jar.clone();
    let mut browser = Browser::new(Clock::default(), Some(app.address()));
    browser.jar = jar;
    move |request| browser.send(request)
}

#[test]
fn a_flow_counts_only_as_far_as_the_table_now_in_force_agrees() {
    let app = App::start();
    let tea = "  tea-site:\n    type: redirect\n    login_url: https://login.acme-tea.example/\n    \
               assertion: { algorithm: HS256, secrets: { value: tea-secret-of-the-journeys-0123456789abcde } }\n\n  native:\n";
    let renamed = BRANDS.replace("shoes-site", "sneakers-site");
    let handed_over = BRANDS.replace("\n  native:\n", &format!("\n{tea}")).replace(
        "acme-shoes.zendesk.com]\n    backend: shoes-site",
        "acme-shoes.zendesk.com]\n    backend: tea-site",
    );
    let gone =
        BRANDS.replace("help.acme-shoes.example, acme-shoes.zendesk.com", "new.acme-shoes.example");
    let routed = BRANDS.replace("'^/agent(/|$)'", "'^/hc'");
    let ruled = routed.replace("backend: staff-site", "backend: shoes-site");
    let native = BRANDS.replace(
        "acme-shoes.zendesk.com]\n    backend: shoes-site",
        "acme-shoes.zendesk.com]\n    backend: native",
    );
    let other_brand = BRANDS.replace("\n  shoes:\n", "\n  sneakers:\n");
    let silent = BRANDS.replace(
        "    assertion:\n      algorithm: HS256\n      secrets:\n        - { value: shoes-secret-of-the-journeys-0123456789abc }\n        - { value: last-years-shoes-secret-0123456789abcdef0 }\n",
        "",
    );
    let cases = [
        ("the same table", BRANDS.to_owned(), true),
        ("a backend that is gone", renamed, false),
        ("a brand with another backend", handed_over, false),
        ("a host that is gone", gone, false),
        ("a route that now matches", routed, false),
        ("a route with rules of its own for the same backend", ruled, false),
        ("a brand now on Zendesk's own sign-in", native, false),
        ("a brand that is gone", other_brand, false),
        ("a backend that says nothing any more", silent, false),
    ];
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    for (what, yaml, agrees) in cases {
        assert!(agrees || yaml != BRANDS, "{what}");
        let now = App::with(&yaml);
        let jwt = app.assertion(SHOES, &json!({}));
        let answer = moved(&joe, &now)(&submission("/access/jwt", &jwt, None).from(SHOES_SITE));
        assert_eq!(answer.is_hand_off(), agrees, "{what}: {} {}", answer.status, answer.title());
        if !agrees {
            assert_refused(&answer, 409, "flow-outdated", what);
        }
    }
    let key = "{ value: state-key-of-the-journeys-0123456789abcdef }";
    let next = "{ value: next-state-key-of-the-journeys-0123456789 }";
    for keys in [format!("[{next}, {key}]"), format!("[{key}, {next}]")] {
        let now = App::changed(key, &keys);
        let jwt = app.assertion(SHOES, &json!({}));
        let answer = moved(&joe, &now)(&submission("/access/jwt", &jwt, None).from(SHOES_SITE));
        assert!(answer.is_hand_off(), "{keys}");
    }
    let new_key = App::changed("state-key-of-the-journeys", "another-state-key-altogether");
    let jwt = app.assertion(SHOES, &json!({}));
    let answer = moved(&joe, &new_key)(&submission("/access/jwt", &jwt, None).from(SHOES_SITE));
    assert_refused(&answer, 400, "flow-altered", "another state key");
}

#[test]
fn only_who_may_start_by_himself_is_taken_without_a_flow() {
    let app = App::start();
    let to = Some("https://help.acme-coffee.example/hc/requests?a=b");
    let coffee = || app.assertion(COFFEE, &json!({}));
    let mut joe = app.browser();
    let answer = joe.submit(COFFEE_SITE, &coffee(), to);
    assert_eq!(Some(return_to_of(&answer).as_str()), to);
    assert!(answer.flows().is_empty());
    let path = "/backends/coffee-site/access/jwt";
    assert!(joe.send(&submission(path, &coffee(), to).from(COFFEE_SITE)).is_hand_off());
    let replayed = coffee();
    assert!(joe.submit(COFFEE_SITE, &replayed, to).is_hand_off());
    assert_refused(&joe.submit(COFFEE_SITE, &replayed, to), 409, "assertion-used", "once");

    let cases = [
        ("no destination", coffee(), None, "/access/jwt", "flow-missing"),
        ("a path, which names no brand", coffee(), Some("/hc"), "/access/jwt", "flow-missing"),
        (
            "the account's host",
            coffee(),
            Some("https://acme.zendesk.com/"),
            "/access/jwt",
            "flow-missing",
        ),
        (
            "a stranger's host",
            coffee(),
            Some("https://evil.example/"),
            "/access/jwt",
            "flow-missing",
        ),
        (
            "another brand's host",
            coffee(),
            Some("https://help.acme-shoes.example/"),
            "/access/jwt",
            "flow-missing",
        ),
        ("another backend's path", coffee(), to, "/backends/shoes-site/access/jwt", "flow-missing"),
        (
            "another backend's token",
            app.assertion(SHOES, &json!({})),
            to,
            "/access/jwt",
            "assertion-signature",
        ),
        (
            "who may not",
            app.assertion(SHOES, &json!({})),
            Some("https://help.acme-shoes.example/"),
            "/access/jwt",
            "flow-missing",
        ),
    ];
    for (what, jwt, to, path, kind) in cases {
        let answer = app.browser().send(&submission(path, &jwt, to).from(COFFEE_SITE));
        let status = if kind == "flow-missing" { 400 } else { 403 };
        assert_refused(&answer, status, kind, what);
    }
    let path = "/backends/coffee-site/access/jwt";
    let home = "https://help.acme-coffee.example/";
    // The backend in the path serves one brand: no more need be said.
    let at_only_brand = [
        (None, home),
        (Some("/hc/requests?a=b"), "https://help.acme-coffee.example/hc/requests?a=b"),
        (Some("/agent/tickets"), "https://acme-coffee.zendesk.com/agent/tickets"),
        (Some("/access/logout"), home),
        (Some("https://acme.zendesk.com/hc"), "https://acme.zendesk.com/hc"),
        (Some("null"), home),
        (Some("http://help.acme-coffee.example/hc"), home),
        (Some("//evil.example"), home),
    ];
    for (to, ends) in at_only_brand {
        let answer = app.browser().send(&submission(path, &coffee(), to).from(COFFEE_SITE));
        assert_eq!(return_to_of(&answer), ends, "{to:?}");
    }
    let shoes = Some("https://help.acme-shoes.example/hc");
    let refused = [
        ("a stranger's", coffee(), Some("https://evil.example/"), 400, "return-to-refused"),
        ("another backend's brand's", coffee(), shoes, 400, "other-backend"),
        ("another's key", app.assertion(SHOES, &json!({})), None, 403, "assertion-signature"),
    ];
    for (what, jwt, to, status, kind) in refused {
        let answer = app.browser().send(&submission(path, &jwt, to).from(COFFEE_SITE));
        assert_refused(&answer, status, kind, what);
    }
    let two = "      secrets:\n        - { value: shoes-secret-of-the-journeys-0123456789abc }";
    let of_two = App::changed(two, &format!("      unsolicited: true\n{two}"));
    let path = "/backends/shoes-site/access/jwt";
    let shoes_says = || of_two.assertion(SHOES, &json!({}));
    for to in [None, Some("/hc"), Some("null")] {
        let answer = of_two.browser().send(&submission(path, &shoes_says(), to).from(SHOES_SITE));
        assert_refused(&answer, 404, "unknown-brand", "whose backend serves several brands");
    }
    let answer = of_two.browser().send(&submission(path, &shoes_says(), shoes).from(SHOES_SITE));
    assert_eq!(Some(return_to_of(&answer).as_str()), shoes);
    let asked = app.browser().submit(STRANGER, &coffee(), to);
    assert!(
        asked.title().starts_with("Continue to Acme Coffee"),
        "a stranger's page does not go on"
    );
}
