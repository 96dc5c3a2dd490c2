//! Judges a JWT as strictly as Zendesk does, with nothing shared with what minted it.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::account::Role;
use crate::jws;

/// How far `iat` may be from Zendesk's clock, in seconds.
pub(super) const DRIFT: u64 = 180;

/// Why Zendesk did not let somebody in, in the words that it puts into `message`.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The JWT came to a host that is not the account's, or there was none.
    #[error("Invalid JWT Request")]
    InvalidRequest,
    /// Another secret, another algorithm, or a header without `typ`.
    #[error(
        "JWT signature invalid. The signature cannot be verified, check that your tokens match."
    )]
    Signature,
    /// `iat` is too far from Zendesk's clock.
    #[error("JWT is outside the allowed clock drift of 3 minutes")]
    ClockDrift,
    /// This `jti` has been used before.
    #[error("JWT reuses a unique identifier")]
    Reused,
    /// A claim is missing or of another type.
    #[error("JWT claim {0} must be {1}")]
    Claim(&'static str, &'static str),
    /// The id belongs to one user and the address to another.
    #[error("User is invalid: External has already been taken")]
    ExternalTaken,
    /// Somebody threw the switch.
    #[error("{0}")]
    Switched(String),
}

/// Who the token says has signed in, and what it changes about them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Claims {
    pub(super) jti: String,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) external_id: Option<String>,
    pub(super) role: Option<Role>,
    pub(super) organization: Option<String>,
    pub(super) organizations: Option<Vec<String>>,
    pub(super) phone: Option<String>,
    pub(super) tags: Option<Vec<String>>,
}

/// Reads a token whose header, signature, age and every claim are as Zendesk wants them.
pub(super) fn judge(jwt: &str, secret: &SecretString, now: u64) -> Result<Claims, Refusal> {
    let (signed, signature) = jwt.rsplit_once('.').ok_or(Refusal::InvalidRequest)?;
    let (header, payload) = signed.split_once('.').ok_or(Refusal::InvalidRequest)?;
    let header = object(header)?;
    let is = |name: &str, text: &str| header.get(name).and_then(Value::as_str) == Some(text);
    if header.len() != 2 || !is("typ", "JWT") || !is("alg", "HS256") {
        return Err(Refusal::Signature);
    }
    let tag = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refusal::Signature)?;
    hmac::verify(&jws::key(secret), signed.as_bytes(), &tag).map_err(|_| Refusal::Signature)?;
    read(&object(payload)?, now)
}

fn object(part: &str) -> Result<Map<String, Value>, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::InvalidRequest)?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::InvalidRequest)
}

fn read(claims: &Map<String, Value>, now: u64) -> Result<Claims, Refusal> {
    let iat = integer(claims, "iat")?.ok_or(Refusal::Claim("iat", "present"))?;
    if iat.abs_diff(now) > DRIFT {
        return Err(Refusal::ClockDrift);
    }
    for name in ["locale", "locale_id", "organization_id"] {
        integer(claims, name)?;
    }
    let ids = text(claims, "organization_ids")?.unwrap_or_default();
    if !ids.is_empty() && ids.split(',').any(|id| id.trim().parse::<u64>().is_err()) {
        return Err(Refusal::Claim("organization_ids", "integers with commas between them"));
    }
    let photo = text(claims, "remote_photo_url")?;
    if photo.is_some_and(|photo| url::Url::parse(&photo).is_err()) {
        return Err(Refusal::Claim("remote_photo_url", "an address"));
    }
    if claims.get("user_fields").is_some_and(|fields| !fields.is_object()) {
        return Err(Refusal::Claim("user_fields", "an object"));
    }
    let role = role(claims)?;
    if integer(claims, "custom_role_id")?.is_some() && role != Some(Role::Agent) {
        return Err(Refusal::Claim("custom_role_id", "with the role agent only"));
    }
    let organizations = text(claims, "organizations")?;
    Ok(Claims {
        jti: required(claims, "jti")?,
        email: email(claims)?,
        name: required(claims, "name")?,
        external_id: text(claims, "external_id")?,
        role,
        organization: text(claims, "organization")?,
        organizations: organizations
            .map(|list| list.split(',').map(|name| name.trim().to_owned()).collect()),
        phone: text(claims, "phone")?,
        tags: tags(claims)?,
    })
}

fn integer(claims: &Map<String, Value>, name: &'static str) -> Result<Option<u64>, Refusal> {
    let wanted = Refusal::Claim(name, "an integer");
    claims.get(name).map(|value| value.as_u64().ok_or(wanted)).transpose()
}

fn text(claims: &Map<String, Value>, name: &'static str) -> Result<Option<String>, Refusal> {
    let wanted = Refusal::Claim(name, "a string");
    claims.get(name).map(|value| value.as_str().map(str::to_owned).ok_or(wanted)).transpose()
}

fn required(claims: &Map<String, Value>, name: &'static str) -> Result<String, Refusal> {
    let value = text(claims, name)?.filter(|value| !value.trim().is_empty());
    value.ok_or(Refusal::Claim(name, "present"))
}

fn email(claims: &Map<String, Value>) -> Result<String, Refusal> {
    let email = required(claims, "email")?;
    if email_address::EmailAddress::is_valid(&email) {
        return Ok(email.to_ascii_lowercase());
    }
    Err(Refusal::Claim("email", "an e-mail address"))
}

fn role(claims: &Map<String, Value>) -> Result<Option<Role>, Refusal> {
    let unknown = Refusal::Claim("role", "end_user, agent or admin");
    let Some(role) = text(claims, "role")? else { return Ok(None) };
    Role::named(&role).map(Some).ok_or(unknown)
}

