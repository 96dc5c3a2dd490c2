//! Values by their text, in two pieces: a look-up reads one entry and its text, wherever the rest
//! of the table lies.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Values, each found by its text.
#[derive(Clone, Debug)]
pub struct TextMap<V> {
    hasher: RandomState,
    /// All texts, one behind the other.
    texts: String,
    entries: HashTable<Entry<V>>,
}

/// Where the text of a value is.
#[derive(Clone, Debug)]
struct Entry<V> {
    begin: u32,
    end: u32,
    value: V,
}

impl<V> Entry<V> {
    fn text<'t>(&self, texts: &'t str) -> &'t str {
        texts.get(self.begin as usize..self.end as usize).unwrap_or_default()
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
        let (hasher, texts) = (RandomState::default(), String::new());
        Self { hasher, texts, entries: HashTable::with_capacity(count) }
    }

    /// The value of `text`; if there is none yet, `new` is.
    pub fn get_or_insert(&mut self, text: &str, new: V) -> &mut V {
        let Self { hasher, texts, entries } = self;
        let begin = texts.len();
        texts.push_str(text);
        // Nothing of 4 GB comes here: a file has 64 MB at most.
        let end = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let begin = u32::try_from(begin).unwrap_or(u32::MAX);
        let is_it = |entry: &Entry<V>| entry.text(texts) == text;
        let hash = |entry: &Entry<V>| hasher.hash_one(entry.text(texts));
        let place = entries.entry(hasher.hash_one(text), is_it, hash);
        &mut place.or_insert(Entry { begin, end, value: new }).into_mut().value
    }

    /// The value of `text`.
    pub fn get(&self, text: &str) -> Option<&V> {
        let is_it = |entry: &Entry<V>| entry.text(&self.texts) == text;
        self.entries.find(self.hasher.hash_one(text), is_it).map(|entry| &entry.value)
    }

    /// Every value with its text, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &V)> {
        self.entries.iter().map(|entry| (entry.text(&self.texts), &entry.value))
    }

    /// Gives back what growing has taken too much.
    pub fn shrink_to_fit(&mut self) {
        self.texts.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::TextMap;

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
}
