//! JSON that others send: an object where one is asked for.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A `T` written as an object. serde alone also takes a list of its values in their order.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

#[cfg(test)]
mod tests {
    use super::Object;

    #[derive(serde::Deserialize)]
    struct Pair {
        a: u8,
        b: Option<u8>,
    }

    #[test]
    fn an_object_is_taken_and_a_list_is_not() {
        let read = |text| serde_json::from_str(text).ok().map(|Object(Pair { a, b })| (a, b));
        assert_eq!(read(r#"{"b":2,"a":1,"c":[]}"#), Some((1, Some(2))));
        for text in ["[1,2]", "[1]", "[]", r#"[{"a":1}]"#, "1", "null", r#"{"a":1,"a":2}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
