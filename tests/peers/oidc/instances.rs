//! A sign-in whose steps come to different instances.

use super::faults::AtProvider;
use super::faulty::{Faulty, Key, TOKEN};
use super::provider::Provider;
use super::service::{App, SSO, TO_SHOES};
use crate::redis::server::Server;
use crate::support::answer::Answer;

#[track_caller]
fn assert_used(answer: &Answer) {
    let refused = answer.refused();
    assert_eq!((refused.0, refused.1.as_str()), (409, "flow-used"));
}

#[test]
fn a_flow_that_was_opened_at_one_instance_is_finished_at_the_other() {
    let (provider, redis) = (Provider::start(SSO), Server::start(&[]));
    let [one, other] = App::two(&provider.issuer, &redis);
    let mut joe = one.browser();
    let back = joe.return_from(TO_SHOES, "joe");
    let mut joe = joe.at(&other.browser());
    let (claims, return_to) = joe.get(back.as_str()).handed_off();
    assert_eq!(claims["email"], "joe@example.com");
    assert_eq!(return_to, "https://help.acme-shoes.example/hc/requests");
    let again = joe.at(&one.browser()).get(back.as_str());
    assert_used(&again);
}

#[test]
fn what_one_instance_finished_the_other_does_not_though_the_code_is_good_again() {
    let (key, redis) = (Key::new("one"), Server::start(&[]));
    let faulty = Faulty::start(&[&key]);
    let [one, other] = App::two(&faulty.issuer, &redis);
    let mut joe = AtProvider::begin(&one);
    let claims = joe.claims(&one, &faulty.issuer, &serde_json::json!({}));
    faulty.redeem_for(&key.sign(&claims));
    let before = joe.browser.clone();
    joe.browser = before.at(&other.browser());
    assert_eq!(joe.come_back().handed_off().0["email"], "joe@example.com");
    for (instance, asked) in [(&one, 2), (&other, 3)] {
        joe.browser = before.at(&instance.browser());
        assert_used(&joe.come_back());
        assert_eq!(faulty.asked(TOKEN), asked, "the provider had nothing against it");
    }
}

#[test]
fn a_flow_goes_across_instances_amid_a_rotation_with_what_was_made_for_it() {
    let provider = Provider::start(SSO);
    let [one, other] = App::two_amid_a_rotation(&provider.issuer);
    for (begins, ends) in [(&one, &other), (&other, &one)] {
        let mut joe = begins.browser();
        let back = joe.return_from(TO_SHOES, "joe");
        let mut joe = joe.at(&ends.browser());
        // Its nonce and verifier are the first's, or the provider would say no.
        assert_eq!(joe.get(back.as_str()).handed_off().0["email"], "joe@example.com");
    }
}
