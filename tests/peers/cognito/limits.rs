//! How often somebody may try.

use std::sync::{Arc, Condvar, Mutex};

use futures_util::StreamExt as _;
use futures_util::stream::{FuturesUnordered, iter};

use super::browser::Browser;
use super::house::{House, line};
use super::scripted::{Scripted, challenge, done, profile, refusal};

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

#[tokio::test]
async fn guesses_wait_longer_and_longer_and_then_end_for_a_quarter_of_an_hour() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let real = brandgate::clock::Clock::default();
    let ahead = || house.clock.now() - real.now();
    for number in 0..10 {
        // Another spelling is the same account.
        let email = if number % 2 == 0 { CAROL } else { " Carol@Coffee.example " };
        let page = browser.submit(&form, &[("email", email), ("password", "wrong")]).await;
        assert_eq!(page.status, 403, "{number}");
    }
    let waited = 1 + 2 + 4 + 8 + 16 + 30 * 4;
    assert!((waited..waited + 2).contains(&ahead()), "{} seconds", ahead());

    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]).await;
    assert_eq!((page.status, page.title().as_str()), (429, "Too many attempts"));
    assert_eq!(page.header("retry-after"), "900");
    assert!(line(&page.trace()).contains("kind=\"too-many-attempts\""));
    assert_eq!(peer.asked().len(), 10, "Cognito is not asked");

    let other = [("email", "dora@coffee.example"), ("password", "wrong")];
    assert_eq!(browser.submit(&form, &other).await.status, 403, "another account goes on");
    house.clock.advance(900);
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]).await;
    assert_eq!(page.handed_off().0["email"], CAROL, "after its time");
}

#[tokio::test]
async fn a_sign_in_makes_the_failures_at_its_own_address_forgotten() {
    let peer = pool();
    let house = House::start(&peer.settings());
    for round in 0..4 {
        let browser = Browser::of(&house);
        let form = browser.begin().await;
        for _ in 0..9 {
            let page = browser.submit(&form, &[("email", CAROL), ("password", "wrong")]).await;
            assert_eq!(page.status, 403, "round {round}");
        }
        let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]).await;
        assert_eq!(page.handed_off().0["email"], CAROL, "round {round}");
    }
}

#[tokio::test]
async fn nobody_who_guesses_learns_by_a_wait_that_the_owner_was_here() {
    let waits_of_a_stranger = async |password: &str| {
        let peer = pool();
        let forwarded = "client_address: x_forwarded_for, trusted_proxies: [127.0.0.1]";
        let house = House::start_with(forwarded, &peer.settings());
        let stranger = Browser::from(&house, "198.51.100.1");
        let guess = stranger.begin().await;
        let mut waits = Vec::new();
        for _ in 0..4 {
            let before = house.clock.now();
            let page = stranger.submit(&guess, &[("email", CAROL), ("password", "wrong")]).await;
            assert_eq!(page.status, 403);
            waits.push(house.clock.now() - before);
            let owner = Browser::from(&house, "203.0.113.1");
            let form = owner.begin().await;
            let page = owner.submit(&form, &[("email", CAROL), ("password", password)]).await;
            assert_eq!(page.status, if password == "right" { 200 } else { 403 });
        }
        waits
    };
    let (there, absent) = (waits_of_a_stranger("right").await, waits_of_a_stranger("wrong").await);
    // A second may begin in between.
    let is_same = there.iter().zip(&absent).all(|(there, absent)| there.abs_diff(*absent) <= 1);
    assert!(is_same && there.last() >= Some(&30), "{there:?} and {absent:?}");
}

#[tokio::test]
async fn codes_are_counted_too_and_a_right_password_does_not_forget_them() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let mut last = 0;
    for number in 0..11 {
        let asked = browser.submit(&form, &[("email", CAROL), ("password", "asks")]).await;
        if number == 10 {
            last = asked.status;
            break;
        }
        assert_eq!(asked.title(), "Enter your code", "{number}");
        let page = browser.submit(&asked, &[("code", "000000")]).await;
        assert_eq!(page.status, 403, "{number}");
    }
    assert_eq!(last, 429, "the eleventh password is not asked about");
}

#[tokio::test]
async fn one_password_at_everybodys_account_ends_for_the_whole_network() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let attempt = async |number: u32| {
        let email = format!("{number}@coffee.example");
        browser.submit(&form, &[("email", &email), ("password", "wrong")]).await.status
    };
    let statuses: Vec<u16> = iter(0..1000).map(attempt).buffer_unordered(16).collect().await;
    assert!(statuses.iter().all(|status| *status == 403));
    assert_eq!(attempt(1000).await, 429);
    assert_eq!(peer.asked().len(), 1000, "Cognito is not asked any more");
    house.clock.advance(900);
    assert_eq!(attempt(1001).await, 403, "after its time");
}

#[tokio::test]
async fn what_can_be_nobodys_is_neither_asked_about_nor_counted() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let long = "x".repeat(300);
    for (what, email, password) in [
        ("a blank in it", "carol cappuccino", "right"),
        ("nothing", "", "right"),
        ("no password", CAROL, ""),
        ("a long name", &long, "right"),
        ("a long password", CAROL, &long),
    ] {
        for number in 0..12 {
            let page = browser.submit(&form, &[("email", email), ("password", password)]).await;
            assert_eq!(page.status, 403, "{what}: {number}");
        }
    }
    assert_eq!(peer.asked(), []);
    let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]).await;
    assert_eq!(page.handed_off().0["email"], CAROL);
}

#[tokio::test]
async fn another_name_for_the_same_account_gives_no_more_codes() {
    let peer = Scripted::start(|operation, _| match operation {
        "InitiateAuth" => challenge("SMS_MFA", &serde_json::json!({ "USER_ID_FOR_SRP": "carol" })),
        _ => refusal("CodeMismatchException", "…"),
    });
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let code = async |name: &str| {
        let asked = browser.submit(&form, &[("email", name), ("password", "asks")]).await;
        assert_eq!(asked.title(), "Enter your code", "{name}");
        browser.submit(&asked, &[("code", "000000")]).await.status
    };
    for name in [CAROL, "+4930901820"] {
        for number in 0..5 {
            assert_eq!(code(name).await, 403, "{name}: {number}");
        }
    }
    assert_eq!(code("carol").await, 429, "the eleventh");
}

#[tokio::test]
async fn one_network_does_not_take_all_of_a_pools_time() {
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let its_gate = gate.clone();
    let peer = Scripted::start(move |_, _| {
        let (is_open, opened) = &*its_gate;
        drop(opened.wait_while(is_open.lock().unwrap(), |is_open| !*is_open).unwrap());
        refusal("NotAuthorizedException", "…")
    });
    let house = House::start(&peer.settings());
    let browser = Browser::of(&house);
    let form = browser.begin().await;
    let emails: Vec<String> = (0..17).map(|it| format!("{it}@coffee.example")).collect();
    let fields: Vec<_> =
        emails.iter().map(|email| [("email", email.as_str()), ("password", "wrong")]).collect();
    let mut all: FuturesUnordered<_> =
        fields.iter().map(|fields| browser.submit(&form, fields)).collect();

    let page = all.next().await.unwrap();
    assert_eq!(page.status, 503, "the others wait for the pool");
    assert!(line(&page.trace()).contains("there are enough questions to it"));
    *gate.0.lock().unwrap() = true;
    gate.1.notify_all();
    let others: Vec<u16> = all.map(|page| page.status).collect().await;
    assert_eq!(others, [403; 16]);
}
