//! The stand-in Zendesk: its sign-in addresses and its Help Centers.

mod account;
mod brands_api;
mod token;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use self::account::{Session, Ticket};
use super::brands::{ACCOUNT_HOST, Brand, SHOES, START_HOST, brand_at};
use super::pages::{self, Link, Look};
use super::stand_in::World;
use super::wire::{self, Incoming, encode};

pub(super) use self::account::Account;
pub use self::account::{Role, User};
pub use self::token::Refusal;

const COOKIE: &str = "stand_in_session";

/// Answers on the account's host, or on that of a brand's Help Center.
pub(super) fn answer(
    world: &World,
    incoming: &Incoming<'_>,
    brand: Option<&'static Brand>,
) -> HttpResponse {
    match incoming.path() {
        "/access/jwt" => jwt(world, incoming),
        "/api/v2/brands.json" => brands_api::answer(world, incoming),
        "/access/normal" => normal(world, incoming),
        "/access/logout" => logout(world, incoming),
        "/access/hop" => hop(world, incoming),
        "/access/ticket" => ticket(world, incoming),
        "/access/unauthenticated" | "/hc/en-us/signin" => {
            let destination = Destination::of(world, incoming);
            remote_login(world, destination.brand, &destination.url)
        }
        "/" if brand.is_some() => wire::redirect(&(world.at(incoming.host) + "/hc")),
        path if path == "/" || beneath(path, "/hc") || beneath(path, "/agent") => {
            help_center(world, incoming, brand)
        }
        _ => not_found(world, brand.unwrap_or(&SHOES)),
    }
}

fn jwt(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let destination = Destination::of(world, incoming);
    match admitted(world, incoming) {
        Ok(user) => welcome(world, user, &destination),
        Err(refusal) => {
            let brand = destination.brand.id;
            let message = encode(&refusal.to_string());
            let sso = &world.settings.sso_origin;
            wire::redirect(&format!("{sso}/logout?brand_id={brand}&kind=error&message={message}"))
        }
    }
}

fn admitted(world: &World, incoming: &Incoming<'_>) -> Result<u64, Refusal> {
    let jwt = incoming.parameter("jwt").filter(|_| incoming.host == ACCOUNT_HOST);
    let jwt = jwt.ok_or(Refusal::InvalidRequest)?;
    let now = world.now();
    let mut account = world.account();
    account.switched()?;
    let claims = token::judge(&jwt, &world.settings.secrets.zendesk, now)?;
    account.use_once(&claims.jti, now)?;
    account.admit(claims, world.settings.update_external_ids)
}

/// Zendesk's own form, for the brand that uses it and for whoever is locked out.
fn normal(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let destination = Destination::of(world, incoming);
    let [email, password] =
        ["email", "password"].map(|name| incoming.parameter(name).unwrap_or_default());
    let people = &world.settings.zendesk_people;
    let known = people.iter().any(|it| it.email == email && it.password == password);
    let user = world.account().with_email(&email).filter(|_| known).map(|user| user.id);
    // The account's cookie can be set by its own host only, so the form goes there from any.
    match user {
        Some(user) if incoming.is_post() && incoming.host == ACCOUNT_HOST => {
            welcome(world, user, &destination)
        }
        _ => {
            let action = world.at(ACCOUNT_HOST) + "/access/normal?return_to=";
            let page = pages::SignIn {
                look: Look::zendesk(world, destination.brand),
                owner: "Zendesk's own sign-in page",
                action: action + &encode(&destination.url),
                failed: incoming.is_post(),
                email,
                people: &people[..],
            };
            wire::page(StatusCode::OK, &page)
        }
    }
}

/// Opens the account's session and carries it over to the host of the destination.
fn welcome(world: &World, user: u64, destination: &Destination) -> HttpResponse {
    let host = ACCOUNT_HOST.to_owned();
    let session = Session { host, user, sign_in: world.fresh_id(), since: world.now() };
    let id = world.fresh_id();
    world.account().open(id.clone(), session.clone());
    wire::with_cookie(carry_over(world, session, destination), COOKIE, &id)
}

fn carry_over(world: &World, session: Session, destination: &Destination) -> HttpResponse {
    if destination.host == ACCOUNT_HOST {
        return wire::redirect(&destination.url);
    }
    let id = world.fresh_id();
    let session = Session { host: destination.host.to_owned(), since: world.now(), ..session };
    let return_to = destination.url.clone();
    world.account().issue(id.clone(), Ticket { session, return_to });
    wire::redirect(&format!("{}/access/ticket?id={id}", world.at(destination.host)))
}

fn ticket(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let id = incoming.query("id").unwrap_or_default();
    let Some(ticket) = world.account().redeem(&id, incoming.host, world.now()) else {
        return wire::redirect(&(world.at(incoming.host) + "/"));
    };
    let id = world.fresh_id();
    world.account().open(id.clone(), ticket.session);
    wire::with_cookie(wire::redirect(&ticket.return_to), COOKIE, &id)
}

/// Uses the account's session, if there is one, on another brand's host.
fn hop(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let destination = Destination::of(world, incoming);
    match session(world, incoming) {
        Some(session) => carry_over(world, session, &destination),
        None => remote_login(world, destination.brand, &destination.url),
    }
}

