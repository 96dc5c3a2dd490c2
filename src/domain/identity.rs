//! Who signed in, and what a backend may say about people in a brand.

mod hearing;

use std::num::NonZeroU64;
use std::sync::Arc;

use serde_json::{Map, Value};

use self::hearing::Hearing;
use super::attributes::{
    Fixed, Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Role, Tags, UserFields,
    zendesk_id,
};
use super::email::EmailAddress;
use super::key::BackendKey;

/// Longest name, in characters: as many as Zendesk keeps.
const MAX_NAME: usize = 255;

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
    /// What was said in a type that Zendesk's is not, and grants nothing.
    pub misread: Vec<Attribute>,
}

/// Who signed in: what Zendesk is told.
///
/// The fields are the claims of a Zendesk JWT. Where an external id is enough, `E` is an address that
/// may be missing, and then so may the name.
#[derive(Clone)]
#[expect(missing_docs, reason = "named and typed as Zendesk's own claims")]
pub struct Identity<E = EmailAddress> {
    pub email: E,
    pub name: String,
    pub external_id: Option<String>,
    pub role: Option<Role>,
    pub custom_role_id: Option<NonZeroU64>,
    pub phone: Option<Phone>,
    pub locale: Option<NonZeroU64>,
    pub locale_id: Option<NonZeroU64>,
    pub organization: Option<Organization>,
    pub organizations: Option<Organizations>,
    pub organization_id: Option<NonZeroU64>,
    pub organization_ids: Option<OrganizationIds>,
    pub tags: Option<Tags>,
    pub remote_photo_url: Option<PhotoUrl>,
    pub user_fields: Option<UserFields>,
    /// What was said, grants nothing, and is not what Zendesk takes: it goes no further.
    pub left_out: Vec<Attribute>,
}

/// What a backend must say about whether the address is the person's own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum EmailProof {
    /// `email_verified` must be there and true.
    Demanded,
    /// The same, but for addresses of these whole domains, canonical: there it must not be false.
    DemandedBeyond(Arc<[String]>),
    /// `email_verified` must not be false.
    NotDenied,
}

impl EmailProof {
    /// Whether somebody must say that `email` is the person's own.
    fn is_demanded_of(&self, email: &EmailAddress) -> bool {
        match self {
            Self::Demanded => true,
            Self::DemandedBeyond(domains) => !domains.iter().any(|it| it == email.domain()),
            Self::NotDenied => false,
        }
    }
}

/// Why somebody may not be signed in as whom the backend says.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum IdentityRefusal {
    /// There is no e-mail address, as after a social login.
    #[error("the backend names no e-mail address")]
    EmailMissing,
    /// What is said to be an e-mail address is none.
    #[error("the e-mail address is not one")]
    EmailInvalid,
    /// The backend says that the address is not the person's own.
    #[error("the e-mail address is not verified")]
    EmailUnverified,
    /// The backend does not say whether the address is the person's own.
    #[error(
        "the backend does not say `email_verified`: let it add it, name the claim that says it \
         under `claims`, or set `email_verified: optional`, or `{{ optional_for: [DOMAIN] }}`"
    )]
    EmailProofMissing,
    /// Only other backends may say this address.
    #[error("the e-mail address is reserved for another backend")]
    AddressReserved,
    /// The rules name other domains.
    #[error("the domain of the e-mail address is not in email_domains")]
    AddressNotAllowed,
    /// The rules have a prefix, and there is nothing to put it before; or a widget knows people by
    /// it alone.
    #[error("external_id is missing, and is needed")]
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
    /// It may be said, but this is not how Zendesk takes it, and it may grant access.
    #[error("`{}` is not what Zendesk takes", .0.as_str())]
    AttributeInvalid(Attribute),
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
    /// Takes the place of what the backend says. Invariant: its role is one of `roles`.
    pub fixed: Fixed,
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
            fixed: Fixed::default(),
        }
    }
}

