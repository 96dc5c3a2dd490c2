//! Input that no honest browser sends: a clear page with a 4xx, and nothing begun.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{App, SHOES_SITE, SSO, TO_SHOES, assert_refused};
use crate::support::assertion::SHOES;
use crate::support::browser::{self, Request};
use crate::support::log;

#[test]
fn parameters_that_php_reads_differently_are_refused() {
    let app = App::start();
    for other in [
        "return_to=%2Fb",
        "Return_To=%2Fb",
        "return.to=%2Fb",
        "return+to=%2Fb",
        "return%20to=%2Fb",
        "return%5Fto=%2Fb",
        "return[to=%2Fb",
        "return%5Bto=%2Fb",
        "return_to[]=%2Fb",
        "return_to%5B%5D=%2Fb",
        "+return_to=%2Fb",
        "%20return_to=%2Fb",
        "return_to%00x=%2Fb",
        "brand%5Fid=2",
        "a;return_to=%2Fb",
        "amp;return_to=%2Fb",
        "a;brand_id=2",
        "a=b;return_to",
        "%72eturn_to=%2Fb",
        "return%u005fto=%2Fb",
        "%3Freturn_to=%2Fb",
        "return_to%20=%2Fb",
        "return_to[x][y]=%2Fb",
        "brand_%C4%B1d=2",
        "[return_to]=%2Fb",
        "return_to]=%2Fb",
        "]return_to=%2Fb",
        "[brand_id]=2",
        "%5Breturn_to%5D=%2Fb",
        "x;[return_to]=%2Fb",
    ] {
        for query in [format!("{TO_SHOES}&{other}"), format!("{other}&{TO_SHOES}")] {
            for path in ["login", "logout"] {
                let answer = app.browser().send(&Request::get(&format!("{SSO}/{path}?{query}")));
                assert_refused(&answer, 400, "malformed-request", &format!("{path}?{query}"));
                assert!(answer.headers("set-cookie").is_empty(), "{query}");
            }
        }
    }
}

#[test]
fn what_only_begins_like_an_address_is_nobodys() {
    let app = App::start();
    let beginnings =
        ["backends", "brands", "start", "sign-in", "callback", "logout/done", "assets/brands"];
    let ends = ["", "/", "//", "x", "x/y", "//shoes", "/shoes/nothing", "/x/y/z/login/", ".css"];
    for beginning in beginnings {
        for end in ends {
            let asked = format!("{SSO}/{beginning}{end}");
            for request in [Request::get(&asked), Request::post(&asked, "jwt=a.b.c")] {
                let answer = app.browser().send(&request);
                assert_refused(&answer, 404, "not-found", &asked);
            }
        }
    }
}

#[test]
fn the_page_and_the_log_name_the_parameter() {
    let app = App::start();
    let cases = [
        ("/login?return.to=x", "return_to", "written like it"),
        ("/login?return_to=%2Fa&return_to=%2Fb", "return_to", "occurs twice"),
        ("/login?brand_id=x", "brand_id", "cannot be read"),
        ("/login?return_to=%zz", "return_to", "cannot be read"),
        ("/login?brand_id=360000000001&a=1;return_to=//x", "return_to", "`;`"),
        ("/login?return_to=/hc;x", "return_to", "`;`"),
        ("/logout?Brand_Id=1", "brand_id", "written like it"),
        ("/logout?brand_id=1&amp;email=x", "email", "`;`"),
        ("/start/shoes?to=%2Fa&to=%2Fb", "to", "occurs twice"),
        ("/access/jwt?jwt=a&jwt=b", "jwt", "occurs twice"),
    ];
    for (path, parameter, how) in cases {
        let answer = app.get(path);
        assert_refused(&answer, 400, "malformed-request", path);
        assert!(answer.text().contains(&format!("“{parameter}”")), "{path}: {}", answer.text());
        let line = log::line(&answer.trace());
        let message = line["message"].as_str().unwrap();
        assert!(message.contains(&format!("`{parameter}`")) && message.contains(how), "{message}");
    }
}

