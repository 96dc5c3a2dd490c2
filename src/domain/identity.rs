//! What a backend may say about people in a brand.

mod attribute_policy;

use std::num::NonZeroU64;
use std::sync::Arc;

use self::attribute_policy::AttributePolicy;
use super::attributes::{
    Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Role, Tags, zendesk_id,
};
use super::email::EmailAddress;
use super::key::BackendKey;
use super::profile::{Attribute, ClaimedProfile, Identity, Profile};
use super::reservations::Reservations;

/// Longest name, in characters: as many as Zendesk keeps.
const MAX_NAME: usize = 255;

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
    /// Nobody may sign this person in.
    #[error("the person is denied")]
    PersonDenied,
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

impl IdentityRefusal {
    /// Whether Zendesk's claim `name` is what it is about.
    pub fn is_about(self, name: &str) -> bool {
        match self {
            Self::EmailMissing
            | Self::EmailInvalid
            | Self::AddressReserved
            | Self::AddressNotAllowed
            | Self::PersonDenied => name == "email",
            Self::EmailUnverified | Self::EmailProofMissing => name == "email_verified",
            Self::ExternalIdMissing | Self::ExternalIdNotAllowed => name == "external_id",
            Self::RoleNotAllowed => name == "role",
            Self::AttributeNotAllowed(attribute) | Self::AttributeInvalid(attribute) => {
                Attribute::of_claim(name) == Some(attribute)
            }
        }
    }
}

/// What one backend may say about people in one brand.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IdentityRules {
    /// Put in front of the backend's id, unless it is there already.
    pub external_id_prefix: Option<String>,
    /// Roles that may be said.
    pub roles: Vec<Role>,
    /// Whole domains, canonical; empty: any that is not reserved.
    pub email_domains: Vec<String>,
    /// What may be said beyond e-mail address, external id and role.
    pub may_say: Vec<Attribute>,
    /// Takes the place of what the backend says. Invariant: its role is one of `roles`.
    pub fixed: Profile,
}

impl Default for IdentityRules {
    /// End users only, nothing that grants access.
    fn default() -> Self {
        Self {
            external_id_prefix: None,
            roles: vec![Role::EndUser],
            email_domains: Vec::new(),
            may_say: Attribute::ALL.into_iter().filter(|it| !it.may_grant_access()).collect(),
            fixed: Profile::default(),
        }
    }
}

impl IdentityRules {
    /// Turns what `backend` says into an identity, or says why not. Zendesk demands a name, so the
    /// address gives it where nothing else does.
    pub fn admit(
        &self,
        claimed: &ClaimedProfile,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &Reservations,
    ) -> Result<Identity, IdentityRefusal> {
        let email = self.address(claimed, backend, proof, reserved)?;
        let name = self.name(claimed).unwrap_or_else(|| email.local().to_owned());
        self.admit_as(email, name, claimed, backend, reserved)
    }

    /// The same for what knows people by their external id: nobody need have an address, as far as
    /// the rules are not about addresses. One that is said is judged all the same.
    pub fn admit_by_id(
        &self,
        claimed: &ClaimedProfile,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &Reservations,
    ) -> Result<Identity<Option<EmailAddress>>, IdentityRefusal> {
        let email = match self.address(claimed, backend, proof, reserved) {
            Err(IdentityRefusal::EmailMissing) if self.email_domains.is_empty() => None,
            email => Some(email?),
        };
        let local = || email.as_ref().map_or("", EmailAddress::local).to_owned();
        let name = self.name(claimed).unwrap_or_else(local);
        self.admit_as(email, name, claimed, backend, reserved)
    }

    /// What is admitted of `claimed` beyond address and name.
    fn admit_as<E>(
        &self,
        email: E,
        name: String,
        claimed: &ClaimedProfile,
        backend: BackendKey,
        reserved: &Reservations,
    ) -> Result<Identity<E>, IdentityRefusal> {
        use Attribute::{Locale, Organization as Organized};
        let external_id = self.external_id(claimed.external_id.as_deref(), backend, reserved)?;
        let role = self.role(claimed.role)?;
        let custom_role_id = self.custom_role_id(role, claimed.custom_role_id)?;
        let fixed = &self.fixed;
        // Where the rules name organizations, in whatever way, the backend names none.
        let organized = (!fixed.says(Organized)).then_some(claimed);
        let photo_url = claimed.remote_photo_url.as_deref();
        let mut policy = AttributePolicy::new(&self.may_say, self.malformed(claimed));
        let profile = Profile {
            role,
            custom_role_id,
            phone: policy.text(
                Attribute::Phone,
                fixed.phone.as_ref(),
                claimed.phone.as_deref(),
                Phone::parse,
            )?,
            locale: policy.id(Locale, fixed.locale, claimed.locale)?,
            locale_id: policy.id(Locale, fixed.locale_id, claimed.locale_id)?,
            organization: policy.text(
                Organized,
                fixed.organization.as_ref(),
                organized.and_then(|it| it.organization.as_deref()),
                Organization::parse,
            )?,
            organizations: policy.text(
                Organized,
                fixed.organizations.as_ref(),
                organized.and_then(|it| it.organizations.as_deref()),
                Organizations::parse,
            )?,
            organization_id: policy.id(
                Organized,
                fixed.organization_id,
                organized.and_then(|it| it.organization_id),
            )?,
            organization_ids: policy.text(
                Organized,
                fixed.organization_ids.as_ref(),
                organized.and_then(|it| it.organization_ids.as_deref()),
                OrganizationIds::parse,
            )?,
            tags: policy.take(
                Attribute::Tags,
                fixed.tags.as_ref(),
                claimed.tags.as_ref(),
                |tags| Tags::new(tags.clone()),
            )?,
            remote_photo_url: policy.text(
                Attribute::RemotePhotoUrl,
                fixed.remote_photo_url.as_ref(),
                photo_url,
                PhotoUrl::parse,
            )?,
            user_fields: policy
                .user_fields(fixed.user_fields.as_ref(), claimed.user_fields.as_ref())?,
        };
        Ok(Identity { email, name, external_id, profile, left_out: policy.left_out })
    }

