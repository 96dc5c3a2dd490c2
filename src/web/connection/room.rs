//! The connections of one worker thread: when there is no room, those that nobody uses go first.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::activity::Activity;
use crate::clock::Clock;

/// Seconds between two warnings.
const SILENCE: u64 = 60;

/// Says that there is no room, once a minute for all workers together.
#[derive(Clone, Debug)]
pub struct FullWarning {
    clock: Clock,
    most: usize,
    not_before: Arc<AtomicU64>,
}

/// The connections of one worker thread.
#[derive(Debug)]
pub struct Room {
    most: usize,
    warning: FullWarning,
    next: Cell<u64>,
    /// In the order in which they came.
    inside: RefCell<BTreeMap<u64, Rc<Activity>>>,
}

/// One connection's place, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    room: Rc<Room>,
    number: u64,
    pub(super) activity: Rc<Activity>,
}

impl FullWarning {
    /// Of a service that has room for so many.
    pub fn new(clock: Clock, most: usize) -> Self {
        Self { clock, most, not_before: Arc::default() }
    }

    fn give(&self, closed: usize) {
        let now = self.clock.now();
        let not_before = self.not_before.load(Ordering::Relaxed);
        let next = now + SILENCE;
        let set = |it: &AtomicU64| {
            it.compare_exchange(not_before, next, Ordering::Relaxed, Ordering::Relaxed)
        };
        // A clock that was set back starts anew.
        if (now >= not_before || not_before > next) && set(&self.not_before).is_ok() {
            tracing::warn!(connections = self.most, closed, "no room for more connections");
        }
    }
}

impl Room {
    /// For so many.
    pub fn new(most: usize, warning: FullWarning) -> Rc<Self> {
        Rc::new(Self { most, warning, next: Cell::default(), inside: RefCell::default() })
    }

    /// Lets one more in. The last one that fits makes others go, so that one more will fit.
    pub fn enter(self: &Rc<Self>) -> Place {
        let number = self.next.get();
        self.next.set(number + 1);
        let activity = Rc::new(Activity::new());
        if self.inside.borrow().len() + 1 >= self.most {
            self.make_room();
        }
        self.inside.borrow_mut().insert(number, activity.clone());
        Place { room: self.clone(), number, activity }
    }

    /// Whether there is no room.
    pub(super) fn is_full(&self) -> bool {
        self.inside.borrow().len() >= self.most
    }

    /// Tells those whom nobody will miss to leave: several at once, or a flood of new ones would
    /// have all of them looked at for each.
    fn make_room(&self) {
        let inside = self.inside.borrow();
        let worth = |it: &Rc<Activity>| it.worth().map(|(worth, ticks)| (worth, Reverse(ticks)));
        let mut found: Vec<_> =
            inside.values().filter_map(|it| Some((worth(it)?, it.clone()))).collect();
        drop(inside);
        found.sort_by_key(|(worth, _)| *worth);
        found.truncate((self.most / 16).max(1));
        for (_, activity) in &found {
            activity.leave();
        }
        self.warning.give(found.len());
    }
}

impl Place {
    /// Whether it waits for the next request where others wait for room.
    pub(super) fn is_in_the_way(&self) -> bool {
        self.activity.is_idle() && self.room.is_full()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.inside.borrow_mut().remove(&self.number);
    }
}