#[test]
fn foreign_names_go_on_byte_for_byte_and_are_ignored_elsewhere() {
    let app = App::start();
    let foreign = [
        "device[name]=Joe%27s+phone&device%5Bid%5D=1",
        "WT.mc_id=a&$web_only=1",
        "ctl00$Main$x=1&form[_token]=2&submit.x=3",
        "=unnamed&&a",
        "%zz=1&%ff=2",
        "a=1;b=2&amp;c=3",
        "item[]=1&item[]=2&a=1&a=2",
        "a%0D%0ASet-Cookie=b",
        "amp;locale_id=1&amp;return_to=%2Fhc%2Frequests&amp;timestamp=1",
    ];
    for names in foreign {
        let query = format!("{names}&brand_id=360000000001");
        let login = app.browser().login(&query);
        assert_eq!(login.location(), format!("{SHOES_SITE}/zdlogin.php?{query}"), "{names}");
        if !names.starts_with("amp;") {
            let logout = app.browser().logout(&query);
            assert_eq!(logout.location(), format!("{SHOES_SITE}/zdlogout.php?{query}"), "{names}");
        }
        let start = app.get(&format!("/start/shoes?{names}&to=%2Fhc"));
        assert!(start.location().contains("%2Fhc&timestamp="), "{names}");
        assert!(!start.location().contains(names), "{names}");
        for (address, body) in [(names, ""), ("", names)] {
            let mut joe = app.browser();
            joe.login(TO_SHOES);
            let jwt = app.assertion(SHOES, &json!({}));
            let url = format!("{SSO}/access/jwt?{address}");
            let post = Request::post(&url, &format!("{body}&jwt={jwt}")).from(SHOES_SITE);
            assert!(joe.send(&post).is_hand_off(), "{names}");
        }
    }
}

#[test]
fn what_is_left_blank_is_not_given() {
    let app = App::start();
    let blank = "brand_id=360000000001&return_to=&locale_id=";
    let login = app.browser().login(blank);
    assert_eq!(login.location(), format!("{SHOES_SITE}/zdlogin.php?{blank}"), "byte for byte");
    let by_host = "brand_id=&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    assert_eq!(
        app.browser().login(by_host).location(),
        format!("{SHOES_SITE}/zdlogin.php?{by_host}")
    );
    assert_eq!(
        app.browser().login("brand_id=&return_to=").title(),
        "Where would you like to sign in?"
    );
    assert!(app.get("/start/shoes?to=").opens_a_flow());
    assert!(app.browser().logout("brand_id=360000000001&kind=").location().contains("zdlogout"));
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({}));
    let url = format!("{SSO}/access/jwt?return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc");
    let answer = joe.send(&Request::post(&url, &format!("jwt={jwt}&return_to=")).from(SHOES_SITE));
    assert_eq!(answer.hand_off().return_to, "https://help.acme-shoes.example/hc");
    assert_refused(&app.get("/access/jwt?jwt="), 400, "no-token", "a blank token");
}

#[test]
fn values_that_cannot_be_read_are_refused() {
    let app = App::start();
    for query in [
        "return_to=%",
        "return_to=%2",
        "return_to=%zz",
        "return_to=%ff",
        "return_to=%c0%af",
        "brand_id=abc",
        "brand_id=1.5",
        "brand_id=+1",
        "brand_id=-1",
        "brand_id=%20360000000001",
        "brand_id=99999999999999999999999",
        "brand_id=%00",
    ] {
        let answer = app.browser().login(query);
        assert_refused(&answer, 400, "malformed-request", query);
    }
}

#[test]
fn an_address_over_24_kilobytes_is_too_long() {
    let app = App::start();
    for path in ["/login", "/logout", "/access/jwt", "/backends/shoes-site/access/jwt"] {
        for kilobytes in [25, 60] {
            let long = "x".repeat(kilobytes * 1024);
            let answer =
                app.browser().send(&Request::get(&format!("{SSO}{path}?{TO_SHOES}&x={long}")));
            assert_refused(&answer, 414, "address-too-long", path);
            assert!(answer.headers("set-cookie").is_empty());
        }
    }
    let fits = "x".repeat(20 * 1024);
    let answer = app.browser().login(&format!("{TO_SHOES}&x={fits}"));
    assert_eq!(answer.status, 302, "and one that is only long is not");
}

