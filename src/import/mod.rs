//! Makes a first `brands.yaml` of what is there already: of the published router's table, or of an account's brands.

mod draft;
mod names;
pub mod php;
mod yaml;
pub mod zendesk;

pub use self::draft::{Draft, DraftBackend, DraftBrand};
