//! Every page of ours, reached as people reach it: axe judges each, and a picture is taken for the documents.

use std::fs;
use std::path::Path;

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::coffee::CAROL;
use crate::cognito::moto::{Moto, PASSWORD, Pool};
use crate::support::demo::Demo;

/// Who has been given a password to be replaced.
const DINA: &str = "dina@coffee.example";

const SHOES_SECRET: &str = "shoes-secret-of-the-demo-0123456789abcdef";
const SHOES: u64 = 360_000_000_001;
const COFFEE: u64 = 360_000_000_002;

/// The demo, with a user pool and a site that signs nobody out.
fn start(pool: &Pool<'_>) -> Demo {
    Demo::changed(Clock::that_skips(), |_, yaml| {
        let (before, rest) = yaml.split_once("  coffee-site:\n").unwrap();
        let (_, after) = rest.split_once("  native:\n").unwrap();
        let settings = format!(
            "type: cognito\n{}register_url: http://localhost:9/join\n\
             forgot_url: http://localhost:9/forgot\n",
            pool.settings()
        );
        let settings = settings.trim_end().replace('\n', "\n    ");
        let yaml = format!("{before}  coffee-site:\n    {settings}\n  native:\n{after}");
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

async fn people(pool: &Pool<'_>) {
    pool.add(CAROL, true).await;
    pool.give_authenticator(CAROL, PASSWORD).await;
    pool.invite(DINA, true).await;
}

/// Judges every page, on a wide window in light and on a phone in dark, and takes pictures.
async fn judge_all((language, sign_in): (&str, &str)) {
    let moto = Moto::start();
    let pool = moto.pool().await;
    people(&pool).await;
    let (demo, browser) = (start(&pool), Browser::open().await);
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&pictures).unwrap();
    for (scheme, width, height) in [("light", 1040, 780), ("dark", 390, 844)] {
        browser.prefer(scheme).await;
        browser.resize(width, height).await;
        visit_all(&demo, &browser, (language, sign_in), async |name| {
            let what = format!("{name} in {language}, {scheme}");
            let spoken = browser.run("return document.documentElement.lang").await;
            assert_eq!(spoken, language, "{what}");
            assert_eq!(browser.axe().await, [] as [String; 0], "{what}");
            let faults = browser.run(crate::looks::FAULTS).await;
            assert_eq!(faults, Value::Array(vec![]), "{what}");
            let file = format!("{name}-{language}-{scheme}.png");
            fs::write(pictures.join(file), browser.picture().await).unwrap();
        })
        .await;
    }
    // Positive control: axe looks at all.
    browser.run("document.documentElement.removeAttribute('lang')").await;
    assert!(browser.axe().await.iter().any(|fault| fault.starts_with("html-has-lang")));
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
