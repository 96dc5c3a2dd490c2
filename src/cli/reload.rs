//! What `serve` does when its configuration changes: a good one takes the place of the one in force,
//! a bad one changes nothing.

use std::fmt::Display;
use std::time::{Duration, Instant};

use super::signals::Hangups;
use super::systemd::Systemd;
use crate::app::InForce;
use crate::config::{FileError, Loaded, Watch};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// How often where looking takes long.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Looking takes no more than this part of the time, unless that would be too seldom.
const ONE_PART_IN: u32 = 50;

/// What systemd shows of us.
pub(super) const SERVING: &str = "serving";
const PARTLY: &str = "serving; a part of the changed configuration is not used";
const REFUSED: &str = "serving; the changed configuration is not used";

/// Keeps what is in force at what its files say.
pub(super) fn follow(
    hangups: &Hangups,
    in_force: &mut InForce,
    watch: &mut Watch,
    systemd: &Systemd,
) {
    let mut status = SERVING;
    let mut pause = PAUSE;
    let mut is_replaced_outside = false;
    let mut was_restless = false;
    loop {
        let is_asked = hangups.heard_within(pause);
        let read = if is_asked {
            systemd.reloading();
            let read = watch.read(Instant::now());
            if read.is_none() {
                tracing::info!("SIGHUP: the configuration says what it said before");
            }
            read
        } else {
            let began = Instant::now();
            let read = watch.look(began);
            if read.is_none() {
                pause = (began.elapsed() * ONE_PART_IN).clamp(PAUSE, LONGEST_PAUSE);
            }
            read
        };
        let before = status;
        if let Some(read) = read {
            status = replace(in_force, read);
        }
        if is_asked {
            systemd.ready(status);
        } else if status != before {
            systemd.shows(status);
        }
        let replaced = watch.replaced_behind_mount();
        if let (Some(file), false) = (replaced, is_replaced_outside) {
            tracing::warn!(
                "{} was replaced behind its mount, where nobody sees it from here: mount its \
                 directory",
                file.display()
            );
        }
        is_replaced_outside = replaced.is_some();
        let is_restless = watch.is_restless(Instant::now());
        if is_restless && !was_restless {
            tracing::warn!(
                "files of the configuration go on changing, and are not read until they stand still: who \
                 writes them? SIGHUP reads them as they are"
            );
        }
        was_restless = is_restless;
        in_force.clear();
    }
}

/// Puts in force what was read, if it is good; what systemd shows of us then.
fn replace(in_force: &mut InForce, read: Result<Loaded, FileError>) -> &'static str {
    let refused = |in_force: &InForce, why: &dyn Display| {
        tracing::error!("the configuration has changed, and is not used: {why}");
        in_force.refuse(why.to_string());
        REFUSED
    };
    let Loaded { config, report } = match read {
        Ok(loaded) => loaded,
        Err(error) => return refused(in_force, &error),
    };
    let Some(config) = config else {
        let status = refused(in_force, &report.summary());
        for error in report.errors() {
            tracing::error!("{error}");
        }
        return status;
    };
    match in_force.replace(config) {
        Ok((changes, kept)) => {
            let said = format!("the configuration has changed, and is in force: {changes}");
            if changes.takes_away() {
                tracing::warn!("{said}");
            } else {
                tracing::info!("{said}");
            }
            for warning in report.warnings() {
                tracing::warn!("{warning}");
            }
            for kept in &kept {
                tracing::warn!("{kept}");
            }
            if kept.is_empty() { SERVING } else { PARTLY }
        }
        Err(error) => refused(in_force, &error),
    }
}
