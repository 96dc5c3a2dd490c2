//! Our own form for an address and a password, and for the questions that follow.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::backend::cognito::{Answer, CodeBy, Progress, Question};
use crate::backend::{Backend, Cognito, CognitoError};
use crate::domain::SignIn;
use crate::table::Table;
use crate::token::{Flow, FlowId, OpenError, Purpose, Sealable, Sealed};
use crate::web::error::{Failure, FlowProblem, Noted, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::Action;
use crate::web::page::response;
use crate::web::page::sign_in::{Ask, ChallengePage, Field, Problem, SignInPage};
use crate::web::page::theme::BrandLook;
use crate::web::request::cookies::Cookies;
use crate::web::request::form::Fields;
use crate::web::sign_in::flows::{self, Flows, OpenFlow, Waiting};
use crate::web::sign_in::hand_off;
use crate::web::sign_in::throttle::{Attempts, Tried, turn_to_ask};
use crate::web::state::State;

/// One sign-in at our form.
pub(in crate::web) struct AtForm<'a> {
    request: &'a HttpRequest,
    state: &'a State,
    table: &'a Table,
    pub(in crate::web) waiting: Waiting<'a>,
    cognito: &'a Cognito,
}

/// A question, and whose account it is about, under the name that was typed.
#[derive(Deserialize, Serialize)]
pub(in crate::web) struct Pending {
    pub(in crate::web) account: String,
    pub(in crate::web) question: Question,
}

impl Sealable for Pending {
    const PURPOSE: Purpose = Purpose::Challenge;
    /// As long as any provider waits.
    const LIFETIME: u64 = 900;
}

impl<'a> AtForm<'a> {
    /// The sign-in that the address names, if its flow is this browser's, open, and of a user pool.
    pub(in crate::web) fn find(
        request: &'a HttpRequest,
        state: &'a State,
        table: &'a Table,
    ) -> Result<Self, Failure> {
        let id =
            request.match_info().get("flow").and_then(FlowId::parse).ok_or(WebError::NotFound)?;
        let cookies = Cookies::of(request);
        let mut flows = Flows::of(request, state, table, &cookies, None);
        let place = flows.open.iter().position(|open| open.flow.id == id);
        let Some(waiting) = place.map(|place| flows.open.swap_remove(place)) else {
            return Err(flows.problem.into_failure());
        };
        match waiting.backend.cognito() {
            Some(cognito) => Ok(Self { request, state, table, waiting, cognito }),
            None => Err(waiting.failure(FlowProblem::Foreign)),
        }
    }
}

