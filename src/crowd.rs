//! How many may do something at a time, in all and of each kind: one kind alone keeps no other out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whoever is doing it.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    all: usize,
    of_kind: HashMap<String, usize>,
}

/// One place, given back when it is dropped.
#[derive(Debug)]
pub struct Place<'c> {
    crowd: &'c Crowd,
    kinds: Vec<String>,
}

impl Crowd {
    /// Nobody, and room for so many.
    pub fn new(most: usize) -> Self {
        Self { most, inside: Mutex::default() }
    }

    /// For how many there is room.
    pub fn most(&self) -> usize {
        self.most
    }

    /// A place for one more, if there is one in all and for each of these kinds, which may have so
    /// many.
    pub fn enter(&self, kinds: &[(&str, usize)]) -> Option<Place<'_>> {
        let mut inside = self.lock();
        let of_kind = |kind: &str| inside.of_kind.get(kind).copied().unwrap_or_default();
        if inside.all >= self.most || kinds.iter().any(|(kind, most)| of_kind(kind) >= *most) {
            return None;
        }
        inside.all += 1;
        let kinds: Vec<String> = kinds.iter().map(|(kind, _)| (*kind).to_owned()).collect();
        for kind in &kinds {
            *inside.of_kind.entry(kind.clone()).or_default() += 1;
        }
        Some(Place { crowd: self, kinds })
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // Nothing panics while it is held.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut inside = self.crowd.lock();
        inside.all = inside.all.saturating_sub(1);
        for kind in &self.kinds {
            match inside.of_kind.get_mut(kind) {
                Some(of_kind) if *of_kind > 1 => *of_kind -= 1,
                _ => drop(inside.of_kind.remove(kind)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Crowd;

    #[test]
    fn one_kind_keeps_no_other_out() {
        let crowd = Crowd::new(4);
        let enter = |network, backend| crowd.enter(&[(network, 2), (backend, 3)]);
        let (first, second) = (enter("a", "x").unwrap(), enter("a", "x").unwrap());
        assert!(enter("a", "y").is_none(), "a has two");
        let third = enter("b", "x").unwrap();
        assert!(enter("b", "x").is_none(), "x has three");
        drop(first);
        let fourth = enter("a", "y").unwrap();
        let fifth = enter("c", "y").unwrap();
        assert!(enter("d", "y").is_none(), "there are four");
        drop((second, third, fourth, fifth));
        assert!(crowd.lock().of_kind.is_empty(), "nothing is left of who has left");
        assert!(enter("d", "y").is_some());
    }
}
