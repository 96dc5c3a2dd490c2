//! `/access/jwt`: an assertion comes in, a Zendesk JWT goes out.

use regex::Regex;
use serde_json::{Value, json};

use crate::support::app::{
    App, COFFEE_SITE, SHOES_SITE, SSO, TO_BOOTS, TO_COFFEE, TO_SHOES, assert_refused, encoded,
};
use crate::support::assertion::{self, COFFEE, OLD_SHOES, SHOES, ZENDESK};
use crate::support::browser::Request;
use crate::support::log;

const REQUESTS: &str = "https://help.acme-shoes.example/hc/requests";

#[test]
fn an_assertion_becomes_a_zendesk_jwt() {
    let app = App::start();
    let answer = app.browser().sign_in(TO_SHOES, SHOES, &json!({"phone": "+15550100"}));
    let form = answer.hand_off();
    assert_eq!(form.action, "https://acme.zendesk.com/access/jwt");
    assert_eq!(form.return_to, REQUESTS);
    let (header, mut claims) = assertion::read_by_zendesk(&form.jwt);
    assert_eq!(header, json!({"typ": "JWT", "alg": "HS256"}));
    let all = claims.as_object_mut().unwrap();
    let iat = all.remove("iat").unwrap().as_u64().unwrap();
    assert!(app.clock.now() - iat < 60, "from our clock, as an integer");
    let jti = all.remove("jti").unwrap();
    let uuid = Regex::new("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    assert!(uuid.unwrap().is_match(jti.as_str().unwrap()), "{jti}");
    let expected = json!({
        "email": "joe@example.com", "name": "Joe", "external_id": "shoes_7",
        "phone": "+15550100", "organization": "Acme Shoes", "tags": ["shoes"],
    });
    assert_eq!(claims, expected);
}

#[test]
fn the_hand_off_page_posts_by_itself_and_leaves_no_trace() {
    let app = App::start();
    let pages = [0, 1].map(|_| app.browser().sign_in(TO_SHOES, SHOES, &json!({})));
    let nonces = pages.map(|page| {
        let policy = page.header("content-security-policy").unwrap().to_owned();
        let pattern = "^default-src 'none'; script-src 'nonce-([A-Za-z0-9+/]{22}==)'; \
                       style-src 'self'; base-uri 'none'; frame-ancestors 'none'$";
        let nonce = Regex::new(pattern).unwrap().captures(&policy).unwrap()[1].to_owned();
        assert!(page.body.contains(&format!("<script nonce=\"{nonce}\">")), "{}", page.body);
        assert_eq!(page.body.matches("<script").count(), 1);
        for part in [
            "history.replaceState(null, \"\", \"/access/jwt\")",
            "form.submit()",
            "<noscript>",
            "pageshow",
        ] {
            assert!(page.body.contains(part), "{part}");
        }
        assert_eq!(page.title(), "Signing you in to Acme Shoes…");
        nonce
    });
    assert_ne!(nonces[0], nonces[1], "nobody can guess the next");
}

#[test]
fn the_posted_return_to_counts_if_it_is_the_brands() {
    let app = App::start();
    let kept = [
        ("another page", "https://help.acme-shoes.example/hc/a?b=c&d=%20#e"),
        ("the brand's other host", "https://acme-shoes.zendesk.com/hc"),
        ("the account", "https://acme.zendesk.com/hc"),
    ];
    let cases = [
        (
            "a path: absolute for Zendesk",
            "/hc/articles/1",
            "https://help.acme-shoes.example/hc/articles/1",
        ),
        ("agents work on Zendesk's hosts", "/agent/x", "https://acme-shoes.zendesk.com/agent/x"),
        ("left blank", "", REQUESTS),
        (
            "/access is no destination",
            "https://acme-shoes.zendesk.com/access/logout",
            "https://help.acme-shoes.example/",
        ),
    ];
    for (what, posted, expected) in kept.map(|(what, it)| (what, it, it)).into_iter().chain(cases) {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let jwt = app.assertion(SHOES, &json!({}));
        let answer = joe.submit(SHOES_SITE, &jwt, Some(posted));
        assert_eq!(answer.hand_off().return_to, expected, "{what}");
    }
}

#[test]
fn whatever_a_script_makes_of_return_to_the_flow_knows_better() {
    let app = App::start();
    let page = "https://help.acme-shoes.example/hc/en-us/requests?page=2&q=a%20b%26c#comment_7";
    let begun = |page: &str| {
        let mut joe = app.browser();
        joe.login(&format!("brand_id=360000000001&return_to={}", encoded(page)));
        joe
    };
    let twice = encoded(page);
    let posted = [
        ("decoded", "https://help.acme-shoes.example/hc/en-us/requests?page=2&q=a b&c#comment_7"),
        ("cut at its &", "https://help.acme-shoes.example/hc/en-us/requests?page=2"),
        ("cut at its #", "https://help.acme-shoes.example/hc/en-us/requests?page=2&q=a%20b%26c"),
        ("encoded twice", twice.as_str()),
        (
            "escaped for HTML",
            "https://help.acme-shoes.example/hc/en-us/requests?page=2&amp;q=a%20b%26c#comment_7",
        ),
        ("http", "http://help.acme-shoes.example/hc/en-us/requests?page=2&q=a%20b%26c#comment_7"),
        ("cut somewhere", "https://help.acme-shoes.example/hc/en-us/requ"),
        ("another brand's", "https://help.acme-boots.example/hc"),
        ("nobody's", "https://evil.example/"),
        ("nobody's, without a scheme", "//evil.example/hc"),
        ("nobody's, with a backslash", "/\\evil.example"),
        ("one that begins like the brand's", "https://help.acme-shoes.example.evil.example/"),
        ("a user of the brand's name", "https://help.acme-shoes.example@evil.example/"),
        ("a script", "javascript:alert(1)"),
        ("a good one with a blank", "https://help.acme-shoes.example/hc x"),
        ("another scheme's", "http://help.acme-shoes.example/hc"),
        ("null", "null"),
        ("undefined", "undefined"),
        ("None", "None"),
        ("False", "False"),
        ("an object", "[object Object]"),
        ("nothing", ""),
        ("a blank", " "),
    ];
    for (what, posted) in posted {
        let mut joe = begun(page);
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(posted));
        assert_eq!(answer.hand_off().return_to, page, "{what}");
        assert!(joe.jar.flows()[0].1.contains(".u."), "the flow is used up: {what}");
    }
    let long = format!("https://help.acme-shoes.example/hc/{}", "a".repeat(2100));
    let mut joe = begun(page);
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(&long));
    assert_eq!(answer.hand_off().return_to, page, "too long");

    // Whoever puts it into an address as it stands loses what follows its `&`.
    for raw in [page.split('#').next().unwrap(), &page.replace('&', "&amp;").replace('#', "")] {
        let mut joe = begun(page);
        let jwt = app.assertion(SHOES, &json!({}));
        let url = format!("{SSO}/access/jwt?jwt={jwt}&return_to={raw}");
        let answer = joe.send(&Request::get(&url).from(SHOES_SITE));
        assert_eq!(answer.hand_off().return_to, page, "{raw}");
    }
    // Decoded by an old script, its `;` stands there as such: nobody reads after us.
    let page = "https://help.acme-shoes.example/hc/x?a=1;b=2";
    let at = format!("{SSO}/access/jwt");
    let ways = |jwt: &str| {
        let both = format!("jwt={jwt}&return_to={page}");
        let posted = Request::post(&format!("{at}?return_to={page}"), &format!("jwt={jwt}"));
        vec![Request::get(&format!("{at}?{both}")), posted, Request::post(&at, &both)]
    };
    for way in 0..3 {
        let mut joe = begun(page);
        let request = ways(&app.assertion(SHOES, &json!({}))).swap_remove(way);
        assert_eq!(joe.send(&request.from(SHOES_SITE)).hand_off().return_to, page, "{way}");
    }
    // With a line break at the end, as templates and files have one.
    for around in ["%0A", "%0D%0A", "+", "%20%09"] {
        let mut joe = begun(page);
        let jwt = app.assertion(SHOES, &json!({}));
        let body = format!("jwt={around}{jwt}{around}");
        let post = Request::post(&at, &body);
        assert!(joe.send(&post.from(SHOES_SITE)).is_hand_off(), "{around}");
    }
    for broken in ["return_to=%zz", "return_to=%ff"] {
        let mut joe = begun(page);
        let jwt = app.assertion(SHOES, &json!({}));
        let post = Request::post(&format!("{SSO}/access/jwt"), &format!("jwt={jwt}&{broken}"));
        assert_eq!(joe.send(&post.from(SHOES_SITE)).hand_off().return_to, page, "{broken}");
    }

    let wins = [
        ("the brand's home", "https://help.acme-shoes.example/"),
        ("a page above", "https://help.acme-shoes.example/hc/en-us"),
        ("another page", "https://help.acme-shoes.example/hc/en-us/requests?page=3"),
        ("the account's", "https://acme.zendesk.com/hc"),
    ];
    for (what, posted) in wins {
        let mut joe = begun(page);
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(posted));
        assert_eq!(answer.hand_off().return_to, posted, "{what}");
    }
}

