//! The chat of a brand's own help page: by `jwtFn` it learns from brandgate who is there.

use crate::Demo;
use crate::browser::Browser;

const HELLO: &str = "You chat as Melody Major (melody@music.example).";
const VISITOR: &str = "You chat as a visitor.";

impl Demo {
    async fn signed_in_to_music(&self, browser: &Browser) {
        browser.visit(&self.at("music-site", "/login")).await;
        browser.sign_in("melody@music.example", "tempo").await;
        browser.sees("Welcome back, Melody Major").await;
    }
}

#[tokio::test]
async fn the_chat_knows_who_is_signed_in_and_gets_a_new_token_whenever_it_asks() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    demo.signed_in_to_music(&browser).await;
    for page in ["/help", "/help/older"] {
        browser.visit(&demo.at("music-site", page)).await;
        browser.reads("chat-visitor", HELLO).await;
        browser.reads("chat-note", "A token for the chat").await;
        browser.reads("chat-details", "External id music_21. Token 1,").await;
        let first = browser.text("chat-details").await;

        // Chat takes none that is older than this.
        demo.0.clock().advance(8 * 60);
        browser.press("Authenticate again").await;
        browser.reads("chat-details", "Token 2,").await;
        assert_eq!(browser.text("chat-visitor").await, HELLO, "{page}");
        let second = browser.text("chat-details").await;
        assert_ne!(first.split("made at").last(), second.split("made at").last(), "{page}");
        assert_eq!(browser.console().await, [""; 0], "{page}");
        assert!(!browser.document().await.contains("eyJ"), "a token stands on the page");
    }
}

#[tokio::test]
async fn the_chat_of_who_is_not_signed_in_stays_anonymous_and_says_so() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    for page in ["/help", "/help/older"] {
        browser.forget_cookies().await;
        browser.visit(&demo.at("music-site", page)).await;
        browser.reads("chat-note", "No token, so the chat does not know you. (00-00:").await;
        assert_eq!(browser.text("chat-visitor").await, VISITOR, "{page}");
        assert!(browser.page().await.contains("You are not signed in to this site"), "{page}");

        demo.signed_in_to_music(&browser).await;
        browser.visit(&demo.at("music-site", page)).await;
        browser.reads("chat-visitor", HELLO).await;
        browser.press("Sign out here").await;
        browser.sees("You are signed out").await;
        browser.visit(&demo.at("music-site", page)).await;
        browser.reads("chat-note", "No token").await;
        assert_eq!(browser.text("chat-visitor").await, VISITOR, "{page}, signed out again");
    }
}

#[tokio::test]
async fn a_login_that_ends_while_the_page_is_open_brings_no_more_tokens() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    demo.signed_in_to_music(&browser).await;
    browser.visit(&demo.at("music-site", "/help")).await;
    browser.reads("chat-visitor", HELLO).await;
    demo.0.clock().advance(2 * 60 * 60);
    browser.press("Authenticate again").await;
    browser.reads("chat-note", "No token, so the chat does not know you. (00-01:").await;
}

#[tokio::test]
async fn a_page_of_somebody_else_gets_no_token_of_who_is_signed_in() {
    let (demo, browser) = (Demo::start(), Browser::open().await);
    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("Sign in to the music shop").await;
    browser.sign_in("melody@music.example", "tempo").await;
    browser.sees("Welcome back, Melody Major").await;
    browser.press("Chat with us").await;
    browser.reads("chat-visitor", HELLO).await;

    browser.visit(&demo.at("demo", "/break")).await;
    browser.press("Visit the other page").await;
    browser.reads("outcome", "It got nothing").await;
    // Not even where the browser brings the cookie along.
    let token = demo.sso("/brands/music/chat-token").replace("//sso.", "//sso.music-site.");
    browser.visit(&token).await;
    let page = browser.page().await;
    assert!(page.contains("01-01") && !page.contains("eyJ"), "{page}");
}
