//! Where the lines go: a file that may be renamed under us, or standard output.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use libc::{ENXIO, O_NOCTTY, O_NONBLOCK};

/// Who may read a new file: we write it, and whoever collects it may be in our group.
const MODE: u32 = 0o640;

/// A file that is opened anew once another, or none, stands in its place.
#[derive(Debug)]
pub(super) struct AuditFile {
    /// `None`: standard output, which nobody renames.
    path: Option<PathBuf>,
    /// `None` as long as nobody reads the pipe.
    file: Option<File>,
    /// Whether what was written so far ends with a line.
    is_at_line: bool,
    /// Whether it is known that nothing can be written.
    is_failing: bool,
}

impl AuditFile {
    /// Opens `path`, or standard output. A pipe that nobody reads may get a reader later.
    pub(super) fn open(path: Option<PathBuf>) -> io::Result<Self> {
        let file = match &path {
            None => Some(File::from(io::stdout().as_fd().try_clone_to_owned()?)),
            Some(path) => match open(path) {
                Err(error) if error.raw_os_error() == Some(ENXIO) => None,
                file => Some(file?),
            },
        };
        Ok(Self { path, file, is_at_line: true, is_failing: false })
    }

    /// The file that has the name now.
    fn current(&mut self) -> io::Result<&mut File> {
        if let Some(path) = &self.path
            && self.is_at_line
            && !self.file.as_ref().is_some_and(|file| is_at(file, path))
        {
            self.file = None;
            self.file = Some(open(path)?);
        }
        self.file.as_mut().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn try_write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.current()?.write(bytes)?;
        if let Some(last) = written.checked_sub(1).and_then(|last| bytes.get(last)) {
            self.is_at_line = *last == b'\n';
        }
        Ok(written)
    }
}

impl Write for AuditFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let outcome = self.try_write(bytes);
        match &outcome {
            Ok(_) if self.is_failing => {
                self.is_failing = false;
                tracing::info!("the audit log is written again");
            }
            Err(error)
                if !self.is_failing
                    && !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                self.is_failing = true;
                tracing::error!(fault = "us", "the audit log cannot be written: {error}");
            }
            _ => {}
        }
        outcome
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens it to append. Who opens a pipe must not wait for its reader, nor who writes.
fn open(path: &Path) -> io::Result<File> {
    options().create(true).mode(MODE).open(path)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.append(true).custom_flags(O_NONBLOCK | O_NOCTTY);
    options
}

/// One line to the end of a file that is there.
pub(super) fn append(path: &Path, line: &[u8]) -> io::Result<()> {
    options().open(path)?.write_all(line)
}

/// Whether it is `file` that has this name.
fn is_at(file: &File, path: &Path) -> bool {
    let named = fs::metadata(path).and_then(|named| Ok((named, file.metadata()?)));
    named.is_ok_and(|(named, open)| (named.dev(), named.ino()) == (open.dev(), open.ino()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::AuditFile;

    #[test]
    fn a_file_that_is_renamed_or_gone_is_opened_anew_and_no_line_is_torn() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("audit.log");
        let old = directory.path().join("audit.log.1");
        let mut file = AuditFile::open(Some(path.clone())).unwrap();
        file.write_all(b"one\ntw").unwrap();
        fs::rename(&path, &old).unwrap();
        file.write_all(b"o\n").unwrap();
        file.write_all(b"three\n").unwrap();
        assert_eq!(fs::read_to_string(&old).unwrap(), "one\ntwo\n");
        assert_eq!(fs::read_to_string(&path).unwrap(), "three\n");
        fs::remove_file(&path).unwrap();
        file.write_all(b"four\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "four\n");
    }

    #[test]
    fn a_folder_that_is_gone_is_told_until_it_is_back() {
        let directory = tempfile::tempdir().unwrap();
        let folder = directory.path().join("audit");
        fs::create_dir(&folder).unwrap();
        let path = folder.join("audit.log");
        let mut file = AuditFile::open(Some(path.clone())).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(file.write(b"one\n").is_err() && file.write(b"one\n").is_err());
        fs::create_dir(&folder).unwrap();
        file.write_all(b"one\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n");
        assert!(AuditFile::open(Some(directory.path().to_owned())).is_err(), "a folder");
    }
}
