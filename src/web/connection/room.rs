//! The connections of one worker thread: when there is no room, those that nobody uses go first.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::future::poll_fn;
use std::iter;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::task::Poll;

use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::activity::{Activity, LARGE, Phase, TICK, Worth};
use super::full_warning::FullWarning;
use crate::web::request::client_ip::place;
use crate::web::state::State;

/// Of how many connections of a worker one address may have one, and of how many bytes of large requests: a company
/// behind one address has thousands, and others have the rest.
const ONE_IN: usize = 4;

/// What handshakes of TLS are counted as among the addresses of ours that one network may come to so often.
const HANDSHAKES: &str = "TLS";

/// How many bytes of requests that are not answered yet are kept for each place, on the whole. Beyond, nothing
/// more is taken of those that are large; beyond half of it, those go whose clients keep the rest back.
const TAKEN_EACH: usize = LARGE / 2;

/// The connections of one worker thread.
#[derive(Debug)]
pub struct Room {
    most: usize,
    warning: FullWarning,
    next: Cell<u64>,
    /// Whether the service is stopping.
    is_stopping: Cell<bool>,
    /// In the order in which they came.
    inside: RefCell<BTreeMap<u64, Rc<Activity>>>,
    /// Bytes of requests that are under way.
    taken: Cell<usize>,
    /// What each address has, or each /64 of IPv6.
    shares: RefCell<HashMap<IpAddr, Rc<Share>>>,
}

/// What one address has.
#[derive(Debug, Default)]
struct Share {
    connections: Cell<usize>,
    /// Bytes of its requests that are under way.
    taken: Cell<usize>,
}

/// One connection's place, given back when it is dropped.
#[derive(Debug)]
pub struct Slot {
    room: Rc<Room>,
    number: u64,
    /// Whose it is, and what they have; `None` of those who may have as much as there is.
    share: Option<(IpAddr, Rc<Share>)>,
    pub(super) activity: Rc<Activity>,
}

impl Room {
    /// For so many.
    pub fn new(most: usize, warning: FullWarning) -> Rc<Self> {
        Rc::new(Self {
            most,
            warning,
            next: Cell::default(),
            is_stopping: Cell::default(),
            inside: RefCell::default(),
            taken: Cell::default(),
            shares: RefCell::default(),
        })
    }

