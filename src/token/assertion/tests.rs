//! What is believed, and what is not.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Assertion, AssertionError, Expected, Signed};
use crate::token::keys::tests::secrets;

const NOW: u64 = 1_800_000_000;
const HS256: &str = r#"{"typ":"JWT","alg":"HS256"}"#;
const US: Expected<'_> = Expected { audience: "https://sso.acme.example", required: false };

/// Signs by other means than those that verify.
fn sign(header: &str, payload: impl AsRef<[u8]>) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"hunter2");
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()));
    format!("{message}.{signature}")
}

fn token(payload: &Value) -> String {
    sign(HS256, payload.to_string())
}

fn verify(token: &str) -> Result<Signed, AssertionError> {
    Signed::verify(token, &secrets(&["hunter2"]))
}

fn judge(payload: &Value, expected: &Expected<'_>) -> Result<Assertion, AssertionError> {
    verify(&token(payload))?.judge(expected, NOW)
}

#[test]
fn a_good_assertion_is_believed() {
    let payload = json!({
        "iat": NOW - 1, "jti": "an-id", "email": "joe@example.com", "name": "Joe",
        "sub": { "anything": [1] }, "iss": 5, "timestamp": "now",
    });
    let assertion = judge(&payload, &US).ok().unwrap();
    assert_eq!(assertion.said.email.as_deref(), Some("joe@example.com"));
    assert_eq!(assertion.said.name.as_deref(), Some("Joe"));
    assert_eq!((assertion.jti.as_deref(), assertion.issued_at), (Some("an-id"), NOW - 1));
}

