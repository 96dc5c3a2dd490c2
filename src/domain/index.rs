//! Finds what stands in a list by its name or id, without a copy of either.

use std::hash::{BuildHasher as _, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// The places of one list, by a key that what stands there has.
#[derive(Clone, Debug, Default)]
pub struct Index {
    hasher: RandomState,
    places: HashTable<u32>,
}

impl Index {
    /// Finds everything in `list` by its `key`, if it has one. Of two alike the first is found.
    pub fn of<T, K: Eq + Hash + ?Sized>(list: &[T], key: impl Fn(&T) -> Option<&K>) -> Self {
        let mut index = Self { places: HashTable::with_capacity(list.len()), ..Self::default() };
        let Self { hasher, places } = &mut index;
        let key_at = |place: u32| list.get(usize::try_from(place).ok()?).and_then(&key);
        let hash_at = |place: &u32| key_at(*place).map_or(0, |key| hasher.hash_one(key));
        for (wanted, place) in list.iter().map(&key).zip(0..) {
            let Some(wanted) = wanted else { continue };
            let is_wanted = |other: &u32| key_at(*other) == Some(wanted);
            places.entry(hasher.hash_one(wanted), is_wanted, hash_at).or_insert(place);
        }
        index
    }

    /// What `list`, which this is the index of, has under `wanted`, and where.
    pub fn find<'t, T, K: Eq + Hash + ?Sized>(
        &self,
        list: &'t [T],
        wanted: &K,
        key: impl Fn(&T) -> Option<&K>,
    ) -> Option<(u32, &'t T)> {
        let at = |place: u32| list.get(usize::try_from(place).ok()?);
        let is_wanted = |place: &u32| at(*place).and_then(&key) == Some(wanted);
        let place = *self.places.find(self.hasher.hash_one(wanted), is_wanted)?;
        at(place).map(|found| (place, found))
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    type Key = fn(&Option<String>) -> Option<&str>;

    #[test]
    fn the_first_of_two_alike_is_found_and_what_has_no_key_is_not() {
        let key: Key = |it| it.as_deref();
        let list = [Some("a"), None, Some("b"), Some("a"), Some("")];
        let list = list.map(|it| it.map(str::to_owned));
        let index = Index::of(&list, key);
        for (wanted, expected) in [("a", Some(0)), ("b", Some(2)), ("", Some(4)), ("c", None)] {
            let found = index.find(&list, wanted, key).map(|(place, _)| place);
            assert_eq!(found, expected, "{wanted:?}");
        }
        let many: Vec<_> = (0..1000).map(|number| Some(number.to_string())).collect();
        let index = Index::of(&many, key);
        for (one, place) in many.iter().zip(0..) {
            let found = index.find(&many, one.as_deref().unwrap(), key);
            assert_eq!(found, Some((place, one)));
        }
    }
}
