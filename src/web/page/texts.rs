//! What the pages say, in the person's language.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentError, FluentResource, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, LanguageIdentifierError};

use crate::web::page::hand_off::CutPage;
use crate::web::page::pages::PageError;

const ENGLISH: (&str, &str) = ("en", include_str!("../../../locales/en.ftl"));

/// Every language compiled in; the first is for people who ask for none of them.
const LANGUAGES: &[(&str, &str)] = &[ENGLISH];

/// The texts of one language.
pub(crate) struct Texts {
    language: LanguageIdentifier,
    tag: String,
    bundle: FluentBundle<FluentResource>,
    /// The hand-off: of brands without a stylesheet of their own, and of those with one.
    hand_off: [OnceLock<CutPage>; 2],
}

impl Texts {
    /// The texts in English, which every message has.
    #[cfg(test)]
    pub(crate) fn english() -> Result<Self, TextsError> {
        let (tag, source) = ENGLISH;
        Self::parse(tag, source)
    }

    fn parse(tag: &str, source: &str) -> Result<Self, TextsError> {
        let broken = |problem: String| TextsError::Messages { tag: tag.to_owned(), problem };
        let language: LanguageIdentifier =
            tag.parse().map_err(|source| TextsError::Language { tag: tag.to_owned(), source })?;
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| broken(listed(&errors)))?;
        let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
        // Isolation marks would end up in titles and in copied text.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).map_err(|errors| broken(listed(&errors)))?;
        Ok(Self { language, tag: tag.to_owned(), bundle, hand_off: Default::default() })
    }

    /// The language's tag, for the `lang` attribute.
    pub(crate) fn language(&self) -> &str {
        &self.tag
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

/// All languages, to choose one for each person.
pub(crate) struct Languages {
    default: Texts,
    others: Vec<Texts>,
}

impl Languages {
    /// The languages that are compiled in.
    pub(crate) fn built_in() -> Result<Self, TextsError> {
        Self::parse(LANGUAGES)
    }

    fn parse(sources: &[(&str, &str)]) -> Result<Self, TextsError> {
        let (first, rest) = sources.split_first().ok_or(TextsError::Nothing)?;
        let parse = |(tag, source): &(&str, &str)| Texts::parse(tag, source);
        let others = rest.iter().map(parse).collect::<Result<_, _>>()?;
        Ok(Self { default: parse(first)?, others })
    }

    /// The language that an `Accept-Language` header asks for first and that we have.
    pub(crate) fn choose(&self, accept_language: &str) -> &Texts {
        preferences(accept_language)
            .into_iter()
            .find_map(|wish| {
                let all = || std::iter::once(&self.default).chain(&self.others);
                all()
                    .find(|texts| texts.language == wish)
                    .or_else(|| all().find(|texts| texts.language.language == wish.language))
            })
            .unwrap_or(&self.default)
    }
}

/// Why the texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The language's own tag is not one.
    #[error("`{tag}` is not a language tag")]
    Language {
        /// The tag as written.
        tag: String,
        /// What the parser says.
        #[source]
        source: LanguageIdentifierError,
    },
    /// The file of messages does not hold together.
    #[error("the texts of `{tag}` cannot be used: {problem}")]
    Messages {
        /// The language.
        tag: String,
        /// Every fault found.
        problem: String,
    },
    /// There is no language at all.
    #[error("no language is compiled in")]
    Nothing,
}

/// The languages of the header, most wanted first; what cannot be read is passed over.
fn preferences(accept_language: &str) -> Vec<LanguageIdentifier> {
    // A browser names a handful; a longer list is somebody's attempt to make us sort.
    const MOST: usize = 20;
    let mut wishes: Vec<(u16, LanguageIdentifier)> = accept_language
        .split(',')
        .take(MOST)
        .filter_map(|part| {
            let (tag, parameter) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight = thousandths(parameter.trim().strip_prefix("q=")?)?;
            (weight > 0).then_some((weight, tag.trim().parse().ok()?))
        })
        .collect();
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wishes.into_iter().map(|(_, language)| language).collect()
}

