//! What an included file may not do.

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::symlink;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::{COFFEE, Folder, MAIN, SHOES};
use crate::backend::Bounds;
use crate::config::{References, look};
use crate::domain::{ClaimedProfile, EmailProof, Role};

/// What goes beyond the limits of that file: what is written, what in its place, and the line and path of
/// the problem.
const BEYOND: &[(&str, &str, &str)] = &[
    ("help.shoes.example,", "help.coffee.example,", "9 brands.shoes.hosts[0]"),
    ("help.shoes.example,", "evilshoes.example,", "9 brands.shoes.hosts[0]"),
    ("help.shoes.example,", "acme.zendesk.com,", "9 brands.shoes.hosts[0]"),
    ("acme-shoes.zendesk.com", "other.zendesk.com", "9 brands.shoes.hosts[1]"),
    ("help.shoes.example,", "'shop.localhost:8080',", "9 brands.shoes.hosts[0]"),
    ("brand_id: 1", "brand_id: 2", "8 brands.shoes.brand_id"),
    ("brand_id: 1", "brand_id: 7", "8 brands.shoes.brand_id"),
    ("backend: shoes-site", "backend: staff", "10 brands.shoes.backend"),
    ("backend: shoes-site", "backend: coffee-site", "10 brands.shoes.backend"),
    ("backend: native", "backend: staff", "17 brands.shoes.routes[0].backend"),
    (
        "[shoes.example]",
        "[shoes.example, coffee.example]",
        "12 brands.shoes.identity.email_domains[1]",
    ),
    ("[shoes.example]", "[sub.shoes.example]", "12 brands.shoes.identity.email_domains[0]"),
    ("      email_domains: [shoes.example]\n", "", "11 brands.shoes.identity.email_domains"),
    ("[shoes.example]", "[]", "12 brands.shoes.identity.email_domains"),
    ("_prefix: shoes_", "_prefix: coffee_", "13 brands.shoes.identity.external_id_prefix"),
    ("_prefix: shoes_", "_prefix: SHOES_", "13 brands.shoes.identity.external_id_prefix"),
    ("_prefix: shoes_", "_prefix: shoes", "13 brands.shoes.identity.external_id_prefix"),
    ("      external_id_prefix: shoes_\n", "", "11 brands.shoes.identity.external_id_prefix"),
    ("organization: Acme Shoes", "organization: Acme", "14 brands.shoes.identity.organization"),
    (
        "organization: Acme Shoes",
        "organizations: [Acme Shoes, Acme]",
        "14 brands.shoes.identity.organizations",
    ),
    ("organization: Acme Shoes", "organization_id: 7", "14 brands.shoes.identity.organization_id"),
    (
        "organization: Acme Shoes",
        "organization_ids: [7]",
        "14 brands.shoes.identity.organization_ids",
    ),
    ("organization: Acme Shoes", "roles: [end_user, agent]", "14 brands.shoes.identity.roles"),
    ("organization: Acme Shoes", "role: admin", "14 brands.shoes.identity.role"),
    (
        "organization: Acme Shoes",
        "may_say: [name, organization]",
        "14 brands.shoes.identity.may_say",
    ),
    (
        "organization: Acme Shoes",
        "user_fields: { vip: true }",
        "14 brands.shoes.identity.user_fields",
    ),
    ("tags: [shoes]", "tags: [shoes, vip]", "15 brands.shoes.identity.tags"),
    (
        "backend: native }",
        "backend: shoes-site }",
        "17 brands.shoes.routes[0].identity.email_domains",
    ),
    ("secrets/shoes/key", "secrets/zendesk", "5 backends.shoes-site.assertion.secrets[0].file"),
    (
        "secrets/shoes/key",
        "secrets/shoes/../zendesk",
        "5 backends.shoes-site.assertion.secrets[0].file",
    ),
    ("secrets/shoes/key", "/proc/self/environ", "5 backends.shoes-site.assertion.secrets[0].file"),
    ("secrets/shoes/key", "secrets/shoes-key", "5 backends.shoes-site.assertion.secrets[0].file"),
    ("secrets/shoes/key", "secrets/shoes/link", "5 backends.shoes-site.assertion.secrets[0].file"),
    ("file: secrets/shoes/key", "env: PATH", "5 backends.shoes-site.assertion.secrets[0]"),
    (
        "file: secrets/shoes/key",
        "env: OTHER_SHOES_KEY",
        "5 backends.shoes-site.assertion.secrets[0]",
    ),
];

