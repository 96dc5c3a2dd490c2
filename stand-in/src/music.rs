//! The music brand's own site: it keeps its people signed in by a token in a cookie, which the
//! hosts beneath its own get to see, and has a help page with a chat.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::brands::{MUSIC, MUSIC_SITE_HOST, START_HOST, WIDGET_HOST};
use super::pages::{self, Link, Look, Widget};
use super::stand_in::{Person, World};
use super::wire::{self, Incoming, encode};

/// The cookie that says who has signed in.
pub(super) const COOKIE: &str = "music_login";
const SESSION_SECONDS: u64 = 60 * 60;

/// Answers on the music site.
pub(super) fn answer(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    match incoming.path() {
        "/" => home(world, incoming),
        "/login" => login(world, incoming),
        "/logout" => logout(world, incoming),
        "/keys" => wire::json(StatusCode::OK, &world.music_key.published()),
        "/help" => help(world, incoming, Widget::Classic),
        "/help/older" => help(world, incoming, Widget::Chat),
        "/forged" => forged(world),
        _ => {
            let page = pages::Message {
                look: Look::site(world, &MUSIC),
                title: "There is no such page",
                text: "This site has a home page, a login page, a logout page and a help page.",
                links: vec![Link::new("Home", "/".to_owned())],
            };
            wire::page(StatusCode::NOT_FOUND, &page)
        }
    }
}

fn home(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let person = signed_in(world, incoming);
    let page = pages::SiteHome {
        look: Look::site(world, &MUSIC),
        title: "The music shop itself",
        about: "This is Acme Music's own site, with its own users. Who has signed in here has a \
            cookie with a signed token, and that is enough for the Help Center too.",
        name: person.map(|person| person.name.as_str()),
        sign_in: "/login",
        sign_out: "/logout",
        my_requests: world.at(MUSIC.home) + "/hc/requests",
        help_center: world.at(MUSIC.home) + "/hc",
        chat: Some("/help"),
    };
    wire::page(StatusCode::OK, &page)
}

fn login(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    if signed_in(world, incoming).is_some() {
        return go_on(world, incoming);
    }
    let [email, password] =
        ["email", "password"].map(|name| incoming.parameter(name).unwrap_or_default());
    let people = &world.settings.music_people;
    let person = people.iter().find(|it| it.email == email && it.password == password);
    if let Some(person) = person.filter(|_| incoming.is_post()) {
        let Ok(token) = world.music_key.sign(&claims(world, person)) else {
            return HttpResponse::InternalServerError().body("This token could not be made.");
        };
        return with_login(go_on(world, incoming), &token, SESSION_SECONDS);
    }
    let page = pages::SignIn {
        look: Look::site(world, &MUSIC),
        owner: "This site's own login page",
        action: format!("/login?{}", incoming.raw_query()),
        failed: incoming.is_post(),
        email,
        people,
    };
    wire::page(StatusCode::OK, &page)
}

/// Back to brandgate, if it sent them; it reads the cookie there.
fn go_on(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let return_to = incoming.query("return_to");
    if return_to.is_none() && incoming.query("brand_id").is_none() {
        return wire::redirect(&(world.at(MUSIC_SITE_HOST) + "/"));
    }
    let callback = format!("{}/callback/{}", world.music_sso(), MUSIC.backend);
    let query = return_to.map(|it| format!("?return_to={}", encode(&it)));
    wire::redirect(&(callback + &query.unwrap_or_default()))
}

fn logout(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    // Only Zendesk names the brand; this site's own link does not.
    let text = if incoming.query("brand_id").is_some() {
        "Both here and at the Help Center: Zendesk ended its session first and then sent you to \
            brandgate, which sent you here, where the login cookie was taken away."
    } else {
        "Of this site alone: if you signed in to the Help Center too, it does not know yet, and \
            you sign out there."
    };
    let page = pages::Message {
        look: Look::site(world, &MUSIC),
        title: "You are signed out",
        text,
        links: vec![
            Link::new("To the Help Center", world.at(MUSIC.home) + "/hc"),
            Link::new("To the start of the demo", world.at(START_HOST) + "/"),
        ],
    };
    with_login(wire::page(StatusCode::OK, &page), "", 0)
}

/// The help page, with either of the widgets that know `jwtFn`.
fn help(world: &World, incoming: &Incoming<'_>, widget: Widget) -> HttpResponse {
    let page = pages::Help {
        look: Look::site(world, &MUSIC),
        name: signed_in(world, incoming).map(|person| person.name.as_str()),
        token: format!("{}/brands/{}/chat-token", world.music_sso(), MUSIC.key),
        script: world.at(WIDGET_HOST) + widget.script(),
        widget,
    };
    wire::page(StatusCode::OK, &page)
}

/// Somebody has put a token of their own making into the browser.
fn forged(world: &World) -> HttpResponse {
    let melody = world.settings.music_people.first();
    let token = melody.and_then(|it| world.provider_key.sign(&claims(world, it)).ok());
    let requests = world.at(MUSIC.home) + "/hc/requests";
    with_login(wire::redirect(&requests), &token.unwrap_or_default(), SESSION_SECONDS)
}

fn with_login(answer: HttpResponse, token: &str, seconds: u64) -> HttpResponse {
    wire::with_shared_cookie(answer, (COOKIE, token), MUSIC_SITE_HOST, seconds)
}

fn claims(world: &World, person: &Person) -> Value {
    let now = world.now();
    json!({
        "iss": world.at(MUSIC_SITE_HOST),
        "sub": person.id.to_string(),
        "email": person.email,
        "email_verified": true,
        "name": person.name,
        "iat": now,
        "exp": now + SESSION_SECONDS,
    })
}

fn signed_in<'a>(world: &'a World, incoming: &Incoming<'_>) -> Option<&'a Person> {
    let claims = world.music_key.read(incoming.cookie(COOKIE)?)?;
    let is_good = claims.get("exp").and_then(Value::as_u64).is_some_and(|end| world.now() < end);
    let email = claims.get("email").filter(|_| is_good)?;
    world.settings.music_people.iter().find(|person| email == &person.email)
}
