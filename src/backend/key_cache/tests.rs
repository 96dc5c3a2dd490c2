use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::json;
use tokio::sync::Notify;

use super::KeyCache;
use crate::backend::published::{FRESH, KEPT, PAUSE, RENEWAL};
use crate::backend::{BackendError, Bounds, Http};
use crate::token::KeyAlgorithm;

const NOW: u64 = 1_800_000_000;

/// Rung when a question has come, which waits for the other end to go on.
type Bell = (Arc<Notify>, Receiver<()>);

/// A provider that answers what the test tells it to.
struct Provider {
    cache: KeyCache,
    http: Http,
    answer: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
    /// `None`: it answers at once.
    bell: Arc<Mutex<Option<Bell>>>,
}

impl Provider {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap()).parse().unwrap();
        let answer = Arc::new(Mutex::new(String::new()));
        let asked = Arc::new(AtomicUsize::new(0));
        let bell: Arc<Mutex<Option<Bell>>> = Arc::default();
        let (its_answer, its_asked, its_bell) = (answer.clone(), asked.clone(), bell.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    if stream.read(&mut byte).unwrap() == 0 {
                        break;
                    }
                    request.push(byte[0]);
                }
                its_asked.fetch_add(1, Ordering::SeqCst);
                if let Some((bell, go_on)) = its_bell.lock().unwrap().take() {
                    bell.notify_one();
                    go_on.recv().unwrap();
                }
                let answer = its_answer.lock().unwrap().clone();
                // An empty answer is a provider that hangs up.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        let cache = KeyCache::new(url, Bounds::default(), KeyAlgorithm::Es256);
        Self { cache, http: Http::default(), answer, asked, bell }
    }

    fn says(&self, status: &str, body: &str) {
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nlocation: /other\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        *self.answer.lock().unwrap() = answer;
    }

    fn has(&self, kids: &[&str]) {
        self.says("200 OK", &set(kids));
    }

    fn is_away(&self) {
        self.answer.lock().unwrap().clear();
    }

    /// The next question is rung, and answered when the other end says so.
    fn waits(&self) -> (Arc<Notify>, Sender<()>) {
        let (sender, receiver) = channel();
        let bell = Arc::new(Notify::new());
        *self.bell.lock().unwrap() = Some((bell.clone(), receiver));
        (bell, sender)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Whether the key is found, or why that cannot be said.
    async fn find(&self, kid: &str, now: u64) -> Result<bool, String> {
        match self.cache.find(Some(kid), &self.http, now).await {
            Ok(key) => Ok(key.is_some()),
            Err(BackendError::Unavailable(why)) => Err(why),
            Err(error) => panic!("nobody says no: {error}"),
        }
    }
}

