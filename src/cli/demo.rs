//! `demo`: a stand-in Zendesk, brands with their own sites, and brandgate, in one process.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use stand_in::{BROWSERS, Secrets, Settings, StandIn, brands_yaml};

use super::signals::Signals;
use super::{remark, say};
use crate::app::{Service, listen};
use crate::clock::Clock;
use crate::config;
use crate::log::{self, LogFormat, LogLevel};
use crate::token::random;

#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// Port of brandgate; the stand-in takes the next one. 0: any two that are free
    #[arg(long, default_value_t = 8400)]
    port: u16,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        log::start(LogFormat::Text, LogLevel::Info, Clock::default())?;
        let (signals, _) = Signals::new()?;
        signals.finish_first();
        let next = if self.port == 0 { 0 } else { self.port.saturating_add(1) };
        let demo = RunningDemo::start(self.port, next)?;
        say(&banner(&demo))?;
        remark("  brandgate's log follows. Ctrl-C ends the demo.\n\n")?;
        signals.wait();
        demo.stop()?;
        Ok(ExitCode::SUCCESS)
    }
}

fn banner(demo: &RunningDemo) -> String {
    let (open, sso) = (demo.stand_in.start_url(), &demo.sso_origin);
    let browsers = BROWSERS.replace(". ", ".\n             ");
    format!(
        "
  The brandgate demo: one Zendesk account, five brands, five ways to sign in

  Open       {open}
             {browsers}

  brandgate  {sso}/login and {sso}/logout
             It is real; Zendesk and the shops are made up, and all is on this computer.

"
    )
}

/// The demo, running. Dropping it stops it without waiting.
pub struct RunningDemo {
    service: Service,
    stand_in: StandIn,
    clock: Clock,
    sso_origin: String,
}

impl RunningDemo {
    /// Starts it on these two ports of this computer; 0 is any that is free.
    pub fn start(sso_port: u16, sites_port: u16) -> anyhow::Result<Self> {
        let on = |port| listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        let hint = || "is another demo running? `--port 0` takes any free ports";
        let public = on(sso_port).with_context(hint)?;
        let sites = on(sites_port).with_context(hint)?;
        let (sso_port, sites_port) = (public.local_addr()?.port(), sites.local_addr()?.port());

        let secrets = secrets()?;
        let yaml = brands_yaml(sso_port, sites_port, &secrets);
        let loaded = config::read(&yaml, "the demo's brands.yaml", ".".as_ref());
        let Some(config) = loaded.config else { bail!("{}", loaded.report.text(false)) };

        let clock = Clock::default();
        let (service, _) = Service::start(config, clock.clone(), public, on(0)?)?;
        let sso_origin = format!("http://sso.localhost:{sso_port}");
        let now = clock.clone();
        let now = Arc::new(move || now.now());
        let stand_in = StandIn::start(sites, Settings::new(&sso_origin, secrets, yaml, now))?;
        Ok(Self { service, stand_in, clock, sso_origin })
    }

    /// Zendesk and the brands' own sites.
    pub fn stand_in(&self) -> &StandIn {
        &self.stand_in
    }

    /// Where brandgate is, such as `http://sso.localhost:8400`.
    pub fn sso_origin(&self) -> &str {
        &self.sso_origin
    }

    /// The clock of all that runs here.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Finishes what is under way, then stops.
    pub fn stop(self) -> anyhow::Result<()> {
        self.stand_in.stop()?;
        self.service.stop()?;
        Ok(())
    }
}

fn secrets() -> anyhow::Result<Secrets> {
    let secret =
        || -> anyhow::Result<_> { Ok(format!("{}{}", random::id128()?, random::id128()?).into()) };
    Ok(Secrets {
        zendesk: secret()?,
        shoes: secret()?,
        coffee: secret()?,
        bikes: secret()?,
        chat: secret()?,
    })
}
