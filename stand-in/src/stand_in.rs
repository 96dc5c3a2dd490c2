//! Starts the demo's stand-in for everything that brandgate talks to.

use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use actix_web::dev::ServerHandle;
use actix_web::http::{Method, StatusCode};
use actix_web::rt::System;
use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;

use super::brands::{MUSIC_SSO_HOST, Place, SSO_HOST, START_HOST};
use super::pages::{self, Look};
use super::provider::Memory;
use super::signing_key::SigningKey;
use super::sites::Sites;
use super::wire::Incoming;
use super::zendesk::{Account, User};
use super::{break_things, chat, jws, music, provider, sites, wire, zendesk};

/// Which browsers can open the demo, as one sentence for the terminal.
pub const BROWSERS: &str = "Chrome, Edge, other Chromium browsers and Firefox find these names by themselves. \
    Safari does not.";

/// Seconds since 1970, from wherever the caller takes its time.
pub type Now = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The secrets of the demo; whoever starts it draws them at random.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// Zendesk's shared secret.
    pub zendesk: SecretString,
    /// What the shoes site signs its assertions with.
    pub shoes: SecretString,
    /// What the coffee site signs its assertions with.
    pub coffee: SecretString,
    /// What brandgate shows to the provider of the bikes brand.
    pub bikes: SecretString,
    /// Chat's shared secret.
    pub chat: SecretString,
}

/// Somebody who can sign in with a password.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person {
    /// The address, which is also the name to sign in with.
    pub email: String,
    /// The name that a Help Center will show.
    pub name: String,
    /// Shown on the start page: there is nothing to protect.
    pub password: String,
    /// The row in that site's own user table.
    pub id: u64,
}

impl Person {
    fn new(id: u64, name: &str, email: &str, password: &str) -> Self {
        let [email, name, password] = [email, name, password].map(str::to_owned);
        Self { email, name, password, id }
    }
}

/// What a stand-in is started with.
pub struct Settings {
    /// Where brandgate is, such as `http://sso.localhost:8400`.
    pub sso_origin: String,
    /// The secrets that this and brandgate's configuration share.
    pub secrets: Secrets,
    /// The configuration in use, for the start page to show.
    pub brands_yaml: String,
    /// The user table of the shoes site.
    pub shoes_people: Vec<Person>,
    /// The user table of the coffee site.
    pub coffee_people: Vec<Person>,
    /// Who has an account at the provider of the bikes brand.
    pub bikes_people: Vec<Person>,
    /// The user table of the music site.
    pub music_people: Vec<Person>,
    /// Users whose passwords Zendesk itself knows.
    pub zendesk_people: Vec<Person>,
    /// Zendesk's option of that name: the e-mail address decides and the id is overwritten.
    pub update_external_ids: bool,
    /// Whether the remote logout URL names the person; companies that opt out send blanks.
    pub logout_personal_data: bool,
    /// The clock.
    pub now: Now,
}

impl Settings {
    /// The demo's own people, with Zendesk's defaults.
    pub fn new(sso_origin: &str, secrets: Secrets, brands_yaml: String, now: Now) -> Self {
        Self {
            sso_origin: sso_origin.to_owned(),
            secrets,
            brands_yaml,
            shoes_people: vec![
                Person::new(101, "Alice Ash", "alice@shoes.example", "sneaker"),
                Person::new(102, "Bob Birch", "bob@shoes.example", "sandal"),
                Person::new(103, "Dana Both", "dana@example.com", "both"),
                Person::new(104, "Mallory Moss", "mallory@shoes.example", "muddy"),
            ],
            coffee_people: vec![
                Person::new(7, "Alice Arabica", "alice@coffee.example", "espresso"),
                Person::new(8, "Carol Crema", "carol@coffee.example", "latte"),
                Person::new(9, "Dana Both", "dana@example.com", "both"),
            ],
            bikes_people: vec![
                Person::new(31, "Bella Bell", "bella@bikes.example", "pedal"),
                Person::new(32, "Ben Brake", "ben@bikes.example", "saddle"),
            ],
            music_people: vec![
                Person::new(21, "Melody Major", "melody@music.example", "tempo"),
                Person::new(22, "Max Minor", "max@music.example", "treble"),
            ],
            zendesk_people: vec![
                Person::new(1, "Chief Acme", "ceo@acme.example", "boss"),
                Person::new(2, "Gina Gamer", "gina@games.example", "joystick"),
            ],
            update_external_ids: false,
            logout_personal_data: true,
            now,
        }
    }
}

/// A running stand-in; it ends when this is dropped.
pub struct StandIn {
    world: Arc<World>,
    server: ServerHandle,
    thread: Option<thread::JoinHandle<io::Result<()>>>,
}

