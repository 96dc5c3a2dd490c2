//! Many tabs at once, and people who come from a mail, a webmail or a stranger's page.

use crate::Demo;
use crate::browser::Browser;
use crate::site::{self, Site};

/// Both ways in which a site brings its assertion: by POST, and in an address.
const WAYS: [(&str, &str, &str, &str, &str); 2] = [
    ("shoes", "shoes-site", "alice@shoes.example", "sneaker", "Alice Ash"),
    ("coffee", "coffee-site", "carol@coffee.example", "latte", "Carol Crema"),
];

/// Somebody who is signed in at the brand's own site.
async fn at_home(demo: &Demo, way: (&str, &str, &str, &str, &str)) -> Browser {
    let (_, site, email, password, name) = way;
    let browser = Browser::open().await;
    browser.visit(&demo.at(site, "/")).await;
    browser.press("Sign in").await;
    browser.sign_in(email, password).await;
    browser.sees(&format!("Welcome back, {name}")).await;
    browser
}

#[tokio::test]
async fn eight_tabs_at_once_all_end_at_their_own_pages() {
    for way in WAYS {
        let (host, _, _, _, name) = way;
        let demo = Demo::start();
        let browser = at_home(&demo, way).await;
        let pages: Vec<String> =
            (1..=8).map(|it| demo.at(host, &format!("/hc/requests/{it}?tab={it}"))).collect();
        let tabs = browser.open_tabs(&pages).await;
        let mut reached = Vec::new();
        for tab in tabs {
            browser.turn_to(&tab).await;
            browser.sees(&format!("Hello, {name}")).await;
            reached.push(browser.address().await);
        }
        reached.sort();
        assert_eq!(reached, pages, "{host}");
    }
}

#[tokio::test]
async fn who_comes_by_a_mail_or_a_webmail_is_not_asked() {
    for way in WAYS {
        let (host, _, _, _, name) = way;
        let demo = Demo::start();
        let wanted = demo.at(host, "/hc/requests/7");
        let login = demo.sso(&format!("/login?return_to={}", wanted.replace('/', "%2F")));
        // A bookmark: the address bar says of no page.
        let browser = at_home(&demo, way).await;
        browser.visit(&login).await;
        browser.sees(&format!("Hello, {name}")).await;
        assert_eq!(browser.address().await, wanted, "{host}");
        let history = browser.history().await;
        assert!(history.iter().all(|it| !it.contains("/login?")), "{history:?}");
        assert_eq!(browser.console().await, [""; 0], "{host}");

        // A webmail, and one that hides where it is.
        for rel in ["", "noreferrer"] {
            let browser = at_home(&demo, way).await;
            let link = wanted.clone();
            let mail = Site::start(move |_| {
                site::page(&format!(
                    "<h1>Mail</h1><a rel=\"{rel}\" href=\"{link}\">Your ticket</a>"
                ))
            });
            browser.visit(&mail.origin("mail")).await;
            browser.press("Your ticket").await;
            browser.sees(&format!("Hello, {name}")).await;
            assert_eq!(browser.address().await, wanted, "{host} {rel}");
        }
    }
}

#[tokio::test]
async fn a_strangers_link_to_the_site_itself_is_asked_about() {
    let demo = Demo::start();
    let browser = Browser::open().await;
    let wanted = demo.at("coffee", "/hc/requests");
    // A sign-in that was begun and left.
    browser.visit(&wanted).await;
    browser.sees("Sign in to Acme Coffee").await;
    browser.visit(&demo.at("coffee-site", "/")).await;
    browser.press("Sign in").await;
    browser.sign_in("carol@coffee.example", "latte").await;
    browser.sees("Welcome back, Carol Crema").await;
    let script = demo.at("coffee-site", "/zdlogin?return_to=") + &wanted.replace('/', "%2F");
    let page = format!("<h1>Prize</h1><a href=\"{script}\">Get it</a>");
    let evil = Site::start(move |_| site::page(&page));
    browser.visit(&evil.origin("evil")).await;
    browser.press("Get it").await;
    browser.sees("Continue to Acme Coffee as c•••@coffee.example?").await;
    let text = browser.page().await;
    assert!(text.contains("you came to this page from another website"), "{text}");
    assert!(text.contains(&evil.origin("evil")), "{text}");
    assert!(!demo.known_to_zendesk().contains(&"carol@coffee.example".to_owned()));
}

#[tokio::test]
async fn without_scripts_the_way_goes_on_by_itself_too() {
    let (demo, browser) = (Demo::start(), Browser::without_scripts().await);
    browser.visit(&demo.at("coffee", "/hc/requests")).await;
    browser.sees("Sign in to Acme Coffee").await;
}
