//! `POST /backends/{backend}/sign-in`: what a company's own form page posts, as a form or by a script.

use std::cmp::Reverse;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, HeaderValue, RETRY_AFTER, VARY,
};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use super::attempts::{Attempts, Tried};
use super::cookies::Cookies;
use super::error::{Failure, FlowProblem, Noted, WebError};
use super::fields::Fields;
use super::flows::{Flows, OpenFlow, Waiting};
use super::hand_off::{self, HandOff};
use super::query::Malformed;
use super::sign_in::{Pending, ask};
use super::state::{State, Table};
use super::{answer, form_or_script_body, headers, is_of_type, login, query, whole_body};
use crate::backend::cognito::{FormPage, Progress};
use crate::backend::{Backend, Cognito, CognitoError, Known, query_value};
use crate::domain::{
    BackendKey, BrandId, Decision, Match, Parameter, Refusal, SignIn, SignInRequest, decide,
};
use crate::token::{Carried, ClaimId, FlowId, Ticket};

const JSON: &str = "application/json";

/// Takes an address and a password from a page of a listed origin.
pub(super) async fn any(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    let table = state.table();
    let Some(place) = Place::find(&request, &state, &table) else {
        return answer(&request, &state, &table, Err(WebError::NotFound.into()));
    };
    let Some(origin) = place.origin() else {
        let refused = Failure::from(WebError::OriginRefused).by(place.backend.name.as_str());
        let response = if place.wants_json() {
            place.refused(&refused)
        } else {
            answer(&request, &state, &table, Err(refused))
        };
        return varied(response);
    };
    let response = match request.method().as_str() {
        "OPTIONS" => preflight(),
        "POST" if place.wants_json() => match place.by_script(payload).await {
            Ok(address) => json_answer(StatusCode::OK, &json!({ "url": address })),
            Err(failure) => place.refused(&failure),
        },
        "POST" => place.by_form(payload).await,
        _ => answer(&request, &state, &table, Err(WebError::Method("OPTIONS, POST").into())),
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

/// What the page posts.
#[derive(Deserialize)]
struct Posted {
    email: String,
    password: SecretString,
    return_to: Option<String>,
    brand_id: Option<Value>,
}

impl Posted {
    fn sign_in_request(&self) -> Result<SignInRequest<'static>, Malformed> {
        let brand_id = match &self.brand_id {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.is_empty() => None,
            Some(Value::String(text)) => Some(text.parse::<BrandId>().map_err(|_| Malformed)?),
            Some(value) => Some(value.to_string().parse().map_err(|_| Malformed)?),
        };
        let return_to = self.return_to.clone().filter(|text| !text.is_empty()).map(Into::into);
        Ok(SignInRequest { return_to, brand_id })
    }

    /// What the page needs so that it can post the same once more.
    fn query(&self) -> String {
        let brand_id = match &self.brand_id {
            Some(Value::String(text)) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        };
        let return_to = self.return_to.as_deref();
        let given = [(Parameter::BrandId, brand_id), (Parameter::ReturnTo, return_to)];
        let pair = |(parameter, value): (Parameter, Option<&str>)| {
            Some(format!("{}={}&", parameter.as_str(), query_value(value?)))
        };
        given.into_iter().filter_map(pair).collect()
    }
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

    /// Whether a script asks: a form's answer is a page.
    fn wants_json(&self) -> bool {
        let accept = self.request.headers().get_all("accept").filter_map(|it| it.to_str().ok());
        let mut kinds = accept.flat_map(|it| it.split(','));
        kinds.any(|kind| kind.split(';').next().is_some_and(|it| it.trim() == JSON))
            || is_of_type(self.request, JSON)
    }

    async fn posted(&self, payload: Payload) -> Result<Posted, WebError> {
        let query = query(self.request)?;
        if is_of_type(self.request, JSON) {
            // Two values of one name are refused by the reader.
            return serde_json::from_slice(&whole_body(payload).await?)
                .map_err(|_| Malformed.into());
        }
        let body = form_or_script_body(self.request, payload).await?;
        // Names that others read too are written in one way, and once in body and query together.
        let form = query.with_form(&body)?;
        let fields = Fields::parse(&body)?;
        Ok(Posted {
            email: fields.text("email")?,
            password: fields.text("password")?.into(),
            return_to: form.value(Parameter::ReturnTo)?.map(Into::into),
            brand_id: form.value(Parameter::BrandId)?.map(|text| Value::String(text.into())),
        })
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
        let progress = self.cognito.sign_in(&self.state.http, &email, &posted.password).await?;
        if let Progress::Known(_) = progress {
            attempts.forget(self.state).await;
        }
        Ok((email, progress))
    }

    /// Without a flow, what is posted decides. Only a listed page can have posted it.
    fn decide(&self, posted: &Posted) -> Result<SignIn<'a>, Failure> {
        let asked = posted.sign_in_request().map_err(WebError::from)?;
        let sign_in = match decide(&self.table.brands, &asked) {
            Decision::SignIn(sign_in) if sign_in.matched > Match::Unknown => sign_in,
            Decision::Refuse(refusal) => return Err(refusal.into()),
            Decision::SignIn(_) | Decision::Ask(_) => return Err(Refusal::UnknownBrand.into()),
        };
        if sign_in.backend != self.key {
            return Err(Failure::from(FlowProblem::Foreign).of(sign_in.key));
        }
        Ok(sign_in)
    }

    /// Answers a script with the address that goes on.
    async fn by_script(&self, payload: Payload) -> Result<String, Failure> {
        let named = |failure: Failure| failure.by(self.backend.name.as_str());
        let posted = self.posted(payload).await.map_err(|error| named(error.into()))?;
        let sign_in = self.decide(&posted).map_err(named)?;
        let failed = |error: WebError| named(Failure::from(error).of(sign_in.key));
        let (account, progress) = self.ask_cognito(&posted).await.map_err(failed)?;
        let id = FlowId::random().map_err(|error| failed(error.into()))?;
        let carried = match progress {
            Progress::Known(known) => {
                let identity = self.admit(&sign_in, id, *known)?.identity;
                Carried::Identity(Box::new(identity))
            }
            Progress::Asks(question) => {
                let pending = serde_json::to_value(Pending { account, question });
                Carried::Challenge(pending.map_err(|_| failed(WebError::Table))?)
            }
        };
        let flow = login::flow(&sign_in, self.backend.name.as_str());
        let expires = self.state.clock.now() + Ticket::LIFETIME;
        let sealed = Ticket { id, flow, carried }.seal(&self.state.sealer, expires);
        let sealed = sealed.map_err(|error| failed(error.into()))?;
        Ok(format!("{}/hand-off/{sealed}", self.table.public_url))
    }

    fn admit<'s>(
        &self,
        sign_in: &'s SignIn<'a>,
        id: FlowId,
        known: Known,
    ) -> Result<HandOff<'s>, Failure>
    where
        'a: 's,
    {
        HandOff::admit(self.table, sign_in, self.backend, known, ClaimId::of_flow(id).uuid())
    }

    /// Goes on to the hand-off, or back to the form page.
    async fn by_form(&self, payload: Payload) -> HttpResponse {
        let posted = match self.posted(payload).await {
            Ok(posted) => posted,
            Err(error) => return self.page(error.into()),
        };
        let (sign_in, flow) = match self.sign_in(&posted) {
            Ok(found) => found,
            Err(failure) => return self.page(failure),
        };
        let failed =
            |error: WebError| Failure::from(error).of(sign_in.key).by(self.backend.name.as_str());
        let (account, progress) = match self.ask_cognito(&posted).await {
            Ok(progressed) => progressed,
            Err(error) => return self.back(&posted, &failed(error)),
        };
        let known = match progress {
            Progress::Known(known) => known,
            Progress::Asks(question) => {
                let (request, state, table) = (self.request, self.state, self.table);
                let pending = Pending { account, question };
                let asked = ask(request, state, table, (sign_in, self.backend), flow, pending);
                return asked.unwrap_or_else(|failure| self.page(failure));
            }
        };
        let id = match flow.as_ref().map_or_else(FlowId::random, |flow| Ok(flow.id)) {
            Ok(id) => id,
            Err(error) => return self.page(failed(error.into())),
        };
        let hand_off = match self.admit(&sign_in, id, *known) {
            Ok(hand_off) => hand_off,
            Err(failure) => return self.back(&posted, &failure),
        };
        let (request, state, table) = (self.request, self.state, self.table);
        let outcome = hand_off::respond(request, state, table, &hand_off, flow).await;
        answer(request, state, table, outcome)
    }

    /// The sign-in that this browser began here, or else the one that is posted.
    fn sign_in(&self, posted: &Posted) -> Result<(SignIn<'a>, Option<OpenFlow>), Failure> {
        let asked = posted.sign_in_request().map_err(WebError::from)?;
        let cookies = Cookies::of(self.request);
        let flows =
            Flows::of(self.request, self.state, self.table, &cookies, None).open.into_iter();
        let mut flows: Vec<Waiting<'a>> =
            flows.filter(|open| std::ptr::eq(open.backend, self.backend)).collect();
        let is_asked_for = |open: &Waiting<'_>| {
            asked.return_to.is_some()
                && open.flow.flow.return_to == asked.return_to.as_deref().map(str::to_owned)
        };
        flows.sort_by_key(|open| Reverse((is_asked_for(open), open.flow.expires)));
        for mut open in flows {
            let Some(return_to) = asked.return_to.clone() else {
                return Ok((open.sign_in, Some(open.flow)));
            };
            let brand = (open.sign_in.key, open.sign_in.brand);
            // A flow of another brand's is for another window of this browser.
            if let Ok(posted) = SignIn::resume(&self.table.brands, brand, Some(return_to)) {
                open.sign_in.destination = posted.destination;
                return Ok((open.sign_in, Some(open.flow)));
            }
        }
        Ok((self.decide(posted)?, None))
    }

    fn page(&self, failure: Failure) -> HttpResponse {
        failure.by(self.backend.name.as_str()).respond(self.request, self.state, self.table)
    }

    /// Back to the form page, with what went wrong and the code that the log line carries too.
    fn back(&self, posted: &Posted, failure: &Failure) -> HttpResponse {
        let Noted { kind, trace, .. } = failure.note(self.request, self.table);
        let query = format!("{}error={kind}&trace={trace}", posted.query());
        match headers::redirect(self.form.page.location(&query)) {
            Some(mut response) => {
                *response.status_mut() = StatusCode::SEE_OTHER;
                response
            }
            None => self.page(WebError::Table.into()),
        }
    }

    /// What a script is told: 401, 403, 429 or 503, or what is wrong with the request itself.
    fn refused(&self, failure: &Failure) -> HttpResponse {
        let Noted { kind, status, trace } = failure.note(self.request, self.table);
        let status = match (failure.error(), status) {
            (WebError::Cognito(CognitoError::Password(_)), _) => StatusCode::UNAUTHORIZED,
            (WebError::Malformed(_) | WebError::BodyIncomplete, status) => status,
            (
                _,
                StatusCode::TOO_MANY_REQUESTS
                | StatusCode::METHOD_NOT_ALLOWED
                | StatusCode::URI_TOO_LONG
                | StatusCode::PAYLOAD_TOO_LARGE
                | StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ) => status,
            (_, status) if status.is_server_error() => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::FORBIDDEN,
        };
        let texts = self.state.texts(self.request);
        let text = format!("error-{kind}-text");
        let body = json!({ "code": kind, "description": texts.say(&text), "trace": trace });
        let mut response = json_answer(status, &body);
        if status == StatusCode::TOO_MANY_REQUESTS {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("900"));
        }
        response
    }
}

fn json_answer(status: StatusCode, body: &Value) -> HttpResponse {
    headers::asset(status, JSON, body.to_string())
}

/// What a browser asks before a script of another origin may send JSON.
fn preflight() -> HttpResponse {
    let mut response = headers::empty(StatusCode::NO_CONTENT);
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
