//! What a `brands.yaml` says differently than the one before it.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::PathBuf;

use super::document::{Document, Node, Source};
use super::file::inputs::{Contents, Inputs};
use crate::domain::Name;
use crate::table::Table;

/// Most names that are told of a kind; of the others, how many there are.
const MOST_NAMES: usize = 10;

/// What a file says, in hashes, so that it can be told apart from another.
#[derive(Debug, Default)]
pub struct Outline {
    brands: Section,
    backends: Section,
    /// Every other section by its name.
    others: BTreeMap<String, u64>,
    secrets: BTreeMap<PathBuf, Contents>,
}

/// The hashes of each name and of what it stands for, in order.
#[derive(Debug, Default)]
struct Section(Vec<(u64, u64)>);

/// The difference between two files. Only names are told, and never a secret.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Changes {
    brands: Difference,
    backends: Difference,
    others: Difference,
    secrets: Names,
}

#[derive(Debug, Default, Eq, PartialEq)]
struct Difference {
    added: Names,
    removed: Names,
    changed: Names,
}

/// A few names, and how many there are together.
#[derive(Debug, Default, Eq, PartialEq)]
struct Names {
    first: Vec<String>,
    count: usize,
}

impl Outline {
    /// Of files that are read together, and of the `secrets` that they name.
    pub(super) fn of(sources: &[Source<'_>], secrets: &Inputs) -> Self {
        let mut outline = Self::default();
        for document in sources.iter().filter_map(|source| source.document.as_ref()) {
            for (name, node) in document.entries(document.root()) {
                match name {
                    "brands" => outline.brands.add(document, node),
                    "backends" => outline.backends.add(document, node),
                    _ => drop(outline.others.insert(name.to_owned(), hash_of(document, node))),
                }
            }
        }
        outline.brands.0.sort_unstable();
        outline.backends.0.sort_unstable();
        let secrets = secrets.contents();
        outline.secrets = secrets.map(|(path, contents)| (path.to_owned(), contents)).collect();
        outline
    }
}

impl Outline {
    /// One number for all that it says, but for the contents of secret files: two instances with the
    /// same have the same file.
    pub fn checksum(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.brands.0, &self.backends.0, &self.others).hash(&mut hasher);
        hasher.finish()
    }
}

impl Section {
    fn add(&mut self, document: &Document<'_>, node: &Node<'_>) {
        let entries = document.entries(node);
        self.0.extend(entries.map(|(name, node)| (hash(name), hash_of(document, node))));
    }

    fn find(&self, name: &str) -> Option<u64> {
        let at = self.0.binary_search_by_key(&hash(name), |(name, _)| *name).ok()?;
        self.0.get(at).map(|(_, value)| *value)
    }
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn hash_of(document: &Document<'_>, node: &Node<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    document.hash(node, &mut hasher);
    hasher.finish()
}

impl Changes {
    /// Whether something is gone: half a file may be a good one.
    pub fn takes_away(&self) -> bool {
        self.others.removed.count > 0
    }

    /// What the second of two tables says differently, each told apart by the outline of its file.
    pub fn between(old: (&Table, &Outline), new: (&Table, &Outline)) -> Self {
        let ((old_table, old), (new_table, new)) = (old, new);
        Self {
            brands: Difference::between(
                (old_table.brand_names(), &old.brands),
                (new_table.brand_names(), &new.brands),
            ),
            backends: Difference::between(
                (old_table.backend_names(), &old.backends),
                (new_table.backend_names(), &new.backends),
            ),
            others: Difference {
                added: Names::of(new.others.keys().filter(|it| !old.others.contains_key(*it))),
                removed: Names::of(old.others.keys().filter(|it| !new.others.contains_key(*it))),
                changed: Names::of(new.others.iter().filter_map(|(name, hash)| {
                    old.others.get(name).is_some_and(|was| was != hash).then_some(name)
                })),
            },
            secrets: {
                // A file that was not named before is told by what names it now.
                let differs = |it: &(&PathBuf, &Contents)| {
                    old.secrets.get(it.0).is_some_and(|was| was != it.1)
                };
                Names::of(new.secrets.iter().filter(differs).map(|(path, _)| path.display()))
            },
        }
    }
}

impl Difference {
    fn between<'a>(
        old: (impl Iterator<Item = &'a Name>, &Section),
        new: (impl Iterator<Item = &'a Name>, &Section),
    ) -> Self {
        let mut difference = Self::default();
        for name in new.0 {
            match old.1.find(name.as_str()) {
                None => difference.added.push(name),
                was if was != new.1.find(name.as_str()) => difference.changed.push(name),
                Some(_) => {}
            }
        }
        for name in old.0.filter(|name| new.1.find(name.as_str()).is_none()) {
            difference.removed.push(name);
        }
        difference
    }
}

impl Names {
    fn of(names: impl Iterator<Item = impl ToString>) -> Self {
        let mut all = Self::default();
        for name in names {
            all.push(&name);
        }
        all
    }

