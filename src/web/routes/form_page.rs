//! `POST /backends/{backend}/sign-in`: what a company's own form page posts, as a form or by a script.

use std::cmp::Reverse;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, HeaderValue, VARY,
};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::backend::cognito::{FormPage, Progress};
use crate::backend::{Backend, Cognito, CognitoError};
use crate::domain::{
    BackendKey, ClaimedProfile, Decision, Match, PostedReturnTo, Refusal, SignIn, SignInRequest,
    decide,
};
use crate::table::Table;
use crate::token::{Carried, FlowId, ReplayKey, Ticket};
use crate::web::answer;
use crate::web::error::{Failure, Noted, WebError};
use crate::web::page::response;
use crate::web::request::body::{JSON, is_of_type};
use crate::web::request::cookies::Cookies;
use crate::web::request::credentials::Posted;
use crate::web::request::error::RequestError;
use crate::web::sign_in::came_back::Fit;
use crate::web::sign_in::flows::{self, Flows, OpenFlow, Waiting};
use crate::web::sign_in::hand_off::{self, HandOff};
use crate::web::sign_in::password::{Pending, ask};
use crate::web::sign_in::throttle::{Attempts, Tried, turn_to_ask};
use crate::web::state::State;

/// What the address takes.
const METHODS: &str = "OPTIONS, POST";

/// Takes an address and a password from a page of a listed origin.
pub(in crate::web) async fn any(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    let table = state.table();
    let is_script = wants_json(&request);
    let refuse = |failure: Failure| {
        if is_script {
            failure.tell_script(&request, &state, &table)
        } else {
            failure.respond(&request, &state, &table)
        }
    };
    let Some(place) = Place::find(&request, &state, &table) else {
        return refuse(WebError::NotFound.into());
    };
    let name = place.backend.name.as_str();
    let Some(origin) = place.origin() else {
        return varied(refuse(Failure::from(WebError::OriginRefused).backend(name)));
    };
    let response = match request.method().as_str() {
        "OPTIONS" => preflight(),
        "POST" if is_script => match place.by_script(payload).await {
            Ok(address) => json_answer(StatusCode::OK, &json!({ "url": address })),
            Err(failure) => refuse(failure),
        },
        "POST" => place.by_form(payload).await,
        _ => refuse(Failure::from(RequestError::Method(METHODS)).backend(name)),
    };
    shared_with(origin, varied(response))
}

/// A backend whose company has a form page of its own.
struct Place<'a> {
    request: &'a HttpRequest,
    state: &'a State,
    table: &'a Table,
    key: BackendKey,
    backend: &'a Backend,
    cognito: &'a Cognito,
    form: &'a FormPage,
}

impl<'a> Place<'a> {
    fn find(request: &'a HttpRequest, state: &'a State, table: &'a Table) -> Option<Self> {
        let (key, backend) = table.backend_named(request.match_info().get("backend")?)?;
        let cognito = backend.cognito()?;
        let form = cognito.form_page.as_ref()?;
        Some(Self { request, state, table, key, backend, cognito, form })
    }

