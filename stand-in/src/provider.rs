//! Acme ID, a small provider of OpenID Connect: it has people and passwords of its own.
//!
//! It judges what brandgate asks as strictly as a real one, and shares no code with it.

mod authorize;
mod memory;
mod parameters;
mod token;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use self::authorize::{Client, Refusal, Request};
use self::memory::{Grant, Session};
use self::parameters::Parameters;
use super::brands::{BIKES, PROVIDER_HOST, START_HOST};
use super::pages::{self, Link, Look};
use super::stand_in::{Person, World};
use super::wire::{self, Incoming, encode};

pub(super) use self::memory::{Memory, Trouble};

/// What it calls brandgate.
pub(super) const CLIENT_ID: &str = "brandgate";
const COOKIE: &str = "acme_id_session";

/// The provider as it writes itself.
pub(super) fn issuer(world: &World) -> String {
    world.at(PROVIDER_HOST)
}

/// Answers on the provider's host.
pub(super) fn answer(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    match incoming.path() {
        "/.well-known/openid-configuration" => wire::json(StatusCode::OK, &metadata(world)),
        "/keys" => wire::json(StatusCode::OK, &world.provider_key.published()),
        "/authorize" => authorize(world, incoming),
        "/sign-in" => sign_in(world, incoming),
        "/token" => token::redeem(world, incoming),
        "/userinfo" => token::userinfo(world, incoming),
        "/end-session" => end_session(world, incoming),
        "/sign-out" if incoming.is_post() => sign_out(world, incoming),
        "/" => home(world, incoming),
        _ => refuse(world, StatusCode::NOT_FOUND, "There is no such page here."),
    }
}

