//! The boundaries of `docs/architecture.md`: which module may use which, and which library where.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Which modules a module may use, its own aside.
const MODULES: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("clock", &[]),
    ("keyed_limit", &[]),
    ("descriptors", &[]),
    ("telemetry", &["clock"]),
    ("token", &["domain"]),
    ("store", &["domain"]),
    ("backend", &["domain", "token"]),
    ("table", &["domain", "token", "backend"]),
    ("config", &["domain", "token", "store", "backend", "table"]),
    ("web", &["domain", "token", "store", "backend", "table", "clock", "keyed_limit"]),
    ("ops", &["domain", "token", "store", "backend", "clock", "telemetry"]),
    ("zendesk_api", &["domain", "backend", "config"]),
    (
        "app",
        &[
            "domain",
            "clock",
            "descriptors",
            "telemetry",
            "token",
            "store",
            "backend",
            "table",
            "config",
            "web",
            "ops",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "clock",
            "descriptors",
            "telemetry",
            "token",
            "store",
            "backend",
            "table",
            "config",
            "zendesk_api",
            "web",
            "ops",
            "app",
        ],
    ),
    ("main", &["cli"]),
];

/// Where a library may be used: in a module, or in one part of it. `app` starts the servers that
/// `web` and `ops` describe; `stand_in` is the member that `demo` runs.
const FENCES: [(&str, &[&str]); 27] = [
    ("actix_web", &["web", "ops", "app"]),
    ("actix_http", &["app", "web/connection"]),
    ("actix_server", &["app"]),
    ("actix_service", &["app"]),
    ("annotate_snippets", &["config"]),
    ("anyhow", &["cli"]),
    ("arc_swap", &["web", "backend/published"]),
    ("askama", &["web"]),
    ("aws_lc_rs", &["token", "store", "backend/cognito/secret_hash", "config"]),
    ("bytes", &["backend/cognito/api"]),
    ("clap", &["cli"]),
    ("email_address", &["domain"]),
    ("fluent_bundle", &["web"]),
    ("foldhash", &["domain", "store"]),
    ("getrandom", &["token"]),
    ("granit_parser", &["config"]),
    ("idna", &["domain"]),
    ("jsonwebtoken", &["token"]),
    ("libc", &["config/file"]),
    ("redis", &["store/redis"]),
    ("regex", &["domain", "config"]),
    ("reqwest", &["backend/http", "backend/cognito/api", "backend/oidc/wire"]),
    ("rustix", &["descriptors"]),
    ("serde_yaml", &["config"]),
    ("socket2", &["app"]),
    ("stand_in", &["cli/demo"]),
    ("tracing_subscriber", &["telemetry"]),
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

/// One source file, as tokens: what stands in comments and texts is none.
struct Source {
    module: String,
    path: PathBuf,
    /// Its place among the modules: `store/redis/link`.
    place: String,
    /// How far below the crate's root its code stands.
    depth: usize,
    tokens: TokenStream,
}

impl Source {
    fn read(root: &Path, path: PathBuf) -> Self {
        let inside = path.strip_prefix(root).unwrap().with_extension("");
        let names: Vec<_> = inside.iter().map(|name| name.to_str().unwrap()).collect();
        let module = (*names.first().unwrap()).to_owned();
        let below: Vec<_> =
            names.into_iter().filter(|name| !matches!(*name, "mod" | "lib" | "main")).collect();
        let tokens = fs::read_to_string(&path).unwrap().parse().unwrap();
        let place = if below.is_empty() { module.clone() } else { below.join("/") };
        Self { module, path, place, depth: below.len(), tokens }
    }

    /// Whether it stands in `fence`, or is it.
    fn is_within(&self, fence: &str) -> bool {
        let rest = self.place.strip_prefix(fence);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    fn of_the_crate() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut paths = vec![root.clone()];
        let mut sources = Vec::new();
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|it| it == "rs") {
                sources.push(Self::read(&root, path));
            }
        }
        sources.retain(|source| source.module != "lib");
        assert!(sources.len() > 50, "the crate has more files than {}", sources.len());
        sources
    }

    /// The modules of the crate that it names, by `crate::` or by `super::` up to the root.
    fn modules(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        modules(&self.tokens, self.depth, &mut found);
        found.remove(&self.module);
        found
    }

    /// The libraries that it names outside of its tests.
    fn libraries(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let is_test = self.path.file_stem().is_some_and(|name| name == "tests");
        if !is_test {
            libraries(&self.tokens, &mut found);
        }
        found
    }
}

fn modules(tokens: &TokenStream, depth: usize, found: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            // A module in braces stands one below.
            (TokenTree::Ident(word), [_, TokenTree::Group(body), ..])
                if word == "mod" && body.delimiter() == Delimiter::Brace =>
            {
                modules(&body.stream(), depth + 1, found);
                rest = after.get(2..).unwrap();
            }
            (TokenTree::Ident(word), _) if word == "crate" || word == "brandgate" => {
                found.extend(below(after));
            }
            (TokenTree::Ident(word), _) if word == "super" => {
                let mut above = 1;
                while let Some([TokenTree::Ident(word), ..]) = behind_colons(rest) {
                    if word != "super" {
                        break;
                    }
                    above += 1;
                    rest = rest.get(3..).unwrap();
                }
                if above >= depth {
                    found.extend(below(rest));
                }
            }
            (TokenTree::Group(group), _) => modules(&group.stream(), depth, found),
            _ => {}
        }
    }
}

