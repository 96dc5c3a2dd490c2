//! Our own form for an address and a password, and for the questions that follow.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::backend::cognito::{ChallengeAnswer, CodeBy, Progress, Question};
use crate::backend::{Cognito, CognitoError};
use crate::domain::Name;
use crate::token::{Flow, FlowId, OpenError, Purpose, Sealable, Sealed};
use crate::web::error::{Failure, FlowProblem, LoggedFailure, WebError};
use crate::web::page::csp::Nonce;
use crate::web::page::pages::Action;
use crate::web::page::sign_in::{Ask, ChallengePage, Field, FormProblem, SignInPage};
use crate::web::page::theme::BrandLook;
use crate::web::request::cookies::Cookies;
use crate::web::request::form::FormFields;
use crate::web::response;
use crate::web::sign_in::context::SignInContext;
use crate::web::sign_in::flows::{self, Flows, OpenFlow, Waiting};
use crate::web::sign_in::hand_off;
use crate::web::sign_in::throttle::{Factor, LoginThrottle, provider_permit};
use crate::web::visit::Visit;

/// Keeps a form's token apart from whatever else is made of a flow's id.
const FORM_TOKEN: &str = "sign-in form";

/// One sign-in at our form.
pub(in crate::web) struct AtForm<'a> {
    visit: Visit<'a>,
    context: SignInContext<'a>,
    flow: &'a OpenFlow,
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

