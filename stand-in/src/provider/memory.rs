//! What the provider remembers: who has signed in, and what it has given out.

use std::collections::HashMap;

use super::authorize::Request;
use crate::stand_in::Person;

const SESSION_SECONDS: u64 = 8 * 60 * 60;
const CODE_SECONDS: u64 = 60;
pub(super) const TOKEN_SECONDS: u64 = 300;
const MOST: usize = 10_000;

/// What goes wrong on purpose, from the next sign-in to its end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trouble {
    /// The token endpoint is out of order.
    OutOfOrder,
    /// The ID token belongs to another sign-in.
    WrongNonce,
    /// The ID token is signed by somebody else.
    WrongKey,
    /// Nobody has confirmed the e-mail address.
    Unconfirmed,
}

/// Somebody who has signed in at the provider.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) person: Person,
    pub(super) since: u64,
}

/// What a code or an access token stands for.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) session: Session,
    pub(super) request: Request,
    pub(super) trouble: Option<Trouble>,
    pub(super) since: u64,
}

/// All that the provider remembers.
#[derive(Default)]
pub(crate) struct Memory {
    sessions: HashMap<String, Session>,
    codes: HashMap<String, Grant>,
    /// Codes that were redeemed, and the access token of each.
    redeemed: HashMap<String, String>,
    tokens: HashMap<String, Grant>,
    trouble: Option<Trouble>,
}

impl Memory {
    /// Lets something go wrong once.
    pub(crate) fn trouble_next(&mut self, trouble: Trouble) {
        self.trouble = Some(trouble);
    }

    pub(super) fn take_trouble(&mut self) -> Option<Trouble> {
        self.trouble.take()
    }

    pub(super) fn open(&mut self, id: String, session: Session) {
        insert(&mut self.sessions, id, session);
    }

    pub(super) fn session(&self, id: &str, now: u64) -> Option<&Session> {
        self.sessions.get(id).filter(|it| now.saturating_sub(it.since) < SESSION_SECONDS)
    }

    pub(super) fn end(&mut self, id: &str) {
        self.sessions.remove(id);
    }

    pub(super) fn issue(&mut self, code: String, grant: Grant) {
        insert(&mut self.codes, code, grant);
    }

    /// Uses a code up. One that comes a second time was overheard, so what it brought ends
    /// (RFC 6749 §4.1.2).
    pub(super) fn redeem(&mut self, code: &str, now: u64) -> Option<Grant> {
        if let Some(token) = self.redeemed.remove(code) {
            self.tokens.remove(&token);
        }
        let grant = self.codes.remove(code)?;
        (now.saturating_sub(grant.since) < CODE_SECONDS).then_some(grant)
    }

    /// Keeps the access token that a code has brought.
    pub(super) fn give(&mut self, code: &str, token: String, grant: Grant) {
        insert(&mut self.redeemed, code.to_owned(), token.clone());
        insert(&mut self.tokens, token, grant);
    }

    pub(super) fn grant(&self, token: &str, now: u64) -> Option<&Grant> {
        self.tokens.get(token).filter(|it| now.saturating_sub(it.since) < TOKEN_SECONDS)
    }
}

/// Nobody needs so many: a script that asks for more may start again.
fn insert<T>(map: &mut HashMap<String, T>, key: String, value: T) {
    if map.len() >= MOST {
        map.clear();
    }
    map.insert(key, value);
}
