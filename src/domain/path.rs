//! The path of a destination, as browsers and Zendesk read it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What browsers percent-encode in a path.
const NOT_IN_A_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}');

/// The path as WHATWG parsing gives it.
pub(super) fn resolved(written: &str) -> Cow<'_, str> {
    if is_settled(written) {
        return Cow::Borrowed(if written.is_empty() { "/" } else { written });
    }
    utf8_percent_encode(&without_dots(written), NOT_IN_A_PATH).to_string().into()
}

/// Agents work on Zendesk's own hosts: host-mapped ones never serve them.
pub(super) fn is_for_agents(path: &str) -> bool {
    ["/agent", "/tickets"].iter().any(|area| {
        path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether Zendesk's own sign-in machinery is the destination, on which `/access/logout` and
/// `/access/unauthenticated` send people on to any address.
///
/// Nobody knows whether Zendesk decodes a path before it resolves `..` and `//`, so `/access` counts
/// wherever it would come first for either reader.
///
/// `path` is one that [`resolved`] gives: what it borrows is settled.
pub(super) fn is_access(path: Cow<'_, str>) -> bool {
    let path = match path {
        Cow::Borrowed(settled) => return begins_with_access(settled.trim_start_matches('/')),
        Cow::Owned(path) => path,
    };
    let decoded = percent_decode_str(&path).decode_utf8_lossy();
    let mut depth = 0_usize;
    for segment in decoded.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => depth = depth.saturating_sub(1),
            first if depth == 0 && begins_with_access(first) => return true,
            _ => depth += 1,
        }
    }
    false
}

/// Whether WHATWG parsing leaves the path as it is: nothing to resolve, nothing to encode.
fn is_settled(path: &str) -> bool {
    let is_plain = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~' | b'.')
    };
    let is_dot = |(before, byte): (&u8, &u8)| *before == b'/' && *byte == b'.';
    let path = path.as_bytes();
    let pairs = path.iter().zip(path.get(1..).unwrap_or_default());
    // Without an early end, the compiler looks at many bytes at once.
    path.iter().fold(true, |all, byte| all & is_plain(byte))
        && !pairs.fold(false, |any, pair| any | is_dot(pair))
        && !path.starts_with(b".")
}

/// The path without `.` and `..`, as browsers resolve it.
///
/// Not by `url`, which keeps `c:` in `/c:/../access`, where browsers see `/access`.
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let dots = dots(segment);
        if dots == 2 {
            kept.pop();
        }
        if dots == 0 {
            kept.push(segment);
        } else if segments.peek().is_none() {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

/// 1 for `.`, 2 for `..`, each dot as it is or percent-encoded; otherwise 0.
fn dots(segment: &str) -> usize {
    let mut rest = segment;
    let mut count = 0;
    while let Some(after) = [".", "%2e", "%2E"].iter().find_map(|dot| rest.strip_prefix(dot)) {
        rest = after;
        count += 1;
    }
    if rest.is_empty() && count <= 2 { count } else { 0 }
}

fn begins_with_access(segment: &str) -> bool {
    segment.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("access"))
}

#[cfg(test)]
mod tests {
    use super::{is_access, is_for_agents, resolved};

    #[test]
    fn a_path_is_what_browsers_make_of_it() {
        let cases = [
            ("", "/"),
            ("/hc//x/", "/hc//x/"),
            ("/hc/a.b/c~d_e-f", "/hc/a.b/c~d_e-f"),
            ("/a/./b/../c", "/a/c"),
            ("/a/%2e%2E/.%2e/b", "/b"),
            ("/a/..", "/"),
            ("/a/../..", "/"),
            ("/a/.", "/a/"),
            ("/a//../b", "/a/b"),
            ("/.../b", "/.../b"),
            ("/.%2/b", "/.%2/b"),
            ("/c:/../b", "/b"),
            ("/C|/%2e%2e", "/"),
            ("/a/c:", "/a/c:"),
            ("/bücher", "/b%C3%BCcher"),
            ("/\"<>^`{|}[]'%zz", "/%22%3C%3E^%60%7B|%7D[]'%zz"),
            ("/%61", "/%61"),
        ];
        for (written, expected) in cases {
            assert_eq!(resolved(written), expected, "{written:?}");
        }
    }

    #[test]
    fn agents_have_two_areas() {
        for path in ["/agent", "/agent/", "/agent/tickets/1", "/tickets", "/tickets/1"] {
            assert!(is_for_agents(path), "{path:?}");
        }
        for path in ["/", "/agents", "/Agent", "//agent", "/hc/agent", "/%61gent", "/ticket"] {
            assert!(!is_for_agents(path), "{path:?}");
        }
    }

    #[test]
    fn access_is_seen_in_every_disguise() {
        let paths = [
            "/access",
            "/ACCESS/unauthenticated",
            "/accessories",
            "/%61ccess/logout",
            "/a%63cess%2flogout",
            "/.//access",
            "/hc/../access/jwt",
            "/hc/%2e%2e/access",
            "/%2faccess",
            "/%2F%2Faccess",
            "/%5caccess",
            "/.%2faccess",
            "/hc%2f..%2faccess",
            "/hc%5C..%5Caccess",
            "/..%2f..%2faccess",
            "/access/..//access",
            "/c:/../access/logout",
            "/C|/%2e%2e/access",
            "/c:%2f..%2faccess",
            "/hc/en%2fus/../../access/logout",
            "/access%2f..%2fhc",
            "/access%2f%2f..%2flogout",
        ];
        for path in paths {
            assert!(is_access(resolved(path)), "{path:?}");
        }
    }

    #[test]
    fn what_only_holds_access_is_something_else() {
        let paths = [
            "/",
            "/hc/access",
            "/access/../hc",
            "/hc//../access",
            "/acces/s",
            "/%2561ccess",
            "/acce%",
        ];
        for path in paths {
            assert!(!is_access(resolved(path)), "{path:?}");
        }
    }
}
