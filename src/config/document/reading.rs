//! Shows a node of the document to serde.

use serde::{
    Deserializer,
    de::{Expected, Visitor},
    forward_to_deserialize_any,
};

use super::{
    access::{Entries, Fields, Items, Variant},
    ledger::{Failure, Ledger, Trail, TrailStep},
    placeholder::Placeholder,
    tree::{Entry, Kind, Node},
};
use crate::config::report::{
    code::Code,
    hints,
    problem::{At, did_you_mean, known_here, listed},
    sensitive,
};

/// One value of the document, to be read as a type of its reader's choice.
#[derive(Clone, Copy)]
pub(in crate::config) struct Reader<'r, 'd> {
    pub(in crate::config) node: &'r Node<'d>,
    pub(in crate::config) trail: &'r Trail<'r>,
    pub(in crate::config) ledger: &'r Ledger,
}

impl<'r, 'd> Reader<'r, 'd> {
    /// Reports that something else belongs here; a placeholder takes its place.
    fn mismatch(self, expected: &str, hint: Option<&str>) -> Placeholder {
        let found = self.node.describe();
        self.refuse(self.code(), format!("expected {expected}, found {found}"), At::Value, hint)
    }

    /// What kind of problem it is that something else belongs here.
    fn code(self) -> Code {
        if self.node.is_null() { Code::EmptyValue } else { Code::WrongType }
    }

    fn refuse(self, code: Code, message: String, at: At, hint: Option<&str>) -> Placeholder {
        let is_refused = matches!(self.node.kind, Kind::Refused);
        if self.ledger.give_up(self.node) && !is_refused {
            self.ledger.report(self.trail, code, message, at, hint.map(str::to_owned));
        }
        Placeholder
    }

    /// Reports that a mapping belongs here, or what its reader calls it by. The scalar found
    /// instead may be a secret whose `{ value: … }` was forgotten, so it is not shown.
    fn not_a_mapping(self, expected: &dyn Expected) -> Placeholder {
        let (expected, found) = (expected.to_string(), self.node.describe());
        let is_named = expected.starts_with('`');
        let expected = if is_named { expected.as_str() } else { "a mapping" };
        let message = format!("expected {expected}, found {found}");
        let hint = self.hint_at_secret(&message);
        self.refuse(self.code(), message, At::UnseenValue, hint)
    }

