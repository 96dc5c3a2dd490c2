//! The choice among many brands: found page by page or by a word, without a script.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::support::answer::Answer;
use crate::support::app::{App, SSO};
use crate::support::browser::Request;

/// Ten thousand, each with a logo of an origin of its own.
fn many() -> App {
    let mut yaml = String::from(
        "version: 1\n\
         server: { public_url: https://sso.acme.example, listen: 127.0.0.1:0, ops: { listen: 127.0.0.1:0 } }\n\
         zendesk: { account: acme, shared_secret: { value: zendesk-secret-of-the-journeys-0123456789 } }\n\
         unknown: ask\n\
         backends: { native: { type: zendesk } }\n\
         brands:\n",
    );
    for number in 1..=10_000 {
        writeln!(
            yaml,
            "  brand-{number}: {{ name: Acme Sports & Leisure {number}, brand_id: {}, hosts: [help.acme-{number}.example], \
             backend: native, theme: {{ logo: 'https://cdn.acme-{number}.example/assets/logo.svg' }} }}",
            360_000_000_000_u64 + number
        )
        .unwrap();
    }
    App::with(&yaml)
}

/// The addresses of the brands on a page, as they stand there.
fn brands(answer: &Answer) -> Vec<String> {
    let links = answer.links();
    links.into_iter().filter(|link| link.contains("/login?brand_id=")).collect()
}

/// Where the page leads that this link of its is to.
fn link(answer: &Answer, rel: &str) -> Option<String> {
    let (before, _) = answer.body.split_once(&format!("\" rel=\"{rel}\""))?;
    let (_, href) = before.rsplit_once("href=\"")?;
    Some(format!("{SSO}{}", href.replace("&#38;", "&")))
}

#[test]
fn ten_thousand_brands_are_gone_through_page_by_page_and_no_page_has_100_kb() {
    let app = many();
    let (mut seen, mut pages) = (BTreeSet::new(), 0);
    let mut next = Some(format!("{SSO}/login?return_to=%2Fhc%2Frequests%3Fa%3D1"));
    while let Some(address) = next {
        let page = app.browser().send(&Request::get(&address));
        assert_eq!(page.status, 200, "{address}");
        assert!(page.body.len() < 100_000, "{address}: {} bytes", page.body.len());
        let found = brands(&page);
        assert!(
            found.len() == 100 && found.iter().all(|link| link.ends_with("hc%2Frequests%3Fa%3D1"))
        );
        assert_eq!(link(&page, "prev").is_some(), pages > 0, "{address}");
        seen.extend(found);
        pages += 1;
        next = link(&page, "next");
    }
    assert_eq!((seen.len(), pages), (10_000, 100));
}

#[test]
fn in_every_language_the_list_of_ten_thousand_brands_has_less_than_100_kb() {
    let app = many();
    let tags = ["en", "ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pt-BR", "zh-CN", "zh-TW"];
    for tag in tags {
        for address in ["/login", "/login?page=50", "/login?search=leisure&page=7"] {
            let request = Request::get(&format!("{SSO}{address}")).with("accept-language", tag);
            let page = app.browser().send(&request);
            assert!(page.body.contains(&format!("<html lang=\"{tag}\"")), "{tag}");
            assert_eq!(brands(&page).len(), 100, "{tag} {address}");
            let whole = page.body.len() + page.header("content-security-policy").unwrap().len();
            assert!(whole < 50_000, "{tag} {address}: {whole} bytes, half of what there may be");
        }
    }
}

#[test]
fn nobody_makes_the_list_large_by_a_long_destination() {
    let app = many();
    let get = |target: &str| app.browser().send(&Request::get(&format!("{SSO}{target}")));
    let long = "%2F".repeat(1900);
    for address in ["/login?", "/login?page=50&", "/login?search=leisure&page=7&"] {
        let page = get(&format!("{address}return_to=%2Fhc{long}"));
        assert_eq!((page.status, brands(&page).len()), (200, 100), "{address}");
        assert!(page.body.len() < 100_000, "{address}: {} bytes", page.body.len());
    }
    // Where few are listed, each leads there.
    let page = get(&format!("/login?search=4242&return_to=%2Fhc{long}"));
    let brands = brands(&page);
    assert!(brands.len() == 1 && brands[0].ends_with(&format!("%2Fhc{long}")), "{brands:?}");
    let page = get(&format!("/login?return_to=%2Fhc%3Fx={}", "x".repeat(450)));
    assert!(page.links().iter().any(|link| link.ends_with(&"x".repeat(450))));
    assert!(page.body.len() < 100_000, "{} bytes", page.body.len());
}

#[test]
fn what_is_looked_for_is_found_on_pages_too_and_any_page_can_be_asked_for() {
    let app = many();
    let get = |target: &str| app.browser().send(&Request::get(&format!("{SSO}{target}")));
    let one = get("/login?search=4242");
    assert_eq!(brands(&one).len(), 1);
    assert_eq!((link(&one, "next"), link(&one, "prev")), (None, None));
    let first = get("/login?search=%20ACME++sports");
    let second = app.browser().send(&Request::get(&link(&first, "next").unwrap()));
    let both: BTreeSet<_> = brands(&first).into_iter().chain(brands(&second)).collect();
    assert_eq!(both.len(), 200);
    let back = link(&second, "prev").unwrap();
    assert_eq!(brands(&app.browser().send(&Request::get(&back))), brands(&first));
    let start = brands(&get("/login"));
    for page in ["0", "1", "-1", "x", "", "101", "99999999999999999999999", "18446744073709551615"]
    {
        assert_eq!(brands(&get(&format!("/login?page={page}"))), start, "{page}");
    }
    let nobody = get("/login?search=%3Cscript%3E&page=3");
    assert_eq!((nobody.status, brands(&nobody).len()), (200, 0));
    assert!(
        !nobody.body.contains("<script>")
            && nobody.text().contains("No help center has this in its name")
    );
}
