//! What Zendesk keeps about a person, each in the one form that Zendesk takes.
//!
//! None of these types can be printed: what they hold is about people.

use std::borrow::Cow;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

/// Longest name, tag or field, in characters: as many as Zendesk keeps.
const MAX_TEXT: usize = 255;

/// Longest address of a picture, in bytes: what every browser and server on the way takes.
const MAX_ADDRESS: usize = 2048;

/// The text is not what Zendesk takes there; this is how it is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidAttribute(&'static str);

/// What a person may do in Zendesk.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks.
    EndUser,
    /// Answers.
    Agent,
    /// Answers and configures.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::EndUser, Self::Agent, Self::Admin];

    /// Reads Zendesk's word for it; `end-user` is seen in the wild.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "end_user" | "end-user" => Some(Self::EndUser),
            "agent" => Some(Self::Agent),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// Zendesk's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EndUser => "end_user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }
}

/// An id of Zendesk's: a number above zero.
pub fn zendesk_id(number: u64) -> Result<NonZeroU64, InvalidAttribute> {
    NonZeroU64::new(number).ok_or(InvalidAttribute("an id is a whole number above zero"))
}

/// A telephone number in E.164: `+`, the code of a country, the number; 7 to 15 digits in all.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Phone(String);

impl Phone {
    /// Parses a number, with the separators that people type into it or without.
    pub fn parse(text: &str) -> Result<Self, InvalidAttribute> {
        const FORM: InvalidAttribute =
            InvalidAttribute("a phone number is written in E.164, such as `+15551234567`");
        let text: String = text.chars().map(Self::narrow).collect();
        // What is dialled within the country, and left out behind its code.
        let text = text.replacen("(0)", "", 1);
        let text: String = text.chars().filter(|c| !Self::separates(*c)).collect();
        let digits = text.strip_prefix('+').ok_or(FORM)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        // No country's code begins with 0.
        let good = plain && (7..=15).contains(&digits.len()) && !digits.starts_with('0');
        if good { Ok(Self(text)) } else { Err(FORM) }
    }

    /// The ASCII character of a full-width one, as Japanese keyboards write it (U+FF01 to U+FF5E).
    fn narrow(c: char) -> char {
        match c {
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(u32::from(c) - 0xff01 + u32::from('!')).unwrap_or(c)
            }
            c => c,
        }
    }

    fn separates(c: char) -> bool {
        // Every hyphen and dash has its place between U+2010 and U+2015; then the minus sign, and
        // the long vowel that the same key writes in Japanese, in both its widths.
        let is_dash = matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff70}');
        is_dash || c.is_whitespace() || matches!(c, '-' | '.' | '/' | '(' | ')')
    }

    /// `+15551234567`, without separators.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The `https` address of a picture.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct PhotoUrl(String);

impl PhotoUrl {
    /// Parses an address that Zendesk can fetch; one without a scheme is taken for `https`.
    pub fn parse(text: &str) -> Result<Self, InvalidAttribute> {
        const FORM: InvalidAttribute = InvalidAttribute("a picture has an address of `https://`");
        let text = match text.strip_prefix("//").filter(|rest| !rest.starts_with('/')) {
            Some(rest) => Cow::Owned(format!("https://{rest}")),
            None if Self::begins_with_a_host(text) => Cow::Owned(format!("https://{text}")),
            None => Cow::Borrowed(text),
        };
        let url = Url::parse(&text).map_err(|_| FORM)?;
        // A parser that drops what it does not like has read something else than what is written.
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
        let bare = url.username().is_empty() && url.password().is_none();
        let good = url.scheme() == "https" && bare && !text.contains(odd);
        let text: String = url.into();
        if good && text.len() <= MAX_ADDRESS { Ok(Self(text)) } else { Err(FORM) }
    }

    /// Whether the first part of a path looks like a name of the DNS: `cdn.acme.example/joe.png`,
    /// and neither `pictures/joe.png` nor `joe.png`.
    fn begins_with_a_host(text: &str) -> bool {
        let Some((host, _)) = text.split_once('/') else { return false };
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        let ends_in_letters =
            |last: &str| last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
        host.bytes().all(inner)
            && host.rsplit_once('.').is_some_and(|(name, last)| {
                !name.starts_with('.') && !name.is_empty() && ends_in_letters(last)
            })
    }

    /// An absolute address, as a parser of URLs writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of one organization. It holds no comma: Zendesk separates names by it.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Organization(String);

impl Organization {
    /// Takes 1 to 255 characters; white space around them is cut.
    pub fn parse(text: &str) -> Result<Self, InvalidAttribute> {
        const FORM: InvalidAttribute = InvalidAttribute(
            "an organization has a name of 1 to 255 characters, without a comma or a line break",
        );
        let text = text.trim();
        let odd = |c: char| c.is_control() || c == ',';
        let good = !text.is_empty() && text.chars().count() <= MAX_TEXT && !text.contains(odd);
        if good { Ok(Self(text.to_owned())) } else { Err(FORM) }
    }

