//! Our cookies: one for each flow, one that notices loops, one of who said "This is not me", and one
//! for each backend to which our pages led.

use std::iter::repeat;

use actix_web::dev::RequestHead;
use actix_web::http::header::{COOKIE, HOST};

use crate::backend::{Backend, WayBack};
use crate::table::Table;
use crate::token::{Flow, FlowId, Sealable, SealedFlow};
use crate::web::request::headers::text;
use crate::web::request::own_address;

/// Begins the name of every cookie of ours: set over TLS (or on loopback), by this host alone.
const PREFIX: &str = "__Host-bg-";

/// Names the cookie that notices loops.
const LOOPS: &str = "__Host-bg-seen";

/// Names the cookie of a browser whose next sign-in is asked about.
const WARY: &str = "__Host-bg-ask";

/// How long that lasts, in seconds.
const WARY_FOR: u64 = 600;

/// Begins the names of the cookies that say to which backends our own pages led the browser: one for
/// each, so that two that are answered at once do not take each other's place.
const LED: &str = "__Host-bg-led-";

/// Most of these that another one is added to.
const MAX_LED: usize = 4;

/// What all of them have, up to the value of `SameSite`.
const ATTRIBUTES: &str = "; Secure; HttpOnly; SameSite=";

/// Most flows that are read: more than fit into [`MAX_BYTES`].
const MAX_READ: usize = 64;

/// Most flows that are kept after they were used, or their time was up.
const MAX_OVER: usize = 4;

/// Most bytes of all flows together: nginx refuses a `Cookie` header of more than 8 KB.
const MAX_BYTES: usize = 6 * 1024;

/// Every cookie of the request, as name and value.
///
/// A neighbour's may hold any bytes: those that are no text are passed over one by one.
pub(in crate::web) fn pairs(request: &RequestHead) -> impl Iterator<Item = (&str, &str)> {
    let headers = request.headers().get_all(COOKIE);
    let pairs = headers.flat_map(|header| header.as_bytes().split(|byte| *byte == b';'));
    let texts = pairs.filter_map(|pair| str::from_utf8(pair).ok());
    texts.filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='))
}

/// What a browser sent of our cookies.
#[derive(Debug, Default)]
pub(in crate::web) struct Cookies<'a> {
    /// The request that they came with.
    pub(in crate::web) request: Option<&'a RequestHead>,
    /// Each flow, as sealed.
    pub(in crate::web) flows: Vec<SealedFlow<'a>>,
    /// Flows that nobody can have sealed.
    pub(in crate::web) unreadable: Vec<FlowId>,
    /// What it did within a minute, as it says.
    pub(in crate::web) loops: Option<&'a str>,
    /// Whether somebody here said a moment ago that they are not who a site says they are.
    pub(in crate::web) is_wary: bool,
    /// The backends to which our own pages led within an hour, as it says.
    pub(in crate::web) led: Vec<&'a str>,
}

impl<'a> Cookies<'a> {
    /// Reads the request's cookies; those of others are passed over.
    pub(in crate::web) fn of(request: &'a RequestHead) -> Self {
        let mut cookies = Self { request: Some(request), ..Self::default() };
        for (name, value) in pairs(request) {
            if name == LOOPS {
                cookies.loops = Some(value);
            } else if name == WARY {
                cookies.is_wary = true;
            } else if let Some(backend) = name.strip_prefix(LED) {
                if cookies.led.len() < MAX_READ {
                    cookies.led.push(backend);
                }
            } else if let Some(id) = name.strip_prefix(PREFIX).and_then(FlowId::parse) {
                cookies.take(id, value);
            }
        }
        cookies
    }

    /// Of its flows, the one that is called `id` alone.
    pub(in crate::web) fn of_flow(mut self, id: FlowId) -> Self {
        self.flows.retain(|flow| flow.id == id);
        self.unreadable.retain(|unreadable| *unreadable == id);
        self
    }

