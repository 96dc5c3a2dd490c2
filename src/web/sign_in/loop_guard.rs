//! Loops: a browser that comes back to a destination right after it was handed off there, or signs
//! out right after it did, time and again within a minute.
//!
//! The browser's own cookie counts. One that lies about it harms nobody else, and what no server
//! remembers, nobody can fill.

use std::hash::BuildHasher as _;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use foldhash::quality::FixedState;

use crate::web::error::WebError;
use crate::web::request::cookies::{self, Cookies};
use crate::web::request::headers;
use crate::web::response;

/// Seconds within which it is counted.
const WINDOW: u64 = 60;

/// The return that is one too many.
const TOO_MANY: u8 = 5;

/// Most destinations of one browser that are remembered; the one that was longest unused goes first.
const MOST_DESTINATIONS: usize = 24;

/// Characters of a destination's mark in the cookie: six bits each.
const MARK: usize = 6;

/// The letters of a mark: those of base64url.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A destination's hash: that two of them share one harms nobody.
type Mark = [u8; MARK];

/// What a browser has done within the minute, as its cookie says.
#[derive(Debug, Default, Eq, PartialEq)]
pub(in crate::web) struct LoopCounter {
    /// How often it signed out since it was last handed off.
    sign_outs: u8,
    /// When the minute is over, in Unix seconds.
    ends: u64,
    /// Where it was handed off, the latest last.
    visits: Vec<Visited>,
}

/// What became of one destination.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Visited {
    mark: Mark,
    /// How often a sign-in to it began right after a hand-off to it.
    returns: u8,
    /// Whether a hand-off to it was the latest; else the beginning of a sign-in.
    is_handed_off: bool,
}

/// Notes that a sign-in begins, where that changes anything; refuses one that goes round.
pub(in crate::web) fn sign_in_begins(
    request: &RequestHead,
    cookies: &Cookies<'_>,
    destination: &str,
    now: u64,
) -> Result<Option<LoopCounter>, WebError> {
    if cookies.loops.is_none() || !headers::is_document(request) {
        return Ok(None);
    }
    let mut counter = LoopCounter::read(cookies.loops, now);
    let mark = mark(destination);
    let Some(visit) = counter.visits.iter_mut().find(|visit| visit.mark == mark) else {
        return Ok(None);
    };
    // Two sign-ins that begin one after the other are two tabs.
    if !visit.is_handed_off {
        return Ok(None);
    }
    if visit.returns + 1 >= TOO_MANY {
        return Err(WebError::Loop);
    }
    visit.returns += 1;
    visit.is_handed_off = false;
    Ok(Some(counter))
}

pub(in crate::web) fn handed_off(
    request: &RequestHead,
    cookies: &Cookies<'_>,
    destination: &str,
    now: u64,
) -> Option<LoopCounter> {
    headers::is_document(request).then(|| left(cookies, destination, now))
}

/// Notes that somebody who saw it goes to `destination` and is not seen again: as good as handed off.
pub(in crate::web) fn left(cookies: &Cookies<'_>, destination: &str, now: u64) -> LoopCounter {
    let mut counter = LoopCounter::read(cookies.loops, now);
    counter.sign_outs = 0;
    let mark = mark(destination);
    let before = counter.visits.iter().position(|visit| visit.mark == mark);
    let returns = before.map_or(0, |at| counter.visits.remove(at).returns);
    if counter.visits.len() == MOST_DESTINATIONS {
        counter.visits.remove(0);
    }
    counter.visits.push(Visited { mark, returns, is_handed_off: true });
    counter
}

/// Notes a sign-out; refuses one that goes round. Who has signed out
/// may sign in anew.
pub(in crate::web) fn signs_out(
    request: &RequestHead,
    cookies: &Cookies<'_>,
    now: u64,
) -> Result<Option<LoopCounter>, WebError> {
    if !headers::is_document(request) {
        return Ok(None);
    }
    let mut counter = LoopCounter::read(cookies.loops, now);
    // The first of them is no return.
    if counter.sign_outs >= TOO_MANY {
        return Err(WebError::Loop);
    }
    counter.sign_outs += 1;
    counter.visits.clear();
    Ok(Some(counter))
}

fn mark(destination: &str) -> Mark {
    // The same for all instances.
    let mut left = FixedState::default().hash_one(destination);
    [(); MARK].map(|()| {
        left = left.rotate_left(6);
        let letter = usize::try_from(left % 64).unwrap_or_default();
        ALPHABET.get(letter).copied().unwrap_or_default()
    })
}

