//! Names and values of a query or a form as written, read once.

use std::borrow::Cow;
use std::num::NonZeroU16;

use actix_web::dev::RequestHead;
use memchr::memchr;

use crate::backend::query_value;
use crate::domain::{BrandId, Forward, Parameter};
use crate::web::request::error::{Malformed, RequestError};
use crate::web::request::limits::MAX_ADDRESS;

/// Zendesk's number for the person's language, if the query says one. It comes to nothing worse than
/// a page in another language: nobody reads it twice.
pub(in crate::web) fn locale(query: &str) -> Option<NonZeroU16> {
    let mut rest = query;
    loop {
        if let Some(value) = rest.strip_prefix("locale_id=") {
            return cut(value, b'&').map_or(value, |(value, _)| value).parse().ok();
        }
        (_, rest) = cut(rest, b'&')?;
    }
}

/// A query or form in which every reader finds the same values for our parameters.
///
/// All other names are none of ours, and nobody's business here.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    raw: &'a str,
    values: [Option<&'a str>; Parameter::ALL.len()],
    is_form: bool,
    /// The first parameter that readers who separate by `;`, too, find or read otherwise.
    behind_semicolon: Option<Parameter>,
}

impl<'a> Query<'a> {
    /// Reads the query of `request`.
    pub(in crate::web) fn of(request: &'a RequestHead) -> Result<Self, RequestError> {
        let uri = &request.uri;
        Self::at(uri.path(), uri.query().unwrap_or_default())
    }

