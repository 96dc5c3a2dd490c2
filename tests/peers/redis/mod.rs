//! Instances that share a Redis: what one has done, the others do not do again, and whatever happens
//! to the Redis meanwhile, nobody is refused but while it is away.

pub(crate) mod instance;
mod load;
pub(crate) mod process;
mod reasons;
pub(crate) mod server;
pub(crate) mod tls;

// The same file that the store's own tests call.
#[path = "../../../src/store/contract.rs"]
mod contract;

use std::thread;
use std::time::{Duration, Instant};

use brandgate::clock::Clock;
use brandgate::store::{Reconnector, Redis, RedisAddress, RedisKind, Share, Store, StoreError};

use self::instance::{Person, assertion, forged, start};
use self::server::{Server, patiently};
use crate::support::app::App;
use crate::support::browser::{self, Request};

/// Two instances on one Redis.
fn two(store: &str) -> ([App; 2], Clock) {
    let clock = Clock::default();
    ([0, 1].map(|_| start(store, &clock)), clock)
}

fn signs_in(instance: &App, clock: &Clock) -> bool {
    let mut person = Person::default();
    assert_eq!(person.login(instance.address()).status, 302);
    let answer = person.submit(instance.address(), &assertion(clock.now()));
    assert!(answer.is_hand_off() || answer.is_away(), "{answer:?}");
    answer.is_hand_off()
}

async fn store_at(url: &str, kind: RedisKind<'_>) -> (Store, Reconnector) {
    let address = RedisAddress::parse(&url.into(), kind).unwrap();
    let (redis, mut reconnector) = Redis::new(address);
    reconnector.start().await;
    (Store::new(Some(redis)), reconnector)
}

#[tokio::test]
async fn a_redis_does_what_every_store_must() {
    let server = Server::start(&[]);
    let make = async || {
        server.empty();
        store_at(&server.url(), RedisKind::Server).await.0
    };
    contract::assert_conforms(make, async |seconds| server.pass(seconds)).await;
}

#[tokio::test]
async fn what_one_instance_does_the_others_know_to_the_second() {
    const NOW: u64 = 1_800_000_000;
    const SHARE: Share<'static> = Share { backend: "shoes-site", network: None };
    let server = Server::start(&[]);
    let url = server.url();
    let stores = [0, 1, 2].map(|_| store_at(&url, RedisKind::Server));
    let [one, other, third] = futures_util::future::join_all(stores).await.try_into().unwrap();
    let consume = async |store: &Store, now| store.consume(&[1; 32], now + 300, &SHARE, now).await;
    let count = async |store: &Store, now| store.count(&[1; 32], 60, &SHARE, now).await;
    assert_eq!(consume(&one.0, NOW).await, Ok(true));
    assert_eq!((count(&one.0, NOW).await, count(&other.0, NOW).await), (Ok(1), Ok(2)));
    server.pass(59);
    assert_eq!(count(&third.0, NOW + 59).await, Ok(3));
    server.pass(1);
    assert_eq!(count(&other.0, NOW + 60).await, Ok(1), "its window is over for all");
    server.pass(239);
    assert_eq!(consume(&other.0, NOW + 299).await, Ok(false));
    server.pass(1);
    assert_eq!(consume(&third.0, NOW + 300).await, Ok(true));
}

#[tokio::test]
async fn a_count_that_lost_its_end_gets_one() {
    const SHARE: Share<'static> = Share { backend: "shoes-site", network: None };
    let server = Server::start(&[]);
    let (store, _reconnector) = store_at(&server.url(), RedisKind::Server).await;
    assert_eq!(store.count(&[1; 32], 60, &SHARE, 1000).await, Ok(1));
    let key = server.keys().remove(0);
    assert!(server.ask::<bool>(redis::cmd("PERSIST").arg(&key)));
    assert_eq!(store.count(&[1; 32], 60, &SHARE, 1000).await, Ok(2));
    assert!((1..=60).contains(&server.ask::<i64>(redis::cmd("TTL").arg(&key))));
}

#[test]
fn an_assertion_that_one_instance_accepted_is_refused_by_the_other() {
    let server = Server::start(&[]);
    let ([one, other], clock) = two(&server.url());
    let mut person = Person::default();
    person.login(one.address());
    let (mut again, jwt) = (person.clone(), assertion(clock.now()));
    assert!(person.submit(one.address(), &jwt).is_hand_off(), "of a new Redis, at once");
    assert_eq!(again.submit(other.address(), &jwt).status, 409, "with the same flow");
    let mut stranger = Person::default();
    stranger.login(other.address());
    assert_eq!(stranger.submit(other.address(), &jwt).status, 409, "with another flow");
    assert!(stranger.submit(other.address(), &assertion(clock.now())).is_hand_off(), "a fresh one");
}

