//! "Continue to Acme Shoes as j•••@example.com?", and its answer.

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{
    App, Person, SHOES_SITE, SSO, STRANGER, TO_COFFEE, TO_SHOES, answer_to_the_question,
    assert_refused, encoded, submission,
};
use crate::support::assertion::{self, COFFEE, SHOES};
use crate::support::browser::{Browser, Request};
use crate::support::log;

/// A stranger's page opens `/login` and posts its own assertion.
fn asked(app: &App) -> (Person<'_>, Answer) {
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let answer = joe.submit(STRANGER, &app.assertion(SHOES, &json!({})), None);
    (joe, answer)
}

/// What the button of the question posts, whole.
fn whole_answer(question: &Answer) -> Request {
    let names = ["confirmation", "brand_id", "return_to"];
    let fields = names.map(|name| format!("{name}={}", encoded(&question.field(name)))).join("&");
    Request::post(&format!("{SSO}/continue"), &fields).from(SSO)
}

#[test]
fn the_person_decides() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    assert_eq!(question.title(), "Continue to Acme Shoes as j•••@example.com?");
    assert!(!question.body.contains("joe@example.com"), "masked");
    assert!(!question.body.contains("eyJ"), "and no token on the page");
    assert!(question.headers("set-cookie").is_empty(), "nothing is used up");
    let not_me = format!("/backends/shoes-site/not-me?{TO_SHOES}");
    assert_eq!(question.links(), [&*not_me, "mailto:help@acme-shoes.example"]);
    let policy = question.header("content-security-policy").unwrap();
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );

    let answer = joe.confirm(&question.field("confirmation"));
    let form = answer.hand_off();
    assert_eq!(form.return_to, "https://help.acme-shoes.example/hc/requests");
    let (_, claims) = assertion::read_by_zendesk(&form.jwt);
    assert_eq!(claims["external_id"], "shoes_7", "what was said is what Zendesk is told");
    assert!(answer.flows()[0].contains(".u."), "the flow is used up");
    let twice = joe.send(&whole_answer(&question));
    assert_refused(&twice, 409, "flow-used", "once");
    assert_eq!(twice.links()[0], "https://help.acme-shoes.example/hc/requests", "the link on");
    app.clock.advance(700);
    assert_refused(&joe.send(&whole_answer(&question)), 409, "flow-used", "and later, too");
    let (_, another) = asked(&app);
    let foreign = joe.send(&whole_answer(&another));
    assert_refused(&foreign, 403, "confirmation-refused", "another's");
}

#[test]
fn what_was_said_is_judged_by_the_rules_in_force_when_the_answer_comes() {
    let app = App::start();
    let (joe, question) = asked(&app);
    let rules = "      external_id_prefix: shoes_\n      organization: Acme Shoes\n";
    let answer = |now: &str| {
        let now = App::changed(rules, now);
        let mut browser = Browser::new(now.clock.clone(), Some(now.address()));
        browser.jar = joe.jar.clone();
        browser.send(&whole_answer(&question))
    };
    let claims = |answer: &Answer| assertion::read_by_zendesk(&answer.hand_off().jwt).1;
    let same = claims(&answer(rules));
    assert_eq!((&same["external_id"], &same["tags"]), (&json!("shoes_7"), &json!(["shoes"])));
    let moved = claims(&answer("      external_id_prefix: boots_\n      organization: Boots\n"));
    assert_eq!(
        (&moved["external_id"], &moved["organization"]),
        (&json!("boots_7"), &json!("Boots"))
    );
    let narrow = answer(&format!("{rules}      email_domains: [acme-shoes.example]\n"));
    assert_refused(&narrow, 403, "address-not-allowed", "a rule that came in between");
    let agents = answer(&format!("{rules}      roles: [admin]\n      role: admin\n"));
    assert_eq!(claims(&agents)["role"], "admin", "as in any sign-in of that moment");
}

#[test]
fn what_a_backend_said_is_believed_as_long_as_all_that_it_was_believed_by() {
    let app = App::start();
    let (joe, question) = asked(&app);
    let first = "        - { value: shoes-secret-of-the-journeys-0123456789abc }\n";
    let last = "        - { value: last-years-shoes-secret-0123456789abcdef0 }\n";
    let both = [first, last].concat();
    let next = "        - { value: next-years-shoes-secret-0123456789abcdef0 }\n";
    let answer = |secrets: &[&str]| {
        let now = App::changed(&both, &secrets.concat());
        let mut browser = Browser::new(now.clock.clone(), Some(now.address()));
        browser.jar = joe.jar.clone();
        browser.send(&whole_answer(&question))
    };
    for secrets in [&[first, last][..], &[last, first], &[next, first, last]] {
        assert!(answer(secrets).is_hand_off(), "{secrets:?}");
    }
    for secrets in [&[first][..], &[last], &[next], &[next, first]] {
        assert_refused(&answer(secrets), 409, "flow-outdated", &secrets.concat());
    }
}

