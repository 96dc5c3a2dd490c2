//! The choice among more brands than one page shows: for everybody, page by page and by a word.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::Path;

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::everybody;
use crate::support::app::App;

/// Who puts their name before what.
const WHO: [&str; 6] = ["Acme", "Arbor", "Bluebird", "Cobalt", "Dune", "Ember"];
const WHAT: [&str; 5] = ["Shoes", "Coffee & Tea", "Books", "Garden", "Bikes"];

/// Some two hundred brands.
fn start() -> App {
    let public = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut yaml = format!(
        "version: 1\n\
         server: {{ public_url: 'http://sso.localhost:{}', listen: 127.0.0.1:0, ops: {{ listen: 127.0.0.1:0 }} }}\n\
         zendesk: {{ account: acme, shared_secret: {{ value: zendesk-secret-of-the-journeys-0123456789 }} }}\n\
         unknown: ask\n\
         backends: {{ native: {{ type: zendesk }} }}\n\
         brands:\n",
        public.local_addr().unwrap().port()
    );
    for number in 0..210_usize {
        let (who, what) = (WHO[number % WHO.len()], WHAT[number / WHO.len() % WHAT.len()]);
        writeln!(
            yaml,
            "  brand-{number}: {{ name: {who} {what} {}, brand_id: {}, hosts: [help-{number}.example], backend: native }}",
            number / 30 + 1,
            number + 1
        )
        .unwrap();
    }
    App::on(public, &yaml, Clock::default())
}

#[tokio::test]
async fn the_choice_among_many_brands_can_be_made_by_everybody() {
    let (app, browser) = (start(), Browser::open().await);
    let at = |target: &str| format!("http://sso.localhost:{}{target}", app.address().port());
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&pictures).unwrap();
    for (language, scheme, width, height) in [("en", "light", 1040, 780), ("ar", "dark", 390, 844)]
    {
        browser.ask_for(language).await;
        browser.prefer(scheme).await;
        browser.resize(width, height).await;
        for (name, target) in [
            ("brands-many", "/login"),
            ("brands-middle", "/login?page=2&return_to=%2Fhc"),
            ("brands-found", "/login?search=tea+3"),
            ("brands-not-found", "/login?search=nobody"),
        ] {
            browser.visit(&at(target)).await;
            let what = format!("{name} in {language}, {scheme}");
            let spoken = browser.run("return document.documentElement.lang").await;
            assert_eq!(spoken, language, "{what}");
            assert_eq!(browser.axe().await, [] as [String; 0], "{what}");
            assert_eq!(browser.run(crate::looks::FAULTS).await, Value::Array(vec![]), "{what}");
            let file = format!("{name}-{language}-{scheme}.png");
            fs::write(pictures.join(file), browser.picture().await).unwrap();
            // All of its links are reached by key on the shorter pages.
            if name.ends_with("found") {
                let faults = everybody::faults(&browser, scheme, (width, height)).await;
                assert_eq!(faults, json!([]), "{what}");
            }
        }
    }
    browser.ask_for("en").await;
    browser.visit(&at("/login?return_to=%2Fhc%2Frequests")).await;
    browser.fill("search", "garden 7").await;
    browser.press("Search").await;
    browser.sees_part("a[href*='help-198.example%2Fhc%2Frequests']").await;
    assert_eq!(browser.console().await, Vec::<String>::new());
    browser.close().await;
}
