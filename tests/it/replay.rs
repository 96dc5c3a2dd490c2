//! An assertion counts once, and so does the answer to a question.

use std::thread;

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{App, COFFEE_SITE, SHOES_SITE, TO_COFFEE, TO_SHOES, assert_refused};
use crate::support::assertion::{self, COFFEE, SHOES};

#[test]
fn an_assertion_is_taken_once_by_whatever_browser() {
    let app = App::start();
    for changes in [json!({}), json!({"jti": null})] {
        let (mut joe, mut thief) = (app.browser(), app.browser());
        joe.login(TO_SHOES);
        thief.login(TO_SHOES);
        let jwt = app.assertion(SHOES, &changes);
        assert!(joe.submit(SHOES_SITE, &jwt, None).is_hand_off());
        let answer = thief.submit(SHOES_SITE, &jwt, None);
        assert_refused(&answer, 409, "assertion-used", "the thief");
        assert_eq!(answer.links()[0], "https://help.acme-shoes.example/hc/requests", "a way on");
        assert!(answer.links()[1].starts_with("/login?"), "and a way back");
        assert_refused(&joe.submit(SHOES_SITE, &jwt, None), 409, "flow-used", "Joe himself");
    }
}

#[test]
fn an_assertion_that_the_rules_refuse_is_used_up_all_the_same() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({"email": "ceo@acme.example"}));
    assert_refused(&joe.submit(SHOES_SITE, &jwt, None), 403, "address-reserved", "the rules");
    assert_refused(&joe.submit(SHOES_SITE, &jwt, None), 409, "assertion-used", "the second time");
}

#[test]
fn ids_of_two_backends_do_not_meet() {
    let app = App::start();
    let mut joe = app.browser();
    let jti = json!({"jti": "1"});
    let shoes = joe.sign_in(TO_SHOES, SHOES, &jti).hand_off();
    joe.login(TO_COFFEE);
    let coffee = joe.submit(COFFEE_SITE, &app.assertion(COFFEE, &jti), None).hand_off();
    let jti = |jwt: &str| assertion::read_by_zendesk(jwt).1["jti"].clone();
    assert_ne!(jti(&shoes.jwt), jti(&coffee.jwt), "nor do those that Zendesk sees");
}

#[test]
fn a_service_that_has_forgotten_mints_what_zendesk_refuses() {
    let [one, two] = [App::start(), App::start()];
    let mut joe = one.browser();
    joe.login(TO_SHOES);
    let jwt = one.assertion(SHOES, &json!({}));
    let first = joe.submit(SHOES_SITE, &jwt, None).hand_off();
    let mut elsewhere = two.browser();
    elsewhere.login(TO_SHOES);
    let second = elsewhere.submit(SHOES_SITE, &jwt, None).hand_off();
    let jti = |jwt: &str| assertion::read_by_zendesk(jwt).1["jti"].clone();
    assert_eq!(jti(&first.jwt), jti(&second.jwt), "the same id, which Zendesk takes once");
}

/// Twenty at once, of which one is handed off.
#[track_caller]
fn assert_one_of_many(answers: &[Answer], kinds: &[&str]) {
    assert_eq!(answers.iter().filter(|it| it.is_hand_off()).count(), 1);
    for answer in answers.iter().filter(|it| !it.is_hand_off()) {
        let (status, kind) = crate::support::app::refusal(answer);
        assert!(status == 409 && kinds.contains(&kind.as_str()), "{status} {kind}");
    }
}

#[test]
fn of_one_assertion_in_twenty_browsers_at_once_one_is_handed_off() {
    let app = App::start();
    let jwt = app.assertion(SHOES, &json!({}));
    let mut people: Vec<_> = (0..20).map(|_| app.browser()).collect();
    for joe in &mut people {
        joe.login(TO_SHOES);
    }
    let answers: Vec<_> = thread::scope(|scope| {
        let jwt = &jwt;
        let all: Vec<_> = people
            .into_iter()
            .map(|mut joe| scope.spawn(move || joe.submit(SHOES_SITE, jwt, None)))
            .collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_one_of_many(&answers, &["assertion-used"]);
}

#[test]
fn a_flow_is_no_proof_that_has_to_count_once() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let tokens: Vec<_> = (0..20).map(|_| app.assertion(SHOES, &json!({}))).collect();
    let answers: Vec<_> = thread::scope(|scope| {
        let each = tokens.iter().map(|jwt| (joe.clone(), jwt));
        let all: Vec<_> = each
            .map(|(mut joe, jwt)| scope.spawn(move || joe.submit(SHOES_SITE, jwt, None)))
            .collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    // Each assertion is good for one hand-off of its own, whichever flow of this browser asked.
    let ids = answers.iter().map(|answer| {
        let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
        claims["jti"].as_str().unwrap().to_owned()
    });
    assert_eq!(ids.collect::<std::collections::HashSet<_>>().len(), 20);
    // What this browser keeps of it says that it is over.
    assert!(answers.iter().all(|answer| answer.sets()[0].contains(".u.")));
}

#[test]
fn of_twenty_answers_to_one_question_at_once_one_is_handed_off() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let question =
        joe.submit(crate::support::app::STRANGER, &app.assertion(SHOES, &json!({})), None);
    let sealed = question.field("confirmation");
    let answers: Vec<_> = thread::scope(|scope| {
        let sealed = &sealed;
        let each = (0..20).map(|_| joe.clone());
        let all: Vec<_> = each.map(|mut joe| scope.spawn(move || joe.confirm(sealed))).collect();
        all.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_one_of_many(&answers, &["flow-used"]);
}

#[test]
fn a_clock_that_steps_back_refuses_for_a_while_and_lets_nothing_count_twice() {
    const HOUR: i64 = 3600;
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let used = app.assertion(SHOES, &json!({}));
    assert!(joe.submit(SHOES_SITE, &used, None).is_hand_off());
    let mut ann = app.browser();
    ann.login(TO_SHOES);

    // Ours goes wrong, and the site's does not.
    let right = app.assertion(SHOES, &json!({ "external_id": 8 }));
    app.clock.advance(-HOUR);
    let answer = ann.submit(SHOES_SITE, &right, None);
    assert_refused(&answer, 403, "assertion-from-the-future", "an hour off");
    joe.login(TO_SHOES);
    let answer = joe.submit(SHOES_SITE, &used, None);
    assert!(!answer.is_hand_off(), "{}", answer.title());
    assert_eq!(app.browser().login(TO_SHOES).status, 302, "sign-ins begin");

    app.clock.advance(HOUR);
    joe.login(TO_SHOES);
    let answer = joe.submit(SHOES_SITE, &used, None);
    assert_refused(
        &answer,
        409,
        "assertion-used",
        "it was used an hour and a moment ago, by our clock",
    );
    assert!(ann.submit(SHOES_SITE, &right, None).is_hand_off(), "what was begun before goes on");

    // So much both clocks may differ.
    let mut bob = app.browser();
    bob.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({ "external_id": 9 }));
    app.clock.advance(-50);
    assert!(bob.submit(SHOES_SITE, &jwt, None).is_hand_off());
}
