//! Who is admitted, and as whom.

use std::borrow::Borrow;
use std::iter;

use serde_json::json;

use super::{EmailProof, IdentityRefusal, IdentityRules, Reservations};
use crate::domain::{
    Attribute, BackendKey, ClaimedProfile, Identity, Organization, OrganizationIds, Organizations,
    Phone, PhotoUrl, Profile, Reserved, Role, Tags, UserFields, zendesk_id,
};

const SHOP: BackendKey = BackendKey(0);
const STAFF: BackendKey = BackendKey(1);

/// An address and a domain are the staff's, and so are ids with their prefix.
fn reserved() -> Reservations {
    let addresses = Reserved {
        email_domains: vec!["acme.example".into()],
        emails: vec!["boss@mail.example".into()],
        backends: vec![STAFF],
    };
    Reservations::new(&[addresses], [(STAFF, "coffee_")].into_iter())
}

fn said(email: &str) -> ClaimedProfile {
    ClaimedProfile {
        email: Some(email.into()),
        external_id: Some("7".into()),
        ..ClaimedProfile::default()
    }
}

fn admit(
    rules: &IdentityRules,
    said: impl Borrow<ClaimedProfile>,
) -> Result<Identity, IdentityRefusal> {
    rules.admit(said.borrow(), SHOP, &EmailProof::NotDenied, &reserved())
}

#[test]
fn a_reserved_address_is_for_its_backends_alone() {
    let rules = IdentityRules::default();
    // (what, address, the shop may say it)
    let cases = [
        ("an address of nobody's", "joe@example.com", true),
        ("a reserved domain", "joe@acme.example", false),
        ("a reserved domain in capitals", "joe@ACME.Example", false),
        ("a reserved domain in full-width letters", "joe@ａｃｍｅ.example", false),
        ("beneath a reserved domain", "joe@mail.acme.example", true),
        ("a name that ends like it", "joe@notacme.example", true),
        ("a reserved address", "boss@mail.example", false),
        ("a reserved address in capitals", "BOSS@mail.example", false),
        ("its neighbour", "boss2@mail.example", true),
    ];
    for (what, email, allowed) in cases {
        let refusal = admit(&rules, said(email)).err();
        assert_eq!(refusal, (!allowed).then_some(IdentityRefusal::AddressReserved), "{what}");
        let staff = rules.admit(&said(email), STAFF, &EmailProof::NotDenied, &reserved());
        assert!(staff.is_ok(), "{what}, by the staff's backend");
    }
}

#[test]
fn an_address_needs_its_proof() {
    let rules = IdentityRules::default();
    let refused = Some(IdentityRefusal::EmailUnverified);
    let cases = [
        (EmailProof::Demanded, Some(true), None),
        (EmailProof::Demanded, Some(false), refused),
        (EmailProof::Demanded, None, Some(IdentityRefusal::EmailProofMissing)),
        (EmailProof::NotDenied, Some(true), None),
        (EmailProof::NotDenied, Some(false), refused),
        (EmailProof::NotDenied, None, None),
    ];
    for (proof, email_verified, expected) in cases {
        let said = ClaimedProfile { email_verified, ..said("joe@example.com") };
        let refusal = rules.admit(&said, SHOP, &proof, &Reservations::default()).err();
        assert_eq!(refusal, expected, "{proof:?} {email_verified:?}");
    }
    let nobody = ClaimedProfile { email: None, ..said("joe@example.com") };
    assert_eq!(admit(&rules, nobody).err(), Some(IdentityRefusal::EmailMissing));
}

