//! `WebKitGTK`, for Safari's engine: the ways that most people take. It keeps no `Secure` cookie that came
//! by plain HTTP, be it of this machine, so brandgate has TLS in front.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

use brandgate::clock::Clock;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::driver::patiently;
use crate::support::demo::Demo;
use crate::tls::Tls;

pub(crate) const WHAT_TO_INSTALL: &str =
    "the tests in WebKitGTK need Debian's packages webkit2gtk-driver, xvfb and nginx-light";

/// Of its program's own, which ends with it.
pub(crate) fn capabilities() -> Value {
    json!({ "acceptInsecureCerts": true })
}

/// A screen that nobody sees: `WebKitGTK` has no other way to run without one.
pub(crate) struct Screen {
    process: Child,
    /// Kept open: it would end if nobody could read what it says.
    _output: BufReader<ChildStdout>,
    /// What `DISPLAY` is set to.
    pub(crate) name: String,
}

impl Screen {
    pub(crate) fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x1024x24"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process =
            command.spawn().unwrap_or_else(|error| panic!("no Xvfb: {error}; {WHAT_TO_INSTALL}"));
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut number = String::new();
        output.read_line(&mut number).unwrap();
        Self { process, _output: output, name: format!(":{}", number.trim()) }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A port that nobody has, for a program that cannot take one by itself and say which.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until somebody listens there.
pub(crate) fn wait_for(port: u16) {
    patiently(|| TcpStream::connect(("127.0.0.1", port)).is_ok());
}

/// The demo behind TLS, and `WebKitGTK` in front of it.
async fn start() -> (Demo, Tls, Browser) {
    let tls = Tls::reserve();
    let origin = tls.origin("sso.localhost");
    let demo = Demo::with(Some(&origin), Clock::default(), |port, yaml| {
        let own = format!("public_url: http://sso.localhost:{port}");
        yaml.replacen(&own, &format!("public_url: {origin}"), 1)
    });
    let tls = tls.in_front_of(demo.app.address().port());
    (demo, tls, Browser::webkit().await)
}

impl Demo {
    fn host(&self, name: &str, target: &str) -> String {
        self.at(&format!("{name}.localhost"), target)
    }
}

#[tokio::test]
async fn at_three_kinds_of_brands_a_person_signs_in_lands_on_the_page_asked_for_and_signs_out() {
    const PAGE: &str = "/hc/requests/42?page=2&note=a%20b+c&u=https://elsewhere/";
    let (demo, _tls, browser) = start().await;
    // One posts its assertion, one brings it in an address, one is an OpenID Connect provider.
    for (host, email, password, name) in [
        ("shoes", "alice@shoes.example", "sneaker", "Alice Ash"),
        ("coffee", "carol@coffee.example", "latte", "Carol Crema"),
        ("bikes", "bella@bikes.example", "pedal", "Bella Bell"),
    ] {
        let wanted = demo.host(host, PAGE);
        browser.visit(&wanted).await;
        browser.sign_in(email, password).await;
        browser.sees(&format!("Hello, {name}")).await;
        assert_eq!(browser.address().await, wanted);
        browser.press("Sign out").await;
        if host == "bikes" {
            browser.sees("Sign out of Acme ID too?").await;
            browser.press("Sign out").await;
        }
        browser.sees("You are signed out").await;
    }
}

#[tokio::test]
async fn who_goes_back_after_the_hand_off_finds_the_way_on_and_no_token() {
    let (demo, _tls, browser) = start().await;
    let wanted = demo.host("shoes", "/hc/requests");
    browser.visit(&wanted).await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("Hello, Alice Ash").await;
    // The driver's own waits for a page to load, and this one was kept.
    browser.run("history.back()").await;
    // This engine keeps the site's own page, too, which posts the same once more.
    browser.sees("This sign-in is already done").await;
    let (address, document) = (browser.address().await, browser.document().await);
    assert!(!document.contains("eyJ") && !address.contains("eyJ"), "{address}\n{document}");
    browser.press("Continue to the help center").await;
    browser.sees("Hello, Alice Ash").await;
    assert_eq!(browser.address().await, wanted);
}

#[tokio::test]
async fn a_strangers_assertion_brings_a_question_and_no_session() {
    let (demo, _tls, browser) = start().await;
    browser.visit(&demo.host("stranger", "/")).await;
    browser.press("Get my prize").await;
    browser.sees("Continue to Acme Shoes as m•••@shoes.example?").await;
    browser.press("This is not me").await;
    browser.sees("You are signed out").await;
    browser.visit(&demo.host("shoes", "/hc")).await;
    browser.sees("How can we help you?").await;
}

#[tokio::test]
async fn who_follows_a_bad_link_is_told_and_finds_the_way_through_the_list_of_brands() {
    let (demo, tls, browser) = start().await;
    let sso = |target: &str| tls.origin("sso.localhost") + target;
    let elsewhere = "/login?brand_id=360000000001&return_to=https%3A%2F%2Fevil.example%2F";
    browser.visit(&sso(elsewhere)).await;
    browser.sees("This link leads somewhere else").await;
    browser.visit(&sso("/login")).await;
    browser.sees("Where would you like to sign in?").await;
    browser.press("Acme Shoes").await;
    browser.sign_in("alice@shoes.example", "sneaker").await;
    browser.sees("Hello, Alice Ash").await;
    assert!(browser.address().await.starts_with(&demo.host("shoes", "/")));
}
