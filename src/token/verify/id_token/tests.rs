use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{ExpectedIdToken, Slash, TokenError, UnverifiedJws};
use crate::token::{KeyAlgorithm, KeySet, NotAnObject, Unreadable};

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
fn proven(text: &str, key_set: &Value) -> Result<String, TokenError> {
    let token = UnverifiedJws::read(text, &["RS256", "ES256"])?;
    let expected = ExpectedIdToken { issuer: "https://id.example", client_id: CLIENT, nonce: "n" };
    expected.validate(&token, NOW)?;
    let keys = KeySet::parse(key_set.to_string().as_bytes(), &KeyAlgorithm::ALL);
    let algorithm = token.key_algorithm().unwrap();
    let key = keys.ok().and_then(|keys| keys.find(algorithm, token.kid()));
    let claims = token.prove_with_key(&*key.ok_or(TokenError::UnknownKey)?)?;
    Ok(claims["email"].as_str().unwrap().to_owned())
}

fn both() -> Value {
    json!({ "keys": [rsa_jwk("r"), ec_jwk("e")] })
}

fn is_joe(proven: &Result<String, TokenError>) -> bool {
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
    use TokenError::{Audience, AuthorizedParty, Claim, Nonce};
    let too_old = |seconds| TokenError::TooOld { claim: "exp", seconds };
    let ahead = |claim, seconds| TokenError::FromTheFuture { claim, seconds };
    let issuer = || TokenError::Issuer(None);
    let joe = || Ok("joe@example.com".to_owned());
    let cases = [
        ("nothing changed", json!({}), joe()),
        ("ourselves among others", json!({"aud": ["x", CLIENT], "azp": CLIENT}), joe()),
        ("ourselves alone, in a list", json!({"aud": [CLIENT]}), joe()),
        ("issued to us", json!({"azp": CLIENT}), joe()),
        ("in its last second", json!({"exp": NOW - 59}), joe()),
        ("times in fractions", json!({"iat": 1_799_999_999.5, "exp": 1_800_000_300.25}), joe()),
        ("from a clock ahead of ours", json!({"iat": NOW + 60}), joe()),
        ("expired", json!({"exp": NOW - 60}), Err(too_old(60))),
        ("expired, in fractions", json!({"exp": 1_799_999_000.5}), Err(too_old(1000))),
        ("from the future", json!({"iat": NOW + 61}), Err(ahead("iat", 61))),
        ("good in a minute", json!({"nbf": NOW + 60}), joe()),
        ("good later", json!({"nbf": NOW + 61}), Err(ahead("nbf", 61))),
        ("good later, in fractions", json!({"nbf": 1_800_003_600.5}), Err(ahead("nbf", 3600))),
        ("good nobody knows when", json!({"nbf": "soon"}), Err(Claim("nbf"))),
        ("no end", json!({"exp": null}), Err(Claim("exp"))),
        ("an end that is none", json!({"exp": true}), Err(Claim("exp"))),
        ("no beginning", json!({"iat": null}), Err(Claim("iat"))),
        ("a beginning that is none", json!({"iat": [NOW]}), Err(Claim("iat"))),
        ("another issuer", json!({"iss": "https://evil.example"}), Err(issuer())),
        ("in other letters", json!({"iss": "https://ID.example"}), Err(issuer())),
        (
            "a slash more",
            json!({"iss": "https://id.example/"}),
            Err(TokenError::Issuer(Some(Slash::Lacking))),
        ),
        ("two slashes more", json!({"iss": "https://id.example//"}), Err(issuer())),
        ("no issuer", json!({"iss": null}), Err(Claim("iss"))),
        ("a list of issuers", json!({"iss": ["https://id.example"]}), Err(Claim("iss"))),
        ("for somebody else", json!({"aud": "x"}), Err(Audience)),
        ("for nobody", json!({"aud": []}), Err(Audience)),
        ("for nobody in particular", json!({"aud": null}), Err(Audience)),
        ("for a number", json!({"aud": 7}), Err(Claim("aud"))),
        ("for us and a number", json!({"aud": [CLIENT, 7]}), Err(Claim("aud"))),
        (
            "several, and no word about whose it is",
            json!({"aud": ["x", CLIENT]}),
            Err(AuthorizedParty),
        ),
        (
            "several, and issued to another",
            json!({"aud": ["x", CLIENT], "azp": "x"}),
            Err(AuthorizedParty),
        ),
        ("issued to another", json!({"azp": "x"}), Err(AuthorizedParty)),
        ("issued to a list", json!({"azp": [CLIENT]}), Err(Claim("azp"))),
        ("nobody's", json!({"sub": null}), Err(Claim("sub"))),
        ("of an empty name", json!({"sub": ""}), Err(Claim("sub"))),
        ("a number's", json!({"sub": 7}), Err(Claim("sub"))),
        ("another sign-in's", json!({"nonce": "m"}), Err(Nonce)),
        ("no nonce", json!({"nonce": null}), Err(Nonce)),
        ("an empty nonce", json!({"nonce": ""}), Err(Nonce)),
        ("a number for a nonce", json!({"nonce": 7}), Err(Claim("nonce"))),
    ];
    for (what, changes, expected) in cases {
        let text = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &changes);
        assert_eq!(proven(&text, &both()), expected, "{what}");
    }
}

