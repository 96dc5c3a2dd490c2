//! Who signed in, and what a backend may say about people in a brand.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::brand::BackendKey;
use super::email::EmailAddress;

/// What a person may do in Zendesk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Role {
    /// Asks.
    EndUser,
    /// Answers.
    Agent,
    /// Answers and configures.
    Admin,
}

impl Role {
    /// Reads Zendesk's word for it; `end-user` is seen in the wild.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "end_user" | "end-user" => Some(Self::EndUser),
            "agent" => Some(Self::Agent),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// Zendesk's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EndUser => "end_user",
            Self::Agent => "agent",
            Self::Admin => "admin",
        }
    }
}

/// What may be said about a person beyond who they are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
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

    /// What a backend may say where the rules name nothing: nothing that grants access.
    pub const HARMLESS: [Self; 4] = [Self::Name, Self::Phone, Self::Locale, Self::RemotePhotoUrl];

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
#[derive(Clone, Default)]
#[expect(missing_docs, reason = "named and typed as Zendesk's own claims")]
pub struct Said {
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
}

/// Who signed in: what Zendesk is told.
///
/// The fields are the claims of a Zendesk JWT.
#[derive(Clone)]
#[expect(missing_docs, reason = "named and typed as Zendesk's own claims")]
pub struct Identity {
    pub email: EmailAddress,
    pub name: String,
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
}

/// What a backend must say about whether the address is the person's own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EmailProof {
    /// `email_verified` must be there and true.
    Demanded,
    /// `email_verified` must not be false.
    NotDenied,
}

/// Why somebody may not be signed in as whom the backend says.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IdentityRefusal {
    /// There is no e-mail address, or it is none.
    #[error("the e-mail address is missing or not one")]
    EmailInvalid,
    /// The backend does not vouch for the address.
    #[error("the e-mail address is not verified")]
    EmailUnverified,
    /// Only other backends may say this address.
    #[error("the e-mail address is reserved for another backend")]
    AddressReserved,
    /// The rules name other domains.
    #[error("the domain of the e-mail address is not in email_domains")]
    AddressNotAllowed,
    /// The rules have a prefix, and there is nothing to put it before.
    #[error("external_id is missing, and the rules give it a prefix")]
    ExternalIdMissing,
    /// The id is empty, too long, or begins with the prefix of somebody else's ids.
    #[error("external_id is not one that this backend may say")]
    ExternalIdNotAllowed,
    /// The rules do not list the role.
    #[error("the role is not in roles")]
    RoleNotAllowed,
    /// The rules do not list the attribute.
    #[error("`{}` is not in may_say", .0.as_str())]
    AttributeNotAllowed(Attribute),
}

/// Addresses that only some backends may say, in any brand.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// Whole domains, canonical.
    pub email_domains: Vec<String>,
    /// Whole addresses, in lower case.
    pub emails: Vec<String>,
    /// Who may say them.
    pub backends: Vec<BackendKey>,
}

impl Reserved {
    fn holds(&self, email: &EmailAddress) -> bool {
        self.email_domains.iter().any(|domain| domain == email.domain())
            || (!self.emails.is_empty() && self.emails.contains(&email.folded()))
    }
}

/// What one backend may say about people in one brand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IdentityRules {
    /// Put in front of the backend's id, unless it is there already.
    pub external_id_prefix: Option<String>,
    /// Prefixes of other backends' ids: Zendesk looks for the external id before the address, so
    /// whoever says another backend's id becomes that backend's user.
    pub foreign_prefixes: Arc<[String]>,
    /// Roles that may be said.
    pub roles: Vec<Role>,
    /// Whole domains, canonical; empty: any that is not reserved.
    pub email_domains: Vec<String>,
    /// What may be said beyond e-mail address, external id and role.
    pub may_say: Vec<Attribute>,
    /// Takes the place of what the backend says.
    pub organization: Option<String>,
    /// Take the place of what the backend says.
    pub tags: Option<Vec<String>>,
}

impl Default for IdentityRules {
    /// End users only, nothing that grants access.
    fn default() -> Self {
        Self {
            external_id_prefix: None,
            foreign_prefixes: Arc::default(),
            roles: vec![Role::EndUser],
            email_domains: Vec::new(),
            may_say: Attribute::HARMLESS.to_vec(),
            organization: None,
            tags: None,
        }
    }
}

