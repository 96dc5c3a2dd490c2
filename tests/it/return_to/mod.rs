//! Attacks the `return_to` rule: a corpus, properties, and a second reading of the rule that is slow
//! and obvious.

mod corpus;
mod reference;

use std::sync::Arc;

use self::corpus::{Expected, Line, attacks, good};
use self::reference::Verdict;
use brandgate::domain::{
    Account, BackendKey, Brand, BrandId, BrandKey, Brands, Decision, Destination, Dispatch,
    Forward, Host, Name, RemoteRequest, Unknown, decide,
};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use url::Url;

/// Each brand with its hosts, the home first.
const TABLE: [(&str, &[&str]); 4] = [
    ("shoes", &["acme-shoes.zendesk.com", "help.acme-shoes.example"]),
    (
        "coffee",
        &[
            "help.acme-coffee.example",
            "acme-coffee.zendesk.com",
            "xn--bcher-kva.acme-coffee.example",
        ],
    ),
    ("games", &["help.acme-games.example"]),
    ("play", &["play.localhost:8401", "[::1]:8402", "[::1]", "127.0.0.1"]),
];
const ACCOUNT: &str = "acme.zendesk.com";

fn table(unknown: Unknown) -> Brands {
    let brands = TABLE.iter().zip(1001..).map(|((name, hosts), id)| {
        let mut hosts = hosts.iter().map(|host| Host::parse(host).unwrap());
        Brand {
            name: Name::parse(name).unwrap(),
            display_name: (*name).into(),
            id: Some(BrandId(id)),
            home: hosts.next().unwrap(),
            more_hosts: hosts.collect(),
            backend: BackendKey(0),
            identity: Arc::default(),
            routes: Box::default(),
            closed: None,
            listed: true,
            theme: None,
        }
    });
    Brands::new(Account::parse("acme").unwrap(), unknown, brands.collect())
}

fn shoes() -> BrandKey {
    table(Unknown::Refuse).named("shoes").unwrap().0
}

/// What brandgate says about `value` where the brand is already known.
///
/// Whatever it accepts must be what the documentation promises.
fn verdict(brands: &Brands, brand: &str, value: &str) -> Verdict {
    let named = brands.named(brand).unwrap();
    let Ok(sign_in) = Dispatch::resume(brands, named, None, Some(value.into())) else {
        return Verdict::Refused;
    };
    let home = format!("{}/", named.1.home().origin());
    match &sign_in.destination {
        Destination::Home(_) => {
            assert_eq!(sign_in.destination.absolute(), home, "{value:?}");
            assert_eq!(sign_in.forward, Forward::Home, "{value:?}");
            Verdict::Home
        }
        Destination::ReturnTo(kept) => {
            assert_eq!(kept.original(), value);
            assert_eq!(sign_in.forward, Forward::Verbatim, "{value:?}");
            let absolute = kept.absolute();
            assert!(absolute.ends_with(value), "{value:?} became {absolute:?}");
            let url = Url::parse(&absolute).unwrap_or_else(|error| panic!("{value:?}: {error}"));
            assert_eq!(kept.path(), reference::path(value), "{value:?}");
            assert_on_a_host_of(brand, &url);
            Verdict::Kept(url)
        }
    }
}

/// Asks `url` alone where a browser would go.
fn assert_on_a_host_of(brand: &str, url: &Url) {
    let (_, hosts) = TABLE.iter().find(|(name, _)| *name == brand).unwrap();
    let host = url.host_str().unwrap();
    let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    assert!(
        hosts.contains(&&*authority) || authority == ACCOUNT,
        "{url} is not on a host of {brand}"
    );
    assert!(url.username().is_empty() && url.password().is_none(), "{url} has a user");
    let is_loopback = brand == "play" && authority != ACCOUNT;
    assert!(url.scheme() == "https" || (is_loopback && url.scheme() == "http"), "{url}");
    assert!(url.port().is_none() || is_loopback, "{url} has a port");
}

#[test]
fn the_corpus_is_read_whole() {
    let attacks = attacks();
    for expected in [Expected::Refused, Expected::Stays, Expected::Home] {
        let count = attacks.iter().filter(|(kind, _)| *kind == expected).count();
        assert!(count >= 50, "only {count} attacks are {expected:?}");
    }
    assert!(good().len() >= 50);
}

#[test]
fn every_attack_fails_as_it_stands() {
    let brands = table(Unknown::Refuse);
    for (expected, Line { number, value }) in attacks() {
        let seen = match verdict(&brands, "shoes", &value) {
            Verdict::Refused => Expected::Refused,
            Verdict::Kept(_) => Expected::Stays,
            Verdict::Home => Expected::Home,
        };
        assert_eq!(seen, expected, "line {number}: {value:?}");
    }
}

