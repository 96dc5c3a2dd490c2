//! Two instances and a Redis behind a proxy: whatever happens to an instance, people sign in, each request
//! has its answer, and nobody gets to another brand.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use tokio::runtime::Builder;

use super::proxy::{Kind, Proxy};
use super::visitor::Visitor;
use super::{COFFEE_SITE, SITE, jwt, table};
use crate::redis::process::Process;
use crate::redis::server::{Server, free_ports, patiently, sentinel};
use crate::support::answer::Answer;
use crate::support::assertion::{self, COFFEE, SHOES};

/// What belongs together: a name, the site that signs in, its secret.
const BRANDS: [(&str, &str, &str); 2] = [("shoes", SITE, SHOES), ("coffee", COFFEE_SITE, COFFEE)];

/// How many sign in at once.
const AT_ONCE: u8 = 4;

/// What became of all requests.
#[derive(Default)]
struct Seen {
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Default)]
struct Counts {
    sent: usize,
    answered: BTreeMap<u16, usize>,
    handed_off: usize,
    /// Why there was no answer.
    lost: Vec<String>,
    times: Vec<Duration>,
    is_over: bool,
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request and what becomes of it.
    async fn count(
        &self,
        asked: impl Future<Output = Result<Answer, reqwest::Error>>,
    ) -> Option<Answer> {
        self.lock().sent += 1;
        let began = Instant::now();
        let answer = asked.await;
        let mut counts = self.lock();
        counts.times.push(began.elapsed());
        match answer {
            Ok(answer) => {
                *counts.answered.entry(answer.status).or_default() += 1;
                self.changed.notify_all();
                Some(answer)
            }
            Err(error) => {
                counts.lost.push(format!("{error:?}"));
                None
            }
        }
    }

    /// Waits for so many more hand-offs, or as many times that as `bench/faults` asks for.
    fn more(&self, by: usize) {
        let goal = self.lock().handed_off + by * times();
        self.until(&format!("{goal} hand-offs"), |counts| counts.handed_off >= goal);
    }

    /// Waits until somebody is told to try again.
    fn refused(&self) {
        self.until("somebody who is refused", |counts| counts.answered.contains_key(&503));
    }

    fn until(&self, what: &str, is_so: impl Fn(&Counts) -> bool) {
        let patience = Duration::from_mins(1);
        let waited =
            self.changed.wait_timeout_while(self.lock(), patience, |counts| !is_so(counts));
        let (counts, waited) = waited.unwrap();
        assert!(!waited.timed_out(), "{what}: {} {:?}", counts.handed_off, counts.answered);
    }

    /// Signs in again and again, each time as somebody from another address, at either brand.
    async fn sign_in_for_long(&self, proxy: &Proxy, number: u8) {
        let _over = Over(self);
        for (turn, last) in (1..=254).cycle().enumerate() {
            if self.lock().is_over {
                return;
            }
            let mut person = Visitor::new(proxy, [127, 9, number, last]);
            let (brand, site, secret) = BRANDS[turn % 2];
            let Some(answer) = self.count(person.get(&login(brand))).await else { continue };
            if answer.status == 302 {
                assert!(
                    answer.location().starts_with(&format!("{site}/in?")),
                    "{brand}: {answer:?}"
                );
            }
            let token = jwt(secret, &serde_json::json!({}));
            let fields = [("jwt", &*token)];
            let posted = person.post("/access/jwt", site, &fields);
            let Some(answer) = self.count(posted).await else { continue };
            if answer.status == 200 {
                assert_eq!(answer.hand_off().return_to, page(brand));
                self.lock().handed_off += 1;
                self.changed.notify_all();
            }
        }
    }
}

/// How much longer than a test needs, for figures.
fn times() -> usize {
    #[expect(clippy::disallowed_methods, reason = "a test may read what it was started with")]
    let times = std::env::var("FAULTS_TIMES");
    times.map_or(1, |times| times.parse().unwrap())
}

/// Ends the load, also when a step fails.
struct Over<'a>(&'a Seen);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
    }
}

fn page(brand: &str) -> String {
    format!("https://help.acme-{brand}.example/hc/requests")
}

fn login(brand: &str) -> String {
    format!("/login?return_to={}", brandgate::backend::query_value(&page(brand)))
}

/// What runs. Fields end in their order.
struct House {
    proxy: Proxy,
    instances: [Process; 2],
    tables: [String; 2],
    redis: Vec<Server>,
}

impl House {
    fn start(kind: Kind) -> Self {
        let redis = Server::start(&[]);
        let url = redis.url();
        Self::with_store(kind, vec![redis], &format!("url: {{ value: '{url}' }}"))
    }

