//! `health`: whether the service on this machine should be sent people, for containers that have no other
//! program to ask with.

use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;

use super::{ConfigFile, no, private_listener, say};
use crate::config;

/// How long connecting, asking and each part of the answer may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Most bytes of an answer.
const MOST: u64 = 64 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Health {
    #[command(flatten)]
    file: ConfigFile,
    /// The address of the private listener, instead of `server.ops.listen` of the configuration
    #[arg(long)]
    address: Option<SocketAddr>,
}

impl Health {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let address = match self.address {
            Some(address) => address,
            None => self.configured()?,
        };
        let answer = match ask(address) {
            Ok(answer) => answer,
            Err(error) => {
                say(&format!("no answer from {address}: {error}\n"))?;
                return Ok(no());
            }
        };
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        say(body)?;
        let is_ready = head.split(' ').nth(1) == Some("200");
        Ok(if is_ready { ExitCode::SUCCESS } else { no() })
    }

    fn configured(&self) -> anyhow::Result<SocketAddr> {
        let file = self.file.config.display();
        let listen = config::ops_listen(&self.file.config);
        let listen = listen.with_context(|| format!("cannot read {file}"))?;
        listen.with_context(|| format!("{file} does not say where: give --address"))
    }
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut answer = String::new();
    private_listener::ask(address, "/readyz", PATIENCE)?.take(MOST).read_to_string(&mut answer)?;
    Ok(answer)
}
