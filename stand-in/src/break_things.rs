//! The page that breaks things on purpose.

mod items;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::brands::{BIKES, Brand, COFFEE_SITE, OwnSite, SHOES, SHOES_SITE, START_HOST};
use super::pages::{self, Link, Look};
use super::provider::Trouble;
use super::sites::{self, Submission};
use super::stand_in::World;
use super::wire::{self, Incoming};
use super::zendesk::{Refusal, login_url};
use super::{jws, start};

/// Where the switches of Zendesk and of the bikes' provider are.
const REFUSE: &str = "/break/refuse";
const TROUBLE: &str = "/break/trouble";

/// What is wrong with what a site sends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Fault {
    /// Nothing: Zendesk is the one to refuse.
    Nothing,
    WrongSecret,
    ClockOff,
    Replay,
    ReplayAgain,
    Reserved,
    AlgNone,
    RoleAgent,
    ForeignReturnTo,
    WrongBrand,
    NoFlow,
}

impl Fault {
    const ALL: [Self; 11] = [
        Self::Nothing,
        Self::WrongSecret,
        Self::ClockOff,
        Self::Replay,
        Self::ReplayAgain,
        Self::Reserved,
        Self::AlgNone,
        Self::RoleAgent,
        Self::ForeignReturnTo,
        Self::WrongBrand,
        Self::NoFlow,
    ];

    /// The value of the marker that travels through brandgate.
    fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::WrongSecret => "wrong-secret",
            Self::ClockOff => "clock-off",
            Self::Replay => "replay",
            Self::ReplayAgain => "replay-again",
            Self::Reserved => "reserved",
            Self::AlgNone => "alg-none",
            Self::RoleAgent => "role-agent",
            Self::ForeignReturnTo => "foreign-return-to",
            Self::WrongBrand => "wrong-brand",
            Self::NoFlow => "no-flow",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }
}

/// The texts with which the switch makes Zendesk refuse.
fn refusals() -> [(&'static str, &'static str, Refusal); 4] {
    let blocked = "Users with the email address alice@shoes.example are not allowed to sign up for \
        this help desk";
    [
        ("secret", "another shared secret", Refusal::Signature),
        ("clash", "a clash of external ids", Refusal::ExternalTaken),
        ("blocked", "an address on the blocklist", Refusal::Switched(blocked.to_owned())),
        ("news", "a message nobody knows", Refusal::Switched("Computer says no".to_owned())),
    ]
}

/// Answers on the demo's own host.
pub(super) fn answer(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    match (incoming.path(), incoming.is_post()) {
        ("/", false) => wire::page(StatusCode::OK, &start::page(world)),
        ("/break", false) => {
            let (look, start) = (Look::plain(world), world.at(START_HOST) + "/");
            wire::page(StatusCode::OK, &pages::Break { look, start, items: items::all(world) })
        }
        (REFUSE, true) => refuse(world, incoming),
        (TROUBLE, true) => trouble(world, incoming),
        _ => {
            let page = pages::Message {
                look: Look::plain(world),
                title: "There is no such page",
                text: "The demo has a start page and a page that breaks things.",
                links: vec![Link::new("To the start", "/".to_owned())],
            };
            wire::page(StatusCode::NOT_FOUND, &page)
        }
    }
}

/// Answers a marked sign-in at once, without a password, since it is meant to fail.
pub(super) fn login(
    world: &World,
    site: &'static OwnSite,
    fault: Fault,
    return_to: Option<String>,
) -> HttpResponse {
    if let Some(submission) = forge(world, fault, return_to) {
        return sites::submit(Look::site(world, site.brand), site.style, &submission);
    }
    let page = pages::Message {
        look: Look::site(world, site.brand),
        title: "There is nothing to send again",
        text: "Press the first button of the pair, then come back for the second.",
        links: vec![Link::new("Back", world.at(START_HOST) + "/break")],
    };
    wire::page(StatusCode::OK, &page)
}

/// One submission with that fault and no other.
fn forge(world: &World, fault: Fault, return_to: Option<String>) -> Option<Submission> {
    let mut claims = sites::assertion(world, &SHOES_SITE, world.settings.shoes_people.first()?);
    for (name, value) in changed_claims(world, fault) {
        claims.as_object_mut()?.insert(name.to_owned(), value);
    }
    let mut sent = sites::submission(world, &SHOES_SITE, &claims, return_to);
    let sso = &world.settings.sso_origin;
    match fault {
        Fault::WrongSecret => {
            let header = json!({"typ": "JWT", "alg": "HS256"});
            sent.jwt = jws::sign(&header, &claims, &SecretString::from("last year's secret"));
        }
        Fault::AlgNone => {
            sent.jwt = jws::unsigned(&json!({"typ": "JWT", "alg": "none"}), &claims) + ".";
        }
        Fault::ForeignReturnTo => sent.return_to = Some("https://evil.example/hc".to_owned()),
        Fault::WrongBrand | Fault::NoFlow => {
            sent.action = format!("{sso}/backends/{}/access/jwt", COFFEE_SITE.brand.backend);
        }
        Fault::Replay => world.sites().kept_assertion = Some(sent.jwt.clone()),
        Fault::ReplayAgain => sent.jwt = world.sites().kept_assertion.take()?,
        Fault::Nothing | Fault::ClockOff | Fault::Reserved | Fault::RoleAgent => {}
    }
    Some(sent)
}

fn changed_claims(world: &World, fault: Fault) -> Vec<(&'static str, Value)> {
    match fault {
        Fault::ClockOff => vec![("iat", world.now().saturating_sub(3 * 3600).into())],
        Fault::RoleAgent => vec![("role", "agent".into())],
        Fault::Reserved => {
            vec![("email", "ceo@acme.example".into()), ("external_id", "1".into())]
        }
        _ => vec![],
    }
}

fn refuse(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let asked = incoming.parameter("message").unwrap_or_default();
    if let Some((_, _, refusal)) = refusals().into_iter().find(|it| it.0 == asked) {
        world.account().refuse_next(&refusal.to_string());
    }
    wire::redirect(&marked(world, &SHOES, Fault::Nothing))
}

/// What can go wrong at the bikes' provider.
const TROUBLES: [(&str, &str, Trouble); 4] = [
    ("away", "Acme ID is out of order", Trouble::OutOfOrder),
    ("nonce", "The answer to another sign-in", Trouble::WrongNonce),
    ("key", "Signed by somebody else", Trouble::WrongKey),
    ("unconfirmed", "An address nobody has confirmed", Trouble::Unconfirmed),
];

fn trouble(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let asked = incoming.parameter("message").unwrap_or_default();
    if let Some((_, _, trouble)) = TROUBLES.into_iter().find(|it| it.0 == asked) {
        world.provider().trouble_next(trouble);
    }
    wire::redirect(&login_url(world, &BIKES, &(world.at(BIKES.home) + "/hc/requests")))
}

/// A sign-in whose marker brandgate hands on to the site, as it does with every parameter.
fn marked(world: &World, brand: &Brand, fault: Fault) -> String {
    let login = login_url(world, brand, &(world.at(brand.home) + "/hc/requests"));
    format!("{login}&demo_break={}", fault.name())
}
