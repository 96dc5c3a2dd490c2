//! Where a draft goes: into a new file, or beside the one that is there.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use similar::{Algorithm, TextDiff};

use crate::cli::{no, remark, say};
use crate::config::{MAX_TABLE, read_file};
use crate::import::Draft;
use crate::plain::{counted, plain};

/// How long two files are compared before a rougher difference has to do.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub(super) struct Output {
    /// The file to write, or `-` for standard output; where there is one already, the difference is shown and nothing
    /// is written
    #[arg(short, long, value_name = "FILE", default_value = "brands.yaml")]
    output: PathBuf,
    /// Where people will reach brandgate, such as `https://sso.acme.example`
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl Output {
    /// The file; none where the draft goes to standard output.
    fn file(&self) -> Option<&Path> {
        Some(self.output.as_path()).filter(|it| it.as_os_str() != "-")
    }

    /// Says that there is no draft.
    pub(super) fn put_nothing(&self) -> anyhow::Result<ExitCode> {
        let place = self.file().map_or(String::new(), |file| format!(" to {}", file.display()));
        remark(&format!("nothing was written{place}\n"))?;
        Ok(no())
    }

    /// Writes `draft`, or shows how what is there differs from it.
    pub(super) fn put(&self, draft: Draft) -> anyhow::Result<ExitCode> {
        let draft = Draft { public_url: self.public_url.clone(), ..draft };
        let yaml = draft.to_yaml()?;
        let Some(path) = self.file() else {
            say(&yaml)?;
            remark(&written(&draft, None)?)?;
            return Ok(ExitCode::SUCCESS);
        };
        let name = path.display().to_string();
        match File::options().write(true).create_new(true).open(path) {
            Ok(mut file) => {
                if let Err(error) = file.write_all(yaml.as_bytes()).and_then(|()| file.sync_all()) {
                    // Half of a file helps nobody; it was not there before.
                    drop(fs::remove_file(path));
                    return Err(error).with_context(|| format!("cannot write {name}"));
                }
                say(&written(&draft, Some(&name))?)?;
                Ok(ExitCode::SUCCESS)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let there =
                    read_file(path, MAX_TABLE).with_context(|| format!("cannot read {name}"))?;
                if there == yaml {
                    say(&format!("{name}: already says this\n"))?;
                    return Ok(ExitCode::SUCCESS);
                }
                say(&difference(&there, &yaml, &name)?)?;
                say(&format!(
                    "{name}: left as it is; this is what would be written, against it\n"
                ))?;
                Ok(no())
            }
            Err(error) => Err(error).with_context(|| format!("cannot write {name}")),
        }
    }
}

/// What was written, to the file of this name if to any, and what to do next.
fn written(draft: &Draft, name: Option<&str>) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    let [brands, hosts, backends] =
        [(draft.brands.len(), "brand"), (draft.hosts(), "host"), (draft.backends.len(), "backend")]
            .map(|(count, one)| counted(count, one));
    let place = name.map_or(String::new(), |name| format!("{}: ", plain(name)));
    writeln!(text, "{place}written: {brands}, {hosts}, {backends}")?;
    for (title, items) in
        [("what was wrong before", &draft.flaws), ("what to look at", &draft.notes)]
    {
        if !items.is_empty() {
            writeln!(text, "\n{title}:")?;
        }
        for item in items {
            writeln!(text, "- {}", plain(item))?;
        }
    }
    let file = name.map_or("FILE".to_owned(), plain);
    writeln!(text, "\nnext: fill in what `brandgate check {file}` asks for")?;
    Ok(text)
}

/// Both files, line by line, where they differ.
fn difference(there: &str, yaml: &str, name: &str) -> Result<String, std::fmt::Error> {
    let mut compared = TextDiff::configure();
    compared.algorithm(Algorithm::Patience).deadline(Instant::now() + PATIENCE);
    let compared = compared.diff_lines(there, yaml);
    let mut unified = compared.unified_diff();
    let unified = unified.context_radius(2).header(name, "import").to_string();
    let mut text = String::new();
    for line in unified.lines() {
        writeln!(text, "{}", plain(line))?;
    }
    Ok(text)
}
