//! `/brands/{brand}/chat-token` and `/messaging-token`: a page of the brand's own asks for a token
//! of the person whom it shows.
//!
//! Nothing is used up and nothing is remembered: a widget asks again and again, and each time gets
//! a new token.

use std::pin::pin;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use serde_json::json;

use crate::audit::{AuditEntry, AuditOutcome, Event, Pseudonym};
use crate::backend::{Backend, ProofOfLogin};
use crate::domain::{Brand, BrandKey, ClaimedProfile, EmailAddress, IdentityRefusal};
use crate::table::Table;
use crate::token::widget::{WidgetToken, WidgetUser};
use crate::token::{NoRandomness, Validation, VerifiedJws, Widgets, trace_code};
use crate::web::error::{Failure, RefusedIdentity, WebError, client};
use crate::web::request::body::JSON;
use crate::web::request::cors::Caller;
use crate::web::request::guard::Takes;
use crate::web::request::token;
use crate::web::response;
use crate::web::sign_in::context::is_open;
use crate::web::sign_in::throttle::with_permit;
use crate::web::sign_in::{hand_off, rates, session_cookie};
use crate::web::visit::Visit;

/// Answers for Chat and the Web Widget (Classic).
pub(in crate::web) async fn chat(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    Ok(answer(visit, payload, Widget::Chat).await)
}

/// Answers for messaging.
pub(in crate::web) async fn messaging(
    visit: Visit<'_>,
    payload: Payload,
) -> Result<HttpResponse, Failure> {
    Ok(answer(visit, payload, Widget::Messaging).await)
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Widget {
    Chat,
    Messaging,
}

impl Widget {
    fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Messaging => "messaging",
        }
    }

    /// Whether a brand has it.
    fn is_in(self, widgets: &Widgets) -> bool {
        match self {
            Self::Chat => widgets.chat.is_some(),
            Self::Messaging => widgets.messaging.is_some(),
        }
    }
}

/// The brand that is asked, and who says who its people are.
struct WidgetRequest<'t> {
    widget: Widget,
    key: BrandKey,
    brand: &'t Brand,
    backend: &'t Backend,
    widgets: &'t Widgets,
}

async fn answer(visit: Visit<'_>, payload: Payload, widget: Widget) -> HttpResponse {
    let asked = WidgetRequest::find(visit, widget);
    let caller = Caller::of(visit.request.headers(), |origin| {
        asked.as_ref().is_some_and(|asked| asked.is_own_origin(origin))
    });
    let outcome = match &asked {
        Some(asked) => asked.serve(visit, payload, &caller).await.map_err(|error| {
            let failure = Failure::from(error).brand(asked.key);
            failure.backend(asked.backend.name.as_str())
        }),
        None => Err(rates::admit(visit).err().unwrap_or(WebError::NotFound).into()),
    };
    caller.allow(outcome.unwrap_or_else(|failure| failure.tell_widget(visit)))
}

impl<'t> WidgetRequest<'t> {
    fn find(visit: Visit<'t>, widget: Widget) -> Option<Self> {
        let table = visit.table;
        let name = visit.named("brand")?;
        let (key, brand) = table.brands.named(name)?;
        let widgets = table.widgets.get(&key).filter(|widgets| widget.is_in(widgets))?;
        let backend = table.backend(brand.backend)?;
        (!visit.is_elsewhere(backend)).then_some(Self { widget, key, brand, backend, widgets })
    }

    /// Whether a page of this origin is one of the brand's.
    fn is_own_origin(&self, origin: &str) -> bool {
        let of_backend = self
            .backend
            .proof_of_login()
            .is_some_and(|proof| proof.origins().iter().any(|own| own == origin));
        of_backend || self.brand.hosts().any(|host| host.origin() == origin)
    }

    async fn serve(
        &self,
        visit: Visit<'_>,
        payload: Payload,
        caller: &Caller,
    ) -> Result<HttpResponse, WebError> {
        rates::admit(visit)?;
        Takes::WIDGET.check(visit.request)?;
        if caller.is_stranger() {
            return Err(WebError::OriginRefused);
        }
        if visit.request.method == "OPTIONS" {
            return Ok(response::empty(StatusCode::NO_CONTENT));
        }
        is_open(self.brand, self.backend)?;
        let (token, person) = self.mint(visit, payload).await?;
        let trace = self.audit(visit, &person)?;
        tracing::info!(
            trace,
            brand.name = self.brand.name.as_str(),
            backend.name = self.backend.name.as_str(),
            widget = self.widget.as_str(),
            outcome = "minted",
            "widget token given to a page"
        );
        let body = json!({ "token": token.expose() }).to_string();
        Ok(response::asset(StatusCode::OK, JSON, body))
    }

