//! Each page, once as it is meant and once with what an attacker would put into it.

use std::{fs, path::Path};

use super::*;
use crate::backend::cognito::StandardAttribute;
use crate::domain::LocalizedText;
use crate::web::page::hand_off::HandOffPage;
use crate::web::page::sign_in::{Ask, ChallengePage, Field, FormProblem, SignInPage};

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}&amp;";

fn shoes() -> BrandLook {
    BrandLook {
        name: "Acme Shoes".to_owned(),
        logo: Some("https://cdn.example/shoes.svg".to_owned()),
        support: Some("mailto:help@acme-shoes.example".to_owned()),
        stylesheet: Some("/assets/brands/shoes.css".to_owned()),
        note: None,
    }
}

/// A brand that tries to leave every place it is written to.
fn hostile() -> BrandLook {
    BrandLook {
        name: HOSTILE.to_owned(),
        logo: Some(format!("https://cdn.example/{HOSTILE}")),
        support: Some(format!("mailto:{HOSTILE}")),
        stylesheet: Some(HOSTILE.to_owned()),
        note: Some(LocalizedText::ByLanguage([("en", HOSTILE.into())].into())),
    }
}

/// Every page, filled with one brand and one text.
fn every_page(texts: &Texts, look: &BrandLook, text: &str) -> Vec<(&'static str, Page)> {
    let brand = || BrandLink { name: &look.name, href: text, logo: look.logo.as_deref() };
    let brands = BrandsPage {
        texts,
        brands: vec![brand(), BrandLink { logo: None, ..brand() }],
        search: Some(BrandSearch {
            text,
            return_to: Some(text),
            before: Some(text.to_owned()),
            after: Some(text.to_owned()),
        }),
    };
    let hand_off = HandOffPage {
        texts,
        look,
        action: text,
        jwt: text,
        return_to: text,
        nonce: &Nonce::new([7; 16]),
    };
    let nonce = Nonce::new([7; 16]);
    let ticket = TicketPage { texts, sender: text, nonce: &nonce };
    let confirm = ConfirmPage {
        texts,
        look,
        email: text,
        because: AskedBecause::Site(text),
        confirmation: text,
        brand_id: "7".parse().ok(),
        return_to: text,
        not_me: text,
        trace: text,
    };
    let onward = OnwardPage { texts, location: text, nonce: &nonce };
    let not_me = NotMePage { texts, look, site: text, again: text };
    let action = Some(Action::home(text.to_owned()));
    let signed_out = SignedOutPage { texts, look: Some(look), action: action.clone() };
    let error = ErrorPage {
        texts,
        look: Some(look),
        kind: "internal",
        parameter: None,
        said: Some((None, text)),
        trace: text,
        actions: [Action::try_again, Action::home, Action::go_on]
            .map(|act| act(text.to_owned()))
            .into(),
    };
    let sign_in = SignInPage {
        texts,
        look,
        action: text,
        token: text,
        email: text,
        register_url: Some(text),
        forgot_url: Some(text),
        problem: Some(FormProblem { kind: "challenge-over", trace: text }),
        nonce: &nonce,
    };
    let challenge = ChallengePage {
        texts,
        look,
        action: text,
        token: text,
        challenge: text,
        account: text,
        ask: Ask::NewPassword(Field::of(&StandardAttribute::ALL)),
        problem: Some(FormProblem { kind: "code-expired", trace: text }),
        nonce: &nonce,
    };
    vec![
        ("sign_in", sign_in.page().unwrap()),
        ("challenge", challenge.page().unwrap()),
        ("brands", brands.page().unwrap()),
        ("hand_off", hand_off.page().unwrap()),
        ("ticket", ticket.page().unwrap()),
        ("confirm", confirm.page().unwrap()),
        ("signed_out", signed_out.page().unwrap()),
        ("error", error.page().unwrap()),
        ("home", HomePage { texts, action }.page().unwrap()),
        ("onward", onward.page().unwrap()),
        ("not_me", not_me.page().unwrap()),
    ]
}

