//! Why a Redis is of no use, as the log tells it: in our words and in its own, without secrets.

use std::net::TcpListener;

use brandgate::clock::Clock;

use super::instance::{Person, assertion, table};
use super::process::Process;
use super::server::{Server, cluster, sentinel};

#[test]
fn coming_and_going_is_logged_once_each_and_without_the_address() {
    let mut server = Server::start(&["--requirepass", "hunter2"]);
    let url = format!("redis://:hunter2@127.0.0.1:{}", server.port());
    let mut process = Process::start(&url, None);
    let address = process.address();
    process.says("the store is there");
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
        process.says("the store is there");
        let address = process.address();
        // The connection is everybody's once the policy is known.
        let mut person = Person::default();
        person.login(address);
        assert!(person.submit(address, &assertion(Clock::default().now())).is_hand_off());
        if warned > 0 {
            process.says("maxmemory-policy evicts");
        }
        assert_eq!(process.said("maxmemory-policy evicts"), warned, "{policy}");
    }
}

#[test]
fn a_password_that_is_replaced_is_spoken_with_from_the_reload_on() {
    let rights = "+set +get +incr +ttl +expire +del";
    let (server, old) = with_rights(rights);
    let new = old.replace("hunter2", "hunter3");
    let set = |change: &str| {
        server.ask::<()>(redis::cmd("ACL").arg("SETUSER").arg("sso").arg(change));
    };
    let hang_up = || {
        server.ask::<u64>(redis::cmd("CLIENT").arg("KILL").arg("USER").arg("sso"));
    };
    let mut process = Process::start(&old, None);
    let address = process.address();
    process.says("the store is there");
    let signs_in = || {
        let mut person = Person::default();
        person.login(address);
        person.submit(address, &assertion(Clock::default().now())).is_hand_off()
    };

    // The Redis does not know it yet: the rest of the file counts, and nobody notices.
    let closed = table(&new).replace("brands:\n", "unknown: refuse\nbrands:\n");
    process.replace(&closed);
    process.says("is in force: sections added: unknown; sections changed: server");
    process.says("the store cannot be spoken to as `server.store` says now: it refuses the user");
    assert!(signs_in());
    // Now it does, and the old one is gone.
    set(">hunter3");
    set("<hunter2");
    hang_up();
    process.says("the store is there");
    assert!(signs_in());

    // The right order: the Redis knows both.
    set(">hunter2");
    process.replace(&table(&old));
    process.says("is in force");
    set("<hunter3");
    hang_up();
    process.says("the store is there");
    assert!(signs_in());
    assert_eq!(process.said("the store cannot be spoken to"), 1);

    // Another place takes a restart.
    let elsewhere = table(&format!("{old}/1")).replace("brands:\n", "reserved: []\nbrands:\n");
    process.replace(&elsewhere);
    process.says("is in force: sections added: reserved");
    process.says("a changed server.store takes a restart: until then it is as it was");
    hang_up();
    process.says("the store is there");
    assert!(signs_in());
    for line in &process.log {
        assert!(!line.contains("hunter"), "{line}");
    }
}

/// A user who may do `rights` and nothing else.
fn with_rights(rights: &str) -> (Server, String) {
    let mut acl = vec!["--user", "sso", "on", ">hunter2", "~brandgate:*"];
    acl.extend(rights.split(' '));
    let server = Server::start(&acl);
    let url = format!("redis://sso:hunter2@127.0.0.1:{}", server.port());
    (server, url)
}

#[test]
fn the_rights_that_are_documented_suffice() {
    let (_server, url) = with_rights("+set +get +incr +ttl +expire +del");
    let mut process = Process::start(&url, None);
    process.says("the store is there");
    let (_server, url) = with_rights("+set +get +incr +ttl +expire +del +select");
    Process::start(&format!("{url}/3"), None).says("the store is there");
    let nodes = cluster();
    for node in &nodes {
        let mut user = redis::cmd("ACL");
        user.arg("SETUSER").arg("sso").arg("on").arg(">hunter2").arg("~brandgate:*");
        for right in "+set +get +incr +ttl +expire +del +cluster|slots".split(' ') {
            user.arg(right);
        }
        node.ask::<()>(&mut user);
    }
    let url = format!("redis://sso:hunter2@127.0.0.1:{}, cluster: true", nodes[1].port());
    Process::start(&url, None).says("the store is there");
}

