//! What people are told in the words of those who run their help center.

/// The languages in which people are spoken to, by their tags (RFC 5646).
pub const LANGUAGES: [&str; 12] =
    ["en", "ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pt-BR", "zh-CN", "zh-TW"];

/// A text of the file's own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LocalizedText {
    /// The same for everybody, in a language that nobody names.
    Everybody(Box<str>),
    /// In some of [`LANGUAGES`], each by its tag.
    ByLanguage(Box<[(&'static str, Box<str>)]>),
}

impl LocalizedText {
    /// What whoever reads `language` is told, and in which language, where the file says it: in that one,
    /// in English, or in the first that there is.
    pub fn to(&self, language: &str) -> (Option<&'static str>, &str) {
        let texts = match self {
            Self::Everybody(text) => return (None, text),
            Self::ByLanguage(texts) => texts,
        };
        let told_in = |tag: &str| texts.iter().find(|(it, _)| *it == tag);
        match told_in(language).or_else(|| told_in("en")).or(texts.first()) {
            Some((tag, text)) => (Some(tag), text),
            None => (None, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LocalizedText;

    #[test]
    fn people_are_told_in_their_language_or_in_the_next_best() {
        let told = |tags: &[&'static str]| {
            LocalizedText::ByLanguage(
                tags.iter().map(|tag| (*tag, format!("in {tag}").into())).collect(),
            )
        };
        let cases: [(&str, &[&'static str], &str); 4] = [
            ("their own", &["en", "de"], "de"),
            ("English", &["fr", "en"], "en"),
            ("the only one", &["ja"], "ja"),
            ("the first without English", &["fr", "it"], "fr"),
        ];
        for (what, tags, expected) in cases {
            let text = format!("in {expected}");
            assert_eq!(told(tags).to("de"), (Some(expected), text.as_str()), "{what}");
        }
        let everybody = LocalizedText::Everybody("Back on Monday".into());
        assert_eq!(everybody.to("de"), (None, "Back on Monday"));
    }
}
