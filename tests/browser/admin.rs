//! The admin page in a browser: for everybody to read, and new without being opened again.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::support::app::{App, BRANDS, TO_SHOES};
use crate::support::assertion::SHOES;

/// What is wrong with the page: each fault as a sentence.
const FAULTS: &str = include_str!("faults.js");

const TOKEN: &str = "admin-token-of-the-journeys-0123456789abcdef";

fn start() -> App {
    let ops = "ops: { listen: 127.0.0.1:0 }";
    let admin = format!("ops: {{ listen: 127.0.0.1:0, admin: {{ value: {TOKEN} }} }}");
    App::with(&BRANDS.replace(ops, &admin))
}

#[tokio::test]
async fn the_admin_page_can_be_read_by_everybody_and_refreshes_itself() {
    let app = start();
    let refused = app.browser().sign_in(TO_SHOES, SHOES, &json!({ "role": "admin" }));
    let address = format!("http://anybody:{TOKEN}@{}/admin", app.ops_address());
    let browser = Browser::open().await;
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        for width in [320, 1280] {
            browser.resize(width, 800).await;
            for query in ["", "?url=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc"] {
                browser.visit(&(address.clone() + query)).await;
                let faults = browser.run(FAULTS).await;
                assert_eq!(faults, json!([]), "{query} in {scheme}, {width} wide");
            }
        }
    }
    assert!(browser.page().await.contains(&refused.trace()));
    let updated = || browser.text("updated");
    let before = updated().await;
    app.clock.advance(60);
    browser.run("return refresh()").await;
    assert_ne!(updated().await, before, "without being opened again");
    let styles = "return getComputedStyle(document.querySelector('header')).position";
    assert_eq!(browser.run(styles).await, Value::from("sticky"), "its own stylesheet is allowed");
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}
