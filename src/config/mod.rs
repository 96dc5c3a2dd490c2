//! `brands.yaml` → [`Config`]: each mapping is read once, straight into what is meant; every problem is reported at once.

mod advice;
mod changes;
mod document;
mod file;
mod included;
mod report;
mod sections;
mod watch;
mod whole;
mod within_limits;

#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::path::{Path as FilePath, PathBuf};

pub use self::changes::{Changes, Outline};
use self::document::{Document, Part, Source, Value};
use self::file::inputs::{Inputs, Version};
pub use self::file::{FileError, MAX_TABLE, read as read_file, read_bytes};
use self::included::Included;
pub use self::report::{Code, Report};
use self::report::{Path, Problems};
pub use self::sections::chat_api::ChatApi;
use self::sections::secret::SecretReader;
pub use self::sections::secret::{References, variable};
pub use self::sections::server::Server;
pub use self::watch::Watch;
use crate::backend::Bounds;
use crate::domain::Brands;
use crate::table::Table;

/// A whole configuration: every reference in it resolves, every secret is read.
#[derive(Debug)]
pub struct Config {
    /// How the service itself runs.
    pub server: Server,
    /// Brands, backends and keys: what every request reads.
    pub table: Table,
    /// Where each backend may have us ask, in their order: whoever asks more of it than a sign-in does.
    pub asks_within: Vec<Bounds>,
    /// Where Chat's visitors are read.
    pub chat_api: Option<ChatApi>,
    /// What the file says, to be told apart from another.
    pub outline: Outline,
}

/// What was read, and what is to be said about it.
#[derive(Debug)]
pub struct Loaded {
    /// The configuration, if nothing is wrong with it.
    pub config: Option<Config>,
    /// Errors and warnings.
    pub report: Report,
}

/// What a file is good for, and what is to be said about it.
#[derive(Debug)]
pub struct Checked {
    /// What is in the file, if nothing is wrong with it.
    pub summary: Option<Summary>,
    /// The brands, if the file has any that can be read.
    pub brands: Option<Brands>,
    /// Errors and warnings.
    pub report: Report,
}

/// How much there is in a good file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Summary {
    /// How many brands there are.
    pub brands: usize,
    /// How many hosts they have together.
    pub hosts: usize,
    /// How many backends there are, used or not.
    pub backends: usize,
    /// The account's own host.
    pub account: String,
}

/// Reads `file`. Files that it names are looked up beside it.
pub fn load(file: &FilePath) -> Result<Loaded, FileError> {
    load_from(file).0
}

/// The same, with the files that it was read from.
fn load_from(file: &FilePath) -> (Result<Loaded, FileError>, Inputs) {
    let mut inputs = Inputs::default();
    let version = Version::of(file);
    let source = file::read(file, MAX_TABLE);
    inputs.push_table(file.to_owned(), version, source.as_deref().ok());
    let loaded = source.and_then(|source| {
        let name = file.display().to_string();
        Ok(look_at(&source, &name, &directory(file)?, References::Opened, &mut inputs))
    });
    (loaded, inputs)
}

/// Says what is wrong with `file`. With [`References::Unopened`] nothing that it names is read, and
/// there is no configuration that anything could be served with.
pub fn check(file: &FilePath, references: References) -> Result<Checked, FileError> {
    let source = file::read(file, MAX_TABLE)?;
    let name = file.display().to_string();
    let Loaded { config, report } = look(&source, &name, &directory(file)?, references);
    let summary = config.as_ref().map(Summary::of);
    Ok(Checked { summary, brands: config.map(|it| it.table.brands), report })
}

/// Where the private listener of a service with this `file` is. Nothing else in it has to be right, and
/// nothing that it names is read: a service goes on with what was good before.
pub fn ops_listen(file: &FilePath) -> Result<Option<SocketAddr>, FileError> {
    let source = file::read(file, MAX_TABLE)?;
    let problems = Problems::default();
    let document = Document::parse(&source, &problems);
    let file = document.as_ref().map(|document| Value::of(document, &problems));
    Ok(file.and_then(|file| sections::server::ops_listen(file).ok()))
}

/// Reads `source`, which people know as `name`.
pub fn read(source: &str, name: &str, directory: &FilePath) -> Loaded {
    look(source, name, directory, References::Opened)
}

fn look(source: &str, name: &str, directory: &FilePath, references: References) -> Loaded {
    look_at(source, name, directory, references, &mut Inputs::default())
}

/// The same; notes in `inputs` which other files were read.
fn look_at(
    source: &str,
    name: &str,
    directory: &FilePath,
    references: References,
    inputs: &mut Inputs,
) -> Loaded {
    let main = Source::read(name.to_owned(), source, Part::Main);
    let included = Included::by(&main, directory, inputs);
    let mut sources = vec![main];
    for file in &included.files {
        let before = sources.iter().map(Source::count).sum();
        sources.push(Source::read(file.name.clone(), &file.text, Part::Included { before }));
    }
    let mut secrets = SecretReader::new(directory.to_owned(), references);
    let config = whole::read(&sources, &included, &mut secrets).ok();
    let secrets = secrets.into_inputs();
    let has_errors = || sources.iter().any(|source| source.problems.has_errors());
    if config.is_none() && !has_errors() {
        // Whoever gave something up has said why; a file is not good because one of them forgot.
        let main = sources.first().map(|main| &main.problems);
        main.map(|it| {
            it.error(Code::Syntax, &Path::root(), "something in this file cannot be read")
        });
    }
    let config = config.filter(|_| !has_errors());
    let config = config.map(|config| Config { outline: Outline::of(&sources, &secrets), ..config });
    inputs.extend(secrets);
    let report = Report::joined(sources.iter().map(Source::report));
    Loaded { config, report }
}

/// Where `file` lies, from the root on, so that people are told where something was looked for.
fn directory(file: &FilePath) -> io::Result<PathBuf> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    std::path::absolute(parent.unwrap_or(FilePath::new(".")))
}

impl Summary {
    fn of(config: &Config) -> Self {
        Self {
            brands: config.table.brands.iter().count(),
            hosts: config.table.brands.iter().map(|(_, brand)| brand.hosts().count()).sum(),
            backends: config.table.backends.iter().len(),
            account: config.table.brands.account().host().as_str().to_owned(),
        }
    }
}
