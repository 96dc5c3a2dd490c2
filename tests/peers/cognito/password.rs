//! The password form, with moto.

use super::house::{HELP, House, at, last_line, noted};
use super::moto::{Moto, PASSWORD};
use super::visitor::Visitor;
use crate::support::log;

const CAROL: &str = "carol@coffee.example";

#[tokio::test]
async fn a_person_with_the_right_password_is_handed_off_as_their_profile_says() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    let sub = pool.add(CAROL, true).await;
    let claims = "claims: { user_fields.plan: custom:plan }\n";
    let links = "register_url: https://www.acme.example/join?a=b&c\n\
                 forgot_url: https://www.acme.example/forgot\n";
    let house = House::start(&(pool.settings() + claims + links));
    let mut browser = Visitor::of(&house);

    let sent = browser.start();
    let cookie = sent.said("set-cookie");
    assert!(cookie.starts_with("__Host-bg-") && cookie.ends_with("SameSite=Lax"), "{cookie}");
    let form = browser.visit(sent.location());
    assert_eq!((form.status, form.headline()), (200, "Sign in to Acme Coffee"));
    assert!(form.body.contains("href=\"https://www.acme.example/join?a=b&#38;c\""));
    assert!(form.body.contains("href=\"https://www.acme.example/forgot\""));
    let reveal = " data-hide=\"Hide password\" hidden>Show password</button>";
    assert!(form.body.contains(reveal), "it works without scripts: {}", form.body);
    assert!(form.said("content-security-policy").contains("; script-src 'nonce-"));

    let handed = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    let (claims, return_to) = handed.handed_off();
    assert_eq!(return_to, HELP);
    assert_eq!(claims["email"], CAROL);
    assert_eq!(claims["name"], "Caro", "the nickname comes before the name");
    assert_eq!(claims["external_id"], sub);
    assert_eq!(claims["user_fields"]["plan"], "gold");
    assert_eq!(claims.get("role"), None);

    let again = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert_eq!((again.status, again.headline()), (409, "This sign-in is already done"));
    for secret in [PASSWORD, CAROL, "carol@"] {
        assert!(log::lines(secret).is_empty(), "the log has {secret}");
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_look_the_same() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();

    let mut pages = Vec::new();
    let long = "x".repeat(300);
    for (email, password) in [
        (CAROL, "wrong-Password-1"),
        ("nobody@coffee.example", PASSWORD),
        (CAROL, ""),
        ("", PASSWORD),
        ("not an address", PASSWORD),
        (CAROL, long.as_str()),
        (long.as_str(), PASSWORD),
    ] {
        let page = browser.submit(&form, &[("email", email), ("password", password)]);
        assert_eq!(page.status, 403, "{email}");
        assert!(page.body.contains(&format!("type=\"email\" value=\"{email}\"")), "{email}");
        assert!(password.is_empty() || !page.body.contains(password), "{email}");
        assert!(!page.body.contains("<code>"), "no code under a typo");
        let entry = last_line();
        let found = (entry["kind"].as_str(), entry["backend.name"].as_str());
        assert_eq!(found, (Some("wrong-password"), Some("pool")), "{entry}");
        let nonce = page.body.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
        // Where nothing was typed as address, that field has the focus.
        let body = page.body.replace(nonce, "NONCE").replace(" autofocus", "");
        let body = body.replace(&format!("value=\"{email}\""), "");
        pages.push(body);
    }
    assert!(pages[0].contains("The email address or the password is not right."));
    for (number, page) in pages.iter().enumerate() {
        assert_eq!(*page, pages[0], "{number}");
    }
    // The form can still be used.
    let handed = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert_eq!(handed.handed_off().0["email"], CAROL);
}

#[tokio::test]
async fn only_who_gave_the_password_learns_that_an_account_is_unconfirmed() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.register(CAROL).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let wrong = browser.submit(&form, &[("email", CAROL), ("password", "wrong-Password-1")]);
    assert!(wrong.problem().starts_with("The email address or the password is not right."));
    let right = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    let title = "Please confirm your account first";
    assert_eq!((right.status, right.headline()), (403, title));
    assert_eq!(noted(&right.trace()).0, "account-unconfirmed");
    assert!(right.body.contains("/login?brand_id=7&#38;return_to="), "start again");
}

#[tokio::test]
async fn an_address_must_be_verified_unless_the_file_says_otherwise() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, false).await;
    pool.add("boss@acme.example", true).await;
    let sign_in = |settings: &str, email: &str| {
        let house = House::start(settings);
        let mut browser = Visitor::of(&house);
        let form = browser.begin();
        browser.submit(&form, &[("email", email), ("password", PASSWORD)])
    };
    let refused = sign_in(&pool.settings(), CAROL);
    let title = "Please confirm your email address first";
    assert_eq!((refused.status, refused.headline()), (403, title));
    let optional = pool.settings() + "email_verified: optional\nclaims: { email_verified: no }\n";
    assert_eq!(sign_in(&optional, CAROL).handed_off().0["email"], CAROL);
    let reserved = sign_in(&pool.settings(), "boss@acme.example");
    assert_eq!(reserved.headline(), "Your address signs in elsewhere");
}

#[tokio::test]
async fn only_our_own_form_in_this_browser_is_taken() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let fields = [("email", CAROL), ("password", PASSWORD)];
    let refused = "This form cannot be trusted";

    for origin in ["https://evil.example", "null", "https://127.0.0.1"] {
        let page = browser.submit_from(&form, &fields, Some(origin));
        assert_eq!((page.status, page.headline()), (403, refused), "{origin}");
    }
    let mut other = Visitor::of(&house);
    let others = other.begin();
    let stolen = others.hidden();
    let action = form.body.split_once("action=\"").unwrap().1.split('"').next().unwrap();
    let mut forged: Vec<(String, String)> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let no_token = browser.post(&at(action), &forged, None);
    assert_eq!(no_token.headline(), refused, "no token");
    forged.extend(stolen);
    let page = browser.post(&at(action), &forged, None);
    assert_eq!(page.headline(), refused, "the token of another flow");

    let stranger = Visitor::of(&house).visit(&at(action));
    assert_eq!((stranger.status, stranger.headline()), (400, "We cannot find your sign-in"));
    let nonsense = browser.visit(&at("/sign-in/nonsense"));
    assert_eq!(nonsense.status, 404);
    let site = at("/login?brand_id=8");
    let begun = browser.visit(&site);
    let cookie = begun.said("set-cookie");
    let id = cookie.strip_prefix("__Host-bg-").unwrap().split('=').next().unwrap();
    let foreign = browser.visit(&at(&format!("/sign-in/{id}")));
    assert_eq!(foreign.headline(), "This sign-in belongs to another site");

    house.clock.advance(3600);
    let late = browser.submit(&form, &fields);
    assert_eq!((late.status, late.headline()), (410, "Your sign-in took too long"));
    house.clock.advance(-3600);
    let without_origin = browser.submit_from(&form, &fields, None);
    assert_eq!(without_origin.handed_off().0["email"], CAROL, "positive control");
}