    /// Says in the audit log who gets a token; the code under which the log has it too.
    fn audit(&self, visit: Visit<'_>, person: &Pseudonym) -> Result<Option<String>, NoRandomness> {
        let Some(audit) = &visit.state.audit else { return Ok(None) };
        let trace = trace_code()?;
        audit.write(&AuditEntry {
            event: Event::WidgetToken,
            outcome: AuditOutcome::Minted,
            kind: None,
            person,
            role: None,
            widget: Some(self.widget.as_str()),
            brand: Some(self.brand.name.as_str()),
            backend: Some(self.backend.name.as_str()),
            client: client(visit).as_deref(),
            uid: None,
            trace: &trace,
        });
        Ok(Some(trace))
    }

    /// The token, and for the audit log, if there is one, who it is about.
    async fn mint(
        &self,
        visit: Visit<'_>,
        payload: Payload,
    ) -> Result<(WidgetToken, Pseudonym), WebError> {
        let Visit { request, state, table, .. } = visit;
        let now = visit.now();
        let passed = token::passed(request, payload).await?;
        let claimed = self.identify(visit, passed.as_deref()).await?;
        let (rules, backend) = (&self.brand.identity, (self.brand.backend, self.backend));
        let audit = state.audit.as_ref();
        let refused = |refusal| RefusedIdentity::of(refusal, &claimed, audit);
        let nobody = || refused(IdentityRefusal::ExternalIdMissing);
        let person = |email: Option<&EmailAddress>, external_id: Option<&str>| {
            let email = email.map(EmailAddress::folded);
            audit.map(|it| it.person(email.as_deref(), external_id)).unwrap_or_default()
        };
        match (self.widget, &self.widgets.chat, &self.widgets.messaging) {
            (Widget::Chat, Some(secret), _) => {
                let identity = table.admit(rules, backend, &claimed).map_err(refused)?;
                hand_off::note_left_out(&identity, self.brand, self.backend);
                let token = WidgetUser::new(&identity).ok_or_else(nobody)?.chat(secret, now)?;
                Ok((token, person(Some(&identity.email), identity.external_id.as_deref())))
            }
            (Widget::Messaging, _, Some(key)) => {
                let identity = table.admit_by_id(rules, backend, &claimed).map_err(refused)?;
                hand_off::note_left_out(&identity, self.brand, self.backend);
                let token = WidgetUser::new(&identity).ok_or_else(nobody)?.messaging(key, now)?;
                Ok((token, person(identity.email.as_ref(), identity.external_id.as_deref())))
            }
            (Widget::Chat, None, _) | (Widget::Messaging, _, None) => Err(WebError::Table),
        }
    }

    /// Who the person is whom the page shows.
    async fn identify(
        &self,
        visit: Visit<'_>,
        passed: Option<&str>,
    ) -> Result<ClaimedProfile, WebError> {
        let now = visit.now();
        match self.backend.proof_of_login() {
            Some(ProofOfLogin::Assertion(assertions)) => {
                let token = passed.ok_or(WebError::NoToken)?;
                let verified = VerifiedJws::verify(token, &assertions.keys)?;
                let address = self.address(visit.table);
                let assertion = verified.validate(&Validation::of_assertion_at(&address), now)?;
                Ok(assertion.claimed)
            }
            Some(ProofOfLogin::Session(session)) => {
                let token =
                    session_cookie::cookie(visit.request, session)?.ok_or(WebError::NoToken)?;
                let known = pin!(session.identify(token, &visit.state.http, now));
                let name = self.backend.name.as_str();
                Ok(with_permit(visit, name, known).await?)
            }
            None => Err(WebError::NoToken),
        }
    }

    /// This very address: for whom an assertion must be.
    fn address(&self, table: &Table) -> String {
        let (brand, widget) = (&self.brand.name, self.widget.as_str());
        let origin = self.backend.at().unwrap_or(&table.public_url);
        format!("{origin}/brands/{brand}/{widget}-token")
    }
}