fn logout(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let session = session(world, incoming);
    let mut account = world.account();
    if let Some(session) = &session {
        account.end(&session.sign_in);
    }
    let told = session.filter(|_| world.settings.logout_personal_data);
    let user = told.and_then(|session| account.user(session.user));
    let email = user.map_or(String::new(), |user| encode(&user.email));
    let external_id = user.and_then(|user| user.external_id.as_deref()).map(encode);
    let external_id = external_id.unwrap_or_default();
    let Destination { brand, url, .. } = Destination::of(world, incoming);
    let (sso, brand, url) = (&world.settings.sso_origin, brand.id, encode(&url));
    let query = format!("brand_id={brand}&email={email}&external_id={external_id}&return_to={url}");
    wire::without_cookie(wire::redirect(&format!("{sso}/logout?{query}")), COOKIE)
}

fn help_center(
    world: &World,
    incoming: &Incoming<'_>,
    brand: Option<&'static Brand>,
) -> HttpResponse {
    let here = world.at(incoming.host) + incoming.target();
    let look = brand.map_or_else(|| Look::account(world), |brand| Look::zendesk(world, brand));
    let brand = brand.unwrap_or(&SHOES);
    let user = session(world, incoming).filter(|_| brand.keeps_sessions);
    let user = user.and_then(|session| world.account().user(session.user).cloned());
    if user.is_none() && (is_restricted(incoming.path()) || !brand.keeps_sessions) {
        return remote_login(world, brand, &here);
    }
    let encoded = encode(&here);
    let home = world.at(incoming.host);
    let page = pages::HelpCenter {
        look,
        user,
        sign_in: format!("/hc/en-us/signin?return_to={encoded}"),
        hop: format!("{}/access/hop?return_to={encoded}", world.at(ACCOUNT_HOST)),
        sign_out: format!("/access/logout?return_to={}", encode(&format!("{home}/hc"))),
        target: incoming.target(),
        restricted: is_restricted(incoming.path()),
        start: world.at(START_HOST) + "/",
    };
    wire::page(StatusCode::OK, &page)
}

fn not_found(world: &World, brand: &'static Brand) -> HttpResponse {
    let page = pages::Message {
        look: Look::zendesk(world, brand),
        title: "There is no such page",
        text: "The stand-in has Help Centers under /hc, and the sign-in addresses under /access.",
        links: vec![Link::new("To the Help Center", world.at(brand.home) + "/hc")],
    };
    wire::page(StatusCode::NOT_FOUND, &page)
}

/// Sends the browser to brandgate, as Zendesk does when it does not know somebody.
fn remote_login(world: &World, brand: &Brand, return_to: &str) -> HttpResponse {
    wire::redirect(&login_url(world, brand, return_to))
}

/// The remote login URL with Zendesk's parameters, in Zendesk's order.
pub(super) fn login_url(world: &World, brand: &Brand, return_to: &str) -> String {
    let (sso, id, return_to) = (&world.settings.sso_origin, brand.id, encode(return_to));
    let now = world.now();
    format!("{sso}/login?brand_id={id}&locale_id=1&return_to={return_to}&timestamp={now}")
}

fn session(world: &World, incoming: &Incoming<'_>) -> Option<Session> {
    let id = incoming.cookie(COOKIE)?;
    world.account().session(id, incoming.host).cloned()
}

/// Requests and the agent workspace are for people who have signed in.
fn is_restricted(path: &str) -> bool {
    let requests = ["/hc/requests", "/hc/en-us/requests", "/agent"];
    requests.into_iter().any(|prefix| beneath(path, prefix))
}

fn beneath(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where somebody goes after Zendesk, and whose Help Center that is.
struct Destination {
    host: &'static str,
    brand: &'static Brand,
    url: String,
}

impl Destination {
    /// Takes `return_to` as it is when it is on a host of the account, a relative one on this host.
    fn of(world: &World, incoming: &Incoming<'_>) -> Self {
        let here = brand_at(incoming.host);
        let asked = incoming.parameter("return_to").unwrap_or_default();
        let asked = match asked.strip_prefix('/') {
            Some(rest) if !rest.starts_with(['/', '\\']) => world.at(incoming.host) + &asked,
            _ => asked,
        };
        if let Some((host, brand)) = on_account(world, &asked) {
            return Self { host, brand: brand.or(here).unwrap_or(&SHOES), url: asked };
        }
        let brand = here.unwrap_or(&SHOES);
        Self { host: brand.home, brand, url: world.at(brand.home) + "/hc" }
    }
}

fn on_account(world: &World, url: &str) -> Option<(&'static str, Option<&'static Brand>)> {
    let rest = url.strip_prefix("http://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.strip_suffix(&format!(":{}", world.port))?;
    if host == ACCOUNT_HOST {
        return Some((ACCOUNT_HOST, None));
    }
    let brand = brand_at(host)?;
    let host = brand.other_host.filter(|other| *other == host).unwrap_or(brand.home);
    Some((host, Some(brand)))
}