#[test]
fn every_attack_fails_decoded_once_more_and_encoded_once_more() {
    let brands = table(Unknown::Refuse);
    for (_, Line { value, .. }) in attacks() {
        let decoded = percent_decode_str(&value).decode_utf8_lossy();
        let encoded = utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string();
        for (brand, _) in TABLE {
            // `verdict` itself refuses to hear of another host.
            verdict(&brands, brand, &decoded);
            assert_eq!(verdict(&brands, brand, &encoded), Verdict::Refused, "{encoded:?}");
        }
    }
}

#[test]
fn no_attack_leaves_the_table_whoever_decides() {
    for unknown in [Unknown::Refuse, Unknown::Ask, Unknown::Brand(shoes())] {
        let brands = table(unknown);
        for (_, Line { number, value }) in attacks() {
            for brand_id in [None, Some(BrandId(1001)), Some(BrandId(7))] {
                let return_to = Some(value.as_str().into());
                match decide(&brands, &RemoteRequest { return_to, brand_id, client: None }) {
                    Decision::Refuse(_) | Decision::Ask(None) => {}
                    Decision::Ask(Some(text)) => {
                        assert!(text.starts_with('/') && !text.starts_with("//"), "line {number}");
                    }
                    Decision::SignIn(sign_in) => {
                        let url = Url::parse(&sign_in.destination.absolute()).unwrap();
                        assert_on_a_host_of(sign_in.brand.name.as_str(), &url);
                        // What is not accepted never reaches the backend either.
                        let is_kept = matches!(sign_in.destination, Destination::ReturnTo(_));
                        assert_eq!(is_kept, sign_in.forward == Forward::Verbatim, "line {number}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_good_one_is_accepted() {
    let brands = table(Unknown::Refuse);
    for (brand, Line { number, value }) in good() {
        let seen = verdict(&brands, &brand, &value);
        assert!(matches!(seen, Verdict::Kept(_)), "line {number}: {value:?} is {seen:?}");
        assert_eq!(seen, reference::verdict(&brand, &value), "line {number}: {value:?}");
    }
}

#[test]
fn a_host_of_one_brand_decides_for_that_brand_alone() {
    let brands = table(Unknown::Refuse);
    let on_a_brands_host = |value: &str| !value.starts_with('/') && !value.contains("//acme.z");
    let good = good().into_iter().filter(|(_, line)| on_a_brands_host(&line.value));
    let mut count = 0;
    for (brand, Line { number, value }) in good {
        for brand_id in [None, Some(BrandId(1001)), Some(BrandId(1002)), Some(BrandId(7))] {
            let request =
                RemoteRequest { return_to: Some(value.as_str().into()), brand_id, client: None };
            let Decision::SignIn(sign_in) = decide(&brands, &request) else {
                panic!("line {number}: {value:?}")
            };
            assert_eq!(sign_in.brand.name.as_str(), brand, "line {number}: {value:?}");
        }
        for (other, _) in TABLE.iter().filter(|(other, _)| *other != brand) {
            assert_eq!(verdict(&brands, other, &value), Verdict::Refused, "{other}: {value:?}");
        }
        count += 1;
    }
    assert!(count >= 30, "only {count} good ones are on a brand's own host");
}

/// What an attacker would put in: one at each place of each good value.
const PIECES: &[&str] = &[
    "/",
    "//",
    "\\",
    "@",
    ":",
    ":443",
    ":80",
    ":8401",
    ".",
    "..",
    "?",
    "#",
    "%",
    "%2e",
    "%2f",
    "%5c",
    "%40",
    "%00",
    "\0",
    "\t",
    "\n",
    " ",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "\u{3002}",
    "\u{feff}",
    "\u{ff0e}",
    "\u{ff0f}",
    "\u{ff20}",
    "\u{fffd}",
    "\u{430}",
    "ß",
    "a",
    "A",
    "-",
    "_",
    "*",
    "[",
    "]",
    "[::1]",
    ";",
    "&",
    "=",
    "+",
    ",",
    "'",
    "\"",
    "<",
    "|",
    "xn--",
    "http:",
    "https:",
    "https://",
    "evil.test",
    "acme.zendesk.com",
    "acme-shoes.zendesk.com",
    "play.localhost:8401",
    "127.0.0.1",
    "access",
    "agent",
    "c:",
    "/../",
];

#[test]
fn one_piece_more_or_less_is_judged_as_the_rule_says() {
    let brands = table(Unknown::Refuse);
    let short = good().into_iter().filter(|(_, line)| line.value.len() < 64);
    for (brand, Line { value, .. }) in short {
        let places = value.char_indices().map(|(at, c)| (at, c.len_utf8()));
        for (at, width) in places.chain([(value.len(), 0)]) {
            let (before, rest) = value.split_at(at);
            let after = rest.get(width..).unwrap();
            let changed = PIECES.iter().flat_map(|piece| {
                [format!("{before}{piece}{rest}"), format!("{before}{piece}{after}")]
            });
            for value in changed.chain([format!("{before}{after}"), before.to_owned()]) {
                let expected = reference::verdict(&brand, &value);
                assert_eq!(verdict(&brands, &brand, &value), expected, "{brand}: {value:?}");
            }
        }
    }
}

#[test]
fn every_short_combination_is_judged_as_the_rule_says() {
    let brands = table(Unknown::Refuse);
    let pieces =
        ["/", "\\", ".", "..", "@", ":", "%2f", "?", "#", "\t", "access", "agent", "c:", "x"];
    let starts =
        ["", "/", "https:", "https://acme-shoes.zendesk.com", "http://play.localhost:8401"];
    let mut values: Vec<String> = starts.iter().map(|&start| start.to_owned()).collect();
    for _ in 0..3 {
        let longer = |value: &String| pieces.map(|piece| format!("{value}{piece}"));
        values = values.iter().flat_map(longer).collect();
        for value in &values {
            for brand in ["shoes", "play"] {
                let expected = reference::verdict(brand, value);
                assert_eq!(verdict(&brands, brand, value), expected, "{brand}: {value:?}");
            }
        }
    }
}

/// A brand, and a text that looks like something for it.
fn looks_like_one() -> impl Strategy<Value = (&'static str, String)> {
    let brand = select(TABLE.map(|(name, _)| name).to_vec());
    let hosts = TABLE.iter().flat_map(|(_, hosts)| hosts.iter().copied());
    let pieces: Vec<&str> = PIECES.iter().copied().chain(hosts).collect();
    let start =
        select(vec!["", "/", "https://", "HTTPS://", "http://", "https://acme.zendesk.com"]);
    let rest = proptest::collection::vec(select(pieces), 0..8);
    (brand, start, rest).prop_map(|(brand, start, rest)| (brand, start.to_owned() + &rest.concat()))
}

/// A line of the corpus, changed up to five times.
fn changed_line() -> impl Strategy<Value = (String, String)> {
    let attacks = attacks().into_iter().map(|(_, line)| ("shoes".to_owned(), line.value));
    let lines = attacks.chain(good().into_iter().map(|(brand, line)| (brand, line.value)));
    let lines: Vec<_> = lines.filter(|(_, value)| value.len() < 300).collect();
    let change = (any::<Index>(), 0..3_usize, select(PIECES));
    (select(lines), proptest::collection::vec(change, 1..6)).prop_map(
        |((brand, value), changes)| {
            let mut chars: Vec<char> = value.chars().collect();
            for (place, removed, piece) in changes {
                let start = place.index(chars.len() + 1);
                let end = (start + removed).min(chars.len());
                chars.splice(start..end, piece.chars());
            }
            (brand, chars.into_iter().collect())
        },
    )
}

/// What fails is shrunk and printed; the corpus is where it is kept.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(8192))]

    #[test]
    fn what_looks_like_an_address_is_judged_as_the_rule_says((brand, value) in looks_like_one()) {
        let brands = table(Unknown::Refuse);
        prop_assert_eq!(verdict(&brands, brand, &value), reference::verdict(brand, &value));
    }

    #[test]
    fn a_changed_line_of_the_corpus_is_judged_as_the_rule_says((brand, value) in changed_line()) {
        let brands = table(Unknown::Refuse);
        prop_assert_eq!(verdict(&brands, &brand, &value), reference::verdict(&brand, &value));
    }

    #[test]
    fn a_brand_is_decided_exactly_where_the_rule_accepts_its_host((_, value) in changed_line()) {
        let brands = table(Unknown::Refuse);
        let request = RemoteRequest { return_to: Some(value.as_str().into()), brand_id: None, client: None };
        let expected = TABLE.iter().map(|(name, _)| *name).find(|name| {
            reference::is_on_its_own_host(name, &value)
        });
        let decision = decide(&brands, &request);
        let decided = match &decision {
            Decision::SignIn(sign_in) => Some(sign_in.brand.name.as_str()),
            _ => None,
        };
        prop_assert_eq!(decided, expected);
    }
}

// Fewer of these: text of any script is slow to make.
proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn any_text_is_judged_as_the_rule_says(value in "\\PC{0,40}|/\\PC{0,40}|https://\\PC{0,40}|(?s).{0,20}") {
        let brands = table(Unknown::Refuse);
        for (brand, _) in TABLE {
            prop_assert_eq!(verdict(&brands, brand, &value), reference::verdict(brand, &value));
        }
    }

    #[test]
    fn a_path_may_be_anything_and_the_host_stays(path in "/[^/\\\\\\pC\\pZ][^\\\\\\pC\\pZ]{0,60}") {
        let brands = table(Unknown::Refuse);
        for start in ["", "https://acme-shoes.zendesk.com", "https://acme.zendesk.com:443"] {
            let value = format!("{start}{path}");
            prop_assert!(verdict(&brands, "shoes", &value) != Verdict::Refused, "{:?}", value);
        }
    }
}
