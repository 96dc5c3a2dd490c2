use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{TokenError, UnverifiedJws, Validation};
use crate::token::keys::Secrets;
use crate::token::keys::tests::secrets;
use crate::token::{KeyAlgorithm, KeySet, NotAnObject, Requirements, Slash, Unreadable};

const NOW: u64 = 1_800_000_000;
const SECRET: &str = "games-secret";

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn signed(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()));
    format!("{message}.{signature}")
}

/// Joe's claims with `changes`, of which a `null` takes away.
fn claims(changes: &Value) -> Value {
    let mut claims = json!({ "sub": "7", "exp": NOW + 3600, "iss": "https://login.games.example" });
    let object = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        object.insert(name.clone(), value.clone());
    }
    object.retain(|_, value| !value.is_null());
    claims
}

fn too_old(seconds: u64) -> TokenError {
    TokenError::TooOld { claim: "exp", seconds }
}

fn ahead(claim: &'static str) -> TokenError {
    TokenError::FromTheFuture { claim, seconds: 61 }
}

fn outcome(token: &str, requirements: &Requirements) -> Option<TokenError> {
    let prove = || {
        let token = UnverifiedJws::read(token, &["HS256"])?;
        token.validate(&Validation::of_session(requirements), NOW)?;
        token.prove_with_secrets(&secrets(&[SECRET, "last-year"]))
    };
    prove().err()
}

#[test]
fn the_published_vectors_hold_until_they_expire() {
    const PAYLOAD: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvb\
                           S9pc19yb290Ijp0cnVlfQ";
    const EXPIRES: u64 = 1_300_819_380;
    let requirements = Requirements {
        issuer: Some("joe".to_owned()),
        require: vec![("http://example.com/is_root".to_owned(), "true".to_owned())],
        audience: None,
    };
    let holds = |algorithm: &str, header: &str, signature: &str, now: u64| {
        let token = format!("{header}.{PAYLOAD}.{signature}");
        let token = UnverifiedJws::read(&token, &[algorithm])?;
        token.validate(&Validation::of_session(&requirements), now)?;
        if algorithm == "HS256" {
            let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuT\
                       wjAzZr1Z9CAow";
            let key = URL_SAFE_NO_PAD.decode(key).unwrap();
            let secrets = Secrets::from_bytes([key.as_slice()].into_iter()).unwrap();
            return token.prove_with_secrets(&secrets);
        }
        let key = json!({ "keys": [{
            "kty": "EC", "crv": "P-256",
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }]});
        let set = KeySet::parse(key.to_string().as_bytes(), &[KeyAlgorithm::Es256]).unwrap();
        let key = set.find(KeyAlgorithm::Es256, token.kid()).unwrap();
        token.prove_with_key(&key)
    };
    let cases = [
        (
            "RFC 7519 §3.1",
            "HS256",
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        ),
        (
            "RFC 7515 A.3",
            "ES256",
            "eyJhbGciOiJFUzI1NiJ9",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
        ),
    ];
    for (what, algorithm, header, signature) in cases {
        let holds = |signature: &str, now| holds(algorithm, header, signature, now).err();
        assert_eq!(holds(signature, EXPIRES + 59), None, "{what}");
        assert_eq!(holds(signature, EXPIRES + 60), Some(too_old(60)), "{what}");
        let other = signature.replace('D', "E").replace('d', "e");
        assert_eq!(holds(&other, EXPIRES), Some(TokenError::Signature), "{what}");
    }
}

#[test]
fn the_algorithm_is_never_the_tokens_choice() {
    let good = claims(&json!({}));
    let none = format!("{}.{}.", encoded(&json!({ "alg": "none" })), encoded(&good));
    let hs256 = signed(&json!({ "alg": "HS256" }), &good, SECRET.as_bytes());
    // A public key is no secret: whoever takes it for one believes everybody.
    let public = br#"{"kty":"RSA","n":"ofgWCuLjybRl","e":"AQAB"}"#;
    let confused = signed(&json!({ "alg": "HS256", "kid": "a" }), &good, public);
    let cases = [
        ("what is pinned", hs256.clone(), "HS256", None),
        ("none", none.clone(), "HS256", Some(TokenError::Algorithm)),
        ("none, for published keys", none, "RS256", Some(TokenError::Algorithm)),
        ("a secret, for published keys", hs256, "RS256", Some(TokenError::Algorithm)),
        ("the public key as a secret", confused, "RS256", Some(TokenError::Algorithm)),
    ];
    for (what, token, pinned, expected) in cases {
        assert_eq!(UnverifiedJws::read(&token, &[pinned]).err(), expected, "{what}");
    }
    for alg in ["hs256", "HS512", "NONE", "", "RS256"] {
        let token = signed(&json!({ "alg": alg }), &good, SECRET.as_bytes());
        assert_eq!(outcome(&token, &Requirements::default()), Some(TokenError::Algorithm), "{alg}");
    }
}

