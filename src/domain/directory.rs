//! Finds the brands that people choose from: page by page, and those that have a word which begins
//! like theirs.

use std::collections::HashSet;

use super::key::BrandKey;

/// The brands that may be shown to whoever has to choose.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    /// In the order of the file.
    listed: Vec<BrandKey>,
    /// Every name in lower case, each before a line's end, where there are more than one page shows.
    texts: String,
    /// Every word of them, in the order of what stands there.
    words: Vec<Word>,
}

/// The beginning of a word of a brand's name.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// The first bytes of what stands there, which tell most of them apart.
    key: u64,
    begin: u32,
    brand: BrandKey,
}

impl Directory {
    /// As many brands as a person looks through on one page.
    pub const PAGE: usize = 100;

    /// Of brands with their names, in the order of the file.
    pub(super) fn of<'b>(brands: impl Iterator<Item = (BrandKey, &'b str)> + Clone) -> Self {
        let listed = brands.clone().map(|(key, _)| key).collect();
        let mut directory = Self { listed, ..Self::default() };
        if !directory.is_whole() {
            directory.index(brands);
        }
        directory
    }

    fn index<'b>(&mut self, brands: impl Iterator<Item = (BrandKey, &'b str)>) {
        let mut begins = Vec::new();
        for (brand, name) in brands {
            let name = folded(name);
            let mut is_inside = false;
            for (place, letter) in name.char_indices() {
                if letter.is_alphanumeric() && !is_inside {
                    let begin = u32::try_from(self.texts.len() + place).unwrap_or(u32::MAX);
                    begins.push((begin, brand));
                }
                is_inside = letter.is_alphanumeric();
            }
            self.texts += &name;
            self.texts.push('\n');
        }
        let texts = self.texts.as_bytes();
        let word = |(begin, brand)| Word { key: key(behind(texts, begin)), begin, brand };
        self.words = begins.into_iter().map(word).collect();
        self.words.sort_unstable_by(|one, other| {
            let behind = |word: &Word| behind(texts, word.begin);
            one.key.cmp(&other.key).then_with(|| behind(one).cmp(behind(other)))
        });
    }

    /// Whether there is anything to choose from.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Whether one page shows everything.
    pub fn is_whole(&self) -> bool {
        self.listed.len() <= Self::PAGE
    }

    /// What the page of this number shows, of which the first is 0, in the order of the file, and whether
    /// another follows.
    pub fn page(&self, number: usize) -> (&[BrandKey], bool) {
        let begin = number.saturating_mul(Self::PAGE);
        let end = begin.saturating_add(Self::PAGE).min(self.listed.len());
        (self.listed.get(begin..end).unwrap_or_default(), end < self.listed.len())
    }

    /// What the page of this number shows of those whose name has `text` at the beginning of a word, in
    /// the order of what follows, and whether another follows.
    pub fn search(&self, text: &str, number: usize) -> (Vec<BrandKey>, bool) {
        let text = folded(text);
        let texts = self.texts.as_bytes();
        let from = self.words.partition_point(|word| behind(texts, word.begin) < text.as_bytes());
        let hits = self.words.get(from..).unwrap_or_default().iter();
        let hits = hits.take_while(|word| behind(texts, word.begin).starts_with(text.as_bytes()));
        let mut seen = HashSet::new();
        // Looking has an end: nobody goes through more pages than ten.
        let mut found = hits
            .take(10 * Self::PAGE)
            .filter(|word| seen.insert(word.brand.0))
            .map(|word| word.brand)
            .skip(number.saturating_mul(Self::PAGE));
        (found.by_ref().take(Self::PAGE).collect(), found.next().is_some())
    }
}

/// In lower case, with one blank for each stretch of them.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn behind(texts: &[u8], begin: u32) -> &[u8] {
    texts.get(begin as usize..).unwrap_or_default()
}

