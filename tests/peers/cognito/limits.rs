//! How often somebody may try.

use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::thread;

use super::house::{House, noted};
use super::scripted::{Scripted, challenge, done, profile, refusal};
use super::visitor::Visitor;

const CAROL: &str = "carol@coffee.example";

fn pool() -> Scripted {
    Scripted::start(|operation, body| match operation {
        "InitiateAuth" if body["AuthParameters"]["PASSWORD"] == "right" => done(),
        "InitiateAuth" if body["AuthParameters"]["PASSWORD"] == "asks" => {
            challenge("SMS_MFA", &serde_json::json!({}))
        }
        "GetUser" => profile(CAROL),
        "RespondToAuthChallenge" if body["ChallengeResponses"]["SMS_MFA_CODE"] == "777777" => {
            done()
        }
        "RespondToAuthChallenge" => refusal("CodeMismatchException", "…"),
        _ => refusal("NotAuthorizedException", "Incorrect username or password."),
    })
}

#[test]
fn guesses_wait_longer_and_longer_and_then_end_for_a_quarter_of_an_hour() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let real = brandgate::clock::Clock::default();
    let ahead = || house.clock.now() - real.now();
    for number in 0..10 {
        // Another spelling is the same account.
        let email = if number % 2 == 0 { CAROL } else { " Carol@Coffee.example " };
        let page = browser.submit(&form, &[("email", email), ("password", "wrong")]);
        assert_eq!(page.status, 403, "{number}");
    }
    let waited = 1 + 2 + 4 + 8 + 16 + 30 * 4;
    assert!((waited..waited + 2).contains(&ahead()), "{} seconds", ahead());

    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
    assert_eq!((page.status, page.headline()), (429, "Too many attempts"));
    assert_eq!(page.said("retry-after"), "900");
    assert_eq!(noted(&page.trace()).0, "too-many-attempts");
    assert_eq!(peer.asked().len(), 10, "Cognito is not asked");

    let other = [("email", "dora@coffee.example"), ("password", "wrong")];
    assert_eq!(browser.submit(&form, &other).status, 403, "another account goes on");
    house.clock.advance(900);
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
    assert_eq!(page.handed_off().0["email"], CAROL, "after its time");
}

#[test]
fn a_sign_in_makes_the_failures_at_its_own_address_forgotten() {
    let peer = pool();
    let house = House::start(&peer.settings());
    for round in 0..4 {
        let mut browser = Visitor::of(&house);
        let form = browser.begin();
        for _ in 0..9 {
            let page = browser.submit(&form, &[("email", CAROL), ("password", "wrong")]);
            assert_eq!(page.status, 403, "round {round}");
        }
        let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
        assert_eq!(page.handed_off().0["email"], CAROL, "round {round}");
    }
}

#[test]
fn nobody_who_guesses_learns_by_a_wait_that_the_owner_was_here() {
    let waits_of_a_stranger = |password: &str| {
        let peer = pool();
        let house = House::start(&peer.settings());
        let mut stranger = Visitor::from(&house, "198.51.100.1");
        let guess = stranger.begin();
        let mut waits = Vec::new();
        for _ in 0..4 {
            let before = house.clock.now();
            let page = stranger.submit(&guess, &[("email", CAROL), ("password", "wrong")]);
            assert_eq!(page.status, 403);
            waits.push(house.clock.now() - before);
            let mut owner = Visitor::from(&house, "203.0.113.1");
            let form = owner.begin();
            let page = owner.submit(&form, &[("email", CAROL), ("password", password)]);
            assert_eq!(page.status, if password == "right" { 200 } else { 403 });
        }
        waits
    };
    let (there, absent) = (waits_of_a_stranger("right"), waits_of_a_stranger("wrong"));
    // A second may begin in between.
    let is_same = there.iter().zip(&absent).all(|(there, absent)| there.abs_diff(*absent) <= 1);
    assert!(is_same && there.last() >= Some(&30), "{there:?} and {absent:?}");
}