/// A weight such as `0.8`, as a whole number: its three decimals are all that the header allows.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole {
        "1" => Some(1000),
        "0" => format!("{decimals:0<3}").parse().ok(),
        _ => None,
    }
}

fn listed<E: ToString>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::{collections::BTreeSet, fs};

    use super::*;
    use crate::web::page::pages::error_kinds;

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
            ("no language", Languages::parse(&[]).err().map(|e| e.to_string())),
        ];
        for (what, error) in cases {
            assert!(error.is_some(), "{what}");
        }
    }

    #[test]
    fn the_language_is_the_first_wish_that_we_have() {
        let languages =
            Languages::parse(&[("en", "a = b\n"), ("de", "a = b\n"), ("pt-BR", "a = b\n")])
                .unwrap();
        let long = format!("{}de", "xx,".repeat(10_000));
        let cases = [
            ("nothing said", "", "en"),
            ("the language itself", "de", "de"),
            ("a region of it", "de-AT,en;q=0.5", "de"),
            ("another region of it", "pt-PT", "pt-BR"),
            ("the greatest weight", "en;q=0.5, de;q=0.8", "de"),
            ("an explicit no", "de;q=0, pt-BR;q=0.1", "pt-BR"),
            ("unknown languages first", "tlh, xx, de;q=0.1", "de"),
            ("anything", "*", "en"),
            ("noise", ";;;q=,,\u{0};q=9,de;q=0.1234,=", "en"),
            ("an endless list", &long, "en"),
        ];
        for (what, header, expected) in cases {
            assert_eq!(languages.choose(header).language(), expected, "{what}");
        }
    }

    #[test]
    fn every_text_is_used_and_every_text_used_exists() {
        let (_, english) = ENGLISH;
        let defined = ids(english);
        let mut used: BTreeSet<String> = error_kinds()
            .into_iter()
            .flat_map(|kind| [format!("error-{kind}-title"), format!("error-{kind}-text")])
            .collect();
        used.extend(sources().iter().flat_map(|source| ids_said(source)));
        assert_eq!(defined.difference(&used).collect::<Vec<_>>(), [] as [&String; 0], "unused");
        assert_eq!(used.difference(&defined).collect::<Vec<_>>(), [] as [&String; 0], "missing");
    }

    #[test]
    fn every_language_has_the_same_texts() {
        for (tag, source) in LANGUAGES {
            assert!(Texts::parse(tag, source).is_ok(), "{tag}");
            assert_eq!(ids(source), ids(ENGLISH.1), "{tag}");
        }
        assert!(Texts::english().is_ok() && Languages::built_in().is_ok());
    }

    fn ids(source: &str) -> BTreeSet<String> {
        source
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()))
            .collect()
    }

    /// Templates and the code above its tests.
    fn sources() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let code: Vec<String> = below(root.join("src/web"), "rs")
            .into_iter()
            .map(|text| {
                let code = text.split_once("#[cfg(test)]\nmod tests").map(|(code, _)| code.into());
                code.unwrap_or(text)
            })
            .collect();
        assert!(code.len() > 40, "only {} files of code were found", code.len());
        below(root.join("templates"), "html").into_iter().chain(code).collect()
    }

    /// What the files in `folder` and its folders say that end in `extension`, tests left out.
    fn below(folder: PathBuf, extension: &str) -> Vec<String> {
        let mut paths = vec![folder];
        let mut found = Vec::new();
        while let Some(path) = paths.pop() {
            if path.is_dir() {
                paths.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if path.extension().is_some_and(|its| its == extension)
                && path.file_stem().is_some_and(|name| name != "tests")
            {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
        found
    }

    /// The ids in `say("…")`, `say_with("…", …)` and `label: "…"`.
    fn ids_said(source: &str) -> Vec<String> {
        ["say(", "say_with(", "label:"]
            .iter()
            .flat_map(|call| source.split(call).skip(1))
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
            .map(str::to_owned)
            .collect()
    }
}
