//! What a brand's rules themselves say about everybody whom they admit.

use std::num::NonZeroU64;

use serde_json::Map;

use super::role;
use crate::config::report::{Code, Path, Problems};
use crate::config::sections::raw::RawIdentity;
use crate::domain::{
    IdentityRules, InvalidAttribute, Organization, OrganizationIds, Organizations, Phone, PhotoUrl,
    Profile, Role, Tags, UserFields, zendesk_id,
};

/// The roles that may be said. A `role` alone is the only one; with `roles` it must be among them.
pub(in crate::config) fn roles(
    raw: &RawIdentity,
    path: &Path,
    problems: &mut Problems,
) -> Vec<Role> {
    let fixed = raw.role.map(role);
    let listed: Option<Vec<Role>> =
        raw.roles.as_ref().map(|roles| roles.iter().copied().map(role).collect());
    match (listed, fixed) {
        (None, None) => IdentityRules::default().roles,
        (None, Some(fixed)) => vec![fixed],
        (Some(listed), fixed) => {
            if fixed.is_some_and(|fixed| !listed.contains(&fixed)) {
                problems
                    .error(Code::RoleNotListed, &path.key("role"), "`roles` does not list it")
                    .with_hint("`role` alone is enough: everybody has it then");
            }
            listed
        }
    }
}

/// Reads every value that takes the place of what the backend says.
pub(in crate::config) fn read(
    raw: &RawIdentity,
    roles: &[Role],
    path: &Path,
    problems: &mut Problems,
) -> Profile {
    let fixed_role = raw.role.map(role);
    let has_agents = fixed_role.map_or(roles.contains(&Role::Agent), |it| it == Role::Agent);
    if raw.custom_role_id.is_some() && !has_agents {
        problems
            .error(
                Code::CustomRole,
                &path.key("custom_role_id"),
                "a custom role is for agents, and nobody is one here",
            )
            .with_hint("`role: agent`");
    }
    let mut read = Reader { path, problems };
    Profile {
        role: fixed_role,
        custom_role_id: read.id("custom_role_id", raw.custom_role_id),
        phone: read.value("phone", raw.phone.as_deref(), Phone::parse),
        locale: read.id("locale", raw.locale),
        locale_id: read.id("locale_id", raw.locale_id),
        organization: read.value("organization", raw.organization.as_deref(), Organization::parse),
        organizations: read.value("organizations", raw.organizations.as_ref(), |names| {
            Organizations::of(names.iter().map(String::as_str))
        }),
        organization_id: read.id("organization_id", raw.organization_id),
        organization_ids: read.value("organization_ids", raw.organization_ids.as_ref(), |ids| {
            OrganizationIds::of(ids.iter().copied())
        }),
        tags: read.value("tags", raw.tags.clone(), Tags::new),
        remote_photo_url: read.value(
            "remote_photo_url",
            raw.remote_photo_url.as_deref(),
            PhotoUrl::parse,
        ),
        user_fields: read.value("user_fields", raw.user_fields.as_ref(), |fields| {
            UserFields::new(fields.0.iter().cloned().collect::<Map<_, _>>())
        }),
    }
}

struct Reader<'a> {
    path: &'a Path,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn value<S, T>(
        &mut self,
        key: &str,
        raw: Option<S>,
        read: impl FnOnce(S) -> Result<T, InvalidAttribute>,
    ) -> Option<T> {
        let value = read(raw?);
        if let Err(invalid) = &value {
            self.problems.error(Code::AttributeInvalid, &self.path.key(key), invalid.to_string());
        }
        value.ok()
    }

    fn id(&mut self, key: &str, raw: Option<u64>) -> Option<NonZeroU64> {
        self.value(key, raw, zendesk_id)
    }
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::domain::{Profile, Role};

    const TABLE: &str = "