#[test]
fn what_is_hardly_http_ends_without_a_stack() {
    let app = App::start();
    let cases: [(&str, &[u8]); 10] = [
        ("control characters in the address", b"GET /login?a=\x01 HTTP/1.1\r\nhost: x\r\n\r\n"),
        ("a NUL in the address", b"GET /login?a=\0 HTTP/1.1\r\nhost: x\r\n\r\n"),
        ("bytes beyond ASCII", b"GET /login?a=\xff HTTP/1.1\r\nhost: x\r\n\r\n"),
        ("a space in the address", b"GET /login?a=b c HTTP/1.1\r\nhost: x\r\n\r\n"),
        ("a NUL in a header", b"GET /login HTTP/1.1\r\nhost: x\r\nx: \0\r\n\r\n"),
        ("two lengths", b"POST /access/jwt HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"),
        ("two ways to say how long", b"POST /access/jwt HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("no such version", b"GET /login HTTP/9.9\r\nhost: x\r\n\r\n"),
        ("another protocol", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
        ("a length that is none", b"POST /access/jwt HTTP/1.1\r\nhost: x\r\ncontent-length: x\r\n\r\n"),
    ];
    for (what, bytes) in cases {
        let closing = [bytes, b"\r\n\r\n"].concat();
        let answer =
            String::from_utf8_lossy(&browser::exchange(app.address(), &closing)).into_owned();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{what}: {answer:?}");
        assert!(
            !answer.contains("set-cookie") && !answer.contains("panicked"),
            "{what}: {answer:?}"
        );
    }
    assert_eq!(app.get("/").status, 200, "and the service goes on");
}

#[test]
fn a_body_that_ends_early_signs_nobody_in() {
    let app = App::start();
    let bytes = b"POST /access/jwt HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                  content-type: application/x-www-form-urlencoded\r\ncontent-length: 500\r\n\r\njwt=a.b.c";
    let mut stream = TcpStream::connect(app.address()).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_refused(&Answer::parse(&answer), 400, "malformed-request", "half of a form");
}

#[test]
fn cookies_that_are_nobodys_are_passed_over() {
    let app = App::start();
    let many = format!("a={}", "b".repeat(20_000));
    for cookies in [
        "",
        ";;;=;==",
        "a",
        "__Host-bg-=x",
        "__Host-bg-seen=",
        "__Host-bg-seen=<script>",
        "__Host-bg-AAAAAAAAAAAAAAAAAAAAAAA=1.f.x",
        "bg-AAAAAAAAAAAAAAAAAAAAAA=1.f.x",
        "\"quoted\"=\"pairs; and more\"",
        &many,
    ] {
        let login = Request::get(&format!("{SSO}/login?{TO_SHOES}")).with("cookie", cookies);
        let answer = app.send(&login);
        assert_eq!(answer.status, 302, "{cookies:.40}");
        assert_eq!(answer.sets().len(), 1, "a flow: {cookies:.40}");
    }
    let unreadable = "__Host-bg-AAAAAAAAAAAAAAAAAAAAAA=nonsense";
    let login = Request::get(&format!("{SSO}/login?{TO_SHOES}")).with("cookie", unreadable);
    assert_eq!(app.send(&login).takes_away(), ["__Host-bg-AAAAAAAAAAAAAAAAAAAAAA"]);
}

#[test]
fn the_host_of_a_request_is_used_for_nothing() {
    let app = App::start();
    for host in ["evil.example", "help.acme-coffee.example", "", "a b", "[::1]:99"] {
        let login = Request::get(&format!("{SSO}/login?{TO_SHOES}")).with("host", host);
        let login =
            login.with("x-forwarded-host", "evil.example").with("x-forwarded-proto", "http");
        let answer = app
            .send(&login.with("x-forwarded-for", "203.0.113.7").with("forwarded", "for=1.2.3.4"));
        let expected = format!("{SHOES_SITE}/zdlogin.php?{TO_SHOES}");
        assert_eq!(answer.location(), expected, "{host}");
    }
    let absolute =
        b"GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
    let answer = browser::exchange(app.address(), absolute);
    assert!(!String::from_utf8_lossy(&answer).contains("evil.example"));
}
