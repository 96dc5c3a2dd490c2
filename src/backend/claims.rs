//! Which of a provider's claims say what Zendesk is told.

use serde_json::{Map, Value};

use crate::domain::ClaimedProfile;
use crate::token::{self, TokenError};

/// One claim of Zendesk's, and the provider's claims that it may come from: the first that is there.
#[derive(Clone, Debug)]
pub struct ClaimSource {
    /// Zendesk's name of it; `user_fields.NAME` is one custom field.
    pub zendesk: String,
    /// The provider's names.
    pub provider: Vec<String>,
}

impl ClaimSource {
    /// The first of the provider's claims that says anything. Of what an address is worth a blank
    /// says something, too: PHP writes `false` so.
    fn find<'a>(&self, claims: &'a Map<String, Value>) -> Option<&'a Value> {
        self.provider.iter().find_map(|name| claims.get(name).filter(|value| self.counts(value)))
    }

    fn counts(&self, value: &Value) -> bool {
        match self.zendesk.as_str() {
            "email_verified" => !value.is_null(),
            _ => says_anything(value),
        }
    }
}

/// Whether a claim says anything: `null` and a blank do not.
pub(super) fn says_anything(value: &Value) -> bool {
    !value.is_null() && value != ""
}

/// All claims that a provider's answer is read for.
#[derive(Clone, Debug, Default)]
pub struct ClaimMap(Vec<ClaimSource>);

impl ClaimMap {
    /// The prefix of a custom field's name.
    pub const USER_FIELD: &str = "user_fields.";

    /// `defaults`, with `own` in the place of those of the same name.
    pub fn new(defaults: &[(&str, &[&str])], own: Vec<ClaimSource>) -> Self {
        let replaced = |name: &str| own.iter().any(|source| source.zendesk == name);
        let mut sources: Vec<_> = defaults
            .iter()
            .filter(|(name, _)| !replaced(name))
            .map(|(zendesk, provider)| ClaimSource {
                zendesk: (*zendesk).to_owned(),
                provider: provider.iter().map(|name| (*name).to_owned()).collect(),
            })
            .collect();
        sources.extend(own);
        Self(sources)
    }

    /// Whether `claims` hold something for everything that is read.
    pub fn are_all_in(&self, claims: &Map<String, Value>) -> bool {
        self.0.iter().all(|source| source.find(claims).is_some())
    }

    /// For which of Zendesk's the claim `name` is read.
    pub(super) fn zendesk_of(&self, claims: &Map<String, Value>, name: &str) -> Option<&str> {
        let is_read = |source: &&ClaimSource| {
            let counts = |it: &&String| claims.get(*it).is_some_and(|value| source.counts(value));
            source.provider.iter().find(counts).is_some_and(|it| it == name)
        };
        self.0.iter().find(is_read).map(|source| source.zendesk.as_str())
    }

    /// What `claims` say about a person.
    pub fn read(&self, claims: &Map<String, Value>) -> Result<ClaimedProfile, TokenError> {
        Self::profile(&self.0, claims)
    }

    /// What `claims` say about a person's address, and nothing else.
    pub fn read_address(&self, claims: &Map<String, Value>) -> Result<ClaimedProfile, TokenError> {
        let is_about_it = |source: &&ClaimSource| source.zendesk.starts_with("email");
        Self::profile(self.0.iter().filter(is_about_it), claims)
    }

    fn profile<'a>(
        sources: impl IntoIterator<Item = &'a ClaimSource>,
        claims: &Map<String, Value>,
    ) -> Result<ClaimedProfile, TokenError> {
        let mut named = Map::new();
        let mut fields = Map::new();
        for source in sources {
            let ClaimSource { zendesk, .. } = source;
            let Some(value) = source.find(claims).cloned() else { continue };
            match zendesk.strip_prefix(Self::USER_FIELD) {
                Some(field) => fields.insert(field.to_owned(), value),
                None => named.insert(zendesk.clone(), value),
            };
        }
        if !fields.is_empty() {
            named.insert("user_fields".to_owned(), Value::Object(fields));
        }
        token::claimed_profile(&named)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ClaimMap, ClaimSource, ClaimedProfile, Value};

    #[test]
    fn every_claim_that_zendesk_takes_may_have_another_name() {
        let Ok(Value::Object(mut claims)) = serde_json::to_value(ClaimedProfile::default()) else {
            panic!("its claims are the members of an object");
        };
        // The one is named field by field, the other is none.
        claims.retain(|name, _| !["user_fields", "malformed"].contains(&name.as_str()));
        let mut names = ClaimedProfile::CLAIMS;
        names.sort_unstable();
        assert!(claims.keys().eq(names), "{claims:?}");
    }

    #[test]
    fn the_first_claim_that_is_there_counts() {
        let own = ClaimSource {
            zendesk: "user_fields.plan".to_owned(),
            provider: vec!["custom:plan".to_owned()],
        };
        let map =
            ClaimMap::new(&[("name", &["nickname", "name"]), ("email", &["email"])], vec![own]);
        let cases = [
            (json!({"nickname": "Joe", "name": "Joseph"}), Some("Joe")),
            (json!({"nickname": "", "name": "Joseph"}), Some("Joseph")),
            (json!({"nickname": null, "name": "Joseph"}), Some("Joseph")),
            (json!({"email": "joe@example.com"}), None),
        ];
        for (claims, name) in cases {
            let said = map.read(claims.as_object().unwrap()).unwrap();
            assert_eq!(said.name.as_deref(), name, "{claims}");
        }
        let claims = json!({"custom:plan": "gold", "plan": "tin"});
        let said = map.read(claims.as_object().unwrap()).unwrap();
        assert_eq!(said.user_fields.unwrap()["plan"], "gold");
    }

    #[test]
    fn a_blank_proof_of_the_address_is_refused_and_not_passed_over() {
        let map = ClaimMap::new(&[("email_verified", &["email_verified", "confirmed"])], vec![]);
        for (claims, refused) in [
            (json!({"email_verified": ""}), true),
            (json!({"email_verified": " "}), true),
            (json!({"email_verified": "", "confirmed": true}), true),
            (json!({"confirmed": ""}), true),
            (json!({"email_verified": null}), false),
            (json!({"email_verified": null, "confirmed": "1"}), false),
        ] {
            let claims = claims.as_object().unwrap();
            assert_eq!(map.read(claims).is_err(), refused, "{claims:?}");
            assert_eq!(map.read_address(claims).is_err(), refused, "{claims:?}");
        }
    }

    #[test]
    fn a_file_can_name_everything_that_a_backend_may_claim() {
        let profile = serde_json::to_value(ClaimedProfile::default()).unwrap();
        // The one is named field by field, the other is a note of ours.
        let not_named = |name: &&String| ["user_fields", "malformed"].contains(&name.as_str());
        let mut claimed: Vec<_> =
            profile.as_object().unwrap().keys().filter(|name| !not_named(name)).collect();
        let mut names = ClaimedProfile::CLAIMS;
        claimed.sort_unstable();
        names.sort_unstable();
        assert_eq!(claimed, names);
    }

    #[test]
    fn a_claim_of_a_wrong_type_is_refused() {
        let map = ClaimMap::new(&[("email", &["email"])], Vec::new());
        assert!(map.read(json!({"email": ["a@b.example"]}).as_object().unwrap()).is_err());
    }
}
