//! "Continue to Acme Shoes as j•••@example.com?", and its answer.

use serde_json::json;

use crate::answer::Answer;
use crate::app::{
    App, Person, SHOES_SITE, SSO, STRANGER, TO_COFFEE, TO_SHOES, answer_to_the_question,
    assert_refused,
};
use crate::assertion::{self, COFFEE, SHOES};
use crate::browser::Request;

/// A stranger's page opens `/login` and posts its own assertion.
fn asked(app: &App) -> (Person<'_>, Answer) {
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let answer = joe.submit(STRANGER, &app.assertion(SHOES, &json!({})), None);
    (joe, answer)
}

#[test]
fn the_person_decides() {
    let app = App::start();
    let (mut joe, question) = asked(&app);
    assert_eq!(question.title(), "Continue to Acme Shoes as j•••@example.com?");
    assert!(!question.body.contains("joe@example.com"), "masked");
    assert!(!question.body.contains("eyJ"), "and no token on the page");
    assert!(question.headers("set-cookie").is_empty(), "nothing is used up");
    assert_eq!(question.links(), [format!("/login?{TO_SHOES}")], "this is not me");
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
    assert!(answer.sets()[0].contains(".u."), "the flow is used up");
    let twice = joe.confirm(&question.field("confirmation"));
    assert_refused(&twice, 403, "confirmation-refused", "once");
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
