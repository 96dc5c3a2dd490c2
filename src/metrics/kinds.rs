//! Counts by name, where the names are few and our own.

use std::sync::OnceLock;

use super::Counter;

/// Most names that are told apart: the kinds of failures are fewer.
const MOST: usize = 128;

/// How often each name was counted. A name has its place from the first time on, or from the start.
#[derive(Debug)]
pub struct Kinds(Box<[Kind]>);

#[derive(Debug, Default)]
struct Kind {
    name: OnceLock<&'static str>,
    count: Counter,
}

impl Default for Kinds {
    fn default() -> Self {
        Self((0..MOST).map(|_| Kind::default()).collect())
    }
}

impl Kinds {
    /// Has these from the start, with zeros: of a line that begins with 1, `increase()` does not see the 1.
    pub fn with_zeros(names: &[&'static str]) -> Self {
        let kinds = Self::default();
        for (kind, name) in kinds.0.iter().zip(names) {
            kind.name.get_or_init(|| name);
        }
        kinds
    }

    /// Adds one to `name`.
    pub fn add(&self, name: &'static str) {
        let kind = self.0.iter().find(|kind| *kind.name.get_or_init(|| name) == name);
        if let Some(kind) = kind {
            kind.count.add();
        }
    }

    /// Every name that was counted, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map_while(|kind| Some((*kind.name.get()?, kind.count.get())))
    }
}

#[cfg(test)]
mod tests {
    use super::Kinds;

    #[test]
    fn each_name_is_counted_apart() {
        let kinds = Kinds::default();
        for name in ["one", "two", "one", "three", "one"] {
            kinds.add(name);
        }
        assert_eq!(kinds.iter().collect::<Vec<_>>(), [("one", 3), ("two", 1), ("three", 1)]);
    }

    #[test]
    fn some_are_told_before_they_are_counted() {
        let kinds = Kinds::with_zeros(&["one", "two"]);
        assert_eq!(kinds.iter().collect::<Vec<_>>(), [("one", 0), ("two", 0)]);
        for name in ["three", "two"] {
            kinds.add(name);
        }
        assert_eq!(kinds.iter().collect::<Vec<_>>(), [("one", 0), ("two", 1), ("three", 1)]);
    }
}
