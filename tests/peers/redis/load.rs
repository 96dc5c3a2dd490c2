//! A Redis that is killed and started anew while people sign in.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use brandgate::clock::Clock;

use super::instance::{Person, assertion};
use super::server::{Server, patiently};
use super::{A_WHILE, two};

/// What the people saw.
#[derive(Default)]
struct Seen {
    hand_offs: Mutex<HashMap<String, usize>>,
    logins: Mutex<Vec<Duration>>,
    handed_off: AtomicUsize,
    away: AtomicUsize,
    is_over: AtomicBool,
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
            let answer = person.clone().submit(instances[turn % 2], &jwt);
            if answer.is_hand_off() {
                *seen.hand_offs.lock().unwrap().entry(jwt).or_default() += 1;
                seen.handed_off.fetch_add(1, Ordering::Relaxed);
            } else if answer.is_away() {
                seen.away.fetch_add(1, Ordering::Relaxed);
            } else {
                assert!([403, 409].contains(&answer.status), "{answer:?}");
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

#[test]
fn a_restart_under_load_ends_by_itself_and_hands_nobody_off_twice() {
    let mut server = Server::start(&[]);
    let (instances, clock) = two(&server);
    let addresses = [instances[0].address(), instances[1].address()];
    let seen = Seen::default();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let _over = Over(&seen);
                sign_in_for_long(addresses, &clock, &seen);
            });
        }
        let _over = Over(&seen);
        for _ in 0..2 {
            more(&seen.handed_off, 50, "a hand-off");
            server.kill();
            more(&seen.away, 50, "a page that says so");
            server.restart();
            server.memory();
            more(&seen.away, 20, "an old sign-in that is refused");
            clock.advance(A_WHILE);
            more(&seen.handed_off, 50, "a hand-off after the restart");
        }
    });
    let hand_offs = seen.hand_offs.lock().unwrap();
    assert!(hand_offs.len() >= 200);
    assert!(hand_offs.values().all(|times| *times == 1), "{:?}", hand_offs.values().max());
    let mut logins = seen.logins.lock().unwrap();
    logins.sort_unstable();
    let (median, worst) = (logins[logins.len() / 2], logins[logins.len() - 1]);
    assert!(median < Duration::from_millis(125), "two logins took {median:?}");
    assert!(worst < Duration::from_secs(1), "two logins took {worst:?}");
}

/// Ends the load, also when a step fails.
struct Over<'a>(&'a Seen);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}