#[test]
fn a_remnant_finds_its_own_tab() {
    let app = App::start();
    let pages = [1, 2, 3].map(|tab| format!("https://help.acme-shoes.example/hc/{tab}?a=b&c=d"));
    let mut joe = app.browser();
    for page in &pages {
        joe.login(&format!("return_to={}", encoded(page)));
    }
    joe.login(TO_BOOTS);
    for page in &pages {
        let cut = page.split('&').next().unwrap();
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some(cut));
        assert_eq!(answer.hand_off().return_to, *page);
    }
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), Some("null"));
    assert_eq!(answer.hand_off().return_to, "https://help.acme-boots.example/hc/requests");
}

#[test]
fn a_site_that_drops_return_to_loses_nothing() {
    let app = App::start();
    let deep = "/hc/requests/208294?page=2&sort=asc&note=a%20b+c%2B&q=\"<é>'#comment_7";
    for query in [
        format!("brand_id=360000000003&return_to={}", encoded(deep)),
        format!("return_to={}", encoded(&format!("https://help.acme-coffee.example{deep}"))),
    ] {
        let mut joe = app.browser();
        joe.login(&query);
        let jwt = app.assertion(COFFEE, &json!({}));
        let answer = joe.follow("/backends/coffee-site/access/jwt", COFFEE_SITE, &jwt);
        assert_eq!(answer.hand_off().return_to, format!("https://help.acme-coffee.example{deep}"));
    }
}

