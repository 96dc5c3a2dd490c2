//! `serve`: the service.

use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use anyhow::Context as _;

use super::signals::Signals;
use super::sockets::Sockets;
use super::systemd::Systemd;
use super::{ConfigFile, Format, no, reload, remark};
use crate::app::Service;
use crate::clock::Clock;
use crate::config::Watch;
use crate::descriptors;
use crate::log::{self, LogLevel};

/// Fewer connections than this are said so: a proxy in front has as many by itself.
const FEW: usize = 500;

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    #[command(flatten)]
    file: ConfigFile,
    /// How the log is written
    #[arg(long, value_enum, default_value_t)]
    log_format: Format,
    /// What is logged: this and everything worse
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    log_level: Level,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Level {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
    Trace,
}

impl From<Level> for LogLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warn => Self::Warn,
            Level::Info => Self::Info,
            Level::Debug => Self::Debug,
            Level::Trace => Self::Trace,
        }
    }
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        // Before anything else is opened: what is not a socket there is found out.
        let sockets = Sockets::take().context("cannot take over the sockets of systemd")?;
        let clock = Clock::default();
        log::start(self.log_format.into(), self.log_level.into(), clock.clone())?;
        let (signals, hangups) = Signals::new()?;
        let systemd = Arc::new(Systemd::new().context("cannot tell systemd anything")?);
        let (mut watch, loaded) = Watch::start(&self.file.config);
        let loaded = loaded.with_context(|| format!("cannot read {}", self.file.config.display()));
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(error) => {
                remark(&format!("error: {error:#}\n"))?;
                return Ok(no());
            }
        };
        let Some(config) = loaded.config else {
            remark(&loaded.report.text(false))?;
            return Ok(no());
        };
        for warning in loaded.report.warnings() {
            tracing::warn!("{warning}");
        }
        if let Err(error) = descriptors::raise_limit() {
            tracing::warn!(%error, "the limit of open files stays as it is");
        }
        let is_kept = sockets.public.is_some();
        let public = sockets.public.or_listen("server.listen", config.server.listen)?;
        let private = sockets.ops.or_listen("server.ops.listen", config.server.ops_listen)?;
        signals.finish_first();
        let shutdown_delay = config.server.shutdown_delay;
        let (service, mut in_force) = Service::start(config, clock, public, private)?;
        if service.connections() < FEW {
            tracing::warn!(
                files = descriptors::limit(),
                connections = service.connections(),
                "the system allows few open files: raise the hard limit (LimitNOFILE, ulimit -Hn)"
            );
        }
        tracing::info!(
            public = %service.public_address(),
            ops = %service.ops_address(),
            connections = service.connections(),
            version = env!("CARGO_PKG_VERSION"),
            "listening"
        );
        systemd.ready(reload::SERVING);
        systemd.watch(service.ops_address())?;
        let told = systemd.clone();
        // Nobody waits for it: asking to stop must not wait for a file.
        thread::Builder::new()
            .name("reload".to_owned())
            .spawn(move || reload::follow(&hangups, &mut in_force, &mut watch, &told))?;
        signals.wait();
        systemd.stopping();
        tracing::info!(
            seconds = shutdown_delay.as_secs(),
            "stopping: new connections are served for a while, and what is under way is finished"
        );
        // Whoever comes to a socket of systemd's is served, by this process or the next.
        if !is_kept {
            service.turn_away();
        }
        service.drain(shutdown_delay);
        if is_kept {
            service.pause();
        }
        service.stop().context("the service ended badly")?;
        Ok(ExitCode::SUCCESS)
    }
}