#[test]
fn whoever_is_known_by_an_id_needs_no_address_but_one_that_is_said_is_judged() {
    let by_id = |rules: &IdentityRules, said: ClaimedProfile| {
        let identity = rules.admit_by_id(&said, SHOP, &EmailProof::Demanded, &reserved())?;
        Ok((identity.email.map(|email| email.as_str().to_owned()), identity.name))
    };
    let nobody = || ClaimedProfile { email: None, ..said("x") };
    let rules = IdentityRules::default();
    let narrow = IdentityRules { email_domains: vec!["shoes.example".into()], ..rules.clone() };
    let named = ClaimedProfile { name: Some("Joe".into()), ..nobody() };
    assert_eq!(by_id(&rules, nobody()), Ok((None, String::new())));
    assert_eq!(by_id(&rules, named), Ok((None, "Joe".to_owned())));
    let joe = ClaimedProfile { email_verified: Some(true), ..said("joe@shoes.example") };
    let known = Ok((Some("joe@shoes.example".to_owned()), "joe".to_owned()));
    assert_eq!((by_id(&rules, joe.clone()), by_id(&narrow, joe)), (known.clone(), known));
    let verified = |email: &str| ClaimedProfile { email_verified: Some(true), ..said(email) };
    let refused = [
        (&narrow, nobody(), IdentityRefusal::EmailMissing),
        (&rules, said("joe@example.com"), IdentityRefusal::EmailProofMissing),
        (&rules, verified("x@acme.example"), IdentityRefusal::AddressReserved),
        (&rules, verified("joe"), IdentityRefusal::EmailInvalid),
        (&narrow, verified("joe@example.com"), IdentityRefusal::AddressNotAllowed),
        (
            &rules,
            ClaimedProfile { role: Some(Role::Admin), ..nobody() },
            IdentityRefusal::RoleNotAllowed,
        ),
        (
            &rules,
            ClaimedProfile { tags: Some(vec!["vip".into()]), ..nobody() },
            IdentityRefusal::AttributeNotAllowed(Attribute::Tags),
        ),
    ];
    for (rules, said, refusal) in refused {
        assert_eq!(by_id(rules, said), Err(refusal));
    }
}

#[test]
fn a_domain_that_needs_no_proof_is_that_domain_alone() {
    let rules = IdentityRules::default();
    let proof = EmailProof::DemandedBeyond(["acme.example".to_owned()].into());
    let missing = Some(IdentityRefusal::EmailProofMissing);
    let unverified = Some(IdentityRefusal::EmailUnverified);
    let invalid = Some(IdentityRefusal::EmailInvalid);
    let cases = [
        ("joe@acme.example", None, None),
        ("joe@ACME.Example", None, None),
        ("joe@ａｃｍｅ.example", None, None),
        ("joe@acme.example", Some(true), None),
        ("joe@acme.example", Some(false), unverified),
        ("joe@other.example", Some(true), None),
        ("joe@other.example", Some(false), unverified),
        ("joe@other.example", None, missing),
        ("joe@sub.acme.example", None, missing),
        ("joe@notacme.example", None, missing),
        ("joe@acme.example.evil.example", None, missing),
        ("joe@xn--cme-8cd.example", None, missing),
        ("joe@аcme.example", None, missing),
        ("acme.example@evil.example", None, missing),
        ("joe@acme.example@evil.example", None, invalid),
        ("Joe@acme.example <joe@evil.example>", None, invalid),
        ("\"joe@acme.example\"@evil.example", None, invalid),
        ("joe@acme.example.", None, invalid),
    ];
    for (email, email_verified, expected) in cases {
        let said = ClaimedProfile { email_verified, ..said(email) };
        let refusal = rules.admit(&said, SHOP, &proof, &Reservations::default()).err();
        assert_eq!(refusal, expected, "{email} {email_verified:?}");
    }
    let reserved = rules.admit(&said("boss@acme.example"), SHOP, &proof, &reserved()).err();
    assert_eq!(reserved, Some(IdentityRefusal::AddressReserved), "other rules hold");
}