    /// What to write instead of a text, where `message` says that the place of a secret belongs.
    pub(in crate::config) fn hint_at_secret(self, message: &str) -> Option<&'static str> {
        self.text().filter(|_| message.contains("{ env: NAME }")).and_then(hints::secret)
    }

    fn text(self) -> Option<&'r str> {
        match &self.node.kind {
            Kind::Scalar { text, .. } if !self.node.is_null() => Some(text),
            _ => None,
        }
    }

    /// The number written here, or what is wrong with it.
    fn number(self, largest: u64) -> Result<u64, Placeholder> {
        let expected = "a whole number";
        let Kind::Scalar { text, plain } = &self.node.kind else {
            return Err(self.mismatch(expected, None));
        };
        let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_decimal {
            let is_number = self.node.describe() == "a number";
            let hint = is_number.then_some("write digits only");
            return Err(self.mismatch(expected, hint));
        }
        if !plain {
            return Err(self.mismatch(expected, Some("remove the quotes")));
        }
        if text.len() > 1 && text.starts_with('0') {
            let hint = Some("remove the zeros in front");
            return Err(self.mismatch("a whole number without zeros in front", hint));
        }
        text.parse().ok().filter(|number| *number <= largest).ok_or_else(|| {
            let message = format!("expected a whole number up to {largest}, found a larger one");
            self.refuse(Code::WrongType, message, At::Value, None)
        })
    }

    fn boolean(self) -> Result<bool, Placeholder> {
        let hint = match &self.node.kind {
            Kind::Scalar { text, plain } => match (text.to_ascii_lowercase().as_str(), plain) {
                ("true", true) if text == "true" => return Ok(true),
                ("false", true) if text == "false" => return Ok(false),
                ("true" | "false", false) => Some("remove the quotes"),
                ("true" | "yes" | "on" | "y", true) => Some("write `true`"),
                ("false" | "no" | "off" | "n", true) => Some("write `false`"),
                _ => None,
            },
            _ => None,
        };
        Err(self.mismatch("`true` or `false`", hint))
    }

    fn items(self, nodes: &'r [Node<'d>], is_tuple: bool) -> Items<'r, 'd> {
        Items { reader: self, nodes: nodes.iter().enumerate(), is_tuple }
    }

    fn entries(self, entries: &'r [Entry<'d>]) -> Entries<'r, 'd> {
        Entries { reader: self, rest: entries.iter(), current: None }
    }

    fn fields(
        self,
        entries: &'r [Entry<'d>],
        name: &'static str,
        fields: &'static [&'static str],
    ) -> Fields<'r, 'd> {
        let mut read = Vec::with_capacity(fields.len());
        // Whatever a placeholder takes the place of comes last: if it fails, all else was read.
        let mut replaced = Vec::new();
        for entry in entries {
            let Some(field) = fields.iter().find(|field| **field == entry.key.text) else {
                self.report_unknown_key(entry, fields);
                continue;
            };
            if self.ledger.is_given_up(&entry.value) {
                replaced.push((*field, None));
            } else {
                read.push((*field, Some(&entry.value)));
            }
        }
        for field in fields.iter().filter(|field| self.ledger.is_required(name, field)) {
            if !entries.iter().any(|entry| entry.key.text == **field) {
                self.ledger.report_missing(self.node, self.trail, field);
                replaced.push((*field, None));
            }
        }
        read.append(&mut replaced);
        Fields { reader: self, rest: read.into_iter(), current: None }
    }

    /// Reports the keys that are not `known`; whether there were any to report.
    pub(in crate::config) fn report_unknown(self, known: &[&'static str]) -> bool {
        let Kind::Mapping(entries) = &self.node.kind else { return false };
        let unknown = entries.iter().filter(|entry| !known.contains(&entry.key.text.as_ref()));
        unknown.filter(|entry| self.report_unknown_key(entry, known)).count() > 0
    }

    fn report_unknown_key(self, entry: &Entry<'_>, known: &[&'static str]) -> bool {
        if !self.ledger.is_first_mention(&entry.value) {
            return false;
        }
        let key = entry.key.text.as_ref();
        let suggestion = did_you_mean(key, known.iter().copied());
        // A misplaced secret can become a key, by a comma instead of a colon, say. Such a key
        // resembles none of ours and has no value, or is found where secrets belong.
        let is_shown = sensitive::is_nameable(key)
            && !sensitive::looks_random(key)
            && (suggestion.is_some()
                || (!entry.value.is_null() && !self.trail.path().is_sensitive()));
        let (step, message) = if is_shown {
            (TrailStep::Field(key), format!("unknown key `{key}`"))
        } else {
            (TrailStep::HiddenKey(key), "unknown key".to_owned())
        };
        let is_glued =
            |name: &&&str| key.strip_prefix(**name).is_some_and(|it| it.starts_with(':'));
        let glued = known.iter().find(is_glued).filter(|_| entry.value.is_null());
        let hint = match glued {
            Some(name) => format!("a blank is missing behind the `:` of `{name}: …`"),
            None => suggestion.unwrap_or_else(|| known_here(known)),
        };
        self.ledger.report(&self.trail.then(step), Code::UnknownKey, message, At::Key, Some(hint));
        true
    }

    fn variant(self, variants: &'static [&'static str]) -> Result<Variant<'r, 'd>, Placeholder> {
        let (key, content) = match &self.node.kind {
            Kind::Mapping(entries) => match entries.as_slice() {
                [entry] => (entry.key.text.as_ref(), Some(&entry.value)),
                _ => return Err(self.mismatch(&format!("one of {}", listed(variants)), None)),
            },
            _ => match self.text() {
                Some(text) => (text, None),
                None => return Err(self.mismatch(&format!("one of {}", listed(variants)), None)),
            },
        };
        if let Some(name) = variants.iter().find(|variant| **variant == key) {
            return Ok(Variant { reader: self, name, content });
        }
        let hint = did_you_mean(key, variants.iter().copied());
        let message = format!("expected one of {}", listed(variants));
        let at = if content.is_some() { At::UnseenValue } else { At::Value };
        Err(self.refuse(Code::UnknownWord, message, at, hint.as_deref()))
    }
}