    /// Counts the time of all connections together, for as long as there is a room.
    pub fn keep_time(self: &Rc<Self>) -> impl Future<Output = ()> + use<> {
        let room = Rc::downgrade(self);
        async move {
            let mut ticks = interval_at(Instant::now() + TICK, TICK);
            // Whatever we missed was no time of a client's.
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                match room.upgrade() {
                    Some(room) => room.tick(),
                    None => return,
                }
            }
        }
    }

    /// Has all connections learn that the service is stopping, once `signal` says so.
    pub fn stop_after<F: Future<Output = ()>>(
        self: &Rc<Self>,
        signal: F,
    ) -> impl Future<Output = ()> + use<F> {
        let room = Rc::downgrade(self);
        async move {
            signal.await;
            let Some(room) = room.upgrade() else { return };
            room.is_stopping.set(true);
            for activity in room.inside.borrow().values() {
                activity.wake();
            }
        }
    }

    /// What actix-http asks at each look at a connection: it needs no waker, for all are woken.
    pub fn stopped(self: &Rc<Self>) -> impl Future<Output = ()> + use<> {
        let room = self.clone();
        poll_fn(move |_| if room.is_stopping.get() { Poll::Ready(()) } else { Poll::Pending })
    }

    /// Has those looked at that have begun something or whose time is up; where there is no room all,
    /// for one that keeps us waiting gives way.
    fn tick(&self) {
        let is_full = self.is_full();
        for activity in self.inside.borrow().values() {
            activity.tick();
            if is_full || activity.is_over() || activity.phase() != Phase::Idle {
                activity.wake();
            }
        }
    }

    /// Lets one more in. The last one that fits makes others go, so that one more will fit.
    pub fn enter(self: &Rc<Self>) -> Slot {
        let number = self.next.get();
        self.next.set(number + 1);
        let activity = Rc::new(Activity::new());
        if self.inside.borrow().len() + 1 >= self.most {
            self.make_room();
        }
        self.inside.borrow_mut().insert(number, activity.clone());
        Slot { room: self.clone(), number, share: None, activity }
    }

    /// Whether there is no room.
    pub(super) fn is_full(&self) -> bool {
        self.inside.borrow().len() >= self.most
    }

    /// Most bytes of requests that are kept.
    fn most_taken(&self) -> usize {
        self.most * TAKEN_EACH
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

impl Slot {
    /// Whether `client`, for whom it is, may have one more, and begin a handshake where there is one: that
    /// costs more than most requests, and a stranger asks for it with a few bytes. Proxies may have as many
    /// as there are, and so may whoever is on this machine.
    pub fn is_granted_to(&mut self, client: SocketAddr, state: &State) -> bool {
        let address = client.ip().to_canonical();
        if address.is_loopback() || !state.table().client_address.is_persons(address) {
            return true;
        }
        // Whoever has one IPv6 address has all of its /64.
        let Some(net) = place(address, 64) else { return true };
        let counted_as = net.network();
        let mut shares = self.room.shares.borrow_mut();
        let share = shares.get(&counted_as).cloned().unwrap_or_default();
        let held = share.connections.get();
        if held >= (self.room.most / ONE_IN).max(1) {
            state.metrics.connections_refused.add();
            self.room.warning.give_of_many(address);
            return false;
        }
        // Asked last: what is not begun is not counted.
        if state.speaks_tls && !state.rates.admits(counted_as, HANDSHAKES, state.now()) {
            state.metrics.connections_refused.add();
            self.room.warning.give_of_handshakes(address);
            return false;
        }
        share.connections.set(held + 1);
        shares.insert(counted_as, share.clone());
        self.share = Some((counted_as, share));
        true
    }

    /// Whether others wait for its room.
    pub(super) fn is_in_the_way(&self) -> bool {
        let is_in_the_way = |(worth, ticks)| worth == Worth::Idle || ticks > 0;
        self.room.is_full() && self.activity.worth().is_some_and(is_in_the_way)
    }

    /// Whether more of a request may be taken: where there is too much of all together, or of its address, of
    /// small ones alone.
    pub(super) fn may_take(&self) -> bool {
        let most = self.room.most_taken();
        let has_enough = |(_, it): &&(IpAddr, Rc<Share>)| it.taken.get() > most / ONE_IN;
        let greedy = self.share.as_ref().filter(has_enough).map(|(address, _)| *address);
        let is_scarce = self.room.taken.get() > most || greedy.is_some();
        let may_take = !self.activity.keeps_much() || !is_scarce;
        if !may_take {
            self.room.warning.give_of_large(greedy);
        }
        may_take
    }

    /// Counts so many bytes more of a request.
    pub(super) fn take(&self, bytes: usize) {
        self.activity.take(bytes);
        for taken in self.counts() {
            taken.set(taken.get() + bytes);
        }
    }

    /// Gives back what was counted for a request that is answered; of the next ones, `ahead` bytes are here.
    pub(super) fn done_with(&self, ahead: usize) {
        self.give_back(self.activity.take_back_answered(ahead));
    }

    fn give_back(&self, bytes: usize) {
        for taken in self.counts() {
            taken.set(taken.get().saturating_sub(bytes));
        }
    }

    /// What its bytes are a part of.
    fn counts(&self) -> impl Iterator<Item = &Cell<usize>> {
        let of_address = self.share.as_ref().map(|(_, it)| &it.taken);
        iter::once(&self.room.taken).chain(of_address)
    }

    /// Whether its client keeps the rest of a large request back where others may need the room.
    pub(super) fn crams(&self) -> bool {
        let is_scarce = self.room.taken.get() > self.room.most_taken() / 2;
        is_scarce && self.activity.keeps_much() && self.activity.is_slow()
    }

    /// Whether it goes because others wait for room: it waits for the next request, or has kept us
    /// waiting for a tick. Where all came at once, nobody had when the last one came in, and nobody
    /// else can come in to tell them.
    pub(super) fn gives_way(&self) -> bool {
        if self.crams() {
            self.room.warning.give_of_large(None);
        } else if !self.is_in_the_way() {
            return false;
        }
        // There is room from now on: of many that are looked at together, one goes.
        self.room.inside.borrow_mut().remove(&self.number);
        self.give_back(self.activity.take_back());
        self.activity.leave();
        true
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.room.inside.borrow_mut().remove(&self.number);
        self.give_back(self.activity.take_back());
        let Some((address, share)) = &self.share else { return };
        let others = share.connections.get() - 1;
        share.connections.set(others);
        if others == 0 {
            self.room.shares.borrow_mut().remove(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::{FullWarning, Room, Slot};
    use crate::clock::Clock;

    /// What a connection has done, all within its first tick.
    type Doing = fn(&Slot);

    /// Has sent a part of a head.
    fn sends_a_head(place: &Slot) {
        place.activity.has_read(1);
    }

    /// Has promised a body, and keeps it back.
    fn keeps_a_body_back(place: &Slot) {
        place.activity.has_read(1);
        place.activity.set_answering(true);
        place.activity.set_has_body(true);
        place.activity.set_waits_for_body(true);
    }

    /// Waits for our answer.
    fn waits(place: &Slot) {
        place.activity.has_read(1);
        place.activity.set_answering(true);
    }

    /// Does not take what it was sent.
    fn takes_nothing(place: &Slot) {
        place.activity.has_read(1);
        place.activity.is_blocked();
    }

    /// Has its answer, and says no more.
    fn idles(place: &Slot) {
        place.activity.has_read(1);
        place.activity.has_sent();
    }

    fn room_full_of(doing: Doing) -> Vec<Slot> {
        let room = Room::new(16, FullWarning::new(Clock::default(), 16));
        let places: Vec<_> = (0..16).map(|_| room.enter()).collect();
        for place in &places {
            place.activity.remember(&Context::from_waker(Waker::noop()));
            doing(place);
        }
        places
    }

    #[test]
    fn who_is_slow_makes_room_at_a_tick_although_nobody_can_enter() {
        // (what all do at once, how many go before the first tick, and after it)
        let cases: [(&str, Doing, usize, usize); 6] = [
            ("say nothing", |_| (), 0, 1),
            ("send a part of a head", sends_a_head, 0, 1),
            ("keep a body back", keeps_a_body_back, 0, 1),
            ("take nothing", takes_nothing, 0, 1),
            ("wait for our answer", waits, 0, 0),
            ("wait for the next request", idles, 1, 0),
        ];
        for (what, doing, at_once, after_a_tick) in cases {
            let places = room_full_of(doing);
            let told = places.iter().filter(|it| it.activity.must_leave()).count();
            assert_eq!(told, 0, "{what}: told to leave when the last one came in");
            let gone = || places.iter().filter(|it| it.gives_way()).count();
            assert_eq!(gone(), at_once, "{what}: at once");
            for place in &places {
                place.activity.tick();
            }
            // As soon as one has gone, there is room, and nobody else has to go.
            assert_eq!((gone(), gone()), (after_a_tick, 0), "{what}: after a tick");
        }
    }
}
