use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::CoreJwsSigningAlgorithm;
use openidconnect::{ClientId, IssuerUrl, Nonce};
use serde_json::{Value, json};

use super::{EXPIRED, Expected, FROM_THE_FUTURE, Unproven, verify};
use crate::backend::oidc::keys;
use crate::backend::oidc::wire::Token;

const NOW: u64 = 1_800_000_000;
const CLIENT: &str = "brandgate";

static RSA: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
static OTHER_RSA: LazyLock<KeyPair> =
    LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
static EC: LazyLock<EcdsaKeyPair> =
    LazyLock::new(|| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap());

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn rsa_jwk(kid: &str) -> Value {
    let key = RSA.public_key();
    let n = encoded(key.modulus().big_endian_without_leading_zero());
    let e = encoded(key.exponent().big_endian_without_leading_zero());
    json!({"kty": "RSA", "kid": kid, "n": n, "e": e, "use": "sig"})
}

fn ec_jwk(kid: &str) -> Value {
    let point = EC.public_key().as_ref();
    let (x, y) = (encoded(&point[1..33]), encoded(&point[33..]));
    json!({"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y})
}

fn rsa_signature(key: &KeyPair, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).unwrap();
    signature
}

fn token(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
    let signature = sign(message.as_bytes());
    format!("{message}.{}", encoded(signature))
}

fn claims(changes: &Value) -> Value {
    let mut claims = json!({
        "iss": "https://id.example", "aud": CLIENT, "sub": "7", "nonce": "n",
        "iat": NOW, "exp": NOW + 300, "email": "joe@example.com",
    });
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn by_rsa(header: &Value, changes: &Value) -> String {
    token(header, &claims(changes), |message| rsa_signature(&RSA, message))
}

/// The e-mail address that a token of these keys proves.
fn proven(text: &str, key_set: &Value) -> Result<String, Unproven> {
    // Taken in as the library takes it from the token endpoint.
    let token: Token = serde_json::from_value(json!(text)).unwrap();
    let keys = keys::read(key_set.to_string().as_bytes()).unwrap();
    let expected = Expected {
        issuer: &IssuerUrl::new("https://id.example".to_owned()).unwrap(),
        client_id: &ClientId::new(CLIENT.to_owned()),
        nonce: &Nonce::new("n".to_owned()),
        algorithms: &[
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ],
        now: NOW,
    };
    verify(&token, &expected, &keys).map(|claims| claims.email().unwrap().as_str().to_owned())
}

fn both() -> Value {
    json!({ "keys": [rsa_jwk("r"), ec_jwk("e")] })
}

fn is_joe(proven: &Result<String, Unproven>) -> bool {
    proven.as_deref() == Ok("joe@example.com")
}

#[test]
fn a_token_of_either_algorithm_is_believed() {
    let rsa = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &json!({}));
    assert!(is_joe(&proven(&rsa, &both())));
    let ec =
        token(&json!({"alg": "ES256", "kid": "e", "typ": "JWT"}), &claims(&json!({})), |message| {
            EC.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec()
        });
    assert!(is_joe(&proven(&ec, &both())));
    let without_kid = by_rsa(&json!({"alg": "RS256"}), &json!({}));
    assert!(is_joe(&proven(&without_kid, &both())), "of one key of its kind there is no doubt");
}

#[test]
fn every_claim_is_checked() {
    let refused = |why| Err(Unproven::Refused(why));
    let joe = || Ok("joe@example.com".to_owned());
    let cases = [
        ("nothing changed", json!({}), joe()),
        ("ourselves among others", json!({"aud": ["x", CLIENT], "azp": CLIENT}), joe()),
        ("ourselves alone, in a list", json!({"aud": [CLIENT]}), joe()),
        ("in its last second", json!({"exp": NOW - 59}), joe()),
        ("from a clock ahead of ours", json!({"iat": NOW + 60}), joe()),
        ("expired", json!({"exp": NOW - 60}), refused(EXPIRED)),
        ("from the future", json!({"iat": NOW + 61}), refused(FROM_THE_FUTURE)),
        ("good in a minute", json!({"nbf": NOW + 60}), joe()),
        ("good later", json!({"nbf": NOW + 61}), refused(FROM_THE_FUTURE)),
        ("good later, in fractions", json!({"nbf": 1_800_003_600.5}), refused(FROM_THE_FUTURE)),
        ("good nobody knows when", json!({"nbf": "soon"}), refused(FROM_THE_FUTURE)),
        (
            "another issuer",
            json!({"iss": "https://id.example/"}),
            refused("the ID token names another issuer"),
        ),
        ("for somebody else", json!({"aud": "x"}), refused("the ID token is not for us")),
        ("for nobody", json!({"aud": []}), refused("the ID token is not for us")),
        (
            "several, and no word about whose it is",
            json!({"aud": ["x", CLIENT]}),
            refused("the ID token was issued to somebody else (`azp`)"),
        ),
        (
            "issued to another",
            json!({"azp": "x"}),
            refused("the ID token was issued to somebody else (`azp`)"),
        ),
        (
            "another sign-in's",
            json!({"nonce": "m"}),
            refused("the ID token belongs to another sign-in"),
        ),
        ("no nonce", json!({"nonce": null}), refused("the ID token belongs to another sign-in")),
    ];
    for (what, changes, expected) in cases {
        let text = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &changes);
        assert_eq!(proven(&text, &both()), expected, "{what}");
    }
}

