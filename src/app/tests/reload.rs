//! What a reload lets go of.

use std::fs;

use actix_web::web::Data;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::app::InForce;
use crate::backend::Http;
use crate::clock::Clock;
use crate::config;
use crate::ops::Readiness;
use crate::store::Store;
use crate::token::StateKeys;
use crate::web::State;

const MAIN: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: made-up-zendesk-shared-secret-0123456789 } }
include: [brands.d/*.yaml]
limits:
  - { files: [brands.d/*], hosts: any, email_domains: any, external_id_prefix: any, networks: [NETWORK] }
backends: { staff: { type: oidc, issuer: 'https://id.acme.example', client_id: brandgate } }
brands: { shoes: { hosts: [acme-shoes.zendesk.com], backend: staff } }
";

const GAMES: &str = "
backends: { games-id: { type: oidc, issuer: 'https://id.games.example', client_id: brandgate } }
brands: { games: { hosts: [acme-games.zendesk.com], backend: games-id } }
";

/// The connection over which `provider` is asked: `known`, or else a new one.
async fn ask(http: &Http, provider: &TcpListener, known: Option<TcpStream>) -> TcpStream {
    let url = format!("http://{}/", provider.local_addr().unwrap());
    let asking = http.send(http.client().unwrap().get(url));
    let answering = async {
        let mut stream = match known {
            Some(known) => known,
            None => provider.accept().await.unwrap().0,
        };
        assert!(stream.read(&mut [0; 1024]).await.unwrap() > 0, "it is asked over this one");
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        stream
    };
    let (answer, stream) = tokio::join!(asking, answering);
    answer.unwrap();
    stream
}

#[actix_web::test]
async fn connections_within_bounds_that_no_file_has_any_more_end_with_the_reload() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("brands.d")).unwrap();
    fs::write(folder.path().join("brands.d/games.yaml"), GAMES).unwrap();
    let main = folder.path().join("brands.yaml");
    let load = |network: &str| {
        fs::write(&main, MAIN.replace("NETWORK", network)).unwrap();
        let loaded = config::load(&main).unwrap();
        loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)))
    };
    let config = load("127.0.0.0/8");
    let (_, games) = config.table.backend_named("games-id").unwrap();
    let bounds = games.asks_within().unwrap().clone();
    let (store, key) = (Store::new(None), StateKeys::random().unwrap());
    let state = State::new(config.table, store, key, Http::default(), Clock::default(), 8);
    let state = Data::new(state.unwrap());
    let (readiness, outline) = (Readiness::default(), config.outline);
    let mut in_force = InForce::new(config.server, None, state.clone(), readiness, outline);

    let provider = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let within = state.http.within(&bounds);
    let of_main = ask(&state.http, &provider, None).await;
    let of_games = ask(&within, &provider, None).await;
    in_force.replace(load("127.0.0.0/8")).unwrap();
    let mut of_games = ask(&within, &provider, Some(of_games)).await;
    in_force.replace(load("10.0.0.0/8")).unwrap();
    tokio::select! {
        biased;
        read = of_games.read_u8() => assert!(read.is_err(), "nobody keeps it"),
        _ = ask(&within, &provider, None) => {}
    }
    ask(&state.http, &provider, Some(of_main)).await;
}
