//! The stand-in Chat: the script of its widget, and the judge of the tokens that `jwtFn` brings.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::jws;
use super::stand_in::World;
use super::wire::{self, Incoming};

/// How far `iat` may be from Chat's clock, in seconds.
const DRIFT: u64 = 2 * 60;
/// How long after `iat` a token may end, in seconds.
const LONGEST: u64 = 7 * 60;

/// Answers on the host of the widget.
pub(super) fn answer(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    match (incoming.path(), incoming.is_post()) {
        // The Web Widget (Classic), and the Chat widget before it.
        ("/ekr/snippet.js" | "/chat.js", false) => HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .content_type("text/javascript; charset=utf-8")
            .body(include_str!("../templates/widget.js")),
        ("/chat/authenticate", true) => {
            let jwt = incoming.parameter("jwt").unwrap_or_default();
            let answer = match judge(&jwt, &world.settings.secrets.chat, world.now()) {
                Ok(visitor) => wire::json(StatusCode::OK, &visitor),
                Err(why) => wire::json(StatusCode::UNAUTHORIZED, &json!({ "error": why })),
            };
            // The widget runs on the customers' own pages, and brings no cookie.
            wire::with_header(answer, "Access-Control-Allow-Origin", "*")
        }
        _ => HttpResponse::NotFound().body("There is no such file."),
    }
}

/// As whom somebody chats, by a token that is as Chat wants it.
fn judge(jwt: &str, secret: &SecretString, now: u64) -> Result<Value, String> {
    let claims = proven(jwt, secret).ok_or("the token is not signed with Chat's secret")?;
    let seconds = |name: &str| claims.get(name).and_then(Value::as_u64);
    let iat = seconds("iat").ok_or("`iat` must be an integer")?;
    let exp = seconds("exp").ok_or("`exp` must be an integer")?;
    if iat.abs_diff(now) > DRIFT {
        return Err("`iat` is more than two minutes away".to_owned());
    }
    if exp <= now {
        return Err("the token has expired".to_owned());
    }
    if exp > iat.saturating_add(LONGEST) {
        return Err("`exp` is more than seven minutes after `iat`".to_owned());
    }
    let mut visitor = json!({ "iat": iat });
    for name in ["name", "email", "external_id"] {
        let text = claims.get(name).and_then(Value::as_str).filter(|it| !it.trim().is_empty());
        let text = text.ok_or_else(|| format!("`{name}` must be a string"))?;
        if let Some(visitor) = visitor.as_object_mut() {
            visitor.insert(name.to_owned(), text.into());
        }
    }
    Ok(visitor)
}

fn proven(jwt: &str, secret: &SecretString) -> Option<Map<String, Value>> {
    let (text, tag) = jwt.rsplit_once('.')?;
    let (header, claims) = text.split_once('.')?;
    let object = |part: &str| -> Option<Map<String, Value>> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    };
    let header = object(header)?;
    let is = |name: &str, text: &str| header.get(name).and_then(Value::as_str) == Some(text);
    if !is("typ", "JWT") || !is("alg", "HS256") {
        return None;
    }
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    hmac::verify(&jws::key(secret), text.as_bytes(), &tag).ok()?;
    object(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn secret() -> SecretString {
        SecretString::from("Chat's own")
    }

    fn verdict(changes: &[(&str, Value)]) -> Result<Value, String> {
        let mut claims = json!({"name": "Melody", "email": "m@music.example",
            "external_id": "music_21", "iat": NOW, "exp": NOW + 420});
        for (name, value) in changes {
            claims.as_object_mut().unwrap().insert((*name).to_owned(), value.clone());
        }
        let header = json!({"typ": "JWT", "alg": "HS256"});
        judge(&jws::sign(&header, &claims, &secret()), &secret(), NOW)
    }

    #[test]
    fn a_token_as_chat_wants_it_names_the_visitor() {
        let visitor = verdict(&[]).unwrap();
        let wanted = json!({"name": "Melody", "email": "m@music.example",
            "external_id": "music_21", "iat": NOW});
        assert_eq!(visitor, wanted);
        for iat in [NOW - 120, NOW + 120] {
            assert!(verdict(&[("iat", json!(iat)), ("exp", json!(iat + 300))]).is_ok(), "{iat}");
        }
    }

    #[test]
    fn every_other_token_is_refused() {
        let table = [
            (vec![("iat", json!(NOW - 121))], "two minutes"),
            (vec![("iat", json!(NOW + 121))], "two minutes"),
            (vec![("iat", json!(1_800_000_000.5))], "`iat` must"),
            (vec![("exp", json!(NOW + 421))], "seven minutes"),
            (vec![("exp", json!(NOW)), ("iat", json!(NOW - 100))], "expired"),
            (vec![("exp", Value::Null)], "`exp` must"),
            (vec![("name", json!(" "))], "`name`"),
            (vec![("email", Value::Null)], "`email`"),
            (vec![("external_id", json!(21))], "`external_id`"),
        ];
        for (changes, wanted) in table {
            let why = verdict(&changes).unwrap_err();
            assert!(why.contains(wanted), "{changes:?}: {why}");
        }
    }

    #[test]
    fn only_chats_secret_and_its_algorithm_count() {
        let claims = json!({"name": "M", "email": "m@music.example", "external_id": "1",
            "iat": NOW, "exp": NOW + 60});
        let headers = [
            json!({"alg": "HS256"}),
            json!({"typ": "JWT", "alg": "none"}),
            json!({"typ": "JWT", "alg": "HS512"}),
        ];
        for header in headers {
            assert!(judge(&jws::sign(&header, &claims, &secret()), &secret(), NOW).is_err());
        }
        let header = json!({"typ": "JWT", "alg": "HS256"});
        let other = jws::sign(&header, &claims, &SecretString::from("Zendesk's"));
        assert!(judge(&other, &secret(), NOW).is_err());
        for text in ["", "a", "a.b", "a.b.c", &(jws::unsigned(&header, &claims) + ".")] {
            assert!(judge(text, &secret(), NOW).is_err(), "{text}");
        }
    }
}
