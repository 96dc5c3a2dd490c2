//! The sources of the crate as a reader of paths sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One source file, as tokens: what stands in comments and texts is none.
pub(crate) struct Source {
    /// Its place among the modules: `["store", "redis", "failure"]`; nothing for the crate's root.
    pub(crate) place: Vec<String>,
    pub(crate) tokens: TokenStream,
}

impl Source {
    /// Every file of `src`.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut paths = vec![root.clone()];
        let mut sources = Vec::new();
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|it| it == "rs") {
                let inside = path.strip_prefix(&root).unwrap().with_extension("");
                let names = inside.iter().map(|name| name.to_str().unwrap().to_owned());
                let place = names.filter(|name| !matches!(name.as_str(), "mod" | "lib")).collect();
                let tokens = fs::read_to_string(&path).unwrap().parse().unwrap();
                sources.push(Self { place, tokens });
            }
        }
        assert!(sources.len() > 50, "the crate has more files than {}", sources.len());
        sources
    }

    /// Whether all of it is a test.
    pub(crate) fn is_test(&self) -> bool {
        self.place.iter().any(|name| name == "tests")
    }

    /// Whether it stands in `room`, or is it: `web/request`.
    pub(crate) fn is_within(&self, room: &str) -> bool {
        let mut place = self.place.iter();
        room.split('/').all(|name| place.next().is_some_and(|it| it == name))
    }

    pub(crate) fn name(&self) -> String {
        self.place.join("/")
    }
}

/// Which file names which.
pub(crate) struct House {
    files: BTreeSet<Vec<String>>,
    /// What a file makes known under a name of its own, and where it comes from.
    again: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
}

impl House {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let files: BTreeSet<_> = sources.iter().map(|source| source.place.clone()).collect();
        let mut again = BTreeMap::new();
        for source in sources {
            let mut found = Vec::new();
            paths(&source.tokens, &source.place, &files, Look::ForPublicUses, &mut found);
            let named = |path: Vec<String>| Some((path.last()?.clone(), path));
            again.insert(source.place.clone(), found.into_iter().filter_map(named).collect());
        }
        Self { files, again }
    }

    /// The files that `source` names.
    pub(crate) fn named_by(&self, source: &Source) -> BTreeSet<Vec<String>> {
        self.named(source, Look::ForAll)
    }

    /// The files that `source` names outside of its tests.
    pub(crate) fn named_in_service_by(&self, source: &Source) -> BTreeSet<Vec<String>> {
        if source.is_test() { BTreeSet::new() } else { self.named(source, Look::OutsideTests) }
    }

    fn named(&self, source: &Source, look: Look) -> BTreeSet<Vec<String>> {
        let mut found = Vec::new();
        paths(&source.tokens, &source.place, &self.files, look, &mut found);
        let mut named: BTreeSet<_> = found.into_iter().map(|path| self.file_of(path)).collect();
        named.remove(&source.place);
        named
    }

    /// Where what `path` leads to is written: a file that only hands it on is passed through.
    fn file_of(&self, mut path: Vec<String>) -> Vec<String> {
        loop {
            let is_file = |length: &usize| self.files.contains(path.get(..*length).unwrap());
            let length = (0..=path.len()).rev().find(is_file).unwrap_or(0);
            let (file, rest) = path.split_at(length);
            let origin = rest.split_first().and_then(|(item, rest)| {
                let origin = self.again.get(file)?.get(item)?;
                (*origin != path).then(|| [origin.as_slice(), rest].concat())
            });
            match origin {
                Some(origin) => path = origin,
                None => return file.to_vec(),
            }
        }
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Look {
    ForAll,
    OutsideTests,
    ForPublicUses,
}

/// The paths within the crate that `tokens`, standing at `here`, write out.
fn paths(
    tokens: &TokenStream,
    here: &[String],
    files: &BTreeSet<Vec<String>>,
    look: Look,
    found: &mut Vec<Vec<String>>,
) {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut before: Option<&TokenTree> = None;
    let mut is_public_use = false;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (TokenTree::Punct(mark), _)
                if mark.as_char() == '#' && look == Look::OutsideTests && is_for_tests(after) =>
            {
                rest = behind_the_next_item(after);
            }
            // `pub(in crate::web)` names nothing.
            (TokenTree::Ident(word), [TokenTree::Group(to), behind @ ..])
                if word == "pub" && to.delimiter() == Delimiter::Parenthesis =>
            {
                rest = behind;
                is_public_use = is(behind.first(), "use");
            }
            (TokenTree::Ident(word), _) if word == "pub" => {
                is_public_use = is(after.first(), "use");
            }
            // A module in braces stands one below.
            (TokenTree::Ident(word), [name, TokenTree::Group(body), ..]) if word == "mod" => {
                let below = [here, &[name.to_string()]].concat();
                paths(&body.stream(), &below, files, look, found);
                rest = after.get(2..).unwrap();
            }
            (TokenTree::Ident(word), _) if !is(before, ":") && behind_colons(after).is_some() => {
                let below = [here, &[word.to_string()]].concat();
                let (above, word) = (here.split_last().map_or(here, |it| it.1), word.to_string());
                let base = match word.as_str() {
                    "crate" | "brandgate" => Some(Vec::new()),
                    "super" => Some(above.to_vec()),
                    "self" => Some(here.to_vec()),
                    _ => files.contains(&below).then_some(below),
                };
                if let Some(base) = base.filter(|_| look != Look::ForPublicUses || is_public_use) {
                    spread(behind_colons(after).unwrap(), base, found);
                }
            }
            (TokenTree::Group(group), _) => paths(&group.stream(), here, files, look, found),
            (TokenTree::Punct(mark), _) if mark.as_char() == ';' => is_public_use = false,
            _ => {}
        }
        before = Some(first);
    }
}

