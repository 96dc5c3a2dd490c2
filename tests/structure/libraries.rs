//! Which library may be used where.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use crate::sources::{Source, behind_colons, behind_the_next_item, is_for_tests};

/// Where a library may be used: in a module, or in one part of it. `app` starts the servers that
/// `web` and `ops` describe; `stand_in` is the member that `demo` runs.
const FENCES: [(&str, &[&str]); 36] = [
    ("actix_web", &["web", "ops", "app"]),
    ("actix_http", &["app", "web/connection"]),
    ("actix_server", &["app"]),
    ("actix_service", &["app"]),
    ("annotate_snippets", &["config"]),
    ("anyhow", &["cli"]),
    ("arc_swap", &["audit", "web", "backend/published", "tls"]),
    ("askama", &["web", "ops/admin"]),
    ("aws_lc_rs", &["audit", "token", "store", "backend/cognito/secret_hash", "config"]),
    ("bytes", &["backend/cognito/api"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/completions"]),
    ("clap_mangen", &["cli/completions"]),
    ("email_address", &["domain"]),
    ("fluent_bundle", &["web"]),
    ("foldhash", &["domain", "store", "config", "rate_limit", "web/sign_in/loop_guard"]),
    ("getrandom", &["token"]),
    ("granit_parser", &["config"]),
    ("hashbrown", &["domain", "config/document"]),
    ("httpdate", &["zendesk_api/clock"]),
    ("idna", &["domain"]),
    ("itoa", &["token/sealed", "web"]),
    ("jsonwebtoken", &["token"]),
    ("libc", &["audit", "config/file"]),
    ("listenfd", &["cli/sockets"]),
    ("redis", &["store/redis"]),
    ("regex", &["domain", "config"]),
    (
        "reqwest",
        &[
            "backend/http",
            "backend/cognito/api",
            "backend/oidc/wire",
            "config/sections/traces",
            "traces",
        ],
    ),
    ("rustix", &["cli/mint", "cli/systemd", "descriptors", "ops"]),
    ("rustls", &["backend/http", "tls", "web/connection/tls"]),
    ("serde_yaml", &["config/document/agreement", "import"]),
    ("similar", &["cli/import"]),
    ("socket2", &["app"]),
    ("stand_in", &["cli/demo"]),
    ("tokio_rustls", &["web/connection/tls"]),
    ("tracing_subscriber", &["log"]),
];

/// Libraries without a fence.
const ANYWHERE: [&str; 17] = [
    "base64",
    "futures_util",
    "ipnet",
    "memchr",
    "percent_encoding",
    "secrecy",
    "serde",
    "serde_json",
    "strsim",
    "thiserror",
    "tokio",
    "tracing",
    "unic_langid",
    "url",
    "zeroize",
    "std",
    "core",
];

/// The libraries that `source` names outside of its tests.
fn libraries_of(source: &Source) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !source.is_test() {
        libraries(&source.tokens, &mut found);
    }
    found
}

fn libraries(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut before = [None, None];
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            TokenTree::Punct(mark) if mark.as_char() == '#' && is_for_tests(after) => {
                rest = behind_the_next_item(after);
            }
            TokenTree::Ident(name) if is_start_of_path(before, after) => {
                found.insert(name.to_string());
            }
            TokenTree::Group(group) => libraries(&group.stream(), found),
            _ => {}
        }
        before = [before[1], Some(first)];
    }
}

/// Whether a path begins between these: one of several names, or one that is all of a `use`.
fn is_start_of_path(before: [Option<&TokenTree>; 2], after: &[TokenTree]) -> bool {
    let is = |it: Option<&TokenTree>, text: &str| it.is_some_and(|it| it.to_string() == text);
    let continues = before.iter().all(|it| is(*it, ":"));
    let opens = behind_colons(after).is_some();
    (opens && !continues) || (!opens && is(before[1], "use"))
}

fn fence_of(library: &str) -> Option<&'static [&'static str]> {
    FENCES.iter().find(|row| row.0 == library).map(|row| row.1)
}

#[test]
fn no_library_is_used_outside_its_fence() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in Source::all() {
        for library in libraries_of(&source) {
            let Some(may) = fence_of(&library) else { continue };
            let fence = may.iter().find(|fence| source.is_within(fence));
            match fence {
                Some(fence) => drop(seen.insert((library, *fence))),
                None => wrong.push(format!("{}: `{library}`", source.name())),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // A gate that nobody goes through is a hole in the fence.
    let ours = dependencies();
    let open = FENCES.iter().filter(|(library, _)| ours.contains(*library));
    let open = open.flat_map(|(library, may)| may.iter().map(move |fence| (*library, *fence)));
    let unused: Vec<_> =
        open.filter(|(library, fence)| !seen.contains(&((*library).to_owned(), *fence))).collect();
    assert!(unused.is_empty(), "nothing of it is used there: {unused:?}");
}

/// The libraries that the manifest asks for, as the sources name them.
fn dependencies() -> BTreeSet<String> {
    let manifest = include_str!("../../Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.replace('-', "_")).collect()
}

#[test]
fn every_dependency_has_its_place() {
    let names = dependencies();
    assert!(names.len() > 20, "{names:?}");
    let places: BTreeSet<_> = FENCES.iter().map(|row| row.0).chain(ANYWHERE).collect();
    let missing: Vec<_> = names.iter().filter(|name| !places.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "give them a fence, or say that they need none: {missing:?}");
}

#[test]
fn the_reader_of_libraries_sees_what_it_must() {
    let read = |text: &str| {
        let tokens: TokenStream = text.parse().unwrap();
        let mut found = BTreeSet::new();
        libraries(&tokens, &mut found);
        found.into_iter().collect::<Vec<_>>().join(" ")
    };
    // (source, the starts of its paths)
    let cases = [
        ("use crate::{app, config::{self, Config}, web as w};", "config crate"),
        ("use super::state;", "super"),
        ("pub(in crate::token) fn f() {}", "crate"),
        ("use askama;", "askama"),
        ("#[derive(askama::Template)] struct A;", "askama"),
        ("fn f(url: url::Url) -> a::b::C {}", "a url"),
        ("#[cfg(test)] mod tests { use askama::A; } use serde::B;", "serde"),
        ("#[cfg(test)] mod tests; use serde::B;", "serde"),
        ("fn f() { Self::new(Some(clap::x())) }", "Self clap"),
    ];
    for (text, libraries) in cases {
        assert_eq!(read(text), libraries, "{text}");
    }
}
