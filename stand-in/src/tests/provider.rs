//! The provider of the bikes brand, asked as brandgate asks it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::*;

const HOST: &str = "bikes-id.localhost";
const BELLA: &str = "email=bella%40bikes.example&password=pedal";
/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn asked(more: &str) -> String {
    let uri = encode(&format!("{SSO}/callback/bikes-id"));
    format!(
        "client_id=brandgate&redirect_uri={uri}&response_type=code&scope=openid+email+profile\
         &state=the+state&nonce=n-1&code_challenge={CHALLENGE}&code_challenge_method=S256{more}"
    )
}

fn value(location: &str, name: &str) -> String {
    let url = url::Url::parse(location).unwrap();
    let found = url.query_pairs().find(|pair| pair.0 == name);
    found.unwrap_or_else(|| panic!("no {name} in {location}")).1.into_owned()
}

fn basic(secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("brandgate:{secret}")))
}

impl StandIn {
    fn bikes_id(&self, target: &str) -> String {
        format!("http://{}{target}", self.host(HOST))
    }

    /// Signs Bella in for this request; the answer goes back to brandgate.
    fn bella(&self, asked: &str) -> Answer {
        let form = self.get(HOST, &format!("/authorize?{asked}"), "");
        let action = attribute(&form.body, "method=\"post\" action=\"");
        self.send("POST", &self.bikes_id(&action), "", BELLA)
    }

    fn redeem(&self, authorization: &str, form: &str) -> Answer {
        self.send_with("POST", &self.bikes_id("/token"), ("Authorization", authorization), form)
    }

    fn userinfo(&self, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        self.send_with("GET", &self.bikes_id("/userinfo"), ("Authorization", &bearer), "")
    }
}

