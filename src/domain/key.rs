//! What brands and backends are called: in the file, by Zendesk, and in the table.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

/// Zendesk's numeric id of a brand.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BrandId(pub u64);

impl FromStr for BrandId {
    type Err = std::num::ParseIntError;

    /// Digits only: `u64` alone would take a leading `+`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = if text.starts_with('+') { "" } else { text };
        digits.parse().map(Self)
    }
}

impl fmt::Display for BrandId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The key under which `brands.yaml` names a brand or a backend.
///
/// Invariant: 1 to 63 lower-case letters, digits, `-` and `_`, beginning with a letter or digit, so
/// that it can stand in an address.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Name(Box<str>);

impl Name {
    /// Takes 1 to 63 of `a-z 0-9 - _`, of which the first is no sign.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        };
        let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let good = starts && text.len() <= 63 && text.bytes().all(inner);
        good.then(|| Self(text.into()))
    }

    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Which brand of the table.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct BrandKey(pub u32);

/// Which backend of the table.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BackendKey(pub u32);

#[cfg(test)]
mod tests {
    use super::{BrandId, Name};

    #[test]
    fn a_brand_id_is_a_plain_number() {
        assert_eq!("360000000001".parse(), Ok(BrandId(360_000_000_001)));
        for text in ["", "+1", "-1", "1.0", " 1", "0x1", "١", "99999999999999999999"] {
            assert!(text.parse::<BrandId>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_name_can_stand_in_an_address() {
        for good in ["shoes", "shoes-site", "a_1", "1"] {
            assert!(Name::parse(good).is_some(), "{good:?}");
        }
        for bad in ["", "Shoes", "-shoes", "shoes/site", "shoes site", "schuhe-ü", &"a".repeat(64)]
        {
            assert!(Name::parse(bad).is_none(), "{bad:?}");
        }
    }
}