impl AtForm<'_> {
    /// Whether our own page sent this, in this browser. `Origin` may be missing, but not another's.
    pub(in crate::web) fn sent(&self, token: &str) -> bool {
        let ours = self.table.public_url.as_bytes();
        let mut origins = self.request.headers().get_all("origin");
        let is_ours = origins.all(|origin| origin.as_bytes() == ours);
        is_ours && bool::from(self.token().as_bytes().ct_eq(token.as_bytes()))
    }

    fn token(&self) -> String {
        let id = self.waiting.flow.id.to_string();
        self.state.sealer.mac("sign-in form", &[id.as_bytes()])
    }

    fn action(&self) -> String {
        format!("/sign-in/{}", self.waiting.flow.id)
    }

    fn attempts(&self, account: &str) -> Attempts {
        let name = self.waiting.backend.name.as_str();
        Attempts::of(self.request, self.state, self.table, name, account)
    }

    pub(in crate::web) async fn password(
        self,
        fields: &Fields<'_>,
    ) -> Result<HttpResponse, Failure> {
        let email = fields.text("email")?.trim().to_owned();
        let password = SecretString::from(fields.text("password")?);
        // What can be nobody's is not asked about, nor counted.
        if !Cognito::can_be(&email, &password) {
            return self.again(&email, CognitoError::WRONG_PASSWORD);
        }
        let attempts = self.attempts(&email);
        let admitted = attempts.admit(self.state, Tried::Password).await;
        admitted.map_err(|error| self.waiting.failure(error))?;
        let turn =
            turn_to_ask(self.request, self.state, self.table, self.waiting.backend.name.as_str());
        let turn = turn.map_err(|error| self.waiting.failure(error))?;
        let progress = self.cognito.sign_in(&self.state.http, &email, &password).await;
        drop(turn);
        match progress {
            Ok(progress) => self.proceed(&[&attempts], email, progress).await,
            Err(error @ CognitoError::Password(_)) => self.again(&email, error),
            Err(error) => Err(self.stopped(error)),
        }
    }

    pub(in crate::web) async fn challenge(
        self,
        sealed: &str,
        fields: &Fields<'_>,
    ) -> Result<HttpResponse, Failure> {
        let now = self.state.clock.now();
        let id = self.waiting.flow.id;
        let opened =
            Sealed::<Pending>::read(sealed).and_then(|it| it.open(&self.state.sealer, id, now));
        let pending = match opened {
            Ok(pending) => pending,
            Err(OpenError::Expired) => return self.again("", CognitoError::Over),
            Err(OpenError::Altered) => {
                return Err(self.waiting.failure(WebError::FormRefused));
            }
        };
        // Whoever has several names, such as an address and a number, has no more codes for it.
        let attempts = self.attempts(pending.question.username());
        let tried = match (pending.question.code(), pending.question.methods()) {
            (Some(_), _) => Some(Tried::Code),
            (_, Some(_)) => Some(Tried::Method),
            // Nothing can be guessed with a new password.
            _ => None,
        };
        if let Some(tried) = tried {
            let admitted = attempts.admit(self.state, tried).await;
            admitted.map_err(|error| self.waiting.failure(error))?;
        }
        let outcome = match read_answer(&pending.question, fields)? {
            Ok(answer) => {
                let turn = turn_to_ask(
                    self.request,
                    self.state,
                    self.table,
                    self.waiting.backend.name.as_str(),
                );
                let _turn = turn.map_err(|error| self.waiting.failure(error))?;
                let next = self.cognito.answer(&self.state.http, &pending.question, &answer).await;
                next.map_err(WebError::from)
            }
            Err(error) => Err(error),
        };
        match outcome {
            Ok(progress) => {
                let typed = self.attempts(&pending.account);
                self.proceed(&[&attempts, &typed], pending.account, progress).await
            }
            Err(WebError::Cognito(error @ CognitoError::Over)) => self.again("", error),
            Err(
                error @ (WebError::PasswordsDiffer
                | WebError::Cognito(
                    CognitoError::Code
                    | CognitoError::CodeExpired
                    | CognitoError::NewPassword
                    | CognitoError::Attribute,
                )),
            ) => {
                let failure = self.waiting.failure(error);
                let status = failure.outcome().status;
                let Noted { kind, trace } = failure.note_as(status, self.request, self.table);
                let problem = Some(Problem { kind, trace: &trace });
                self.ask(status, sealed, &pending, problem)
                    .map_err(|error| self.waiting.failure(error))
            }
            Err(WebError::Cognito(error)) => Err(self.stopped(error)),
            Err(error) => Err(self.waiting.failure(error)),
        }
    }

    /// Goes on after a right password or answer.
    async fn proceed(
        self,
        attempts: &[&Attempts],
        account: String,
        progress: Progress,
    ) -> Result<HttpResponse, Failure> {
        match progress {
            Progress::Authenticated(claimed) => {
                for attempts in attempts {
                    attempts.forget(self.state).await;
                }
                let Self { request, state, table, waiting, .. } = self;
                hand_off::finish(request, state, table, waiting, *claimed)
            }
            Progress::Asks(question) => self.asks(&Pending { account, question }),
        }
    }

    /// Asks what Cognito asks.
    fn asks(&self, pending: &Pending) -> Result<HttpResponse, Failure> {
        let now = self.state.clock.now();
        let sealed = self.state.sealer.seal(pending, self.waiting.flow.id, now);
        sealed
            .map_err(WebError::from)
            .and_then(|sealed| self.ask(StatusCode::OK, &sealed, pending, None))
            .map_err(|error| self.waiting.failure(error))
    }

    fn ask(
        &self,
        status: StatusCode,
        sealed: &str,
        pending: &Pending,
        problem: Option<Problem<'_>>,
    ) -> Result<HttpResponse, WebError> {
        let Pending { account, question } = pending;
        let ask = if let Some(by) = question.code() {
            Ask::Code(by)
        } else if let Some(methods) = question.methods() {
            Ask::Method(methods)
        } else {
            Ask::NewPassword(Field::of(question.new_password().unwrap_or_default()))
        };
        let page = ChallengePage {
            texts: self.state.texts(self.request),
            look: &BrandLook::of(self.waiting.sign_in.brand),
            action: &self.action(),
            token: &self.token(),
            challenge: sealed,
            account,
            ask,
            problem,
            nonce: &Nonce::random()?,
        };
        Ok(response::page(status, page.page()?))
    }

    /// The form once more, with what was wrong.
    fn again(&self, email: &str, error: CognitoError) -> Result<HttpResponse, Failure> {
        let failure = self.waiting.failure(error);
        let status = failure.outcome().status;
        let Noted { kind, trace } = failure.note_as(status, self.request, self.table);
        let problem = Some(Problem { kind, trace: &trace });
        self.page(status, email, problem).map_err(|error| self.waiting.failure(error))
    }

    pub(in crate::web) fn page(
        &self,
        status: StatusCode,
        email: &str,
        problem: Option<Problem<'_>>,
    ) -> Result<HttpResponse, WebError> {
        let page = SignInPage {
            texts: self.state.texts(self.request),
            look: &BrandLook::of(self.waiting.sign_in.brand),
            action: &self.action(),
            token: &self.token(),
            email,
            register_url: self.cognito.register_url.as_deref(),
            forgot_url: self.cognito.forgot_url.as_deref(),
            problem,
            nonce: &Nonce::random()?,
        };
        Ok(response::page(status, page.page()?))
    }

    /// A page of its own, since no form of ours helps.
    fn stopped(&self, error: CognitoError) -> Failure {
        let Cognito { forgot_url, register_url, .. } = self.cognito;
        let offer = match error {
            CognitoError::ResetRequired => forgot_url.clone().map(Action::reset_password),
            CognitoError::NoSecondStep => register_url.clone().map(Action::registered),
            _ => None,
        };
        self.waiting.failure(error).action(offer)
    }
}

