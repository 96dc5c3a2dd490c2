//! A sign-in in one address: a script gets it, and the browser that visits it goes on.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::flow::{Flow, FlowId, digits};
use super::seal::{Purpose, SealError, StateKey};
use crate::domain::Identity;
use crate::token::mint::Claims;

/// A sign-in whose password holds, on its way from a script's request to the browser's own.
#[derive(Clone)]
pub struct Ticket {
    /// Under which it is used up.
    pub id: FlowId,
    /// What was signed in to, as a flow would remember it.
    pub flow: Flow,
    /// What comes next.
    pub carried: Carried,
}

/// What a ticket is for.
#[derive(Clone)]
pub enum Carried {
    /// The hand-off of this person.
    Identity(Box<Identity>),
    /// A question of the backend's; only the backend reads it.
    Challenge(Value),
}

/// Why a ticket is not to be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TicketError {
    /// It is not one that we sealed.
    #[error("the ticket is not one that was sealed here")]
    Altered,
    /// It is ours, but its time is up.
    #[error("the ticket has expired")]
    Expired,
}

impl Ticket {
    /// How long it may be used, in seconds: a script follows it at once.
    pub const LIFETIME: u64 = 60;

    /// Seals it as the last segment of an address.
    pub fn seal(&self, key: &StateKey, expires: u64) -> Result<String, SealError> {
        let (claims, challenge) = match &self.carried {
            Carried::Identity(identity) => (Some(Claims::from(&**identity)), None),
            Carried::Challenge(challenge) => (None, Some(Cow::Borrowed(challenge))),
        };
        let Flow { brand, backend, route, return_to } = &self.flow;
        let content = Content {
            brand: brand.into(),
            backend: backend.into(),
            route: *route,
            return_to: return_to.as_deref().map(Cow::from),
            claims,
            challenge,
        };
        let text = serde_json::to_vec(&content).map_err(|_| SealError::Unsealable)?;
        let sealed = key.seal(Purpose::Ticket, self.id.as_bytes(), expires, &text)?;
        Ok(format!("{}.{expires}.{sealed}", self.id))
    }

    /// Opens what the address holds.
    pub fn open(text: &str, key: &StateKey, now: u64) -> Result<Self, TicketError> {
        let (expires, ticket) = Self::unseal(text, key).ok_or(TicketError::Altered)?;
        if now >= expires { Err(TicketError::Expired) } else { Ok(ticket) }
    }

    fn unseal(text: &str, key: &StateKey) -> Option<(u64, Self)> {
        let (id, rest) = text.split_once('.')?;
        let (expires, sealed) = rest.split_once('.')?;
        let (id, expires) = (FlowId::parse(id)?, digits(expires)?);
        let text = key.open(Purpose::Ticket, id.as_bytes(), expires, sealed)?;
        let content: Content<'_> = serde_json::from_slice(&text).ok()?;
        let carried = match (content.claims, content.challenge) {
            (Some(claims), None) => Carried::Identity(Box::new(claims.into_identity()?)),
            (None, Some(challenge)) => Carried::Challenge(challenge.into_owned()),
            _ => return None,
        };
        let flow = Flow {
            brand: content.brand.into_owned(),
            backend: content.backend.into_owned(),
            route: content.route,
            return_to: content.return_to.map(Cow::into_owned),
        };
        Some((expires, Self { id, flow, carried }))
    }
}

#[derive(Deserialize, Serialize)]
struct Content<'a> {
    brand: Cow<'a, str>,
    backend: Cow<'a, str>,
    route: Option<usize>,
    return_to: Option<Cow<'a, str>>,
    claims: Option<Claims<'a>>,
    challenge: Option<Cow<'a, Value>>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Carried, Ticket, TicketError};
    use crate::token::keys::tests::secrets;
    use crate::token::mint::tests::{full, sparse};
    use crate::token::{Flow, FlowId, StateKey, zendesk};

    const NOW: u64 = 1_800_000_000;
    const EXPIRES: u64 = NOW + Ticket::LIFETIME;

    fn ticket(carried: Carried) -> Ticket {
        let flow = Flow {
            brand: "coffee".into(),
            backend: "coffee-pool".into(),
            route: Some(2),
            return_to: Some("https://help.example/hc?a=\"b\"".into()),
        };
        Ticket { id: FlowId::random().unwrap(), flow, carried }
    }

    fn identity() -> Ticket {
        ticket(Carried::Identity(Box::new(sparse())))
    }

    #[test]
    fn a_ticket_comes_back_as_it_went() {
        let key = StateKey::random().unwrap();
        let jwt = |ticket: &Ticket| match &ticket.carried {
            Carried::Identity(identity) => {
                let jwt = zendesk::mint(identity, "an-id", &secrets(&["hunter2"]), NOW);
                jwt.unwrap().expose().to_owned()
            }
            Carried::Challenge(challenge) => challenge.to_string(),
        };
        let challenge = Carried::Challenge(json!({"session": "…", "choices": [1, 2]}));
        for carried in [Carried::Identity(Box::new(full())), challenge] {
            let sent = ticket(carried);
            let text = sent.seal(&key, EXPIRES).unwrap();
            let back = Ticket::open(&text, &key, NOW + 40).ok().unwrap();
            assert_eq!((jwt(&back), back.flow, back.id), (jwt(&sent), sent.flow, sent.id));
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        }
    }

    #[test]
    fn a_ticket_is_for_its_time_and_as_it_was_sealed() {
        let key = StateKey::random().unwrap();
        let text = identity().seal(&key, EXPIRES).unwrap();
        let later = text.replacen(&EXPIRES.to_string(), &(EXPIRES + 1).to_string(), 1);
        let renamed = format!("{}{}", FlowId::random().unwrap(), &text[22..]);
        let (altered, expired) = (Some(TicketError::Altered), Some(TicketError::Expired));
        let cases = [
            ("in time", text.as_str(), EXPIRES - 1, None),
            ("too late", &text, EXPIRES, expired),
            ("a later end", &later, NOW, altered),
            ("another id, to be used once more", &renamed, NOW, altered),
            ("cut", &text[..text.len() - 1], NOW, altered),
            ("nothing", "", NOW, altered),
        ];
        for (what, text, now, expected) in cases {
            assert_eq!(Ticket::open(text, &key, now).err(), expected, "{what}");
        }
    }
}
