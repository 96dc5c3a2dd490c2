//! A provider made by hand, which fails in whatever way a test asks for, and counts what it is asked.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

pub(crate) const METADATA: &str = "/.well-known/openid-configuration";
pub(crate) const KEYS: &str = "/keys";
pub(crate) const TOKEN: &str = "/token";
pub(crate) const USERINFO: &str = "/me";

/// What is answered at one address.
#[derive(Clone)]
pub(crate) enum Reply {
    Json(u16, Value),
    Html(u16),
    Text(u16, String),
    Redirect,
    TooLong,
    /// Nothing: the connection is closed.
    Nothing,
    /// Nothing either, but it stays open.
    Silence,
}

pub(crate) struct Faulty {
    pub(crate) issuer: String,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    replies: HashMap<String, Reply>,
    asked: HashMap<String, usize>,
    last: HashMap<String, String>,
    /// Connections that get no answer.
    held: Vec<TcpStream>,
}

/// An RSA key with a name.
pub(crate) struct Key {
    kid: &'static str,
    pair: KeyPair,
}

impl Key {
    pub(crate) fn new(kid: &'static str) -> Self {
        Self { kid, pair: KeyPair::generate(KeySize::Rsa2048).unwrap() }
    }

    pub(crate) fn jwk(&self) -> Value {
        let key = self.pair.public_key();
        let n = encoded(key.modulus().big_endian_without_leading_zero());
        let e = encoded(key.exponent().big_endian_without_leading_zero());
        json!({"kty": "RSA", "kid": self.kid, "n": n, "e": e, "use": "sig", "alg": "RS256"})
    }

    /// The public key as somebody would use it who takes it for a secret.
    pub(crate) fn public(&self) -> Vec<u8> {
        self.pair.public_key().as_ref().to_vec()
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        self.sign_as(&json!({"alg": "RS256", "kid": self.kid}), claims)
    }

    /// By this key, whatever the header says.
    pub(crate) fn sign_as(&self, header: &Value, claims: &Value) -> String {
        signed(header, claims, |message| {
            let mut signature = vec![0; self.pair.public_modulus_len()];
            let random = SystemRandom::new();
            self.pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
            signature
        })
    }
}

pub(crate) fn signed(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let message = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
    format!("{message}.{}", encoded(sign(message.as_bytes())))
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Faulty {
    /// A provider with metadata, and with these keys.
    pub(crate) fn start(keys: &[&Key]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::<Mutex<Shared>>::default();
        let faulty = Self { issuer, shared: shared.clone() };
        faulty.reply(METADATA, Reply::Json(200, faulty.metadata()));
        faulty.publish(keys);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = shared.clone();
                thread::spawn(move || serve(stream, &shared));
            }
        });
        faulty
    }

    pub(crate) fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/auth"),
            "token_endpoint": format!("{issuer}{TOKEN}"),
            "userinfo_endpoint": format!("{issuer}{USERINFO}"),
            "jwks_uri": format!("{issuer}{KEYS}"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        })
    }

    pub(crate) fn reply(&self, path: &str, reply: Reply) {
        self.lock().replies.insert(path.to_owned(), reply);
    }

    pub(crate) fn publish(&self, keys: &[&Key]) {
        let keys: Vec<_> = keys.iter().map(|key| key.jwk()).collect();
        self.reply(KEYS, Reply::Json(200, json!({ "keys": keys })));
    }

    /// The next code is redeemed for this ID token.
    pub(crate) fn redeem_for(&self, id_token: &str) {
        let tokens =
            json!({"access_token": "leaked", "token_type": "Bearer", "id_token": id_token});
        self.reply(TOKEN, Reply::Json(200, tokens));
    }

    pub(crate) fn asked(&self, path: &str) -> usize {
        self.lock().asked.get(path).copied().unwrap_or_default()
    }

    /// Head and body of the last request.
    pub(crate) fn last(&self, path: &str) -> String {
        self.lock().last.get(path).cloned().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        lock(&self.shared)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, shared: &Mutex<Shared>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if !matches!(reader.read_line(&mut head), Ok(1..)) {
            return;
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body).unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let reply = {
        let mut shared = lock(shared);
        *shared.asked.entry(path.clone()).or_default() += 1;
        let request = head + &String::from_utf8(body).unwrap();
        shared.last.insert(path.clone(), request);
        shared.replies.get(&path).cloned()
    };
    let (status, kind, more, body) = match reply {
        Some(Reply::Json(status, value)) => {
            (status, "application/json", String::new(), value.to_string())
        }
        Some(Reply::Html(status)) => {
            (status, "text/html", String::new(), "<p>leaked</p>".to_owned())
        }
        Some(Reply::Text(status, text)) => (status, "application/jwt", String::new(), text),
        Some(Reply::Redirect) => {
            (302, "text/html", "location: /elsewhere\r\n".to_owned(), String::new())
        }
        Some(Reply::TooLong) => {
            let long = json!({ "leaked": "x".repeat(300 * 1024) });
            (200, "application/json", String::new(), long.to_string())
        }
        Some(Reply::Nothing) => return,
        Some(Reply::Silence) => return lock(shared).held.push(stream),
        None => (404, "text/plain", String::new(), "leaked".to_owned()),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{more}connection: close\r\n\r\n"
    );
    // Whoever has heard enough hangs up.
    let _ = stream.write_all((head + &body).as_bytes());
}