fn form(code: &str) -> String {
    let uri = encode(&format!("{SSO}/callback/bikes-id"));
    format!("grant_type=authorization_code&code={code}&redirect_uri={uri}&code_verifier={VERIFIER}")
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

#[test]
fn a_code_brings_who_has_signed_in() {
    let stand_in = start();
    let form_page = stand_in.get(HOST, &format!("/authorize?{}", asked("")), "");
    assert!(form_page.body.contains("bella@bikes.example"), "who can sign in here");
    let action = attribute(&form_page.body, "method=\"post\" action=\"");
    let wrong = "email=bella%40bikes.example&password=x";
    let wrong = stand_in.send("POST", &stand_in.bikes_id(&action), "", wrong);
    assert!(wrong.body.contains("role=\"alert\"") && wrong.cookie.is_empty(), "{}", wrong.body);

    let back = stand_in.bella(&asked(""));
    assert!(back.location.starts_with(&format!("{SSO}/callback/bikes-id?code=")));
    let issuer = stand_in.bikes_id("");
    assert_eq!(value(&back.location, "state"), "the state");
    assert_eq!(value(&back.location, "iss"), issuer);
    let tokens =
        json(&stand_in.redeem(&basic("bikes-secret"), &form(&value(&back.location, "code"))));
    let token = tokens["id_token"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let wanted = json!({"iss": issuer, "sub": "31", "aud": "brandgate", "nonce": "n-1",
        "iat": NOW, "exp": NOW + 300, "auth_time": NOW});
    assert_eq!(claims, wanted);
    let info = json(&stand_in.userinfo(tokens["access_token"].as_str().unwrap()));
    let wanted = json!({"sub": "31", "email": "bella@bikes.example", "email_verified": true,
        "name": "Bella Bell"});
    assert_eq!(info, wanted);

    let again = stand_in.get(HOST, &format!("/authorize?{}", asked("")), &back.cookie);
    assert_eq!(again.status, 302, "a session needs no second password");
    let anew = stand_in.get(HOST, &format!("/authorize?{}", asked("&prompt=login")), &back.cookie);
    assert!(anew.body.contains("name=\"password\""));
    let silent = stand_in.get(HOST, &format!("/authorize?{}", asked("&prompt=none")), "");
    assert_eq!(value(&silent.location, "error"), "login_required");
}

#[test]
fn a_code_is_good_once_soon_and_for_whom_it_was_given() {
    let now = Arc::new(AtomicU64::new(NOW));
    let stand_in = start_at(Arc::clone(&now));
    let code = || value(&stand_in.bella(&asked("")).location, "code");
    let ours = basic("bikes-secret");
    let without = |name: &str, code: &str| -> String {
        let form = form(code);
        let pairs = form.split('&').filter(|pair| !pair.starts_with(name));
        pairs.collect::<Vec<_>>().join("&")
    };
    let replaced = |from: &str, to: &str| form(&code()).replace(from, to);
    // (authorization, form, status, error)
    let table = [
        (ours.clone(), replaced(VERIFIER, &VERIFIER.to_lowercase()), 400, "invalid_grant"),
        (ours.clone(), replaced("bikes-id", "shoes-site"), 400, "invalid_grant"),
        (ours.clone(), form("none"), 400, "invalid_grant"),
        (ours.clone(), without("code_verifier", &code()), 400, "invalid_request"),
        (ours.clone(), without("redirect_uri", &code()), 400, "invalid_request"),
        (ours.clone(), without("grant_type", &code()), 400, "invalid_request"),
        (ours.clone(), form(&code()) + "&code=x", 400, "invalid_request"),
        (ours.clone(), replaced("authorization_code", "password"), 400, "unsupported_grant_type"),
        (basic("another"), form(&code()), 401, "invalid_client"),
        (String::new(), form(&code()), 401, "invalid_client"),
    ];
    for (authorization, form, status, error) in table {
        let answer = stand_in.redeem(&authorization, &form);
        assert_eq!((answer.status, &json(&answer)["error"]), (status, &json!(error)), "{form}");
    }

    let form = form(&code());
    let tokens = json(&stand_in.redeem(&ours, &form));
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(stand_in.userinfo(token).status, 200);
    assert_eq!(stand_in.redeem(&ours, &form).status, 400, "a second time");
    assert_eq!(stand_in.userinfo(token).status, 401, "what it brought ends with it");

    let late = self::form(&code());
    now.fetch_add(60, Ordering::SeqCst);
    assert_eq!(stand_in.redeem(&ours, &late).status, 400, "a minute later");
    let tokens = json(&stand_in.redeem(&ours, &self::form(&code())));
    let token = tokens["access_token"].as_str().unwrap();
    now.fetch_add(300, Ordering::SeqCst);
    assert_eq!(stand_in.userinfo(token).status, 401, "five minutes later");
}

#[test]
fn nobody_is_sent_to_an_address_that_is_not_registered() {
    let stand_in = start();
    let elsewhere = asked("").replace("bikes-id", "elsewhere");
    for asked in [&elsewhere, &asked("&client_id=x"), ""] {
        let answer = stand_in.get(HOST, &format!("/authorize?{asked}"), "");
        assert_eq!((answer.status, answer.location.as_str()), (400, ""), "{asked}");
    }
    let url = stand_in.bikes_id(&format!("/sign-in?{elsewhere}"));
    let answer = stand_in.send("POST", &url, "", BELLA);
    assert_eq!((answer.status, answer.location.as_str()), (400, ""));
    let other = asked("").replace("S256", "plain");
    let answer = stand_in.get(HOST, &format!("/authorize?{other}"), "");
    assert_eq!(value(&answer.location, "error"), "invalid_request");
    let posted = stand_in.send("POST", &stand_in.bikes_id("/authorize"), "", &asked(""));
    assert!(posted.body.contains("name=\"password\""), "by POST too");
}

#[test]
fn a_sign_out_asks_first_and_comes_back_with_its_state() {
    let stand_in = start();
    let done = format!("{SSO}/logout/done/bikes-id");
    let query =
        format!("client_id=brandgate&post_logout_redirect_uri={}&state=bikes", encode(&done));
    let back = format!("{done}?state=bikes");
    let cookie = stand_in.bella(&asked("")).cookie;
    let end = format!("/end-session?{query}");
    let question = stand_in.get(HOST, &end, &cookie);
    assert!(question.body.contains("Sign out of Acme ID too?"), "{}", question.body);
    let known = |cookie: &str| {
        stand_in.get(HOST, &format!("/authorize?{}", asked("")), cookie).status == 302
    };
    assert!(known(&cookie), "a question ends nothing");

    let action = stand_in.bikes_id(&attribute(&question.body, "method=\"post\" action=\""));
    let foreign = stand_in.send("POST", &action, "", "");
    assert_eq!((foreign.location, known(&cookie)), (back.clone(), true), "without its cookie");
    assert_eq!(stand_in.send("POST", &action, &cookie, "").location, back);
    assert!(!known(&cookie));
    assert_eq!(stand_in.get(HOST, &end, "").location, back, "nobody is there to be asked");

    for query in [
        query.replace("bikes-id", "shoes-site"),
        query.replace("client_id=brandgate&", ""),
        query.clone() + "&client_id=brandgate",
    ] {
        let answer = stand_in.get(HOST, &format!("/end-session?{query}"), "");
        assert_eq!((answer.status, answer.location.as_str()), (400, ""), "{query}");
    }
}

#[test]
fn each_trouble_has_a_button_and_happens_once() {
    let stand_in = start();
    let url = format!("http://{}/break/trouble", stand_in.host("demo.localhost"));
    let page = stand_in.get("demo.localhost", "/break", "").body;
    for slug in ["away", "nonce", "key", "unconfirmed"] {
        assert!(page.contains(&format!("value=\"{slug}\"")), "{slug}");
        let answer = stand_in.send("POST", &url, "", &format!("message={slug}"));
        assert!(answer.location.starts_with(&format!("{SSO}/login?brand_id=360000000005&")));
        let at_once = stand_in.get(HOST, &format!("/authorize?{}", asked("")), "");
        let tokens =
            stand_in.redeem(&basic("bikes-secret"), &form(&value(&at_once.location, "code")));
        assert_eq!(tokens.status, if slug == "away" { 503 } else { 200 }, "{slug}");
        let next = stand_in.get(HOST, &format!("/authorize?{}", asked("")), "");
        assert!(next.body.contains("name=\"password\""), "{slug}: once");
    }
}
