//! The flows of one browser, believed only as far as the table now in force agrees.

use actix_web::HttpResponse;

use crate::backend::{Backend, WayBack};
use crate::domain::{BrandKey, Destination, Dispatch};
use crate::token::{Flow, FlowId, FlowState, StateKey};
use crate::web::error::{Failure, FlowProblem, WebError};
use crate::web::request::cookies::{self, Cookies};
use crate::web::request::headers;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::visit::Visit;

/// A flow that is neither expired nor used.
#[derive(Clone, Debug)]
pub(in crate::web) struct OpenFlow {
    pub(in crate::web) id: FlowId,
    pub(in crate::web) flow: Flow,
    pub(in crate::web) expires: u64,
}

/// An open flow, and the sign-in that the table makes of it.
#[derive(Debug)]
pub(in crate::web) struct Waiting<'t> {
    pub(in crate::web) flow: OpenFlow,
    /// What has sealed it, and made what else belongs to it.
    pub(in crate::web) key: &'t StateKey,
    pub(in crate::web) sign_in: Dispatch<'t>,
    pub(in crate::web) backend: &'t Backend,
}

impl Waiting<'_> {
    /// The sign-in, without its flow.
    pub(in crate::web) fn context(&self) -> SignInContext<'_> {
        SignInContext { sign_in: &self.sign_in, backend: self.backend }
    }
}

/// Every flow that a browser sent.
pub(in crate::web) struct Flows<'t> {
    /// Those that an assertion may belong to.
    pub(in crate::web) open: Vec<Waiting<'t>>,
    /// What to say when none of them can be used.
    pub(in crate::web) problem: NoFlow<'t>,
}

/// Why a browser has no flow to use: each reason that there is.
pub(in crate::web) struct NoFlow<'t> {
    visit: Visit<'t>,
    reasons: Vec<Reason>,
}

struct Reason {
    problem: FlowProblem,
    /// When the flow ends, or ended; 0 where it is none that we can read.
    expires: u64,
    failure: Failure,
    /// The flow, if its time is up: the request belongs to it only where that is what is told.
    of: Option<(FlowId, Flow)>,
}

impl From<FlowProblem> for Reason {
    fn from(problem: FlowProblem) -> Self {
        Self { problem, expires: 0, failure: problem.into(), of: None }
    }
}

impl Reason {
    /// What it says, in the language of the flow that it tells of.
    fn told(self, visit: Visit<'_>) -> Failure {
        if let Some((id, flow)) = &self.of {
            visit.belongs_to(flow);
            visit.goes_on_in_traces(*id);
        }
        self.failure
    }
}

impl NoFlow<'_> {
    /// Adds a reason.
    pub(in crate::web) fn note(&mut self, problem: FlowProblem) {
        self.reasons.push(problem.into());
    }

    /// The most telling one: of the flows that we can read, that of the one that began last. Browsers
    /// send the oldest first, which counts within one second.
    fn most_telling(self) -> Reason {
        let telling = |it: &Reason| (it.problem.min(FlowProblem::Outdated), it.expires, it.problem);
        let missing = || FlowProblem::Missing.into();
        self.reasons.into_iter().max_by_key(telling).unwrap_or_else(missing)
    }

    pub(in crate::web) fn into_failure(self) -> Failure {
        let visit = self.visit;
        self.most_telling().told(visit)
    }

    /// The same where somebody comes back to a page of `brand`, with which flows of others have nothing
    /// to do.
    pub(in crate::web) fn into_failure_at(mut self, brand: BrandKey) -> Failure {
        self.keep_of(brand);
        self.into_failure()
    }

    fn keep_of(&mut self, brand: BrandKey) {
        self.reasons.retain(|it| it.failure.known_brand().is_none_or(|own| own == brand));
    }
}