/// Addresses of this machine, and of private networks.
const INNER: &[&str] = &[
    "http://127.0.0.1:9090/metrics",
    "https://localhost/in",
    "https://169.254.169.254/",
    "https://0xa9fea9fe/",
    "https://10.0.0.1/in",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.100.100.200/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "https://localhost./in",
    "https://0.0.0.0/in",
    "https://[::]/in",
    "https://[::ffff:127.0.0.1]/in",
];

#[test]
fn whatever_goes_beyond_the_limits_of_a_file_is_refused_in_its_place() {
    let login = |to: &&'static str| {
        ("https://www.shoes.example/in", *to, "4 backends.shoes-site.login_url")
    };
    for (from, to, place) in BEYOND.iter().copied().chain(INNER.iter().map(login)) {
        assert!(SHOES.contains(from), "{from}");
        let folder = Folder::whole(MAIN, &SHOES.replacen(from, to, 1), COFFEE);
        symlink("../zendesk", folder.path().join("secrets/shoes/link")).unwrap();
        let said = folder.said();
        let (line, path) = place.split_once(' ').unwrap();
        let expected = format!("brands.d/shoes.yaml:{line} limit-exceeded {path}:");
        // One fact may be two problems: a route without rules has neither domains nor a prefix.
        let others: Vec<_> = said.iter().filter(|it| !it.contains(" limit-exceeded ")).collect();
        assert!(said.iter().any(|it| it.starts_with(&expected)), "{to}: {said:#?}");
        let follows = ["backend-unused", "secret-same-value", "addresses-shared", "prefix-shared"];
        assert!(
            others.iter().all(|it| follows.iter().any(|code| it.contains(code))),
            "{to}: {said:#?}"
        );
        assert!(folder.load().config.is_none(), "{to}");
    }
}

#[test]
fn what_goes_beyond_the_limits_is_told_whatever_else_is_wrong() {
    let beyond = SHOES
        .replace("[shoes.example]", "[shoes.example, coffee.example]")
        .replace("_prefix: shoes_", "_prefix: coffee_");
    let expected = [
        "brands.d/shoes.yaml:12 limit-exceeded brands.shoes.identity.email_domains[1]: the file may not name \
         this domain",
        "brands.d/shoes.yaml:13 limit-exceeded brands.shoes.identity.external_id_prefix: the file may not let \
         a backend say external ids of this prefix",
    ];
    // (what else is wrong, replaced by what, how many more things are said)
    for (from, to, more) in [
        ("brand_id: 1", "brand_id: 1", 0),
        ("brand_id: 1", "brand_id: one", 1),
        ("[help.shoes.example, acme-shoes.zendesk.com]", "[]", 1),
        ("algorithm: HS256", "algorithm: RS256", 1),
        ("type: redirect", "type: redirct", 1),
    ] {
        assert!(beyond.contains(from), "{from}");
        let said = Folder::whole(MAIN, &beyond.replacen(from, to, 1), COFFEE).said();
        let follows = ["backend-unused", "prefix-shared", "addresses-shared", "host-missing"];
        let said: Vec<_> =
            said.iter().filter(|it| !follows.iter().any(|code| it.contains(code))).collect();
        assert!(expected.iter().all(|it| said.iter().any(|said| *said == it)), "{to}: {said:#?}");
        assert_eq!(said.len(), 2 + more, "{to}: {said:#?}");
    }
    // Nothing is said to be missing where it is not known whether it is needed.
    let bare = SHOES.replace("      email_domains: [shoes.example]\n", "");
    let bare =
        bare.replace("      external_id_prefix: shoes_\n", "").replace("redirect", "redirct");
    let said = Folder::whole(MAIN, &bare, COFFEE).said();
    assert!(!said.iter().any(|it| it.contains("limit-exceeded")), "{said:#?}");
}

