//! The files that a configuration was read from, and whether they are still what they were.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};

/// The files that were read, `brands.yaml` first.
#[derive(Debug, Default)]
pub(in crate::config) struct Inputs {
    files: Vec<Input>,
    /// Whether the last line of `brands.yaml`, and of every file that it includes, has its end.
    pub(in crate::config) ends_with_line: bool,
}

#[derive(Debug)]
struct Input {
    path: PathBuf,
    version: Option<Version>,
    contents: Contents,
    kind: Kind,
}

/// What is read of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// Brands and backends.
    Table,
    Secret,
    /// The names in a folder.
    Folder,
}

/// SHA-256 of a file; `None`: it could not be read.
pub(in crate::config) type Contents = Option<[u8; 32]>;

/// Which version of a file it is, as far as that can be told without reading it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) struct Version {
    device: u64,
    inode: u64,
    size: u64,
    /// How many names it has.
    links: u64,
    /// In seconds and nanoseconds.
    modified: (i64, i64),
    /// The same for the last change of its inode, which nobody can set.
    changed: (i64, i64),
}

impl Version {
    /// The version of what is at `path`, or at the end of a link there.
    pub(in crate::config) fn of(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        Some(Self {
            device: found.dev(),
            inode: found.ino(),
            size: found.size(),
            links: found.nlink(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }
}

impl Version {
    /// Whether `other` is the same file, written to.
    fn is_same_file(self, other: Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }
}

impl Inputs {
    /// Notes that a secret was read from `path`, or that nothing could be. `version` is from before.
    pub(in crate::config) fn push(
        &mut self,
        path: PathBuf,
        version: Option<Version>,
        text: Option<&str>,
    ) {
        self.note(path, version, text, Kind::Secret);
    }

    /// The same of `brands.yaml`, or of a file that it includes.
    pub(in crate::config) fn push_table(
        &mut self,
        path: PathBuf,
        version: Option<Version>,
        text: Option<&str>,
    ) {
        let ends_with_line = text.is_some_and(|text| text.ends_with(['\n', '\r']));
        self.ends_with_line = ends_with_line && (self.files.is_empty() || self.ends_with_line);
        self.note(path, version, text, Kind::Table);
    }

    /// The same of the `names` in a folder that are of interest.
    pub(in crate::config) fn push_folder(
        &mut self,
        path: PathBuf,
        version: Option<Version>,
        names: &str,
    ) {
        self.note(path, version, Some(names), Kind::Folder);
    }

    fn note(&mut self, path: PathBuf, version: Option<Version>, text: Option<&str>, kind: Kind) {
        let hash = text.map(|text| digest(&SHA256, text.as_bytes()));
        let contents = hash.and_then(|hash| hash.as_ref().try_into().ok());
        self.files.push(Input { path, version, contents, kind });
    }

    pub(in crate::config) fn extend(&mut self, others: Self) {
        self.files.extend(others.files);
    }

    /// The versions that were read.
    pub(in crate::config) fn read(&self) -> Vec<Option<Version>> {
        self.files.iter().map(|input| input.version).collect()
    }

    /// The versions that are there now.
    pub(in crate::config) fn there(&self) -> Vec<Option<Version>> {
        self.files.iter().map(|input| Version::of(&input.path)).collect()
    }

    /// Each file with what it holds.
    pub(in crate::config) fn contents(&self) -> impl Iterator<Item = (&Path, Contents)> {
        self.files.iter().map(|input| (input.path.as_path(), input.contents))
    }

    /// Whether `there`, `brands.yaml` or what it includes is the file that was read, and was written to.
    pub(in crate::config) fn is_written_in_place(&self, there: &[Option<Version>]) -> bool {
        let tables = self.files.iter().zip(there).filter(|(input, _)| input.kind == Kind::Table);
        let mut both = tables.filter_map(|(input, there)| input.version.zip(*there));
        both.any(|(read, there)| read != there && read.is_same_file(there))
    }

    /// Whether one of them is there, and could not be read.
    pub(in crate::config) fn are_unread(&self) -> bool {
        self.files.iter().any(|it| it.version.is_some() && it.contents.is_none())
    }

    /// A file that has no name any more: another has taken its place, where we do not look. So it is
    /// with a single file that is mounted, once it is replaced outside.
    pub(in crate::config) fn without_name(&self) -> Option<&Path> {
        let nameless = |it: &&Input| {
            it.kind != Kind::Folder && it.version.is_some_and(|version| version.links == 0)
        };
        self.files.iter().find(nameless).map(|it| it.path.as_path())
    }
}
