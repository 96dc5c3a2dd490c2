//! The `return_to` that comes back from a login page, and the flow that it belongs to.

use crate::domain::{Dispatch, PostedReturnTo, is_too_long};
use crate::table::Table;
use crate::web::sign_in::flows::Waiting;

/// How well a `return_to` that came back fits a flow. Greater fits better.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::web) enum Fit {
    /// There is none, or one that the flow's brand may not send people to.
    Silent,
    /// A page of the flow's brand or of the account: it is where the sign-in ends.
    Good,
    /// What a script has made of the one that the flow began with.
    Remnant,
    /// The very one that the flow began with.
    Exact,
}

impl Fit {
    /// Judges `posted` for `open`, which heads for it if it is good: wherever it is not, the flow
    /// knows where the person was going.
    pub(in crate::web) fn judge<'t>(
        posted: Option<&PostedReturnTo<'_>>,
        open: &mut Waiting<'t>,
        table: &'t Table,
    ) -> Self {
        let Some(posted) = posted else { return Self::Silent };
        let text = posted.text();
        let own = open.sign_in.destination.absolute();
        let began_with = open.flow.flow.return_to.as_deref().unwrap_or(&own);
        if text == began_with || text == own {
            return Self::Exact;
        }
        if posted.is_remnant_of(began_with) || posted.is_remnant_of(&own) {
            return Self::Remnant;
        }
        if is_too_long(text) {
            return Self::Silent;
        }
        let brand = (open.sign_in.key, open.sign_in.brand);
        let resumed = Dispatch::resume(
            &table.brands,
            brand,
            open.sign_in.client,
            Some(text.to_owned().into()),
        );
        match resumed {
            Ok(resumed) => {
                open.sign_in.destination = resumed.destination;
                Self::Good
            }
            Err(_) => Self::Silent,
        }
    }
}
