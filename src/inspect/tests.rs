use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::meaning::of_claim;
use super::{NoToken, SecretUse, Severity, TokenKind, explain, used};
use crate::domain::ClaimedProfile;

const NOW: u64 = 1_800_000_000;

fn token(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims))
}

fn hs256() -> Value {
    json!({ "typ": "JWT", "alg": "HS256" })
}

fn good() -> Value {
    json!({ "iat": NOW, "jti": "7f0c8e4e-5a0e-4a53-9d8e-6d1f0a6f3c11", "email": "joe@example.com", "name": "Joe",
            "external_id": "7" })
}

/// `good` with some claims replaced, or taken away by `null`.
fn with(changes: &Value) -> Value {
    let mut claims = good();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
    }
    claims
}

/// Kind and findings in short: `!` before what is refused.
fn said(header: &Value, claims: &Value) -> String {
    let explained = explain(&token(header, claims), NOW).unwrap();
    let mut words = vec![explained.kind.as_str().to_owned()];
    for finding in &explained.findings {
        let mark = if finding.severity == Severity::Refused { "!" } else { "" };
        words.push(format!("{mark}{}", finding.at));
    }
    words.join(" ")
}

#[test]
fn a_faultless_token_of_each_kind_is_known_and_nothing_is_wrong_with_it() {
    let rs256 = json!({ "alg": "RS256", "kid": "1" });
    let ends = NOW + 300;
    let cases = [
        (hs256(), good(), "sign-in"),
        (
            hs256(),
            with(
                &json!({ "aud": "https://sso.acme.example", "tags": ["a"], "user_fields": { "a": null }, "phone": "+15551234567", "locale": 1, "role": "end_user" }),
            ),
            "sign-in",
        ),
        (
            hs256(),
            json!({ "name": "Joe", "email": "joe@example.com", "external_id": "7", "iat": NOW, "exp": ends }),
            "chat",
        ),
        (
            json!({ "typ": "JWT", "alg": "HS256", "kid": "app_5f" }),
            json!({ "scope": "user", "external_id": "7", "exp": ends }),
            "messaging",
        ),
        (
            rs256.clone(),
            json!({ "iss": "https://login.xsolla.com", "sub": "a", "email": "joe@example.com", "email_verified": true, "exp": ends, "xsolla_login_project_id": "p" }),
            "session",
        ),
        (
            hs256(),
            json!({ "sub": "a", "email": "joe@example.com", "email_verified": true, "exp": ends }),
            "session",
        ),
        (
            rs256.clone(),
            json!({ "iss": "https://id.example", "sub": "a", "aud": "brandgate", "iat": NOW, "exp": ends, "nonce": "n", "email": "joe@example.com", "email_verified": true }),
            "id-token",
        ),
        (
            rs256.clone(),
            json!({ "iss": "https://cognito-idp.eu-central-1.amazonaws.com/p", "sub": "a", "aud": "c", "token_use": "id", "exp": ends }),
            "cognito-id",
        ),
        (
            rs256,
            json!({ "iss": "https://cognito-idp.eu-central-1.amazonaws.com/p", "sub": "a", "token_use": "access", "exp": ends }),
            "cognito-access",
        ),
    ];
    for (header, claims, expected) in cases {
        assert_eq!(said(&header, &claims), expected, "{claims}");
    }
}