#[test]
fn a_backends_own_address_and_its_cookie_are_within_the_limits_too() {
    let backend = |at: &str| {
        let token = format!(
            "    type: session_token\n    at: https://{at}\n    cookie: token\n    cookie_domain: {}\n    \
             login_url: https://www.shoes.example/in\n    algorithm: HS256\n    email_verified: optional\n    \
             keys: {{ secrets: [{{ file: secrets/shoes/key }}] }}\n",
            at.split_once('.').unwrap().1,
        );
        let (before, rest) = SHOES.split_once("    type: redirect\n").unwrap();
        let (_, behind) = rest.split_once("brands:").unwrap();
        format!("{before}{token}brands:{behind}")
    };
    let folder = Folder::whole(MAIN, &backend("sso.shoes.example"), COFFEE);
    assert!(folder.load().config.is_some(), "{:?}", folder.said());
    folder.put("brands.d/shoes.yaml", &backend("sso.coffee.example"));
    let said = folder.said();
    let expected = "brands.d/shoes.yaml:4 limit-exceeded backends.shoes-site.at:";
    assert!(said.iter().any(|it| it.starts_with(expected)), "{said:?}");
}

#[test]
fn a_shared_backend_is_held_to_domains_and_prefix_unless_it_is_the_main_files() {
    let main = MAIN.replace("backends: [native]", "backends: [native, staff, coffee-site]");
    let with = |backend: &str| {
        let route = format!("backend: {backend} }}");
        Folder::whole(&main, &SHOES.replace("backend: native }", &route), COFFEE)
    };
    let staff = with("staff");
    assert!(staff.load().config.is_some(), "{:?}", staff.said());
    let with_prefix =
        |prefix: &str| with(&format!("staff, identity: {{ external_id_prefix: {prefix} }}"));
    assert!(with_prefix("shoes_").load().config.is_some(), "{:?}", with_prefix("shoes_").said());
    // With another brand's prefix, its own people are that brand's.
    let said = with_prefix("coffee_").said();
    let expected = "brands.d/shoes.yaml:17 limit-exceeded \
                    brands.shoes.routes[0].identity.external_id_prefix:";
    assert!(said.iter().any(|it| it.starts_with(expected)), "{said:#?}");
    let main = main.replace(
        "identity: { email_domains: [acme.example] }",
        "identity: { email_domains: [acme.example], external_id_prefix: staff_ }",
    );
    let route = "backend: staff, identity: { external_id_prefix: staff_ } }";
    let folder = Folder::whole(&main, &SHOES.replace("backend: native }", route), COFFEE);
    assert!(folder.load().config.is_some(), "as the main file has it: {:?}", folder.said());
    let said = with("coffee-site").said();
    for key in ["email_domains", "external_id_prefix"] {
        let expected =
            format!("brands.d/shoes.yaml:17 limit-exceeded brands.shoes.routes[0].identity.{key}:");
        assert!(said.iter().any(|it| it.starts_with(&expected)), "{said:#?}");
    }
}

#[test]
fn addresses_of_the_internet_may_be_named_and_others_where_the_limits_say_so() {
    let named = |networks: &str, address: &str| {
        let main = MAIN.replacen(
            "    env_prefix",
            &format!("    networks: {networks}\n    env_prefix"),
            1,
        );
        let shoes = SHOES.replace("https://www.shoes.example/in", address);
        let folder = Folder::whole(&main, &shoes, COFFEE);
        folder.load().config.is_some()
    };
    for (networks, address, is_good) in [
        ("[]", "https://93.184.216.34/in", true),
        ("[]", "https://172.32.0.1/in", true),
        ("[]", "https://[2606:2800:220:1::]/in", true),
        ("[]", "https://10.0.0.1/in", false),
        ("[10.0.0.0/8]", "https://10.0.0.1/in", true),
        ("[10.0.0.0/8]", "https://[::ffff:10.0.0.1]/in", true),
        ("[10.0.0.0/8]", "https://192.168.0.1/in", false),
        ("[10.0.0.0/8]", "http://localhost:8080/in", false),
        ("[127.0.0.0/8]", "http://localhost:8080/in", true),
        ("['fd00::/8']", "https://[fd12::1]/in", true),
    ] {
        assert_eq!(named(networks, address), is_good, "{networks}: {address}");
    }
}

