//! One request, with what it is answered from.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::num::NonZeroU16;

use actix_web::HttpRequest;
use actix_web::dev::RequestHead;
use ipnet::IpNet;

use crate::backend::{Asking, Backend};
use crate::domain::Dispatch;
use crate::metrics::{SignIn, SignInStep};
use crate::recent::Claim;
use crate::table::Table;
use crate::token::{Flow, FlowId, StateKeys};
use crate::traces::Span;
use crate::web::page::texts::Texts;
use crate::web::request::{own_address, query};
use crate::web::state::State;

/// What is learnt about a request on the way, for whoever answers it.
#[derive(Default)]
pub(in crate::web) struct Notes {
    /// What the flow that it belongs to says of the person's language, once that is open.
    locale: Cell<Option<NonZeroU16>>,
    /// What a backend has said, where that was of no use.
    said: RefCell<Vec<Claim>>,
}

/// A request, what outlives it, and the table that was in force when it came.
#[derive(Clone, Copy)]
pub(in crate::web) struct Visit<'a> {
    pub(in crate::web) request: &'a RequestHead,
    pub(in crate::web) state: &'a State,
    pub(in crate::web) table: &'a Table,
    /// The `at` of backends that was asked, if it was one: an origin.
    pub(in crate::web) at: Option<&'a str>,
    /// The address of whoever sent it, be it a person's or a proxy's, by `client_address`.
    pub(in crate::web) address: Option<IpAddr>,
    /// The same request, as the route table has read its address; none before that.
    routed: Option<&'a HttpRequest>,
    /// The step of a sign-in that it is, if that is traced.
    pub(in crate::web) span: Option<&'a Span>,
    /// What was learnt on the way.
    notes: &'a Notes,
}

impl<'a> Visit<'a> {
    /// Looks once at what every handler has to know.
    pub(in crate::web) fn of(
        routed: &'a HttpRequest,
        state: &'a State,
        table: &'a Table,
        notes: &'a Notes,
    ) -> Self {
        Self { routed: Some(routed), ..Self::before_routing(routed.head(), state, table, notes) }
    }

    /// The same, where what it does is told to `span`.
    pub(in crate::web) fn traced(self, span: Option<&'a Span>) -> Self {
        Self { span, ..self }
    }

    /// The same where the route table is not asked: nothing in the address has a name.
    pub(in crate::web) fn before_routing(
        request: &'a RequestHead,
        state: &'a State,
        table: &'a Table,
        notes: &'a Notes,
    ) -> Self {
        let at = own_address::at(table, &request.headers);
        let address = table.client_address.of(request);
        Self { request, state, table, at, address, routed: None, span: None, notes }
    }

    /// The person's address, where it is known and a route of the table asks for it.
    pub(in crate::web) fn client(self) -> Option<IpAddr> {
        self.table.brands.ask_for_addresses().then(|| self.person())?
    }

    /// The same whoever asks: none where all that is known is a proxy's.
    pub(in crate::web) fn person(self) -> Option<IpAddr> {
        self.address.filter(|it| self.table.client_address.is_persons(*it))
    }

    /// The network of whoever sent it, for what one network may do; none where all people seem to have
    /// the same.
    pub(in crate::web) fn network(self) -> Option<IpNet> {
        self.address.and_then(|it| self.table.client_address.network(it))
    }

    /// Whether the `at` of other backends was asked about this one.
    pub(in crate::web) fn is_elsewhere(self, backend: &Backend) -> bool {
        self.at.is_some_and(|at| backend.at() != Some(at))
    }

    /// The texts in the person's language.
    pub(in crate::web) fn texts(self) -> &'a Texts {
        self.state.texts(self.locale(), self.request)
    }

    /// Zendesk's number for the person's language, as it was when the sign-in began.
    pub(in crate::web) fn locale(self) -> Option<NonZeroU16> {
        self.notes
            .locale
            .get()
            .or_else(|| query::locale(self.request.uri.query().unwrap_or_default()))
    }

    /// Notes which flow the request belongs to: its page, or what explains why there is none, is in
    /// that flow's language.
    pub(in crate::web) fn belongs_to(self, flow: &Flow) {
        self.notes.locale.set(flow.locale);
    }

    /// The step begins the sign-in that `flow` is of.
    pub(in crate::web) fn begins_in_traces(self, flow: FlowId) {
        if let Some(span) = self.span {
            span.begins(flow);
        }
    }

    /// The step goes on with the sign-in that `flow` is of.
    pub(in crate::web) fn goes_on_in_traces(self, flow: FlowId) {
        if let Some(span) = self.span {
            span.belongs_to(flow);
        }
    }

    /// Counts what became of a sign-in.
    pub(in crate::web) fn count(self, sign_in: &Dispatch<'_>, backend: &Backend, what: SignIn) {
        self.table.sign_ins.add(sign_in.key, sign_in.backend, what);
        if let Some(span) = self.span {
            span.became(what, sign_in.brand.name.as_str(), backend.name.as_str());
        }
    }

    /// Notes what a backend has said, which is of no use, for whoever looks at the admin page.
    pub(in crate::web) fn hear(self, said: Vec<Claim>) {
        self.notes.said.replace(said);
    }

    /// What it has said.
    pub(in crate::web) fn heard(self) -> Vec<Claim> {
        self.notes.said.take()
    }

    /// What seals and opens.
    pub(in crate::web) fn keys(self) -> &'a StateKeys {
        self.state.keys(self.table)
    }

    /// What it takes to ask a provider about a flow that begins.
    pub(in crate::web) fn asking(self) -> Asking<'a> {
        self.state.asking(self.keys().sealing())
    }

    /// Unix time, in seconds.
    pub(in crate::web) fn now(self) -> u64 {
        self.state.clock.now()
    }

    /// The name in the address that the route table calls `name`.
    pub(in crate::web) fn named(self, name: &str) -> Option<&'a str> {
        self.routed?.match_info().get(name)
    }

    /// Which part of a sign-in it is, if any. What is answered before the route table is asked begins one.
    pub(in crate::web) fn step(self) -> Option<SignInStep> {
        self.routed.map_or(Some(SignInStep::Begin), |_| SignInStep::of(&self.pattern()?))
    }

    /// The address as the route table has it.
    pub(in crate::web) fn pattern(self) -> Option<String> {
        self.routed?.match_pattern()
    }
}
