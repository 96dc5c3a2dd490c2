//! A `brands.yaml` in use, with the files that it names, looked at time and again.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::file::inputs::{Inputs, Version};
use super::{FileError, Loaded, load_from};

/// How long a `brands.yaml` that is written in place must have stood still. Half of one may be good, and
/// whoever copies it over a network takes breaks.
const STILL: Duration = Duration::from_secs(3);

/// How soon what is there and could not be read is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How long files may go on changing before somebody should know that they are not read meanwhile.
const RESTLESS: Duration = Duration::from_secs(10);

/// The files of a configuration, and what was last read from them.
///
/// Looking costs a question to the system for each file, whatever lies between: links that are put in
/// each other's place, renamed files, and mounts of which nobody is told that something changed.
#[derive(Debug)]
pub struct Watch {
    file: PathBuf,
    inputs: Inputs,
    /// Why some of them could not be read, in the words that it is told in.
    unread: Option<String>,
    read_at: Instant,
    /// What was there at the last look, where that is not what was read, and since when.
    moving: Option<(Vec<Option<Version>>, Instant)>,
    /// Since when something else has been there, whatever it was.
    unread_since: Option<Instant>,
    /// Whether the last good file ended with a line.
    ended_with_line: bool,
}

impl Watch {
    /// Reads `file` for the first time.
    pub fn start(file: &Path) -> (Self, Result<Loaded, FileError>) {
        let (loaded, inputs) = load_from(file);
        let unread = unread(&loaded, &inputs);
        let (file, read_at) = (file.to_owned(), Instant::now());
        let ended_with_line = inputs.ends_with_line;
        let (moving, unread_since) = (None, None);
        (Self { file, inputs, unread, read_at, moving, unread_since, ended_with_line }, loaded)
    }

    /// What the files say, if that is something else than they last said.
    ///
    /// What has changed since the last look is read at the next: somebody may still be writing it.
    /// A `brands.yaml` that is written in place must have stood still for longer, and end as the one
    /// before it did.
    pub fn look(&mut self, now: Instant) -> Option<Result<Loaded, FileError>> {
        let there = self.inputs.there();
        if there == self.inputs.read() {
            (self.moving, self.unread_since) = (None, None);
            let is_due = self.inputs.are_unread() && now >= self.read_at + AGAIN;
            return is_due.then(|| self.read_whole(now)).flatten();
        }
        let since = match &self.moving {
            Some((before, since)) if *before == there => *since,
            _ => {
                self.moving = Some((there, now));
                self.unread_since.get_or_insert(now);
                return None;
            }
        };
        if self.inputs.is_written_in_place(&there) && now < since + STILL {
            return None;
        }
        self.read_whole(now)
    }

    fn read_whole(&mut self, now: Instant) -> Option<Result<Loaded, FileError>> {
        let has_ended = self.ended_with_line;
        let read = self.read(now)?;
        // What is bad explains itself.
        let is_good = read.as_ref().is_ok_and(|loaded| loaded.config.is_some());
        if is_good && has_ended && !self.inputs.ends_with_line {
            self.ended_with_line = has_ended;
            return Some(Err(FileError::Unfinished));
        }
        Some(read)
    }

    /// The same at once and whatever its end, for whoever knows that nobody is writing.
    pub fn read(&mut self, now: Instant) -> Option<Result<Loaded, FileError>> {
        let (loaded, inputs) = load_from(&self.file);
        let unread = unread(&loaded, &inputs);
        let is_known = inputs.contents().eq(self.inputs.contents()) && unread == self.unread;
        (self.inputs, self.unread, self.read_at) = (inputs, unread, now);
        (self.moving, self.unread_since) = (None, None);
        if loaded.as_ref().is_ok_and(|loaded| loaded.config.is_some()) {
            self.ended_with_line = self.inputs.ends_with_line;
        }
        (!is_known).then_some(loaded)
    }

    /// Whether the files have gone on changing for so long that somebody should know: they are read when
    /// they stand still.
    pub fn is_restless(&self, now: Instant) -> bool {
        self.unread_since.is_some_and(|since| now >= since + RESTLESS)
    }

    /// A file that was replaced where nobody sees it from here: behind the mount of a single file.
    pub fn replaced_behind_mount(&self) -> Option<&Path> {
        self.inputs.without_name()
    }
}

