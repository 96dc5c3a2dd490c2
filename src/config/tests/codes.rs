//! That every kind of problem can be raised, and is by a test.

use std::collections::BTreeSet;

use super::included::CODES_OF_SEVERAL;
use super::told::{self, FULL};
use crate::config::report::Code;
use crate::config::sections::tls::tests::CODES_OF_TLS;
use crate::config::{References, look};

/// A change to that file, and the kind of problem that it makes.
const CASES: &[(&str, &str, &str)] = &[
    ("version: 1", "version: \"\\0\"", "control-character"),
    ("version: 1", "version:\u{a0}1", "odd-blank"),
    ("version: 1", "[version]", "syntax"),
    ("version: 1\n", "version: 1\n a: b\n", "indentation"),
    ("version: 1\n", "version: 1\n\ta: b\n", "tab"),
    ("version: 1", "version 1", "colon"),
    ("version: 1", "version: [1],", "comma"),
    ("version: 1", "version: [", "bracket"),
    ("version: 1", "version: '1", "quote"),
    ("version: 1", "version: \"\\d\"", "escape"),
    ("version: 1", "version: - 1", "list-mark"),
    ("version: 1", "// 1\nversion: 1", "comment-mark"),
    ("version: 1", "<<<<<<< a\nversion: 1", "merge-mark"),
    ("version: 1", "```\nversion: 1", "copy-mark"),
    ("version: 1", "version: @1", "value-start"),
    ("plan: gold", "plan: yes", "text-for-switch"),
    ("name: Acme Shoes", "name: Acme #1", "text-cut"),
    ("name: Acme Shoes", "name: “Acme”", "curly-quotes"),
    ("account: acme", "account: $ACME", "placeholder"),
    ("    brand_id: 1\n", "    brand_id: 0\n", "brand-id-invalid"),
    ("path: ^/pool", "path: ^/pool/*", "route-glob"),
    ("version: 1\n", "version: 1\n---\na: b\n", "second-document"),
    ("version: 1", "version: &a 1", "anchor"),
    ("version: 1", "version: *a", "alias"),
    ("version: 1", "version: !a 1", "tag"),
    ("version: 1", "<<: 1", "merge-key"),
    ("version: 1", "[a]: 1", "key-not-text"),
    ("version: 1", "version: 1\nversion: 1", "key-twice"),
    (
        "    chat:\n      secret:\n        env: CHAT",
        "    chat:\n    secret:\n      env: CHAT",
        "key-misplaced",
    ),
    ("version: 1", "versions: 1", "unknown-key"),
    ("version: 1\n", "", "missing-key"),
    ("version: 1", "version:", "empty-value"),
    ("version: 1", "version: one", "wrong-type"),
    ("version: 1", "version: 2", "version"),
    ("through: zopim", "through: zendesc", "unknown-word"),
    ("  shoes:\n", "  Shoes:\n", "name-invalid"),
    ("    backend: games", "    backend: gmaes", "backend-unknown"),
    ("brand: shoes", "brand: shose", "brand-unknown"),
    ("    backend: games", "    backend: arcade", "backend-unused"),
    ("    type: zendesk", "    type: zendesk\n    issuer: x", "backend-key"),
    ("https://www.shop.example/in", "www.shop.example", "address-invalid"),
    ("https://www.shop.example/in", "http://www.shop.example/in", "address-plain-http"),
    ("https://www.shop.example/in", "https://a:b@www.shop.example/in", "address-user"),
    ("issuer: https://id.example", "issuer: https://id.example/?a=b", "address-query"),
    ("https://www.shop.example/in", "https://www.shop.example/in?kind=x", "address-parameter"),
    ("https://www.shop.example/in", "https://sso.acme.example/in", "address-ours"),
    ("https://sso.acme.example", "https://sso.acme.example/in", "origin-invalid"),
    ("[https://www.pool.example]", "[https://pool.example]", "origin-missing"),
    ("listen: 127.0.0.1:8080", "listen: 8080", "listener-invalid"),
    ("listen: 127.0.0.1:8080", "listen: 127.0.0.1:9090", "listener-twice"),
    ("[203.0.113.0/24]", "[203.0.113.7/24]", "network-invalid"),
    ("[203.0.113.0/24]", "[]", "network-none"),
    ("[203.0.113.0/24]", "[10.1.0.0/16]", "client-ip-unknown"),
    ("[shoes_13]", "[shoes 13]", "external-id-invalid"),
    ("[2faabc07cb139700e20a", "[2fa", "hash-invalid"),
    ("[10.0.0.0/8]", "[proxy]", "network-invalid"),
    ("[10.0.0.0/8]", "[]", "proxy-missing"),
    ("[10.0.0.0/8]", "[10.0.0.0/8, '::/0']", "proxy-anybody"),
    ("client_address: forwarded", "client_address: peer", "proxy-unread"),
    (
        "client_address: forwarded\n  tls:\n    certificate: certificate.pem\n    key: key.pem\n",
        "client_address: peer\n",
        "client-address",
    ),
    ("    env: STATE_KEY", "    value: short", "state-key-short"),
    ("      env: ADMIN_TOKEN", "      value: short", "admin-short"),
    ("  state_key:\n    env: STATE_KEY\n", "", "state-key-missing"),
    ("sentinel: main", "sentinel: ''", "store-invalid"),
    (
        "https://collector.acme.example/v1/traces",
        "https://collector.acme.example",
        "traces-invalid",
    ),
    ("      env: STORE_URL", "      value: redis://cache:1/0", "store-plain"),
    ("account: acme", "account: https://acme", "account-invalid"),
    ("    env: STATE_KEY", "    env: STATE_KEY\n    file: x", "secret-form"),
    ("[{ env: SITE }]", "[]", "secret-none"),
    ("{ env: SITE }", "{ value: x }", "secret-in-file"),
    ("{ env: SITE }", "{ env: $SITE }", "secret-placeholder"),
    ("{ env: SITE }", "{ value: '' }", "secret-empty"),
    ("{ env: SITE }", "{ value: ' x' }", "secret-blank"),
    ("{ env: SITE }", "{ value: \"'a secret'\" }", "secret-quotes"),
    ("{ env: SITE }", "{ value: x }", "secret-short"),
    ("{ env: SITE }", "{ env: ARCADE }", "secret-twice"),
    ("env: TEAM", "value: zendesk-0123456789abcdef0123456789abcd", "secret-same-value"),
    ("{ env: SITE }", "{ value: zendesk-0123456789abcdef0123456789abcd }", "secret-zendesks"),
    ("    assertion:\n", "    logout_personal_date:\n", "unknown-key"),
    ("    logout_url: https://www.shop.example/out\n", "", "logout-missing"),
    ("region: eu-central-1", "region: Frankfurt", "region-invalid"),
    (
        "region: eu-central-1",
        "region: eu-central-1\n    endpoint: http://localhost:1",
        "region-unread",
    ),
    ("client_id: 4b1x", "client_id: 4b 1x", "client-id-invalid"),
    ("    client_secret:\n      env: PROVIDER\n", "", "client-secret-missing"),
    ("    form_url: https://www.pool.example/in\n", "", "form-missing"),
    (
        "issuer: https://id.example",
        "issuer: https://id.example/.well-known/openid-configuration",
        "issuer-invalid",
    ),
    ("    issuer: https://login.games.example\n", "", "issuer-missing"),
    ("[openid, email]", "[email]", "scope-invalid"),
    ("cookie: session_token", "cookie: a b", "cookie-invalid"),
    ("    cookie: session_token\n", "", "cookie-missing"),
    ("cookie_domain: acme.example", "cookie_domain: example", "cookie-domain"),
    ("      secrets: [{ env: ARCADE }]", "      {}", "keys-invalid"),
    ("algorithm: RS256", "algorithm: HS256", "algorithm-invalid"),
    ("    audience: acme\n    require:\n      project: '7'\n", "", "token-for-anything"),
    ("      phone: number", "      phone: a b", "claim-invalid"),
    ("      phone: number", "      phone: $.number", "claim-path"),
    ("      phone: number", "      tags: tags", "claim-refused"),
    ("[games.zendesk.com]", "[]", "host-none"),
    ("[games.zendesk.com]", "['*']", "host-invalid"),
    ("[games.zendesk.com]", "[other.zendesk.com]", "host-twice"),
    ("[games.zendesk.com]", "[sso.acme.example]", "host-ours"),
    ("[acme.zendesk.com]", "[acme2.zendesk.com]", "account-host-missing"),
    ("[games.zendesk.com]", "[games.example]", "zendesk-host-missing"),
    ("[games.zendesk.com]", "[games.zendesk.com]\n    brand_id: 1", "brand-id-twice"),
    ("version: 1", "version: 1 # nothing changed", "brand-id-missing"),
    ("path: ^/pool", "path: ^/pool(", "route-invalid"),
    ("path: ^/pool", "path: /pool", "route-not-anchored"),
    ("path: ^/pool", "path: ^/pööl", "route-not-ascii"),
    ("'#0b5fff'", "blue", "color-invalid"),
    ("mailto:help@shoes.example", "mailto:nobody", "support-invalid"),
    ("key_id: app_1", "key_id: app 1", "key-id-invalid"),
    (
        "[acme.zendesk.com]",
        "[acme.zendesk.com]\n    chat: { secret: { env: CHAT } }",
        "widget-unasked",
    ),
    (
        "  - email_domains: [acme.example]\n    emails: [ceo@shoes.example]",
        "  - emails: []",
        "reserves-nothing",
    ),
    ("    emails: [ceo@shoes.example]", "    emails: [ceo]", "email-invalid"),
    ("[games.example]", "['@games.example']", "domain-invalid"),
    ("external_id_prefix: shoes_", "external_id_prefix: a b", "prefix-invalid"),
    ("external_id_prefix: shoes_", "external_id_prefix: POOL_", "prefix-shared"),
    ("roles: [agent, end_user]", "roles: []", "role-none"),
    ("roles: [agent, end_user]", "roles: [end_user]", "role-not-listed"),
    ("      role: agent\n", "      role: end_user\n", "custom-role"),
    ("phone: '+15551234567'", "phone: 555", "attribute-invalid"),
    ("    backend: native", "    backend: native\n    identity: { tags: [acme] }", "rules-unread"),
    (
        "reserved:\n  - email_domains: [acme.example]\n    emails: [ceo@shoes.example]\n    backends: [site]\n",
        "",
        "agents-not-reserved",
    ),
    ("version: 1", "version: 1 # nothing changed", "addresses-shared"),
    ("version: 1", "version: 1 # nothing changed", "include-nothing"),
    ("version: 1", "version: 1 # nothing changed", "limit-unused"),
    ("include: [brands.d", "include: [..", "include-invalid"),
    ("[pool, provider]", "[pool]", "shares-nothing"),
    ("[pool, provider]", "[pool, native]", "sharing-over"),
];

