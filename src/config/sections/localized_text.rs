//! What people are told in the file's own words: a text for all, or one for each of some languages.

use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::{Code, hints};
use crate::domain::{LANGUAGES, LocalizedText};

/// Longest text, in characters: a few sentences.
const LONGEST: usize = 500;

/// Reads it; `missing` says what it lacks where it is blank.
pub(super) fn read(value: Value<'_>, missing: &'static str) -> Read<LocalizedText> {
    if value.is_text() {
        return sentences(&value, missing).map(LocalizedText::Everybody);
    }
    let fields = Fields::of_form(value, "a text, or a mapping of languages such as `en: …`")?;
    let texts = LANGUAGES.map(|tag| {
        let text = fields.optional_with(tag, |value| sentences(&value, missing));
        (tag, text)
    });
    fields.finish();
    let mut told = Vec::new();
    for (tag, text) in texts {
        told.extend(text?.map(|text| (tag, text)));
    }
    if told.is_empty() {
        // A language that is none of ours has been told already.
        if value.names().is_none_or(|mut names| names.next().is_none()) {
            value.error(Code::EmptyValue, missing);
        }
        return Err(Reported);
    }
    Ok(LocalizedText::ByLanguage(told.into()))
}

fn sentences(value: &Value<'_>, missing: &'static str) -> Read<Box<str>> {
    let text = value.free_text()?.trim();
    if hints::is_placeholder_in_prose(text) {
        return Err(value.placeholder());
    }
    if text.is_empty() {
        value.error(Code::EmptyValue, missing);
        return Err(Reported);
    }
    if text.chars().count() > LONGEST {
        value.error(Code::WrongType, "expected at most 500 characters, found more");
        return Err(Reported);
    }
    Ok(text.into())
}
