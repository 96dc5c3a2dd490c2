//! In which language people are spoken to: the one of their help center, all the way.

use serde_json::json;

use crate::support::answer::Answer;
use crate::support::app::{App, BRANDS, SHOES_SITE, SSO, STRANGER, TO_SHOES, assert_refused};
use crate::support::assertion::{COFFEE, SHOES};
use crate::support::browser::{Browser, Request};

/// A brand whose people sign in at a form of ours.
const TEA: &str = "  native:
    type: zendesk
  pool:
    type: cognito
    region: eu-central-1
    client_id: tea
";
const TO_TEA: &str = "brand_id=7&return_to=https%3A%2F%2Facme-tea.zendesk.com%2Fhc";

fn app_with_tea() -> App {
    let native = "  native:\n    type: zendesk\n";
    let yaml = BRANDS.replacen(native, TEA, 1);
    let tea = "brands:\n  tea: { name: Acme Tea, brand_id: 7, hosts: [acme-tea.zendesk.com], \
               backend: pool }\n";
    App::with(&yaml.replacen("brands:\n", tea, 1))
}

/// The language that the page says it is in; it has to say the same wherever it says it.
#[track_caller]
fn language(answer: &Answer) -> &str {
    let language = answer.header("content-language").unwrap();
    let direction = if language == "ar" { "rtl" } else { "ltr" };
    let root = format!("<html lang=\"{language}\" dir=\"{direction}\">");
    assert!(answer.body.contains(&root), "{}", answer.body);
    assert_eq!(answer.header("vary"), Some("accept-language"));
    language
}

#[test]
fn a_page_is_in_the_language_of_the_help_center_then_of_the_browser() {
    let app = App::start();
    // (query, Accept-Language, language)
    let cases = [
        ("", None, "en"),
        ("", Some("pt-PT,en;q=0.5"), "pt-BR"),
        ("", Some("zh-Hant-HK"), "zh-TW"),
        ("locale_id=67", None, "ja"),
        ("locale_id=67", Some("de"), "ja"),
        ("locale_id=66&", Some("de"), "ar"),
        ("a=b&locale_id=8&c=d", Some("fr"), "de"),
        ("locale_id=13", Some("fr"), "fr"),
        ("locale_id=", Some("fr"), "fr"),
        ("locale_id=0", Some("fr"), "fr"),
        ("locale_id=-8", Some("fr"), "fr"),
        ("locale_id=99999999999999999999", Some("fr"), "fr"),
        ("locale_id=%38", Some("fr"), "fr"),
        ("my_locale_id=8", Some("fr"), "fr"),
    ];
    for (query, wish, expected) in cases {
        for path in ["/login", "/logout", "/start/nobody"] {
            let request = Request::get(&format!("{SSO}{path}?{query}"));
            let request = match wish {
                Some(wish) => request.with("accept-language", wish),
                None => request,
            };
            assert_eq!(language(&app.send(&request)), expected, "{path}?{query}, {wish:?}");
        }
    }
}

#[test]
fn a_form_of_ours_speaks_the_language_in_which_the_sign_in_began() {
    let app = app_with_tea();
    let mut joe = app.new_browser();
    let at_form = |joe: &mut Browser, query: &str| {
        let login = Request::get(&format!("{SSO}/login?{query}")).from("https://acme.zendesk.com");
        let form = joe.send(&login).location().to_owned();
        joe.send(&Request::get(&form).with("accept-language", "fr"))
    };
    let japanese = at_form(&mut joe, &format!("{TO_TEA}&locale_id=67"));
    assert_eq!((language(&japanese), japanese.title()), ("ja", "Acme Teaにサインイン".into()));
    // The other tab's stays as it is, and one that began without a word is in the browser's.
    let german = at_form(&mut joe, &format!("{TO_TEA}%2Fb&locale_id=8"));
    assert_eq!(language(&german), "de");
    let french = at_form(&mut joe, &format!("{TO_TEA}%2Fc"));
    assert_eq!((language(&french), french.title()), ("fr", "Se connecter à Acme Tea".into()));
    let again = Request::get(&japanese.url).with("accept-language", "fr");
    assert_eq!(language(&joe.send(&again)), "ja");
}

#[test]
fn the_hand_off_and_what_goes_wrong_on_the_way_speak_it_too() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(&format!("{TO_SHOES}&locale_id=66"));
    let wrong = joe.submit(SHOES_SITE, &app.assertion(COFFEE, &json!({})), None);
    assert_eq!((wrong.status, language(&wrong)), (403, "ar"));
    let done = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(done.is_hand_off());
    assert_eq!(language(&done), "ar");
    assert!(done.title().contains("\u{2068}Acme Shoes\u{2069}"), "{}", done.title());
    let used = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert_refused(&used, 409, "flow-used", "the second time");
    assert_eq!(language(&used), "ar");
}

#[test]
fn of_two_tabs_each_is_handed_off_in_its_own_language() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(&format!("{TO_SHOES}&locale_id=67"));
    app.clock.advance(1);
    joe.login(&format!("{TO_SHOES}%2Fnew&locale_id=8"));
    // The older one's, although the other is newer.
    let older = Some("https://help.acme-shoes.example/hc/requests");
    let done = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), older);
    assert!(done.is_hand_off());
    assert_eq!(language(&done), "ja");
    let done = joe.submit(SHOES_SITE, &app.assertion(SHOES, &json!({})), None);
    assert!(done.is_hand_off());
    assert_eq!(language(&done), "de");
}

#[test]
fn a_flow_whose_time_is_up_says_the_language_only_where_it_is_told_of() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(&format!("{TO_SHOES}&locale_id=67"));
    app.clock.advance(4000);
    let jwt = app.assertion(SHOES, &json!({}));
    let late = joe.submit(SHOES_SITE, &jwt, None);
    assert_refused(&late, 410, "flow-expired", "after lunch");
    assert_eq!(language(&late), "ja");
    let reloaded = joe.send(&Request::get(&format!("{SSO}/access/jwt")));
    assert_refused(&reloaded, 410, "flow-expired", "its page without the token");
    assert_eq!(language(&reloaded), "ja");
    let other = joe.submit(SHOES_SITE, &jwt, Some("https://help.acme-boots.example/hc"));
    assert_refused(&other, 400, "flow-missing", "another brand's");
    assert_eq!(language(&other), "en");
    assert_eq!(language(&joe.logout("kind=error&message=x")), "en");
    joe.login(TO_SHOES);
    let wrong = joe.submit(SHOES_SITE, &app.assertion(COFFEE, &json!({})), None);
    assert_eq!((wrong.status, language(&wrong)), (403, "en"), "a new one");
}

#[test]
fn the_question_whether_to_continue_and_its_answer_speak_it_too() {
    let app = App::start();
    let mut joe = app.browser();
    joe.login(&format!("{TO_SHOES}&locale_id=1005"));
    let jwt = app.assertion(SHOES, &json!({}));
    let question = joe.submit(STRANGER, &jwt, None);
    assert_eq!((question.status, language(&question)), (200, "nl"));
    let done = joe.confirm(&question.field("confirmation"));
    assert!(done.is_hand_off());
    assert_eq!(language(&done), "nl");
}
