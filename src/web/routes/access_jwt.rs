//! `/access/jwt` stands in for Zendesk's own endpoint: takes an assertion, verifies it, hands off.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem;
use std::net::IpAddr;

use actix_web::HttpResponse;
use actix_web::web::Payload;

use crate::backend::{Assertions, Backend};
use crate::domain::{
    BackendKey, Decision, Dispatch, InvalidReturnTo, Match, Parameter, PostedReturnTo, Refusal,
    RemoteRequest, decide,
};
use crate::table::Table;
use crate::token::{ReplayKey, Validation, VerifiedJws};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::body::form_body;
use crate::web::request::cookies::Cookies;
use crate::web::request::error::{Malformed, RequestError};
use crate::web::request::limits::MAX_TOKEN;
use crate::web::request::query::{Form, Query};
use crate::web::request::sender::RequestOrigin;
use crate::web::sign_in::came_back::Fit;
use crate::web::sign_in::confirmation::hand_off_or_ask;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{Flows, NoFlow, OpenFlow, Waiting};
use crate::web::sign_in::hand_off::HandOff;
use crate::web::sign_in::refused_claims;
use crate::web::sign_in::replay::consume;
use crate::web::visit::Visit;

/// Seconds within which a browser's tabs finish at once: by then the cookies say what is used.
const TABS_AT_ONCE: u64 = 60;

/// Takes an assertion.
pub(in crate::web) async fn any(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    let Visit { request, table, .. } = visit;
    if let Some(name) = visit.named("backend") {
        table.backend_named(name).ok_or(WebError::NotFound)?;
    }
    let is_post = request.method == "POST";
    let body = if is_post { form_body(request, payload).await? } else { String::new() };
    let cookies = Cookies::of(request);
    let mut accepted = accept(visit, &body, &cookies)?;
    let outcome = accepted.hand_off(visit, &cookies).await;
    outcome.map_err(|error| accepted.context().failure(error))
}

/// The sign-in that what was submitted belongs to.
fn accept<'t>(
    visit: Visit<'t>,
    body: &'t str,
    cookies: &Cookies<'_>,
) -> Result<Accepted<'t>, Failure> {
    let query = Query::of(visit.request)?;
    let form = if body.is_empty() { query.into() } else { query.with_form(body)? };
    let flows = || Flows::of(visit, cookies, visit.named("backend"));
    match Submission::read(&form, visit) {
        Err(WebError::NoToken) => Err(without_token(visit, &form, flows())),
        submission => submission?.find(visit.table, flows()),
    }
}

/// Nobody has said who somebody is: of the sign-ins under way, the posted `return_to` says which it may be.
fn without_token<'t>(visit: Visit<'t>, form: &Form<'t>, flows: Flows<'t>) -> Failure {
    let return_to = match return_to(form) {
        Ok(return_to) => return_to,
        Err(malformed) => return malformed.into(),
    };
    let Some(it) = by_host(visit.table, return_to, visit.client()) else {
        return flows.failure(WebError::NoToken);
    };
    or_at_posted(flows.failure_at(it.key, WebError::NoToken), &it)
}

/// What was posted; what cannot be read is as good as none: the flow knows where the person was going.
fn return_to<'t>(form: &Form<'t>) -> Result<Option<Cow<'t, str>>, Malformed> {
    match form.value(Parameter::ReturnTo) {
        Err(Malformed::Value(_)) => Ok(None),
        other => other,
    }
}

/// The sign-in that the host of a posted `return_to` decides.
fn by_host<'t>(
    table: &'t Table,
    return_to: Option<Cow<'t, str>>,
    client: Option<IpAddr>,
) -> Option<Dispatch<'t>> {
    let return_to = Some(return_to?);
    match decide(&table.brands, &RemoteRequest { return_to, brand_id: None, client }) {
        Decision::SignIn(sign_in) if sign_in.matched == Match::Host => Some(sign_in),
        _ => None,
    }
}

/// The failure, which offers to start again to the posted page where no flow says a better one.
fn or_at_posted(failure: Failure, posted: &Dispatch<'_>) -> Failure {
    if failure.has_destination() {
        return failure;
    }
    failure.brand(posted.key).destination(posted.destination.absolute())
}

/// What somebody submitted.
struct Submission<'a> {
    token: Cow<'a, str>,
    return_to: Option<Cow<'a, str>>,
    backend: Option<&'a str>,
    /// The person's address, where it is known and a route asks for it.
    client: Option<IpAddr>,
}

