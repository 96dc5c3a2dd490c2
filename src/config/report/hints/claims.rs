//! Names of claims that are written as a path to one.

use crate::config::report::sensitive::{is_nameable, looks_random, mentions_secret};

/// What no claim's name begins with, and a path does: of JSON, of a template, of jq.
const MARKS: [char; 6] = ['$', '{', '#', '/', '[', '.'];

/// What people call the whole that a provider says.
const WHOLE: [&str; 9] = [
    "claims",
    "token",
    "id_token",
    "idtoken",
    "access_token",
    "jwt",
    "payload",
    "userinfo",
    "root",
];

/// Objects that providers send, and what people call others, in this case: `User.Email` is a name, of SAML.
const OBJECTS: [&str; 12] = [
    "user",
    "profile",
    "attributes",
    "custom_attributes",
    "custom_claims",
    "data",
    "address",
    "realm_access",
    "resource_access",
    "app_metadata",
    "user_metadata",
    "firebase",
];

/// What to write for a path to a claim. Names such as `https://acme.example/roles`, `acme.example/roles`,
/// `custom:user.name`, `com.acme.plan` and `acme.email` are no paths: providers call claims so.
pub(in crate::config) fn claim_path(written: &str) -> Option<String> {
    let written = written.trim();
    let first = written.split('/').next().unwrap_or_default();
    let is_marked = written.starts_with(MARKS) || written.ends_with(']') || written.contains("->");
    if !is_marked && (written.contains(':') || first != written && first.contains('.')) {
        return None;
    }
    let is_between = |c: char| "$.,{}[]()/#'\"*?>".contains(c) || c.is_whitespace();
    let parts = written.split(is_between).map(|part| part.trim_end_matches('-'));
    let is_name = |part: &&str| !part.is_empty() && !part.bytes().all(|it| it.is_ascii_digit());
    let all: Vec<&str> = parts.filter(is_name).collect();
    let whole = all.first().is_some_and(|it| WHOLE.contains(&it.to_lowercase().as_str()));
    let parts = if whole { all.get(1..).unwrap_or_default() } else { &all };
    let is_object = all.first().is_some_and(|it| OBJECTS.contains(it));
    if !is_marked && (all.len() < 2 || !whole && !is_object) {
        return None;
    }
    let name =
        parts.last().filter(|it| is_nameable(it) && !looks_random(it) && !mentions_secret(it));
    let name = name.map_or_else(|| "its name alone".to_owned(), |name| format!("`{name}`"));
    Some(match parts {
        [] | [_] => format!("write {name}"),
        _ => format!("have the provider send it at the top, not within another, and write {name}"),
    })
}
