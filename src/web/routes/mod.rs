//! Every address of the public listener, one file each.

pub(in crate::web) mod access_jwt;
pub(in crate::web) mod callback;
mod choice;
pub(in crate::web) mod confirm;
pub(in crate::web) mod form_page;
pub(in crate::web) mod hand_off;
pub(in crate::web) mod home;
pub(in crate::web) mod login;
pub(in crate::web) mod logout;
pub(in crate::web) mod logout_done;
pub(in crate::web) mod not_me;
pub(in crate::web) mod password_form;
pub(in crate::web) mod start;
pub(in crate::web) mod widget_token;
