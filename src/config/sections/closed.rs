//! `closed`: nobody signs in at a brand, or by a backend, and people are told why.

use super::localized_text;
use crate::config::document::{Read, Reported, Value};
use crate::config::report::Code;
use crate::domain::LocalizedText;

/// Reads what people are told.
pub(super) fn read(value: Value<'_>) -> Read<Box<LocalizedText>> {
    let told = localized_text::read(value, "people are to be told why nobody can sign in")?;
    // Whoever writes `closed: false` wants the opposite of a text that says “false”.
    let is_switch = |text: &str| {
        ["true", "false", "yes", "no", "on", "off"].iter().any(|it| text.eq_ignore_ascii_case(it))
    };
    if matches!(&told, LocalizedText::Everybody(text) if is_switch(text)) {
        value
            .error(Code::WrongType, "expected what people are told, found a switch")
            .with_hint("leave the key out where people may sign in");
        return Err(Reported);
    }
    Ok(Box::new(told))
}

#[cfg(test)]
mod tests {
    use crate::config::{References, look};

    const FULL: &str = include_str!("../tests/full.yaml");

    #[test]
    fn what_people_are_told_is_a_text_of_some_sentences_or_one_for_each_language() {
        let brands = FULL.find("\nbrands:").unwrap();
        let (above, below) = FULL.split_at(brands);
        let said = |text: &str| {
            let source = format!("{above}{}", below.replacen("Back on Monday", text, 1));
            let loaded = look(&source, "brands.yaml", ".".as_ref(), References::Unopened);
            let report = loaded.report.json();
            let mut errors = report.as_array().unwrap().iter();
            let error = errors.find(|it| it["severity"] == "error")?;
            let path = error["path"].as_str().unwrap();
            assert!(path.starts_with("brands.shoes.closed"), "{error}");
            Some(error["code"].as_str().unwrap().to_owned())
        };
        let (long, longer) = ("é".repeat(500), "é".repeat(501));
        let good = [
            "Back on Monday",
            "2027-01-01",
            "'<b>Back</b> & soon: 50 %, $5'",
            "'{ braces }'",
            "|\n      Back on Monday.\n      Please call us.",
            long.as_str(),
            "{ en: Back on Monday }",
            "{ ja: 月曜日に再開します, de: Ab Montag wieder }",
        ];
        for text in good {
            assert_eq!(said(text), None, "{text}");
        }
        let bad = [
            ("false", "wrong-type"),
            ("'No'", "wrong-type"),
            ("true", "wrong-type"),
            ("[Back, soon]", "wrong-type"),
            ("{}", "empty-value"),
            ("{ en: }", "empty-value"),
            ("{ en: Back, de: '' }", "empty-value"),
            ("{ en: Back, de: [Montag] }", "wrong-type"),
            ("{ pt: Volta }", "unknown-key"),
            ("{ EN: Back }", "unknown-key"),
            (longer.as_str(), "wrong-type"),
            ("''", "empty-value"),
            ("'  '", "empty-value"),
            ("~", "empty-value"),
            ("${REASON}", "placeholder"),
            ("'Back on {{ day }}'", "placeholder"),
        ];
        for (text, code) in bad {
            assert_eq!(said(text).as_deref(), Some(code), "{text}");
        }
    }
}