#[test]
fn the_known_faults_of_old_scripts_are_forgiven() {
    let app = App::start();
    let now = app.clock.now();
    let honest = json!({"typ": "JWT", "alg": "HS256"});
    let float = f64::from(u32::try_from(now).unwrap()) + 0.75;
    let cases = [
        ("no typ", json!({"alg": "HS256"}), json!({}), ("name", json!("Joe"))),
        ("type for typ", json!({"type": "JWT", "alg": "HS256"}), json!({}), ("name", json!("Joe"))),
        ("a fraction of a second", honest.clone(), json!({"iat": float}), ("name", json!("Joe"))),
        (
            "a number for an id",
            honest.clone(),
            json!({"external_id": 7}),
            ("external_id", json!("boots_7")),
        ),
        ("end-user", honest.clone(), json!({"role": "end-user"}), ("role", json!("end_user"))),
        ("tags in one text", honest.clone(), json!({"tags": "a, b"}), ("tags", json!(["a", "b"]))),
        ("no name", honest.clone(), json!({"name": null}), ("name", json!("joe"))),
        ("a blank name", honest.clone(), json!({"name": " "}), ("name", json!("joe"))),
        ("no jti", honest.clone(), json!({"jti": null}), ("name", json!("Joe"))),
        ("more than we know", honest, json!({"eamil": "x", "foo": [1]}), ("foo", Value::Null)),
    ];
    for (what, header, changes, (claim, expected)) in cases {
        let mut joe = app.browser();
        joe.login(TO_BOOTS);
        let jwt = assertion::sign(&header, &assertion::claims(now, &changes), SHOES);
        let answer = joe.submit(SHOES_SITE, &jwt, None);
        let (_, claims) = assertion::read_by_zendesk(&answer.hand_off().jwt);
        assert_eq!(claims[claim], expected, "{what}");
    }
}

