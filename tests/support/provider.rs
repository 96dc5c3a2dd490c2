//! A stand-in for Xsolla Login: it signs tokens and publishes its keys.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Drawn once for each process: they take a while.
static KEYS: LazyLock<[KeyPair; 2]> =
    LazyLock::new(|| [0, 1].map(|_| KeyPair::generate(KeySize::Rsa2048).unwrap()));

/// How its keys are written.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Jwks,
    Hex,
}

/// A provider on a port of its own. Its key `a` and its key `b` differ.
pub(crate) struct Provider {
    pub(crate) address: SocketAddr,
    answer: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (answer, asked) = (Arc::new(Mutex::new(String::new())), Arc::new(AtomicUsize::new(0)));
        let (its_answer, its_asked) = (answer.clone(), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut last = VecDeque::new();
                let mut byte = [0];
                while stream.read(&mut byte).unwrap_or(0) == 1 {
                    last.push_back(byte[0]);
                    last.drain(..last.len().saturating_sub(4));
                    if last == *b"\r\n\r\n" {
                        break;
                    }
                }
                its_asked.fetch_add(1, Ordering::SeqCst);
                // An empty answer is a provider that hangs up.
                let _ = stream.write_all(its_answer.lock().unwrap().as_bytes());
            }
        });
        let provider = Self { address, answer, asked };
        provider.publishes(Form::Jwks, &["a"]);
        provider
    }

    pub(crate) fn says(&self, status: &str, body: &str) {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close");
        *self.answer.lock().unwrap() = format!("{head}\r\n\r\n{body}");
    }

    pub(crate) fn publishes(&self, form: Form, kids: &[&str]) {
        let keys: Vec<_> = kids.iter().map(|kid| public(form, kid)).collect();
        let set = match form {
            Form::Jwks => json!({ "keys": keys }),
            Form::Hex => json!(keys),
        };
        self.says("200 OK", &set.to_string());
    }

    pub(crate) fn is_away(&self) {
        self.answer.lock().unwrap().clear();
    }

    /// How often its keys were asked for.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn pair(kid: &str) -> &'static KeyPair {
    &KEYS[usize::from(kid == "b")]
}

/// The modulus of a key of 2048 bits, out of its PKCS #1 form.
fn modulus(kid: &str) -> &'static [u8] {
    let der = pair(kid).public_key().as_ref();
    assert_eq!(der[..9], [0x30, 0x82, 1, 0x0a, 2, 0x82, 1, 1, 0]);
    &der[9..265]
}

fn public(form: Form, kid: &str) -> Value {
    let (n, e) = match form {
        Form::Jwks => (URL_SAFE_NO_PAD.encode(modulus(kid)), "AQAB"),
        Form::Hex => (modulus(kid).iter().flat_map(|byte| hex(*byte)).collect(), "10001"),
    };
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": n, "e": e })
}

fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|nibble| char::from_digit(nibble.into(), 16).unwrap())
}

/// What a thief of nothing but the public key would take for a secret.
pub(crate) fn public_key_as_secret() -> Vec<u8> {
    pair("a").public_key().as_ref().to_vec()
}

/// `header.claims`.
pub(crate) fn message(header: &Value, claims: &Value) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", encoded(header), encoded(claims))
}

/// A token by that key.
pub(crate) fn signed(kid: &str, claims: &Value) -> String {
    signed_as(&json!({ "typ": "JWT", "alg": "RS256", "kid": kid }), kid, claims)
}

/// A token by that key, whatever its header says.
pub(crate) fn signed_as(header: &Value, kid: &str, claims: &Value) -> String {
    let message = message(header, claims);
    let mut signature = vec![0; 256];
    let random = SystemRandom::new();
    pair(kid).sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token by that secret.
pub(crate) fn signed_with(secret: &[u8], header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret);
    let signature = aws_lc_rs::hmac::sign(&key, message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}
