use serde_json::{Value, json};

use super::{KeyAlgorithm, KeySet, KeySetError, from_hex};

/// The key of RFC 7515, appendix A.2.
const N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEz\
                 P1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf6\
                 3kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw\
                 Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRW\
                 yuXpoQ";
const MESSAGE_A2: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
                          dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const SIGNATURE_A2: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4B\
                            h-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZ\
                            LgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d\
                            O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6\
                            LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

/// The key of RFC 7515, appendix A.3.
const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
const MESSAGE_A3: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0\
                          dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const SIGNATURE_A3: &str = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKT\
                            UJqPP3-Kg6NU1Q";

/// An RSA key with `changes`, of which a `null` takes away.
fn rsa(changes: &Value) -> Value {
    changed(json!({ "kty": "RSA", "kid": "a", "n": N, "e": "AQAB" }), changes)
}

fn p256(changes: &Value) -> Value {
    changed(json!({ "kty": "EC", "crv": "P-256", "kid": "a", "x": X, "y": Y }), changes)
}

fn changed(mut key: Value, changes: &Value) -> Value {
    let object = key.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        object.insert(name.clone(), value.clone());
    }
    object.retain(|_, value| !value.is_null());
    key
}

fn parse(set: &Value, algorithm: KeyAlgorithm) -> Result<KeySet, KeySetError> {
    KeySet::parse(set.to_string().as_bytes(), &[algorithm])
}

fn verifies(set: &Value, algorithm: KeyAlgorithm) -> bool {
    let (message, signature) = match algorithm {
        KeyAlgorithm::Rs256 => (MESSAGE_A2, SIGNATURE_A2),
        KeyAlgorithm::Es256 => (MESSAGE_A3, SIGNATURE_A3),
    };
    let key = parse(set, algorithm).ok().and_then(|set| set.find(algorithm, Some("a")));
    key.is_some_and(|key| key.verify(message, signature))
}

