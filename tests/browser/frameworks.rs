//! The page that `docs/backends/redirect.md` gives a brand's site, behind the headers that frameworks add by
//! themselves.

use std::net::TcpListener;
use std::process::Command;

use brandgate::clock::Clock;

use crate::browser::Browser;
use crate::site::{self, Site};
use crate::support::app::App;

const DOCUMENT: &str = include_str!("../../docs/backends/redirect.md");

/// By which the page lets the browser say whose it is.
const META: &str = r#"<meta name="referrer" content="strict-origin">"#;

const SECRET: &str = "shoes-secret-of-the-documents-0123456789abcdef";

/// The page for somebody who is signed in at the site, made by the document's own Python.
fn page_of_the_site(sso: &str) -> String {
    let mut blocks = DOCUMENT.split("\n```python\n").skip(1);
    let code = blocks.next().and_then(|it| it.split("\n```").next()).unwrap();
    let zoe = r#"{"id": 7, "email": "zoe@example.com", "name": "Zoë"}"#;
    let code = format!(
        "{code}\nimport sys\nsys.stdout.buffer.write(zendesk_page(json.loads(sys.argv[1])).encode())"
    );
    let page =
        Command::new("python3").args(["-c", &code, zoe]).env("SHOES_SECRET", SECRET).output();
    let page = page.unwrap();
    assert!(page.status.success(), "{}", String::from_utf8_lossy(&page.stderr));
    String::from_utf8(page.stdout).unwrap().replace("https://sso.acme.example", sso)
}

/// A site whose framework adds `headers` to what `page` makes, and in the place of Zendesk a page that says so.
fn site_with(headers: String, page: impl Fn() -> String + Send + Sync + 'static) -> Site {
    Site::start(move |first| {
        if first.starts_with("POST /access/jwt ") {
            return site::page("<h1>In Zendesk</h1>");
        }
        site::page(&page()).replacen("\r\n", &format!("\r\n{headers}"), 1)
    })
}

#[tokio::test]
async fn what_a_framework_adds_does_not_make_the_sites_page_a_strangers() {
    let browser = Browser::open().await;
    // Django's, and that of Helmet for Express.
    for policy in ["same-origin", "no-referrer"] {
        for (meta, headline) in
            [(META, "In Zendesk"), ("", "Continue to Acme Shoes as z•••@example.com?")]
        {
            let public = TcpListener::bind("127.0.0.1:0").unwrap();
            let sso = format!("http://sso.localhost:{}", public.local_addr().unwrap().port());
            let headers = format!(
                "Referrer-Policy: {policy}\r\n\
                 Content-Security-Policy: script-src 'unsafe-inline'; form-action {sso}\r\n"
            );
            let to = sso.clone();
            let site = site_with(headers, move || page_of_the_site(&to).replace(META, meta));
            let [www, zendesk] = ["www", "acme.zendesk"].map(|name| site.origin(name));
            let zendesk = zendesk.strip_prefix("http://").unwrap();
            let yaml = format!(
                "version: 1\n\
                 server: {{ public_url: '{sso}', listen: 127.0.0.1:0, ops: {{ listen: 127.0.0.1:0 }} }}\n\
                 zendesk: {{ account: '{zendesk}', shared_secret: {{ value: zendesk-secret-of-the-journeys-0123456789 }} }}\n\
                 backends:\n  shoes-site:\n    type: redirect\n    login_url: '{www}/zdlogin'\n    \
                 assertion: {{ algorithm: HS256, secrets: [{{ value: {SECRET} }}] }}\n\
                 brands:\n  shoes: {{ name: Acme Shoes, brand_id: 1, hosts: ['{zendesk}'], backend: shoes-site }}\n"
            );
            let _app = App::on(public, &yaml, Clock::default());
            browser.visit(&format!("{sso}/login?brand_id=1")).await;
            browser.sees(headline).await;
        }
    }
}
