//! What stops sign-ins at once: `closed` and `deny`.

use serde_json::json;

use crate::support::app::{
    App, SHOES_SITE, SSO, STRANGER, TO_COFFEE, TO_SHOES, assert_refused, encoded,
};
use crate::support::assertion::{COFFEE, SHOES, STAFF};
use crate::support::browser::Request;
use crate::support::log;

const SAID: &str = "closed: 'Back on <b>Monday</b>, & not before'\n    backend: shoes-site\n    \
                    identity:\n      external_id_prefix: shoes_";
const SHOES_BRAND: &str = "backend: shoes-site\n    identity:\n      external_id_prefix: shoes_";
const TO_AGENTS: &str =
    "brand_id=360000000001&return_to=https%3A%2F%2Fhelp.acme-shoes.example%2Fagent%2F7";

#[test]
fn nobody_begins_at_a_brand_that_is_closed_and_everybody_is_told_why() {
    let app = App::start();
    app.reload(&[(SHOES_BRAND, SAID)]);
    let start = format!("{SSO}/start/shoes?to=/hc");
    let agents = format!("{SSO}/login?{TO_AGENTS}");
    for address in [&format!("{SSO}/login?{TO_SHOES}"), &start, &agents] {
        let answer = app.browser().send(&Request::get(address));
        assert_refused(&answer, 403, "closed", address);
        assert!(answer.body.contains("Back on &#60;b&#62;Monday&#60;/b&#62;, &#38; not before"));
        assert_eq!(answer.header("retry-after"), None);
        // No link leads straight back here.
        let links = ["https://help.acme-shoes.example/", "mailto:help@acme-shoes.example"];
        assert_eq!(answer.links(), links, "{address}");
        let line = log::line(&answer.trace());
        assert_eq!((&line["brand.name"], &line["fault"]), (&json!("shoes"), &json!("client")));
        assert_eq!(line["message"], "the brand is closed");
    }
    assert_eq!(app.browser().login(TO_COFFEE).status, 302, "other brands go on");
    let answer = app.browser().logout(TO_SHOES);
    assert!(answer.location().starts_with("https://www.acme-shoes.example/zdlogout.php"));
}

#[test]
fn people_are_told_in_their_language_why_sign_in_is_closed() {
    let app = App::start();
    let said = SHOES_BRAND.replacen(
        "backend:",
        "closed: { fr: Retour lundi, de: 'Ab Montag <b>' }\n    backend:",
        1,
    );
    app.reload(&[(SHOES_BRAND, &said)]);
    let address = format!("{SSO}/login?{TO_SHOES}");
    // (what the browser wishes, the page's language, what is said, in which language)
    for (wish, page, told, language) in [
        ("de", "de", "Ab Montag &#60;b&#62;", "de"),
        ("fr-CA", "fr", "Retour lundi", "fr"),
        ("ja", "ja", "Ab Montag &#60;b&#62;", "de"),
        ("en", "en", "Ab Montag &#60;b&#62;", "de"),
    ] {
        let answer = app.browser().send(&Request::get(&address).with("accept-language", wish));
        assert_refused(&answer, 403, "closed", wish);
        let html = format!("<p lang=\"{language}\" dir=\"auto\">{told}</p>");
        assert!(answer.body.contains(&html), "{wish}: {}", answer.body);
        assert!(answer.body.contains(&format!("<html lang=\"{page}\"")), "{wish}");
    }
}

#[test]
fn a_sign_in_under_way_ends_at_the_reload_and_goes_on_when_it_is_opened_again() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let mut other = app.browser();
    other.login(TO_COFFEE);
    let mut asked = app.browser();
    asked.login(TO_SHOES);
    let question = asked.submit(STRANGER, &app.assertion(SHOES, &json!({})), None);
    let answered = question.field("confirmation");

    let backend = (
        "login_url: https://www.acme-shoes",
        "closed: Later\n    login_url: https://www.acme-shoes",
    );
    for change in [(SHOES_BRAND, SAID), backend] {
        app.reload(&[change]);
        let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
        assert_refused(&answer, 403, "closed", "an assertion for an open flow");
        assert_refused(&asked.confirm(&answered), 403, "closed", "an answer to the question");
        let answer = joe.submit_to("shoes-site", SHOES_SITE, &app.assertion(SHOES, &json!({})));
        assert_refused(&answer, 403, "closed", "at the backend's own address");
        let forged = joe.submit(SHOES_SITE, &app.assertion(COFFEE, &json!({})), None);
        assert_refused(&forged, 403, "assertion-signature", "of somebody else");
    }
    let jwt = app.assertion(COFFEE, &json!({ "external_id": 9 }));
    assert!(other.submit(STRANGER, &jwt, None).body.contains("confirmation"), "others go on");

    app.reload(&[]);
    let answer = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(answer.is_hand_off(), "the flow is not used up");
    assert!(asked.confirm(&answered).is_hand_off(), "nor is the question");
}