#[test]
fn what_was_misread_is_noted_where_it_would_have_been_told() {
    let malformed = vec![Attribute::Phone, Attribute::Locale, Attribute::Name];
    let said = || ClaimedProfile { malformed: malformed.clone(), ..said("joe@example.com") };
    let left_out = |rules: &IdentityRules| admit(rules, said()).unwrap().left_out;
    assert_eq!(left_out(&IdentityRules::default()), malformed);
    let silent = IdentityRules { may_say: vec![Attribute::Phone], ..Default::default() };
    assert_eq!(left_out(&silent), [Attribute::Phone]);
    let fixed = Profile { phone: Phone::parse("+15551234567").ok(), ..Default::default() };
    let rules = IdentityRules { fixed, ..Default::default() };
    assert_eq!(left_out(&rules), [Attribute::Locale, Attribute::Name]);
}

#[test]
fn email_domains_are_whole_domains() {
    let rules = IdentityRules { email_domains: vec!["example.com".into()], ..Default::default() };
    assert!(admit(&rules, said("joe@example.com")).is_ok());
    for email in ["joe@mail.example.com", "joe@example.com.evil.example", "joe@xexample.com"] {
        let refusal = admit(&rules, said(email)).err();
        assert_eq!(refusal, Some(IdentityRefusal::AddressNotAllowed), "{email}");
    }
}

#[test]
fn an_external_id_carries_its_prefix_once_and_nobody_elses() {
    let plain = IdentityRules::default();
    let prefixed = IdentityRules { external_id_prefix: Some("shoes_".into()), ..plain.clone() };
    let not_allowed = Err(IdentityRefusal::ExternalIdNotAllowed);
    let too_long = "7".repeat(256);
    let cases = [
        (&prefixed, Some("7"), Ok(Some("shoes_7"))),
        (&prefixed, Some("shoes_7"), Ok(Some("shoes_7"))),
        (&prefixed, Some("coffee_7"), Ok(Some("shoes_coffee_7"))),
        (&prefixed, None, Err(IdentityRefusal::ExternalIdMissing)),
        (&prefixed, Some(""), not_allowed),
        (&prefixed, Some("shoes_"), not_allowed),
        (&plain, Some("7"), Ok(Some("7"))),
        (&plain, None, Ok(None)),
        (&plain, Some(""), not_allowed),
        (&plain, Some("coffee_7"), not_allowed),
        (&plain, Some("COFFEE_7"), not_allowed),
        (&plain, Some("cöffee_7"), not_allowed),
        (&plain, Some("cof\u{200b}fee_7"), not_allowed),
        (&plain, Some("7\n"), not_allowed),
        (&plain, Some(too_long.as_str()), not_allowed),
    ];
    for (rules, id, expected) in cases {
        let said = ClaimedProfile { external_id: id.map(Into::into), ..said("joe@example.com") };
        let result = admit(rules, said).map(|identity| identity.external_id);
        assert_eq!(result.err(), expected.err(), "{id:?}");
        let said =
            ClaimedProfile { external_id: id.map(Into::into), ..self::said("joe@example.com") };
        let result = admit(rules, said).ok().and_then(|identity| identity.external_id);
        assert_eq!(result.as_deref(), expected.ok().flatten(), "{id:?}");
    }
}

#[test]
fn a_role_is_refused_rather_than_lowered() {
    let (end_user, agent, admin) = (Role::EndUser, Role::Agent, Role::Admin);
    let refused = Err(IdentityRefusal::RoleNotAllowed);
    let cases = [
        (vec![end_user], None, Ok(None)),
        (vec![end_user], Some(end_user), Ok(Some(end_user))),
        (vec![end_user], Some(agent), refused),
        (vec![end_user], Some(admin), refused),
        (vec![agent], None, Ok(Some(agent))),
        (vec![agent], Some(end_user), refused),
        (vec![agent], Some(admin), refused),
        (vec![agent, admin], None, Ok(None)),
        (vec![agent, admin], Some(admin), Ok(Some(admin))),
        (vec![end_user, agent], None, Ok(None)),
        (vec![], None, refused),
    ];
    for (roles, role, expected) in cases {
        let rules = IdentityRules { roles: roles.clone(), ..IdentityRules::default() };
        let result = admit(&rules, ClaimedProfile { role, ..said("joe@example.com") });
        assert_eq!(result.map(|identity| identity.profile.role), expected, "{roles:?} {role:?}");
    }
}

