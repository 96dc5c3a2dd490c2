//! Every page of ours, reached as people reach it: axe judges each, and a picture is taken for the documents.

use std::fs;
use std::path::Path;

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::coffee::CAROL;
use crate::cognito::moto::{Moto, PASSWORD, Pool};
use crate::everybody;
use crate::site::Site;
use crate::support::demo::Demo;

/// Who has been given a password to be replaced.
const DINA: &str = "dina@coffee.example";

const SHOES_SECRET: &str = "shoes-secret-of-the-demo-0123456789abcdef";
const SHOES: u64 = 360_000_000_001;
const COFFEE: u64 = 360_000_000_002;
/// A brand whose site leaves the browser on the page that it came by.
const QUIET: u64 = 360_000_000_099;

/// The demo, with a user pool, a site that signs nobody out, and `quiet`, which has nothing to show.
fn start(pool: &Pool<'_>, quiet: &Site) -> Demo {
    let site = quiet.origin("quiet");
    Demo::changed(Clock::that_skips(), |_, yaml| {
        let (before, rest) = yaml.split_once("  coffee-site:\n").unwrap();
        let (_, after) = rest.split_once("  native:\n").unwrap();
        let settings = format!(
            "type: cognito\n{}register_url: http://localhost:9/join\n\
             forgot_url: http://localhost:9/forgot\n",
            pool.settings()
        );
        let settings = settings.trim_end().replace('\n', "\n    ");
        let yaml = format!(
            "{before}  coffee-site:\n    {settings}\n\
             \x20 quiet-site:\n    type: redirect\n    login_url: {site}/\n    assertion:\n\
             \x20     algorithm: HS256\n      secrets: [{{ value: quiet-secret-of-the-demo-0123456789 }}]\n\
             \x20 native:\n{after}\
             \x20 quiet:\n    brand_id: {QUIET}\n    hosts: ['quiet-help.localhost:9']\n\
             \x20   backend: quiet-site\n    listed: false\n"
        );
        let logout = yaml.lines().find(|line| line.contains("/zdlogout")).unwrap().to_owned();
        yaml.replacen(&format!("{logout}\n"), "", 1)
    })
}

/// Goes to each page in turn; `look` is told its name. The password form's button says `sign_in`.
async fn visit_all(
    demo: &Demo,
    browser: &Browser,
    (language, sign_in): (&str, &str),
    look: impl AsyncFn(&str),
) {
    let sso = |target: &str| format!("http://sso.localhost:{}{target}", demo.app.address().port());
    browser.forget_cookies().await;
    browser.ask_for(language).await;
    let elsewhere = "return_to=https%3A%2F%2Fevil.example%2F";
    for (name, target) in [
        ("home", "/".to_owned()),
        ("brands", "/login".to_owned()),
        ("signed-out", "/logout".to_owned()),
        ("error", format!("/login?brand_id={SHOES}&{elsewhere}")),
        ("zendesk-error", format!("/logout?brand_id={SHOES}&kind=error&message=no")),
        ("not-me", format!("/backends/shoes-site/not-me?brand_id={SHOES}")),
    ] {
        browser.visit(&sso(&target)).await;
        look(name).await;
    }
    browser.forget_cookies().await;
    browser.visit(&sso(&format!("/login?brand_id={COFFEE}"))).await;
    look("sign-in").await;
    browser.fill("email", CAROL).await;
    browser.fill("password", "wrong-One-1").await;
    browser.press(sign_in).await;
    browser.sees_id("problem").await;
    look("sign-in-again").await;
    browser.fill("email", CAROL).await;
    browser.fill("password", PASSWORD).await;
    browser.press(sign_in).await;
    browser.sees_id("code").await;
    look("code").await;
    browser.forget_cookies().await;
    browser.visit(&sso(&format!("/login?brand_id={COFFEE}"))).await;
    browser.fill("email", DINA).await;
    browser.fill("password", PASSWORD).await;
    browser.press(sign_in).await;
    browser.sees_id("new-password").await;
    look("new-password").await;
    browser.visit(&sso(&format!("/login?brand_id={SHOES}"))).await;
    browser.visit(&demo.at("stranger.localhost", "/")).await;
    let jwt = demo.app.assertion(SHOES_SECRET, &json!({}));
    let post = format!(
        "const form = document.createElement('form');
        Object.assign(form, {{ method: 'post', action: '{}' }});
        form.append(Object.assign(document.createElement('input'), {{ name: 'jwt', value: '{jwt}' }}));
        document.body.append(form);
        form.submit();",
        sso("/access/jwt")
    );
    browser.run(&post).await;
    browser.sees_part("form.either").await;
    look("question").await;
}

