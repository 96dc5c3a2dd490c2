//! Whom the tests of this room sign in.

use std::num::NonZeroU64;

use serde_json::json;

use crate::domain::{
    EmailAddress, Identity, Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Profile,
    Role, Tags, UserFields,
};

/// An identity of which nothing but the address and the name is known.
pub(super) fn sparse() -> Identity {
    Identity {
        email: EmailAddress::parse("joe@bücher.example").unwrap(),
        name: "Joe \"J\" Bücher".into(),
        external_id: None,
        profile: Profile::default(),
        left_out: Vec::new(),
    }
}

/// An identity of which everything is known.
pub(super) fn full() -> Identity {
    let fields = json!({ "since": "2020-01-31", "gone": null });
    let profile = Profile {
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
    };
    Identity { external_id: Some("shoes_7".into()), profile, ..sparse() }
}
