//! DNS rebinding: a web page gives its own name our address, and reads with its visitor's browser what we tell.

use std::net::IpAddr;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_LANGUAGE, HOST, HeaderName};

/// What a browser says of who asks, and no page can write: where the name is proven by TLS, or is this machine's.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Names beneath these are nobody's to register.
const PRIVATE: [&str; 3] = [".localhost", ".local", ".internal"];

/// The refusal of a browser that asks us by a name which anybody could own.
///
/// Programs ask by whatever name their network has, and are known by what they do not say: no page can keep its
/// browser from naming the languages of its person.
pub(super) fn refused(request: &RequestHead) -> Option<HttpResponse> {
    let is_browser = request.headers().contains_key(ACCEPT_LANGUAGE);
    if !is_browser || request.headers().contains_key(SEC_FETCH_SITE) {
        return None;
    }
    let host = request.headers().get(HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !is_anybodys(host) {
        return None;
    }
    let text = "A browser is told this by the address alone, such as http://127.0.0.1:9090, or by https:\n\
                a web page could have given us a name of its own. Programs are told by any name.\n";
    Some(super::say(HttpResponse::build(StatusCode::MISDIRECTED_REQUEST), text))
}

/// Whether whoever likes could own the name in `host`, which may have a port.
fn is_anybodys(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(name);
    if address.parse::<IpAddr>().is_ok() {
        return false;
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name.contains('.') && !PRIVATE.iter().any(|suffix| name.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::is_anybodys;

    #[test]
    fn an_address_and_a_name_of_the_network_are_nobody_elses() {
        for host in [
            "127.0.0.1:9090",
            "10.0.0.7",
            "[::1]:9090",
            "[2001:db8::1]",
            "localhost:9090",
            "LOCALHOST",
            "ops.localhost:9090",
            "brandgate:9090",
            "brandgate",
            "brandgate.default.svc.cluster.local:9090",
            "brandgate.corp.internal.",
            "",
        ] {
            assert!(!is_anybodys(host), "{host}");
        }
        for host in [
            "evil.example:9090",
            "evil.example",
            "EVIL.example.:9090",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "evillocalhost.example",
            "a.notlocal",
            "[::1].evil.example",
            "127.0.0.1.nip.io:9090",
            "evil.example:",
        ] {
            assert!(is_anybodys(host), "{host}");
        }
    }
}
