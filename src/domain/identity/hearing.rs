//! Hears what a backend says about one attribute after the other.

use std::num::NonZeroU64;

use serde_json::{Map, Value};

use super::{Attribute, IdentityRefusal};
use crate::domain::attributes::{InvalidAttribute, UserFields, zendesk_id};

/// Listens to a backend as far as the rules allow.
///
/// What may not be said and grants access is refused; the rest is passed over. So it is with what
/// is not as Zendesk takes it: nobody is kept out by a telephone number.
pub(super) struct Hearing<'r> {
    may_say: &'r [Attribute],
    /// What was said, may be said, and goes no further.
    pub(super) left_out: Vec<Attribute>,
}

impl<'r> Hearing<'r> {
    pub(super) fn new(may_say: &'r [Attribute], left_out: Vec<Attribute>) -> Self {
        Self { may_say, left_out }
    }

    /// What is told of one attribute: the rules' own value, or else what was said.
    pub(super) fn take<S, T: Clone>(
        &mut self,
        what: Attribute,
        fixed: Option<&T>,
        said: Option<S>,
        read: impl FnOnce(S) -> Result<T, InvalidAttribute>,
    ) -> Result<Option<T>, IdentityRefusal> {
        if fixed.is_some() {
            return Ok(fixed.cloned());
        }
        let Some(said) = said else { return Ok(None) };
        let is_harmless = Attribute::HARMLESS.contains(&what);
        if !self.may_say.contains(&what) {
            return if is_harmless {
                Ok(None)
            } else {
                Err(IdentityRefusal::AttributeNotAllowed(what))
            };
        }
        match read(said) {
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
        said: Option<String>,
        parse: impl FnOnce(&str) -> Result<T, InvalidAttribute>,
    ) -> Result<Option<T>, IdentityRefusal> {
        let said = said.filter(|text| !text.trim().is_empty());
        self.take(what, fixed, said, |text| parse(&text))
    }

    /// An id of Zendesk's.
    pub(super) fn id(
        &mut self,
        what: Attribute,
        fixed: Option<NonZeroU64>,
        said: Option<u64>,
    ) -> Result<Option<NonZeroU64>, IdentityRefusal> {
        self.take(what, fixed.as_ref(), said, zendesk_id)
    }

    /// Each field by itself is the rules' or the backend's.
    pub(super) fn user_fields(
        &mut self,
        fixed: Option<&UserFields>,
        mut said: Option<Map<String, Value>>,
    ) -> Result<Option<UserFields>, IdentityRefusal> {
        if let (Some(fixed), Some(said)) = (fixed, &mut said) {
            fixed.take_out_of(said);
        }
        let is_news = |said: &Map<String, Value>| fixed.is_none() || !said.is_empty();
        let said = said.filter(is_news);
        let heard = self.take(Attribute::UserFields, None, said, UserFields::new)?;
        Ok(match fixed {
            Some(fixed) => Some(fixed.clone().with(heard)),
            None => heard,
        })
    }
}
