//! What people get wrong, and what each mistake is told: the place, the message and the hint.

use serde_json::Value;

use crate::config::{References, look};

/// A file as somebody writes it who runs a few brands.
const GOOD: &str = "\
version: 1
server:
  public_url: https://sso.acme.example
zendesk:
  account: acme
  shared_secret: { env: ZENDESK_SECRET }
unknown: ask
backends:
  shop:
    type: redirect
    login_url: https://www.shop.example/in
    assertion:
      algorithm: HS256
      secrets: [{ env: SHOP_SECRET }]
  staff:
    type: oidc
    issuer: https://id.acme.example
    client_id: brandgate
    client_secret: { file: staff.secret }
brands:
  shoes:
    name: Acme Shoes
    brand_id: 360000000001
    hosts: [help.shoes.example, acme-shoes.zendesk.com]
    backend: shop
    identity:
      email_domains: [shoes.example]
      roles: [end_user]
    routes:
      - path: '^/agent'
        backend: staff
        identity: { email_domains: [acme.example] }
    theme:
      color: '#0b5fff'
      support: mailto:help@shoes.example
  acme:
    brand_id: 360000000002
    hosts: [acme.zendesk.com]
    backend: staff
    identity: { email_domains: [acme.example] }
    listed: false
";

/// What is wrong; what in the good file is replaced, and by what; what is said.
type Mistake = (&'static str, &'static str, &'static str, &'static [&'static str]);

const MISTAKES: &[Mistake] = &[
    (
        "a key misspelt",
        "brand_id: 360000000001",
        "brnad_id: 360000000001",
        &["23:5 error: unknown key `brnad_id` (did you mean `brand_id`?)"],
    ),
    (
        "a key in another style",
        "public_url:",
        "publicUrl:",
        &["3:3 error: unknown key `publicUrl` (did you mean `public_url`?)"],
    ),
    (
        "a key in the plural",
        "    backend: shop",
        "    backends: shop",
        &["25:5 error: unknown key `backends` (did you mean `backend`?)"],
    ),
    (
        "a key of another product",
        "    client_id: brandgate",
        "    client_id: brandgate\n    redirect_uri: https://sso.acme.example/callback",
        &[
            "19:5 error: a backend of type `oidc` has no `redirect_uri` (known here: `type`, `issuer`, `client_id`, `client_secret`, `scopes`, `claims`, `email_verified`)",
        ],
    ),
    (
        "a key that is missing",
        "    login_url: https://www.shop.example/in\n",
        "",
        &[
            "9:3 error: a backend of type `redirect` needs a `login_url` (the address of the brand's login page or script)",
        ],
    ),
    ("a brand without a backend", "    backend: shop\n", "", &["21:3 error: missing `backend`"]),
    (
        "a key given twice",
        "    backend: shop\n",
        "    backend: shop\n    backend: staff\n",
        &["26:5 error: `backend` is given twice, first on line 25 (remove one of the two)"],
    ),
    (
        "two brands with one name",
        "  acme:\n    brand_id",
        "  shoes:\n    brand_id",
        &["36:3 error: `shoes` is given twice, first on line 21 (remove one of the two)"],
    ),
    (
        "two brands with one id",
        "brand_id: 360000000002",
        "brand_id: 360000000001",
        &[
            "37:15 error: this is already `brands.shoes.brand_id` (Zendesk gives each brand a number of its own)",
        ],
    ),
    (
        "two brands with one host",
        "[acme.zendesk.com]",
        "[acme.zendesk.com, Help.Shoes.Example]",
        &[
            "38:31 error: this host is already `brands.shoes.hosts[0]` (people find one brand at one host)",
        ],
    ),
    (
        "indented too far",
        "    brand_id: 360000000001",
        "      brand_id: 360000000001",
        &[
            "23:7 error: this line is indented further than the one before, which has a value already (entries of one list or mapping begin in the same column)",
        ],
    ),
    (
        "indented too little",
        "    backend: shop\n    identity",
        "   backend: shop\n    identity",
        &[
            "25:4 error: the indentation does not fit the lines before (entries of one list or mapping begin in the same column)",
        ],
    ),
    (
        "a brand at the wrong level",
        "  acme:\n    brand_id: 360000000002",
        "acme:\n    brand_id: 360000000002",
        &[
            "36:1 error: unknown key `acme` (known here: `version`, `server`, `zendesk`, `unknown`, `reserved`, `shared_addresses`, `backends`, `brands`)",
        ],
    ),
    (
        "a section within another",
        "backends:\n  shop:",
        "  backends:\n  shop:",
        &[
            "8:3 error: this line is indented further than the one before, which has a value already (entries of one list or mapping begin in the same column)",
        ],
    ),
    (
        "a tab",
        "    name: Acme Shoes",
        "\tname: Acme Shoes",
        &["22:2 error: a tab cannot be used for indentation (use spaces)"],
    ),
    (
        "no colon",
        "    backend: shop\n    identity",
        "    backend shop\n    identity",
        &[
            "25:5 error: a `:` is missing on this line (such as `key: value`, with a blank behind the `:`)",
        ],
    ),
    (
        "no blank behind the colon",
        "backend: shop\n",
        "backend:shop\n",
        &["25:12 error: a blank is missing behind this `:` (such as `key: value`)"],
    ),
    (
        "an equals sign",
        "    name: Acme Shoes",
        "    name = Acme Shoes",
        &["22:10 error: a key ends with `:`, not with `=` (such as `key: value`)"],
    ),
    (
        "an open bracket",
        "acme-shoes.zendesk.com]",
        "acme-shoes.zendesk.com",
        &[
            "24:12 error: this bracket is not closed (add the closing one, or put the text in quotes)",
        ],
    ),
    (
        "an open brace",
        "{ env: ZENDESK_SECRET }",
        "{ env: ZENDESK_SECRET",
        &[
            "6:18 error: this bracket is not closed (add the closing one, or put the text in quotes)",
        ],
    ),
    (
        "an open quote",
        "'^/agent'",
        "'^/agent",
        &[
            "30:15 error: this quote is not closed (add the closing one; in single quotes, `'` is written twice)",
        ],
    ),
    (
        "curly quotes",
        "'^/agent'",
        "\u{2018}^/agent\u{2019}",
        &[
            "30:15 error: `\u{2018}` stands where a plain quote belongs (type the quotes anew: `'^/agent(/|$)'`)",
        ],
    ),
    (
        "a path without its slash",
        "'^/agent'",
        "'^agent'",
        &["30:15 error: every path begins with `/`, so this matches none (`'^/agent'`)"],
    ),
    (
        "a whole address for a path",
        "'^/agent'",
        "'^https://acme.zendesk.com/agent'",
        &[
            "30:15 error: every path begins with `/`, so this matches none (the path alone, without scheme and host: `'^/agent(/|$)'`)",
        ],
    ),
    (
        "an apostrophe",
        "name: Acme Shoes",
        "name: 'Acme's Shoes'",
        &[
            "22:17 error: there is text after the closing quote (in single quotes, `'` is written twice)",
        ],
    ),
    (
        "a colon in a text",
        "name: Acme Shoes",
        "name: Acme: Shoes",
        &[
            "22:15 error: a `:` is not allowed here (check the indentation and the brackets before it; a text that holds `: ` needs quotes)",
        ],
    ),
    (
        "a text that begins with @",
        "name: Acme Shoes",
        "name: @acme",
        &["22:11 error: a value cannot begin like this (put it in quotes)"],
    ),
    (
        "a no-break space",
        "backend: shop\n",
        "backend:\u{a0}shop\n",
        &[
            "25:13 error: a no-break space (U+00A0) stands where a blank belongs (type it anew; where it is meant, it needs quotes)",
        ],
    ),
    (
        "a text for a list",
        "hosts: [acme.zendesk.com]",
        "hosts: acme.zendesk.com",
        &["38:12 error: expected a list, found text (put it in brackets: `[…]`)"],
    ),
    (
        "a list for a text",
        "backend: shop\n",
        "backend: [shop]\n",
        &["25:14 error: expected text, found a list (one value, without brackets or dashes)"],
    ),
    (
        "dashes for a mapping",
        "    assertion:\n      algorithm: HS256\n      secrets",
        "    assertion:\n      - algorithm: HS256\n      - secrets",
        &[
            "12:5 error: expected a mapping, found a list (`key: value`, without brackets or dashes around it)",
        ],
    ),
    (
        "a mapping for a list of routes",
        "      - path: '^/agent'\n        backend: staff\n        identity",
        "      path: '^/agent'\n      backend: staff\n      identity",
        &["29:5 error: expected a list, found a mapping (begin each entry with `- `)"],
    ),
    (
        "a list of brands",
        "brands:\n  shoes:\n",
        "brands:\n  - shoes:\n",
        &[
            "36:3 error: the indentation does not fit the lines before (entries of one list or mapping begin in the same column)",
        ],
    ),
    (
        "nothing behind a key",
        "    backend: staff\n    identity: { email_domains: [acme",
        "    backend:\n    identity: { email_domains: [acme",
        &[
            "39:5 error: there is a key, and no value (write its value; what belongs to it may stand on the next lines, indented further)",
        ],
    ),
    (
        "a colour without quotes",
        "color: '#0b5fff'",
        "color: #0b5fff",
        &[
            "34:7 error: there is a key, and no value (` #` begins a comment: a value that begins with `#` needs quotes, such as `'#0b5fff'`)",
        ],
    ),
    (
        "a colour by its name",
        "color: '#0b5fff'",
        "color: blue",
        &[
            "34:14 error: a colour is written `#rgb` or `#rrggbb` (in quotes, because `#` begins a comment: `'#0b5fff'`)",
        ],
    ),
    (
        "no as YAML 1.1 has it",
        "listed: false",
        "listed: no",
        &["41:13 error: expected `true` or `false`, found text (write `false`)"],
    ),
    (
        "False as Python has it",
        "listed: false",
        "listed: False",
        &["41:13 error: expected `true` or `false`, found text (write `false`)"],
    ),
    (
        "a number in quotes",
        "brand_id: 360000000002",
        "brand_id: '360000000002'",
        &["37:15 error: expected a whole number, found text (remove the quotes)"],
    ),
    (
        "a number with blanks",
        "brand_id: 360000000002",
        "brand_id: 360 000 000 002",
        &["37:15 error: expected a whole number, found text (write digits only)"],
    ),
    (
        "a number with a zero in front",
        "brand_id: 360000000002",
        "brand_id: 0360000000002",
        &[
            "37:15 error: expected a whole number without zeros in front, found a number (remove the zeros in front)",
        ],
    ),
    (
        "a host with its scheme",
        "[acme.zendesk.com]",
        "[https://acme.zendesk.com]",
        &["38:13 error: only the host name, without `https://`, path or user (`acme.zendesk.com`)"],
    ),
    (
        "a host with a slash",
        "[acme.zendesk.com]",
        "[acme.zendesk.com/hc]",
        &["38:13 error: only the host name, without `https://`, path or user (`acme.zendesk.com`)"],
    ),
    (
        "a host that is a pattern",
        "[acme.zendesk.com]",
        "['*.zendesk.com']",
        &["38:13 error: hosts are exact: a wildcard is not possible, list every host"],
    ),
    (
        "a host that is brandgate's",
        "[acme.zendesk.com]",
        "[acme.zendesk.com, sso.acme.example]",
        &[
            "38:31 error: this is the host of `server.public_url` (brandgate needs a host of its own, such as `sso.acme.example`)",
        ],
    ),
    (
        "an address without its scheme",
        "https://www.shop.example/in",
        "www.shop.example/in",
        &["11:16 error: not an address (`https://www.shop.example/in`)"],
    ),
    (
        "a path alone",
        "https://www.shop.example/in",
        "/in",
        &["11:16 error: not an address (such as `https://www.acme.example/in`)"],
    ),
    (
        "plain HTTP",
        "https://www.shop.example/in",
        "http://www.shop.example/in",
        &[
            "11:16 error: plain HTTP is possible on loopback only (use `https://`: what goes over the wire signs people in)",
        ],
    ),
    (
        "an origin with a path",
        "https://sso.acme.example",
        "https://sso.acme.example/login",
        &[
            "3:15 error: an origin is a scheme and a host, without a path (`https://sso.acme.example`)",
        ],
    ),
    (
        "the account's whole host",
        "account: acme",
        "account: acme.zendesk.com",
        &["5:12 error: not an account subdomain (only the part before `.zendesk.com`: `acme`)"],
    ),
    (
        "the metadata's address",
        "https://id.acme.example",
        "https://id.acme.example/.well-known/openid-configuration",
        &[
            "17:13 error: this is where the issuer describes itself, not the issuer (leave out `/.well-known/openid-configuration`)",
        ],
    ),
    (
        "a reference to no backend",
        "backend: staff\n    identity: { email_domains: [acme",
        "backend: stuff\n    identity: { email_domains: [acme",
        &["39:14 error: there is no backend `stuff` (did you mean `staff`?)"],
    ),
    (
        "a type in capitals",
        "type: oidc",
        "type: OIDC",
        &[
            "16:11 error: expected one of `redirect`, `cognito`, `session_token`, `oidc`, `zendesk` (did you mean `oidc`?)",
        ],
    ),
    (
        "a type that there is not",
        "type: oidc",
        "type: saml",
        &["16:11 error: expected one of `redirect`, `cognito`, `session_token`, `oidc`, `zendesk`"],
    ),
    (
        "a secret as it is",
        "shared_secret: { env: ZENDESK_SECRET }",
        "shared_secret: 7d8a9c0f1e",
        &[
            "6:18 error: expected `{ env: NAME }` or `{ file: PATH }`, found text (put the secret in a variable or a file, and its name here: `{ env: NAME }`)",
        ],
    ),
    (
        "$NAME",
        "{ env: ZENDESK_SECRET }",
        "$ZENDESK_SECRET",
        &[
            "6:18 error: expected `{ env: NAME }` or `{ file: PATH }`, found text (`{ env: NAME }`, with the name alone: nothing is put in the place of `$…`)",
        ],
    ),
    (
        "${NAME} in braces",
        "{ env: ZENDESK_SECRET }",
        "{ env: ${ZENDESK_SECRET} }",
        &[
            "6:25 error: nothing is put in the place of this (of a secret the name alone: `{ env: NAME }`, without `$` and without braces around it)",
        ],
    ),
    (
        "a template",
        "{ env: ZENDESK_SECRET }",
        "{{ zendesk_secret }}",
        &[
            "6:19 error: nothing is put in the place of this (of a secret the name alone: `{ env: NAME }`, without `$` and without braces around it)",
        ],
    ),
    (
        "env: without braces",
        "{ env: ZENDESK_SECRET }",
        "env:ZENDESK_SECRET",
        &[
            "6:18 error: expected `{ env: NAME }` or `{ file: PATH }`, found text (`{ env: NAME }`, with the braces, and a blank behind the `:`)",
        ],
    ),
    (
        "a path of the home",
        "{ file: staff.secret }",
        "{ file: ~/staff.secret }",
        &[
            "19:28 warning: nothing is put in the place of a part of this reference (`~` is not your home here: write the whole path)",
        ],
    ),
    (
        "one variable for two",
        "{ env: SHOP_SECRET }",
        "{ env: ZENDESK_SECRET }",
        &[
            "14:17 error: the same secret is already used as `zendesk.shared_secret` (give every backend a secret of its own)",
        ],
    ),
    (
        "a regex that is none",
        "'^/agent'",
        "'^/agent('",
        &[
            "30:15 error: not a regular expression: unclosed group (a `\\` goes before each of `( ) [ ] { } . * + ?` that means itself)",
        ],
    ),
    (
        "a regex without quotes",
        "'^/agent'",
        "[/agent",
        &[
            "30:15 error: this bracket is not closed (add the closing one, or put the text in quotes)",
        ],
    ),
    (
        "a regex without ^",
        "'^/agent'",
        "/agent",
        &[
            "30:15 warning: without `^` this also matches in the middle of a path (such as `'^/agent(/|$)'`)",
        ],
    ),
    (
        "a role of Zendesk's API",
        "roles: [end_user]",
        "roles: [end-user]",
        &["28:15 error: expected one of `end_user`, `agent`, `admin` (did you mean `end_user`?)"],
    ),
    (
        "a domain with its @",
        "[shoes.example]",
        "['@shoes.example']",
        &["27:23 error: not a domain (a whole domain, without `@` or `*`, such as `acme.example`)"],
    ),
    (
        "an address for support",
        "mailto:help@shoes.example",
        "help@shoes.example",
        &[
            "35:16 error: neither an address of the web nor a `mailto:` (`mailto:help@shoes.example`)",
        ],
    ),
    (
        "a number for support",
        "mailto:help@shoes.example",
        "+1 555 123 4567",
        &[
            "35:16 error: neither an address of the web nor a `mailto:` (a page that shows the number: `https://…`)",
        ],
    ),
    (
        "a name in capitals",
        "  shoes:\n",
        "  Acme Shoes:\n",
        &[
            "21:3 error: a name has 1 to 63 of `a-z 0-9 - _` and begins with a letter or digit (such as `acme-shoes`)",
        ],
    ),
    (
        "an anchor",
        "backend: staff\n    identity: { email_domains: [acme",
        "backend: *staff\n    identity: { email_domains: [acme",
        &[
            "39:14 error: aliases (`*`) are not allowed (write the value again; a text that begins with `*` needs quotes)",
        ],
    ),
    (
        "a second document",
        "brands:\n",
        "---\nbrands:\n",
        &["20:1 error: a second document is not allowed (remove this line, and keep what follows)"],
    ),
    (
        "a list that is empty",
        "roles: [end_user]",
        "roles: []",
        &["28:14 error: nobody could sign in: name at least one role"],
    ),
    (
        "a future version",
        "version: 1",
        "version: 2",
        &["1:10 error: this brandgate reads version 1 (`version: 1`)"],
    ),
];

/// Everything that is said of `source`: `line:column severity message (hint)`.
fn said(source: &str) -> Vec<String> {
    let loaded = look(source, "brands.yaml", ".".as_ref(), References::Unopened);
    let report = loaded.report.json();
    let line = |it: &Value| {
        let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
        let place = format!("{}:{} {}", it["line"], it["column"], text("severity"));
        let hint = match text("hint") {
            hint if hint.is_empty() => hint,
            hint => format!(" ({hint})"),
        };
        format!("{place}: {}{hint}", text("message"))
    };
    report.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn the_good_file_is_good() {
    assert_eq!(said(GOOD), [] as [&str; 0]);
}

#[test]
fn each_mistake_is_told_once_where_it_is_and_what_to_do() {
    for (what, from, to, expected) in MISTAKES {
        assert!(GOOD.contains(*from), "{what}: the good file has no {from:?}");
        assert_eq!(said(&GOOD.replacen(*from, to, 1)), *expected, "{what}");
    }
}

/// The two that were told what is not so: a second mistake elsewhere made `check` say that the first
/// brand has no `brand_id` and names no role.
#[test]
fn nothing_is_said_that_only_follows_from_something_else() {
    let brand = GOOD
        .replace("brand_id: 360000000001", "brand_id: two")
        .replace("roles: [end_user]", "roles: [boss]")
        .replace("    backend: staff\n    identity", "    identity");
    let roles = "expected one of `end_user`, `agent`, `admin`";
    assert_eq!(
        said(&brand),
        [
            "23:15 error: expected a whole number, found text".to_owned(),
            format!("28:15 error: {roles}"),
            "36:3 error: missing `backend`".to_owned(),
        ]
    );
    // (what, replace, by, how many things are said)
    let cases = [
        ("an unreadable brand uses its backend", "    backend: shop\n", "    backend: [shop]\n", 1),
        ("no brands, and so no use", "brands:\n", "brnads:\n", 1),
        ("no backends, and so no name", "backends:\n", "bakends:\n", 1),
        ("a backend that cannot be read", "type: redirect", "type: redirct", 1),
        ("no public address for four to be compared with", "https://sso", "sso", 1),
        ("no account for its host to be looked for", "account: acme", "account: a.b", 1),
    ];
    for (what, from, to, count) in cases {
        let said = said(&GOOD.replacen(from, to, 1));
        assert_eq!(said.len(), count, "{what}: {said:#?}");
    }
}
