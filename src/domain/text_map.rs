//! Values by their text: a look-up reads one line of the processor's cache (64 bytes), wherever the rest
//! of the table lies.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Most bytes of a text that stand beside its value: host names are some thirty.
const SHORT: usize = 46;

/// Values, each found by its text.
#[derive(Clone, Debug)]
pub struct TextMap<V> {
    hasher: RandomState,
    entries: HashTable<Entry<V>>,
}

/// A value with its text.
#[derive(Clone, Debug)]
#[repr(align(64))]
struct Entry<V> {
    text: Text,
    value: V,
}

/// A text, in the entry itself where it has room there.
#[derive(Clone, Debug)]
enum Text {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<str>),
}

impl Text {
    fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }
}

impl<V> Default for TextMap<V> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<V> TextMap<V> {
    /// Nothing yet, with room for so many values.
    pub fn with_capacity(count: usize) -> Self {
        Self { hasher: RandomState::default(), entries: HashTable::with_capacity(count) }
    }

    /// The value of `text`; if there is none yet, `new` is.
    pub fn get_or_insert(&mut self, text: &str, new: V) -> &mut V {
        let Self { hasher, entries } = self;
        let is_it = |entry: &Entry<V>| entry.text.as_bytes() == text.as_bytes();
        let hash = |entry: &Entry<V>| hasher.hash_one(entry.text.as_bytes());
        let place = entries.entry(hasher.hash_one(text.as_bytes()), is_it, hash);
        &mut place.or_insert_with(|| Entry { text: Text::new(text), value: new }).into_mut().value
    }

    /// The value of `text`.
    pub fn get(&self, text: &str) -> Option<&V> {
        let is_it = |entry: &Entry<V>| entry.text.as_bytes() == text.as_bytes();
        let hash = self.hasher.hash_one(text.as_bytes());
        self.entries.find(hash, is_it).map(|entry| &entry.value)
    }

    /// Every value with its text, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.entries
            .iter()
            .filter_map(|entry| Some((str::from_utf8(entry.text.as_bytes()).ok()?, &entry.value)))
    }
}

#[cfg(test)]
mod tests {
    use super::{SHORT, TextMap};

    #[test]
    fn each_text_has_the_first_value_that_it_was_given() {
        let mut map = TextMap::with_capacity(2);
        for number in 0..1000_u32 {
            assert_eq!(*map.get_or_insert(&number.to_string(), number), number);
            assert_eq!(*map.get_or_insert(&number.to_string(), 7), number);
        }
        *map.get_or_insert("12", 0) = 13;
        for (text, expected) in [("12", Some(13)), ("999", Some(999)), ("1000", None), ("", None)] {
            assert_eq!(map.get(text).copied(), expected, "{text:?}");
        }
        assert_eq!(*map.get_or_insert("", 5), 5);
        assert_eq!(map.get(""), Some(&5));
    }

    #[test]
    fn a_text_of_any_length_is_told_from_all_others() {
        let text = |length: usize| "ü".repeat(length / 2) + &"a".repeat(length % 2);
        let mut map = TextMap::default();
        for length in 0..4 * SHORT {
            map.get_or_insert(&text(length), length);
        }
        for length in 0..4 * SHORT {
            assert_eq!(map.get(&text(length)), Some(&length));
        }
        assert_eq!(map.get(&text(4 * SHORT)), None);
        assert!(map.iter().all(|(found, length)| found == text(*length)));
        assert_eq!(map.iter().count(), 4 * SHORT);
    }
}
