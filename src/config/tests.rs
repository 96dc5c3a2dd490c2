//! What a file may not say, and how that is said.

mod codes;
mod documents;
mod every_key;
mod hints;
mod included;
mod leaks;
mod mistakes;
pub(in crate::config) mod told;

use std::path::Path as FilePath;

use self::told::Told;
use super::{Config, Loaded, read};
use crate::domain::{ClaimedProfile, EmailProof, IdentityRefusal};

/// A file that is good, in which each test changes something.
const GOOD: &str = "\
version: 1
server:
  public_url: https://sso.acme.example
  state_key: { value: state-key-0123456789abcdef0123456789 }
zendesk:
  account: acme
  shared_secret: { value: zendesk-0123456789abcdef0123456789abcd }
unknown: ask
reserved:
  - { email_domains: [acme.example], emails: [], backends: [staff] }
backends:
  shop:
    type: redirect
    login_url: https://www.shop.example/in
    logout_url: https://www.shop.example/out
    assertion: { algorithm: HS256, secrets: [{ value: shop-0123456789abcdef0123456789abcdef }] }
  staff:
    type: redirect
    login_url: https://intranet.acme.example/in
    assertion: { algorithm: HS256, secrets: { value: staff-0123456789abcdef0123456789abcde } }
  native: { type: zendesk }
