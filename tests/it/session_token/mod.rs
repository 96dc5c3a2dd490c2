//! Journeys of `session_token` backends: Xsolla Login, as it is documented, in a stand-in of the
//! tests' own, and brandgate at two addresses.

mod addresses;
mod check;
mod cookie;
mod keys;
mod service;
mod tokens;
mod way_back;