#[test]
fn what_grants_access_must_be_listed() {
    let joe = || said("joe@example.com");
    let agent = || ClaimedProfile { role: Some(Role::Agent), ..joe() };
    let granting = [
        (Attribute::Tags, ClaimedProfile { tags: Some(vec!["vip".into()]), ..joe() }),
        (Attribute::Organization, ClaimedProfile { organization: Some("Acme".into()), ..joe() }),
        (Attribute::Organization, ClaimedProfile { organizations: Some("Acme,X".into()), ..joe() }),
        (Attribute::Organization, ClaimedProfile { organization_id: Some(1), ..joe() }),
        (Attribute::Organization, ClaimedProfile { organization_ids: Some("1,2".into()), ..joe() }),
        (
            Attribute::UserFields,
            ClaimedProfile { user_fields: Some(serde_json::Map::new()), ..joe() },
        ),
        (Attribute::CustomRoleId, ClaimedProfile { custom_role_id: Some(1), ..agent() }),
    ];
    let both = vec![Role::EndUser, Role::Agent];
    for (attribute, said) in granting {
        let strict = IdentityRules { roles: both.clone(), ..IdentityRules::default() };
        let refusal = admit(&strict, said.clone()).err();
        assert_eq!(refusal, Some(IdentityRefusal::AttributeNotAllowed(attribute)));
        let listing = IdentityRules { may_say: vec![attribute], ..strict };
        assert!(admit(&listing, said).is_ok(), "{attribute:?} is listed");
    }
    let listing =
        IdentityRules { may_say: vec![Attribute::CustomRoleId], ..IdentityRules::default() };
    let refusal = admit(&listing, ClaimedProfile { custom_role_id: Some(1), ..joe() }).err();
    let expected = IdentityRefusal::AttributeNotAllowed(Attribute::CustomRoleId);
    assert_eq!(refusal, Some(expected), "a custom role is for agents");
}

fn everything() -> ClaimedProfile {
    ClaimedProfile {
        name: Some("Joe".into()),
        role: Some(Role::Agent),
        custom_role_id: Some(7),
        phone: Some("+15551234567".into()),
        locale: Some(1),
        locale_id: Some(2),
        organization: Some("Evil".into()),
        organizations: Some("Evil,More".into()),
        organization_id: Some(3),
        organization_ids: Some("3,4".into()),
        tags: Some(vec!["vip".into()]),
        remote_photo_url: Some("https://evil.example/joe.png".into()),
        user_fields: json!({"plan": "free", "since": null}).as_object().cloned(),
        ..said("joe.b@example.com")
    }
}

fn fixed() -> Profile {
    Profile {
        role: Some(Role::Agent),
        custom_role_id: zendesk_id(70).ok(),
        phone: Phone::parse("+4930123456").ok(),
        locale: zendesk_id(10).ok(),
        locale_id: zendesk_id(20).ok(),
        organization: Organization::parse("Acme").ok(),
        organizations: Organizations::parse("Acme,Shoes").ok(),
        organization_id: zendesk_id(30).ok(),
        organization_ids: OrganizationIds::parse("30,40").ok(),
        tags: Tags::new(vec!["shoes".into()]).ok(),
        remote_photo_url: PhotoUrl::parse("https://acme.example/acme.png").ok(),
        user_fields: UserFields::new(json!({"plan": "gold"}).as_object().unwrap().clone()).ok(),
    }
}

