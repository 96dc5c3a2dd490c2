//! `import php`: the published router's table.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::output::Output;
use crate::cli::{no, remark};
use crate::config::read_bytes;
use crate::import::Draft;
use crate::import::php::{self, Script};
use crate::plain::plain;

/// Largest script, in bytes: a table of 30,000 hosts.
const MAX_SCRIPT: u64 = 4 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Php {
    /// The script at the remote login URL
    #[arg(value_name = "ZDLOGIN.PHP")]
    login: PathBuf,
    /// The script at the remote logout URL
    #[arg(value_name = "ZDLOGOUT.PHP")]
    logout: Option<PathBuf>,
    /// The account subdomain, such as acme
    #[arg(long)]
    account: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Php {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let read = |path: &Path| {
            read_bytes(path, MAX_SCRIPT).map_err(|error| format!("{}: {error}", path.display()))
        };
        let login = read(&self.login);
        let logout = self.logout.as_deref().map(read).transpose();
        let (login, logout) = match (login, logout) {
            (Ok(login), Ok(logout)) => (login, logout),
            (login, logout) => {
                for error in [login.err(), logout.err()].into_iter().flatten() {
                    remark(&format!("error: {}\n", plain(&error)))?;
                }
                return Ok(no());
            }
        };
        let name =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let login_name = name(&self.login);
        let logout_name = self.logout.as_deref().map(name);
        let logout = logout_name.as_deref().zip(logout.as_deref());
        let imported = php::import(
            Script { name: &login_name, bytes: &login },
            logout.map(|(name, bytes)| Script { name, bytes }),
        );
        match imported {
            Ok(draft) => self.output.put(Draft { account: self.account, ..draft }),
            Err(problems) => {
                for problem in &problems {
                    remark(&format!("error: {}\n", plain(&problem.to_string())))?;
                }
                self.output.put_nothing()
            }
        }
    }
}
