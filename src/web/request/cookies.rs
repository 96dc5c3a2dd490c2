//! Our cookies: one for each flow, one that notices loops, one of who said "This is not me", and one
//! of where our pages led.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use crate::backend::WayBack;
use crate::token::{Flow, FlowId, Sealable, SealedFlow};

/// Begins the name of every cookie of ours: set over TLS (or on loopback), by this host alone.
const PREFIX: &str = "__Host-bg-";

/// Names the cookie that notices loops.
const LOOPS: &str = "__Host-bg-seen";

/// Names the cookie of a browser whose next sign-in is asked about.
const WARY: &str = "__Host-bg-ask";

/// How long that lasts, in seconds.
const WARY_FOR: u64 = 600;

/// Names the cookie that says to which backend our own pages led the browser.
const LED: &str = "__Host-bg-led";

/// Its value where they led to several; no backend has such a name.
const SEVERAL: &str = "*";

/// What all of them have, up to the value of `SameSite`.
const ATTRIBUTES: &str = "; Secure; HttpOnly; SameSite=";

/// Most flows that are read: more than fit into [`MAX_BYTES`].
const MAX_READ: usize = 64;

/// Most flows that are kept after they were used.
const MAX_USED: usize = 4;

/// Most bytes of all flows together: nginx refuses a `Cookie` header of more than 8 KB.
const MAX_BYTES: usize = 6 * 1024;

/// Every cookie of the request, as name and value.
///
/// A neighbour's may hold any bytes: those that are no text are passed over one by one.
pub(in crate::web) fn pairs(request: &HttpRequest) -> impl Iterator<Item = (&str, &str)> {
    let headers = request.headers().get_all(COOKIE);
    let pairs = headers.flat_map(|header| header.as_bytes().split(|byte| *byte == b';'));
    let texts = pairs.filter_map(|pair| str::from_utf8(pair).ok());
    texts.filter_map(|pair| pair.trim_matches([' ', '\t']).split_once('='))
}

/// What a browser sent of our cookies.
#[derive(Debug, Default)]
pub(in crate::web) struct Cookies<'a> {
    /// Each flow, as sealed.
    pub(in crate::web) flows: Vec<SealedFlow<'a>>,
    /// Flows that nobody can have sealed.
    pub(in crate::web) unreadable: Vec<FlowId>,
    /// What it did within a minute, as it says.
    pub(in crate::web) loops: Option<&'a str>,
    /// Whether somebody here said a moment ago that they are not who a site says they are.
    pub(in crate::web) is_wary: bool,
    /// The one backend to which our own pages led within an hour, as it says.
    pub(in crate::web) led: Option<&'a str>,
}

impl<'a> Cookies<'a> {
    /// Reads the request's cookies; those of others are passed over.
    pub(in crate::web) fn of(request: &'a HttpRequest) -> Self {
        let mut cookies = Self::default();
        for (name, value) in pairs(request) {
            if name == LOOPS {
                cookies.loops = Some(value);
            } else if name == WARY {
                cookies.is_wary = true;
            } else if name == LED {
                cookies.led = Some(value);
            } else if let Some(id) = name.strip_prefix(PREFIX).and_then(FlowId::parse) {
                cookies.take(id, value);
            }
        }
        cookies
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

    /// The flows that must go so that one more with `value` fits in: used ones before open ones, the
    /// oldest first.
    pub(in crate::web) fn to_evict(&self, value: &str) -> Vec<FlowId> {
        // Browsers send the oldest first, which counts within one second.
        let mut flows: Vec<_> = self.flows.iter().rev().collect();
        flows.sort_by_key(|flow| (flow.is_used(), std::cmp::Reverse(flow.expires)));
        let mut evicted = self.unreadable.clone();
        let mut used = 0;
        let mut bytes = cookie_bytes(value);
        let mut is_full = false;
        for flow in flows {
            bytes += cookie_bytes(flow.value);
            used += usize::from(flow.is_used());
            is_full |= bytes > MAX_BYTES || used > MAX_USED;
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
    let (id, seconds) = (id.to_string(), seconds.to_string());
    let parts = [PREFIX, &id, "=", value, "; Path=/; Max-Age=", &seconds, ATTRIBUTES, same_site];
    parts.concat()
}

/// Takes a flow's cookie away.
pub(in crate::web) fn without_flow(id: &FlowId) -> String {
    flow(id, "", WayBack::Post, 0)
}

/// Sets the cookie that notices loops. Sites whose pages post to us must find it here, too.
pub(in crate::web) fn loops(value: &str, seconds: u64) -> String {
    let seconds = seconds.to_string();
    [LOOPS, "=", value, "; Path=/; Max-Age=", &seconds, ATTRIBUTES, "None"].concat()
}

/// Sets the cookie of a browser whose next sign-in is asked about, or takes it away.
pub(in crate::web) fn wary(is_wary: bool) -> String {
    let (value, seconds) = if is_wary { ("1", WARY_FOR) } else { ("", 0) };
    let seconds = seconds.to_string();
    [WARY, "=", value, "; Path=/; Max-Age=", &seconds, ATTRIBUTES, "None"].concat()
}

/// Sets the cookie of a browser that a page of ours leads to `backend`; `led` is what it had.
///
/// Of several, any may still be on its way, however long it takes to answer.
pub(in crate::web) fn led(led: Option<&str>, backend: &str) -> String {
    let value = if led.is_none_or(|led| led == backend) { backend } else { SEVERAL };
    let seconds = Flow::LIFETIME.to_string();
    [LED, "=", value, "; Path=/; Max-Age=", &seconds, ATTRIBUTES, "None"].concat()
}

#[cfg(test)]
mod tests {
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
            assert_eq!(Cookies::of(&request).flows.len(), 1, "{other:?}");
            let token: Vec<_> = pairs(&request).filter(|(name, _)| *name == "token").collect();
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
            let read = Cookies::of(&request);
            assert_eq!((read.flows.len(), read.unreadable.len()), (flows, unreadable), "{what}");
            assert!(read.to_evict("x").len() <= 64, "{what}");
        }
    }

    #[test]
    fn used_flows_go_first_and_then_the_oldest() {
        let id = |number: usize| format!("{number:021}A");
        let flow = |number, state: &str, bytes| {
            format!("__Host-bg-{}={number}.{state}.{}", id(number), "x".repeat(bytes))
        };
        let evicted = |cookies: &[String]| {
            let header = ("cookie", cookies.join("; "));
            let request = TestRequest::default().insert_header(header).to_http_request();
            let evicted = Cookies::of(&request).to_evict(&"x".repeat(200));
            let mut evicted: Vec<_> = evicted.iter().map(ToString::to_string).collect();
            evicted.sort();
            evicted
        };
        let open = |count, bytes| (1..=count).map(|it| flow(it, "f", bytes)).collect::<Vec<_>>();
        let used = |from, to| (from..=to).map(|it| flow(it, "u", 200)).collect::<Vec<_>>();
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
            ("nothing", vec![], vec![]),
        ];
        for (what, cookies, expected) in cases {
            assert_eq!(evicted(&cookies), expected, "{what}");
        }
    }
}
