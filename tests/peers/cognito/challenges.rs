//! What follows the password, with moto.

use super::house::{House, last_line};
use super::moto::{Moto, PASSWORD, totp};
use super::visitor::Visitor;
use crate::support::answer::Answer;

const CAROL: &str = "carol@coffee.example";

/// Types what the authenticator app shows; once more, if the half minute ends under way.
pub(crate) fn type_code(browser: &mut Visitor, form: &Answer) -> Answer {
    let (step, code) = totp();
    let page = browser.submit(form, &[("code", &code)]);
    if page.status == 200 || totp().0 == step {
        return page;
    }
    browser.submit(form, &[("code", &totp().1)])
}

#[tokio::test]
async fn a_person_who_must_choose_a_new_password_does_so_and_is_handed_off() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.invite(CAROL, true).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let asked = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert_eq!((asked.status, asked.headline()), (200, "Choose a new password"));
    let kept = format!(r#"autocomplete="username" value="{CAROL}" readonly hidden"#);
    assert!(asked.body.contains(&kept), "for whoever keeps the new password");

    let new = "Cortado-and-Cream-8";
    let differ = browser.submit(&asked, &[("new-password", new), ("repeated", "other")]);
    assert_eq!(differ.status, 422);
    assert!(differ.problem().starts_with("You typed two different passwords."));
    let weak = browser.submit(&differ, &[("new-password", "x"), ("repeated", "x")]);
    assert_eq!((weak.status, weak.headline()), (422, "Choose a new password"));
    assert_eq!(last_line()["kind"], "new-password-refused");
    let handed = browser.submit(&weak, &[("new-password", new), ("repeated", new)]);
    assert_eq!(handed.handed_off().0["email"], CAROL);

    let mut next = Visitor::of(&house);
    let form = next.begin();
    let old = next.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert_eq!(old.status, 403, "the old password is gone");
    let handed = next.submit(&form, &[("email", CAROL), ("password", new)]);
    assert_eq!(handed.handed_off().0["email"], CAROL);
}

#[tokio::test]
async fn a_person_with_an_authenticator_app_types_its_code() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    pool.give_authenticator(CAROL, PASSWORD).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let asked = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert_eq!((asked.status, asked.headline()), (200, "Enter your code"));
    assert!(asked.body.contains("authenticator app") && asked.body.contains("one-time-code"));
    for wrong in ["000000", "", "letters"] {
        let page = browser.submit(&asked, &[("code", wrong)]);
        assert_eq!((page.status, page.headline()), (403, "Enter your code"), "{wrong}");
        assert!(page.problem().starts_with("The code is not right"), "{wrong}");
    }
    // moto checks the hash of the client's secret here, and not at the password.
    let handed = type_code(&mut browser, &asked);
    assert_eq!(handed.handed_off().0["email"], CAROL);
}

#[tokio::test]
async fn nobody_gets_in_without_the_hash_of_the_client_secret_which_a_reload_replaces() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    pool.give_phone(CAROL).await;
    let settings = pool.settings();
    let (before, _) = settings.split_once("client_secret").unwrap();
    let house = House::start(&format!("{before}client_secret: {{ value: {} }}", "w".repeat(32)));
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let asked = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    assert!(asked.body.contains("We have sent you a text message"), "{}", asked.body);
    let refused = browser.submit(&asked, &[("code", "123456")]);
    assert_eq!((refused.status, refused.headline()), (403, "Sign in to Acme Coffee"));
    // The right one takes its place while people sign in.
    house.reload(&[(&"w".repeat(32), &pool.client_secret)]);
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let asked = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);
    let handed = browser.submit(&asked, &[("code", "123 456")]);
    assert_eq!(handed.handed_off().0["email"], CAROL, "moto takes any code from a phone");
}

#[tokio::test]
async fn a_challenge_is_for_its_own_browser_and_its_own_time() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    pool.give_phone(CAROL).await;
    let house = House::start(&pool.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();
    let asked = browser.submit(&form, &[("email", CAROL), ("password", PASSWORD)]);

    let mut thief = Visitor::of(&house);
    let own = thief.begin();
    let challenge = asked.hidden().into_iter().find(|(name, _)| name == "challenge").unwrap().1;
    let fields = [("challenge", challenge.as_str()), ("code", "123456")];
    let stolen = thief.submit(&own, &fields);
    assert_eq!((stolen.status, stolen.headline()), (403, "This form cannot be trusted"));

    house.clock.advance(900);
    let late = browser.submit(&asked, &[("code", "123456")]);
    assert_eq!((late.status, late.headline()), (403, "Sign in to Acme Coffee"));
    assert!(late.problem().starts_with("For your safety there is only little time"));
    let asked = browser.submit(&late, &[("email", CAROL), ("password", PASSWORD)]);
    let handed = browser.submit(&asked, &[("code", "123456")]);
    assert_eq!(handed.handed_off().0["email"], CAROL);
}