impl StandIn {
    /// Serves every host of the demo on `listener`, from a thread of its own.
    pub fn start(listener: TcpListener, settings: Settings) -> io::Result<Self> {
        let port = listener.local_addr()?.port();
        let world = Arc::new(World::new(settings, port)?);
        let shared = Arc::clone(&world);
        let app = move || {
            let world = Data::from(Arc::clone(&shared));
            App::new().app_data(world).default_service(to(answer))
        };
        let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1);
        let server = server.listen(listener)?.run();
        let handle = server.handle();
        let thread = thread::Builder::new().name("stand-in".to_owned());
        let thread = thread.spawn(move || System::new().block_on(server))?;
        Ok(Self { world, server: handle, thread: Some(thread) })
    }

    /// The port that all hosts share.
    pub fn port(&self) -> u16 {
        self.world.port
    }

    /// The address to open in a browser.
    pub fn start_url(&self) -> String {
        self.world.at(START_HOST) + "/"
    }

    /// Every user of the Zendesk account as it is now.
    pub fn users(&self) -> Vec<User> {
        self.world.account().users().to_vec()
    }

    /// Makes Zendesk refuse the next JWT with this text.
    pub fn refuse_next(&self, message: &str) {
        self.world.account().refuse_next(message);
    }

    /// Waits until nothing is served any more.
    pub fn stop(mut self) -> io::Result<()> {
        drop(self.server.stop(false));
        let ended = self.thread.take().map(thread::JoinHandle::join);
        ended.unwrap_or(Ok(Ok(()))).map_err(|_| io::Error::other("the stand-in panicked"))?
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        // The command is sent at once; the future would only wait for its end.
        drop(self.server.stop(false));
    }
}

/// All that the demo's hosts know, in one process.
pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) port: u16,
    account: Mutex<Account>,
    sites: Mutex<Sites>,
    provider: Mutex<Memory>,
    pub(super) provider_key: SigningKey,
    pub(super) music_key: SigningKey,
    id_key: hmac::Key,
    next_id: AtomicU64,
}

impl World {
    pub(super) fn new(settings: Settings, port: u16) -> io::Result<Self> {
        let draw = || SigningKey::draw().map_err(|_| io::Error::other("no key could be drawn"));
        Ok(Self {
            port,
            account: Mutex::new(Account::new(&settings.zendesk_people)),
            sites: Mutex::default(),
            provider: Mutex::default(),
            provider_key: draw()?,
            music_key: draw()?,
            id_key: jws::key(&settings.secrets.zendesk),
            next_id: AtomicU64::new(0),
            settings,
        })
    }

    pub(super) fn now(&self) -> u64 {
        (self.settings.now)()
    }

    /// The origin of one of the hosts here.
    pub(super) fn at(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }

    /// Where brandgate sees the music site's cookie.
    pub(super) fn music_sso(&self) -> String {
        self.settings.sso_origin.replace(SSO_HOST, MUSIC_SSO_HOST)
    }

    /// An id that nobody can guess, without drawing randomness of its own.
    pub(super) fn fresh_id(&self) -> String {
        let number = self.next_id.fetch_add(1, Ordering::Relaxed);
        let label = format!("stand-in id {number} at {}", self.now());
        let tag = hmac::sign(&self.id_key, label.as_bytes());
        URL_SAFE_NO_PAD.encode(tag).chars().take(27).collect()
    }

    pub(super) fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn sites(&self) -> MutexGuard<'_, Sites> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn provider(&self) -> MutexGuard<'_, Memory> {
        self.provider.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(request: HttpRequest, body: Bytes, world: Data<World>) -> HttpResponse {
    if ![Method::GET, Method::POST].contains(request.method()) {
        return HttpResponse::MethodNotAllowed().insert_header(("Allow", "GET, POST")).finish();
    }
    let incoming = Incoming::new(&request, &body, world.port);
    let Some((incoming, place)) = incoming.and_then(|it| Place::at(it.host).map(|at| (it, at)))
    else {
        let page = pages::Message {
            look: Look::plain(&world),
            title: "Nothing lives under this name",
            text: "The demo has a few hosts, and this is not one of them.",
            links: vec![pages::Link::new("To the start", world.at(START_HOST) + "/")],
        };
        return wire::page(StatusCode::MISDIRECTED_REQUEST, &page);
    };
    match place {
        Place::Account => zendesk::answer(&world, &incoming, None),
        Place::HelpCenter(brand) => zendesk::answer(&world, &incoming, Some(brand)),
        Place::OwnSite(site) => sites::answer(&world, &incoming, site),
        Place::MusicSite => music::answer(&world, &incoming),
        Place::Provider => provider::answer(&world, &incoming),
        Place::Widget => chat::answer(&world, &incoming),
        Place::Stranger => sites::stranger(&world, &incoming),
        Place::Start => break_things::answer(&world, &incoming),
    }
}
