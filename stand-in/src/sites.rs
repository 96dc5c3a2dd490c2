//! The brands' own sites: each has users and a login page that Zendesk knows nothing about.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::brands::{MUSIC, OwnSite, SHOES, SHOES_SITE, START_HOST, SiteStyle};
use super::break_things::{self, Fault};
use super::jws;
use super::pages::{self, Link, Look};
use super::stand_in::{Person, World};
use super::wire::{self, Incoming, encode};
use super::zendesk::login_url;

const COOKIE: &str = "site_session";
const MOST_SESSIONS: usize = 10_000;

/// What the sites remember.
#[derive(Default)]
pub(super) struct Sites {
    /// Host and address of who has signed in, by cookie.
    sessions: HashMap<String, (&'static str, String)>,
    /// The assertion to be sent a second time, by the page that shows what happens then.
    pub(super) kept_assertion: Option<String>,
}

/// What a site sends to brandgate: the token, and where to.
pub(super) struct Submission {
    pub(super) action: String,
    pub(super) jwt: String,
    pub(super) return_to: Option<String>,
}

/// Answers on a brand's own site.
pub(super) fn answer(
    world: &World,
    incoming: &Incoming<'_>,
    site: &'static OwnSite,
) -> HttpResponse {
    match incoming.path() {
        "/" => home(world, incoming, site),
        "/zdlogin" => login(world, incoming, site),
        "/zdlogout" => logout(world, incoming, site),
        _ => {
            let page = pages::Message {
                look: Look::site(world, site.brand),
                title: "There is no such page",
                text: "This site has a home page, a login page and a logout page.",
                links: vec![Link::new("Home", "/".to_owned())],
            };
            wire::page(StatusCode::NOT_FOUND, &page)
        }
    }
}

/// A page of somebody else, who would like visitors to sign in as her.
pub(super) fn stranger(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let return_to = world.at(SHOES.home) + "/hc/requests";
    let mallory = world.settings.shoes_people.last();
    if let ("/claim", Some(mallory)) = (incoming.path(), mallory) {
        let assertion = assertion(world, &SHOES_SITE, mallory);
        let submission = submission(world, &SHOES_SITE, &assertion, Some(return_to));
        return submit(Look::stranger(world), SiteStyle::Post, &submission);
    }
    if incoming.path() == "/chat" {
        let page = pages::ForeignChat {
            look: Look::stranger(world),
            token: format!("{}/brands/{}/chat-token", world.music_sso(), MUSIC.key),
            start: world.at(START_HOST) + "/break",
        };
        return wire::page(StatusCode::OK, &page);
    }
    let page = pages::Stranger {
        look: Look::stranger(world),
        login: login_url(world, &SHOES, &return_to),
        start: world.at(START_HOST) + "/break",
    };
    wire::page(StatusCode::OK, &page)
}

fn home(world: &World, incoming: &Incoming<'_>, site: &'static OwnSite) -> HttpResponse {
    let page = pages::SiteHome {
        look: Look::site(world, site.brand),
        title: "The shop itself",
        about: "This is the brand's own site, with its own users. Zendesk has never heard of their \
            passwords.",
        name: signed_in(world, incoming, site).map(|person| person.name.as_str()),
        sign_in: "/zdlogin",
        sign_out: "/zdlogout",
        my_requests: world.at(site.brand.home) + "/hc/requests",
        help_center: world.at(site.brand.home) + "/hc",
        chat: None,
    };
    wire::page(StatusCode::OK, &page)
}

fn login(world: &World, incoming: &Incoming<'_>, site: &'static OwnSite) -> HttpResponse {
    if let Some(fault) = incoming.query("demo_break").as_deref().and_then(Fault::named) {
        return break_things::login(world, site, fault, incoming.query("return_to"));
    }
    if let Some(person) = signed_in(world, incoming, site) {
        return go_on(world, incoming, site, person);
    }
    let [email, password] =
        ["email", "password"].map(|name| incoming.parameter(name).unwrap_or_default());
    let people = people(world, site);
    let person = people.iter().find(|it| it.email == email && it.password == password);
    if let Some(person) = person.filter(|_| incoming.is_post()) {
        let id = open(world, site, person);
        return wire::with_cookie(go_on(world, incoming, site, person), COOKIE, &id);
    }
    let page = pages::SignIn {
        look: Look::site(world, site.brand),
        owner: "This site's own login page",
        action: format!("/zdlogin?{}", incoming.raw_query()),
        failed: incoming.is_post(),
        email,
        people,
    };
    wire::page(StatusCode::OK, &page)
}

fn logout(world: &World, incoming: &Incoming<'_>, site: &'static OwnSite) -> HttpResponse {
    if let Some(id) = incoming.cookie(COOKIE) {
        world.sites().sessions.remove(id);
    }
    // Only Zendesk names the brand; this site's own link does not.
    let text = if incoming.query("brand_id").is_some() {
        "Both here and at the Help Center: Zendesk ended its session first and then sent you to \
            brandgate, which sent you to this site's own logout page."
    } else {
        "Of this site alone: if you signed in to the Help Center too, it does not know yet, and \
            you sign out there."
    };
    let page = pages::Message {
        look: Look::site(world, site.brand),
        title: "You are signed out",
        text,
        links: vec![
            Link::new("To the Help Center", world.at(site.brand.home) + "/hc"),
            Link::new("To the start of the demo", world.at(START_HOST) + "/"),
        ],
    };
    wire::without_cookie(wire::page(StatusCode::OK, &page), COOKIE)
}

fn people<'a>(world: &'a World, site: &OwnSite) -> &'a [Person] {
    match site.style {
        SiteStyle::Post => &world.settings.shoes_people,
        SiteStyle::OldGet => &world.settings.coffee_people,
    }
}

