//! What people see.

pub(in crate::web) mod csp;
pub(in crate::web) mod hand_off;
pub(in crate::web) mod languages;
pub(in crate::web) mod links;
pub(in crate::web) mod masked_email;
pub(in crate::web) mod pages;
pub(in crate::web) mod sign_in;
pub(in crate::web) mod texts;
pub(in crate::web) mod theme;
pub(in crate::web) mod tidy;