/// Why something could not be read: what is unreadable has no content that another could be told from.
fn unread(loaded: &Result<Loaded, FileError>, inputs: &Inputs) -> Option<String> {
    match loaded {
        Err(error) => Some(error.to_string()),
        Ok(loaded) => inputs.are_unread().then(|| loaded.report.errors().collect()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::time::{Duration, Instant};

    use super::{AGAIN, RESTLESS, STILL, Watch};
    use crate::config::{FileError, Loaded};

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

    fn seen(watch: &mut Watch, now: Instant) -> Seen {
        match watch.look(now) {
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
        let cases: [(&str, Change, Seen); 14] = [
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
            ("a directory", |at| fs::create_dir(at.join("brands.yaml")).unwrap(), Seen::Unreadable),
            (
                "no text",
                |at| {
                    fs::remove_dir(at.join("brands.yaml")).unwrap();
                    fs::write(at.join("brands.yaml"), b"\xff\xfe").unwrap();
                },
                Seen::Unreadable,
            ),
            (
                "no text in another way",
                |at| fs::write(at.join("brands.yaml"), b"a\n\xe4").unwrap(),
                Seen::Unreadable,
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
            let then = Instant::now();
            assert_eq!(seen(&mut watch, then), Seen::Nothing, "{what}: somebody may be writing");
            assert_eq!(seen(&mut watch, then + STILL), expected, "{what}");
            assert_eq!(seen(&mut watch, then + STILL + AGAIN), Seen::Nothing, "{what}: once");
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
        let then = Instant::now();
        assert_eq!([seen(&mut watch, then), seen(&mut watch, then)], [Seen::Nothing, Seen::Good]);
    }

    #[test]
    fn included_files_are_looked_at_with_those_that_come_and_go() {
        type Change = fn(&Path);
        const SHOP: &str = "brands:\n  NAME: { hosts: [NAME.zendesk.com], backend: native }\n";
        let put = |at: &Path, name: &str| {
            fs::write(at.join(format!("brands.d/{name}.yaml")), SHOP.replace("NAME", name))
                .unwrap();
        };
        let cases: [(&str, Change, Seen); 9] = [
            ("nothing", |_| (), Seen::Nothing),
            (
                "a new file",
                |at| fs::write(at.join("brands.d/y.yaml"), SHOP.replace("NAME", "y")).unwrap(),
                Seen::Good,
            ),
            (
                "a file that is none of them",
                |at| fs::write(at.join("brands.d/.y.yaml.swp"), "x").unwrap(),
                Seen::Nothing,
            ),
            (
                "written in place",
                |at| fs::write(at.join("brands.d/y.yaml"), SHOP.replace("NAME", "z")).unwrap(),
                Seen::Good,
            ),
            (
                "one bad file",
                |at| fs::write(at.join("brands.d/y.yaml"), "brands: [").unwrap(),
                Seen::Bad,
            ),
            ("emptied", |at| fs::write(at.join("brands.d/y.yaml"), "").unwrap(), Seen::Bad),
            ("removed", |at| fs::remove_file(at.join("brands.d/y.yaml")).unwrap(), Seen::Good),
            (
                "the folder is away",
                |at| fs::rename(at.join("brands.d"), at.join("away")).unwrap(),
                Seen::Good,
            ),
            (
                "and there again",
                |at| fs::rename(at.join("away"), at.join("brands.d")).unwrap(),
                Seen::Good,
            ),
        ];
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        let limits = "include: [brands.d/*.yaml]\nlimits:\n  - { files: [brands.d/*], hosts: any, \
                      email_domains: any, external_id_prefix: any, backends: [native] }\n";
        fs::write(at.join("brands.yaml"), format!("{}{limits}", yaml("a"))).unwrap();
        fs::write(at.join("zendesk"), SECRET).unwrap();
        fs::create_dir(at.join("brands.d")).unwrap();
        put(at, "x");
        let (mut watch, loaded) = Watch::start(&at.join("brands.yaml"));
        let loaded = loaded.unwrap();
        assert!(loaded.config.is_some(), "{}", loaded.report.text(false));
        for (what, change, expected) in cases {
            change(at);
            let then = Instant::now();
            assert_eq!(seen(&mut watch, then), Seen::Nothing, "{what}: somebody may be writing");
            assert_eq!(seen(&mut watch, then + STILL), expected, "{what}");
            assert_eq!(seen(&mut watch, then + STILL + AGAIN), Seen::Nothing, "{what}: once");
        }
    }

    #[test]
    fn an_included_file_that_is_still_being_written_is_not_read() {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        let limits = "include: [b.yaml]\nlimits: [{ files: [b.yaml], hosts: any, email_domains: any, \
                      external_id_prefix: any, backends: [native] }]\n";
        fs::write(at.join("brands.yaml"), format!("{}{limits}", yaml("a"))).unwrap();
        fs::write(at.join("zendesk"), SECRET).unwrap();
        let brand =
            |name: &str| format!("  {name}: {{ hosts: [{name}.zendesk.com], backend: native }}\n");
        fs::write(at.join("b.yaml"), format!("brands:\n{}", brand("b"))).unwrap();
        let (mut watch, loaded) = Watch::start(&at.join("brands.yaml"));
        assert!(loaded.unwrap().config.is_some());
        let then = Instant::now();
        fs::write(at.join("b.yaml"), format!("brands:\n{}", brand("c"))).unwrap();
        assert_eq!(seen(&mut watch, then), Seen::Nothing);
        assert_eq!(seen(&mut watch, then + Duration::from_secs(2)), Seen::Nothing, "a break");
        fs::write(at.join("b.yaml"), format!("brands:\n{}{}", brand("c"), brand("d"))).unwrap();
        assert_eq!(seen(&mut watch, then + STILL), Seen::Nothing, "it goes on");
        assert_eq!(seen(&mut watch, then + STILL + STILL), Seen::Good);
    }

    #[test]
    fn what_is_still_being_written_is_not_read() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("brands.yaml");
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        fs::write(&file, yaml("a")).unwrap();
        let (mut watch, _) = Watch::start(&file);
        let whole = yaml("b");
        let mut now = Instant::now();
        for end in (1..=whole.len()).step_by(20) {
            fs::write(&file, &whole[..end]).unwrap();
            for _ in 0..2 {
                assert_eq!(seen(&mut watch, now), Seen::Nothing, "{end} bytes");
                now += Duration::from_secs(2);
            }
        }
        fs::write(&file, &whole).unwrap();
        assert_eq!(seen(&mut watch, now), Seen::Nothing);
        assert_eq!(seen(&mut watch, now + STILL), Seen::Good);
    }

    #[test]
    fn files_that_go_on_changing_are_told_of_until_they_stand_still() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("brands.yaml");
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        fs::write(&file, yaml("a")).unwrap();
        let (mut watch, _) = Watch::start(&file);
        let began = Instant::now();
        for second in 0..30 {
            let now = began + Duration::from_secs(second);
            // Either may be the one that somebody writes all the time.
            let name = if second < 15 { "brands.yaml" } else { "zendesk" };
            let old = fs::read_to_string(directory.path().join(name)).unwrap();
            fs::write(directory.path().join(name), old + "# more\n").unwrap();
            assert_eq!(seen(&mut watch, now), Seen::Nothing, "{second}");
            assert_eq!(watch.is_restless(now), now >= began + RESTLESS, "{second}");
        }
        fs::write(&file, yaml("b")).unwrap();
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        let now = began + Duration::from_mins(1);
        assert_eq!(seen(&mut watch, now), Seen::Nothing);
        assert_eq!(seen(&mut watch, now + STILL), Seen::Good);
        assert!(!watch.is_restless(now + STILL + RESTLESS), "it was read");
    }

    #[test]
    fn what_ends_in_the_middle_of_a_line_is_used_only_if_the_one_before_did_or_somebody_says_so() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("brands.yaml");
        fs::write(directory.path().join("zendesk"), SECRET).unwrap();
        let cut = |brand| yaml(brand).trim_end().to_owned();
        fs::write(&file, yaml("a")).unwrap();
        let (mut watch, _) = Watch::start(&file);
        let mut now = Instant::now();
        let mut put = |watch: &mut Watch, text: String| {
            fs::write(&file, text).unwrap();
            now += STILL;
            assert!(watch.look(now).is_none());
            now += STILL;
            watch.look(now).unwrap().map(|loaded| loaded.config.is_some())
        };
        assert!(matches!(put(&mut watch, cut("b")), Err(FileError::Unfinished)));
        assert!(matches!(put(&mut watch, yaml("c")), Ok(true)), "positive control");
        fs::write(directory.path().join("brands.yaml"), cut("d")).unwrap();
        assert!(watch.read(Instant::now()).unwrap().is_ok(), "somebody says so");
        assert!(matches!(put(&mut watch, cut("e")), Ok(true)), "nobody ends it with a line here");
    }

    #[test]
    fn what_is_there_and_could_not_be_read_is_tried_again() {
        let directory = tempfile::tempdir().unwrap();
        let (file, secret) =
            (directory.path().join("brands.yaml"), directory.path().join("zendesk"));
        fs::write(&file, yaml("a")).unwrap();
        // A link to what cannot be read, whatever becomes of it.
        symlink("/proc/self/mem", &secret).unwrap();
        let (mut watch, loaded) = Watch::start(&file);
        assert!(loaded.unwrap().config.is_none());
        let then = Instant::now();
        assert!(watch.inputs.are_unread() && watch.read_at <= then);
        assert_eq!(seen(&mut watch, then), Seen::Nothing);
        assert_eq!(seen(&mut watch, then + AGAIN), Seen::Nothing, "with the same outcome");
        assert_eq!(watch.read_at, then + AGAIN, "it was read");
    }
}
