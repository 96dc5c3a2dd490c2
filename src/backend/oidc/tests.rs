use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Map, Value, json};

use super::{Oidc, OidcSettings, Proven, Return, refusal};
use crate::backend::{Asking, Bounds, ClaimMap, Http};
use crate::domain::EmailProof;
use crate::token::StateKey;

fn oidc(name: &str) -> Oidc {
    let settings = OidcSettings {
        name: name.to_owned(),
        public_url: "https://sso.example".to_owned(),
        issuer: "https://id.example".to_owned(),
        bounds: Bounds::default(),
        client_id: "brandgate".to_owned(),
        client_secret: Some("hunter2".to_owned().into()),
        scopes: vec!["openid".to_owned(), "email".to_owned()],
        claims: ClaimMap::new(&Oidc::CLAIMS, Vec::new()),
        proof: EmailProof::Demanded,
    };
    Oidc::new(settings).unwrap()
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn every_flow_of_every_backend_has_secrets_of_its_own() {
    let http = Http::default();
    let keys =
        ["hunter2", "hunter3"].map(|it| StateKey::from_secret(&it.to_owned().into()).unwrap());
    let mut secrets = std::collections::HashSet::new();
    for key in &keys {
        let asking = Asking { http: &http, key, now: 0 };
        for (name, flow) in [("a", "bc"), ("ab", "c"), ("a", "bd")] {
            let oidc = oidc(name);
            let verifier = oidc.verifier(&asking, flow);
            assert_eq!(verifier, oidc.verifier(&asking, flow), "the same at the way back");
            assert!(verifier.len() >= 43, "RFC 7636 §4.1");
            secrets.extend([verifier, oidc.nonce(&asking, flow)]);
        }
    }
    assert_eq!(secrets.len(), 12);
}

/// A provider at an address within bounds, whose metadata lead to another one.
fn leading_elsewhere() -> (Oidc, Arc<AtomicUsize>) {
    let [listener, elsewhere] =
        ["127.0.0.1:0", "127.0.0.2:0"].map(|at| TcpListener::bind(at).unwrap());
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let endpoints = format!("http://{}", elsewhere.local_addr().unwrap());
    let metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{endpoints}/auth"),
        "token_endpoint": format!("{endpoints}/token"),
        "jwks_uri": format!("{endpoints}/keys"),
    })
    .to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", metadata.len());
            let _ = stream.write_all((head + &metadata).as_bytes());
        }
    });
    let come = Arc::new(AtomicUsize::new(0));
    let counted = come.clone();
    thread::spawn(move || {
        for _ in elsewhere.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    let bounds = Bounds::with(&["127.0.0.1/32".parse().unwrap()]);
    (Oidc { discovery: format!("{issuer}/").parse().unwrap(), issuer, bounds, ..oidc("x") }, come)
}

#[tokio::test]
async fn metadata_lead_nowhere_beyond_the_bounds() {
    let (oidc, come) = leading_elsewhere();
    let http = Http::default();
    let key = StateKey::from_secret(&"hunter2".to_owned().into()).unwrap();
    let asking = Asking { http: &http, key: &key, now: 0 };
    // It is the browser that goes there.
    assert!(oidc.begin(&asking, "flow").await.is_ok());
    let (metadata, keys) = oidc.reach(&asking).await;
    let returned = Return { iss: None, outcome: Ok("code") };
    let redeemed = oidc.authenticate(&asking, "flow", &returned).await.map(drop);
    assert!(metadata.is_ok());
    for (what, outcome) in [("keys", keys.unwrap().1), ("token", redeemed)] {
        let why = outcome.unwrap_err().to_string();
        assert!(why.contains("an address that is no part of the internet"), "{what}: {why}");
    }
    assert_eq!(come.load(Ordering::SeqCst), 0);
}

#[test]
fn what_the_provider_says_twice_must_agree() {
    let oidc = oidc("staff");
    let joe = json!({"sub": "7", "email": "joe@example.com"});
    // (what, ID token, userinfo, address and its proof, or the refusal)
    let cases = [
        ("the ID token alone", joe.clone(), None, Ok(("joe@example.com", None))),
        (
            "userinfo completes it",
            joe.clone(),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": true})),
            Ok(("joe@example.com", Some(true))),
        ),
        (
            "the signed one comes first",
            json!({"sub": "7", "email": "joe@example.com", "email_verified": false}),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": true})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "userinfo alone names an address",
            json!({"sub": "7"}),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": true})),
            Ok(("joe@example.com", Some(true))),
        ),
        (
            "the other one that names it says no",
            json!({"sub": "7", "email": "joe@example.com", "email_verified": true}),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": "false"})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "userinfo alone names an address, and says no",
            json!({"sub": "7", "email_verified": true}),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": false})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "userinfo alone names an address, and says nothing",
            json!({"sub": "7", "email_verified": true}),
            Some(json!({"sub": "7", "email": "joe@example.com"})),
            Ok(("joe@example.com", None)),
        ),
        (
            "the ID token alone names an address, and says nothing",
            joe.clone(),
            Some(json!({"sub": "7", "email_verified": true})),
            Ok(("joe@example.com", None)),
        ),
        (
            "the ID token alone names an address, and says no",
            json!({"sub": "7", "email": "joe@example.com", "email_verified": false}),
            Some(json!({"sub": "7", "email_verified": true})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "the ID token alone names an address, and userinfo says no",
            json!({"sub": "7", "email": "joe@example.com", "email_verified": true}),
            Some(json!({"sub": "7", "email_verified": false})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "the ID token alone names an address, says nothing, and userinfo says no",
            joe.clone(),
            Some(json!({"sub": "7", "email_verified": "false"})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "userinfo alone names an address, and the ID token says no",
            json!({"sub": "7", "email_verified": false}),
            Some(json!({"sub": "7", "email": "joe@example.com", "email_verified": true})),
            Ok(("joe@example.com", Some(false))),
        ),
        (
            "another address with a better proof",
            joe,
            Some(json!({"sub": "7", "email": "boss@example.com", "email_verified": true})),
            Err("what came back proves nothing: ID token and userinfo name different addresses"),
        ),
        (
            "a claim of another type",
            json!({"sub": "7", "email": ["joe@example.com"]}),
            None,
            Err("the claim `email` is missing or of the wrong type"),
        ),
    ];
    for (what, id, userinfo, expected) in cases {
        let known = oidc.read(&proven(object(&id), userinfo.as_ref().map(object)));
        match (known, expected) {
            (Ok(known), Ok((email, proof))) => {
                assert_eq!(known.email.as_deref(), Some(email), "{what}");
                assert_eq!(known.email_verified, proof, "{what}");
                assert_eq!(known.external_id.as_deref(), Some("7"), "{what}");
            }
            (Err(error), Err(expected)) => assert_eq!(error.to_string(), expected, "{what}"),
            (known, _) => panic!("{what}: {}", known.is_ok()),
        }
    }
}

fn proven(id: Map<String, Value>, userinfo: Option<Map<String, Value>>) -> Proven {
    Proven { id, userinfo }
}

#[test]
fn userinfo_completes_what_the_id_token_leaves_open() {
    let oidc = oidc("staff");
    let userinfo = object(&json!({"sub": "7", "email": "joe@example.com", "name": "Joe"}));
    // (what, the ID token's name, the name)
    let cases = [
        ("no name", json!({}), "Joe"),
        ("nothing", json!({"name": null}), "Joe"),
        ("a blank", json!({"name": ""}), "Joe"),
        ("another", json!({"name": "Joseph"}), "Joseph"),
    ];
    for (what, more, name) in cases {
        let mut id = object(&json!({"sub": "7"}));
        id.extend(object(&more));
        let known = oidc.read(&proven(id, Some(userinfo.clone()))).unwrap();
        assert_eq!(known.name.as_deref(), Some(name), "{what}");
    }
    let mut odd = userinfo.clone();
    odd.insert("sub".to_owned(), json!([7]));
    let known = oidc.read(&proven(object(&json!({"sub": "7", "name": "Joe"})), Some(odd))).unwrap();
    assert_eq!(known.external_id.as_deref(), Some("7"), "the ID token's counts");
}

#[test]
fn only_words_that_are_known_are_repeated() {
    let said = |error: &str| refusal(error).to_string();
    assert_eq!(said("access_denied"), "the backend says no: access_denied");
    for word in ["temporarily_unavailable", "authentication_expired", "login_required"] {
        assert_eq!(said(word), format!("the backend asks to begin again: {word}"));
    }
    assert!(said("server_error").starts_with("the backend is unavailable"));
    for of_ours in ["invalid_scope", "invalid_request", "unauthorized_client"] {
        let why = format!("the backend is unavailable: it says `{of_ours}`, or somebody has");
        assert!(said(of_ours).starts_with(&why), "{of_ours}");
    }
    for hostile in ["", "Access_Denied", "joe@example.com", "<script>", "access_denied\nforged"] {
        assert_eq!(said(hostile), "the backend says no: it gives a reason that is not known");
    }
}

#[test]
fn a_client_secret_is_never_printed() {
    let shown =
        r#"Oidc { issuer: "https://id.example", scope: "openid email", proof: Demanded, .. }"#;
    assert_eq!(format!("{:?}", oidc("staff")), shown);
}