#[test]
fn each_fault_of_a_script_is_named() {
    let good = good();
    let headers = [
        (json!({ "alg": "HS256" }), "header typ"),
        (json!({ "type": "JWT", "alg": "HS256" }), "header typ"),
        (json!({ "typ": "JWT" }), "!header alg"),
        (json!({ "typ": "JWT", "alg": "none" }), "!header alg"),
        (json!({ "typ": "JWT", "alg": "RS256" }), "!header alg"),
        (json!({ "typ": "JWT", "alg": "HS256", "b64": false }), "!header crit"),
    ];
    for (header, expected) in headers {
        assert_eq!(said(&header, &good), format!("sign-in {expected}"), "{header}");
    }
    let cases = [
        (json!({ "iat": null }), "!iat"),
        (json!({ "iat": 1_800_000_000.5 }), "iat"),
        (json!({ "iat": "1800000000" }), "iat"),
        (json!({ "iat": NOW * 1000 }), "iat"),
        (json!({ "iat": [] }), "!iat"),
        (json!({ "iat": NOW - 181 }), "!iat"),
        (json!({ "iat": NOW - 180 }), ""),
        (json!({ "iat": NOW + 61 }), "!iat"),
        (json!({ "exp": NOW - 60 }), "!exp"),
        (json!({ "nbf": NOW + 61 }), "!nbf"),
        (json!({ "jti": null }), "jti"),
        (json!({ "jti": 7 }), "jti"),
        (json!({ "jti": "0cc175b9c0f1b6a831c399e269772661" }), "jti"),
        (json!({ "jti": "7" }), "jti"),
        (json!({ "email": null }), "!email"),
        (json!({ "email": "joe" }), "!email"),
        (json!({ "email": ["joe@example.com"] }), "!email"),
        (json!({ "email_verified": "false" }), "!email_verified"),
        (json!({ "name": " " }), "name"),
        (json!({ "external_id": 7 }), "external_id"),
        (json!({ "external_id": 7.5 }), "!external_id"),
        (json!({ "external_id": null }), "external_id"),
        (json!({ "external_id": "x".repeat(256) }), "!external_id"),
        (json!({ "role": "owner" }), "!role"),
        (json!({ "role": "end-user" }), ""),
        (json!({ "role": "admin" }), "role"),
        (json!({ "custom_role_id": 7 }), "!custom_role_id"),
        (json!({ "custom_role_id": 7, "role": "agent" }), "role"),
        (json!({ "locale": "en-US" }), "!locale"),
        (json!({ "locale": "1" }), "locale"),
        (json!({ "organization_ids": [1] }), "!organization_ids"),
        (json!({ "tags": "a,b" }), "tags"),
        (json!({ "tags": { "0": "a" } }), "tags"),
        (json!({ "tags": [1] }), "!tags"),
        (json!({ "user_fields": "a" }), "!user_fields"),
        (json!({ "phone": "0555" }), "phone"),
        (json!({ "remote_photo_url": "joe.png" }), "remote_photo_url"),
        (json!({ "shoe_size": 7 }), "shoe_size"),
        (json!({ "email": null, "eamil": "joe@example.com" }), "!email eamil"),
        (json!({ "external_id": null, "eternal_id": "7" }), "external_id eternal_id"),
    ];
    for (changes, expected) in cases {
        assert_eq!(
            said(&hs256(), &with(&changes)),
            format!("sign-in {expected}").trim(),
            "{changes}"
        );
    }
    let explained =
        explain(&token(&hs256(), &with(&json!({ "external_id": null, "eternal_id": "7" }))), NOW);
    let explained = explained.unwrap();
    let messages: Vec<_> = explained.findings.iter().map(|it| it.message.as_str()).collect();
    assert!(messages.iter().any(|it| it.contains("`external_id` is meant")), "{messages:?}");
}

#[test]
fn each_fault_of_another_kind_is_named() {
    let messaging = json!({ "typ": "JWT", "alg": "HS256", "kid": "app_5f" });
    let (rs256, ends) = (json!({ "alg": "RS256" }), NOW + 300);
    let cases = [
        (
            hs256(),
            json!({ "email": "joe@example.com", "external_id": "7", "iat": NOW, "exp": NOW + 421 }),
            "chat !name !exp",
        ),
        (
            messaging.clone(),
            json!({ "scope": "app", "external_id": 7, "exp": ends }),
            "messaging !scope external_id",
        ),
        (
            messaging,
            json!({ "scope": "user", "email": "joe@example.com" }),
            "messaging !external_id !exp email_verified",
        ),
        (
            hs256(),
            json!({ "scope": "user", "external_id": "7", "exp": ends }),
            "messaging !header kid",
        ),
        (
            rs256.clone(),
            json!({ "iss": "https://login.xsolla.com", "exp": NOW - 100 }),
            "session !exp !sub !email",
        ),
        (
            rs256.clone(),
            json!({ "iss": "https://id.example", "sub": "a", "aud": "b", "exp": ends, "iat": NOW, "email": "joe@example.com" }),
            "id-token !nonce email_verified",
        ),
        (json!({ "alg": "PS256" }), json!({ "foo": 1 }), "unknown !header alg !claims"),
    ];
    for (header, claims, expected) in cases {
        assert_eq!(said(&header, &claims), expected, "{claims}");
    }
}

