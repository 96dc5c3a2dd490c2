//! The page: an overview, drawn.

use std::fmt::Write as _;
use std::time::Duration;

use askama::Template;

use super::AdminQuery;
use super::overview::{Minutes, Overview};
use crate::log;

#[derive(Template)]
#[template(path = "admin.html")]
pub(super) struct AdminPage<'a> {
    overview: &'a Overview,
    asked: &'a AdminQuery,
    route: Option<&'a str>,
    now: u64,
}

impl<'a> AdminPage<'a> {
    pub(super) fn html(
        overview: &'a Overview,
        asked: &'a AdminQuery,
        route: Option<&'a str>,
        now: u64,
    ) -> askama::Result<String> {
        AdminPage { overview, asked, route, now }.render()
    }

    /// How long ago it was.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn ago(&self, time: &u64) -> String {
        match self.now.saturating_sub(*time) {
            seconds @ ..90 => format!("{seconds} s ago"),
            seconds @ 90..5400 => format!("{} min ago", (seconds + 30) / 60),
            seconds @ 5400..129_600 => format!("{} h ago", (seconds + 1800) / 3600),
            seconds => format!("{} days ago", (seconds + 43_200) / 86_400),
        }
    }
}

/// When it was, for people, in UTC.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
pub(super) fn moment(time: &u64) -> String {
    let mut text = String::new();
    log::timestamp(&mut text, Duration::from_secs(*time));
    let (day, second) = (text.get(..10).unwrap_or_default(), text.get(11..19).unwrap_or_default());
    format!("{day} {second} UTC")
}

/// The bars of a chart, 3 wide and up to 28 high, of each minute: those who were signed in, and on top of them what
/// went wrong.
pub(super) fn bars(minutes: &Minutes, is_bad: bool) -> String {
    const HEIGHT: u64 = 28;
    let pairs = || minutes.signed_in.iter().zip(&minutes.unsuccessful);
    let most = pairs().map(|(good, bad)| u64::from(*good) + u64::from(*bad)).max().unwrap_or(0);
    let high = |count: u64| (count * HEIGHT).div_ceil(most.max(1));
    let mut path = String::new();
    for (place, (good, bad)) in pairs().enumerate() {
        let (good, bad) = (u64::from(*good), u64::from(*bad));
        let (from, count) = if is_bad { (high(good), bad) } else { (0, good) };
        if count > 0 {
            let height = high(count).min(HEIGHT - from.min(HEIGHT - 1));
            // A string takes whatever is written.
            let _ = write!(path, "M{} {}v-{}", place * 4 + 2, HEIGHT + 1 - from, height.max(1));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{Minutes, bars, moment};

    #[test]
    fn a_chart_has_a_bar_for_each_minute_in_which_somebody_came() {
        let minutes = Minutes { signed_in: vec![0, 2, 0], unsuccessful: vec![0, 2, 1] };
        assert_eq!(bars(&minutes, false), "M6 29v-14");
        assert_eq!(bars(&minutes, true), "M6 15v-14M10 29v-7");
        let many = Minutes { signed_in: vec![u32::MAX], unsuccessful: vec![1] };
        assert_eq!(bars(&many, true), "M2 1v-1", "something is seen");
    }

    #[test]
    fn a_moment_is_told_in_utc() {
        assert_eq!(moment(&1_709_164_801), "2024-02-29 00:00:01 UTC");
    }
}