#[test]
fn padding_and_the_other_alphabet_are_read_as_they_were_signed() {
    let app = App::start();
    for (name, escaped) in [("??>>~", true), ("??>>~~", false)] {
        let (mut joe, mut thief) = (app.browser(), app.browser());
        joe.login(TO_SHOES);
        thief.login(TO_SHOES);
        let claims = assertion::claims(app.clock.now(), &json!({"name": name, "jti": null}));
        let jwt = assertion::sign_classic(&assertion::header(), &claims, SHOES);
        // A browser's form escapes it, an old script's redirect does not.
        let sent = if escaped { encoded(&jwt) } else { jwt.clone() };
        let answer = joe.follow("/access/jwt", SHOES_SITE, &sent);
        let (_, told) = assertion::read_by_zendesk(&answer.hand_off().jwt);
        assert_eq!(told["name"], name);
        let bare = jwt.trim_end_matches('=');
        let (message, signature) = bare.rsplit_once('.').unwrap();
        let respelt = format!("{message}.{}", signature.replace('+', "-").replace('/', "_"));
        for again in [encoded(&jwt), encoded(bare), encoded(&respelt), jwt.replace('+', "%20")] {
            let answer = thief.submit(SHOES_SITE, &again, None);
            assert_refused(&answer, 409, "assertion-used", &again);
        }
    }
}

