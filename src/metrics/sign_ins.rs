//! Sign-ins of each brand by each of its backends: found by position, counted without a lock.

use std::collections::HashMap;
use std::sync::Arc;

use super::Counter;
use crate::domain::{BackendKey, BrandKey, Brands, Name};

/// Which part of a sign-in a request is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignInStep {
    /// On the way to the backend.
    Begin,
    /// Back from it, or at a form of ours.
    Finish,
}

impl SignInStep {
    /// As labels have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Finish => "finish",
        }
    }

    /// Of the address that the route table calls `pattern`; `None` where it is no part of a sign-in.
    pub fn of(pattern: &str) -> Option<Self> {
        match pattern.strip_suffix('/').unwrap_or(pattern) {
            "/login"
            | "/start/{brand}"
            | "/backends/{backend}/login"
            | "/backends/{backend}/reauthenticate" => Some(Self::Begin),
            "/access/jwt"
            | "/backends/{backend}/access/jwt"
            | "/callback/{backend}"
            | "/continue"
            | "/hand-off"
            | "/sign-in/{flow}"
            | "/backends/{backend}/sign-in" => Some(Self::Finish),
            _ => None,
        }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SignIn {
    /// Somebody was sent to the backend.
    Started,
    /// Somebody was asked whether to continue.
    Asked,
    /// Somebody was handed to Zendesk.
    HandedOff,
    /// The request was refused, whoever's fault that is.
    Refused(SignInStep),
    /// We, the store or the provider could not.
    Failed(SignInStep),
}

impl SignIn {
    /// As labels have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Asked => "asked",
            Self::HandedOff => "handed_off",
            Self::Refused(_) => "refused",
            Self::Failed(_) => "failed",
        }
    }
}

/// How often each became of the sign-ins of one brand by one backend.
#[derive(Debug, Default)]
struct Counts {
    started: Counter,
    begin_refused: Counter,
    begin_failed: Counter,
    asked: Counter,
    handed_off: Counter,
    finish_refused: Counter,
    finish_failed: Counter,
}

impl Counts {
    fn of(&self, what: SignIn) -> &Counter {
        match what {
            SignIn::Started => &self.started,
            SignIn::Asked => &self.asked,
            SignIn::HandedOff => &self.handed_off,
            SignIn::Refused(SignInStep::Begin) => &self.begin_refused,
            SignIn::Refused(SignInStep::Finish) => &self.finish_refused,
            SignIn::Failed(SignInStep::Begin) => &self.begin_failed,
            SignIn::Failed(SignInStep::Finish) => &self.finish_failed,
        }
    }
}

/// The counts of one table's brands. A table that takes another's place takes over what has the same
/// names, and the requests of both go on counting there.
#[derive(Debug, Default)]
pub struct SignIns {
    /// Of each brand by its own backend, at the place that the brand's key names: one look finds them.
    own: Vec<OfBackend>,
    /// Of those brands that have more, by the others, of which there are few.
    others: HashMap<BrandKey, Vec<OfBackend>>,
}

/// Of one brand by one backend.
type OfBackend = (BackendKey, Arc<Counts>);

impl SignIns {
    /// Nobody has come yet to any of `brands`.
    pub fn of(brands: &Brands) -> Self {
        let mut all = Self::default();
        for (key, brand) in brands.iter() {
            all.own.push((brand.backend, Arc::default()));
            for backend in brand.routes.iter().map(|route| route.backend) {
                if all.get(key, backend).is_none() {
                    all.others.entry(key).or_default().push((backend, Arc::default()));
                }
            }
        }
        all
    }

    /// One more; of a brand and a backend that do not belong together, nothing.
    pub fn add(&self, brand: BrandKey, backend: BackendKey, what: SignIn) {
        if let Some(counts) = self.get(brand, backend) {
            counts.of(what).add();
        }
    }

    fn get(&self, brand: BrandKey, backend: BackendKey) -> Option<&Arc<Counts>> {
        let is_it = |it: &&OfBackend| it.0 == backend;
        let own = self.own.get(usize::try_from(brand.0).ok()?).filter(is_it);
        let found = own.or_else(|| self.others.get(&brand)?.iter().find(is_it));
        found.map(|(_, counts)| counts)
    }

    /// Of `brand` by each of its backends, its own first.
    fn of_brand(&self, brand: BrandKey) -> impl Iterator<Item = &OfBackend> {
        let own = usize::try_from(brand.0).ok().and_then(|place| self.own.get(place));
        own.into_iter().chain(self.others.get(&brand).into_iter().flatten())
    }

    /// Goes on with the counts of `old`. `brand` and `backend` say which of its keys has the name
    /// that one of ours has.
    pub fn inherit(
        &mut self,
        old: &Self,
        brand: impl Fn(BrandKey) -> Option<BrandKey>,
        backend: impl Fn(BackendKey) -> Option<BackendKey>,
    ) {
        let others =
            self.others.iter_mut().flat_map(|(key, all)| all.iter_mut().map(|it| (*key, it)));
        for (key, (by, counts)) in (0..).map(BrandKey).zip(&mut self.own).chain(others) {
            let Some(was) = brand(key) else { continue };
            if let Some(known) = backend(*by).and_then(|by| old.get(was, by)) {
                *counts = known.clone();
            }
        }
    }

    /// Every brand with each of its backends, what became of a step, and how often.
    pub fn iter<'a>(
        &'a self,
        brands: &'a Brands,
    ) -> impl Iterator<Item = (&'a Name, BackendKey, [(&'static str, &'static str, u64); 7])> {
        brands.iter().flat_map(|(key, brand)| {
            self.of_brand(key).map(|(backend, counts)| {
                let counts = [
                    ("begin", "started", &counts.started),
                    ("begin", "refused", &counts.begin_refused),
                    ("begin", "failed", &counts.begin_failed),
                    ("finish", "asked", &counts.asked),
                    ("finish", "handed_off", &counts.handed_off),
                    ("finish", "refused", &counts.finish_refused),
                    ("finish", "failed", &counts.finish_failed),
                ];
                let counts = counts.map(|(step, outcome, count)| (step, outcome, count.get()));
                (&brand.name, *backend, counts)
            })
        })
    }
}
