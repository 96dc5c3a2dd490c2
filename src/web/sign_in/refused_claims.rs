//! What a backend has said about somebody who is not signed in: each claim without its value, and what became of it.

use serde_json::{Map, Value};

use crate::domain::{Attribute, Role, outline};
use crate::plain::plain;
use crate::recent::Claim;
use crate::web::sign_in::context::SignInContext;
use crate::web::visit::Visit;

/// Longest name that is shown, in characters.
const LONGEST_NAME: usize = 64;

/// What every token says of itself.
const OF_THE_TOKEN: [&str; 8] = ["iss", "aud", "azp", "exp", "iat", "nbf", "jti", "nonce"];

/// Keeps what proven `claims` say, if anybody may look: a sign-in that succeeds has no need of it.
pub(in crate::web) fn hear(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    claims: &Map<String, Value>,
) {
    if visit.table.admin.is_empty() {
        return;
    }
    let said = claims.iter().map(|(name, value)| claim(context, claims, name, value));
    visit.hear(said.collect());
}

fn claim(
    context: SignInContext<'_>,
    claims: &Map<String, Value>,
    name: &str,
    value: &Value,
) -> Claim {
    let zendesk = context.backend.zendesk_claim(claims, name);
    let became = match zendesk {
        _ if value.is_null() || value == "" => "empty".to_owned(),
        Some(zendesk) => read(context, name, zendesk),
        None if OF_THE_TOKEN.contains(&name) => "of the token itself".to_owned(),
        None => "not read".to_owned(),
    };
    Claim {
        name: plain(&name.chars().take(LONGEST_NAME).collect::<String>()),
        kind: kind(zendesk, value),
        became,
        zendesk: zendesk.map(str::to_owned),
    }
}

/// What becomes of a claim that is read, as far as the brand's rules say.
fn read(context: SignInContext<'_>, name: &str, zendesk: &str) -> String {
    let rules = context.sign_in.rules();
    let as_what = if name == zendesk { "read".to_owned() } else { format!("read as {zendesk}") };
    match Attribute::of_claim(zendesk) {
        Some(attribute) if rules.fixed.says(attribute) => {
            format!("{as_what}; the file's own takes its place")
        }
        Some(attribute) if !rules.may_say.contains(&attribute) => {
            format!("{as_what}; not in may_say")
        }
        _ => as_what,
    }
}

/// Of what kind a value is. Truths and roles are about nobody in particular.
fn kind(zendesk: Option<&str>, value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(_) => "number".to_owned(),
        Value::String(text) => match Role::parse(text).filter(|_| zendesk == Some("role")) {
            Some(role) => role.as_str().to_owned(),
            None => outline(text),
        },
        Value::Array(items) => format!("list of {}", items.len()),
        Value::Object(fields) => format!("object of {}", fields.len()),
    }
}