#[test]
fn a_flow_that_was_opened_at_one_instance_is_finished_at_the_other() {
    let server = Server::start(&[]);
    let ([one, other], clock) = two(&server.url());
    let mut person = Person::default();
    assert_eq!(person.login(one.address()).status, 302);
    assert!(person.submit(other.address(), &assertion(clock.now())).is_hand_off());
    for (what, instance) in [("there", &one), ("here", &other)] {
        let answer = person.clone().submit(instance.address(), &assertion(clock.now()));
        assert_eq!(answer.status, 409, "the same flow again, {what}");
    }
}

#[test]
fn loops_are_counted_together() {
    let server = Server::start(&[]);
    let ([one, other], clock) = two(&server.url());
    let mut person = Person::default();
    // Round and round: each time, the other instance than before hands off.
    for instance in [&one, &other, &one, &other, &one] {
        assert_eq!(person.login(instance.address()).status, 302);
        assert!(person.submit(instance.address(), &assertion(clock.now())).is_hand_off());
    }
    assert_eq!(person.login(other.address()).status, 429);
}

#[test]
fn the_store_learns_nothing_about_people_and_nothing_before_a_signature_holds() {
    let server = Server::start(&[]);
    let ([one, _], clock) = two(&server.url());
    let used = || server.keys().iter().filter(|key| key.starts_with("brandgate:used:")).count();
    let mut person = Person::default();
    person.login(one.address());
    assert_eq!(person.submit(one.address(), &forged(clock.now())).status, 403);
    assert_eq!(used(), 0, "nothing of a forged one");
    assert!(person.submit(one.address(), &assertion(clock.now())).is_hand_off());
    assert_eq!(used(), 1, "the assertion");
    assert_hashes_and_digits(&server);
}

/// What the store holds is hashes, each with an end, and numbers.
pub(crate) fn assert_hashes_and_digits(server: &Server) {
    for key in server.keys() {
        let kind = key.strip_prefix("brandgate:").unwrap();
        // An instance may be looking after its connection just now.
        let Some(value) = server.ask::<Option<String>>(redis::cmd("GET").arg(&key)) else {
            continue;
        };
        assert!(value.bytes().all(|byte| byte.is_ascii_digit()), "{value}");
        let left: i64 = server.ask(redis::cmd("TTL").arg(&key));
        match kind.split_once(':') {
            Some(("used" | "count", hash)) => {
                assert_eq!(hash.len(), 43, "{key}");
                assert!((1..=900).contains(&left), "{key} ends in {left} s");
            }
            _ => assert_eq!(key, "brandgate:check"),
        }
    }
}

#[test]
fn a_redis_that_has_forgotten_refuses_nobody_and_is_no_hole_where_somebody_knows_better() {
    for how in ["a restart", "a restart from an older copy", "being emptied", "a copy's take-over"]
    {
        let [mut server, copy] =
            [0, 1].map(|_| Server::start(&["--repl-diskless-sync-delay", "0"]));
        copy.follow(&server);
        if how == "a restart from an older copy" {
            patiently("a server that is not saving for its copy", || {
                let about: String = server.ask(redis::cmd("INFO").arg("persistence"));
                about.contains("rdb_bgsave_in_progress:0").then_some(())
            });
            server.ask::<()>(&mut redis::cmd("SAVE"));
        }
        let ([one, other], clock) = two(&server.url());
        let mut person = Person::default();
        person.login(one.address());
        let (before, jwt) = (person.clone(), assertion(clock.now()));
        let first = person.submit(one.address(), &jwt);
        assert!(first.is_hand_off(), "{how}");

        match how {
            "being emptied" => server.empty(),
            "a copy's take-over" => server.follow(&copy),
            _ => {
                server.kill();
                server.restart();
            }
        }
        let third = start(&server.url(), &clock);
        for instance in [&one, &other, &third] {
            assert!(signs_in(instance, &clock), "{how}: at once");
        }
        let again = |instance: &App| before.clone().submit(instance.address(), &jwt);
        assert_eq!(again(&one).status, 409, "{how}: it was used here");
        let elsewhere = again(&other);
        assert!(elsewhere.is_hand_off(), "{how}: the other cannot know");
        assert_eq!(elsewhere.jti(), first.jti(), "{how}: but Zendesk does, by its id");
        assert_eq!(again(&third).status, 409, "{how}: now Redis knows again");
    }
}