impl<'t> Flows<'t> {
    /// The one flow that is called `id`, or why this browser cannot use it.
    pub(in crate::web) fn named(visit: Visit<'t>, id: FlowId) -> Result<Waiting<'t>, Failure> {
        let cookies = Cookies::of(visit.request).of_flow(id);
        let Self { open, problem } = Self::of(visit, &cookies, None);
        open.into_iter().next().ok_or_else(|| problem.into_failure())
    }

    /// `error`, where nothing says which sign-in it ends, as when somebody reloads a page whose address
    /// had a token: the one that began last says where they were going, or that it is over.
    pub(in crate::web) fn failure(self, error: impl Into<WebError>) -> Failure {
        let visit = self.problem.visit;
        let reason = self.problem.most_telling();
        let is_over = reason.problem >= FlowProblem::Expired;
        match self.open.iter().max_by_key(|open| open.flow.expires) {
            Some(newest) if !is_over || newest.flow.expires >= reason.expires => {
                newest.context().failure(error)
            }
            _ if is_over => reason.told(visit),
            _ => error.into().into(),
        }
    }

    /// The same where somebody comes from a page of `brand`, with which flows of others have nothing
    /// to do.
    pub(in crate::web) fn failure_at(
        mut self,
        brand: BrandKey,
        error: impl Into<WebError>,
    ) -> Failure {
        self.open.retain(|open| open.sign_in.key == brand);
        self.problem.keep_of(brand);
        self.failure(error)
    }

    /// The one brand of all flows that were handed to Zendesk within the hour, and where the one of them
    /// that began last was to end.
    ///
    /// No flow says when it was handed off: of several brands, none is known to be the last.
    pub(in crate::web) fn handed_off(self) -> Option<(BrandKey, String)> {
        let is_used = |it: &Reason| it.problem == FlowProblem::Used;
        let used: Vec<_> = self.problem.reasons.into_iter().filter(is_used).collect();
        let brands = || used.iter().map(|it| it.failure.known_brand());
        let is_one = brands().zip(brands().skip(1)).all(|(one, next)| one == next);
        if !is_one {
            return None;
        }
        used.into_iter().max_by_key(|it| it.expires)?.failure.into_page()
    }

    /// Opens the request's flows, or those of one backend alone.
    ///
    /// A frame, a picture or a script's request has none.
    pub(in crate::web) fn of(visit: Visit<'t>, cookies: &Cookies<'_>, only: Option<&str>) -> Self {
        let request = visit.request;
        let problem = NoFlow { visit, reasons: Vec::new() };
        let mut flows = Self { open: Vec::new(), problem };
        if !headers::is_document(request) {
            return flows;
        }
        if !cookies.unreadable.is_empty() {
            flows.problem.note(FlowProblem::Altered);
        }
        let (now, mut newest) = (visit.now(), 0);
        for sealed in &cookies.flows {
            let (flow, problem, key) = match sealed.open(visit.keys(), now) {
                Some((flow, FlowState::Open, key)) => (flow, None, key),
                Some((flow, FlowState::Used, key)) => (flow, Some(FlowProblem::Used), key),
                Some((flow, FlowState::Expired, key)) => (flow, Some(FlowProblem::Expired), key),
                // Nobody can tell any more who sealed it: our key may have been another then.
                None if sealed.expires <= now => continue,
                None => {
                    flows.problem.note(FlowProblem::Altered);
                    continue;
                }
            };
            if problem != Some(FlowProblem::Expired) && sealed.expires >= newest {
                visit.belongs_to(&flow);
                visit.goes_on_in_traces(sealed.id);
                newest = sealed.expires;
            }
            if only.is_some_and(|name| name != flow.backend) {
                // One that is over has nothing to do with what another backend says.
                if problem.is_none() {
                    flows.problem.note(FlowProblem::Foreign);
                }
                continue;
            }
            let (id, expires) = (sealed.id, sealed.expires);
            let (problem, failure) = match (problem, resume(visit, &flow)) {
                (None, Some((sign_in, backend))) => {
                    let flow = OpenFlow { id, flow, expires };
                    flows.open.push(Waiting { flow, key, sign_in, backend });
                    continue;
                }
                (Some(problem), Some((sign_in, backend))) => {
                    (problem, SignInContext { sign_in: &sign_in, backend }.failure(problem))
                }
                // What is over stays so, however it would begin now.
                (problem, None) => {
                    let problem = problem.unwrap_or(FlowProblem::Outdated);
                    let failure = Failure::from(problem).backend(&flow.backend);
                    match visit.table.brands.named(&flow.brand) {
                        Some((key, _)) => (problem, failure.brand(key)),
                        None => (problem, failure),
                    }
                }
            };
            let is_expired = problem == FlowProblem::Expired;
            let of = is_expired.then_some((id, flow));
            flows.problem.reasons.push(Reason { problem, expires, failure, of });
        }
        flows
    }
}

/// The sign-in that `flow` began, if the table now in force would begin it in the same way, from where
/// the person is now.
pub(in crate::web) fn resume<'t>(
    visit: Visit<'t>,
    flow: &Flow,
) -> Option<(Dispatch<'t>, &'t Backend)> {
    let table = visit.table;
    let named = table.brands.named(&flow.brand)?;
    let return_to = flow.return_to.clone().map(Into::into);
    let sign_in = Dispatch::resume(&table.brands, named, visit.client(), return_to).ok()?;
    let backend = table.backend(sign_in.backend)?;
    // Nobody comes back from a backend that does not say to us who somebody is.
    let agrees = sign_in.route == flow.route
        && backend.name.as_str() == flow.backend
        && backend.names_people();
    agrees.then_some((sign_in, backend))
}

/// What this sign-in must remember.
pub(in crate::web) fn new_flow(visit: Visit<'_>, sign_in: &Dispatch<'_>, backend: &str) -> Flow {
    Flow {
        brand: sign_in.brand.name.as_str().to_owned(),
        backend: backend.to_owned(),
        route: sign_in.route,
        locale: visit.locale(),
        return_to: match &sign_in.destination {
            Destination::ReturnTo(return_to) => Some(return_to.original().to_owned()),
            Destination::Home(_) => None,
        },
    }
}

/// Gives the browser one more flow, and takes the oldest away where they are too many.
pub(in crate::web) fn set_flow(
    visit: Visit<'_>,
    flow: &Flow,
    id: FlowId,
    way_back: WayBack,
    cookies: &Cookies<'_>,
    response: &mut HttpResponse,
) -> Result<(), WebError> {
    let now = visit.now();
    let value = visit.keys().sealing().seal(flow, id, now)?;
    visit.begins_in_traces(id);
    for old in cookies.to_evict(&value, now) {
        response::set_cookie(response, cookies::without_flow(&old));
    }
    response::set_cookie(response, cookies::flow(&id, &value, way_back, Flow::KEPT));
    Ok(())
}