/// What follows `::`.
fn behind_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), rest @ ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// The names that stand right below a path: one, or those in braces.
fn below(tokens: &[TokenTree]) -> Vec<String> {
    match behind_colons(tokens) {
        Some([TokenTree::Ident(name), ..]) => vec![name.to_string()],
        Some([TokenTree::Group(names), ..]) => {
            let names: Vec<_> = names.stream().into_iter().collect();
            let is_comma =
                |it: &TokenTree| matches!(it, TokenTree::Punct(mark) if mark.as_char() == ',');
            names.split(is_comma).filter_map(|it| Some(it.first()?.to_string())).collect()
        }
        _ => Vec::new(),
    }
}

fn libraries(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut before = [None, None];
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            TokenTree::Punct(mark) if mark.as_char() == '#' && is_for_tests(after) => {
                let is_end = |it: &TokenTree| match it {
                    TokenTree::Group(body) => body.delimiter() == Delimiter::Brace,
                    TokenTree::Punct(mark) => mark.as_char() == ';',
                    _ => false,
                };
                let end = after.iter().position(is_end).map_or(after.len(), |at| at + 1);
                rest = after.get(end..).unwrap();
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

/// Whether `[cfg(test)]` or `[test]` comes next.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let text = tokens.first().map(ToString::to_string).unwrap_or_default();
    matches!(text.replace(' ', "").as_str(), "[cfg(test)]" | "[test]")
}

/// Whether a path begins between these: one of several names, or one that is all of a `use`.
fn is_start_of_path(before: [Option<&TokenTree>; 2], after: &[TokenTree]) -> bool {
    let is = |it: Option<&TokenTree>, text: &str| it.is_some_and(|it| it.to_string() == text);
    let continues = before.iter().all(|it| is(*it, ":"));
    let opens = behind_colons(after).is_some();
    (opens && !continues) || (!opens && is(before[1], "use"))
}

fn allowed<'a>(table: &'a [(&str, &[&str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|row| row.0 == name).map(|row| row.1)
}

#[test]
fn no_module_uses_one_above_it() {
    let mut wrong = Vec::new();
    for source in Source::of_the_crate() {
        let path = source.path.display();
        let Some(may) = allowed(&MODULES, &source.module) else {
            wrong.push(format!("{path}: `{}` is not in the table", source.module));
            continue;
        };
        for used in source.modules() {
            if allowed(&MODULES, &used).is_some() && !may.contains(&used.as_str()) {
                wrong.push(format!("{path}: `{}` uses `{used}`", source.module));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_library_is_used_outside_its_fence() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for source in Source::of_the_crate() {
        for library in source.libraries() {
            let Some(may) = allowed(&FENCES, &library) else { continue };
            let fence = may.iter().find(|fence| source.is_within(fence));
            match fence {
                Some(fence) => drop(seen.insert((library, *fence))),
                None => wrong.push(format!("{}: `{library}`", source.path.display())),
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
fn the_reader_of_sources_sees_what_it_must() {
    let read = |text: &str| {
        let tokens: TokenStream = text.parse().unwrap();
        let (mut used, mut libraries_used) = (BTreeSet::new(), BTreeSet::new());
        modules(&tokens, 2, &mut used);
        libraries(&tokens, &mut libraries_used);
        let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(" ");
        (list(used), list(libraries_used))
    };
    // (source of a file two below the root, modules, libraries)
    let cases = [
        ("use crate::web::Query;", "web", "crate"),
        ("use crate::{app, config::{self, Config}, web as w};", "app config web", "config crate"),
        ("fn f() { vec![crate::cli::run()] }", "cli", "crate"),
        ("use super::super::web;", "web", "super"),
        ("use super::state;", "", "super"),
        ("mod inner { use super::super::web; use super::super::super::app; }", "app", "super"),
        ("// use crate::web;\nconst A: &str = \"crate::web\";", "", ""),
        ("pub(in crate::token) fn f() {}", "token", "crate"),
        ("use askama;", "", "askama"),
        ("#[derive(askama::Template)] struct A;", "", "askama"),
        ("fn f(url: url::Url) -> a::b::C {}", "", "a url"),
        ("#[cfg(test)] mod tests { use askama::A; } use serde::B;", "", "serde"),
        ("#[cfg(test)] mod tests; use serde::B;", "", "serde"),
        ("fn f() { Self::new(Some(clap::x())) }", "", "Self clap"),
    ];
    for (text, used, libraries) in cases {
        assert_eq!(read(text), (used.to_owned(), libraries.to_owned()), "{text}");
    }
}