    /// Trimmed, without a comma.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The names of several organizations, as Zendesk takes them: with commas between.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Organizations(String);

impl Organizations {
    /// Parses names with commas between.
    pub fn parse(text: &str) -> Result<Self, InvalidAttribute> {
        Self::of(text.split(','))
    }

    /// Puts names together.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, InvalidAttribute> {
        let names: Result<Vec<_>, _> = names.into_iter().map(Organization::parse).collect();
        let names: Vec<String> = names?.into_iter().map(|name| name.0).collect();
        if names.is_empty() {
            return Err(InvalidAttribute("there is no organization"));
        }
        Ok(Self(names.join(",")))
    }

    /// `Acme,Shoes`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The ids of several organizations, as Zendesk takes them: with commas between.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct OrganizationIds(String);

impl OrganizationIds {
    const FORM: InvalidAttribute =
        InvalidAttribute("organizations have whole numbers above zero as their ids");

    /// Parses ids with commas between.
    pub fn parse(text: &str) -> Result<Self, InvalidAttribute> {
        let digits = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let number = |id: &str| Some(id.trim()).filter(|id| digits(id))?.parse().ok();
        let ids: Option<Vec<u64>> = text.split(',').map(number).collect();
        Self::of(ids.ok_or(Self::FORM)?)
    }

    /// Puts ids together.
    pub fn of(ids: impl IntoIterator<Item = u64>) -> Result<Self, InvalidAttribute> {
        let ids: Vec<u64> = ids.into_iter().collect();
        if ids.is_empty() || ids.contains(&0) {
            return Err(Self::FORM);
        }
        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
        Ok(Self(ids.join(",")))
    }

    /// `3,4`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// All tags of a person; none is a list too, and takes every tag away.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Tags(Vec<String>);

impl Tags {
    /// Takes tags that Zendesk reads as one each: it separates them by white space and commas.
    pub fn new(tags: Vec<String>) -> Result<Self, InvalidAttribute> {
        let odd = |c: char| c.is_whitespace() || c.is_control() || c == ',';
        let good =
            |tag: &String| !tag.is_empty() && tag.chars().count() <= MAX_TEXT && !tag.contains(odd);
        if tags.iter().all(good) {
            Ok(Self(tags))
        } else {
            Err(InvalidAttribute("a tag has 1 to 255 characters, without a space or a comma"))
        }
    }

    /// Each tag.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

/// Custom fields of a person, by their keys; `null` empties one.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct UserFields(Map<String, Value>);

impl UserFields {
    /// Takes fields whose values are of the types that Zendesk's fields have: text (a date as
    /// `yyyy-mm-dd`), a number, a truth, nothing, or, where several may be chosen, a list of texts.
    pub fn new(fields: Map<String, Value>) -> Result<Self, InvalidAttribute> {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let is_key = |key: &str| (1..=MAX_TEXT).contains(&key.len()) && key.bytes().all(inner);
        let is_value = |value: &Value| match value {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
            Value::Array(items) => items.iter().all(Value::is_string),
            Value::Object(_) => false,
        };
        if !fields.keys().all(|key| is_key(key)) {
            return Err(InvalidAttribute("the key of a field has letters, digits, `_` and `-`"));
        }
        if !fields.values().all(is_value) {
            return Err(InvalidAttribute(
                "a field holds text, a number, `true`, `false`, `null` or a list of texts",
            ));
        }
        Ok(Self(fields))
    }

    /// Each field.
    pub fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Takes what is in `fields` out of `said`, however its key is capitalised.
    pub(super) fn take_out_of(&self, said: &mut Map<String, Value>) {
        said.retain(|key, _| !self.0.keys().any(|own| own.eq_ignore_ascii_case(key)));
    }

    /// These fields and `others`, of which none has the key of one of these.
    pub(super) fn with(mut self, others: Option<Self>) -> Self {
        self.0.extend(others.into_iter().flat_map(|it| it.0));
        self
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Tags, UserFields};

    #[test]
    fn a_phone_number_is_written_in_e_164() {
        let cases = [
            ("+15551234567", true),
            ("+2902345", true),
            ("+123456789012345", true),
            ("+1234567890123456", false),
            ("+123456", false),
            ("15551234567", false),
            ("0015551234567", false),
            ("+05551234567", false),
            ("(555) 123-4567", false),
            ("+1 555 123 4567 x89", false),
            ("+1 555 123 4567, 8", false),
            ("+1555123456x", false),
            ("tel:+15551234567", false),
            ("+١٥٥٥١٢٣٤٥٦٧", false),
            ("++15551234567", false),
            ("+1+5551234567", false),
            ("+", false),
            ("+ - ()", false),
            ("＋＋１５５５１２３４５６７", false),
            ("１５５５１２３４５６７", false),
            ("＋１５５５１２３４５６ｘ", false),
            ("", false),
        ];
        for (text, good) in cases {
            assert_eq!(Phone::parse(text).is_ok(), good, "{text:?}");
        }
        let typed = [
            "+15551234567",
            "+1 555 123 4567",
            "+1-555-123-4567",
            "+1 (555) 123-4567",
            "(+1) 555.123.4567",
            "+1/555/1234567",
            " +1\u{a0}555\u{2011}123\u{2013}4567\n",
            "＋１５５５１２３４５６７",
            "＋１　（５５５）　１２３－４５６７",
            "+1ー555ー123ｰ4567",
            "＋１−５５５．１２３／４５６７",
        ];
        for text in typed {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "+15551234567", "{text:?}");
        }
        let german = Phone::parse("+49 (0)30 123456").unwrap();
        assert_eq!(german.as_str(), "+4930123456", "as it is dialled from abroad");
        let japanese = Phone::parse("＋８１（０）３ー１２３４ー５６７８").unwrap();
        assert_eq!(japanese.as_str(), "+81312345678", "in the letters of a Japanese keyboard");
    }