    /// Reads the query that follows `path`.
    pub(in crate::web) fn at(path: &str, raw: &'a str) -> Result<Self, RequestError> {
        if path.len() + raw.len() > MAX_ADDRESS {
            return Err(RequestError::AddressTooLong);
        }
        Ok(Self::parse(raw)?)
    }

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
        for parameter in Parameter::ALL {
            if self.value(parameter)?.is_some() && form.value(parameter)?.is_some() {
                return Err(Malformed::Twice(parameter));
            }
        }
        self.raw = "";
        Ok(Form { query: self, form })
    }

    fn read(&mut self, raw: &'a str) -> Result<(), Malformed> {
        // Without an early end, the compiler looks at many bytes at once.
        let has_a_place = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if !raw.bytes().fold(true, |all, byte| all & has_a_place(byte)) {
            return Err(Malformed::Characters);
        }
        let has_semicolon = memchr(b';', raw.as_bytes()).is_some();
        let mut rest = raw;
        while !rest.is_empty() {
            let (pair, after) = cut(rest, b'&').unwrap_or((rest, ""));
            rest = after;
            let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
            if let Some(parameter) = Parameter::named(name) {
                let Some(place) = self.values.get_mut(parameter as usize) else { continue };
                if place.is_some() {
                    return Err(Malformed::Twice(parameter));
                }
                *place = Some(value);
                if has_semicolon && memchr(b';', value.as_bytes()).is_some() {
                    self.behind_semicolon = self.behind_semicolon.or(Some(parameter));
                }
            } else if let Some(parameter) = Parameter::taken_for(name) {
                return Err(Malformed::LooksLike(parameter));
            } else if has_semicolon {
                let found = between_semicolons(pair).next().map(|(parameter, ..)| parameter);
                self.behind_semicolon = self.behind_semicolon.or(found);
            }
        }
        Ok(())
    }

    /// The query as it came.
    pub fn as_str(&self) -> &'a str {
        self.raw
    }

    /// A value, decoded exactly once; left blank it is not given. In a query `+` stays `+`; in a
    /// form it is a blank.
    pub fn value(&self, parameter: Parameter) -> Result<Option<Cow<'a, str>>, Malformed> {
        match self.values.get(parameter as usize).copied().flatten() {
            None | Some("") => Ok(None),
            Some(raw) => {
                let value = decode(raw, self.is_form).ok_or(Malformed::Value(parameter))?;
                Ok(Some(value).filter(|text| !text.trim_ascii().is_empty()))
            }
        }
    }

    /// `brand_id`.
    pub fn brand_id(&self) -> Result<Option<BrandId>, Malformed> {
        let text = self.value(Parameter::BrandId)?;
        let invalid = |_| Malformed::Value(Parameter::BrandId);
        text.map(|text| text.parse().map_err(invalid)).transpose()
    }

    /// Refuses what readers who separate by `;`, too, take for one of our parameters, and values of
    /// ours that they cut there. Where nothing goes on, nobody reads after us.
    pub fn for_all_readers(&self) -> Result<(), Malformed> {
        self.behind_semicolon.map_or(Ok(()), |parameter| Err(Malformed::Semicolon(parameter)))
    }

    /// The same, but for what those readers alone find and `is_good` finds harmless: an address that
    /// was escaped for HTML once too often has `&amp;` for each `&`.
    pub fn for_all_readers_or(
        &self,
        is_good: impl Fn(Parameter, &str) -> bool,
    ) -> Result<(), Malformed> {
        if self.behind_semicolon.is_none() {
            return Ok(());
        }
        let mut found = self.values.map(|value| value.is_some());
        for (parameter, name, value) in self.raw.split('&').flat_map(between_semicolons) {
            let Some(is_there) = found.get_mut(parameter as usize) else { continue };
            let is_once = !std::mem::replace(is_there, true) && name == parameter.as_str();
            let value = decode(value, false);
            let is_harmless = is_once && value.is_some_and(|value| is_good(parameter, &value));
            if !is_harmless {
                return Err(Malformed::Semicolon(parameter));
            }
        }
        Ok(())
    }

    /// What a backend gets to see: all of it, byte for byte, but for `return_to` where `forward`
    /// says so, and the parameters of `without`.
    pub fn forwarded(&self, forward: Forward, home: &str, without: &[Parameter]) -> Cow<'a, str> {
        let touches = |parameter: &Parameter| {
            self.values.get(*parameter as usize).is_some_and(Option::is_some)
        };
        let is_whole = forward == Forward::Verbatim || !touches(&Parameter::ReturnTo);
        if is_whole && !without.iter().any(touches) {
            return Cow::Borrowed(self.raw);
        }
        let mut kept = String::with_capacity(self.raw.len() + home.len());
        for pair in self.raw.split('&') {
            let name = pair.split('=').next().unwrap_or_default();
            let is = |parameter: &Parameter| parameter.as_str() == name;
            if without.iter().any(is) {
                continue;
            }
            let replaced = is(&Parameter::ReturnTo);
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

/// Our parameters between the `;` of `pair`, each with its name and value as written.
fn between_semicolons(pair: &str) -> impl Iterator<Item = (Parameter, &str, &str)> {
    let parts = pair.contains(';').then(|| pair.split(';')).into_iter().flatten();
    parts.filter_map(|part| {
        let (name, value) = cut(part, b'=').unwrap_or((part, ""));
        Some((Parameter::taken_for(name)?, name, value))
    })
}

/// Cuts `text` at the first `byte`.
fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let place = memchr(byte, text.as_bytes())?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// `raw`, decoded once: every `%` must begin an escape.
fn decode(raw: &str, is_form: bool) -> Option<Cow<'_, str>> {
    let has = |byte: u8| memchr(byte, raw.as_bytes()).is_some();
    let is_encoded = has(b'%') || (is_form && has(b'+'));
    if !is_encoded {
        return Some(Cow::Borrowed(raw));
    }
    let mut decoded = vec![0; raw.len()];
    let mut places = decoded.iter_mut();
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        *places.next()? = match byte {
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            b'+' if is_form => b' ',
            byte => byte,
        };
    }
    let unused = places.len();
    decoded.truncate(raw.len() - unused);
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Whether every `%` begins an escape of two hex digits.
pub(in crate::web) fn has_whole_escapes(raw: &str) -> bool {
    raw.split('%').skip(1).all(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests;
