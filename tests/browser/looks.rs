//! Every page is readable by everybody: narrow and wide, light and dark, by eye, ear and keyboard.

use serde_json::Value;

use crate::Demo;
use crate::browser::Browser;

/// What is wrong with the page: each fault as a sentence.
pub(crate) const FAULTS: &str = include_str!("faults.js");

impl Demo {
    /// Pages that need nothing but their address.
    fn pages(&self) -> Vec<String> {
        let id = 360_000_000_001_u64;
        let elsewhere = "return_to=https%3A%2F%2Fevil.example%2F";
        vec![
            self.at("demo", "/"),
            self.at("demo", "/break"),
            self.at("demo", "/nothing"),
            self.at("shoes", "/hc"),
            self.at("coffee", "/hc/requests"),
            self.at("acme-games.zendesk", "/access/normal"),
            self.at("shoes-site", "/"),
            self.at("shoes-site", "/zdlogout"),
            self.at("bikes", "/hc"),
            self.at("bikes-id", "/"),
            self.at("bikes-id", "/sign-in"),
            self.at("bikes-id", "/authorize"),
            self.at("bikes-id", "/end-session"),
            self.at("music", "/hc"),
            self.at("music-site", "/"),
            self.at("music-site", "/login"),
            self.at("music-site", "/help"),
            self.at("music-site", "/help/older"),
            self.at("stranger", "/"),
            self.at("stranger", "/chat"),
            self.sso("/"),
            self.sso("/nothing"),
            self.sso("/login"),
            self.sso("/logout"),
            self.sso(&format!("/logout?brand_id={id}&kind=error&message=Computer+says+no")),
            self.sso(&format!("/login?brand_id={id}&{elsewhere}")),
            self.sso("/access/jwt?jwt=nonsense"),
        ]
    }
}

#[tokio::test]
async fn every_page_can_be_read_by_everybody() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        for width in [320, 1280] {
            browser.resize(width, 800).await;
            for page in demo.pages() {
                browser.visit(&page).await;
                let faults = browser.run(FAULTS).await;
                assert_eq!(faults, Value::Array(vec![]), "{page} in {scheme}, {width} wide");
            }
        }
    }
}

#[tokio::test]
async fn the_question_and_the_help_center_can_be_read_by_everybody_too() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    for scheme in ["light", "dark"] {
        browser.forget_cookies().await;
        browser.prefer(scheme).await;
        browser.visit(&demo.at("stranger", "/")).await;
        browser.press("Get my prize").await;
        browser.sees("Continue to Acme Shoes as m•••@shoes.example?").await;
        assert_eq!(browser.run(FAULTS).await, Value::Array(vec![]), "question, {scheme}");
        browser.press("Continue").await;
        browser.sees("Hello, Mallory Moss").await;
        assert_eq!(browser.run(FAULTS).await, Value::Array(vec![]), "help center, {scheme}");
    }
}

#[tokio::test]
async fn the_pages_of_who_is_signed_in_can_be_read_by_everybody_too() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let faults = async |what: &str| {
        for (scheme, width) in [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)] {
            browser.prefer(scheme).await;
            browser.resize(width, 800).await;
            let faults = browser.run(FAULTS).await;
            assert_eq!(faults, Value::Array(vec![]), "{what}, {scheme}, {width} wide");
        }
    };
    browser.visit(&demo.at("music-site", "/login")).await;
    browser.sign_in("melody@music.example", "tempo").await;
    browser.sees("Welcome back, Melody Major").await;
    faults("the music site").await;
    browser.press("Chat with us").await;
    browser.reads("chat-visitor", "You chat as Melody Major").await;
    faults("the chat").await;

    browser.visit(&demo.at("bikes-id", "/sign-in")).await;
    browser.sign_in("bella@bikes.example", "pedal").await;
    browser.sees("Welcome back, Bella Bell").await;
    faults("the provider").await;
    browser.press("Sign out here").await;
    browser.sees("Sign out of Acme ID too?").await;
    faults("the question").await;
}

#[tokio::test]
async fn the_tab_key_goes_through_a_page_in_the_order_in_which_it_is_read() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    let zendesk = "/logout?brand_id=360000000001&kind=error&message=Computer+says+no";
    let cases = [
        (
            demo.sso("/login"),
            vec!["Acme Shoes", "Acme Coffee", "Acme Games", "Acme Bikes", "Acme Music"],
        ),
        (demo.sso(zendesk), vec!["Try again", "Contact Acme Shoes support"]),
        (demo.at("shoes", "/hc"), vec!["Sign in", "My requests", "Where is my order?"]),
    ];
    for (page, expected) in cases {
        browser.visit(&page).await;
        for label in expected {
            assert_eq!(browser.tab_key().await, label, "{page}");
        }
    }
}

#[tokio::test]
async fn where_colours_are_forced_what_can_be_pressed_or_filled_in_still_has_an_edge() {
    const WITHOUT_EDGE: &str = "
        if (!matchMedia('(forced-colors: active)').matches) return ['not forced'];
        return [...document.querySelectorAll('.button, .brands a, .field input, main')]
            .filter((it) => getComputedStyle(it).borderTopStyle === 'none')
            .map((it) => it.outerHTML);";
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.wish("forced-colors", "active").await;
    for page in demo.pages().into_iter().filter(|page| page.starts_with(&demo.sso("/"))) {
        browser.visit(&page).await;
        assert_eq!(browser.run(WITHOUT_EDGE).await, Value::Array(vec![]), "{page}");
    }
}

#[tokio::test]
async fn nothing_turns_for_who_wishes_for_less_motion() {
    const TURNS: &str = "return getComputedStyle(document.querySelector('.spinner')).animationName";
    let (demo, browser) = (Demo::start(), Browser::without_scripts().await);
    browser.visit(&demo.at("shoes", "/hc/requests")).await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.press("Continue").await;
    browser.sees("Signing you in to Acme Shoes…").await;
    assert_eq!(browser.run(TURNS).await, "turn");
    browser.wish("prefers-reduced-motion", "reduce").await;
    assert_eq!(browser.run(TURNS).await, "none");
}
