//! What happens to a Redis while people sign in: they are refused while it is away, and nobody else.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use brandgate::clock::Clock;

use super::instance::{Person, assertion};
use super::server::{Server, cluster, patiently, sentinel};
use super::two;
use crate::support::app::App;

/// What the people saw.
#[derive(Default)]
struct Seen {
    /// Of each assertion, at which instance with which id it was handed off.
    hand_offs: Mutex<HashMap<String, Vec<(usize, String)>>>,
    logins: Mutex<Vec<Duration>>,
    handed_off: AtomicUsize,
    away: AtomicUsize,
    /// Refused, although the Redis was there from beginning to end.
    refused_in_vain: AtomicUsize,
    /// How often it has come or gone; it is there when the number is even.
    changes: AtomicUsize,
    is_over: AtomicBool,
}

impl Seen {
    /// The Redis has gone, or come back.
    fn change(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }
}

/// Signs in again and again, tries each assertion at both instances, and old ones once more.
fn sign_in_for_long(instances: [SocketAddr; 2], clock: &Clock, seen: &Seen) {
    let mut old: Vec<(Person, String)> = Vec::new();
    let mut turn = 0;
    while !seen.is_over.load(Ordering::Relaxed) {
        turn += 1;
        let mut person = Person::default();
        let began = Instant::now();
        assert_eq!(person.login(instances[turn % 2]).status, 302);
        // Neither asks the store.
        assert_eq!(person.login(instances[turn % 2]).status, 302);
        seen.logins.lock().unwrap().push(began.elapsed());
        let jwt = assertion(clock.now());
        let again = old.get(turn * 7 % (old.len() + 1)).cloned();
        for (person, jwt) in
            [(person.clone(), jwt.clone()), (person.clone(), jwt.clone())].into_iter().chain(again)
        {
            turn += 1;
            let before = seen.changes.load(Ordering::SeqCst);
            let answer = person.clone().submit(instances[turn % 2], &jwt);
            if answer.is_hand_off() {
                let mut hand_offs = seen.hand_offs.lock().unwrap();
                hand_offs.entry(jwt).or_default().push((turn % 2, answer.jti()));
                seen.handed_off.fetch_add(1, Ordering::Relaxed);
            } else if answer.is_away() {
                seen.away.fetch_add(1, Ordering::Relaxed);
                if before.is_multiple_of(2) && seen.changes.load(Ordering::SeqCst) == before {
                    seen.refused_in_vain.fetch_add(1, Ordering::Relaxed);
                }
            } else {
                assert_eq!(answer.status, 409, "{answer:?}");
                let hand_offs = seen.hand_offs.lock().unwrap();
                assert!(hand_offs.contains_key(&jwt), "nobody was handed off with it");
            }
        }
        old.push((person, jwt));
    }
}

/// Waits for so many more.
fn more(of: &AtomicUsize, by: usize, what: &str) {
    let goal = of.load(Ordering::Relaxed) + by;
    patiently(what, || {
        thread::yield_now();
        (of.load(Ordering::Relaxed) >= goal).then_some(())
    });
}

/// Lets people sign in at two instances while `happen` happens to the Redis.
fn under_load(([one, other], clock): ([App; 2], Clock), happen: impl FnOnce(&Seen)) -> Seen {
    let addresses = [one.address(), other.address()];
    let seen = Seen::default();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let _over = Over(&seen);
                sign_in_for_long(addresses, &clock, &seen);
            });
        }
        let _over = Over(&seen);
        more(&seen.handed_off, 50, "a hand-off");
        happen(&seen);
        more(&seen.handed_off, 50, "a hand-off afterwards");
    });
    for hand_offs in seen.hand_offs.lock().unwrap().values() {
        let mut instances: Vec<_> = hand_offs.iter().map(|(instance, _)| instance).collect();
        instances.sort_unstable();
        instances.dedup();
        assert_eq!(instances.len(), hand_offs.len(), "no instance hands off twice");
        assert!(hand_offs.iter().all(|(_, jti)| *jti == hand_offs[0].1), "Zendesk takes one");
    }
    seen
}

fn count(of: &AtomicUsize) -> usize {
    of.load(Ordering::Relaxed)
}

