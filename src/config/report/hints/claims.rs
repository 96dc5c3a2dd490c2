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

/// Objects that providers send, and what people call others.
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

/// Names that providers give to claims, and nobody to one of their own with a dot in front.
const OF_EVERYBODY: [&str; 10] = [
    "sub",
    "name",
    "email",
    "email_verified",
    "given_name",
    "family_name",
    "nickname",
    "preferred_username",
    "phone_number",
    "picture",
];

/// With what names begin that are a domain written backwards.
const TOP_DOMAINS: [&str; 6] = ["com", "org", "net", "io", "dev", "app"];

/// What to write for a path to a claim. Names such as `https://acme.example/roles`, `acme.example/roles`,
/// `custom:user.name` and `com.acme.plan` are no paths: providers call claims so.
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
    let is_in = |names: &[&str], part: Option<&&str>| {
        part.is_some_and(|part| names.contains(&part.to_lowercase().as_str()))
    };
    let whole = is_in(&WHOLE, all.first());
    let parts = if whole { all.get(1..).unwrap_or_default() } else { &all };
    let is_backwards =
        is_in(&TOP_DOMAINS, all.first()) || all.first().is_some_and(|part| part.len() == 2);
    let is_path = is_marked
        || all.len() > 1
            && (whole
                || is_in(&OBJECTS, all.first())
                || is_in(&OF_EVERYBODY, all.last()) && !is_backwards);
    if !is_path {
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
