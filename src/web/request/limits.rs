//! How large what a client sends may be.

/// Longest address, in bytes: an assertion of the old GET and a `return_to` fit in.
pub(in crate::web) const MAX_ADDRESS: usize = 24 * 1024;

/// Longest body, in bytes.
pub(in crate::web) const MAX_BODY: usize = 64 * 1024;

/// Most fields of a form: each is compared with all before it, and anybody may send one.
pub(in crate::web) const MAX_FIELDS: usize = 64;

/// Longest token, in bytes.
pub(in crate::web) const MAX_TOKEN: usize = 16 * 1024;
