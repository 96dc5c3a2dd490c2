//! Who somebody is: as a backend says, and as Zendesk is told.

use std::fmt;
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::attributes::{
    Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Role, Tags, UserFields,
};
use super::email::EmailAddress;

/// What may be said about a person beyond who they are.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// How they are called.
    Name,
    /// Their telephone number.
    Phone,
    /// Their language: `locale` and `locale_id`.
    Locale,
    /// Their picture.
    RemotePhotoUrl,
    /// Their organizations, by name or id: may grant access.
    Organization,
    /// Their tags: may grant access.
    Tags,
    /// Their custom fields: may grant access.
    UserFields,
    /// Their custom agent role: grants access.
    CustomRoleId,
}

impl Attribute {
    /// Every attribute.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Phone,
        Self::Locale,
        Self::RemotePhotoUrl,
        Self::Organization,
        Self::Tags,
        Self::UserFields,
        Self::CustomRoleId,
    ];

    /// Whether it may grant access in Zendesk: then no backend says it unless the rules list it.
    pub fn may_grant_access(self) -> bool {
        match self {
            Self::Name | Self::Phone | Self::Locale | Self::RemotePhotoUrl => false,
            Self::Organization | Self::Tags | Self::UserFields | Self::CustomRoleId => true,
        }
    }

    /// The one that Zendesk's claim `name` is of.
    pub fn of_claim(name: &str) -> Option<Self> {
        Some(match name {
            "locale" | "locale_id" => Self::Locale,
            "organization" | "organizations" | "organization_id" | "organization_ids" => {
                Self::Organization
            }
            name if name.starts_with("user_fields") => Self::UserFields,
            name => return Self::ALL.into_iter().find(|it| it.as_str() == name),
        })
    }

    /// Its name in `may_say`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Locale => "locale",
            Self::RemotePhotoUrl => "remote_photo_url",
            Self::Organization => "organization",
            Self::Tags => "tags",
            Self::UserFields => "user_fields",
            Self::CustomRoleId => "custom_role_id",
        }
    }
}

/// What a backend says about a person, typed but not yet allowed.
///
/// The fields are the claims of a Zendesk JWT.
#[derive(Clone, Default, Deserialize, Serialize)]
#[expect(missing_docs, reason = "named and typed as Zendesk's own claims")]
pub struct ClaimedProfile {
    pub email: Option<String>,
    pub email_verified: Option<bool>,
    pub name: Option<String>,
    pub external_id: Option<String>,
    pub role: Option<Role>,
    pub custom_role_id: Option<u64>,
    pub phone: Option<String>,
    pub locale: Option<u64>,
    pub locale_id: Option<u64>,
    pub organization: Option<String>,
    pub organizations: Option<String>,
    pub organization_id: Option<u64>,
    pub organization_ids: Option<String>,
    pub tags: Option<Vec<String>>,
    pub remote_photo_url: Option<String>,
    pub user_fields: Option<Map<String, Value>>,
    /// What was said in a type that Zendesk's is not, and grants nothing.
    pub malformed: Vec<Attribute>,
}

/// Of what kind a text is, without what it says.
pub fn outline(text: &str) -> String {
    match text.chars().count() {
        1 => "text, 1 character".to_owned(),
        length => format!("text, {length} characters"),
    }
}

impl ClaimedProfile {
    /// What it says by one value each: Zendesk's names.
    pub const CLAIMS: [&str; 15] = [
        "email",
        "email_verified",
        "name",
        "external_id",
        "role",
        "custom_role_id",
        "phone",
        "locale",
        "locale_id",
        "organization",
        "organizations",
        "organization_id",
        "organization_ids",
        "tags",
        "remote_photo_url",
    ];