#[test]
fn a_token_is_found_in_whatever_is_pasted() {
    let token = token(&hs256(), &good());
    let (start, end) = token.split_at(50);
    let padded = token.replace(".c2lnbmF0dXJl", ".c2lnbmF0dXJlcw==");
    let cases = [
        token.clone(),
        format!("  {token}\n"),
        format!("\"{token}\","),
        format!("Bearer {token}"),
        format!("authorization: bearer\t{token}\r\n"),
        format!("{start}\n{end}"),
        format!("Bearer {start}\r\n   {end}"),
        format!(
            "https://acme.zendesk.com/access/jwt?jwt={token}&return_to=https%3A%2F%2Fa.example%2Fhc"
        ),
        format!(
            "https://acme.zendesk.com/access/jwt?return_to=https%3A%2F%2Fa.example%2F&jwt={token}"
        ),
        format!("https://a.example/cb#id_token={token}&state=1"),
        format!("curl -d 'jwt={token}' https://a.example"),
        format!("{{\"token\":\"{token}\"}}"),
        format!("<input type=hidden name=jwt value={token}>"),
        padded.clone(),
        padded.replace('=', "%3D"),
        padded.replace('.', "%2E"),
        STANDARD.encode("x") + " " + &token,
    ];
    for pasted in cases {
        let found = explain(&pasted, NOW).map(|it| it.kind.as_str());
        assert_eq!(found, Ok("sign-in"), "{pasted}");
    }
    let none = token.rsplit_once('.').unwrap().0;
    let unsigned = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        none.split_once('.').unwrap().1
    );
    assert_eq!(explain(&unsigned, NOW).map(|it| it.kind.as_str()), Ok("sign-in"));
}

#[test]
fn what_is_no_token_is_said_to_be_none_and_why() {
    let whole = token(&hs256(), &good());
    let parts: Vec<&str> = whole.split('.').collect();
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let cut = |few: usize| parts[..few].join(".");
    let cases = [
        (String::new(), NoToken::None),
        ("hello.world.again".to_owned(), NoToken::None),
        ("hunter2".to_owned(), NoToken::None),
        (cut(1), NoToken::Cut(1)),
        (cut(2), NoToken::Cut(2)),
        (format!("{}.a.b.c.d", parts[0]), NoToken::Encrypted),
        (
            format!("{}.{}.x", parts[0], &parts[1][..20]),
            NoToken::Part("payload", "it is no JSON object; was the token cut, or changed?"),
        ),
        (
            format!("{}.{}.x", parts[0], part(r#"{"a":1,"a":2}"#)),
            NoToken::Part("payload", "a name occurs twice in it, and readers would differ"),
        ),
        (
            format!("{}.{}.x", parts[0], URL_SAFE_NO_PAD.encode(b"{\"a\":\"\xfc\"}")),
            NoToken::Part("payload", "it is not UTF-8; the script writes in another character set"),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(explain(&text, NOW).err(), Some(expected), "{text}");
    }
    let long = "=ey".repeat(20_000);
    assert_eq!(explain(&long, NOW).err().map(|it| it.to_string().is_empty()), Some(false));
}

#[test]
fn a_secret_that_was_decoded_or_has_a_line_break_is_found_out() {
    use aws_lc_rs::hmac;
    let sign = |secret: &[u8], header: &str| {
        let message =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode("{}"));
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()));
        format!("{message}.{signature}")
    };
    let (hs, rs) = (r#"{"typ":"JWT","alg":"HS256"}"#, r#"{"alg":"RS256"}"#);
    let text = "0123456789abcdef0123456789abcdef";
    let cases = [
        (sign(text.as_bytes(), hs), SecretUse::AsItIs),
        (sign(&STANDARD.decode(text).unwrap(), hs), SecretUse::Decoded),
        (
            sign(
                &[
                    1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 1, 0x23, 0x45, 0x67, 0x89, 0xab,
                    0xcd, 0xef,
                ],
                hs,
            ),
            SecretUse::FromHex,
        ),
        (sign(format!("{text}\n").as_bytes(), hs), SecretUse::WithLineBreak),
        (sign(b"another", hs), SecretUse::Other),
        (sign(text.as_bytes(), rs), SecretUse::OtherAlgorithm),
    ];
    for (token, expected) in cases {
        assert_eq!(used(&text.into(), &token), expected, "{token}");
    }
    for (usage, expected) in
        [(SecretUse::Decoded, "base64_decode"), (SecretUse::FromHex, "hex2bin")]
    {
        assert!(usage.sentence().1.unwrap().php.contains(expected), "{expected}");
    }
}

#[test]
fn every_claim_that_zendesk_takes_has_a_meaning() {
    let Ok(Value::Object(claims)) = serde_json::to_value(ClaimedProfile::default()) else {
        panic!("its claims are the members of an object");
    };
    assert!(claims.len() > 10, "{claims:?}");
    for name in claims.keys().filter(|name| *name != "malformed") {
        assert_ne!(of_claim(TokenKind::SignIn, name), "", "{name}");
    }
}
