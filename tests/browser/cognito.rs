//! Signing in with a password that Cognito knows; moto stands in for it.

#[path = "../peers/cognito/moto.rs"]
#[expect(dead_code, reason = "the peers' own tests need more of it")]
mod moto;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use brandgate::app::{Service, listen};
use brandgate::clock::Clock;
use brandgate::config;
use brandgate::demo::brands_yaml;
use brandgate::demo::stand_in::{Secrets, Settings, StandIn};

use self::moto::{Moto, PASSWORD, Pool, totp};
use crate::browser::Browser;

const CAROL: &str = "carol@coffee.example";

/// The demo, but for the coffee brand's people, who are in a user pool.
struct Coffee {
    stand_in: StandIn,
    _service: Service,
}

impl Coffee {
    fn start(pool: &Pool<'_>, form: &str) -> Self {
        let on_any_port = || listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let (public, sites) = (on_any_port(), on_any_port());
        let (sso, port) = (public.local_addr().unwrap().port(), sites.local_addr().unwrap().port());
        let secret = |letter: &str| letter.repeat(32).into();
        let secrets = Secrets { zendesk: secret("z"), shoes: secret("s"), coffee: secret("c") };
        let yaml = brands_yaml(sso, port, &secrets);
        let (before, rest) = yaml.split_once("  coffee-site:\n").unwrap();
        let (_, after) = rest.split_once("  native:\n").unwrap();
        let settings = pool.settings() + &form.replace("PORT", &sso.to_string());
        let settings = settings.replace('\n', "\n    ");
        let pool = format!("  coffee-site:\n    type: cognito\n    {settings}\n  native:\n");
        let yaml = format!("{before}{pool}{after}");
        let loaded = config::read(&yaml, "brands.yaml", ".".as_ref());
        let config = loaded.config.unwrap_or_else(|| panic!("{}", loaded.report.text(false)));
        let clock = Clock::that_skips();
        let service = Service::start(config, clock.clone(), public, on_any_port()).unwrap();
        let now = Arc::new(move || clock.now());
        let settings = Settings::new(&format!("http://sso.localhost:{sso}"), secrets, yaml, now);
        Self { stand_in: StandIn::start(sites, settings).unwrap(), _service: service }
    }

    fn help(&self) -> String {
        format!("http://coffee.localhost:{}/hc/requests/42?page=2", self.stand_in.port())
    }

    async fn begin(&self, browser: &Browser) {
        browser.visit(&self.help()).await;
    }

    /// The person is where they wanted to be, and nobody else came of it.
    async fn arrived(&self, browser: &Browser) {
        browser.sees("Hello, Caro").await;
        assert_eq!(browser.address().await, self.help());
        let known = self.stand_in.users().into_iter().filter(|user| user.email == CAROL).count();
        assert_eq!(known, 1);
        // A form with a mistake comes back with 403, which Chromium remarks upon.
        let console = browser.console().await.join("\n");
        assert!(!console.contains("Content Security Policy"), "{console}");
    }
}

async fn type_in(browser: &Browser, email: &str, password: &str) {
    browser.fill("email", email).await;
    browser.fill("password", password).await;
    browser.press("Sign in").await;
}

#[tokio::test]
async fn a_wrong_password_a_new_one_and_a_code_lead_to_the_help_center() {
    for has_scripts in [true, false] {
        let browser =
            if has_scripts { Browser::open().await } else { Browser::without_scripts().await };
        let moto = Moto::start();
        let pool = moto.pool().await;
        pool.invite(CAROL, true).await;
        let coffee = Coffee::start(&pool, "");
        let hand_over = async || {
            if !has_scripts {
                browser.press("Finish signing in").await;
            }
        };
        coffee.begin(&browser).await;
        browser.sees("Sign in to Acme Coffee").await;
        type_in(&browser, CAROL, "wrong-One-1").await;
        assert!(browser.text("problem").await.starts_with("The email address or the password"));
        browser.fill("password", PASSWORD).await;
        browser.press("Sign in").await;
        browser.sees("Choose a new password").await;
        let new = "Cortado-and-Cream-8";
        browser.fill("new-password", new).await;
        browser.fill("repeated", new).await;
        browser.press("Continue").await;
        hand_over().await;
        coffee.arrived(&browser).await;

        pool.give_authenticator(CAROL, new).await;
        browser.forget_cookies().await;
        coffee.begin(&browser).await;
        type_in(&browser, CAROL, new).await;
        browser.sees("Enter your code").await;
        browser.fill("code", "000000").await;
        browser.press("Continue").await;
        assert!(browser.text("problem").await.starts_with("The code is not right"));
        let (step, code) = totp();
        browser.fill("code", &code).await;
        browser.press("Continue").await;
        // The half minute may have ended while the code was on its way.
        if browser.page().await.contains("The code is not right") {
            assert_ne!(totp().0, step, "moto refuses the code of this very half minute");
            browser.fill("code", &totp().1).await;
            browser.press("Continue").await;
        }
        hand_over().await;
        coffee.arrived(&browser).await;
    }
}

#[tokio::test]
async fn a_companys_own_form_page_signs_in_as_a_form_and_by_a_script() {
    let moto = Moto::start();
    let pool = moto.pool().await;
    pool.add(CAROL, true).await;
    let site = Site::start();
    let coffee = Coffee::start(&pool, &format!("form_url: {}/in?sso=PORT\n", site.origin()));
    let browser = Browser::open().await;
    for button in ["Sign in as a form", "Sign in by a script"] {
        browser.forget_cookies().await;
        coffee.begin(&browser).await;
        browser.sees("Our own page").await;
        browser.fill("email", CAROL).await;
        browser.fill("password", "wrong-One-1").await;
        browser.press(button).await;
        browser.sees("Our own page: wrong-password").await;
        browser.fill("email", CAROL).await;
        browser.fill("password", PASSWORD).await;
        browser.press(button).await;
        browser.sees("Hello, Caro").await;
        assert_eq!(browser.address().await, coffee.help(), "{button}");
    }
}

/// A company's own site, with one page.
struct Site {
    port: u16,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let is_over = Arc::new(AtomicBool::new(false));
        let over = is_over.clone();
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    break;
                }
                // A browser opens connections that it does not use.
                thread::spawn(move || drop(serve(stream.unwrap())));
            }
        });
        Self { port, is_over, thread: Some(thread) }
    }

    fn origin(&self) -> String {
        format!("http://coffee-site.localhost:{}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes it up, so that it sees.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        self.thread.take().map(JoinHandle::join);
    }
}

fn serve(stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let page = include_str!("own_form.html");
    let length = page.len();
    write!(
        reader.get_mut(),
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{page}"
    )
}
