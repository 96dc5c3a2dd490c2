//! Instances that share a Redis: what one has done, the others do not do again, whatever happens to
//! the Redis meanwhile.

mod instance;
mod load;
pub(crate) mod process;
pub(crate) mod server;
mod tls;

// The same file that the store's own tests call.
#[path = "../../../src/store/contract.rs"]
mod contract;

use std::time::{Duration, Instant};

use brandgate::clock::Clock;
use brandgate::store::{Claim, Redis, RedisAddress, Store};

use self::instance::{Instance, Person, assertion, forged, send};
use self::process::Process;
use self::server::{Server, patiently};

/// Longer than an empty store refuses assertions, in seconds, and shorter than one is good.
const A_WHILE: i64 = 100;

/// Two instances on one Redis, at a moment when it is not new any more.
fn two(server: &Server) -> ([Instance; 2], Clock) {
    let clock = Clock::default();
    let instances = [0, 1].map(|_| Instance::start(&server.url(), &clock));
    server.memory();
    clock.advance(A_WHILE);
    // Both are connected as soon as both serve.
    for instance in &instances {
        patiently("an instance that signs in", || signs_in(instance, &clock).then_some(()));
    }
    (instances, clock)
}

fn signs_in(instance: &Instance, clock: &Clock) -> bool {
    let mut person = Person::default();
    assert_eq!(person.login(instance.address()).status, 302);
    let answer = person.submit(instance.address(), &assertion(clock.now()));
    assert!(answer.is_hand_off() || answer.is_away(), "{answer:?}");
    answer.is_hand_off()
}

#[tokio::test]
async fn a_redis_does_what_every_store_must() {
    let server = Server::start(&[]);
    let make = async || {
        server.empty();
        let address = RedisAddress::parse(&server.url().into()).unwrap();
        let (redis, mut keeper) = Redis::new(address, || 1_800_000_000);
        keeper.start().await;
        Store::Redis(redis)
    };
    contract::assert_conforms(make, async |seconds| server.pass(seconds)).await;
}

#[test]
fn an_assertion_that_one_instance_accepted_is_refused_by_the_other() {
    let server = Server::start(&[]);
    let ([one, other], clock) = two(&server);
    let mut person = Person::default();
    person.login(one.address());
    let (mut again, jwt) = (person.clone(), assertion(clock.now()));
    assert!(person.submit(one.address(), &jwt).is_hand_off());
    assert_eq!(again.submit(other.address(), &jwt).status, 409, "with the same flow");
    let mut stranger = Person::default();
    stranger.login(other.address());
    assert_eq!(stranger.submit(other.address(), &jwt).status, 409, "with another flow");
    assert!(stranger.submit(other.address(), &assertion(clock.now())).is_hand_off(), "a fresh one");
}

#[test]
fn a_flow_that_was_opened_at_one_instance_is_finished_at_the_other_once() {
    let server = Server::start(&[]);
    let ([one, other], clock) = two(&server);
    let mut person = Person::default();
    assert_eq!(person.login(one.address()).status, 302);
    let before = person.clone();
    assert!(person.submit(other.address(), &assertion(clock.now())).is_hand_off());
    for (what, instance) in [("there", &one), ("here", &other)] {
        let answer = before.clone().submit(instance.address(), &assertion(clock.now()));
        assert_eq!(answer.status, 409, "the cookie of before, {what}");
    }
}

#[test]
fn loops_are_counted_together() {
    let server = Server::start(&[]);
    let ([one, other], _) = two(&server);
    let mut person = Person::default();
    let statuses =
        [&one, &other, &one, &other, &one, &other].map(|it| person.login(it.address()).status);
    assert_eq!(statuses, [302, 302, 302, 302, 302, 429]);
}

#[test]
fn the_store_learns_nothing_about_people_and_nothing_before_a_signature_holds() {
    let server = Server::start(&[]);
    let ([one, _], clock) = two(&server);
    let before = server.keys().len();
    let mut person = Person::default();
    person.login(one.address());
    assert_eq!(person.submit(one.address(), &forged(clock.now())).status, 403);
    assert_eq!(server.keys().len(), before, "nothing of a forged one");
    assert!(person.submit(one.address(), &assertion(clock.now())).is_hand_off());
    assert_eq!(server.keys().len(), before + 2, "the assertion and the flow");
    assert_hashes_and_digits(&server);
}

/// What the store holds is hashes, each with an end, and numbers.
pub(crate) fn assert_hashes_and_digits(server: &Server) {
    for key in server.keys() {
        let kind = key.strip_prefix("brandgate:").unwrap();
        let value: String = server.ask(redis::cmd("GET").arg(&key));
        match kind.split_once(':') {
            Some(("claim" | "count", hash)) => {
                assert_eq!(hash.len(), 43, "{key}");
                assert!(value.bytes().all(|byte| byte.is_ascii_digit()), "{value}");
                let left: i64 = server.ask(redis::cmd("TTL").arg(&key));
                assert!((1..=3600).contains(&left), "{key} ends in {left} s");
            }
            _ => assert_eq!(key, "brandgate:memory"),
        }
    }
}

const EMPTIED: &str = "being emptied";
const DEMOTED: &str = "having been the replica of its own older copy";
const FROM_A_COPY: &str = "a restart from an older copy";

