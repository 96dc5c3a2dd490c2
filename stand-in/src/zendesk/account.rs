//! The account's users, of whom there is one per e-mail address, and their sessions.

use std::collections::HashMap;

use super::token::{Claims, DRIFT, Refusal};
use crate::stand_in::Person;

const SESSION_SECONDS: u64 = 8 * 60 * 60;
const TICKET_SECONDS: u64 = 60;

/// What a user may do in the account.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Role {
    /// Asks questions.
    #[default]
    EndUser,
    /// Answers them.
    Agent,
    /// Decides who may.
    Admin,
}

impl Role {
    /// The name in a JWT.
    pub fn name(self) -> &'static str {
        match self {
            Self::EndUser => "end_user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::EndUser, Self::Agent, Self::Admin].into_iter().find(|role| role.name() == name)
    }
}

/// One user of the Zendesk account, whatever the brand.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct User {
    /// Zendesk's own number.
    pub id: u64,
    /// In lower case; no two users share one.
    pub email: String,
    /// Overwritten at every sign-in.
    pub name: String,
    /// The backend's id, once somebody has said one.
    pub external_id: Option<String>,
    /// Changed by every JWT that names another.
    pub role: Role,
    /// Names, in the order in which they came.
    pub organizations: Vec<String>,
    /// Replaced as a whole.
    pub tags: Vec<String>,
    /// As the JWT had it.
    pub phone: Option<String>,
}

/// A way onto one host for the browser that holds it, once.
pub(super) struct Ticket {
    pub(super) session: Session,
    pub(super) return_to: String,
}

/// Somebody who has signed in, on one host.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) host: String,
    pub(super) user: u64,
    /// The same on all hosts reached with one sign-in, so that they end together.
    pub(super) sign_in: String,
    pub(super) since: u64,
}

/// All that Zendesk remembers.
#[derive(Default)]
pub(crate) struct Account {
    users: Vec<User>,
    used_ids: HashMap<String, u64>,
    sessions: HashMap<String, Session>,
    tickets: HashMap<String, Ticket>,
    refuse_next: Option<String>,
}

impl Account {
    /// An account that has only the users whose passwords it knows; the first of them owns it.
    pub(crate) fn new(people: &[Person]) -> Self {
        let mut account = Self::default();
        for person in people {
            let role = if account.users.is_empty() { Role::Admin } else { Role::EndUser };
            account.add(&person.email.to_ascii_lowercase(), &person.name, role);
        }
        account
    }

    pub(crate) fn users(&self) -> &[User] {
        &self.users
    }

    pub(crate) fn refuse_next(&mut self, message: &str) {
        self.refuse_next = Some(message.to_owned());
    }

    pub(super) fn switched(&mut self) -> Result<(), Refusal> {
        self.refuse_next.take().map_or(Ok(()), |message| Err(Refusal::Switched(message)))
    }

    /// Remembers an id for as long as a token that carries it could be young enough.
    pub(super) fn use_once(&mut self, jti: &str, now: u64) -> Result<(), Refusal> {
        self.used_ids.retain(|_, since| now.saturating_sub(*since) <= 2 * DRIFT);
        match self.used_ids.insert(jti.to_owned(), now) {
            None => Ok(()),
            Some(_) => Err(Refusal::Reused),
        }
    }

    /// Finds or makes the user of a token and changes what the token changes.
    pub(super) fn admit(&mut self, claims: Claims, update_ids: bool) -> Result<u64, Refusal> {
        let by_id = claims.external_id.as_deref().and_then(|id| self.with_external_id(id));
        let by_email = self.with_email(&claims.email).map(|user| user.id);
        let keeps_id = |user: u64| {
            let known = self.user(user).and_then(|user| user.external_id.as_deref());
            known.is_some()
                && claims.external_id.is_some()
                && known != claims.external_id.as_deref()
        };
        let found = match (by_id, by_email) {
            (Some(one), Some(other)) if one != other => return Err(Refusal::ExternalTaken),
            (None, Some(user)) if !update_ids && keeps_id(user) => {
                return Err(Refusal::ExternalTaken);
            }
            (Some(_), None) if update_ids => return Err(Refusal::ExternalTaken),
            (by_id, by_email) => by_id.or(by_email),
        };
        let id = found.unwrap_or_else(|| self.add(&claims.email, &claims.name, Role::default()));
        if let Some(user) = self.users.iter_mut().find(|user| user.id == id) {
            user.update(claims);
        }
        Ok(id)
    }

    pub(super) fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub(super) fn with_email(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email.eq_ignore_ascii_case(email))
    }

    pub(super) fn open(&mut self, id: String, session: Session) {
        let now = session.since;
        self.sessions.retain(|_, old| now.saturating_sub(old.since) <= SESSION_SECONDS);
        self.sessions.insert(id, session);
    }

    /// The session of this id, which counts on its own host alone.
    pub(super) fn session(&self, id: &str, host: &str) -> Option<&Session> {
        self.sessions.get(id).filter(|session| session.host == host)
    }

    /// Ends a sign-in on every host that it reached.
    pub(super) fn end(&mut self, sign_in: &str) {
        self.sessions.retain(|_, session| session.sign_in != sign_in);
        self.tickets.retain(|_, ticket| ticket.session.sign_in != sign_in);
    }

    pub(super) fn issue(&mut self, id: String, ticket: Ticket) {
        let now = ticket.session.since;
        self.tickets.retain(|_, old| now.saturating_sub(old.session.since) <= TICKET_SECONDS);
        self.tickets.insert(id, ticket);
    }

    /// Takes a ticket back, if it is young and was meant for this host.
    pub(super) fn redeem(&mut self, id: &str, host: &str, now: u64) -> Option<Ticket> {
        let ticket = self.tickets.remove(id)?;
        let young = now.saturating_sub(ticket.session.since) <= TICKET_SECONDS;
        (young && ticket.session.host == host).then_some(ticket)
    }

    fn with_external_id(&self, id: &str) -> Option<u64> {
        let same = |user: &&User| user.external_id.as_deref() == Some(id);
        self.users.iter().find(same).map(|user| user.id)
    }

    fn add(&mut self, email: &str, name: &str, role: Role) -> u64 {
        let id = self.users.iter().map(|user| user.id).max().unwrap_or(0) + 1;
        let [email, name] = [email, name].map(str::to_owned);
        self.users.push(User { id, email, name, role, ..User::default() });
        id
    }
}

