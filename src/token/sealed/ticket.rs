//! A sign-in in one address: a script gets it, and the browser that visits it goes on.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Flow, FlowId, OpenError, Purpose, SealError, Sealable, Sealed, StateKey, StateKeys};
use crate::domain::ClaimedProfile;
use crate::token::keys::Fingerprint;

/// A sign-in whose password holds, on its way from a script's request to the browser's own; `Q` is a
/// question of the backend's.
#[derive(Deserialize, Serialize)]
pub struct Ticket<Q> {
    /// What was signed in to, as a flow would remember it.
    pub flow: Flow,
    /// What its backend was believed by then.
    pub trust: Vec<Fingerprint>,
    /// What comes next.
    pub carried: Carried<Q>,
}

/// What a ticket is for.
#[derive(Deserialize, Serialize)]
pub enum Carried<Q> {
    /// The hand-off of whom this is about, if the rules still admit it.
    Profile(Box<ClaimedProfile>),
    /// The person's answer.
    Question(Q),
}

impl<Q: Serialize + DeserializeOwned> Sealable for Ticket<Q> {
    const PURPOSE: Purpose = Purpose::Ticket;
    /// A script follows it at once.
    const LIFETIME: u64 = 60;
}

impl<Q: Serialize + DeserializeOwned> Ticket<Q> {
    /// Seals it as the last segment of an address; under `id` it is used up.
    pub fn seal(&self, key: &StateKey, id: FlowId, now: u64) -> Result<String, SealError> {
        Ok(format!("{id}.{}", key.seal(self, id, now)?))
    }

    /// Opens what the address holds.
    pub fn open(text: &str, keys: &StateKeys, now: u64) -> Result<(FlowId, Self), OpenError> {
        let (id, sealed) = text.split_once('.').ok_or(OpenError::Altered)?;
        let id = FlowId::parse(id).ok_or(OpenError::Altered)?;
        Ok((id, Sealed::read(sealed)?.open(keys, id, now)?))
    }

    /// The sign-in of one whose time is up: it signs nobody in any more, and still says where they were going.
    pub fn flow_of_late(text: &str, keys: &StateKeys) -> Option<Flow> {
        let (id, sealed) = text.split_once('.')?;
        let (id, sealed) = (FlowId::parse(id)?, Sealed::<Self>::read(sealed).ok()?);
        keys.iter().find_map(|key| sealed.unseal(key, id)).map(|ticket| ticket.flow)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::{Carried, Ticket};
    use crate::token::{Fingerprint, Flow, FlowId, OpenError, StateKeys};

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn a_ticket_is_for_its_id_and_fits_into_an_address() {
        let keys = StateKeys::random().unwrap();
        let flow = Flow {
            brand: "coffee".into(),
            backend: "coffee-pool".into(),
            route: Some(2),
            locale: NonZeroU16::new(8),
            return_to: Some("https://help.example/hc?a=\"b\"".into()),
        };
        let trust = vec![Fingerprint::of(&["pool"])];
        let ticket = Ticket { flow: flow.clone(), trust, carried: Carried::Question(7) };
        let (id, other) = (FlowId::random().unwrap(), FlowId::random().unwrap());
        let text = ticket.seal(keys.sealing(), id, NOW).unwrap();
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        let open = |text: &str| Ticket::<u32>::open(text, &keys, NOW + 59);
        let (found, back) = open(&text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((found, back.flow), (id, flow));
        assert!(matches!(back.carried, Carried::Question(7)));
        let renamed = format!("{other}{}", &text[22..]);
        for altered in [&*renamed, "", ".", &text[..22], &text[23..]] {
            assert_eq!(open(altered).err(), Some(OpenError::Altered), "{altered}");
        }
    }
}
