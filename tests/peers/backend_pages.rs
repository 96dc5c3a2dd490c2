//! The pages of `docs/backends`: the `brands.yaml` of each serves as it stands there, and with the code of its
//! other side somebody signs in.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use brandgate::clock::Clock;
use regex::Regex;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cognito::moto::{Moto, PASSWORD};
use crate::oidc::provider::Provider;
use crate::redis::process::Process;
use crate::support::answer::Answer;
use crate::support::browser::Browser;
use crate::support::provider as xsolla;
use crate::tool;
use crate::whole_file::acme::{SSO, login, told};

/// A page, and what a company that follows it has on its machine.
struct Page {
    text: String,
    folder: TempDir,
    /// The page's variables, each with a secret of its own or what the provider has drawn.
    environment: Vec<(String, String)>,
}

impl Page {
    fn of(backend: &str) -> Self {
        let file = format!("{}/docs/backends/{backend}.md", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        let secret =
            |name: &str| (name.to_owned(), format!("{name}-0123456789abcdef0123456789abcdef"));
        let exported = Regex::new("(?m)^export ([A-Z_]+)=").unwrap();
        let environment = exported.captures_iter(&text).map(|found| secret(&found[1])).collect();
        Self { text, folder: tempfile::tempdir().unwrap(), environment }
    }

    /// The one block in this language that says `what`.
    fn block(&self, language: &str, what: &str) -> &str {
        let begin = format!("\n```{language}\n");
        let parts = self.text.split(&begin).skip(1);
        let blocks = parts.map(|part| part.split("\n```").next().unwrap());
        let blocks: Vec<_> = blocks.filter(|it| it.contains(what)).collect();
        assert_eq!(blocks.len(), 1, "{language} with {what}");
        blocks[0]
    }

    fn yaml(&self) -> &str {
        self.block("yaml", "version: 1\n")
    }

    fn secret(&self, name: &str) -> &str {
        &self.environment.iter().find(|it| it.0 == name).unwrap().1
    }

    fn set(&mut self, name: &str, value: &str) {
        let variable = self.environment.iter_mut().find(|it| it.0 == name).unwrap();
        value.clone_into(&mut variable.1);
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    }

    /// Checks the file as it stands, and serves it with `changes`, which put stand-ins in the place of providers.
    fn serve(self, changes: &[(&str, &str)]) -> (Self, Site) {
        let named = Regex::new(r"\{ env: ([A-Z_]+) \}").unwrap();
        let named: BTreeSet<_> =
            named.captures_iter(self.yaml()).map(|found| found[1].to_owned()).collect();
        let exported: BTreeSet<_> = self.environment.iter().map(|it| it.0.clone()).collect();
        assert_eq!(exported, named, "what the page exports is what its file names");
        let file = self.write("brands.yaml", self.yaml());
        let mut check = Command::new(env!("CARGO_BIN_EXE_brandgate"));
        check.args(["check", "--strict"]).arg(&file).envs(self.environment.iter().cloned());
        let check = check.output().unwrap();
        let said = String::from_utf8_lossy(&check.stderr) + String::from_utf8_lossy(&check.stdout);
        assert!(check.status.success(), "{said}");

        let mut yaml = self.yaml().to_owned();
        let here = "server:\n  listen: 127.0.0.1:0\n  ops: { listen: 127.0.0.1:0 }\n";
        for (from, to) in [("server:\n", here)].iter().chain(changes) {
            assert!(yaml.contains(from), "{from}");
            yaml = yaml.replace(from, to);
        }
        let served = tempfile::tempdir().unwrap();
        std::fs::write(served.path().join("brands.yaml"), yaml).unwrap();
        let environment = self.environment.iter().map(|it| (&*it.0, &*it.1));
        let mut process = Process::serve(served, &environment.collect::<Vec<_>>());
        let public = process.address();
        (self, Site { _process: process, public })
    }

    /// What a program of the page's prints.
    fn run(&self, mut command: Command) -> String {
        let environment = self.environment.iter().filter(|it| it.0 != "ZENDESK_SECRET").cloned();
        let output = command.current_dir(self.folder.path()).envs(environment).output();
        let output = output
            .unwrap_or_else(|error| panic!("{command:?}: {error}; `scripts/test` installs it"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What Zendesk is told by `answer`, and where the person goes.
    #[track_caller]
    fn told(&self, answer: &Answer) -> (Value, String) {
        told(answer, self.secret("ZENDESK_SECRET"))
    }
}

/// brandgate, as the page sets it up.
struct Site {
    _process: Process,
    public: SocketAddr,
}

impl Site {
    fn browser(&self) -> Browser {
        Browser::new(Clock::default(), Some(self.public))
    }
}

/// What a page of a brand's site is, as a browser reads it.
fn page_of_the_site(html: &str) -> Answer {
    let entities = [
        ("&amp;", "&#38;"),
        ("&quot;", "&#34;"),
        ("&lt;", "&#60;"),
        ("&gt;", "&#62;"),
        ("&#x27;", "&#39;"),
        ("&#039;", "&#39;"),
    ];
    let html = entities.iter().fold(html.to_owned(), |html, it| html.replace(it.0, it.1));
    Answer::parse(format!("HTTP/1.1 200 OK\r\n\r\n{html}").as_bytes())
}

/// Somebody at the shoes, whose name and destination must not fall out of any quotes.
fn zoe() -> Value {
    json!({ "id": 7, "email": "zoe@example.com", "name": "Zoë \"Z\" O'Neil <z>" })
}

const SHOES: u64 = 360_000_000_001;
const SHOES_PAGE: &str = "https://help.acme-shoes.example/hc/en-us/search?query=a%20b&page=2";
/// What a stranger's link may have made of it.
const MISCHIEF: &str = "https://help.acme-shoes.example/\"><i>'&amp;";

/// The page of the brand's site in each language, for somebody who is sent there with `return_to`.
fn pages_of_the_shoes(page: &Page, return_to: &str) -> Vec<(&'static str, String)> {
    let zoe = zoe().to_string();
    let add = |name: &str, code: &str, line: &str| page.write(name, &format!("{code}\n{line}\n"));
    let js = add(
        "zendesk.js",
        page.block("js", "function zendeskPage"),
        "process.stdout.write(zendeskPage(JSON.parse(process.argv[2]), process.argv[3]));",
    );
    let python = add(
        "zendesk.py",
        page.block("python", "def zendesk_page"),
        "import sys; sys.stdout.buffer.write(zendesk_page(json.loads(sys.argv[1]), sys.argv[2]).encode())",
    );
    let ruby = add(
        "zendesk.rb",
        page.block("ruby", "def zendesk_page"),
        "print zendesk_page(JSON.parse(ARGV[0], symbolize_names: true), ARGV[1])",
    );
    let php = page.write("zdlogin.php", page.block("php", "<?php"));
    let session = page.write(
        "session.php",
        "<?php parse_str($argv[2], $_GET); session_id('zoe'); session_start();\n\
         $_SESSION['customer'] = json_decode($argv[1], true); session_write_close();\n\
         require 'zdlogin.php';",
    );
    let mut pages = Vec::new();
    for (language, mut command, file) in [
        ("Node.js", tool("node"), js),
        ("Python", Command::new("python3"), python),
        ("Ruby", Command::new("ruby"), ruby),
    ] {
        command.arg(file).args([&zoe, return_to]);
        pages.push((language, page.run(command)));
    }
    let mut command = Command::new("php");
    command.args(["-d", "session.save_path=.", "-d", "session.use_cookies=0"]);
    command.args(["-d", "session.cache_limiter="]).arg(session).arg(&zoe);
    command.arg(format!("return_to={}", brandgate::backend::query_value(return_to)));
    assert!(php.exists());
    pages.push(("PHP", page.run(command)));
    pages
}

#[test]
fn the_page_of_redirect_signs_in_with_each_of_its_four_languages() {
    let (page, site) = Page::of("redirect").serve(&[]);
    let from = "https://www.acme-shoes.example";
    for (language, html) in pages_of_the_shoes(&page, MISCHIEF) {
        let returns = page_of_the_site(&html).field("return_to");
        assert_eq!(returns, MISCHIEF, "{language} escapes what it writes: {html}");
    }
    let form_of_the_site = Regex::new(r#"<form method="post" action="([^"]*)">"#).unwrap();
    for (language, html) in pages_of_the_shoes(&page, SHOES_PAGE) {
        let mut browser = site.browser();
        let sent = browser.get(&login(SHOES, SHOES_PAGE)).to();
        assert!(sent.starts_with(&format!("{from}/zdlogin.php?")), "{sent}");
        let form = page_of_the_site(&html);
        let action =
            form_of_the_site.captures(&html).unwrap_or_else(|| panic!("{language}: {html}"))[1]
                .to_owned();
        let (jwt, return_to) = (form.field("jwt"), form.field("return_to"));
        assert_eq!(return_to, SHOES_PAGE, "{language}");
        let answer = browser.post(&action, from, &[("jwt", &*jwt), ("return_to", &*return_to)]);
        let expected = json!({
            "email": "zoe@example.com", "name": zoe()["name"], "external_id": "shoes_7",
        });
        assert_eq!(page.told(&answer), (expected, SHOES_PAGE.to_owned()), "{language}");
    }
    let out = site.browser().get(&format!("{SSO}/logout?brand_id={SHOES}")).to();
    assert_eq!(out, format!("{from}/zdlogout.php?brand_id={SHOES}"));
}

#[tokio::test]
async fn the_page_of_cognito_signs_in_with_a_password() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    let sub = pool.add("carol@coffee.example", true).await;
    let mut page = Page::of("cognito");
    page.set("COFFEE_CLIENT_SECRET", &pool.client_secret);
    let endpoint = format!("    endpoint: {}\n    client_id: {}\n", moto.address, pool.client_id);
    let (page, site) = page.serve(&[("    client_id: 4b1xexample\n", &endpoint)]);
    let mut carol = site.browser();
    let there = "https://help.acme-coffee.example/hc/requests";
    let form = carol.get(&login(360_000_000_002, there)).to();
    let form = carol.get(&form);
    for link in
        ["https://www.acme-coffee.example/register", "https://www.acme-coffee.example/forgot"]
    {
        assert!(form.links().iter().any(|it| it == link), "{link}");
    }
    let wrong = carol.fill(&form, &[("email", "carol@coffee.example"), ("password", "wrong")]);
    let typed = [("email", "carol@coffee.example"), ("password", PASSWORD)];
    let answer = carol.fill(&wrong, &typed);
    let expected = json!({
        "email": "carol@coffee.example", "name": "Caro", "external_id": format!("coffee_{sub}"),
    });
    assert_eq!(page.told(&answer), (expected, there.to_owned()));
}

#[test]
fn the_page_of_session_token_signs_in_by_the_cookie_that_its_code_sets() {
    let provider = xsolla::Provider::start();
    let keys = format!("http://{}/api", provider.address);
    let (page, site) = Page::of("session_token").serve(&[("https://login.xsolla.com/api", &keys)]);
    let code = page.block("js", "function tokenCookie");
    let line = "const said = [tokenCookie(process.argv[2]), signedIn({ return_to: process.argv[3] })];\n\
                process.stdout.write(JSON.stringify(said));";
    let code = page.write("cookie.js", &format!("{code}\n{line}\n"));
    let now = Clock::default().now();
    // As Xsolla's are: nothing says that the address was verified.
    let token = xsolla::signed(
        "a",
        &json!({
            "iss": "https://login.xsolla.com", "iat": now, "exp": now + 3600, "sub": "d342dad2",
            "email": "gina@games.example", "name": "Gina", "xsolla_login_project_id": "PROJECT",
        }),
    );
    let mut gina = site.browser();
    let there = "https://help.acme-games.example/hc";
    let at = gina.get(&login(360_000_000_003, there)).to();
    let sent = gina.get(&at).to();
    assert!(sent.starts_with("https://login.acme-games.example/?"), "{sent}");

    let mut command = tool("node");
    command.arg(code).args([&token, there]);
    let said: Vec<String> = serde_json::from_str(&page.run(command)).unwrap();
    gina.jar.take("login.acme-games.example", &said[0], &Clock::default());
    let expected = json!({
        "email": "gina@games.example", "name": "Gina", "external_id": "games_d342dad2",
    });
    for step in [&said[1], &at] {
        assert_eq!(page.told(&gina.get(step)), (expected.clone(), there.to_owned()), "{step}");
    }
}

#[test]
fn the_page_of_session_token_sets_the_same_cookie_in_php() {
    let page = Page::of("session_token");
    let code = page.block("php", "setcookie(");
    // The command line has no headers: what the function is told is compared.
    let php = format!(
        "<?php namespace site; function setcookie($name, $value, $said) {{\n\
         echo json_encode([$name, $value, $said]); }} $token = 'a.b.c';\n{code}"
    );
    let mut command = Command::new("php");
    command.arg(page.write("cookie.php", &php));
    let said: Value = serde_json::from_str(&page.run(command)).unwrap();
    let expected = json!(["token", "a.b.c", {
        "domain": "acme-games.example", "path": "/", "secure": true, "httponly": true,
        "samesite": "Lax",
    }]);
    assert_eq!(said, expected);
}

#[test]
fn the_page_of_oidc_signs_in_at_a_certified_provider() {
    let provider = Provider::start(SSO);
    let mut page = Page::of("oidc");
    // The provider's own, which it was registered with.
    page.set("STAFF_SECRET", "secret-of-staff-0123456789abcdef0123456789");
    let (page, site) = page.serve(&[("https://id.acme.example", &provider.issuer)]);
    let mut ann = site.browser();
    let there = "https://acme.zendesk.com/agent/tickets/1";
    let sent = ann.get(&login(360_000_000_004, there));
    let back = ann.until(sent, &format!("{SSO}/callback/staff?"), "ann");
    let answer = ann.get(back.as_str());
    let expected =
        json!({ "email": "ann@acme.example", "name": "Ann Answers", "external_id": "ann" });
    assert_eq!(page.told(&answer), (expected, there.to_owned()));
    let out = ann.get(&format!("{SSO}/logout?brand_id=360000000004"));
    let done = ann.until(out, &format!("{SSO}/logout/done/staff"), "ann");
    assert!(ann.get(done.as_str()).body.contains("You are signed out"));
}

#[test]
fn the_page_of_zendesk_leads_to_zendesks_own_form() {
    let (_, site) = Page::of("zendesk").serve(&[]);
    let sent =
        site.browser().get(&login(360_000_000_005, "https://help.acme-books.example/hc")).to();
    assert!(sent.starts_with("https://acme.zendesk.com/access/normal?return_to="), "{sent}");
}
