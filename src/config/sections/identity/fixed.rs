//! What a brand's rules themselves say about everybody whom they admit.

use std::num::NonZeroU64;

use serde_json::Value as Json;

use crate::config::document::{Fields, FromNode, Read, Reported, Value};
use crate::config::report::Code;
use crate::domain::{
    InvalidAttribute, Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Profile, Role,
    Tags, UserFields, zendesk_id,
};

/// Reads every value that takes the place of what the backend says, among the keys of the rules.
///
/// `listed` are the roles that may be said, if the rules list any.
pub(super) fn read(fields: &Fields<'_>, listed: &Read<Option<Vec<Role>>>) -> Read<Profile> {
    let role = fields.optional_with("role", |value| role(value, listed));
    let has_agents = match (&role, listed) {
        (Ok(Some(role)), _) => *role == Role::Agent,
        (Ok(None), Ok(listed)) => listed.iter().flatten().any(|role| *role == Role::Agent),
        // Which roles are meant is not known.
        (Err(Reported), _) | (_, Err(Reported)) => true,
    };
    let custom_role_id = fields.optional_with("custom_role_id", |value| {
        if !has_agents {
            value
                .error(Code::CustomRole, "a custom role is for agents, and nobody is one here")
                .with_hint("`role: agent`");
        }
        id(value)
    });
    let phone =
        fields.optional_with("phone", |value| attribute(value, Phone::parse(value.text()?)));
    let locale = fields.optional_with("locale", id);
    let locale_id = fields.optional_with("locale_id", id);
    let organization = fields.optional_with("organization", |value| {
        attribute(value, Organization::parse(value.free_text()?))
    });
    let organizations = fields.optional_with("organizations", |value| {
        let names: Vec<String> = FromNode::read(value)?;
        attribute(value, Organizations::of(names.iter().map(String::as_str)))
    });
    let organization_id = fields.optional_with("organization_id", id);
    let organization_ids = fields.optional_with("organization_ids", |value| {
        attribute(value, OrganizationIds::of(Vec::read(value)?))
    });
    let tags =
        fields.optional_with("tags", |value| attribute(value, Tags::new(FromNode::read(value)?)));
    let remote_photo_url = fields.optional_with("remote_photo_url", |value| {
        attribute(value, PhotoUrl::parse(value.text()?))
    });
    let user_fields = fields.optional_with("user_fields", |value| match value.json()? {
        Json::Object(fields) => attribute(value, UserFields::new(fields)),
        _ => Fields::of(value).and(Err(Reported)),
    });
    Ok(Profile {
        role: role?,
        custom_role_id: custom_role_id?,
        phone: phone?,
        locale: locale?,
        locale_id: locale_id?,
        organization: organization?,
        organizations: organizations?,
        organization_id: organization_id?,
        organization_ids: organization_ids?,
        tags: tags?,
        remote_photo_url: remote_photo_url?,
        user_fields: user_fields?,
    })
}

/// The role that everybody has. With `roles` it must be among them.
fn role(value: Value<'_>, listed: &Read<Option<Vec<Role>>>) -> Read<Role> {
    let role = Role::read(value)?;
    if let Ok(Some(listed)) = listed
        && !listed.contains(&role)
    {
        value
            .error(Code::RoleNotListed, "`roles` does not list it")
            .with_hint("`role` alone is enough: everybody has it then");
        return Err(Reported);
    }
    Ok(role)
}

fn id(value: Value<'_>) -> Read<NonZeroU64> {
    attribute(value, zendesk_id(u64::read(value)?))
}

fn attribute<T>(value: Value<'_>, read: Result<T, InvalidAttribute>) -> Read<T> {
    read.map_err(|invalid| {
        value.error(Code::AttributeInvalid, invalid.to_string());
        Reported
    })
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::config::tests::told::{self, ReportedProblem};
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
            let errors = told::of(&loaded.report).into_iter().filter(ReportedProblem::is_error);
            return Err(errors.map(|it| format!("{}: {}", it.path, it.message)).collect());
        };
        let rules = &config.table.brands.iter().next().unwrap().1.identity;
        Ok((rules.roles.clone(), rules.fixed.clone()))
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
            let place = format!("brands.shoes.identity.{key}");
            assert_eq!(errors.len(), 1, "{identity}: {errors:?}");
            assert!(errors[0].starts_with(&place) && errors[0].contains(text), "{errors:?}");
        }
    }
}