fn set(kids: &[&str]) -> String {
    let key = |kid: &&str| {
        json!({
            "kty": "EC", "crv": "P-256", "kid": kid,
            "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        })
    };
    json!({ "keys": kids.iter().map(key).collect::<Vec<_>>() }).to_string()
}

#[tokio::test]
async fn keys_are_asked_for_within_bounds_alone_and_others_are_not_taken_over() {
    let provider = Provider::start();
    provider.has(&["a"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    let (url, algorithm) = (provider.cache.url().clone(), provider.cache.algorithm());
    let mut cache = KeyCache::new(url, Bounds::with(&[]), algorithm);
    cache.inherit(&provider.cache);
    let Err(BackendError::Unavailable(why)) = cache.find(Some("a"), &provider.http, NOW).await
    else {
        panic!("it is asked, or known");
    };
    assert!(why.starts_with("key set: it has an address that is no part of the internet"), "{why}");
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_set_is_asked_for_once_and_kept() {
    let provider = Provider::start();
    provider.has(&["a", "b"]);
    for (kid, after) in [("a", 0), ("b", 0), ("a", 599), ("b", 300)] {
        assert_eq!(provider.find(kid, NOW + after).await, Ok(true), "{kid} after {after} s");
    }
    assert_eq!(provider.asked(), 1);
    assert_eq!(provider.find("a", NOW + 600).await, Ok(true));
    assert_eq!(provider.asked(), 2, "after ten minutes it is asked for anew");
}

#[tokio::test]
async fn what_is_known_serves_on_after_a_change_that_leaves_the_keys_where_they_are() {
    let mut provider = Provider::start();
    provider.has(&["a"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    let other: url::Url = "http://keys.example/".parse().unwrap();
    // (address, algorithm, whether what the old one knows serves on)
    let cases = [
        (provider.cache.url.clone(), KeyAlgorithm::Es256, true),
        (provider.cache.url.clone(), KeyAlgorithm::Rs256, false),
        (other, KeyAlgorithm::Es256, false),
    ];
    for (url, algorithm, serves) in cases {
        let mut new = KeyCache::new(url, Bounds::default(), algorithm);
        new.inherit(&provider.cache);
        assert_eq!(new.are_known(NOW), serves, "{new:?}");
        if serves {
            provider.cache = new;
        }
    }
    assert_eq!((provider.find("a", NOW).await, provider.asked()), (Ok(true), 1));
}

#[tokio::test]
async fn an_unknown_key_is_asked_for_at_most_once_a_minute() {
    let provider = Provider::start();
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    for after in [0, 1, 59] {
        assert_eq!(provider.find("c", NOW + after).await, Ok(false), "after {after} s");
    }
    assert_eq!(provider.asked(), 2, "once for the set, once for the key");
    for kid in ["c", "d", "e"] {
        assert_eq!(provider.find(kid, NOW + RENEWAL).await, Ok(false), "{kid}");
    }
    assert_eq!(provider.asked(), 3);
}

#[tokio::test]
async fn a_key_that_was_exchanged_under_way_is_found() {
    let provider = Provider::start();
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    provider.has(&["b", "c"]);
    assert_eq!(provider.find("c", NOW).await, Ok(true));
    assert_eq!(provider.find("a", NOW).await, Ok(false), "what was withdrawn is gone");
    assert_eq!(provider.asked(), 2);
    provider.has(&["c", "d"]);
    assert_eq!(provider.find("b", NOW + FRESH).await, Ok(false), "withdrawn, and known here");
}

#[tokio::test]
async fn known_keys_serve_for_a_day_while_the_provider_is_away() {
    let provider = Provider::start();
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    provider.is_away();
    assert_eq!(provider.find("a", NOW + KEPT - 1).await, Ok(true));
    let unknown = provider.find("c", NOW + KEPT - 1).await.unwrap_err();
    assert!(unknown.starts_with("key set: "), "nobody can say: {unknown}");
    assert!(provider.find("a", NOW + KEPT).await.is_err(), "after a day it may be anybody's");
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW + KEPT + PAUSE).await, Ok(true), "it comes back by itself");
}

#[tokio::test]
async fn there_is_no_storm_of_questions_at_a_provider_that_is_away() {
    let provider = Provider::start();
    provider.is_away();
    for (after, asked) in [(0, 1), (1, 1), (14, 1), (15, 2), (16, 2), (29, 2), (30, 3)] {
        assert!(provider.find("a", NOW + after).await.is_err());
        assert_eq!(provider.asked(), asked, "after {after} s");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_an_outage_and_shows_nothing_of_itself() {
    let large = format!(r#"{{"keys":[],"x":"{}"}}"#, "secret".repeat(50_000));
    let cases = [
        ("HTML", "200 OK", "<title>secret</title>"),
        ("an error", "500 Oops", r#"{"secret":1}"#),
        ("a good set with an error", "404 Not Found", &set(&["a", "b"])),
        ("a redirect", "302 Found", &set(&["a", "b"])),
        ("something else", "200 OK", r#"{"secret":[]}"#),
        ("no key", "200 OK", r#"{"keys":[{"kid":"secret"}]}"#),
        ("too much", "200 OK", &large),
    ];
    for (what, status, body) in cases {
        let provider = Provider::start();
        provider.says(status, body);
        let why = provider.find("a", NOW).await.unwrap_err();
        assert!(!why.contains("secret"), "{what}: {why}");
        assert_eq!(provider.asked(), 1, "{what}");
        // It does not take the place of a good set either.
        provider.has(&["a", "b"]);
        assert_eq!(provider.find("a", NOW + PAUSE).await, Ok(true), "{what}");
        provider.says(status, body);
        assert_eq!(provider.find("a", NOW + PAUSE + FRESH).await, Ok(true), "{what}");
    }
}

#[tokio::test]
async fn an_unknown_key_delays_nobody_whose_key_is_known() {
    let provider = Arc::new(Provider::start());
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    let (bell, go_on) = provider.waits();
    let unknown = tokio::spawn({
        let provider = provider.clone();
        async move { provider.find("c", NOW + 700).await }
    });
    bell.notified().await;
    // The provider has not answered, and does not until these are done; the set is not fresh.
    for kid in ["a", "b"] {
        assert_eq!(provider.find(kid, NOW + 700).await, Ok(true), "{kid}");
    }
    go_on.send(()).unwrap();
    assert_eq!(unknown.await.unwrap(), Ok(false));
    assert_eq!(provider.asked(), 3);
}

#[tokio::test]
async fn many_who_need_the_same_key_share_one_question() {
    let provider = Arc::new(Provider::start());
    provider.has(&["a", "b"]);
    let (bell, go_on) = provider.waits();
    let finds: Vec<_> = (0..20)
        .map(|_| {
            let provider = provider.clone();
            tokio::spawn(async move { provider.find("a", NOW).await })
        })
        .collect();
    bell.notified().await;
    go_on.send(()).unwrap();
    for find in finds {
        assert_eq!(find.await.unwrap(), Ok(true));
    }
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_take_the_answer_along() {
    let provider = Arc::new(Provider::start());
    provider.has(&["a", "b"]);
    let (bell, go_on) = provider.waits();
    let gone = tokio::spawn({
        let provider = provider.clone();
        async move { provider.find("a", NOW).await }
    });
    bell.notified().await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    go_on.send(()).unwrap();
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    assert_eq!(provider.asked(), 1);
}

#[tokio::test]
async fn a_clock_that_is_set_back_neither_keeps_keys_longer_nor_stops_questions() {
    let provider = Provider::start();
    provider.has(&["a", "b"]);
    assert_eq!(provider.find("a", NOW).await, Ok(true));
    provider.has(&["c", "d"]);
    assert_eq!(provider.find("a", NOW - KEPT).await, Ok(false));
    assert_eq!(provider.find("c", NOW - KEPT).await, Ok(true));
}