    /// One whose store is what a Sentinel says.
    fn start_with_sentinel(kind: Kind) -> Self {
        let servers = sentinel(&[]);
        let store = format!("url: {{ value: '{}' }}, sentinel: main", servers[2].url());
        Self::with_store(kind, servers.into(), &store)
    }

    fn with_store(kind: Kind, redis: Vec<Server>, store: &str) -> Self {
        let store = format!("store: {{ {store} }}");
        let mut ports = free_ports();
        let ports = [0, 1].map(|_| [ports.next().unwrap(), ports.next().unwrap()]);
        let tables = ports.map(|ports| table(kind, ports, &store));
        let instances = tables.each_ref().map(|table| {
            let directory = tempfile::tempdir().unwrap();
            std::fs::write(directory.path().join("brands.yaml"), table).unwrap();
            let mut process = Process::serve(directory, &[]);
            process.says("listening");
            process.says("the store is there");
            process
        });
        let addresses = ports.map(|it| it.map(|port| SocketAddr::from(([127, 0, 0, 1], port))));
        let proxy = Proxy::start(kind, &addresses);
        Self { proxy, instances, tables, redis }
    }

    /// Lets people sign in while something happens to the instances.
    fn under_load(
        &mut self,
        what: &str,
        happen: impl FnOnce(&mut [Process; 2], &[String; 2], &Seen),
    ) -> Counts {
        let (instances, tables) = (&mut self.instances, &self.tables);
        under_load(&self.proxy, what, |seen| happen(instances, tables, seen))
    }
}

/// Lets people sign in through `proxy` while something happens.
#[expect(
    clippy::print_stdout,
    reason = "`bench/faults` makes the figures of docs/operations.md of it"
)]
fn under_load(proxy: &Proxy, what: &str, happen: impl FnOnce(&Seen)) -> Counts {
    let seen = Seen::default();
    thread::scope(|scope| {
        let _over = Over(&seen);
        for number in 0..AT_ONCE {
            let seen = &seen;
            scope.spawn(move || {
                let runtime = Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(seen.sign_in_for_long(proxy, number));
            });
        }
        seen.more(40);
        happen(&seen);
        seen.more(40);
    });
    let mut counts = seen.counts.into_inner().unwrap();
    let answered: usize = counts.answered.values().sum();
    assert_eq!(counts.lost, Vec::<String>::new());
    assert_eq!(counts.sent, answered, "{:?}", counts.answered);
    counts.times.sort_unstable();
    let at = |percent: usize| counts.times[(counts.times.len() - 1) * percent / 100];
    let milliseconds = |percent| at(percent).as_secs_f64() * 1000.0;
    let told = serde_json::json!({
        "what": what,
        "requests": counts.sent,
        "answers": counts.answered,
        "half_ms": milliseconds(50),
        "most_ms": milliseconds(99),
        "all_ms": milliseconds(100),
    });
    println!("\nunder load: {told}");
    counts
}

/// Nobody saw anything but a redirect and a hand-off.
#[track_caller]
fn assert_unnoticed(counts: &Counts) {
    let statuses: Vec<u16> = counts.answered.keys().copied().collect();
    assert_eq!(statuses, [200, 302], "{:?}", counts.answered);
}

fn restart_one_after_the_other(kind: Kind) {
    let mut house = House::start(kind);
    let quiet = house.under_load(&format!("{kind:?}, quiet"), |_, _, seen| seen.more(200));
    assert_unnoticed(&quiet);
    let counts = house.under_load(
        &format!("{kind:?}, both instances restarted in turn"),
        |instances, _, seen| {
            for instance in instances {
                assert!(instance.restart().success());
                instance.says("listening");
                instance.says("the store is there");
                seen.more(20);
            }
        },
    );
    assert_unnoticed(&counts);
}

#[test]
fn a_rolling_restart_behind_nginx_loses_no_request() {
    restart_one_after_the_other(Kind::Nginx);
}

#[test]
fn a_rolling_restart_behind_haproxy_loses_no_request() {
    restart_one_after_the_other(Kind::Haproxy);
}

