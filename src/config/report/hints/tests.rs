//! What somebody meant, by what they wrote.

use super::*;

#[test]
fn the_address_that_is_meant_is_named() {
    let cases = [
        ("sso.acme.example", Some("https://sso.acme.example")),
        ("sso.acme.example/", Some("https://sso.acme.example/")),
        ("sso.acme.example/in.php", Some("https://sso.acme.example/in.php")),
        ("sso.acme.example:8443", Some("https://sso.acme.example:8443")),
        ("//sso.acme.example", Some("https://sso.acme.example")),
        ("https:/sso.acme.example", Some("https://sso.acme.example")),
        ("https:sso.acme.example", Some("https://sso.acme.example")),
        ("https//sso.acme.example", Some("https://sso.acme.example")),
        ("htps://sso.acme.example/x", Some("https://sso.acme.example/x")),
        ("https:\\\\sso.acme.example\\in", Some("https://sso.acme.example/in")),
        (" https://sso.acme.example", Some("https://sso.acme.example")),
        ("https://sso.acme.example\u{a0}", Some("https://sso.acme.example")),
        ("\u{201c}https://sso.acme.example\u{201d}", Some("https://sso.acme.example")),
        ("<https://sso.acme.example>", Some("https://sso.acme.example")),
        ("SSO.Acme.Example", Some("https://sso.acme.example")),
        ("localhost:8080", Some("http://localhost:8080")),
        ("shoes.localhost:8080/in", Some("http://shoes.localhost:8080/in")),
        ("127.0.0.1:8080", Some("http://127.0.0.1:8080")),
        ("//localhost:8080", Some("http://localhost:8080")),
        ("", None),
        ("/in.php", None),
        ("in.php?x=y", None),
        ("hunter2", None),
        ("joe@acme.example", None),
        ("https://joe:hunter2@acme.example", None),
        ("10.0.0.1", None),
        ("https://sso.acme.example/?token=hunter2", None),
        ("${PUBLIC_URL}", None),
    ];
    for (text, expected) in cases {
        assert_eq!(address(text).as_deref(), expected, "{text:?}");
    }
    assert_eq!(origin("sso.acme.example/login").as_deref(), Some("https://sso.acme.example"));
    assert_eq!(origin("localhost:8080/login").as_deref(), Some("http://localhost:8080"));
}

#[test]
fn support_is_a_mail_or_a_page() {
    let cases = [
        ("help@acme.example", "`mailto:help@acme.example`"),
        (" help@acme.example ", "`mailto:help@acme.example`"),
        ("mailto: help@acme.example", "`mailto:help@acme.example`"),
        ("Mailto:help@acme.example", "`mailto:help@acme.example`"),
        ("Help <help@acme.example>", "`mailto:help@acme.example`"),
        ("a@acme.example, b@acme.example", "one address: `mailto:help@…`"),
        ("help@", "one address: `mailto:help@…`"),
        ("+1 555 123-4567", "a page that shows the number: `https://…`"),
        ("tel:+15551234567", "a page that shows the number: `https://…`"),
        ("help.acme.example", "`https://help.acme.example`"),
        ("help.acme.example/hc", "`https://help.acme.example/hc`"),
        ("www.acme.example", "`https://www.acme.example`"),
        ("our help desk", "`https://…`, or `mailto:help@…`"),
    ];
    for (text, expected) in cases {
        assert_eq!(support(text).as_deref(), Some(expected), "{text:?}");
    }
    assert_eq!(support("https://acme.example/help"), None, "nothing is wrong with it");
}

