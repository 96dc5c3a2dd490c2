//! Loops: how often one browser began to sign in, or out, within a minute.
//!
//! The browser's own cookie counts. One that lies about it harms nobody else, and what no server
//! remembers, nobody can fill.

use actix_web::HttpRequest;

use super::cookies::{self, Cookies};
use super::error::WebError;
use super::headers;

/// Seconds within which it is counted.
const WINDOW: u64 = 60;

/// Most sign-ins, and most sign-outs, within them.
const MOST: u32 = 5;

/// What is counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Begun {
    SignIn,
    SignOut,
}

/// What the cookie says.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Seen {
    sign_ins: u32,
    sign_outs: u32,
    ends: u64,
}

/// Counts one more, for the answer's `Set-Cookie`; refuses the sixth. What is no visit of a person,
/// such as a frame, is not counted.
pub(super) fn count(
    request: &HttpRequest,
    cookies: &Cookies<'_>,
    begun: Begun,
    now: u64,
) -> Result<Option<String>, WebError> {
    if !headers::is_document(request) {
        return Ok(None);
    }
    let mut seen = Seen::read(cookies.seen, now);
    let count = match begun {
        Begun::SignIn => &mut seen.sign_ins,
        Begun::SignOut => &mut seen.sign_outs,
    };
    if *count >= MOST {
        return Err(WebError::Loop);
    }
    *count += 1;
    let Seen { sign_ins, sign_outs, ends } = seen;
    let value = format!("{sign_ins}.{sign_outs}.{ends}");
    Ok(Some(cookies::seen(&value, ends.saturating_sub(now))))
}

impl Seen {
    /// What `cookie` says; whatever is not of this minute begins a new one.
    fn read(cookie: Option<&str>, now: u64) -> Self {
        let ends = now.saturating_add(WINDOW);
        let seen = cookie.and_then(Self::parse);
        let is_current = |seen: &Self| seen.ends > now && seen.ends <= ends;
        seen.filter(is_current).unwrap_or(Self { ends, ..Self::default() })
    }

    fn parse(cookie: &str) -> Option<Self> {
        let mut parts = cookie.split('.');
        let (sign_ins, sign_outs, ends) = (parts.next()?, parts.next()?, parts.next()?);
        let is_whole = parts.next().is_none();
        let seen = Self {
            sign_ins: sign_ins.parse().ok()?,
            sign_outs: sign_outs.parse().ok()?,
            ends: ends.parse().ok()?,
        };
        is_whole.then_some(seen)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Begun, Cookies, count};
    use crate::web::error::WebError;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn what_the_browser_says_is_counted_on_for_its_minute() {
        // (what, its cookie, what is set, and for how long)
        let cases = [
            ("the first", "", "1.0.1800000060; Path=/; Max-Age=60;"),
            ("the second", "1.0.1800000030", "2.0.1800000030; Path=/; Max-Age=30;"),
            ("the last", "4.9.1800000060", "5.9.1800000060; Path=/; Max-Age=60;"),
            ("one too many", "5.0.1800000001", "refused"),
            ("far too many", "4294967295.0.1800000001", "refused"),
            ("a minute that is over", "5.0.1800000000", "1.0.1800000060; Path=/; Max-Age=60;"),
            ("a minute too long", "5.0.1800000061", "1.0.1800000060; Path=/; Max-Age=60;"),
            (
                "a number too large",
                "4294967296.0.1800000001",
                "1.0.1800000060; Path=/; Max-Age=60;",
            ),
            ("too few numbers", "5.1800000001", "1.0.1800000060; Path=/; Max-Age=60;"),
            ("too many numbers", "5.0.1800000001.1", "1.0.1800000060; Path=/; Max-Age=60;"),
            ("no number", "x.0.1800000001", "1.0.1800000060; Path=/; Max-Age=60;"),
        ];
        for (what, cookie, expected) in cases {
            let header = ("cookie", format!("__Host-bg-seen={cookie}"));
            let request = TestRequest::default().insert_header(header).to_http_request();
            let said = match count(&request, &Cookies::of(&request), Begun::SignIn, NOW) {
                Ok(set) => set.unwrap(),
                Err(WebError::Loop) => "__Host-bg-seen=refused".to_owned(),
                Err(error) => panic!("{what}: {error}"),
            };
            assert!(said.starts_with(&format!("__Host-bg-seen={expected}")), "{what}: {said}");
        }
    }

    #[test]
    fn what_no_person_sees_is_not_counted() {
        let request = TestRequest::default()
            .insert_header(("sec-fetch-dest", "iframe"))
            .insert_header(("cookie", "__Host-bg-seen=5.5.1800000001"))
            .to_http_request();
        let set = count(&request, &Cookies::of(&request), Begun::SignOut, NOW);
        assert!(matches!(set, Ok(None)));
    }
}