impl IdentityRules {
    /// Turns what `backend` says into an identity, or says why not.
    pub fn admit(
        &self,
        said: Said,
        backend: BackendKey,
        proof: EmailProof,
        reserved: &[Reserved],
    ) -> Result<Identity, IdentityRefusal> {
        let email = self.address(&said, backend, proof, reserved)?;
        let external_id = self.external_id(said.external_id)?;
        let role = self.role(said.role)?;
        let name = self
            .heard(Attribute::Name, said.name)?
            .map(|name| name.replace(char::is_control, " ").trim().to_owned())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| email.local().to_owned());
        let custom_role_id = self.heard(Attribute::CustomRoleId, said.custom_role_id)?;
        if custom_role_id.is_some() && role != Some(Role::Agent) {
            return Err(IdentityRefusal::AttributeNotAllowed(Attribute::CustomRoleId));
        }
        let mut identity = Identity {
            name,
            external_id,
            role,
            custom_role_id,
            phone: self.heard(Attribute::Phone, said.phone)?,
            locale: self.heard(Attribute::Locale, said.locale)?,
            locale_id: self.heard(Attribute::Locale, said.locale_id)?,
            organization: None,
            organizations: None,
            organization_id: None,
            organization_ids: None,
            tags: None,
            remote_photo_url: self.heard(Attribute::RemotePhotoUrl, said.remote_photo_url)?,
            user_fields: self.heard(Attribute::UserFields, said.user_fields)?,
            email,
        };
        if self.organization.is_some() {
            identity.organization.clone_from(&self.organization);
        } else {
            identity.organization = self.heard(Attribute::Organization, said.organization)?;
            identity.organizations = self.heard(Attribute::Organization, said.organizations)?;
            identity.organization_id = self.heard(Attribute::Organization, said.organization_id)?;
            identity.organization_ids =
                self.heard(Attribute::Organization, said.organization_ids)?;
        }
        identity.tags = match &self.tags {
            Some(tags) => Some(tags.clone()),
            None => self.heard(Attribute::Tags, said.tags)?,
        };
        Ok(identity)
    }

    /// Whether an identity that was admitted a while ago would be admitted now.
    pub fn still_admit(
        &self,
        identity: &Identity,
        backend: BackendKey,
        reserved: &[Reserved],
    ) -> Result<(), IdentityRefusal> {
        let said = Said {
            email: Some(identity.email.as_str().to_owned()),
            email_verified: Some(true),
            name: Some(identity.name.clone()),
            external_id: identity.external_id.clone(),
            role: identity.role,
            custom_role_id: identity.custom_role_id,
            phone: identity.phone.clone(),
            locale: identity.locale,
            locale_id: identity.locale_id,
            organization: identity.organization.clone(),
            organizations: identity.organizations.clone(),
            organization_id: identity.organization_id,
            organization_ids: identity.organization_ids.clone(),
            tags: identity.tags.clone(),
            remote_photo_url: identity.remote_photo_url.clone(),
            user_fields: identity.user_fields.clone(),
        };
        // What the rules put in the place of what was said must be what they put there now.
        let said = Said {
            organization: said.organization.filter(|it| self.organization.as_ref() != Some(it)),
            tags: said.tags.filter(|it| self.tags.as_ref() != Some(it)),
            ..said
        };
        let strict = Self { organization: None, tags: None, ..self.clone() };
        strict.admit(said, backend, EmailProof::Demanded, reserved).map(|_| ())
    }

    fn address(
        &self,
        said: &Said,
        backend: BackendKey,
        proof: EmailProof,
        reserved: &[Reserved],
    ) -> Result<EmailAddress, IdentityRefusal> {
        let text = said.email.as_deref().ok_or(IdentityRefusal::EmailInvalid)?;
        let email = EmailAddress::parse(text).map_err(|_| IdentityRefusal::EmailInvalid)?;
        match (proof, said.email_verified) {
            (_, Some(true)) | (EmailProof::NotDenied, None) => {}
            (_, Some(false)) | (EmailProof::Demanded, None) => {
                return Err(IdentityRefusal::EmailUnverified);
            }
        }
        let kept_from_it =
            |rule: &Reserved| rule.holds(&email) && !rule.backends.contains(&backend);
        if reserved.iter().any(kept_from_it) {
            return Err(IdentityRefusal::AddressReserved);
        }
        let listed = |domain: &String| domain == email.domain();
        if !self.email_domains.is_empty() && !self.email_domains.iter().any(listed) {
            return Err(IdentityRefusal::AddressNotAllowed);
        }
        Ok(email)
    }

    fn external_id(&self, said: Option<String>) -> Result<Option<String>, IdentityRefusal> {
        let Some(id) = said else {
            return match self.external_id_prefix {
                Some(_) => Err(IdentityRefusal::ExternalIdMissing),
                None => Ok(None),
            };
        };
        let id = match &self.external_id_prefix {
            Some(prefix) if !id.starts_with(prefix.as_str()) => format!("{prefix}{id}"),
            _ => id,
        };
        let empty = id.len() == self.external_id_prefix.as_ref().map_or(0, String::len);
        // Zendesk compares ids without regard to case, and nobody knows what else it folds.
        let begins = |prefix: &String| {
            id.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let foreign = self.foreign_prefixes.iter().any(begins);
        let odd = !id.bytes().all(|byte| byte.is_ascii_graphic());
        if empty || foreign || odd || id.len() > 255 {
            return Err(IdentityRefusal::ExternalIdNotAllowed);
        }
        Ok(Some(id))
    }

    /// Nothing said is Zendesk's default, an end user; a single role in the rules is said by them.
    fn role(&self, said: Option<Role>) -> Result<Option<Role>, IdentityRefusal> {
        match (said, self.roles.as_slice()) {
            (Some(role), roles) if roles.contains(&role) => Ok(Some(role)),
            (None, [role]) if *role != Role::EndUser => Ok(Some(*role)),
            (None, roles) if roles.contains(&Role::EndUser) => Ok(None),
            _ => Err(IdentityRefusal::RoleNotAllowed),
        }
    }

    /// What was said, if it may be: what grants access is refused, the rest is passed over.
    fn heard<T>(&self, what: Attribute, said: Option<T>) -> Result<Option<T>, IdentityRefusal> {
        if said.is_none() || self.may_say.contains(&what) {
            Ok(said)
        } else if Attribute::HARMLESS.contains(&what) {
            Ok(None)
        } else {
            Err(IdentityRefusal::AttributeNotAllowed(what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Attribute, EmailProof, Identity, IdentityRefusal, IdentityRules, Reserved, Role, Said,
    };
    use crate::domain::BackendKey;

    const SHOP: BackendKey = BackendKey(0);
    const STAFF: BackendKey = BackendKey(1);

    fn reserved() -> Vec<Reserved> {
        vec![Reserved {
            email_domains: vec!["acme.example".into()],
            emails: vec!["boss@mail.example".into()],
            backends: vec![STAFF],
        }]
    }

    fn said(email: &str) -> Said {
        Said { email: Some(email.into()), external_id: Some("7".into()), ..Said::default() }
    }

    fn admit(rules: &IdentityRules, said: Said) -> Result<Identity, IdentityRefusal> {
        rules.admit(said, SHOP, EmailProof::NotDenied, &reserved())
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
            let staff = rules.admit(said(email), STAFF, EmailProof::NotDenied, &reserved());
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
            (EmailProof::Demanded, None, refused),
            (EmailProof::NotDenied, Some(true), None),
            (EmailProof::NotDenied, Some(false), refused),
            (EmailProof::NotDenied, None, None),
        ];
        for (proof, email_verified, expected) in cases {
            let said = Said { email_verified, ..said("joe@example.com") };
            let refusal = rules.admit(said, SHOP, proof, &[]).err();
            assert_eq!(refusal, expected, "{proof:?} {email_verified:?}");
        }
    }

    #[test]
    fn email_domains_are_whole_domains() {
        let rules =
            IdentityRules { email_domains: vec!["example.com".into()], ..Default::default() };
        assert!(admit(&rules, said("joe@example.com")).is_ok());
        for email in ["joe@mail.example.com", "joe@example.com.evil.example", "joe@xexample.com"] {
            let refusal = admit(&rules, said(email)).err();
            assert_eq!(refusal, Some(IdentityRefusal::AddressNotAllowed), "{email}");
        }
    }

    #[test]
    fn an_external_id_carries_its_prefix_once_and_nobody_elses() {
        let plain = IdentityRules {
            foreign_prefixes: vec!["coffee_".to_owned()].into(),
            ..IdentityRules::default()
        };
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
            let said = Said { external_id: id.map(Into::into), ..said("joe@example.com") };
            let result = admit(rules, said).map(|identity| identity.external_id);
            assert_eq!(result.err(), expected.err(), "{id:?}");
            let said = Said { external_id: id.map(Into::into), ..self::said("joe@example.com") };
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
            (vec![agent, admin], None, refused),
            (vec![agent, admin], Some(admin), Ok(Some(admin))),
            (vec![end_user, agent], None, Ok(None)),
            (vec![], None, refused),
        ];
        for (roles, role, expected) in cases {
            let rules = IdentityRules { roles: roles.clone(), ..IdentityRules::default() };
            let result = admit(&rules, Said { role, ..said("joe@example.com") });
            assert_eq!(result.map(|identity| identity.role), expected, "{roles:?} {role:?}");
        }
    }

    #[test]
    fn what_grants_access_must_be_listed() {
        let joe = || said("joe@example.com");
        let agent = || Said { role: Some(Role::Agent), ..joe() };
        let granting = [
            (Attribute::Tags, Said { tags: Some(vec!["vip".into()]), ..joe() }),
            (Attribute::Organization, Said { organization: Some("Acme".into()), ..joe() }),
            (Attribute::Organization, Said { organizations: Some("Acme,X".into()), ..joe() }),
            (Attribute::Organization, Said { organization_id: Some(1), ..joe() }),
            (Attribute::Organization, Said { organization_ids: Some("1,2".into()), ..joe() }),
            (Attribute::UserFields, Said { user_fields: Some(serde_json::Map::new()), ..joe() }),
            (Attribute::CustomRoleId, Said { custom_role_id: Some(1), ..agent() }),
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
        let refusal = admit(&listing, Said { custom_role_id: Some(1), ..joe() }).err();
        let expected = IdentityRefusal::AttributeNotAllowed(Attribute::CustomRoleId);
        assert_eq!(refusal, Some(expected), "a custom role is for agents");
    }

    #[test]
    fn the_rules_replace_what_the_backend_says() {
        let rules = IdentityRules {
            organization: Some("Acme Shoes".into()),
            tags: Some(vec!["shoes".into()]),
            may_say: Vec::new(),
            ..IdentityRules::default()
        };
        let said = Said {
            name: Some("Joe".into()),
            phone: Some("+15551234567".into()),
            organization: Some("Evil".into()),
            organization_id: Some(1),
            tags: Some(vec!["vip".into()]),
            ..said("joe.b@example.com")
        };
        let identity = admit(&rules, said).unwrap();
        assert_eq!(identity.name, "joe.b", "may not be said, so the address gives it");
        assert_eq!(identity.phone, None);
        assert_eq!(identity.organization.as_deref(), Some("Acme Shoes"));
        assert_eq!(identity.organization_id, None);
        assert_eq!(identity.tags, Some(vec!["shoes".to_owned()]));
    }

    #[test]
    fn what_was_admitted_is_admitted_again_until_the_rules_change() {
        let rules = IdentityRules {
            external_id_prefix: Some("shoes_".into()),
            roles: vec![Role::EndUser, Role::Agent],
            may_say: vec![Attribute::Name, Attribute::UserFields],
            tags: Some(vec!["shoes".into()]),
            ..IdentityRules::default()
        };
        let user_fields = Some(serde_json::Map::new());
        let said = Said { role: Some(Role::Agent), user_fields, ..said("joe@example.com") };
        let identity = admit(&rules, said).unwrap();
        let still = |rules: &IdentityRules, reserved: &[Reserved]| {
            rules.still_admit(&identity, SHOP, reserved).err()
        };
        assert_eq!(still(&rules, &reserved()), None);
        let his = Reserved {
            email_domains: vec![],
            emails: vec!["joe@example.com".into()],
            backends: vec![STAFF],
        };
        assert_eq!(still(&rules, &[his]), Some(IdentityRefusal::AddressReserved));
        let end_users = IdentityRules { roles: vec![Role::EndUser], ..rules.clone() };
        assert_eq!(still(&end_users, &[]), Some(IdentityRefusal::RoleNotAllowed));
        let other = IdentityRules { tags: Some(vec!["vip".into()]), ..rules.clone() };
        let refused = IdentityRefusal::AttributeNotAllowed(Attribute::Tags);
        assert_eq!(still(&other, &[]), Some(refused));
        let fewer = IdentityRules { may_say: vec![Attribute::Name], ..rules };
        let refused = IdentityRefusal::AttributeNotAllowed(Attribute::UserFields);
        assert_eq!(still(&fewer, &[]), Some(refused));
    }
}