fn hex_of(text: &str) -> String {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap();
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[test]
fn the_published_vectors_verify_in_every_form() {
    let (rs, es) = (KeyAlgorithm::Rs256, KeyAlgorithm::Es256);
    let hex = |n: String, e: &str| json!([rsa(&json!({ "n": n, "e": e }))]);
    let cases = [
        ("RFC 7515 A.2", rs, json!({ "keys": [rsa(&json!({}))] })),
        ("RFC 7515 A.3", es, json!({ "keys": [p256(&json!({}))] })),
        ("a list", rs, json!([rsa(&json!({}))])),
        ("a list of hexadecimal numbers", rs, hex(hex_of(N), "010001")),
        ("with an odd number of digits", rs, hex(hex_of(N), "10001")),
        ("with a leading zero", rs, hex(format!("00{}", hex_of(N)), "10001")),
        ("in capitals", rs, hex(hex_of(N).to_uppercase(), "10001")),
    ];
    for (what, algorithm, set) in cases {
        assert!(verifies(&set, algorithm), "{what}");
    }
    let keys = parse(&json!({ "keys": [rsa(&json!({}))] }), rs).unwrap();
    let key = keys.find(rs, Some("a")).unwrap();
    assert!(!key.verify(&MESSAGE_A2.replace('9', "8"), SIGNATURE_A2));
    assert!(!key.verify(MESSAGE_A2, &SIGNATURE_A2.replace('c', "d")));
    assert!(!key.verify(MESSAGE_A3, SIGNATURE_A3));
    assert!(!key.verify(MESSAGE_A2, ""));
}

#[test]
fn a_key_for_something_else_is_passed_over() {
    let (rs, es) = (KeyAlgorithm::Rs256, KeyAlgorithm::Es256);
    // (what, algorithm, entry, whether it may verify)
    let cases = [
        ("for signatures", rs, rsa(&json!({ "use": "sig" })), true),
        ("for encryption", rs, rsa(&json!({ "use": "enc" })), false),
        ("for nothing that anybody knows", rs, rsa(&json!({ "use": 1 })), false),
        ("that verifies", rs, rsa(&json!({ "key_ops": ["sign", "verify"] })), true),
        ("that encrypts", rs, rsa(&json!({ "key_ops": ["encrypt"] })), false),
        ("that does something", rs, rsa(&json!({ "key_ops": "verify" })), false),
        ("by this algorithm", rs, rsa(&json!({ "alg": "RS256" })), true),
        ("by another algorithm", rs, rsa(&json!({ "alg": "PS256" })), false),
        ("of another kind", rs, rsa(&json!({ "kty": "EC" })), false),
        ("of no kind", rs, rsa(&json!({ "kty": null })), false),
        ("of a secret", rs, json!({ "kty": "oct", "kid": "a", "k": "c2VjcmV0" }), false),
        ("with its private half", rs, rsa(&json!({ "d": "AQAB" })), false),
        ("with a factor", rs, rsa(&json!({ "p": "AQAB" })), false),
        ("with a coefficient", rs, rsa(&json!({ "qi": "AQAB" })), false),
        ("with its private number", es, p256(&json!({ "d": "AQAB" })), false),
        ("with a number for a name", rs, rsa(&json!({ "kid": 1 })), false),
        ("on P-256", es, p256(&json!({ "use": "sig", "alg": "ES256" })), true),
        ("on another curve", es, p256(&json!({ "crv": "P-384" })), false),
        ("on no curve", es, p256(&json!({ "crv": null })), false),
        ("that is half a point", es, p256(&json!({ "y": null })), false),
        ("with a short coordinate", es, p256(&json!({ "y": "AQAB" })), false),
        ("of RSA where EC is pinned", es, rsa(&json!({})), false),
        ("of EC where RSA is pinned", rs, p256(&json!({})), false),
    ];
    for (what, algorithm, key, good) in cases {
        assert_eq!(verifies(&json!({ "keys": [key] }), algorithm), good, "a key {what}");
        // What is of no use does not hide what is.
        let other = if algorithm == rs { rsa(&json!({})) } else { p256(&json!({})) };
        assert!(verifies(&json!({ "keys": [key, other] }), algorithm), "beside a key {what}");
    }
}

#[test]
fn weak_and_odd_rsa_keys_are_passed_over() {
    use base64::Engine;
    let number = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let modulus = |bits: usize| {
        let mut bytes = vec![0xff; bits.div_ceil(8)];
        if !bits.is_multiple_of(8) {
            bytes[0] = 0xff >> (8 - bits % 8);
        }
        number(&bytes)
    };
    let cases = [
        ("2048 bits", modulus(2048), "AQAB", true),
        ("8192 bits", modulus(8192), "AQAB", true),
        ("2047 bits", modulus(2047), "AQAB", false),
        ("1024 bits", modulus(1024), "AQAB", false),
        ("8193 bits", modulus(8193), "AQAB", false),
        ("1024 bits behind zeros", number(&[[0; 128], [0xff; 128]].concat()), "AQAB", false),
        ("an even modulus", number(&[0xfe; 256]), "AQAB", false),
        ("an exponent of 3", modulus(2048), "Aw", true),
        ("an exponent of 1: every text is its own signature", modulus(2048), "AQ", false),
        ("an exponent of 33 bits", modulus(2048), "AQAAAAE", true),
        ("an exponent of 34 bits", modulus(2048), "AwAAAAE", false),
        ("an exponent as long as the modulus", modulus(2048), &modulus(2048), false),
        ("an exponent of 0", modulus(2048), "AA", false),
        ("an even exponent", modulus(2048), "BA", false),
        ("no exponent", modulus(2048), "", false),
        ("no modulus", String::new(), "AQAB", false),
        ("padding", modulus(2048) + "=", "AQAB", false),
        ("hexadecimal digits in a JWKS", "f".repeat(512), "AQAB", true),
    ];
    for (what, n, e, good) in cases {
        let set = json!({ "keys": [rsa(&json!({ "n": n, "e": e }))] });
        assert_eq!(parse(&set, KeyAlgorithm::Rs256).is_ok(), good, "{what}");
    }
    let list = json!([rsa(&json!({ "n": "f".repeat(510), "e": "10001" }))]);
    assert_eq!(parse(&list, KeyAlgorithm::Rs256).err(), Some(KeySetError::NoKey), "2040 bits");
}

#[test]
fn a_name_stands_for_one_key() {
    let other = N.replacen("ofgW", "pfgW", 1);
    let key = |kid: Option<&str>, n: &str| rsa(&json!({ "kid": kid, "n": n }));
    // (what, keys, the name that is asked for, whether it finds the key of the vector)
    let cases = [
        ("its own name", vec![key(Some("a"), N), key(Some("b"), &other)], Some("a"), true),
        ("another's name", vec![key(Some("b"), N), key(Some("a"), &other)], Some("a"), false),
        ("an unknown name", vec![key(Some("a"), N)], Some("b"), false),
        ("a name of other case", vec![key(Some("A"), N)], Some("a"), false),
        ("no name, and one key", vec![key(Some("a"), N)], None, true),
        ("no name, and two keys", vec![key(Some("a"), N), key(Some("b"), &other)], None, false),
        ("a name, and one key without", vec![key(None, N)], Some("a"), true),
        ("a name, two keys without", vec![key(None, N), key(None, &other)], Some("a"), false),
        ("the same key twice", vec![key(Some("a"), N), key(Some("a"), N)], Some("a"), true),
        ("a name of two", vec![key(Some("a"), N), key(Some("a"), &other)], Some("a"), false),
        ("a name of two", vec![key(Some("a"), &other), key(Some("a"), N)], Some("a"), false),
    ];
    for (what, keys, kid, good) in cases {
        let set = parse(&json!({ "keys": keys }), KeyAlgorithm::Rs256);
        let found = set.ok().and_then(|set| set.find(KeyAlgorithm::Rs256, kid));
        let verifies = found.is_some_and(|key| key.verify(MESSAGE_A2, SIGNATURE_A2));
        assert_eq!(verifies, good, "{what}");
    }
}

#[test]
fn keys_of_two_algorithms_have_their_names_apart() {
    let (rs, es) = (KeyAlgorithm::Rs256, KeyAlgorithm::Es256);
    let set = json!({ "keys": [rsa(&json!({})), p256(&json!({}))] });
    let set = KeySet::parse(set.to_string().as_bytes(), &[rs, es]).unwrap();
    // (what, algorithm, the name that is asked for)
    for (what, algorithm, kid) in
        [("one name", rs, Some("a")), ("one name", es, Some("a")), ("no name", rs, None)]
    {
        let key = set.find(algorithm, kid).unwrap();
        assert_eq!(key.algorithm(), algorithm, "{what}");
    }
    let one = KeySet::parse(json!([rsa(&json!({}))]).to_string().as_bytes(), &[rs, es]).unwrap();
    assert!(one.find(es, Some("a")).is_none() && one.find(es, None).is_none(), "another kind");
}

#[test]
fn what_is_no_key_set_is_refused() {
    let (no_set, no_key) = (KeySetError::NotAKeySet, KeySetError::NoKey);
    let repeated = format!(r#"{{"keys":[],"keys":[{}]}}"#, rsa(&json!({})));
    let cases = [
        ("<!DOCTYPE html><title>Sorry</title>", no_set),
        ("", no_set),
        ("null", no_set),
        (r#"{"error":"no such project"}"#, no_set),
        (r#"{"keys":{}}"#, no_set),
        (&repeated, no_set),
        ("[]", no_key),
        (r#"{"keys":[]}"#, no_key),
        (r#"{"keys":[1,"a",null,{}]}"#, no_key),
    ];
    for (text, expected) in cases {
        let outcome = KeySet::parse(text.as_bytes(), &[KeyAlgorithm::Rs256]);
        assert_eq!(outcome.err(), Some(expected), "{text}");
    }
}

#[test]
fn hexadecimal_numbers_are_read() {
    let cases: [(&str, Option<&[u8]>); 5] = [
        ("010001", Some(&[1, 0, 1])),
        ("10001", Some(&[1, 0, 1])),
        ("", Some(&[])),
        ("Ff", Some(&[255])),
        ("0g", None),
    ];
    for (digits, expected) in cases {
        assert_eq!(from_hex(digits).as_deref(), expected, "{digits:?}");
    }
}