version: 1
server: { public_url: https://sso.acme.example }
zendesk: { account: acme, shared_secret: { value: zendesk-secret-0123456789abcdef0123 } }
reserved: [{ email_domains: [acme.example], backends: [site] }]
backends:
  site:
    type: redirect
    login_url: https://www.acme.example/in
    assertion: { algorithm: HS256, secrets: { value: site-secret-0123456789abcdef0123456 } }
brands:
  shoes: { brand_id: 1, hosts: [acme.zendesk.com], backend: site, identity: IDENTITY }
";

    /// The roles and values of these rules, or the place and text of every error.
    fn read(identity: &str) -> Result<(Vec<Role>, Profile), Vec<String>> {
        let yaml = TABLE.replace("IDENTITY", identity);
        let loaded = config::read(&yaml, "brands.yaml", ".".as_ref());
        let Some(config) = loaded.config else {
            let report = loaded.report.json();
            let errors =
                report.as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
            let line = |it: &serde_json::Value| format!("{}: {}", it["path"], it["message"]);
            return Err(errors.map(line).collect());
        };
        let rules = config.table.brands.iter().next().unwrap().1.identity.clone();
        Ok((rules.roles, rules.fixed))
    }

    #[test]
    fn every_value_is_read() {
        let (roles, fixed) = read(
            "{ role: agent, custom_role_id: 7, phone: '+15551234567', locale: 1, locale_id: 2,
               organization: Acme, organizations: [Acme, Shoes], organization_id: 3,
               organization_ids: [3, 4], tags: [shoes], remote_photo_url: 'https://acme.example/a.png',
               user_fields: { plan: gold, points: 7, vip: true, gone: null, chosen: [a, b] } }",
        )
        .unwrap();
        assert_eq!((roles, fixed.role), (vec![Role::Agent], Some(Role::Agent)));
        let number = |it: Option<std::num::NonZeroU64>| it.unwrap().get();
        assert_eq!((number(fixed.custom_role_id), number(fixed.organization_id)), (7, 3));
        assert_eq!((number(fixed.locale), number(fixed.locale_id)), (1, 2));
        assert_eq!(fixed.phone.unwrap().as_str(), "+15551234567");
        assert_eq!(fixed.organization.unwrap().as_str(), "Acme");
        assert_eq!(fixed.organizations.unwrap().as_str(), "Acme,Shoes");
        assert_eq!(fixed.organization_ids.unwrap().as_str(), "3,4");
        assert_eq!(fixed.tags.unwrap().as_slice(), ["shoes"]);
        assert_eq!(fixed.remote_photo_url.unwrap().as_str(), "https://acme.example/a.png");
        let fields = serde_json::json!({
            "plan": "gold", "points": 7, "vip": true, "gone": null, "chosen": ["a", "b"],
        });
        assert_eq!(fixed.user_fields.unwrap().as_map(), fields.as_object().unwrap());
    }

    #[test]
    fn a_role_is_one_of_the_roles() {
        let (agent, end_user) = (Role::Agent, Role::EndUser);
        let cases = [
            ("{}", vec![end_user], None),
            ("{ roles: [agent, end_user] }", vec![agent, end_user], None),
            ("{ role: agent }", vec![agent], Some(agent)),
            ("{ roles: [agent, end_user], role: agent }", vec![agent, end_user], Some(agent)),
        ];
        for (identity, roles, fixed) in cases {
            let read = read(identity).unwrap();
            assert_eq!((read.0, read.1.role), (roles, fixed), "{identity}");
        }
    }

    #[test]
    fn every_wrong_value_is_reported_at_its_place() {
        let cases = [
            ("{ role: agent, roles: [end_user] }", "role", "`roles` does not list it"),
            ("{ custom_role_id: 7 }", "custom_role_id", "a custom role is for agents"),
            ("{ role: admin, custom_role_id: 7 }", "custom_role_id", "a custom role is for agents"),
            ("{ role: agent, custom_role_id: 0 }", "custom_role_id", "above zero"),
            ("{ phone: 555-1234 }", "phone", "E.164"),
            ("{ locale: 0 }", "locale", "above zero"),
            ("{ locale_id: en-US }", "locale_id", "a whole number"),
            ("{ organization: 'A,B' }", "organization", "without a comma"),
            ("{ organizations: [] }", "organizations", "there is no organization"),
            ("{ organizations: [A, ''] }", "organizations", "1 to 255"),
            ("{ organization_id: 0 }", "organization_id", "above zero"),
            ("{ organization_ids: [1, 0] }", "organization_ids", "above zero"),
            ("{ tags: [a b] }", "tags", "without a space"),
            ("{ remote_photo_url: 'http://acme.example/a.png' }", "remote_photo_url", "https"),
            ("{ user_fields: { plan: { a: b } } }", "user_fields", "a field holds"),
            ("{ user_fields: { 'my plan': gold } }", "user_fields", "the key of a field"),
        ];
        for (identity, key, text) in cases {
            let errors = read(identity).expect_err(identity);
            let place = format!("\"brands.shoes.identity.{key}");
            assert_eq!(errors.len(), 1, "{identity}: {errors:?}");
            assert!(errors[0].starts_with(&place) && errors[0].contains(text), "{errors:?}");
        }
    }
}
