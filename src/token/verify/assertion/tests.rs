//! What is believed, and what is not.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Assertion, TokenError, Validation, VerifiedJws};
use crate::token::keys::tests::secrets;
use crate::token::{NotAnObject, Unreadable};

const NOW: u64 = 1_800_000_000;
const HS256: &str = r#"{"typ":"JWT","alg":"HS256"}"#;
const US: &str = "https://sso.acme.example";

/// Signs by other means than those that verify.
fn sign(header: &str, payload: impl AsRef<[u8]>) -> String {
    sign_by(b"hunter2", header, payload)
}

fn sign_by(secret: &[u8], header: &str, payload: impl AsRef<[u8]>) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()));
    format!("{message}.{signature}")
}

fn token(payload: &Value) -> String {
    sign(HS256, payload.to_string())
}

fn verify(token: &str) -> Result<VerifiedJws, TokenError> {
    VerifiedJws::verify(token, &secrets(&["hunter2"]))
}

fn validate(payload: &Value, is_for_us: bool) -> Result<Assertion, TokenError> {
    verify(&token(payload))?.validate(&Validation::of_assertion(US, is_for_us), NOW)
}

#[test]
fn a_good_assertion_is_believed() {
    let payload = json!({
        "iat": NOW - 1, "jti": "an-id", "email": "joe@example.com", "name": "Joe",
        "sub": { "anything": [1] }, "iss": 5, "timestamp": "now",
    });
    let assertion = validate(&payload, false).ok().unwrap();
    assert_eq!(assertion.claimed.email.as_deref(), Some("joe@example.com"));
    assert_eq!(assertion.claimed.name.as_deref(), Some("Joe"));
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
            assert_eq!(verify(&token).err(), Some(TokenError::Algorithm), "{algorithm}");
        }
    }
    let cases = [
        ("no algorithm", r#"{"typ":"JWT"}"#, TokenError::Algorithm),
        ("a list of them", r#"{"alg":["HS256"]}"#, TokenError::Algorithm),
        ("two of them", r#"{"alg":"none","alg":"HS256"}"#, header_is(NotAnObject::RepeatedKey)),
        (
            "extensions",
            r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
            Unreadable::Extensions.into(),
        ),
        ("empty extensions", r#"{"alg":"HS256","crit":null}"#, Unreadable::Extensions.into()),
        ("no object", r#""HS256""#, header_is(NotAnObject::NotJson)),
        ("no JSON", "HS256", header_is(NotAnObject::NotJson)),
    ];
    for (what, header, error) in cases {
        assert_eq!(verify(&sign(header, &payload)).err(), Some(error), "{what}");
    }
}

fn header_is(why: NotAnObject) -> TokenError {
    Unreadable::Header(why).into()
}

fn payload_is(why: NotAnObject) -> TokenError {
    Unreadable::Payload(why).into()
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
        let error = VerifiedJws::verify(&token, &secrets(list)).err();
        assert_eq!(error, (!holds).then_some(TokenError::Signature), "{list:?}");
    }
}

#[test]
fn a_signed_payload_that_is_no_object_is_unreadable() {
    let cases: [&[u8]; 6] = [b"", b"[]", b"1", b"{", b"{} ,", b"null"];
    for payload in cases {
        let token = sign(HS256, payload);
        assert_eq!(verify(&token).err(), Some(payload_is(NotAnObject::NotJson)), "{payload:?}");
    }
    let foreign = sign(HS256, b"{\"iat\":1800000000,\"name\":\"J\xfcrgen\"}");
    assert_eq!(verify(&foreign).err(), Some(payload_is(NotAnObject::NotUtf8)));
    let half = sign(HS256, r#"{"iat":1800000000,"name":"Joe \ud83d"}"#);
    assert_eq!(verify(&half).err(), Some(payload_is(NotAnObject::HalfOfAPair)));
    let repeated = [
        r#"{"iat":1800000000,"email":"joe@example.com","email":"ceo@acme.example"}"#,
        r#"{"iat":1800000000,"jti":"a","j\u0074i":"b"}"#,
        r#"{"iat":1800000000,"user_fields":{"a":1,"a":2}}"#,
    ];
    for payload in repeated {
        let token = sign(HS256, payload);
        assert_eq!(verify(&token).err(), Some(payload_is(NotAnObject::RepeatedKey)), "{payload}");
    }
    for token in ["", "a", "a.b", ".."] {
        let why =
            if token == ".." { header_is(NotAnObject::NotJson) } else { Unreadable::Parts.into() };
        assert_eq!(verify(token).err(), Some(why), "{token:?}");
    }
    assert_eq!(verify("e30!.e30.x").err(), Some(Unreadable::Base64.into()));
}

#[test]
fn an_assertion_is_believed_for_a_short_while() {
    let too_old = |claim, seconds| Some(TokenError::TooOld { claim, seconds });
    let future = |claim, seconds| Some(TokenError::FromTheFuture { claim, seconds });
    let wrong = |name| Some(TokenError::Claim(name));
    let cases = [
        ("just made", json!({ "iat": NOW }), None),
        ("as old as may be", json!({ "iat": NOW - 180 }), None),
        ("older", json!({ "iat": NOW - 181 }), too_old("iat", 181)),
        ("as early as may be", json!({ "iat": NOW + 60 }), None),
        ("earlier", json!({ "iat": NOW + 61 }), future("iat", 61)),
        ("a fraction", json!({ "iat": 1_800_000_000.75 }), None),
        ("milliseconds", json!({ "iat": NOW * 1000 }), None),
        ("old milliseconds", json!({ "iat": (NOW - 181) * 1000 }), too_old("iat", 181)),
        ("early milliseconds", json!({ "iat": (NOW + 61) * 1000 }), future("iat", 61)),
        ("microseconds", json!({ "iat": NOW * 1_000_000 }), future("iat", NOW * 999)),
        ("the end of time", json!({ "iat": 1e300 }), future("iat", u64::MAX / 1000 - NOW)),
        ("1970", json!({ "iat": 0 }), too_old("iat", NOW)),
        ("no time", json!({}), wrong("iat")),
        ("null", json!({ "iat": null }), wrong("iat")),
        ("a blank", json!({ "iat": " " }), wrong("iat")),
        ("a text", json!({ "iat": NOW.to_string() }), None),
        ("an old text", json!({ "iat": (NOW - 181).to_string() }), too_old("iat", 181)),
        ("a moment with its zone", json!({ "iat": "2027-01-15T08:00:00Z" }), None),
        ("an old moment", json!({ "iat": "2027-01-15T08:00:00+01:00" }), too_old("iat", 3600)),
        ("a moment in any zone", json!({ "iat": "2027-01-15T08:00:00" }), wrong("iat")),
        ("before 1970", json!({ "iat": -1 }), wrong("iat")),
        ("about to expire", json!({ "iat": NOW, "exp": NOW + 1 }), None),
        ("expired within the leeway", json!({ "iat": NOW, "exp": NOW - 59 }), None),
        ("expired", json!({ "iat": NOW, "exp": NOW - 60 }), too_old("exp", 60)),
        (
            "expired, with a fraction",
            json!({ "iat": NOW, "exp": 1_799_999_000.5 }),
            too_old("exp", 1000),
        ),
        (
            "never expiring, but old",
            json!({ "iat": NOW - 181, "exp": u64::MAX }),
            too_old("iat", 181),
        ),
        ("never expiring", json!({ "iat": NOW, "exp": u64::MAX }), None),
        ("expired, as a text", json!({ "iat": NOW, "exp": "1799999000" }), too_old("exp", 1000)),
        (
            "expired milliseconds",
            json!({ "iat": NOW, "exp": (NOW - 60) * 1000 }),
            too_old("exp", 60),
        ),
        ("the end of 9999", json!({ "iat": NOW, "exp": 253_402_300_799_u64 }), None),
        ("a blank expiry", json!({ "iat": NOW, "exp": "" }), None),
        ("a blank expiry, but old", json!({ "iat": NOW - 181, "exp": "" }), too_old("iat", 181)),
        ("an odd expiry", json!({ "iat": NOW, "exp": "tomorrow" }), wrong("exp")),
        ("valid within the leeway", json!({ "iat": NOW, "nbf": NOW + 60 }), None),
        ("valid later", json!({ "iat": NOW, "nbf": NOW + 61 }), future("nbf", 61)),
        (
            "valid never",
            json!({ "iat": NOW, "nbf": u64::MAX }),
            future("nbf", u64::MAX / 1000 - NOW),
        ),
        ("oddly valid", json!({ "iat": NOW, "nbf": [NOW] }), wrong("nbf")),
        ("an odd id", json!({ "iat": NOW, "jti": [1] }), wrong("jti")),
    ];
    for (what, payload, error) in cases {
        assert_eq!(validate(&payload, false).err(), error, "{what}");
    }
}

#[test]
fn the_memory_outlasts_every_second_chance() {
    let judged = |now: u64| {
        let token = token(&json!({ "iat": NOW, "nbf": 0, "exp": u64::MAX }));
        verify(&token).and_then(|signed| signed.validate(&Validation::of_assertion(US, false), now))
    };
    let accepted = |now: u64| judged(now).is_ok();
    let first = (NOW - 1000..NOW + 1000).find(|now| accepted(*now)).unwrap();
    let last = (NOW - 1000..NOW + 1000).rfind(|now| accepted(*now)).unwrap();
    assert_eq!((first, last), (NOW - 60, NOW + 180));
    assert!(first + VerifiedJws::REMEMBERED_FOR > last);
}

#[test]
fn an_audience_must_be_ours() {
    let no = || Some(TokenError::Audience);
    // (what, audience, where it may be missing, where it is demanded)
    let cases = [
        ("missing", json!(null), None, no()),
        ("ours", json!(US), None, None),
        ("ours among others", json!(["https://other.example", US]), None, None),
        ("another's", json!("https://other.example"), no(), no()),
        ("ours with a slash", json!(format!("{US}/")), no(), no()),
        ("ours in capitals", json!(US.to_uppercase()), no(), no()),
        ("beneath ours", json!(format!("{US}.evil.example")), no(), no()),
        ("nobody's", json!([]), no(), no()),
        ("empty", json!(""), no(), no()),
        ("a number", json!(1), Some(TokenError::Claim("aud")), Some(TokenError::Claim("aud"))),
        (
            "ours and a number",
            json!([US, 1]),
            Some(TokenError::Claim("aud")),
            Some(TokenError::Claim("aud")),
        ),
    ];
    for (what, audience, error, error_if_demanded) in cases {
        let payload = json!({ "iat": NOW, "aud": audience });
        assert_eq!(validate(&payload, false).err(), error, "{what}");
        assert_eq!(validate(&payload, true).err(), error_if_demanded, "{what}, demanded");
    }
}

#[test]
fn one_assertion_has_one_key() {
    let id = |payload: Value| verify(&token(&payload)).ok().unwrap().replay_key();
    let by_jti = id(json!({ "jti": "1" }));
    // (what, payload, whether it is the key of the jti "1")
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
    let of = |list: &[&str]| VerifiedJws::verify(&token, &secrets(list)).ok().unwrap().replay_key();
    assert_eq!(of(&["new", "hunter2"]), by_jti, "whatever else is in rotation");
    let others = sign_by(b"hunter3", HS256, json!({ "jti": "1" }).to_string());
    let other = VerifiedJws::verify(&others, &secrets(&["hunter3"]));
    assert_ne!(other.ok().unwrap().replay_key(), by_jti, "another signer");
}

/// Signs over header and payload as `engine` writes them.
fn sign_as(engine: &GeneralPurpose, payload: &str) -> String {
    let message = format!("{}.{}", engine.encode(HS256), engine.encode(payload));
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"hunter2");
    format!("{message}.{}", engine.encode(hmac::sign(&key, message.as_bytes())))
}

#[test]
fn padding_and_the_other_alphabet_are_read_where_they_were_signed() {
    // Some payload of each length, with what the two alphabets write differently.
    for name in ["??>>", "??>>~", "??>>~~"] {
        let payload = json!({ "iat": NOW, "name": name }).to_string();
        let id = |token: &str| verify(token).map(|signed| signed.replay_key());
        let plain = id(&sign(HS256, &payload)).unwrap();
        for engine in [&URL_SAFE, &STANDARD, &STANDARD_NO_PAD] {
            let token = sign_as(engine, &payload);
            assert_eq!(id(&token), Ok(plain), "{token} counts as its plain spelling");
            assert_eq!(id(&token.replace('+', " ")), Ok(plain), "{token}, through a form's reader");
            let assertion = verify(&token)
                .unwrap()
                .validate(&Validation::of_assertion(US, false), NOW)
                .ok()
                .unwrap();
            assert_eq!(assertion.claimed.name.as_deref(), Some(name));
        }
        // A signature does not hold over another spelling of what was signed.
        let (message, signature) = sign_as(&STANDARD, &payload).rsplit_once('.').map(own).unwrap();
        let respelt = [
            message.replace('=', ""),
            message.replace('+', "-").replace('/', "_"),
            format!("{message}="),
        ];
        for respelt in respelt.into_iter().filter(|respelt| *respelt != message) {
            assert!(verify(&format!("{respelt}.{signature}")).is_err(), "{respelt}");
        }
    }
}

fn own((message, signature): (&str, &str)) -> (String, String) {
    (message.to_owned(), signature.to_owned())
}

#[test]
fn one_signature_counts_once_however_it_is_spelt() {
    // The last of the 43 characters of a signature has two bits to spare.
    let good = token(&json!({ "iat": NOW, "email": "joe@example.com" }));
    let claim = verify(&good).ok().unwrap().replay_key();
    let (message, signature) = good.rsplit_once('.').unwrap();
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for last in alphabet.chars() {
        let spelt = format!("{message}.{}{last}", &signature[..42]);
        assert_eq!(verify(&spelt).is_ok(), spelt == good, "the last character is {last}");
    }
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let spellings = [
        format!("{good}="),
        format!("{message}.{}", STANDARD_NO_PAD.encode(&bytes)),
        format!("{message}.{}", STANDARD.encode(&bytes)),
        format!("{message}.{}", STANDARD.encode(&bytes).replace('+', " ")),
    ];
    for spelt in spellings {
        let id = verify(&spelt).map(|signed| signed.replay_key());
        assert_eq!(id, Ok(claim), "{spelt}");
    }
    let spellings = [
        format!("{good}=="),
        format!("{good} "),
        format!("{good}\n"),
        format!(" {good}"),
        format!("{good}."),
        format!("{good}.x"),
        format!(".{good}"),
        good.replacen('.', "..", 1),
        good.replacen('.', "=.", 1),
        good.replacen('.', "==.", 1),
        format!("{message}."),
        message.to_owned(),
        format!("{message}.{}", &signature[..40]),
        format!("{message}.{signature}\0"),
    ];
    for spelt in spellings {
        assert!(verify(&spelt).is_err(), "accepted {spelt:?}");
    }
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
        let good = token(&json!({ "iat": NOW, "email": "joe@example.com" }));
        let claim = verify(&good).ok().unwrap().replay_key();
        // Another spelling of the signature is no second chance.
        let counts_no_more = |token: &str| match verify(token) {
            Ok(signed) => signed.replay_key() == claim,
            Err(_) => true,
        };
        let at = at.index(good.len());
        let replaced = format!("{}{to}{}", &good[..at], &good[at + 1..]);
        prop_assert!(counts_no_more(&replaced));
        let inserted = format!("{}{to}{}", &good[..at], &good[at..]);
        prop_assert!(counts_no_more(&inserted));
        prop_assert!(verify(&good[..cut.index(good.len())]).is_err());
    }

    #[test]
    fn whatever_is_signed_is_judged_in_peace(
        claims in prop::collection::btree_map(prop::sample::select(&NAMES[..]), any_json(), 0..6),
        iat in prop::option::of(NOW - 400..NOW + 400),
    ) {
        let mut claims = claims;
        claims.extend(iat.map(|iat| ("iat", iat.into())));
        if let Ok(assertion) = validate(&json!(claims), false) {
            prop_assert!((NOW - 180..=NOW + 60).contains(&assertion.issued_at));
        }
    }

    #[test]
    fn signed_bytes_are_judged_in_peace(payload: Vec<u8>, now: u64) {
        let token = sign(HS256, payload);
        let _ = verify(&token).and_then(|signed| signed.validate(&Validation::of_assertion(US, false), now));
    }
}
