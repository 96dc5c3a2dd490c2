//! `GET /login`: the remote login URL.

use serde_json::json;
use url::Url;

use crate::support::app::{
    App, COFFEE_SITE, SHOES_SITE, SSO, STRANGER, TO_SHOES, assert_refused, encoded, refusal,
};
use crate::support::assertion;
use crate::support::browser::Request;
use crate::support::log;

const SHOES: &str = "https://www.acme-shoes.example/zdlogin.php";

#[test]
fn every_parameter_reaches_the_backend_byte_for_byte() {
    let app = App::start();
    let to = "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fhc";
    let cases = [
        ("as Zendesk sends it", format!("brand_id=360000000001&locale_id=1&{to}&timestamp=17")),
        ("in another order", format!("timestamp=17&{to}&brand_id=360000000001")),
        ("in small hexadecimal", TO_SHOES.to_lowercase()),
        ("parameters that nobody knows", format!("service=zendesk&{to}&x-y_Z=&flag")),
        ("a plus, an escaped plus, an escaped letter", format!("a=1+2%2B3&b=%41&{to}")),
        ("empty pairs and a blank value", format!("&&{to}&&a=&")),
        ("encoded twice elsewhere", format!("{to}&next=https%253A%252F%252Fevil.example")),
        (
            "a query and a fragment of its own",
            format!("{to}%2Frequests%3Fpage%3D2%26sort%3Dasc%23comment_7"),
        ),
        (
            "an address in it that is somebody else's",
            format!("{to}%3Fu%3Dhttps%3A%2F%2Felsewhere.example%2F"),
        ),
        ("hardly encoded at all", "return_to=https://help.acme-shoes.example/hc?a=b".to_owned()),
        ("in capitals", "return_to=HTTPS://HELP.acme-shoes.example:443/hc".to_owned()),
        ("the Zendesk host", "return_to=https%3A%2F%2Facme-shoes.zendesk.com".to_owned()),
        ("beyond ASCII", format!("{to}%2F%C3%BC")),
    ];
    for (what, query) in cases {
        let mut joe = app.browser();
        let answer = joe.login(&query);
        assert_eq!(answer.location(), format!("{SHOES}?{query}"), "{what}");
        assert!(answer.opens_a_flow(), "{what}");
    }
}

#[test]
fn parameters_go_behind_the_backends_query_and_before_its_fragment() {
    let answer = App::start().get("/login?brand_id=360000000003&return_to=%2Fhc%3Fa%3Db&x=%20");
    let expected = "https://www.acme-coffee.example/in?from=help&brand_id=360000000003\
                    &return_to=%2Fhc%3Fa%3Db&x=%20#/sign-in";
    assert_eq!(answer.location(), expected);
}

#[test]
fn the_host_of_return_to_decides_then_brand_id() {
    let app = App::start();
    let coffee = "https://www.acme-coffee.example/in?from=help&";
    let staff = "https://intranet.acme.example/zendesk?";
    let shoes = format!("{SHOES}?");
    let cases = [
        ("host alone", "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2F", shoes.as_str()),
        ("id alone", "brand_id=360000000001", &shoes),
        ("id and a path", "brand_id=360000000001&return_to=%2Fhc%2Frequests", &shoes),
        (
            "id and the account",
            "brand_id=360000000001&return_to=https://acme.zendesk.com/hc",
            &shoes,
        ),
        (
            "an id of nobody's, and a host",
            "brand_id=1&return_to=https://acme-coffee.zendesk.com",
            coffee,
        ),
        ("two brands", "brand_id=360000000001&return_to=https://help.acme-coffee.example", coffee),
        ("a blank id", "brand_id=&return_to=https://help.acme-coffee.example/hc", coffee),
        ("agents", "return_to=https%3A%2F%2Facme-shoes.zendesk.com%2Fagent%2Ftickets%2F1", staff),
        ("agents, after dots", "return_to=https://acme-shoes.zendesk.com/x/../agent", staff),
        ("agents, by id", "brand_id=360000000001&return_to=%2Fagent", staff),
        ("not quite agents", "brand_id=360000000001&return_to=%2Fagents", &shoes),
        ("agents elsewhere", "brand_id=360000000003&return_to=%2Fagent", coffee),
    ];
    for (what, query, backend) in cases {
        let answer = app.get(&format!("/login?{query}"));
        assert!(answer.location().starts_with(backend), "{what}: {}", answer.location());
        assert!(answer.location().contains(query), "{what}: {}", answer.location());
    }
}

