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

use self::told::ReportedProblem;
use super::{Config, Loaded, read};
use crate::domain::{ClaimedProfile, EmailProof, IdentityRefusal};

/// A file that is good, with its secrets in it, in which each test changes something.
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
    let errors = told::of(&loaded.report).into_iter().filter(ReportedProblem::is_error);
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

/// What nobody can tell who opens no secret; all else is in `mistakes`.
#[test]
fn a_variable_that_is_not_set_is_reported_at_its_place() {
    let secret = "value: shop-0123456789abcdef0123456789abcdef";
    let source = GOOD.replacen(secret, "env: BRANDGATE_TEST_NEVER_SET", 1);
    let expected = "16:46 the environment variable `BRANDGATE_TEST_NEVER_SET` is not set";
    assert_eq!(errors(&source), [expected]);
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