/// One path for each name in the braces of a `use`.
fn spread(tokens: &[TokenTree], mut base: Vec<String>, found: &mut Vec<Vec<String>>) {
    match tokens {
        [TokenTree::Ident(name), after @ ..] => {
            match name.to_string().as_str() {
                "super" => drop(base.pop()),
                "self" => {}
                name => base.push(name.to_owned()),
            }
            match behind_colons(after) {
                Some(rest) => spread(rest, base, found),
                None => found.push(base),
            }
        }
        [TokenTree::Group(names), ..] if names.delimiter() == Delimiter::Brace => {
            let names: Vec<_> = names.stream().into_iter().collect();
            for name in names.split(|it| is(Some(it), ",")).filter(|name| !name.is_empty()) {
                spread(name, base.clone(), found);
            }
        }
        _ => found.push(base),
    }
}

pub(crate) fn is(token: Option<&TokenTree>, text: &str) -> bool {
    token.is_some_and(|it| it.to_string() == text)
}

/// What follows `::`.
pub(crate) fn behind_colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), rest @ ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(rest)
        }
        _ => None,
    }
}

/// Whether `[cfg(test)]` or `[test]` comes next.
pub(crate) fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let text = tokens.first().map(ToString::to_string).unwrap_or_default();
    matches!(text.replace(' ', "").as_str(), "[cfg(test)]" | "[test]")
}

/// What follows the item whose attributes come first.
pub(crate) fn behind_the_next_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let is_end = |it: &TokenTree| match it {
        TokenTree::Group(body) => body.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    };
    let end = tokens.iter().position(is_end).map_or(tokens.len(), |at| at + 1);
    tokens.get(end..).unwrap()
}

#[test]
fn a_path_leads_to_the_file_that_has_what_it_names() {
    let file = |place: &str, text: &str| Source {
        place: place.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        tokens: text.parse().unwrap(),
    };
    // (what a file two below the root says, the files that it names)
    let cases = [
        ("use crate::web::Query;", "web/query"),
        ("use crate::{app, config::{self, Config}, web as w};", "app config web"),
        ("fn f() { vec![crate::cli::run()] }", "cli"),
        ("use super::super::web;", "web"),
        ("use super::state::State;", "here/state"),
        ("use super::Nothing;", "here"),
        ("mod inner { use super::super::super::web; use super::super::state; }", "here/state web"),
        ("// use crate::web;\nconst A: &str = \"crate::web\";", ""),
        ("pub(in crate::web) fn f() {}", ""),
        ("fn f() { below::g(); other::below::h() }", "here/two/below"),
        ("use brandgate::app::serve;", "app"),
        ("use crate::web::Renamed;", "web"),
        ("use crate::config::Query;", "web/query"),
    ];
    for (text, named) in cases {
        let sources = [
            file("", "pub mod web;"),
            file("app", ""),
            file("cli", ""),
            file("config", "pub use crate::web::Query;"),
            file("here", "mod state; mod two;"),
            file("here/state", ""),
            file("here/two", text),
            file("here/two/below", ""),
            file("web", "pub(crate) use self::query::{Other, Query}; use self::query::Renamed;"),
            file("web/query", ""),
        ];
        let house = House::of(&sources);
        let two = sources.iter().find(|source| source.name() == "here/two").unwrap();
        let found: Vec<_> = house.named_by(two).iter().map(|place| place.join("/")).collect();
        assert_eq!(found.join(" "), named, "{text}");
        let tests =
            file("here/two", &format!("#[cfg(test)] mod tests {{ {text} }} use crate::cli;"));
        let outside: Vec<_> = house.named_in_service_by(&tests).into_iter().flatten().collect();
        assert_eq!(outside, ["cli"], "{text}");
    }
}
