//! The files that a configuration was read from, and whether they are still what they were.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};

/// The files that were read, `brands.yaml` first.
#[derive(Debug)]
pub(in crate::config) struct Inputs(Vec<Input>);

#[derive(Debug)]
struct Input {
    path: PathBuf,
    version: Option<Version>,
    contents: Contents,
}

/// SHA-256 of a file; `None`: it could not be read.
pub(in crate::config) type Contents = Option<[u8; 32]>;

/// Which version of a file it is, as far as that can be told without reading it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::config) struct Version {
    device: u64,
    inode: u64,
    size: u64,
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
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }
}

impl Inputs {
    pub(in crate::config) fn new() -> Self {
        Self(Vec::new())
    }

    /// Notes that `text` was read from `path`, or that nothing could be. `version` is from before.
    pub(in crate::config) fn push(
        &mut self,
        path: PathBuf,
        version: Option<Version>,
        text: Option<&str>,
    ) {
        let hash = text.map(|text| digest(&SHA256, text.as_bytes()));
        let contents = hash.and_then(|hash| hash.as_ref().try_into().ok());
        self.0.push(Input { path, version, contents });
    }

    pub(in crate::config) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The versions that were read.
    pub(in crate::config) fn read(&self) -> Vec<Option<Version>> {
        self.0.iter().map(|input| input.version).collect()
    }

    /// The versions that are there now.
    pub(in crate::config) fn there(&self) -> Vec<Option<Version>> {
        self.0.iter().map(|input| Version::of(&input.path)).collect()
    }

    /// Each file with what it holds.
    pub(in crate::config) fn contents(&self) -> impl Iterator<Item = (&Path, Contents)> {
        self.0.iter().map(|input| (input.path.as_path(), input.contents))
    }
}