/// Asks on a page of ours what a company's own form page cannot ask. A browser without a flow gets
/// one.
pub(in crate::web) fn ask(
    request: &HttpRequest,
    state: &State,
    table: &Table,
    (sign_in, backend): (SignIn<'_>, &Backend),
    flow: Option<OpenFlow>,
    pending: &Pending,
) -> Result<HttpResponse, Failure> {
    let cognito = backend.cognito().ok_or(WebError::Table)?;
    let is_new = flow.is_none();
    let flow = match flow {
        Some(flow) => flow,
        None => OpenFlow {
            id: FlowId::random().map_err(WebError::from)?,
            flow: flows::new_flow(&sign_in, backend.name.as_str()),
            expires: state.clock.now() + Flow::LIFETIME,
        },
    };
    let waiting = Waiting { flow, sign_in, backend };
    let form = AtForm { request, state, table, waiting, cognito };
    let mut response = form.asks(pending)?;
    if is_new {
        let OpenFlow { id, flow, .. } = form.waiting.flow;
        let cookies = Cookies::of(request);
        flows::set_flow(state, &flow, id, backend.way_back(), &cookies, &mut response)?;
    }
    Ok(response)
}

/// What the form says to `question`.
fn read_answer(
    question: &Question,
    fields: &Fields<'_>,
) -> Result<Result<Answer, WebError>, WebError> {
    if question.code().is_some() {
        return Ok(Ok(Answer::Code(fields.text("code")?)));
    }
    if question.methods().is_some() {
        let method = CodeBy::parse(&fields.text("method")?);
        return Ok(method.map(Answer::Method).ok_or(CognitoError::Over.into()));
    }
    let password = fields.text("new-password")?;
    if password != fields.text("repeated")? {
        return Ok(Err(WebError::PasswordsDiffer));
    }
    let mut attributes = BTreeMap::new();
    for attribute in question.new_password().unwrap_or_default() {
        attributes.insert(*attribute, fields.text(&Field::name(*attribute))?);
    }
    Ok(Ok(Answer::NewPassword(password.into(), attributes)))
}
