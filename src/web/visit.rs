//! One request, with what it is answered from.

use actix_web::HttpRequest;

use crate::table::Table;
use crate::web::page::texts::Texts;
use crate::web::state::State;

/// A request, what outlives it, and the table that was in force when it came.
#[derive(Clone, Copy)]
pub(in crate::web) struct Visit<'a> {
    pub(in crate::web) request: &'a HttpRequest,
    pub(in crate::web) state: &'a State,
    pub(in crate::web) table: &'a Table,
}

impl<'a> Visit<'a> {
    /// The texts in the person's language.
    pub(in crate::web) fn texts(self) -> &'a Texts {
        self.state.texts(self.request)
    }

    /// Unix time, in seconds.
    pub(in crate::web) fn now(self) -> u64 {
        self.state.clock.now()
    }

    /// The name in the address that the route table calls `name`.
    pub(in crate::web) fn named(self, name: &str) -> Option<&'a str> {
        self.request.match_info().get(name)
    }
}
