//! `demo`: a stand-in Zendesk, brands with their own sites, and brandgate, in one process.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::serve::Signals;
use super::{remark, say};
use crate::app::{Service, listen};
use crate::clock::Clock;
use crate::config;
use crate::demo::brands_yaml;
use crate::demo::stand_in::{BROWSERS, Secrets, Settings, StandIn};
use crate::telemetry::{self, LogFormat};
use crate::token::random;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// Port of brandgate; the stand-in takes the next one. 0: any two that are free
    #[arg(long, default_value_t = 8400)]
    port: u16,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        telemetry::start(LogFormat::Text, "info")?;
        let on = |port| listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let next = if self.port == 0 { 0 } else { self.port.saturating_add(1) };
        let hint = || "is another demo running? `--port 0` takes any free ports";
        let public = on(self.port).with_context(hint)?;
        let sites = on(next).with_context(hint)?;
        let (sso_port, sites_port) = (public.local_addr()?.port(), sites.local_addr()?.port());

        let secrets = secrets()?;
        let yaml = brands_yaml(sso_port, sites_port, &secrets);
        let loaded = config::read(&yaml, "the demo's brands.yaml", ".".as_ref());
        let Some(config) = loaded.config else { bail!("{}", loaded.report.text(false)) };

        let clock = Clock::default();
        let signals = Signals::new()?;
        let service = Service::start(config, clock.clone(), public, on(0)?)?;
        let now = Arc::new(move || clock.now());
        let sso = format!("http://sso.localhost:{sso_port}");
        let stand_in = StandIn::start(sites, Settings::new(&sso, secrets, yaml, now))?;
        say(&format!("\n  Open   {}\n  {BROWSERS}\n", stand_in.start_url()))?;
        remark("  Ctrl-C ends the demo.\n\n")?;

        signals.wait();
        stand_in.stop()?;
        service.stop()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn secrets() -> anyhow::Result<Secrets> {
    let secret =
        || -> anyhow::Result<_> { Ok(format!("{}{}", random::id128()?, random::id128()?).into()) };
    Ok(Secrets { zendesk: secret()?, shoes: secret()?, coffee: secret()? })
}
