//! What Linux says about this process, under the names that Prometheus' own libraries use.

use std::fs;

use super::exposition::Exposition;
use crate::descriptors;
use rustix::param::{clock_ticks_per_second, page_size};

/// The number of a field of `/proc/self/stat` behind the name, as `proc_pid_stat(5)` counts them.
const BEHIND_NAME: usize = 3;

/// What `/proc/self/stat` and `/proc/stat` say, as far as we ask.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stat {
    /// Of user and system time together, in ticks.
    ticks: u64,
    /// Of the start, in ticks since the machine's.
    started: u64,
    /// In bytes.
    virtual_memory: u64,
    /// In pages.
    resident_pages: u64,
}

impl Stat {
    fn parse(text: &str) -> Option<Self> {
        // The name may hold anything, and ends at the last bracket.
        let (_, fields) = text.rsplit_once(')')?;
        let fields: Vec<&str> = fields.split_ascii_whitespace().collect();
        let field = |number: usize| fields.get(number - BEHIND_NAME)?.parse::<u64>().ok();
        Some(Self {
            ticks: field(14)?.saturating_add(field(15)?),
            started: field(22)?,
            virtual_memory: field(23)?,
            resident_pages: field(24)?,
        })
    }
}

/// Tells what there is; where there is no `/proc`, nothing.
pub(super) fn tell(text: &mut Exposition) {
    if let Some(stat) = fs::read_to_string("/proc/self/stat").ok().as_deref().and_then(Stat::parse)
    {
        let hundredths = |ticks: u64| {
            let hundredths = ticks.saturating_mul(100) / clock_ticks_per_second().max(1);
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        };
        text.counter("process_cpu_seconds_total", "User and system time, in seconds.")
            .put(&[], hundredths(stat.ticks));
        text.gauge("process_virtual_memory_bytes", "Virtual memory.").put(&[], stat.virtual_memory);
        text.gauge("process_resident_memory_bytes", "Resident memory.")
            .put(&[], stat.resident_pages.saturating_mul(page_size() as u64));
        if let Some(booted) = booted() {
            let started = stat.started / clock_ticks_per_second().max(1);
            text.gauge("process_start_time_seconds", "When the process began, in Unix seconds.")
                .put(&[], booted.saturating_add(started));
        }
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        // One of them is the directory itself.
        let open = open.count().saturating_sub(1);
        text.gauge("process_open_fds", "Open files, connections among them.").put(&[], open);
    }
    text.gauge("process_max_fds", "How many there may be.").put(&[], descriptors::limit());
}

/// When the machine was started, in Unix seconds.
fn booted() -> Option<u64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    stat.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Stat;

    #[test]
    fn a_name_with_brackets_and_blanks_is_no_field() {
        let text = "7 (a ) b) S 1 7 7 0 -1 4194560 1 0 0 0 300 25 0 0 20 0 9 0 4711 1048576 512 9";
        let expected =
            Stat { ticks: 325, started: 4711, virtual_memory: 1_048_576, resident_pages: 512 };
        assert_eq!(Stat::parse(text), Some(expected));
        for broken in ["", "7 (a) S 1", "7 (a"] {
            assert_eq!(Stat::parse(broken), None, "{broken}");
        }
    }
}
