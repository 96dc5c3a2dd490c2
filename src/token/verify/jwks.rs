//! Key sets that providers publish: JWKS (RFC 7517), and Xsolla's list with hexadecimal numbers.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value};

use super::json::parse_value;

/// Fewest bits of an RSA key (RFC 7518 §3.3), and most that are ever computed with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// Most bits of an RSA key's exponent: aws-lc computes with no longer one.
const MAX_EXPONENT_BITS: usize = 33;

/// What only whoever signs may have (RFC 7518 §6.2.2, §6.3.2).
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];

/// An algorithm whose public keys can be published.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyAlgorithm {
    /// RSA with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
}

impl KeyAlgorithm {
    /// Every algorithm.
    pub const ALL: [Self; 2] = [Self::Rs256, Self::Es256];

    /// As a token's header has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    fn of_library(self) -> Algorithm {
        match self {
            Self::Rs256 => Algorithm::RS256,
            Self::Es256 => Algorithm::ES256,
        }
    }
}

/// The keys of one provider that verify by the algorithms that were asked for.
///
/// Invariant: at least one, and of each algorithm no two of the same `kid`.
#[derive(Clone, Debug)]
pub struct KeySet(Vec<Arc<PublicKey>>);

/// One of a provider's keys.
#[derive(Clone)]
pub struct PublicKey {
    kid: Option<String>,
    algorithm: KeyAlgorithm,
    key: DecodingKey,
}

/// Why an answer is of no use as a key set.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum KeySetError {
    /// It is neither `{"keys": […]}` nor a list.
    #[error("the answer is not a key set")]
    NotAKeySet,
    /// Nothing in it verifies signatures by this algorithm.
    #[error("the key set has no key that can be used")]
    NoKey,
}

impl KeySet {
    /// Reads a set for these algorithms. Keys for something else, weak ones and unreadable ones are passed over, and so
    /// is a `kid` that names two different keys of one algorithm.
    pub fn parse(text: &[u8], algorithms: &[KeyAlgorithm]) -> Result<Self, KeySetError> {
        let (list, is_plain_list) = match parse_value(text) {
            Some(Value::Array(list)) => (list, true),
            Some(Value::Object(mut set)) => match set.remove("keys") {
                Some(Value::Array(list)) => (list, false),
                _ => return Err(KeySetError::NotAKeySet),
            },
            _ => return Err(KeySetError::NotAKeySet),
        };
        let mut set = Self(Vec::new());
        for algorithm in algorithms {
            let jwks = list.iter().filter_map(Value::as_object);
            let keys = jwks.filter_map(|jwk| Jwk(jwk).read(*algorithm, is_plain_list));
            set.take(*algorithm, &keys.collect::<Vec<_>>());
        }
        if set.0.is_empty() { Err(KeySetError::NoKey) } else { Ok(set) }
    }

    /// Takes those of `keys` whose name stands for them alone.
    fn take(&mut self, algorithm: KeyAlgorithm, keys: &[(Option<&str>, Numbers)]) {
        let is_clear = |(kid, numbers): &&(Option<&str>, Numbers)| {
            kid.is_none() || keys.iter().all(|(it, other)| it != kid || other == numbers)
        };
        for (kid, numbers) in keys.iter().filter(is_clear) {
            if kid.is_none_or(|kid| self.named(algorithm, kid).is_none()) {
                let (kid, key) = (kid.map(str::to_owned), numbers.key());
                self.0.push(Arc::new(PublicKey { kid, algorithm, key }));
            }
        }
    }

    /// The key of this algorithm that a token names by `kid`.
    ///
    /// A provider that has a single key of it need not name it: neither there nor in its tokens.
    pub fn find(&self, algorithm: KeyAlgorithm, kid: Option<&str>) -> Option<Arc<PublicKey>> {
        let mut all = self.0.iter().filter(|key| key.algorithm == algorithm);
        if let (Some(only), None) = (all.next(), all.next())
            && (kid.is_none() || only.kid.is_none())
        {
            return Some(only.clone());
        }
        self.named(algorithm, kid?).cloned()
    }

    fn named(&self, algorithm: KeyAlgorithm, kid: &str) -> Option<&Arc<PublicKey>> {
        self.0.iter().find(|key| key.algorithm == algorithm && key.kid.as_deref() == Some(kid))
    }
}