/// The sign-in that the address names, if its flow is this browser's, open, and of a user pool.
pub(in crate::web) fn find(visit: Visit<'_>) -> Result<Waiting<'_>, Failure> {
    let id = visit.named("flow").and_then(FlowId::parse).ok_or(WebError::NotFound)?;
    Flows::named(visit, id)
}

impl<'a> AtForm<'a> {
    /// The form for `flow`.
    pub(in crate::web) fn of(
        visit: Visit<'a>,
        context: SignInContext<'a>,
        flow: &'a OpenFlow,
    ) -> Result<Self, WebError> {
        context.is_open()?;
        let cognito = context.backend.cognito().ok_or(FlowProblem::Foreign)?;
        visit.belongs_to(&flow.flow);
        visit.goes_on_in_traces(flow.id);
        Ok(Self { visit, context, flow, cognito })
    }

    /// The empty form.
    pub(in crate::web) fn show(&self) -> Result<HttpResponse, WebError> {
        self.page(StatusCode::OK, "", None)
    }

    /// Takes what the form sends, if our own page sent it.
    pub(in crate::web) async fn take(
        &self,
        fields: &FormFields<'_>,
    ) -> Result<HttpResponse, WebError> {
        if !self.sent(&fields.text("token")?) {
            return Err(WebError::FormRefused);
        }
        match fields.value("challenge")? {
            None => self.password(fields).await,
            Some(sealed) => self.challenge(&sealed, fields).await,
        }
    }

    /// Whether our own page sent this, in this browser. `Origin` may be missing, but not another's.
    fn sent(&self, token: &str) -> bool {
        let ours = self.visit.table.public_url.as_bytes();
        let mut origins = self.visit.request.headers().get_all("origin");
        let is_ours = origins.all(|origin| origin.as_bytes() == ours);
        let id = self.flow.id.to_string();
        is_ours && self.visit.keys().is_mac(token, FORM_TOKEN, &[id.as_bytes()])
    }

    fn token(&self) -> String {
        let id = self.flow.id.to_string();
        self.visit.keys().sealing().mac(FORM_TOKEN, &[id.as_bytes()])
    }

    fn action(&self) -> String {
        format!("/sign-in/{}", self.flow.id)
    }

    fn attempts(&self, account: &str) -> LoginThrottle {
        LoginThrottle::of(self.visit, self.context.backend.name.as_str(), account)
    }

    async fn password(&self, fields: &FormFields<'_>) -> Result<HttpResponse, WebError> {
        let email = fields.text("email")?.trim().to_owned();
        let password = fields.secret("password")?.unwrap_or_default();
        let name = &self.context.backend.name;
        match attempt(self.visit, name, self.cognito, &email, &password).await {
            Ok(progress) => self.proceed(email, progress),
            Err(WebError::Cognito(error @ CognitoError::Password(_))) => self.again(&email, error),
            Err(error) => Err(error),
        }
    }

    async fn challenge(
        &self,
        sealed: &str,
        fields: &FormFields<'_>,
    ) -> Result<HttpResponse, WebError> {
        let Visit { state, .. } = self.visit;
        let opened = Sealed::<Pending>::read(sealed)
            .and_then(|it| it.open(self.visit.keys(), self.flow.id, self.visit.now()));
        let pending = match opened {
            Ok(pending) => pending,
            Err(OpenError::Expired) => return self.again("", CognitoError::Over),
            Err(OpenError::Altered) => return Err(WebError::FormRefused),
        };
        // Whoever has several names, such as an address and a number, has no more codes for it.
        let attempts = self.attempts(pending.question.username());
        let factor = match (pending.question.code(), pending.question.methods()) {
            (Some(_), _) => Some(Factor::Code),
            (_, Some(_)) => Some(Factor::Method),
            // Nothing can be guessed with a new password.
            _ => None,
        };
        if let Some(factor) = factor {
            attempts.admit(state, factor).await?;
        }
        let outcome = match read_answer(&pending.question, fields)? {
            Ok(answer) => {
                let _permit = provider_permit(self.visit, self.context.backend.name.as_str())?;
                let next = self.cognito.answer(&state.http, &pending.question, &answer).await;
                next.map_err(WebError::from)
            }
            Err(error) => Err(error),
        };
        match outcome {
            Ok(progress) => {
                if let Progress::Authenticated(_) = progress {
                    attempts.forget(state).await;
                    self.attempts(&pending.account).forget(state).await;
                }
                self.proceed(pending.account, progress)
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
            ) => self.with_problem(error, |status, problem| {
                self.ask(status, sealed, &pending, Some(problem))
            }),
            Err(error) => Err(error),
        }
    }

    /// Goes on after a right password or answer.
    fn proceed(&self, account: String, progress: Progress) -> Result<HttpResponse, WebError> {
        match progress {
            Progress::Authenticated(claimed) => {
                hand_off::finish(self.visit, self.context, self.flow.clone(), *claimed)
            }
            Progress::Asks(question) => self.asks(&Pending { account, question }),
        }
    }

    /// Asks what Cognito asks.
    fn asks(&self, pending: &Pending) -> Result<HttpResponse, WebError> {
        let key = self.visit.keys().sealing();
        let sealed = key.seal(pending, self.flow.id, self.visit.now())?;
        self.ask(StatusCode::OK, &sealed, pending, None)
    }

    fn ask(
        &self,
        status: StatusCode,
        sealed: &str,
        pending: &Pending,
        problem: Option<FormProblem<'_>>,
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
            texts: self.visit.texts(),
            look: &BrandLook::of(self.context.sign_in.brand),
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
    fn again(&self, email: &str, error: CognitoError) -> Result<HttpResponse, WebError> {
        self.with_problem(error, |status, problem| self.page(status, email, Some(problem)))
    }

    /// A page that says what was wrong with what it was sent, and one log line with the same code.
    fn with_problem(
        &self,
        error: impl Into<WebError>,
        page: impl FnOnce(StatusCode, FormProblem<'_>) -> Result<HttpResponse, WebError>,
    ) -> Result<HttpResponse, WebError> {
        let failure = self.context.failure(error);
        let status = failure.outcome().status;
        let LoggedFailure { kind, trace } = failure.note_as(status, self.visit);
        page(status, FormProblem { kind, trace: &trace })
    }

    fn page(
        &self,
        status: StatusCode,
        email: &str,
        problem: Option<FormProblem<'_>>,
    ) -> Result<HttpResponse, WebError> {
        let page = SignInPage {
            texts: self.visit.texts(),
            look: &BrandLook::of(self.context.sign_in.brand),
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

    /// A page of its own for what ends the sign-in, since no form of ours helps.
    pub(in crate::web) fn failure(&self, error: WebError) -> Failure {
        let Cognito { forgot_url, register_url, .. } = self.cognito;
        let action = match &error {
            WebError::Cognito(CognitoError::ResetRequired) => {
                forgot_url.clone().map(Action::reset_password)
            }
            WebError::Cognito(CognitoError::NoSecondStep) => {
                register_url.clone().map(Action::registered)
            }
            _ => None,
        };
        self.context.failure(error).action(action)
    }
}

/// How far a password gets at `cognito`, called `backend`, whoever's form it was typed into: tried as often as an
/// account, an address and a network may, and as one of so many questions to the provider. Whoever shows who they
/// are is not slowed down any more.
pub(in crate::web) async fn attempt(
    visit: Visit<'_>,
    backend: &Name,
    cognito: &Cognito,
    email: &str,
    password: &SecretString,
) -> Result<Progress, WebError> {
    // What can be nobody's is not asked about, nor counted.
    if !Cognito::can_be(email, password) {
        return Err(CognitoError::WRONG_PASSWORD.into());
    }
    let attempts = LoginThrottle::of(visit, backend.as_str(), email);
    attempts.admit(visit.state, Factor::Password).await?;
    let permit = provider_permit(visit, backend.as_str())?;
    let progress = cognito.sign_in(&visit.state.http, email, password).await?;
    drop(permit);
    if let Progress::Authenticated(_) = progress {
        attempts.forget(visit.state).await;
    }
    Ok(progress)
}

/// Asks on a page of ours what a company's own form page cannot ask. A browser without a flow gets
/// one.
pub(in crate::web) fn ask(
    visit: Visit<'_>,
    context: SignInContext<'_>,
    flow: Option<&OpenFlow>,
    pending: &Pending,
) -> Result<HttpResponse, WebError> {
    let SignInContext { sign_in, backend } = context;
    if let Some(flow) = flow {
        return AtForm::of(visit, context, flow)?.asks(pending);
    }
    let flow = OpenFlow {
        id: FlowId::random()?,
        flow: flows::new_flow(visit, sign_in, backend.name.as_str()),
        expires: visit.now() + Flow::LIFETIME,
    };
    let mut response = AtForm::of(visit, context, &flow)?.asks(pending)?;
    let cookies = Cookies::of(visit.request);
    let way_back = backend.way_back();
    flows::set_flow(visit, &flow.flow, flow.id, way_back, &cookies, &mut response)?;
    Ok(response)
}

/// What the form says to `question`.
fn read_answer(
    question: &Question,
    fields: &FormFields<'_>,
) -> Result<Result<ChallengeAnswer, WebError>, WebError> {
    if question.code().is_some() {
        return Ok(Ok(ChallengeAnswer::Code(fields.text("code")?)));
    }
    if question.methods().is_some() {
        let method = CodeBy::parse(&fields.text("method")?);
        return Ok(method.map(ChallengeAnswer::Method).ok_or(CognitoError::Over.into()));
    }
    let password = fields.secret("new-password")?.unwrap_or_default();
    let repeated = fields.secret("repeated")?.unwrap_or_default();
    if password.expose_secret() != repeated.expose_secret() {
        return Ok(Err(WebError::PasswordsDiffer));
    }
    let mut attributes = BTreeMap::new();
    for attribute in question.new_password().unwrap_or_default() {
        attributes.insert(*attribute, fields.text(&Field::name(*attribute))?);
    }
    Ok(Ok(ChallengeAnswer::NewPassword(password, attributes)))
}
