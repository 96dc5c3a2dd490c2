//! Every button of the page that breaks things does what its text promises.

use std::collections::BTreeSet;

use crate::Demo;
use crate::browser::Browser;

/// A button, the headline it leads to, and what else there is to be read.
type Promise = (&'static str, &'static str, &'static [&'static str]);

/// Those that need one click each.
const PROMISES: [Promise; 21] = [
    (
        "Sign in with last year's secret",
        "We cannot confirm your sign-in",
        &["nobody has been signed in", "Code", "Start again", "Contact Acme Shoes support"],
    ),
    ("Sign in three hours ago", "Your sign-in is out of date", &["Start again"]),
    ("1. Sign in", "Hello, Alice Ash", &["shoes_101"]),
    (
        "2. The same assertion again",
        "This sign-in has been used",
        &["Continue to the help center", "Start again"],
    ),
    (
        "Sign in as ceo@acme.example",
        "Your address signs in elsewhere",
        &["Go to the help center", "Code"],
    ),
    (
        "Sign in with role agent",
        "This account cannot sign in here",
        &["Trying again will not help", "Go to the help center", "Code"],
    ),
    (
        "Sign in unsigned",
        "The sign-in page is not set up correctly",
        &["Trying again will not help", "Go to the help center", "Code"],
    ),
    ("Sign in to the wrong shop", "We cannot confirm your sign-in", &["Acme Coffee", "Code"]),
    (
        "Post one out of the blue",
        "We cannot find your sign-in",
        &["start again from the help center", "Code"],
    ),
    ("Follow the link", "This link leads somewhere else", &["Go to the help center", "Code"]),
    ("Let the site post it", "Hello, Alice Ash", &["The address you are at: /hc/requests"]),
    (
        "another shared secret",
        "The help center could not confirm the sign-in",
        &["Nobody has been signed out", "Code"],
    ),
    ("a clash of external ids", "Your account exists twice", &["Nobody has been signed out"]),
    (
        "an address on the blocklist",
        "Your address cannot be used here",
        &["Nobody has been signed out", "Code"],
    ),
    (
        "a message nobody knows",
        "The help center did not sign you in",
        &["Nobody has been signed out", "Code"],
    ),
    (
        "Acme ID is out of order",
        "Sign-in is not available right now",
        &["try again in a few minutes", "Code", "Contact Acme Bikes support"],
    ),
    ("The answer to another sign-in", "We cannot confirm your sign-in", &["Start again", "Code"]),
    ("Signed by somebody else", "We cannot confirm your sign-in", &["Start again", "Code"]),
    (
        "An address nobody has confirmed",
        "Please confirm your email address first",
        &["follow the link in it", "Code"],
    ),
    ("Put it into this browser", "Sign in to Acme Music", &["This site's own login page"]),
    ("Sign in to the music shop", "Sign in to Acme Music", &["This site's own login page"]),
];

/// Those that need a person's answer: each has a test here, in `stranger` or in `chat`.
const LONGER: [&str; 5] =
    ["Visit the stranger", "Acme Shoes", "Acme Coffee", "Into the loop", "Visit the other page"];

#[tokio::test]
async fn every_button_is_walked_here() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    let labels = "return [...document.querySelectorAll('.card .row a, .card .row button')]
        .map(button => button.textContent)";
    let labels: Vec<String> = serde_json::from_value(browser.run(labels).await).unwrap();
    let walked: BTreeSet<_> = PROMISES.iter().map(|promise| promise.0).chain(LONGER).collect();
    assert_eq!(labels.iter().map(String::as_str).collect::<BTreeSet<_>>(), walked);
    assert_eq!(labels.len(), walked.len(), "no two buttons say the same");
}

#[tokio::test]
async fn every_button_leads_to_the_page_that_it_promises() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let broken = demo.at("demo", "/break");
    for (button, headline, texts) in PROMISES {
        // Each as the first thing that somebody does: other sign-ins would count as a loop.
        browser.forget_cookies().await;
        browser.visit(&broken).await;
        browser.press(button).await;
        browser.sees(headline).await;
        let page = browser.page().await;
        for text in texts {
            assert!(page.contains(text), "{button}: no \"{text}\" in\n{page}");
        }
        assert!(!browser.document().await.contains("eyJ"), "{button}: a token is on the page");
    }
    let known: BTreeSet<_> = demo.known_to_zendesk().into_iter().collect();
    let expected = ["alice@shoes.example", "ceo@acme.example", "gina@games.example"];
    assert_eq!(known, expected.map(str::to_owned).into(), "nobody else got in");
}

#[tokio::test]
async fn a_sign_in_that_is_over_elsewhere_explains_nothing_here() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let broken = demo.at("demo", "/break");
    browser.visit(&broken).await;
    browser.press("1. Sign in").await;
    browser.sees("Hello, Alice Ash").await;
    browser.visit(&broken).await;
    browser.press("Post one out of the blue").await;
    browser.sees("We cannot find your sign-in").await;

    // One that is still open elsewhere does.
    browser.visit(&broken).await;
    browser.press("Sign in with last year's secret").await;
    browser.sees("We cannot confirm your sign-in").await;
    browser.visit(&broken).await;
    browser.press("Post one out of the blue").await;
    browser.sees("This sign-in belongs to another site").await;
}

#[tokio::test]
async fn what_goes_wrong_at_the_provider_does_so_once() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("Signed by somebody else").await;
    browser.sees("We cannot confirm your sign-in").await;
    browser.press("Start again").await;
    browser.sees("Sign in to Acme ID").await;
    browser.sign_in("bella@bikes.example", "pedal").await;
    browser.sees("Hello, Bella Bell").await;
    assert_eq!(browser.address().await, demo.at("bikes", "/hc/requests"));
}

#[tokio::test]
async fn a_forged_login_cookie_gives_way_to_a_real_one() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("Put it into this browser").await;
    browser.sees("Sign in to Acme Music").await;
    assert!(!demo.known_to_zendesk().contains(&"melody@music.example".to_owned()));
    browser.sign_in("max@music.example", "treble").await;
    browser.sees("Hello, Max Minor").await;
    assert_eq!(browser.address().await, demo.at("music", "/hc/requests"));
}

#[tokio::test]
async fn nothing_is_sent_a_second_time_before_it_was_sent_once() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("2. The same assertion again").await;
    browser.sees("There is nothing to send again").await;
    browser.press("Back").await;
    browser.sees("Break things").await;
}

#[tokio::test]
async fn one_person_at_two_shops_is_told_that_zendesk_has_her_once() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    for brand in ["Acme Shoes", "Acme Coffee"] {
        browser.visit(&demo.at("demo", "/break")).await;
        browser.press(brand).await;
        browser.sees(&format!("Sign in to {brand}")).await;
        browser.sign_in("dana@example.com", "both").await;
        if brand == "Acme Shoes" {
            browser.sees("Hello, Dana Both").await;
            assert_eq!(browser.text("external-id").await, "shoes_103");
        }
    }
    browser.sees("Your account exists twice").await;
    let page = browser.page().await;
    assert!(page.contains("Acme Coffee") && page.contains("Nobody has been signed out"), "{page}");
    // Another try would end here again, so it is not what the page proposes.
    browser.press("Go to the help center").await;
    browser.sees("How can we help you?").await;
    browser.visit(&demo.at("shoes", "/hc")).await;
    browser.sees("Hello, Dana Both").await;
}

#[tokio::test]
async fn the_loop_is_stopped() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("Into the loop").await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("You are going round in circles").await;
    assert!(browser.page().await.contains("Contact Acme Loop support"));
}
