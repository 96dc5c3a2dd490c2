//! A page of somebody else opens a sign-in and posts its own assertion: people are asked.

use crate::Demo;
use crate::browser::Browser;

const MALLORY: &str = "mallory@shoes.example";

async fn tricked() -> (Demo, Browser) {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("stranger", "/")).await;
    browser.press("Get my prize").await;
    browser.sees("Continue to Acme Shoes as m•••@shoes.example?").await;
    let page = browser.page().await;
    assert!(page.contains(&demo.at("stranger", "")), "who sent it: {page}");
    assert!(!browser.document().await.contains(MALLORY), "only a mask of the address");
    (demo, browser)
}

#[tokio::test]
async fn a_strangers_assertion_brings_a_question_and_no_session() {
    let (demo, browser) = tricked().await;
    assert_eq!(browser.console().await, [""; 0]);
    assert!(!demo.known_to_zendesk().contains(&MALLORY.to_owned()), "nothing went to Zendesk");
    browser.visit(&demo.at("shoes", "/hc")).await;
    browser.sees("How can we help you?").await;
}

#[tokio::test]
async fn who_says_that_this_is_not_them_is_signed_out_at_the_site_and_asked_the_next_time() {
    let (demo, browser) = tricked().await;
    // The site has a session by now, which would answer at once.
    let tabs = browser.open_tab().await;
    browser.visit(&demo.at("shoes-site", "/")).await;
    browser.press("Sign in").await;
    browser.sign_in("bob@shoes.example", "sandal").await;
    browser.sees("Welcome back, Bob Birch").await;
    browser.turn_to(&tabs.first).await;
    browser.press("This is not me").await;
    browser.sees("You are signed out").await;
    assert!(browser.address().await.starts_with(&demo.at("shoes-site", "/zdlogout")));
    let known = demo.known_to_zendesk();
    assert!(!known.iter().any(|it| it == MALLORY || it == "bob@shoes.example"), "{known:?}");
    browser.visit(&demo.at("shoes", "/hc/requests")).await;
    browser.sees("Sign in to Acme Shoes").await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("Continue to Acme Shoes as a•••@shoes.example?").await;
    browser.press("Continue").await;
    browser.sees("Hello, Alice Ash").await;
}

#[tokio::test]
async fn who_says_that_this_is_them_is_signed_in_once() {
    let (demo, browser) = tricked().await;
    browser.press("Continue").await;
    browser.sees("Hello, Mallory Moss").await;
    assert_eq!(browser.address().await, demo.at("shoes", "/hc/requests"));
    assert_eq!(browser.console().await, [""; 0]);
    let history = browser.history().await;
    assert!(history.iter().all(|address| !address.contains("eyJ")), "{history:?}");

    browser.back().await;
    let page = browser.document().await;
    assert!(!page.contains("eyJ"), "{page}");
}

#[tokio::test]
async fn a_token_that_a_link_brought_does_not_stay_in_the_address() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.sso("/access/jwt?jwt=eyJ.eyJ.x&return_to=")).await;
    browser.sees("We cannot find your sign-in").await;
    assert_eq!(browser.address().await, demo.sso("/access/jwt"));
    let history = browser.history().await;
    assert!(history.iter().all(|address| !address.contains("eyJ")), "{history:?}");
}