#[test]
fn no_header_chooses_algorithm_or_key() {
    const NOT_AGREED: &str = "the ID token is signed in a way that was not agreed on";
    let refused = |why| Err(Unproven::Refused(why));
    let nothing = |_: &[u8]| Vec::new();
    let told = claims(&json!({}));
    let public = both()["keys"][0].clone();
    let der = RSA.public_key().as_ref().to_vec();
    let hmac = |key: Vec<u8>| {
        move |message: &[u8]| {
            let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key);
            aws_lc_rs::hmac::sign(&key, message).as_ref().to_vec()
        }
    };
    let cases = [
        ("none", token(&json!({"alg": "none", "kid": "r"}), &told, nothing), refused(NOT_AGREED)),
        (
            "HS256 with the public key",
            token(&json!({"alg": "HS256", "kid": "r"}), &told, hmac(der)),
            refused(NOT_AGREED),
        ),
        (
            "HS256 with the public key as JWK",
            token(&json!({"alg": "HS256"}), &told, hmac(public.to_string().into_bytes())),
            refused(NOT_AGREED),
        ),
        (
            "RS384 is not agreed on",
            token(&json!({"alg": "RS384", "kid": "r"}), &told, nothing),
            refused(NOT_AGREED),
        ),
        (
            "a key of the other kind",
            token(&json!({"alg": "ES256", "kid": "r"}), &told, |it| rsa_signature(&RSA, it)),
            Err(Unproven::UnknownKey),
        ),
        (
            "a key that is not there",
            by_rsa(&json!({"alg": "RS256", "kid": "new"}), &json!({})),
            Err(Unproven::UnknownKey),
        ),
        (
            "another key under its name",
            token(&json!({"alg": "RS256", "kid": "r"}), &told, |it| rsa_signature(&OTHER_RSA, it)),
            refused("the signature of the ID token is wrong"),
        ),
        (
            "a key in its own header",
            token(
                &json!({
                    "alg": "RS256", "kid": "r", "jwk": public,
                    "jku": "https://evil.example/keys", "x5u": "https://evil.example/cert",
                }),
                &told,
                |it| rsa_signature(&OTHER_RSA, it),
            ),
            refused("the signature of the ID token is wrong"),
        ),
        (
            "what is critical is not understood",
            by_rsa(&json!({"alg": "RS256", "kid": "r", "crit": ["x"], "x": 1}), &json!({})),
            refused("the ID token is of a kind that we do not read"),
        ),
    ];
    for (what, text, expected) in cases {
        assert_eq!(proven(&text, &both()), expected, "{what}");
    }
}

#[test]
fn of_two_keys_with_one_name_neither_counts() {
    let twice = json!({ "keys": [rsa_jwk("r"), rsa_jwk("r")] });
    let text = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &json!({}));
    let why = "the ID token does not say which key signed it";
    assert_eq!(proven(&text, &twice), Err(Unproven::Refused(why)));
}
