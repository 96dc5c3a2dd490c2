//! Hands the parts of a list or mapping to serde one by one.

use std::{iter::Enumerate, slice, vec};

use serde::{
    Deserializer,
    de::{
        DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
        value::StrDeserializer,
    },
};

use super::{
    ledger::{Failure, TrailStep},
    reading::Reader,
    tree::{Entry, Node},
};

/// The entries of a list.
pub(in crate::config) struct Items<'r, 'd> {
    pub(in crate::config) reader: Reader<'r, 'd>,
    pub(in crate::config) nodes: Enumerate<slice::Iter<'r, Node<'d>>>,
    /// Whether each entry has its own meaning, so that none can just be left out.
    pub(in crate::config) is_tuple: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Reader { trail, ledger, .. } = self.reader;
        let is_tuple = self.is_tuple;
        match self.nodes.find(|(_, node)| is_tuple || !ledger.is_given_up(node)) {
            Some((index, node)) => {
                ledger.read_seed(seed, node, &trail.then(TrailStep::Index(index))).map(Some)
            }
            None => Ok(None),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.nodes.len())
    }
}

/// The entries of a mapping whose keys may be anything.
pub(in crate::config) struct Entries<'r, 'd> {
    pub(in crate::config) reader: Reader<'r, 'd>,
    pub(in crate::config) rest: slice::Iter<'r, Entry<'d>>,
    pub(in crate::config) current: Option<&'r Entry<'d>>,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Reader { trail, ledger, .. } = self.reader;
        self.current = self.rest.find(|entry| !ledger.is_given_up(&entry.value));
        let Some(entry) = self.current else { return Ok(None) };
        let key: StrDeserializer<'_, Failure> = StrDeserializer::new(&entry.key.text);
        seed.deserialize(key).map(Some).map_err(|failure| {
            ledger.blame_key(&entry.value, &trail.then(TrailStep::Key(&entry.key.text)), failure)
        })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let Reader { trail, ledger, .. } = self.reader;
        match self.current.take() {
            Some(Entry { key, value }) => {
                ledger.read_seed(seed, value, &trail.then(TrailStep::Key(&key.text)))
            }
            None => Err(Failure::Irreplaceable),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The fields of a struct, of which some are only placeholders.
pub(in crate::config) struct Fields<'r, 'd> {
    pub(in crate::config) reader: Reader<'r, 'd>,
    pub(in crate::config) rest: vec::IntoIter<(&'static str, Option<&'r Node<'d>>)>,
    pub(in crate::config) current: Option<(&'static str, Option<&'r Node<'d>>)>,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        self.current = self.rest.next();
        let Some((field, _)) = self.current else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let Reader { trail, ledger, .. } = self.reader;
        match self.current.take() {
            Some((field, Some(node))) => {
                ledger.read_seed(seed, node, &trail.then(TrailStep::Field(field)))
            }
            _ => super::ledger::Ledger::replace(seed),
        }
    }
}

/// A variant of an enum: a word alone, or a mapping whose one key is the word.
pub(in crate::config) struct Variant<'r, 'd> {
    pub(in crate::config) reader: Reader<'r, 'd>,
    pub(in crate::config) name: &'static str,
    pub(in crate::config) content: Option<&'r Node<'d>>,
}

impl<'de> EnumAccess<'de> for Variant<'_, '_> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Failure> {
        let name: StrDeserializer<'_, Failure> = StrDeserializer::new(self.name);
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, '_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        match self.content {
            Some(node) if !node.is_null() => {
                Err(Failure::Invalid(format!("`{}` takes no value", self.name)))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Failure> {
        let Reader { trail, ledger, .. } = self.reader;
        let node = self.content.ok_or_else(|| needs_value(self.name))?;
        ledger.read_seed(seed, node, &trail.then(TrailStep::Field(self.name)))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Failure> {
        self.newtype_variant_seed(Tuple { len, visitor })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let name = self.name;
        self.newtype_variant_seed(Struct { name, fields, visitor })
    }
}

fn needs_value(name: &str) -> Failure {
    Failure::Invalid(format!("`{name}` needs a value: `{{ {name}: … }}`"))
}

struct Tuple<V> {
    len: usize,
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Tuple<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_tuple(self.len, self.visitor)
    }
}

struct Struct<V> {
    name: &'static str,
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Struct<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_struct(self.name, self.fields, self.visitor)
    }
}