#[test]
fn a_redis_that_is_slow_is_waited_for_only_so_long() {
    let server = Server::start(&[]);
    let ([one, _], clock) = two(&server.url());
    let pause = |milliseconds: u32| {
        server.ask::<()>(redis::cmd("CLIENT").arg("PAUSE").arg(milliseconds).arg("ALL"));
    };
    let submitted = || {
        let mut person = Person::default();
        assert_eq!(person.login(one.address()).status, 302);
        person.submit(one.address(), &assertion(clock.now()))
    };
    patiently("a sign-in", || signs_in(&one, &clock).then_some(()));
    // It answers, and later than others: within its quarter of a second.
    let slow = patiently("a sign-in that took a while", || {
        let began = Instant::now();
        pause(100);
        submitted().is_hand_off().then(|| began.elapsed())
    });
    assert!(slow >= Duration::from_millis(50), "it was not slow: {slow:?}");
    let began = Instant::now();
    pause(20_000);
    assert!(submitted().is_away(), "beyond it");
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let mut person = Person::default();
    assert_eq!(person.login(one.address()).status, 302, "sign-ins begin");
}

#[test]
fn a_redis_that_falls_silent_holds_nobody_up() {
    let server = Server::start(&[]);
    let ([one, _], clock) = two(&server.url());
    let mut people: Vec<Person> = vec![Person::default(); 20];
    for person in &mut people {
        assert_eq!(person.login(one.address()).status, 302);
    }
    server.freeze();
    let began = Instant::now();
    thread::scope(|scope| {
        for person in &mut people {
            scope.spawn(|| {
                assert!(person.submit(one.address(), &assertion(clock.now())).is_away());
                assert_eq!(person.login(one.address()).status, 302, "a sign-in still begins");
            });
        }
    });
    // A quarter of a second each, all at once; one after the other would take five seconds.
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let ready = browser::program(one.ops_address(), &Request::get("http://x/readyz"));
    assert_eq!(ready.status, 200, "it is still of use");
    server.thaw();
    patiently("a sign-in", || signs_in(&one, &clock).then_some(()));
}

#[test]
fn what_was_used_while_redis_could_not_tell_can_be_used_when_it_can() {
    let mut server = Server::start(&[]);
    let ([one, _], clock) = two(&server.url());
    let mut person = Person::default();
    person.login(one.address());
    let jwt = assertion(clock.now());
    server.kill();
    assert!(person.submit(one.address(), &jwt).is_away());
    server.restart();
    assert!(person.submit(one.address(), &jwt).is_hand_off());
}

#[tokio::test]
async fn a_full_redis_refuses_and_stays_connected() {
    let server = Server::start(&[]);
    let (store, _reconnector) = store_at(&server.url(), RedisKind::Server).await;
    let share = Share { backend: "shoes-site", network: None };
    let limit = |bytes: &str| {
        server.ask::<()>(redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg(bytes));
    };
    limit("1");
    let consume = async || store.consume(&[1; 32], 2000, &share, 1000).await;
    assert_eq!(consume().await, Err(StoreError::Full));
    limit("0");
    assert_eq!(consume().await, Ok(true));
}

#[tokio::test]
async fn who_overdoes_it_fills_redis_no_further_than_its_share() {
    let server = Server::start(&["--save", ""]);
    let (store, _reconnector) = store_at(&server.url(), RedisKind::Server).await;
    let network = "203.0.113.7/32".parse().ok();
    let bytes = || {
        let about: String = server.ask(redis::cmd("INFO").arg("memory"));
        let bytes = about.lines().find_map(|line| line.strip_prefix("used_memory:")).unwrap();
        bytes.trim().parse::<u64>().unwrap()
    };
    let before = bytes();
    let flood = Share { backend: "shoes-site", network };
    let mut taken = 0_u64;
    let mut key = [0; 32];
    let why = loop {
        key[..8].copy_from_slice(&taken.to_be_bytes());
        match store.consume(&key, 1300, &flood, 1000).await {
            Ok(first) => assert!(first),
            Err(why) => break why,
        }
        taken += 1;
    };
    assert_eq!(why, StoreError::NetworkShare);
    let keys: u64 = server.ask(&mut redis::cmd("DBSIZE"));
    assert_eq!(keys, taken, "what is refused leaves nothing in Redis");
    let each = (bytes() - before) / keys;
    assert!(each <= 200, "docs/operations.md counts with 200 bytes: {each}");
    for share in [Share { network: None, ..flood }, Share { backend: "coffee", network }] {
        key[0] += 1;
        assert_eq!(store.consume(&key, 1300, &share, 1000).await, Ok(true), "others go on");
    }
}