#[test]
fn the_question_alone_claims_the_assertion() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({}));
    assert!(joe.submit(STRANGER, &jwt, None).body.contains("confirmation"));
    let answer = joe.submit(SHOES_SITE, &jwt, None);
    assert_refused(&answer, 409, "assertion-used", "the same assertion from a page that may");
    let honest = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(honest.is_hand_off(), "whose own one is still taken");
}

#[test]
fn only_the_same_browsers_own_answer_counts() {
    let app = App::start();
    let (joe, question) = asked(&app);
    let sealed = question.field("confirmation");
    let mut other = app.browser();
    assert_refused(&other.confirm(&sealed), 403, "confirmation-refused", "another browser");
    other.login(TO_SHOES);
    assert_refused(&other.confirm(&sealed), 403, "confirmation-refused", "with a flow of its own");

    let (expires, rest) = sealed.split_once('.').unwrap();
    let later = format!("{}.{rest}", expires.parse::<u64>().unwrap() + 600);
    let flipped = if sealed.ends_with('A') { "B" } else { "A" };
    let altered = [
        ("a byte less", sealed[..sealed.len() - 1].to_owned()),
        ("another byte", format!("{}{flipped}", &sealed[..sealed.len() - 1])),
        ("a later end", later),
        ("a flow in its place", joe.jar.flows().remove(0).1),
        ("nothing", String::new()),
    ];
    for (what, text) in altered {
        assert_refused(&joe.clone().confirm(&text), 403, "confirmation-refused", what);
    }

    let request = || answer_to_the_question(&sealed);
    let cross_site = [
        ("a stranger's page", request().from(STRANGER)),
        ("the backend's page", request().from(SHOES_SITE)),
        ("a page that hides", request().from(SSO).with("origin", "null").without("referer")),
        ("our page in a frame", request().from(SSO).with("sec-fetch-dest", "iframe")),
    ];
    for (what, request) in cross_site {
        assert_refused(&joe.clone().send(&request), 403, "confirmation-refused", what);
    }
    assert!(joe.clone().confirm(&sealed).is_hand_off(), "all that has used up nothing");
}

#[test]
fn an_answer_has_ten_minutes() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    app.clock.advance(590);
    assert!(joe.clone().confirm(&question.field("confirmation")).is_hand_off());
    app.clock.advance(20);
    let late = joe.confirm(&question.field("confirmation"));
    assert_refused(&late, 403, "confirmation-refused", "too late");
}

#[test]
fn a_question_without_a_flow_brings_one() {
    let app = App::start();
    let mut joe = app.browser();
    let to = "https://help.acme-coffee.example/hc?a=b";
    let question = joe.submit(STRANGER, &app.assertion(COFFEE, &json!({})), Some(to));
    assert!(question.opens_a_flow());
    assert_eq!(joe.confirm(&question.field("confirmation")).hand_off().return_to, to);
    let mut elsewhere = app.browser();
    elsewhere.login(TO_COFFEE);
    let foreign = elsewhere.confirm(&question.field("confirmation"));
    assert_refused(&foreign, 403, "confirmation-refused", "another browser");
}

#[test]
fn the_answer_is_a_form_of_ours() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    let sealed = question.field("confirmation");
    for method in ["GET", "HEAD", "PUT", "OPTIONS"] {
        let request = Request::new(method, &format!("{SSO}/continue?confirmation={sealed}"));
        let answer = joe.send(&request.from(SSO));
        assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{method}");
    }
    let typed = Request::new("POST", &format!("{SSO}/continue")).with("content-type", "text/plain");
    assert_refused(
        &joe.send(&typed.with("content-length", "0").from(SSO)),
        415,
        "wrong-content-type",
        "text",
    );
    let large = Request::post(&format!("{SSO}/continue"), &"x".repeat(70_000)).from(SSO);
    assert_refused(&joe.send(&large), 413, "body-too-large", "large");
}

#[test]
fn who_says_that_this_is_not_them_is_led_to_the_sites_logout_and_asked_the_next_time() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    let not_me = format!("{SSO}{}", question.links()[0]);
    let out = joe.send(&Request::get(&not_me).from(SSO));
    let logout = format!("https://www.acme-shoes.example/zdlogout.php?{TO_SHOES}");
    assert_eq!(out.location(), logout, "never straight back in");

    // The site has not ended its session, and answers at once.
    joe.login(TO_SHOES).location();
    let asked = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_eq!(asked.title(), "Continue to Acme Shoes as j•••@example.com?");
    assert!(asked.text().contains("We ask because somebody said here"), "{}", asked.text());
    let foreign = joe.submit(STRANGER, &app.assertion(SHOES, &json!({})), None).text();
    assert!(foreign.contains(STRANGER) && !foreign.contains("somebody said here"), "{foreign}");
    let own = joe.follow("/access/jwt", SSO, &app.assertion(SHOES, &json!({})));
    assert!(!own.is_hand_off(), "by our own page, too");
    let mut later = joe.clone();
    let answer = joe.confirm(&asked.field("confirmation"));
    assert!(answer.takes_away().contains(&"__Host-bg-ask"), "the answer is given");
    assert!(joe.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off(), "and not asked for again");
    app.clock.advance(601);
    assert!(later.sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off(), "after ten minutes");
    assert!(app.browser().sign_in(TO_SHOES, SHOES, &json!({})).is_hand_off(), "another browser");
}