macro_rules! numbers {
    ($($method:ident $largest:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            match self.number($largest) {
                Ok(number) => visitor.visit_u64(number),
                Err(placeholder) => placeholder.$method(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_, '_> {
    type Error = Failure;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Refused => self
                .refuse(Code::WrongType, String::new(), At::Value, None)
                .deserialize_any(visitor),
            Kind::Sequence(nodes) => visitor.visit_seq(self.items(nodes, false)),
            Kind::Mapping(entries) => visitor.visit_map(self.entries(entries)),
            Kind::Scalar { text, .. } if text.is_empty() && self.node.is_null() => {
                let message = "there is a key, and no value".to_owned();
                self.refuse(Code::EmptyValue, message, At::Value, None).deserialize_any(visitor)
            }
            Kind::Scalar { .. } if self.node.is_null() => visitor.visit_unit(),
            Kind::Scalar { text, plain: true } if text == "true" => visitor.visit_bool(true),
            Kind::Scalar { text, plain: true } if text == "false" => visitor.visit_bool(false),
            Kind::Scalar { text, plain } => match text.parse::<u64>() {
                Ok(number) if *plain && number.to_string() == *text => visitor.visit_u64(number),
                _ => visitor.visit_str(text),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.boolean() {
            Ok(value) => visitor.visit_bool(value),
            Err(placeholder) => placeholder.deserialize_bool(visitor),
        }
    }

    numbers! {
        deserialize_u8 u8::MAX.into();
        deserialize_u16 u16::MAX.into();
        deserialize_u32 u32::MAX.into();
        deserialize_u64 u64::MAX;
        deserialize_i64 i64::MAX.unsigned_abs();
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.text() {
            Some(text) => visitor.visit_str(text),
            None => self.mismatch("text", None).deserialize_str(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if !self.node.is_null() {
            return visitor.visit_some(self);
        }
        // Whoever writes a key means something by it: what is empty by mistake must lift no rule.
        let message = "there is a key, and no value".to_owned();
        self.refuse(Code::EmptyValue, message, At::Value, None).deserialize_option(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Sequence(nodes) => visitor.visit_seq(self.items(nodes, false)),
            Kind::Scalar { .. } => {
                let hint = (!self.node.is_null()).then_some("put it in brackets: `[…]`");
                self.mismatch("a list", hint).deserialize_seq(visitor)
            }
            _ => self.mismatch("a list", None).deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let message = match &self.node.kind {
            Kind::Sequence(nodes) if nodes.len() == length => {
                return visitor.visit_seq(self.items(nodes, true));
            }
            Kind::Sequence(nodes) => {
                format!("expected a list of {length}, found one of {}", nodes.len())
            }
            _ => format!("expected a list of {length}, found {}", self.node.describe()),
        };
        self.refuse(Code::WrongType, message, At::Value, None).deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Mapping(entries) => visitor.visit_map(self.entries(entries)),
            _ => self.not_a_mapping(&visitor).deserialize_map(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Mapping(entries) => {
                let fields = self.fields(entries, name, fields);
                visitor.visit_map(fields).map_err(|failure| match failure {
                    Failure::Missing(field) => self.ledger.require(name, field),
                    other => other,
                })
            }
            _ => self.not_a_mapping(&visitor).deserialize_struct(name, fields, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.variant(variants) {
            Ok(variant) => visitor.visit_enum(variant),
            Err(placeholder) => placeholder.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct identifier
        ignored_any
    }
}
