//! How the last hour went, minute by minute, of every brand and backend to which somebody came.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::table::Table;

/// Minutes that are shown, the one that lasts among them.
const MINUTES: usize = 60;

/// Each minute's number, the oldest first.
pub(super) type Hour = [u32; MINUTES];

/// What has been counted, in minutes.
#[derive(Debug, Default)]
pub(super) struct History(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Whether what there was before is known: it is of no minute.
    has_begun: bool,
    /// The last that was counted, since 1970.
    minute: u64,
    brands: HashMap<String, Series>,
    backends: HashMap<String, Series>,
}

/// One brand's or backend's.
#[derive(Debug)]
struct Series {
    /// All that there ever were: handed off, and refused or failed.
    last: [u64; 2],
    minutes: [Hour; 2],
}

impl Default for Series {
    fn default() -> Self {
        Self { last: [0; 2], minutes: [[0; MINUTES]; 2] }
    }
}

/// How many were signed in within each of the last minutes, and how many steps went wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastHour {
    pub(super) signed_in: Hour,
    pub(super) unsuccessful: Hour,
}

impl History {
    /// Takes what has come since it was last asked, and counts it to the minute of `now`.
    pub(super) fn take(&self, table: &Table, now: u64) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.move_to(now / 60) {
            inner.brands.retain(|name, _| table.brands.named(name).is_some());
            inner.backends.retain(|name, _| table.backend_named(name).is_some());
        }
        let mut brands: HashMap<&str, [u64; 2]> = HashMap::new();
        let mut backends: HashMap<&str, [u64; 2]> = HashMap::new();
        for (brand, backend, counts) in table.sign_ins.iter(&table.brands) {
            let mut sum = [0; 2];
            for (_, outcome, count) in counts {
                match (outcome, &mut sum) {
                    ("handed_off", [good, _]) => *good += count,
                    ("refused" | "failed", [_, bad]) => *bad += count,
                    _ => {}
                }
            }
            if sum == [0; 2] {
                continue;
            }
            let backend = table.backend(backend).map_or("", |it| it.name.as_str());
            for all in
                [brands.entry(brand.as_str()).or_default(), backends.entry(backend).or_default()]
            {
                for (all, sum) in all.iter_mut().zip(sum) {
                    *all += sum;
                }
            }
        }
        let place = place(inner.minute);
        let Inner { has_begun, brands: of_brands, backends: of_backends, .. } = &mut *inner;
        let count = |all: &mut HashMap<String, Series>, name: &str, sum| {
            let series = all.entry(name.to_owned()).or_default();
            if *has_begun {
                series.count(sum, place);
            } else {
                series.last = sum;
            }
        };
        for (name, sum) in brands {
            count(of_brands, name, sum);
        }
        for (name, sum) in backends {
            count(of_backends, name, sum);
        }
        *has_begun = true;
    }

    pub(super) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Inner::default();
    }

    /// The last hour of the brand `name`.
    pub(super) fn brand(&self, name: &str) -> LastHour {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.hour(inner.brands.get(name))
    }

    /// The last hour of the backend `name`.
    pub(super) fn backend(&self, name: &str) -> LastHour {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.hour(inner.backends.get(name))
    }
}

impl Inner {
    /// Begins the minutes since the last one anew; whether there are any. A clock that is set back a little adds to
    /// the last.
    fn move_to(&mut self, minute: u64) -> bool {
        let hour = MINUTES as u64;
        // Nothing that was counted is of the last hour of a clock that was set back by so much.
        let is_another_time = self.minute.saturating_sub(minute) >= hour;
        let ago = minute.saturating_sub(self.minute).min(hour);
        let ago = if is_another_time { hour } else { ago };
        let begun: Vec<usize> = (0..ago).map(|back| place(minute + hour - back)).collect();
        for series in self.brands.values_mut().chain(self.backends.values_mut()) {
            for hour in &mut series.minutes {
                for place in &begun {
                    if let Some(count) = hour.get_mut(*place) {
                        *count = 0;
                    }
                }
            }
        }
        self.minute = if is_another_time { minute } else { self.minute.max(minute) };
        ago > 0
    }

    fn hour(&self, series: Option<&Series>) -> LastHour {
        let in_order = |which: usize| {
            let Some(mut hour) = series.and_then(|it| it.minutes.get(which)).copied() else {
                return [0; MINUTES];
            };
            hour.rotate_left((place(self.minute) + 1) % MINUTES);
            hour
        };
        LastHour { signed_in: in_order(0), unsuccessful: in_order(1) }
    }
}

impl Series {
    /// There are so many by now.
    fn count(&mut self, sum: [u64; 2], place: usize) {
        for ((last, hour), sum) in self.last.iter_mut().zip(&mut self.minutes).zip(sum) {
            let more = sum.saturating_sub(std::mem::replace(last, sum));
            if let Some(count) = hour.get_mut(place) {
                *count = count.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
            }
        }
    }
}

/// Where a minute is counted.
fn place(minute: u64) -> usize {
    usize::try_from(minute % MINUTES as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{History, MINUTES};

    #[test]
    fn each_minute_is_counted_apart_and_an_hour_is_kept() {
        let history = History::default();
        let count = |minute: u64, good: u64, bad: u64| {
            let mut inner = history.0.lock().unwrap();
            inner.move_to(minute);
            let place = super::place(inner.minute);
            let series = inner.brands.entry("shoes".to_owned()).or_default();
            series.count([good, bad], place);
        };
        count(1000, 3, 0);
        count(1000, 5, 1);
        count(1001, 9, 1);
        // A clock that is set back.
        count(998, 10, 1);
        let hour = history.brand("shoes");
        assert_eq!(&hour.signed_in[MINUTES - 3..], [0, 5, 5]);
        assert_eq!(&hour.unsuccessful[MINUTES - 3..], [0, 1, 0]);
        count(1059, 10, 1);
        assert_eq!(history.brand("shoes").signed_in[..2], [5, 5], "59 minutes ago");
        count(1060, 12, 1);
        let hour = history.brand("shoes").signed_in;
        assert_eq!((hour[0], hour[MINUTES - 1], hour.iter().sum::<u32>()), (5, 2, 7));
        count(9000, 12, 1);
        assert_eq!(history.brand("shoes").signed_in, [0; MINUTES]);
        assert_eq!(history.brand("nobody").signed_in, [0; MINUTES]);
        // A clock that was wrong by years.
        count(9001, 13, 1);
        count(7, 15, 1);
        let hour = history.brand("shoes").signed_in;
        assert_eq!((hour[MINUTES - 1], hour.iter().sum::<u32>()), (2, 2));
    }
}
