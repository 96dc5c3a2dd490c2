//! The fields of a form of ours, read so that nobody else would read them otherwise.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::error::WebError;
use super::query::{Malformed, has_whole_escapes};

/// Most fields of a form: each is compared with all before it, and anybody may send one.
pub(super) const MAX_FIELDS: usize = 64;

/// A form's fields, each of which occurs once.
pub(super) struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    /// Reads the body of a form.
    pub(super) fn parse(body: &'a str) -> Result<Self, WebError> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b';' && byte != b'#';
        if !body.bytes().all(plain) {
            return Err(Malformed.into());
        }
        let mut fields: Vec<(&str, &str)> = Vec::new();
        for pair in body.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if fields.len() == MAX_FIELDS {
                return Err(WebError::TooManyFields);
            }
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            let is_new = !fields.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
            if name.is_empty() || !name.bytes().all(plain) || !is_new {
                return Err(Malformed.into());
            }
            if !has_whole_escapes(value) {
                return Err(Malformed.into());
            }
            fields.push((name, value));
        }
        Ok(Self(fields))
    }

    /// A field's value, decoded once; `None` if the form has no such field.
    pub(super) fn value(&self, name: &str) -> Result<Option<String>, Malformed> {
        let Some((_, raw)) = self.0.iter().find(|(known, _)| *known == name) else {
            return Ok(None);
        };
        let spaced: Cow<'_, str> =
            if raw.contains('+') { raw.replace('+', " ").into() } else { (*raw).into() };
        let decoded = percent_decode_str(&spaced).decode_utf8().map_err(|_| Malformed)?;
        Ok(Some(decoded.into_owned()))
    }

    /// A field's value; a field that is not there is empty.
    pub(super) fn text(&self, name: &str) -> Result<String, Malformed> {
        Ok(self.value(name)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, MAX_FIELDS, Malformed, WebError};
    use crate::backend::cognito::Attribute;

    #[test]
    fn a_field_is_read_in_one_way() {
        let value = |body: &str| match Fields::parse(body) {
            Ok(fields) => fields.value("password"),
            Err(_) => Err(Malformed),
        };
        let good = |text: &str| Ok(Some(text.to_owned()));
        let cases = [
            ("password=a%2Bb+c", good("a+b c")),
            ("a=b&password=%C3%BC&", good("ü")),
            ("password=%252B", good("%2B")),
            ("password=", good("")),
            ("password", good("")),
            ("a=b", Ok(None)),
            ("", Ok(None)),
            ("Password=a", Ok(None)),
            ("password=a&password=b", Err(Malformed)),
            ("password=a&PASSWORD=b", Err(Malformed)),
            ("pass%77ord=a", Err(Malformed)),
            ("pass.word=a", Err(Malformed)),
            ("=a", Err(Malformed)),
            ("password=%2", Err(Malformed)),
            ("password=%zz", Err(Malformed)),
            ("password=%ff", Err(Malformed)),
            ("password=a;b", Err(Malformed)),
            ("password=ü", Err(Malformed)),
        ];
        for (body, expected) in cases {
            assert_eq!(value(body), expected, "{body}");
        }
    }

    #[test]
    fn a_form_has_only_so_many_fields() {
        let form =
            |fields: usize| (0..fields).map(|it| format!("f{it}=")).collect::<Vec<_>>().join("&");
        assert!(Fields::parse(&form(MAX_FIELDS)).is_ok());
        for fields in [MAX_FIELDS + 1, 10_000] {
            let parsed = Fields::parse(&form(fields)).err();
            assert!(matches!(parsed, Some(WebError::TooManyFields)), "{fields}");
        }
        // token, challenge, the new password twice, and whatever the pool wants.
        const { assert!(2 * (4 + Attribute::ALL.len()) < MAX_FIELDS) };
    }
}