#[test]
fn a_hostile_text_adds_no_element_and_no_attribute_to_any_page() {
    let texts = Texts::english().unwrap();
    let plain = BrandLook {
        note: Some(LocalizedText::ByLanguage([("en", "We answer by noon.".into())].into())),
        ..shoes()
    };
    let ordinary = every_page(&texts, &plain, "https://acme.example/?a=1&b=2");
    let hostile = every_page(&texts, &hostile(), HOSTILE);
    for ((what, plain), (_, attacked)) in ordinary.iter().zip(hostile) {
        for sign in ['<', '>', '"'] {
            let count = |html: &str| html.matches(sign).count();
            assert_eq!(count(&plain.html), count(&attacked.html), "{what}: {sign}");
        }
        assert!(!attacked.html.contains("<script>"), "{what}");
        assert!(!attacked.policy.contains("alert"), "{what}");
        {
            assert!(attacked.html.contains("&#60;script&#62;alert(1)"), "{what} shows the text");
        }
    }
}

#[test]
fn every_page_can_be_read_by_a_screen_reader_and_holds_nothing_its_policy_forbids() {
    let languages = Texts::every();
    let pages = languages.iter().flat_map(|texts| {
        let pages = every_page(texts, &shoes(), "https://acme.example/");
        pages.into_iter().map(move |page| (texts, page))
    });
    for (texts, (what, Page { html, policy, language })) in pages {
        assert_eq!(language, texts.language(), "{what}");
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        let root = format!("<html lang=\"{language}\" dir=\"{direction}\">");
        assert!(html.starts_with("<!DOCTYPE html>"), "{what}");
        for once in [root.as_str(), "<title>", "<main>", "name=\"viewport\""] {
            assert_eq!(html.matches(once).count(), 1, "{what}: {once}");
        }
        assert!(html.contains("<h1>") && !html.contains("<title></title>"), "{what}");
        for forbidden in [" style=", "<style", " onclick", " onload", " onsubmit", "javascript:"] {
            assert!(!html.contains(forbidden), "{what}: {forbidden}");
        }
        let has_script = matches!(what, "hand_off" | "ticket" | "onward" | "sign_in" | "challenge");
        assert_eq!(html.matches("<script").count(), usize::from(has_script), "{what}");
        assert_eq!(policy.contains("script-src 'nonce-"), has_script, "{what}");
        assert!(policy.starts_with("default-src 'none'; "), "{what}");
        assert!(policy.ends_with("; frame-ancestors 'none'"), "{what}");
    }
}

#[test]
fn a_link_that_leaves_does_not_say_that_it_is_ours() {
    const SUPPORT: &str = "https://support.example/";
    const SITE: &str = "https://site.example/";
    let look = BrandLook { support: Some(SUPPORT.to_owned()), ..shoes() };
    let texts = Texts::english().unwrap();
    let mut pages = every_page(&texts, &look, SITE);
    let page = |kind, actions| {
        let look = Some(&look);
        ErrorPage { texts: &texts, look, kind, parameter: None, said: None, trace: "T", actions }
            .page()
            .unwrap()
    };
    let leaving =
        [Action::reset_password, Action::registered, |href| Action::start_again(href).elsewhere()];
    pages.push(("leaving", page("loop", leaving.map(|act| act(SITE.to_owned())).into())));
    pages.push(("staying", page("no-token", vec![Action::start_again(SITE.to_owned())])));
    let mut found = Vec::new();
    for (what, Page { html, .. }) in pages {
        for link in html.split("<a ").skip(1) {
            let (link, _) = link.split_once('>').unwrap();
            let is_silent = link.ends_with(" rel=\"noreferrer\"");
            assert!(is_silent || !link.contains(SUPPORT), "{what}: {link}");
            if link.contains(SITE) {
                found.push((what, is_silent));
            }
        }
    }
    let count = |what, is_silent| found.iter().filter(|it| **it == (what, is_silent)).count();
    assert_eq!((count("sign_in", true), count("sign_in", false)), (2, 0), "{found:?}");
    // The site, and our own address.
    assert_eq!((count("not_me", true), count("not_me", false)), (1, 1), "{found:?}");
    assert_eq!((count("leaving", true), count("leaving", false)), (3, 0), "{found:?}");
    // Positive controls: who comes by these is to say that they come from us.
    assert_eq!((count("staying", true), count("staying", false)), (0, 1), "{found:?}");
    assert_eq!((count("onward", true), count("onward", false)), (0, 2), "{found:?}");
}