impl PublicKey {
    /// The one algorithm that it verifies by.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Whether the owner of this key has made this signature over `message`.
    pub(super) fn verify(&self, message: &str, signature: &str) -> bool {
        let algorithm = self.algorithm.of_library();
        crypto::verify(signature, message.as_bytes(), &self.key, algorithm).unwrap_or(false)
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "PublicKey({})", self.algorithm.as_str())
    }
}

/// What a public key is made of.
#[derive(Debug, Eq, PartialEq)]
enum Numbers {
    /// Modulus and exponent, without leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// A point on P-256, in base64url.
    P256 { x: String, y: String },
}

impl Numbers {
    fn key(&self) -> DecodingKey {
        match self {
            Self::Rsa { n, e } => DecodingKey::from_rsa_raw_components(n, e),
            // Their base64url was read before: this does not fail, and a key of nothing verifies
            // nothing.
            Self::P256 { x, y } => DecodingKey::from_ec_components(x, y)
                .unwrap_or_else(|_| DecodingKey::from_ec_der(&[])),
        }
    }
}

/// One entry of a set.
struct Jwk<'a>(&'a Map<String, Value>);

impl<'a> Jwk<'a> {
    /// The key and its name, if it may verify by `algorithm`.
    fn read(
        &self,
        algorithm: KeyAlgorithm,
        is_plain_list: bool,
    ) -> Option<(Option<&'a str>, Numbers)> {
        let (family, curve) = match algorithm {
            KeyAlgorithm::Rs256 => ("RSA", None),
            KeyAlgorithm::Es256 => ("EC", Some("P-256")),
        };
        let agrees = |name: &str, value: &str| {
            self.0.get(name).is_none_or(|found| found.as_str() == Some(value))
        };
        let verifies = self.0.get("key_ops").is_none_or(|operations| {
            operations.as_array().is_some_and(|it| it.iter().any(|one| one == "verify"))
        });
        let fits = self.text("kty") == Some(family)
            && self.text("crv") == curve
            && agrees("use", "sig")
            && agrees("alg", algorithm.as_str())
            && verifies;
        // Whoever publishes a part of it has given the private key away: anybody can sign with it.
        if !fits || PRIVATE.iter().any(|part| self.0.contains_key(*part)) {
            return None;
        }
        let kid = match self.0.get("kid") {
            None | Some(Value::Null) => None,
            Some(kid) => Some(kid.as_str()?),
        };
        let numbers = match algorithm {
            KeyAlgorithm::Rs256 => self.rsa(is_plain_list)?,
            KeyAlgorithm::Es256 => self.p256()?,
        };
        Some((kid, numbers))
    }

    fn rsa(&self, is_plain_list: bool) -> Option<Numbers> {
        let (n, e) = (self.text("n")?, self.text("e")?);
        // No modulus in base64url consists of hexadecimal digits alone, by any chance.
        let is_hex = is_plain_list && n.bytes().all(|digit| digit.is_ascii_hexdigit());
        let (n, e) = if is_hex {
            (from_hex(n)?, from_hex(e)?)
        } else {
            (URL_SAFE_NO_PAD.decode(n).ok()?, URL_SAFE_NO_PAD.decode(e).ok()?)
        };
        let (n, e) = (without_zeros(&n), without_zeros(&e));
        let is_odd = |number: &[u8]| number.last().is_some_and(|last| last % 2 == 1);
        let is_strong = RSA_BITS.contains(&bits(n))
            && is_odd(n)
            && is_odd(e)
            && e != [1]
            && bits(e) <= MAX_EXPONENT_BITS;
        is_strong.then(|| Numbers::Rsa { n: n.to_vec(), e: e.to_vec() })
    }

    fn p256(&self) -> Option<Numbers> {
        let (x, y) = (self.text("x")?, self.text("y")?);
        let is_coordinate =
            |text: &str| URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
        let is_point = is_coordinate(x) && is_coordinate(y);
        is_point.then(|| Numbers::P256 { x: x.to_owned(), y: y.to_owned() })
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }
}

/// Big-endian bytes of a hexadecimal number, which may leave its leading zero out.
fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let value = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
    let digits: Vec<u8> = digits.bytes().map(value).collect::<Option<_>>()?;
    let mut bytes: Vec<u8> = digits
        .rchunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit))
        .collect();
    bytes.reverse();
    Some(bytes)
}

/// How many bits a number without leading zeros has.
fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |first| first.leading_zeros());
    (number.len() * 8).saturating_sub(usize::try_from(unused).unwrap_or_default())
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests;
