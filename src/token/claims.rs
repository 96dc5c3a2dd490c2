//! An identity as the claims of a Zendesk JWT.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{EmailAddress, Identity, Role};

/// What a Zendesk JWT says about a person; what is not known is left out.
#[derive(Deserialize, Serialize)]
pub(super) struct Claims<'a> {
    email: Cow<'a, str>,
    name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    custom_role_id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locale: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locale_id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organizations: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization_id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization_ids: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tags: Option<Cow<'a, [String]>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remote_photo_url: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_fields: Option<Cow<'a, Map<String, Value>>>,
}

impl<'a> From<&'a Identity> for Claims<'a> {
    fn from(identity: &'a Identity) -> Self {
        Self {
            email: identity.email.as_str().into(),
            name: identity.name.as_str().into(),
            external_id: identity.external_id.as_deref().map(Cow::from),
            role: identity.role.map(|role| role.as_str().into()),
            custom_role_id: identity.custom_role_id,
            phone: identity.phone.as_deref().map(Cow::from),
            locale: identity.locale,
            locale_id: identity.locale_id,
            organization: identity.organization.as_deref().map(Cow::from),
            organizations: identity.organizations.as_deref().map(Cow::from),
            organization_id: identity.organization_id,
            organization_ids: identity.organization_ids.as_deref().map(Cow::from),
            tags: identity.tags.as_deref().map(Cow::from),
            remote_photo_url: identity.remote_photo_url.as_deref().map(Cow::from),
            user_fields: identity.user_fields.as_ref().map(Cow::Borrowed),
        }
    }
}

impl Claims<'_> {
    /// Back to the identity, if it is one.
    pub(super) fn into_identity(self) -> Option<Identity> {
        Some(Identity {
            email: EmailAddress::parse(&self.email).ok()?,
            name: self.name.into_owned(),
            external_id: self.external_id.map(Cow::into_owned),
            role: match self.role {
                None => None,
                Some(role) => Some(Role::parse(&role)?),
            },
            custom_role_id: self.custom_role_id,
            phone: self.phone.map(Cow::into_owned),
            locale: self.locale,
            locale_id: self.locale_id,
            organization: self.organization.map(Cow::into_owned),
            organizations: self.organizations.map(Cow::into_owned),
            organization_id: self.organization_id,
            organization_ids: self.organization_ids.map(Cow::into_owned),
            tags: self.tags.map(Cow::into_owned),
            remote_photo_url: self.remote_photo_url.map(Cow::into_owned),
            user_fields: self.user_fields.map(Cow::into_owned),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use crate::domain::{EmailAddress, Identity, Role};

    /// An identity of which nothing but the address and the name is known.
    pub(in crate::token) fn sparse() -> Identity {
        Identity {
            email: EmailAddress::parse("joe@bücher.example").unwrap(),
            name: "Joe \"J\" Bücher".into(),
            external_id: None,
            role: None,
            custom_role_id: None,
            phone: None,
            locale: None,
            locale_id: None,
            organization: None,
            organizations: None,
            organization_id: None,
            organization_ids: None,
            tags: None,
            remote_photo_url: None,
            user_fields: None,
        }
    }

    /// An identity of which everything is known.
    pub(in crate::token) fn full() -> Identity {
        Identity {
            external_id: Some("shoes_7".into()),
            role: Some(Role::Agent),
            custom_role_id: Some(u64::MAX),
            phone: Some("+15551234567".into()),
            locale: Some(1),
            locale_id: Some(2),
            organization: Some("Acme".into()),
            organizations: Some("Acme,Shoes".into()),
            organization_id: Some(3),
            organization_ids: Some("3,4".into()),
            tags: Some(vec!["shoes".into(), "vip".into()]),
            remote_photo_url: Some("https://acme.example/joe.png".into()),
            user_fields: json!({ "since": "2020-01-31", "gone": null }).as_object().cloned(),
            ..sparse()
        }
    }
}