impl User {
    fn update(&mut self, claims: Claims) {
        self.email = claims.email;
        self.name = claims.name;
        self.external_id = claims.external_id.or(self.external_id.take());
        self.role = claims.role.unwrap_or(self.role);
        self.phone = claims.phone.or(self.phone.take());
        if let Some(tags) = claims.tags {
            self.tags = tags;
        }
        if let Some(organizations) = claims.organizations {
            self.organizations = organizations;
        }
        if let Some(name) = claims.organization.filter(|name| !self.organizations.contains(name)) {
            self.organizations.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(email: &str, external_id: Option<&str>) -> Claims {
        let external_id = external_id.map(str::to_owned);
        Claims { email: email.to_owned(), name: "N".to_owned(), external_id, ..Claims::default() }
    }

    fn account() -> Account {
        let mut account = Account::default();
        for (email, id) in [("a@x.example", Some("shoes_1")), ("b@x.example", None)] {
            account.admit(claims(email, id), false).unwrap();
        }
        account
    }

    #[test]
    fn the_external_id_decides_first_then_the_address_and_a_clash_is_refused() {
        // (update of external ids, e-mail, external id, who it is)
        let table = [
            (false, "a@x.example", None, Ok(1)),
            (false, "a@x.example", Some("shoes_1"), Ok(1)),
            (false, "new@x.example", Some("shoes_1"), Ok(1)),
            (false, "b@x.example", Some("shoes_2"), Ok(2)),
            (false, "c@x.example", Some("shoes_3"), Ok(3)),
            (false, "a@x.example", Some("coffee_1"), Err(Refusal::ExternalTaken)),
            (false, "b@x.example", Some("shoes_1"), Err(Refusal::ExternalTaken)),
            (true, "a@x.example", Some("coffee_1"), Ok(1)),
            (true, "b@x.example", Some("shoes_1"), Err(Refusal::ExternalTaken)),
            (true, "new@x.example", Some("shoes_1"), Err(Refusal::ExternalTaken)),
        ];
        for (update, email, id, wanted) in table {
            let mut account = account();
            assert_eq!(account.admit(claims(email, id), update), wanted, "{update} {email} {id:?}");
            if let Ok(user) = wanted {
                let user = account.user(user).unwrap();
                assert_eq!(user.email, email);
                assert!(id.is_none() || user.external_id.as_deref() == id, "{email} {id:?}");
            }
        }
    }

    #[test]
    fn a_role_is_changed_when_named_and_kept_when_not() {
        let mut account = account();
        let agent = Claims { role: Some(Role::Agent), ..claims("a@x.example", None) };
        account.admit(agent, false).unwrap();
        account.admit(claims("a@x.example", None), false).unwrap();
        assert_eq!(account.user(1).map(|user| user.role), Some(Role::Agent));
        assert_eq!(account.user(2).map(|user| user.role), Some(Role::EndUser));
    }

    #[test]
    fn tags_replace_and_an_organization_is_added() {
        let mut account = account();
        for (tag, name) in [("one", "A"), ("two", "B"), ("two", "B")] {
            let tags = Some(vec![tag.to_owned()]);
            let organization = Some(name.to_owned());
            let claims = Claims { organization, tags, ..claims("a@x.example", None) };
            account.admit(claims, false).unwrap();
        }
        let user = account.user(1).unwrap();
        assert_eq!((user.tags.clone(), user.organizations.len()), (vec!["two".to_owned()], 2));
    }

    #[test]
    fn an_id_is_taken_once() {
        let mut account = Account::default();
        assert_eq!(account.use_once("one", 1000), Ok(()));
        assert_eq!(account.use_once("two", 1000), Ok(()));
        assert_eq!(account.use_once("one", 1000 + 2 * DRIFT), Err(Refusal::Reused));
    }

    #[test]
    fn a_ticket_opens_its_own_host_once_and_soon() {
        let session = Session {
            host: "shoes.localhost".to_owned(),
            user: 1,
            sign_in: "s".to_owned(),
            since: 1000,
        };
        let table = [
            ("shoes.localhost", 1000, true),
            ("coffee.localhost", 1000, false),
            ("shoes.localhost", 1061, false),
        ];
        for (host, now, wanted) in table {
            let mut account = account();
            let return_to = "http://shoes.localhost/hc".to_owned();
            account.issue("t".to_owned(), Ticket { session: session.clone(), return_to });
            assert_eq!(account.redeem("t", host, now).is_some(), wanted, "{host} {now}");
            assert!(account.redeem("t", "shoes.localhost", 1000).is_none());
        }
    }
}
