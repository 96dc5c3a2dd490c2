//! What a request to the provider says, read as OAuth wants it read.

use url::form_urlencoded;

/// Names and values of a query or a form.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// One without a value counts as left out (RFC 6749 §3.1).
    pub(super) fn read(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded).into_owned();
        Self(pairs.filter(|pair| !pair.1.is_empty()).collect())
    }

    /// The value, if it is there once.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut values = self.0.iter().filter(|pair| pair.0 == name);
        values.next().filter(|_| values.next().is_none()).map(|pair| pair.1.as_str())
    }

    /// Whether one is there twice, which none may be (RFC 6749 §3.1).
    pub(super) fn is_ambiguous(&self) -> bool {
        self.0.iter().any(|(name, _)| self.get(name).is_none())
    }

    /// Whether a list of words, such as `scope`, holds this one.
    pub(super) fn lists(&self, name: &str, word: &str) -> bool {
        self.get(name).is_some_and(|words| words.split(' ').any(|it| it == word))
    }
}
