//! Keys under which what counts once is remembered.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};

use super::flow::FlowId;
use crate::token::keys::Fingerprint;

/// What counts once, as a hash, so that ids of different kinds and of different secrets never meet.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct ReplayKey([u8; 32]);

impl ReplayKey {
    /// That of an assertion with an id of its own.
    pub(in crate::token) fn of_jti(secret: Fingerprint, jti: &str) -> Self {
        Self::hash("assertion by jti", &[&secret.to_bytes(), jti.as_bytes()])
    }

    /// That of an assertion without: what was signed, not how the signature is spelt.
    pub(in crate::token) fn of_message(secret: Fingerprint, message: &str) -> Self {
        Self::hash("assertion by text", &[&secret.to_bytes(), message.as_bytes()])
    }

    /// That of one sign-in at a backend that gives no assertion, or of a ticket.
    pub fn of_flow(flow: FlowId) -> Self {
        Self::hash("flow", &[flow.to_string().as_bytes()])
    }

    /// That of the answer to "Continue as …?", by the Zendesk `jti` that it would get.
    pub fn of_confirmation(jti: &str) -> Self {
        Self::hash("confirmation", &[jti.as_bytes()])
    }

    /// As the store has it.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The Zendesk `jti`: if the store has forgotten, Zendesk itself refuses the second.
    pub fn uuid(&self) -> String {
        let mut bytes = self.0.first_chunk().copied().unwrap_or([0; 16]);
        // RFC 9562 §5.8: version 8, whose other bits are ours.
        let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
        *version = *version & 0x0f | 0x80;
        *variant = *variant & 0x3f | 0x80;
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.into_iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            let digits = [byte >> 4, byte & 0xf].map(u32::from);
            text.extend(digits.iter().filter_map(|digit| char::from_digit(*digit, 16)));
        }
        text
    }

    fn hash(kind: &str, parts: &[&[u8]]) -> Self {
        let mut text = Vec::with_capacity(128);
        for part in std::iter::once(&kind.as_bytes()).chain(parts) {
            text.extend_from_slice(&(part.len() as u64).to_be_bytes());
            text.extend_from_slice(part);
        }
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(digest(&SHA256, &text).as_ref()).for_each(|(to, from)| *to = *from);
        Self(bytes)
    }
}

/// In hexadecimal, for logs.
impl fmt::Display for ReplayKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{FlowId, ReplayKey};
    use crate::token::keys::Fingerprint;

    #[test]
    fn different_things_have_different_keys() {
        let flow = FlowId::random().unwrap();
        let (shop, other) = (Fingerprint::of_secret(b"shop"), Fingerprint::of_secret(b"other"));
        let ids = [
            ReplayKey::of_jti(shop, "1"),
            ReplayKey::of_jti(shop, "2"),
            ReplayKey::of_jti(shop, ""),
            ReplayKey::of_jti(other, "1"),
            ReplayKey::of_message(shop, "1"),
            ReplayKey::of_flow(flow),
            ReplayKey::of_confirmation(&flow.to_string()),
            ReplayKey::of_jti(shop, &flow.to_string()),
        ];
        let distinct: HashSet<_> = ids.iter().collect();
        let uuids: HashSet<_> = ids.iter().map(ReplayKey::uuid).collect();
        assert_eq!((distinct.len(), uuids.len()), (ids.len(), ids.len()));
    }

    #[test]
    fn a_key_is_the_same_on_every_instance() {
        // By Python: hashlib over the parts, each behind its length in eight bytes; the fingerprint is
        // half an HMAC.
        let id = ReplayKey::of_jti(Fingerprint::of_secret(b"shop"), "1");
        assert_eq!(
            id.to_string(),
            "3f00d30b2a6ebb9d2936f4efb9f830068f344887676d8f55b6e33ccbf7da2a9b"
        );
        assert_eq!(id.uuid(), "3f00d30b-2a6e-8b9d-a936-f4efb9f83006");
    }
}
