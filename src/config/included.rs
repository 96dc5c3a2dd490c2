//! Finds and reads the files that the main one includes, and what each may do.

use std::collections::BTreeSet;
use std::path::{Path as FilePath, PathBuf};

use super::document::{Fields, Reach, Reporter, Site, Source, Value};
use super::file::inputs::{Inputs, Version};
use super::file::pattern::{Matches, Pattern};
use super::file::{self, FileError};
use super::report::{Code, Path};
use super::sections::backends::BackendNames;
use super::sections::include;
use super::sections::limits::Limits;

/// Most files beside the main one.
const MOST: usize = 10_000;

/// What was read beside the main file.
#[derive(Debug, Default)]
pub(super) struct Included {
    pub(super) files: Vec<IncludedFile>,
    /// Whether all were read that should be.
    pub(super) are_all_read: bool,
}

#[derive(Debug)]
pub(super) struct IncludedFile {
    /// From the folder of the main file on.
    path: PathBuf,
    /// Its path as problems print it.
    pub(super) name: String,
    pub(super) text: String,
    /// The pattern in `include` that names it.
    pattern: usize,
}

impl Included {
    /// The files that `main`, which lies in `directory`, includes, in the order of their names beneath
    /// the first pattern that finds them.
    pub(super) fn by(main: &Source<'_>, directory: &FilePath, inputs: &mut Inputs) -> Self {
        let mut all = Self { files: Vec::new(), are_all_read: true };
        let sites = Site::each(std::slice::from_ref(main));
        let value = sites.first().and_then(Value::at);
        let Some(fields) = value.and_then(|value| Fields::of(value).ok()) else { return all };
        let Some(patterns) = fields.peek("include") else { return all };
        let folder = FilePath::new(&main.name).parent().unwrap_or(FilePath::new("")).to_owned();
        let mut seen = BTreeSet::new();
        // The main file may lie among those that it names.
        seen.extend(FilePath::new(&main.name).file_name().map(PathBuf::from));
        let mut left = file::MAX_TABLE.saturating_sub(main.length());
        let mut number = 0;
        let read = patterns.each(|value| {
            let pattern = include::pattern(value)?;
            for path in all.find(&pattern, directory, value, inputs).files {
                if !seen.insert(path.clone()) {
                    continue;
                }
                let place = directory.join(&path);
                let version = Version::of(&place);
                let text = file::read(&place, left);
                inputs.push_table(place, version, text.as_deref().ok());
                let name = folder.join(&path).display().to_string();
                match text {
                    Ok(_) if all.files.len() == MOST => {
                        let message = format!("more than {MOST} files are included");
                        value.error(Code::TooMany, message);
                        all.are_all_read = false;
                        break;
                    }
                    Ok(text) => {
                        left = left.saturating_sub(text.len() as u64);
                        all.files.push(IncludedFile { path, name, text, pattern: number });
                    }
                    Err(error) => all.unread(value, &name, &error),
                }
            }
            number += 1;
            Ok(())
        });
        all.are_all_read &= read.is_ok();
        all
    }

    /// What `pattern` finds, which stands at `value`.
    fn find(
        &mut self,
        pattern: &Pattern,
        directory: &FilePath,
        value: Value<'_>,
        inputs: &mut Inputs,
    ) -> Matches {
        let found = match pattern.find(directory) {
            Ok(found) => found,
            Err(error) => {
                self.are_all_read = false;
                value.error(
                    Code::FileUnreadable,
                    format!("a folder here cannot be looked through: {error}"),
                );
                return Matches::default();
            }
        };
        for (folder, names) in &found.folders {
            inputs.push_folder(folder.clone(), Version::of(folder), names);
        }
        if found.files.is_empty() {
            value
                .warning(Code::IncludeNothing, "there is no such file")
                .with_hint(format!("looked for from `{}` on", directory.display()));
        }
        found
    }

    /// Reports that the file that people know as `name` cannot be read.
    fn unread(&mut self, value: Value<'_>, name: &str, error: &FileError) {
        self.are_all_read = false;
        let message = match error {
            FileError::TooLarge(_) => {
                let most = file::amount(file::MAX_TABLE);
                format!("with {name}, the files together are larger than {most}")
            }
            FileError::Directory => {
                let message = format!("{name} cannot be read: it is a directory, not a file");
                value
                    .error(error.code(), message)
                    .with_hint("with `/*.yaml` behind it, it names the files in it");
                return;
            }
            error => format!("{name} cannot be read: {error}"),
        };
        value.error(error.code(), message);
    }

    /// The limits of each file, the main one first, which has none; says what each may use and read.
    /// Without any `limits`, nobody knows.
    pub(super) fn limits<'l>(
        &self,
        limits: Option<&'l [Limits]>,
        names: &BackendNames,
        sources: &[Source<'_>],
        problems: &Reporter<'_>,
    ) -> Vec<Option<&'l Limits>> {
        let mut of = vec![None];
        let mut unused: BTreeSet<usize> = (0..limits.map_or(0, <[Limits]>::len)).collect();
        for (file, source) in self.files.iter().zip(sources.iter().skip(1)) {
            let mut all = limits.into_iter().flatten().enumerate();
            let Some((number, found)) = all.find(|(_, limits)| limits.are_for(&file.path)) else {
                if limits.is_some() {
                    let path = Path::root().key("include").index(file.pattern);
                    problems
                        .error(Code::LimitMissing, &path, format!("{} has no limits", file.name))
                        .with_hint(
                            "an entry of `limits` with this file in `files` says what it may do",
                        );
                }
                names.share(None);
                source.set_reach(Reach::unknown());
                of.push(None);
                continue;
            };
            unused.remove(&number);
            names.share(Some(found.backends.clone()));
            source.set_reach(found.reach.clone());
            of.push(Some(found));
        }
        for number in unused.into_iter().filter(|_| self.are_all_read) {
            let path = Path::root().key("limits").index(number).key("files");
            problems.warning(Code::LimitUnused, &path, "these are the limits of no included file");
        }
        of
    }
}