    fn push(&mut self, name: &impl ToString) {
        self.count += 1;
        if self.first.len() < MOST_NAMES {
            self.first.push(name.to_string());
        }
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let each =
            [("brands", &self.brands), ("backends", &self.backends), ("sections", &self.others)];
        for (what, difference) in each {
            let Difference { added, removed, changed } = difference;
            for (how, names) in [("added", added), ("removed", removed), ("changed", changed)] {
                if names.count > 0 {
                    parts.push(format!("{what} {how}: {names}"));
                }
            }
        }
        if self.secrets.count > 0 {
            parts.push(format!("secret files changed: {}", self.secrets));
        }
        if parts.is_empty() {
            return f.write_str("it says the same in other words");
        }
        f.write_str(&parts.join("; "))
    }
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first.join(", "))?;
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Changes;
    use crate::config::{self, Config};

    const BEFORE: &str = "version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: 0123456789abcdef0123456789abcdef } }
backends:
  native: { type: zendesk }
  site: { type: redirect, login_url: https://www.acme.example/login }
reserved: []
brands:
  shoes: { hosts: [acme-shoes.zendesk.com], backend: native }
  bikes: { hosts: [acme-bikes.zendesk.com], backend: site }
";

    fn config(yaml: &str) -> Config {
        config::read(yaml, "brands.yaml", Path::new(".")).config.unwrap()
    }

    #[test]
    fn what_changed_is_told_by_its_name() {
        let brand = |name: &str| {
            format!("  {name}: {{ hosts: [acme-{name}.zendesk.com], backend: site }}\n")
        };
        let many: String = (0..12).map(|number| brand(&format!("b{number:02}"))).collect();
        // (what is replaced, by what, what is told)
        let cases = [
            ("", "", "it says the same in other words"),
            ("brands:", "# Ours\nbrands:", "it says the same in other words"),
            ("{ type: zendesk }", "\n    type: zendesk", "it says the same in other words"),
            ("bikes", "tools", "brands added: tools; brands removed: bikes"),
            ("www.acme", "www.shop.acme", "backends changed: site"),
            ("backend: native", "backend: site, name: Shoes", "brands changed: shoes"),
            ("sso.acme", "login.acme", "sections changed: server"),
            ("reserved: []\n", "", "sections removed: reserved"),
            ("0123456789abcdef", "fedcba9876543210", "sections changed: zendesk"),
            ("version: 1", "version: 1\nunknown: refuse", "sections added: unknown"),
            (
                "brands:\n",
                &format!("brands:\n{many}"),
                "brands added: b00, b01, b02, b03, b04, b05, b06, b07, b08, b09 and 2 more",
            ),
        ];
        let before = config(BEFORE);
        for (what, by, expected) in cases {
            let after = config(&BEFORE.replacen(what, by, 1));
            let forth =
                Changes::between((&before.table, &before.outline), (&after.table, &after.outline));
            assert_eq!(forth.to_string(), expected, "{what:?}");
        }
    }
    #[test]
    fn a_secret_file_has_changed_only_if_it_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let put = |text: &str| std::fs::write(folder.path().join("key"), text.repeat(40)).unwrap();
        let read = |yaml: &str| config::read(yaml, "brands.yaml", folder.path()).config.unwrap();
        let told = |old: &Config, new: &Config| {
            Changes::between((&old.table, &old.outline), (&new.table, &new.outline)).to_string()
        };
        put("a");
        let without = read(BEFORE);
        let deny =
            format!("{BEFORE}deny: {{ hashes: ['{}'], key: {{ file: key }} }}\n", "0".repeat(64));
        let with = read(&deny);
        assert_eq!(told(&without, &with), "sections added: deny");
        put("b");
        let said = told(&with, &read(&deny));
        assert!(said.starts_with("secret files changed: ") && said.ends_with("key"), "{said}");
    }
}
