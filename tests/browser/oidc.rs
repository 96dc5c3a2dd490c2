//! Signing in at a certified OpenID Connect provider.

#[path = "../peers/oidc/provider.rs"]
mod provider;

use self::provider::Provider;
use crate::browser::Browser;
use crate::coffee::{CAROL, Coffee};

/// The demo with the coffee brand's people at a provider.
fn start() -> (Coffee, Provider) {
    let mut provider = None;
    let coffee = Coffee::start(|sso| {
        let provider = provider.insert(Provider::start(&format!("http://sso.localhost:{sso}")));
        format!(
            "type: oidc\nissuer: {}\nclient_id: brandgate-coffee-site\n\
             client_secret: {{ value: secret-of-coffee-site-0123456789abcdef0123456789 }}\n",
            provider.issuer
        )
    });
    (coffee, provider.unwrap())
}

/// Types a name at the provider, whose test pages take any password.
async fn type_name(browser: &Browser, person: &str) {
    browser.sees("Sign-in").await;
    browser.fill_named("login", person).await;
    browser.fill_named("password", "any").await;
    browser.press("Sign-in").await;
}

/// Lets brandgate know who one is, which the provider asks once.
async fn agree(browser: &Browser) {
    browser.sees("Authorize").await;
    browser.press("Continue").await;
}

#[tokio::test]
async fn of_two_tabs_at_once_each_comes_back_to_its_own_page() {
    let (coffee, _provider) = start();
    let pages = ["/hc/requests/1?a=b", "/hc/requests/2"].map(|target| coffee.at(target));
    for is_newer_first in [false, true] {
        let browser = Browser::open().await;
        browser.visit(&pages[0]).await;
        browser.sees("Sign-in").await;
        let tabs = browser.open_tab().await;
        browser.visit(&pages[1]).await;
        browser.sees("Sign-in").await;
        let mut order = [(&tabs.first, &pages[0]), (&tabs.second, &pages[1])];
        if is_newer_first {
            order.reverse();
        }
        for (index, (tab, wanted)) in order.into_iter().enumerate() {
            browser.turn_to(tab).await;
            type_name(&browser, "carol").await;
            if index == 0 {
                agree(&browser).await;
            }
            browser.sees("Hello, Carol Crema").await;
            assert_eq!(browser.address().await, *wanted, "the newer first: {is_newer_first}");
        }
        for (tab, wanted) in order {
            browser.turn_to(tab).await;
            assert_eq!(browser.address().await, *wanted, "it stays there");
            // The provider's own pages have faults of their own.
            let ours = |line: &String| line.contains(".localhost:") || line.contains("Policy");
            let console: Vec<_> = browser.console().await.into_iter().filter(ours).collect();
            assert_eq!(console, [""; 0]);
            let history = browser.history().await;
            assert!(!history.iter().any(|it| it.contains("code=")), "{history:?}");
        }
    }
    assert_eq!(coffee.known(CAROL), 1);
}

#[tokio::test]
async fn who_refuses_at_the_provider_sees_our_page_and_may_start_again() {
    let ((coffee, _provider), browser) = (start(), Browser::open().await);
    coffee.begin(&browser).await;
    browser.sees("Sign-in").await;
    browser.press("[ Cancel ]").await;
    browser.sees("You were not signed in").await;
    let page = browser.page().await;
    assert!(page.contains("Acme Coffee"), "{page}");
    assert!(!page.contains("access_denied") && !page.contains("End-User"), "{page}");
    assert_eq!(coffee.known(CAROL), 0);

    browser.press("Start again").await;
    type_name(&browser, "carol").await;
    agree(&browser).await;
    coffee.arrived(&browser, "Carol Crema").await;
}
