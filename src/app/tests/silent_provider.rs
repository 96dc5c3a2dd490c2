//! Providers that take every question and answer none.

use std::net::TcpListener;
use std::path::Path;

use actix_web::http::header::{LOCATION, SET_COOKIE};
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{App, web::Data};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt as _;
use futures_util::poll;

use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::store::Store;
use crate::token::StateKeys;
use crate::web::{self, State};

const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
backends:
  staff: { type: oidc, issuer: '{SILENT}', client_id: brandgate }
  games:
    type: session_token
    cookie: token
    cookie_domain: acme.example
    login_url: https://login.acme.example/
    keys: { jwks_url: '{SILENT}/keys' }
    algorithm: RS256
    issuer: https://login.acme.example
  native: { type: zendesk }
brands:
  shoes: { brand_id: 1, hosts: [acme-shoes.zendesk.com], backend: staff }
  games:
    brand_id: 2
    hosts: [acme-games.zendesk.com]
    backend: games
    chat: { secret: { value: made-up-chat-secret-0123456789abcdefghijk } }
  coffee: { brand_id: 3, hosts: [acme-coffee.zendesk.com], backend: native }
";

/// What nobody has signed, by a key that nobody has published.
fn forged(now: u64) -> String {
    let claims = format!(
        r#"{{"iss":"https://login.acme.example","sub":"7","iat":{now},"exp":{}}}"#,
        now + 600
    );
    let parts = [r#"{"typ":"JWT","alg":"RS256","kid":"x"}"#, &claims, "forged"];
    parts.map(|part| URL_SAFE_NO_PAD.encode(part)).join(".")
}

#[actix_web::test]
async fn whoever_would_wait_with_too_many_is_refused_at_once_and_other_brands_are_served() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let source = TABLE.replace("{SILENT}", &format!("http://{}", silent.local_addr().unwrap()));
    let loaded = config::read(&source, "brands.yaml", Path::new("."));
    let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
    let (store, key) = (Store::new(None), StateKeys::random().unwrap());
    let clock = Clock::default();
    // Two may wait for providers, one of them for each.
    let state = State::new(config.table, store, key, Http::default(), clock.clone(), 8);
    let app = App::new().app_data(Data::new(state.unwrap())).configure(web::routes);
    let app = init_service(app).await;
    let token = forged(clock.now());
    let send = |address: &str, cookies: &str| {
        let get = TestRequest::get().uri(address).peer_addr("203.0.113.1:4711".parse().unwrap());
        let get = get.insert_header(("cookie", cookies.to_owned())).to_request();
        Box::pin(call_service(&app, get))
    };
    let sent = send("/login?brand_id=2", "").await;
    let flow = sent.headers().get(SET_COOKIE).unwrap().to_str().unwrap();
    let flow = flow.split(';').next().unwrap().to_owned();
    let cookie = format!("token={token}");

    let mut to_staff = send("/login?brand_id=1", "");
    assert!(poll!(&mut to_staff).is_pending(), "the provider is asked");
    let mut to_games = send("/login?brand_id=2", &cookie);
    assert!(poll!(&mut to_games).is_pending(), "another is asked too");
    let callback = format!("/callback/games?token={token}");
    // (what, its address, its cookies)
    let others = [
        ("a sign-in", "/login?brand_id=1", ""),
        ("a forged cookie", "/login?brand_id=2", &*cookie),
        ("a forged token on the way back", &callback, &*flow),
        ("a widget", "/brands/games/chat-token", &*cookie),
    ];
    for (what, address, cookies) in others {
        let refused = send(address, cookies).now_or_never();
        let refused = refused.unwrap_or_else(|| panic!("{what} waits"));
        assert_eq!(refused.status(), 503, "{what}");
    }
    let out = send("/logout?brand_id=1", "").now_or_never().expect("a sign-out does not wait");
    assert_eq!(out.status(), 200, "signed out of Zendesk alone");
    let served = send("/login?brand_id=3", "").now_or_never().expect("nothing to wait for");
    assert!(served.headers().get(LOCATION).unwrap().to_str().unwrap().contains("/access/normal"));

    drop(to_staff);
    assert!(poll!(&mut send("/login?brand_id=1", "")).is_pending(), "there is room again");
}
