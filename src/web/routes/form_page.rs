//! `POST /backends/{backend}/sign-in`: what a company's own form page posts, as a form or by a script.

use std::cmp::Reverse;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use serde_json::{Value, json};

use crate::backend::cognito::{FormPage, Progress};
use crate::backend::{Backend, Cognito};
use crate::domain::{
    BackendKey, ClaimedProfile, Decision, Dispatch, Match, PostedReturnTo, Refusal, RemoteRequest,
    decide,
};
use crate::token::{Carried, FlowId, ReplayKey, Ticket};
use crate::web::error::{Failure, LoggedFailure, WebError};
use crate::web::request::body::{JSON, is_of_type};
use crate::web::request::cookies::Cookies;
use crate::web::request::cors;
use crate::web::request::credentials::Posted;
use crate::web::request::guard::Takes;
use crate::web::response;
use crate::web::sign_in::came_back::Fit;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{self, Flows, OpenFlow, Waiting};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::sign_in::password::{self, Pending, attempt};
use crate::web::sign_in::rates;
use crate::web::visit::Visit;

/// Takes an address and a password from a page of a listed origin.
pub(in crate::web) async fn any(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    let is_script = wants_json(visit.request);
    let refuse = |failure: Failure| {
        if is_script { failure.tell_script(visit) } else { failure.respond(visit) }
    };
    // Counted first, so that what is refused anyway is, too.
    let admitted = rates::admit(visit);
    let Some(form) = CompanyForm::find(visit) else {
        return Ok(refuse(admitted.err().unwrap_or(WebError::NotFound).into()));
    };
    let name = form.backend.name.as_str();
    let Some(origin) = form.origin() else {
        let error = admitted.err().unwrap_or(WebError::OriginRefused);
        return Ok(cors::varied(refuse(Failure::from(error).backend(name))));
    };
    let is_taken = || Takes::FORM_PAGE.check(visit.request).map_err(WebError::from);
    let response = match admitted.and_then(|()| is_taken()) {
        Err(error) => refuse(Failure::from(error).backend(name)),
        Ok(()) if visit.request.method == "OPTIONS" => {
            cors::may_post_json(response::empty(StatusCode::NO_CONTENT))
        }
        Ok(()) if is_script => match form.by_script(payload).await {
            Ok(address) => json_answer(StatusCode::OK, &json!({ "url": address })),
            Err(failure) => refuse(failure.backend(name)),
        },
        Ok(()) => {
            let outcome = form.by_form(payload).await;
            outcome.unwrap_or_else(|failure| refuse(failure.backend(name)))
        }
    };
    Ok(cors::shared_with(origin, cors::varied(response)))
}

/// A backend whose company has a form page of its own.
struct CompanyForm<'a> {
    visit: Visit<'a>,
    key: BackendKey,
    backend: &'a Backend,
    cognito: &'a Cognito,
    form: &'a FormPage,
}

impl<'a> CompanyForm<'a> {
    fn find(visit: Visit<'a>) -> Option<Self> {
        let (key, backend) = visit.table.backend_named(visit.named("backend")?)?;
        let cognito = backend.cognito()?;
        let form = cognito.form_page.as_ref()?;
        Some(Self { visit, key, backend, cognito, form })
    }

