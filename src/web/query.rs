//! Names and values of a query or a form as written, read once.

use std::borrow::Cow;

use memchr::memchr;

use crate::backend::query_value;
use crate::domain::{BrandId, Forward, Parameter};

/// A query or form that every reader understands alike.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    raw: &'a str,
    values: [Option<&'a str>; Parameter::ALL.len()],
    is_form: bool,
}

/// The query or form is read differently by different readers, or not readable at all.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the parameters are not written so that every reader understands them alike")]
pub struct Malformed;

impl<'a> Query<'a> {
    /// Reads a URL's query: what follows the `?`.
    pub fn parse(raw: &'a str) -> Result<Self, Malformed> {
        let mut query = Self { raw, ..Self::default() };
        query.read(raw)?;
        Ok(query)
    }

    /// Reads a form's body on top of the URL's query: together, a parameter occurs once.
    pub fn with_form(mut self, body: &'a str) -> Result<Form<'a>, Malformed> {
        let mut form = Self { raw: body, is_form: true, ..Self::default() };
        form.read(body)?;
        for (in_query, in_form) in self.values.iter_mut().zip(&form.values) {
            if in_query.is_some() && in_form.is_some() {
                return Err(Malformed);
            }
        }
        self.raw = "";
        Ok(Form { query: self, form })
    }

    fn read(&mut self, raw: &'a str) -> Result<(), Malformed> {
        // Raw white space, control characters, `#` and everything beyond ASCII has no place in a
        // URI (RFC 3986 §2), and PHP reads `;` in some versions as a separator. Without an early
        // end, the compiler looks at many bytes at once.
        let has_a_place = |byte: u8| byte.is_ascii_graphic() && byte != b';' && byte != b'#';
        if !raw.bytes().fold(true, |all, byte| all & has_a_place(byte)) {
            return Err(Malformed);
        }
        let mut rest = raw;
        while !rest.is_empty() {
            let (pair, after) = cut(rest, b'&').unwrap_or((rest, ""));
            rest = after;
            if pair.is_empty() {
                continue;
            }
            let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            if name.is_empty() || !name.bytes().all(plain) {
                return Err(Malformed);
            }
            if let Some(parameter) = Parameter::alike(name) {
                let place = self.values.get_mut(parameter as usize).ok_or(Malformed)?;
                if place.is_some() || name != parameter.as_str() {
                    return Err(Malformed);
                }
                *place = Some(value);
            }
        }
        Ok(())
    }

    /// The query as it came.
    pub fn as_str(&self) -> &'a str {
        self.raw
    }

    /// A value, decoded exactly once. In a query `+` stays `+`; in a form it is a space.
    pub fn value(&self, parameter: Parameter) -> Result<Option<Cow<'a, str>>, Malformed> {
        let Some(raw) = self.values.get(parameter as usize).copied().flatten() else {
            return Ok(None);
        };
        let has = |byte: u8| memchr(byte, raw.as_bytes()).is_some();
        let is_encoded = has(b'%') || (self.is_form && has(b'+'));
        Ok(Some(if is_encoded { Cow::Owned(self.decode(raw)?) } else { Cow::Borrowed(raw) }))
    }

    fn decode(&self, raw: &str) -> Result<String, Malformed> {
        let mut decoded = Vec::with_capacity(raw.len());
        let mut bytes = raw.bytes();
        while let Some(byte) = bytes.next() {
            decoded.push(match byte {
                b'%' => hex_digit(bytes.next())? * 16 + hex_digit(bytes.next())?,
                b'+' if self.is_form => b' ',
                _ => byte,
            });
        }
        String::from_utf8(decoded).map_err(|_| Malformed)
    }

    /// `brand_id`; left blank it is not there.
    pub fn brand_id(&self) -> Result<Option<BrandId>, Malformed> {
        match self.value(Parameter::BrandId)?.as_deref() {
            None | Some("") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Malformed),
        }
    }

    /// What a backend gets to see: all of it, byte for byte, but for `return_to` where `forward`
    /// says so, and the parameters of `without`.
    pub fn forwarded(&self, forward: Forward, home: &str, without: &[Parameter]) -> Cow<'a, str> {
        let touches = |parameter: &Parameter| {
            self.values.get(*parameter as usize).is_some_and(Option::is_some)
        };
        let is_whole = forward == Forward::AsItCame || !touches(&Parameter::ReturnTo);
        if is_whole && !without.iter().any(touches) {
            return Cow::Borrowed(self.raw);
        }
        let mut kept = String::with_capacity(self.raw.len() + home.len());
        for pair in self.raw.split('&') {
            let name = pair.split('=').next().unwrap_or_default();
            let parameter = Parameter::alike(name);
            if parameter.is_some_and(|parameter| without.contains(&parameter)) {
                continue;
            }
            let replaced = parameter == Some(Parameter::ReturnTo);
            if replaced && forward == Forward::Nothing {
                continue;
            }
            if !kept.is_empty() {
                kept.push('&');
            }
            if replaced && forward == Forward::Home {
                kept.push_str("return_to=");
                kept.push_str(&query_value(home));
            } else {
                kept.push_str(pair);
            }
        }
        Cow::Owned(kept)
    }
}

