//! The names of files with `*` in them, and which files there are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Names of files beneath a folder: in each part of a path, `*` stands for any letters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::config) struct Pattern(Vec<String>);

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub(in crate::config) struct InvalidPattern(&'static str);

/// What a pattern finds.
#[derive(Debug, Default)]
pub(in crate::config) struct Matches {
    /// Its files as they are named from the folder on, in order.
    pub(in crate::config) files: BTreeSet<PathBuf>,
    /// The folders that were looked through, each with what it has that fits.
    pub(in crate::config) folders: Vec<(PathBuf, String)>,
}

impl Pattern {
    pub(in crate::config) fn parse(text: &str) -> Result<Self, InvalidPattern> {
        if text.starts_with(['/', '~']) {
            return Err(InvalidPattern("a path beneath the folder of this file belongs here"));
        }
        if text.contains('\\') {
            return Err(InvalidPattern("the parts of a path have `/` between them"));
        }
        if text.contains(['?', '[', ']', '{', '}', '!', '|']) || text.contains("**") {
            return Err(InvalidPattern("only `*` stands for something else, within a name"));
        }
        let parts = text.split('/').filter(|part| !matches!(*part, "" | "."));
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        if parts.iter().any(|part| part == "..") {
            return Err(InvalidPattern("`..` leads out of the folder of this file"));
        }
        if parts.is_empty() || text.ends_with('/') {
            return Err(InvalidPattern("this names no file"));
        }
        Ok(Self(parts))
    }

    /// Whether it may stand for several files.
    pub(in crate::config) fn is_open(&self) -> bool {
        self.0.iter().any(|part| part.contains('*'))
    }

    /// Whether `file`, named from the folder on, is one of them.
    pub(in crate::config) fn fits(&self, file: &Path) -> bool {
        let mut parts = self.0.iter();
        let all = file.iter().all(|name| {
            name.to_str().zip(parts.next()).is_some_and(|(name, part)| fits(part, name))
        });
        all && parts.next().is_none()
    }

    /// The files that it stands for in `folder`. One without `*` is there, whether or not it is.
    ///
    /// A folder that does not exist has none; one that cannot be looked through is an error.
    pub(in crate::config) fn find(&self, folder: &Path) -> io::Result<Matches> {
        let mut found = Matches::default();
        let mut names = vec![PathBuf::new()];
        for part in &self.0 {
            if !part.contains('*') {
                for name in &mut names {
                    name.push(part);
                }
                continue;
            }
            let mut next = Vec::new();
            for name in names {
                let folder = folder.join(&name);
                let inside = match listed(&folder, part) {
                    Ok(inside) => inside,
                    Err(error) if is_away(&error) => Vec::new(),
                    Err(error) => return Err(error),
                };
                found.folders.push((folder, inside.join("\n")));
                next.extend(inside.iter().map(|inside| name.join(inside)));
            }
            names = next;
        }
        // Not every folder that fits need have the file that is named in it.
        let is_there =
            |name: &PathBuf| !self.is_open() || fs::symlink_metadata(folder.join(name)).is_ok();
        found.files = names.into_iter().filter(is_there).collect();
        Ok(found)
    }
}

/// Whether there is nothing, or no folder.
fn is_away(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The names in `folder` that fit `part`, in order. A `*` at the beginning leaves out what is hidden:
/// editors and Kubernetes keep their own files there.
fn listed(folder: &Path, part: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let is_one = |name: &&str| fits(part, name) && !name.contains(char::is_control);
        names.extend(name.to_str().filter(is_one).map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether `name` is what `part` stands for.
fn fits(part: &str, name: &str) -> bool {
    let Some((first, rest)) = part.split_once('*') else { return part == name };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    if first.is_empty() && name.starts_with('.') {
        return false;
    }
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = left.find(piece) else { return false };
        left = left.get(at + piece.len()..).unwrap_or_default();
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_names_beneath_one_folder_alone() {
        let cases = [
            ("brands.d/*.yaml", "brands.d/shoes.yaml", true),
            ("brands.d/*.yaml", "brands.d/.shoes.yaml", false),
            ("brands.d/.*.yaml", "brands.d/.shoes.yaml", true),
            ("brands.d/*.yaml", "brands.d/shoes.yaml~", false),
            ("brands.d/*.yaml", "brands.d/a/shoes.yaml", false),
            ("brands.d/*.yaml", "shoes.yaml", false),
            ("brands.d/*", "brands.d/..data", false),
            ("./teams//*/brands.yaml", "teams/shoes/brands.yaml", true),
            ("teams/*/brands.yaml", "teams/brands.yaml", false),
            ("a*b*c", "abc", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*bb*b", "abb", false),
            ("a*a", "a", false),
            ("shoes.yaml", "shoes.yaml", true),
            ("shoes.yaml", "Shoes.yaml", false),
        ];
        for (pattern, file, expected) in cases {
            assert_eq!(
                Pattern::parse(pattern).unwrap().fits(Path::new(file)),
                expected,
                "{pattern} {file}"
            );
        }
        for bad in [
            "",
            ".",
            "./",
            "brands.d/",
            "/etc/brands.d/*.yaml",
            "~/x.yaml",
            "../x.yaml",
            "a/../b.yaml",
            "..",
            "**/*.yaml",
            "a?.yaml",
            "[ab].yaml",
            "{a,b}.yaml",
            "!a.yaml",
            "a\\b.yaml",
        ] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn files_are_found_in_order_through_links_and_without_what_is_hidden() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for folder in ["brands.d/..v1", "teams/a", "teams/b", "teams/c"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for file in
            ["brands.d/..v1/b.yaml", "brands.d/..v1/a.yaml", "teams/b/x.yaml", "teams/a/x.yaml"]
        {
            fs::write(at(file), "").unwrap();
        }
        std::os::unix::fs::symlink("..v1", at("brands.d/..data")).unwrap();
        for file in ["b.yaml", "a.yaml"] {
            let target = format!("..data/{file}");
            std::os::unix::fs::symlink(target, at("brands.d").join(file)).unwrap();
        }
        fs::write(at("teams/notes.txt"), "").unwrap();
        let found = |pattern: &str| {
            let found = Pattern::parse(pattern).unwrap().find(directory.path()).unwrap();
            (found.files.into_iter().collect::<Vec<_>>(), found.folders.len())
        };
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert_eq!(found("brands.d/*.yaml"), (paths(&["brands.d/a.yaml", "brands.d/b.yaml"]), 1));
        assert_eq!(found("teams/*/x.yaml"), (paths(&["teams/a/x.yaml", "teams/b/x.yaml"]), 1));
        assert_eq!(found("teams/*/*.yaml"), (paths(&["teams/a/x.yaml", "teams/b/x.yaml"]), 5));
        assert_eq!(found("no.d/*.yaml"), (vec![], 1));
        assert_eq!(found("no.yaml"), (paths(&["no.yaml"]), 0), "it is said that it is away");
    }
}