#[test]
fn sign_ins_go_on_while_an_instance_is_killed_and_comes_back() {
    for kind in [Kind::Nginx, Kind::Haproxy] {
        let mut house = House::start(kind);
        let proxy = &house.proxy;
        // Somebody who was sent to the site, and comes back when one is gone.
        let mut people = [11, 12, 13].map(|last| Visitor::new(proxy, [127, 9, 200, last]));
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        for person in &mut people {
            assert_eq!(runtime.block_on(person.get(&login("shoes"))).unwrap().status, 302);
        }
        let what = format!("{kind:?}, each instance killed in turn");
        let counts = house.under_load(&what, |instances, _, seen| {
            for (instance, person) in instances.iter_mut().zip(&mut people) {
                instance.kill();
                seen.more(20);
                let token = jwt(SHOES, &serde_json::json!({}));
                let fields = [("jwt", &*token)];
                let answer = runtime.block_on(person.post("/access/jwt", SITE, &fields)).unwrap();
                let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
                assert_eq!(claims["email"], "joe@example.com");
                instance.start_anew();
                instance.says("the store is there");
                seen.more(20);
            }
        });
        // An assertion that the killed one had taken, and not yet answered, counts no second time.
        let used = counts.answered.get(&409).copied().unwrap_or_default();
        assert!(used <= 2 * usize::from(AT_ONCE), "{:?}", counts.answered);
        let others = counts.answered.keys().filter(|it| ![200, 302, 409].contains(*it)).count();
        assert_eq!(others, 0, "{:?}", counts.answered);
    }
}

#[test]
fn fifty_reloads_of_which_ten_are_bad_are_noticed_by_nobody() {
    let mut house = House::start(Kind::Haproxy);
    let counts = house.under_load(
        "Haproxy, 50 reloads of both, 10 of them bad",
        |instances, tables, seen| {
            for number in 0..50 {
                let is_bad = number % 5 == 4;
                // The first brand is another one each time: all others have another place.
                let brand = if is_bad {
                    "  shoes: { hosts: [no host], backend: nobody }\n".to_owned()
                } else {
                    format!(
                        "  b{number}: {{ hosts: [b{number}.zendesk.com], backend: coffee-site }}\n"
                    )
                };
                for (instance, table) in instances.iter_mut().zip(tables) {
                    instance.replace(&table.replace("\nbrands:\n", &format!("\nbrands:\n{brand}")));
                    instance.signal(Signal::HUP);
                    instance.says(if is_bad { "and is not used" } else { "and is in force" });
                }
                seen.more(1);
            }
        },
    );
    assert_unnoticed(&counts);
}

#[test]
fn a_new_certificate_at_the_proxy_is_noticed_by_nobody() {
    let mut house = House::start(Kind::Nginx);
    let certificates = house.proxy.certificates(10);
    let proxy = &house.proxy;
    let counts = under_load(proxy, "Nginx, ten new certificates and keys", |seen| {
        for new in &certificates {
            proxy.change_certificate(new);
            seen.more(20);
        }
    });
    assert_unnoticed(&counts);
    proxy.trust_the_last_alone();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(Visitor::new(proxy, [127, 9, 200, 21]).get(&login("shoes")));
    assert_eq!(answer.unwrap().status, 302, "by the last certificate");
}

#[test]
fn a_redis_that_hands_over_to_its_replica_leaves_nobody_without_an_answer() {
    for kind in [Kind::Nginx, Kind::Haproxy] {
        let mut house = House::start_with_sentinel(kind);
        let what = format!("{kind:?}, the Redis's master killed, a Sentinel turns to the replica");
        let House { proxy, redis, .. } = &mut house;
        let [master, replica, watcher] = redis.as_mut_slice() else { panic!("three servers") };
        let counts = under_load(proxy, &what, |seen| {
            master.kill();
            patiently("a master that is another", || {
                let mut asking = redis::cmd("SENTINEL");
                asking.arg("GET-MASTER-ADDR-BY-NAME").arg("main");
                let (_, port): (String, u16) = watcher.ask(&mut asking);
                (port == replica.port()).then_some(())
            });
            // By the new one.
            seen.more(40);
        });
        // While there is none, a page says to try again; what one instance took just before is refused as used.
        let others = counts.answered.keys().filter(|it| ![200, 302, 409, 503].contains(*it));
        assert_eq!(others.count(), 0, "{:?}", counts.answered);
        assert!(counts.answered.contains_key(&503), "it was away: {:?}", counts.answered);
    }
}

#[test]
fn a_redis_that_is_killed_and_started_anew_leaves_nobody_without_an_answer() {
    for kind in [Kind::Nginx, Kind::Haproxy] {
        let mut house = House::start(kind);
        let House { proxy, instances, redis, .. } = &mut house;
        let counts =
            under_load(proxy, &format!("{kind:?}, the Redis killed and started anew"), |seen| {
                redis[0].kill();
                for instance in instances.iter_mut() {
                    instance.says("the store is away");
                }
                seen.refused();
                redis[0].restart();
                for instance in instances.iter_mut() {
                    instance.says("the store is there");
                }
                seen.more(40);
            });
        // While it is away, a page says to try again.
        let others = counts.answered.keys().filter(|it| ![200, 302, 503].contains(*it));
        assert_eq!(others.count(), 0, "{:?}", counts.answered);
    }
}
