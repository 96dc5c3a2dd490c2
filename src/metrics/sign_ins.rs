//! Sign-ins of each brand by each of its backends: found by position, counted without a lock.

use std::sync::Arc;

use super::Counter;
use crate::domain::{BackendKey, Brand, BrandKey, Brands, Name};

/// Which part of a sign-in a request is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// On the way to the backend.
    Begin,
    /// Back from it, or at a form of ours.
    Finish,
}

impl Step {
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
    Refused(Step),
    /// We, the store or the provider could not.
    Failed(Step),
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
            SignIn::Refused(Step::Begin) => &self.begin_refused,
            SignIn::Refused(Step::Finish) => &self.finish_refused,
            SignIn::Failed(Step::Begin) => &self.begin_failed,
            SignIn::Failed(Step::Finish) => &self.finish_failed,
        }
    }
}

/// The counts of one table's brands. A table that takes another's place takes over what has the same
/// names, and the requests of both go on counting there.
#[derive(Debug, Default)]
pub struct SignIns(Vec<OfBrand>);

/// Of each backend of one brand, of which there are few.
type OfBrand = Box<[(BackendKey, Arc<Counts>)]>;

impl SignIns {
    /// Nobody has come yet to any of `brands`.
    pub fn of(brands: &Brands) -> Self {
        let counts = |brand: &Brand| {
            let mut all: Vec<(BackendKey, Arc<Counts>)> = Vec::new();
            for (backend, _) in brand.rules() {
                if all.iter().all(|(known, _)| *known != backend) {
                    all.push((backend, Arc::default()));
                }
            }
            all.into_boxed_slice()
        };
        Self(brands.iter().map(|(_, brand)| counts(brand)).collect())
    }

    /// One more; of a brand and a backend that do not belong together, nothing.
    pub fn add(&self, brand: BrandKey, backend: BackendKey, what: SignIn) {
        if let Some(counts) = self.get(brand, backend) {
            counts.of(what).add();
        }
    }

    fn get(&self, brand: BrandKey, backend: BackendKey) -> Option<&Arc<Counts>> {
        let all = self.0.get(usize::try_from(brand.0).ok()?)?;
        all.iter().find(|(known, _)| *known == backend).map(|(_, counts)| counts)
    }

    /// Goes on with the counts of `old`. `brand` and `backend` say which of its keys has the name
    /// that one of ours has.
    pub fn inherit(
        &mut self,
        old: &Self,
        brand: impl Fn(BrandKey) -> Option<BrandKey>,
        backend: impl Fn(BackendKey) -> Option<BackendKey>,
    ) {
        for (key, all) in (0..).map(BrandKey).zip(&mut self.0) {
            let Some(was) = brand(key) else { continue };
            for (key, counts) in all {
                if let Some(known) = backend(*key).and_then(|key| old.get(was, key)) {
                    *counts = known.clone();
                }
            }
        }
    }

    /// Every brand with each of its backends, what became of a step, and how often.
    pub fn iter<'a>(
        &'a self,
        brands: &'a Brands,
    ) -> impl Iterator<Item = (&'a Name, BackendKey, [(&'static str, &'static str, u64); 7])> {
        self.0.iter().zip(brands.iter()).flat_map(|(all, (_, brand))| {
            all.iter().map(|(backend, counts)| {
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