brands:
  shoes:
    name: Acme Shoes
    brand_id: 1
    hosts: [help.shoes.example, acme-shoes.zendesk.com]
    backend: shop
    identity: { external_id_prefix: shoes_ }
    routes:
      - { path: '^/agent', backend: staff, identity: { roles: [agent] } }
    theme: { color: '#0b5fff', logo: https://shoes.example/logo.svg, support: 'mailto:a@b.example' }
  games:
    brand_id: 2
    hosts: [acme-games.zendesk.com]
    backend: native
";

fn loaded(source: &str) -> Loaded {
    read(source, "brands.yaml", FilePath::new("."))
}

/// Errors alone, as `line:column message`.
fn errors(source: &str) -> Vec<String> {
    let loaded = loaded(source);
    let errors = told::of(&loaded.report).into_iter().filter(Told::is_error);
    let errors: Vec<String> = errors.map(|it| format!("{} {}", it.place(), it.message)).collect();
    assert_eq!(errors.is_empty(), loaded.config.is_some(), "{errors:?}");
    errors
}

fn good() -> Config {
    loaded(GOOD).config.unwrap_or_else(|| panic!("{}", loaded(GOOD).report.text(false)))
}

#[test]
fn a_good_file_has_its_meaning() {
    let config = good();
    assert_eq!(config.table.public_url, "https://sso.acme.example");
    assert_eq!(config.server.listen.to_string(), "0.0.0.0:8080");
    assert_eq!(config.server.ops_listen.to_string(), "127.0.0.1:9090");
    let (_, shoes) = config.table.brands.named("shoes").unwrap();
    assert_eq!(shoes.home.as_str(), "help.shoes.example");
    let (_, games) = config.table.brands.named("games").unwrap();
    assert_eq!(&*games.display_name, "games", "a brand without a name is called like its key");
    let shop = config.table.backends.iter().next().unwrap().assertions().unwrap();
    assert_eq!(shop.origins, ["https://www.shop.example"], "by default the login page's own");
}

/// What is wrong, what in the good file is replaced, by what, and what is said.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    ("version", "version: 1", "version: 2", "1:10 this brandgate reads version 1"),
    ("no scheme", "https://sso.acme.example", "sso.acme.example", "3:15 not an address"),
    (
        "plain HTTP",
        "https://sso.acme",
        "http://sso.acme",
        "3:15 plain HTTP is possible on loopback only",
    ),
    (
        "a path",
        "https://sso.acme.example",
        "https://sso.acme.example/sso",
        "3:15 an origin is a scheme and a host, without a path",
    ),
    (
        "our host is a brand's",
        "https://sso.acme.example",
        "https://help.shoes.example",
        "26:13 this is the host of `server.public_url`",
    ),
    (
        "our host is the account's",
        "https://sso.acme.example",
        "https://acme.zendesk.com",
        "6:12 this is the host of `server.public_url`",
    ),
    ("account", "account: acme", "account: acme.zendesk.com", "6:12 not an account subdomain"),
    (
        "unknown",
        "unknown: ask",
        "unknown: aks",
        "8:10 expected `ask`, `refuse` or `{ brand: NAME }`",
    ),
    ("unknown brand", "unknown: ask", "unknown: { brand: shoe }", "8:19 there is no brand `shoe`"),
    (
        "reserved for nobody we know",
        "backends: [staff]",
        "backends: [stuff]",
        "10:61 there is no backend `stuff`",
    ),
    (
        "reserved: no domain",
        "email_domains: [acme.example]",
        "email_domains: ['@acme.example']",
        "10:23 not a domain",
    ),
    ("reserved: no address", "emails: []", "emails: [ceo]", "10:47 not an e-mail address"),
    (
        "our own address",
        "https://www.shop.example/in",
        "https://sso.acme.example/login",
        "14:16 this is brandgate's own address: people would go in a circle",
    ),
    (
        "a name of ours",
        "https://www.shop.example/in",
        "https://www.shop.example/in?a=b&return.to=x",
        "14:16 its query holds `return_to`, which brandgate adds",
    ),
    (
        "a password",
        "https://www.shop.example/in",
        "https://joe:pw@www.shop.example/in",
        "14:16 an address holds no user and no password",
    ),
    (
        "one secret for two",
        "value: staff-0123456789abcdef0123456789abcde",
        "value: shop-0123456789abcdef0123456789abcdef",
        "20:45 the same value as `backends.shop.assertion.secrets[0]`",
    ),
    (
        "an unset variable",
        "value: shop-0123456789abcdef0123456789abcdef",
        "env: BRANDGATE_TEST_NEVER_SET",
        "16:46 the environment variable `BRANDGATE_TEST_NEVER_SET` is not set",
    ),
    (
        "white space",
        "value: shop-0123456789abcdef0123456789abcdef",
        "value: 'shop-0123456789abcdef0123456789abcdef '",
        "16:46 the secret begins or ends with white space",
    ),
    (
        "two places for one secret",
        "value: shop-0123456789abcdef0123456789abcdef",
        "value: x, env: Y",
        "16:46 a secret is exactly one of `env`, `file` and `value`",
    ),
    (
        "a key of another type",
        "native: { type: zendesk }",
        "native: { type: zendesk, login_url: https://x.example }",
        "21:28 a backend of type `zendesk` has no `login_url`",
    ),
    (
        "brand_id twice",
        "brand_id: 2",
        "brand_id: 1",
        "33:15 this is already `brands.shoes.brand_id`",
    ),
    (
        "a host twice, in other letters",
        "acme-games.zendesk.com",
        "HELP.shoes.example",
        "34:13 this host is already `brands.shoes.hosts[0]`",
    ),
    (
        "a wildcard",
        "acme-games.zendesk.com",
        "'*.zendesk.com'",
        "34:13 hosts are exact: a wildcard is not possible, list every host",
    ),
    ("no host", "[acme-games.zendesk.com]", "[]", "34:12 a brand needs at least one host"),
    ("no backend", "backend: native", "backend: natvie", "35:14 there is no backend `natvie`"),
    ("a bad regex", "'^/agent'", "'^/agent('", "30:17 not a regular expression: unclosed group"),
    (
        "a regex that takes megabytes",
        "'^/agent'",
        "'^/(a{1,99999})'",
        "30:17 not a regular expression: Compiled regex exceeds size limit of 1048576 bytes.",
    ),
    ("a colour", "'#0b5fff'", "blue", "31:21 a colour is written `#rgb` or `#rrggbb`"),
    (
        "a logo over plain HTTP",
        "https://shoes.example/logo",
        "http://shoes.example/logo",
        "31:38 plain HTTP is possible on loopback only",
    ),
    ("support", "mailto:a@b.example", "mailto:nobody", "31:79 not an e-mail address"),
    ("a misspelt key", "brand_id: 2", "brandid: 2", "33:5 unknown key `brandid`"),
    ("a wrong type", "brand_id: 2", "brand_id: two", "33:15 expected a whole number, found text"),
    ("a missing key", "    backend: native\n", "", "32:3 missing `backend`"),
    (
        "a duplicate key",
        "brand_id: 2",
        "brand_id: 2\n    brand_id: 3",
        "34:5 `brand_id` is given twice, first on line 33",
    ),
    (
        "a rule without a value",
        "external_id_prefix: shoes_",
        "external_id_prefix:",
        "28:17 there is a key, and no value",
    ),
    (
        "a rule that is nothing",
        "external_id_prefix: shoes_",
        "email_domains: ~",
        "28:32 there is a key, and no value",
    ),
    (
        "rules without any",
        "identity: { roles: [agent] }",
        "identity:",
        "30:44 there is a key, and no value",
    ),
    (
        "an audience that is nothing",
        "algorithm: HS256, secrets: [",
        "algorithm: HS256, audience: null, secrets: [",
        "16:46 there is a key, and no value",
    ),
    ("a blank name", "name: Acme Shoes", "name: ' '", "24:11 there is no name"),
    (
        "a host that is nothing",
        "[acme-games.zendesk.com]",
        "[~]",
        "34:13 expected text, found nothing",
    ),
    (
        "a bad name",
        "  games:",
        "  Games!:",
        "32:3 a name has 1 to 63 of `a-z 0-9 - _` and begins with a letter or digit",
    ),
];

