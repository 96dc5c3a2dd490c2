//! What is wrong with an assertion or a Zendesk JWT.

use serde_json::{Map, Value};

use super::{AHEAD, Findings, ZENDESK_AGE, is_false};
use crate::domain::{EmailAddress, Phone, PhotoUrl, Role};
use crate::inspect::meaning::ZENDESK;
use crate::inspect::mend::{self, Mend};
use crate::token::claimed_profile;

impl Findings<'_> {
    pub(super) fn sign_in(&mut self) {
        self.issued(ZENDESK_AGE, AHEAD);
        self.ends_where_said();
        self.jti();
        self.email();
        if self.text("name").is_none() {
            self.doubt(
                "name",
                "it is missing, and Zendesk demands it; brandgate takes what stands before the `@`",
                Some(mend::NAME),
            );
        }
        self.external_id();
        self.role();
        self.attributes();
        self.unread_claims();
    }

    pub(super) fn jti(&mut self) {
        let is_md5 = |it: &str| it.len() == 32 && it.bytes().all(|it| it.is_ascii_hexdigit());
        match self.given("jti") {
            None => self.refuse_at_zendesk("jti", "it is missing", "brandgate makes one", mend::JTI),
            Some(Value::String(text)) if text.is_empty() => {
                self.refuse_at_zendesk("jti", "it is blank", "brandgate makes one", mend::JTI);
            }
            Some(Value::String(text)) if is_md5(text) => self.doubt(
                "jti",
                "it looks like an MD5: if that is of the time or the address, two tokens of one second \
                 are the same, and the second is refused",
                Some(mend::JTI),
            ),
            Some(Value::String(text)) if text.len() < 16 => {
                self.doubt("jti", "it is short: two of the same are refused", Some(mend::JTI));
            }
            Some(Value::String(_)) => {}
            Some(_) => self.refuse_at_zendesk("jti", "it is no text", "brandgate takes a number", mend::JTI),
        }
    }

    /// What Zendesk itself refuses and brandgate does not.
    pub(super) fn refuse_at_zendesk(&mut self, at: &str, what: &str, ours: &str, mend: Mend) {
        self.doubt(at, format!("{what}: Zendesk refuses such a token; {ours}"), Some(mend));
    }

    pub(super) fn email(&mut self) {
        match self.given("email") {
            None => self.refuse("email", "it is missing: nobody is named", Some(mend::EMAIL)),
            Some(Value::String(text)) if EmailAddress::parse(text.trim_end()).is_ok() => {}
            Some(Value::String(_)) => {
                self.refuse("email", "it is no e-mail address", Some(mend::EMAIL));
            }
            Some(_) => self.refuse("email", "it is no text", Some(mend::EMAIL)),
        }
        if self.given("email_verified").is_some_and(is_false) {
            self.refuse("email_verified", "the address is said not to be the person's own", None);
        }
    }

    pub(super) fn external_id(&mut self) {
        match self.given("external_id") {
            None => self.doubt(
                "external_id",
                "it is missing: the person is known by the address alone; a brand with an \
                 `external_id_prefix` refuses that",
                Some(mend::EXTERNAL_ID),
            ),
            Some(Value::String(text)) if text.chars().count() > 255 => {
                self.refuse(
                    "external_id",
                    "it has more than 255 characters",
                    Some(mend::EXTERNAL_ID),
                );
            }
            Some(Value::String(text)) if text.trim().is_empty() => {
                self.doubt(
                    "external_id",
                    "it is blank, which is as good as nothing",
                    Some(mend::EXTERNAL_ID),
                );
            }
            Some(Value::String(_)) => {}
            Some(Value::Number(number)) if number.as_u64().is_some() => self.refuse_at_zendesk(
                "external_id",
                "it is a number, and must be a text",
                "brandgate makes a text of it",
                mend::EXTERNAL_ID,
            ),
            Some(_) => self.refuse("external_id", "it is no text", Some(mend::EXTERNAL_ID)),
        }
    }

    pub(super) fn role(&mut self) {
        let role = self.given("role").map(|it| it.as_str().and_then(|it| Role::parse(it.trim())));
        match role {
            Some(None) => self.refuse("role", "it is none of end_user, agent and admin", Some(mend::ROLE)),
            Some(Some(Role::Agent | Role::Admin)) => self.doubt(
                "role",
                "it makes the person a team member; brandgate refuses it where the brand's `roles` do \
                 not list it",
                Some(mend::ROLE),
            ),
            None | Some(Some(Role::EndUser)) => {}
        }
        if self.given("custom_role_id").is_some() && !matches!(role, Some(Some(Role::Agent))) {
            self.refuse("custom_role_id", "it goes with the role `agent` only", None);
        }
    }

    pub(super) fn attributes(&mut self) {
        let read = |name: &str, value: &Value| {
            claimed_profile(&Map::from_iter([(name.to_owned(), value.clone())]))
        };
        for name in ["custom_role_id", "locale", "locale_id", "organization_id"] {
            let Some(value) = self.given(name) else { continue };
            let is_number = value.as_u64().is_some();
            let is_digits = value.as_str().is_some_and(|it| it.trim().parse::<u64>().is_ok());
            match (is_number, is_digits) {
                (true, _) => {}
                (_, true) => self.doubt(
                    name,
                    "it is a text: Zendesk wants a number, brandgate reads it",
                    Some(mend::NUMBER),
                ),
                _ => self.refuse(
                    name,
                    "it is no number; Zendesk has a number for each",
                    Some(mend::NUMBER),
                ),
            }
        }
        for name in ["organization", "organizations", "organization_ids"] {
            if self.given(name).is_some_and(|it| !it.is_string()) {
                self.refuse(name, "it is no text", None);
            }
        }
        match self.given("tags") {
            Some(Value::String(_)) => self.doubt(
                "tags",
                "it is one text: Zendesk wants a list, brandgate cuts it at its commas",
                Some(mend::TAGS),
            ),
            Some(value @ Value::Object(_)) if read("tags", value).is_ok() => self.doubt(
                "tags",
                "it is an object, as PHP makes of a filtered list: Zendesk wants a list, brandgate reads it",
                Some(mend::TAGS),
            ),
            Some(value) if read("tags", value).is_err() => {
                self.refuse("tags", "it is no list of texts", Some(mend::TAGS));
            }
            _ => {}
        }
        if let Some(value) =
            self.given("user_fields").filter(|value| read("user_fields", value).is_err())
        {
            let what = if value.is_string() {
                "it is a text, and must be an object"
            } else {
                "it is no object"
            };
            self.refuse("user_fields", what, Some(mend::USER_FIELDS));
        }
        if self.text("phone").is_some_and(|it| Phone::parse(it).is_err()) {
            self.doubt(
                "phone",
                "it is no number with `+` and the country's code; it is left out",
                Some(mend::PHONE),
            );
        }
        if self.text("remote_photo_url").is_some_and(|it| PhotoUrl::parse(it).is_err()) {
            self.doubt("remote_photo_url", "it is no address of the web; it is left out", None);
        }
    }

    /// Claims that nobody reads, and which was meant.
    pub(super) fn unread_claims(&mut self) {
        let is_read = |name: &str| ZENDESK.iter().any(|(known, _)| *known == name);
        let unread: Vec<String> = self
            .claims
            .keys()
            .filter(|it| !is_read(it) && !["iss", "sub"].contains(&it.as_str()))
            .cloned()
            .collect();
        for name in unread {
            let plain = name.to_ascii_lowercase().replace('-', "_");
            let near =
                ZENDESK.iter().map(|(known, _)| *known).filter(|it| !self.claims.contains_key(*it));
            let meant = near
                .map(|known| (strsim::damerau_levenshtein(&plain, known), known))
                .filter(|(apart, known)| *apart <= 2 && *apart < known.len() / 2)
                .min();
            match meant {
                Some((_, known)) => {
                    self.doubt(
                        &name,
                        format!("nobody reads this; `{known}` is meant, and is missing"),
                        None,
                    );
                }
                None => self.doubt(&name, "neither Zendesk nor brandgate reads this", None),
            }
        }
    }
}
