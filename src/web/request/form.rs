//! The fields of a form of ours, read so that nobody else would read them otherwise.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::domain::is_taken_for;
use crate::web::request::error::{Malformed, RequestError};
use crate::web::request::limits::MAX_FIELDS;
use crate::web::request::query::has_whole_escapes;

/// Names and values of a posted form, as they were written.
pub(in crate::web) struct FormFields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> FormFields<'a> {
    /// Reads the body of a form.
    pub(in crate::web) fn parse(body: &'a str) -> Result<Self, RequestError> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        if !body.bytes().all(plain) {
            return Err(Malformed::Characters.into());
        }
        let pairs = || body.split('&').filter(|pair| !pair.is_empty());
        if pairs().nth(MAX_FIELDS).is_some() {
            return Err(RequestError::TooManyFields);
        }
        Ok(Self(pairs().map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect()))
    }

    /// A field's value, decoded once; `None` if the form has no such field.
    ///
    /// Whatever others could take for this field must be written like it, and once. All other names
    /// are none of ours.
    pub(in crate::web) fn value(&self, name: &str) -> Result<Option<String>, Malformed> {
        let mut alike = self.0.iter().filter(|(written, _)| is_taken_for(written, name));
        let Some((written, raw)) = alike.next() else { return Ok(None) };
        let is_readable = *written == name && has_whole_escapes(raw);
        if !is_readable || alike.next().is_some() {
            return Err(Malformed::Other);
        }
        let spaced = Zeroizing::new(raw.replace('+', " "));
        // With room for all of it, so that a password leaves no shorter copy behind as it grows.
        let mut decoded = Vec::with_capacity(spaced.len());
        decoded.extend(percent_decode_str(&spaced));
        String::from_utf8(decoded).map(Some).map_err(|_| Malformed::Other)
    }

    /// The same of a password, which is wiped when it is dropped.
    pub(in crate::web) fn secret(&self, name: &str) -> Result<Option<SecretString>, Malformed> {
        Ok(self.value(name)?.map(SecretString::from))
    }

    /// A field's value; a field that is not there is empty.
    pub(in crate::web) fn text(&self, name: &str) -> Result<String, Malformed> {
        Ok(self.value(name)?.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{FormFields, MAX_FIELDS, Malformed, RequestError};
    use crate::backend::cognito::StandardAttribute;

    #[test]
    fn a_field_is_read_in_one_way() {
        let value = |body: &str| match FormFields::parse(body) {
            Ok(fields) => fields.value("password"),
            Err(_) => Err(Malformed::Other),
        };
        let good = |text: &str| Ok(Some(text.to_owned()));
        let cases = [
            ("password=a%2Bb+c", good("a+b c")),
            ("a=b&password=%C3%BC&", good("ü")),
            ("password=%252B", good("%2B")),
            ("password=a;b", good("a;b")),
            ("password=", good("")),
            ("password", good("")),
            ("a=b", Ok(None)),
            ("", Ok(None)),
            ("form[_token]=a&ctl00$Main$x=b&submit.x=1&=c&password=d", good("d")),
            ("item[]=1&item[]=2&a=1&a=2&password=d", good("d")),
            ("a=%zz&b=%ff&c=;&password=d", good("d")),
            ("Password=a", Err(Malformed::Other)),
            ("password[]=a", Err(Malformed::Other)),
            ("password=a&pass%77ord=b", Err(Malformed::Other)),
            ("+password=a", Err(Malformed::Other)),
            ("password=a&password=b", Err(Malformed::Other)),
            ("password=a&PASSWORD=b", Err(Malformed::Other)),
            ("pass%77ord=a", Err(Malformed::Other)),
            ("pass.word=a", Ok(None)),
            ("=a", Ok(None)),
            ("password=%2", Err(Malformed::Other)),
            ("password=%zz", Err(Malformed::Other)),
            ("password=%ff", Err(Malformed::Other)),
            ("password=ü", Err(Malformed::Other)),
        ];
        for (body, expected) in cases {
            assert_eq!(value(body), expected, "{body}");
        }
    }

    #[test]
    fn a_form_has_only_so_many_fields() {
        let form =
            |fields: usize| (0..fields).map(|it| format!("f{it}=")).collect::<Vec<_>>().join("&");
        assert!(FormFields::parse(&form(MAX_FIELDS)).is_ok());
        for fields in [MAX_FIELDS + 1, 10_000] {
            let parsed = FormFields::parse(&form(fields)).err();
            assert!(matches!(parsed, Some(RequestError::TooManyFields)), "{fields}");
        }
        // token, challenge, the new password twice, and whatever the pool wants.
        const { assert!(2 * (4 + StandardAttribute::ALL.len()) < MAX_FIELDS) };
    }
}
