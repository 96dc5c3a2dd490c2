//! How often somebody may try.

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
async fn a_sign_in_makes_the_failures_before_it_forgotten() {
    let peer = pool();
    let house = House::start(&peer.settings());
    let real = brandgate::clock::Clock::default();
    for round in 0..4 {
        let browser = Browser::of(&house);
        let form = browser.begin().await;
        for _ in 0..3 {
            let page = browser.submit(&form, &[("email", CAROL), ("password", "wrong")]).await;
            assert_eq!(page.status, 403);
        }
        let page = browser.submit(&form, &[("email", CAROL), ("password", "right")]).await;
        assert_eq!(page.handed_off().0["email"], CAROL, "round {round}");
    }
    let ahead = house.clock.now() - real.now();
    assert!((4 * 7..4 * 7 + 2).contains(&ahead), "{ahead} seconds: each round begins anew");
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