/// What it says about itself (Discovery §3, RP-Initiated Logout §2.1, RFC 9207 §3).
fn metadata(world: &World) -> Value {
    let at = |path: &str| issuer(world) + path;
    json!({
        "issuer": issuer(world),
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/keys"),
        "end_session_endpoint": at("/end-session"),
        "scopes_supported": ["openid", "email", "profile"],
        "claims_supported": ["sub", "email", "email_verified", "name"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "request_uri_parameter_supported": false,
        "authorization_response_iss_parameter_supported": true,
    })
}

fn client(world: &World) -> Client {
    let (sso, backend) = (&world.settings.sso_origin, BIKES.backend);
    Client {
        redirect_uri: format!("{sso}/callback/{backend}"),
        signed_out_uri: format!("{sso}/logout/done/{backend}"),
    }
}

fn authorize(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let asked = incoming.asked();
    let request = match Request::read(&client(world), asked) {
        Ok(request) => request,
        Err(refusal) => return refuse_to_ask(world, refusal),
    };
    let now = world.now();
    let trouble = world.provider().take_trouble();
    let session = session(world, incoming).filter(|it| !request.is_too_old(it.since, now));
    if let Some(session) = session {
        return go_back(world, request, session, trouble);
    }
    if request.silent {
        let state = request.state;
        return refuse_to_ask(world, Refusal::Goes { error: "login_required", state });
    }
    // What is meant to go wrong does so at once, without a password.
    match world.settings.bikes_people.first().filter(|_| trouble.is_some()) {
        Some(person) => {
            go_back(world, request, Session { person: person.clone(), since: now }, trouble)
        }
        None => form(world, &String::from_utf8_lossy(asked), None),
    }
}

/// Tells the client that it may not, or the person where the client is not known.
fn refuse_to_ask(world: &World, refusal: Refusal) -> HttpResponse {
    match refusal {
        Refusal::Stays(why) => refuse(world, StatusCode::BAD_REQUEST, why),
        Refusal::Goes { error, state } => {
            let (to, issuer) = (client(world).redirect_uri, issuer(world));
            wire::redirect(&authorize::answer(&to, ("error", error), state.as_deref(), &issuer))
        }
    }
}

/// The form, with the request that it interrupts in its address; without one, a visit of its own.
fn form(world: &World, asked: &str, failed: Option<String>) -> HttpResponse {
    let page = pages::SignIn {
        look: Look::provider(world),
        owner: "Acme ID is where the people of Acme Bikes sign in",
        action: format!("/sign-in?{asked}"),
        failed: failed.is_some(),
        email: failed.unwrap_or_default(),
        people: &world.settings.bikes_people,
    };
    wire::page(StatusCode::OK, &page)
}

fn sign_in(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let asked = incoming.raw_query();
    let request = match asked {
        "" => None,
        asked => match Request::read(&client(world), asked.as_bytes()) {
            Ok(request) => Some(request),
            Err(refusal) => return refuse_to_ask(world, refusal),
        },
    };
    if !incoming.is_post() {
        return form(world, asked, None);
    }
    let typed = Parameters::read(incoming.body());
    let (email, password) = (typed.get("email"), typed.get("password"));
    let is_right = |it: &&Person| Some(&*it.email) == email && Some(&*it.password) == password;
    let Some(person) = world.settings.bikes_people.iter().find(is_right) else {
        return form(world, asked, Some(email.unwrap_or_default().to_owned()));
    };
    let session = Session { person: person.clone(), since: world.now() };
    let id = world.fresh_id();
    world.provider().open(id.clone(), session.clone());
    let next = match request {
        Some(request) => go_back(world, request, session, None),
        None => wire::redirect(&(issuer(world) + "/")),
    };
    wire::with_cookie(next, COOKIE, &id)
}

/// Back to brandgate, with a code.
fn go_back(
    world: &World,
    request: Request,
    session: Session,
    trouble: Option<Trouble>,
) -> HttpResponse {
    let (code, issuer) = (world.fresh_id(), issuer(world));
    let state = request.state.as_deref();
    let location = authorize::answer(&request.redirect_uri, ("code", &code), state, &issuer);
    world.provider().issue(code, Grant { session, request, trouble, since: world.now() });
    wire::redirect(&location)
}

fn session(world: &World, incoming: &Incoming<'_>) -> Option<Session> {
    world.provider().session(incoming.cookie(COOKIE)?, world.now()).cloned()
}

/// Signs people out, if they want that: without an `id_token_hint` they must be asked
/// (RP-Initiated Logout §2).
fn end_session(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let asked = incoming.asked();
    let Some(next) = after_sign_out(world, asked) else {
        let why = "It would send you to an address that is not registered here.";
        return refuse(world, StatusCode::BAD_REQUEST, why);
    };
    let Some(session) = session(world, incoming) else { return left(world, next.as_deref()) };
    let page = pages::Question {
        look: Look::provider(world),
        title: "Sign out of Acme ID too?",
        name: &session.person.name,
        action: format!("/sign-out?{}", String::from_utf8_lossy(asked)),
        yes: "Sign out",
        no: Link::new("Stay signed in", world.at(BIKES.home) + "/hc"),
    };
    wire::page(StatusCode::OK, &page)
}

fn sign_out(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let next = after_sign_out(world, incoming.raw_query().as_bytes());
    // A form of another site brings no cookie along, so it ends nothing.
    if let Some(id) = incoming.cookie(COOKIE) {
        world.provider().end(id);
    }
    wire::without_cookie(left(world, next.flatten().as_deref()), COOKIE)
}

/// Where to go afterwards, if that was asked for; `None`: an address that is not registered.
#[expect(clippy::option_option, reason = "nowhere and somewhere wrong are different answers")]
fn after_sign_out(world: &World, asked: &[u8]) -> Option<Option<String>> {
    let said = Parameters::read(asked);
    if said.is_ambiguous() {
        return None;
    }
    let Some(uri) = said.get("post_logout_redirect_uri") else { return Some(None) };
    let is_ours = said.get("client_id") == Some(CLIENT_ID);
    if !is_ours || uri != client(world).signed_out_uri {
        return None;
    }
    let state = said.get("state").map(|state| format!("?state={}", encode(state)));
    Some(Some(uri.to_owned() + &state.unwrap_or_default()))
}

fn left(world: &World, next: Option<&str>) -> HttpResponse {
    if let Some(next) = next {
        return wire::redirect(next);
    }
    let page = pages::Message {
        look: Look::provider(world),
        title: "You are signed out",
        text: "Of Acme ID alone: if you signed in to the Help Center too, it does not know yet, \
            and you sign out there.",
        links: vec![
            Link::new("To the Help Center", world.at(BIKES.home) + "/hc"),
            Link::new("To the start of the demo", world.at(START_HOST) + "/"),
        ],
    };
    wire::page(StatusCode::OK, &page)
}

fn home(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let session = session(world, incoming);
    let page = pages::SiteHome {
        look: Look::provider(world),
        title: "Acme ID",
        about: "Acme Bikes keeps no passwords: its people have an account here, at a provider of \
            OpenID Connect. Zendesk has never heard of it, and brandgate never sees a password.",
        name: session.as_ref().map(|session| session.person.name.as_str()),
        sign_in: "/sign-in",
        sign_out: "/end-session",
        my_requests: world.at(BIKES.home) + "/hc/requests",
        help_center: world.at(BIKES.home) + "/hc",
        chat: None,
    };
    wire::page(StatusCode::OK, &page)
}

fn refuse(world: &World, status: StatusCode, text: &'static str) -> HttpResponse {
    let page = pages::Message {
        look: Look::provider(world),
        title: "Acme ID cannot do that",
        text,
        links: vec![Link::new("Home", "/".to_owned())],
    };
    wire::page(status, &page)
}
