//! What the pages say, in one language.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentError, FluentResource, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, LanguageIdentifierError};

use crate::web::page::hand_off::CutPage;
use crate::web::page::pages::PageError;

/// The languages of ours whose script runs from right to left.
const RIGHT_TO_LEFT: [&str; 1] = ["ar"];

/// The texts of one language.
pub(crate) struct Texts {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// The hand-off: of brands without a stylesheet of their own, and of those with one.
    hand_off: [OnceLock<CutPage>; 2],
}

impl Texts {
    /// Reads the texts of the language called `tag`.
    pub(crate) fn parse(tag: &'static str, source: &'static str) -> Result<Self, TextsError> {
        let broken = |problem: String| TextsError::Messages { tag, problem };
        let language: LanguageIdentifier =
            tag.parse().map_err(|source| TextsError::Language { tag, source })?;
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| broken(listed(&errors)))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The marks end up in titles and in copied text; without them, a name in another script
        // takes the punctuation beside it along to the wrong side.
        bundle.set_use_isolating(RIGHT_TO_LEFT.contains(&tag));
        bundle.add_resource(resource).map_err(|errors| broken(listed(&errors)))?;
        Ok(Self { tag, bundle, hand_off: Default::default() })
    }

    /// The language's tag, for the `lang` attribute.
    pub(crate) fn language(&self) -> &'static str {
        self.tag
    }

    /// Which way its script runs, for the `dir` attribute.
    pub(crate) fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&self.tag) { "rtl" } else { "ltr" }
    }

    /// The hand-off in this language, written when it is first asked for.
    pub(crate) fn hand_off(&self, has_stylesheet: bool) -> Result<&CutPage, PageError> {
        let [without, with] = &self.hand_off;
        let place = if has_stylesheet { with } else { without };
        if let Some(page) = place.get() {
            return Ok(page);
        }
        let page = CutPage::of(self, has_stylesheet)?;
        Ok(place.get_or_init(|| page))
    }

    /// The text called `id`; the id itself when there is none, so that no page is blank.
    pub(crate) fn say<'a>(&'a self, id: &'a str) -> Cow<'a, str> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return Cow::Borrowed(id);
        };
        self.bundle.format_pattern(pattern, None, &mut Vec::<FluentError>::new())
    }

    /// The text called `id` with its variables filled in.
    pub(crate) fn say_with(&self, id: &str, variables: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = variables.iter().copied().collect();
        let mut errors = Vec::<FluentError>::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }
}

/// Why the texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The language's own tag is not one.
    #[error("`{tag}` is not a language tag")]
    Language {
        /// The tag as it is written here.
        tag: &'static str,
        /// What the parser says.
        #[source]
        source: LanguageIdentifierError,
    },
    /// The file of messages does not hold together.
    #[error("the texts of `{tag}` cannot be used: {problem}")]
    Messages {
        /// The tag of their language.
        tag: &'static str,
        /// Every fault found.
        problem: String,
    },
}

fn listed<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_said_with_their_variables_and_unknown_ones_by_their_id() {
        let texts = Texts::parse("en", "plain = Hello\nnamed = Hello, { $brand }!\n").unwrap();
        let hostile = "{ $x }<b>\u{202e}";
        let cases = [
            ("a plain text", texts.say("plain").into_owned(), "Hello".to_owned()),
            ("a missing text", texts.say("absent").into_owned(), "absent".to_owned()),
            (
                "a variable",
                texts.say_with("named", &[("brand", "Acme")]),
                "Hello, Acme!".to_owned(),
            ),
            (
                "a value that looks like a pattern",
                texts.say_with("named", &[("brand", hostile)]),
                format!("Hello, {hostile}!"),
            ),
            ("a missing text with a variable", texts.say_with("absent", &[]), "absent".to_owned()),
            ("a variable left out", texts.say("named").into_owned(), "Hello, {$brand}!".to_owned()),
        ];
        for (what, said, expected) in cases {
            assert_eq!(said, expected, "{what}");
        }
    }

    #[test]
    fn broken_texts_are_refused() {
        let cases = [
            ("a bad tag", Texts::parse("not a tag", "a = b\n").err().map(|e| e.to_string())),
            ("a bad file", Texts::parse("en", "= b\n").err().map(|e| e.to_string())),
            ("one id twice", Texts::parse("en", "a = b\na = c\n").err().map(|e| e.to_string())),
        ];
        for (what, error) in cases {
            assert!(error.is_some(), "{what}");
        }
    }

    #[test]
    fn a_name_in_another_script_is_kept_apart_where_the_text_runs_from_right_to_left() {
        let said = |tag| {
            let texts = Texts::parse(tag, "named = Hello, { $brand }!\n").unwrap();
            (texts.say_with("named", &[("brand", "Acme (EU)")]), texts.direction())
        };
        assert_eq!(said("ar"), ("Hello, \u{2068}Acme (EU)\u{2069}!".to_owned(), "rtl"));
        assert_eq!(said("de"), ("Hello, Acme (EU)!".to_owned(), "ltr"));
    }
}
