//! What goes on on one connection, for its worker and for the service that answers.

use std::cell::{Cell, RefCell};
use std::task::{Context, Waker};
use std::time::Duration;

/// How often all connections of a worker are looked at. Their times are counted in these, so that no
/// request costs a look at the clock, or at a timer.
pub(super) const TICK: Duration = Duration::from_secs(5);

/// Bytes beyond which a request is large: nearly all are a tenth of it.
pub(super) const LARGE: usize = 8 * 1024;

/// What a connection is waiting for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Phase {
    /// Its first request.
    New,
    /// The rest of a request, or our answer.
    Request,
    /// That the client takes what it was sent.
    Unread,
    /// The next request.
    Idle,
}

impl Phase {
    /// For how many ticks it may. The first of them is cut short, by as much as the phase began
    /// after the last one.
    fn most_ticks(self) -> u32 {
        match self {
            // A minute at least: nobody is cut off whom a password or a provider keeps waiting.
            Self::New | Self::Request => 13,
            // A minute at most.
            Self::Unread => 12,
            // Longer than a proxy keeps a connection that it does not use (nginx: a minute).
            Self::Idle => 16,
        }
    }
}

/// How dear a connection is where there is no room for all. The cheapest goes first, and of these
/// the one that has done nothing for longest.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Worth {
    /// It waits for the next request.
    Idle,
    /// It has not said anything yet.
    New,
    /// It has kept us waiting for a tick at least.
    Slow,
}

/// What goes on on a connection.
#[derive(Debug)]
pub struct Activity {
    phase: Cell<Phase>,
    /// Since the phase began.
    ticks: Cell<u32>,
    /// Whether a request waits for our answer.
    answering: Cell<bool>,
    /// Whether that request's body is still to be read.
    has_body: Cell<bool>,
    /// Whether nothing but the client's sending it is waited for.
    waits_for_body: Cell<bool>,
    /// How many bytes have come and are not answered: so many, or more, are kept.
    taken: Cell<usize>,
    /// How many of them are of the request that is under way.
    handed_on: Cell<usize>,
    /// Whether there is no room for it any more.
    must_leave: Cell<bool>,
    task: RefCell<Option<Waker>>,
}

impl Activity {
    pub(super) fn new() -> Self {
        Self {
            phase: Cell::new(Phase::New),
            ticks: Cell::default(),
            answering: Cell::default(),
            has_body: Cell::default(),
            waits_for_body: Cell::default(),
            taken: Cell::default(),
            handed_on: Cell::default(),
            must_leave: Cell::default(),
            task: RefCell::default(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        self.phase.get()
    }

    fn enter(&self, phase: Phase) {
        self.phase.set(phase);
        self.ticks.set(0);
    }

    /// So many bytes of a request were handed on.
    pub(super) fn has_read(&self, bytes: usize) {
        self.handed_on.set(self.handed_on.get() + bytes);
        self.must_leave.set(false);
        if matches!(self.phase(), Phase::New | Phase::Idle) {
            self.enter(Phase::Request);
        }
    }

    /// Everything that there was to be sent has been taken: an answer, or, while a request waits
    /// for one, that its body may come.
    pub(super) fn has_sent(&self) {
        self.enter(if self.answering.get() { Phase::Request } else { Phase::Idle });
    }

    /// Something that was sent has not been taken.
    pub(super) fn is_blocked(&self) {
        if self.phase() != Phase::Unread {
            self.enter(Phase::Unread);
        }
    }

    /// Whether a request waits for our answer.
    pub(super) fn set_answering(&self, answering: bool) {
        self.answering.set(answering);
    }

    /// Whether the body of the request that waits for our answer is still to be read.
    pub(super) fn set_has_body(&self, has_body: bool) {
        self.has_body.set(has_body);
        self.waits_for_body.set(false);
    }

    /// Whether whoever answers waits for more of the body.
    pub(super) fn set_waits_for_body(&self, waits: bool) {
        self.waits_for_body.set(waits);
    }

    /// Takes so many bytes more.
    pub(super) fn take(&self, bytes: usize) {
        self.taken.set(self.taken.get() + bytes);
    }

    /// Whether its request is larger than nearly all are.
    pub(super) fn is_large(&self) -> bool {
        self.handed_on.get() > LARGE
    }

    /// Whether more is kept of it than nearly all requests have.
    pub(super) fn keeps_much(&self) -> bool {
        self.taken.get() > LARGE
    }

    /// Takes back what a request had that is answered now: all but `ahead` bytes, which came behind it. Nothing, if
    /// one still is to be answered.
    pub(super) fn take_back_answered(&self, ahead: usize) -> usize {
        if self.answering.get() {
            return 0;
        }
        self.handed_on.set(0);
        let all = self.taken.get();
        self.taken.set(all.min(ahead));
        all.saturating_sub(ahead)
    }

    /// Takes back everything, now that nothing of it is kept.
    pub(super) fn take_back(&self) -> usize {
        self.taken.take()
    }

    /// Whether nothing but the client is waited for, and has been for a tick.
    pub(super) fn is_slow(&self) -> bool {
        self.worth().is_some_and(|(worth, _)| worth == Worth::Slow)
    }

    /// Whether more may be read: not while the client has to take something, and, but for the rest
    /// of its request, not while it has to wait.
    pub(super) fn may_read(&self) -> bool {
        self.phase() != Phase::Unread && (!self.answering.get() || self.has_body.get())
    }

    /// Counts a tick.
    pub(super) fn tick(&self) {
        self.ticks.set(self.ticks.get().saturating_add(1));
    }

    /// Whether the phase has lasted too long.
    pub(super) fn is_over(&self) -> bool {
        self.ticks.get() >= self.phase().most_ticks()
    }

    /// What it is worth, and for how long, where there is no room; `None` where it cannot go.
    pub(super) fn worth(&self) -> Option<(Worth, u32)> {
        let ticks = self.ticks.get();
        let worth = match self.phase() {
            _ if self.must_leave.get() => return None,
            _ if self.answering.get() && !self.waits_for_body.get() => return None,
            Phase::Idle => Worth::Idle,
            // Before it has a task, nobody can tell it.
            Phase::New => self.task.borrow().is_some().then_some(Worth::New)?,
            Phase::Request | Phase::Unread => (ticks > 0).then_some(Worth::Slow)?,
        };
        Some((worth, ticks))
    }

    /// Has its task called, to see that it must leave.
    pub(super) fn leave(&self) {
        self.must_leave.set(true);
        self.wake();
    }

    /// Has its task called, to see what has become of it.
    pub(super) fn wake(&self) {
        if let Some(task) = self.task.borrow().as_ref() {
            task.wake_by_ref();
        }
    }

    /// Whether it must leave.
    pub(super) fn must_leave(&self) -> bool {
        self.must_leave.get()
    }

    /// Remembers whom to call.
    pub(super) fn remember(&self, context: &Context<'_>) {
        let mut task = self.task.borrow_mut();
        if !task.as_ref().is_some_and(|it| it.will_wake(context.waker())) {
            *task = Some(context.waker().clone());
        }
    }
}
