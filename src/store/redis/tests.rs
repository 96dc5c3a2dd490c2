//! Servers that are no use. What needs a real one is in `tests/peers/`.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use super::{Keeper, Redis, RedisAddress};
use crate::store::{Claim, Store, StoreError};

const NOW: u64 = 1_800_000_000;

/// A quarter of a second, and what a busy machine adds to it.
const SOON: Duration = Duration::from_millis(250 + 500);

fn redis_at(address: SocketAddr) -> (Store, Keeper) {
    let text = format!("redis://{address}");
    let address = RedisAddress::parse(&text.into()).unwrap();
    let (redis, keeper) = Redis::new(address, || NOW);
    (Store::Redis(redis), keeper)
}

async fn claim(store: &Store) -> Result<bool, StoreError> {
    store.claim_once(&Claim { id: &[1; 32], born: NOW + 60, ends: NOW + 300 }, NOW).await
}

/// A server that answers each piece of a request with the next of `answers`, then with nothing.
fn server(answers: &[String]) -> SocketAddr {
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

/// A text as Redis says it.
fn bulk(text: &str) -> String {
    format!("${}\r\n{text}\r\n", text.len())
}

#[tokio::test]
async fn a_server_that_never_answers_is_waited_for_once_and_not_long() {
    let (store, mut keeper) = redis_at(server(&[]));
    let began = Instant::now();
    keeper.start().await;
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    let began = Instant::now();
    for _ in 0..100 {
        assert_eq!(claim(&store).await, Err(StoreError::Unavailable));
        assert_eq!(store.count(&[1; 32], 60, NOW).await, Err(StoreError::Unavailable));
        assert_eq!(store.forget(&[1; 32], NOW).await, Err(StoreError::Unavailable));
    }
    assert!(began.elapsed() < Duration::from_millis(200), "nobody else waits");
}

#[tokio::test]
async fn a_server_that_falls_silent_costs_those_who_ask_a_quarter_of_a_second_once() {
    let about = bulk("run_id:0123456789abcdef\r\nmaxmemory_policy:noeviction\r\n");
    let (store, mut keeper) = redis_at(server(&[about, bulk("0123456789abcdef 1800000005")]));
    keeper.start().await;
    let began = Instant::now();
    let many = futures_util::future::join_all((0..20).map(|_| claim(&store))).await;
    assert!(many.iter().all(|one| *one == Err(StoreError::Unavailable)), "{many:?}");
    let took = began.elapsed();
    assert!(took >= super::WAIT && took < SOON, "all at once, and each its time: {took:?}");
    let began = Instant::now();
    assert_eq!(claim(&store).await, Err(StoreError::Unavailable));
    assert!(began.elapsed() < Duration::from_millis(100), "the next one does not wait");
}

#[tokio::test]
async fn what_is_no_redis_is_away() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let cases = [
        ("nobody listens", closed),
        ("another protocol", server(&["HTTP/1.1 400 Bad Request\r\n\r\n".to_owned()])),
        ("a server without a name", server(&[bulk("redis_mode:standalone\r\n")])),
        ("an error", server(&["-ERR hunter2\r\n".to_owned()])),
    ];
    for (what, address) in cases {
        let (store, mut keeper) = redis_at(address);
        keeper.start().await;
        assert_eq!(claim(&store).await, Err(StoreError::Unavailable), "{what}");
    }
}