#[test]
fn a_redis_that_is_killed_refuses_only_while_it_is_away() {
    let mut server = Server::start(&[]);
    let seen = under_load(two(&server.url()), |seen| {
        for _ in 0..3 {
            seen.change();
            server.kill();
            more(&seen.away, 20, "a page that says so");
            server.restart();
            seen.change();
            more(&seen.handed_off, 50, "a hand-off after the restart");
        }
    });
    assert!(count(&seen.away) >= 60);
    assert_eq!(count(&seen.refused_in_vain), 0);
    let mut logins = seen.logins.lock().unwrap();
    logins.sort_unstable();
    let (median, worst) = (logins[logins.len() / 2], logins[logins.len() - 1]);
    assert!(median < Duration::from_millis(125), "two logins took {median:?}");
    assert!(worst < Duration::from_secs(1), "two logins took {worst:?}");
}

#[test]
fn a_redis_that_is_emptied_or_drops_its_connections_refuses_nobody() {
    let server = Server::start(&[]);
    let seen = under_load(two(&server.url()), |seen| {
        for _ in 0..10 {
            server.empty();
            more(&seen.handed_off, 10, "a hand-off");
            server.ask::<()>(redis::cmd("CLIENT").arg("KILL").arg("TYPE").arg("normal"));
            more(&seen.handed_off, 10, "a hand-off");
        }
    });
    assert_eq!(count(&seen.away), 0);
}

#[test]
fn a_sentinels_master_that_is_killed_is_followed_by_its_replica() {
    let [mut master, _replica, watcher] = sentinel(&[]);
    let store = format!("{}, sentinel: main", watcher.url());
    let seen = under_load(two(&store), |seen| {
        seen.change();
        master.kill();
        more(&seen.away, 1, "a page that says so");
        more(&seen.handed_off, 20, "a hand-off by the new master");
        seen.change();
    });
    assert_eq!(count(&seen.refused_in_vain), 0);
}

#[test]
fn a_sentinels_master_that_hands_over_refuses_nobody_for_long() {
    let [_master, replica, watcher] = sentinel(&[]);
    let store = format!("{}, sentinel: main", watcher.url());
    let seen = under_load(two(&store), |seen| {
        seen.change();
        watcher.ask::<()>(redis::cmd("SENTINEL").arg("FAILOVER").arg("main"));
        patiently("a master that is another", || {
            let mut asking = redis::cmd("SENTINEL");
            asking.arg("GET-MASTER-ADDR-BY-NAME").arg("main");
            let (_, port): (String, u16) = watcher.ask(&mut asking);
            (port == replica.port()).then_some(())
        });
        more(&seen.handed_off, 20, "a hand-off by the new master");
        seen.change();
    });
    assert_eq!(count(&seen.refused_in_vain), 0);
}

#[test]
fn a_cluster_is_one_store_and_survives_a_node() {
    let mut nodes = cluster();
    let urls: Vec<_> = nodes.iter().map(|node| format!("127.0.0.1:{}", node.port())).collect();
    let store = format!("redis://{}, cluster: true", urls.join(","));
    let seen = under_load(two(&store), |seen| {
        assert_eq!(count(&seen.away), 0, "a new one refuses nobody");
        let filled = || nodes.iter().filter(|node| !node.keys().is_empty()).count();
        assert_eq!(filled(), 4, "all of its nodes are used, the replica as one");
        seen.change();
        nodes[0].kill();
        more(&seen.away, 1, "a page that says so");
        patiently("a replica that is a master", || {
            let about: String = nodes[3].ask(redis::cmd("INFO").arg("replication"));
            about.contains("role:master").then_some(())
        });
        patiently("a cluster that is whole", || {
            let whole = |node: &Server| {
                let about: String = node.ask(redis::cmd("CLUSTER").arg("INFO"));
                about.contains("cluster_state:ok")
            };
            nodes[1..].iter().all(whole).then_some(())
        });
        more(&seen.handed_off, 100, "a hand-off by those that are left");
        seen.change();
        more(&seen.handed_off, 200, "a hand-off when it is whole");
    });
    assert_eq!(count(&seen.refused_in_vain), 0);
}

/// Ends the load, also when a step fails.
struct Over<'a>(&'a Seen);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}