#[test]
fn nothing_is_handed_off_twice_by_a_store_that_has_lost_what_it_knew() {
    for how in ["a restart", FROM_A_COPY, EMPTIED, DEMOTED] {
        let [mut server, copy] =
            [0, 1].map(|_| Server::start(&["--repl-diskless-sync-delay", "0"]));
        // The first copy begins a line of writes; the second has the record of its memory.
        let keep_a_copy = || {
            if how == DEMOTED {
                copy.follow(&server);
            }
        };
        keep_a_copy();
        let ([one, other], clock) = two(&server);
        keep_a_copy();
        let known = server.memory();
        if how == FROM_A_COPY {
            server.ask::<()>(&mut redis::cmd("SAVE"));
        }
        let mut person = Person::default();
        person.login(one.address());
        let (before, jwt) = (person.clone(), assertion(clock.now()));
        assert!(person.submit(one.address(), &jwt).is_hand_off());

        match how {
            EMPTIED => server.empty(),
            DEMOTED => server.follow(&copy),
            _ => {
                server.kill();
                server.restart();
            }
        }
        // Somebody may come before anybody has noticed; only this one shows within a second alone.
        if how != DEMOTED {
            assert!(before.clone().submit(one.address(), &jwt).is_away(), "{how}: at once");
        }
        patiently("another record", || (server.memory() != known).then_some(()));
        clock.advance(A_WHILE);
        let third = Instance::start(&server.url(), &clock);
        for (what, instance) in [("the first", &one), ("the other", &other), ("a new", &third)] {
            // It goes on for who begins now, by itself.
            patiently("a sign-in", || signs_in(instance, &clock).then_some(()));
            let refused = |jwt: &str| before.clone().submit(instance.address(), jwt).is_away();
            assert!(refused(&jwt), "{how}: {what} instance, the old assertion");
            assert!(refused(&assertion(clock.now())), "{how}: {what} instance, the used flow");
            let mut stranger = Person::default();
            stranger.login(instance.address());
            let answer = stranger.submit(instance.address(), &jwt);
            assert!(answer.is_away(), "{how}: {what} instance, the old assertion in a new flow");
        }
    }
}

#[test]
fn a_redis_that_falls_silent_holds_nobody_up() {
    let server = Server::start(&[]);
    let ([one, _], clock) = two(&server);
    let mut people: Vec<Person> = vec![Person::default(); 20];
    for person in &mut people {
        assert_eq!(person.login(one.address()).status, 302);
    }
    server.freeze();
    let began = Instant::now();
    for person in &mut people {
        assert!(person.submit(one.address(), &assertion(clock.now())).is_away());
        assert_eq!(person.login(one.address()).status, 302, "a sign-in still begins");
    }
    // One waits; twenty would take five seconds.
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let ready =
        send(one.ops_address(), "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!(ready.status, 200, "it is still of use");
    server.thaw();
    patiently("a sign-in", || signs_in(&one, &clock).then_some(()));
}

#[test]
fn coming_and_going_is_logged_once_each_and_without_the_address() {
    let mut server = Server::start(&["--requirepass", "hunter2"]);
    let url = format!("redis://:hunter2@127.0.0.1:{}", server.port());
    let mut process = Process::start(&url, None);
    let address = process.address();
    process.says("the store is there");
    process.says("the store is new");
    server.kill();
    for _ in 0..20 {
        assert_eq!(Person::default().login(address).status, 302);
    }
    process.says("the store is away: no connection");
    server.restart();
    process.says("the store is there");
    assert_eq!((process.said("the store is there"), process.said("the store is away")), (2, 1));
    for line in &process.log {
        assert!(!line.contains("hunter2") && !line.contains(&server.port().to_string()), "{line}");
    }
}

#[test]
fn a_policy_that_evicts_is_warned_about() {
    for (policy, warned) in [("allkeys-lru", 1), ("volatile-ttl", 1), ("noeviction", 0)] {
        let server = Server::start(&["--maxmemory-policy", policy]);
        let mut process = Process::start(&server.url(), None);
        process.says("the store is new");
        assert_eq!(process.said("maxmemory-policy evicts"), warned, "{policy}");
    }
}

#[test]
fn why_a_store_is_of_no_use_is_said() {
    let locked = Server::start(&["--requirepass", "hunter2"]);
    let at = |who: &str| format!("redis://{who}127.0.0.1:{}", locked.port());
    let replica = Server::start(&["--replicaof", "127.0.0.1", "1"]);
    let full = Server::start(&["--maxmemory", "1"]);
    let lame = Server::start(&["--user", "default", "on", "nopass", "~*", "+@all", "-eval"]);
    let cases = [
        (at(":hunter3@"), "it refuses the user or the password"),
        (at(""), "it refuses the user or the password"),
        (replica.url(), "it is a replica"),
        (full.url(), "it is full"),
        (lame.url(), "its user may not run"),
    ];
    for (url, why) in cases {
        let mut process = Process::start(&url, None);
        process.says(&format!("the store is away: {why}"));
        assert!(!process.log.iter().any(|line| line.contains("hunter")), "{:?}", process.log);
    }
}

#[tokio::test]
async fn a_full_store_refuses_and_stays_connected() {
    let server = Server::start(&[]);
    let address = RedisAddress::parse(&server.url().into()).unwrap();
    let (redis, mut keeper) = Redis::new(address, || 0);
    keeper.start().await;
    let store = Store::Redis(redis);
    let claim = Claim { id: &[1; 32], born: 1000, ends: 2000 };
    let limit = |bytes: &str| {
        server.ask::<()>(redis::cmd("CONFIG").arg("SET").arg("maxmemory").arg(bytes));
    };
    limit("1");
    assert_eq!(store.claim_once(&claim, 1000).await, Err(brandgate::store::StoreError::Full));
    limit("0");
    assert_eq!(store.claim_once(&claim, 1000).await, Ok(true));
}
