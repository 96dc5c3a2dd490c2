//! The hand-off: under its policy, without scripts, refused, and what Back and Reload find of it.

use regex::Regex;

use crate::Demo;
use crate::browser::Browser;
use crate::site::{self, Site};

/// How every signed token begins: `{"` in base 64.
const TOKEN: &str = "eyJ";

/// Both ways in which a site brings its assertion: by POST, and in an address.
const WAYS: [(&str, &str, &str, &str); 2] = [
    ("shoes", "alice@shoes.example", "sneaker", "Hello, Alice Ash"),
    ("coffee", "carol@coffee.example", "latte", "Hello, Carol Crema"),
];

#[tokio::test]
async fn the_policy_lets_the_hand_off_through_to_the_host_mapped_domain_without_a_complaint() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    for (host, email, password, hello) in WAYS {
        let wanted = demo.at(host, "/hc/requests");
        browser.visit(&wanted).await;
        browser.sign_in(email, password).await;
        browser.sees(hello).await;
        assert_eq!(browser.address().await, wanted);
        assert_eq!(browser.console().await, [""; 0], "{host}");
    }
}

#[tokio::test]
async fn after_the_hand_off_neither_back_nor_the_history_shows_a_token() {
    let demo = Demo::start();
    for (host, email, password, hello) in WAYS {
        let browser = Browser::open().await;
        browser.visit(&demo.at("demo", "/")).await;
        browser.visit(&demo.at(host, "/hc/requests")).await;
        browser.sign_in(email, password).await;
        browser.sees(hello).await;

        let history = browser.history().await;
        let kept = history.iter().find(|it| it.contains("jwt") || it.contains(TOKEN));
        assert_eq!(kept, None, "{host}: {history:?}");
        // From the Help Center through the login page to the start.
        let start = demo.at("demo", "/");
        for _ in 0..history.len() {
            browser.back().await;
            let (address, document) = (browser.address().await, browser.document().await);
            assert!(!document.contains(TOKEN), "{host}: {address}\n{document}");
            assert!(!address.contains(TOKEN), "{host}: {address}");
            if address == start {
                break;
            }
        }
        assert_eq!(browser.address().await, start, "{host}: {history:?}");
    }
}

#[tokio::test]
async fn without_scripts_two_buttons_do_what_the_scripts_would() {
    let (demo, browser) = (Demo::start(), Browser::without_scripts().await);
    let wanted = demo.at("shoes", "/hc/requests/42?page=2&sort=asc");
    browser.visit(&wanted).await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("One moment").await;
    browser.press("Continue").await;
    browser.sees("Signing you in to Acme Shoes…").await;
    assert!(!browser.page().await.contains("You are back at an earlier page"));
    browser.press("Finish signing in").await;
    browser.sees("Hello, Alice Ash").await;
    assert_eq!(browser.address().await, wanted);
}

#[tokio::test]
async fn without_scripts_the_page_that_takes_a_ticket_says_what_it_needs_and_promises_nothing() {
    let (demo, browser) = (Demo::start(), Browser::without_scripts().await);
    browser.visit(&demo.sso("/hand-off#ticket")).await;
    browser.sees("This step needs JavaScript").await;
    assert!(!browser.page().await.contains("Signing you in"));
}

#[tokio::test]
async fn a_hand_off_that_a_browser_has_kept_and_shows_again_is_not_sent_again() {
    let (demo, bare) = (Demo::start(), Browser::without_scripts().await);
    bare.visit(&demo.at("shoes", "/hc/requests")).await;
    bare.sign_in("alice@shoes.example", "sneaker").await;
    bare.sees("One moment").await;
    bare.press("Continue").await;
    bare.sees("Signing you in to Acme Shoes…").await;
    // The page as it is, but for where it sends; and one like it, of another sign-in.
    let page = bare.document().await;
    let action = Regex::new(" action=\"[^\"]*\"").unwrap();
    let page = action.replace(&page, " action=\"/sent\"").into_owned();
    let token = Regex::new(" value=\"eyJ[^\"]*\"").unwrap();
    let other =
        token.replace(&page, " value=\"eyJ.eyJ.the-signature-of-another-sign-in\"").into_owned();
    assert_ne!(page, other);
    let kept = Site::start(move |request| match request.split(' ').collect::<Vec<_>>()[..2] {
        ["POST", "/sent"] => site::page("<h1>Sent</h1>"),
        ["GET", "/other"] => site::page(&other),
        _ => site::page(&page),
    });
    let browser = Browser::open().await;
    for address in ["/one", "/other"].map(|it| kept.origin("kept") + it) {
        browser.visit(&address).await;
        browser.sees("Sent").await;
        for _ in 0..2 {
            browser.visit(&address).await;
            browser.sees("You are back at an earlier page").await;
            assert!(!browser.document().await.contains(TOKEN));
        }
    }
}

#[tokio::test]
async fn a_token_that_zendesk_refuses_ends_on_our_page_in_our_words_and_can_be_tried_again() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let wanted = demo.at("shoes", "/hc/requests");
    demo.0.stand_in().refuse_next("<b>Buy sneakers at evil.example</b>");
    browser.visit(&wanted).await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("The help center did not sign you in").await;
    let page = browser.page().await;
    assert!(page.contains("Acme Shoes") && page.contains("Code"), "{page}");
    assert!(!browser.document().await.contains("evil.example"), "Zendesk's own words are not ours");
    assert!(!demo.known_to_zendesk().contains(&"alice@shoes.example".to_owned()));

    browser.press("Try again").await;
    browser.sees("Hello, Alice Ash").await;
}

#[tokio::test]
async fn a_help_center_that_asks_to_sign_in_again_at_once_ends_on_the_loop_page() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("loop", "/hc/requests/1")).await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("You are going round in circles").await;
    assert!(browser.address().await.starts_with(&demo.sso("/login?")));

    // A minute later all is forgiven, elsewhere: no cookie stands in the way.
    demo.0.clock().advance(61);
    browser.visit(&demo.at("shoes", "/hc/requests")).await;
    browser.sees("Hello, Alice Ash").await;
}

#[tokio::test]
async fn who_loses_the_cookies_on_the_way_is_told_and_can_start_again() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let wanted = demo.at("shoes", "/hc/requests/42?page=2&sort=asc");
    browser.visit(&wanted).await;
    browser.forget_cookies().await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("We cannot find your sign-in").await;
    browser.press("Start again").await;
    browser.sees("Hello, Alice Ash").await;
    assert_eq!(browser.address().await, wanted);
}
