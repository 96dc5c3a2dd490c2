//! What a brand is and where a sign-in goes: no I/O, no clock, no HTTP types.

mod attributes;
mod brand;
mod directory;
mod email;
#[cfg(test)]
mod example;
mod generous;
mod host;
mod identity;
mod index;
mod key;
mod localized_text;
mod off_the_internet;
mod parameter;
mod path;
mod posted_return_to;
mod profile;
mod reservations;
mod return_to;
mod routing;
mod text_map;

pub use self::attributes::{
    InvalidAttribute, Organization, OrganizationIds, Organizations, Phone, PhotoUrl, Role, Tags,
    UserFields, zendesk_id,
};
pub use self::brand::{Brand, Brands, InvalidColor, Rgb, Route, Theme, Unknown};
pub use self::directory::Directory;
pub use self::email::{EmailAddress, InvalidEmail, canonical_domain};
pub use self::host::{Account, Host, InvalidHost, is_loopback};
pub use self::identity::{EmailProof, IdentityRefusal, IdentityRules};
pub use self::index::Index;
pub use self::key::{BackendKey, BrandId, BrandKey, Name};
pub use self::localized_text::{LANGUAGES, LocalizedText};
pub use self::off_the_internet::off_the_internet;
pub use self::parameter::{Parameter, is_taken_for};
pub use self::posted_return_to::PostedReturnTo;
pub use self::profile::{Attribute, ClaimedProfile, Identity, Profile, outline};
pub use self::reservations::{Reservations, Reserved};
pub use self::return_to::{Destination, InvalidReturnTo, ReturnTo, is_too_long};
pub use self::routing::{
    Decision, Dispatch, Explanation, Forward, Match, Refusal, RemoteRequest, decide, decide_logout,
    explain,
};
pub use self::text_map::TextMap;
