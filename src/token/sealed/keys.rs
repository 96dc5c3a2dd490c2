//! The keys in rotation: the first seals, all of them open.

use secrecy::SecretString;

use super::key::{SealError, StateKey};

/// Every `state_key` of a file, in its order, or one that nobody else has.
///
/// Invariant: there is a first.
#[derive(Debug)]
pub struct StateKeys {
    first: StateKey,
    others: Vec<StateKey>,
}

impl StateKeys {
    /// Derives the keys of each `state_key`.
    pub fn from_secrets(secrets: &[SecretString]) -> Result<Self, SealError> {
        let (first, others) = secrets.split_first().ok_or(SealError::Unsealable)?;
        let others = others.iter().map(StateKey::from_secret).collect::<Result<_, _>>()?;
        Ok(Self { first: StateKey::from_secret(first)?, others })
    }

    /// One that nobody else has: what it seals does not outlive this process.
    pub fn random() -> Result<Self, SealError> {
        Ok(Self { first: StateKey::random()?, others: Vec::new() })
    }

    /// The key that seals, and makes what only we can make.
    pub fn sealing(&self) -> &StateKey {
        &self.first
    }

    /// Every key that opens.
    pub fn iter(&self) -> impl Iterator<Item = &StateKey> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Whether one of them has made `given`, as [`StateKey::is_mac`].
    pub fn is_mac(&self, given: &str, label: &str, parts: &[&[u8]]) -> bool {
        self.iter().any(|key| key.is_mac(given, label, parts))
    }

    /// Whether what `old` seals is opened.
    pub fn open_what_was_sealed_by(&self, old: &Self) -> bool {
        self.iter().any(|key| key.fingerprint() == old.first.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::StateKeys;
    use crate::token::{Flow, FlowId, SealedFlow};

    const NOW: u64 = 1_800_000_000;

    fn keys(secrets: &[&str]) -> StateKeys {
        let secrets: Vec<_> = secrets.iter().map(|it| (*it).to_owned().into()).collect();
        StateKeys::from_secrets(&secrets).unwrap()
    }

    #[test]
    fn the_first_seals_and_all_open() {
        let flow = Flow {
            brand: "shoes".into(),
            backend: "site".into(),
            route: None,
            locale: None,
            return_to: None,
        };
        let id = FlowId::random().unwrap();
        // (sealed by, opened by, whether it opens)
        let cases: [(&[&str], &[&str], bool); 6] = [
            (&["new", "old"], &["old", "new"], true),
            (&["old", "new"], &["new", "old"], true),
            (&["new"], &["newest", "old", "new"], true),
            (&["old"], &["new", "old"], true),
            (&["new", "old"], &["old"], false),
            (&["a"], &["b"], false),
        ];
        for (by, with, opens) in cases {
            let (by, with) = (keys(by), keys(with));
            let value = by.sealing().seal(&flow, id, NOW).unwrap();
            let opened = SealedFlow::read(id, &value).unwrap().open(&with, NOW);
            assert_eq!(opened.is_some(), opens, "{value}");
            assert_eq!(with.open_what_was_sealed_by(&by), opens);
            let (text, part) = ("nonce", id.to_string());
            let mac = by.sealing().mac(text, &[part.as_bytes()]);
            assert_eq!(with.is_mac(&mac, text, &[part.as_bytes()]), opens);
            if let Some((_, _, key)) = opened {
                assert_eq!(key.mac(text, &[part.as_bytes()]), mac, "it is the one that sealed");
            }
        }
        assert!(StateKeys::from_secrets(&[]).is_err());
    }
}