    /// The page's origin, which the browser must name and the file must list.
    fn origin(&self) -> Option<&'a str> {
        let mut origins = self.request.headers().get_all("origin");
        let (origin, None) = (origins.next()?.to_str().ok()?, origins.next()) else { return None };
        self.form.origins.iter().find(|listed| *listed == origin).map(String::as_str)
    }

    /// How far a password gets, and whose account it is about.
    async fn ask_cognito(&self, posted: &Posted) -> Result<(String, Progress), WebError> {
        let email = posted.email.trim().to_owned();
        if !Cognito::can_be(&email, &posted.password) {
            return Err(CognitoError::WRONG_PASSWORD.into());
        }
        let name = self.backend.name.as_str();
        let attempts = Attempts::of(self.request, self.state, self.table, name, &email);
        attempts.admit(self.state, Tried::Password).await?;
        let turn = turn_to_ask(self.request, self.state, self.table, name)?;
        let progress = self.cognito.sign_in(&self.state.http, &email, &posted.password).await?;
        drop(turn);
        if let Progress::Authenticated(_) = progress {
            attempts.forget(self.state).await;
        }
        Ok((email, progress))
    }

    /// Without a flow, what is posted decides. Only a listed page can have posted it.
    fn decide(&self, posted: &Posted) -> Result<SignIn<'a>, Failure> {
        let sign_in = match decide(&self.table.brands, &posted.sign_in_request()) {
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
        let named = |failure: Failure| failure.backend(self.backend.name.as_str());
        let posted =
            Posted::read(self.request, payload).await.map_err(|error| named(error.into()))?;
        let sign_in = self.decide(&posted).map_err(named)?;
        let failed = |error: WebError| named(Failure::from(error).brand(sign_in.key));
        let (account, progress) = self.ask_cognito(&posted).await.map_err(failed)?;
        let id = FlowId::random().map_err(|error| failed(error.into()))?;
        let carried = match progress {
            Progress::Authenticated(claimed) => {
                // Refused here, the script learns of it; the rules of then decide once more.
                Carried::Profile(Box::new(self.admit(&sign_in, id, *claimed)?.claimed))
            }
            Progress::Asks(question) => Carried::Question(Pending { account, question }),
        };
        let flow = flows::new_flow(&sign_in, self.backend.name.as_str());
        let now = self.state.clock.now();
        let sealed = Ticket { flow, carried }.seal(&self.state.sealer, id, now);
        let sealed = sealed.map_err(|error| failed(error.into()))?;
        // Behind a `#`, it is sent to nobody: no log of a proxy has it.
        Ok(format!("{}/hand-off#{sealed}", self.table.public_url))
    }

    fn admit<'s>(
        &self,
        sign_in: &'s SignIn<'a>,
        id: FlowId,
        claimed: ClaimedProfile,
    ) -> Result<HandOff<'s>, Failure>
    where
        'a: 's,
    {
        HandOff::admit(self.table, sign_in, self.backend, claimed, ReplayKey::of_flow(id).uuid())
    }

    /// Goes on to the hand-off, or back to the form page.
    async fn by_form(&self, payload: Payload) -> HttpResponse {
        let posted = match Posted::read(self.request, payload).await {
            Ok(posted) => posted,
            Err(error) => return self.page(error.into()),
        };
        let (sign_in, flow) = match self.sign_in(&posted) {
            Ok(found) => found,
            Err(failure) => return self.page(failure),
        };
        let failed = |error: WebError| {
            Failure::from(error).brand(sign_in.key).backend(self.backend.name.as_str())
        };
        let (account, progress) = match self.ask_cognito(&posted).await {
            Ok(progressed) => progressed,
            Err(error) => return self.back(&posted, &failed(error)),
        };
        let claimed = match progress {
            Progress::Authenticated(claimed) => claimed,
            Progress::Asks(question) => {
                let (request, state, table) = (self.request, self.state, self.table);
                let pending = Pending { account, question };
                let asked = ask(request, state, table, (sign_in, self.backend), flow, &pending);
                return asked.unwrap_or_else(|failure| self.page(failure));
            }
        };
        let id = match flow.as_ref().map_or_else(FlowId::random, |flow| Ok(flow.id)) {
            Ok(id) => id,
            Err(error) => return self.page(failed(error.into())),
        };
        let hand_off = match self.admit(&sign_in, id, *claimed) {
            Ok(hand_off) => hand_off,
            Err(failure) => return self.back(&posted, &failure),
        };
        let (request, state, table) = (self.request, self.state, self.table);
        let outcome =
            hand_off::respond(request, state, table, &hand_off, flow, &Cookies::of(request));
        answer(request, state, table, outcome)
    }

    /// The sign-in that this browser began here, or else the one that is posted.
    fn sign_in(&self, posted: &Posted) -> Result<(SignIn<'a>, Option<OpenFlow>), Failure> {
        let asked = posted.sign_in_request();
        let cookies = Cookies::of(self.request);
        let flows =
            Flows::of(self.request, self.state, self.table, &cookies, None).open.into_iter();
        let flows = flows.filter(|open| std::ptr::eq(open.backend, self.backend));
        let posted_page = asked.return_to.as_deref();
        let text = posted_page.map(PostedReturnTo::new);
        let judged = |mut open| (Fit::judge(text.as_ref(), &mut open, self.table), open);
        let mut flows: Vec<(Fit, Waiting<'a>)> = flows.map(judged).collect();
        flows.sort_by_key(|(fit, open)| Reverse((*fit, open.flow.expires)));
        // Another brand's page is for another window of this browser.
        let is_elsewhere = |fit: Fit| {
            fit == Fit::Silent && posted_page.is_some_and(|text| {
            let request = SignInRequest { return_to: Some(text.into()), brand_id: None };
            matches!(decide(&self.table.brands, &request), Decision::SignIn(it) if it.matched == Match::Host)
        })
        };
        if let Some((fit, open)) = flows.into_iter().next()
            && !is_elsewhere(fit)
        {
            return Ok((open.sign_in, Some(open.flow)));
        }
        Ok((self.decide(posted)?, None))
    }

    fn page(&self, failure: Failure) -> HttpResponse {
        failure.backend(self.backend.name.as_str()).respond(self.request, self.state, self.table)
    }

    /// Back to the form page, with what went wrong and the code that the log line carries too.
    fn back(&self, posted: &Posted, failure: &Failure) -> HttpResponse {
        let status = StatusCode::SEE_OTHER;
        let Noted { kind, trace } = failure.note_as(status, self.request, self.table);
        let query = format!("{}error={kind}&trace={trace}", posted.query());
        match response::redirect(self.form.page.location(&query)) {
            Some(mut response) => {
                *response.status_mut() = status;
                response
            }
            None => self.page(WebError::Table.into()),
        }
    }
}

/// Whether a script asks: a form's answer is a page.
fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get_all("accept").filter_map(|it| it.to_str().ok());
    let mut kinds = accept.flat_map(|it| it.split(','));
    kinds.any(|kind| kind.split(';').next().is_some_and(|it| it.trim() == JSON))
        || is_of_type(request, JSON)
}

fn json_answer(status: StatusCode, body: &Value) -> HttpResponse {
    response::asset(status, JSON, body.to_string())
}

/// What a browser asks before a script of another origin may send JSON.
fn preflight() -> HttpResponse {
    let mut response = response::empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("accept, content-type"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

/// Lets the page of `origin` read the answer. Cookies have no part in it: a script has no flow.
fn shared_with(origin: &str, mut response: HttpResponse) -> HttpResponse {
    if let Ok(origin) = HeaderValue::from_str(origin) {
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

fn varied(mut response: HttpResponse) -> HttpResponse {
    response.headers_mut().append(VARY, HeaderValue::from_static("Origin"));
    response
}