    /// A browser has few of our cookies, each once: of what else comes, most is passed over.
    fn take(&mut self, id: FlowId, value: &'a str) {
        if self.flows.iter().any(|flow| flow.id == id) || self.unreadable.contains(&id) {
            return;
        }
        match SealedFlow::read(id, value) {
            Some(flow) => {
                if self.flows.len() == MAX_READ {
                    // Browsers send the oldest first.
                    self.flows.remove(0);
                }
                self.flows.push(flow);
            }
            None if self.unreadable.len() < MAX_READ => self.unreadable.push(id),
            None => {}
        }
    }

    /// Whether they are those of `backend`'s address: at another, ours lead elsewhere.
    fn are_of(&self, table: &Table, backend: &Backend) -> bool {
        let is_there = |request: &RequestHead| {
            let host = text(request.headers(), HOST);
            host.is_some_and(|host| own_address::is_of(table.origin_of(backend), host))
        };
        table.at.is_empty() || self.request.is_some_and(is_there)
    }

    /// Whether our own pages led to `backend`, and nowhere else: of several, any may still be on its
    /// way, however long it takes to answer.
    pub(in crate::web) fn led_only_to(&self, table: &Table, backend: &Backend) -> bool {
        matches!(self.led[..], [only] if only == backend.name.as_str())
            && self.are_of(table, backend)
    }

    /// Whether our own pages may have led to another backend than this.
    pub(in crate::web) fn led_past(&self, table: &Table, backend: &Backend) -> bool {
        !self.are_of(table, backend) || self.led.iter().any(|it| *it != backend.name.as_str())
    }

    /// What the answer sets by which a page of ours leads to `backend`, whatever other answers are on
    /// their way to the browser.
    ///
    /// Where there are too many, the first by name stays, its hour begun anew, and the others go: at
    /// no time does what is left name one backend alone, unless it is the only one.
    pub(in crate::web) fn led_to(&self, backend: &str) -> Vec<String> {
        let mut set = vec![led(backend, Flow::LIFETIME)];
        let mut others: Vec<_> = self.led.iter().filter(|it| **it != backend).collect();
        if others.len() >= MAX_LED {
            others.sort_unstable();
            let seconds = [Flow::LIFETIME].into_iter().chain(repeat(0));
            set.extend(others.into_iter().zip(seconds).map(|(it, seconds)| led(it, seconds)));
        }
        set
    }

    /// The flows that must go so that one more with `value` fits in: those that are over before open
    /// ones, the oldest first.
    pub(in crate::web) fn to_evict(&self, value: &str, now: u64) -> Vec<FlowId> {
        // Browsers send the oldest first, which counts within one second.
        let mut flows: Vec<_> = self.flows.iter().rev().collect();
        let is_over = |flow: &SealedFlow<'_>| flow.is_used() || flow.expires <= now;
        flows.sort_by_key(|flow| (is_over(flow), std::cmp::Reverse(flow.expires)));
        let mut evicted = self.unreadable.clone();
        let mut over = 0;
        let mut bytes = cookie_bytes(value);
        let mut is_full = false;
        for flow in flows {
            bytes += cookie_bytes(flow.value);
            over += usize::from(is_over(flow));
            is_full |= bytes > MAX_BYTES || over > MAX_OVER;
            if is_full {
                evicted.push(flow.id);
            }
        }
        evicted
    }
}

/// Bytes that a flow's cookie takes in a `Cookie` header, with what stands between two.
fn cookie_bytes(value: &str) -> usize {
    PREFIX.len() + 22 + "=; ".len() + value.len()
}

/// Sets a flow's cookie for `seconds`.
pub(in crate::web) fn flow(id: &FlowId, value: &str, way_back: WayBack, seconds: u64) -> String {
    let same_site = match way_back {
        WayBack::Post => "None",
        WayBack::Visit => "Lax",
    };
    cookie(PREFIX, &id.to_string(), value, seconds, same_site)
}

/// Takes a flow's cookie away.
pub(in crate::web) fn without_flow(id: &FlowId) -> String {
    flow(id, "", WayBack::Post, 0)
}

/// Sets the cookie that notices loops. Sites whose pages post to us must find it here, too.
pub(in crate::web) fn loops(value: &str, seconds: u64) -> String {
    cookie(LOOPS, "", value, seconds, "None")
}

