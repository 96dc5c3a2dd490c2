//! What a request says, read and checked.

pub(in crate::web) mod body;
pub(in crate::web) mod client_ip;
pub(in crate::web) mod cookies;
pub(in crate::web) mod cors;
pub(in crate::web) mod credentials;
pub(in crate::web) mod error;
pub(in crate::web) mod form;
pub(in crate::web) mod guard;
pub(in crate::web) mod headers;
pub(in crate::web) mod limits;
pub(in crate::web) mod own_address;
pub(in crate::web) mod query;
pub(in crate::web) mod sender;
pub(in crate::web) mod token;
