//! Counts by name, where the names are few and our own.

use std::sync::OnceLock;

use super::Counter;

/// Most names that are told apart: the kinds of failures are fewer.
const MOST: usize = 128;

/// How often each name was counted. A name has its place from the first time on.
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
    /// One more of `name`.
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
}
