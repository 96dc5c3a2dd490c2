//! The token endpoint, where brandgate redeems a code, and userinfo (RFC 6749 §4.1.3, Core §5.3).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use aws_lc_rs::{constant_time, digest};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::memory::{Grant, TOKEN_SECONDS, Trouble};
use super::parameters::Parameters;
use super::{CLIENT_ID, issuer};
use crate::stand_in::World;
use crate::wire::{self, Incoming};

/// How long an ID token is good.
const ID_TOKEN_SECONDS: u64 = 300;

/// Redeems a code, or says why not in OAuth's words.
pub(super) fn redeem(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    match tokens(world, incoming) {
        Ok(tokens) => wire::json(StatusCode::OK, &tokens),
        Err("invalid_client") => {
            let answer = wire::json(StatusCode::UNAUTHORIZED, &json!({"error": "invalid_client"}));
            wire::with_header(answer, "WWW-Authenticate", "Basic realm=\"Acme ID\"")
        }
        Err("server_error") => wire::json(StatusCode::SERVICE_UNAVAILABLE, &json!({})),
        Err(error) => wire::json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

fn tokens(world: &World, incoming: &Incoming<'_>) -> Result<Value, &'static str> {
    if !is_client(world, incoming.header("authorization").unwrap_or_default()) {
        return Err("invalid_client");
    }
    let said = Parameters::read(incoming.body());
    if !incoming.is_post() || said.is_ambiguous() {
        return Err("invalid_request");
    }
    match said.get("grant_type") {
        Some("authorization_code") => {}
        Some(_) => return Err("unsupported_grant_type"),
        None => return Err("invalid_request"),
    }
    let needed = |name| said.get(name).ok_or("invalid_request");
    let (code, redirect_uri) = (needed("code")?, needed("redirect_uri")?);
    let verifier = needed("code_verifier")?;
    let now = world.now();
    let grant = world.provider().redeem(code, now).ok_or("invalid_grant")?;
    if grant.request.redirect_uri != redirect_uri || !proves(verifier, &grant.request.challenge) {
        return Err("invalid_grant");
    }
    if grant.trouble == Some(Trouble::OutOfOrder) {
        return Err("server_error");
    }
    let id_token = id_token(world, &grant)?;
    let access_token = world.fresh_id();
    let grant = Grant { since: now, ..grant };
    world.provider().give(code, access_token.clone(), grant);
    Ok(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
        "id_token": id_token,
    }))
}

/// Whether it is brandgate that asks, by `client_secret_basic` (RFC 6749 §2.3.1).
fn is_client(world: &World, authorization: &str) -> bool {
    let said = authorization.strip_prefix("Basic ").and_then(|it| STANDARD.decode(it).ok());
    let Some(said) = said.and_then(|it| String::from_utf8(it).ok()) else { return false };
    let Some((id, secret)) = said.split_once(':') else { return false };
    // Both are form-encoded before they are joined.
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).collect::<Vec<u8>>();
    let wanted = world.settings.secrets.bikes.expose_secret().as_bytes();
    let is_secret = constant_time::verify_slices_are_equal(&decode(secret), wanted).is_ok();
    decode(id) == CLIENT_ID.as_bytes() && is_secret
}

/// Whether whoever brings the verifier has sent the challenge (RFC 7636 §4.6).
fn proves(verifier: &str, challenge: &str) -> bool {
    let hash = digest::digest(&digest::SHA256, verifier.as_bytes());
    (43..=128).contains(&verifier.len()) && URL_SAFE_NO_PAD.encode(hash) == challenge
}

/// Who has signed in, for brandgate and for this sign-in; the rest is at userinfo.
fn id_token(world: &World, grant: &Grant) -> Result<String, &'static str> {
    let now = world.now();
    let mut claims = json!({
        "iss": issuer(world),
        "sub": grant.session.person.id.to_string(),
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "auth_time": grant.session.since,
    });
    let nonce = match grant.trouble {
        Some(Trouble::WrongNonce) => Some("the nonce of another sign-in"),
        _ => grant.request.nonce.as_deref(),
    };
    if let (Some(nonce), Some(claims)) = (nonce, claims.as_object_mut()) {
        claims.insert("nonce".to_owned(), nonce.into());
    }
    let key = match grant.trouble {
        Some(Trouble::WrongKey) => &world.music_key,
        _ => &world.provider_key,
    };
    key.sign(&claims).map_err(|_| "server_error")
}

/// What the access token lets its bearer know about the person.
pub(super) fn userinfo(world: &World, incoming: &Incoming<'_>) -> HttpResponse {
    let token = incoming.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
    let grant = token.and_then(|token| world.provider().grant(token, world.now()).cloned());
    let Some(grant) = grant else {
        let answer = HttpResponse::Unauthorized().finish();
        let error = if token.is_some() { "Bearer error=\"invalid_token\"" } else { "Bearer" };
        return wire::with_header(answer, "WWW-Authenticate", error);
    };
    wire::json(StatusCode::OK, &profile(&grant))
}

fn profile(grant: &Grant) -> Value {
    let person = &grant.session.person;
    let is_confirmed = grant.trouble != Some(Trouble::Unconfirmed);
    let claims = [
        (true, "sub", json!(person.id.to_string())),
        (grant.request.email, "email", json!(person.email)),
        (grant.request.email, "email_verified", json!(is_confirmed)),
        (grant.request.profile, "name", json!(person.name)),
    ];
    let asked = claims.into_iter().filter(|claim| claim.0);
    Value::Object(asked.map(|(_, name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::proves;

    #[test]
    fn only_the_verifier_of_the_challenge_proves_anything() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(proves(verifier, challenge));
        assert!(!proves(challenge, challenge), "plain");
        assert!(!proves(&verifier.to_lowercase(), challenge));
        // What `short` hashes to: RFC 7636 §4.1 asks for 43 characters at least.
        assert!(!proves("short", "-bAHi131ltLqGQEMABu9AJ5lHeLFfo-341XzHrnT9zk"));
    }
}