impl LoopCounter {
    /// What `cookie` says; whatever is not of this minute begins a new one.
    fn read(cookie: Option<&str>, now: u64) -> Self {
        let ends = now.saturating_add(WINDOW);
        let counter = cookie.and_then(Self::parse);
        let is_current = |counter: &Self| counter.ends > now && counter.ends <= ends;
        counter.filter(is_current).unwrap_or(Self { ends, ..Self::default() })
    }

    /// Reads `{sign-outs}.{end}.{visits}`.
    fn parse(cookie: &str) -> Option<Self> {
        let (sign_outs, rest) = cookie.split_once('.')?;
        let (ends, visits) = rest.split_once('.')?;
        let visits = visits.as_bytes().chunks(MARK + 1).map(Visited::parse);
        let counter = Self {
            sign_outs: sign_outs.parse().ok()?,
            ends: ends.parse().ok()?,
            visits: visits.take(MOST_DESTINATIONS).collect::<Option<_>>()?,
        };
        Some(counter)
    }

    /// Lets the browser keep it.
    pub(in crate::web) fn set(&self, response: &mut HttpResponse, now: u64) {
        response::set_cookie(
            response,
            cookies::loops(&self.value(), self.ends.saturating_sub(now)),
        );
    }

    /// The cookie's value.
    pub(in crate::web) fn value(&self) -> String {
        // Two numbers, and each visit: nothing grows.
        let mut value = String::with_capacity(25 + (MARK + 1) * self.visits.len());
        let mut digits = itoa::Buffer::new();
        for number in [self.sign_outs.into(), self.ends] {
            value.push_str(digits.format(number));
            value.push('.');
        }
        for visit in &self.visits {
            value.extend(visit.mark.iter().map(|byte| char::from(*byte)));
            value.push(visit.letter());
        }
        value
    }
}

impl Visited {
    /// The mark, and a letter for the rest: a capital one after a hand-off, `a` for no return.
    fn parse(text: &[u8]) -> Option<Self> {
        let (mark, [letter]) = text.split_first_chunk()? else { return None };
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        let returns = letter.to_ascii_lowercase().wrapping_sub(b'a');
        let is_whole = mark.iter().all(is_plain) && returns < TOO_MANY;
        let is_handed_off = letter.is_ascii_uppercase();
        is_whole.then_some(Self { mark: *mark, returns, is_handed_off })
    }