/// An assertion whose signature holds, and the sign-in that it belongs to.
struct Accepted<'t> {
    verified: VerifiedJws,
    sign_in: Dispatch<'t>,
    backend: &'t Backend,
    assertions: &'t Assertions,
    flow: Option<OpenFlow>,
    /// The sign-ins that it may belong to as well: the script does not say which page it is for.
    others: Vec<Waiting<'t>>,
}

impl Accepted<'_> {
    async fn hand_off(
        &mut self,
        visit: Visit<'_>,
        cookies: &Cookies<'_>,
    ) -> Result<HttpResponse, WebError> {
        let Visit { request, table, .. } = visit;
        let is_required = self.assertions.audience_required;
        let validation = Validation::of_assertion(&table.public_url, is_required);
        let assertion = self.verified.validate(&validation, visit.now());
        let assertion = assertion.inspect_err(|_| self.hear(visit))?;
        let key = self.verified.replay_key();
        if !consume(visit, self.backend, &key, VerifiedJws::REMEMBERED_FOR).await? {
            return Err(WebError::AlreadyUsed);
        }
        self.take_its_own_tab(visit).await;
        let flow = self.flow.take();
        let hand_off = HandOff::admit(visit, self.context(), assertion.claimed, key.uuid());
        let hand_off = hand_off.inspect_err(|_| self.hear(visit))?;
        let sender = RequestOrigin::of(request.headers());
        let is_trusted = sender.may_bring(table, self.sign_in.brand, self.backend, cookies);
        hand_off_or_ask(visit, &hand_off, flow, (&sender, is_trusted), cookies)
    }

    /// Of several tabs that finish at once, each takes another sign-in: all of them bring the same
    /// flows, since none has been answered yet.
    ///
    /// Only a courtesy: where the store cannot tell, two may end at one page.
    async fn take_its_own_tab(&mut self, visit: Visit<'_>) {
        for other in mem::take(&mut self.others) {
            let Some(flow) = &self.flow else { break };
            let key = ReplayKey::of_flow(flow.id);
            if consume(visit, self.backend, &key, TABS_AT_ONCE).await != Ok(false) {
                break;
            }
            (self.sign_in, self.flow) = (other.sign_in, Some(other.flow));
        }
    }

    /// Keeps what it says, which is of no use.
    fn hear(&self, visit: Visit<'_>) {
        refused_claims::hear(visit, self.context(), self.verified.claims());
    }

    fn context(&self) -> SignInContext<'_> {
        SignInContext { sign_in: &self.sign_in, backend: self.backend }
    }
}

impl<'a> Submission<'a> {
    fn read(form: &Form<'a>, visit: Visit<'a>) -> Result<Self, WebError> {
        let token = form.value(Parameter::Jwt)?.ok_or(WebError::NoToken)?;
        // Scripts read keys and tokens from files and templates, with the line break at the end.
        let token = match token {
            Cow::Borrowed(token) => Cow::Borrowed(token.trim_ascii()),
            Cow::Owned(token) => Cow::Owned(token.trim_ascii().to_owned()),
        };
        if token.len() > MAX_TOKEN {
            return Err(RequestError::TokenTooLarge.into());
        }
        let return_to = return_to(form)?;
        Ok(Self { token, return_to, backend: visit.named("backend"), client: visit.client() })
    }