#[test]
fn every_template_of_a_page_is_rendered_here() {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut pages: Vec<String> = fs::read_dir(templates)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            text.contains("{% extends \"base.html\" %}") || path.ends_with("onward.html")
        })
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut rendered: Vec<&str> = every_page(&Texts::english().unwrap(), &shoes(), "")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    pages.sort_unstable();
    rendered.sort_unstable();
    assert_eq!(pages, rendered);
}

#[test]
fn the_hand_off_posts_while_it_is_parsed_and_keeps_no_token() {
    let texts = Texts::english().unwrap();
    let page = HandOffPage {
        texts: &texts,
        look: &shoes(),
        action: "https://acme.zendesk.com/access/jwt",
        jwt: "eyJh.eyJp.c2ln",
        return_to: "https://help.acme-shoes.example/hc/requests?a=1&b=2",
        nonce: &Nonce::new([0xfb; 16]),
    };
    let Page { html, policy, .. } = page.page().unwrap();
    assert_eq!(
        policy,
        "default-src 'none'; script-src 'nonce-+/v7+/v7+/v7+/v7+/v7+w=='; style-src 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    insta::assert_snapshot!(html, @r##"
    <!DOCTYPE html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>Signing you in to Acme Shoes…</title>
    <link rel="stylesheet" href="/assets/brandgate.css">
    <link rel="stylesheet" href="/assets/brands/shoes.css">
    </head>
    <body>
    <header><p class="name">Acme Shoes</p></header>
    <main>
    <div id="under-way">
    <div role="status">
    <span class="spinner" aria-hidden="true"></span>
    <h1>Signing you in to Acme Shoes…</h1>
    <p>This takes only a moment.</p>
    </div>
    <form id="hand-off" method="post" action="https://acme.zendesk.com/access/jwt" autocomplete="off">
    <input type="hidden" name="jwt" value="eyJh.eyJp.c2ln">
    <input type="hidden" name="return_to" value="https://help.acme-shoes.example/hc/requests?a=1&#38;b=2">
    <noscript>
    <p>If nothing happens, please press the button.</p>
    <button class="button">Finish signing in</button>
    </noscript>
    </form>
    </div>
    <div id="over" hidden>
    <h1>You are back at an earlier page</h1>
    <p>There is nothing more to do here. You can go straight on.</p>
    <p class="actions"><a class="button" href="https://help.acme-shoes.example/hc/requests?a=1&#38;b=2">Go to Acme Shoes</a></p>
    </div>
    </main>
    <script nonce="+/v7+/v7+/v7+/v7+/v7+w==">
    (() => {
      "use strict";
      try {
        history.replaceState(null, "", "/access/jwt");
      } catch { /* Some browsers allow only so many: signing in matters more. */ }
      const form = document.getElementById("hand-off");
      const showOver = () => {
        document.getElementById("under-way").hidden = true;
        document.getElementById("over").hidden = false;
      };
      addEventListener("pageshow", (event) => { if (event.persisted) showOver(); });
      const token = form.elements.namedItem("jwt");
      // A browser that keeps pages shows this one again; a new one may come by Back or a restored tab.
      let isOver = false;
      try {
        const mark = "handed off " + token.value.slice(-22);
        isOver = sessionStorage.getItem(mark) !== null;
        sessionStorage.setItem(mark, "");
      } catch { /* Without storage, Zendesk says that the token was used. */ }
      if (isOver) showOver();
      else form.submit();
      token.remove();
    })();
    </script>
    </body>
    </html>
    "##);
}

#[test]
fn an_error_page_says_what_happened_what_to_do_and_how_to_be_helped() {
    let texts = Texts::english().unwrap();
    let look = shoes();
    let page = ErrorPage {
        texts: &texts,
        look: Some(&look),
        kind: "flow-used",
        parameter: None,
        said: None,
        trace: "K7Q2M9XA",
        actions: vec![
            Action::go_on("https://help.acme-shoes.example/hc".to_owned()),
            Action::start_again("/start/shoes?to=/hc".to_owned()),
        ],
    };
    insta::assert_snapshot!(page.page().unwrap().html, @r##"
    <!DOCTYPE html>
    <html lang="en" dir="ltr">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>This sign-in is already done</title>
    <link rel="stylesheet" href="/assets/brandgate.css">
    <link rel="stylesheet" href="/assets/brands/shoes.css">
    </head>
    <body>
    <header><img class="logo" src="https://cdn.example/shoes.svg" alt="Acme Shoes"></header>
    <main>
    <h1>This sign-in is already done</h1>
    <p>Every sign-in works once, and this one has been used. You are probably signed in: go on to the help center, or start again.</p>
    <p class="actions">
    <a class="button" href="https://help.acme-shoes.example/hc">Continue to the help center</a>
    <a href="/start/shoes?to=/hc">Start again</a>
    </p>
    <div class="help">
    <p class="inset">Code <code>K7Q2M9XA</code></p>
    <p>If you ask for help, please mention this code. It lets us find out what happened.</p>
    <p><a href="mailto:help@acme-shoes.example" rel="noreferrer">Contact Acme Shoes support</a></p>
    </div>
    </main>
    </body>
    </html>
    "##);
}

#[test]
fn every_kind_of_error_has_its_own_words_with_a_brand_and_without() {
    let texts = Texts::english().unwrap();
    let look = shoes();
    for kind in error_kinds() {
        for look in [None, Some(&look)] {
            let page = ErrorPage {
                texts: &texts,
                look,
                kind,
                parameter: None,
                said: None,
                trace: "K7Q2M9XA",
                actions: vec![],
            };
            let html = page.page().unwrap().html;
            assert!(!html.contains(&format!("error-{kind}")), "{kind} has both texts");
            assert_eq!(html.contains("Acme Shoes"), look.is_some(), "{kind}");
            assert!(!html.contains("{$"), "{kind} has no variable");
        }
        let said = page_text(&texts, kind);
        assert_eq!(said.contains("support"), names_support(&texts, kind), "{kind}: {said}");
        assert!((40..=260).contains(&said.len()), "{kind} is as long as people read: {said}");
        if kind.starts_with("zendesk-") {
            assert!(said.contains("Nobody has been signed out"), "{kind}");
        }
    }
}

fn names_support(texts: &Texts, kind: &'static str) -> bool {
    ErrorPage { texts, look: None, kind, parameter: None, said: None, trace: "", actions: vec![] }
        .names_support()
}

#[test]
fn where_the_text_names_support_it_is_a_button() {
    let texts = Texts::english().unwrap();
    let look = shoes();
    let (again, home) = (Action::start_again("/again".into()), Action::home("/home".into()));
    let support = "mailto:help@acme-shoes.example";
    // (what, kind, actions, buttons)
    let cases = [
        ("only support can help", "role-not-allowed", vec![home.clone()], vec![support, "/home"]),
        (
            "if it happens twice",
            "assertion-signature",
            vec![again.clone()],
            vec!["/again", support],
        ),
        ("nothing else is known", "internal", vec![], vec![support]),
        ("no word of support", "flow-expired", vec![again.clone()], vec!["/again"]),
    ];
    for (what, kind, actions, expected) in cases {
        let page = ErrorPage {
            texts: &texts,
            look: Some(&look),
            kind,
            parameter: None,
            said: None,
            trace: "",
            actions,
        };
        let buttons: Vec<_> = page.buttons().into_iter().map(|it| it.0.to_owned()).collect();
        assert_eq!(buttons, expected, "{what}");
        let html = page.page().unwrap().html;
        assert_eq!(html.matches(support).count(), 1, "{what}: once, and always");
    }
    let question = ConfirmPage {
        texts: &texts,
        look: &look,
        email: "jane@acme.example",
        because: AskedBecause::NoPage,
        confirmation: "sealed",
        brand_id: None,
        return_to: "https://help.acme-shoes.example/",
        not_me: "/not-me",
        trace: "K7Q2M9XA",
    };
    assert!(question.page().unwrap().html.contains(support), "a question that comes every time");
}

fn page_text(texts: &Texts, kind: &'static str) -> String {
    ErrorPage { texts, look: None, kind, parameter: None, said: None, trace: "", actions: vec![] }
        .text()
}

#[test]
fn what_is_not_known_is_left_out() {
    let texts = Texts::english().unwrap();
    let look = BrandLook { logo: None, support: None, stylesheet: None, ..shoes() };
    let dressed = BrandLook { support: Some("javascript:alert(1)".to_owned()), ..shoes() };
    let error = |look| {
        ErrorPage {
            texts: &texts,
            look,
            kind: "internal",
            parameter: Some("brand_id"),
            said: None,
            trace: "K7Q2M9XA",
            actions: vec![],
        }
        .page()
        .unwrap()
        .html
    };
    let signed_out = |look, home: Option<&str>| {
        let action = home.map(|home| Action::home(home.to_owned()));
        SignedOutPage { texts: &texts, look, action }.page().unwrap().html
    };
    let confirm = ConfirmPage {
        texts: &texts,
        look: &look,
        email: "jane@acme.example",
        because: AskedBecause::Unknown,
        confirmation: "sealed",
        brand_id: None,
        return_to: "https://help.acme-shoes.example/",
        not_me: "/not-me",
        trace: "K7Q2M9XA",
    };
    let brands = BrandsPage { texts: &texts, brands: vec![], search: None }.page().unwrap();
    // (what, page, what it holds, what it does not)
    let cases = [
        ("no brand", error(None), "K7Q2M9XA", "<header>"),
        ("no logo", error(Some(&look)), "<p class=\"name\">Acme Shoes</p>", "<img"),
        ("no support", error(Some(&look)), "K7Q2M9XA", "support</a>"),
        ("an unsafe support", error(Some(&dressed)), "K7Q2M9XA", "javascript:"),
        ("no actions", error(Some(&look)), "K7Q2M9XA", "class=\"actions\""),
        ("no brand, signed out", signed_out(None, Some("/")), "Go to the help center", "Acme"),
        ("no home", signed_out(Some(&look), None), "You are signed out", "<a "),
        ("no sender", confirm.page().unwrap().html, "does not tell us", "<bdi>"),
        ("no support to ask about a question", confirm.page().unwrap().html, "K7Q2M9XA", "Contact"),
        ("no id", confirm.page().unwrap().html, "name=\"return_to\"", "brand_id"),
        ("the address", confirm.page().unwrap().html, "j•••@acme.example", "jane@"),
        ("no brands", brands.html, "nothing to choose from", "<ul"),
    ];
    for (what, html, present, absent) in cases {
        assert!(html.contains(present), "{what}: {html}");
        assert!(!html.contains(absent), "{what}: {html}");
    }
}

#[test]
fn a_page_takes_a_token_out_of_its_address_by_the_one_script_that_its_policy_allows() {
    for (what, page) in every_page(&Texts::english().unwrap(), &hostile(), "</body>") {
        if page.html.contains("<script") {
            continue;
        }
        let (html, policy) = (page.html.clone(), page.policy.clone());
        let tidy = page.at(ShownAddress::Path, &Nonce::new([7; 16]));
        let script = "<script nonce=\"BwcHBwcHBwcHBwcHBwcHBw==\">\
            history.replaceState(null, \"\", location.pathname)</script>\n";
        assert_eq!(tidy.html, html.replace("</body>", &format!("{script}</body>")), "{what}");
        let nothing = "default-src 'none'; ";
        let one = "default-src 'none'; script-src 'nonce-BwcHBwcHBwcHBwcHBwcHBw=='; ";
        assert_eq!(tidy.policy, policy.replace(nothing, one), "{what}");
        assert!(policy.starts_with(nothing), "{what}: {policy}");
    }
}