#[test]
fn the_log_says_what_is_wrong_with_an_assertion() {
    let app = App::start();
    let now = app.clock.now();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let mut said_of = |jwt: &str| {
        let answer = joe.submit(SHOES_SITE, jwt, None);
        log::line(&answer.trace())["message"].as_str().unwrap().to_owned()
    };
    let bytes = |payload: &[u8]| assertion::sign_bytes(payload, SHOES);
    let cases = [
        (app.assertion(SHOES, &json!({"iat": "soon"})), "the claim `iat` is missing or"),
        (app.assertion(SHOES, &json!({"role": "boss"})), "the claim `role` is missing or"),
        (app.assertion(SHOES, &json!({"tags": [["a"]]})), "the claim `tags` is missing or"),
        (app.assertion(SHOES, &json!({"exp": now - 500})), "its `exp` is 50"),
        (app.assertion(SHOES, &json!({"iat": now - 4000})), "its `iat` is 400"),
        (app.assertion(SHOES, &json!({"iat": (now + 4000) * 1000})), "seconds ahead of our clock"),
        (bytes(b"{\"name\":\"J\xfcrgen\"}"), "its payload: it is not UTF-8"),
        (bytes(br#"{"name":"\ud83d"}"#), "its payload: it holds half of a surrogate pair"),
        (bytes(br#"{"iat":1,"iat":2}"#), "its payload: a name occurs twice in it"),
    ];
    for (jwt, part) in cases {
        let message = said_of(&jwt);
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn every_secret_of_the_list_verifies() {
    let app = App::start();
    for secret in [SHOES, OLD_SHOES] {
        assert!(app.browser().sign_in(TO_SHOES, secret, &json!({})).is_hand_off());
    }
}

#[test]
fn what_is_not_signed_as_agreed_is_refused() {
    let app = App::start();
    let claims = || assertion::claims(app.clock.now(), &json!({}));
    let sign = |header: Value| assertion::sign(&header, &claims(), SHOES);
    let good = sign(assertion::header());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (head, payload) = message.split_once('.').unwrap();
    let other = app.assertion(SHOES, &json!({"email": "boss@example.com"}));
    let other_payload = other.split('.').nth(1).unwrap();
    let cases = [
        ("no algorithm", sign(json!({"alg": "none"})), 403, "assertion-algorithm"),
        (
            "no algorithm and no signature",
            format!("{}.{payload}.", sign(json!({"alg": "none"})).split('.').next().unwrap()),
            403,
            "assertion-algorithm",
        ),
        ("None", sign(json!({"alg": "None"})), 403, "assertion-algorithm"),
        ("a public key's", sign(json!({"alg": "RS256", "typ": "JWT"})), 403, "assertion-algorithm"),
        ("a longer one", sign(json!({"alg": "HS512"})), 403, "assertion-algorithm"),
        ("in small letters", sign(json!({"alg": "hs256"})), 403, "assertion-algorithm"),
        ("nothing said", sign(json!({"typ": "JWT"})), 403, "assertion-algorithm"),
        ("a list", sign(json!({"alg": ["HS256"]})), 403, "assertion-algorithm"),
        (
            "an extension",
            sign(json!({"alg": "HS256", "crit": ["b64"]})),
            400,
            "assertion-unreadable",
        ),
        ("no signature", format!("{message}."), 403, "assertion-signature"),
        (
            "another's claims",
            format!("{head}.{other_payload}.{signature}"),
            403,
            "assertion-signature",
        ),
        ("a signature cut", good[..good.len() - 2].to_owned(), 403, "assertion-signature"),
        ("padding that is none", format!("{good}=="), 403, "assertion-signature"),
        ("padding that was not signed", good.replacen('.', "=.", 1), 400, "assertion-unreadable"),
        ("another backend's secret", app.assertion(COFFEE, &json!({})), 403, "assertion-signature"),
        ("Zendesk's own secret", app.assertion(ZENDESK, &json!({})), 403, "assertion-signature"),
        ("no secret", app.assertion("", &json!({})), 403, "assertion-signature"),
        ("no token", "nonsense".to_owned(), 400, "assertion-unreadable"),
        ("dots", "..".to_owned(), 400, "assertion-unreadable"),
        ("two parts", message.to_owned(), 400, "assertion-unreadable"),
        ("five parts", format!("{good}.a.b"), 403, "assertion-signature"),
        ("no JSON", format!("bm9wZQ.{payload}.{signature}"), 400, "assertion-unreadable"),
        ("blank", String::new(), 400, "no-token"),
    ];
    for (what, jwt, status, kind) in cases {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let answer = joe.submit(SHOES_SITE, &jwt, None);
        assert_refused(&answer, status, kind, what);
        assert!(answer.headers("set-cookie").is_empty(), "the flow stays: {what}");
        let honest = app.assertion(SHOES, &json!({}));
        assert!(joe.submit(SHOES_SITE, &honest, None).is_hand_off(), "and can be used: {what}");
    }
}

#[test]
fn an_assertion_has_its_time_and_its_audience() {
    let app = App::start();
    let now = app.clock.now();
    let good: (u16, &str) = (200, "");
    let old = (403, "assertion-too-old");
    let early = (403, "assertion-from-the-future");
    let wrong = (422, "assertion-invalid");
    let elsewhere = (403, "assertion-audience");
    let cases = [
        ("nearly three minutes old", json!({"iat": now - 150}), good),
        ("more than three minutes old", json!({"iat": now - 181}), old),
        ("hours old", json!({"iat": now - 3 * 3600}), old),
        ("from 1970", json!({"iat": 0}), old),
        ("nearly a minute ahead", json!({"iat": now + 50}), good),
        ("more than a minute ahead", json!({"iat": now + 90}), early),
        ("hours ahead", json!({"iat": now + 3 * 3600}), early),
        ("in milliseconds", json!({"iat": now * 1000}), good),
        ("in old milliseconds", json!({"iat": (now - 181) * 1000}), old),
        ("as a text", json!({"iat": now.to_string()}), good),
        ("as an old text", json!({"iat": (now - 181).to_string()}), old),
        (
            "as an old text that ends later",
            json!({"iat": (now - 181).to_string(), "exp": "2900000000"}),
            old,
        ),
        ("an end as a text", json!({"exp": (now - 61).to_string()}), old),
        ("a blank end", json!({"exp": ""}), good),
        ("a blank", json!({"iat": ""}), wrong),
        ("before 1970", json!({"iat": -1}), wrong),
        ("in words", json!({"iat": "now"}), wrong),
        ("no time at all", json!({"iat": null}), wrong),
        ("an end to come", json!({"exp": now + 60}), good),
        ("an end just over", json!({"exp": now - 30}), good),
        ("an end long over", json!({"exp": now - 61}), old),
        ("a beginning to come", json!({"nbf": now + 90}), early),
        ("a beginning just ahead", json!({"nbf": now + 50}), good),
        ("for us", json!({"aud": SSO}), good),
        ("for us and others", json!({"aud": ["https://x.example", SSO]}), good),
        ("for others", json!({"aud": "https://x.example"}), elsewhere),
        ("for nobody", json!({"aud": []}), elsewhere),
        ("with a slash", json!({"aud": format!("{SSO}/")}), elsewhere),
    ];
    for (what, changes, (status, kind)) in cases {
        let answer = app.browser().sign_in(TO_SHOES, SHOES, &changes);
        assert_eq!(answer.is_hand_off(), status == 200, "{what}: {}", answer.status);
        if status != 200 {
            assert_refused(&answer, status, kind, what);
        }
    }
}

#[test]
fn a_form_is_taken_as_agreed_and_not_otherwise() {
    let app = App::start();
    let url = format!("{SSO}/access/jwt");
    let jwt = app.assertion(SHOES, &json!({}));
    let body = format!("jwt={jwt}");
    let post = |body: &str| Request::post(&url, body).from(SHOES_SITE);
    let typed = |kind: &str| {
        Request::new("POST", &url)
            .from(SHOES_SITE)
            .with("content-type", kind)
            .with("content-length", "0")
    };
    let long = app.assertion(SHOES, &json!({"name": "x".repeat(13_000)}));
    let cases = [
        ("JSON", typed("application/json"), 415, "wrong-content-type"),
        ("several parts", typed("multipart/form-data; boundary=x"), 415, "wrong-content-type"),
        (
            "with another charset",
            typed("application/x-www-form-urlencoded; charset=iso-8859-1"),
            415,
            "wrong-content-type",
        ),
        (
            "with more",
            typed("application/x-www-form-urlencoded; boundary=x"),
            415,
            "wrong-content-type",
        ),
        ("plain text", typed("text/plain"), 415, "wrong-content-type"),
        (
            "no type",
            Request::new("POST", &url).with("content-length", "0"),
            415,
            "wrong-content-type",
        ),
        ("two types", post(&body).with("content-type", "text/plain"), 415, "wrong-content-type"),
        ("no token", post("return_to=%2Fhc"), 400, "no-token"),
        ("nothing", post(""), 400, "no-token"),
        ("an address only", Request::get(&url), 400, "no-token"),
        ("over 16 KB", post(&format!("jwt={long}")), 413, "token-too-large"),
        ("over 64 KB", post(&format!("{body}&x={}", "x".repeat(65 * 1024))), 413, "body-too-large"),
        ("far over 64 KB", post(&"x".repeat(900 * 1024)), 413, "body-too-large"),
        ("twice", post(&format!("{body}&{body}")), 400, "malformed-request"),
        (
            "in the address too",
            Request::post(&format!("{url}?{body}"), &body),
            400,
            "malformed-request",
        ),
        ("look-alikes", post(&format!("{body}&return.to=%2F")), 400, "malformed-request"),
        ("other letters", post(&format!("JWT={jwt}")), 400, "malformed-request"),
        ("a semicolon", post(&format!("{body};a=b")), 403, "assertion-signature"),
        ("a bad escape", post("jwt=%2"), 400, "malformed-request"),
        ("not UTF-8", post("jwt=%ff"), 400, "malformed-request"),
        ("PUT", Request::new("PUT", &url), 405, "method-not-allowed"),
        ("HEAD", Request::new("OPTIONS", &url), 405, "method-not-allowed"),
        (
            "a guess",
            Request::get(&format!("{url}?{body}")).with("sec-purpose", "prefetch"),
            503,
            "prefetch",
        ),
        (
            "a guess to render",
            Request::get(&format!("{url}?{body}")).with("sec-purpose", "prefetch;prerender"),
            503,
            "prefetch",
        ),
    ];
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    for (what, request, status, kind) in cases {
        let answer = joe.send(&request);
        assert_refused(&answer, status, kind, what);
        let allow = (status == 405).then_some("GET, POST");
        assert_eq!(answer.header("allow"), allow, "{what}");
    }
    let head = joe.send(&Request::new("HEAD", &format!("{url}?{body}")));
    assert_eq!((head.status, head.body.as_str()), (405, ""));
    assert!(joe.send(&post(&body)).is_hand_off(), "all that has used up nothing");
}

#[test]
fn the_old_get_and_a_return_to_in_the_address_are_taken() {
    let app = App::start();
    for path in ["/access/jwt", "/backends/shoes-site/access/jwt"] {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let jwt = app.assertion(SHOES, &json!({}));
        assert_eq!(joe.follow(path, SHOES_SITE, &jwt).hand_off().return_to, REQUESTS);
    }
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({}));
    let url = format!("{SSO}/access/jwt?return_to=%2Fhc%2Fa+b");
    let answer = joe.send(&Request::post(&url, &format!("jwt={jwt}")).from(SHOES_SITE));
    assert_eq!(answer.hand_off().return_to, "https://help.acme-shoes.example/hc/a+b");
    let refused =
        app.browser().send(&Request::get(&format!("{SSO}/backends/nobody/access/jwt?jwt=a.b.c")));
    assert_refused(&refused, 404, "not-found", "a backend that is nobody");
}

#[test]
fn a_form_may_say_its_charset_and_an_address_end_with_a_slash() {
    let app = App::start();
    let kinds = [
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "Application/X-WWW-Form-Urlencoded ; Charset=\"utf-8\"",
        "application/x-www-form-urlencoded;",
    ];
    for kind in kinds {
        for path in ["/access/jwt", "/access/jwt/", "/backends/shoes-site/access/jwt/"] {
            let mut joe = app.browser();
            let login = Request::get(&format!("{SSO}/login/?{TO_SHOES}"));
            joe.send(&login.from("https://acme.zendesk.com")).location();
            let body = format!("jwt={}", app.assertion(SHOES, &json!({})));
            let post = Request::new("POST", &format!("{SSO}{path}")).with_body(&body);
            let answer = joe.send(&post.with("content-type", kind).from(SHOES_SITE));
            assert!(answer.is_hand_off(), "{path}: {kind}");
        }
    }
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({}));
    // As Zendesk's plugin for WordPress builds it.
    let url = format!("{SSO}/access/jwt/?action=zendesk-remote-login&return_to=%2Fhc&jwt={jwt}");
    assert!(joe.send(&Request::get(&url).from(SHOES_SITE)).is_hand_off());
}

#[test]
fn one_backend_speaks_for_its_own_brands_alone() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_COFFEE);
    let jwt = app.assertion(SHOES, &json!({}));
    assert_refused(
        &joe.submit(SHOES_SITE, &jwt, None),
        403,
        "assertion-signature",
        "its key is not tried",
    );
    let answer = joe.submit_to("shoes-site", SHOES_SITE, &jwt);
    assert_refused(&answer, 400, "flow-foreign", "nobody asked it");
}