fn open(world: &World, site: &OwnSite, person: &Person) -> String {
    let id = world.fresh_id();
    let mut sites = world.sites();
    // Nobody needs so many: a script that asks for more may start again.
    if sites.sessions.len() >= MOST_SESSIONS {
        sites.sessions.clear();
    }
    sites.sessions.insert(id.clone(), (site.host, person.email.clone()));
    id
}

fn signed_in<'a>(world: &'a World, incoming: &Incoming<'_>, site: &OwnSite) -> Option<&'a Person> {
    let sites = world.sites();
    let (host, email) = sites.sessions.get(incoming.cookie(COOKIE)?)?;
    let people = people(world, site).iter();
    people.filter(|_| *host == site.host).find(|person| person.email == *email)
}

/// Tells brandgate who it is, if Zendesk asked; who came by themselves stays here.
fn go_on(
    world: &World,
    incoming: &Incoming<'_>,
    site: &'static OwnSite,
    person: &Person,
) -> HttpResponse {
    if ["brand_id", "return_to"].iter().all(|name| incoming.query(name).is_none()) {
        return wire::redirect(&(world.at(site.host) + "/"));
    }
    let assertion = assertion(world, site, person);
    let submission = submission(world, site, &assertion, incoming.query("return_to"));
    submit(Look::site(world, site.brand), site.style, &submission)
}

/// The claims of an honest assertion, in the site's own style.
pub(super) fn assertion(world: &World, site: &OwnSite, person: &Person) -> Value {
    let (jti, now) = (world.fresh_id(), world.now());
    let Person { email, name, id, .. } = person;
    match site.style {
        SiteStyle::Post => json!({
            "iat": now, "jti": jti, "email": email, "name": name, "external_id": id.to_string()
        }),
        SiteStyle::OldGet => {
            // What a script gets that divides milliseconds by a thousand.
            let iat = f64::from(u32::try_from(now).unwrap_or(u32::MAX)) + 0.25;
            json!({"iat": iat, "jti": jti, "email": email, "name": name, "external_id": id})
        }
    }
}

/// Signs the claims with the site's own secret and addresses them to brandgate.
pub(super) fn submission(
    world: &World,
    site: &OwnSite,
    claims: &Value,
    return_to: Option<String>,
) -> Submission {
    let (sso, secrets) = (&world.settings.sso_origin, &world.settings.secrets);
    match site.style {
        SiteStyle::Post => {
            let header = json!({"typ": "JWT", "alg": "HS256"});
            let jwt = jws::sign(&header, claims, &secrets.shoes);
            Submission { action: format!("{sso}/access/jwt"), jwt, return_to }
        }
        SiteStyle::OldGet => {
            let jwt = jws::sign(&json!({"alg": "HS256"}), claims, &secrets.coffee);
            let action = format!("{sso}/backends/{}/access/jwt", site.brand.backend);
            Submission { action, jwt, return_to: None }
        }
    }
}

/// Lets the browser take a submission to brandgate.
pub(super) fn submit(look: Look, style: SiteStyle, submission: &Submission) -> HttpResponse {
    let Submission { action, jwt, return_to } = submission;
    match style {
        SiteStyle::Post => {
            let return_to = return_to.as_deref();
            wire::page(StatusCode::OK, &pages::Post { look, action, jwt, return_to })
        }
        SiteStyle::OldGet => wire::redirect(&format!("{action}?jwt={}", encode(jwt))),
    }
}
