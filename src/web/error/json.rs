//! What the script of a company's own form page is told: `{ "code", "description", "trace" }`.

use actix_web::HttpResponse;
use serde_json::json;

use super::{Failure, LoggedFailure, WebError};
use crate::web::page::texts::Texts;
use crate::web::request::body::JSON;
use crate::web::request::error::{PostError, RequestError};
use crate::web::response;
use crate::web::visit::Visit;

impl Failure {
    /// Tells a script why not, and the log too.
    pub(in crate::web) fn tell_script(&self, visit: Visit<'_>) -> HttpResponse {
        let outcome = self.outcome();
        let LoggedFailure { kind, trace } = self.note_as(outcome.json_status, visit);
        let texts = visit.texts();
        let description = description(self.error(), kind, texts);
        let body = json!({ "code": kind, "description": description, "trace": trace });
        let mut response = response::asset(outcome.json_status, JSON, body.to_string());
        outcome.set_headers(self.error(), &mut response);
        response::in_language(response, texts.language())
    }
}

/// A sentence for the person; about a faulty page, one for whoever wrote it.
fn description(error: &WebError, kind: &str, texts: &Texts) -> String {
    match error {
        WebError::Request(RequestError::Post(PostError::Missing(field))) => {
            texts.say_with("post-field-missing", &[("field", field)])
        }
        WebError::Request(RequestError::Post(PostError::Invalid(field))) => {
            texts.say_with("post-field-invalid", &[("field", field)])
        }
        WebError::Request(RequestError::Post(PostError::Unreadable)) => {
            texts.say("post-unreadable").into_owned()
        }
        WebError::Closed { said, .. } => said.to(texts.language()).1.to_owned(),
        _ => texts.say(&format!("error-{kind}-text")).into_owned(),
    }
}