#[test]
fn where_a_site_has_no_logout_a_page_says_what_to_do() {
    let app = App::start();
    let at = |backend: &str, query: &str| format!("{SSO}/backends/{backend}/not-me?{query}");
    let agents = "return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fagent%2Ftickets";
    let mut joe = app.browser();
    let page = joe.send(&Request::get(&at("staff-site", agents)).from(SSO));
    assert_eq!((page.status, page.title().as_str()), (200, "Please sign out there first"));
    let again = format!("/login?brand_id=360000000001&{agents}");
    assert_eq!(page.links(), ["https://intranet.acme.example/".to_owned(), again]);
    assert!(page.sets()[0].starts_with("__Host-bg-ask=1; Path=/; Max-Age=600; "));

    let cases = [
        ("no such backend", at("nobody", TO_SHOES), 404, "not-found"),
        ("no brand", at("shoes-site", ""), 404, "unknown-brand"),
        ("another brand's backend", at("coffee-site", TO_SHOES), 404, "not-found"),
        (
            "another address behind a `;`",
            at("shoes-site", &format!("{TO_SHOES}&x=1;return_to=https://evil.example")),
            400,
            "malformed-request",
        ),
        (
            "another address, escaped for HTML",
            at("shoes-site", "brand_id=360000000001&amp;return_to=https%3A%2F%2Fevil.example"),
            400,
            "malformed-request",
        ),
        (
            "a stranger's address",
            at("shoes-site", "brand_id=360000000001&return_to=https%3A%2F%2Fevil.example"),
            400,
            "return-to-refused",
        ),
    ];
    for (what, address, status, kind) in cases {
        let answer = joe.send(&Request::get(&address));
        assert_refused(&answer, status, kind, what);
        assert!(answer.headers("location").is_empty(), "{what}: nothing goes on");
    }
    let nobodys = [
        Request::get(&at("shoes-site", TO_SHOES)).with("sec-fetch-dest", "image"),
        Request::get(&at("staff-site", agents)).with("sec-fetch-dest", "iframe"),
        Request::new("HEAD", &at("shoes-site", TO_SHOES)),
    ];
    for request in nobodys {
        let answer = app.browser().send(&request.from(STRANGER));
        assert!(answer.headers("set-cookie").is_empty(), "nobody pressed a button: {answer:?}");
    }
    let guess = Request::get(&at("shoes-site", TO_SHOES)).with("sec-purpose", "prefetch");
    assert_refused(&joe.send(&guess), 503, "prefetch", "a guess of the browser's");
    let post = Request::post(&at("shoes-site", TO_SHOES), "");
    assert_refused(&joe.send(&post.from(SSO)), 405, "method-not-allowed", "a form");
}

#[test]
fn an_answer_without_its_flow_still_knows_where_the_person_was_going() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    let flow = joe.jar.flows().remove(0).0;
    joe.jar.forget(&flow);
    let answer = joe.send(&whole_answer(&question));
    assert_refused(&answer, 403, "confirmation-refused", "evicted");
    assert_eq!(answer.links()[0], format!("/login?{TO_SHOES}"), "start again");
    for foreign in ["return_to=https%3A%2F%2Fevil.example", "brand_id=17", "return_to=x&brand_id=y"]
    {
        let body = format!("confirmation=x&{foreign}");
        let answer = joe.send(&Request::post(&format!("{SSO}/continue"), &body).from(SSO));
        assert_refused(&answer, 403, "confirmation-refused", foreign);
        assert_eq!(answer.links(), [format!("{SSO}/login")], "{foreign}");
    }
}

#[test]
fn whoever_is_asked_reads_why_and_the_log_says_who_sent_them() {
    let app = App::start();
    let jwt = || app.assertion(SHOES, &json!({}));
    let typed = |jwt: &str| Request::get(&format!("{SSO}/access/jwt?jwt={jwt}"));
    // (what, the request, what the page says, what the log says)
    let cases = [
        (
            "a stranger's form",
            submission("/access/jwt", &jwt(), None).from(STRANGER),
            "from another website: https://stranger.example",
            STRANGER,
        ),
        (
            "a webmail's link",
            typed(&jwt()).from("https://mail.example"),
            "from another website: https://mail.example",
            "https://mail.example",
        ),
        ("a link in a mail", typed(&jwt()), "such as a bookmark or a link in a message", "none"),
        (
            "a page that hides itself",
            typed(&jwt()).from(STRANGER).without("referer"),
            "does not tell us",
            "unknown",
        ),
        (
            "an address that is none",
            submission("/access/jwt", &jwt(), None)
                .from(STRANGER)
                .with("origin", "joe@example.com"),
            "does not tell us",
            "unknown",
        ),
    ];
    for (what, request, says, sender) in cases {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let question = joe.send(&request);
        assert!(question.text().contains(says), "{what}: {}", question.text());
        let line = log::line(&question.trace());
        let found = (line["sender"].as_str(), line["outcome"].as_str());
        assert_eq!(found, (Some(sender), Some("asked")), "{what}: {line}");
    }
}
