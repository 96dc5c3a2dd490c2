//! How a brand's pages look, and what they say besides.

use url::Url;

use super::{address, localized_text};
use crate::config::document::{Fields, Read, Reported, Value};
use crate::config::report::{Code, hints};
use crate::domain::{Rgb, Theme};

/// Reads `theme`.
pub(super) fn read(value: Value<'_>) -> Read<Theme> {
    let fields = Fields::of(value)?;
    let logo = fields.optional_with("logo", address::read);
    let color = fields.optional_with("color", color);
    let support = fields.optional_with("support", support);
    let note = fields.optional_with("note", |value| {
        localized_text::read(value, "people are to be told something")
    });
    fields.finish();
    Ok(Theme { logo: logo?, color: color?, support: support?, note: note? })
}

fn color(value: Value<'_>) -> Read<Rgb> {
    value.written()?.parse().map_err(|error: <Rgb as std::str::FromStr>::Err| {
        value
            .error(Code::ColorInvalid, error.to_string())
            .with_hint("in quotes, because `#` begins a comment: `'#0b5fff'`");
        Reported
    })
}

fn support(value: Value<'_>) -> Read<Url> {
    let text = value.written()?;
    let is_mail = text.starts_with("mailto:") && !text.contains(char::is_whitespace);
    let mail = Url::parse(text).ok().filter(|url| url.path().contains('@'));
    match (is_mail, mail, hints::support(text)) {
        (true, Some(mail), _) => return Ok(mail),
        (true, None, _) => {
            let example = "such as `mailto:help@acme.example`";
            value.error(Code::SupportInvalid, "not an e-mail address").with_hint(example);
        }
        (false, _, Some(hint)) => {
            value
                .error(Code::SupportInvalid, "neither an address of the web nor a `mailto:`")
                .with_hint(hint);
        }
        (false, _, None) => return address::read(value),
    }
    Err(Reported)
}
