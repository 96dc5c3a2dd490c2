//! Servers that are no use. What needs a real one is in `tests/peers/`.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use super::{Reconnector, Redis, RedisAddress, RedisKind};
use crate::store::{Share, Store, StoreError};

const NOW: u64 = 1_800_000_000;

const SHARE: Share<'static> = Share { backend: "shoes-site", network: None };

/// A quarter of a second, and what a busy machine adds to it.
const SOON: Duration = Duration::from_millis(250 + 500);

pub(super) fn redis_at(address: SocketAddr) -> (Store, Reconnector) {
    let text = format!("redis://{address}");
    let address = RedisAddress::parse(&text.into(), RedisKind::Server).unwrap();
    let (redis, reconnector) = Redis::new(address);
    (Store::new(Some(redis)), reconnector)
}

async fn consume(store: &Store) -> Result<bool, StoreError> {
    store.consume(&[1; 32], NOW + 300, &SHARE, NOW).await
}

/// A server that answers each piece of a request with the next of `answers`, then with nothing.
pub(super) fn server(answers: &[String]) -> SocketAddr {
    let answers = answers.to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let mut open = Vec::new();
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            for answer in &answers {
                let _ = connection.read(&mut [0; 4096]).unwrap();
                connection.write_all(answer.as_bytes()).unwrap();
            }
            open.push(connection);
        }
    });
    address
}

/// What a Redis says to the six commands of a check, and to who asks about its memory.
pub(super) fn good() -> [String; 2] {
    ["+OK\r\n$1\r\n0\r\n:1\r\n:60\r\n:1\r\n:1\r\n".to_owned(), "-NOPERM no\r\n".to_owned()]
}

#[tokio::test]
async fn a_server_that_never_answers_holds_nobody_up_for_long() {
    let (store, mut reconnector) = redis_at(server(&[]));
    let began = Instant::now();
    reconnector.start().await;
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    drop(tokio::spawn(reconnector.keep()));
    let began = Instant::now();
    let many = futures_util::future::join_all((0..100).map(|_| async {
        assert_eq!(consume(&store).await, Err(StoreError::Unavailable));
        let count = store.count(&[1; 32], 60, &SHARE, NOW);
        assert_eq!(count.await, Err(StoreError::Unavailable));
        assert_eq!(store.forget(&[1; 32], NOW).await, Err(StoreError::Unavailable));
    }));
    many.await;
    assert!(began.elapsed() < 3 * SOON, "each its own time: {:?}", began.elapsed());
}

#[tokio::test]
async fn a_server_that_falls_silent_costs_those_who_ask_a_quarter_of_a_second() {
    let (store, mut reconnector) = redis_at(server(&good()));
    reconnector.start().await;
    drop(tokio::spawn(reconnector.keep()));
    for _ in 0..3 {
        let began = Instant::now();
        let many = futures_util::future::join_all((0..20).map(|_| consume(&store))).await;
        assert!(many.iter().all(|one| *one == Err(StoreError::Unavailable)), "{many:?}");
        let took = began.elapsed();
        assert!(took < SOON, "all at once, and each its time: {took:?}");
    }
}

#[tokio::test]
async fn what_is_no_redis_is_away() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let cases = [
        ("nobody listens", closed),
        ("another protocol", server(&["HTTP/1.1 400 Bad Request\r\n\r\n".to_owned()])),
        ("an error", server(&["-ERR hunter2\r\n".to_owned()])),
        ("too few answers", server(&["+OK\r\n".to_owned()])),
    ];
    for (what, address) in cases {
        let (store, mut reconnector) = redis_at(address);
        reconnector.start().await;
        drop(tokio::spawn(reconnector.keep()));
        assert_eq!(consume(&store).await, Err(StoreError::Unavailable), "{what}");
    }
}

#[tokio::test]
async fn without_its_reconnector_it_is_away() {
    let (store, reconnector) = redis_at(server(&good()));
    drop(reconnector);
    assert_eq!(consume(&store).await, Err(StoreError::Unavailable));
}