#[test]
fn a_disagreement_is_logged() {
    let app = App::changed("\n  coffee:\n", "\n  quarrel:\n");
    let logged = || log::lines(r#""brand.name":"quarrel","outcome":"disagreement""#).len();
    app.get("/login?brand_id=360000000003&return_to=https://help.acme-coffee.example/hc");
    assert_eq!(logged(), 0, "they agree");
    app.get("/login?brand_id=360000000001&return_to=https://help.acme-coffee.example/hc");
    assert_eq!(logged(), 1);
}

#[test]
fn a_return_to_that_is_not_the_brands_is_refused() {
    let app = App::start();
    // Each is the value after one decoding; each is tried with the brand's id and without.
    let attacks = [
        "https://evil.example/",
        "https://evil.example/?x=help.acme-shoes.example",
        "https://help.acme-shoes.example.evil.example/",
        "https://evil.example#help.acme-shoes.example",
        "https://help.acme-shoes.example@evil.example/",
        "https://evil.example@help.acme-shoes.example/",
        "https://x.help.acme-shoes.example/",
        "https://help.acme-shoes.example./",
        "https://help.acme-shoes.example:8443/",
        "https://help.acme-shoes.example:/",
        "https://help%2Eacme-shoes.example/",
        "https://help。acme-shoes.example/",
        "https://ｈelp.acme-shoes.example/",
        "https:help.acme-shoes.example/",
        "https:/help.acme-shoes.example/",
        "https:///help.acme-shoes.example/",
        "https://",
        "http://help.acme-shoes.example/",
        "//help.acme-shoes.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " https://help.acme-shoes.example/",
        "https://help.acme-shoes.example/ x",
        "https://help.acme-shoes.example/\r\nSet-Cookie: a=b",
        "https://help.acme-shoes.example/\0",
        "https://help.acme-shoes.example/\u{2028}",
        "javascript:alert(1)//help.acme-shoes.example",
        "data:text/html,x",
        "hc/requests",
        "?return_to=/hc",
        "help.acme-shoes.example",
        "%68ttps://help.acme-shoes.example/",
    ];
    for attack in attacks {
        for id in ["", "brand_id=360000000001&"] {
            let mut joe = app.browser();
            let answer = joe.login(&format!("{id}return_to={}", encoded(attack)));
            // Without an id, a good address elsewhere leads to the page that asks.
            if id.is_empty() && answer.status == 200 {
                assert_eq!(answer.title(), "Where would you like to sign in?", "{attack:?}");
                assert!(!answer.body.contains("evil.example"), "{attack:?}");
            } else {
                let (status, kind) = refusal(&answer);
                assert_eq!(status, 400, "{id} {attack:?}");
                let account = Url::parse("https://acme.zendesk.com").unwrap();
                let leads_to = account.join(attack).map(|url| url.origin().ascii_serialization());
                let stays = leads_to.is_ok_and(|origin| {
                    let (_, host) = origin.split_once("://").unwrap_or_default();
                    ["acme.zendesk.com", "help.acme-shoes.example"].contains(&host)
                });
                let expected = if stays { "return-to-miswritten" } else { "return-to-refused" };
                assert_eq!(kind, expected, "{attack:?}");
                assert!(answer.headers("set-cookie").is_empty(), "{attack:?}");
            }
            assert!(joe.jar.flows().is_empty());
        }
    }
    let other = "brand_id=360000000001&return_to=https://help.acme-coffee.example/hc";
    assert_eq!(app.get(&format!("/login?{other}")).status, 302, "another brand's host decides");
}

#[test]
fn an_address_of_our_own_is_not_called_a_strangers() {
    let app = App::start();
    for ours in [
        "http://help.acme-shoes.example/hc",
        "https://help.acme-shoes.example/hc en-us",
        " https://help.acme-shoes.example/hc",
        "help.acme-shoes.example/hc",
        "hc/requests",
        "/hc/a b",
        "//help.acme-shoes.example/",
        "https:/help.acme-shoes.example/",
    ] {
        let answer =
            app.browser().login(&format!("brand_id=360000000001&return_to={}", encoded(ours)));
        assert_refused(&answer, 400, "return-to-miswritten", ours);
        assert_eq!(answer.title(), "This link is not written correctly", "{ours}");
    }
    for others in ["//evil.example", "/\\evil.example", "https://evil.example/ x", "javascript:x"] {
        let answer =
            app.browser().login(&format!("brand_id=360000000001&return_to={}", encoded(others)));
        assert_refused(&answer, 400, "return-to-refused", others);
    }
}

#[test]
fn in_the_place_of_a_long_return_to_is_the_brands_home() {
    let app = App::changed("\n  shoes:\n", "\n  long-shoes:\n");
    let home = "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2F";
    let logged = || log::lines(r#""brand.name":"long-shoes","outcome":"shortened""#).len();
    let form = "/hc/requests/new?request_description=";
    for (count, start) in
        (1..).zip(["https://help.acme-shoes.example", "https://acme.zendesk.com", ""])
    {
        let asked = encoded(&format!("{start}{form}{}", "a".repeat(2100)));
        let mut joe = app.browser();
        let answer = joe.login(&format!("brand_id=360000000001&return_to={asked}&a=%41"));
        let expected = format!("{SHOES}?brand_id=360000000001&{home}&a=%41");
        assert_eq!(answer.location(), expected, "{start}");
        assert!(answer.opens_a_flow());
        assert_eq!(logged(), count, "{start}");
    }
    let as_long_as_may_be = format!("{form}{}", "a".repeat(2048 - form.len()));
    let asked = format!("brand_id=360000000001&return_to={}", encoded(&as_long_as_may_be));
    assert_eq!(app.browser().login(&asked).location(), format!("{SHOES}?{asked}"));
    assert_eq!(logged(), 3);
    let evil = format!("https://evil.example/{}", "a".repeat(2100));
    let answer =
        app.browser().login(&format!("brand_id=360000000001&return_to={}", encoded(&evil)));
    assert_refused(&answer, 400, "return-to-refused", "a long one elsewhere");
    let relative = app.browser().login(&format!("return_to={}", encoded(&format!("/{evil}"))));
    assert!(!relative.body.contains("aaaa"), "a page to choose from carries no such text");
}

#[test]
fn access_is_never_a_destination() {
    let app = App::start();
    let home = "return_to=https%3A%2F%2Fhelp.acme-shoes.example%2F";
    let cases = [
        ("/access/logout?return_to=https://evil.example/", true),
        ("/access", true),
        ("/accessible", true),
        ("/ACCESS/unauthenticated", true),
        ("/%61ccess/normal", true),
        ("/hc/../access/jwt", true),
        ("/hc/%2e%2e/access/jwt", true),
        ("/.//access/jwt", true),
        ("/hc/access/jwt", false),
        ("/hc?to=/access/jwt", false),
        ("/hc#/access/jwt", false),
    ];
    for (path, is_replaced) in cases {
        for base in ["", "https://help.acme-shoes.example", "https://acme.zendesk.com"] {
            let asked = format!("return_to={}", encoded(&format!("{base}{path}")));
            let answer = app.get(&format!("/login?brand_id=360000000001&{asked}&a=%41"));
            let kept = if is_replaced { home } else { &asked };
            let expected = format!("{SHOES}?brand_id=360000000001&{kept}&a=%41");
            assert_eq!(answer.location(), expected, "{base}{path}");
        }
    }
    let absolute = encoded("https://help.acme-shoes.example//access/jwt");
    let answer = app.get(&format!("/login?return_to={absolute}"));
    assert_eq!(answer.location(), format!("{SHOES}?{home}"), "two slashes");
}

#[test]
fn who_names_no_brand_is_asked_and_nothing_of_theirs_is_on_the_page() {
    let app = App::start();
    let link = |id: u64, host: &str, path: &str| {
        format!("/login?brand_id=36000000000{id}&return_to={}", encoded(&(host.to_owned() + path)))
    };
    let links = |path: &str| {
        vec![
            link(1, "https://help.acme-shoes.example", path),
            link(2, "https://help.acme-boots.example", path),
            link(3, "https://help.acme-coffee.example", path),
            link(4, "https://help.acme-books.example", path),
            link(5, "https://help.acme-games.example", path),
        ]
    };
    let cases = [
        ("", "/"),
        ("brand_id=17", "/"),
        ("return_to=%2Fhc%2Frequests%3Fa%3D%22%3E%3Cb%3E", "/hc/requests?a=\"><b>"),
        ("return_to=https%3A%2F%2Fevil.example%2Fpath", "/"),
        ("return_to=https%3A%2F%2Facme.zendesk.com%2Fpath", "/"),
        ("name=%3Cscript%3Ealert(1)%3C%2Fscript%3E&message=path", "/"),
    ];
    for (query, path) in cases {
        let mut joe = app.browser();
        let answer = joe.login(query);
        assert_eq!((answer.status, answer.links()), (200, links(path)), "{query}");
        assert!(answer.headers("set-cookie").is_empty(), "nothing has begun: {query}");
        for theirs in ["evil.example", "<b>", "alert", "Puzzles"] {
            assert!(!answer.body.contains(theirs), "{theirs} for {query}");
        }
        let on = joe.send(&Request::get(&format!("{SSO}{}", answer.links()[0])).from(SSO));
        assert!(on.location().starts_with(SHOES), "each link is a way on");
    }
}

#[test]
fn a_table_may_refuse_who_names_no_brand_or_take_one() {
    let refusing = App::changed("unknown: ask", "unknown: refuse");
    for query in ["", "brand_id=17", "return_to=/hc", "return_to=https://evil.example/"] {
        let answer = refusing.browser().login(query);
        assert_refused(&answer, 404, "unknown-brand", query);
        assert!(answer.headers("set-cookie").is_empty(), "{query}");
    }
    let taking = App::changed("unknown: ask", "unknown: { brand: coffee }");
    let coffee =
        |query: &str| format!("https://www.acme-coffee.example/in?from=help{query}#/sign-in");
    let cases = [
        ("", ""),
        ("brand_id=17", "&brand_id=17"),
        ("return_to=%2Fhc&a=b", "&return_to=%2Fhc&a=b"),
        ("return_to=https://evil.example/&a=b", "&a=b"),
        ("a=b&return_to=https://evil.example/", "&a=b"),
    ];
    for (query, forwarded) in cases {
        let answer = taking.get(&format!("/login?{query}"));
        assert_eq!(answer.location(), coffee(forwarded), "{query}");
    }
    let malformed = taking.get("/login?return_to=%2F%2Fevil.example");
    assert_refused(&malformed, 400, "return-to-refused", "what nobody can read is refused");
}

#[test]
fn a_brand_on_zendesks_own_sign_in_goes_there() {
    let app = App::start();
    let cases = [
        (
            "the brand's own Zendesk host, an absolute address",
            "brand_id=360000000005&return_to=%2Fhc%3Fa%3D1%262",
            "https://acme-games.zendesk.com/access/normal?return_to=\
             https%3A%2F%2Fhelp.acme-games.example%2Fhc%3Fa%3D1%262",
        ),
        (
            "no destination: its home",
            "brand_id=360000000005&timestamp=1",
            "https://acme-games.zendesk.com/access/normal?return_to=\
             https%3A%2F%2Fhelp.acme-games.example%2F",
        ),
        (
            "no Zendesk host of its own: the account's",
            "return_to=https://help.acme-puzzles.example/hc/a%20b",
            "https://acme.zendesk.com/access/normal?return_to=\
             https%3A%2F%2Fhelp.acme-puzzles.example%2Fhc%2Fa%2520b",
        ),
    ];
    for (what, query, expected) in cases {
        let query = query.replace("a%20b", "a%2520b");
        let answer = app.browser().login(&query);
        assert_eq!(answer.location(), expected, "{what}");
        assert!(!answer.opens_a_flow(), "nobody comes back from there");
    }
}

#[test]
fn a_script_that_posts_to_zendesk_itself_gets_no_flow() {
    let app = App::start();
    let mut joe = app.browser();
    let query = "brand_id=360000000004&return_to=https%3A%2F%2Fhelp.acme-books.example%2Fhc";
    let answer = joe.login(query);
    assert_eq!(answer.location(), format!("https://www.acme-books.example/in?{query}"));
    assert!(!answer.opens_a_flow());
    let jwt = app.assertion(assertion::SHOES, &json!({}));
    let posted = joe.submit_to("books-site", "https://www.acme-books.example", &jwt);
    assert_eq!(refusal(&posted), (400, "flow-missing".to_owned()), "it has nothing to say here");
}

#[test]
fn only_a_page_of_its_own_opens_a_flow() {
    let app = App::start();
    let login = Request::get(&format!("{SSO}/login?{TO_SHOES}")).from(STRANGER);
    let cases = [
        ("a page", login.clone(), true),
        ("a frame", login.clone().with("sec-fetch-dest", "iframe"), false),
        ("a picture", login.clone().with("sec-fetch-dest", "image"), false),
        ("a script's request", login.clone().with("sec-fetch-dest", "empty"), false),
        ("a guess of Safari's or an old Chrome's", login.clone().with("purpose", "prefetch"), true),
        ("an old browser", login.without("sec-fetch-dest"), true),
    ];
    for (what, request, opens) in cases {
        let answer = app.browser().send(&request);
        let next = answer.leads_to();
        assert_eq!(next, format!("{SHOES}?{TO_SHOES}"), "{what}");
        assert_eq!(answer.opens_a_flow(), opens, "{what}");
        assert_eq!(answer.onward().is_some(), opens, "{what}: a page only where one is seen");
    }
}

#[test]
fn a_page_of_ours_takes_the_place_of_a_redirect_where_another_page_would_be_the_sender() {
    let app = App::start();
    let page = |page: &str| ("referer", format!("{page}/hc/x?y"));
    let none = ("sec-fetch-site", "none".to_owned());
    let cross = ("sec-fetch-site", "cross-site".to_owned());
    let safari = ("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0)".to_owned());
    let books = "brand_id=360000000004";
    // (what, sign-in, what the browser says, whether our page comes in between)
    let cases = [
        ("the help center", TO_SHOES, vec![page("https://help.acme-shoes.example")], false),
        ("its other host", TO_SHOES, vec![page("https://acme-shoes.zendesk.com")], false),
        ("the account", TO_SHOES, vec![page("https://acme.zendesk.com"), cross.clone()], false),
        ("the brand's own site", TO_SHOES, vec![page(SHOES_SITE)], false),
        ("ourselves", TO_SHOES, vec![page(SSO)], false),
        ("a program", TO_SHOES, vec![], false),
        ("a program with a name", TO_SHOES, vec![("user-agent", "curl/8".to_owned())], false),
        ("a mail, a bookmark, the address bar", TO_SHOES, vec![none.clone()], true),
        ("an old Safari, from a mail", TO_SHOES, vec![safari.clone()], true),
        (
            "an old Safari, the help center",
            TO_SHOES,
            vec![safari, page("https://help.acme-shoes.example")],
            false,
        ),
        ("a webmail", TO_SHOES, vec![page("https://mail.example"), cross.clone()], true),
        ("a page that hides itself", TO_SHOES, vec![cross.clone()], true),
        (
            "another brand's help center",
            TO_SHOES,
            vec![page("https://help.acme-boots.example")],
            true,
        ),
        ("a site of another backend's", TO_SHOES, vec![page(COFFEE_SITE)], true),
        ("a backend that says nothing to us", books, vec![none.clone()], false),
        ("zendesk's own sign-in", "brand_id=360000000005", vec![none], false),
    ];
    for (what, query, headers, is_page) in cases {
        let request = Request::get(&format!("{SSO}/login?{query}"));
        let request = headers.iter().fold(request, |it, header| it.with(header.0, &header.1));
        let answer = app.send(&request);
        assert_eq!(answer.onward().is_some(), is_page, "{what}: {}", answer.status);
        let Some(onward) = answer.onward() else { continue };
        assert_eq!(onward, format!("{SHOES}?{TO_SHOES}"), "{what}: byte for byte");
        assert!(answer.opens_a_flow(), "{what}");
        let (body, policy) = (&answer.body, answer.header("content-security-policy").unwrap());
        assert!(
            policy.contains("script-src 'nonce-") && !policy.contains("form-action"),
            "{policy}"
        );
        let refresh = format!("content=\"0; url={}\"", onward.replace('&', "&#38;"));
        assert!(body.contains(&refresh), "without scripts: {body}");
        assert!(body.len() < 1500, "{} bytes", body.len());
    }
}

#[test]
fn who_comes_by_mail_is_not_asked_and_whoever_a_stranger_sends_is() {
    let app = App::start();
    let shoes = || app.assertion(assertion::SHOES, &json!({}));
    // A script whose person has a session answers by GET: the sender is where the chain began.
    let mut joe = app.browser();
    let login = Request::get(&format!("{SSO}/login?{TO_SHOES}"));
    assert!(joe.send(&login).onward().is_some(), "from a mail");
    assert!(joe.follow("/access/jwt", SSO, &shoes()).is_hand_off());
    assert!(joe.send(&login.clone().from("https://mail.example")).onward().is_some());
    assert!(joe.follow("/access/jwt", SSO, &shoes()).is_hand_off(), "from a webmail");

    // A stranger's page opens /login, which leads on by itself, and then brings its own.
    assert!(joe.send(&login.clone().from(STRANGER)).onward().is_some());
    let title = "Continue to Acme Shoes as j•••@example.com?";
    assert_eq!(joe.clone().follow("/access/jwt", STRANGER, &shoes()).title(), title);
    assert_eq!(joe.clone().submit(STRANGER, &shoes(), None).title(), title);
    // Its link leads to the site itself, whose script answers by GET: no page of ours was there.
    let hidden = Request::get(&format!("{SSO}/access/jwt?jwt={}", shoes()));
    assert_eq!(joe.send(&hidden.from(STRANGER).without("referer")).title(), title);
}

#[test]
fn a_guess_of_the_browsers_starts_nothing() {
    let app = App::start();
    for address in [format!("/login?{TO_SHOES}"), "/start/shoes?to=/hc".to_owned()] {
        for guess in ["prefetch", "prefetch;prerender"] {
            let what = format!("{guess}: {address}");
            let request = Request::get(&format!("{SSO}{address}")).with("sec-purpose", guess);
            let answer = app.browser().send(&request);
            assert_refused(&answer, 503, "prefetch", &what);
            assert_eq!(answer.header("set-cookie"), None, "{what}: it is not counted either");
        }
    }
}

#[test]
fn only_get_and_head_sign_in() {
    let app = App::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NONSENSE"] {
        let answer = app.send(&Request::new(method, &format!("{SSO}/login?{TO_SHOES}")));
        assert_refused(&answer, 405, "method-not-allowed", method);
        assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method}");
    }
    let head = app.send(&Request::new("HEAD", &format!("{SSO}/login?{TO_SHOES}")));
    assert_eq!(head.location(), format!("{SHOES}?{TO_SHOES}"));
}