impl IdentityRules {
    /// Turns what `backend` says into an identity, or says why not. Zendesk demands a name, so the
    /// address gives it where nothing else does.
    pub fn admit(
        &self,
        mut said: Said,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &[Reserved],
    ) -> Result<Identity, IdentityRefusal> {
        let email = self.address(&said, backend, proof, reserved)?;
        let name = self.name(said.name.take()).unwrap_or_else(|| email.local().to_owned());
        self.admit_as(email, name, said)
    }

    /// The same for what knows people by their external id: nobody need have an address, as far as
    /// the rules are not about addresses. One that is said is judged all the same.
    pub fn admit_by_id(
        &self,
        mut said: Said,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &[Reserved],
    ) -> Result<Identity<Option<EmailAddress>>, IdentityRefusal> {
        let email = match self.address(&said, backend, proof, reserved) {
            Err(IdentityRefusal::EmailMissing) if self.email_domains.is_empty() => None,
            email => Some(email?),
        };
        let local = || email.as_ref().map_or("", EmailAddress::local).to_owned();
        let name = self.name(said.name.take()).unwrap_or_else(local);
        self.admit_as(email, name, said)
    }

    /// What is admitted of `said` beyond address and name.
    fn admit_as<E>(
        &self,
        email: E,
        name: String,
        mut said: Said,
    ) -> Result<Identity<E>, IdentityRefusal> {
        let external_id = self.external_id(said.external_id)?;
        let role = self.role(said.role)?;
        let custom_role_id = self.custom_role_id(role, said.custom_role_id)?;
        let misread = self.heard_of(&said.misread);
        let fixed = &self.fixed;
        if fixed.names_organizations() {
            (said.organization, said.organizations) = (None, None);
            (said.organization_id, said.organization_ids) = (None, None);
        }
        let mut heard = Hearing::new(&self.may_say, misread);
        Ok(Identity {
            email,
            name,
            external_id,
            role,
            custom_role_id,
            phone: heard.text(Attribute::Phone, fixed.phone.as_ref(), said.phone, Phone::parse)?,
            locale: heard.id(Attribute::Locale, fixed.locale, said.locale)?,
            locale_id: heard.id(Attribute::Locale, fixed.locale_id, said.locale_id)?,
            organization: heard.text(
                Attribute::Organization,
                fixed.organization.as_ref(),
                said.organization,
                Organization::parse,
            )?,
            organizations: heard.text(
                Attribute::Organization,
                fixed.organizations.as_ref(),
                said.organizations,
                Organizations::parse,
            )?,
            organization_id: heard.id(
                Attribute::Organization,
                fixed.organization_id,
                said.organization_id,
            )?,
            organization_ids: heard.text(
                Attribute::Organization,
                fixed.organization_ids.as_ref(),
                said.organization_ids,
                OrganizationIds::parse,
            )?,
            tags: heard.take(Attribute::Tags, fixed.tags.as_ref(), said.tags, Tags::new)?,
            remote_photo_url: heard.text(
                Attribute::RemotePhotoUrl,
                fixed.remote_photo_url.as_ref(),
                said.remote_photo_url,
                PhotoUrl::parse,
            )?,
            user_fields: heard.user_fields(fixed.user_fields.as_ref(), said.user_fields)?,
            left_out: heard.left_out,
        })
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
            ..Said::default()
        };
        self.address(&said, backend, &EmailProof::Demanded, reserved)?;
        self.external_id(identity.external_id.clone())?;
        if self.role(identity.role)? != identity.role {
            return Err(IdentityRefusal::RoleNotAllowed);
        }
        let fixed = &self.fixed;
        let organizations = identity.organization.is_some()
            || identity.organizations.is_some()
            || identity.organization_id.is_some()
            || identity.organization_ids.is_some();
        // What grants access must be listed, or be what the rules themselves put there.
        let granted = [
            (Attribute::Organization, organizations && !fixed.names_organizations()),
            (Attribute::Tags, identity.tags.is_some() && identity.tags != fixed.tags),
            (Attribute::UserFields, identity.user_fields.is_some() && fixed.user_fields.is_none()),
            (
                Attribute::CustomRoleId,
                identity.custom_role_id.is_some()
                    && identity.custom_role_id != fixed.custom_role_id,
            ),
        ];
        match granted.into_iter().find(|(what, is)| *is && !self.may_say.contains(what)) {
            Some((what, _)) => Err(IdentityRefusal::AttributeNotAllowed(what)),
            None => Ok(()),
        }
    }

    fn address(
        &self,
        said: &Said,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &[Reserved],
    ) -> Result<EmailAddress, IdentityRefusal> {
        let text = said.email.as_deref().ok_or(IdentityRefusal::EmailMissing)?;
        let email = EmailAddress::parse(text).map_err(|_| IdentityRefusal::EmailInvalid)?;
        match said.email_verified {
            Some(false) => return Err(IdentityRefusal::EmailUnverified),
            None if proof.is_demanded_of(&email) => return Err(IdentityRefusal::EmailProofMissing),
            Some(true) | None => {}
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

    /// Those that would have been told, had they been readable.
    fn heard_of(&self, misread: &[Attribute]) -> Vec<Attribute> {
        let is_fixed = |what: Attribute| match what {
            Attribute::Phone => self.fixed.phone.is_some(),
            Attribute::Locale => self.fixed.locale.is_some() || self.fixed.locale_id.is_some(),
            Attribute::RemotePhotoUrl => self.fixed.remote_photo_url.is_some(),
            _ => false,
        };
        let told = |what: &&Attribute| self.may_say.contains(what) && !is_fixed(**what);
        misread.iter().filter(told).copied().collect()
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

    /// Whether `identity` works for the account: Zendesk's second JWT configuration is for them.
    /// Where no role is said, whom the rules are for decides.
    pub fn is_team_member(&self, identity: &Identity) -> bool {
        match identity.role {
            Some(role) => role != Role::EndUser,
            None => !self.roles.contains(&Role::EndUser),
        }
    }

    /// Where none is said, a single one in the rules is said by them. Otherwise Zendesk leaves
    /// people what they are, and takes a new one for an end user: that grants nothing.
    fn role(&self, said: Option<Role>) -> Result<Option<Role>, IdentityRefusal> {
        match (self.fixed.role.or(said), self.roles.as_slice()) {
            (Some(role), roles) if roles.contains(&role) => Ok(Some(role)),
            (None, [role]) if *role != Role::EndUser => Ok(Some(*role)),
            (None, [_, ..]) => Ok(None),
            _ => Err(IdentityRefusal::RoleNotAllowed),
        }
    }

    /// A custom role is for agents: said of anybody else it is a mistake or an attempt.
    fn custom_role_id(
        &self,
        role: Option<Role>,
        said: Option<u64>,
    ) -> Result<Option<NonZeroU64>, IdentityRefusal> {
        const WHAT: Attribute = Attribute::CustomRoleId;
        let is_agent = role == Some(Role::Agent);
        match (self.fixed.custom_role_id, said) {
            (Some(fixed), _) => Ok(is_agent.then_some(fixed)),
            (None, None) => Ok(None),
            (None, Some(id)) if is_agent && self.may_say.contains(&WHAT) => {
                zendesk_id(id).map(Some).map_err(|_| IdentityRefusal::AttributeInvalid(WHAT))
            }
            (None, Some(_)) => Err(IdentityRefusal::AttributeNotAllowed(WHAT)),
        }
    }

    /// What they are called, if the backend may say it and does.
    fn name(&self, said: Option<String>) -> Option<String> {
        let may_say = self.may_say.contains(&Attribute::Name);
        let name = said.filter(|_| may_say)?.replace(char::is_control, " ");
        let name: String = name.trim().chars().take(MAX_NAME).collect();
        (!name.is_empty()).then_some(name)
    }
}

#[cfg(test)]
mod tests;
