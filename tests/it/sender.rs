//! The sender: whose page submitted the assertion.

use serde_json::json;

use crate::support::app::{
    App, COFFEE_SITE, SHOES_SITE, SSO, STRANGER, TO_COFFEE, TO_SHOES, submission,
};
use crate::support::assertion::{COFFEE, SHOES};
use crate::support::browser::Request;

#[test]
fn a_site_that_may_goes_straight_on_and_any_other_is_asked_about() {
    let app = App::start();
    let cases = [
        ("the backend's own page", SHOES_SITE, true),
        ("a host of the brand", "https://help.acme-shoes.example", true),
        ("its other host", "https://acme-shoes.zendesk.com", true),
        ("the account", "https://acme.zendesk.com", true),
        ("a stranger", STRANGER, false),
        ("another brand's host", "https://help.acme-boots.example", false),
        ("another backend", COFFEE_SITE, false),
        ("the same host in the clear", "http://www.acme-shoes.example", false),
        ("the same host on another port", "https://www.acme-shoes.example:8443", false),
        ("beneath it", "https://x.www.acme-shoes.example", false),
        ("a name that begins like it", "https://www.acme-shoes.example.evil.example", false),
    ];
    for (what, site, is_trusted) in cases {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let answer = joe.submit(site, &app.assertion(SHOES, &json!({})), None);
        assert_eq!(answer.is_hand_off(), is_trusted, "{what}");
        if !is_trusted {
            assert_eq!(answer.title(), "Continue to Acme Shoes as j•••@example.com?", "{what}");
            assert!(answer.text().contains(site), "{what}: the page names the site");
        }
    }
}

#[test]
fn listed_origins_take_the_place_of_the_login_pages() {
    let app = App::start();
    for (site, is_trusted) in [(COFFEE_SITE, true), ("https://www.acme-coffee.example", false)] {
        let mut joe = app.browser();
        joe.login(TO_COFFEE);
        let answer = joe.submit(site, &app.assertion(COFFEE, &json!({})), None);
        assert_eq!(answer.is_hand_off(), is_trusted, "{site}");
    }
}

#[test]
fn the_referer_counts_where_there_is_no_origin() {
    let app = App::start();
    let page = format!("{SHOES_SITE}/zdlogin.php?a=b");
    let page = page.as_str();
    let evil = "https://evil.example/https://www.acme-shoes.example/";
    let cases = [
        (
            "an origin that hides, a page that may",
            &[("origin", "null"), ("referer", page)][..],
            true,
        ),
        ("no origin, a page that may", &[("referer", page)], true),
        ("an origin before the page", &[("origin", STRANGER), ("referer", page)], false),
        ("another's page", &[("origin", "null"), ("referer", evil)], false),
        ("nothing to go by", &[("origin", "null")], false),
        ("a page without an address", &[("referer", "about:blank")], false),
        ("nonsense", &[("origin", "nonsense")], false),
        ("two origins", &[("origin", SHOES_SITE), ("origin", STRANGER)], false),
        ("blank", &[("origin", "")], false),
    ];
    for (what, headers, is_trusted) in cases {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let request = submission("/access/jwt", &app.assertion(SHOES, &json!({})), None);
        let request = request.from(STRANGER).without("origin").without("referer");
        let request = headers.iter().fold(request, |it, header| it.with(header.0, header.1));
        let answer = joe.send(&request);
        assert_eq!(answer.status, 200, "{what}");
        assert_eq!(answer.is_hand_off(), is_trusted, "{what}");
    }
}

#[test]
fn who_says_nothing_at_all_is_no_browser() {
    let app = App::start();
    let cases = [
        (
            "no word of a site",
            &["origin", "referer", "sec-fetch-site", "sec-fetch-dest", "sec-fetch-mode"][..],
            true,
        ),
        ("a browser that hides its page", &["origin", "referer"], false),
        ("one that says what it wants it for", &["origin", "referer", "sec-fetch-site"], false),
    ];
    for (what, hidden, is_served) in cases {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let request = submission("/access/jwt", &app.assertion(SHOES, &json!({})), None);
        let request = hidden.iter().fold(request.from(STRANGER), |it, name| it.without(name));
        assert_eq!(joe.send(&request).is_hand_off(), is_served, "{what}");
    }
}

