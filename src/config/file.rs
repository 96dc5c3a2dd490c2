//! Reads files: regular ones alone, and of them no more than is sensible.

pub(super) mod inputs;
pub(super) mod pattern;

use std::fs::{self, File, FileType};
use std::io::{self, Read as _};
use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::config::report::Code;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Largest `brands.yaml`, in bytes: several times what 100,000 hosts need.
pub const MAX_TABLE: u64 = 64 * MIB;

/// Largest file of a secret, in bytes.
pub(super) const MAX_SECRET: u64 = 64 * KIB;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is something else than a regular file: what, and what may have led to it.
    #[error("{0}")]
    Irregular(&'static str),
    /// It is a directory.
    #[error("it is a directory, not a file; Docker makes one where it finds no file to mount")]
    Directory,
    /// It has more than this many bytes.
    #[error("it is larger than {}", amount(*.0))]
    TooLarge(u64),
    /// It ends where no line does, and the one before it did not.
    #[error("it ends in the middle of a line, as the one before it did not: is it whole?")]
    Unfinished,
    /// It holds something else than text.
    #[error("it is not text in UTF-8 (line {line}){}; save it as UTF-8", if *.is_utf16 { ": it looks like UTF-16" } else { "" })]
    NotText {
        /// Where it ceases to be.
        line: usize,
        /// Whether it begins as texts in UTF-16 do.
        is_utf16: bool,
    },
    /// The system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl FileError {
    /// Which problem of a `brands.yaml` it is.
    pub fn code(&self) -> Code {
        match self {
            Self::TooLarge(_) => Code::FileTooLarge,
            Self::Directory
            | Self::Irregular(_)
            | Self::Unfinished
            | Self::NotText { .. }
            | Self::Io(_) => Code::FileUnreadable,
        }
    }
}

/// The text of the regular file at `path`, or at the end of a link there, of at most `limit` bytes.
///
/// Anything else might wait for ever for somebody to write, or never end. Files beneath `/proc` count
/// as regular, but their size there is no measure: what was read is.
pub fn read(path: &Path, limit: u64) -> Result<String, FileError> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', good).count() + 1;
        let is_utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        FileError::NotText { line, is_utf16 }
    })
}

/// The same of a file that need not be text.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    // Opening a device can set it off, so this looks first. By then a pipe may have taken the
    // place, so opening does not wait, and this looks again at what it has opened.
    regular(fs::metadata(path)?.file_type())?;
    let file = File::options().read(true).custom_flags(libc::O_NONBLOCK).open(path)?;
    let found = file.metadata()?;
    regular(found.file_type())?;
    if found.len() > limit {
        return Err(FileError::TooLarge(limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge(limit));
    }
    Ok(bytes)
}

fn regular(kind: FileType) -> Result<(), FileError> {
    if kind.is_file() {
        return Ok(());
    }
    if kind.is_dir() {
        return Err(FileError::Directory);
    }
    Err(FileError::Irregular(if kind.is_fifo() {
        "it is a pipe, as `<(…)` is one, not a regular file; write it into a file first"
    } else if kind.is_socket() {
        "it is a socket, not a regular file"
    } else {
        "it is a device, not a regular file"
    }))
}

pub(super) fn amount(bytes: u64) -> String {
    if bytes < MIB { format!("{} KB", bytes / KIB) } else { format!("{} MB", bytes / MIB) }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    fn said(path: &Path) -> String {
        read(path, KIB)
            .map_or_else(|error| error.to_string(), |text| format!("read {}", text.len()))
    }

    #[test]
    fn only_regular_files_are_read_and_nothing_waits() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::write(at("file"), "text\n").unwrap();
        symlink("file", at("link")).unwrap();
        symlink("link", at("link to a link")).unwrap();
        symlink("circle", at("circle")).unwrap();
        assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        symlink("pipe", at("link to a pipe")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        for (name, expected) in [
            ("file", "read 5"),
            ("link", "read 5"),
            ("link to a link", "read 5"),
            ("circle", "Too many levels of symbolic links (os error 40)"),
            ("nothing", "No such file or directory (os error 2)"),
            ("", "it is a directory"),
            ("pipe", "it is a pipe"),
            ("link to a pipe", "it is a pipe"),
            ("socket", "it is a socket"),
            ("/dev/zero", "it is a device"),
            ("/dev/null", "it is a device"),
            ("/dev/full", "it is a device"),
            ("/dev/tty", "it is a device"),
            ("/proc", "it is a directory"),
            // Their size is said to be nothing.
            ("/proc/self/status", "it is larger than 1 KB"),
            ("/proc/self/comm", "read "),
            // This has no end that anybody would live to see, and is read by eights alone: what is
            // behind 1,024 bytes is asked for as one byte more.
            ("/proc/self/pagemap", "Invalid argument (os error 22)"),
        ] {
            let said = said(&at(name));
            assert!(said.starts_with(expected), "{name}: {said}");
        }
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_no_further() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        for (bytes, expected) in [
            (String::new(), "read 0"),
            ("x".repeat(1024), "read 1024"),
            ("x".repeat(1025), "it is larger than 1 KB"),
            (format!("{}ü", "x".repeat(1023)), "it is larger than 1 KB"),
        ] {
            fs::write(&path, &bytes).unwrap();
            assert_eq!(said(&path), expected, "{} bytes", bytes.len());
        }
        fs::write(&path, b"a\nb\xff").unwrap();
        assert_eq!(said(&path), "it is not text in UTF-8 (line 2); save it as UTF-8");
        fs::write(&path, b"\xff\xfea\0").unwrap();
        assert!(said(&path).ends_with("it looks like UTF-16; save it as UTF-8"));
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(&path, MAX_SECRET).unwrap_err().to_string(), "it is larger than 64 KB");
        assert_eq!(read(&path, MAX_TABLE).unwrap_err().to_string(), "it is larger than 64 MB");
    }
}
