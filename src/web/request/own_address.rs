//! Which of our own addresses a browser has asked: `public_url`, or one beneath a backend's cookie, at
//! which little else lies.
//!
//! `Host` can be anything where no browser sends it. It is asked only to serve less, or to believe
//! less.

use actix_web::dev::RequestHead;
use actix_web::http::header::HeaderMap;

use crate::table::Table;
use crate::web::request::headers::text;

/// The `at` that was asked, if it was one.
pub(in crate::web) fn at<'t>(table: &'t Table, headers: &HeaderMap) -> Option<&'t str> {
    if table.at.is_empty() {
        return None;
    }
    let host = text(headers, "host").filter(|host| !is_of(&table.public_url, host))?;
    table.at.iter().map(String::as_str).find(|at| is_of(at, host))
}

/// Whether `host`, which `Host` names, is the one of `origin`.
pub(in crate::web) fn is_of(origin: &str, host: &str) -> bool {
    let Some((scheme, ours)) = origin.split_once("://") else { return false };
    let port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(port).unwrap_or(host);
    host.strip_suffix('.').unwrap_or(host).eq_ignore_ascii_case(ours)
}

/// The right address for what was asked at an `at`, where it leads people on.
pub(in crate::web) fn right_one(request: &RequestHead, table: &Table) -> Option<String> {
    let path = request.uri.path();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["login" | "logout"] | ["start", _] | ["backends", _, "login"] => {
            let query = request.uri.query().map(|query| format!("?{query}"));
            Some(format!("{}{path}{}", table.public_url, query.unwrap_or_default()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_host_is_compared_as_browsers_write_it() {
        let cases = [
            ("https://sso.acme.example", "sso.acme.example", true),
            ("https://sso.acme.example", "SSO.acme.example", true),
            ("https://sso.acme.example", "sso.acme.example:443", true),
            ("https://sso.acme.example", "sso.acme.example.", true),
            ("http://sso.localhost", "sso.localhost:80", true),
            ("http://sso.localhost:8080", "sso.localhost:8080", true),
            ("https://[::1]:8443", "[::1]:8443", true),
            ("https://sso.acme.example", "sso.acme.example:80", false),
            ("http://sso.localhost", "sso.localhost:443", false),
            ("http://sso.localhost:8080", "sso.localhost", false),
            ("https://sso.acme.example", "x.sso.acme.example", false),
            ("https://sso.acme.example", "sso.acme.example.evil.example", false),
            ("https://sso.acme.example", "", false),
            ("", "", false),
        ];
        for (origin, host, expected) in cases {
            assert_eq!(is_of(origin, host), expected, "{origin} {host}");
        }
    }
}
