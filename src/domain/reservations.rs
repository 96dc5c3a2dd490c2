//! What only some backends may say, in any brand: addresses, and ids that begin with a prefix.

use std::collections::HashMap;

use super::email::EmailAddress;
use super::key::BackendKey;

/// Addresses that only some backends may say, in any brand.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// Whole domains, canonical.
    pub email_domains: Vec<String>,
    /// Whole addresses, in lower case.
    pub emails: Vec<String>,
    /// The backends that may say them nevertheless.
    pub backends: Vec<BackendKey>,
}

/// Everything that is not for every backend to say, each found in a step or a few, however much
/// there is.
#[derive(Clone, Debug, Default)]
pub struct Reservations {
    email_domains: HashMap<String, Vec<BackendKey>>,
    emails: HashMap<String, Vec<BackendKey>>,
    /// In the order of their bytes, each once.
    prefixes: Vec<Prefix>,
}

/// The beginning of external ids.
#[derive(Clone, Debug)]
struct Prefix {
    /// In lower case.
    text: Box<str>,
    /// Whose ids begin with it; nothing where several backends have it.
    backend: Option<BackendKey>,
}

impl Reservations {
    /// Those of `reserved`, and of the prefixes of external ids, each with the backend that has it. What
    /// is reserved twice is for whoever may say it by both.
    pub fn new<'p>(
        reserved: &[Reserved],
        prefixes: impl Iterator<Item = (BackendKey, &'p str)>,
    ) -> Self {
        let mut all = Self { prefixes: in_order(prefixes), ..Self::default() };
        for rule in reserved {
            let reserve = |texts: &[String], map: &mut HashMap<String, Vec<BackendKey>>| {
                for text in texts {
                    map.entry(text.clone())
                        .and_modify(|both| both.retain(|it| rule.backends.contains(it)))
                        .or_insert_with(|| rule.backends.clone());
                }
            };
            reserve(&rule.email_domains, &mut all.email_domains);
            reserve(&rule.emails, &mut all.emails);
        }
        all
    }

    /// Whether `email` is for others than `backend`.
    pub(super) fn keep_address(&self, email: &EmailAddress, backend: BackendKey) -> bool {
        let is_kept = |holders: &Vec<BackendKey>| !holders.contains(&backend);
        self.email_domains.get(email.domain()).is_some_and(is_kept)
            || (!self.emails.is_empty() && self.emails.get(&email.folded()).is_some_and(is_kept))
    }

    /// Whether `id`, which begins with `backend`'s own prefix, begins with another's, too: Zendesk
    /// looks for the external id before the address, so whoever says another backend's id becomes
    /// that backend's user.
    ///
    /// Only what is longer than the backend's own prefix can be another's and not its own.
    pub(super) fn keep_id(&self, id: &str, own: &str, backend: BackendKey) -> bool {
        if self.prefixes.is_empty() {
            return false;
        }
        // Zendesk compares ids without regard to case, and nobody knows what else it folds.
        let id = id.to_ascii_lowercase();
        let mut rest = id.as_bytes();
        while rest.len() > own.len() {
            // Of those that begin `rest`, the longest is the last that does not come after it, or
            // is found behind what both have in common.
            let up_to = self.prefixes.partition_point(|it| it.text.as_bytes() <= rest);
            let Some(nearest) = up_to.checked_sub(1).and_then(|last| self.prefixes.get(last))
            else {
                return false;
            };
            let text = nearest.text.as_bytes();
            let common = text.iter().zip(rest).take_while(|(one, other)| one == other).count();
            let begins = common == text.len();
            if begins && common > own.len() && nearest.backend != Some(backend) {
                return true;
            }
            let shorter = if begins { common.saturating_sub(1) } else { common };
            rest = rest.get(..shorter).unwrap_or_default();
        }
        false
    }

    /// How many domains and addresses are for others than `backend`.
    pub fn for_others(&self, backend: BackendKey) -> (usize, usize) {
        let count = |map: &HashMap<String, Vec<BackendKey>>| {
            map.values().filter(|holders| !holders.contains(&backend)).count()
        };
        (count(&self.email_domains), count(&self.emails))
    }
}

fn in_order<'p>(prefixes: impl Iterator<Item = (BackendKey, &'p str)>) -> Vec<Prefix> {
    let prefix = |(backend, text): (_, &str)| Prefix {
        text: text.to_ascii_lowercase().into(),
        backend: Some(backend),
    };
    let mut all: Vec<_> = prefixes.map(prefix).collect();
    all.sort_by(|one, other| one.text.cmp(&other.text));
    all.dedup_by(|same, first| {
        let is_same = same.text == first.text;
        if is_same && same.backend != first.backend {
            first.backend = None;
        }
        is_same
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BackendKey, Reservations};

    /// Whether `id` is another's than the first backend's, where these prefixes are each for one.
    fn keeps<T: AsRef<str>>(prefixes: &[(u32, T)], id: &str, own: &str) -> bool {
        let prefixes = prefixes.iter().map(|(key, text)| (BackendKey(*key), text.as_ref()));
        Reservations::new(&[], prefixes).keep_id(id, own, BackendKey(0))
    }

    #[test]
    fn an_id_is_anothers_by_any_prefix_that_is_longer_than_our_own() {
        let all = [(0, "a_"), (1, "a_b_"), (2, "B_"), (3, "a_b_c_"), (0, "a_b_c_d_"), (3, "c")];
        let cases = [
            ("a_7", "a_", false),
            ("a_b_7", "a_", true),
            ("A_B_7", "a_", true),
            ("a_b_c_d_7", "a_", true),
            ("a_b_c_d_7", "a_b_c_d_", false),
            ("a_b", "a_", false),
            ("a_z_b_7", "a_", false),
            ("b_7", "", true),
            ("b7", "", false),
            ("c", "", true),
            ("a_7", "", false),
            ("", "", false),
            ("zzz", "", false),
            ("_", "", false),
        ];
        for (id, own, expected) in cases {
            assert_eq!(keeps(&all, id, own), expected, "{id} with {own:?}");
        }
        assert!(keeps(&[(0, "x_"), (1, "X_")], "x_7", ""), "one that two have is another's");
        assert!(!keeps(&[(0, "x_"), (0, "X_")], "x_7", ""));
    }

    proptest! {
        /// What is looked up is what looking at every one would find.
        #[test]
        fn looking_up_finds_what_looking_through_finds(
            prefixes in prop::collection::vec((0..3_u32, "[aAb_]{1,5}"), 0..12),
            own in "[ab_]{0,2}",
            behind in "[aAb_]{0,8}",
        ) {
            let id = format!("{own}{behind}");
            let found = keeps(&prefixes, &id, &own);
            let folded = id.to_ascii_lowercase();
            let is_anothers = |(backend, prefix): &(u32, String)| {
                *backend != 0
                    && prefix.len() > own.len()
                    && folded.starts_with(&prefix.to_ascii_lowercase())
            };
            prop_assert_eq!(found, prefixes.iter().any(is_anothers), "{} {:?}", id, prefixes);
        }
    }
}