    fn address(
        &self,
        claimed: &ClaimedProfile,
        backend: BackendKey,
        proof: &EmailProof,
        reserved: &Reservations,
    ) -> Result<EmailAddress, IdentityRefusal> {
        let text = claimed.email.as_deref().ok_or(IdentityRefusal::EmailMissing)?;
        let email = EmailAddress::parse(text).map_err(|_| IdentityRefusal::EmailInvalid)?;
        match claimed.email_verified {
            Some(false) => return Err(IdentityRefusal::EmailUnverified),
            None if proof.is_demanded_of(&email) => return Err(IdentityRefusal::EmailProofMissing),
            Some(true) | None => {}
        }
        if reserved.keep_address(&email, backend) {
            return Err(IdentityRefusal::AddressReserved);
        }
        let listed = |domain: &String| domain == email.domain();
        if !self.email_domains.is_empty() && !self.email_domains.iter().any(listed) {
            return Err(IdentityRefusal::AddressNotAllowed);
        }
        Ok(email)
    }

    /// What cannot be read of what would have been told.
    fn malformed(&self, claimed: &ClaimedProfile) -> Vec<Attribute> {
        let told = |what: &&Attribute| self.may_say.contains(what) && !self.fixed.says(**what);
        claimed.malformed.iter().filter(told).copied().collect()
    }

    fn external_id(
        &self,
        claimed: Option<&str>,
        backend: BackendKey,
        reserved: &Reservations,
    ) -> Result<Option<String>, IdentityRefusal> {
        let Some(id) = claimed else {
            return match self.external_id_prefix {
                Some(_) => Err(IdentityRefusal::ExternalIdMissing),
                None => Ok(None),
            };
        };
        let prefix = self.external_id_prefix.as_deref().unwrap_or_default();
        let id = if id.starts_with(prefix) { id.to_owned() } else { format!("{prefix}{id}") };
        let is_empty = id.len() == prefix.len();
        let is_odd = !id.bytes().all(|byte| byte.is_ascii_graphic());
        let is_foreign = reserved.keep_id(&id, prefix, backend);
        if is_empty || is_odd || is_foreign || id.len() > 255 {
            return Err(IdentityRefusal::ExternalIdNotAllowed);
        }
        Ok(Some(id))
    }

    /// Whether `identity` works for the account: Zendesk's second JWT configuration is for them.
    /// Where no role is said, whom the rules are for decides.
    pub fn is_team_member(&self, identity: &Identity) -> bool {
        match identity.profile.role {
            Some(role) => role != Role::EndUser,
            None => !self.roles.contains(&Role::EndUser),
        }
    }

    /// Where none is said, a single one in the rules is said by them. Otherwise Zendesk leaves
    /// people what they are, and takes a new one for an end user: that grants nothing.
    fn role(&self, claimed: Option<Role>) -> Result<Option<Role>, IdentityRefusal> {
        match (self.fixed.role.or(claimed), self.roles.as_slice()) {
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
        claimed: Option<u64>,
    ) -> Result<Option<NonZeroU64>, IdentityRefusal> {
        const WHAT: Attribute = Attribute::CustomRoleId;
        let is_agent = role == Some(Role::Agent);
        match (self.fixed.custom_role_id, claimed) {
            (Some(fixed), _) => Ok(is_agent.then_some(fixed)),
            (None, None) => Ok(None),
            (None, Some(id)) if is_agent && self.may_say.contains(&WHAT) => {
                zendesk_id(id).map(Some).map_err(|_| IdentityRefusal::AttributeInvalid(WHAT))
            }
            (None, Some(_)) => Err(IdentityRefusal::AttributeNotAllowed(WHAT)),
        }
    }

    /// What they are called, if the backend may say it and does.
    fn name(&self, claimed: &ClaimedProfile) -> Option<String> {
        let may_say = self.may_say.contains(&Attribute::Name);
        let name = claimed.name.as_deref().filter(|_| may_say)?.replace(char::is_control, " ");
        let name: String = name.trim().chars().take(MAX_NAME).collect();
        (!name.is_empty()).then_some(name)
    }
}

#[cfg(test)]
mod tests;
