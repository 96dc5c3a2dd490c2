//! An identity as the claims of a Zendesk JWT.

use std::borrow::Cow;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{
    EmailAddress, Identity, Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Role,
    Tags, UserFields,
};

/// What a Zendesk JWT says about a person; what is not known is left out.
#[derive(Deserialize, Serialize)]
pub(in crate::token) struct Claims<'a> {
    email: Cow<'a, str>,
    name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    custom_role_id: Option<NonZeroU64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locale: Option<NonZeroU64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locale_id: Option<NonZeroU64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organizations: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organization_id: Option<NonZeroU64>,
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
            phone: identity.phone.as_ref().map(|it| it.as_str().into()),
            locale: identity.locale,
            locale_id: identity.locale_id,
            organization: identity.organization.as_ref().map(|it| it.as_str().into()),
            organizations: identity.organizations.as_ref().map(|it| it.as_str().into()),
            organization_id: identity.organization_id,
            organization_ids: identity.organization_ids.as_ref().map(|it| it.as_str().into()),
            tags: identity.tags.as_ref().map(|it| it.as_slice().into()),
            remote_photo_url: identity.remote_photo_url.as_ref().map(|it| it.as_str().into()),
            user_fields: identity.user_fields.as_ref().map(|it| Cow::Borrowed(it.as_map())),
        }
    }
}

impl Claims<'_> {
    /// Back to the identity, if it is one.
    pub(in crate::token) fn into_identity(self) -> Option<Identity> {
        Some(Identity {
            email: EmailAddress::parse(&self.email).ok()?,
            name: self.name.into_owned(),
            external_id: self.external_id.map(Cow::into_owned),
            role: read(self.role, |it| Role::parse(&it))?,
            custom_role_id: self.custom_role_id,
            phone: read(self.phone, |it| Phone::parse(&it).ok())?,
            locale: self.locale,
            locale_id: self.locale_id,
            organization: read(self.organization, |it| Organization::parse(&it).ok())?,
            organizations: read(self.organizations, |it| Organizations::parse(&it).ok())?,
            organization_id: self.organization_id,
            organization_ids: read(self.organization_ids, |it| OrganizationIds::parse(&it).ok())?,
            tags: read(self.tags, |it| Tags::new(it.into_owned()).ok())?,
            remote_photo_url: read(self.remote_photo_url, |it| PhotoUrl::parse(&it).ok())?,
            user_fields: read(self.user_fields, |it| UserFields::new(it.into_owned()).ok())?,
            left_out: Vec::new(),
        })
    }
}

/// What is there must be readable.
#[expect(clippy::option_option, reason = "nothing there is as good as something readable")]
fn read<S, T>(there: Option<S>, read: impl FnOnce(S) -> Option<T>) -> Option<Option<T>> {
    match there {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

#[cfg(test)]
pub(in crate::token) mod tests {
    use std::num::NonZeroU64;

    use serde_json::json;

    use crate::domain::{
        EmailAddress, Identity, Organization, OrganizationIds, Organizations, Phone, PhotoUrl,
        Role, Tags, UserFields,
    };

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
            left_out: Vec::new(),
        }
    }

    /// An identity of which everything is known.
    pub(in crate::token) fn full() -> Identity {
        let fields = json!({ "since": "2020-01-31", "gone": null });
        Identity {
            external_id: Some("shoes_7".into()),
            role: Some(Role::Agent),
            custom_role_id: NonZeroU64::new(u64::MAX),
            phone: Phone::parse("+15551234567").ok(),
            locale: NonZeroU64::new(1),
            locale_id: NonZeroU64::new(2),
            organization: Organization::parse("Acme").ok(),
            organizations: Organizations::parse("Acme,Shoes").ok(),
            organization_id: NonZeroU64::new(3),
            organization_ids: OrganizationIds::parse("3,4").ok(),
            tags: Tags::new(vec!["shoes".into(), "vip".into()]).ok(),
            remote_photo_url: PhotoUrl::parse("https://acme.example/joe.png").ok(),
            user_fields: UserFields::new(fields.as_object().unwrap().clone()).ok(),
            ..sparse()
        }
    }
}