    /// Finds the one sign-in that this assertion belongs to.
    fn find(&self, table: &'a Table, flows: Flows<'a>) -> Result<Accepted<'a>, Failure> {
        let mut waiting = Vec::new();
        let mut refused = None;
        let mut problem = flows.problem;
        let posted = self.return_to.as_deref().map(PostedReturnTo::new);
        for mut open in flows.open {
            if open.backend.assertions().is_none() {
                problem.note(FlowProblem::Foreign);
                continue;
            }
            waiting.push((Fit::judge(posted.as_ref(), &mut open, table), open));
        }
        // First the one that the posted page fits best, then the newest; browsers send the oldest
        // first, which counts within one second.
        waiting.reverse();
        waiting.sort_by_key(|(fit, open)| Reverse((*fit, open.flow.expires)));
        let is_only = waiting.len() == 1;
        let mut waiting = waiting.into_iter();
        while let Some((fit, open)) = waiting.next() {
            // A flow that began with another destination may be another tab's: it vouches for
            // brand and backend, and stays open.
            let is_its_own = fit != Fit::Good || is_only;
            let flow = is_its_own.then_some(open.flow);
            match self.verify(open.sign_in, open.backend, flow) {
                Ok(mut accepted) => {
                    let (brand, backend) = (accepted.sign_in.key, accepted.sign_in.backend);
                    let may_be_its = |(other, open): &(Fit, Waiting<'_>)| {
                        let of = (open.sign_in.key, open.sign_in.backend);
                        fit == Fit::Silent && *other == fit && of == (brand, backend)
                    };
                    accepted.others = waiting.filter(may_be_its).map(|it| it.1).collect();
                    return Ok(accepted);
                }
                Err(failure) => refused = refused.or(Some(failure)),
            }
        }
        match self.unsolicited(table) {
            Some(Ok(accepted)) => Ok(accepted),
            Some(Err(failure)) => Err(refused.unwrap_or(failure)),
            None => Err(refused.unwrap_or_else(|| self.without_flow(table, problem))),
        }
    }

    /// Verifies with the keys of this one backend.
    fn verify(
        &self,
        sign_in: Dispatch<'a>,
        backend: &'a Backend,
        flow: Option<OpenFlow>,
    ) -> Result<Accepted<'a>, Failure> {
        let assertions = backend.assertions().ok_or(WebError::Table)?;
        match VerifiedJws::verify(&self.token, &assertions.keys) {
            Ok(verified) => {
                Ok(Accepted { verified, sign_in, backend, assertions, flow, others: Vec::new() })
            }
            Err(error) => Err(SignInContext { sign_in: &sign_in, backend }.failure(error)),
        }
    }

    /// Why no flow can be used.
    fn without_flow(&self, table: &'a Table, problem: NoFlow<'_>) -> Failure {
        let Some(it) = self.by_posted_host(table) else { return problem.into_failure() };
        or_at_posted(problem.into_failure_at(it.key), &it)
    }

    /// The sign-in that the host of the posted `return_to` decides.
    fn by_posted_host(&self, table: &'a Table) -> Option<Dispatch<'a>> {
        by_host(table, self.return_to.clone(), self.client)
    }

    /// Without a flow, and only where the backend may start by itself. Who is named in the path may
    /// be believed whatever the destination; else the posted `return_to` says whose keys are tried.
    fn unsolicited(&self, table: &'a Table) -> Option<Result<Accepted<'a>, Failure>> {
        let may_start = |backend: &Backend| backend.assertions().is_some_and(|it| it.unsolicited);
        if let Some(name) = self.backend {
            let (key, backend) = table.backend_named(name)?;
            let accept = || self.started_by(table, key, backend);
            return may_start(backend).then(|| accept().map_err(|failure| failure.backend(name)));
        }
        let sign_in = self.by_posted_host(table)?;
        let backend = table.backend(sign_in.backend)?;
        may_start(backend).then(|| self.verify(sign_in, backend, None))
    }

    /// The sign-in that this backend has begun by itself.
    fn started_by(
        &self,
        table: &'a Table,
        key: BackendKey,
        backend: &'a Backend,
    ) -> Result<Accepted<'a>, Failure> {
        let assertions = backend.assertions().ok_or(WebError::Table)?;
        // First of all: nobody else is told whose brands these are.
        let verified = VerifiedJws::verify(&self.token, &assertions.keys)?;
        let sign_in = match self.by_posted_host(table) {
            Some(sign_in) => sign_in,
            None => self.at_only_brand(table, key)?,
        };
        if sign_in.backend != key {
            let failure = Failure::from(WebError::OtherBackend).brand(sign_in.key);
            return Err(failure.destination(sign_in.destination.absolute()));
        }
        Ok(Accepted { verified, sign_in, backend, assertions, flow: None, others: Vec::new() })
    }

    /// At the one brand of a backend, a path is read against that brand, and what is no address is
    /// not given.
    fn at_only_brand(
        &self,
        table: &'a Table,
        backend: BackendKey,
    ) -> Result<Dispatch<'a>, Failure> {
        let brand = table.brands.only_user_of(backend).ok_or(Refusal::UnknownBrand)?;
        let posted = self.return_to.clone();
        match Dispatch::resume(&table.brands, brand, self.client, posted) {
            Err(InvalidReturnTo::Malformed | InvalidReturnTo::Miswritten) => {
                Ok(Dispatch::resume(&table.brands, brand, self.client, None)?)
            }
            Err(foreign @ InvalidReturnTo::Foreign) => Err(Failure::from(foreign).brand(brand.0)),
            Ok(sign_in) => Ok(sign_in),
        }
    }
}