#[test]
fn each_mistake_is_reported_at_its_place() {
    for (what, from, to, expected) in MISTAKES {
        assert!(GOOD.contains(*from), "{what}: the good file has no {from:?}");
        assert_eq!(errors(&GOOD.replacen(*from, to, 1)), [*expected], "{what}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let source = GOOD
        .replace("brand_id: 2", "brandid: 2")
        .replace("public_url: https", "public_url: http")
        .replace("unknown: ask", "unknown: [ask]")
        .replace("backend: native", "backend: natvie")
        .replace("'^/agent'", "'('");
    assert_eq!(errors(&source).len(), 5, "{:?}", errors(&source));
}

#[test]
fn what_is_risky_is_said_at_every_start() {
    // (what, replace, by, what is said)
    let cases = [
        ("a secret in the file", "version: 1", "version: 1", "the secret stands in the file"),
        (
            "Zendesk's own secret",
            "value: shop-0123456789abcdef0123456789abcdef",
            "value: zendesk-0123456789abcdef0123456789abcd",
            "this site can still sign in anyone by itself",
        ),
        (
            "no assertion",
            "    assertion: { algorithm: HS256, secrets: [{ value: shop-0123456789abcdef0123456789abcdef }] }\n",
            "",
            "without `assertion` this site can still sign in anyone by itself",
        ),
        (
            "a regex without ^",
            "'^/agent'",
            "'/agent'",
            "without `^` this also matches in the middle",
        ),
        (
            "a short secret",
            "shop-0123456789abcdef0123456789abcdef",
            "shop",
            "the secret has only 4 bytes",
        ),
        ("no brand_id", "    brand_id: 2\n", "", "without `brand_id`"),
        (
            "agents and nothing reserved",
            "  - { email_domains: [acme.example], emails: [], backends: [staff] }\n",
            "",
            "`staff` may sign in agents, and no address is `reserved`",
        ),
        ("a backend for nobody", "backend: native", "backend: shop", "no brand uses this backend"),
        (
            "rules for nobody",
            "backend: native",
            "backend: native\n    identity: { tags: [games] }",
            "`native` says nothing to brandgate: these rules have no effect",
        ),
        (
            "a letter beyond ASCII",
            "'^/agent'",
            "'^/hc/ü'",
            "no path is written with such letters (browsers send `%C3%BC` for `ü`)",
        ),
        (
            "a secret that somebody else should have put in",
            "value: shop-0123456789abcdef0123456789abcdef",
            "value: '${SHOP_SECRET}'",
            "this text is the secret itself: nothing is put in its place",
        ),
        (
            "no brand for agents",
            "version: 1",
            "version: 1",
            "no brand has the account's own host `acme.zendesk.com`, where agents work",
        ),
        (
            "a brand without Zendesk's host",
            ", acme-shoes.zendesk.com",
            "",
            "the brand's own `*.zendesk.com` host is missing",
        ),
        (
            "two for one address",
            "version: 1",
            "version: 1",
            "`shop` and `staff` may say the same addresses",
        ),
    ];
    for (what, from, to, expected) in cases {
        assert!(GOOD.contains(from), "{what}: the good file has no {from:?}");
        let source = GOOD.replacen(from, to, 1).replace("reserved:\nbackends", "backends");
        let loaded = loaded(&source);
        let warnings: Vec<String> = loaded.report.warnings().collect();
        assert!(warnings.iter().any(|it| it.contains(expected)), "{what}: {warnings:#?}");
        assert!(loaded.config.is_some(), "{what}: a warning is no error");
    }
}

#[test]
fn who_has_every_host_is_not_warned_about_one() {
    let source = GOOD.replace("acme-games.zendesk.com", "acme.zendesk.com");
    let warnings: Vec<String> = loaded(&source).report.warnings().collect();
    assert!(!warnings.iter().any(|it| it.contains("zendesk.com")), "{warnings:#?}");
    let source = GOOD
        .replace("account: acme", "account: acme.zendesk.localhost:1")
        .replace("acme-games.zendesk.com", "games.localhost:1, acme.zendesk.localhost:1")
        .replace("help.shoes.example, acme-shoes.zendesk.com", "shoes.localhost:1");
    let warnings: Vec<String> = loaded(&source).report.warnings().collect();
    assert!(!warnings.iter().any(|it| it.contains("zendesk.com")), "{warnings:#?}");
}

#[test]
fn a_brand_without_rules_is_not_warned_about_rules() {
    let warnings: Vec<String> = loaded(GOOD).report.warnings().collect();
    assert!(!warnings.iter().any(|it| it.contains("no effect")), "{warnings:#?}");
}

#[test]
fn a_secret_is_never_printed() {
    let config = good();
    let report = loaded(GOOD).report;
    let printed = format!("{config:?}{report:?}{}{}", report.text(true), report.json());
    for secret in ["state-key-01", "zendesk-01", "shop-01", "staff-01"] {
        assert!(GOOD.contains(secret) && !printed.contains(secret), "{secret}");
    }
}

#[test]
fn a_backend_may_not_say_ids_of_another() {
    let said = ClaimedProfile {
        email: Some("joe@example.com".to_owned()),
        external_id: Some("staff_7".to_owned()),
        ..ClaimedProfile::default()
    };
    let admitted = |source: &str| {
        let table = loaded(source).config.unwrap().table;
        let (_, shoes) = table.brands.named("shoes").unwrap();
        let (key, rules) = shoes.backend(None).unwrap();
        let identity = rules.admit(&said, key, &EmailProof::NotDenied, &table.reserved);
        identity.map(|it| it.external_id.unwrap_or_default())
    };
    let source =
        GOOD.replace("{ roles: [agent] }", "{ roles: [agent], external_id_prefix: staff_ }");
    let own = admitted(&source);
    assert_eq!(own, Ok("shoes_staff_7".to_owned()), "its own prefix keeps it apart");
    let source = source.replace("    identity: { external_id_prefix: shoes_ }\n", "");
    let refused = IdentityRefusal::ExternalIdNotAllowed;
    assert_eq!(admitted(&source), Err(refused));
}