#[test]
fn the_algorithm_is_hs256_and_nothing_else() {
    let payload = json!({ "iat": NOW }).to_string();
    let good = [HS256, r#"{"alg":"HS256"}"#, r#"{"type":"JWT","alg":"HS256","kid":"../../x"}"#];
    for header in good {
        assert!(verify(&sign(header, &payload)).is_ok(), "{header}");
    }
    let others = ["none", "None", "NONE", "nOnE", "", "hs256", "HS256 ", "HS384", "HS512", "RS256"];
    for algorithm in others {
        let header = json!({ "typ": "JWT", "alg": algorithm }).to_string();
        for token in [sign(&header, &payload), unsigned(&header, &payload)] {
            assert_eq!(verify(&token).err(), Some(AssertionError::Algorithm), "{algorithm}");
        }
    }
    let cases = [
        ("no algorithm", r#"{"typ":"JWT"}"#, AssertionError::Algorithm),
        ("a list of them", r#"{"alg":["HS256"]}"#, AssertionError::Algorithm),
        ("two of them", r#"{"alg":"none","alg":"HS256"}"#, AssertionError::Unreadable),
        ("extensions", r#"{"alg":"HS256","crit":["b64"],"b64":false}"#, AssertionError::Unreadable),
        ("empty extensions", r#"{"alg":"HS256","crit":null}"#, AssertionError::Unreadable),
        ("no object", r#""HS256""#, AssertionError::Unreadable),
        ("no JSON", "HS256", AssertionError::Unreadable),
    ];
    for (what, header, error) in cases {
        assert_eq!(verify(&sign(header, &payload)).err(), Some(error), "{what}");
    }
}

fn unsigned(header: &str, payload: &str) -> String {
    format!("{}.{}.", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload))
}

#[test]
fn any_secret_of_the_rotation_verifies() {
    let token = token(&json!({ "iat": NOW }));
    let cases: [(&[&str], bool); 5] = [
        (&["hunter2"], true),
        (&["new", "hunter2"], true),
        (&["hunter2", "old"], true),
        (&["hunter3"], false),
        (&["hunter", "hunter22", "aHVudGVyMg"], false),
    ];
    for (list, holds) in cases {
        let error = Signed::verify(&token, &secrets(list)).err();
        assert_eq!(error, (!holds).then_some(AssertionError::Signature), "{list:?}");
    }
}

#[test]
fn a_signed_payload_that_is_no_object_is_unreadable() {
    let cases: [&[u8]; 7] = [b"", b"[]", b"1", b"{", b"{\"a\":\"\xff\"}", b"{} ,", b"null"];
    for payload in cases {
        let token = sign(HS256, payload);
        assert_eq!(verify(&token).err(), Some(AssertionError::Unreadable), "{payload:?}");
    }
    let repeated = [
        r#"{"iat":1800000000,"email":"joe@example.com","email":"ceo@acme.example"}"#,
        r#"{"iat":1800000000,"jti":"a","j\u0074i":"b"}"#,
        r#"{"iat":1800000000,"user_fields":{"a":1,"a":2}}"#,
    ];
    for payload in repeated {
        let token = sign(HS256, payload);
        assert_eq!(verify(&token).err(), Some(AssertionError::Unreadable), "{payload}");
    }
}

#[test]
fn an_assertion_is_believed_for_a_short_while() {
    let (too_old, future) = (Some(AssertionError::TooOld), Some(AssertionError::FromTheFuture));
    let wrong = |name| Some(AssertionError::Claim(name));
    let cases = [
        ("just made", json!({ "iat": NOW }), None),
        ("as old as may be", json!({ "iat": NOW - 180 }), None),
        ("older", json!({ "iat": NOW - 181 }), too_old),
        ("as early as may be", json!({ "iat": NOW + 60 }), None),
        ("earlier", json!({ "iat": NOW + 61 }), future),
        ("a fraction", json!({ "iat": 1_800_000_000.75 }), None),
        ("milliseconds", json!({ "iat": NOW * 1000 }), future),
        ("the end of time", json!({ "iat": 1e300 }), future),
        ("1970", json!({ "iat": 0 }), too_old),
        ("no time", json!({}), wrong("iat")),
        ("null", json!({ "iat": null }), wrong("iat")),
        ("a text", json!({ "iat": NOW.to_string() }), wrong("iat")),
        ("before 1970", json!({ "iat": -1 }), wrong("iat")),
        ("about to expire", json!({ "iat": NOW, "exp": NOW + 1 }), None),
        ("expired within the leeway", json!({ "iat": NOW, "exp": NOW - 59 }), None),
        ("expired", json!({ "iat": NOW, "exp": NOW - 60 }), too_old),
        ("expired, with a fraction", json!({ "iat": NOW, "exp": 1_799_999_000.5 }), too_old),
        ("never expiring, but old", json!({ "iat": NOW - 181, "exp": u64::MAX }), too_old),
        ("never expiring", json!({ "iat": NOW, "exp": u64::MAX }), None),
        ("an odd expiry", json!({ "iat": NOW, "exp": "tomorrow" }), wrong("exp")),
        ("valid within the leeway", json!({ "iat": NOW, "nbf": NOW + 60 }), None),
        ("valid later", json!({ "iat": NOW, "nbf": NOW + 61 }), future),
        ("valid never", json!({ "iat": NOW, "nbf": u64::MAX }), future),
        ("oddly valid", json!({ "iat": NOW, "nbf": [NOW] }), wrong("nbf")),
        ("an odd id", json!({ "iat": NOW, "jti": [1] }), wrong("jti")),
    ];
    for (what, payload, error) in cases {
        assert_eq!(judge(&payload, &US).err(), error, "{what}");
    }
}

#[test]
fn a_claim_outlasts_every_second_chance() {
    let judged = |now: u64| {
        let token = token(&json!({ "iat": NOW, "nbf": 0, "exp": u64::MAX }));
        verify(&token).and_then(|signed| signed.judge(&US, now))
    };
    let accepted = |now: u64| judged(now).is_ok();
    let first = (NOW - 1000..NOW + 1000).find(|now| accepted(*now)).unwrap();
    let last = (NOW - 1000..NOW + 1000).rfind(|now| accepted(*now)).unwrap();
    assert_eq!((first, last), (NOW - 60, NOW + 180));
    assert!(first + Signed::CLAIMED_FOR > last);
    assert_eq!(judged(last).ok().map(|it| it.born()), Some(first), "no claim is older");
}

#[test]
fn an_audience_must_be_ours() {
    let demanded = Expected { required: true, ..US };
    let us = US.audience;
    let no = Some(AssertionError::Audience);
    // (what, audience, where it may be missing, where it is demanded)
    let cases = [
        ("missing", json!(null), None, no),
        ("ours", json!(us), None, None),
        ("ours among others", json!(["https://other.example", us]), None, None),
        ("another's", json!("https://other.example"), no, no),
        ("ours with a slash", json!(format!("{us}/")), no, no),
        ("ours in capitals", json!(us.to_uppercase()), no, no),
        ("beneath ours", json!(format!("{us}.evil.example")), no, no),
        ("nobody's", json!([]), no, no),
        ("empty", json!(""), no, no),
        (
            "a number",
            json!(1),
            Some(AssertionError::Claim("aud")),
            Some(AssertionError::Claim("aud")),
        ),
        (
            "ours and a number",
            json!([us, 1]),
            Some(AssertionError::Claim("aud")),
            Some(AssertionError::Claim("aud")),
        ),
    ];
    for (what, audience, error, error_if_demanded) in cases {
        let payload = json!({ "iat": NOW, "aud": audience });
        assert_eq!(judge(&payload, &US).err(), error, "{what}");
        assert_eq!(judge(&payload, &demanded).err(), error_if_demanded, "{what}, demanded");
    }
}

#[test]
fn one_assertion_has_one_claim() {
    let id = |payload: Value| verify(&token(&payload)).ok().unwrap().claim_id("shop");
    let by_jti = id(json!({ "jti": "1" }));
    // (what, payload, whether it is the claim of the jti "1")
    let cases = [
        ("another content", json!({ "jti": "1", "email": "joe@example.com" }), true),
        ("as a number", json!({ "jti": 1 }), true),
        ("another id", json!({ "jti": "2" }), false),
        ("no id", json!({}), false),
        ("an empty id", json!({ "jti": "" }), false),
        ("an odd id", json!({ "jti": ["1"] }), false),
    ];
    for (what, payload, same) in cases {
        assert_eq!(id(payload) == by_jti, same, "{what}");
    }
    assert_eq!(id(json!({ "iat": 1 })), id(json!({ "iat": 1 })), "no id, the same text");
    assert_ne!(id(json!({ "iat": 1 })), id(json!({ "iat": 2 })), "no id, another text");
    let token = token(&json!({ "jti": "1" }));
    assert_ne!(verify(&token).ok().unwrap().claim_id("other-shop"), by_jti, "another backend");
}

#[test]
fn one_assertion_has_one_spelling() {
    // The last of the 43 characters of a signature has two bits to spare.
    let good = token(&json!({ "iat": NOW, "email": "joe@example.com" }));
    let (message, signature) = good.rsplit_once('.').unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for last in alphabet.chars() {
        let spelt = format!("{message}.{}{last}", &signature[..42]);
        assert_eq!(verify(&spelt).is_ok(), spelt == good, "the last character is {last}");
    }
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let spellings = [
        format!("{good}="),
        format!("{good} "),
        format!("{good}\n"),
        format!(" {good}"),
        format!("{good}."),
        format!("{good}.x"),
        format!(".{good}"),
        good.replacen('.', "..", 1),
        good.replacen('.', "=.", 1),
        format!("{message}."),
        message.to_owned(),
        format!("{message}.{}", &signature[..40]),
        format!("{message}.{signature}\0"),
    ];
    for spelt in spellings {
        assert!(verify(&spelt).is_err(), "accepted {spelt:?}");
    }
    let standard = format!("{message}.{}", STANDARD_NO_PAD.encode(bytes));
    assert_eq!(verify(&standard).is_ok(), standard == good, "the other alphabet");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

const NAMES: [&str; 20] = [
    "iat",
    "exp",
    "nbf",
    "jti",
    "aud",
    "email",
    "email_verified",
    "name",
    "external_id",
    "role",
    "custom_role_id",
    "phone",
    "locale",
    "locale_id",
    "organization",
    "organization_id",
    "organization_ids",
    "tags",
    "remote_photo_url",
    "user_fields",
];

proptest! {
    #[test]
    fn nothing_but_a_signed_token_verifies(text in ".*", bytes: Vec<u8>) {
        prop_assert!(verify(&text).is_err());
        prop_assert!(verify(&String::from_utf8_lossy(&bytes)).is_err());
        let dressed = format!("{}.{text}.{text}", URL_SAFE_NO_PAD.encode(HS256));
        prop_assert!(verify(&dressed).is_err());
    }

    #[test]
    fn an_altered_token_never_verifies(
        at in any::<prop::sample::Index>(), to in any::<char>(), cut in any::<prop::sample::Index>(),
    ) {
        let good = token(&json!({ "iat": NOW, "jti": "an-id", "email": "joe@example.com" }));
        prop_assert!(verify(&good).is_ok());
        let at = at.index(good.len());
        let replaced = format!("{}{to}{}", &good[..at], &good[at + 1..]);
        prop_assert!(replaced == good || verify(&replaced).is_err());
        let inserted = format!("{}{to}{}", &good[..at], &good[at..]);
        prop_assert!(verify(&inserted).is_err());
        prop_assert!(verify(&good[..cut.index(good.len())]).is_err());
    }

    #[test]
    fn whatever_is_signed_is_judged_in_peace(
        claims in prop::collection::btree_map(prop::sample::select(&NAMES[..]), any_json(), 0..6),
        iat in prop::option::of(NOW - 400..NOW + 400),
    ) {
        let mut claims = claims;
        claims.extend(iat.map(|iat| ("iat", iat.into())));
        if let Ok(assertion) = judge(&json!(claims), &US) {
            prop_assert!((NOW - 180..=NOW + 60).contains(&assertion.issued_at));
        }
    }

    #[test]
    fn signed_bytes_are_judged_in_peace(payload: Vec<u8>, now: u64) {
        let token = sign(HS256, payload);
        let _ = verify(&token).and_then(|signed| signed.judge(&US, now));
    }
}
