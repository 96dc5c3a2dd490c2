//! What one value is read as: a text, a number, a word, a switch, or whatever JSON has.

use secrecy::SecretString;

use super::{FromNode, Read, Reported, Step, Value};
use crate::config::document::tree::NodeKind;
use crate::config::report::problem::{listed, you_may_mean};
use crate::config::report::{Code, hints};

impl<'v> Value<'v> {
    /// The text, whatever is meant by it, unless it is none.
    pub(super) fn scalar(&self) -> Option<&'v str> {
        match &self.node.kind {
            NodeKind::Scalar { text, .. } if !self.node.is_null() => Some(text),
            _ => None,
        }
    }

    /// The text that stands here.
    pub(in crate::config) fn text(&self) -> Read<&'v str> {
        self.scalar().ok_or_else(|| {
            let hint = match self.node.kind {
                NodeKind::Sequence(_) => Some("one value, without brackets or dashes"),
                NodeKind::Mapping(_) => Some("one value, without keys or braces"),
                _ => None,
            };
            self.unfit("text", hint)
        })
    }

    /// The text that stands here and is meant as it is written: nothing is put in the place of
    /// `${NAME}` and the like.
    pub(in crate::config) fn written(&self) -> Read<&'v str> {
        let text = self.text()?;
        if hints::holds_placeholder(text) {
            return Err(self.placeholder());
        }
        Ok(text)
    }

    /// Reports that something else would have to replace this.
    pub(in crate::config) fn placeholder(&self) -> Reported {
        self.error(Code::Placeholder, hints::NOTHING_PUT_IN).with_hint(hints::VALUE_ITSELF);
        Reported
    }

    /// A text that may be anything, with a warning where ` #` ends it and seems to be a part of it.
    pub(in crate::config) fn free_text(&self) -> Read<&'v str> {
        let text = self.text()?;
        if matches!(self.node.kind, NodeKind::Scalar { cut: true, .. }) {
            self.warning(Code::TextCut, "` #` ends the text here, and begins a comment")
                .with_hint("for a `#` in the text, put it in quotes: `'…'`");
        }
        Ok(text)
    }

    /// The number that stands here, in its plain form and without its unit.
    pub(in crate::config) fn number_of(&self, unit: &str) -> Read<u64> {
        self.number_as(&format!("a whole number of {unit}"))
    }

    fn number(&self) -> Read<u64> {
        self.number_as("a whole number")
    }

    fn number_as(&self, expected: &str) -> Read<u64> {
        let NodeKind::Scalar { text, plain, .. } = &self.node.kind else {
            let is_list = matches!(self.node.kind, NodeKind::Sequence(_));
            return Err(self.unfit(expected, is_list.then_some("one, without brackets or dashes")));
        };
        if hints::holds_placeholder(text) {
            return Err(self.placeholder());
        }
        let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_decimal {
            let has_digit = text.contains(|c: char| c.is_ascii_digit());
            let digits = if has_digit { "write digits only" } else { "in digits, such as `1`" };
            let hint = hints::tail(text).unwrap_or(digits);
            return Err(self.unfit(expected, Some(hint)));
        }
        if !plain {
            return Err(self.unfit(expected, Some("remove the quotes")));
        }
        if text.len() > 1 && text.starts_with('0') {
            let expected = format!("{expected} without zeros in front");
            return Err(self.unfit(&expected, Some("remove the zeros in front")));
        }
        text.parse().map_err(|_| {
            let message = format!("expected {expected} up to {}, found a larger one", u64::MAX);
            self.error(Code::WrongType, message);
            Reported
        })
    }

    fn boolean(&self) -> Read<bool> {
        let hint = match &self.node.kind {
            NodeKind::Scalar { text, plain, .. } => {
                match (text.to_ascii_lowercase().as_str(), plain) {
                    ("true", true) if text == "true" => return Ok(true),
                    ("false", true) if text == "false" => return Ok(false),
                    ("true" | "false", false) => Some("remove the quotes"),
                    ("true" | "yes" | "on" | "y" | "1", _) => Some("write `true`"),
                    ("false" | "no" | "off" | "n" | "0", _) => Some("write `false`"),
                    _ => hints::tail(text),
                }
            }
            _ => None,
        };
        Err(self.unfit("`true` or `false`", hint))
    }

    /// What the word that stands here means.
    pub(in crate::config) fn word<T: Copy>(&self, words: &[(&str, T)]) -> Read<T> {
        let text = self.scalar();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| Some(*word) == text) {
            return Ok(*meaning);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let expected = format!("one of {}", listed(&names));
        Err(match text {
            Some(_) => self.unknown_word(&names, &expected),
            None => self.unfit(&expected, None),
        })
    }

    /// Reports that the text here is none of `words`.
    pub(in crate::config) fn unknown_word(&self, words: &[&str], expected: &str) -> Reported {
        let mut problem = self.error(Code::UnknownWord, format!("expected {expected}"));
        let text = self.scalar().unwrap_or_default();
        if let Some(hint) = you_may_mean(text, words.iter().copied()) {
            problem.with_hint(hint);
        } else if let Some(hint) = match self.trail.step {
            Step::Index(_) => hints::entry(text),
            _ => hints::tail(text),
        } {
            problem.with_hint(hint);
        }
        Reported
    }

    /// The text that stands here, or is the only entry of the list that does.
    pub(in crate::config) fn only_text(&self) -> Option<&'v str> {
        match self.document.sequence(self.node) {
            Some([only]) => match &only.kind {
                NodeKind::Scalar { text, .. } => Some(text),
                _ => None,
            },
            _ => self.scalar(),
        }
    }

    /// Whether a text stands here, and not a list or a mapping.
    pub(in crate::config) fn is_text(&self) -> bool {
        self.scalar().is_some()
    }

    /// The value as JSON has it, of which one field of Zendesk's may be made.
    pub(in crate::config) fn json(&self) -> Read<serde_json::Value> {
        use serde_json::Value as Json;
        Ok(match &self.node.kind {
            NodeKind::Refused => return Err(Reported),
            NodeKind::Sequence(_) => Json::Array(self.each(|value| value.json())?),
            NodeKind::Mapping(_) => {
                let values = self.mapping().unwrap_or_default().iter().map(|entry| {
                    let value = self.within(&entry.value, Step::Key(&entry.key.text));
                    Ok((entry.key.text.clone().into_owned(), value.json()?))
                });
                // Every one is read, so that every problem is reported.
                let values: Vec<Read<_>> = values.collect();
                Json::Object(values.into_iter().collect::<Read<_>>()?)
            }
            NodeKind::Scalar { text, .. } if text.is_empty() && self.node.is_null() => {
                return self.or_empty().map(|_| Json::Null);
            }
            NodeKind::Scalar { .. } if self.node.is_null() => Json::Null,
            NodeKind::Scalar { text, plain: true, .. } if text == "true" => Json::Bool(true),
            NodeKind::Scalar { text, plain: true, .. } if text == "false" => Json::Bool(false),
            NodeKind::Scalar { text, plain: true, .. } if hints::is_switch_elsewhere(text) => {
                self.warning(Code::TextForSwitch, "this is a text here, and not a switch")
                    .with_hint("`true` or `false`; for the text, put it in quotes");
                Json::String(text.clone().into_owned())
            }
            NodeKind::Scalar { text, plain, .. } => match text.parse::<u64>() {
                Ok(number) if *plain && number.to_string() == *text => number.into(),
                _ => Json::String(text.clone().into_owned()),
            },
        })
    }
}

impl FromNode for String {
    fn read(value: Value<'_>) -> Read<Self> {
        value.text().map(str::to_owned)
    }
}

impl FromNode for SecretString {
    fn read(value: Value<'_>) -> Read<Self> {
        value.text().map(Into::into)
    }
}

impl FromNode for u64 {
    fn read(value: Value<'_>) -> Read<Self> {
        value.number()
    }
}

impl FromNode for bool {
    fn read(value: Value<'_>) -> Read<Self> {
        value.boolean()
    }
}
