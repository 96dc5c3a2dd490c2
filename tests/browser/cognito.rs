//! Signing in with a password that Cognito knows; moto stands in for it.

#[path = "../peers/cognito/moto.rs"]
#[expect(dead_code, reason = "the peers' own tests need more of it")]
pub(crate) mod moto;

use self::moto::{Moto, PASSWORD, Pool, totp};
use crate::browser::Browser;
use crate::coffee::{CAROL, Coffee};
use crate::site::{self, Site};

fn with_pool(pool: &Pool<'_>) -> Coffee {
    Coffee::start(|_| format!("type: cognito\n{}", pool.settings()))
}

async fn type_in(browser: &Browser, email: &str, password: &str) {
    browser.fill("email", email).await;
    browser.fill("password", password).await;
    browser.press("Sign in").await;
}

#[tokio::test]
async fn a_wrong_password_a_new_one_and_a_code_lead_to_the_help_center() {
    for has_scripts in [true, false] {
        let browser =
            if has_scripts { Browser::open().await } else { Browser::without_scripts().await };
        let moto = Moto::start();
        let pool = moto.pool().await;
        pool.invite(CAROL, true).await;
        let coffee = with_pool(&pool);
        let hand_over = async || {
            if !has_scripts {
                browser.press("Finish signing in").await;
            }
        };
        coffee.begin(&browser).await;
        browser.sees("Sign in to Acme Coffee").await;
        type_in(&browser, CAROL, "wrong-One-1").await;
        assert!(browser.text("problem").await.starts_with("The email address or the password"));
        browser.fill("password", PASSWORD).await;
        browser.press("Sign in").await;
        browser.sees("Choose a new password").await;
        let new = "Cortado-and-Cream-8";
        browser.fill("new-password", new).await;
        browser.fill("repeated", new).await;
        browser.press("Continue").await;
        hand_over().await;
        coffee.arrived(&browser, "Caro").await;

        pool.give_authenticator(CAROL, new).await;
        browser.forget_cookies().await;
        coffee.begin(&browser).await;
        type_in(&browser, CAROL, new).await;
        browser.sees("Enter your code").await;
        browser.fill("code", "000000").await;
        browser.press("Continue").await;
        assert!(browser.text("problem").await.starts_with("The code is not right"));
        let (step, code) = totp();
        browser.fill("code", &code).await;
        browser.press_and_leave("Continue").await;
        // The half minute may have ended while the code was on its way.
        if browser.page().await.contains("The code is not right") {
            assert_ne!(totp().0, step, "moto refuses the code of this very half minute");
            browser.fill("code", &totp().1).await;
            browser.press("Continue").await;
        }
        hand_over().await;
        coffee.arrived(&browser, "Caro").await;
    }
}

#[tokio::test]
async fn a_companys_own_form_page_signs_in_as_a_form_and_by_a_script() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let site = Site::start(|_| site::page(include_str!("own_form.html")));
    let form = site.origin("coffee-site");
    let coffee = Coffee::start(|sso| {
        format!("type: cognito\n{}form_url: {form}/in?sso={sso}\n", pool.settings())
    });
    let browser = Browser::open().await;
    for button in ["Sign in as a form", "Sign in by a script"] {
        browser.forget_cookies().await;
        coffee.begin(&browser).await;
        browser.sees("Our own page").await;
        browser.fill("email", CAROL).await;
        browser.fill("password", "wrong-One-1").await;
        browser.press(button).await;
        browser.sees("Our own page: wrong-password").await;
        browser.fill("email", CAROL).await;
        browser.fill("password", PASSWORD).await;
        browser.press(button).await;
        browser.sees("Hello, Caro").await;
        assert_eq!(browser.address().await, coffee.help(), "{button}");
    }
}

#[tokio::test]
async fn the_form_is_filled_in_and_sent_by_the_keyboard_alone() {
    const TAB: &str = "\u{e004}";
    const ENTER: &str = "\u{e007}";
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let (coffee, browser) = (with_pool(&pool), Browser::open().await);
    coffee.begin(&browser).await;
    browser.sees("Sign in to Acme Coffee").await;
    browser.type_keys(&format!("{CAROL}{TAB}{PASSWORD}{ENTER}")).await;
    coffee.arrived(&browser, "Caro").await;
}