    #[test]
    fn a_picture_has_an_https_address() {
        let long = format!("https://acme.example/{}", "a".repeat(2100));
        let cases = [
            ("https://acme.example/joe.png?size=80", true),
            ("https://bücher.example/joe.png", true),
            ("http://acme.example/joe.png", false),
            ("http://localhost/joe.png", false),
            ("data:image/png;base64,AAAA", false),
            ("javascript:alert(1)", false),
            ("https://joe:pw@acme.example/joe.png", false),
            ("https://acme.example/ joe.png", false),
            ("https:\\\\acme.example", false),
            ("joe.png", false),
            ("/joe.png", false),
            ("pictures/joe.png", false),
            ("./joe.png", false),
            ("../joe.png", false),
            ("..example/joe.png", false),
            ("127.0.0.1/joe.png", false),
            ("localhost/joe.png", false),
            ("///acme.example/joe.png", false),
            ("//joe@acme.example/joe.png", false),
            ("//acme.example\\@evil.example/joe.png", false),
            ("joe@acme.example/joe.png", false),
            ("acme.example:8443/joe.png", false),
            ("javascript.example:alert(1)/x", false),
            ("//acme.example/ joe.png", false),
            (&long, false),
        ];
        for (text, good) in cases {
            assert_eq!(PhotoUrl::parse(text).is_ok(), good, "{text:?}");
        }
        for text in ["//cdn.acme.example/joe.png", "cdn.acme.example/joe.png"] {
            let expected = "https://cdn.acme.example/joe.png";
            assert_eq!(PhotoUrl::parse(text).unwrap().as_str(), expected, "{text:?}");
        }
    }

    #[test]
    fn organizations_are_named_or_numbered() {
        let long = "a".repeat(256);
        for (text, good) in [("Acme", Some("Acme")), (" Acme Shoes ", Some("Acme Shoes"))] {
            assert_eq!(Organization::parse(text).ok().map(|it| it.0).as_deref(), good);
        }
        for text in ["", " ", "Acme,Shoes", "Acme\nShoes", &long] {
            assert!(Organization::parse(text).is_err(), "{text:?}");
        }
        let names = [
            ("Acme", Some("Acme")),
            ("Acme, Shoes", Some("Acme,Shoes")),
            ("A,,B", None),
            ("", None),
        ];
        for (text, good) in names {
            assert_eq!(Organizations::parse(text).ok().map(|it| it.0).as_deref(), good, "{text:?}");
        }
        let ids = [
            ("7", Some("7")),
            ("7, 18446744073709551615", Some("7,18446744073709551615")),
            ("18446744073709551616", None),
            ("7,0", None),
            ("7,+8", None),
            ("7,", None),
            ("", None),
            ("Acme", None),
        ];
        for (text, good) in ids {
            let read = OrganizationIds::parse(text).ok().map(|it| it.0);
            assert_eq!(read.as_deref(), good, "{text:?}");
        }
        assert!(Organizations::of([]).is_err() && OrganizationIds::of([]).is_err(), "none");
    }

    #[test]
    fn one_tag_stays_one_tag() {
        let long = "a".repeat(256);
        let cases: [(&[&str], bool); 8] = [
            (&[], true),
            (&["vip", "größe-xl", "a:b/c_d"], true),
            (&["vip", ""], false),
            (&["vip admin"], false),
            (&["vip,admin"], false),
            (&["vip\u{a0}admin"], false),
            (&["vip\n"], false),
            (&[&long], false),
        ];
        for (tags, good) in cases {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            assert_eq!(Tags::new(tags.clone()).is_ok(), good, "{tags:?}");
        }
    }

    #[test]
    fn a_field_holds_what_zendesks_fields_hold() {
        let cases = [
            (json!({}), true),
            (json!({"plan": "gold", "since": "2020-01-31", "points": 7, "rate": 1.5}), true),
            (json!({"vip": true, "gone": null, "chosen": ["a", "b"]}), true),
            (json!({"plan": {"name": "gold"}}), false),
            (json!({"chosen": ["a", 1]}), false),
            (json!({"chosen": [["a"]]}), false),
            (json!({"": "gold"}), false),
            (json!({"my plan": "gold"}), false),
            (json!({"plan.name": "gold"}), false),
        ];
        for (fields, good) in cases {
            let map = fields.as_object().unwrap().clone();
            assert_eq!(UserFields::new(map).is_ok(), good, "{fields}");
        }
    }
}