/// Goes to the pages that a browser leaves by itself: it runs no scripts until they are there. What only
/// a script shows is shown here, and what is for who has none stays.
async fn visit_those_that_pass(
    demo: &Demo,
    browser: &Browser,
    language: &str,
    look: impl AsyncFn(&str),
) {
    const KEEP: &str = "document.querySelectorAll('noscript').forEach((it) => {
        const kept = document.createElement('div');
        kept.append(...it.childNodes);
        it.replaceWith(kept);
    });";
    const SHOW: &str = "document.querySelectorAll('noscript').forEach((it) => it.remove());
        document.querySelectorAll('#under-way, #over').forEach((it) => it.hidden = !it.hidden);";
    let sso = |target: &str| format!("http://sso.localhost:{}{target}", demo.app.address().port());
    browser.ask_for(language).await;
    let to_shoes = format!("/login?brand_id={SHOES}");
    let to_quiet = format!("/login?brand_id={QUIET}");
    // (the picture's name, the way there, what is done to the page)
    for (name, address, then) in [
        ("onward", to_quiet, KEEP),
        ("hand-off", to_shoes.clone(), KEEP),
        ("hand-off-over", to_shoes, SHOW),
        ("ticket-without-scripts", "/hand-off".to_owned(), KEEP),
        ("ticket", "/hand-off".to_owned(), SHOW),
    ] {
        browser.forget_cookies().await;
        browser.run_scripts(false).await;
        browser.visit(&sso(&address)).await;
        if name.starts_with("hand-off") {
            browser.sign_in("alice@shoes.example", "sneaker").await;
            browser.press("Continue").await;
            browser.sees_part(".spinner").await;
        }
        browser.run(then).await;
        browser.run_scripts(true).await;
        look(name).await;
    }
}

async fn people(pool: &Pool<'_>) {
    pool.add(CAROL, true).await;
    pool.give_authenticator(CAROL, PASSWORD).await;
    pool.invite(DINA, true).await;
}

/// Takes something from everybody.
const SPOIL: &str = "
    document.links[0].tabIndex = -1;
    const main = document.querySelector('main');
    Object.assign(main.style, { border: 'none', minWidth: '500px' });
    main.animate([{ opacity: 1 }, { opacity: 0.9 }], { duration: 1e6 });";

/// Judges every page, on a wide window in light and on a phone in dark, and takes pictures.
async fn judge_all((language, sign_in): (&str, &str)) {
    let moto = Moto::start();
    let pool = moto.pool().await;
    people(&pool).await;
    let quiet = Site::start(|_| "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_owned());
    let (demo, browser) = (start(&pool, &quiet), Browser::open().await);
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&pictures).unwrap();
    for (scheme, width, height) in [("light", 1040, 780), ("dark", 390, 844)] {
        browser.prefer(scheme).await;
        browser.resize(width, height).await;
        let judge = async |name: &str| {
            let what = format!("{name} in {language}, {scheme}");
            let spoken = browser.run("return document.documentElement.lang").await;
            assert_eq!(spoken, language, "{what}");
            assert_eq!(browser.axe().await, [] as [String; 0], "{what}");
            let faults = browser.run(crate::looks::FAULTS).await;
            assert_eq!(faults, Value::Array(vec![]), "{what}");
            let file = format!("{name}-{language}-{scheme}.png");
            fs::write(pictures.join(file), browser.picture().await).unwrap();
            let faults = everybody::faults(&browser, scheme, (width, height)).await;
            assert_eq!(faults, Value::Array(vec![]), "{what}");
        };
        visit_all(&demo, &browser, (language, sign_in), judge).await;
        visit_those_that_pass(&demo, &browser, language, judge).await;
    }
    // Positive control: axe looks at all.
    browser.run("document.documentElement.removeAttribute('lang')").await;
    assert!(browser.axe().await.iter().any(|fault| fault.starts_with("html-has-lang")));
    // And so does the rest.
    browser.visit(&format!("http://sso.localhost:{}/logout", demo.app.address().port())).await;
    assert_eq!(everybody::faults(&browser, "dark", (390, 844)).await, json!([]), "as it is");
    browser.run(SPOIL).await;
    let found = everybody::faults(&browser, "dark", (390, 844)).await.to_string();
    for fault in ["the tab key", "no edge", "less motion: moves", "letters at 200 %: wider"] {
        assert!(found.contains(fault), "{fault}: {found}");
    }
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_english() {
    judge_all(("en", "Sign in")).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_japanese() {
    judge_all(("ja", "サインイン")).await;
}

#[tokio::test]
async fn axe_finds_nothing_on_any_page_in_arabic() {
    judge_all(("ar", "تسجيل الدخول")).await;
}