fn codes(source: &str, references: References) -> BTreeSet<String> {
    let loaded = look(source, "brands.yaml", ".".as_ref(), references);
    told::of(&loaded.report).into_iter().map(|it| it.code).collect()
}

#[test]
fn every_kind_of_problem_is_raised() {
    let (mut raised, mut wrong) = (BTreeSet::new(), Vec::new());
    for (from, to, code) in CASES {
        assert!(FULL.contains(from), "{code}: the full file has no {from:?}");
        let found = codes(&FULL.replacen(from, to, 1), References::Unopened);
        if !found.contains(*code) {
            wrong.push(format!("{code}: {found:?}"));
        }
        raised.insert((*code).to_owned());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // What is no change to that file.
    let deep = format!("a: {}{}", "[".repeat(70), "]".repeat(70));
    let none = "backends: {}\nbrands: {}\n";
    let site = FULL.replace("[{ env: SITE }]\n", "[{ env: NO_SUCH }, { file: no-such-file }]\n");
    let site = site.replace("    assertion:", "    #").replace("file: sentinel-password", "env: S");
    let opened = FULL.replace("{ env: ARCADE }", "{ file: /no-such-file }");
    for (source, references) in [
        ("", References::Unopened),
        (&deep, References::Unopened),
        (none, References::Unopened),
        (&opened, References::Opened),
        (&site, References::Unopened),
        (
            "backends: { a: { type: redirect, login_url: https://a.example/ } }",
            References::Unopened,
        ),
    ] {
        raised.extend(codes(source, references));
    }
    // Where there is no text to look at, the command itself says so: tests/it/cli. For more keys
    // and values than there may be: document/parse. For several files: tests/included.
    // For what certificates say: sections/tls.
    let elsewhere = ["could-not-run", "file-unreadable", "file-too-large", "too-many"];
    raised.extend(
        elsewhere.into_iter().chain(CODES_OF_SEVERAL).chain(CODES_OF_TLS).map(str::to_owned),
    );
    let all: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(raised, all);
}
