//! `health`: whether the service on this machine should be sent people, for containers that have no other
//! program to ask with.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;

use super::{ConfigFile, no, say};
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
        let answer = match ask(reachable(address)) {
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

/// Who listens everywhere is asked here.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: health\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(MOST).read_to_string(&mut answer)?;
    Ok(answer)
}