#[test]
fn why_a_store_is_of_no_use_is_said() {
    let locked = Server::start(&["--requirepass", "hunter2"]);
    let at = |who: &str| format!("redis://{who}127.0.0.1:{}", locked.port());
    let open = Server::start(&[]);
    let replica = Server::start(&["--replicaof", "127.0.0.1", "1"]);
    let full = Server::start(&["--maxmemory", "1"]);
    let without_auth = Server::start(&["--rename-command", "AUTH", ""]);
    let without_incr = Server::start(&["--rename-command", "INCR", ""]);
    let (_selects, no_select) = with_rights("+set +get +incr +ttl +expire +del");
    let (_deletes, no_del) = with_rights("+set +get +incr +ttl +expire");
    let frozen = Server::start(&["--requirepass", "hunter2"]);
    frozen.freeze();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    // The system takes connections for it, and nobody answers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = listener.local_addr().unwrap();
    let nodes = cluster();
    let [_master, replica_there, watcher] = sentinel(&[]);
    let names_locked =
        Server::sentinel(&format!("sentinel monitor locked 127.0.0.1 {} 1\n", locked.port()));
    let by = |server: &Server, who: &str| format!("redis://{who}127.0.0.1:{}", server.port());
    // (what is written, what is said)
    let cases = [
        (at(":hunter3@"), "it refuses the user or the password (WRONGPASS invalid username-passw"),
        (at(""), "it refuses the user or the password (NOAUTH Authentication required.)"),
        (
            by(&open, ":hunter2@"),
            "it refuses the user or the password (ERR AUTH <password> called without",
        ),
        (by(&without_auth, ":hunter2@"), "it is a Sentinel, or lacks a command"),
        (
            by(&without_incr, ""),
            "or lacks a command: of a Sentinel, `sentinel` names the master (ERR unknown command 'INCR')",
        ),
        (replica.url(), "it is a replica and takes no writes (READONLY You can't write"),
        (
            full.url(),
            "it is full, and its maxmemory-policy evicts nothing (OOM command not allowed",
        ),
        (
            format!("{no_select}/3"),
            "its user may not do all that is needed on `brandgate:*` (NOPERM ",
        ),
        (no_del, "run the 'del' command"),
        (format!("{}/99", open.url()), "it refuses (ERR DB index is out of range)"),
        (frozen.url().replace("//", "//:hunter2@"), "no answer within 250 ms"),
        (format!("redis://{nobody}"), "no connection (Connection refused"),
        ("redis://nobody.invalid".to_owned(), "no connection (failed to lookup"),
        (nodes[2].url(), "it is a node of a Cluster: `cluster: true` says so (MOVED "),
        (format!("{}, cluster: true", open.url()), "cluster support disabled"),
        (format!("redis://{nobody}, cluster: true"), "no connection"),
        (watcher.url(), "it is a Sentinel, or lacks a command"),
        (format!("{}, sentinel: other", watcher.url()), "no Sentinel knows a master of this name"),
        (format!("{}, sentinel: main", replica_there.url()), "(ERR unknown command 'SENTINEL')"),
        (format!("redis://{nobody}, sentinel: main"), "Sentinel 1 of 1: no connection"),
        (format!("redis://{nobody},{nobody}, sentinel: main"), "Sentinel 2 of 2: no connection"),
        (
            format!("{},{nobody}, sentinel: locked", names_locked.url()),
            "the Sentinels' master: it refuses the user or the password (NOAUTH ",
        ),
        (format!("redis://{silent}, cluster: true"), "no connection"),
    ];
    let mut wrong = Vec::new();
    for (store, why) in cases {
        let mut process = Process::start(&store, None);
        let line = process.says("the store is away")["message"].as_str().unwrap().to_owned();
        if !line.contains(why) {
            wrong.push(format!("{why}: {store}: {line}"));
        }
        assert!(!process.log.iter().any(|line| line.contains("hunter")), "{:?}", process.log);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
