//! The journeys of a person, at a provider of another code base: django-oauth-toolkit.

use std::path::Path;
use std::process::Command;

use super::provider::Provider;
use super::service::{App, SSO, TO_SHOES};
use crate::walk::{parameter, with};

fn provider() -> Provider {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(root.join("target/peers/venv/bin/python"));
    command.arg(root.join("tests/peers/django-provider/provider.py")).arg(SSO);
    Provider::run(command)
}

#[test]
fn a_person_signs_in_at_another_provider_and_lands_where_they_wanted() {
    let provider = provider();
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let back = joe.return_from(TO_SHOES, "joe");
    let copy = joe.clone();
    let (claims, return_to) = joe.get(back.as_str()).handed_off();
    assert_eq!(claims["email"], "joe@example.com");
    assert_eq!(claims["name"], "Joe Bloggs");
    assert_eq!(claims["external_id"], "shoes_1");
    assert_eq!(return_to, "https://help.acme-shoes.example/hc/requests");
    let again = copy.clone().get(back.as_str()).refused();
    assert_eq!((again.0, again.1.as_str()), (403, "backend-over"), "the code is good once");

    let mut jane = app.browser();
    let hers = jane.return_from(TO_SHOES, "jane");
    let mut thief = app.browser();
    let his = thief.return_from(TO_SHOES, "joe");
    let injected = with(&his, "code", &parameter(&hers, "code").unwrap());
    let (status, kind, why) = thief.get(&injected).refused();
    assert_eq!((status, kind.as_str()), (403, "backend-over"), "another's code: {why}");
}

#[test]
fn another_provider_vouches_for_addresses_or_does_not() {
    let provider = provider();
    let app = App::start(&provider.issuer);
    let mut browser = app.browser();
    let back = browser.return_from(TO_SHOES, "unverified");
    let refused = browser.get(back.as_str()).refused();
    assert_eq!((refused.0, refused.1.as_str()), (403, "email-unverified"));
}

#[test]
fn a_provider_that_gets_no_hint_asks_before_it_signs_out() {
    let provider = provider();
    let app = App::start(&provider.issuer);
    let mut joe = app.browser();
    let back = joe.return_from(TO_SHOES, "joe");
    joe.get(back.as_str()).handed_off();

    let out = joe.get(&format!("{SSO}/logout?brand_id=1"));
    let page = joe.get(&out.to());
    assert!(page.body.contains("Confirm Logout"), "{}", page.body);
    let answer = joe.fill(&page, &[("allow", "Logout")]);
    let done = joe.until(answer, &format!("{SSO}/logout/done/staff"), "joe");
    assert_eq!(parameter(&done, "state").as_deref(), Some("shoes"));
    assert!(joe.get(done.as_str()).body.contains("You are signed out"));
    // Asked for a name again: somebody else may say theirs.
    let back = joe.return_from(TO_SHOES, "jane");
    assert_eq!(joe.get(back.as_str()).handed_off().0["email"], "jane@example.com");
}
