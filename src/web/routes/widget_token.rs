//! `/brands/{brand}/chat-token` and `/messaging-token`: a page of the brand's own asks for a token
//! of the person whom it shows.
//!
//! Nothing is used up and nothing is remembered: a widget asks again and again, and each time gets
//! a new token.

use std::pin::pin;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use crate::backend::{Backend, Vouch};
use crate::domain::{Brand, BrandKey, ClaimedProfile, IdentityRefusal};
use crate::table::Table;
use crate::token::widget::{WidgetToken, WidgetUser};
use crate::token::{Signed, Widgets};
use crate::web::error::{Failure, WebError};
use crate::web::page::response;
use crate::web::request::cors::Caller;
use crate::web::request::error::RequestError;
use crate::web::request::guard::not_ahead;
use crate::web::request::token;
use crate::web::sign_in::throttle::in_turn;
use crate::web::sign_in::{hand_off, session_cookie};
use crate::web::state::State;

/// Answers for Chat and the Web Widget (Classic).
pub(in crate::web) async fn chat(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    answer(&request, &state, payload, Widget::Chat).await
}

/// Answers for messaging.
pub(in crate::web) async fn messaging(
    request: HttpRequest,
    state: Data<State>,
    payload: Payload,
) -> HttpResponse {
    answer(&request, &state, payload, Widget::Messaging).await
}

/// Which widget.
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
struct Asked<'t> {
    widget: Widget,
    key: BrandKey,
    brand: &'t Brand,
    backend: &'t Backend,
    widgets: &'t Widgets,
}

async fn answer(
    request: &HttpRequest,
    state: &State,
    payload: Payload,
    widget: Widget,
) -> HttpResponse {
    let table = state.table();
    let asked = Asked::find(request, &table, widget);
    let caller = Caller::of(request.headers(), |origin| {
        asked.as_ref().is_some_and(|asked| asked.is_own_origin(origin))
    });
    let outcome = match &asked {
        Some(asked) => asked.serve(request, state, &table, payload, &caller).await,
        None => Err(WebError::NotFound.into()),
    };
    let response = outcome.unwrap_or_else(|failure| failure.tell_widget(request, &table));
    caller.allow(response)
}

impl<'t> Asked<'t> {
    fn find(request: &HttpRequest, table: &'t Table, widget: Widget) -> Option<Self> {
        let name = request.match_info().get("brand").unwrap_or_default();
        let (key, brand) = table.brands.named(name)?;
        let widgets = table.widgets.get(&key).filter(|widgets| widget.is_in(widgets))?;
        let backend = table.backend(brand.backend)?;
        Some(Self { widget, key, brand, backend, widgets })
    }

    /// Whether a page of this origin is one of the brand's.
    fn is_own_origin(&self, origin: &str) -> bool {
        let of_backend = self
            .backend
            .vouch()
            .is_some_and(|vouch| vouch.origins().iter().any(|own| own == origin));
        of_backend || self.brand.hosts().any(|host| host.origin() == origin)
    }

    async fn serve(
        &self,
        request: &HttpRequest,
        state: &State,
        table: &Table,
        payload: Payload,
        caller: &Caller,
    ) -> Result<HttpResponse, Failure> {
        let failed = |error: WebError| {
            Failure::from(error).brand(self.key).backend(self.backend.name.as_str())
        };
        not_ahead(request).map_err(|error| failed(error.into()))?;
        if caller.is_stranger() {
            return Err(failed(WebError::OriginRefused));
        }
        match request.method().as_str() {
            "OPTIONS" => return Ok(response::empty(StatusCode::NO_CONTENT)),
            "GET" | "POST" => {}
            _ => return Err(failed(RequestError::Method("GET, POST, OPTIONS").into())),
        }
        let token = self.mint(request, state, table, payload).await.map_err(failed)?;
        tracing::info!(
            brand.name = self.brand.name.as_str(),
            backend.name = self.backend.name.as_str(),
            widget = self.widget.as_str(),
            outcome = "minted",
            "widget token given to a page"
        );
        let body = json!({ "token": token.expose() }).to_string();
        Ok(response::asset(StatusCode::OK, "application/json", body))
    }

    async fn mint(
        &self,
        request: &HttpRequest,
        state: &State,
        table: &Table,
        payload: Payload,
    ) -> Result<WidgetToken, WebError> {
        let now = state.clock.now();
        let passed = token::passed(request, payload).await?;
        let claimed = self.identify(request, state, passed.as_deref(), table).await?;
        let (rules, backend) = (&self.brand.identity, self.brand.backend);
        let proof = self.backend.email_proof();
        let nobody = IdentityRefusal::ExternalIdMissing;
        match (self.widget, &self.widgets.chat, &self.widgets.messaging) {
            (Widget::Chat, Some(secret), _) => {
                let identity = rules.admit(&claimed, backend, proof, &table.reserved)?;
                hand_off::note_left_out(&identity, self.brand, self.backend);
                Ok(WidgetUser::new(&identity).ok_or(nobody)?.chat(secret, now)?)
            }
            (Widget::Messaging, _, Some(key)) => {
                let identity = rules.admit_by_id(&claimed, backend, proof, &table.reserved)?;
                hand_off::note_left_out(&identity, self.brand, self.backend);
                Ok(WidgetUser::new(&identity).ok_or(nobody)?.messaging(key, now)?)
            }
            (Widget::Chat, None, _) | (Widget::Messaging, _, None) => Err(WebError::Table),
        }
    }

    /// Who the person is whom the page shows.
    async fn identify(
        &self,
        request: &HttpRequest,
        state: &State,
        passed: Option<&str>,
        table: &Table,
    ) -> Result<ClaimedProfile, WebError> {
        let now = state.clock.now();
        match self.backend.vouch() {
            Some(Vouch::Assertion(assertions)) => {
                let signed = Signed::verify(passed.ok_or(WebError::NoToken)?, &assertions.keys)?;
                let assertion = signed.judge_at(&self.address(table), now)?;
                Ok(assertion.claimed)
            }
            Some(Vouch::Session(session)) => {
                let token = session_cookie::cookie(request, session)?.ok_or(WebError::NoToken)?;
                let known = pin!(session.identify(token, &state.http, now));
                let name = self.backend.name.as_str();
                Ok(in_turn(request, state, table, name, known).await?)
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
