//! A user pool's people, at instances that share a Redis.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::json;

use super::house::{HELP, House, at, noted};
use super::scripted::{Scripted, done, profile, refusal};
use super::visitor::Visitor;
use crate::redis::assert_hashes_and_digits;
use crate::redis::server::Server;
use crate::support::answer::Answer;

const CAROL: &str = "carol@coffee.example";
/// The same account.
const TYPED: &str = " Carol@Coffee.example";
const RIGHT: [(&str, &str); 2] = [("email", CAROL), ("password", "right")];
const KEY: &str = "state-key-of-the-peers-0123456789abcdef01";
const OTHER_KEY: &str = "another-state-key-of-the-peers-0123456789ab";
const SITE: &str = "https://www.acme-coffee.example";
const FORM: &str = "form_url: https://www.acme-coffee.example/in\n\
                    origins: [https://www.acme-coffee.example]\n";

fn pool() -> Scripted {
    Scripted::start(|operation, body| match operation {
        "InitiateAuth" if body["AuthParameters"]["PASSWORD"] == "right" => done(),
        "GetUser" => profile(CAROL),
        _ => refusal("NotAuthorizedException", "Incorrect username or password."),
    })
}

fn by_script(house: &House) -> Answer {
    let body = json!({ "email": CAROL, "password": "right", "return_to": HELP });
    let address = at("/backends/pool/sign-in");
    house.script("POST", &address, SITE, Some(&body))
}

fn assert_says_why(trace: &str, status: u16) {
    assert_eq!(noted(trace), ("store-unavailable".to_owned(), status.into()));
}