/// A form together with the query of the address it was sent to.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    query: Query<'a>,
    form: Query<'a>,
}

impl<'a> Form<'a> {
    /// A value from wherever it stands, decoded exactly once.
    pub fn value(&self, parameter: Parameter) -> Result<Option<Cow<'a, str>>, Malformed> {
        match self.form.value(parameter)? {
            None => self.query.value(parameter),
            found => Ok(found),
        }
    }
}

impl<'a> From<Query<'a>> for Form<'a> {
    fn from(query: Query<'a>) -> Self {
        Self { query, form: Query::default() }
    }
}

/// Cuts `text` at the first `byte`.
fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let place = memchr(byte, text.as_bytes())?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

fn hex_digit(byte: Option<u8>) -> Result<u8, Malformed> {
    let digit = byte.and_then(|byte| char::from(byte).to_digit(16)).ok_or(Malformed)?;
    u8::try_from(digit).map_err(|_| Malformed)
}

/// Whether every `%` begins an escape of two hex digits.
pub(super) fn has_whole_escapes(raw: &str) -> bool {
    raw.split('%').skip(1).all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::{Malformed, Query};
    use crate::domain::{Forward, Parameter};

    #[test]
    fn a_name_is_written_in_one_way_and_once() {
        let cases = [
            ("nothing", "", true),
            ("Zendesk's own", "brand_id=1&locale_id=1&return_to=%2Fhc&timestamp=1", true),
            ("unknown ones too", "service=zendesk&x-y_Z=1", true),
            ("empty pairs", "&&brand_id=1&", true),
            ("a nested URL", "return_to=https://a.example/?x=https://b.example/", true),
            ("a name without a value", "brand_id", true),
            ("twice", "return_to=/a&return_to=/b", false),
            ("twice, in other letters", "return_to=/a&Return_To=/b", false),
            ("in other letters alone", "RETURN_TO=/a", false),
            ("PHP: a dot becomes _", "return.to=/a", false),
            ("PHP: a space becomes _", "return+to=/a", false),
            ("PHP: an encoded space", "return%20to=/a", false),
            ("an encoded _", "return%5Fto=/a", false),
            ("an encoded letter", "%72eturn_to=/a", false),
            ("PHP: a bracket becomes _", "return[to=/a", false),
            ("PHP: an array", "return_to[]=/a", false),
            ("PHP: leading space is cut", "+return_to=/a", false),
            ("PHP: NUL ends a name", "return_to%00x=/a", false),
            ("no name", "=/a", false),
            ("a raw semicolon", "a=1;return_to=/b", false),
            ("a semicolon in a value", "return_to=/hc;x", false),
            ("not ASCII", "return_to=/ü", false),
        ];
        for (what, raw, good) in cases {
            assert_eq!(Query::parse(raw).is_ok(), good, "{what}: {raw}");
        }
    }

    #[test]
    fn a_value_is_decoded_exactly_once() {
        let value = |raw| Query::parse(raw).unwrap().value(Parameter::ReturnTo);
        let good = |text: &'static str| Ok(Some(text.into()));
        let cases = [
            ("return_to=%2Fhc", good("/hc")),
            ("return_to=%252Fhc", good("%2Fhc")),
            ("return_to=a+b", good("a+b")),
            ("return_to=%C3%BC", good("ü")),
            ("return_to=%2", Err(Malformed)),
            ("return_to=%zz", Err(Malformed)),
            ("return_to=%", Err(Malformed)),
            ("return_to=%ff", Err(Malformed)),
            ("return_to", good("")),
            ("brand_id=1", Ok(None)),
        ];
        for (raw, expected) in cases {
            assert_eq!(value(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_form_and_its_address_share_their_names() {
        let form = |query, body| Query::parse(query).unwrap().with_form(body);
        let value = |query, body| form(query, body).unwrap().value(Parameter::ReturnTo).unwrap();
        assert_eq!(value("", "return_to=a+b").unwrap(), "a b", "`+` is a space in a form");
        assert_eq!(value("return_to=a+b", "jwt=x").unwrap(), "a+b", "and itself in a query");
        assert!(form("return_to=/a", "return_to=/a").is_err(), "once, together");
        assert!(form("", "return%5Fto=/a").is_err(), "one spelling");
    }

    #[test]
    fn only_what_must_not_go_on_is_taken_out() {
        let raw = "a=%41&brand_id=1&return_to=%2Faccess%2Flogout&email=x%40y&b=+&external_id=";
        let query = Query::parse(raw).unwrap();
        let personal = [Parameter::Email, Parameter::ExternalId];
        let cases = [
            (Forward::AsItCame, &[][..], raw),
            (Forward::Nothing, &[], "a=%41&brand_id=1&email=x%40y&b=+&external_id="),
            (Forward::Home, &personal, "a=%41&brand_id=1&return_to=https%3A%2F%2Fa.example%2F&b=+"),
            (Forward::Nothing, &personal, "a=%41&brand_id=1&b=+"),
        ];
        for (forward, without, expected) in cases {
            assert_eq!(query.forwarded(forward, "https://a.example/", without), expected);
        }
    }
}