#[test]
fn what_nobody_reads_is_of_any_type() {
    let names = ["acr", "amr", "auth_time", "at_hash", "c_hash", "address", "updated_at", "groups"];
    for name in names {
        for value in [json!(1), json!("x"), json!([[{}]]), json!({"a": null}), json!(1e300)] {
            let text = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &json!({ name: value }));
            assert!(is_joe(&proven(&text, &both())), "{name}: {value}");
        }
    }
    let header = json!({"alg": "RS256", "kid": "r", "typ": 7, "cty": [], "x5t": {}});
    assert!(is_joe(&proven(&by_rsa(&header, &json!({})), &both())), "in the header");
}

#[test]
fn no_header_chooses_algorithm_or_key() {
    const NOT_AGREED: TokenError = TokenError::Algorithm;
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
        ("none", token(&json!({"alg": "none", "kid": "r"}), &told, nothing), Err(NOT_AGREED)),
        (
            "HS256 with the public key",
            token(&json!({"alg": "HS256", "kid": "r"}), &told, hmac(der)),
            Err(NOT_AGREED),
        ),
        (
            "HS256 with the public key as JWK",
            token(&json!({"alg": "HS256"}), &told, hmac(public.to_string().into_bytes())),
            Err(NOT_AGREED),
        ),
        (
            "RS384 is not agreed on",
            token(&json!({"alg": "RS384", "kid": "r"}), &told, nothing),
            Err(NOT_AGREED),
        ),
        (
            "a key of the other kind",
            token(&json!({"alg": "ES256", "kid": "r"}), &told, |it| rsa_signature(&RSA, it)),
            Err(TokenError::UnknownKey),
        ),
        (
            "a key that is not there",
            by_rsa(&json!({"alg": "RS256", "kid": "new"}), &json!({})),
            Err(TokenError::UnknownKey),
        ),
        (
            "another key under its name",
            token(&json!({"alg": "RS256", "kid": "r"}), &told, |it| rsa_signature(&OTHER_RSA, it)),
            Err(TokenError::Signature),
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
            Err(TokenError::Signature),
        ),
        (
            "what is critical is not understood",
            by_rsa(&json!({"alg": "RS256", "kid": "r", "crit": ["x"], "x": 1}), &json!({})),
            Err(Unreadable::Extensions.into()),
        ),
    ];
    for (what, text, expected) in cases {
        assert_eq!(proven(&text, &both()), expected, "{what}");
    }
}

#[test]
fn a_token_of_no_key_in_particular_is_believed_where_there_is_one() {
    let without_kid = by_rsa(&json!({"alg": "RS256"}), &json!({}));
    let other = OTHER_RSA.public_key().modulus().big_endian_without_leading_zero().to_vec();
    let key = |kid: &str, n: Option<&str>| {
        let mut key = rsa_jwk(kid);
        if let Some(n) = n {
            key["n"] = json!(n);
        }
        key
    };
    let other = encoded(other);
    let named = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &json!({}));
    let unknown = || Err(TokenError::UnknownKey);
    let joe = || Ok("joe@example.com".to_owned());
    let cases = [
        ("one key", &without_kid, vec![key("r", None)], joe()),
        ("one of its kind", &without_kid, vec![key("r", None), ec_jwk("e")], joe()),
        ("two keys", &without_kid, vec![key("r", None), key("s", Some(&other))], unknown()),
        ("two keys, the other first", &named, vec![key("s", Some(&other)), key("r", None)], joe()),
        ("one name for two", &named, vec![key("r", None), key("r", Some(&other))], unknown()),
        ("one name for a key twice", &named, vec![key("r", None), key("r", None)], joe()),
        ("one name for two kinds", &named, vec![ec_jwk("r"), key("r", None)], joe()),
        (
            "a number for a name",
            &by_rsa(&json!({"alg": "RS256", "kid": 7}), &json!({})),
            vec![key("r", None)],
            Err(Unreadable::Header(NotAnObject::NotJson).into()),
        ),
    ];
    for (what, text, keys, expected) in cases {
        assert_eq!(proven(text, &json!({ "keys": keys })), expected, "{what}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let good = by_rsa(&json!({"alg": "RS256", "kid": "r"}), &json!({}));
    assert!(is_joe(&proven(&good, &both())), "positive control");
    let (message, signature) = good.rsplit_once('.').unwrap();
    let twice = encoded(format!(r#"{{"sub":"boss",{}"#, &claims(&json!({})).to_string()[1..]));
    let header = message.split_once('.').unwrap().0;
    let cases = [
        ("nothing", String::new()),
        ("two parts", message.to_owned()),
        ("four parts", format!("{good}.x")),
        ("five parts: it is encrypted", format!("{header}.a.b.c.d")),
        ("padding", format!("{good}=")),
        ("a claim twice", format!("{header}.{twice}.{signature}")),
    ];
    for (what, text) in cases {
        let refused = proven(&text, &both());
        let is_unread = matches!(
            refused,
            Err(TokenError::Unreadable(_) | TokenError::Signature | TokenError::Algorithm)
        );
        assert!(is_unread, "{what}: {refused:?}");
    }
    assert_eq!(proven(&format!("{message}."), &both()), Err(TokenError::Signature), "unsigned");
}
