//! A `brands.yaml` in use, with the files that it names, looked at time and again.

use std::path::{Path, PathBuf};

use super::file::inputs::{Inputs, Version};
use super::{FileError, Loaded, load_from};

/// The files of a configuration, and what was last read from them.
///
/// Looking costs a question to the system for each file, whatever lies between: links that are put in
/// each other's place, renamed files, and mounts of which nobody is told that something changed.
#[derive(Debug)]
pub struct Watch {
    file: PathBuf,
    inputs: Inputs,
    /// What was there at the last look, where that is not what was read.
    moving: Option<Vec<Option<Version>>>,
}

impl Watch {
    /// Reads `file` for the first time.
    pub fn start(file: &Path) -> (Self, Result<Loaded, FileError>) {
        let (loaded, inputs) = load_from(file);
        (Self { file: file.to_owned(), inputs, moving: None }, loaded)
    }

    /// What the files say, if that is something else than they last said.
    ///
    /// What has changed since the last look is read at the next: somebody may still be writing it.
    pub fn look(&mut self) -> Option<Result<Loaded, FileError>> {
        let there = self.inputs.there();
        if there == self.inputs.read() {
            self.moving = None;
            return None;
        }
        if self.moving.as_ref() != Some(&there) {
            self.moving = Some(there);
            return None;
        }
        self.read()
    }

    /// The same, for whoever knows that nobody is writing.
    pub fn read(&mut self) -> Option<Result<Loaded, FileError>> {
        let (loaded, inputs) = load_from(&self.file);
        let is_known = inputs.contents().eq(self.inputs.contents());
        (self.inputs, self.moving) = (inputs, None);
        (!is_known).then_some(loaded)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::Watch;
    use crate::config::Loaded;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn yaml(brand: &str) -> String {
        format!(
            "version: 1
server: {{ public_url: https://sso.acme.example }}
zendesk: {{ account: acme, shared_secret: {{ file: zendesk }} }}
backends: {{ native: {{ type: zendesk }} }}
brands: {{ {brand}: {{ hosts: [acme-shoes.zendesk.com], backend: native }} }}
"
        )
    }

    /// Each kind of change, what it says then, and what it is told to be.
    #[derive(Debug, Eq, PartialEq)]
    enum Seen {
        Nothing,
        Good,
        Bad,
        Unreadable,
    }

    fn seen(watch: &mut Watch) -> Seen {
        match watch.look() {
            None => Seen::Nothing,
            Some(Err(_)) => Seen::Unreadable,
            Some(Ok(Loaded { config: Some(_), .. })) => Seen::Good,
            Some(Ok(_)) => Seen::Bad,
        }
    }

    #[test]
    fn whatever_way_files_change_they_are_read_once_and_when_nobody_writes() {
        type Change = fn(&Path);
        // (what, how, what comes of it)
        let cases: [(&str, Change, Seen); 12] = [
            ("nothing", |_| (), Seen::Nothing),
            (
                "written in place",
                |at| fs::write(at.join("brands.yaml"), yaml("b")).unwrap(),
                Seen::Good,
            ),
            (
                "renamed over it",
                |at| {
                    fs::write(at.join("new"), yaml("c")).unwrap();
                    fs::rename(at.join("new"), at.join("brands.yaml")).unwrap();
                },
                Seen::Good,
            ),
            (
                "of the same length",
                |at| fs::write(at.join("brands.yaml"), yaml("d")).unwrap(),
                Seen::Good,
            ),
            (
                "the same again",
                |at| fs::write(at.join("brands.yaml"), yaml("d")).unwrap(),
                Seen::Nothing,
            ),
            (
                "another secret",
                |at| fs::write(at.join("zendesk"), SECRET.to_uppercase()).unwrap(),
                Seen::Good,
            ),
            ("a secret that is empty", |at| fs::write(at.join("zendesk"), "").unwrap(), Seen::Bad),
            ("no secret", |at| fs::remove_file(at.join("zendesk")).unwrap(), Seen::Bad),
            ("a secret again", |at| fs::write(at.join("zendesk"), SECRET).unwrap(), Seen::Good),
            (
                "half of it",
                |at| fs::write(at.join("brands.yaml"), "version: 1\nserver: {").unwrap(),
                Seen::Bad,
            ),
            ("deleted", |at| fs::remove_file(at.join("brands.yaml")).unwrap(), Seen::Unreadable),
            (
                "a directory",
                |at| fs::create_dir(at.join("brands.yaml")).unwrap(),
                // As little as before.
                Seen::Nothing,
            ),
        ];
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("brands.yaml");
        fs::write(&file, yaml("a")).unwrap();
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        let (mut watch, loaded) = Watch::start(&file);
        assert!(loaded.unwrap().config.is_some());
        for (what, change, expected) in cases {
            change(directory.path());
            assert_eq!(seen(&mut watch), Seen::Nothing, "{what}: somebody may be writing");
            assert_eq!(seen(&mut watch), expected, "{what}");
            assert_eq!(seen(&mut watch), Seen::Nothing, "{what}: once");
        }
    }

    #[test]
    fn links_are_followed_as_kubernetes_swaps_them() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        for (version, brand) in [("v1", "a"), ("v2", "b")] {
            fs::create_dir(at(version)).unwrap();
            fs::write(at(version).join("brands.yaml"), yaml(brand)).unwrap();
            fs::write(at(version).join("zendesk"), SECRET).unwrap();
        }
        symlink("v1", at("..data")).unwrap();
        symlink("..data/brands.yaml", at("brands.yaml")).unwrap();
        symlink("..data/zendesk", at("zendesk")).unwrap();
        let (mut watch, _) = Watch::start(&at("brands.yaml"));
        symlink("v2", at("..new")).unwrap();
        fs::rename(at("..new"), at("..data")).unwrap();
        fs::remove_dir_all(at("v1")).unwrap();
        assert_eq!([seen(&mut watch), seen(&mut watch)], [Seen::Nothing, Seen::Good]);
    }

    #[test]
    fn what_is_still_being_written_is_not_read() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("brands.yaml");
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        fs::write(&file, yaml("a")).unwrap();
        let (mut watch, _) = Watch::start(&file);
        let whole = yaml("b");
        for end in (1..=whole.len()).step_by(20) {
            fs::write(&file, &whole[..end]).unwrap();
            assert_eq!(seen(&mut watch), Seen::Nothing, "{end} bytes");
        }
        fs::write(&file, &whole).unwrap();
        assert_eq!([seen(&mut watch), seen(&mut watch)], [Seen::Nothing, Seen::Good]);
    }
}