/// What Zendesk is told, name by name.
fn told(identity: &Identity) -> Vec<(&'static str, String)> {
    let Identity { name, profile, .. } = identity;
    let Profile {
        role,
        custom_role_id,
        phone,
        locale,
        locale_id,
        organization,
        organizations,
        organization_id,
        organization_ids,
        tags,
        remote_photo_url,
        user_fields,
    } = profile;
    let all = [
        ("name", Some(name.clone())),
        ("role", role.map(|it| it.as_str().to_owned())),
        ("custom_role_id", custom_role_id.map(|it| it.to_string())),
        ("phone", phone.as_ref().map(|it| it.as_str().to_owned())),
        ("locale", locale.map(|it| it.to_string())),
        ("locale_id", locale_id.map(|it| it.to_string())),
        ("organization", organization.as_ref().map(|it| it.as_str().to_owned())),
        ("organizations", organizations.as_ref().map(|it| it.as_str().to_owned())),
        ("organization_id", organization_id.map(|it| it.to_string())),
        ("organization_ids", organization_ids.as_ref().map(|it| it.as_str().to_owned())),
        ("tags", tags.as_ref().map(|it| it.as_slice().join(" "))),
        ("remote_photo_url", remote_photo_url.as_ref().map(|it| it.as_str().to_owned())),
        ("user_fields", user_fields.as_ref().map(|it| json!(it.as_map()).to_string())),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn named(list: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    list.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

#[test]
fn whatever_the_rules_list_is_told_as_it_is_said() {
    let rules = IdentityRules {
        roles: vec![Role::Agent],
        may_say: Attribute::ALL.to_vec(),
        ..IdentityRules::default()
    };
    let expected = [
        ("name", "Joe"),
        ("role", "agent"),
        ("custom_role_id", "7"),
        ("phone", "+15551234567"),
        ("locale", "1"),
        ("locale_id", "2"),
        ("organization", "Evil"),
        ("organizations", "Evil,More"),
        ("organization_id", "3"),
        ("organization_ids", "3,4"),
        ("tags", "vip"),
        ("remote_photo_url", "https://evil.example/joe.png"),
        ("user_fields", r#"{"plan":"free","since":null}"#),
    ];
    assert_eq!(told(&admit(&rules, everything()).ok().unwrap()), named(&expected));
}

#[test]
fn what_the_rules_say_replaces_what_the_backend_says() {
    let rules = IdentityRules {
        roles: vec![Role::Agent],
        may_say: vec![Attribute::UserFields],
        fixed: fixed(),
        ..IdentityRules::default()
    };
    let expected = [
        ("name", "joe.b"),
        ("role", "agent"),
        ("custom_role_id", "70"),
        ("phone", "+4930123456"),
        ("locale", "10"),
        ("locale_id", "20"),
        ("organization", "Acme"),
        ("organizations", "Acme,Shoes"),
        ("organization_id", "30"),
        ("organization_ids", "30,40"),
        ("tags", "shoes"),
        ("remote_photo_url", "https://acme.example/acme.png"),
        ("user_fields", r#"{"plan":"gold","since":null}"#),
    ];
    assert_eq!(told(&admit(&rules, everything()).ok().unwrap()), named(&expected));
    let mut plain = expected;
    plain[12].1 = r#"{"plan":"gold"}"#;
    assert_eq!(told(&admit(&rules, said("joe.b@example.com")).ok().unwrap()), named(&plain));
    let admin = ClaimedProfile { role: Some(Role::Admin), ..everything() };
    let role = admit(&rules, admin).ok().unwrap().profile.role;
    assert_eq!(role, Some(Role::Agent), "the backend has no say in it");
}

#[test]
fn one_organization_of_the_rules_silences_the_backend_about_all() {
    let fixed = Profile { organization_id: zendesk_id(30).ok(), ..Profile::default() };
    let rules = IdentityRules { fixed, ..IdentityRules::default() };
    let said = ClaimedProfile {
        organization: Some("Evil".into()),
        organizations: Some("Evil".into()),
        organization_ids: Some("4".into()),
        ..said("joe.b@example.com")
    };
    let expected = named(&[("name", "joe.b"), ("organization_id", "30")]);
    assert_eq!(told(&admit(&rules, said).ok().unwrap()), expected);
}

#[test]
fn a_field_of_the_rules_is_the_rules_however_it_is_written() {
    let fixed = Profile { user_fields: fixed().user_fields, ..Profile::default() };
    let rules = IdentityRules { fixed, ..IdentityRules::default() };
    let refused = Err(IdentityRefusal::AttributeNotAllowed(Attribute::UserFields));
    let gold = Ok(r#"{"plan":"gold"}"#.to_owned());
    let cases = [
        ("nothing said", None, gold.clone()),
        ("no field said", Some(json!({})), gold.clone()),
        ("the same field", Some(json!({"plan": "free"})), gold.clone()),
        ("in capitals", Some(json!({"PLAN": {"x": 1}})), gold),
        ("another", Some(json!({"plan": "free", "vip": true})), refused.clone()),
        ("a longer one", Some(json!({"plan2": "free"})), refused),
    ];
    for (what, fields, expected) in cases {
        let user_fields = fields.and_then(|it| it.as_object().cloned());
        let identity = admit(&rules, ClaimedProfile { user_fields, ..said("joe@example.com") });
        let fields = identity.map(|it| json!(it.profile.user_fields.unwrap().as_map()).to_string());
        assert_eq!(fields, expected, "{what}");
    }
}

#[test]
fn a_custom_role_of_the_rules_is_for_their_agents() {
    let fixed = Profile { custom_role_id: zendesk_id(70).ok(), ..Profile::default() };
    let roles = vec![Role::EndUser, Role::Agent, Role::Admin];
    let all = IdentityRules { roles, fixed, ..IdentityRules::default() };
    let cases = [
        (Some(Role::Agent), Some(70)),
        (Some(Role::Admin), None),
        (Some(Role::EndUser), None),
        (None, None),
    ];
    for (role, expected) in cases {
        let said = ClaimedProfile { role, custom_role_id: Some(7), ..said("joe@example.com") };
        let id = admit(&all, said).ok().unwrap().profile.custom_role_id;
        assert_eq!(id.map(std::num::NonZeroU64::get), expected, "{role:?}");
    }
}

#[test]
fn what_zendesk_would_not_take_is_left_out_or_refused() {
    let rules = IdentityRules {
        roles: vec![Role::EndUser, Role::Agent],
        may_say: Attribute::ALL.to_vec(),
        ..IdentityRules::default()
    };
    let joe = || said("joe@example.com");
    let text = |text: &str| Some(text.to_owned());
    let fields = json!({"plan": {"name": "gold"}}).as_object().cloned();
    // (what is wrong, said, whether it is refused rather than left out)
    let cases = [
        (Attribute::Phone, ClaimedProfile { phone: text("555-1234"), ..joe() }, false),
        (Attribute::Locale, ClaimedProfile { locale: Some(0), ..joe() }, false),
        (Attribute::Locale, ClaimedProfile { locale_id: Some(0), ..joe() }, false),
        (
            Attribute::RemotePhotoUrl,
            ClaimedProfile { remote_photo_url: text("http://acme.example/joe.png"), ..joe() },
            false,
        ),
        (Attribute::Organization, ClaimedProfile { organization: text("A,B"), ..joe() }, true),
        (Attribute::Organization, ClaimedProfile { organizations: text("A,,B"), ..joe() }, true),
        (Attribute::Organization, ClaimedProfile { organization_id: Some(0), ..joe() }, true),
        (Attribute::Organization, ClaimedProfile { organization_ids: text("1,x"), ..joe() }, true),
        (Attribute::Tags, ClaimedProfile { tags: Some(vec!["vip admin".into()]), ..joe() }, true),
        (Attribute::UserFields, ClaimedProfile { user_fields: fields, ..joe() }, true),
        (
            Attribute::CustomRoleId,
            ClaimedProfile { role: Some(Role::Agent), custom_role_id: Some(0), ..joe() },
            true,
        ),
    ];
    for (what, said, is_refused) in cases {
        match admit(&rules, said) {
            Ok(identity) => {
                assert!(!is_refused, "{what:?}");
                assert_eq!(identity.left_out, [what]);
                assert_eq!(told(&identity), named(&[("name", "joe")]), "{what:?}");
            }
            Err(refusal) => {
                assert!(is_refused, "{what:?}");
                assert_eq!(refusal, IdentityRefusal::AttributeInvalid(what));
            }
        }
    }
}

#[test]
fn what_is_left_blank_is_not_said() {
    let blank = || Some(" ".to_owned());
    let said = ClaimedProfile {
        name: blank(),
        phone: blank(),
        organization: blank(),
        organizations: blank(),
        organization_ids: blank(),
        remote_photo_url: blank(),
        ..said("joe@example.com")
    };
    let identity = admit(&IdentityRules::default(), said).ok().unwrap();
    assert_eq!(told(&identity), named(&[("name", "joe")]));
    assert_eq!(identity.left_out, []);
}

#[test]
fn a_name_is_one_line_and_not_endless() {
    let cases = [
        (Some("Joe\r\nBcc: x"), "Joe  Bcc: x".to_owned()),
        (Some("\u{7f}"), "joe".to_owned()),
        (Some(&*"ü".repeat(300)), "ü".repeat(255)),
        (None, "joe".to_owned()),
    ];
    for (name, expected) in cases {
        let said = ClaimedProfile { name: name.map(Into::into), ..said("joe@example.com") };
        assert_eq!(admit(&IdentityRules::default(), said).ok().unwrap().name, expected);
    }
}

#[test]
fn team_members_are_agents_and_admins() {
    let (all, team) =
        (vec![Role::EndUser, Role::Agent, Role::Admin], vec![Role::Agent, Role::Admin]);
    let cases = [
        (&all, None, false),
        (&all, Some(Role::EndUser), false),
        (&all, Some(Role::Agent), true),
        (&all, Some(Role::Admin), true),
        (&team, None, true),
        (&team, Some(Role::Admin), true),
    ];
    for (roles, role, expected) in cases {
        let rules = IdentityRules { roles: roles.clone(), ..IdentityRules::default() };
        let identity =
            admit(&rules, ClaimedProfile { role, ..said("joe@example.com") }).ok().unwrap();
        assert_eq!(rules.is_team_member(&identity), expected, "{roles:?} {role:?}");
    }
}

#[test]
fn what_was_said_is_admitted_again_until_the_rules_change() {
    let rules = IdentityRules {
        external_id_prefix: Some("shoes_".into()),
        roles: vec![Role::EndUser, Role::Agent],
        may_say: vec![Attribute::Name, Attribute::UserFields],
        ..IdentityRules::default()
    };
    let user_fields = Some(serde_json::Map::from_iter([("plan".to_owned(), "gold".into())]));
    let said = ClaimedProfile { role: Some(Role::Agent), user_fields, ..said("joe@example.com") };
    let still = |rules: &IdentityRules, reserved: &Reservations| {
        rules.admit(&said, SHOP, &EmailProof::NotDenied, reserved).err()
    };
    assert_eq!(still(&rules, &reserved()), None);
    let his = Reserved {
        email_domains: vec![],
        emails: vec!["joe@example.com".into()],
        backends: vec![STAFF],
    };
    let his = Reservations::new(&[his], iter::empty());
    assert_eq!(still(&rules, &his), Some(IdentityRefusal::AddressReserved));
    let end_users = IdentityRules { roles: vec![Role::EndUser], ..rules.clone() };
    let none = Reservations::default();
    assert_eq!(still(&end_users, &none), Some(IdentityRefusal::RoleNotAllowed));
    let fewer = IdentityRules { may_say: vec![Attribute::Name], ..rules };
    let refused = IdentityRefusal::AttributeNotAllowed(Attribute::UserFields);
    assert_eq!(still(&fewer, &none), Some(refused));
}
