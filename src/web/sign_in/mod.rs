//! What a sign-in goes through, whichever address it comes to.

pub(in crate::web) mod begin;
pub(in crate::web) mod came_back;
pub(in crate::web) mod confirmation;
pub(in crate::web) mod context;
pub(in crate::web) mod flows;
pub(in crate::web) mod hand_off;
pub(in crate::web) mod loop_guard;
pub(in crate::web) mod password;
pub(in crate::web) mod rates;
pub(in crate::web) mod refused_claims;
pub(in crate::web) mod replay;
pub(in crate::web) mod session_cookie;
pub(in crate::web) mod throttle;