/// Sets the cookie of a browser whose next sign-in is asked about, or takes it away.
pub(in crate::web) fn wary(is_wary: bool) -> String {
    let (value, seconds) = if is_wary { ("1", WARY_FOR) } else { ("", 0) };
    cookie(WARY, "", value, seconds, "None")
}

/// Sets the cookie that says for `seconds` that a page of ours led to `backend`.
fn led(backend: &str, seconds: u64) -> String {
    cookie(LED, backend, "1", seconds, "None")
}

/// A cookie of ours as it is set: `prefix` and `name` name it.
fn cookie(prefix: &str, name: &str, value: &str, seconds: u64, same_site: &str) -> String {
    let mut digits = itoa::Buffer::new();
    let seconds = digits.format(seconds);
    [prefix, name, "=", value, "; Path=/; Max-Age=", seconds, ATTRIBUTES, same_site].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use actix_web::http::header::{COOKIE, HeaderValue};
    use actix_web::test::TestRequest;

    use super::{Cookies, pairs};

    #[test]
    fn a_neighbours_cookie_of_any_bytes_hides_none_of_ours() {
        let own = format!("__Host-bg-{}A=9.f.x", "1".repeat(21));
        for other in [&b"lang=fran\xc3\xa7ais"[..], b"lang=fran\xe7ais", b"\xff", b"n\xe7=a"] {
            let header = [other, b"; ", own.as_bytes(), b";\ttoken=a.b=c; ", other].concat();
            let header = HeaderValue::from_bytes(&header).unwrap();
            let request = TestRequest::default().insert_header((COOKIE, header)).to_http_request();
            assert_eq!(Cookies::of(request.head()).flows.len(), 1, "{other:?}");
            let token: Vec<_> =
                pairs(request.head()).filter(|(name, _)| *name == "token").collect();
            assert_eq!(token, [("token", "a.b=c")], "{other:?}");
        }
    }

    #[test]
    fn of_more_cookies_than_a_browser_has_most_are_passed_over() {
        let id = |number: usize| format!("{number:021}A");
        let cookie = |number, value: &str| format!("__Host-bg-{}={value}", id(number));
        // (what, cookies, flows kept, unreadable ones kept)
        let cases = [
            ("one flow, many times", vec![cookie(1, "9.f.x"); 550], 1, 0),
            ("many flows", (0..550).map(|number| cookie(number, "9.f.x")).collect(), 64, 0),
            ("many that nobody sealed", (0..3300).map(|it| cookie(it, "x")).collect(), 0, 64),
            ("a browser's", (0..5).map(|number| cookie(number, "9.f.x")).collect(), 5, 0),
        ];
        for (what, cookies, flows, unreadable) in cases {
            let header = ("cookie", cookies.join("; "));
            let request = TestRequest::default().insert_header(header).to_http_request();
            let read = Cookies::of(request.head());
            assert_eq!((read.flows.len(), read.unreadable.len()), (flows, unreadable), "{what}");
            assert!(read.to_evict("x", 0).len() <= 64, "{what}");
        }
    }

    /// What a browser's cookies of where our pages led are, after these answers.
    #[derive(Clone, Default)]
    struct Led(BTreeSet<String>);

    impl Led {
        /// The answer to a request that it sends now.
        fn asks(&self, backend: &str) -> Vec<String> {
            let header: Vec<_> = self.0.iter().map(|it| format!("__Host-bg-led-{it}=1")).collect();
            let header = ("cookie", header.join("; "));
            let request = TestRequest::default().insert_header(header).to_http_request();
            Cookies::of(request.head()).led_to(backend)
        }

        fn takes(&mut self, answer: &[String]) {
            for cookie in answer {
                let cookie = cookie.strip_prefix("__Host-bg-led-").unwrap();
                let (name, rest) = cookie.split_once("=1; Path=/; Max-Age=").unwrap();
                if rest.starts_with("0;") {
                    self.0.remove(name);
                } else {
                    self.0.insert(name.to_owned());
                }
            }
        }

        fn alone(&self) -> Option<&String> {
            if self.0.len() == 1 { self.0.first() } else { None }
        }
    }

    #[test]
    fn however_answers_overtake_each_other_none_is_left_alone() {
        const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
        let mut one_by_one = Led::default();
        for backend in ["b", "b", "b"] {
            one_by_one.takes(&one_by_one.asks(backend));
            assert_eq!(one_by_one.alone().unwrap(), "b", "positive control");
        }
        // Two requests on their way at once, whatever the browser has, in either order.
        for had in 0..1_u32 << NAMES.len() {
            let has = |it: &usize| had & 1 << it != 0;
            let names = (0..NAMES.len()).filter(has).map(|it| NAMES[it].to_owned());
            let before = Led(names.collect());
            for (first, second) in NAMES.iter().flat_map(|a| NAMES.map(|b| (*a, b))) {
                let answers = [before.asks(first), before.asks(second)];
                // One that was asked for when the other had been taken already.
                let mut between = before.clone();
                between.takes(&answers[0]);
                for answers in [
                    [&answers[0], &answers[1]],
                    [&answers[1], &answers[0]],
                    [&answers[0], &between.asks(second)],
                ] {
                    let mut after = before.clone();
                    for answer in answers {
                        after.takes(answer);
                        assert!(after.0.len() <= NAMES.len(), "{after:?}", after = after.0);
                    }
                    let is_one = first == second && (had == 0 || before.0.iter().eq([first]));
                    assert_eq!(after.alone().is_some(), is_one, "{had:b} {first} {second}");
                    assert!(after.0.contains(second) || after.0.len() >= 2, "{first} {second}");
                }
            }
        }
        // However many there are, few stay.
        let mut many = Led::default();
        for number in 0..200 {
            many.takes(&many.asks(&format!("backend-{number}")));
            assert!(many.0.len() <= 5, "{number}: {:?}", many.0);
            assert_eq!(many.alone().is_some(), number == 0, "{number}");
        }
    }

    #[test]
    fn flows_that_are_over_go_first_and_then_the_oldest() {
        const NOW: usize = 100;
        let id = |number: usize| format!("{number:021}A");
        let until = |number, expires, state: &str, bytes| {
            format!("__Host-bg-{}={expires}.{state}.{}", id(number), "x".repeat(bytes))
        };
        let flow = |number, state: &str, bytes| until(number, NOW + number, state, bytes);
        let evicted = |cookies: &[String]| {
            let header = ("cookie", cookies.join("; "));
            let request = TestRequest::default().insert_header(header).to_http_request();
            let evicted = Cookies::of(request.head()).to_evict(&"x".repeat(200), 100);
            let mut evicted: Vec<_> = evicted.iter().map(ToString::to_string).collect();
            evicted.sort();
            evicted
        };
        let open = |count, bytes| (1..=count).map(|it| flow(it, "f", bytes)).collect::<Vec<_>>();
        let used = |from, to| (from..=to).map(|it| flow(it, "u", 200)).collect::<Vec<_>>();
        let expired = |from: usize, to| {
            (from..=to).map(|it| until(it, NOW + it - to, "f", 200)).collect::<Vec<_>>()
        };
        // (what, cookies, which go)
        let cases = [
            ("twelve of ordinary length", open(12, 400), vec![]),
            ("fourteen", open(14, 400), vec![id(1)]),
            ("many small ones", open(24, 200), vec![]),
            ("two long ones", open(2, 3000), vec![id(1)]),
            ("some used", used(1, 4), vec![]),
            ("many used", used(1, 7), vec![id(1), id(2), id(3)]),
            (
                "used ones, newer than the open",
                [open(13, 400), used(14, 15)].concat(),
                vec![id(14), id(15)],
            ),
            ("some expired", expired(1, 4), vec![]),
            ("many expired", expired(1, 7), vec![id(1), id(2), id(3)]),
            ("expired and used", [expired(1, 3), used(4, 6)].concat(), vec![id(1), id(2)]),
            (
                "one whose time is up, and open ones",
                [open(13, 400), vec![until(14, NOW, "f", 200)]].concat(),
                vec![id(14)],
            ),
            ("nothing", vec![], vec![]),
        ];
        for (what, cookies, expected) in cases {
            assert_eq!(evicted(&cookies), expected, "{what}");
        }
    }
}
