//! The admin page in a browser: for everybody to read, and new without being opened again.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::support::app::{App, BRANDS, SHOES_SITE, SSO, TO_BOOTS, TO_SHOES};
use crate::support::assertion::SHOES;
use crate::support::browser::{Request, program};

const TOKEN: &str = "admin-token-of-the-journeys-0123456789abcdef";

/// What the backends have said: shown, so that it is judged as well.
const OPEN: &str = "document.querySelectorAll('details').forEach((it) => it.open = true);";

fn start() -> App {
    let ops = "ops: { listen: 127.0.0.1:0 }";
    let admin = format!("ops: {{ listen: 127.0.0.1:0, admin: {{ value: {TOKEN} }} }}");
    App::with(&BRANDS.replace(ops, &admin))
}

/// An hour in which people come, more of them in its midst; some are refused.
fn an_hour_passes(app: &App) {
    for minute in 0..59_u32 {
        for _ in 0..1 + minute * 7 % 5 / 2 + u32::from((25..40).contains(&minute)) * 2 {
            let query = format!("{TO_SHOES}&timestamp={}", app.clock.now() - 1);
            assert_eq!(app.browser().sign_in(&query, SHOES, &json!({})).status, 200);
        }
        if minute % 4 == 1 {
            assert_eq!(app.browser().sign_in(TO_BOOTS, SHOES, &json!({})).status, 200);
        }
        if minute % 19 == 7 {
            let mut person = app.browser();
            let wrong = app.assertion("another-secret-0123456789abcdef0123", &json!({}));
            person.login(TO_BOOTS).location();
            assert_eq!(person.submit(SHOES_SITE, &wrong, None).status, 403);
        }
        if minute % 23 == 9 {
            let admin = json!({ "role": "admin", "tags": ["vip"] });
            assert_eq!(app.browser().sign_in(TO_SHOES, SHOES, &admin).status, 403);
        }
        // The service itself looks every 15 seconds.
        let look = Request::get(&format!("{SSO}/admin/status.json"));
        let looked =
            program(app.ops_address(), &look.with("authorization", &format!("Bearer {TOKEN}")));
        assert_eq!(looked.status, 200);
        app.clock.advance(60);
    }
}

#[tokio::test]
async fn the_admin_page_can_be_read_by_everybody_and_refreshes_itself() {
    let app = start();
    an_hour_passes(&app);
    let refused = app.browser().sign_in(TO_SHOES, SHOES, &json!({ "role": "admin" }));
    let address = format!("http://anybody:{TOKEN}@{}/admin", app.ops_address());
    let browser = Browser::open().await;
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&pictures).unwrap();
    for scheme in ["light", "dark"] {
        browser.prefer(scheme).await;
        for (width, height) in [(320, 800), (1280, 1060)] {
            browser.resize(width, height).await;
            for query in ["?url=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc", ""] {
                browser.visit(&(address.clone() + query)).await;
                browser.run(OPEN).await;
                let what = format!("{query} in {scheme}, {width} wide");
                let faults = browser.run(crate::looks::FAULTS).await;
                assert_eq!(faults, json!([]), "{what}");
                assert_eq!(browser.axe().await, [] as [String; 0], "{what}");
            }
        }
        let file = format!("admin-en-{scheme}.png");
        fs::write(pictures.join(file), browser.picture().await).unwrap();
        browser.run(&format!("{OPEN} document.getElementById('failures').scrollIntoView()")).await;
        let file = format!("admin-failures-en-{scheme}.png");
        fs::write(pictures.join(file), browser.picture().await).unwrap();
    }
    // As it is opened: while somebody reads what a backend has said, nothing is refreshed.
    browser.visit(&address).await;
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