#[test]
fn codes_are_counted_too_and_a_right_password_does_not_forget_them() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let mut last = 0;
    for number in 0..11 {
        let asked = browser.submit(&form, &[("email", CAROL), ("password", "asks")]);
        if number == 10 {
            last = asked.status;
            break;
        }
        assert_eq!(asked.headline(), "Enter your code", "{number}");
        let page = browser.submit(&asked, &[("code", "000000")]);
        assert_eq!(page.status, 403, "{number}");
    }
    assert_eq!(last, 429, "the eleventh password is not asked about");
}

#[test]
fn one_password_at_everybodys_account_ends_for_the_whole_network() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let attempt = |number: u32| {
        let email = format!("{number}@coffee.example");
        browser.clone().submit(&form, &[("email", &email), ("password", "wrong")]).status
    };
    let some = |first: u32| (first..1000).step_by(16).all(|number| attempt(number) == 403);
    thread::scope(|scope| {
        let sixteen: Vec<_> = (0..16).map(|first| scope.spawn(move || some(first))).collect();
        assert!(sixteen.into_iter().all(|it| it.join().unwrap()));
    });
    assert_eq!(attempt(1000), 429);
    assert_eq!(peer.asked().len(), 1000, "Cognito is not asked any more");
    house.clock.advance(900);
    assert_eq!(attempt(1001), 403, "after its time");
}

#[test]
fn what_can_be_nobodys_is_neither_asked_about_nor_counted() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let long = "x".repeat(300);
    for (what, email, password) in [
        ("a blank in it", "carol cappuccino", "right"),
        ("nothing", "", "right"),
        ("no password", CAROL, ""),
        ("a long name", &long, "right"),
        ("a long password", CAROL, &long),
    ] {
        for number in 0..12 {
            let page = browser.submit(&form, &[("email", email), ("password", password)]);
            assert_eq!(page.status, 403, "{what}: {number}");
        }
    }
    assert_eq!(peer.asked(), []);
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]);
    assert_eq!(page.handed_off().0["email"], CAROL);
}

#[test]
fn another_name_for_the_same_account_gives_no_more_codes() {
    let peer = Scripted::start(|operation, _| match operation {
        "InitiateAuth" => challenge("SMS_MFA", &serde_json::json!({ "USER_ID_FOR_SRP": "carol" })),
        _ => refusal("CodeMismatchException", "…"),
    });
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let mut code = |name: &str| {
        let asked = browser.submit(&form, &[("email", name), ("password", "asks")]);
        assert_eq!(asked.headline(), "Enter your code", "{name}");
        browser.submit(&asked, &[("code", "000000")]).status
    };
    for name in [CAROL, "+4930901820"] {
        for number in 0..5 {
            assert_eq!(code(name), 403, "{name}: {number}");
        }
    }
    assert_eq!(code("carol"), 429, "the eleventh");
}

#[test]
fn one_network_does_not_take_all_of_a_pools_time() {
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let its_gate = gate.clone();
    let peer = Scripted::start(move |_, _| {
        let (is_open, opened) = &*its_gate;
        drop(opened.wait_while(is_open.lock().unwrap(), |is_open| !*is_open).unwrap());
        refusal("NotAuthorizedException", "…")
    });
    let house = House::start(&peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let emails: Vec<String> = (0..17).map(|it| format!("{it}@coffee.example")).collect();
    let fields: Vec<_> =
        emails.iter().map(|email| [("email", email.as_str()), ("password", "wrong")]).collect();
    let (done, pages) = mpsc::channel();
    thread::scope(|scope| {
        for fields in &fields {
            let (mut browser, form, done) = (browser.clone(), &form, done.clone());
            scope.spawn(move || done.send(browser.submit(form, fields)));
        }
        let page = pages.recv().unwrap();
        assert_eq!(page.status, 503, "the others wait for the pool");
        assert!(page.line().to_string().contains("there are enough questions to it"));
        *gate.0.lock().unwrap() = true;
        gate.1.notify_all();
    });
    drop(done);
    let others: Vec<u16> = pages.iter().map(|page| page.status).collect();
    assert_eq!(others, [403; 16]);
}
