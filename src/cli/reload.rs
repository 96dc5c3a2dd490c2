//! What `serve` does when its configuration changes: a good one takes the place of the one in force,
//! a bad one changes nothing.

use std::time::{Duration, Instant};

use super::signals::{Asked, Signals};
use crate::app::Service;
use crate::config::{FileError, Loaded, Watch};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// Looking takes no more than this part of the time, however many files there are.
const ONE_PART_IN: u32 = 50;

/// Keeps `service` at what its files say, until somebody asks to stop.
pub(super) fn until_stopped(signals: &Signals, service: &mut Service, watch: &mut Watch) {
    let mut pause = PAUSE;
    loop {
        let asked = signals.wait(pause);
        let began = Instant::now();
        let read = match asked {
            Some(Asked::Stop) => return,
            Some(Asked::Reload) => {
                let read = watch.read();
                if read.is_none() {
                    tracing::info!("SIGHUP: the configuration says what it said before");
                }
                read
            }
            None => watch.look(),
        };
        pause = PAUSE.max(began.elapsed() * ONE_PART_IN);
        if let Some(read) = read {
            replace(service, read);
            pause = PAUSE;
        }
        service.clear();
    }
}

/// Puts in force what was read, if it is good.
fn replace(service: &mut Service, read: Result<Loaded, FileError>) {
    let refused = |why: &dyn std::fmt::Display| {
        tracing::error!("the configuration has changed, and is not used: {why}");
    };
    let Loaded { config, report } = match read {
        Ok(loaded) => loaded,
        Err(error) => return refused(&error),
    };
    let Some(config) = config else {
        refused(&report.summary());
        for error in report.errors() {
            tracing::error!("{error}");
        }
        return;
    };
    match service.replace(config) {
        Ok(changes) => {
            tracing::info!("the configuration has changed, and is in force: {changes}");
            for warning in report.warnings() {
                tracing::warn!("{warning}");
            }
        }
        Err(error) => refused(&error),
    }
}