    /// The page's origin, which the browser must name and the file must list.
    fn origin(&self) -> Option<&'a str> {
        let mut origins = self.visit.request.headers().get_all("origin");
        let (origin, None) = (origins.next()?.to_str().ok()?, origins.next()) else { return None };
        self.form.origins.iter().find(|listed| *listed == origin).map(String::as_str)
    }

    /// How far a password gets, and whose account it is about.
    async fn ask_cognito(&self, posted: &Posted) -> Result<(String, Progress), WebError> {
        let email = posted.email.trim().to_owned();
        let Self { visit, backend, cognito, .. } = self;
        let progress = attempt(*visit, &backend.name, cognito, &email, &posted.password).await?;
        Ok((email, progress))
    }

    /// Without a flow, what is posted decides. Only a listed page can have posted it.
    fn decide(&self, posted: &Posted) -> Result<Dispatch<'a>, Failure> {
        let sign_in = match decide(
            &self.visit.table.brands,
            &RemoteRequest { client: self.visit.client(), ..posted.remote_request() },
        ) {
            Decision::SignIn(sign_in) if sign_in.matched > Match::Unknown => sign_in,
            Decision::Refuse(refusal) => return Err(refusal.into()),
            Decision::SignIn(_) | Decision::Ask(_) => return Err(Refusal::UnknownBrand.into()),
        };
        if sign_in.backend != self.key {
            let failure = Failure::from(WebError::OtherBackend).brand(sign_in.key);
            return Err(failure.destination(sign_in.destination.absolute()));
        }
        Ok(sign_in)
    }

    /// Answers a script with the address that goes on.
    async fn by_script(&self, payload: Payload) -> Result<String, Failure> {
        let posted = Posted::read(self.visit.request, payload).await?;
        let sign_in = self.decide(&posted)?;
        let context = SignInContext { sign_in: &sign_in, backend: self.backend };
        context.is_open().map_err(|error| context.failure(error))?;
        self.ticket(context, &posted).await.map_err(|error| context.failure(error))
    }

    async fn ticket(
        &self,
        context: SignInContext<'_>,
        posted: &Posted,
    ) -> Result<String, WebError> {
        let table = self.visit.table;
        let (account, progress) = self.ask_cognito(posted).await?;
        let id = FlowId::random()?;
        let carried = match progress {
            Progress::Authenticated(claimed) => {
                // Refused here, the script learns of it; the rules of then decide once more.
                Carried::Profile(Box::new(self.admit(context, id, *claimed)?.claimed))
            }
            Progress::Asks(question) => Carried::Question(Pending { account, question }),
        };
        let flow = flows::new_flow(self.visit, context.sign_in, self.backend.name.as_str());
        let trust = self.backend.trust();
        let sealed = Ticket { flow, trust, carried }.seal(
            self.visit.keys().sealing(),
            id,
            self.visit.now(),
        )?;
        // Behind a `#`, it is sent to nobody: no log of a proxy has it.
        Ok(format!("{}/hand-off#{sealed}", table.public_url))
    }

    fn admit<'s>(
        &self,
        context: SignInContext<'s>,
        id: FlowId,
        claimed: ClaimedProfile,
    ) -> Result<HandOff<'s>, WebError> {
        HandOff::admit(self.visit, context, claimed, ReplayKey::of_flow(id).uuid())
    }

    /// Goes on to the hand-off, or back to the form page.
    async fn by_form(&self, payload: Payload) -> Result<HttpResponse, Failure> {
        let Visit { request, .. } = self.visit;
        let posted = Posted::read(request, payload).await?;
        let (sign_in, flow) = self.sign_in(&posted)?;
        let context = SignInContext { sign_in: &sign_in, backend: self.backend };
        context.is_open().map_err(|error| context.failure(error))?;
        let (account, progress) = match self.ask_cognito(&posted).await {
            Ok(progressed) => progressed,
            Err(error) => return self.back(&posted, &context.failure(error)),
        };
        let outcome = match progress {
            Progress::Authenticated(claimed) => {
                let id = flow.as_ref().map_or_else(FlowId::random, |flow| Ok(flow.id));
                let id = id.map_err(|error| context.failure(error))?;
                match self.admit(context, id, *claimed) {
                    Ok(hand_off) => {
                        hand_off::respond(self.visit, &hand_off, flow, &Cookies::of(request))
                    }
                    Err(refusal) => return self.back(&posted, &context.failure(refusal)),
                }
            }
            Progress::Asks(question) => {
                password::ask(self.visit, context, flow.as_ref(), &Pending { account, question })
            }
        };
        outcome.map_err(|error| context.failure(error))
    }

    /// The sign-in that this browser began here, or else the one that is posted.
    fn sign_in(&self, posted: &Posted) -> Result<(Dispatch<'a>, Option<OpenFlow>), Failure> {
        let asked = posted.remote_request();
        let cookies = Cookies::of(self.visit.request);
        let flows = Flows::of(self.visit, &cookies, None).open.into_iter();
        let flows = flows.filter(|open| std::ptr::eq(open.backend, self.backend));
        let posted_page = asked.return_to.as_deref();
        let text = posted_page.map(PostedReturnTo::new);
        let judged = |mut open| (Fit::judge(text.as_ref(), &mut open, self.visit.table), open);
        let mut flows: Vec<(Fit, Waiting<'a>)> = flows.map(judged).collect();
        flows.sort_by_key(|(fit, open)| Reverse((*fit, open.flow.expires)));
        // Another brand's page is for another window of this browser.
        let is_of_a_brand = |text: &str| {
            let return_to = Some(text.into());
            let request = RemoteRequest { return_to, brand_id: None, client: None };
            let decision = decide(&self.visit.table.brands, &request);
            matches!(decision, Decision::SignIn(it) if it.matched == Match::Host)
        };
        let is_elsewhere = |fit| fit == Fit::Silent && posted_page.is_some_and(is_of_a_brand);
        if let Some((fit, open)) = flows.into_iter().next()
            && !is_elsewhere(fit)
        {
            return Ok((open.sign_in, Some(open.flow)));
        }
        Ok((self.decide(posted)?, None))
    }

    /// Back to the form page, with what went wrong and the code that the log line carries too.
    fn back(&self, posted: &Posted, failure: &Failure) -> Result<HttpResponse, Failure> {
        let status = StatusCode::SEE_OTHER;
        let LoggedFailure { kind, trace } = failure.note_as(status, self.visit);
        let query = format!("{}error={kind}&trace={trace}", posted.query());
        let back = response::redirect(self.form.page.location(&query));
        let mut response = back.ok_or(WebError::Table)?;
        *response.status_mut() = status;
        Ok(response)
    }
}

/// Whether a script asks: a form's answer is a page.
fn wants_json(request: &RequestHead) -> bool {
    let accept = request.headers().get_all("accept").filter_map(|it| it.to_str().ok());
    let mut kinds = accept.flat_map(|it| it.split(','));
    kinds.any(|kind| kind.split(';').next().is_some_and(|it| it.trim() == JSON))
        || is_of_type(request, JSON)
}

fn json_answer(status: StatusCode, body: &Value) -> HttpResponse {
    response::asset(status, JSON, body.to_string())
}
