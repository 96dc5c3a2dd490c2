//! Names of brands and backends, made of hosts and of what people call them.

use std::collections::HashMap;

/// Longest name, less what tells two of one name apart.
const LONGEST: usize = 56;

/// The names that are given so far, each with how often something like it was asked for.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// A name like `text` that nothing else has.
    pub(super) fn give(&mut self, text: &str) -> String {
        let name = like(text);
        let mut given = name.clone();
        while self.0.contains_key(&given) {
            let number = self.0.entry(name.clone()).or_insert(1);
            *number += 1;
            given = format!("{name}-{number}");
        }
        self.0.insert(given.clone(), 1);
        given
    }
}

/// `text` in the letters that a name may have.
fn like(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(LONGEST);
    let name = name.trim_end_matches('-');
    if name.is_empty() { "brand".to_owned() } else { name.to_owned() }
}

/// What people may read for a name such as `acme-shoes`.
pub(super) fn title(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|it| !it.is_empty());
    let title = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>())
    };
    words.filter_map(title).collect::<Vec<_>>().join(" ")
}

/// The variable for the secret of the backend `name`.
pub(super) fn variable(name: &str) -> String {
    let upper = name.to_ascii_uppercase().replace('-', "_");
    let before = if upper.starts_with(|c: char| c.is_ascii_digit()) { "SITE_" } else { "" };
    format!("{before}{upper}_SECRET")
}

#[cfg(test)]
mod tests {
    use super::{Names, title, variable};
    use crate::domain::Name;

    #[test]
    fn every_text_has_a_name_of_its_own() {
        let long = "x".repeat(300);
        let texts =
            ["shoes", "Shoes", "", "日本", "help.acme.example", "-_-", "7up", "a b", &long, &long];
        let mut names = Names::default();
        let given: Vec<String> = texts.iter().map(|it| names.give(it)).collect();
        assert_eq!(
            given[..8],
            ["shoes", "shoes-2", "brand", "brand-2", "help-acme-example", "brand-3", "7up", "a-b"]
        );
        assert!(given.iter().all(|it| Name::parse(it).is_some()), "{given:?}");
        assert_ne!(given[8], given[9]);
        assert_eq!(
            (title("acme-shoes").as_str(), variable("7up-site").as_str()),
            ("Acme Shoes", "SITE_7UP_SITE_SECRET")
        );
    }
}