#[test]
fn a_header_can_neither_bring_a_key_nor_change_the_rules() {
    let unreadable = |why| Some(TokenError::Unreadable(why));
    let cases = [
        (json!({ "jku": "https://evil.example/keys" }), None),
        (json!({ "jwk": { "kty": "oct", "k": "AA" } }), None),
        (json!({ "x5u": "https://evil.example/key", "x5c": ["AA"] }), None),
        (json!({ "kid": "../../dev/null" }), None),
        (json!({ "kid": null }), None),
        (json!({ "kid": 7 }), unreadable(Unreadable::Header(NotAnObject::NotJson))),
        (json!({ "crit": ["exp"] }), unreadable(Unreadable::Extensions)),
        (json!({ "crit": [] }), unreadable(Unreadable::Extensions)),
        (json!({ "b64": false }), unreadable(Unreadable::Extensions)),
        (json!({ "alg": null }), Some(TokenError::Algorithm)),
    ];
    for (changes, expected) in cases {
        let mut header = json!({ "alg": "HS256" });
        header.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let token = signed(&header, &claims(&json!({})), SECRET.as_bytes());
        assert_eq!(outcome(&token, &Requirements::default()), expected, "{header}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let good = signed(&json!({ "alg": "HS256" }), &claims(&json!({})), SECRET.as_bytes());
    let part = |index: usize| good.split('.').nth(index).unwrap().to_owned();
    let twice = URL_SAFE_NO_PAD.encode(r#"{"exp":1,"exp":1900000000}"#);
    let cases = [
        ("nothing", String::new()),
        ("two parts", format!("{}.{}", part(0), part(1))),
        ("four parts", format!("{good}.x")),
        ("padding", format!("{}=.{}.{}", part(0), part(1), part(2))),
        ("a claim twice", format!("{}.{twice}.{}", part(0), part(2))),
        ("no object", format!("{}.{}.{}", part(0), encoded(&json!([])), part(2))),
    ];
    for (what, token) in cases {
        let outcome = outcome(&token, &Requirements::default());
        assert!(matches!(outcome, Some(TokenError::Unreadable(_))), "{what}: {outcome:?}");
    }
    assert_eq!(outcome(&good, &Requirements::default()), None, "positive control");
    let altered = format!("{}.{}.{}", part(0), encoded(&claims(&json!({ "sub": "8" }))), part(2));
    assert_eq!(outcome(&altered, &Requirements::default()), Some(TokenError::Signature));
}

#[test]
fn times_are_kept_to_the_minute() {
    let cases = [
        (json!({ "exp": NOW - 59 }), None),
        (json!({ "exp": NOW - 60 }), Some(too_old(60))),
        (json!({ "exp": 0 }), Some(too_old(NOW))),
        (json!({ "exp": null }), Some(TokenError::Claim("exp"))),
        (json!({ "exp": "1900000000" }), None),
        (json!({ "exp": (NOW - 60).to_string() }), Some(too_old(60))),
        (json!({ "exp": "never" }), Some(TokenError::Claim("exp"))),
        (json!({ "exp": "" }), Some(TokenError::Claim("exp"))),
        (json!({ "exp": -1 }), Some(TokenError::Claim("exp"))),
        (json!({ "nbf": NOW + 60 }), None),
        (json!({ "nbf": NOW + 61 }), Some(ahead("nbf"))),
        (json!({ "nbf": "soon" }), Some(TokenError::Claim("nbf"))),
        (json!({ "iat": NOW + 60 }), None),
        (json!({ "iat": NOW + 61 }), Some(ahead("iat"))),
        (json!({ "iat": NOW - 10_000_000 }), None),
        (json!({ "iat": true }), Some(TokenError::Claim("iat"))),
    ];
    for (changes, expected) in cases {
        let token = signed(&json!({ "alg": "HS256" }), &claims(&changes), SECRET.as_bytes());
        assert_eq!(outcome(&token, &Requirements::default()), expected, "{changes}");
    }
}

#[test]
fn everything_that_is_demanded_must_be_said() {
    let requirements = Requirements {
        issuer: Some("https://login.games.example".to_owned()),
        audience: Some("help".to_owned()),
        require: vec![
            ("project".to_owned(), "40db2ea4".to_owned()),
            ("publisher".to_owned(), "12".to_owned()),
        ],
    };
    let full = json!({ "aud": "help", "project": "40db2ea4", "publisher": 12 });
    let required = |name: &str| Some(TokenError::Required(name.to_owned()));
    let (issuer, audience) = (Some(TokenError::Issuer(None)), Some(TokenError::Audience));
    let cases = [
        (json!({}), None),
        (json!({ "aud": ["shop", "help"] }), None),
        (json!({ "publisher": "12" }), None),
        (
            json!({ "iss": "https://login.games.example/" }),
            Some(TokenError::Issuer(Some(Slash::Lacking))),
        ),
        (json!({ "iss": "https://login.games.example.evil.example" }), issuer),
        (json!({ "iss": ["https://login.games.example"] }), Some(TokenError::Claim("iss"))),
        (json!({ "iss": null }), Some(TokenError::Claim("iss"))),
        (json!({ "aud": "shop" }), audience.clone()),
        (json!({ "aud": [] }), audience.clone()),
        (json!({ "aud": null }), audience),
        (json!({ "aud": 7 }), Some(TokenError::Claim("aud"))),
        (json!({ "project": "40db2ea5" }), required("project")),
        (json!({ "project": "40DB2EA4" }), required("project")),
        (json!({ "project": ["40db2ea4"] }), required("project")),
        (json!({ "project": null }), required("project")),
        (json!({ "publisher": 13 }), required("publisher")),
        (json!({ "publisher": null }), required("publisher")),
    ];
    for (changes, expected) in cases {
        let mut said = full.clone();
        said.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let token = signed(&json!({ "alg": "HS256" }), &claims(&said), SECRET.as_bytes());
        assert_eq!(outcome(&token, &requirements), expected, "{changes}");
    }
}

#[test]
fn every_secret_of_the_list_verifies_and_no_other() {
    for (secret, good) in [(SECRET, true), ("last-year", true), ("hunter2", false), ("", false)] {
        let token = signed(&json!({ "alg": "HS256" }), &claims(&json!({})), secret.as_bytes());
        assert_eq!(outcome(&token, &Requirements::default()).is_none(), good, "{secret:?}");
    }
}