#[test]
fn providers_are_asked_within_the_networks_that_their_files_limits_name() {
    const PROVIDERS: &str = "\
backends:
  NAME-id: { type: oidc, issuer: 'https://id.NAME.example', client_id: x }
  NAME-pool: { type: cognito, region: eu-central-1, client_id: x }
  NAME-site:
    type: session_token
    cookie: NAME
    cookie_domain: NAME.example
    at: https://sso.NAME.example
    login_url: https://www.NAME.example/in
    algorithm: ES256
    issuer: NAME
    audience: x
    keys: { jwks_url: 'https://www.NAME.example/keys' }
brands: { NAME: { hosts: [help.NAME.example], backend: NAME-id } }
";
    const LIMITS: &str = "\
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { file: secrets/zendesk } }
include: [brands.d/*.yaml]
limits:
  - { files: [brands.d/shoes.yaml], hosts: any, email_domains: any, external_id_prefix: any }
  - { files: [brands.d/*], hosts: any, email_domains: any, external_id_prefix: any, networks: [10.0.0.0/8] }
";
    let of = |name: &str| PROVIDERS.replace("NAME", name);
    let folder = Folder::whole(&format!("{LIMITS}{}", of("tea")), &of("shoes"), &of("coffee"));
    let config = folder.load().config.unwrap_or_else(|| panic!("{:?}", folder.said()));
    for (name, bounds) in [
        ("tea", Bounds::default()),
        ("shoes", Bounds::with(&[])),
        ("coffee", Bounds::with(&["10.0.0.0/8".parse().unwrap()])),
    ] {
        for provider in ["id", "pool", "site"] {
            let name = format!("{name}-{provider}");
            let (_, backend) = config.table.backend_named(&name).unwrap();
            assert_eq!(backend.asks_within(), Some(&bounds), "{name}");
        }
    }
    // What `check --live` asks besides: each backend's login page.
    let backends = config.table.backends.iter();
    assert_eq!(backends.len(), config.asks_within.len());
    for (backend, bounds) in backends.zip(&config.asks_within) {
        assert_eq!(backend.asks_within(), Some(bounds), "{}", backend.name);
    }
}

#[test]
fn what_hosts_of_anybody_lie_beneath_is_no_limit() {
    for (domain, is_good) in [
        ("acme-shoes.zendesk.com", true),
        ("notzendesk.com", true),
        ("zendesk.com", false),
        ("ZENDESK.com", false),
        ("com", false),
    ] {
        let main = MAIN.replacen("acme-shoes.zendesk.com]", &format!("{domain}]"), 1);
        let said = Folder::whole(&main, SHOES, COFFEE).said();
        let refused =
            |it: &String| it.starts_with("brands.yaml:9 domain-invalid limits[0].hosts[1]");
        assert_eq!(said.iter().any(refused), !is_good, "{domain}: {said:#?}");
    }
}

/// One of these; the first, which is within the limits, more often than not.
fn one_of(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just(choices[0]), 2 => prop::sample::select(choices)]
}

/// Whatever an included file says: if it is taken, nobody is signed in by its backend beyond its limits,
/// whatever that backend claims.
#[test]
fn no_file_that_is_taken_signs_in_anybody_beyond_its_limits() {
    let rules = (
        one_of(&[
            "email_domains: [shoes.example]",
            "email_domains: [shoes.example, coffee.example]",
            "email_domains: []",
            "",
        ]),
        one_of(&[
            "external_id_prefix: shoes_",
            "external_id_prefix: shoes_x_",
            "external_id_prefix: s",
            "external_id_prefix: coffee_",
            "",
        ]),
        one_of(&["roles: [end_user]", "roles: [agent]", "role: admin", "role: end_user", ""]),
        one_of(&["may_say: [name]", "may_say: [tags]", "may_say: [organization, name]", ""]),
        one_of(&[
            "organization: Acme Shoes",
            "organization: Acme",
            "tags: [shoes]",
            "tags: [vip]",
            "organization_id: 3",
            "",
        ]),
        any::<bool>(),
    );
    let claims = (
        one_of(&["a@shoes.example", "a@coffee.example", "ceo@acme.example", "a@SHOES.example"]),
        one_of(&["7", "shoes_7", "coffee_7", "SHOES_7", "shoes_x_7"]),
        one_of(&["end_user", "agent", "admin", ""]),
        any::<bool>(),
    );
    let folder = Folder::whole(MAIN, SHOES, COFFEE);
    let (before, _) = SHOES.split_once("    backend: shoes-site\n").unwrap();
    let admitted = Cell::new(0);
    let mut runner = TestRunner::new(Config { cases: 400, ..Config::default() });
    let outcome = runner.run(&(rules, claims), |(rules, (email, id, role, has_tag))| {
        let (domains, prefix, role_rule, said, fixed, is_route) = rules;
        let rules = [domains, prefix, role_rule, said, fixed];
        let rules: Vec<&str> = rules.into_iter().filter(|it| !it.is_empty()).collect();
        let identity = format!("identity: {{ {} }}", rules.join(", "));
        let written = if is_route {
            let route = format!("{{ path: ^/, backend: shoes-site, {identity} }}");
            format!("    backend: native\n    routes: [{route}]\n")
        } else {
            format!("    backend: shoes-site\n    {identity}\n")
        };
        folder.put("brands.d/shoes.yaml", &format!("{before}{written}"));
        let Some(config) = folder.load().config else { return Ok(()) };
        let table = config.table;
        let mut brands = table.brands.iter();
        let (_, shoes) = brands.find(|(_, brand)| brand.name.as_str() == "shoes").unwrap();
        let profile = ClaimedProfile {
            email: Some(email.to_owned()),
            external_id: Some(id.to_owned()),
            role: Role::parse(role),
            tags: has_tag.then(|| vec!["vip".to_owned()]),
            ..ClaimedProfile::default()
        };
        for (backend, rules) in shoes.rules() {
            let outcome = rules.admit(&profile, backend, &EmailProof::NotDenied, &table.reserved);
            let Ok(identity) = outcome else { continue };
            if !table.backend(backend).unwrap().names_people() {
                continue;
            }
            admitted.set(admitted.get() + 1);
            let profile = identity.profile;
            prop_assert_eq!(identity.email.domain(), "shoes.example");
            prop_assert!(identity.external_id.is_some_and(|id| id.starts_with("shoes_")));
            prop_assert!(profile.role.is_none_or(|role| role == Role::EndUser));
            prop_assert!(profile.organization.is_none_or(|it| it.as_str() == "Acme Shoes"));
            prop_assert!(profile.organization_id.is_none());
            prop_assert!(profile.tags.is_none_or(|it| it.as_slice() == ["shoes"]));
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(admitted.get() > 5, "people are signed in: {}", admitted.get());
}

#[test]
fn without_secrets_limits_hold_as_well() {
    let folder =
        Folder::whole(MAIN, &SHOES.replace("secrets/shoes/key", "secrets/zendesk"), COFFEE);
    let loaded = look(MAIN, "brands.yaml", folder.path(), References::Unopened);
    assert!(loaded.report.text(false).contains("an included file may not read this secret"));
    let good = Folder::whole(MAIN, SHOES, COFFEE);
    fs::remove_dir_all(good.path().join("secrets")).unwrap();
    let loaded = look(MAIN, "brands.yaml", good.path(), References::Unopened);
    assert!(loaded.config.is_some(), "{}", loaded.report.text(false));
}