#[test]
fn a_redirect_of_an_old_script_counts_like_a_page() {
    let app = App::start();
    for (site, is_trusted) in [(SHOES_SITE, true), (STRANGER, false)] {
        let mut joe = app.browser();
        joe.login(TO_SHOES);
        let answer = joe.follow("/access/jwt", site, &app.assertion(SHOES, &json!({})));
        assert_eq!(answer.is_hand_off(), is_trusted, "{site}");
    }
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let jwt = app.assertion(SHOES, &json!({}));
    let typed = joe.send(&Request::get(&format!("{SSO}/access/jwt?jwt={jwt}")));
    assert!(!typed.is_hand_off(), "an address that somebody sent by mail");
}

#[test]
fn our_own_page_vouches_only_for_the_one_backend_that_it_led_to() {
    let app = App::start();
    let from_mail = |query: &str| Request::get(&format!("{SSO}/login?{query}"));
    let shoes = || app.assertion(SHOES, &json!({}));
    // (what, what was opened before, whether the shoes' assertion goes straight on)
    let cases = [
        (
            "a page of ours that led nowhere",
            vec![from_mail(TO_SHOES).from("https://acme.zendesk.com")],
            false,
        ),
        ("by mail", vec![from_mail(TO_SHOES)], true),
        ("by mail, twice", vec![from_mail(TO_SHOES), from_mail(TO_SHOES)], true),
        ("our list of brands", vec![from_mail(TO_SHOES).from(SSO)], true),
        // Each of these sites may redirect to `/access/jwt`, with anybody's assertion.
        ("the coffee last", vec![from_mail(TO_SHOES), from_mail(TO_COFFEE)], false),
        (
            "the coffee first, which answers late",
            vec![from_mail(TO_COFFEE), from_mail(TO_SHOES)],
            false,
        ),
        (
            "the coffee, which opens the shoes",
            vec![
                from_mail(TO_COFFEE),
                from_mail(TO_SHOES).from(SSO),
                from_mail(TO_SHOES).from(SSO),
            ],
            false,
        ),
        (
            "a site that says nothing to us",
            vec![from_mail(TO_SHOES), from_mail("brand_id=360000000004").from(SSO)],
            false,
        ),
    ];
    for (what, opened, is_trusted) in cases {
        let mut joe = app.browser();
        for request in opened {
            joe.send(&request);
        }
        let answer = joe.follow("/access/jwt", SSO, &shoes());
        assert_eq!(answer.is_hand_off(), is_trusted, "{what}");
        if !is_trusted {
            assert_eq!(answer.title(), "Continue to Acme Shoes as j•••@example.com?", "{what}");
        }
    }
    let mut joe = app.browser();
    joe.send(&from_mail(TO_COFFEE));
    app.clock.advance(3601);
    joe.send(&from_mail(TO_SHOES));
    assert!(joe.follow("/access/jwt", SSO, &shoes()).is_hand_off(), "an hour later");
}

#[test]
fn of_two_sign_ins_that_begin_in_one_tick_our_page_vouches_for_neither() {
    let app = App::start();
    let from_mail = |query: &str| Request::get(&format!("{SSO}/login?{query}"));
    for (first, second) in [(TO_SHOES, TO_COFFEE), (TO_COFFEE, TO_SHOES)] {
        let mut joe = app.browser();
        // Each is answered before the browser has what the other sets.
        let late = joe.clone().send(&from_mail(second));
        joe.send(&from_mail(first));
        for cookie in late.headers("set-cookie") {
            joe.jar.take("sso.acme.example", cookie, &app.clock);
        }
        for (key, backend) in [(SHOES, "shoes"), (COFFEE, "coffee")] {
            let answer = joe.clone().follow("/access/jwt", SSO, &app.assertion(key, &json!({})));
            assert!(!answer.is_hand_off(), "{backend}: {first}, then {second}");
            assert!(answer.title().starts_with("Continue to Acme "), "{}", answer.title());
        }
    }
}