    fn letter(self) -> char {
        let first = if self.is_handed_off { b'A' } else { b'a' };
        char::from(first.saturating_add(self.returns))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::HttpResponse;
    use actix_web::test::TestRequest;

    use super::{Cookies, LoopCounter, MOST_DESTINATIONS, handed_off, sign_in_begins, signs_out};
    use crate::web::error::WebError;

    const NOW: u64 = 1_800_000_000;

    /// A browser that does this: `i3` begins to sign in to the third page, `h3` is handed off to it,
    /// `o` signs out, `.` waits for ten seconds. The step at which it is stopped.
    fn stopped_at(steps: &str) -> Option<usize> {
        let (mut cookie, mut now) = (None, NOW);
        for (at, step) in steps.split(' ').enumerate() {
            let request = TestRequest::default();
            let request = match &cookie {
                Some(cookie) => request.insert_header(("cookie", String::clone(cookie))),
                None => request,
            };
            let request = request.to_http_request();
            let cookies = Cookies::of(request.head());
            let set = match step.split_at(1) {
                ("i", page) => sign_in_begins(request.head(), &cookies, page, now),
                ("h", page) => Ok(handed_off(request.head(), &cookies, page, now)),
                ("o", _) => signs_out(request.head(), &cookies, now),
                _ => {
                    now += 10;
                    continue;
                }
            };
            match set {
                Ok(Some(set)) => cookie = Some(format!("__Host-bg-seen={}", set.value())),
                Ok(None) => {}
                Err(WebError::Loop) => return Some(at),
                Err(error) => panic!("{steps}: {error}"),
            }
        }
        None
    }

    #[test]
    fn a_loop_is_a_return_after_a_hand_off_and_not_a_number_of_tabs() {
        let tabs =
            |order: &dyn Fn(usize) -> String| (0..20).map(order).collect::<Vec<_>>().join(" ");
        let together = tabs(&|it| format!("i{it}")) + " " + &tabs(&|it| format!("h{it}"));
        let in_turn = tabs(&|it| format!("i{it} h{it}"));
        // (what, what the browser does, the step that stops it)
        let cases = [
            ("a loop", "i1 h1 i1 h1 i1 h1 i1 h1 i1 h1 i1", Some(10)),
            ("another page beside it", "i1 h1 i2 i1 h1 i1 h2 h1 i1 h1 i1 h1 i1", Some(12)),
            ("a slow one", "i1 h1 . . i1 h1 . . i1 h1 . i1 h1 . i1 h1 . i1 h1", None),
            ("no session is kept, twice round", "i1 h1 i1 h1 i1 h1", None),
            ("twenty tabs at once", &together, None),
            ("twenty tabs one after the other", &in_turn, None),
            ("eight tabs of one page", "i1 i1 i1 i1 i1 i1 i1 i1 h1 h1 h1 h1 h1 h1 h1 h1", None),
            ("a tester", "i1 h1 o i1 h1 o i1 h1 o i1 h1 o i1 h1 o i1 h1 o i1 h1 o", None),
            ("sign-outs that come back", "i1 h1 o o o o o o", Some(7)),
            ("sign-outs a while apart", "o o o . . . . . . o o o o o", None),
            ("nobody handed off", "i1 i1 i1 i1 i1 i1 i1 i1", None),
        ];
        for (what, steps, expected) in cases {
            assert_eq!(stopped_at(steps), expected, "{what}");
        }
        let again = "i1 h1 i1 h1 i1 h1 i1 h1 i1 h1 i1";
        assert_eq!(stopped_at(&format!("{again} i1")), Some(10), "it stays stopped");
    }

    #[test]
    fn the_cookie_is_bounded_and_lasts_for_its_minute() {
        let request = TestRequest::default().to_http_request();
        let mut cookie = String::new();
        for page in 0..100 {
            let cookies = Cookies { loops: Some(&cookie), ..Cookies::of(request.head()) };
            cookie = handed_off(request.head(), &cookies, &page.to_string(), NOW).unwrap().value();
        }
        assert!(cookie.starts_with("0.1800000060.") && cookie.len() < 200, "{cookie}");
        let counter = LoopCounter::parse(&cookie).unwrap();
        assert_eq!(counter.visits.len(), MOST_DESTINATIONS);
        let cookies = Cookies { loops: Some(&cookie), ..Cookies::of(request.head()) };
        let mut response = HttpResponse::Ok().finish();
        signs_out(request.head(), &cookies, NOW + 40)
            .unwrap()
            .unwrap()
            .set(&mut response, NOW + 40);
        let set = response.headers().get("set-cookie").unwrap().to_str().unwrap();
        assert!(set.starts_with("__Host-bg-seen=1.1800000060.; Path=/; Max-Age=20;"), "{set}");
    }

    #[test]
    fn what_is_no_counter_of_this_minute_begins_a_new_one() {
        for cookie in [
            "",
            "5.1800000060",
            "5.1800000000.",
            "5.1800000061.",
            "256.1800000060.",
            "x.1800000060.",
            "5.1800000060.abc",
            "5.1800000060.abcdefF",
            "5.1800000060.abcde/A",
            "5.1800000060.abcdefA.",
            "5.1800000060.ümlautA",
        ] {
            let begun = LoopCounter { ends: NOW + 60, ..LoopCounter::default() };
            assert_eq!(LoopCounter::read(Some(cookie), NOW), begun, "{cookie}");
        }
        let good = LoopCounter::read(Some("5.1800000060.abcdefAabcde-e"), NOW);
        assert_eq!((good.sign_outs, good.visits.len()), (5, 2), "positive control");
    }

    #[test]
    fn what_no_person_sees_is_not_counted() {
        let request = TestRequest::default()
            .insert_header(("sec-fetch-dest", "iframe"))
            .insert_header(("cookie", "__Host-bg-seen=5.1800000001."))
            .to_http_request();
        let cookies = Cookies::of(request.head());
        assert!(matches!(signs_out(request.head(), &cookies, NOW), Ok(None)));
        assert!(matches!(sign_in_begins(request.head(), &cookies, "1", NOW), Ok(None)));
        assert!(handed_off(request.head(), &cookies, "1", NOW).is_none());
    }
}