    /// The claim that is called `name`: one of these, or that of the custom fields.
    pub fn claim(name: &str) -> Option<&'static str> {
        Self::CLAIMS.into_iter().chain(["user_fields"]).find(|it| *it == name)
    }

    /// What was said, for whoever mends it: the name of each claim and of what kind its value is, without the value.
    pub fn outline(&self) -> Vec<(&'static str, String)> {
        fn text(value: Option<&String>) -> Option<String> {
            value.map(|text| outline(text))
        }
        let number = |value: Option<u64>| value.map(|_| "number".to_owned());
        let truth = |value: Option<bool>| value.map(|is| is.to_string());
        let all = [
            ("email", text(self.email.as_ref())),
            ("email_verified", truth(self.email_verified)),
            ("name", text(self.name.as_ref())),
            ("external_id", text(self.external_id.as_ref())),
            ("role", self.role.map(|role| role.as_str().to_owned())),
            ("custom_role_id", number(self.custom_role_id)),
            ("phone", text(self.phone.as_ref())),
            ("locale", number(self.locale)),
            ("locale_id", number(self.locale_id)),
            ("organization", text(self.organization.as_ref())),
            ("organizations", text(self.organizations.as_ref())),
            ("organization_id", number(self.organization_id)),
            ("organization_ids", text(self.organization_ids.as_ref())),
            ("tags", self.tags.as_ref().map(|tags| format!("list of {}", tags.len()))),
            ("remote_photo_url", text(self.remote_photo_url.as_ref())),
            ("user_fields", self.user_fields.as_ref().map(|it| format!("object of {}", it.len()))),
        ];
        let said = all.into_iter().filter_map(|(name, kind)| Some((name, kind?)));
        let malformed = self.malformed.iter();
        said.chain(malformed.map(|it| (it.as_str(), "of a wrong type".to_owned()))).collect()
    }
}

/// What Zendesk keeps about a person beyond who they are, in the form that Zendesk takes.
///
/// The fields are the claims of a Zendesk JWT, and the keys of a brand's `identity`.
#[derive(Clone, Default, Eq, PartialEq, Serialize)]
#[expect(missing_docs, reason = "named and typed as Zendesk's own claims")]
pub struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// For agents only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_role_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Organization>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations: Option<Organizations>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_ids: Option<OrganizationIds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Tags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_photo_url: Option<PhotoUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_fields: Option<UserFields>,
}

impl Profile {
    /// Whether it says anything of `what`.
    pub fn says(&self, what: Attribute) -> bool {
        match what {
            Attribute::Name => false,
            Attribute::Phone => self.phone.is_some(),
            Attribute::Locale => self.locale.is_some() || self.locale_id.is_some(),
            Attribute::RemotePhotoUrl => self.remote_photo_url.is_some(),
            Attribute::Organization => {
                self.organization.is_some()
                    || self.organizations.is_some()
                    || self.organization_id.is_some()
                    || self.organization_ids.is_some()
            }
            Attribute::Tags => self.tags.is_some(),
            Attribute::UserFields => self.user_fields.is_some(),
            Attribute::CustomRoleId => self.custom_role_id.is_some(),
        }
    }
}

/// Hides what is about people.
impl fmt::Debug for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Profile(…)")
    }
}

/// Who signed in: what Zendesk is told.
///
/// Where an external id is enough, `E` is an address that may be missing, and then so may the name.
#[derive(Clone)]
pub struct Identity<E = EmailAddress> {
    /// The address by which Zendesk knows people.
    pub email: E,
    /// What they are called.
    pub name: String,
    /// The brand's own id of them, with its prefix.
    pub external_id: Option<String>,
    /// Everything else that Zendesk takes.
    pub profile: Profile,
    /// What was said, grants nothing, and is not what Zendesk takes: it goes no further.
    pub left_out: Vec<Attribute>,
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::{Attribute, Role};

    /// The words that `T` is read from, as serde knows them.
    fn words<T: DeserializeOwned + std::fmt::Debug>() -> Vec<String> {
        let unknown = serde_json::from_str::<T>("\"?\"").unwrap_err().to_string();
        unknown.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn all_of_them_are_all_of_them() {
        assert_eq!(words::<Attribute>(), Attribute::ALL.map(Attribute::as_str));
        assert_eq!(words::<Role>(), Role::ALL.map(Role::as_str));
    }
}