fn tags(claims: &Map<String, Value>) -> Result<Option<Vec<String>>, Refusal> {
    let wanted = || Refusal::Claim("tags", "an array of strings");
    let Some(value) = claims.get("tags") else { return Ok(None) };
    let tag = |tag: &Value| tag.as_str().map(str::to_owned).ok_or_else(wanted);
    value.as_array().ok_or_else(wanted)?.iter().map(tag).collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: u64 = 1_800_000_000;

    fn secret() -> SecretString {
        SecretString::from("the account's shared secret")
    }

    fn good() -> Value {
        json!({
            "iat": NOW, "jti": "one", "email": "Alice@shoes.example", "name": "Alice",
            "external_id": "shoes_101", "locale": 1, "organization": "Acme Shoes",
            "organization_id": 5, "organization_ids": "5,6", "organizations": "A, B",
            "phone": "+4912345", "tags": ["shoes"], "remote_photo_url": "https://a.example/a.png",
            "role": "agent", "custom_role_id": 3, "user_fields": {"size": 42, "old": null},
            "something_else": true
        })
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = good();
        claims.as_object_mut().unwrap().insert(name.to_owned(), value);
        claims
    }

    fn without(name: &str) -> Value {
        let mut claims = good();
        claims.as_object_mut().unwrap().remove(name);
        claims
    }

    fn verdict(claims: &Value) -> Result<Claims, Refusal> {
        let header = json!({"typ": "JWT", "alg": "HS256"});
        judge(&jws::sign(&header, claims, &secret()), &secret(), NOW)
    }

    #[test]
    fn a_token_with_every_claim_and_one_with_the_four_that_must_be_there_are_accepted() {
        let claims = verdict(&good()).unwrap();
        assert_eq!(claims.email, "alice@shoes.example");
        assert_eq!(claims.organizations.unwrap(), ["A", "B"]);
        let least = json!({"iat": NOW, "jti": "one", "email": "a@b.example", "name": "A"});
        assert_eq!(verdict(&least).unwrap().role, None);
        for iat in [NOW - DRIFT, NOW + DRIFT] {
            assert!(verdict(&with("iat", json!(iat))).is_ok(), "{iat}");
        }
    }

    #[test]
    fn every_claim_of_another_type_is_refused() {
        let table = [
            ("iat", json!(1_800_000_000.5)),
            ("iat", json!("1800000000")),
            ("jti", json!(7)),
            ("jti", json!("")),
            ("email", json!(null)),
            ("email", json!("alice")),
            ("email", json!("a@b@c.example")),
            ("name", json!(" ")),
            ("external_id", json!(101)),
            ("locale", json!("1")),
            ("locale_id", json!("1")),
            ("organization", json!(1)),
            ("organizations", json!(["A"])),
            ("organization_id", json!("5")),
            ("organization_ids", json!([5])),
            ("organization_ids", json!("5,six")),
            ("phone", json!(49)),
            ("tags", json!("shoes")),
            ("tags", json!([1])),
            ("remote_photo_url", json!(true)),
            ("remote_photo_url", json!("a.png")),
            ("role", json!("owner")),
            ("role", json!("end-user")),
            ("role", json!(2)),
            ("custom_role_id", json!("3")),
            ("user_fields", json!([])),
        ];
        for (name, value) in table {
            let verdict = verdict(&with(name, value.clone()));
            assert!(
                matches!(verdict, Err(Refusal::Claim(claim, _)) if claim == name),
                "{name} {value}"
            );
        }
        for name in ["iat", "jti", "email", "name"] {
            assert!(
                matches!(verdict(&without(name)), Err(Refusal::Claim(claim, _)) if claim == name)
            );
        }
        let end_user = verdict(&with("role", json!("end_user")));
        assert!(matches!(end_user, Err(Refusal::Claim("custom_role_id", _))));
    }

    #[test]
    fn a_token_from_too_long_ago_or_from_the_future_is_refused() {
        for iat in [NOW - DRIFT - 1, NOW + DRIFT + 1, 0, NOW * 1000] {
            assert_eq!(verdict(&with("iat", json!(iat))), Err(Refusal::ClockDrift), "{iat}");
        }
    }

    #[test]
    fn only_the_exact_header_and_the_right_secret_are_accepted() {
        let headers = [
            json!({"alg": "HS256"}),
            json!({"typ": "JWT"}),
            json!({"type": "JWT", "alg": "HS256"}),
            json!({"typ": "jwt", "alg": "HS256"}),
            json!({"typ": "JWT", "alg": "HS512"}),
            json!({"typ": "JWT", "alg": "none"}),
            json!({"typ": "JWT", "alg": "HS256", "kid": "1"}),
        ];
        for header in headers {
            let token = jws::sign(&header, &good(), &secret());
            assert_eq!(judge(&token, &secret(), NOW), Err(Refusal::Signature), "{header}");
        }
        let header = json!({"typ": "JWT", "alg": "HS256"});
        let token = jws::sign(&header, &good(), &secret());
        let other = SecretString::from("another");
        assert_eq!(judge(&token, &other, NOW), Err(Refusal::Signature));
        let stripped = jws::unsigned(&header, &good()) + ".";
        assert_eq!(judge(&stripped, &secret(), NOW), Err(Refusal::Signature));
        assert_eq!(judge(&format!("{token}="), &secret(), NOW), Err(Refusal::Signature));
        for text in ["", "a", "a.b", "a.b.c", "..", &format!("{token}.x")] {
            assert!(judge(text, &secret(), NOW).is_err(), "{text}");
        }
    }
}
