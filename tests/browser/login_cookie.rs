//! The login cookie of a brand's own site, read at brandgate's second address.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::coffee::{CAROL, Coffee};
use crate::site::{self, Site};
use crate::support::provider::{self, Provider};

const PROJECT: &str = "40db2ea4-0000-4000-8000-000000000000";

const FORM: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Login</title>\
    <link rel=\"icon\" href=\"data:,\"></head><body><h1>The login page</h1>\
    <form method=\"post\"><button>Let me in</button></form></body></html>";

/// The demo with the coffee brand's people at a site that keeps a login token in a cookie.
struct World {
    coffee: Coffee,
    site: Site,
    /// What the site puts into the cookie.
    token: Arc<Mutex<String>>,
    /// How often its login page was shown.
    shown: Arc<AtomicUsize>,
    _keys: Provider,
}

impl World {
    fn start() -> Self {
        let keys = Provider::start();
        let token = Arc::new(Mutex::new(signed(&json!({}))));
        let shown = Arc::new(AtomicUsize::new(0));
        let back = Arc::new(Mutex::new(String::new()));
        let site = {
            let (token, shown, back) = (token.clone(), shown.clone(), back.clone());
            Site::start(move |request| {
                let cookie = format!(
                    "Set-Cookie: token={}; Domain=acme.localhost; Path=/; HttpOnly; Secure",
                    token.lock().unwrap()
                );
                if request.starts_with("POST") {
                    let back = back.lock().unwrap();
                    return format!(
                        "HTTP/1.1 303 See Other\r\n{cookie}\r\nLocation: {back}\r\n\
                         Content-Length: 0\r\nConnection: close\r\n\r\n"
                    );
                }
                if request.starts_with("GET /in?") {
                    shown.fetch_add(1, Ordering::SeqCst);
                    return site::page(FORM);
                }
                site::page("<h1>Hello</h1>").replacen("\r\n", &format!("\r\n{cookie}\r\n"), 1)
            })
        };
        let coffee = Coffee::start(|sso| {
            let at = format!("http://sso.acme.localhost:{sso}");
            *back.lock().unwrap() = format!("{at}/callback/coffee-site");
            format!(
                "type: session_token\ncookie: token\ncookie_domain: acme.localhost\nat: {at}\n\
                 login_url: {}/in\nkeys: {{ jwks_url: 'http://{}/keys' }}\nalgorithm: RS256\n\
                 issuer: https://login.xsolla.com\n\
                 require: {{ xsolla_login_project_id: {PROJECT} }}\n",
                site.origin("login.acme"),
                keys.address,
            )
        });
        Self { coffee, site, token, shown, _keys: keys }
    }

    /// From now on, the site puts this into the cookie.
    fn gives(&self, changes: &Value) {
        *self.token.lock().unwrap() = signed(changes);
    }

    /// Visits a page of the site, which sets the cookie.
    async fn look_at_the_site(&self, browser: &Browser) {
        browser.visit(&self.site.origin("login.acme")).await;
        browser.sees("Hello").await;
    }

    /// Signs in at the site.
    async fn sign_in(&self, browser: &Browser) {
        browser.sees("The login page").await;
        browser.press("Let me in").await;
    }

    async fn arrived(&self, browser: &Browser) {
        self.coffee.arrived(browser, "carol").await;
        assert_eq!(browser.text("external-id").await, "coffee_d342dad2");
        let history = browser.history().await;
        assert!(!history.iter().any(|it| it.contains("eyJ")), "{history:?}");
    }

    fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }
}

/// What Xsolla says about Carol, with `changes`.
fn signed(changes: &Value) -> String {
    let now = Clock::default().now();
    let mut claims = json!({
        "iss": "https://login.xsolla.com", "iat": now, "exp": now + 86_400, "sub": "d342dad2",
        "email": CAROL, "email_verified": true, "username": "carol", "type": "xsolla_login",
        "xsolla_login_project_id": PROJECT,
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    provider::signed("a", &claims)
}

#[tokio::test]
async fn who_is_signed_in_at_the_site_goes_straight_to_the_help_center() {
    let (world, browser) = (World::start(), Browser::open().await);
    world.look_at_the_site(&browser).await;
    world.coffee.begin(&browser).await;
    world.arrived(&browser).await;

    browser.press("Sign out").await;
    browser.sees("You are signed out").await;
    world.coffee.begin(&browser).await;
    world.arrived(&browser).await;
    assert_eq!(world.shown(), 0, "nobody was asked for anything");
}

#[tokio::test]
async fn who_has_no_cookie_or_an_old_one_signs_in_at_the_site_and_comes_back() {
    let (world, browser) = (World::start(), Browser::open().await);
    world.coffee.begin(&browser).await;
    world.sign_in(&browser).await;
    world.arrived(&browser).await;

    browser.forget_cookies().await;
    world.gives(&json!({ "exp": 1_300_819_380 }));
    world.look_at_the_site(&browser).await;
    world.gives(&json!({}));
    world.coffee.begin(&browser).await;
    world.sign_in(&browser).await;
    world.arrived(&browser).await;
    assert_eq!(world.shown(), 2);
}

#[tokio::test]
async fn a_token_of_another_project_is_refused_on_our_page() {
    let (world, browser) = (World::start(), Browser::open().await);
    world.gives(&json!({ "xsolla_login_project_id": "11111111-0000-4000-8000-000000000000" }));
    world.look_at_the_site(&browser).await;
    world.coffee.begin(&browser).await;
    world.sign_in(&browser).await;
    browser.sees("This sign-in is for something else").await;
    assert!(browser.page().await.contains("Acme Coffee"));
    assert!(!browser.document().await.contains(CAROL));
    assert_eq!(world.coffee.known(CAROL), 0);

    world.gives(&json!({}));
    browser.press("Start again").await;
    world.sign_in(&browser).await;
    world.arrived(&browser).await;
}
