//! What becomes of one attribute after the other that a backend claims.

use std::num::NonZeroU64;

use serde_json::{Map, Value};

use super::IdentityRefusal;
use crate::domain::attributes::{InvalidAttribute, UserFields, zendesk_id};
use crate::domain::profile::Attribute;

/// What a backend may say, and what of it went no further.
///
/// What may not be said and grants access is refused; the rest is passed over. So it is with what
/// is not as Zendesk takes it: nobody is kept out by a telephone number.
pub(super) struct AttributePolicy<'r> {
    may_say: &'r [Attribute],
    /// What was said, may be said, and goes no further.
    pub(super) left_out: Vec<Attribute>,
}

impl<'r> AttributePolicy<'r> {
    pub(super) fn new(may_say: &'r [Attribute], left_out: Vec<Attribute>) -> Self {
        Self { may_say, left_out }
    }

    /// What is told of one attribute: the rules' own value, or else what is claimed.
    pub(super) fn take<S, T: Clone>(
        &mut self,
        what: Attribute,
        fixed: Option<&T>,
        claimed: Option<S>,
        read: impl FnOnce(S) -> Result<T, InvalidAttribute>,
    ) -> Result<Option<T>, IdentityRefusal> {
        if fixed.is_some() {
            return Ok(fixed.cloned());
        }
        let Some(claimed) = claimed else { return Ok(None) };
        let is_harmless = !what.may_grant_access();
        if !self.may_say.contains(&what) {
            return if is_harmless {
                Ok(None)
            } else {
                Err(IdentityRefusal::AttributeNotAllowed(what))
            };
        }
        match read(claimed) {
            Ok(value) => Ok(Some(value)),
            Err(_) if is_harmless => {
                self.left_out.push(what);
                Ok(None)
            }
            Err(_) => Err(IdentityRefusal::AttributeInvalid(what)),
        }
    }

    /// Scripts leave blank what they do not know.
    pub(super) fn text<T: Clone>(
        &mut self,
        what: Attribute,
        fixed: Option<&T>,
        claimed: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, InvalidAttribute>,
    ) -> Result<Option<T>, IdentityRefusal> {
        self.take(what, fixed, claimed.filter(|text| !text.trim().is_empty()), parse)
    }

    /// An id of Zendesk's.
    pub(super) fn id(
        &mut self,
        what: Attribute,
        fixed: Option<NonZeroU64>,
        claimed: Option<u64>,
    ) -> Result<Option<NonZeroU64>, IdentityRefusal> {
        self.take(what, fixed.as_ref(), claimed, zendesk_id)
    }

    /// Each field by itself is the rules' or the backend's.
    pub(super) fn user_fields(
        &mut self,
        fixed: Option<&UserFields>,
        claimed: Option<&Map<String, Value>>,
    ) -> Result<Option<UserFields>, IdentityRefusal> {
        let mut claimed = claimed.cloned();
        if let (Some(fixed), Some(claimed)) = (fixed, &mut claimed) {
            fixed.take_out_of(claimed);
        }
        let is_news = |claimed: &Map<String, Value>| fixed.is_none() || !claimed.is_empty();
        let claimed = claimed.filter(is_news);
        let told = self.take(Attribute::UserFields, None, claimed, UserFields::new)?;
        Ok(match fixed {
            Some(fixed) => Some(fixed.clone().with(told)),
            None => told,
        })
    }
}
