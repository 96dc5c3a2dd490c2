//! JSON objects without repeated keys: two readers would believe different ones.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Why a text is no object that two readers read alike.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NotAnObject {
    /// Makers that write in another character set, such as ISO 8859-1.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// Makers that cut a text in the middle of an emoji.
    #[error("it holds half of a surrogate pair")]
    HalfOfAPair,
    /// Two readers would believe different values.
    #[error("a name occurs twice in it")]
    RepeatedKey,
    /// Anything else.
    #[error("it is no JSON object")]
    NotJson,
}

/// Parses an object in which, at any depth, no key is repeated.
pub fn parse_object(text: &[u8]) -> Result<Map<String, Value>, NotAnObject> {
    // All of it at once: read as bytes, each text within would be looked at by itself.
    let text = str::from_utf8(text).map_err(|_| NotAnObject::NotUtf8)?;
    match serde_json::from_str(text) {
        Ok(Unique(Value::Object(object))) => Ok(object),
        Ok(Unique(_)) => Err(NotAnObject::NotJson),
        Err(error) => Err(reason(text, &error)),
    }
}

fn reason(text: &str, error: &serde_json::Error) -> NotAnObject {
    // The visitor below takes every type: nothing else is an error about data.
    if error.is_data() {
        NotAnObject::RepeatedKey
    } else if has_half_of_a_pair(text) {
        NotAnObject::HalfOfAPair
    } else {
        NotAnObject::NotJson
    }
}

/// Whether an escape stands for half of a character, without the other half beside it.
fn has_half_of_a_pair(text: &str) -> bool {
    let mut rest = text;
    let mut awaits_low = false;
    while let Some((before, after)) = rest.split_once('\\') {
        if awaits_low && !before.is_empty() {
            return true;
        }
        let unit =
            after.strip_prefix('u').and_then(|it| u16::from_str_radix(it.get(..4)?, 16).ok());
        let is_low = unit.is_some_and(|unit| (0xdc00..=0xdfff).contains(&unit));
        if is_low != awaits_low {
            return true;
        }
        awaits_low = unit.is_some_and(|unit| (0xd800..=0xdbff).contains(&unit));
        let width = if unit.is_some() { 5 } else { after.chars().next().map_or(0, char::len_utf8) };
        rest = after.get(width..).unwrap_or_default();
    }
    awaits_low
}

/// Parses any value; `None` if it is none, or if any key within it is repeated.
pub(super) fn parse_value(text: &[u8]) -> Option<Value> {
    serde_json::from_slice(text).ok().map(|Unique(value)| value)
}

/// A value in which no object, at any depth, repeats a key.
struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueVisitor).map(Self)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON without repeated keys")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unique(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((key, Unique(value))) = entries.next_entry::<String, Unique>()? {
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom("a key is repeated"));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{NotAnObject, parse_object};

    #[test]
    fn an_object_is_read_as_serde_json_reads_it() {
        let text = r#"{"a":null,"b":[true,-1,18446744073709551615,1.5,"\u00fc"],"c":{"d":{}}}"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse_object(text.as_bytes()).map(Value::Object), Ok(expected));
    }

    #[test]
    fn what_is_no_object_or_repeats_a_key_is_refused() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        let cases = [
            ("nothing", ""),
            ("a list", "[]"),
            ("a string", "\"a\""),
            ("a repeated key", r#"{"a":1,"a":1}"#),
            ("a repeated key, spelt differently", r#"{"a":1,"\u0061":2}"#),
            ("a repeated key within", r#"{"a":{"b":1,"b":2}}"#),
            ("a repeated key in a list", r#"{"a":[{"b":1,"b":2}]}"#),
            ("something behind it", "{} {}"),
            ("a comma too many", r#"{"a":1,}"#),
            ("a number beyond all bounds", r#"{"a":1e999}"#),
            ("no number", r#"{"a":NaN}"#),
            ("nesting without end", &deep),
        ];
        for (what, text) in cases {
            assert!(parse_object(text.as_bytes()).is_err(), "{what}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_called_by_its_name() {
        use NotAnObject::{HalfOfAPair, NotJson, NotUtf8, RepeatedKey};
        let cases: [(&[u8], Option<NotAnObject>); 16] = [
            (b"{\"a\":\"\xff\"}", Some(NotUtf8)),
            (b"{\"name\":\"J\xfcrgen\"}", Some(NotUtf8)),
            (b"{\"a\":1,\"a\":2}", Some(RepeatedKey)),
            (br#"{"a":"\ud83d"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\uD83Dx\uDE00"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\ud83d\n"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\ud83d\ud83d\ude00"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\ude00"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\ud83d\ude00\ude00"}"#, Some(HalfOfAPair)),
            (br#"{"a":"\ud83d\ude00"}"#, None),
            (br#"{"a":"\\ud83d \" \u00fc"}"#, None),
            (br#"{"a":"\\ud83d"},"#, Some(NotJson)),
            (br#"{"a":"\u12"}"#, Some(NotJson)),
            ("{\"a\":\"\\ü\"}".as_bytes(), Some(NotJson)),
            (br#"{"a":"\"#, Some(NotJson)),
            (b"[]", Some(NotJson)),
        ];
        for (text, expected) in cases {
            let what = String::from_utf8_lossy(text);
            assert_eq!(parse_object(text).err(), expected, "{what}");
        }
    }
}