/// The first eight bytes, in the order of the texts.
fn key(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text) {
        *to = *from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::{BrandKey, Directory};

    fn of(names: &[String]) -> Directory {
        Directory::of((0..).map(BrandKey).zip(names.iter().map(String::as_str)))
    }

    fn some(names: &[&str]) -> Vec<String> {
        let others = (0..100).map(|number| format!("Other o{number}"));
        names.iter().map(|name| (*name).to_owned()).chain(others).collect()
    }

    #[test]
    fn a_brand_is_found_by_the_beginning_of_any_word() {
        let names =
            some(&["Acme Coffee", "ACME  Shoes", "Bücher & Café", "Coffee-Shop 24", "日本"]);
        let directory = of(&names);
        let found = |text: &str| {
            let (found, _) = directory.search(text, 0);
            let mut found: Vec<u32> = found.into_iter().map(|key| key.0).collect();
            found.sort_unstable();
            found
        };
        let cases: [(&str, &[u32]); 15] = [
            ("acme", &[0, 1]),
            ("acme coffee", &[0]),
            ("acme s", &[1]),
            ("ACME   SHOES", &[1]),
            ("cof", &[0, 3]),
            ("offee", &[]),
            ("shop", &[3]),
            ("coffee-s", &[3]),
            ("24", &[3]),
            ("bÜCH", &[2]),
            ("café", &[2]),
            ("日", &[4]),
            ("acme coffee\nacme", &[]),
            ("nobody", &[]),
            ("\u{10ffff}", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn all_are_found_page_by_page() {
        let names: Vec<_> = (0..250).map(|number| format!("Acme acme {number}")).collect();
        let directory = of(&names);
        let counted = |(found, is_more): (Vec<BrandKey>, bool)| (found.len(), is_more);
        // (page, as many as it shows, whether another follows)
        for (number, count, is_more) in [(0, 100, true), (1, 100, true), (2, 50, false)] {
            let (shown, follows) = directory.page(number);
            let keys: Vec<_> = shown.iter().map(|key| key.0 as usize).collect();
            assert_eq!(keys, (number * 100..number * 100 + count).collect::<Vec<_>>());
            assert_eq!(follows, is_more);
            assert_eq!(counted(directory.search("acme", number)), (count, is_more), "{number}");
        }
        for number in [3, 1000, usize::MAX] {
            assert_eq!(directory.page(number), ([].as_slice(), false), "{number}");
            assert_eq!(counted(directory.search("acme", number)), (0, false), "{number}");
        }
        assert_eq!(counted(directory.search("acme 24", 0)), (11, false), "24 and 240 to 249");
        assert!(!directory.is_whole() && !directory.is_empty());
        let few = of(&names[..100]);
        assert!(few.is_whole() && few.page(0).0.len() == 100 && !few.page(0).1);
        assert!(of(&[]).is_empty());
    }

    #[test]
    fn every_brand_is_on_one_page_of_what_is_looked_for() {
        let names: Vec<_> = (0..450).map(|number| format!("Acme a{number}")).collect();
        let directory = of(&names);
        let mut found: Vec<u32> =
            (0..5).flat_map(|page| directory.search("a", page).0).map(|key| key.0).collect();
        found.sort_unstable();
        assert_eq!(found, (0..450).collect::<Vec<_>>());
    }

    #[test]
    fn looking_up_finds_what_looking_through_finds() {
        let names: Vec<_> = (0..500_u32)
            .map(|number| format!("{} b{}", number * 7919 % 1000, number * 104_729 % 97))
            .collect();
        let directory = of(&names);
        for number in 0..1000 {
            let text = number.to_string();
            let (mut found, is_cut) = directory.search(&text, 0);
            found.sort_unstable_by_key(|key| key.0);
            let is_hit = |name: &&String| name.starts_with(&text);
            let expected = names.iter().filter(is_hit).count();
            assert!(is_cut || found.len() == expected, "{text}");
        }
    }
}