#[test]
fn nobody_tries_passwords_while_nobody_counts_them() {
    let (peer, mut redis) = (pool(), Server::start(&[]));
    let house = House::start_on(&redis, KEY, &peer.settings());
    let mut browser = Visitor::of(&house);
    let form = browser.begin();

    let assert_refused = || {
        let asked = peer.asked().len();
        let page = browser.clone().submit(&form, &RIGHT);
        let title = "Signing in is not possible right now";
        assert_eq!((page.status, page.headline()), (503, title));
        assert_eq!(page.said("retry-after"), "60");
        assert_says_why(&page.trace(), 503);
        Visitor::of(&house).start();
        assert_eq!(peer.asked().len(), asked, "Cognito is not asked");
    };
    redis.freeze();
    assert_refused();
    redis.thaw();
    let began = Instant::now();
    let handed = loop {
        let page = browser.at(&house).submit(&form, &RIGHT);
        if page.status != 503 {
            break page;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it never signs in again");
    };
    assert_eq!(handed.handed_off().0["email"], CAROL, "by itself, with the same form");
    redis.kill();
    assert_refused();
}

#[test]
fn a_form_page_tries_none_either() {
    let (peer, mut redis) = (pool(), Server::start(&[]));
    let house = House::start_on(&redis, KEY, &(peer.settings() + FORM));
    redis.kill();
    let answer = by_script(&house);
    let json = answer.json();
    assert_eq!((answer.status, json["code"].as_str()), (503, Some("store-unavailable")));
    assert!(json["description"].as_str().unwrap().starts_with("A part of our service"), "{json}");
    assert_says_why(json["trace"].as_str().unwrap(), 503);

    let mut browser = Visitor::of(&house);
    browser.start();
    let fields = RIGHT.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let page = browser.post(&at("/backends/pool/sign-in"), &fields, Some(SITE));
    let location = page.said("location");
    let (before, trace) = location.split_once("&trace=").unwrap();
    assert_eq!(before, format!("{SITE}/in?error=store-unavailable"));
    assert_says_why(trace, 303);
    assert_eq!(peer.asked(), [], "Cognito is not asked");

    redis.restart();
    let began = Instant::now();
    let mut answer = by_script(&house);
    while answer.status == 503 && began.elapsed() < Duration::from_secs(20) {
        answer = by_script(&house);
    }
    assert_eq!(answer.status, 200, "by itself: {}", answer.body);
    let json = answer.json();
    let handed = browser.go_on(json["url"].as_str().unwrap(), SITE);
    assert_eq!(handed.handed_off().0["email"], CAROL);
}

/// Every key, once it is sure that none of them or of their values tells who
/// Carol is.
fn learned(redis: &Server) -> BTreeSet<String> {
    assert_hashes_and_digits(redis);
    let mut hints = Vec::new();
    for text in [CAROL, TYPED, TYPED.trim(), &CAROL.to_uppercase(), "127.0.0.1"] {
        let hash = digest(&SHA256, text.as_bytes());
        let digits = hash.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        let [plain, url] = [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|it| it.encode(hash.as_ref()));
        hints.extend([text.trim().to_lowercase(), hex, plain.to_lowercase(), url.to_lowercase()]);
    }
    let keys: BTreeSet<String> = redis.keys().into_iter().collect();
    for key in &keys {
        let value: String = redis.ask(redis::cmd("GET").arg(key));
        let entry = format!("{key} {value}").to_lowercase();
        let told = hints.iter().find(|hint| entry.contains(*hint));
        assert_eq!(told, None, "{entry}");
    }
    keys
}

#[test]
fn what_is_counted_tells_nothing_about_people_to_whoever_has_not_the_key() {
    let (peer, redis) = (pool(), Server::start(&[]));
    let fail = |house: &House, email: &str| {
        let mut browser = Visitor::of(house);
        let form = browser.begin();
        let page = browser.submit(&form, &[("email", email), ("password", "wrong")]);
        assert_eq!(page.status, 403);
        (browser, form)
    };
    let house = House::start_on(&redis, KEY, &peer.settings());
    let (mut browser, form) = fail(&house, CAROL);
    let first = learned(&redis);
    assert_eq!(first.len(), 3, "the network, the pair and the account: {first:?}");
    fail(&house.beside(), TYPED);
    assert_eq!(learned(&redis), first, "another instance counts the same");

    let other = House::start_on(&redis, OTHER_KEY, &peer.settings());
    fail(&other, CAROL);
    let both = learned(&redis);
    assert_eq!(both.len(), 6, "with another key nothing is the same: {both:?}");

    assert_eq!(browser.submit(&form, &RIGHT).handed_off().0["email"], CAROL);
    let used = learned(&redis).into_iter().filter(|key| key.starts_with("brandgate:used:"));
    assert_eq!(used.count(), 0, "a password proves something each time it is typed");
}

#[test]
fn a_flow_that_was_opened_at_one_instance_is_finished_at_the_other() {
    let (peer, redis) = (pool(), Server::start(&[]));
    let one = House::start_on(&redis, KEY, &peer.settings());
    let other = one.beside();
    for shown_at in [&one, &other] {
        let mut browser = Visitor::of(&one);
        let address = browser.start().leads_to();
        let form = browser.at(shown_at).visit(&address);
        let mut there = browser.at(&other);
        assert_eq!(there.submit(&form, &RIGHT).handed_off().1, HELP);
        for instance in [&one, &other] {
            let again = there.at(instance).submit(&form, &RIGHT);
            let title = "This sign-in is already done";
            assert_eq!((again.status, again.headline()), (409, title));
            assert_eq!(noted(&again.trace()).0, "flow-used");
        }
    }
}

#[test]
fn an_address_of_one_instance_hands_off_at_the_other_once() {
    let (peer, redis) = (pool(), Server::start(&[]));
    let one = House::start_on(&redis, KEY, &(peer.settings() + FORM));
    let other = one.beside();
    let answer = by_script(&one).json();
    let address = answer["url"].as_str().unwrap();
    assert!(address.starts_with(&at("/hand-off#")), "{address}");
    let handed = Visitor::of(&other).go_on(address, SITE);
    assert_eq!(handed.handed_off().1, HELP);
    for (what, instance) in [("the first", &one), ("the other", &other)] {
        let twice = Visitor::of(instance).go_on(address, SITE);
        let title = "This sign-in has been used";
        assert_eq!((twice.status, twice.headline()), (409, title), "{what}");
    }
}
