//! The files that are read together: the main one, and those that it includes.

use std::cell::{OnceCell, RefMut};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;

use super::parse::Part;
use super::tree::Document;
use crate::config::report::path::{Path, PathStep};
use crate::config::report::problem::Problem;
use crate::config::report::{Code, Problems, Report};

/// One file, and what is wrong with it.
pub(in crate::config) struct Source<'s> {
    /// The file's path as problems print it.
    pub(in crate::config) name: String,
    text: &'s str,
    /// Nothing, if it could not be read.
    pub(in crate::config) document: Option<Document<'s>>,
    pub(in crate::config) problems: Problems,
    reach: OnceCell<Reach>,
}

/// What an included file may name that another may have, or that is no file's.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(in crate::config) struct Reach {
    /// Domains that hosts are, or lie beneath; nothing: any.
    pub(in crate::config) hosts: Option<Vec<String>>,
    /// The numbers of brands; nothing: any.
    pub(in crate::config) brand_ids: Option<Vec<u64>>,
    /// Networks that are no part of the internet, of which it may name addresses; nothing: of any.
    pub(in crate::config) networks: Option<Vec<IpNet>>,
    /// Where secrets are. Whoever writes the file chooses where some of them are sent.
    pub(in crate::config) secrets: SecretReach,
}

/// Which secrets an included file may name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::config) enum SecretReach {
    /// Any: it is not known which, and it has been said why.
    Unknown,
    Within {
        /// What the names of variables begin with; nothing: it may name none.
        env_prefix: Option<String>,
        /// The folder that files lie beneath; nothing: it may name none.
        files: Option<PathBuf>,
    },
}

impl Default for SecretReach {
    fn default() -> Self {
        Self::Within { env_prefix: None, files: None }
    }
}

impl Reach {
    /// Of a file that nobody has said more of.
    pub(super) const NONE: &'static Self = &Self {
        hosts: Some(Vec::new()),
        brand_ids: Some(Vec::new()),
        networks: Some(Vec::new()),
        secrets: SecretReach::Within { env_prefix: None, files: None },
    };

    /// Of a file whose limits are not known.
    pub(in crate::config) fn unknown() -> Self {
        Self { hosts: None, brand_ids: None, networks: None, secrets: SecretReach::Unknown }
    }

    /// Whether `host` may be named; its port is not compared.
    pub(in crate::config) fn holds_host(&self, host: &str) -> bool {
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        let name = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |it| it.0);
        self.hosts.as_ref().is_none_or(|hosts| {
            hosts.iter().any(|domain| {
                let rest = name.strip_suffix(domain.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            })
        })
    }

    /// Whether this address, which is no part of the internet, may be named.
    pub(in crate::config) fn holds_address(&self, address: IpAddr) -> bool {
        self.networks.as_ref().is_none_or(|all| all.iter().any(|net| net.contains(&address)))
    }

    /// Whether a brand may have this number.
    pub(in crate::config) fn holds_brand_id(&self, id: u64) -> bool {
        self.brand_ids.as_ref().is_none_or(|ids| ids.contains(&id))
    }
}

impl<'s> Source<'s> {
    /// Reads `text`.
    pub(in crate::config) fn read(name: String, text: &'s str, part: Part) -> Self {
        let problems = Problems::default();
        let document = Document::parse_part(part, text, &problems);
        Self { name, text, document, problems, reach: OnceCell::new() }
    }

    /// How many bytes it has.
    pub(in crate::config) fn length(&self) -> u64 {
        self.text.len() as u64
    }

    /// How many keys and values it has.
    pub(in crate::config) fn count(&self) -> usize {
        self.document.as_ref().map_or(0, Document::count)
    }

    /// Says what it may read beside itself, once.
    pub(in crate::config) fn set_reach(&self, reach: Reach) {
        // The first word counts.
        let _ = self.reach.set(reach);
    }

    pub(super) fn reach(&self) -> &Reach {
        self.reach.get().unwrap_or(Reach::NONE)
    }

    /// Its problems, each in its place.
    pub(in crate::config) fn report(&self) -> Report {
        self.problems.report(&self.name, self.text, self.document.as_ref())
    }
}

/// One file among those that are read together: the main one is number 0.
pub(in crate::config) struct Site<'s> {
    pub(super) sources: &'s [Source<'s>],
    pub(super) number: u16,
}

impl<'s> Site<'s> {
    /// One for each of `sources`.
    pub(in crate::config) fn each(sources: &'s [Source<'s>]) -> Vec<Self> {
        (0..).zip(sources).map(|(number, _)| Self { sources, number }).collect()
    }

    pub(super) fn source(&self) -> Option<&'s Source<'s>> {
        self.sources.get(usize::from(self.number))
    }
}

/// The problems of every file: what has a path is reported where its brand or backend stands.
pub(in crate::config) struct Reporter<'s> {
    main: &'s Problems,
    /// By the section and the name beneath it, of what stands in included files alone.
    included: HashMap<(&'static str, &'s str), &'s Problems>,
    sources: &'s [Source<'s>],
}

impl<'s> Reporter<'s> {
    /// Of `sources`, the first of which is the main one.
    pub(in crate::config) fn of(sources: &'s [Source<'s>]) -> Option<Self> {
        let (main, rest) = sources.split_first()?;
        let mut included = HashMap::new();
        for source in rest {
            let Some(document) = &source.document else { continue };
            for (section, node) in document.entries(document.root()) {
                let section = match section {
                    "brands" => "brands",
                    "backends" => "backends",
                    _ => continue,
                };
                for (name, _) in document.entries(node) {
                    included.entry((section, name)).or_insert(&source.problems);
                }
            }
        }
        Some(Self { main: &main.problems, included, sources })
    }

    /// Reports what makes the files unusable.
    pub(in crate::config) fn error(
        &self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> RefMut<'_, Problem> {
        self.problems_of(path).error(code, path, message)
    }

    /// Reports what somebody should look at.
    pub(in crate::config) fn warning(
        &self,
        code: Code,
        path: &Path,
        message: impl Into<String>,
    ) -> RefMut<'_, Problem> {
        self.problems_of(path).warning(code, path, message)
    }

    /// Whether the files cannot be used.
    pub(in crate::config) fn has_errors(&self) -> bool {
        self.sources.iter().any(|source| source.problems.has_errors())
    }

    fn problems_of(&self, path: &Path) -> &'s Problems {
        if self.included.is_empty() {
            return self.main;
        }
        let steps = path.steps();
        let found = match steps.as_slice() {
            [PathStep::Key(section), PathStep::Key(name), ..] => match section.as_ref() {
                "brands" => self.included.get(&("brands", name.as_ref())),
                "backends" => self.included.get(&("backends", name.as_ref())),
                _ => None,
            },
            _ => None,
        };
        found.copied().unwrap_or(self.main)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::MOST;
    use super::*;

    #[test]
    fn what_is_read_together_has_as_many_keys_and_values_as_one_file_may_have() {
        let code = |left: usize| {
            let part = Part::Included { before: MOST - left };
            let source = Source::read("f".to_owned(), "a: [1, 2]\n", part);
            source.report().json()[0]["code"].as_str().map(str::to_owned)
        };
        assert_eq!(code(5), None);
        assert_eq!(code(4).as_deref(), Some("too-many"));
        let whole = Source::read("f".to_owned(), "a: [1, 2]\nb: { c: d }\n", Part::Main);
        assert_eq!(whole.count(), 9);
    }
}
