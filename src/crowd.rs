//! How many may do something at a time, in all and of one kind: one kind alone keeps no other out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whoever is doing it.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    most_of_one: usize,
    inside: Mutex<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    all: usize,
    of_one: HashMap<String, usize>,
}

/// One place, given back when it is dropped.
#[derive(Debug)]
pub struct Place<'c> {
    crowd: &'c Crowd,
    one: String,
}

impl Crowd {
    /// Nobody, and room for so many.
    pub fn new(most: usize, most_of_one: usize) -> Self {
        Self { most, most_of_one, inside: Mutex::default() }
    }

    /// A place for one more of this kind, if there is one.
    pub fn enter(&self, one: &str) -> Option<Place<'_>> {
        let mut inside = self.lock();
        let of_one = inside.of_one.get(one).copied().unwrap_or_default();
        if inside.all >= self.most || of_one >= self.most_of_one {
            return None;
        }
        inside.all += 1;
        inside.of_one.insert(one.to_owned(), of_one + 1);
        Some(Place { crowd: self, one: one.to_owned() })
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
        match inside.of_one.get_mut(&self.one) {
            Some(of_one) if *of_one > 1 => *of_one -= 1,
            _ => drop(inside.of_one.remove(&self.one)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Crowd;

    #[test]
    fn one_kind_keeps_no_other_out() {
        let crowd = Crowd::new(4, 2);
        let (first, second) = (crowd.enter("a").unwrap(), crowd.enter("a").unwrap());
        assert!(crowd.enter("a").is_none());
        let third = crowd.enter("b").unwrap();
        drop(first);
        let fourth = crowd.enter("a").unwrap();
        assert!(crowd.enter("a").is_none());
        let fifth = crowd.enter("b").unwrap();
        assert!(crowd.enter("c").is_none(), "there are four");
        drop((second, third, fourth, fifth));
        assert!(crowd.lock().of_one.is_empty(), "nothing is left of who has left");
        assert!(crowd.enter("c").is_some());
    }
}