#[test]
fn the_name_that_would_do_is_named() {
    let cases = [
        ("Acme Shoes", Some("acme-shoes")),
        ("SHOES", Some("shoes")),
        ("shoes.eu", Some("shoes-eu")),
        (" shoes ", Some("shoes")),
        ("shoes\u{a0}", Some("shoes")),
        ("\u{201c}shoes\u{201d}", Some("shoes")),
        ("-shoes", Some("shoes")),
        ("Acme & Co.", Some("acme-co")),
        ("bücher", None),
    ];
    for (text, expected) in cases {
        assert_eq!(name(text).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn a_reference_to_a_secret_is_known_in_the_styles_of_other_files() {
    let env = "`{ env: NAME }`, with the name alone";
    let braces = "`{ env: NAME }`, with the braces";
    let file = "`{ file: PATH }`";
    let cases = [
        ("$ZENDESK", env),
        ("${ZENDESK}", env),
        ("${ZENDESK:-x}", env),
        ("$(cat /run/secrets/zendesk)", env),
        ("{{ zendesk }}", env),
        ("${{ secrets.ZENDESK }}", env),
        ("%ZENDESK%", env),
        ("env:ZENDESK", braces),
        ("env.ZENDESK", braces),
        ("env ZENDESK", braces),
        ("ENV['ZENDESK']", braces),
        ("file:/run/secrets/zendesk", file),
        ("/run/secrets/zendesk", file),
        ("~/zendesk", file),
    ];
    for (text, expected) in cases {
        assert!(secret(text).starts_with(expected), "{text}");
    }
    for other in ["hunter2", "a$b", "pa$$word", "", "$", "${}", "100%"] {
        assert!(secret(other).starts_with("put the secret in a variable"), "{other}");
        assert!(!is_placeholder(other), "{other}");
    }
}

#[test]
fn a_letter_that_no_path_has_is_found_however_it_is_written() {
    for pattern in ["^/hc/ü", "^/hc/[à-ü]", r"\u00fc", r"\x{fc}", r"\u{fc}", r"\xfc", r"\U000000fc"]
    {
        assert!(beyond_ascii(pattern).is_some(), "{pattern}");
    }
    assert_eq!(beyond_ascii(r"^/\p{Hiragana}+"), Some('ぁ'));
    assert_eq!(beyond_ascii(r"^/[a-z\p{Script=Cyrillic}]"), Some('Ѐ'));
    for pattern in [r"^/\p{^Hiragana}", r"^/\P{Greek}", r"\p{Latin}", r"\p{Hir", r"\p{No_Such}"] {
        assert_eq!(beyond_ascii(pattern), None, "{pattern}");
    }
    for pattern in ["^/hc/%C3%BC", r"^/\d+\x41\u{41}\p{L}", r"\", r"\x", r"\u{", "(/|$)"] {
        assert_eq!(beyond_ascii(pattern), None, "{pattern}");
    }
}

#[test]
fn a_comment_in_the_place_of_a_value_is_noticed() {
    for after in [": #0b5fff", "  : #fff # blue"] {
        assert!(empty(after).contains("needs quotes"), "{after}");
    }
    for after in [":", ": # the pool's", "", ": "] {
        assert!(!empty(after).contains("needs quotes"), "{after}");
    }
}

#[test]
fn a_path_to_a_claim_is_told_from_a_name_with_dots_and_slashes() {
    let at_top = |name: &str| Some(format!("write `{name}`"));
    let within = |name: &str| {
        Some(format!(
            "have the provider send it at the top, not within another, and write `{name}`"
        ))
    };
    for (path, expected) in [
        ("$.name", at_top("name")),
        ("$name", at_top("name")),
        ("${name}", at_top("name")),
        ("{{ name }}", at_top("name")),
        ("$['name']", at_top("name")),
        ("[\"name\"]", at_top("name")),
        (".name", at_top("name")),
        ("/name", at_top("name")),
        ("claims.name", at_top("name")),
        ("id_token.email", at_top("email")),
        ("idToken/custom_plan", at_top("custom_plan")),
        ("claims['plan']", at_top("plan")),
        ("groups[0]", at_top("groups")),
        ("$.groups[*]", at_top("groups")),
        ("$.user.name", within("name")),
        ("user/name", within("name")),
        ("claims.user.name", within("name")),
        ("[\"user\"][\"name\"]", within("name")),
        ("['user'].name", within("name")),
        ("user['name']", within("name")),
        ("${user.name}", within("name")),
        ("{{user.name}}", within("name")),
        ("#/user/name", within("name")),
        ("$..plan", at_top("plan")),
        ("user->plan", within("plan")),
        ("user.plan", within("plan")),
        ("user.FirstName", within("FirstName")),
        ("realm_access.roles", within("roles")),
        ("resource_access.help.roles[0]", within("roles")),
        ("address.country", within("country")),
        ("custom_attributes.plan", within("plan")),
        ("$.custom:plan", Some("write its name alone".to_owned())),
        ("$.QWxhZGRpbjpvcGVuIHNlc2FtZQ", Some("write its name alone".to_owned())),
        ("$", Some("write its name alone".to_owned())),
    ] {
        assert_eq!(claim_path(path), expected, "{path}");
    }
    for name in [
        "name",
        "given_name",
        "given_name#ja-Kana-JP",
        "https://acme.example/roles",
        "https://acme.example/user/name",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
        "acme.example/roles",
        "acme.example/name",
        "acme/roles",
        "urn:oid:0.9.2342.19200300.100.1.3",
        "urn:zitadel:iam:org:project:roles",
        "cognito:groups",
        "custom:plan",
        "custom:user.name",
        "com.acme.plan",
        "com.acme.email",
        "de.acme.name",
        "acme.plan",
        "acme.email",
        "acme/email",
        "person.email",
        "User.Email",
        "User.FirstName",
        "extn.employeeId",
        "x5t#S256",
        "@id",
        "user_name",
        "user",
        "address",
        "claims",
        "groups.direct",
        "v1.0",
        "",
    ] {
        assert_eq!(claim_path(name), None, "{name}");
    }
}
