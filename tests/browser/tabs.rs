//! Many tabs at once or from yesterday, and people who come from a mail, a webmail or a stranger's
//! page.

use fantoccini::wd::WindowHandle;
use tempfile::TempDir;

use crate::Demo;
use crate::browser::Browser;
use crate::driver::Wishes;
use crate::site::{self, Site};

/// The Help Center's host, the site's, and a person: address, password and name.
type Way = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// Both ways in which a site brings its assertion: by POST, and in an address.
const WAYS: [Way; 2] = [
    ("shoes", "shoes-site", "alice@shoes.example", "sneaker", "Alice Ash"),
    ("coffee", "coffee-site", "carol@coffee.example", "latte", "Carol Crema"),
];

/// Somebody who is signed in at the brand's own site.
async fn at_home(demo: &Demo, way: Way) -> Browser {
    let browser = Browser::open().await;
    go_home(&browser, demo, way).await;
    browser
}

/// Signs in at the brand's own site.
async fn go_home(browser: &Browser, demo: &Demo, way: Way) {
    let (_, site, email, password, name) = way;
    browser.visit(&demo.at(site, "/")).await;
    browser.press("Sign in").await;
    browser.sign_in(email, password).await;
    browser.sees(&format!("Welcome back, {name}")).await;
}

/// Eight tickets at a Help Center.
fn tickets(demo: &Demo, host: &str) -> Vec<String> {
    (1..=8).map(|it| demo.at(host, &format!("/hc/requests/{it}?tab={it}"))).collect()
}

/// Where each of these tabs is once it greets the person.
async fn reached(browser: &Browser, tabs: &[WindowHandle], name: &str) -> Vec<String> {
    let mut reached = Vec::new();
    for tab in tabs {
        browser.turn_to(tab).await;
        browser.sees(&format!("Hello, {name}")).await;
        reached.push(browser.address().await);
    }
    reached.sort();
    reached
}

#[tokio::test]
async fn eight_tabs_at_once_all_end_at_their_own_pages() {
    for way in WAYS {
        let (host, _, _, _, name) = way;
        let demo = Demo::start();
        let browser = at_home(&demo, way).await;
        let pages = tickets(&demo, host);
        let tabs = browser.open_tabs(&pages).await;
        assert_eq!(reached(&browser, &tabs, name).await, pages, "{host}");
    }
}

#[tokio::test]
async fn the_tickets_of_yesterday_all_open_again_when_zendesk_has_forgotten_the_person() {
    for way in WAYS {
        let (host, _, _, _, name) = way;
        let (demo, profile) = (Demo::start(), TempDir::new().unwrap());
        let mut wishes = Wishes { profile: Some(profile.path()), ..Wishes::default() };
        let browser = Browser::with(wishes).await;
        go_home(&browser, &demo, way).await;
        let pages = tickets(&demo, host);
        let tabs = browser.open_tabs(&pages).await;
        assert_eq!(reached(&browser, &tabs, name).await, pages, "{host}");
        browser.forget_cookies_of_this_site().await;
        browser.close().await;

        wishes.restore = true;
        let browser = Browser::with(wishes).await;
        let tabs = browser.tabs_at(&demo.at(host, "/"), pages.len()).await;
        assert_eq!(reached(&browser, &tabs, name).await, pages, "{host}");
    }
}

#[tokio::test]
async fn the_sign_ins_of_yesterday_can_be_finished_in_each_tab() {
    for way in WAYS {
        let (host, site, email, password, name) = way;
        let (demo, profile) = (Demo::start(), TempDir::new().unwrap());
        let mut wishes = Wishes { profile: Some(profile.path()), ..Wishes::default() };
        let browser = Browser::with(wishes).await;
        let pages = tickets(&demo, host);
        let tabs = browser.open_tabs(&pages).await;
        for tab in tabs {
            browser.turn_to(&tab).await;
            browser.sees_id("email").await;
        }
        browser.close().await;

        wishes.restore = true;
        let browser = Browser::with(wishes).await;
        let tabs = browser.tabs_at(&demo.at(site, "/"), pages.len()).await;
        for tab in &tabs {
            browser.turn_to(tab).await;
            browser.sign_in(email, password).await;
            browser.sees(&format!("Hello, {name}")).await;
        }
        assert_eq!(reached(&browser, &tabs, name).await, pages, "{host}");
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