#[test]
fn a_backend_is_closed_by_itself_wherever_it_signs_people_in() {
    let app = App::start();
    let closed = "closed: The staff sign-in is being repaired.\n    login_url: https://intranet";
    let mut ann = app.browser();
    ann.login(TO_AGENTS);
    app.reload(&[("login_url: https://intranet", closed)]);
    let answer = app.browser().login(TO_AGENTS);
    assert_refused(&answer, 403, "closed", "the route");
    assert!(answer.text().contains("The staff sign-in is being repaired."));
    let line = log::line(&answer.trace());
    assert_eq!(line["message"], "the backend is closed");
    let jwt = app.assertion(STAFF, &json!({ "email": "ann@acme.example", "aud": SSO }));
    let answer = ann.submit("https://intranet.acme.example", &jwt, None);
    assert_refused(&answer, 403, "closed", "an open flow");
    assert_eq!(app.browser().login(TO_SHOES).status, 302, "the brand's own backend goes on");
}

#[test]
fn a_site_that_starts_by_itself_stops_too() {
    let app = App::start();
    let coffee = "backend: coffee-site";
    app.reload(&[(coffee, &format!("closed: Later\n    {coffee}"))]);
    let jwt = app.assertion(COFFEE, &json!({}));
    let to = "https://help.acme-coffee.example/hc";
    let answer = app.browser().submit("https://login.acme-coffee.example", &jwt, Some(to));
    assert_refused(&answer, 403, "closed", "unsolicited");
    let jwt = app.assertion(COFFEE, &json!({ "external_id": 8 }));
    let form = format!("jwt={jwt}&return_to={}", encoded(to));
    let request = Request::post(&format!("{SSO}/backends/coffee-site/access/jwt"), &form);
    assert_refused(&app.send(&request), 403, "closed", "of a program");
}

/// `printf %s email:joe@example.com | openssl dgst -sha256 -hmac deny-key-of-the-journeys-0123456789abc`
const JOES_HASH: &str = "4777e731712d85cdde7070a872e7976ce32d5a90e01057c4114f737f77a26035";

#[test]
fn a_person_who_is_denied_is_refused_in_the_middle_of_a_sign_in() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(TO_SHOES);
    let mut asked = app.browser();
    asked.login(TO_SHOES);
    let question = asked.submit(STRANGER, &app.assertion(SHOES, &json!({})), None);
    let answered = question.field("confirmation");
    let deny = |what: &str| format!("deny: {{ {what} }}\nbackends:\n  shoes-site:");
    let by_hash =
        format!("hashes: [{JOES_HASH}], key: {{ value: deny-key-of-the-journeys-0123456789abc }}");
    for who in ["emails: [Joe@EXAMPLE.com]", "external_ids: [SHOES_7]", &by_hash] {
        app.reload(&[("backends:\n  shoes-site:", &deny(who))]);
        let jwt = app.assertion(SHOES, &json!({ "email": "jOE@example.com" }));
        let answer = joe.submit(SHOES_SITE, &jwt, None);
        assert_refused(&answer, 403, "person-denied", who);
        assert_eq!(answer.links()[0], "mailto:help@acme-shoes.example", "support comes first");
        assert!(!log::line(&answer.trace()).to_string().contains("example.com"), "{who}");
        assert_refused(&asked.confirm(&answered), 403, "person-denied", who);
        let ann = json!({ "email": "ann@example.com", "external_id": 8 });
        let ann = app.browser().sign_in(TO_SHOES, SHOES, &ann);
        assert!(ann.is_hand_off(), "others go on");
    }
    app.reload(&[]);
    assert!(asked.confirm(&answered).is_hand_off());
}
