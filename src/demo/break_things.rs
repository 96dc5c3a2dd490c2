//! The start page, and the page that breaks things on purpose.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::brands::{
    Brand, COFFEE, COFFEE_SITE, GAMES, LOOP, OwnSite, SHOES, SHOES_SITE, START_HOST, STRANGER_HOST,
};
use super::jws;
use super::pages::{self, Link, Look};
use super::sites::{self, Submission};
use super::stand_in::World;
use super::wire::{self, Incoming};
use super::zendesk::{Refusal, login_url};

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
        ("/", false) => wire::page(StatusCode::OK, &start(world)),
        ("/break", false) => {
            let (look, start) = (Look::plain(world), world.at(START_HOST) + "/");
            wire::page(StatusCode::OK, &pages::Break { look, start, items: items(world) })
        }
        ("/break/refuse", true) => refuse(world, incoming),
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
        return sites::submit(Look::site(world, site), site.style, &submission);
    }
    let page = pages::Message {
        look: Look::site(world, site),
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

/// A sign-in whose marker brandgate hands on to the site, as it does with every parameter.
fn marked(world: &World, brand: &Brand, fault: Fault) -> String {
    let login = login_url(world, brand, &(world.at(brand.home) + "/hc/requests"));
    format!("{login}&demo_break={}", fault.name())
}

fn start(world: &World) -> pages::Start<'_> {
    let settings = &world.settings;
    let card = |brand: &'static Brand, how, site: Option<&OwnSite>, people| pages::Card {
        brand,
        how,
        home: world.at(brand.home) + "/hc",
        deep: world.at(brand.home) + "/hc/requests/42?from=mail&note=a%20b",
        site: site.map(|site| world.at(site.host) + "/"),
        people,
    };
    let shoes = "Its own site has a login form and posts a signed assertion to brandgate.";
    let coffee = "Its login script is ten years old: it puts the token into an address and forgets \
        where you wanted to go. You still get there.";
    let games = "Signs in with Zendesk's own form; brandgate only shows the way.";
    pages::Start {
        look: Look::plain(world),
        cards: vec![
            card(&SHOES, shoes, Some(&SHOES_SITE), &settings.shoes_people),
            card(&COFFEE, coffee, Some(&COFFEE_SITE), &settings.coffee_people),
            card(&GAMES, games, None, &settings.zendesk_people),
        ],
        sso: &settings.sso_origin,
        brands_yaml: &settings.brands_yaml,
    }
}

fn items(world: &World) -> Vec<pages::Item> {
    let shoes = |label, fault| Link::new(label, marked(world, &SHOES, fault));
    let sso = &world.settings.sso_origin;
    let site = world.at(SHOES_SITE.host);
    let foreign =
        format!("{sso}/login?brand_id={}&return_to=https%3A%2F%2Fevil.example%2F", SHOES.id);
    let no_flow = format!("{site}/zdlogin?demo_break={}", Fault::NoFlow.name());
    let switches = refusals().map(|(slug, label, _)| (slug, label));
    let clash =
        [&SHOES, &COFFEE].map(|brand| Link::new(brand.name, world.at(brand.home) + "/hc/requests"));
    let item = pages::Item::new;
    vec![
        item(
            "The site signs with a wrong secret",
            "People see that the shop's sign-in could not be verified, and a code to tell support.",
            vec![shoes("Sign in with last year's secret", Fault::WrongSecret)],
        ),
        item(
            "The site's clock is three hours slow",
            "People see that the sign-in is too old, and can start again; the log says whose clock \
             is off.",
            vec![shoes("Sign in three hours ago", Fault::ClockOff)],
        ),
        item(
            "An assertion is used twice",
            "The first one signs you in as Alice. The second, pressed within three minutes, is a \
             copy of it and is refused.",
            vec![
                shoes("1. Sign in", Fault::Replay),
                shoes("2. The same assertion again", Fault::ReplayAgain),
            ],
        ),
        item(
            "The shop says you are the chief",
            "ceo@acme.example is an admin of the account, so no brand's site may say that address: \
             people see that they cannot sign in here with it.",
            vec![shoes("Sign in as ceo@acme.example", Fault::Reserved)],
        ),
        item(
            "The shop makes you an agent",
            "A role is more than the rules of this brand allow: the sign-in is refused, not lowered \
             in silence.",
            vec![shoes("Sign in with role agent", Fault::RoleAgent)],
        ),
        item(
            "A token without a signature",
            "alg: none is an old trick. People see that the shop's sign-in is not set up correctly, and \
             nobody is signed in.",
            vec![shoes("Sign in unsigned", Fault::AlgNone)],
        ),
        item(
            "The wrong shop answers",
            "You ask to sign in to the coffee shop and the shoe shop answers: its key counts for \
             nothing there.",
            vec![Link::new("Sign in to the wrong shop", marked(world, &COFFEE, Fault::WrongBrand))],
        ),
        item(
            "A sign-in that nobody asked for",
            "An assertion arrives at the coffee shop's address although this browser never asked to \
             sign in there: it is refused, and people are told to start again from the Help Center.",
            vec![Link::new("Post one out of the blue", no_flow)],
        ),
        item(
            "A way out to somebody else's site",
            "Somebody sends a link that would leave for evil.example: it stops before any password \
             is asked for, and a site that posts such an address is refused too.",
            vec![
                Link::new("Follow the link", foreign),
                shoes("Let the site post it", Fault::ForeignReturnTo),
            ],
        ),
        item(
            "A stranger signs you in",
            "A page of somebody else would have you write to support as her. You are asked first \
             whether you are Mallory.",
            vec![Link::new("Visit the stranger", world.at(STRANGER_HOST) + "/")],
        ),
        item(
            "One person, two shops",
            "Sign in as dana@example.com with password both, first at one shop, then at the other: \
             Zendesk has one user per address and refuses her second id. brandgate explains it.",
            clash.into(),
        ),
        item(
            "A Help Center that never believes you",
            "Sign in once and it sends you round and round; brandgate stops the loop and says so.",
            vec![Link::new("Into the loop", world.at(LOOP.home) + "/hc/requests/1")],
        ),
        pages::Item {
            refusals: switches.into(),
            ..item(
                "Zendesk refuses",
                "All is well until the last step; then Zendesk sends people back with a message \
                 meant for programmers. They see ours instead, and nobody is signed out.",
                vec![],
            )
        },
    ]
}
